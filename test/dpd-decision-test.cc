/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief When dead peer detection asks, asks again and gives up, without a network.
 *
 * 1. Every profile that hears nothing sends its series of requests and gives up, at exact times.
 * 2. Answers: when the next request is due, by pace.
 * 3. Data and messages of the peer: put off requests, end the probing, or do neither.
 * 4. On demand: only data to send after a silence asks.
 * 5. A timer that fires late, and one that fires early.
 * 6. Choices that mean something to a profile, and choices that do not.
 * 7. Settings that cannot work are refused, with the reason; Cisco's bounds.
 * 8. Times of waiting and probing agree with what the decision does.
 * 9. Sequence numbers of R-U-THERE: what is answered, what is life, by profile.
 * 10. Message IDs of IKEv2: the next, the last again, and others.
 */

#include "ns3/dpd-decision.h"
#include "ns3/dpd-profile.h"
#include "ns3/dpd-sequence.h"
#include "ns3/ike-window.h"
#include "ns3/test.h"

#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr int64_t MS = 1000000;       //!< a millisecond in ns
constexpr int64_t SECOND = 1000 * MS; //!< a second in ns

using Settings = DpdDecision::Settings;
using Verdict = DpdDecision::Verdict;
using Send = DpdDecision::Send;
using Times = std::vector<double>;

/**
 * @brief A profile's settings with another delay.
 * @param name the profile
 * @param delay in seconds; 0 for its own
 * @return the settings
 */
Settings
Get(const std::string& name, double delay = 0)
{
    Settings settings = DpdProfile::Find(name)->settings;
    if (delay > 0)
    {
        settings.delay = std::llround(delay * SECOND);
    }
    return settings;
}

/// What a decision did by itself.
struct Run
{
    Times requests;  //!< new requests, in seconds
    Times again;     //!< requests sent again, in seconds
    double death{0}; //!< when the peer was given up; 0 if it was not
};

/// A decision and its clock.
class Clock
{
  public:
    /**
     * @brief Start at time 0.
     * @param settings the timers
     */
    explicit Clock(const Settings& settings)
        : m_decision(settings)
    {
        m_wake = m_decision.Start(0).wake;
    }

    /**
     * @brief Let time pass; what is due then has happened.
     * @param until when, in seconds
     */
    void RunTo(double until)
    {
        const int64_t end = std::llround(until * SECOND);
        while (m_wake <= end && m_wake != DpdDecision::NEVER)
        {
            const int64_t now = m_wake;
            Take(now, m_decision.OnTimer(now));
        }
    }

    /**
     * @brief Do what a verdict says.
     * @param now the time
     * @param verdict the verdict
     */
    void Take(int64_t now, const Verdict& verdict)
    {
        const double seconds = static_cast<double>(now) / SECOND;
        if (verdict.send == Send::REQUEST)
        {
            run.requests.push_back(seconds);
        }
        if (verdict.send == Send::AGAIN)
        {
            run.again.push_back(seconds);
        }
        if (verdict.dead)
        {
            run.death = seconds;
        }
        m_wake = verdict.wake;
    }

    /**
     * @brief The outstanding request is answered.
     * @param at when, in seconds
     */
    void AnswerAt(double at)
    {
        RunTo(at);
        Take(ToNs(at), m_decision.OnAnswer(ToNs(at)));
    }

    /**
     * @brief A message arrives that is no answer.
     * @param at when, in seconds
     */
    void MessageAt(double at)
    {
        RunTo(at);
        Take(ToNs(at), m_decision.OnMessage(ToNs(at)));
    }

    /**
     * @brief Data arrives.
     * @param at when, in seconds
     */
    void DataAt(double at)
    {
        RunTo(at);
        Take(ToNs(at), m_decision.OnData(ToNs(at)));
    }

    /**
     * @brief Data is sent.
     * @param at when, in seconds
     */
    void OutboundAt(double at)
    {
        RunTo(at);
        Take(ToNs(at), m_decision.OnOutbound(ToNs(at)));
    }

    /**
     * @brief Seconds to ns.
     * @param seconds the time
     * @return the time
     */
    static int64_t ToNs(double seconds)
    {
        return std::llround(seconds * SECOND);
    }

    /**
     * @brief The decision.
     * @return it
     */
    DpdDecision& Get()
    {
        return m_decision;
    }

    Run run; //!< what it did

  private:
    DpdDecision m_decision;             //!< the decision
    int64_t m_wake{DpdDecision::NEVER}; //!< its timer
};

/// What all cases here check.
class DpdDecisionTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    /**
     * @brief Compare times, to the nanosecond.
     * @param got the times
     * @param expected as they should be
     * @param what for the message
     */
    void Expect(const Times& got, const Times& expected, const std::string& what)
    {
        NS_TEST_ASSERT_MSG_EQ(got.size(), expected.size(), what << ": how many");
        for (std::size_t i = 0; i < got.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(got[i], expected[i], 2e-9, what << " " << i);
        }
    }
};

/// Behaviours 1 and 8.
class SilentTestCase : public DpdDecisionTestCase
{
  public:
    SilentTestCase()
        : DpdDecisionTestCase("A peer that never says anything is given up, by profile")
    {
    }

  private:
    void DoRun() override
    {
        // Written down from the sources of each profile, not computed as the decision does.
        const struct
        {
            const char* name;
            Times requests;
            Times again;
            double death;
        } rows[] = {
            {"cisco-periodic", {10, 12, 14, 16, 18, 20}, {}, 22},
            {"strongswan-ikev1", {30, 60, 90, 120}, {}, 150},
            {"strongswan-ikev2", {30}, {34, 41.2, 54.16, 77.488, 119.4784}, 195.06112},
            {"libreswan", {30, 60, 90, 120}, {}, 150},
            {"libreswan-ikev2", {30}, {30.5, 31, 32, 34, 38, 46, 62}, 94},
            {"racoon", {20, 25, 30, 35, 40}, {}, 45},
        };

        for (const auto& row : rows)
        {
            Settings settings = Get(row.name);
            Clock clock(settings);
            clock.RunTo(1000);
            Expect(clock.run.requests, row.requests, row.name);
            Expect(clock.run.again, row.again, row.name);
            NS_TEST_EXPECT_MSG_EQ_TOL(clock.run.death, row.death, 2e-9, row.name);
            NS_TEST_EXPECT_MSG_EQ(clock.Get().IsDead(), true, row.name);
            const double probing =
                static_cast<double>(DpdDecision::GetProbingTime(settings)) / SECOND;
            NS_TEST_EXPECT_MSG_EQ_TOL(probing,
                                      clock.run.death - clock.run.requests[0],
                                      2e-9,
                                      row.name);
        }
    }
};

/// Behaviour 1, with parameters.
class ParameterTestCase : public DpdDecisionTestCase
{
  public:
    ParameterTestCase()
        : DpdDecisionTestCase("Other parameters: final wait, base and tries, short timeouts")
    {
    }

  private:
    void DoRun() override
    {
        Settings cisco = Get("cisco-periodic", 20);
        cisco.finalWait = false;
        Clock one(cisco);
        one.RunTo(100);
        Expect(one.run.requests, {20, 22, 24, 26, 28, 30}, "all six leave");
        NS_TEST_EXPECT_MSG_EQ(one.run.death, 30, "with the last one, at once");
        NS_TEST_EXPECT_MSG_EQ(one.Get().GetUnanswered(), 6, "six");
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(cisco), 10 * SECOND, "5 waits");

        // interop.md section 4, measured: +1.000 +2.801 +6.041, gives up +11.874.
        Settings swan = Get("strongswan-ikev2", 2);
        swan.retry = SECOND;
        swan.retries = 3;
        Clock two(swan);
        two.RunTo(100);
        Expect(two.run.requests, {2}, "one request");
        Expect(two.run.again, {3, 4.8, 8.04}, "three times again");
        NS_TEST_EXPECT_MSG_EQ_TOL(two.run.death, 13.872, 2e-9, "1 + 1.8 + 3.24 + 5.832 s");

        Settings timeout = Get("strongswan-ikev1", 2);
        timeout.timeout = 5 * SECOND;
        Clock three(timeout);
        three.RunTo(100);
        Expect(three.run.requests, {2, 4}, "every delay, until the timeout");
        NS_TEST_EXPECT_MSG_EQ(three.run.death, 5, "which is not a multiple of it");

        Settings libre = Get("libreswan", 3);
        libre.timeout = 5 * SECOND;
        Clock four(libre);
        four.RunTo(100);
        Expect(four.run.requests, {3, 6}, "every delay");
        NS_TEST_EXPECT_MSG_EQ(four.run.death, 8, "delay and timeout add up with IKEv1");

        Settings once = Get("racoon", 7);
        once.retries = 0;
        Clock five(once);
        five.RunTo(100);
        Expect(five.run.requests, {7}, "no retry");
        NS_TEST_EXPECT_MSG_EQ(five.run.death, 12, "one wait");
    }
};

/// Behaviour 2.
class AnswerTestCase : public DpdDecisionTestCase
{
  public:
    AnswerTestCase()
        : DpdDecisionTestCase("After an answer the next request is due, by pace")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            const char* name;
            double delay;
            double first;  // the first request
            double answer; // to it
            double next;   // the next request
        } rows[] = {
            {"cisco-periodic", 10, 10, 10.5, 20},
            {"racoon", 10, 10, 10.5, 20.5},
            {"strongswan-ikev1", 10, 10, 10.5, 20.5},
            {"strongswan-ikev2", 10, 10, 10.25, 20.25},
            {"strongswan-ikev2", 10, 10, 12.5, 22.5},
            {"libreswan", 10, 10, 10.5, 20.5},
            {"libreswan-ikev2", 10, 10, 10.25, 20}, // less than 1 s is nothing
            {"libreswan-ikev2", 10, 10, 12.5, 22.5},
        };

        for (const auto& row : rows)
        {
            Clock clock(Get(row.name, row.delay));
            clock.RunTo(row.answer - 0.001);
            NS_TEST_EXPECT_MSG_EQ(clock.Get().IsProbing(), true, row.name);
            clock.AnswerAt(row.answer);
            NS_TEST_EXPECT_MSG_EQ(clock.Get().IsProbing(), false, row.name);
            NS_TEST_EXPECT_MSG_EQ(clock.Get().GetUnanswered(), 0, row.name);
            clock.RunTo(row.next);
            NS_TEST_ASSERT_MSG_GT(clock.run.requests.size(), 1, row.name);
            NS_TEST_EXPECT_MSG_EQ_TOL(clock.run.requests.back(), row.next, 2e-9, row.name);
        }
        // A retry that is answered: the clock runs from it.
        Clock retried(Get("cisco-periodic", 10));
        retried.AnswerAt(14.25); // requests at 10, 12 and 14
        retried.RunTo(24);
        Expect(retried.run.requests, {10, 12, 14, 24}, "cisco, after a retry");
        // Retransmissions for longer than the delay: the clock of strongSwan ticks on.
        Clock late(Get("strongswan-ikev2", 2));
        late.AnswerAt(9.5); // sent at 2, again at 6
        late.RunTo(11.5);
        Expect(late.run.requests, {2, 11.5}, "strongswan, after a retransmission");
        // A constant round trip: the cycles.
        Clock cycles(Get("strongswan-ikev1", 2));
        for (int i = 0; i < 5; i++)
        {
            cycles.AnswerAt(2 * (i + 1) + 0.125 * (i + 1));
        }
        Expect(cycles.run.requests, {2, 4.125, 6.25, 8.375, 10.5}, "delay and round trip");
    }
};

/// Behaviour 3.
class LifeTestCase : public DpdDecisionTestCase
{
  public:
    LifeTestCase()
        : DpdDecisionTestCase("Data and messages put off requests and end the probing, or do not")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            const char* name;
            double data;    // first request after data at 4 s, with a delay of 10 s
            double message; // the same with a message
            bool ends;      // data at 10.5 s, or whenever it probes, ends the probing
        } rows[] = {
            {"cisco-periodic", 10, 10, true},
            {"racoon", 10, 10, false},
            {"strongswan-ikev1", 14, 14, true},
            {"strongswan-ikev2", 14, 14, false},
            {"libreswan", 20, 14, true}, // at 10 s it finds data, and looks again 10 s later
            {"libreswan-ikev2", 14, 14, false},
        };

        for (const auto& row : rows)
        {
            Clock data(Get(row.name, 10));
            data.DataAt(4);
            data.RunTo(50);
            NS_TEST_EXPECT_MSG_EQ_TOL(data.run.requests.at(0), row.data, 2e-9, row.name);

            Clock message(Get(row.name, 10));
            message.MessageAt(4);
            message.RunTo(50);
            NS_TEST_EXPECT_MSG_EQ_TOL(message.run.requests.at(0), row.message, 2e-9, row.name);

            Clock probing(Get(row.name, 10));
            probing.DataAt(11);
            NS_TEST_EXPECT_MSG_EQ(probing.Get().IsProbing(), !row.ends, row.name);
            Clock asked(Get(row.name, 10));
            asked.MessageAt(11);
            NS_TEST_EXPECT_MSG_EQ(asked.Get().IsProbing(), !row.ends, row.name);
        }
        // Where data is no sign of life it changes nothing.
        Settings deaf = Get("libreswan", 10);
        deaf.dataIsLife = false;
        Clock clock(deaf);
        for (int i = 1; i < 200; i++)
        {
            clock.DataAt(i);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(clock.run.requests.at(0), 10, 2e-9, "asks through data");
        NS_TEST_EXPECT_MSG_EQ_TOL(clock.run.death, 130, 2e-9, "and gives up");
        // An exchange that is not answered ends an SA through which data flows.
        Clock exchange(Get("strongswan-ikev2", 2));
        for (double at = 2.5; at < 200; at += 0.5)
        {
            exchange.DataAt(at);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(exchange.run.death, 167.06112, 2e-9, "RFC 7296 section 2.1");
        // Traffic in time: never a request.
        Clock traffic(Get("strongswan-ikev2", 3));
        for (int i = 1; i < 100; i++)
        {
            traffic.MessageAt(2 * i);
        }
        NS_TEST_EXPECT_MSG_EQ(traffic.run.requests.size(), 0, "interop.md: B with 3 s, A every 2");
        traffic.RunTo(201);
        Expect(traffic.run.requests, {201}, "3.0 s after the last");
    }
};

/// Behaviour 4.
class OnDemandTestCase : public DpdDecisionTestCase
{
  public:
    OnDemandTestCase()
        : DpdDecisionTestCase("On demand only data to send after a silence asks")
    {
    }

  private:
    void DoRun() override
    {
        Clock idle(Get("cisco-on-demand"));
        idle.RunTo(100000);
        NS_TEST_EXPECT_MSG_EQ(idle.run.requests.size(), 0, "nothing to send, nothing to ask");

        Clock clock(Get("cisco-on-demand"));
        clock.OutboundAt(5);
        clock.OutboundAt(9.999);
        NS_TEST_EXPECT_MSG_EQ(clock.run.requests.size(), 0, "it was heard 10 s ago");
        clock.OutboundAt(10);
        clock.OutboundAt(11); // a request is out already
        clock.RunTo(100);
        Expect(clock.run.requests, {10, 12, 14, 16, 18, 20}, "then as periodic");
        NS_TEST_EXPECT_MSG_EQ(clock.run.death, 22, "and gives up");
        clock.OutboundAt(200);
        NS_TEST_EXPECT_MSG_EQ(clock.run.requests.size(), 6, "the dead are not asked");

        Clock heard(Get("cisco-on-demand"));
        heard.DataAt(8);
        heard.OutboundAt(17);
        NS_TEST_EXPECT_MSG_EQ(heard.run.requests.size(), 0, "data is life");
        heard.OutboundAt(18);
        heard.AnswerAt(18.5);
        heard.OutboundAt(28.4);
        Expect(heard.run.requests, {18}, "so is an answer");
        heard.OutboundAt(28.5);
        Expect(heard.run.requests, {18, 28.5}, "until a delay later");
    }
};

/// Behaviour 5.
class LateTestCase : public DpdDecisionTestCase
{
  public:
    LateTestCase()
        : DpdDecisionTestCase("A timer that fires late or early")
    {
    }

  private:
    void DoRun() override
    {
        DpdDecision early(Get("strongswan-ikev1"));
        early.Start(0);
        Verdict verdict = early.OnTimer(29 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((verdict.send == Send::NOTHING), true, "too early");
        NS_TEST_EXPECT_MSG_EQ(verdict.wake, 30 * SECOND, "when it is due");

        // It hung for long: one request, and the peer gets its time to answer.
        verdict = early.OnTimer(500 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((verdict.send == Send::REQUEST), true, "one request");
        NS_TEST_EXPECT_MSG_EQ(verdict.dead, false, "no verdict yet");
        verdict = early.OnTimer(619 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(verdict.dead, false, "timeout less delay");
        verdict = early.OnTimer(620 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(verdict.dead, true, "after the request");

        // It hung while a request was out: the time is up.
        DpdDecision probing(Get("strongswan-ikev1"));
        probing.Start(0);
        verdict = probing.OnTimer(30 * SECOND);
        verdict = probing.OnTimer(500 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(verdict.dead, true, "the time is up");
        NS_TEST_EXPECT_MSG_EQ((verdict.send == Send::NOTHING), true, "nothing more is sent");
        NS_TEST_EXPECT_MSG_EQ(verdict.wake, DpdDecision::NEVER, "nothing more is due");

        // Retransmissions count, however late they are.
        DpdDecision counting(Get("strongswan-ikev2"));
        counting.Start(0);
        verdict = counting.OnTimer(30 * SECOND);
        verdict = counting.OnTimer(500 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((verdict.send == Send::AGAIN), true, "the first one, late");
        NS_TEST_EXPECT_MSG_EQ(verdict.wake, 507200 * MS, "the second 7.2 s later");

        // And a new SA starts afresh.
        verdict = probing.Start(1000 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(probing.IsDead(), false, "alive");
        NS_TEST_EXPECT_MSG_EQ(verdict.wake, 1030 * SECOND, "a delay later");
    }
};

/// Behaviour 6.
class ChoicesTestCase : public DpdDecisionTestCase
{
  public:
    ChoicesTestCase()
        : DpdDecisionTestCase("Choices mean what the profile makes of them")
    {
    }

  private:
    void DoRun() override
    {
        DpdProfile::Choices choices;
        choices.delay = 3 * SECOND;
        choices.timeout = 5 * SECOND;
        const Settings one = DpdProfile::Find("libreswan")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(one), 5 * SECOND, "IKEv1: dpdtimeout");
        const Settings two = DpdProfile::Find("libreswan-ikev2")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(two.delay, 3 * SECOND, "IKEv2: dpddelay");
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(two), 64 * SECOND, "no dpdtimeout");
        choices.retransmitTimeout = 5 * SECOND;
        const Settings three = DpdProfile::Find("libreswan-ikev2")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(three), 8 * SECOND, "retransmit-timeout");
        const Settings swan = DpdProfile::Find("strongswan-ikev2")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(swan) / MS, 165061, "no timeout at all");

        choices = DpdProfile::Choices();
        choices.retry = 3 * SECOND;
        choices.retries = 2;
        choices.finalWait = false;
        choices.onDemand = true;
        const Settings cisco = DpdProfile::Find("cisco-periodic")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(cisco), 6 * SECOND, "2 waits of 3 s");
        NS_TEST_EXPECT_MSG_EQ(cisco.onDemand, true, "on demand");
        NS_TEST_EXPECT_MSG_EQ((cisco.pace == DpdDecision::Pace::SILENCE), true, "after a silence");
        choices.onDemand = false;
        const Settings back = DpdProfile::Find("cisco-on-demand")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ((back.pace == DpdDecision::Pace::CLOCK), true, "by the clock");
        NS_TEST_EXPECT_MSG_EQ(back.onDemand, false, "periodic");
        const Settings same = DpdProfile::Find("strongswan-ikev1")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ((same.pace == DpdDecision::Pace::SILENCE), true, "was periodic");
        choices.base = 1.5;
        choices.onDemand.reset();
        const Settings base = DpdProfile::Find("strongswan-ikev2")->Configure(choices);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::GetProbingTime(base) / MS,
                              14250,
                              "3 * (1 + 1.5 + 2.25)");
    }
};

/// Behaviour 7.
class CheckTestCase : public DpdDecisionTestCase
{
  public:
    CheckTestCase()
        : DpdDecisionTestCase("What cannot work is refused")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string& name : DpdProfile::GetNames())
        {
            const DpdProfile* profile = DpdProfile::Find(name);
            NS_TEST_ASSERT_MSG_EQ((profile != nullptr), true, name);
            NS_TEST_EXPECT_MSG_EQ(profile->Check(profile->settings), "", name);
        }
        NS_TEST_EXPECT_MSG_EQ((DpdProfile::Find("Cisco") == nullptr), true, "no such profile");

        using Change = void (*)(Settings&);

        const struct
        {
            const char* name;
            Change change;
            const char* reason; // a part of it
        } rows[] = {
            {"racoon", [](Settings& s) { s.delay = 0; }, "delay must be above 0"},
            {"racoon", [](Settings& s) { s.delay = DpdDecision::NEVER; }, "delay must be above 0"},
            {"racoon", [](Settings& s) { s.retry = 0; }, "retry"},
            {"racoon", [](Settings& s) { s.retry = -1; }, "retry"},
            {"racoon", [](Settings& s) { s.onDemand = true; }, "on demand"},
            {"racoon", [](Settings& s) { s.retries = 0xffffffff; }, "ages"},
            {"cisco-periodic",
             [](Settings& s) {
                 s.retries = 0;
                 s.finalWait = false;
             },
             "must be waited for"},
            {"strongswan-ikev1", [](Settings& s) { s.timeout = s.delay; }, "longer than the delay"},
            {"strongswan-ikev1", [](Settings& s) { s.timeout = 0; }, "timeout must be above 0"},
            {"libreswan", [](Settings& s) { s.timeout = 0; }, "timeout must be above 0"},
            {"libreswan-ikev2", [](Settings& s) { s.timeout = -5; }, "timeout must be above 0"},
            {"libreswan-ikev2", [](Settings& s) { s.retry = 0; }, "retry"},
            {"strongswan-ikev2", [](Settings& s) { s.base = 0.99; }, "base"},
            {"strongswan-ikev2", [](Settings& s) { s.base = std::nan(""); }, "base"},
            {"strongswan-ikev2", [](Settings& s) { s.retries = 40; }, "ages"},
            {"strongswan-ikev2", [](Settings& s) { s.base = 1e300; }, "ages"},
            {"cisco-periodic", [](Settings& s) { s.delay = 9999 * MS; }, "10 to 3600"},
            {"cisco-periodic", [](Settings& s) { s.delay = 3601 * SECOND; }, "10 to 3600"},
            {"cisco-on-demand", [](Settings& s) { s.retry = 1 * SECOND; }, "2 to 60"},
            {"cisco-on-demand", [](Settings& s) { s.retry = 61 * SECOND; }, "2 to 60"},
        };

        for (const auto& row : rows)
        {
            Settings settings = Get(row.name);
            row.change(settings);
            const std::string reason = DpdProfile::Find(row.name)->Check(settings);
            NS_TEST_EXPECT_MSG_NE(reason.find(row.reason),
                                  std::string::npos,
                                  row.name << ": " << row.reason << ", got: " << reason);
        }
        Settings fine = Get("libreswan", 3);
        fine.timeout = 2 * SECOND;
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::Check(fine), "", "less than the delay is fine there");
        Settings quick = Get("cisco-periodic", 1);
        NS_TEST_EXPECT_MSG_EQ(DpdDecision::Check(quick), "", "only an operator is bound to 10 s");
    }
};

/// Behaviour 9.
class SequenceTestCase : public DpdDecisionTestCase
{
  public:
    SequenceTestCase()
        : DpdDecisionTestCase("Sequence numbers of R-U-THERE and ACK")
    {
    }

  private:
    /**
     * @brief Let requests with these numbers arrive.
     * @param name the profile
     * @param numbers the numbers
     * @param expected a letter each: A answered and life, a answered only, - dropped
     */
    void Arrive(const std::string& name,
                const std::vector<uint32_t>& numbers,
                const std::string& expected)
    {
        const DpdProfile* profile = DpdProfile::Find(name);
        DpdSequence sequence;
        sequence.Start(1, profile->requestCheck, profile->duplicates);
        std::string got;
        for (const uint32_t number : numbers)
        {
            const DpdSequence::Verdict verdict = sequence.OnRequest(number);
            got += verdict.answer ? (verdict.life ? 'A' : 'a') : '-';
        }
        NS_TEST_EXPECT_MSG_EQ(got, expected, name);
    }

    void DoRun() override
    {
        const std::vector<uint32_t> old{5, 6, 6, 4, 9, 7, 10};
        Arrive("cisco-periodic", old, "AA--A-A");
        Arrive("strongswan-ikev1", old, "AAaaAaA");
        Arrive("racoon", old, "AAaaAaA");
        Arrive("libreswan", old, "AAAAAAA");
        Arrive("libreswan", {5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6}, "AAAA--AAAA-");
        Arrive("cisco-periodic", {0xfffffffe, 0xffffffff, 0, 1, 0xffffffff}, "AAAA-");
        Arrive("cisco-periodic", {0}, "A");

        DpdSequence sequence;
        sequence.Start(0xffffffff, DpdProfile::RequestCheck::NEWER, 0);
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(0xffffffff), false, "nothing was asked");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(0xfffffffe), false, "nothing was asked");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnRequestSent(), 0xffffffff, "the first");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnRequestSent(), 0, "and one more, by wrapping");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(0xffffffff), false, "of the request before");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(1), false, "of none");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(0), true, "of the last one");
        NS_TEST_EXPECT_MSG_EQ(sequence.OnAck(0), false, "once");
    }
};

/// Behaviour 10.
class WindowTestCase : public DpdDecisionTestCase
{
  public:
    WindowTestCase()
        : DpdDecisionTestCase("Message IDs of IKEv2")
    {
    }

  private:
    void DoRun() override
    {
        using V = IkeWindow::Verdict;
        IkeWindow window;
        window.Start(2, 0);
        NS_TEST_EXPECT_MSG_EQ(window.OnResponse(1), false, "nothing was asked");
        NS_TEST_EXPECT_MSG_EQ(window.OnRequestSent(), 2, "the first");
        NS_TEST_EXPECT_MSG_EQ(window.OnResponse(3), false, "of none");
        NS_TEST_EXPECT_MSG_EQ(window.OnResponse(2), true, "its response");
        NS_TEST_EXPECT_MSG_EQ(window.OnResponse(2), false, "once");
        NS_TEST_EXPECT_MSG_EQ(window.OnRequestSent(), 3, "the next");
        NS_TEST_EXPECT_MSG_EQ(window.OnResponse(2), false, "an old response");

        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(0xffffffff) == V::DROP), true, "before the first");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(1) == V::DROP), true, "one too many");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(0) == V::ANSWER), true, "the first");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(0) == V::REPEAT), true, "again");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(1) == V::ANSWER), true, "the next");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(0) == V::DROP), true, "outside the window of one");
        NS_TEST_EXPECT_MSG_EQ((window.OnRequest(1) == V::REPEAT), true, "again");
    }
};

/// Behaviour of DpdDecision, DpdProfile, DpdSequence and IkeWindow.
class DpdDecisionTestSuite : public TestSuite
{
  public:
    DpdDecisionTestSuite()
        : TestSuite("keepalive-dpd-decision")
    {
        AddTestCase(new SilentTestCase);
        AddTestCase(new ParameterTestCase);
        AddTestCase(new AnswerTestCase);
        AddTestCase(new LifeTestCase);
        AddTestCase(new OnDemandTestCase);
        AddTestCase(new LateTestCase);
        AddTestCase(new ChoicesTestCase);
        AddTestCase(new CheckTestCase);
        AddTestCase(new SequenceTestCase);
        AddTestCase(new WindowTestCase);
    }
};

DpdDecisionTestSuite g_dpdDecisionTestSuite; //!< registers the suite

} // namespace
