/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The whole experiment on a flow through a NAT: what keeps its binding, who notices its
 *        loss, and what it takes to get a new one that works.
 *
 * 1. What keeps a binding and what does not, by profile, refresh rule and timeout: NAT keepalives,
 * DPD of either end, inbound calls, TCP keepalives of 2 h; how often it is lost otherwise.
 * 2. A keepalive that is lost before the box ends a binding of 30 s, exactly 30 s behind the one
 * before; one that is lost beyond does not; a binding of 70 s survives two.
 * 3. A lost binding is silent: nobody notices, calls do not arrive until the next packet from
 * inside, to the instant.
 * 4. If the new binding has another port, keepalives keep it alive in vain: the peer learns of the
 * port from data, IKE or DPD only.
 * 5. What TCP makes of a lost binding: dropped or reset by the box, picked up in mid-stream, reset
 * by the peer for its new port.
 * 6. Behind a box the ends notice failures as they do without: every kind of failure, within the
 * closed form where there is one.
 * 7. A reboot of the box, and a stall of it.
 * 8. The console tells what happens, in the form of its class comment, and changes nothing; the
 * same configuration gives the same run.
 * 9. Configurations that cannot be built are refused in one line, and other scenarios refuse a loss
 * of bindings.
 */

#include "ns3/bgp-scenario.h"
#include "ns3/console-transcript.h"
#include "ns3/dpd-scenario.h"
#include "ns3/event-log.h"
#include "ns3/gre-scenario.h"
#include "ns3/nat-console.h"
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/serial-scenario.h"
#include "ns3/tcp-scenario.h"
#include "ns3/test.h"

#include <cmath>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Config = NatScenarioConfig;
using Failure = ScenarioConfig::Failure;
using Mechanism = NatScenarioConfig::Mechanism;
using Change = std::function<void(Config&)>;

constexpr double INSTANT = 1e-3;  //!< transmissions and delays on one link, seconds
constexpr double ONE_WAY = 0.008; //!< from one end to the other, seconds, and a little more

/**
 * @brief A scenario to start from: data only, and nothing fails.
 * @return the configuration
 */
Config
MakeConfig()
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    Config config;
    config.mechanism = Mechanism::NONE;
    config.failure = Failure::NONE;
    config.stop = Seconds(600);
    return config;
}

/**
 * @brief Let the ends have TCP with the timers of a small lab.
 * @param config changed
 */
void
UseTcp(Config& config)
{
    config.mechanism = Mechanism::TCP;
    config.profile = "linux";
    config.idle = Seconds(60);
    config.interval = Seconds(10);
    config.probes = 3;
}

// ---- 1. what keeps a binding ----

/// One configuration and what becomes of its binding.
struct KeepCase
{
    std::string name; //!< of the case
    Change change;    //!< the configuration
    uint64_t losses;  //!< how often the binding is lost
    bool kept;        //!< what the law says of that
};

/**
 * @ingroup keepalive-tests
 * @brief 1. What keeps a binding.
 */
class NatKeepTest : public TestCase
{
  public:
    /**
     * @brief One configuration.
     * @param keep the case
     */
    explicit NatKeepTest(const KeepCase& keep)
        : TestCase("what keeps a binding: " + keep.name),
          m_case(keep)
    {
    }

  private:
    void DoRun() override
    {
        Config config = MakeConfig();
        m_case.change(config);
        NatScenario scenario(config);
        scenario.Run();
        const DetectionRecorder& recorder = scenario.GetRecorder();
        const auto summary = recorder.Summarize(scenario.GetBindingEnd());
        NS_TEST_EXPECT_MSG_EQ(summary.name, "binding", "the last end");
        NS_TEST_EXPECT_MSG_EQ(summary.mistakes, m_case.losses, "losses of the binding");
        NS_TEST_EXPECT_MSG_EQ(NatScenarioLaw(config).IsKept(), m_case.kept, "the law");
        for (const auto& row : recorder.GetMistakeRows())
        {
            if (row.end == scenario.GetBindingEnd())
            {
                NS_TEST_EXPECT_MSG_EQ(row.cause, "binding-expired", "cause");
            }
        }
    }

    KeepCase m_case; //!< the case
};

// ---- 2 to 4. losses, one by one ----

/**
 * @ingroup keepalive-tests
 * @brief 2. Keepalives that are lost.
 */
class NatLostKeepaliveTest : public TestCase
{
  public:
    NatLostKeepaliveTest()
        : TestCase("keepalives that are lost before the box, and beyond")
    {
    }

  private:
    void DoRun() override
    {
        // Keepalives at 20.001, 40.001, 60.001 s and so on.
        Check(30, true, 1, 50.001, 60.001);
        Check(30, false, 1, 0, 0);
        Check(40, true, 1, 0, 0); // the one at 60.001 s comes at exactly the lifetime
        Check(39.999, true, 1, 60, 60.001);
        Check(70, true, 2, 0, 0);
        Check(70, true, 3, 90.001, 100.001);
    }

    /**
     * @brief Lose keepalives from the second one on.
     * @param lifetime of the binding, seconds
     * @param inside whether they are lost before the box
     * @param lost how many
     * @param ends when the binding is lost, seconds; 0 if it is not
     * @param returns when there is a new one, seconds
     */
    void Check(double lifetime, bool inside, uint32_t lost, double ends, double returns)
    {
        Config config = MakeConfig();
        // Of an answered flow, too, which Linux would keep for 120 s.
        config.nat.profile = "linux-conntrack";
        config.nat.refresh = NatSettings::OUTBOUND;
        config.r2.dataPeriod = Seconds(7);
        config.nat.udpTimeout = Seconds(lifetime);
        config.inside = inside;
        config.failure = Failure::ONE_WAY_TO_R2;
        config.failAt = Seconds(30);
        config.failFor = Seconds(20 * lost);
        NatScenario scenario(config);
        std::vector<double> changes;
        m_changes = &changes;
        scenario.GetBinding()->TraceConnectWithoutContext(
            "LineProtocol",
            MakeCallback(&NatLostKeepaliveTest::Line, this));
        scenario.Run();
        NS_TEST_ASSERT_MSG_EQ(changes.size(), (ends > 0 ? 3U : 1U), "changes: " << lifetime);
        if (ends > 0)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(changes[1], ends + INSTANT, INSTANT, "ends");
            NS_TEST_EXPECT_MSG_EQ_TOL(changes[2], returns + INSTANT, INSTANT, "returns");
        }
        m_changes = nullptr;
    }

    /**
     * @brief Trace sink: the binding.
     * @param event the change
     */
    void Line(const DetectionEvent& event)
    {
        m_changes->push_back(event.when.GetSeconds());
    }

    std::vector<double>* m_changes{nullptr}; //!< when the binding was made or lost
};

/**
 * @ingroup keepalive-tests
 * @brief 3, 4. A binding that is lost.
 */
class NatSilentLossTest : public TestCase
{
  public:
    NatSilentLossTest()
        : TestCase("a lost binding is silent, until the next packet from inside, or the next data")
    {
    }

  private:
    void DoRun() override
    {
        // Keepalives at 20.001 s and so on; bindings lost at 65 s; calls every 3 s.
        const double keepalive = 80.001;
        Check([](Config&) {}, keepalive);
        // Data from inside is a packet, too, and sooner.
        Check([](Config& c) { c.r1.dataPeriod = Seconds(75); }, 75);
        // A new port: keepalives from there are not evidence of anything.
        const Change moved = [](Config& c) { c.nat.preservePorts = NatSettings::OFF; };
        Check(moved, 0);
        Check(
            [moved](Config& c) {
                moved(c);
                c.r1.dataPeriod = Seconds(150);
            },
            150 + ONE_WAY);
        // DPD of R1 every 40 s is IKE, and its peer follows.
        Check(
            [moved](Config& c) {
                moved(c);
                c.mechanism = Mechanism::DPD;
                c.idle = Seconds(40);
                c.r2.keepalive = false;
            },
            80);
        // In a firewall there is no port to be another.
        Check(
            [moved](Config& c) {
                moved(c);
                c.nat.firewall = true;
            },
            keepalive);
    }

    /**
     * @brief Lose the binding, and see when calls arrive again.
     * @param change the configuration
     * @param returns when they do, seconds; 0 for never
     */
    void Check(const Change& change, double returns)
    {
        Config config = MakeConfig();
        config.nat.refresh = NatSettings::OUTBOUND;
        config.r2.dataPeriod = Seconds(3);
        config.failure = Failure::BINDING_LOSS;
        config.failAt = Seconds(65);
        config.failFor = MilliSeconds(1);
        change(config);
        NatScenario scenario(config);
        scenario.Run();
        uint32_t wrong = 0;
        for (const auto& call : scenario.GetCalls(NatScenario::R2)->GetCalls())
        {
            const double sent = call.sent.GetSeconds();
            const bool lost = sent + ONE_WAY > 65 && (returns == 0 || sent < returns);
            const bool under = std::fabs(sent + ONE_WAY - config.stop.GetSeconds()) < 2 * ONE_WAY;
            wrong += !under && call.arrived.has_value() == lost;
        }
        NS_TEST_EXPECT_MSG_EQ(wrong, 0, "calls, until " << returns);
        const DetectionRecorder& recorder = scenario.GetRecorder();
        for (const auto& row : recorder.GetFailureRows())
        {
            // The truth is known at once, and nobody notices.
            const bool binding = row.end == scenario.GetBindingEnd();
            NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), binding, "noticed");
            NS_TEST_EXPECT_MSG_EQ(row.kind, "binding-loss", "kind");
            NS_TEST_EXPECT_MSG_EQ(row.target, "N", "target");
            if (binding)
            {
                NS_TEST_EXPECT_MSG_EQ(row.detected->GetSeconds(), 65, "at once");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(recorder.GetMistakeRows().size(), 0, "mistakes");
    }
};

// ---- 5. TCP ----

/// What becomes of a TCP connection whose binding is lost.
struct TcpCase
{
    std::string name;  //!< of the case
    Change change;     //!< the configuration
    std::string cause; //!< why R1's connection ends; empty if it does not
    double when;       //!< and when, seconds
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What TCP makes of a lost binding.
 */
class NatTcpTest : public TestCase
{
  public:
    /**
     * @brief One configuration.
     * @param tcp the case
     */
    explicit NatTcpTest(const TcpCase& tcp)
        : TestCase("a TCP connection whose binding is lost: " + tcp.name),
          m_case(tcp)
    {
    }

  private:
    void DoRun() override
    {
        Config config = MakeConfig();
        UseTcp(config);
        config.r2.keepalive = false;
        config.failure = Failure::BINDING_LOSS;
        config.failAt = Seconds(65);
        config.failFor = MilliSeconds(1);
        config.stop = Seconds(400);
        m_case.change(config);
        NatScenario scenario(config);
        scenario.Run();
        std::vector<DetectionRecorder::MistakeRow> rows;
        for (const auto& row : scenario.GetRecorder().GetMistakeRows())
        {
            if (row.end == NatScenario::R1)
            {
                rows.push_back(row);
            }
        }
        NS_TEST_ASSERT_MSG_EQ(rows.size(), (m_case.cause.empty() ? 0U : 1U), "ends");
        if (!rows.empty())
        {
            NS_TEST_EXPECT_MSG_EQ(rows[0].cause, m_case.cause, "cause");
            NS_TEST_EXPECT_MSG_EQ_TOL(rows[0].suspected.GetSeconds(), m_case.when, 0.05, "when");
            NS_TEST_EXPECT_MSG_EQ(rows[0].trusted.has_value(), true, "connects again");
        }
    }

    TcpCase m_case; //!< the case
};

// ---- 6, 7. failures ----

/// What one end makes of a failure.
enum class Verdict
{
    LAW,     //!< noticed, within the closed form
    NOTICED, //!< noticed, and there is no closed form
    NEVER,   //!< not noticed
    OWN,     //!< it is this end that fails
    NOTHING  //!< no outage
};

/// One kind of failure and what comes of it.
struct KindCase
{
    std::string name; //!< of the case
    Change change;    //!< the configuration
    Verdict r1;       //!< what R1 makes of it
    Verdict r2;       //!< what R2 makes of it
};

/**
 * @ingroup keepalive-tests
 * @brief 6, 7. Who notices what.
 */
class NatFailureKindTest : public TestCase
{
  public:
    /**
     * @brief One kind.
     * @param kind the case
     */
    explicit NatFailureKindTest(const KindCase& kind)
        : TestCase("who notices: " + kind.name),
          m_case(kind)
    {
    }

  private:
    void DoRun() override
    {
        Config config = MakeConfig();
        config.mechanism = Mechanism::DPD;
        config.failure = Failure::SILENT;
        config.schedule = FailurePlan::Schedule::RANDOM;
        config.failures = 20;
        config.failFor = Seconds(0);
        config.stop = Seconds(0);
        m_case.change(config);
        NatScenario scenario(config);
        scenario.Run();
        Judge(scenario, NatScenario::R1, m_case.r1);
        Judge(scenario, NatScenario::R2, m_case.r2);
    }

    /**
     * @brief Judge one end.
     * @param scenario the scenario, run
     * @param end which end
     * @param verdict what is expected of it
     */
    void Judge(const NatScenario& scenario, uint32_t end, Verdict verdict)
    {
        const NatScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        const double slack = theory.GetSlack().GetSeconds();
        NS_TEST_ASSERT_MSG_EQ(law.has_value(), (verdict == Verdict::LAW), "closed form " << end);
        uint32_t rows = 0;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end != end)
            {
                continue;
            }
            rows++;
            const bool noticed = verdict == Verdict::LAW || verdict == Verdict::NOTICED;
            NS_TEST_EXPECT_MSG_EQ(row.outage, (verdict != Verdict::NOTHING), "outage");
            NS_TEST_EXPECT_MSG_EQ(row.own, (verdict == Verdict::OWN), "own");
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), noticed, "noticed by " << end);
            if (law)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                NS_TEST_EXPECT_MSG_EQ((time >= law->lower - slack && time <= law->upper + slack),
                                      true,
                                      time << " in " << law->lower << " to " << law->upper);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(rows, scenario.GetConfig().failures, "rows");
    }

    KindCase m_case; //!< the case
};

/**
 * @ingroup keepalive-tests
 * @brief 7. A reboot of the box.
 */
class NatRebootTest : public TestCase
{
  public:
    NatRebootTest()
        : TestCase("a reboot of the box forgets the binding, a stall does not")
    {
    }

  private:
    void DoRun() override
    {
        // R2 calls every 3 s. The box is away from 65 to 70 s; the next keepalive goes at 80.001 s.
        Config config = MakeConfig();
        config.r2.dataPeriod = Seconds(3);
        config.nat.refresh = NatSettings::OUTBOUND;
        config.failure = Failure::CRASH;
        config.at = Config::Place::NAT;
        config.failAt = Seconds(65);
        config.failFor = Seconds(5);
        CheckCalls(config, 65, 80.001);
        config.failure = Failure::STALL;
        CheckCalls(config, 0, 0);
    }

    /**
     * @brief See which calls arrive.
     * @param config the configuration
     * @param from calls are lost from then, seconds
     * @param to until then
     */
    void CheckCalls(const Config& config, double from, double to)
    {
        NatScenario scenario(config);
        scenario.Run();
        uint32_t wrong = 0;
        for (const auto& call : scenario.GetCalls(NatScenario::R2)->GetCalls())
        {
            const double sent = call.sent.GetSeconds();
            const bool lost = sent + ONE_WAY > from && sent < to;
            const bool last = sent + ONE_WAY > config.stop.GetSeconds();
            wrong += !last && call.arrived.has_value() == lost;
        }
        NS_TEST_EXPECT_MSG_EQ(wrong, 0, "calls that arrived or not, otherwise than expected");
    }
};

// ---- 8. what is printed ----

/**
 * @brief Run, and write down everything.
 * @param config the configuration
 * @param console whether there is a console
 * @param transcript filled in with what it prints
 * @return the event log
 */
std::string
RunToText(const Config& config, bool console, std::string& transcript)
{
    std::ostringstream events;
    std::ostringstream printed;
    {
        EventLog log(events);
        ConsoleTranscript paper;
        paper.AddStream(printed);
        NatConsole consoles(paper);
        NatScenario scenario(config);
        log.Watch(scenario.GetBinding(), "binding", {"LineProtocol", "", "", ""});
        log.Watch(scenario.GetBox(), "N", {"", "", "", "Drop"});
        for (const uint32_t end : {NatScenario::R1, NatScenario::R2})
        {
            const std::string name = end == NatScenario::R1 ? "R1" : "R2";
            if (config.mechanism == Mechanism::TCP)
            {
                continue;
            }
            log.Watch(scenario.GetEnd(end), name, {"LineProtocol", "RequestTx", "ReplyRx", "Drop"});
            if (console)
            {
                consoles.Watch(scenario.GetAgent(end), name);
            }
        }
        if (console)
        {
            consoles.Watch(scenario.GetBox(), "N");
        }
        scenario.Run();
        consoles.ShowTranslations();
    }
    transcript = printed.str();
    return events.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 8. The console.
 */
class NatConsoleTest : public TestCase
{
  public:
    NatConsoleTest()
        : TestCase("what an operator sees")
    {
    }

  private:
    void DoRun() override
    {
        Config config = MakeConfig();
        config.failure = Failure::BINDING_LOSS;
        config.failAt = Seconds(65);
        config.failFor = MilliSeconds(1);
        config.r2.dataPeriod = Seconds(50);
        config.nat.profile = "linux-conntrack";
        config.stop = Seconds(90);
        std::string text;
        RunToText(config, true, text);
        const std::string there = "src=10.1.0.1 dst=10.2.0.2 sport=4500 dport=4500";
        const std::string back = "src=10.2.0.2 dst=10.0.0.1 sport=4500 dport=4500\n";
        Count(text,
              "N: 00:00:00.002:     [NEW] udp      17 30 " + there + " [UNREPLIED] " + back,
              1);
        Count(text, "N: 00:00:50.006:  [UPDATE] udp      17 30 " + there + " " + back, 1);
        Count(text, "N: 00:01:05.000: [DESTROY] udp      17 " + there + " " + back, 1);
        Count(text,
              "N: 00:01:20.002:     [NEW] udp      17 30 " + there + " [UNREPLIED] " + back,
              1);
        Count(text, "[UPDATE]", 1);
        const std::string keepalive = " IP 10.1.0.1.4500 > 10.2.0.2.4500: isakmp-nat-keep-alive\n";
        Count(text, "R1: 00:00:20.001: Out" + keepalive, 1);
        Count(text, ": Out" + keepalive, 4);
        Count(text,
              "R2: 00:00:20.008: In  IP 10.0.0.1.4500 > 10.2.0.2.4500: isakmp-nat-keep-alive\n",
              1);
        Count(text,
              "R2: 00:00:50.000: Out IP 10.2.0.2.4500 > 10.0.0.1.4500: UDP-encap: ESP(spi=0x",
              1);
        Count(text,
              "R1: 00:00:50.007: In  IP 10.2.0.2.4500 > 10.1.0.1.4500: UDP-encap: ESP(spi=0x",
              1);
        Count(text, "N#show ip nat translations verbose\n", 1);
        Count(text,
              "udp 10.0.0.1:4500         10.1.0.1:4500         10.2.0.2:4500         "
              "10.2.0.2:4500\n    create 00:00:09, left 00:00:20.002\n",
              1);

        config.mechanism = Mechanism::DPD;
        config.nat.preservePorts = NatSettings::OFF;
        RunToText(config, true, text);
        Count(text, "R2: 00:00:00.008: ike: the peer moved from 10.0.0.1[4500] to 10.0.0.1[", 1);
        Count(text, ": ike: the peer moved from ", 2);
        Count(text, ": ike: the peer is given up: ", 0);
        NS_TEST_EXPECT_MSG_NE(text.find(": NONESP-encap: isakmp: phase 2/others ? inf[E]\n"),
                              std::string::npos,
                              "DPD");

        UseTcp(config);
        config.nat.preservePorts = NatSettings::ON;
        RunToText(config, true, text);
        const std::string tcp = "src=10.1.0.1 dst=10.2.0.2 sport=49153 dport=40000 ";
        Count(text, "    [NEW] tcp      6 120 SYN_SENT " + tcp + "[UNREPLIED] src=10.2.0.2", 1);
        Count(text, " [UPDATE] tcp      6 60 SYN_RECV " + tcp + "src=10.2.0.2", 1);
        Count(text, " [UPDATE] tcp      6 432000 ESTABLISHED " + tcp + "src=10.2.0.2", 1);
        Count(text, "[DESTROY] tcp      6 " + tcp, 1);
    }

    /**
     * @brief Count a text.
     * @param transcript where
     * @param text the text
     * @param expected how often it ought to be there
     */
    void Count(const std::string& transcript, const std::string& text, uint32_t expected)
    {
        uint32_t found = 0;
        for (auto at = transcript.find(text); at != std::string::npos;
             at = transcript.find(text, at + 1))
        {
            found++;
        }
        NS_TEST_EXPECT_MSG_EQ(found, expected, text);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. Repeatability.
 */
class NatRepeatabilityTest : public TestCase
{
  public:
    NatRepeatabilityTest()
        : TestCase("the same configuration gives the same run, console or not")
    {
    }

  private:
    void DoRun() override
    {
        Config config = MakeConfig();
        config.mechanism = Mechanism::DPD;
        config.loss = 0.2;
        config.inside = true;
        config.load = 0.5;
        config.lanRate = DataRate("200kb/s");
        config.r2.dataPeriod = Seconds(7);
        config.failure = Failure::SILENT;
        config.failFor = Seconds(40);
        std::string first;
        std::string second;
        std::string none;
        const std::string events = RunToText(config, true, first);
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, true, second) == events), true, "again");
        NS_TEST_EXPECT_MSG_EQ((first == second), true, "transcript");
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, false, none) == events), true, "no console");
        RngSeedManager::SetRun(2);
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, false, none) == events), false, "another run");
        RngSeedManager::SetRun(1);
    }
};

// ---- 9. bad configurations ----

/**
 * @ingroup keepalive-tests
 * @brief 9. What is refused.
 */
class NatCheckTest : public TestCase
{
  public:
    NatCheckTest()
        : TestCase("what cannot be built is refused in one line")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(NatScenario::Check(Config()).has_value(), false, "default");
        const std::pair<Change, const char*> cases[] = {
            {[](Config& c) { c.nat.profile = "beos"; }, "\"beos\""},
            {[](Config& c) { c.profile = "linux"; }, "\"linux\""},
            {[](Config& c) { UseTcp(c), c.profile = "racoon"; }, "\"racoon\""},
            {[](Config& c) { c.natKeepalive = Seconds(4); }, "4 s"},
            {[](Config& c) { c.natKeepalive = Seconds(3601); }, "3601 s"},
            {[](Config& c) { c.natKeepalive = Seconds(-20); }, "-20 s"},
            {[](Config& c) { c.r1.dataPeriod = Seconds(-1); }, "-1 s"},
            {[](Config& c) { c.r2.dataPeriod = Seconds(-2); }, "-2 s"},
            {[](Config& c) { c.nat.udpTimeout = Seconds(-3); }, "-3 s"},
            {[](Config& c) { c.nat.tcpTimeout = Seconds(-4); }, "-4 s"},
            {[](Config& c) { UseTcp(c), c.idle = Seconds(-5); }, "-5 s"},
            {[](Config& c) { c.dataSize = 3; }, "3 octets"},
            {[](Config& c) { UseTcp(c), c.connectTimeout = Seconds(0); }, "to connect of 0 s"},
            {[](Config& c) { UseTcp(c), c.port = 0; }, "port 0"},
            {[](Config& c) { c.linkRate = DataRate(0); }, "rate of 0"},
            {[](Config& c) { c.lanRate = DataRate(0); }, "rate of 0"},
            {[](Config& c) { c.trafficRate = DataRate(1000); }, "user traffic"},
            {[](Config& c) { c.failure = Failure::SHUTDOWN; }, "shut"},
            {[](Config& c) {
                 c.failure = Failure::SILENT;
                 c.failures = 0;
             },
             "failures of 0"},
            {[](Config& c) {
                 c.failure = Failure::SILENT;
                 c.inside = true;
                 c.schedule = FailurePlan::Schedule::SCRIPT;
                 c.script = "1,N-B,down\n";
             },
             "\"R1-N\""},
        };
        for (const auto& [change, word] : cases)
        {
            Config config;
            change(config);
            const std::optional<std::string> wrong = NatScenario::Check(config);
            NS_TEST_ASSERT_MSG_EQ(wrong.has_value(), true, word);
            NS_TEST_EXPECT_MSG_NE(wrong->find(word), std::string::npos, *wrong);
            NS_TEST_EXPECT_MSG_EQ(wrong->find('\n'), std::string::npos, *wrong);
        }
        Refuses<GreScenario>(GreScenarioConfig());
        Refuses<SerialScenario>(SerialScenarioConfig());
        Refuses<TcpScenario>(TcpScenarioConfig());
        Refuses<BgpScenario>(BgpScenarioConfig());
        Refuses<DpdScenario>(DpdScenarioConfig());
    }

    /**
     * @brief Another scenario has no bindings to lose.
     * @tparam Other the scenario
     * @tparam OtherConfig its configuration
     * @param config one that it takes
     */
    template <typename Other, typename OtherConfig>
    void Refuses(OtherConfig config)
    {
        config.failure = Failure::NONE;
        NS_TEST_EXPECT_MSG_EQ(Other::Check(config).value_or(""), "", "sound");
        config.failure = Failure::BINDING_LOSS;
        NS_TEST_EXPECT_MSG_NE(Other::Check(config).value_or("").find("bindings"),
                              std::string::npos,
                              "refused");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief NAT scenario test suite.
 */
class NatScenarioTestSuite : public TestSuite
{
  public:
    NatScenarioTestSuite()
        : TestSuite("keepalive-nat-scenario")
    {
        AddKeepCases();
        AddTestCase(new NatLostKeepaliveTest);
        AddTestCase(new NatSilentLossTest);
        AddTcpCases();
        AddKinds();
        AddTestCase(new NatRebootTest);
        AddTestCase(new NatConsoleTest);
        AddTestCase(new NatRepeatabilityTest);
        AddTestCase(new NatCheckTest);
    }

  private:
    /// Add a case for each way to keep a binding, or not to.
    void AddKeepCases()
    {
        const Change calls = [](Config& c) {
            c.natKeepalive = Seconds(0);
            c.r2.dataPeriod = Seconds(10);
        };
        const Change dpd = [](Config& c) {
            c.mechanism = Mechanism::DPD;
            c.natKeepalive = Seconds(0);
            c.nat.refresh = NatSettings::OUTBOUND;
        };
        const Change hours = [](Config& c) {
            c.mechanism = Mechanism::TCP;
            c.profile = "linux"; // 7200, 75, 9
            c.stop = Seconds(40000);
        };
        const KeepCase cases[] = {
            {"20 s against 30 s", [](Config&) {}, 0, true},
            {"none at all", [](Config& c) { c.natKeepalive = Seconds(0); }, 1, false},
            // Lost at 30 s and made anew at 40 s, and so on: the last one at 590 s.
            {"40 s against 30 s", [](Config& c) { c.natKeepalive = Seconds(40); }, 15, false},
            {"20 s against Linux", [](Config& c) { c.nat.profile = "linux-conntrack"; }, 0, true},
            {"200 s against what the RFC asks for",
             [](Config& c) {
                 c.nat.profile = "rfc";
                 c.natKeepalive = Seconds(200);
             },
             0,
             true},
            {"data of R1 instead",
             [](Config& c) {
                 c.natKeepalive = Seconds(0);
                 c.r1.dataPeriod = Seconds(25);
             },
             0,
             true},
            {"calls of R2, prolonged by outbound packets only",
             [calls](Config& c) {
                 calls(c);
                 c.nat.refresh = NatSettings::OUTBOUND;
             },
             1,
             false},
            {"calls of R2, prolonged by both",
             [calls](Config& c) {
                 calls(c);
                 c.nat.refresh = NatSettings::BOTH;
             },
             0,
             false}, // not by R1 itself
            {"DPD of both", dpd, 0, true},
            {"DPD of R1",
             [dpd](Config& c) {
                 dpd(c);
                 c.r2.keepalive = false;
             },
             0,
             true},
            {"DPD of R2, which R1 answers",
             [dpd](Config& c) {
                 dpd(c);
                 c.r1.keepalive = false;
             },
             0,
             true},
            {"DPD of one strongSwan, which the other one only answers",
             [dpd](Config& c) {
                 dpd(c);
                 c.profile = "strongswan-ikev1";
                 c.idle = Seconds(20);
                 c.r1.keepalive = false;
             },
             0,
             true},
            {"DPD of both every 40 s",
             [dpd](Config& c) {
                 dpd(c);
                 c.idle = Seconds(40);
             },
             15,
             false},
            {"a firewall, 20 s against 30 s", [](Config& c) { c.nat.firewall = true; }, 0, true},
            {"a firewall, none at all",
             [](Config& c) {
                 c.nat.firewall = true;
                 c.natKeepalive = Seconds(0);
             },
             1,
             false},
            {"TCP keepalives after 2 h against 2 h 4 min",
             [hours](Config& c) {
                 hours(c);
                 c.nat.profile = "rfc";
             },
             0,
             true},
            {"TCP keepalives after 2 h against Linux",
             [hours](Config& c) {
                 hours(c);
                 c.nat.profile = "linux-conntrack";
             },
             0,
             true},
        };
        for (const auto& keep : cases)
        {
            AddTestCase(new NatKeepTest(keep));
        }
    }

    /// Add a case for each thing that becomes of a TCP connection.
    void AddTcpCases()
    {
        const TcpCase cases[] = {
            // R1's probe at 120 s is dropped, and so are two more; 10 s later it gives up.
            {"dropped", [](Config&) {}, "tcp-keepalive", 150.03},
            {"reset by the box",
             [](Config& c) { c.nat.unknown = NatSettings::RST; },
             "tcp-reset",
             120.02},
            {"picked up in mid-stream",
             [](Config& c) { c.nat.profile = "linux-conntrack"; },
             "",
             0},
            {"picked up in mid-stream, from another port",
             [](Config& c) {
                 c.nat.profile = "linux-conntrack";
                 c.nat.preservePorts = NatSettings::OFF;
             },
             "tcp-reset",
             120.03},
            {"dropped by a firewall",
             [](Config& c) { c.nat.firewall = true; },
             "tcp-keepalive",
             150.03},
        };
        for (const auto& tcp : cases)
        {
            AddTestCase(new NatTcpTest(tcp));
        }
    }

    /// Add a case for each kind of failure.
    void AddKinds()
    {
        const auto of = [](Failure failure, Config::Place at = Config::Place::R2) {
            return [failure, at](Config& c) {
                c.failure = failure;
                c.at = at;
            };
        };
        const auto tcp = [](const Change& change) {
            return [change](Config& c) {
                UseTcp(c);
                change(c);
            };
        };
        const auto inside = [](Config& c) { c.inside = true; };
        const KindCase cases[] = {
            {"DPD, silent", of(Failure::SILENT), Verdict::LAW, Verdict::LAW},
            {"DPD, carrier", of(Failure::CARRIER), Verdict::LAW, Verdict::LAW},
            {"DPD, crash of R2", of(Failure::CRASH), Verdict::LAW, Verdict::OWN},
            {"DPD, crash of R1", of(Failure::CRASH, Config::Place::R1), Verdict::OWN, Verdict::LAW},
            {"DPD, inside", inside, Verdict::NOTICED, Verdict::NOTICED},
            {"DPD, a binding that does not last",
             [](Config& c) {
                 c.natKeepalive = Seconds(0);
                 c.idle = Seconds(40);
             },
             Verdict::NOTICED,
             Verdict::NOTICED},
            {"DPD, crash of the box",
             of(Failure::CRASH, Config::Place::NAT),
             Verdict::NOTICED,
             Verdict::NOTICED},
            {"DPD, delay step", of(Failure::DELAY_STEP), Verdict::NOTHING, Verdict::NOTHING},
            {"TCP, silent", tcp([](Config&) {}), Verdict::LAW, Verdict::LAW},
            {"TCP, carrier", tcp(of(Failure::CARRIER)), Verdict::LAW, Verdict::LAW},
            {"TCP, one way to R1", tcp(of(Failure::ONE_WAY_TO_R1)), Verdict::LAW, Verdict::LAW},
            {"TCP, one way to R2", tcp(of(Failure::ONE_WAY_TO_R2)), Verdict::LAW, Verdict::LAW},
            {"TCP, crash of R2", tcp(of(Failure::CRASH)), Verdict::LAW, Verdict::OWN},
            {"TCP, crash of R1",
             tcp(of(Failure::CRASH, Config::Place::R1)),
             Verdict::OWN,
             Verdict::LAW},
            {"TCP, stall of R2", tcp(of(Failure::STALL)), Verdict::NEVER, Verdict::NEVER},
            {"TCP, inside", tcp(inside), Verdict::NOTICED, Verdict::NOTICED},
            {"TCP, crash of the box",
             tcp(of(Failure::CRASH, Config::Place::NAT)),
             Verdict::NOTICED,
             Verdict::NOTICED},
        };
        for (const auto& kind : cases)
        {
            AddTestCase(new NatFailureKindTest(kind));
        }
    }
};

NatScenarioTestSuite g_natScenarioTestSuite; //!< registers itself

} // namespace
