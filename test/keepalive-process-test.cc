/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/double.h"
#include "ns3/keepalive-process.h"
#include "ns3/nstime.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief KeepaliveProcess with a peer that answers after a round trip, unless it has failed.
 *
 * Probes leave at 3 s, 13 s, 23 s and so on, and are answered 0.2 s later.
 *
 * Behaviours:
 *  1. a peer that answers is never suspected, under no rule
 *  2. after a failure each rule reaches its verdict at its own exact time, with its cause, and
 *     takes it back when the peer answers again
 *  3. a peer that never answers is suspected as many intervals after the start
 *  4. HOLD_TIME and HOLD_TIME_AT_TICK take R * T unless a hold time is set
 *  5. with an upCount, as many probes in a row must be answered
 *  6. the verdict of a tick comes before its probe, and the count is what a console prints
 *  7. a stall: no probe, no verdict; the ticks go on where they would have been
 *  8. a reply during a stall goes unheard
 *  9. a hold time that runs out during a stall expires at its end, at once
 * 10. a hold time that runs out after a stall expires when it is due
 * 11. Stop: no probe, no verdict, no event; the simulation ends
 * 12. Stop from within a verdict: the probe of that tick is not sent
 * 13. replies while stopped go unheard
 * 14. a start after a stop trusts the peer anew
 * 15. an interval of zero keeps the process stopped
 * 16. a process that is stopped during a stall has no verdict left for its end
 * 17. a start from within a verdict begins afresh: the old tick sends no probe of the new life
 * 18. HOLD_TIME_AT_TICK: a silence of just the hold time is none too long, and a stall has no
 *     verdict before the next tick
 * 19. BY_OWNER: no verdict ever, but the count of a console
 * 20. a probe that is not needed is not sent, and is as good as answered, under every rule
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// A test case with a process, its peer, and a record of what happens.
class ProcessTestCase : public TestCase, public KeepaliveProcess::Owner
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit ProcessTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
        phase->SetAttribute("Constant", DoubleValue(0.3));
        m_process = std::make_unique<KeepaliveProcess>(*this);
        m_process->SetStartPhase(phase);
        m_config = KeepaliveProcess::Config();
        m_config.interval = Seconds(10);
        m_peerFails = Time::Max();
        m_peerReturns = Time::Max();
        m_probes.clear();
        m_log.clear();
    }

    void DoTeardown() override
    {
        m_process.reset();
        Simulator::Destroy();
    }

    /**
     * @brief Start at time 0 and run.
     * @param end when to stop the simulation
     */
    void Run(Time end)
    {
        m_process->Start(m_config);
        Simulator::Stop(end);
        Simulator::Run();
    }

    /**
     * @brief Hang, or go on, at a given time.
     * @param at when
     * @param stalled true to hang
     */
    void StallAt(Time at, bool stalled)
    {
        Simulator::Schedule(at, &ProcessTestCase::Stall, this, stalled);
    }

    /**
     * @brief Stop at a given time.
     * @param at when
     */
    void StopAt(Time at)
    {
        Simulator::Schedule(at, &ProcessTestCase::Stop, this);
    }

    /**
     * @brief Start at a given time.
     * @param at when
     */
    void StartAt(Time at)
    {
        Simulator::Schedule(at, &ProcessTestCase::Start, this);
    }

    /**
     * @brief A reply at a given time, out of the blue.
     * @param at when
     */
    void ReplyAt(Time at)
    {
        Simulator::Schedule(at, &ProcessTestCase::Reply, this);
    }

    /**
     * @brief Compare the verdicts.
     * @param expected lines of time in milliseconds, D or U, and cause
     */
    void ExpectVerdicts(const std::vector<std::string>& expected)
    {
        std::string all;
        for (const auto& line : expected)
        {
            all += line + "\n";
        }
        NS_TEST_EXPECT_MSG_EQ(m_log, all, "verdicts");
    }

    /**
     * @brief Compare the probes.
     * @param expected when they were sent, in seconds
     */
    void ExpectProbes(const std::vector<double>& expected)
    {
        NS_TEST_ASSERT_MSG_EQ(m_probes.size(), expected.size(), "number of probes");
        for (std::size_t i = 0; i < expected.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(m_probes[i], Seconds(expected[i]), "probe " << i);
        }
    }

    /// A probe is sent: the peer answers unless it has failed.
    void SendProbe() override
    {
        const Time now = Simulator::Now();
        m_probes.push_back(now);
        if (now < m_peerFails || now >= m_peerReturns)
        {
            ReplyAt(ROUND_TRIP);
        }
    }

    /**
     * @brief There is a verdict.
     * @param transition up or down
     * @param cause why
     */
    void HandleVerdict(LinkTransition transition, LineCause cause) override
    {
        NS_TEST_EXPECT_MSG_EQ((transition == LinkTransition::NONE), false, "NONE is no verdict");
        m_log += std::to_string(Simulator::Now().GetMilliSeconds()) +
                 (transition == LinkTransition::WENT_UP ? " U " : " D ") + ToString(cause) + "\n";
    }

    const Time ROUND_TRIP = MilliSeconds(200);   //!< from probe to reply
    std::unique_ptr<KeepaliveProcess> m_process; //!< the process
    KeepaliveProcess::Config m_config;           //!< its configuration
    Time m_peerFails;                            //!< probes from then on go unanswered
    Time m_peerReturns;                          //!< probes from then on are answered again
    std::vector<Time> m_probes;                  //!< when probes were sent
    std::string m_log;                           //!< verdicts

  private:
    /**
     * @brief Hang, or go on.
     * @param stalled true to hang
     */
    void Stall(bool stalled)
    {
        m_process->SetStalled(stalled);
    }

    /// Stop.
    void Stop()
    {
        m_process->Stop();
    }

    /// Start.
    void Start()
    {
        m_process->Start(m_config);
    }

    /// A reply arrives.
    void Reply()
    {
        m_process->OnReply();
    }
};

/// Behaviour 1.
class NoFailureTestCase : public ProcessTestCase
{
  public:
    NoFailureTestCase()
        : ProcessTestCase("A peer that answers is never suspected, under no rule")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto rule : {KeepaliveProcess::CISCO,
                                KeepaliveProcess::HUAWEI_SEND,
                                KeepaliveProcess::HUAWEI_EXPIRY,
                                KeepaliveProcess::HOLD_TIME,
                                KeepaliveProcess::HOLD_TIME_AT_TICK,
                                KeepaliveProcess::BY_OWNER})
        {
            DoSetup();
            m_config.rule = rule;
            m_config.retries = 2;
            Run(Seconds(10000));
            ExpectVerdicts({});
            NS_TEST_EXPECT_MSG_EQ(m_probes.size(), 1000, "number of probes");
            NS_TEST_EXPECT_MSG_EQ(m_process->GetCount(), 0, "the last one was answered");
            DoTeardown();
        }
    }
};

/// Behaviours 2 to 5: one failure, exact times.
class VerdictTestCase : public ProcessTestCase
{
  public:
    /// What is configured, and what must come of it.
    struct Expectation
    {
        std::string name;                     //!< the behaviour
        KeepaliveProcess::VerdictRule rule;   //!< the rule
        double holdTime;                      //!< seconds, 0 for R * T
        uint32_t upCount;                     //!< probes answered in a row
        double peerFails;                     //!< seconds
        std::vector<std::string> expectation; //!< see ExpectVerdicts
    };

    /**
     * @brief Create a case.
     * @param expectation what is configured, and what must come of it
     */
    explicit VerdictTestCase(const Expectation& expectation)
        : ProcessTestCase(expectation.name),
          m_expectation(expectation)
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = m_expectation.rule;
        m_config.retries = 3;
        m_config.holdTime = Seconds(m_expectation.holdTime);
        m_config.upCount = m_expectation.upCount;
        m_peerFails = Seconds(m_expectation.peerFails);
        m_peerReturns = Seconds(100);
        Run(Seconds(200));
        ExpectVerdicts(m_expectation.expectation);
        // Whatever the verdict, probing goes on.
        NS_TEST_EXPECT_MSG_EQ(m_probes.size(), 20, "number of probes");
    }

    Expectation m_expectation; //!< what is configured, and what must come of it
};

/// Behaviour 6.
class OrderTestCase : public ProcessTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name name of the rule
     * @param rule the rule
     * @param expected letters in order of events: p probe with count, D verdict with count
     */
    OrderTestCase(const std::string& name,
                  KeepaliveProcess::VerdictRule rule,
                  const std::string& expected)
        : ProcessTestCase("The verdict of a tick comes before its probe; counts of " + name),
          m_rule(rule),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        m_order.clear();
        m_config.rule = m_rule;
        m_peerFails = Seconds(0);
        Run(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(m_order, m_expected, "order of events");
    }

    void SendProbe() override
    {
        ProcessTestCase::SendProbe();
        m_order += "p" + std::to_string(m_process->GetCount());
    }

    void HandleVerdict(LinkTransition, LineCause) override
    {
        m_order += "D";
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
    std::string m_expected;               //!< order expected
    std::string m_order;                  //!< order seen
};

/// Behaviour 7.
class StallTestCase : public ProcessTestCase
{
  public:
    StallTestCase()
        : ProcessTestCase("A stall: no probe, no verdict, and then the ticks of before")
    {
    }

  private:
    void DoRun() override
    {
        m_config.retries = 2;
        m_peerFails = Seconds(30); // unanswered: 33; then stalled; 73; down at 83
        StallAt(Seconds(35), true);
        StallAt(Seconds(36), true); // once more changes nothing
        StallAt(Seconds(65), false);
        StallAt(Seconds(66), false);
        Run(Seconds(100));
        ExpectProbes({3, 13, 23, 33, 73, 83, 93});
        ExpectVerdicts({"83000 D keepalive-unanswered"});
        NS_TEST_EXPECT_MSG_EQ(m_process->IsStalled(), false, "over");
    }
};

/// Behaviour 8.
class UnheardTestCase : public ProcessTestCase
{
  public:
    UnheardTestCase()
        : ProcessTestCase("A reply during a stall goes unheard")
    {
    }

  private:
    void DoRun() override
    {
        m_config.retries = 1;
        StallAt(Seconds(23.1), true); // the reply at 23.2 is not heard
        StallAt(Seconds(23.3), false);
        Run(Seconds(60));
        ExpectProbes({3, 13, 23, 33, 43, 53});
        ExpectVerdicts({"33000 D keepalive-unanswered", "33200 U keepalive-answered"});
    }
};

/// Behaviour 9.
class HoldTimeInStallTestCase : public ProcessTestCase
{
  public:
    HoldTimeInStallTestCase()
        : ProcessTestCase("A hold time that runs out during a stall expires at its end")
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = KeepaliveProcess::HOLD_TIME; // 30 s, last heard at 23.2
        StallAt(Seconds(25), true);
        StallAt(Seconds(65), false);
        Run(Seconds(100));
        ExpectProbes({3, 13, 23, 73, 83, 93});
        ExpectVerdicts({"65000 D hold-time-expired", "73200 U keepalive-answered"});
    }
};

/// Behaviour 10.
class HoldTimeAfterStallTestCase : public ProcessTestCase
{
  public:
    HoldTimeAfterStallTestCase()
        : ProcessTestCase("A hold time that runs out after a stall expires when it is due")
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = KeepaliveProcess::HOLD_TIME;
        m_config.holdTime = Seconds(25); // last heard at 23.2
        StallAt(Seconds(25), true);
        StallAt(Seconds(48), false);
        Run(Seconds(60));
        ExpectProbes({3, 13, 23, 53});
        ExpectVerdicts({"48200 D hold-time-expired", "53200 U keepalive-answered"});
    }
};

/// Behaviour 11.
class StopTestCase : public ProcessTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name name of the rule
     * @param rule the rule
     */
    StopTestCase(const std::string& name, KeepaliveProcess::VerdictRule rule)
        : ProcessTestCase("Stop: no probe, no verdict, and the simulation ends, " + name),
          m_rule(rule)
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = m_rule;
        m_peerFails = Seconds(20);
        StopAt(Seconds(40));
        m_process->Start(m_config);
        Simulator::Run(); // without Simulator::Stop
        ExpectProbes({3, 13, 23, 33});
        ExpectVerdicts({});
        NS_TEST_EXPECT_MSG_EQ(m_process->IsRunning(), false, "stopped");
        NS_TEST_EXPECT_MSG_EQ(Simulator::IsFinished(), true, "an event is left");
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
};

/// Behaviour 12.
class StopInVerdictTestCase : public ProcessTestCase
{
  public:
    StopInVerdictTestCase()
        : ProcessTestCase("Stop from within a verdict: the probe of that tick is not sent")
    {
    }

  private:
    void DoRun() override
    {
        m_peerFails = Seconds(20);
        m_process->Start(m_config);
        Simulator::Run(); // without Simulator::Stop
        ExpectProbes({3, 13, 23, 33, 43});
        ExpectVerdicts({"53000 D keepalive-unanswered"});
        NS_TEST_EXPECT_MSG_EQ(m_process->IsRunning(), false, "stopped");
    }

    void HandleVerdict(LinkTransition transition, LineCause cause) override
    {
        ProcessTestCase::HandleVerdict(transition, cause);
        m_process->Stop();
    }
};

/// Behaviour 13.
class StoppedReplyTestCase : public ProcessTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name name of the rule
     * @param rule the rule
     */
    StoppedReplyTestCase(const std::string& name, KeepaliveProcess::VerdictRule rule)
        : ProcessTestCase("Replies while stopped go unheard, " + name),
          m_rule(rule)
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = m_rule;
        m_process->OnReply(); // never started
        m_peerFails = Seconds(0);
        StopAt(Seconds(50)); // suspected by now
        ReplyAt(Seconds(51));
        m_process->Start(m_config);
        Simulator::Run(); // a reply must not start the hold time either
        ExpectVerdicts({m_rule == KeepaliveProcess::HOLD_TIME ? "30000 D hold-time-expired"
                        : m_rule == KeepaliveProcess::HOLD_TIME_AT_TICK
                            ? "33000 D hold-time-expired"
                            : "33000 D keepalive-unanswered"});
        NS_TEST_EXPECT_MSG_EQ(m_process->GetCount(), 5, "the count stays as well");
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
};

/// Behaviour 14.
class RestartTestCase : public ProcessTestCase
{
  public:
    RestartTestCase()
        : ProcessTestCase("A start after a stop trusts the peer anew, without a verdict")
    {
    }

  private:
    void DoRun() override
    {
        m_peerFails = Seconds(0);
        StopAt(Seconds(50));
        StartAt(Seconds(60));
        StartAt(Seconds(71)); // a running process starts over as well
        Run(Seconds(120));
        ExpectProbes({3, 13, 23, 33, 43, 63, 74, 84, 94, 104, 114});
        ExpectVerdicts({"33000 D keepalive-unanswered", "104000 D keepalive-unanswered"});
    }
};

/// Behaviour 15.
class ZeroIntervalTestCase : public ProcessTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name name of the rule
     * @param rule the rule
     */
    ZeroIntervalTestCase(const std::string& name, KeepaliveProcess::VerdictRule rule)
        : ProcessTestCase("An interval of zero keeps the process stopped, " + name),
          m_rule(rule)
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = m_rule;
        m_config.interval = Time(0);
        m_config.holdTime = Seconds(5);
        ReplyAt(Seconds(1));
        m_process->Start(m_config);
        Simulator::Run(); // without Simulator::Stop
        ExpectProbes({});
        ExpectVerdicts({});
        NS_TEST_EXPECT_MSG_EQ(m_process->IsRunning(), false, "stopped");
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
};

/// Behaviour 16.
class StopInStallTestCase : public ProcessTestCase
{
  public:
    StopInStallTestCase()
        : ProcessTestCase("Stopped during a stall: no verdict is left for its end")
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = KeepaliveProcess::HOLD_TIME; // runs out at 53.2
        StallAt(Seconds(25), true);
        StopAt(Seconds(60));
        StallAt(Seconds(65), false);
        Run(Seconds(100));
        ExpectVerdicts({});
    }
};

/// Behaviour 17.
class StartInVerdictTestCase : public ProcessTestCase
{
  public:
    StartInVerdictTestCase()
        : ProcessTestCase("Started from within a verdict: the first probe is that of the new life")
    {
    }

  private:
    void DoRun() override
    {
        m_peerFails = Seconds(0);
        Run(Seconds(50));
        ExpectVerdicts({"33000 D keepalive-unanswered"});
        ExpectProbes({3, 13, 23, 36, 46});
    }

    void HandleVerdict(LinkTransition transition, LineCause cause) override
    {
        ProcessTestCase::HandleVerdict(transition, cause);
        m_process->Start(m_config);
    }
};

/// Behaviour 18.
class SilenceAtTickInStallTestCase : public ProcessTestCase
{
  public:
    SilenceAtTickInStallTestCase()
        : ProcessTestCase("HOLD_TIME_AT_TICK: a stall has no verdict before the next tick")
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = KeepaliveProcess::HOLD_TIME_AT_TICK; // 30 s, last heard at 23.2
        StallAt(Seconds(25), true);
        StallAt(Seconds(65), false);
        Run(Seconds(100));
        ExpectProbes({3, 13, 23, 73, 83, 93});
        ExpectVerdicts({"73000 D hold-time-expired", "73200 U keepalive-answered"});
    }
};

/// Behaviour 19.
class ByOwnerTestCase : public ProcessTestCase
{
  public:
    ByOwnerTestCase()
        : ProcessTestCase("BY_OWNER: no verdict ever, but the count of a console")
    {
    }

  private:
    void DoRun() override
    {
        m_config.rule = KeepaliveProcess::BY_OWNER;
        m_config.retries = 1;
        m_config.holdTime = Seconds(5); // without meaning
        m_peerFails = Seconds(31);
        Run(Seconds(1000));
        ExpectVerdicts({});
        NS_TEST_EXPECT_MSG_EQ(m_probes.size(), 100, "number of probes");
        NS_TEST_EXPECT_MSG_EQ(m_process->GetCount(), 97, "unanswered from 33 s on");
    }
};

/// Behaviour 20.
class NeedlessTestCase : public ProcessTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name name of the rule
     * @param rule the rule
     * @param verdicts see ExpectVerdicts
     */
    NeedlessTestCase(const std::string& name,
                     KeepaliveProcess::VerdictRule rule,
                     const std::vector<std::string>& verdicts)
        : ProcessTestCase("A probe that is not needed is as good as answered, " + name),
          m_rule(rule),
          m_verdicts(verdicts)
    {
    }

  private:
    bool IsProbeNeeded() override
    {
        const Time now = Simulator::Now();
        m_asked++;
        return !(now > Seconds(20) && now < Seconds(60)) && now < Seconds(110);
    }

    void DoRun() override
    {
        m_asked = 0;
        m_config.rule = m_rule;
        m_peerFails = Seconds(0); // nothing is ever answered
        Run(Seconds(120));
        ExpectProbes({3, 13, 63, 73, 83, 93, 103});
        ExpectVerdicts(m_verdicts);
        NS_TEST_EXPECT_MSG_EQ(m_asked, 12, "asked at every tick");
        NS_TEST_EXPECT_MSG_EQ(m_process->GetCount(), 0, "nothing is outstanding");
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
    std::vector<std::string> m_verdicts;  //!< see ExpectVerdicts
    uint32_t m_asked{0};                  //!< how often it was asked
};

/// Behaviour of KeepaliveProcess.
class KeepaliveProcessTestSuite : public TestSuite
{
  public:
    KeepaliveProcessTestSuite()
        : TestSuite("keepalive-process")
    {
        using Process = KeepaliveProcess;
        const std::string up = "103200 U keepalive-answered";
        const std::vector<VerdictTestCase::Expectation> verdicts = {
            // The last probe that is answered leaves at 23 s, its reply comes at 23.2 s.
            {"CISCO: down at the attempt after three unanswered probes",
             Process::CISCO,
             0,
             1,
             31,
             {"63000 D keepalive-unanswered", up}},
            {"HUAWEI_SEND: down at the third unanswered probe",
             Process::HUAWEI_SEND,
             0,
             1,
             31,
             {"53000 D keepalive-unanswered", up}},
            {"HUAWEI_EXPIRY: down an interval after the third unanswered probe",
             Process::HUAWEI_EXPIRY,
             0,
             1,
             31,
             {"63000 D keepalive-unanswered", up}},
            {"HOLD_TIME: down three intervals after the last reply, by default",
             Process::HOLD_TIME,
             0,
             1,
             31,
             {"53200 D hold-time-expired", up}},
            {"HOLD_TIME: down a hold time after the last reply, if set",
             Process::HOLD_TIME,
             12.345,
             1,
             31,
             {"35545 D hold-time-expired", up}},
            {"CISCO: a peer that never answers is down R intervals after the first probe",
             Process::CISCO,
             0,
             1,
             0,
             {"33000 D keepalive-unanswered", up}},
            {"HUAWEI_SEND: a peer that never answers is down at the R-th probe",
             Process::HUAWEI_SEND,
             0,
             1,
             0,
             {"23000 D keepalive-unanswered", up}},
            {"HUAWEI_EXPIRY: a peer that never answers is down R intervals after the first probe",
             Process::HUAWEI_EXPIRY,
             0,
             1,
             0,
             {"33000 D keepalive-unanswered", up}},
            {"HOLD_TIME: a peer that never answers is down a hold time after the start",
             Process::HOLD_TIME,
             0,
             1,
             0,
             {"30000 D hold-time-expired", up}},
            {"CISCO: with an upCount of 3, up at the third answered probe in a row",
             Process::CISCO,
             0,
             3,
             31,
             {"63000 D keepalive-unanswered", "123200 U keepalive-answered"}},
            {"HUAWEI_SEND: with an upCount of 3, up at the third answered probe in a row",
             Process::HUAWEI_SEND,
             0,
             3,
             31,
             {"53000 D keepalive-unanswered", "123200 U keepalive-answered"}},
            {"HUAWEI_EXPIRY: with an upCount of 3, up at the third answered probe in a row",
             Process::HUAWEI_EXPIRY,
             0,
             3,
             31,
             {"63000 D keepalive-unanswered", "123200 U keepalive-answered"}},
            {"HOLD_TIME: with an upCount of 3, up at the third answered probe in a row",
             Process::HOLD_TIME,
             0,
             3,
             31,
             {"53200 D hold-time-expired", "123200 U keepalive-answered"}},
            {"HOLD_TIME_AT_TICK: down at the first tick three intervals after the last reply",
             Process::HOLD_TIME_AT_TICK,
             0,
             1,
             31,
             {"63000 D hold-time-expired", up}},
            {"HOLD_TIME_AT_TICK: down at the first tick a hold time after the last reply, if set",
             Process::HOLD_TIME_AT_TICK,
             12.345,
             1,
             31,
             {"43000 D hold-time-expired", up}},
            {"HOLD_TIME_AT_TICK: a silence of just the hold time is none too long",
             Process::HOLD_TIME_AT_TICK,
             29.8,
             1,
             31,
             {"63000 D hold-time-expired", up}},
            {"HOLD_TIME_AT_TICK: a silence of a little more is",
             Process::HOLD_TIME_AT_TICK,
             29.799,
             1,
             31,
             {"53000 D hold-time-expired", up}},
            {"HOLD_TIME_AT_TICK: a peer that never answers is down a hold time after the start",
             Process::HOLD_TIME_AT_TICK,
             0,
             1,
             0,
             {"33000 D hold-time-expired", up}},
            {"HOLD_TIME_AT_TICK: with an upCount of 3, up at the third answered probe in a row",
             Process::HOLD_TIME_AT_TICK,
             0,
             3,
             31,
             {"63000 D hold-time-expired", "123200 U keepalive-answered"}}};

        AddTestCase(new NoFailureTestCase);
        for (const auto& verdict : verdicts)
        {
            AddTestCase(new VerdictTestCase(verdict));
        }
        AddTestCase(new OrderTestCase("CISCO", Process::CISCO, "p1p2p3Dp4"));
        AddTestCase(new OrderTestCase("HUAWEI_SEND", Process::HUAWEI_SEND, "p1p2Dp3p4"));
        AddTestCase(new OrderTestCase("HUAWEI_EXPIRY", Process::HUAWEI_EXPIRY, "p0p1p2Dp3"));
        AddTestCase(new OrderTestCase("HOLD_TIME", Process::HOLD_TIME, "p1p2p3Dp4"));
        AddTestCase(
            new OrderTestCase("HOLD_TIME_AT_TICK", Process::HOLD_TIME_AT_TICK, "p1p2p3Dp4"));
        AddTestCase(new OrderTestCase("BY_OWNER", Process::BY_OWNER, "p1p2p3p4"));
        AddTestCase(new StallTestCase);
        AddTestCase(new UnheardTestCase);
        AddTestCase(new HoldTimeInStallTestCase);
        AddTestCase(new HoldTimeAfterStallTestCase);
        AddTestCase(new StopTestCase("CISCO", Process::CISCO));
        AddTestCase(new StopTestCase("HOLD_TIME", Process::HOLD_TIME));
        AddTestCase(new StopTestCase("HOLD_TIME_AT_TICK", Process::HOLD_TIME_AT_TICK));
        AddTestCase(new StopInVerdictTestCase);
        AddTestCase(new StoppedReplyTestCase("CISCO", Process::CISCO));
        AddTestCase(new StoppedReplyTestCase("HOLD_TIME", Process::HOLD_TIME));
        AddTestCase(new StoppedReplyTestCase("HOLD_TIME_AT_TICK", Process::HOLD_TIME_AT_TICK));
        AddTestCase(new RestartTestCase);
        AddTestCase(new ZeroIntervalTestCase("CISCO", Process::CISCO));
        AddTestCase(new ZeroIntervalTestCase("HOLD_TIME", Process::HOLD_TIME));
        AddTestCase(new ZeroIntervalTestCase("HOLD_TIME_AT_TICK", Process::HOLD_TIME_AT_TICK));
        AddTestCase(new StopInStallTestCase);
        AddTestCase(new StartInVerdictTestCase);
        AddTestCase(new SilenceAtTickInStallTestCase);
        AddTestCase(new ByOwnerTestCase);
        const std::string again = "113000 U keepalive-answered";
        AddTestCase(
            new NeedlessTestCase("CISCO", Process::CISCO, {"93000 D keepalive-unanswered", again}));
        AddTestCase(new NeedlessTestCase("HOLD_TIME",
                                         Process::HOLD_TIME,
                                         {"83000 D hold-time-expired", again}));
        AddTestCase(new NeedlessTestCase("HOLD_TIME_AT_TICK",
                                         Process::HOLD_TIME_AT_TICK,
                                         {"93000 D hold-time-expired", again}));
        AddTestCase(new NeedlessTestCase("BY_OWNER", Process::BY_OWNER, {}));
    }
};

KeepaliveProcessTestSuite g_keepaliveProcessTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
