/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A flow through a NAT or firewall, what keeps its binding alive, and a failure.
 *
 *    R1 ---------------- N ---------------- B ---------------- R2
 *    10.1.0.1            NAT                             10.2.0.2
 *    inside                                               outside
 *
 * By default R1 and R2 have an IKE SA with dead peer detection every 10 s, R1 sends NAT keepalives
 * after 20 s of silence, N forgets UDP after 30 s, and loses all bindings at 60 s. Expected output:
 * what `conntrack -E` tells at N and tcpdump at R1 and R2: requests, answers, and how the next
 * packet of R1 makes a new binding; then `show ip nat translations` of N, and what each end made of
 * it. The end "binding" is the truth at N.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, calls.csv (data of the ends,
 * and when it arrived), failures.csv, mistakes.csv, summary.csv, traffic.csv, and with --pcap
 * captures at both ends.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "lab-run.h"
#include "nat-options.h"
#include "option-types.h"
#include "program-options.h"

#include "ns3/nat-console.h"
#include "ns3/nat-experiment.h"
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"
#include "ns3/tcp-console.h"

#include <iomanip>
#include <optional>
#include <ostream>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Mechanism = NatScenarioConfig::Mechanism;

constexpr int SIGNIFICANT = 12; //!< digits of times in calls.csv

/**
 * @brief Trace sink: R1 sent a NAT keepalive.
 * @param events where to
 */
void
LogKeepalive(EventLog* events, Ptr<const Packet>)
{
    events->Write("R1", "nat-keepalive-tx", "", std::nullopt);
}

/**
 * @brief Watch what there is of the mechanism, and the binding.
 * @param scenario the scenario
 * @param events where to
 */
void
WatchAll(const NatScenario& scenario, EventLog& events)
{
    const bool tcp = scenario.GetConfig().mechanism == Mechanism::TCP;
    const EventLog::TraceNames names =
        tcp ? EventLog::TraceNames{"LineProtocol", "KeepaliveTx", "KeepaliveRx", ""}
            : EventLog::TraceNames{"LineProtocol", "RequestTx", "ReplyRx", "Drop"};
    events.Watch(scenario.GetEnd(NatScenario::R1), "R1", names);
    events.Watch(scenario.GetEnd(NatScenario::R2), "R2", names);
    events.Watch(scenario.GetBinding(), "binding", {"LineProtocol", "", "", ""});
    events.Watch(scenario.GetBox(), "N", {"", "", "", "Drop"});
    if (!tcp)
    {
        scenario.GetKeepalive()->TraceConnectWithoutContext(
            "KeepaliveTx",
            MakeBoundCallback(&LogKeepalive, &events));
    }
}

/**
 * @brief Write what became of the data of both ends.
 * @param scenario the scenario, run
 * @param out where to
 */
void
WriteCalls(const NatScenario& scenario, std::ostream& out)
{
    out << "from,number,sent_s,arrived_s\n" << std::setprecision(SIGNIFICANT);
    if (scenario.GetConfig().mechanism != Mechanism::TCP)
    {
        scenario.GetCalls(NatScenario::R1)->Write(out, "R1");
        scenario.GetCalls(NatScenario::R2)->Write(out, "R2");
    }
}

/**
 * @brief Print what theory says of the binding, as a comment.
 * @param law the closed form
 * @param loss how many packets do not arrive
 * @param transcript where to
 */
void
PrintLaw(const NatScenarioLaw& law, double loss, ConsoleTranscript& transcript)
{
    const std::optional<NatLaw> binding = law.GetBindingLaw();
    if (!binding)
    {
        return;
    }
    const auto k = static_cast<unsigned>(binding->GetLossesToEnd());
    transcript.Print(ConsoleTranscript::Format("! the binding is lost at %u packets in a row that "
                                               "do not reach N",
                                               k));
    if (loss > 0 && loss < 1)
    {
        transcript.Print(ConsoleTranscript::Format(
            "! closed form: after %.1f s on average, for %.1f s, every %.1f s",
            binding->GetMeanTimeToEnd(loss),
            binding->GetMeanOutage(loss),
            binding->GetMeanTimeBetweenEnds(loss)));
    }
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Nat(int argc, char* argv[])
{
    ProgramOptions options("A flow through a NAT or firewall, what keeps its binding alive, and a "
                           "failure. Without --fail-for it lasts until both ends must have "
                           "noticed; a loss of bindings is over at once.");
    AddNatOptions(options);
    LabRun::AddOptions(options, "write packet captures of both ends");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const NatScenarioConfig config = ReadNatOptions(options);
    LabRun::TryNs3Options<NatScenario>(options, config);

    LabRun run("nat", options);
    std::ostream& calls = run.AddFile("calls.csv");
    NatConsole console(run.GetTranscript());
    TcpConsole tcp(run.GetTranscript());
    NatScenario scenario(config);
    console.Watch(scenario.GetBox(), "N");
    for (const uint32_t end : {NatScenario::R1, NatScenario::R2})
    {
        const char* name = end == NatScenario::R1 ? "R1" : "R2";
        if (config.mechanism == Mechanism::TCP)
        {
            tcp.Watch(scenario.GetProgram(end), name);
        }
        else
        {
            console.Watch(scenario.GetAgent(end), name);
        }
    }
    WatchAll(scenario, run.GetEvents());
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowTranslations();
    tcp.ShowConnections();
    PrintLaw(NatScenarioLaw(config), config.inside ? config.loss : 0, run.GetTranscript());
    WriteCalls(scenario, calls);
    return run.Finish<NatExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("nat", &Nat, argc, argv);
}
