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
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"
#include "ns3/results-writer.h"
#include "ns3/tcp-console.h"
#include "ns3/tcp-scenario-law.h"

#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Mechanism = NatScenarioConfig::Mechanism;

constexpr int SIGNIFICANT = 12; //!< digits of times in calls.csv

/**
 * @brief What the tables say of an end.
 * @param scenario the scenario, run
 * @param law its closed form
 * @param end R1 or R2
 * @return of TCP: as interval the idle time, as retries the number of probes; of DPD the delay, and
 *         the requests behind the first
 */
ResultsWriter::EndDescription
DescribeEnd(const NatScenario& scenario, const NatScenarioLaw& law, uint32_t end)
{
    const NatScenarioConfig& config = scenario.GetConfig();
    const bool keepalive = end == NatScenario::R1 ? config.r1.keepalive : config.r2.keepalive;
    ResultsWriter::EndDescription description;
    description.rule = config.profile;
    description.law = law.Get(end);
    description.counters = scenario.GetCounters(end);
    if (config.mechanism == Mechanism::TCP)
    {
        const TcpKeepaliveLaw::Timers timers =
            TcpScenarioLaw::GetTimers(NatScenarioLaw::MakeTcpConfig(config).r1);
        description.mechanism = "tcp";
        description.interval = Seconds(timers.idle);
        description.retries = timers.probes;
    }
    else
    {
        const DpdDecision::Settings settings = scenario.GetAgent(end)->GetSettings();
        description.mechanism = "dpd";
        description.interval = NanoSeconds(settings.delay);
        description.retries = settings.retries;
    }
    if (!keepalive)
    {
        description.interval = Seconds(0);
    }
    return description;
}

/**
 * @brief What the tables say of all ends.
 * @param scenario the scenario, run
 * @param law its closed form
 * @return R1 and R2, if there is a mechanism, and the binding: as interval that of NAT keepalives,
 *         as retries the losses in a row that end the binding, 0 if there is no law
 */
std::vector<ResultsWriter::EndDescription>
DescribeEnds(const NatScenario& scenario, const NatScenarioLaw& law)
{
    const NatScenarioConfig& config = scenario.GetConfig();
    std::vector<ResultsWriter::EndDescription> ends;
    for (uint32_t end = 0; end < scenario.GetBindingEnd(); end++)
    {
        ends.push_back(DescribeEnd(scenario, law, end));
    }
    const std::optional<NatLaw> binding = law.GetBindingLaw();
    const bool tcp = config.mechanism == Mechanism::TCP;
    ends.push_back({"nat",
                    tcp ? Seconds(0) : config.natKeepalive,
                    binding ? static_cast<uint32_t>(binding->GetLossesToEnd()) : 0,
                    config.nat.profile,
                    std::nullopt,
                    scenario.GetCounters(scenario.GetBindingEnd())});
    return ends;
}

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

    const NatScenarioLaw law(config);
    console.ShowTranslations();
    tcp.ShowConnections();
    PrintLaw(law, config.inside ? config.loss : 0, run.GetTranscript());
    WriteCalls(scenario, calls);
    return run.Finish(scenario, DescribeEnds(scenario, law), law.GetSlack());
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("nat", &Nat, argc, argv);
}
