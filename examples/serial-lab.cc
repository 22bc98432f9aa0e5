/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-lab.h"

#include "option-types.h"
#include "output-file.h"
#include "program-options.h"
#include "scenario-report.h"
#include "serial-options.h"

#include "ns3/boolean.h"
#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/frame-log.h"
#include "ns3/global-value.h"
#include "ns3/hdlc-console.h"
#include "ns3/ppp-console.h"
#include "ns3/results-writer.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/serial-scenario-law.h"
#include "ns3/serial-scenario.h"
#include "ns3/simulator.h"

#include <iostream>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

using Encapsulation = SerialScenarioConfig::Encapsulation;

/**
 * @brief What the tables say of the ends.
 * @param scenario the scenario, run
 * @param law its closed form
 * @param rule name of the rule in force
 * @return one for each end
 */
std::vector<ResultsWriter::EndDescription>
DescribeEnds(const SerialScenario& scenario, const SerialScenarioLaw& law, const std::string& rule)
{
    const SerialScenarioConfig& config = scenario.GetConfig();
    std::vector<ResultsWriter::EndDescription> ends;
    for (const uint32_t end : {SerialScenario::R1, SerialScenario::R2})
    {
        const SerialScenarioConfig::End& keepalive =
            end == SerialScenario::R1 ? config.r1 : config.r2;
        ends.push_back({scenario.GetEnd(end)->GetMechanism(),
                        keepalive.interval,
                        keepalive.retries,
                        rule,
                        law.Get(end),
                        scenario.GetEnd(end)->GetCounters()});
    }
    return ends;
}

/**
 * @brief The consoles of both routers, whatever the line speaks.
 */
class Consoles
{
  public:
    /**
     * @brief Watch both ends.
     * @param transcript where to print
     * @param scenario the scenario
     */
    Consoles(ConsoleTranscript& transcript, const SerialScenario& scenario)
        : m_hdlc(transcript),
          m_ppp(transcript)
    {
        for (const uint32_t end : {SerialScenario::R1, SerialScenario::R2})
        {
            const std::string& router = scenario.GetRecorder().GetName(end);
            Ptr<HdlcNetDevice> hdlc = DynamicCast<HdlcNetDevice>(scenario.GetEnd(end));
            Ptr<PppNetDevice> ppp = DynamicCast<PppNetDevice>(scenario.GetEnd(end));
            if (hdlc)
            {
                m_hdlc.Watch(hdlc, router);
            }
            else
            {
                m_ppp.Watch(ppp, router);
            }
        }
        transcript.Watch(scenario.GetInjector());
    }

    /// Print "show interfaces serial" of both routers.
    void ShowInterfaces()
    {
        m_hdlc.ShowInterfaces();
        m_ppp.ShowInterfaces();
    }

  private:
    HdlcConsole m_hdlc; //!< those that speak HDLC
    PppConsole m_ppp;   //!< those that speak PPP
};

} // namespace

int
RunSerialLab(const char* name,
             const char* summary,
             SerialScenarioConfig::Encapsulation encapsulation,
             int argc,
             char* argv[])
{
    ProgramOptions options(summary);
    AddSerialOptions(options, encapsulation);
    options.Add().add_options()("pcap", Switch(), "write packet captures of both ends");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const SerialScenarioConfig config = ReadSerialOptions(options, encapsulation);
    const Time timeOfDay = ReadTimeOfDay(options);
    options.PassToNs3([&config]() {
        SerialScenario trial(config);
        Simulator::Stop(Seconds(0));
        trial.Run();
    });
    const std::filesystem::path directory = options.MakeOutputDirectory();
    const bool quiet = options.Get<bool>("quiet");
    OutputFile ini(directory, "config.ini");
    ini.Get() << options.ToIni();
    ini.Close();

    // Valid checksums on every hop, so that captures are what a real network would show.
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));

    OutputFile transcriptFile(directory, "transcript.txt");
    OutputFile eventsFile(directory, "events.csv");
    OutputFile framesFile(directory, "frames.csv");
    SerialScenario scenario(config);
    ConsoleTranscript transcript;
    transcript.SetClock(timeOfDay);
    transcript.AddStream(transcriptFile.Get());
    if (!quiet)
    {
        transcript.AddStream(std::cout);
    }
    Consoles consoles(transcript, scenario);
    EventLog events(eventsFile.Get());
    events.Watch(scenario.GetEnd(SerialScenario::R1), "R1");
    events.Watch(scenario.GetEnd(SerialScenario::R2), "R2");
    events.Watch(scenario.GetInjector());
    FrameLog frames(framesFile.Get());
    frames.Watch(scenario.GetEnd(SerialScenario::R1),
                 "R1",
                 scenario.GetEnd(SerialScenario::R2),
                 "R2");
    if (options.Get<bool>("pcap"))
    {
        scenario.EnablePcap((directory / name).string());
    }

    scenario.Run();

    frames.Finish();
    consoles.ShowInterfaces();
    transcriptFile.Close();
    eventsFile.Close();
    framesFile.Close();
    const SerialScenarioLaw law(config);
    const std::vector<ResultsWriter::EndDescription> ends =
        DescribeEnds(scenario, law, options.Get<std::string>("profile"));
    const uint32_t outside = WriteTables(directory,
                                         RngSeedManager::GetRun(),
                                         scenario.GetStop(),
                                         scenario.GetRecorder(),
                                         scenario.GetTraffic(),
                                         ends,
                                         law.GetSlack());
    if (!quiet)
    {
        PrintSummary(scenario.GetRecorder(), ends);
        std::cout << "results in " << directory.string() << '\n';
    }
    return ReportContradictions(name, outside, directory);
}

} // namespace keepalive
} // namespace ns3
