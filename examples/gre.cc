/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A GRE tunnel with keepalives, a backup path, user traffic, and a failure.
 *
 *                       128.8.8.8             129.9.9.9
 *                           |                     |
 *    H1 ---------------- R1 ======= tunnel ======= R2 ---------------- H2
 *                        |  \                    / |
 *                        |   `------- C --------'  |      C: what fails is on this path
 *                        `----------- B -----------'      B: the backup path
 *
 * By default both ends run "keepalive 5 4" and the link R1-C is cut silently at 60 s for 60 s.
 * Expected output: the consoles of R1 and R2, whose line protocols go down 20 to 25 s after the
 * cut, then `show interfaces tunnel`, then the detection time of each end beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, and with --pcap=yes captures of the underlay and of the tunnel.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "gre-options.h"
#include "lab-run.h"
#include "program-options.h"

#include "ns3/gre-console.h"
#include "ns3/gre-experiment.h"
#include "ns3/gre-scenario.h"

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
Gre(int argc, char* argv[])
{
    ProgramOptions options(
        "A GRE tunnel with keepalives over a core that fails, and a backup path.");
    AddGreOptions(options);
    LabRun::AddOptions(options, "write packet captures");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const GreScenarioConfig config = ReadGreOptions(options);
    LabRun::TryNs3Options<GreScenario>(options, config);

    LabRun run("gre", options);
    GreScenario scenario(config);
    GreConsole console(run.GetTranscript());
    for (uint32_t end : {GreScenario::R1, GreScenario::R2})
    {
        const std::string name = scenario.GetRecorder().GetName(end);
        console.Watch(scenario.GetTunnel(end), name);
        run.GetEvents().Watch(scenario.GetTunnel(end), name);
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowInterfaces();
    return run.Finish<GreExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("gre", &Gre, argc, argv);
}
