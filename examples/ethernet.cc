/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief Two routers on an Ethernet with keepalives, and a failure of a cable, a router, or a loop.
 *
 *    R1 ------------- Fa0/1  S1  Fa0/2 ------------- R2
 *    10.0.0.1              Fa0/3               10.0.0.2
 *                            |
 *                            S2
 *
 * By default both routers, and the ports of the switch S1, send a keepalive every 10 s, as Cisco's
 * do: to themselves. R1 and R2 hear themselves on their half-duplex cables, and after five of
 * them went missing the line protocol goes down. The cable R2-S1 is cut silently at 60 s. Expected
 * output: what the consoles show; R2 notices 50 to 60 s after the cut, and R1 never. Then what
 * `show interfaces` says of all interfaces, and the detection time of each beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, and with --pcap captures of R1, R2 and S1's port towards S2.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "ethernet-lab-options.h"
#include "lab-run.h"
#include "program-options.h"

#include "ns3/ethernet-console.h"
#include "ns3/ethernet-experiment.h"
#include "ns3/ethernet-scenario.h"

#include <cstdint>
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
Ethernet(int argc, char* argv[])
{
    ProgramOptions options("Ethernet keepalives, and a failure. Without --fail-for it lasts until "
                           "whoever can notice it must have.");
    AddEthernetLabOptions(options);
    LabRun::AddOptions(options, "write packet captures of R1, R2 and S1's port towards S2");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const EthernetScenarioConfig config = ReadEthernetLabOptions(options);
    LabRun::TryNs3Options<EthernetScenario>(options, config);

    LabRun run("ethernet", options);
    EthernetConsole console(run.GetTranscript());
    EthernetScenario scenario(config);
    for (const uint32_t end : {EthernetScenario::R1, EthernetScenario::R2, EthernetScenario::S1})
    {
        run.GetEvents().Watch(scenario.GetEnd(end), scenario.GetRecorder().GetName(end), {});
    }
    console.Watch(scenario.GetEnd(EthernetScenario::R1), "R1", "FastEthernet0/0");
    console.Watch(scenario.GetEnd(EthernetScenario::R2), "R2", "FastEthernet0/0");
    for (uint32_t port = 0; port < EthernetTopology::N_PORTS; port++)
    {
        console.Watch(scenario.GetPort(port), "S1", "FastEthernet0/" + std::to_string(port + 1));
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowInterfaces();
    return run.Finish<EthernetExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("ethernet", &Ethernet, argc, argv);
}
