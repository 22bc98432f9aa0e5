/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The whole experiment on a TCP connection: every kind of failure, every stack.
 *
 * 1. Which end notices which kind of failure, why, and when: within the closed form where there is
 * one; both ends alike, unlike, or only one of them with keepalives; user timeouts.
 * 2. Every stack with its own timers: 2,000 independent random failures each are all inside the
 * closed form and follow the uniform law (Kolmogorov-Smirnov, p > 0.01 for the family). RngRun 1: a
 * seed that fails is a finding, never a reason to choose another.
 * 3. Data in flight suspends keepalives: retransmissions find out, in their own time.
 * 4. A crash and a reboot before anybody notices: the next probe is answered with a reset, and the
 * client connects again, to the instant.
 * 5. A program that hangs is never noticed; a server keeps connections whose client is long gone.
 * 6. A client that finds nobody waits twice as long each time, up to its limit.
 * 7. Losses and an overloaded link make mistakes; priority for the connection removes those of the
 * load.
 * 8. The console tells what happens, in the form of its class comment, and changes nothing.
 * 9. The same configuration gives the same run, bit for bit; another RngRun gives another one.
 * 10. Configurations that cannot be built are refused in one line.
 */

#include "keepalive-statistics.h"

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/tcp-console.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-scenario-law.h"
#include "ns3/tcp-scenario.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Failure = TcpScenarioConfig::Failure;

constexpr uint32_t ENDS[] = {TcpScenario::R1, TcpScenario::R2}; //!< both of them

/**
 * @brief A scenario to start from.
 * @return the default
 */
TcpScenarioConfig
MakeConfig()
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    return TcpScenarioConfig();
}

/**
 * @brief Many failures, each noticed for certain, at random phases.
 * @param config changed
 * @param failures how many
 */
void
FailAtRandom(TcpScenarioConfig& config, uint32_t failures)
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
    std::function<void(TcpScenarioConfig&)> change; //!< the configuration
    Verdict r1;                                     //!< what R1 makes of it
    Verdict r2;                                     //!< what R2 makes of it
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Who notices what.
 */
class TcpFailureKindTest : public TestCase
{
  public:
    /**
     * @brief One configuration.
     * @param kind the case
     */
    explicit TcpFailureKindTest(const KindCase& kind)
        : TestCase("who notices: " + kind.name),
          m_case(kind)
    {
    }

  private:
    void DoRun() override
    {
        TcpScenarioConfig config = MakeConfig();
        FailAtRandom(config, 60);
        m_case.change(config);
        TcpScenario scenario(config);
        scenario.Run();
        Judge(scenario, TcpScenario::R1, m_case.r1);
        Judge(scenario, TcpScenario::R2, m_case.r2);
    }

    /**
     * @brief Judge one end.
     * @param scenario the scenario, run
     * @param end which end
     * @param expected what is expected of it
     */
    void Judge(const TcpScenario& scenario, uint32_t end, const Verdict& expected)
    {
        using When = Verdict::When;
        const TcpScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        const double slack = theory.GetSlack().GetSeconds();
        const bool lawful = expected.when == When::LAW;
        const std::string& name = scenario.GetRecorder().GetName(end);
        NS_TEST_ASSERT_MSG_EQ(law.has_value(), lawful, name << " has a closed form");
        NS_TEST_EXPECT_MSG_EQ((slack < 0.02), true, "slack " << slack);
        std::set<std::string> causes;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end != end)
            {
                continue;
            }
            NS_TEST_EXPECT_MSG_EQ(row.outage, (expected.when != When::NOTHING), "outage");
            NS_TEST_EXPECT_MSG_EQ(row.own, (expected.when == When::OWN), name << " own");
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), lawful, name << " noticed");
            causes.insert(row.cause);
            if (lawful)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                NS_TEST_EXPECT_MSG_EQ((time >= law->lower - slack && time <= law->upper + slack),
                                      true,
                                      name << ": " << time << " in " << law->lower << " to "
                                           << law->upper);
            }
        }
        causes.erase("");
        const bool same = causes == expected.causes;
        NS_TEST_EXPECT_MSG_EQ(same,
                              true,
                              name << ": causes, first "
                                   << (causes.empty() ? "none" : *causes.begin()));
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
    }

    KindCase m_case; //!< the case
};

// ---- 2. the law ----

/**
 * @ingroup keepalive-tests
 * @brief 2. Every stack.
 */
class TcpScenarioLawTest : public TestCase
{
  public:
    TcpScenarioLawTest()
        : TestCase("every stack with its own timers: 2,000 failures each follow the law")
    {
    }

  private:
    static constexpr uint32_t FAILURES = 2000; //!< of each stack

    void DoRun() override
    {
        std::vector<double> p;
        for (const auto& profile : TcpKeepaliveProfile::GetNames())
        {
            TcpScenarioConfig config = MakeConfig();
            for (auto* end : {&config.r1, &config.r2})
            {
                *end = TcpScenarioConfig::End();
                end->profile = profile;
                end->idle = Seconds(0);
                end->interval = Seconds(0);
                end->probes = 0;
            }
            // Hours pass until the repair; few attempts to connect will do.
            config.reconnectDelay = Seconds(4000);
            config.longestReconnectDelay = Seconds(4000);
            config.connectTimeout = Seconds(2);
            FailAtRandom(config, FAILURES);
            TcpScenario scenario(config);
            scenario.Run();
            for (const uint32_t end : ENDS)
            {
                p.push_back(Judge(scenario, end, profile));
            }
        }
        const double smallest = keepalive::tests::HolmSmallestP(p);
        NS_TEST_EXPECT_MSG_EQ((smallest > 0.01), true, "p, corrected: " << smallest);
    }

    /**
     * @brief Judge one sample.
     * @param scenario the scenario, run
     * @param end which end
     * @param profile name of the stack
     * @return p of the test against the uniform law
     */
    double Judge(const TcpScenario& scenario, uint32_t end, const std::string& profile)
    {
        const TcpScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        NS_TEST_EXPECT_MSG_EQ(law.has_value(), true, profile << ": has a closed form");
        if (!law)
        {
            return 0;
        }
        const double slack = theory.GetSlack().GetSeconds();
        std::vector<double> sample;
        uint32_t outside = 0;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end == end && row.detected)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                outside += time < law->lower - slack || time > law->upper + slack;
                sample.push_back((time - law->lower) / (law->upper - law->lower));
            }
        }
        NS_TEST_EXPECT_MSG_EQ(outside, 0, profile << ": outside of the bounds");
        NS_TEST_EXPECT_MSG_EQ(sample.size(), FAILURES, profile << ": noticed");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
        const double p = keepalive::tests::KolmogorovSmirnovP(sample);
        NS_TEST_EXPECT_MSG_EQ((p > 0.001), true, profile << " at " << end << ": p = " << p);
        return p;
    }
};

// ---- 3 to 6. what else becomes of connections ----

/**
 * @ingroup keepalive-tests
 * @brief 3. Data in flight.
 */
class TcpDataTest : public TestCase
{
  public:
    TcpDataTest()
        : TestCase("data in flight suspends keepalives")
    {
    }

  private:
    void DoRun() override
    {
        // Linux gives up data 924.6 s after the first retransmission would be due, and looks when
        // the timer of at most 120 s fires. The first write comes within 5 s of the failure.
        Check(Seconds(5), Seconds(0), "tcp-retransmissions", 924.6, 924.6 + 120 + 5 + 1);
        // With a user timeout it is that time, whatever the retransmission timer.
        Check(Seconds(5), Seconds(20), "tcp-user-timeout", 20, 20 + 5 + 1);
        Check(Seconds(0), Seconds(0), "tcp-keepalive", 29.9, 90.1);
        // Writes that are rarer than keepalives: either may be first.
        CheckRare();
    }

    /**
     * @brief Run, and see how long R1 takes.
     * @param period time between writes
     * @param userTimeout user timeout
     * @param cause why it ends
     * @param lower least time, seconds
     * @param upper most time, seconds
     */
    void Check(Time period, Time userTimeout, const std::string& cause, double lower, double upper)
    {
        TcpScenarioConfig config = MakeConfig();
        config.r1.dataPeriod = period;
        config.r1.userTimeout = userTimeout;
        config.r1.keepalive = true;
        config.failAt = Seconds(101.7);
        config.failFor = Seconds(2000);
        TcpScenario scenario(config);
        scenario.Run();
        const auto& row = scenario.GetRecorder().GetFailureRows().at(TcpScenario::R1);
        NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, cause);
        NS_TEST_EXPECT_MSG_EQ(row.cause, cause, "cause");
        const double time = row.GetDetectionTime()->GetSeconds();
        NS_TEST_EXPECT_MSG_EQ((time >= lower && time <= upper), true, cause << ": " << time);
        NS_TEST_EXPECT_MSG_EQ(TcpScenarioLaw(config).Get(TcpScenario::R1).has_value(),
                              period.IsZero() && userTimeout.IsZero(),
                              "closed form");
    }

    /// Probes first, then data before they have ended: retransmissions decide after all.
    void CheckRare()
    {
        TcpScenarioConfig config = MakeConfig();
        config.r1.dataPeriod = Seconds(500);
        config.failAt = Seconds(430); // probes from about 480 s on, data at 500 s
        config.failFor = Seconds(2000);
        TcpScenario scenario(config);
        scenario.Run();
        const auto& row = scenario.GetRecorder().GetFailureRows().at(TcpScenario::R1);
        NS_TEST_EXPECT_MSG_EQ(row.cause, "tcp-retransmissions", "cause");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. A crash and a reboot.
 */
class TcpRebootTest : public TestCase
{
  public:
    TcpRebootTest()
        : TestCase("after a reboot the next probe is answered with a reset")
    {
    }

  private:
    void DoRun() override
    {
        TcpScenarioConfig config = MakeConfig();
        config.failure = Failure::CRASH;
        config.failAt = Seconds(70);
        config.failFor = Seconds(20);
        std::ostringstream text;
        EventLog log(text);
        TcpScenario scenario(config);
        log.Watch(scenario.GetEnd(TcpScenario::R1),
                  "R1",
                  {"LineProtocol", "KeepaliveTx", "KeepaliveRx", ""});
        scenario.Run();
        // R1's timer: 60 s after the answer at 60.03 s. One way is 7.05 ms for 54 bytes.
        const double established = 0.014;
        const double answered = 2 * established + 60;
        const auto& mistakes = scenario.GetRecorder().GetMistakeRows();
        NS_TEST_ASSERT_MSG_EQ(mistakes.size(), 1, "one end of a connection");
        NS_TEST_EXPECT_MSG_EQ(mistakes.at(0).cause, "tcp-reset", "cause");
        NS_TEST_EXPECT_MSG_EQ(mistakes.at(0).end, TcpScenario::R1, "end");
        NS_TEST_EXPECT_MSG_EQ_TOL(mistakes.at(0).suspected.GetSeconds(),
                                  answered + 60 + established,
                                  1e-3,
                                  "a probe and its reset");
        NS_TEST_ASSERT_MSG_EQ(mistakes.at(0).trusted.has_value(), true, "connects again");
        NS_TEST_EXPECT_MSG_EQ_TOL((*mistakes.at(0).trusted - mistakes.at(0).suspected).GetSeconds(),
                                  config.reconnectDelay.GetSeconds() + established,
                                  1e-3,
                                  "after its delay");
        // R2 died and knows; it has the new connection only.
        const auto& row = scenario.GetRecorder().GetFailureRows().at(TcpScenario::R2);
        NS_TEST_EXPECT_MSG_EQ(row.own, true, "own");
        NS_TEST_EXPECT_MSG_EQ(row.cause, "node-crashed", "cause");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(TcpScenario::R2)->GetConnections().size(), 1, "new");
        NS_TEST_EXPECT_MSG_NE(text.str().find("R1,line-down,tcp-reset,"), std::string::npos, "log");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What nobody notices.
 */
class TcpUnnoticedTest : public TestCase
{
  public:
    TcpUnnoticedTest()
        : TestCase("a program that hangs, and connections without a client")
    {
    }

  private:
    void DoRun() override
    {
        CheckStall(false);
        CheckStall(true);
        for (const bool failR1 : {false, true})
        {
            constexpr uint32_t RUN = 8;
            const uint64_t before = ReadWithLosses(RUN, failR1, Seconds(75));
            const uint64_t after = ReadWithLosses(RUN, failR1, Seconds(160));
            NS_TEST_EXPECT_MSG_GT(after, before + 1000000, "goes on");
        }
        CheckSmallWindow();
        CheckLeftOver();
    }

    /**
     * @brief The server hangs; TCP goes on acknowledging.
     * @param data whether the client writes
     */
    void CheckStall(bool data)
    {
        TcpScenarioConfig config = MakeConfig();
        config.failure = Failure::STALL;
        config.failAt = Seconds(100);
        config.failFor = Seconds(3000);
        config.r1.dataPeriod = data ? Seconds(1) : Seconds(0);
        config.r1.dataSize = 1000;
        TcpScenario scenario(config);
        Ptr<TcpKeepaliveApplication> server = scenario.GetEnd(TcpScenario::R2);
        const auto probes = scenario.GetEnd(TcpScenario::R1);
        scenario.Run();
        for (const uint32_t end : ENDS)
        {
            const auto& row = scenario.GetRecorder().GetFailureRows().at(end);
            NS_TEST_EXPECT_MSG_EQ(row.detected.has_value(), false, "noticed");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(end)->IsUp(), true, "up");
        }
        // 3,000 s of data do not fit into the buffers; all that was taken is read in the end.
        NS_TEST_EXPECT_MSG_EQ((server->GetBytesRead() > 0), data, "read");
        NS_TEST_EXPECT_MSG_EQ((probes->GetCounters().keepalivesHeard > 40), !data, "answers");
    }

    /**
     * @brief A program hangs from 20 s to 80 s, while segments are lost that fill its window.
     * @param run number of the run
     * @param failR1 the client hangs and the server writes; else the other way round
     * @param stop end of the run
     * @return octets that the program has read until then
     */
    uint64_t ReadWithLosses(uint32_t run, bool failR1, Time stop)
    {
        TcpScenarioConfig config = MakeConfig();
        RngSeedManager::SetRun(run);
        config.failure = Failure::STALL;
        config.failR1 = failR1;
        config.failAt = Seconds(20);
        config.stop = stop;
        auto& writer = failR1 ? config.r2 : config.r1;
        writer.dataPeriod = MilliSeconds(10);
        writer.dataSize = 1000;
        config.loss = 0.02;
        TcpScenario scenario(config);
        scenario.Run();
        for (const uint32_t end : ENDS)
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(end)->IsUp(), true, "run " << run);
        }
        return scenario.GetEnd(failR1 ? TcpScenario::R1 : TcpScenario::R2)->GetBytesRead();
    }

    /// A window that is left with less than a segment does not stop the sender for ever.
    void CheckSmallWindow()
    {
        TcpScenarioConfig config = MakeConfig();
        config.failure = Failure::STALL;
        config.failAt = Seconds(100);
        config.failFor = Seconds(300);
        config.stop = Seconds(900);
        config.r1.dataPeriod = Seconds(1);
        config.r1.dataSize = 1000; // 131,072 octets of window are 131 of these, and 72
        TcpScenario scenario(config);
        Ptr<TcpKeepaliveApplication> server = scenario.GetEnd(TcpScenario::R2);
        scenario.Run();
        // What both buffers held at the repair, and a good deal of the 500 s after it.
        NS_TEST_EXPECT_MSG_GT(server->GetBytesRead(), 2 * 131072 + 400000, "read");
    }

    /// A server without keepalives never learns that its client has connected anew.
    void CheckLeftOver()
    {
        TcpScenarioConfig config = MakeConfig();
        config.r2.keepalive = false;
        FailAtRandom(config, 5);
        TcpScenario scenario(config);
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(TcpScenario::R1).censored, 0, "R1");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(TcpScenario::R2).censored, 5, "R2");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(TcpScenario::R1)->GetConnections().size(), 1, "R1");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetEnd(TcpScenario::R2)->GetConnections().size(), 6, "R2");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Connecting again.
 */
class TcpReconnectTest : public TestCase
{
  public:
    TcpReconnectTest()
        : TestCase("a client that finds nobody waits twice as long each time")
    {
    }

  private:
    void DoRun() override
    {
        TcpScenarioConfig config = MakeConfig();
        config.failFor = Seconds(200);
        config.failAt = Seconds(70);
        TcpScenario scenario(config);
        scenario.GetEnd(TcpScenario::R1)
            ->TraceConnectWithoutContext("Connection",
                                         MakeCallback(&TcpReconnectTest::Connection, this));
        scenario.Run();
        // The first attempt 1 s after the end, each takes 5 s, and then 1, 2, 4, 8 and 8 s.
        NS_TEST_ASSERT_MSG_EQ((m_times.size() > 7), true, "attempts");
        const double waits[] = {6, 6, 7, 9, 13, 13};
        for (std::size_t i = 0; i < std::size(waits); i++)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL((m_times[i + 2] - m_times[i + 1]).GetSeconds(),
                                      waits[i],
                                      1e-9,
                                      "wait " << i);
        }
    }

    /**
     * @brief Trace sink: a connection began, ended or failed.
     * @param cause which
     */
    void Connection(Ptr<TcpKeepaliveSocket>, TcpEndCause)
    {
        m_times.push_back(Simulator::Now());
    }

    std::vector<Time> m_times; //!< of all that
};

// ---- 7. noise ----

/**
 * @ingroup keepalive-tests
 * @brief 7. Losses and load.
 */
class TcpNoiseTest : public TestCase
{
  public:
    TcpNoiseTest()
        : TestCase("losses and an overloaded link make mistakes, priority removes them")
    {
    }

  private:
    void DoRun() override
    {
        TcpScenarioConfig config = MakeConfig();
        config.failure = Failure::NONE;
        config.stop = Seconds(20000);
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "quiet");
        config.loss = 0.4;
        NS_TEST_EXPECT_MSG_EQ((CountMistakes(config) > 5), true, "loss");
        config.loss = 0;
        config.burstStart = 0.1;
        config.burstEnd = 0.05;
        NS_TEST_EXPECT_MSG_EQ((CountMistakes(config) > 5), true, "bursts");
        config.burstStart = 0;

        config.stop = Seconds(600);
        config.linkRate = DataRate("200kb/s");
        config.queuePackets = 5;
        config.load = 2;
        config.r1.idle = config.r2.idle = Seconds(10);
        config.r1.interval = config.r2.interval = Seconds(2);
        NS_TEST_EXPECT_MSG_EQ((CountMistakes(config) > 5), true, "load");
        config.priority = true;
        NS_TEST_EXPECT_MSG_EQ(CountMistakes(config), 0, "load, with priority");
    }

    /**
     * @brief Run, and count.
     * @param config the configuration
     * @return mistakes of both ends
     */
    static uint64_t CountMistakes(const TcpScenarioConfig& config)
    {
        TcpScenario scenario(config);
        scenario.Run();
        for (const uint32_t end : ENDS)
        {
            if (TcpScenarioLaw(config).Get(end))
            {
                return 1000000; // there must be no closed form
            }
        }
        return scenario.GetRecorder().GetMistakeRows().size();
    }
};

// ---- 8, 9. what is printed ----

/**
 * @brief Run, and write down everything.
 * @param config the configuration
 * @param console whether there is a console
 * @param transcript filled in with what it prints
 * @return the event log
 */
std::string
RunToText(const TcpScenarioConfig& config, bool console, std::string& transcript)
{
    std::ostringstream events;
    std::ostringstream printed;
    {
        EventLog log(events);
        ConsoleTranscript paper;
        paper.AddStream(printed);
        TcpConsole consoles(paper);
        TcpScenario scenario(config);
        for (const uint32_t end : ENDS)
        {
            const std::string& name = scenario.GetRecorder().GetName(end);
            log.Watch(scenario.GetEnd(end),
                      name,
                      {"LineProtocol", "KeepaliveTx", "KeepaliveRx", ""});
            if (console)
            {
                consoles.Watch(scenario.GetEnd(end), name);
            }
        }
        if (console)
        {
            consoles.ShowEvery(Seconds(7));
        }
        scenario.Run();
        consoles.ShowConnections();
    }
    transcript = printed.str();
    return events.str();
}

/**
 * @ingroup keepalive-tests
 * @brief 8. The console.
 */
class TcpConsoleTest : public TestCase
{
  public:
    TcpConsoleTest()
        : TestCase("what an operator sees")
    {
    }

  private:
    void DoRun() override
    {
        const std::pair<double, const char*> times[] = {{0, "0sec"},
                                                        {0.2, "200ms"},
                                                        {0.014, "014ms"},
                                                        {4.5, "4.500ms"},
                                                        {4, "4sec"},
                                                        {45.9, "45sec"},
                                                        {60, "1min"},
                                                        {90, "1min30sec"},
                                                        {599, "9min59sec"},
                                                        {630, "10min"},
                                                        {7200, "120min"}};
        for (const auto& [time, text] : times)
        {
            NS_TEST_EXPECT_MSG_EQ(TcpConsole::TimerText(Seconds(time)), text, "time");
        }

        TcpScenarioConfig config = MakeConfig();
        config.failAt = Seconds(70);
        config.failFor = Seconds(100);
        std::string transcript;
        RunToText(config, true, transcript);
        const std::string probe = "Out IP 10.1.0.1.49153 > 10.2.0.2.40000: Flags [.], seq 0:0, ack "
                                  "1, win 32768, length 0 [keep-alive]\n";
        // One answered, three not.
        Count(transcript, "R1: 00:01:00.014: " + probe, 1);
        Count(transcript, probe, 4);
        Count(transcript, "R1: 00:01:00.028: In  IP 10.2.0.2.40000 > 10.1.0.1.49153: Flags [.]", 2);
        Count(transcript, "R2: 00:01:00.021: server", 0);
        Count(transcript, "length 0 [keep-alive ACK]\n", 4);
        Count(transcript,
              "R1: 00:02:30.028: Out IP 10.1.0.1.49153 > 10.2.0.2.40000: Flags [R.], seq 1:1, ack "
              "1, win 32768, length 0\n",
              1);
        Count(transcript,
              "R1: 00:02:30.028: client: 10.2.0.2:40000: recv: Connection timed out (ETIMEDOUT): "
              "keepalive\n",
              1);
        Count(transcript, "client: connect: no answer, begins again\n", 3);
        Count(transcript,
              "R1: 00:00:00.014: ss: ESTAB 0 0 10.1.0.1:49153 10.2.0.2:40000 "
              "timer:(keepalive,1min,0)\n",
              1);
        // At 63 s the timer still runs its interval after the probe of 60 s; then it is set anew.
        Count(transcript,
              "R1: 00:01:03.000: ss: ESTAB 0 0 10.1.0.1:49153 10.2.0.2:40000 "
              "timer:(keepalive,7.014ms,0)\n",
              1);
        Count(transcript,
              "R1: 00:01:10.000: ss: ESTAB 0 0 10.1.0.1:49153 10.2.0.2:40000 "
              "timer:(keepalive,014ms,0)\n",
              1);
        Count(transcript,
              "R1: 00:01:17.000: ss: ESTAB 0 0 10.1.0.1:49153 10.2.0.2:40000 "
              "timer:(keepalive,43sec,0)\n",
              1);
        Count(transcript,
              "R1: 00:02:13.000: ss: ESTAB 0 0 10.1.0.1:49153 10.2.0.2:40000 "
              "timer:(keepalive,7.028ms,2)\n",
              1);
        Count(transcript, "R1$ ss -to\n", 1);

        config.failure = Failure::CRASH;
        config.failFor = Seconds(20);
        RunToText(config, true, transcript);
        Count(transcript, "recv: Connection reset by peer (ECONNRESET): reset-by-peer\n", 1);
        Count(transcript, ": Flags [R], seq 1:1, win ", 2);

        config.failure = Failure::SILENT;
        config.failFor = Seconds(100);
        config.r1.dataPeriod = Seconds(5);
        RunToText(config, true, transcript);
        Count(transcript, " timer:(on)\n", 16);
        NS_TEST_EXPECT_MSG_NE(transcript.find("length 100 [retransmission]"),
                              std::string::npos,
                              "retransmission");
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
 * @brief 9. Repeatability.
 */
class TcpRepeatabilityTest : public TestCase
{
  public:
    TcpRepeatabilityTest()
        : TestCase("the same configuration gives the same run, console or not")
    {
    }

  private:
    void DoRun() override
    {
        TcpScenarioConfig config = MakeConfig();
        FailAtRandom(config, 3);
        config.failFor = Seconds(100);
        config.loss = 0.1;
        config.load = 0.9;
        config.linkRate = DataRate("200kb/s");
        config.trafficRate = DataRate("10kb/s");
        config.r1.dataPeriod = Seconds(20);
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

// ---- 10. bad configurations ----

/**
 * @ingroup keepalive-tests
 * @brief 10. What is refused.
 */
class TcpCheckTest : public TestCase
{
  public:
    TcpCheckTest()
        : TestCase("what cannot be built is refused in one line")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(TcpScenario::Check(MakeConfig()).has_value(), false, "default");
        using Config = TcpScenarioConfig;
        const std::pair<std::function<void(Config&)>, const char*> cases[] = {
            {[](Config& c) { c.r1.profile = "beos"; }, "\"beos\""},
            {[](Config& c) { c.r2.profile = ""; }, "profile"},
            {[](Config& c) { c.r1.idle = Seconds(-1); }, "-1 s"},
            {[](Config& c) { c.r2.interval = Seconds(-2); }, "-2 s"},
            {[](Config& c) { c.r1.userTimeout = Seconds(-3); }, "-3 s"},
            {[](Config& c) { c.r1.dataPeriod = Seconds(-4); }, "-4 s"},
            {[](Config& c) { c.r1.dataSize = 0; }, "0 octets"},
            {[](Config& c) { c.connectTimeout = Seconds(0); }, "to connect of 0 s"},
            {[](Config& c) { c.reconnectDelay = Seconds(0); }, "to connect of 0 s"},
            {[](Config& c) { c.longestReconnectDelay = Seconds(-1); }, "to connect of -1 s"},
            {[](Config& c) { c.port = 0; }, "port 0"},
            {[](Config& c) { c.linkRate = DataRate(0); }, "rate of 0"},
            {[](Config& c) { c.lanRate = DataRate(0); }, "rate of 0"},
            {[](Config& c) { c.failure = Failure::BINDING_LOSS; }, "no NAT"},
            {[](Config& c) { c.failure = Failure::SHUTDOWN; }, "shut"},
            {[](Config& c) { c.failures = 0; }, "failures of 0"},
            {[](Config& c) { c.r1.idle = Seconds(5e9); }, "longer than ns-3 can count"},
            {[](Config& c) {
                 c.schedule = FailurePlan::Schedule::SCRIPT;
                 c.script = "1,R1-R2,down\n";
             },
             "\"A-B\""},
        };
        for (const auto& [change, word] : cases)
        {
            TcpScenarioConfig config = MakeConfig();
            change(config);
            const std::optional<std::string> wrong = TcpScenario::Check(config);
            NS_TEST_ASSERT_MSG_EQ(wrong.has_value(), true, word);
            NS_TEST_EXPECT_MSG_NE(wrong->find(word), std::string::npos, *wrong);
            NS_TEST_EXPECT_MSG_EQ(wrong->find('\n'), std::string::npos, *wrong);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief TCP scenario test suite.
 */
class TcpScenarioTestSuite : public TestSuite
{
  public:
    TcpScenarioTestSuite()
        : TestSuite("keepalive-tcp-scenario")
    {
        AddKinds();
        AddTestCase(new TcpScenarioLawTest);
        AddTestCase(new TcpDataTest);
        AddTestCase(new TcpRebootTest);
        AddTestCase(new TcpUnnoticedTest);
        AddTestCase(new TcpReconnectTest);
        AddTestCase(new TcpNoiseTest);
        AddTestCase(new TcpConsoleTest);
        AddTestCase(new TcpRepeatabilityTest);
        AddTestCase(new TcpCheckTest);
    }

  private:
    /// Add a case for each kind of failure and of configuration.
    void AddKinds()
    {
        using When = Verdict::When;
        using Config = TcpScenarioConfig;
        const Verdict law{When::LAW, {"tcp-keepalive"}};
        const Verdict told{When::LAW, {"tcp-reset"}};
        const Verdict either{When::LAW, {"tcp-keepalive", "tcp-reset"}};
        const Verdict user{When::LAW, {"tcp-user-timeout"}};
        const Verdict never{When::NEVER, {}};
        const Verdict dead{When::OWN, {"node-crashed"}};
        const Verdict nothing{When::NOTHING, {}};
        const auto unlike = [](Config& c) {
            c.r2.idle = Seconds(40);
            c.r2.interval = Seconds(5);
            c.r2.probes = 6;
        };
        const KindCase cases[] = {
            {"silent", [](Config&) {}, law, law},
            {"silent, frames delivered",
             [](Config& c) { c.inFlight = LinkCut::InFlight::DELIVERED; },
             law,
             law},
            {"carrier of the routers", [](Config& c) { c.failure = Failure::CARRIER; }, law, law},
            {"crash of R2", [](Config& c) { c.failure = Failure::CRASH; }, law, dead},
            {"crash of R1",
             [](Config& c) {
                 c.failure = Failure::CRASH;
                 c.failR1 = true;
             },
             dead,
             law},
            {"stall of R2", [](Config& c) { c.failure = Failure::STALL; }, never, never},
            {"stall of R1",
             [](Config& c) {
                 c.failure = Failure::STALL;
                 c.failR1 = true;
             },
             never,
             never},
            {"delay step", [](Config& c) { c.failure = Failure::DELAY_STEP; }, nothing, nothing},
            {"with users",
             [](Config& c) {
                 c.failures = 10;
                 c.trafficRate = DataRate("20kb/s");
             },
             law,
             law},
            // Both started together; R1 began, and is first.
            {"one way to R1", [](Config& c) { c.failure = Failure::ONE_WAY_TO_R1; }, law, told},
            {"one way to R2", [](Config& c) { c.failure = Failure::ONE_WAY_TO_R2; }, law, law},
            {"unlike timers", unlike, law, law},
            {"unlike timers, one way to R1",
             [unlike](Config& c) {
                 unlike(c);
                 c.failure = Failure::ONE_WAY_TO_R1;
             },
             law,
             either},
            {"unlike timers, one way to R2",
             [unlike](Config& c) {
                 unlike(c);
                 c.failure = Failure::ONE_WAY_TO_R2;
             },
             either,
             law},
            {"keepalives of R1 only", [](Config& c) { c.r2.keepalive = false; }, law, never},
            {"keepalives of R1 only, one way to R1",
             [](Config& c) {
                 c.r2.keepalive = false;
                 c.failure = Failure::ONE_WAY_TO_R1;
             },
             law,
             told},
            {"keepalives of R2 only",
             [](Config& c) {
                 c.r1.keepalive = false;
                 c.schedule = FailurePlan::Schedule::ONCE;
                 c.failures = 1;
             },
             never,
             law},
            {"no keepalives",
             [](Config& c) { c.r1.keepalive = c.r2.keepalive = false; },
             never,
             never},
            {"an interval above the idle time",
             [](Config& c) {
                 for (auto* end : {&c.r1, &c.r2})
                 {
                     end->idle = Seconds(10);
                     end->interval = Seconds(25);
                 }
             },
             law,
             law},
            {"user timeouts",
             [](Config& c) { c.r1.userTimeout = c.r2.userTimeout = Seconds(75); },
             user,
             user},
            {"user timeout below the idle time",
             [](Config& c) { c.r1.userTimeout = Seconds(5); },
             user,
             law},
            {"FreeBSD with Windows, one with keepalives",
             [](Config& c) {
                 c.r1.profile = "freebsd";
                 c.r2.profile = "windows-vista";
                 c.r2.keepalive = false;
             },
             law,
             never},
            {"FreeBSD, one way to R1",
             [](Config& c) {
                 c.r1.profile = c.r2.profile = "freebsd";
                 c.failure = Failure::ONE_WAY_TO_R1;
             },
             law,
             told},
            {"Solaris with a fixed interval",
             [](Config& c) { c.r1.profile = c.r2.profile = "solaris"; },
             law,
             law},
            {"Linux with an octet",
             [](Config& c) { c.r1.garbage = c.r2.garbage = true; },
             law,
             law},
        };
        for (const auto& kind : cases)
        {
            AddTestCase(new TcpFailureKindTest(kind));
        }
    }
};

TcpScenarioTestSuite g_tcpScenarioTestSuite; //!< registers itself

} // namespace
