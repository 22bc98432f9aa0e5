/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief An IKE SA with dead peer detection, and a failure on its way or at an end.
 *
 *    R1 ---------------- A ---------------- B ---------------- R2
 *    10.1.0.1            |    what fails    |            10.2.0.2
 *    initiator           |                  |           responder
 *
 * By default both ends are Cisco IOS with `crypto isakmp keepalive 10 2 periodic`, nothing is sent
 * but R-U-THERE and its answer, and the link A-B is cut silently at 60 s. Expected output: what the
 * gateways log, of which each gives the other up 12 to 22 s after the cut; and the detection time
 * of each beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, and with --pcap captures of both gateways.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "dpd-options.h"
#include "lab-run.h"
#include "program-options.h"

#include "ns3/dpd-console.h"
#include "ns3/dpd-scenario-law.h"
#include "ns3/dpd-scenario.h"
#include "ns3/results-writer.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief What the tables say of the ends.
 * @param scenario the scenario, run
 * @param law its closed form
 * @return one for each end: as interval the delay, as retries the unanswered requests
 */
std::vector<ResultsWriter::EndDescription>
DescribeEnds(const DpdScenario& scenario, const DpdScenarioLaw& law)
{
    const DpdScenarioConfig& config = scenario.GetConfig();
    std::vector<ResultsWriter::EndDescription> ends;
    for (const uint32_t end : {DpdScenario::R1, DpdScenario::R2})
    {
        const DpdScenarioConfig::End& which = end == DpdScenario::R1 ? config.r1 : config.r2;
        const DpdLaw own = law.MakeLaw(end);
        ends.push_back({"dpd",
                        which.dpd ? Seconds(own.GetTimers().delay) : Seconds(0),
                        static_cast<uint32_t>(own.GetRequests()),
                        which.profile,
                        law.Get(end),
                        scenario.GetCounters(end)});
    }
    return ends;
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Dpd(int argc, char* argv[])
{
    ProgramOptions options("An IKE SA with dead peer detection, and a failure. Without --fail-for "
                           "it lasts until both ends must have noticed.");
    AddDpdOptions(options);
    LabRun::AddOptions(options, "write packet captures of both gateways");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const DpdScenarioConfig config = ReadDpdOptions(options);
    LabRun::TryNs3Options<DpdScenario>(options, config);

    LabRun run("dpd", options);
    DpdConsole console(run.GetTranscript());
    DpdScenario scenario(config);
    for (const uint32_t end : {DpdScenario::R1, DpdScenario::R2})
    {
        const std::string& name = scenario.GetRecorder().GetName(end);
        console.Watch(scenario.GetEnd(end),
                      name,
                      end == DpdScenario::R1 ? DpdTopology::ADDRESS_R1 : DpdTopology::ADDRESS_R2);
        run.GetEvents().Watch(scenario.GetEnd(end),
                              name,
                              {"LineProtocol", "RequestTx", "ReplyRx", "Drop"});
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowAssociations();
    const DpdScenarioLaw law(config);
    return run.Finish(scenario, DescribeEnds(scenario, law), law.GetSlack());
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("dpd", &Dpd, argc, argv);
}
