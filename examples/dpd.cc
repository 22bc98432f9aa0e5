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
#include "ns3/dpd-experiment.h"
#include "ns3/dpd-scenario.h"

#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

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
    return run.Finish<DpdExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("dpd", &Dpd, argc, argv);
}
