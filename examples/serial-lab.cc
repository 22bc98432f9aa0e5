/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-lab.h"

#include "lab-run.h"
#include "program-options.h"
#include "serial-options.h"

#include "ns3/frame-log.h"
#include "ns3/hdlc-console.h"
#include "ns3/ppp-console.h"
#include "ns3/serial-experiment.h"
#include "ns3/serial-scenario.h"

#include <ostream>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

using Encapsulation = SerialScenarioConfig::Encapsulation;

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
    LabRun::AddOptions(options, "write packet captures of both ends");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const SerialScenarioConfig config = ReadSerialOptions(options, encapsulation);
    const Time timeOfDay = ReadTimeOfDay(options);
    LabRun::TryNs3Options<SerialScenario>(options, config);

    LabRun run(name, options);
    run.GetTranscript().SetClock(timeOfDay);
    std::ostream& framesFile = run.AddFile("frames.csv");
    SerialScenario scenario(config);
    Consoles consoles(run.GetTranscript(), scenario);
    run.GetEvents().Watch(scenario.GetEnd(SerialScenario::R1), "R1");
    run.GetEvents().Watch(scenario.GetEnd(SerialScenario::R2), "R2");
    run.Watch(scenario);
    FrameLog frames(framesFile);
    frames.Watch(scenario.GetEnd(SerialScenario::R1),
                 "R1",
                 scenario.GetEnd(SerialScenario::R2),
                 "R2");
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    frames.Finish();
    consoles.ShowInterfaces();
    return run.Finish<SerialExperiment>(scenario);
}

} // namespace keepalive
} // namespace ns3
