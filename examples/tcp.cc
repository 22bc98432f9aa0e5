/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A TCP connection with keepalives, and a failure on its way or at an end.
 *
 *    R1 ---------------- A ---------------- B ---------------- R2
 *    10.1.0.1            |    what fails    |            10.2.0.2
 *    client              |                  |              server
 *
 * By default both ends are Linux with SO_KEEPALIVE, TCP_KEEPIDLE 60, TCP_KEEPINTVL 10 and
 * TCP_KEEPCNT 3, nothing is sent but probes, and the link A-B is cut silently at 60 s. Expected
 * output: what the programs, tcpdump and ss tell at R1 and R2, whose connection ends 30 to 90 s
 * after the cut; then `ss -to` of both, and the detection time of each beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, and with --pcap captures of both ends of the connection.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "lab-run.h"
#include "option-types.h"
#include "program-options.h"
#include "tcp-options.h"

#include "ns3/tcp-console.h"
#include "ns3/tcp-experiment.h"
#include "ns3/tcp-scenario.h"

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
Tcp(int argc, char* argv[])
{
    ProgramOptions options("A TCP connection with keepalives, and a failure. Without --fail-for it "
                           "lasts until both ends must have noticed.");
    AddTcpOptions(options);
    options.Add().add_options()("ss",
                                Number(0, "SECONDS"),
                                "show connections this often, 0 for only when they begin");
    LabRun::AddOptions(options, "write packet captures of both ends");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const TcpScenarioConfig config = ReadTcpOptions(options);
    const Time show = Seconds(options.GetBetween("ss", 0, LONGEST_OPTION));
    LabRun::TryNs3Options<TcpScenario>(options, config);

    LabRun run("tcp", options);
    TcpConsole console(run.GetTranscript());
    TcpScenario scenario(config);
    for (const uint32_t end : {TcpScenario::R1, TcpScenario::R2})
    {
        const std::string& name = scenario.GetRecorder().GetName(end);
        console.Watch(scenario.GetEnd(end), name);
        run.GetEvents().Watch(scenario.GetEnd(end),
                              name,
                              {"LineProtocol", "KeepaliveTx", "KeepaliveRx", ""});
    }
    if (show.IsStrictlyPositive())
    {
        console.ShowEvery(show);
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowConnections();
    return run.Finish<TcpExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("tcp", &Tcp, argc, argv);
}
