/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The whole experiment: routing, traffic, every kind of failure, transcript, repeatability.
 *
 * 1. Without keepalives the black hole lasts for ever; with "keepalive 5 4" traffic is on the
 * backup path at the moment the line goes down, with static routes and with RIP, and back
 * afterwards.
 * 2. Which end notices which kind of failure, and within the closed form.
 * 3. The same configuration gives the same run, bit for bit: twice in a row, and after others.
 * 4. The transcript has the lines that routers print, in their form.
 * 5. Overload of the shared queue makes mistakes; priority for keepalives removes them.
 * 6. Flapping, a process and a script drive the same target.
 * 7. Configurations that cannot be built are refused in one line.
 */

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/gre-console.h"
#include "ns3/gre-scenario-law.h"
#include "ns3/gre-scenario.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/test.h"

#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Failure = GreScenarioConfig::Failure;

/**
 * @ingroup keepalive-tests
 * @brief 1. The point of it all.
 */
class BlackHoleTest : public TestCase
{
  public:
    /**
     * @brief One kind of routing.
     * @param routing the routing
     * @param name its name
     * @param keepalives whether there are any
     */
    BlackHoleTest(GreScenarioConfig::Routing routing, const std::string& name, bool keepalives)
        : TestCase("black hole with " + name + (keepalives ? " and keepalives" : " alone")),
          m_routing(routing),
          m_keepalives(keepalives)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        GreScenarioConfig config;
        config.routing = m_routing;
        config.failAt = Seconds(120); // RIP needs time to learn the backup path
        config.failFor = Seconds(200);
        config.stop = Seconds(420);
        if (!m_keepalives)
        {
            config.r1.interval = config.r2.interval = Seconds(0);
            config.failFor = Seconds(0);
        }
        GreScenario scenario(config);
        scenario.Run();
        for (const uint32_t end : {GreScenario::R1, GreScenario::R2})
        {
            const TrafficMonitor::BlackHole* hole = scenario.GetTraffic().Find(0, end);
            NS_TEST_ASSERT_MSG_NE(hole, nullptr, "there is one");
            const auto& row = scenario.GetRecorder().GetFailureRows().at(end);
            if (!m_keepalives)
            {
                NS_TEST_EXPECT_MSG_EQ(hole->ended.has_value(), false, "for ever");
                NS_TEST_EXPECT_MSG_EQ((hole->packetsLost > 300 * 19), true, "20 packets a second");
                NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), false, "never noticed");
                continue;
            }
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed");
            NS_TEST_ASSERT_MSG_EQ(hole->ended.has_value(), true, "traffic flows again");
            const double after = (*hole->GetDuration() - *row.GetDetectionTime()).GetSeconds();
            // The floating static route is there at once; RIP waits for the next update of B.
            const double longest = m_routing == GreScenarioConfig::Routing::STATIC ? 0.1 : 40;
            NS_TEST_EXPECT_MSG_EQ((after > -0.1 && after < longest),
                                  true,
                                  "on the backup path " << after << " s after the verdict");
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(hole->packetsLost),
                                      hole->GetDuration()->GetSeconds() * 20,
                                      2,
                                      "20 packets a second");
        }
        if (m_keepalives)
        {
            const uint64_t before = scenario.GetTunnel(0)->GetCounters().rxPackets;
            NS_TEST_EXPECT_MSG_EQ((before > (120 + 60) * 20), true, "back in the tunnel");
        }
    }

    GreScenarioConfig::Routing m_routing; //!< the routing
    bool m_keepalives;                    //!< whether there are any
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Who notices what.
 */
class FailureKindTest : public TestCase
{
  public:
    /**
     * @brief One kind.
     * @param failure the kind
     * @param name its name in tables
     * @param r1 whether R1 notices
     * @param r2 whether R2 notices; what fails itself notices nothing
     */
    FailureKindTest(Failure failure, const std::string& name, bool r1, bool r2)
        : TestCase("who notices: " + name),
          m_failure(failure),
          m_name(name),
          m_r1(r1),
          m_r2(r2)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        for (const bool coreR2 : {false, true})
        {
            GreScenarioConfig config;
            config.failure = m_failure;
            config.failCoreR2 = coreR2;
            config.trafficRate = DataRate(0);
            config.schedule = GreScenarioConfig::Schedule::RANDOM;
            config.failures = 50;
            config.failFor = Seconds(60);
            GreScenario scenario(config);
            scenario.Run();
            const bool expected[] = {m_r1, m_r2};
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), expected[row.end], "noticed");
                const auto law = GreScenarioLaw(config).Get(row.end);
                if (law && row.detected)
                {
                    const double time = row.GetDetectionTime()->GetSeconds();
                    NS_TEST_EXPECT_MSG_EQ(
                        (time >= law->GetLower() - 1e-6 && time <= law->GetUpper() + 1e-6),
                        true,
                        time << " in " << law->GetLower() << " to " << law->GetUpper());
                }
                NS_TEST_EXPECT_MSG_EQ(row.kind, m_name, "kind");
            }
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetMistakeRows().size(), 0, "mistakes");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetTunnel(0)->IsLineUp(), true, "R1 recovers");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetTunnel(1)->IsLineUp(), true, "R2 recovers");
        }
    }

    Failure m_failure;  //!< the kind
    std::string m_name; //!< its name
    bool m_r1;          //!< whether R1 notices
    bool m_r2;          //!< whether R2 notices
};

/**
 * @ingroup keepalive-tests
 * @brief Run a scenario and keep everything that it says.
 * @param config the scenario
 * @return events and transcript
 */
std::string
RunAndTell(const GreScenarioConfig& config)
{
    RngSeedManager::SetRun(1);
    std::ostringstream told;
    GreScenario scenario(config);
    EventLog events(told);
    ConsoleTranscript transcript;
    GreConsole console(transcript);
    transcript.AddStream(told);
    for (const uint32_t end : {GreScenario::R1, GreScenario::R2})
    {
        events.Watch(scenario.GetTunnel(end), scenario.GetRecorder().GetName(end));
        console.Watch(scenario.GetTunnel(end), scenario.GetRecorder().GetName(end));
    }
    events.Watch(scenario.GetInjector());
    transcript.Watch(scenario.GetInjector());
    scenario.Run();
    console.ShowInterfaces();
    scenario.GetTraffic().WriteThroughput(told);
    return told.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 3. Repeatability.
 */
class RepeatabilityTest : public TestCase
{
  public:
    RepeatabilityTest()
        : TestCase("the same configuration gives the same run, whatever ran before")
    {
    }

  private:
    void DoRun() override
    {
        GreScenarioConfig config;
        config.loss = 0.1;
        config.load = 0.9;
        config.queuePackets = 5;
        config.stop = Seconds(150);
        const std::string first = RunAndTell(config);
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(config) == first), true, "twice in a row");
        GreScenarioConfig other;
        other.routing = GreScenarioConfig::Routing::RIP;
        other.burstStart = 0.1;
        other.burstEnd = 0.5;
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(other) == first), false, "another configuration");
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(config) == first), true, "after the other");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. The transcript.
 */
class TranscriptTest : public TestCase
{
  public:
    TranscriptTest()
        : TestCase("the consoles print what routers print")
    {
    }

  private:
    void DoRun() override
    {
        GreScenarioConfig config;
        config.randomPhase = false;
        config.failAt = Seconds(7);
        config.failFor = Seconds(30);
        config.r2.interval = Seconds(0);
        config.trafficRate = DataRate(0);
        config.keepaliveTos = 0xc0;
        config.tos = 0x0f;
        config.ttl = 128;
        config.stop = Seconds(41);
        const std::string told = RunAndTell(config);
        std::string console;
        std::istringstream lines(told);
        std::string line;
        while (std::getline(lines, line))
        {
            // Leave out the CSV of the event log, which the same stream carries.
            if (line.rfind("R1", 0) == 0 || line.rfind("!", 0) == 0 || line.rfind(" ", 0) == 0 ||
                line.rfind("Tunnel0 is", 0) == 0)
            {
                console += line + "\n";
            }
        }
        const std::string sent =
            "Tunnel0: sending keepalive, 129.9.9.9->128.8.8.8 (len=24 ttl=255)";
        const std::string heard = "Tunnel0: keepalive received, 129.9.9.9->128.8.8.8 (len=24 "
                                  "ttl=253), resetting counter\n";
        const std::string expected =
            "R1: 00:00:00.000: " + sent + ", counter=1\n" + "R1: 00:00:00.020: " + heard +
            "R1: 00:00:05.000: " + sent + ", counter=1\n" + "R1: 00:00:05.020: " + heard +
            "! 00:00:07.000: R1-C fails (silent)\n" + "R1: 00:00:10.000: " + sent +
            ", counter=1\n" + "R1: 00:00:15.000: " + sent + ", counter=2\n" +
            "R1: 00:00:20.000: " + sent + ", counter=3\n" + "R1: 00:00:25.000: " + sent +
            ", counter=4\n" +
            "R1: 00:00:30.000: %LINEPROTO-5-UPDOWN: Line protocol on Interface Tunnel0, changed "
            "state to down\n" +
            "R1: 00:00:30.000: " + sent + ", counter=5\n" + "R1: 00:00:35.000: " + sent +
            ", counter=6\n" + "! 00:00:37.000: R1-C is repaired (silent)\n" +
            "R1: 00:00:40.000: " + sent + ", counter=7\n" + "R1: 00:00:40.020: " + heard +
            "R1: 00:00:40.020: %LINEPROTO-5-UPDOWN: Line protocol on Interface Tunnel0, changed "
            "state to up\n"
            "R1#show interfaces tunnel 0\n"
            "Tunnel0 is up, line protocol is up\n"
            "  Hardware is Tunnel\n"
            "  Internet address is 1.1.1.1/28\n"
            "  MTU 1476 bytes, BW 9 Kbit, DLY 500000 usec, rely 255/255, load 1/255\n"
            "  Encapsulation TUNNEL, loopback not set\n"
            "  Keepalive set (5 sec), retries 4\n"
            "  Tunnel source 128.8.8.8, destination 129.9.9.9\n"
            "  Tunnel protocol/transport GRE/IP, key disabled, sequencing disabled\n"
            "  Tunnel TOS 0xF, Tunnel TTL 128\n"
            "  Checksumming of packets disabled, fast tunneling enabled\n"
            "  Last input 00:00:00, output 00:00:01, output hang never\n"
            "  Last clearing of \"show interface\" counters never\n"
            "  Queueing strategy: fifo\n"
            "  Output queue 0/0, 0 drops; input queue 0/75, 0 drops\n"
            "  30 second input rate 6 bits/sec, 0 packets/sec\n"
            "  30 second output rate 77 bits/sec, 0 packets/sec\n"
            "    3 packets input, 72 bytes, 0 no buffer\n"
            "    Received 0 broadcasts, 0 runts, 0 giants, 0 throttles\n"
            "    0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort\n"
            "    9 packets output, 432 bytes, 0 underruns\n"
            "    0 output errors, 0 collisions, 0 interface resets\n"
            "    0 output buffer failures, 0 output buffers swapped out\n";
        NS_TEST_EXPECT_MSG_EQ(console.substr(0, expected.size()), expected, "console of R1");
        NS_TEST_EXPECT_MSG_EQ(ConsoleTranscript::Timestamp(MilliSeconds(61421409)),
                              "17:03:41.409",
                              "time stamp");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Congestion.
 */
class CongestionTest : public TestCase
{
  public:
    CongestionTest()
        : TestCase("overload makes mistakes, priority for keepalives removes them")
    {
    }

  private:
    void DoRun() override
    {
        uint64_t mistakes[2];
        for (const bool priority : {false, true})
        {
            RngSeedManager::SetRun(1);
            GreScenarioConfig config;
            config.r1 = config.r2 = {Seconds(1), 2};
            config.failure = Failure::NONE;
            config.load = 1.5; // one packet in three is lost
            config.linkRate = DataRate("1Mb/s");
            config.queuePackets = 20;
            config.priority = priority;
            config.keepaliveTos = priority ? 0xd0 : 0xc0;
            config.trafficRate = DataRate(0);
            config.stop = Seconds(600);
            GreScenario scenario(config);
            scenario.Run();
            mistakes[priority ? 1 : 0] = scenario.GetRecorder().GetMistakeRows().size();
        }
        // Both ends: 600 s, runs of two losses with probability 1/3: about one in 13.5 s each.
        NS_TEST_EXPECT_MSG_EQ((mistakes[0] > 40), true, "mistakes in a shared queue");
        NS_TEST_EXPECT_MSG_EQ(mistakes[1], 0, "mistakes with priority");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Schedules.
 */
class ScheduleTest : public TestCase
{
  public:
    ScheduleTest()
        : TestCase("flapping, a process and a script drive the same target")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        GreScenarioConfig config;
        config.trafficRate = DataRate(0);
        config.schedule = GreScenarioConfig::Schedule::FLAPPING;
        config.failures = 10;
        config.failFor = Seconds(30);
        config.flapUp = Seconds(20);
        {
            GreScenario scenario(config);
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ(scenario.GetInjector()->GetNFailures(), 10, "flaps");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(0).censored, 0, "all noticed");
        }
        config.schedule = GreScenarioConfig::Schedule::PROCESS;
        config.mtbf = Seconds(100);
        config.mttr = Seconds(50);
        config.stop = Seconds(15000);
        {
            GreScenario scenario(config);
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(scenario.GetInjector()->GetNFailures()),
                                      100,
                                      30,
                                      "one in 150 s");
        }
        config.schedule = GreScenarioConfig::Schedule::SCRIPT;
        config.script = "# a script\n50,R1-C,down\n\n90,R1-C,up\n";
        config.stop = Seconds(200);
        {
            GreScenario scenario(config);
            scenario.Run();
            const auto& rows = scenario.GetRecorder().GetFailureRows();
            NS_TEST_ASSERT_MSG_EQ(rows.size(), 2, "one failure, two ends");
            NS_TEST_EXPECT_MSG_EQ(rows[0].began, Seconds(50), "began");
            NS_TEST_EXPECT_MSG_EQ(*rows[0].ended, Seconds(90), "ended");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Refusals.
 */
class ScenarioCheckTest : public TestCase
{
  public:
    ScenarioCheckTest()
        : TestCase("what cannot be built is refused")
    {
    }

  private:
    void DoRun() override
    {
        GreScenarioConfig config;
        NS_TEST_EXPECT_MSG_EQ(GreScenario::Check(config).has_value(), false, "the default");
        config.address2 = config.address1;
        NS_TEST_EXPECT_MSG_EQ(*GreScenario::Check(config),
                              "a tunnel to itself: both addresses are 128.8.8.8",
                              "to itself");
        config = GreScenarioConfig();
        config.keys = {40, 41, 40};
        NS_TEST_EXPECT_MSG_EQ(*GreScenario::Check(config),
                              "two tunnels from 128.8.8.8 to 129.9.9.9 with the same key 40",
                              "twice");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class GreScenarioTestSuite : public TestSuite
{
  public:
    GreScenarioTestSuite()
        : TestSuite("keepalive-gre-scenario")
    {
        using Routing = GreScenarioConfig::Routing;
        AddTestCase(new BlackHoleTest(Routing::STATIC, "static routes", false));
        AddTestCase(new BlackHoleTest(Routing::STATIC, "static routes", true));
        AddTestCase(new BlackHoleTest(Routing::RIP, "RIP", true));
        AddTestCase(new FailureKindTest(Failure::SILENT, "silent", true, true));
        AddTestCase(new FailureKindTest(Failure::ONE_WAY_TO_R1, "one-way", true, true));
        AddTestCase(new FailureKindTest(Failure::ONE_WAY_TO_R2, "one-way", true, true));
        AddTestCase(new FailureKindTest(Failure::CARRIER, "carrier", true, true));
        AddTestCase(new FailureKindTest(Failure::SHUTDOWN, "shutdown", true, false));
        AddTestCase(new FailureKindTest(Failure::CRASH, "crash", true, false));
        AddTestCase(new FailureKindTest(Failure::STALL, "stall", false, false));
        AddTestCase(new FailureKindTest(Failure::DELAY_STEP, "delay-step", false, false));
        AddTestCase(new RepeatabilityTest);
        AddTestCase(new TranscriptTest);
        AddTestCase(new CongestionTest);
        AddTestCase(new ScheduleTest);
        AddTestCase(new ScenarioCheckTest);
    }
};

GreScenarioTestSuite g_greScenarioTestSuite; //!< registers itself

} // namespace
