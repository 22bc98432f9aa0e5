/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The whole experiment on an Ethernet: every kind of failure, and loops.
 *
 * 1. Which end notices which kind of failure, why, and when: within the closed form where there is
 * one. Nobody notices what happens to anybody else.
 * 2. 2,000 independent random failures for each of several intervals and retries, ways back, and
 * for the loop: all are inside the closed form and follow the uniform law (Kolmogorov-Smirnov,
 * p > 0.01 for the family after Holm's correction). RngRun 1: a seed that fails is a finding, never
 * a reason to choose another.
 * 3. A frame that is on the medium at the cut does not count as heard, and one that was heard does:
 * to the nanosecond.
 * 4. A looped cable brings back what is sent into it, unchanged and once, and only while it is
 * looped.
 * 5. A port that a loop has shut stays so, or is tried again when the recovery time is over: shut
 * again and again while the loop lasts, and up after it. A loop between two keepalives goes
 * unnoticed.
 * 6. Layer-2 pings show what keepalives do not: that the other end is gone.
 * 7. IP follows the line protocol: what an end cannot send it does not route.
 * 8. Losses make no mistakes, for keepalives do not travel; a queue that overflows does.
 * 9. The console tells what happens, in the form of its class comment, and changes nothing.
 * 10. The same configuration gives the same run, bit for bit; another RngRun gives another one.
 * 11. Configurations that cannot be built are refused in one line.
 */

#include "keepalive-statistics.h"

#include "ns3/console-transcript.h"
#include "ns3/csma-helper.h"
#include "ns3/ethernet-console.h"
#include "ns3/ethernet-loop.h"
#include "ns3/ethernet-scenario-law.h"
#include "ns3/ethernet-scenario.h"
#include "ns3/event-log.h"
#include "ns3/node-container.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Failure = EthernetScenarioConfig::Failure;

constexpr uint32_t R1 = EthernetScenario::R1; //!< an end
constexpr uint32_t R2 = EthernetScenario::R2; //!< another one
constexpr uint32_t S1 = EthernetScenario::S1; //!< the port that may be looped
constexpr uint32_t ENDS[] = {R1, R2, S1};     //!< all of them

/**
 * @brief A scenario to start from.
 * @return the default
 */
EthernetScenarioConfig
MakeConfig()
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    return EthernetScenarioConfig();
}

/**
 * @brief Many failures at random phases, each as long as it takes to notice it.
 * @param config changed
 * @param failures how many
 */
void
FailAtRandom(EthernetScenarioConfig& config, uint32_t failures)
{
    config.schedule = FailurePlan::Schedule::RANDOM;
    config.failures = failures;
    config.failFor = Seconds(0);
}

// ---- 1. who notices what ----

/// What one end makes of a failure.
struct Verdict
{
    /// How it is judged.
    enum class When
    {
        LAW,     //!< by the closed form
        AT_ONCE, //!< it is told
        NEVER,   //!< not noticed
        OWN      //!< it is this end that fails
    };

    When when;         //!< how
    std::string cause; //!< why, empty for never
};

/// One configuration and what comes of it.
struct KindCase
{
    std::string name;                                    //!< of the case
    std::function<void(EthernetScenarioConfig&)> change; //!< the configuration
    Verdict verdicts[3];                                 //!< of R1, R2 and S1
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Who notices what.
 */
class EthernetFailureKindTest : public TestCase
{
  public:
    /**
     * @brief One configuration.
     * @param kind the case
     */
    explicit EthernetFailureKindTest(const KindCase& kind)
        : TestCase("who notices: " + kind.name),
          m_case(kind)
    {
    }

  private:
    void DoRun() override
    {
        EthernetScenarioConfig config = MakeConfig();
        FailAtRandom(config, 20);
        config.failFor = Seconds(100); // long enough for whoever is wrong
        config.recovery = Seconds(150);
        m_case.change(config);
        EthernetScenario scenario(config);
        scenario.Run();
        for (const uint32_t end : ENDS)
        {
            Judge(scenario, end, m_case.verdicts[end]);
        }
    }

    /**
     * @brief Judge one end.
     * @param scenario the scenario, run
     * @param end which end
     * @param expected what is expected of it
     */
    void Judge(const EthernetScenario& scenario, uint32_t end, const Verdict& expected)
    {
        using When = Verdict::When;
        const EthernetScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        const double slack = theory.GetSlack().GetSeconds();
        const bool lawful = expected.when == When::LAW;
        const bool noticed = lawful || expected.when == When::AT_ONCE;
        const std::string& name = scenario.GetRecorder().GetName(end);
        NS_TEST_ASSERT_MSG_EQ(law.has_value(), lawful, name << " has a closed form");
        NS_TEST_EXPECT_MSG_EQ((slack < 0.003), true, "slack " << slack);
        uint32_t rows = 0;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end != end)
            {
                continue;
            }
            rows++;
            NS_TEST_EXPECT_MSG_EQ(row.outage, true, "outage");
            NS_TEST_EXPECT_MSG_EQ(row.own, (expected.when == When::OWN), name << " own");
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), noticed, name << " noticed");
            NS_TEST_EXPECT_MSG_EQ(row.cause, expected.cause, name << " cause");
            if (noticed)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                const double lower = lawful ? law->lower : 0;
                const double upper = lawful ? law->upper : 0;
                NS_TEST_EXPECT_MSG_EQ((time >= lower - slack && time <= upper + slack),
                                      true,
                                      name << ": " << time << " in " << lower << " to " << upper);
                NS_TEST_EXPECT_MSG_EQ(row.recovered.has_value(), true, name << " recovers");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(rows, scenario.GetConfig().failures, "failures");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
    }

    KindCase m_case; //!< the case
};

// ---- 2. the law ----

/// One configuration with a law, and who obeys it.
struct LawCase
{
    std::string name;                                    //!< of the case
    uint32_t end;                                        //!< who notices
    std::function<void(EthernetScenarioConfig&)> change; //!< the configuration
    double lower;                                        //!< of the law, seconds
    double upper;                                        //!< of the law, seconds
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Many failures.
 */
class EthernetScenarioLawTest : public TestCase
{
  public:
    EthernetScenarioLawTest()
        : TestCase("2,000 random failures each follow the law")
    {
    }

  private:
    static constexpr uint32_t FAILURES = 2000; //!< of each case

    void DoRun() override
    {
        using Config = EthernetScenarioConfig;
        constexpr double sent = 51.2e-6; // 64 octets at 10 Mbit/s
        constexpr double way = 51.7e-6;  // and 500 ns of delay
        const auto timers = [](double interval, uint32_t retries) {
            return [interval, retries](Config& c) {
                c.r2.interval = Seconds(interval);
                c.r2.retries = retries;
            };
        };
        const auto loop = [](double interval) {
            return [interval](Config& c) {
                c.failure = Failure::LOOPBACK;
                c.portInterval = Seconds(interval);
            };
        };
        const LawCase cases[] = {
            {"10 s, 5", R2, timers(10, 5), 50 - sent, 60 - sent},
            {"10 s, 1", R2, timers(10, 1), 10 - sent, 20 - sent},
            {"1 s, 3", R2, timers(1, 3), 3 - sent, 4 - sent},
            {"30 s, 2", R2, timers(30, 2), 60 - sent, 90 - sent},
            {"7 s, 4, of R1, one way",
             R1,
             [](Config& c) {
                 c.r1.interval = Seconds(7);
                 c.r1.retries = 4;
                 c.failR1 = true;
                 c.failure = Failure::ONE_WAY_TO_R1;
             },
             28 - sent,
             35 - sent},
            {"controller, adapter",
             R2,
             [](Config& c) {
                 c.r2.interval = Seconds(10);
                 c.r2.returns = EthernetKeepalive::CONTROLLER_LOOPBACK;
                 c.adapter = true;
             },
             50,
             60},
            {"a slow medium",
             R2,
             [](Config& c) {
                 c.r2.interval = Seconds(1);
                 c.r2.retries = 2;
                 c.rate = DataRate("1Mb/s");
             },
             2 - 10 * sent,
             3 - 10 * sent},
            {"loop", S1, loop(10), way, 10 + way},
            {"loop, 3 s", S1, loop(3), way, 3 + way},
        };
        std::vector<double> p;
        for (const auto& one : cases)
        {
            EthernetScenarioConfig config = MakeConfig();
            FailAtRandom(config, FAILURES);
            config.recovery = Seconds(40);
            // Nobody but who is judged.
            config.r1.interval = config.r2.interval = config.portInterval = Seconds(0);
            one.change(config);
            EthernetScenario scenario(config);
            scenario.Run();
            p.push_back(Judge(scenario, one));
        }
        const double smallest = keepalive::tests::HolmSmallestP(p);
        NS_TEST_EXPECT_MSG_EQ((smallest > 0.01), true, "p, corrected: " << smallest);
    }

    /**
     * @brief Judge one sample.
     * @param scenario the scenario, run
     * @param one what is expected
     * @return p of the test against the uniform law
     */
    double Judge(const EthernetScenario& scenario, const LawCase& one)
    {
        const EthernetScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(one.end);
        NS_TEST_EXPECT_MSG_EQ(law.has_value(), true, one.name << ": has a closed form");
        if (!law)
        {
            return 0;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(law->lower, one.lower, 1e-9, one.name << ": lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(law->upper, one.upper, 1e-9, one.name << ": upper");
        NS_TEST_EXPECT_MSG_EQ_TOL(law->mean, (one.lower + one.upper) / 2, 1e-9, one.name);
        // Verdicts on silence are exact; a loop's frames may wait for the medium.
        const double slack = one.end == S1 ? theory.GetSlack().GetSeconds() : 1e-8;
        std::vector<double> sample;
        uint32_t outside = 0;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end == one.end && row.detected)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                outside += time < law->lower - slack || time > law->upper + slack ? 1 : 0;
                sample.push_back((time - law->lower) / (law->upper - law->lower));
            }
        }
        NS_TEST_EXPECT_MSG_EQ(outside, 0, one.name << ": outside of the bounds");
        NS_TEST_EXPECT_MSG_EQ(sample.size(), FAILURES, one.name << ": noticed");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(one.end).mistakes, 0, "mistakes");
        const double p = keepalive::tests::KolmogorovSmirnovP(sample);
        NS_TEST_EXPECT_MSG_EQ((p > 0.001), true, one.name << ": p = " << p);
        return p;
    }
};

// ---- 3. to the nanosecond ----

/// Times at which something happened.
using Times = std::vector<Time>;

/**
 * @brief Trace sink: note when a keepalive is sent, or heard.
 * @param times where to
 */
void
NoteTime(Times* times, Ptr<const Packet>, uint32_t)
{
    times->push_back(Simulator::Now());
}

/**
 * @ingroup keepalive-tests
 * @brief 3. A frame on the medium.
 */
class EthernetOnTheWireTest : public TestCase
{
  public:
    EthernetOnTheWireTest()
        : TestCase("a cut while a keepalive is on the medium")
    {
    }

  private:
    void DoRun() override
    {
        const Time send = MicroSeconds(51) + NanoSeconds(200); // 64 octets at 10 Mbit/s
        const Time first = FindTick();
        const Time sixth = first + Seconds(50);
        // Cut before it has left for good, it is the first that goes missing.
        NS_TEST_EXPECT_MSG_EQ(Detect(sixth + send - NanoSeconds(1)),
                              first + Seconds(100),
                              "during");
        // Cut behind it, the next one is.
        NS_TEST_EXPECT_MSG_EQ(Detect(sixth + send + NanoSeconds(1)),
                              first + Seconds(110),
                              "behind");
        NS_TEST_EXPECT_MSG_EQ(Detect(sixth - NanoSeconds(1)), first + Seconds(100), "before");
    }

    /**
     * @brief When R2 sends its first keepalive.
     * @return the time
     */
    Time FindTick()
    {
        EthernetScenarioConfig config = MakeConfig();
        config.failure = Failure::NONE;
        config.stop = Seconds(11);
        Times times;
        EthernetScenario scenario(config);
        scenario.GetEnd(R2)->TraceConnectWithoutContext("KeepaliveTx",
                                                        MakeBoundCallback(&NoteTime, &times));
        scenario.Run();
        return times.empty() ? Time() : times.front();
    }

    /**
     * @brief Cut the cable of R2.
     * @param when when
     * @return when R2 notices
     */
    Time Detect(Time when)
    {
        EthernetScenarioConfig config = MakeConfig();
        config.failAt = when;
        config.failFor = Seconds(100);
        EthernetScenario scenario(config);
        scenario.Run();
        return scenario.GetRecorder().GetFailureRows().at(R2).detected.value_or(Time());
    }
};

// ---- 4. a looped cable ----

/**
 * @ingroup keepalive-tests
 * @brief 4. A looped cable.
 */
class EthernetLoopTest : public TestCase
{
  public:
    EthernetLoopTest()
        : TestCase("a looped cable brings back what is sent into it")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(2);
        CsmaHelper csma;
        csma.SetChannelAttribute("DataRate", StringValue("10Mb/s"));
        const NetDeviceContainer cable = csma.Install(nodes);
        csma.AssignStreams(cable, 1);
        nodes.Get(0)->RegisterProtocolHandler(MakeCallback(&EthernetLoopTest::Hear, this),
                                              0,
                                              cable.Get(0),
                                              true);
        Ptr<EthernetLoop> loop = CreateObject<EthernetLoop>();
        loop->SetDevice(cable.Get(1));
        NS_TEST_EXPECT_MSG_EQ(loop->GetKind(), "loopback", "kind");
        NS_TEST_EXPECT_MSG_EQ(loop->IsOutage(), true, "outage");
        // One before, two while it lasts, one behind; the far end's own frames are its own.
        Simulator::Schedule(Seconds(1), &EthernetLoopTest::Send, cable.Get(0), 100);
        Simulator::Schedule(Seconds(2), &FailureTarget::Fail, loop);
        Simulator::Schedule(Seconds(3), &EthernetLoopTest::Send, cable.Get(0), 200);
        Simulator::Schedule(Seconds(4), &EthernetLoopTest::Send, cable.Get(0), 300);
        Simulator::Schedule(Seconds(5), &FailureTarget::Repair, loop);
        Simulator::Schedule(Seconds(6), &EthernetLoopTest::Send, cable.Get(0), 400);
        Simulator::Schedule(Seconds(7), &FailureTarget::Fail, loop);
        Simulator::Schedule(Seconds(8), &EthernetLoopTest::Send, cable.Get(0), 500);
        // It may go before its node does.
        Simulator::Schedule(Seconds(9), &Object::Dispose, loop);
        Simulator::Schedule(Seconds(10), &EthernetLoopTest::Send, cable.Get(0), 600);
        Simulator::Run();
        Simulator::Destroy();
        const std::vector<uint32_t> expected{200, 300, 500};
        NS_TEST_EXPECT_MSG_EQ((m_heard == expected), true, "heard " << m_heard.size());
    }

    /**
     * @brief Send a frame to a station that is not there, in the name of another.
     * @param device where
     * @param size its payload
     */
    static void Send(Ptr<NetDevice> device, uint32_t size)
    {
        device->SendFrom(Create<Packet>(size),
                         Mac48Address("02:00:00:00:00:01"),
                         Mac48Address("02:00:00:00:00:02"),
                         0x9000);
    }

    /**
     * @brief A frame came back.
     * @param packet its payload
     * @param protocol its EtherType
     * @param from its source
     * @param to its destination
     */
    void Hear(Ptr<NetDevice>,
              Ptr<const Packet> packet,
              uint16_t protocol,
              const Address& from,
              const Address& to,
              NetDevice::PacketType)
    {
        m_heard.push_back(packet->GetSize());
        NS_TEST_EXPECT_MSG_EQ(protocol, 0x9000, "EtherType");
        NS_TEST_EXPECT_MSG_EQ((from == Mac48Address("02:00:00:00:00:01")), true, "source");
        NS_TEST_EXPECT_MSG_EQ((to == Mac48Address("02:00:00:00:00:02")), true, "destination");
    }

    std::vector<uint32_t> m_heard; //!< sizes of what came back
};

// ---- 5. ports that a loop has shut ----

/**
 * @ingroup keepalive-tests
 * @brief 5. Err-disable and recovery.
 */
class EthernetErrDisableTest : public TestCase
{
  public:
    EthernetErrDisableTest()
        : TestCase("a port that a loop has shut")
    {
    }

  private:
    void DoRun() override
    {
        Check(0, 100, {1, 1}, false, true);   // for ever
        Check(20, 100, {4, 5}, true, false);  // 20 to 30 s from one time to the next
        Check(200, 100, {1, 1}, true, true);  // once, and up again when the loop is gone
        Check(200, 0.02, {0, 0}, true, true); // a loop that keepalives miss

        EthernetScenarioConfig config = MakeConfig();
        config.failure = Failure::LOOPBACK;
        FailAtRandom(config, 2);
        NS_TEST_EXPECT_MSG_EQ(EthernetScenarioLaw(config).Get(S1).has_value(), false, "shut ever");
        config.recovery = Seconds(100);
        NS_TEST_EXPECT_MSG_EQ(EthernetScenarioLaw(config).Get(S1).has_value(), true, "recovers");
    }

    /**
     * @brief Close a loop, and see how often the port is shut.
     * @param recovery recovery time, seconds
     * @param duration of the loop, seconds
     * @param times how often it is shut, at least and at most
     * @param up whether it is up in the end
     * @param lawful whether there is a closed form
     */
    void Check(double recovery,
               double duration,
               std::pair<uint32_t, uint32_t> times,
               bool up,
               bool lawful)
    {
        EthernetScenarioConfig config = MakeConfig();
        config.failure = Failure::LOOPBACK;
        config.recovery = Seconds(recovery);
        config.failAt = Seconds(60);
        config.failFor = Seconds(duration);
        uint32_t shut = 0;
        uint32_t others = 0;
        EthernetScenario scenario(config);
        scenario.GetPort(EthernetTopology::PORT_S2)
            ->TraceConnectWithoutContext("ErrDisable", MakeBoundCallback(&Count, &shut));
        for (const uint32_t port : {EthernetTopology::PORT_R1, EthernetTopology::PORT_R2})
        {
            scenario.GetPort(port)->TraceConnectWithoutContext("ErrDisable",
                                                               MakeBoundCallback(&Count, &others));
        }
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ((shut >= times.first && shut <= times.second),
                              true,
                              recovery << ": " << shut);
        NS_TEST_EXPECT_MSG_EQ(others, 0, "other ports");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(S1)->IsLineUp(), up, recovery << ": up");
        NS_TEST_EXPECT_MSG_EQ(EthernetScenarioLaw(config).Get(S1).has_value(), lawful, recovery);
    }

    /**
     * @brief Trace sink: a port was shut, or works again.
     * @param shut counts the first
     * @param disabled which
     */
    static void Count(uint32_t* shut, bool disabled)
    {
        *shut += disabled ? 1 : 0;
    }
};

// ---- 6, 7, 8. what else there is ----

/**
 * @ingroup keepalive-tests
 * @brief 6. Layer-2 pings.
 */
class EthernetScenarioPingTest : public TestCase
{
  public:
    EthernetScenarioPingTest()
        : TestCase("layer-2 pings show that the other end is gone")
    {
    }

  private:
    void DoRun() override
    {
        // One a second from 1 s on, of which those from 60 s to 159 s get nowhere.
        for (const Failure failure : {Failure::SILENT, Failure::CRASH, Failure::STALL})
        {
            EthernetScenarioConfig config = MakeConfig();
            config.failure = failure;
            config.pingPeriod = Seconds(1);
            config.failAt = Seconds(59.5);
            config.failFor = Seconds(100);
            std::set<int64_t> lost;
            uint32_t answered = 0;
            EthernetScenario scenario(config);
            scenario.GetEnd(R1)->TraceConnectWithoutContext(
                "Ping",
                MakeBoundCallback(&EthernetScenarioPingTest::Result, &lost, &answered));
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ(lost.size(), 100, "lost");
            NS_TEST_EXPECT_MSG_EQ((lost.empty() ? 0 : *lost.begin()), 60, "first");
            NS_TEST_EXPECT_MSG_EQ((lost.empty() ? 0 : *lost.rbegin()), 159, "last");
            NS_TEST_EXPECT_MSG_EQ((answered > 60), true, "answered: " << answered);
            NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(R1)->GetLastLineChange(), Time(), "R1");
        }
    }

    /**
     * @brief Trace sink: what became of a ping.
     * @param lost filled in with when lost ones were sent, seconds
     * @param answered counts the others
     * @param result what
     */
    static void Result(std::set<int64_t>* lost,
                       uint32_t* answered,
                       const EthernetPingResult& result)
    {
        if (result.answered)
        {
            ++*answered;
        }
        else
        {
            lost->insert(result.sent.GetSeconds());
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. What users lose.
 */
class EthernetUsersTest : public TestCase
{
  public:
    EthernetUsersTest()
        : TestCase("IP follows the line protocol")
    {
    }

  private:
    void DoRun() override
    {
        EthernetScenarioConfig config = MakeConfig();
        config.trafficRate = DataRate("20kb/s"); // 5 packets a second
        config.failFor = Seconds(90);
        EthernetScenario scenario(config);
        scenario.Run();
        const auto& row = scenario.GetRecorder().GetFailureRows().at(R2);
        NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed");
        NS_TEST_ASSERT_MSG_EQ(row.recovered.has_value(), true, "recovered");
        // R1 knows nothing, and sends until R2 routes again; R2 stops when it knows.
        const double detection = row.GetDetectionTime()->GetSeconds();
        const double outage = (*row.recovered - row.began).GetSeconds();
        const auto* from1 = scenario.GetTraffic().Find(0, R1);
        const auto* from2 = scenario.GetTraffic().Find(0, R2);
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(from1->packetsLost), 5 * outage, 5, "R1");
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(from2->packetsLost), 5 * detection, 5, "R2");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. Losses and load.
 */
class EthernetNoiseTest : public TestCase
{
  public:
    EthernetNoiseTest()
        : TestCase("losses make no mistakes, a queue that overflows does")
    {
    }

  private:
    void DoRun() override
    {
        EthernetScenarioConfig config = MakeConfig();
        config.failure = Failure::NONE;
        config.stop = Seconds(3600);
        config.r1.interval = config.r2.interval = config.portInterval = Seconds(1);
        config.r1.retries = config.r2.retries = 2;
        config.loss = 0.9;
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "loss");
        CheckLostPings(config);
        config.loss = 0;
        config.rate = DataRate("1Mb/s");
        config.stop = Seconds(100);
        config.queuePackets = 3;
        config.load = 0.3;
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "load of 30 %");
        config.load = 3;
        NS_TEST_EXPECT_MSG_EQ((CountMistakes(config) > 10), true, "overload");
        NS_TEST_EXPECT_MSG_EQ(EthernetScenarioLaw(config).Get(R1).has_value(), false, "no law");
        CheckBusyMedium();
    }

    /// There is no law where keepalives or users leave the medium no rest, propagation included.
    void CheckBusyMedium()
    {
        EthernetScenarioConfig config = MakeConfig();
        config.rate = DataRate("1Mb/s");
        const auto expect = [this, &config](bool lawful, const std::string& what) {
            NS_TEST_EXPECT_MSG_EQ(EthernetScenarioLaw(config).Get(R2).has_value(), lawful, what);
        };
        // A keepalive takes 512 us; each end, and its port, send one.
        config.r1.interval = config.r2.interval = config.portInterval = MicroSeconds(2100);
        expect(true, "keepalives, 49 % of the time");
        config.r2.interval = config.portInterval = MicroSeconds(2000);
        expect(false, "keepalives, 51 %");
        config.r2.interval = Seconds(1);
        config.pingPeriod = MicroSeconds(4000);
        expect(false, "with pings");
        config.pingPeriod = MilliSeconds(100);
        config.portInterval = MilliSeconds(100);
        config.r1.interval = Seconds(1);
        expect(true, "with few pings");
        config.delay = MilliSeconds(1);
        config.portInterval = MicroSeconds(2500);
        expect(false, "long cables, which take time, too");

        config = MakeConfig();
        config.rate = DataRate("1Mb/s");
        config.trafficRate = DataRate("200kb/s"); // 390 frames of 880 us each way
        config.trafficPacketSize = 64;
        expect(true, "users, 69 %");
        const Time slack = EthernetScenarioLaw(config).GetSlack();
        config.delay = MilliSeconds(1);
        NS_TEST_EXPECT_MSG_EQ_TOL(
            (EthernetScenarioLaw(config).GetSlack() - slack).GetSeconds(),
            6 * (config.delay - MakeConfig().delay).GetSeconds(),
            1e-9,
            "frames that are waited for take their delay, too: two keepalives, four of users");
        expect(false, "users, 147 %");
    }

    /**
     * @brief The losses are there: pings that cross the cable of R2 twice feel them.
     * @param config the configuration
     */
    void CheckLostPings(EthernetScenarioConfig config)
    {
        config.pingPeriod = Seconds(10);
        uint32_t answered = 0;
        EthernetScenario scenario(config);
        scenario.GetEnd(R1)->TraceConnectWithoutContext("Ping",
                                                        MakeBoundCallback(&CountPing, &answered));
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ((answered < 30), true, "one in a hundred of 360: " << answered);
    }

    /**
     * @brief Trace sink: what became of a ping.
     * @param answered counts those that were answered
     * @param result what
     */
    static void CountPing(uint32_t* answered, const EthernetPingResult& result)
    {
        *answered += result.answered ? 1 : 0;
    }

    /**
     * @brief Run, and count.
     * @param config the configuration
     * @return false suspicions
     */
    static std::size_t CountMistakes(const EthernetScenarioConfig& config)
    {
        EthernetScenario scenario(config);
        scenario.Run();
        return scenario.GetRecorder().GetMistakeRows().size();
    }
};

// ---- 9, 10. what is printed ----

/**
 * @brief A transcript without hardware addresses: up to 3.35, ns-3 does not begin again with the
 *        first one in every run.
 * @param transcript the transcript
 * @return the same, with a word in their place
 */
std::string
HideAddresses(const std::string& transcript)
{
    return std::regex_replace(transcript, std::regex("0000\\.0000\\.[0-9a-f]{4}"), "ADDRESS");
}

/**
 * @brief Run, and write down everything.
 * @param config the configuration
 * @param console whether there is a console
 * @param transcript filled in with what it prints
 * @return the event log
 */
std::string
RunToText(const EthernetScenarioConfig& config, bool console, std::string& transcript)
{
    std::ostringstream events;
    std::ostringstream printed;
    {
        EventLog log(events);
        ConsoleTranscript paper;
        paper.AddStream(printed);
        EthernetConsole consoles(paper);
        EthernetScenario scenario(config);
        for (const uint32_t end : ENDS)
        {
            log.Watch(scenario.GetEnd(end), scenario.GetRecorder().GetName(end), {});
        }
        if (console)
        {
            consoles.Watch(scenario.GetEnd(R1), "R1", "FastEthernet0/0");
            consoles.Watch(scenario.GetEnd(R2), "R2", "FastEthernet0/0");
            consoles.Watch(scenario.GetEnd(S1), "S1", "FastEthernet0/3");
        }
        scenario.Run();
        consoles.ShowInterfaces();
    }
    transcript = printed.str();
    return events.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 9. The console.
 */
class EthernetConsoleTest : public TestCase
{
  public:
    EthernetConsoleTest()
        : TestCase("what an operator sees")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(EthernetConsole::ShortName("FastEthernet0/1"), "Fa0/1", "short");
        NS_TEST_EXPECT_MSG_EQ(EthernetConsole::ShortName("GigabitEthernet1/0/24"), "Gi1/0/24", "");
        NS_TEST_EXPECT_MSG_EQ(EthernetConsole::ShortName("eth"), "et", "no number");
        NS_TEST_EXPECT_MSG_EQ(EthernetConsole::ToText(Mac48Address("00:19:06:ea:b8:85")),
                              "0019.06ea.b885",
                              "address");
        const std::string r2 = "Line protocol on Interface FastEthernet0/0, changed state to ";
        const std::string s1 = " Interface FastEthernet0/3, changed state to ";
        EthernetScenarioConfig config = MakeConfig();
        config.failFor = Seconds(90);
        config.pingPeriod = Seconds(100);
        Run(config,
            {{": %LINEPROTO-5-UPDOWN: " + r2 + "down\n", 1},
             {"R2: 00:01:5", 1},
             {": %LINEPROTO-5-UPDOWN: " + r2 + "up\n", 1},
             {"%LINK", 0},
             {"R1: 00:01:42.000: loopback ping to ADDRESS: no reply 1 within 2000 ms\n", 1},
             {"R2#show interfaces FastEthernet0/0\n"
              "FastEthernet0/0 is up, line protocol is up\n"
              "  Hardware is Fast Ethernet, address is ADDRESS (bia ADDRESS)\n"
              "  Internet address is 10.0.0.2/24\n"
              "  MTU 1500 bytes, BW 10000 Kbit/sec\n"
              "  Encapsulation ARPA, loopback not set\n"
              "  Keepalive set (10 sec)\n"
              "  Half-duplex\n",
              1},
             {"  Full-duplex\n", 1},
             {"Internet address", 2}});
        config.failure = Failure::NONE;
        config.r1.interval = Seconds(0);
        config.stop = Seconds(150);
        Run(config,
            {{"R1: 00:01:40.000: loopback ping to ADDRESS: reply 1 after 0.2", 1},
             {"  Keepalive not set\n", 1},
             {"     0 keepalives sent, 0 heard, 0 from outside, 0 err-disables\n", 1}});

        config = MakeConfig();
        config.failure = Failure::LOOPBACK;
        Run(config,
            {{": %ETHCNTR-3-LOOP_BACK_DETECTED: Keepalive packet loop-back detected on "
              "FastEthernet0/3\n",
              1},
             {": %PM-4-ERR_DISABLE: loopback error detected on Fa0/3, putting Fa0/3 in err-disable "
              "state\n",
              1},
             {": %LINK-3-UPDOWN:" + s1 + "down\n", 1},
             {": %LINEPROTO-5-UPDOWN: Line protocol on" + s1 + "down\n", 1},
             {"FastEthernet0/3 is down, line protocol is down (err-disabled)\n", 1},
             {" 1 heard, 1 from outside, 1 err-disables\n", 1},
             {"ERR_RECOVER", 0}});
        config.recovery = Seconds(70);
        Run(config,
            {{": %PM-4-ERR_RECOVER: Attempting to recover from loopback err-disable state on "
              "Fa0/3\n",
              1},
             {": %LINK-3-UPDOWN:" + s1 + "up\n", 1},
             {": %LINEPROTO-5-UPDOWN: Line protocol on" + s1 + "up\n", 1}});

        config = MakeConfig();
        config.failure = Failure::SHUTDOWN;
        config.stop = Seconds(100);
        Run(config,
            {{"%LINK-5-CHANGED: Interface FastEthernet0/0, changed state to administratively "
              "down\n",
              1},
             {"FastEthernet0/0 is administratively down, line protocol is down\n", 1}});
        config.failure = Failure::CRASH;
        Run(config, {{"R2: ", 0}, {"! R2 has no power\n", 1}, {"R2#show", 0}});
        config.failure = Failure::CARRIER;
        Run(config,
            {{"%LINK-3-UPDOWN: Interface FastEthernet0/0, changed state to down\n", 1},
             {"FastEthernet0/0 is down, line protocol is down\n", 1}});
    }

    /**
     * @brief Run, and count texts.
     * @param config the configuration
     * @param expected texts, and how often each ought to be there
     */
    void Run(const EthernetScenarioConfig& config,
             const std::vector<std::pair<std::string, uint32_t>>& expected)
    {
        std::string transcript;
        RunToText(config, true, transcript);
        transcript = HideAddresses(transcript);
        for (const auto& [text, times] : expected)
        {
            uint32_t found = 0;
            for (auto at = transcript.find(text); at != std::string::npos;
                 at = transcript.find(text, at + 1))
            {
                found++;
            }
            NS_TEST_EXPECT_MSG_EQ(found, times, text);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Repeatability.
 */
class EthernetRepeatabilityTest : public TestCase
{
  public:
    EthernetRepeatabilityTest()
        : TestCase("the same configuration gives the same run, console or not")
    {
    }

  private:
    void DoRun() override
    {
        EthernetScenarioConfig config = MakeConfig();
        FailAtRandom(config, 3);
        config.r2.interval = Seconds(2);
        config.r2.retries = 2;
        config.loss = 0.1;
        config.load = 0.3;
        config.rate = DataRate("1Mb/s");
        config.trafficRate = DataRate("10kb/s");
        config.pingPeriod = Seconds(3);
        std::string first;
        std::string second;
        std::string none;
        const std::string events = RunToText(config, true, first);
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, true, second) == events), true, "again");
        NS_TEST_EXPECT_MSG_EQ((HideAddresses(first) == HideAddresses(second)), true, "transcript");
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, false, none) == events), true, "no console");
        RngSeedManager::SetRun(2);
        NS_TEST_EXPECT_MSG_EQ((RunToText(config, false, none) == events), false, "another run");
        RngSeedManager::SetRun(1);
    }
};

// ---- 11. bad configurations ----

/**
 * @ingroup keepalive-tests
 * @brief 11. What is refused.
 */
class EthernetCheckTest : public TestCase
{
  public:
    EthernetCheckTest()
        : TestCase("what cannot be built is refused in one line")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(EthernetScenario::Check(MakeConfig()).has_value(), false, "default");
        using Config = EthernetScenarioConfig;
        const std::pair<std::function<void(Config&)>, const char*> cases[] = {
            {[](Config& c) { c.r1.interval = Seconds(-1); }, "-1 s"},
            {[](Config& c) { c.r2.interval = Seconds(-2); }, "-2 s"},
            {[](Config& c) { c.portInterval = Seconds(-3); }, "-3 s"},
            {[](Config& c) { c.recovery = Seconds(-4); }, "-4 s"},
            {[](Config& c) { c.pingPeriod = Seconds(-5); }, "-5 s"},
            {[](Config& c) { c.delay = Seconds(-6); }, "-6 s"},
            {[](Config& c) { c.r1.retries = 0; }, "0 retries"},
            {[](Config& c) { c.r2.retries = 0; }, "0 retries"},
            {[](Config& c) { c.rate = DataRate(0); }, "rate of 0 "},
            {[](Config& c) { c.rate = DataRate(999999); }, "rate of 999999 "},
            {[](Config& c) { c.queuePackets = 0; }, "0 frames"},
            {[](Config& c) { c.failure = Failure::DELAY_STEP; }, "delay"},
            {[](Config& c) { c.failure = Failure::BINDING_LOSS; }, "NAT"},
            {[](Config& c) {
                 c.failure = Failure::LOOPBACK;
                 c.portInterval = Seconds(0);
             },
             "without keepalives"},
            {[](Config& c) {
                 c.failure = Failure::CRASH;
                 c.adapter = true;
             },
             "adapter"},
            {[](Config& c) { c.inFlight = LinkCut::InFlight::DELIVERED; }, "in flight"},
            {[](Config& c) { c.failures = 0; }, "failures of 0"},
            {[](Config& c) { c.r2.interval = Seconds(5e9); }, "longer than ns-3 can count"},
            {[](Config& c) {
                 c.failure = Failure::LOOPBACK;
                 c.recovery = Seconds(5e9);
             },
             "longer than ns-3 can count"},
            {[](Config& c) {
                 c.schedule = FailurePlan::Schedule::SCRIPT;
                 c.script = "1,R1-R2,down\n";
             },
             "\"R2-S1\""},
        };
        for (const auto& [change, word] : cases)
        {
            EthernetScenarioConfig config = MakeConfig();
            change(config);
            const std::optional<std::string> wrong = EthernetScenario::Check(config);
            NS_TEST_ASSERT_MSG_EQ(wrong.has_value(), true, word);
            NS_TEST_EXPECT_MSG_NE(wrong->find(word), std::string::npos, *wrong);
            NS_TEST_EXPECT_MSG_EQ(wrong->find('\n'), std::string::npos, *wrong);
        }
        CheckNames();
    }

    /// What tables call what fails.
    void CheckNames()
    {
        using Config = EthernetScenarioConfig;
        const std::pair<std::function<void(Config&)>, const char*> cases[] = {
            {[](Config&) {}, "R2-S1"},
            {[](Config& c) { c.failR1 = true; }, "R1-S1"},
            {[](Config& c) { c.adapter = true; }, "R2:FastEthernet0/0"},
            {[](Config& c) { c.failure = Failure::SHUTDOWN; }, "R2:FastEthernet0/0"},
            {[](Config& c) { c.failure = Failure::LOOPBACK; }, "S1-S2"},
            {[](Config& c) { c.failure = Failure::STALL; }, "R2"},
        };
        for (const auto& [change, name] : cases)
        {
            EthernetScenarioConfig config = MakeConfig();
            change(config);
            NS_TEST_EXPECT_MSG_EQ(EthernetScenario::GetTargetName(config), name, "name");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief Ethernet scenario test suite.
 */
class EthernetScenarioTestSuite : public TestSuite
{
  public:
    EthernetScenarioTestSuite()
        : TestSuite("keepalive-ethernet-scenario")
    {
        AddKinds();
        AddTestCase(new EthernetScenarioLawTest);
        AddTestCase(new EthernetOnTheWireTest);
        AddTestCase(new EthernetLoopTest);
        AddTestCase(new EthernetErrDisableTest);
        AddTestCase(new EthernetScenarioPingTest);
        AddTestCase(new EthernetUsersTest);
        AddTestCase(new EthernetNoiseTest);
        AddTestCase(new EthernetConsoleTest);
        AddTestCase(new EthernetRepeatabilityTest);
        AddTestCase(new EthernetCheckTest);
    }

  private:
    /// Add a case for each kind of failure and of configuration.
    void AddKinds()
    {
        using When = Verdict::When;
        using Config = EthernetScenarioConfig;
        const Verdict law{When::LAW, "keepalive-unanswered"};
        const Verdict loop{When::LAW, "err-disabled"};
        const Verdict carrier{When::AT_ONCE, "carrier-lost"};
        const Verdict never{When::NEVER, ""};
        const Verdict dead{When::OWN, "node-crashed"};
        const Verdict shut{When::OWN, "admin-shutdown"};
        const auto fails = [](Failure failure, bool atR1, bool adapter = false) {
            return [failure, atR1, adapter](Config& c) {
                c.failure = failure;
                c.failR1 = atR1;
                c.adapter = adapter;
            };
        };
        const auto with =
            [fails](EthernetKeepalive::Return returns, Failure failure, bool adapter) {
                return [fails, returns, failure, adapter](Config& c) {
                    fails(failure, false, adapter)(c);
                    c.r2.returns = returns;
                };
            };
        const auto controller = EthernetKeepalive::CONTROLLER_LOOPBACK;
        const auto none = EthernetKeepalive::NONE;
        const KindCase cases[] = {
            {"cable of R2", fails(Failure::SILENT, false), {never, law, never}},
            {"cable of R1", fails(Failure::SILENT, true), {law, never, never}},
            {"cable of R2, into it", fails(Failure::ONE_WAY_TO_R2, false), {never, law, never}},
            {"cable of R2, out of it", fails(Failure::ONE_WAY_TO_R1, false), {never, never, never}},
            {"cable of R1, into it", fails(Failure::ONE_WAY_TO_R1, true), {law, never, never}},
            {"cable of R1, out of it", fails(Failure::ONE_WAY_TO_R2, true), {never, never, never}},
            {"adapter of R2", fails(Failure::SILENT, false, true), {never, law, never}},
            {"receiver of R2", fails(Failure::ONE_WAY_TO_R2, false, true), {never, law, never}},
            {"sender of R2", fails(Failure::ONE_WAY_TO_R1, false, true), {never, law, never}},
            {"sender of R1", fails(Failure::ONE_WAY_TO_R2, true, true), {law, never, never}},
            {"carrier of R2", fails(Failure::CARRIER, false), {never, carrier, never}},
            {"carrier of R1", fails(Failure::CARRIER, true), {carrier, never, never}},
            {"shutdown of R2", fails(Failure::SHUTDOWN, false), {never, shut, never}},
            {"shutdown of R1", fails(Failure::SHUTDOWN, true), {shut, never, never}},
            {"crash of R2", fails(Failure::CRASH, false), {never, dead, never}},
            {"crash of R1", fails(Failure::CRASH, true), {dead, never, never}},
            {"stall of R2", fails(Failure::STALL, false), {never, never, never}},
            {"stall of R1", fails(Failure::STALL, true), {never, never, never}},
            {"loop", fails(Failure::LOOPBACK, false), {never, never, loop}},
            {"controller, cable", with(controller, Failure::SILENT, false), {never, never, never}},
            {"controller, cable, into it",
             with(controller, Failure::ONE_WAY_TO_R2, false),
             {never, never, never}},
            {"controller, adapter", with(controller, Failure::SILENT, true), {never, law, never}},
            {"controller, sender",
             with(controller, Failure::ONE_WAY_TO_R1, true),
             {never, law, never}},
            {"controller, carrier",
             with(controller, Failure::CARRIER, false),
             {never, carrier, never}},
            {"full duplex, cable", with(none, Failure::SILENT, false), {never, never, never}},
            {"full duplex, adapter", with(none, Failure::SILENT, true), {never, never, never}},
            {"full duplex, carrier", with(none, Failure::CARRIER, false), {never, carrier, never}},
            {"without keepalives",
             [](Config& c) { c.r2.interval = Seconds(0); },
             {never, never, never}},
            {"with users",
             [](Config& c) { c.trafficRate = DataRate("20kb/s"); },
             {never, law, never}},
            {"with losses", [](Config& c) { c.loss = 0.5; }, {never, law, never}},
            {"with users, loop",
             [](Config& c) {
                 c.trafficRate = DataRate("20kb/s");
                 c.failure = Failure::LOOPBACK;
             },
             {never, never, loop}},
        };
        for (const auto& kind : cases)
        {
            AddTestCase(new EthernetFailureKindTest(kind));
        }
    }
};

EthernetScenarioTestSuite g_ethernetScenarioTestSuite; //!< registers itself

} // namespace
