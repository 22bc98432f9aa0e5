/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The BGP lab: every kind of failure, its cause at each end, its time, and what traffic
 * does.
 *
 * 1. Which end notices which kind of failure, why, and within the closed form.
 * 2. The smaller hold time counts for both ends, and each has its own KEEPALIVEs.
 * 3. TCP comes first where its timers are shorter, and says so; then there is no closed form.
 * 4. With a hold time of 0 nobody notices, and the black hole lasts as long as the failure.
 * 5. Traffic is on the detour at the moment the session goes down, and back afterwards.
 * 6. An overloaded queue starves KEEPALIVEs, so that a session flaps that nothing is wrong with;
 *    priority for BGP removes that.
 * 7. Detection times of 200 random failures for each profile have the distribution of BgpLaw, at
 *    both ends, and none is out of bounds. (Of 2,000: keepalive-bgp-detection.)
 * 8. The same configuration gives the same run, bit for bit, whatever ran before.
 * 9. The consoles print what routers print.
 * 10. Flapping, a process and a script drive the same target.
 * 11. A large table arrives, and moves to the detour when its session goes down.
 * 12. Configurations that cannot be built are refused in one line.
 */

#include "keepalive-statistics.h"

#include "ns3/bgp-as-path.h"
#include "ns3/bgp-console.h"
#include "ns3/bgp-profile.h"
#include "ns3/bgp-scenario-law.h"
#include "ns3/bgp-scenario.h"
#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

using Failure = BgpScenarioConfig::Failure;

/**
 * @ingroup keepalive-tests
 * @brief A small, quick configuration: FRR with hold time 9 s, no user traffic, first failure at
 *        60 s.
 * @param failure what fails
 * @return the configuration
 */
BgpScenarioConfig
MakeConfig(Failure failure)
{
    BgpScenarioConfig config;
    config.r1.profile = config.r2.profile = "frr-datacenter";
    config.failure = failure;
    config.trafficRate = DataRate(0);
    return config;
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Who notices what, and why.
 */
class FailureKindTestCase : public TestCase
{
  public:
    /**
     * @brief One kind.
     * @param failure the kind
     * @param r1 cause at R1; empty if it does not go down
     * @param r2 cause at R2
     * @param laws of how many ends there is a closed form
     * @param profile of both ends
     */
    FailureKindTestCase(Failure failure,
                        const std::string& r1,
                        const std::string& r2,
                        uint32_t laws,
                        const std::string& profile = "frr-datacenter")
        : TestCase("who notices, kind " + std::to_string(static_cast<int>(failure)) + ", " +
                   profile),
          m_failure(failure),
          m_causes{r1, r2},
          m_laws(laws),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpScenarioConfig config = MakeConfig(m_failure);
        config.r1.profile = config.r2.profile = m_profile;
        config.schedule = FailurePlan::Schedule::RANDOM;
        config.failures = 30;
        config.failAt = Seconds(300);
        config.failFor = Seconds(m_profile == "frr-datacenter" ? 40 : 300);
        BgpScenario scenario(config);
        scenario.Run();
        const BgpScenarioLaw closed(config);
        uint32_t laws = 0;
        for (const uint32_t end : {BgpScenario::R1, BgpScenario::R2})
        {
            laws += closed.Get(end) ? 1 : 0;
        }
        NS_TEST_EXPECT_MSG_EQ(laws, m_laws, "closed forms");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetFailureRows().size(), 60U, "rows");
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            NS_TEST_EXPECT_MSG_EQ(row.cause, m_causes[row.end], "cause at end " << row.end);
            const std::optional<BgpLaw> law = closed.Get(row.end);
            if (law)
            {
                NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed");
                const double time = row.GetDetectionTime()->GetSeconds();
                NS_TEST_EXPECT_MSG_GT_OR_EQ(time, law->GetLower() - 1e-6, "best case");
                NS_TEST_EXPECT_MSG_LT_OR_EQ(time, law->GetUpper() + 1e-6, "worst case");
            }
        }
        if (m_failure == Failure::ONE_WAY_TO_R1 || m_failure == Failure::ONE_WAY_TO_R2)
        {
            // What is told comes one way after it was said: 75 bytes at 10 Mb/s, and 5 ms. BIRD
            // says it 3 s late.
            const double later = (m_profile == "bird" ? 3 : 0) + 0.00506;
            const uint32_t told = m_failure == Failure::ONE_WAY_TO_R1 ? 1 : 0;
            const auto& rows = scenario.GetRecorder().GetFailureRows();
            for (std::size_t i = 0; i < rows.size(); i += 2)
            {
                const Time delay = *rows[i + told].detected - *rows[i + 1 - told].detected;
                NS_TEST_EXPECT_MSG_EQ_TOL(delay.GetSeconds(), later, 1e-6, "told");
            }
            NS_TEST_EXPECT_MSG_EQ_TOL(closed.Get(told)->GetLower(),
                                      closed.Get(1 - told)->GetLower() + later,
                                      1e-6,
                                      "law");
        }
        for (const uint32_t end : {BgpScenario::R1, BgpScenario::R2})
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.GetNeighbor(end)->IsEstablished(), true, "up again");
        }
    }

    Failure m_failure;       //!< the kind
    std::string m_causes[2]; //!< at R1, at R2
    uint32_t m_laws;         //!< closed forms
    std::string m_profile;   //!< of both ends
};

/**
 * @ingroup keepalive-tests
 * @brief 1. What is told is told at once.
 */
class ToldTestCase : public TestCase
{
  public:
    ToldTestCase()
        : TestCase("a shutdown is known one way later, a lost carrier at once")
    {
    }

  private:
    void DoRun() override
    {
        for (const Failure failure : {Failure::SHUTDOWN, Failure::CARRIER})
        {
            RngSeedManager::SetRun(1);
            const BgpScenarioConfig config = MakeConfig(failure);
            BgpScenario scenario(config);
            scenario.Run();
            NS_TEST_ASSERT_MSG_EQ(scenario.GetRecorder().GetFailureRows().size(), 2U, "both ends");
            const auto& row = scenario.GetRecorder().GetFailureRows().at(0);
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "told");
            // 21 bytes of BGP, 52 of TCP and IP, 2 of PPP at 10 Mb/s, and 5 ms.
            const Time oneWay = failure == Failure::SHUTDOWN ? MicroSeconds(5060) : Time();
            NS_TEST_EXPECT_MSG_EQ_TOL(*row.GetDetectionTime(), oneWay, NanoSeconds(2), "when");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Ends that differ.
 */
class MismatchTestCase : public TestCase
{
  public:
    MismatchTestCase()
        : TestCase("ends that differ: the smaller hold time, and each its own jitter")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            const char* r1;
            const char* r2;
            double hold2; //!< of R2, seconds; negative for the profile's
            uint16_t hold;
            double keepalive1;
            double keepalive2;
            double lower1;
            double upper1;
            double lower2;
            double upper2;
        } cases[] = {{"cisco", "cisco", 9, 9, 2, 3, 6, 9, 7, 9}, // R1 wants to be quicker
                     {"cisco", "rfc4271", -1, 90, 30, 30, 60, 90, 60, 90},
                     {"cisco", "bird", 100, 100, 33, 33, 67, 100, 42, 100},
                     {"exabgp", "gobgp", 12, 12, 4, 4, 9, 13, 8, 12},
                     {"frr", "juniper", 3, 3, 1, 1, 2, 3, 2, 3}};

        for (const auto& c : cases)
        {
            RngSeedManager::SetRun(1);
            BgpScenarioConfig config = MakeConfig(Failure::SILENT);
            config.r1.profile = c.r1;
            config.r2.profile = c.r2;
            config.r2.holdTime = Seconds(c.hold2);
            config.r1.keepaliveTime = Seconds(c.keepalive1 == 2 ? 2 : -1);
            config.failAt = Seconds(500);
            config.failFor = Seconds(0);
            config.schedule = FailurePlan::Schedule::RANDOM;
            config.failures = 20;
            const std::string name = std::string(c.r1) + "-" + c.r2;
            const BgpScenarioLaw law(config);
            NS_TEST_EXPECT_MSG_EQ(law.GetHoldTime(), c.hold, "hold time of " << name);
            NS_TEST_EXPECT_MSG_EQ_TOL(law.GetKeepaliveTime(0), c.keepalive1, 1e-9, name);
            NS_TEST_EXPECT_MSG_EQ_TOL(law.GetKeepaliveTime(1), c.keepalive2, 1e-9, name);
            const double bounds[2][2] = {{c.lower1, c.upper1}, {c.lower2, c.upper2}};
            BgpScenario scenario(config);
            scenario.Run();
            for (const uint32_t end : {0, 1})
            {
                NS_TEST_ASSERT_MSG_EQ(law.Get(end).has_value(), true, "closed form of " << name);
                NS_TEST_EXPECT_MSG_EQ_TOL(law.Get(end)->GetLower(), bounds[end][0], 1e-9, name);
                NS_TEST_EXPECT_MSG_EQ_TOL(law.Get(end)->GetUpper(), bounds[end][1], 1e-9, name);
                const Ptr<BgpSession> session = scenario.GetNeighbor(end)->GetSession();
                NS_TEST_EXPECT_MSG_EQ(session->GetAgreement().GetHoldTime(), c.hold, name);
                NS_TEST_EXPECT_MSG_EQ_TOL(session->GetAgreement().GetKeepaliveTime(),
                                          law.GetKeepaliveTime(end),
                                          1e-9,
                                          name);
            }
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetFailureRows().size(), 40U, name);
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed by " << name);
                const double time = row.GetDetectionTime()->GetSeconds();
                NS_TEST_EXPECT_MSG_GT_OR_EQ(time, bounds[row.end][0] - 1e-6, name);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(time, bounds[row.end][1] + 1e-6, name);
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. TCP comes first.
 */
class TcpFirstTestCase : public TestCase
{
  public:
    TcpFirstTestCase()
        : TestCase("TCP comes first where its timers are shorter")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string cause : {"tcp-user-timeout",
                                        "tcp-keepalive",
                                        "tcp-retransmissions",
                                        "hold-time-expired",
                                        "tcp-reset"})
        {
            RngSeedManager::SetRun(1);
            BgpScenarioConfig config = MakeConfig(Failure::SILENT);
            config.r1.profile = config.r2.profile = "cisco";
            // Both ends have just sent KEEPALIVEs. Behind an unacknowledged one there would be no
            // TCP keepalives: those of Linux are for idle connections only.
            config.failAt = Seconds(105);
            config.failFor = Seconds(300);
            if (cause == "tcp-user-timeout")
            {
                config.tcp.userTimeout = Seconds(10);
            }
            else if (cause == "tcp-keepalive")
            {
                config.tcp.keepalive = true;
                config.tcp.idle = Seconds(5);
                config.tcp.interval = Seconds(2);
                config.tcp.probes = 3;
            }
            else if (cause == "tcp-retransmissions")
            {
                config.tcp.profile = "windows-vista";
            }
            else if (cause == "tcp-reset")
            {
                // It boots long before the hold time is over, and knows nothing.
                config.failure = Failure::CRASH;
                config.failFor = Seconds(5);
            }
            BgpScenario scenario(config);
            scenario.Run();
            const bool reset = cause == "tcp-reset";
            NS_TEST_EXPECT_MSG_EQ(BgpScenarioLaw(config).Get(0).has_value(),
                                  (cause == "hold-time-expired"),
                                  "closed form, " << cause);
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetFailureRows().size(), 2U, cause);
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                if (!reset)
                {
                    NS_TEST_EXPECT_MSG_EQ(row.cause, cause, "cause");
                }
                else if (row.end == BgpScenario::R1)
                {
                    NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), false, "not in time");
                }
            }
            if (reset)
            {
                // R2 connects when it has booted: either that is accepted in place of the session
                // that R1 still believes in, or R1's next segment is answered with a reset.
                const auto& mistakes = scenario.GetRecorder().GetMistakeRows();
                NS_TEST_ASSERT_MSG_EQ(mistakes.size(), 1U, "R1 goes down after the repair");
                NS_TEST_EXPECT_MSG_EQ(mistakes[0].cause, cause, "cause");
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. No hold time.
 */
class NoHoldTimeTestCase : public TestCase
{
  public:
    NoHoldTimeTestCase()
        : TestCase("hold time 0: nobody notices")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpScenarioConfig config;
        config.r2.holdTime = Seconds(0);
        config.failFor = Seconds(1000);
        BgpScenario scenario(config);
        scenario.Run();
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), false, "noticed");
            const auto* hole = scenario.GetTraffic().Find(0, row.end);
            NS_TEST_ASSERT_MSG_NE(hole, nullptr, "there is a black hole");
            NS_TEST_ASSERT_MSG_EQ(hole->ended.has_value(), true, "it ends with the repair");
            NS_TEST_EXPECT_MSG_EQ_TOL(hole->GetDuration()->GetSeconds(), 1000, 0.1, "its length");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetNeighbor(row.end)->IsEstablished(), true, "up");
            NS_TEST_EXPECT_MSG_EQ(BgpScenarioLaw(config).Get(row.end).has_value(), false, "law");
            // The only one confirms the OPEN.
            NS_TEST_EXPECT_MSG_LT_OR_EQ(scenario.GetCounters(row.end).keepalivesSent, 2U, "silent");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. The detour.
 */
class DetourTestCase : public TestCase
{
  public:
    DetourTestCase()
        : TestCase("traffic takes the detour when the session goes down, and comes back")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpScenarioConfig config;
        config.r1.profile = config.r2.profile = "frr-datacenter";
        config.failFor = Seconds(60);
        BgpScenario scenario(config);
        Simulator::Schedule(Seconds(59), &DetourTestCase::Look, this, scenario.GetSpeaker(0));
        Simulator::Schedule(Seconds(100), &DetourTestCase::Look, this, scenario.GetSpeaker(0));
        Simulator::Schedule(Seconds(140), &DetourTestCase::Look, this, scenario.GetSpeaker(0));
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ(m_ways,
                              "10.0.0.2 path 1, 10.0.1.2 path 2, 10.0.0.2 path 1, ",
                              "next hop and length of the AS path to 10.2.0.0/24");
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            const TrafficMonitor::BlackHole* hole = scenario.GetTraffic().Find(0, row.end);
            NS_TEST_ASSERT_MSG_NE(hole, nullptr, "there is a black hole");
            NS_TEST_ASSERT_MSG_EQ((row.detected && hole->ended), true, "noticed, and it ends");
            const double after = (*hole->GetDuration() - *row.GetDetectionTime()).GetSeconds();
            NS_TEST_EXPECT_MSG_EQ_TOL(after, 0, 0.1, "on the detour at once");
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(hole->packetsLost),
                                      hole->GetDuration()->GetSeconds() * 20,
                                      2,
                                      "20 packets a second");
        }
    }

    /**
     * @brief Note the way to the user network of R2.
     * @param speaker R1
     */
    void Look(Ptr<BgpSpeaker> speaker)
    {
        const BgpPath* best = speaker->GetRib().GetBest(BgpPrefix::Of(0x0a020000, 24));
        std::ostringstream way;
        way << (best ? Ipv4Address(best->attributes->nextHop) : Ipv4Address::GetAny()) << " path "
            << (best ? CountAsPath(best->attributes->asPath) : 0) << ", ";
        m_ways += way.str();
    }

    std::string m_ways; //!< what was found
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Congestion.
 */
class CongestionTestCase : public TestCase
{
  public:
    CongestionTestCase()
        : TestCase("overload starves KEEPALIVEs, priority for BGP removes that")
    {
    }

  private:
    void DoRun() override
    {
        uint64_t mistakes[2][2];
        for (const bool priority : {false, true})
        {
            RngSeedManager::SetRun(1);
            BgpScenarioConfig config = MakeConfig(Failure::NONE);
            config.linkRate = DataRate("250kb/s");
            config.load = 2.5; // three packets in five are lost
            config.queuePackets = 5;
            config.priority = priority;
            config.stop = Seconds(1200);
            BgpScenario scenario(config);
            scenario.Run();
            for (const uint32_t end : {0, 1})
            {
                mistakes[priority ? 1 : 0][end] = scenario.GetRecorder().Summarize(end).mistakes;
                NS_TEST_EXPECT_MSG_EQ((scenario.GetNeighbor(end)->IsEstablished() || !priority),
                                      true,
                                      "up");
            }
            for (const auto& row : scenario.GetRecorder().GetMistakeRows())
            {
                // R2 no longer hears, and says so; its words come through, or at least the reset
                // of its TCP. Neither end's TCP gives up.
                NS_TEST_EXPECT_MSG_EQ(
                    (row.cause == "hold-time-expired" ||
                     (row.end == BgpScenario::R1 &&
                      (row.cause == "notification-received" || row.cause == "tcp-reset"))),
                    true,
                    "cause at " << row.end << ": " << row.cause);
            }
        }
        NS_TEST_EXPECT_MSG_GT(mistakes[0][0], 5U, "R1 in a shared queue");
        NS_TEST_EXPECT_MSG_GT(mistakes[0][1], 5U, "R2 in a shared queue");
        NS_TEST_EXPECT_MSG_EQ(mistakes[1][0] + mistakes[1][1], 0U, "with priority");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. The lab as a whole against the closed form; keepalive-bgp-detection does it often.
 */
class DistributionTestCase : public TestCase
{
  public:
    DistributionTestCase()
        : TestCase("200 random failures of each profile against the closed form")
    {
    }

  private:
    void DoRun() override
    {
        std::vector<double> p;
        for (const std::string& profile : BgpProfile::GetNames())
        {
            RngSeedManager::SetRun(1);
            BgpScenarioConfig config = MakeConfig(Failure::SILENT);
            config.r1.profile = config.r2.profile = profile;
            config.schedule = FailurePlan::Schedule::RANDOM;
            config.failures = 200;
            config.failFor = Seconds(0);
            config.failAt = Seconds(3000); // the jitter has had its effect
            BgpScenario scenario(config);
            scenario.Run();
            const BgpScenarioLaw closed(config);
            std::vector<double> samples[2];
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                const std::optional<BgpLaw> law = closed.Get(row.end);
                NS_TEST_ASSERT_MSG_EQ((law && row.detected), true, "noticed by " << profile);
                const double time = row.GetDetectionTime()->GetSeconds();
                NS_TEST_EXPECT_MSG_GT_OR_EQ(time, law->GetLower() - 1e-6, profile);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(time, law->GetUpper() + 1e-6, profile);
                samples[row.end].push_back(law->GetCdf(time));
            }
            for (const auto& sample : samples)
            {
                NS_TEST_EXPECT_MSG_EQ(sample.size(), 200U, "sample of " << profile);
                p.push_back(KolmogorovSmirnovP(sample));
            }
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetMistakeRows().size(), 0U, "mistakes");
        }
        NS_TEST_EXPECT_MSG_GT(HolmSmallestP(p), 0.01, "distribution");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief Run a scenario and keep everything that it says.
 * @param config the scenario
 * @param ends which ends have a console
 * @return transcript, throughput and all
 */
std::string
RunAndTell(const BgpScenarioConfig& config, std::vector<uint32_t> ends = {0, 1})
{
    RngSeedManager::SetRun(1);
    std::ostringstream told;
    ConsoleTranscript transcript;
    BgpConsole console(transcript);
    BgpScenario scenario(config);
    transcript.AddStream(told);
    for (const uint32_t end : ends)
    {
        console.Watch(scenario.GetNeighbor(end), scenario.GetRecorder().GetName(end));
    }
    transcript.Watch(scenario.GetInjector());
    scenario.Run();
    console.ShowNeighbors();
    if (ends.size() > 1)
    {
        scenario.GetTraffic().WriteThroughput(told);
    }
    return told.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 8. Repeatability.
 */
class RepeatabilityTestCase : public TestCase
{
  public:
    RepeatabilityTestCase()
        : TestCase("the same configuration gives the same run, whatever ran before")
    {
    }

  private:
    void DoRun() override
    {
        BgpScenarioConfig config;
        config.r1.profile = config.r2.profile = "bird";
        config.r1.holdTime = config.r2.holdTime = Seconds(9);
        config.loss = 0.1;
        config.load = 0.9;
        config.linkRate = DataRate("2Mb/s");
        config.queuePackets = 5;
        config.prefixes = 100;
        config.stop = Seconds(200);
        const std::string first = RunAndTell(config);
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(config) == first), true, "twice in a row");
        BgpScenarioConfig other;
        other.burstStart = 0.1;
        other.burstEnd = 0.5;
        other.failAt = Seconds(100);
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(other) == first), false, "another configuration");
        NS_TEST_EXPECT_MSG_EQ((RunAndTell(config) == first), true, "after the other");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. The transcript.
 */
class TranscriptTestCase : public TestCase
{
  public:
    TranscriptTestCase()
        : TestCase("the consoles print what routers print")
    {
    }

  private:
    void DoRun() override
    {
        BgpScenarioConfig config = MakeConfig(Failure::SILENT);
        config.randomPhase = false;
        config.r2.passive = true;
        config.failAt = Seconds(10);
        config.failFor = Seconds(30);
        config.stop = Seconds(60);
        const std::string told = RunAndTell(config, {0});
        const std::string expected =
            "R1: 00:00:00.020: %BGP-5-ADJCHANGE: neighbor 10.0.0.2 Up\n"
            "! 00:00:10.000: R1-R2 fails (silent)\n"
            "R1: 00:00:18.020: %BGP-3-NOTIFICATION: sent to neighbor 10.0.0.2 4/0 (hold time "
            "expired) 0 bytes\n"
            "R1: 00:00:18.020: %BGP-5-ADJCHANGE: neighbor 10.0.0.2 Down BGP Notification sent\n"
            "! 00:00:40.000: R1-R2 is repaired (silent)\n"
            "R1: 00:00:40.040: %BGP-5-ADJCHANGE: neighbor 10.0.0.2 Up\n"
            "\n"
            "R1#show bgp neighbors 10.0.0.2\n"
            "BGP neighbor is 10.0.0.2,  remote AS 65002, external link\n"
            "  BGP version 4, remote router ID 10.2.0.1\n"
            "  BGP state = Established, up for 00:00:19\n"
            "  Last read 00:00:01, last write 00:00:01, hold time is 9, keepalive interval is 3 "
            "seconds\n"
            "  Message statistics:\n"
            "                          Sent       Rcvd\n"
            "    Opens:                   2          2\n"
            "    Notifications:           1          0\n"
            "    Updates:                 4          4\n"
            "    Keepalives:             14         11\n"
            "    Route Refresh:           0          0\n"
            "    Total:                  21         17\n"
            "  Connections established 2; dropped 1\n"
            "  Last reset 00:00:41, due to BGP Notification sent\n";
        NS_TEST_EXPECT_MSG_EQ(told, expected, "console of R1");

        config.failure = Failure::SHUTDOWN;
        const std::string shut = RunAndTell(config);
        for (const std::string line :
             {"R2: 00:00:10.000: %BGP-3-NOTIFICATION: sent to neighbor 10.0.0.1 6/2 "
              "(Administrative Shutdown) 0 bytes\n",
              "R2: 00:00:10.000: %BGP-5-ADJCHANGE: neighbor 10.0.0.1 Down Admin. shutdown\n",
              "R1: 00:00:10.005: %BGP-3-NOTIFICATION: received from neighbor 10.0.0.2 6/2 "
              "(Administrative Shutdown) 0 bytes\n",
              "R1: 00:00:10.005: %BGP-5-ADJCHANGE: neighbor 10.0.0.2 Down BGP Notification "
              "received\n"})
        {
            NS_TEST_EXPECT_MSG_NE(shut.find(line), std::string::npos, line);
        }

        NS_TEST_EXPECT_MSG_EQ(BgpConsole::Uptime(Seconds(86399)), "23:59:59", "uptime");
        NS_TEST_EXPECT_MSG_EQ(BgpConsole::Uptime(Hours(26)), "1d02h", "uptime");
        NS_TEST_EXPECT_MSG_EQ(BgpConsole::Uptime(Hours(9 * 24)), "1w2d", "uptime");
        NS_TEST_EXPECT_MSG_EQ(BgpConsole::Describe({2, 2, {0xfd, 0xea}}),
                              "2/2 (peer in wrong AS) 2 bytes FDEA",
                              "an error with data");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Schedules.
 */
class ScheduleTestCase : public TestCase
{
  public:
    ScheduleTestCase()
        : TestCase("flapping, a process and a script drive the same target")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpScenarioConfig config = MakeConfig(Failure::SILENT);
        config.schedule = FailurePlan::Schedule::FLAPPING;
        config.failures = 10;
        config.failFor = Seconds(30);
        config.flapUp = Seconds(40);
        {
            BgpScenario scenario(config);
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ(scenario.GetInjector()->GetNFailures(), 10U, "flaps");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(0).censored, 0U, "all noticed");
        }
        config.schedule = FailurePlan::Schedule::PROCESS;
        config.mtbf = Seconds(100);
        config.mttr = Seconds(50);
        config.stop = Seconds(15000);
        {
            BgpScenario scenario(config);
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(scenario.GetInjector()->GetNFailures()),
                                      100,
                                      30,
                                      "a failure every 150 s on average");
        }
        config.schedule = FailurePlan::Schedule::SCRIPT;
        config.script = "100,R1-R2,down\n150,R1-R2,up\n";
        config.stop = Seconds(0);
        {
            BgpScenario scenario(config);
            scenario.Run();
            const auto& row = scenario.GetRecorder().GetFailureRows().at(0);
            NS_TEST_EXPECT_MSG_EQ(row.began, Seconds(100), "as the script says");
            NS_TEST_EXPECT_MSG_EQ(*row.ended, Seconds(150), "as the script says");
            NS_TEST_EXPECT_MSG_EQ(BgpScenarioLaw(config).Get(0).has_value(), false, "law");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 11. A table.
 */
class TableTestCase : public TestCase
{
  public:
    TableTestCase()
        : TestCase("a large table arrives, and moves to the detour")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpScenarioConfig config = MakeConfig(Failure::SILENT);
        config.prefixes = 5000;
        config.stop = Seconds(90);
        BgpScenario scenario(config);
        Simulator::Schedule(Seconds(59), &TableTestCase::Count, this, scenario.GetSpeaker(0));
        Simulator::Schedule(Seconds(80), &TableTestCase::Count, this, scenario.GetSpeaker(0));
        scenario.Run();
        // Its own network and that of R2 come on top.
        NS_TEST_ASSERT_MSG_EQ(m_direct.size(), 2U, "counted");
        NS_TEST_EXPECT_MSG_EQ(m_total[0], 5002U, "all of them");
        NS_TEST_EXPECT_MSG_EQ(m_direct[0], 5001U, "by the direct link");
        NS_TEST_EXPECT_MSG_EQ(m_total[1], 5002U, "all of them still");
        NS_TEST_EXPECT_MSG_EQ(m_direct[1], 0U, "by B");
    }

    /**
     * @brief Count routes.
     * @param speaker of R1
     */
    void Count(Ptr<BgpSpeaker> speaker)
    {
        uint32_t direct = 0;
        uint32_t total = 0;
        speaker->GetRib().ForEachBest([&](const BgpPrefix&, const BgpPath& path) {
            total++;
            direct += path.attributes->nextHop == Ipv4Address("10.0.0.2").Get() ? 1 : 0;
        });
        m_total.push_back(total);
        m_direct.push_back(direct);
    }

    std::vector<uint32_t> m_total;  //!< routes
    std::vector<uint32_t> m_direct; //!< of these, by the direct link
};

/**
 * @ingroup keepalive-tests
 * @brief 12. Refusals.
 */
class RefusalTestCase : public TestCase
{
  public:
    RefusalTestCase()
        : TestCase("configurations that cannot be built are refused in one line")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            void (*spoil)(BgpScenarioConfig&);
            const char* word;
        } cases[] = {
            {[](BgpScenarioConfig& c) { c.r1.holdTime = Seconds(1); }, "0 or 3 to 65535"},
            {[](BgpScenarioConfig& c) { c.r2.holdTime = Seconds(2); }, "0 or 3 to 65535"},
            {[](BgpScenarioConfig& c) { c.r2.holdTime = Seconds(65536); }, "0 or 3 to 65535"},
            {[](BgpScenarioConfig& c) { c.r2.holdTime = Seconds(9.5); }, "whole"},
            {[](BgpScenarioConfig& c) { c.r1.keepaliveTime = Seconds(0.5); }, "1 to 65535"},
            {[](BgpScenarioConfig& c) { c.r1.profile = "no"; }, "\"no\""},
            {[](BgpScenarioConfig& c) { c.tcp.profile = "no"; }, "\"no\""},
            {[](BgpScenarioConfig& c) { c.tcp.userTimeout = Seconds(-1); }, "-1"},
            {[](BgpScenarioConfig& c) { c.tcp.rtoMin = Seconds(121); }, "120"},
            {[](BgpScenarioConfig& c) { c.r1.passive = c.r2.passive = true; }, "passive"},
            {[](BgpScenarioConfig& c) { c.prefixes = 2000001; }, "2000000"},
            {[](BgpScenarioConfig& c) { c.linkRate = DataRate(0); }, "link rate"},
            {[](BgpScenarioConfig& c) { c.failure = Failure::BINDING_LOSS; }, "no NAT"},
            {[](BgpScenarioConfig& c) { c.failAt = Seconds(4); }, "at 5 s"},
            {[](BgpScenarioConfig& c) { c.failures = 0; }, "failures of 0"}};

        for (const auto& c : cases)
        {
            BgpScenarioConfig config = MakeConfig(Failure::SILENT);
            NS_TEST_ASSERT_MSG_EQ(BgpScenario::Check(config).has_value(), false, "sound");
            c.spoil(config);
            const std::string wrong = BgpScenario::Check(config).value_or("");
            NS_TEST_EXPECT_MSG_NE(wrong.find(c.word), std::string::npos, c.word << ": " << wrong);
            NS_TEST_EXPECT_MSG_EQ(wrong.find('\n'), std::string::npos, "one line");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpScenarioTestSuite : public TestSuite
{
  public:
    BgpScenarioTestSuite()
        : TestSuite("keepalive-bgp-scenario")
    {
        const std::string hold = "hold-time-expired";
        const std::string told = "notification-received";
        AddTestCase(new FailureKindTestCase(Failure::SILENT, hold, hold, 2));
        AddTestCase(new FailureKindTestCase(Failure::ONE_WAY_TO_R1, hold, told, 2));
        AddTestCase(new FailureKindTestCase(Failure::ONE_WAY_TO_R2, told, hold, 2));
        AddTestCase(new FailureKindTestCase(Failure::ONE_WAY_TO_R1, hold, told, 2, "bird"));
        AddTestCase(new FailureKindTestCase(Failure::ONE_WAY_TO_R2, told, hold, 2, "rfc4271"));
        AddTestCase(new FailureKindTestCase(Failure::CARRIER, "carrier-lost", "carrier-lost", 0));
        AddTestCase(new FailureKindTestCase(Failure::SHUTDOWN, told, "admin-shutdown", 0));
        AddTestCase(new FailureKindTestCase(Failure::CRASH, hold, "node-crashed", 1));
        AddTestCase(new FailureKindTestCase(Failure::STALL, hold, "", 1));
        AddTestCase(new FailureKindTestCase(Failure::DELAY_STEP, "", "", 0));
        AddTestCase(new ToldTestCase);
        AddTestCase(new MismatchTestCase);
        AddTestCase(new TcpFirstTestCase);
        AddTestCase(new NoHoldTimeTestCase);
        AddTestCase(new DetourTestCase);
        AddTestCase(new CongestionTestCase);
        AddTestCase(new DistributionTestCase);
        AddTestCase(new RepeatabilityTestCase);
        AddTestCase(new TranscriptTestCase);
        AddTestCase(new ScheduleTestCase);
        AddTestCase(new TableTestCase);
        AddTestCase(new RefusalTestCase);
    }
};

BgpScenarioTestSuite g_bgpScenarioTestSuite; //!< registers the suite

} // namespace
