/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The whole experiment on a BFD session: every kind of failure, timers that change, noise.
 *
 * How long detection takes, over many failures, is the matter of bfd-detection-test.cc.
 *
 * 1. Which end notices which kind of failure, why, and when: within the closed form where there is
 *    one; both ends alike, unlike, passive, offloaded, and with changed timers.
 * 2. What is said at once is known one way later: a shutdown, and Down of an end that is deaf. A
 *    passive end that is deaf says nothing, so that its peer has to find out by itself.
 * 3. Timers that change while the session is up: both ends keep the new times after a Poll and its
 *    Final, to the microsecond, and the session stays up; so it does if that is the other way
 * round.
 * 4. A crash and a reboot: another discriminator, and the peer is up again with it.
 * 5. Losses and an overloaded link make mistakes; priority for BFD removes those of the load.
 * 6. The console tells what happens, in the form of its class comment, and changes nothing.
 * 7. The same configuration gives the same run, bit for bit; another RngRun gives another one.
 * 8. Configurations that cannot be built are refused in one line.
 */

#include "ns3/abort.h"
#include "ns3/bfd-console.h"
#include "ns3/bfd-scenario-law.h"
#include "ns3/bfd-scenario.h"
#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Failure = BfdScenarioConfig::Failure;

constexpr uint32_t ENDS[] = {BfdScenario::R1, BfdScenario::R2}; //!< both of them

/// A packet from end to end: 24 bytes of BFD, 28 of UDP and IP, 2 of PPP at 10 Mb/s, and 1 ms.
const Time ONE_WAY = NanoSeconds(1043200);

/**
 * @brief A scenario to start from.
 * @return the default, without users
 */
BfdScenarioConfig
MakeConfig()
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    BfdScenarioConfig config;
    config.failAt = Seconds(10);
    config.failFor = Seconds(20);
    config.trafficRate = DataRate(0);
    return config;
}

/**
 * @brief Many failures, each noticed for certain, at random phases.
 * @param config changed
 * @param failures how many
 */
void
FailAtRandom(BfdScenarioConfig& config, uint32_t failures)
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
        LAW,    //!< by the closed form
        FREE,   //!< it notices, but there is no closed form
        NEVER,  //!< not noticed, though it ought to
        OWN,    //!< it is this end that fails
        NOTHING //!< no outage: there is nothing to notice
    };

    When when;                    //!< how
    std::set<std::string> causes; //!< why, each of these at least once
};

/// One configuration and what comes of it.
struct KindCase
{
    std::string name;                               //!< of the case
    std::function<void(BfdScenarioConfig&)> change; //!< the configuration
    Verdict r1;                                     //!< what R1 makes of it
    Verdict r2;                                     //!< what R2 makes of it
    uint64_t mistakes{0};                           //!< of R2, for each failure
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Who notices what.
 */
class BfdFailureKindTest : public TestCase
{
  public:
    /**
     * @brief One configuration.
     * @param kind the case
     */
    explicit BfdFailureKindTest(const KindCase& kind)
        : TestCase("who notices: " + kind.name),
          m_case(kind)
    {
    }

  private:
    static constexpr uint32_t FAILURES = 40; //!< of each kind

    void DoRun() override
    {
        BfdScenarioConfig config = MakeConfig();
        FailAtRandom(config, FAILURES);
        m_case.change(config);
        BfdScenario scenario(config);
        scenario.Run();
        Judge(scenario, BfdScenario::R1, m_case.r1, 0);
        Judge(scenario, BfdScenario::R2, m_case.r2, m_case.mistakes * FAILURES);
        for (const uint32_t end : ENDS)
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.GetSession(end)->IsUp(), true, "up again");
        }
    }

    /**
     * @brief Judge one end.
     * @param scenario the scenario, run
     * @param end which end
     * @param expected what is expected of it
     * @param mistakes how many
     */
    void Judge(const BfdScenario& scenario,
               uint32_t end,
               const Verdict& expected,
               uint64_t mistakes)
    {
        using When = Verdict::When;
        const BfdScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        const double slack = theory.GetSlack().GetSeconds();
        const bool lawful = expected.when == When::LAW;
        const bool noticed = lawful || expected.when == When::FREE;
        const std::string& name = scenario.GetRecorder().GetName(end);
        NS_TEST_ASSERT_MSG_EQ(law.has_value(), lawful, name << " has a closed form");
        NS_TEST_EXPECT_MSG_LT(slack, 0.002, "slack");
        std::set<std::string> causes;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end != end)
            {
                continue;
            }
            NS_TEST_EXPECT_MSG_EQ(row.outage, (expected.when != When::NOTHING), "outage");
            NS_TEST_EXPECT_MSG_EQ(row.own, (expected.when == When::OWN), name << " own");
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), noticed, name << " noticed");
            causes.insert(row.cause);
            if (noticed)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                const double lower = lawful ? law->GetLower() : 0;
                const double upper = theory.GetLongestDetection(end);
                NS_TEST_EXPECT_MSG_EQ((time >= lower - slack && time <= upper + slack),
                                      true,
                                      name << ": " << time << " in " << lower << " to " << upper);
                NS_TEST_EXPECT_MSG_EQ((!lawful || time <= law->GetUpper() + slack),
                                      true,
                                      name << ": " << time << " is too late");
            }
        }
        causes.erase("");
        const bool same = causes == expected.causes;
        NS_TEST_EXPECT_MSG_EQ(same,
                              true,
                              name << ": causes, first "
                                   << (causes.empty() ? "none" : *causes.begin()));
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes,
                              mistakes,
                              name << ": mistakes");
    }

    KindCase m_case; //!< the case
};

// ---- 2. what is said ----

/**
 * @ingroup keepalive-tests
 * @brief 2. What is said at once.
 */
class BfdToldTest : public TestCase
{
  public:
    BfdToldTest()
        : TestCase("what is said at once is known one way later")
    {
    }

  private:
    void DoRun() override
    {
        BfdScenarioConfig config = MakeConfig();
        config.failure = Failure::SHUTDOWN;
        {
            BfdScenario scenario(config);
            scenario.Run();
            const auto& row = scenario.GetRecorder().GetFailureRows().at(BfdScenario::R1);
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "told");
            NS_TEST_EXPECT_MSG_EQ(*row.GetDetectionTime(), ONE_WAY, "a shutdown");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetSession(BfdScenario::R1)->IsUp(), true, "again");
        }
        for (const uint32_t deaf : ENDS)
        {
            config = MakeConfig();
            config.failure =
                deaf == BfdScenario::R1 ? Failure::ONE_WAY_TO_R1 : Failure::ONE_WAY_TO_R2;
            FailAtRandom(config, 50);
            CheckDeaf(config, deaf, true);
            (deaf == BfdScenario::R1 ? config.r1 : config.r2).passive = true;
            CheckDeaf(config, deaf, false);
        }
    }

    /**
     * @brief One end is deaf: see when the other knows.
     * @param config the configuration
     * @param deaf that end
     * @param tells whether it says so
     */
    void CheckDeaf(const BfdScenarioConfig& config, uint32_t deaf, bool tells)
    {
        BfdScenario scenario(config);
        scenario.Run();
        const BfdScenarioLaw law(config);
        NS_TEST_EXPECT_MSG_EQ(law.Get(deaf).has_value(), true, "of the deaf end");
        NS_TEST_ASSERT_MSG_EQ(law.Get(1 - deaf).has_value(), tells, "of the other one");
        if (tells)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(law.Get(1 - deaf)->GetLower(),
                                      law.Get(deaf)->GetLower() + ONE_WAY.GetSeconds(),
                                      1e-9,
                                      "law");
        }
        const auto& rows = scenario.GetRecorder().GetFailureRows();
        for (std::size_t i = 0; i < rows.size(); i += 2)
        {
            NS_TEST_ASSERT_MSG_EQ(rows[i + deaf].detected.has_value(), true, "noticed");
            NS_TEST_EXPECT_MSG_EQ(rows[i + deaf].cause, "detection-time-expired", "deaf");
            const auto& other = rows[i + 1 - deaf];
            NS_TEST_ASSERT_MSG_EQ(other.detected.has_value(), true, "noticed, too");
            const Time later = *other.detected - *rows[i + deaf].detected;
            if (tells)
            {
                NS_TEST_EXPECT_MSG_EQ(other.cause, "peer-signaled-down", "told");
                NS_TEST_EXPECT_MSG_EQ(later, ONE_WAY, "one way later");
            }
            else
            {
                // 900 ms after the last packet of the deaf end, which was up to 300 ms old.
                NS_TEST_EXPECT_MSG_EQ(other.cause, "detection-time-expired", "not told");
                NS_TEST_EXPECT_MSG_GT(later, MilliSeconds(600), "a Detection Time");
                NS_TEST_EXPECT_MSG_LT(later, MilliSeconds(900) + ONE_WAY, "at most");
            }
        }
    }
};

// ---- 3. timers that change ----

/**
 * @ingroup keepalive-tests
 * @brief 3. Another interval.
 */
class BfdRenegotiationTest : public TestCase
{
  public:
    BfdRenegotiationTest()
        : TestCase("timers that change while the session is up")
    {
    }

  private:
    void DoRun() override
    {
        // R1 sends every max(its minTx, minRx of R2), which R2 has at 300 ms.
        Check(1000, 2000, 1000, 2000);
        Check(50, 100, 300, 300);
        Check(400, 50, 400, 300);
    }

    /**
     * @brief Change the timers of R1.
     * @param tx its new minTx, milliseconds
     * @param rx its new minRx, milliseconds
     * @param interval1 what it then sends at, milliseconds
     * @param interval2 what R2 then sends at, milliseconds
     */
    void Check(int64_t tx, int64_t rx, int64_t interval1, int64_t interval2)
    {
        BfdScenarioConfig config = MakeConfig();
        config.failure = Failure::NONE;
        config.stop = Seconds(40);
        config.renegotiateAt = Seconds(20);
        config.renegotiateTx = MilliSeconds(tx);
        config.renegotiateRx = MilliSeconds(rx);
        m_polls = 0;
        BfdScenario scenario(config);
        Ptr<BfdSession> r1 = scenario.GetSession(BfdScenario::R1);
        Ptr<BfdSession> r2 = scenario.GetSession(BfdScenario::R2);
        r1->TraceConnectWithoutContext("PacketTx",
                                       MakeCallback(&BfdRenegotiationTest::HandleTx, this));
        r1->TraceConnectWithoutContext("PacketRx",
                                       MakeCallback(&BfdRenegotiationTest::HandleRx, this));
        Simulator::Schedule(Seconds(19), &BfdRenegotiationTest::CheckTimes, this, r1, r2, 300, 300);
        Simulator::Schedule(Seconds(39),
                            &BfdRenegotiationTest::CheckTimes,
                            this,
                            r1,
                            r2,
                            interval1,
                            interval2);
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ(m_polls, 1, "one Poll after the change");
        NS_TEST_EXPECT_MSG_EQ(m_final - m_poll, 2 * ONE_WAY, "answered at once");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetMistakeRows().size(), 0, "stays up");
        const BfdScenarioLaw before(config);
        NS_TEST_EXPECT_MSG_EQ_TOL(before.GetInterval(0), 0.3, 1e-12, "before");
        config.failAt = Seconds(30);
        const BfdScenarioLaw after(config);
        NS_TEST_EXPECT_MSG_EQ_TOL(after.GetInterval(0), interval1 / 1000.0, 1e-12, "after");
        NS_TEST_EXPECT_MSG_EQ_TOL(after.GetInterval(1), interval2 / 1000.0, 1e-12, "after");
    }

    /**
     * @brief See what both keep. A scheduled event.
     * @param r1 R1
     * @param r2 R2
     * @param interval1 what R1 sends at, milliseconds
     * @param interval2 what R2 sends at, milliseconds
     */
    void CheckTimes(Ptr<BfdSession> r1, Ptr<BfdSession> r2, int64_t interval1, int64_t interval2)
    {
        NS_TEST_EXPECT_MSG_EQ(r1->GetTransmitInterval(), MilliSeconds(interval1), "R1 sends");
        NS_TEST_EXPECT_MSG_EQ(r2->GetTransmitInterval(), MilliSeconds(interval2), "R2 sends");
        NS_TEST_EXPECT_MSG_EQ(r1->GetDetectionTime(), MilliSeconds(3 * interval2), "R1 waits");
        NS_TEST_EXPECT_MSG_EQ(r2->GetDetectionTime(), MilliSeconds(3 * interval1), "R2 waits");
    }

    /**
     * @brief Trace sink: R1 sends.
     * @param header the packet
     */
    void HandleTx(const BfdHeader& header)
    {
        if (Simulator::Now() >= Seconds(20) && header.HasFlag(BfdHeader::POLL))
        {
            m_polls++;
            m_poll = Simulator::Now();
        }
    }

    /**
     * @brief Trace sink: R1 hears.
     * @param header the packet
     */
    void HandleRx(const BfdHeader& header)
    {
        if (header.HasFlag(BfdHeader::FINAL))
        {
            m_final = Simulator::Now();
        }
    }

    uint32_t m_polls{0}; //!< after the change
    Time m_poll;         //!< when the last one was
    Time m_final;        //!< and its answer
};

// ---- 4. a crash ----

/**
 * @ingroup keepalive-tests
 * @brief 4. A reboot.
 */
class BfdRebootTest : public TestCase
{
  public:
    BfdRebootTest()
        : TestCase("a reboot gives another discriminator")
    {
    }

  private:
    void DoRun() override
    {
        // Long enough to be noticed, and not.
        for (const double seconds : {20.0, 0.1})
        {
            BfdScenarioConfig config = MakeConfig();
            config.failure = Failure::CRASH;
            config.failFor = Seconds(seconds);
            config.stop = Seconds(60);
            BfdScenario scenario(config);
            Ptr<BfdSession> r1 = scenario.GetSession(BfdScenario::R1);
            Ptr<BfdSession> r2 = scenario.GetSession(BfdScenario::R2);
            scenario.Run();
            NS_TEST_EXPECT_MSG_EQ((r1->IsUp() && r2->IsUp()), true, "up again");
            NS_TEST_EXPECT_MSG_EQ(r1->GetDiscriminator(), 1, "R1 keeps its name for it");
            NS_TEST_EXPECT_MSG_NE(r2->GetDiscriminator(), 1, "R2 does not");
            NS_TEST_EXPECT_MSG_EQ(r1->GetRemoteDiscriminator(), r2->GetDiscriminator(), "known");
            const auto& row = scenario.GetRecorder().GetFailureRows().at(BfdScenario::R1);
            NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), (seconds > 1), "noticed");
            const auto& mistakes = scenario.GetRecorder().GetMistakeRows();
            if (seconds < 1)
            {
                // R1 still hears nothing of the old session; or it hears that R2 is Down.
                NS_TEST_ASSERT_MSG_EQ(mistakes.size(), 1, "found out afterwards");
                NS_TEST_EXPECT_MSG_EQ(mistakes.at(0).end, BfdScenario::R1, "R1");
            }
        }
    }
};

// ---- 5. noise ----

/**
 * @ingroup keepalive-tests
 * @brief 5. Losses and load.
 */
class BfdNoiseTest : public TestCase
{
  public:
    BfdNoiseTest()
        : TestCase("losses and an overloaded link make mistakes, priority removes them")
    {
    }

  private:
    void DoRun() override
    {
        BfdScenarioConfig config = MakeConfig();
        config.failure = Failure::NONE;
        config.stop = Seconds(600);
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "quiet");
        config.loss = 0.3;
        NS_TEST_EXPECT_MSG_GT(CountMistakes(config), 20, "loss");
        config.loss = 0;
        config.burstStart = 0.05;
        config.burstEnd = 0.3;
        NS_TEST_EXPECT_MSG_GT(CountMistakes(config), 20, "bursts");
        config.burstStart = 0;

        config.stop = Seconds(200);
        config.linkRate = DataRate("200kb/s");
        config.queuePackets = 5;
        config.load = 2;
        NS_TEST_EXPECT_MSG_GT(CountMistakes(config), 5, "load");
        config.priority = true;
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "load, with priority");
        CheckNarrowLink();
    }

    /// There is no law where BFD's own packets leave users, or each other, no room.
    void CheckNarrowLink()
    {
        BfdScenarioConfig config = MakeConfig();
        config.linkRate = DataRate("9600b/s");
        const auto expect = [this, &config](bool lawful, const std::string& what) {
            for (const uint32_t end : ENDS)
            {
                NS_TEST_EXPECT_MSG_EQ(BfdScenarioLaw(config).Get(end).has_value(), lawful, what);
            }
        };
        // 54 bytes every 45 ms, by the shortest jitter, fill the link.
        config.r1.minTx = config.r2.minTx = config.r1.minRx = config.r2.minRx = MilliSeconds(61);
        expect(true, "a packet before the next");
        config.r2.minTx = config.r1.minRx = MilliSeconds(59);
        expect(false, "one way is too narrow");
        config.r1.minTx = config.r2.minTx = config.r1.minRx = MilliSeconds(120);
        config.r1.multiplier = config.r2.multiplier = 10;
        config.trafficRate = DataRate("8kb/s");
        expect(false, "with users");
        config.linkRate = DataRate("17kb/s");
        expect(true, "room for all");
        config.renegotiateAt = Seconds(2);
        config.renegotiateTx = MilliSeconds(100);
        config.renegotiateRx = MilliSeconds(120);
        expect(true, "new timers leave room, too");
        config.renegotiateTx = MilliSeconds(61);
        expect(false, "new timers do not");

        config = MakeConfig();
        config.linkRate = DataRate("64kb/s");
        config.trafficRate = DataRate("30kb/s"); // packets that take 66 ms
        config.r1.minTx = config.r2.minTx = config.r1.minRx = config.r2.minRx = MilliSeconds(60);
        expect(false, "users that come first make mistakes");
        config.r1.multiplier = config.r2.multiplier = 4;
        expect(true, "which more packets avoid");
    }

    /**
     * @brief Run, and count.
     * @param config the configuration
     * @return mistakes of both ends
     */
    uint64_t CountMistakes(const BfdScenarioConfig& config)
    {
        BfdScenario scenario(config);
        scenario.Run();
        for (const uint32_t end : ENDS)
        {
            NS_TEST_EXPECT_MSG_EQ(BfdScenarioLaw(config).Get(end).has_value(), false, "no form");
        }
        return scenario.GetRecorder().GetMistakeRows().size();
    }
};

// ---- 6, 7. what is printed ----

/**
 * @brief Run, and write down everything.
 * @param config the configuration
 * @param console whether there is a console
 * @param transcript filled in with what it prints
 * @return the event log
 */
std::string
RunToText(const BfdScenarioConfig& config, bool console, std::string& transcript)
{
    std::ostringstream events;
    std::ostringstream printed;
    {
        EventLog log(events);
        ConsoleTranscript paper;
        paper.AddStream(printed);
        BfdConsole consoles(paper);
        BfdScenario scenario(config);
        for (const uint32_t end : ENDS)
        {
            const std::string& name = scenario.GetRecorder().GetName(end);
            log.Watch(scenario.GetSession(end), name, {"LineProtocol", "", "", ""});
            if (console)
            {
                consoles.Watch(scenario.GetSession(end), name);
            }
        }
        scenario.Run();
        consoles.ShowNeighbors();
        for (const uint32_t end : ENDS)
        {
            const InterfaceCounters& counters = scenario.GetCounters(end);
            events << counters.txPackets << ',' << counters.rxPackets << ','
                   << counters.lastInput.GetNanoSeconds() << '\n';
            NS_ABORT_MSG_IF(counters.txBytes != 52 * counters.txPackets, "24 bytes, and 28");
        }
    }
    transcript = printed.str();
    return events.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 6. The console.
 */
class BfdConsoleTest : public TestCase
{
  public:
    BfdConsoleTest()
        : TestCase("what an operator sees")
    {
    }

  private:
    void DoRun() override
    {
        BfdScenarioConfig config = MakeConfig();
        std::string transcript;
        RunToText(config, true, transcript);
        const std::string prefix = "%BFDFSM-6-BFD_SESS_";
        Count(
            transcript,
            "%BFD-6-BFD_SESS_CREATED: BFD-SYSLOG: bfd_session_created, neigh 10.0.0.2, handle:1\n",
            1);
        Count(transcript, prefix + "UP: BFD-SYSLOG: BFD session ld:1 handle:1 is going UP\n", 4);
        Count(transcript,
              prefix + "DOWN: BFD-SYSLOG: BFD session ld:1 handle:1,is going Down Reason: DETECT "
                       "TIMER EXPIRED\n",
              2);
        Count(transcript, "R1#show bfd neighbors details\n", 1);
        Count(transcript, "\n10.0.0.1        10.0.0.2        1/1     Up        ", 1);
        Count(transcript, "Session state is UP and not using echo function.\n", 2);
        Count(transcript, "MinTxInt: 300000, MinRxInt: 300000, Multiplier: 3\n", 2);
        Count(transcript, "Received MinRxInt: 300000, Received Multiplier: 3\n", 2);
        Count(transcript, "Holdown (hits): 900, Hello (hits): 300(", 2);
        Count(transcript, "             State bit: Up           - Demand bit: 0\n", 2);
        Count(transcript, "             Min tx interval: 300000 - Min rx interval: 300000\n", 2);

        config.failFor = Seconds(0);
        RunToText(config, true, transcript);
        Count(transcript, "Session state is DOWN and not using echo function.\n", 2);
        Count(transcript, "Local Diag: 1, Demand mode: 0, Poll bit: 0\n", 2);
        Count(transcript, "MinTxInt: 1000000, MinRxInt: 300000, Multiplier: 3\n", 2);
        Count(transcript, "Uptime", 0);

        config.failure = Failure::SHUTDOWN;
        RunToText(config, true, transcript);
        Count(transcript,
              "R2: 00:00:10.000: " + prefix +
                  "DOWN: BFD-SYSLOG: BFD session ld:1 handle:1,is going Down Reason: ADMIN DOWN\n",
              1);
        Count(
            transcript,
            "R1: 00:00:10.001: " + prefix +
                "DOWN: BFD-SYSLOG: BFD session ld:1 handle:1,is going Down Reason: RX ADMINDOWN\n",
            1);

        config.failure = Failure::ONE_WAY_TO_R1;
        RunToText(config, true, transcript);
        Count(transcript, ",is going Down Reason: RX DOWN\n", 1);
        Count(transcript, " Init\n", 1); // R2 goes on hearing R1

        config.failure = Failure::CRASH;
        RunToText(config, true, transcript);
        Count(transcript, "! R2 has no power\n", 1);
        Count(transcript, prefix + "DOWN", 1);
        config.failFor = Seconds(20);
        RunToText(config, true, transcript);
        Count(transcript, "bfd_session_created, neigh 10.0.0.1, handle:1\n", 2);
        Count(transcript, "ld:2 handle:1 is going UP\n", 1);
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
 * @brief 7. Repeatability.
 */
class BfdRepeatabilityTest : public TestCase
{
  public:
    BfdRepeatabilityTest()
        : TestCase("the same configuration gives the same run, console or not")
    {
    }

  private:
    void DoRun() override
    {
        BfdScenarioConfig config = MakeConfig();
        FailAtRandom(config, 3);
        config.loss = 0.2;
        config.load = 0.9;
        config.linkRate = DataRate("200kb/s");
        config.trafficRate = DataRate("10kb/s");
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

// ---- 8. bad configurations ----

/**
 * @ingroup keepalive-tests
 * @brief 8. What is refused.
 */
class BfdCheckTest : public TestCase
{
  public:
    BfdCheckTest()
        : TestCase("what cannot be built is refused in one line")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(BfdScenario::Check(MakeConfig()).has_value(), false, "default");
        using Config = BfdScenarioConfig;
        const std::pair<std::function<void(Config&)>, const char*> cases[] = {
            {[](Config& c) { c.r1.multiplier = 0; }, "multiplier of 0: must be 1 to 255"},
            {[](Config& c) { c.r2.multiplier = 256; }, "multiplier of 256"},
            {[](Config& c) { c.r1.minTx = Seconds(0); }, "Desired Min TX interval of 0 s"},
            {[](Config& c) { c.r1.minRx = Seconds(-1); }, "Required Min RX interval of -1 s"},
            {[](Config& c) { c.r2.minTx = Seconds(5000); }, "Desired Min TX interval of 5000 s"},
            {[](Config& c) { c.r2.minRx = MicroSeconds(999); }, "0.000999 s"},
            {[](Config& c) { c.renegotiateTx = Seconds(0); }, "renegotiated Desired"},
            {[](Config& c) { c.renegotiateRx = Seconds(5000); }, "renegotiated Required"},
            {[](Config& c) { c.renegotiateAt = Seconds(-1); }, "timers at -1 s"},
            {[](Config& c) { c.r1.passive = c.r2.passive = true; }, "two passive ends"},
            {[](Config& c) { c.linkRate = DataRate(0); }, "rate of 0"},
            {[](Config& c) { c.failure = Failure::BINDING_LOSS; }, "no NAT"},
            {[](Config& c) { c.failAt = Seconds(1); }, "a failure at 1 s"},
            {[](Config& c) { c.failures = 0; }, "failures of 0"},
            {[](Config& c) {
                 c.r1.minTx = Seconds(4000);
                 c.failAt = Seconds(4e9);
             },
             "longer than ns-3 can count"},
            {[](Config& c) {
                 c.schedule = FailurePlan::Schedule::SCRIPT;
                 c.script = "1,A-B,down\n";
             },
             "\"R1-R2\""},
        };
        for (const auto& [change, word] : cases)
        {
            BfdScenarioConfig config = MakeConfig();
            change(config);
            const std::optional<std::string> wrong = BfdScenario::Check(config);
            NS_TEST_ASSERT_MSG_EQ(wrong.has_value(), true, word);
            NS_TEST_EXPECT_MSG_NE(wrong->find(word), std::string::npos, *wrong);
            NS_TEST_EXPECT_MSG_EQ(wrong->find('\n'), std::string::npos, *wrong);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief BFD scenario test suite.
 */
class BfdScenarioTestSuite : public TestSuite
{
  public:
    BfdScenarioTestSuite()
        : TestSuite("keepalive-bfd-scenario")
    {
        AddKinds();
        AddTestCase(new BfdToldTest);
        AddTestCase(new BfdRenegotiationTest);
        AddTestCase(new BfdRebootTest);
        AddTestCase(new BfdNoiseTest);
        AddTestCase(new BfdConsoleTest);
        AddTestCase(new BfdRepeatabilityTest);
        AddTestCase(new BfdCheckTest);
    }

  private:
    /// Add a case for each kind of failure and of configuration.
    void AddKinds()
    {
        using When = Verdict::When;
        using Config = BfdScenarioConfig;
        const Verdict law{When::LAW, {"detection-time-expired"}};
        const Verdict told{When::LAW, {"peer-signaled-down"}};
        const Verdict admin{When::FREE, {"peer-admin-down"}};
        const Verdict never{When::NEVER, {}};
        const Verdict dead{When::OWN, {"node-crashed"}};
        const Verdict shut{When::OWN, {"admin-shutdown"}};
        const Verdict nothing{When::NOTHING, {}};
        const auto unlike = [](Config& c) {
            c.r1 = {MilliSeconds(50), MilliSeconds(100), 5, false};
            c.r2 = {MilliSeconds(400), MilliSeconds(50), 1, true};
        };
        const KindCase cases[] = {
            {"silent", [](Config&) {}, law, law},
            {"silent, frames delivered",
             [](Config& c) {
                 c.inFlight = LinkCut::InFlight::DELIVERED;
                 c.linkDelay = MilliSeconds(40);
             },
             law,
             law},
            {"carrier", [](Config& c) { c.failure = Failure::CARRIER; }, law, law},
            {"shutdown at R2", [](Config& c) { c.failure = Failure::SHUTDOWN; }, admin, shut},
            {"crash of R2", [](Config& c) { c.failure = Failure::CRASH; }, law, dead},
            {"stall of R2", [](Config& c) { c.failure = Failure::STALL; }, law, never, 1},
            {"stall of R2, far away",
             [](Config& c) {
                 c.failure = Failure::STALL;
                 c.linkDelay = MilliSeconds(40);
             },
             law,
             never,
             1},
            {"stall of R2, offloaded",
             [](Config& c) {
                 c.failure = Failure::STALL;
                 c.offloaded = true;
             },
             never,
             never},
            {"silent, offloaded", [](Config& c) { c.offloaded = true; }, law, law},
            {"delay step", [](Config& c) { c.failure = Failure::DELAY_STEP; }, nothing, nothing},
            {"one way to R1", [](Config& c) { c.failure = Failure::ONE_WAY_TO_R1; }, law, told},
            {"one way to R2", [](Config& c) { c.failure = Failure::ONE_WAY_TO_R2; }, told, law},
            {"with users",
             [](Config& c) {
                 c.failure = Failure::ONE_WAY_TO_R2;
                 c.trafficRate = DataRate("80kb/s");
             },
             told,
             law},
            {"unlike", unlike, law, law},
            {"unlike, R2 crashes",
             [unlike](Config& c) {
                 unlike(c);
                 c.failure = Failure::CRASH;
             },
             law,
             dead},
            {"unlike, one way to R1",
             [unlike](Config& c) {
                 unlike(c);
                 c.failure = Failure::ONE_WAY_TO_R1;
             },
             law,
             told},
            {"R1 passive", [](Config& c) { c.r1.passive = true; }, law, law},
            {"changed timers",
             [](Config& c) {
                 c.renegotiateAt = Seconds(7);
                 c.renegotiateTx = MilliSeconds(600);
                 c.renegotiateRx = MilliSeconds(100);
                 c.failAt = Seconds(12);
             },
             law,
             law},
            {"changed timers, faster",
             [](Config& c) {
                 c.r2 = {MilliSeconds(50), MilliSeconds(50), 3, false};
                 c.renegotiateAt = Seconds(7);
                 c.renegotiateTx = MilliSeconds(50);
                 c.renegotiateRx = MilliSeconds(50);
                 c.failAt = Seconds(12);
             },
             law,
             law},
        };
        for (const auto& kind : cases)
        {
            AddTestCase(new BfdFailureKindTest(kind));
        }
    }
};

BfdScenarioTestSuite g_bfdScenarioTestSuite; //!< registers itself

} // namespace
