/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-keepalive-decision.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-retransmission-limit.h"
#include "ns3/tcp-segment-check.h"
#include "ns3/test.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The decisions of a TCP socket with keepalives, without a socket: TcpKeepaliveDecision,
 * TcpRetransmissionLimit, TcpSegmentCheck, and the profiles that configure them.
 *
 * Behaviours:
 *  1. a silence from the last sign of life on is probed and ends as each profile says, to the ns
 *  2. an answer clears the count; the next probe comes T after it, or I after the last probe
 *  3. outstanding data defers everything by a full T, with profiles that care
 *  4. a user timeout replaces the count and needs one probe; the cause tells
 *  5. settings may change while probes are out: the next tick judges by the new ones
 *  6. a timer started during a silence is due after the rest of T, or at once
 *  7. no probes, none sent; one probe is enough where the operator says so
 *  8. the time that retransmissions take, Linux's 924.6 s included, however many there are
 *  9. unacknowledged data ends a connection by modelled time, count or time, or user timeout
 * 10. progress starts that anew; a timeout is cut short by the user timeout only
 * 11. the acceptability test, segment by segment, at both ends of the sequence space
 * 12. the profiles are known by name and say what their sources say
 * 13. every cause has a name
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr int64_t MS = 1000000;       //!< a millisecond in ns
constexpr int64_t SECOND = 1000 * MS; //!< a second in ns

using Action = TcpKeepaliveDecision::Action;
using Fate = TcpSegmentCheck::Fate;

/// What became of a silence.
struct Silence
{
    std::vector<int64_t> probes;          //!< when probes were sent, in ns
    int64_t end{-1};                      //!< when the peer was given up, in ns; -1 for never
    TcpEndCause cause{TcpEndCause::NONE}; //!< why
};

/**
 * @brief Let a timer run through a silence.
 * @param decision the timer
 * @param limit when to stop, in ns
 * @return what it did
 */
Silence
RunSilence(TcpKeepaliveDecision& decision, int64_t limit)
{
    Silence silence;
    int64_t now = decision.GetFirstWait(0);
    while (now <= limit)
    {
        const TcpKeepaliveDecision::Verdict verdict = decision.OnTimer(now, false);
        if (verdict.action == Action::PROBE)
        {
            silence.probes.push_back(now);
        }
        if (verdict.action == Action::ABORT)
        {
            silence.end = now;
            silence.cause = verdict.cause;
            break;
        }
        if (verdict.again <= 0)
        {
            break; // it would never end
        }
        now += verdict.again;
    }
    return silence;
}

/**
 * @brief Settings of a Linux socket.
 * @param idle T in s
 * @param interval I in s
 * @param probes n
 * @param userTimeout U in ms
 * @return the settings
 */
TcpKeepaliveDecision::Settings
MakeSettings(int64_t idle, int64_t interval, uint32_t probes, int64_t userTimeout = 0)
{
    TcpKeepaliveDecision::Settings settings;
    settings.idle = idle * SECOND;
    settings.interval = interval * SECOND;
    settings.probes = probes;
    settings.userTimeout = userTimeout * MS;
    return settings;
}

/// Behaviour 1.
class SilenceTestCase : public TestCase
{
  public:
    SilenceTestCase()
        : TestCase("A silence ends as the profile says")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            const char* profile;
            std::size_t probes; //!< probes sent
            int64_t first;      //!< when the first was sent, in s
            int64_t end;        //!< when the peer was given up, in s
        };

        const Row rows[] = {{"linux", 9, 7200, 7875},
                            {"windows-vista", 10, 7200, 7210},
                            {"windows-xp", 5, 7200, 7205},
                            {"freebsd", 8, 7200, 7800},
                            {"macos", 8, 7200, 7800},
                            {"solaris", 15, 7200, 7680},
                            {"rfc1122", 8, 7200, 7800}};
        for (const Row& row : rows)
        {
            TcpKeepaliveDecision decision(TcpKeepaliveProfile::Find(row.profile)->GetKeepalive());
            const Silence silence = RunSilence(decision, 100000 * SECOND);
            NS_TEST_ASSERT_MSG_EQ(silence.probes.size(), row.probes, row.profile);
            NS_TEST_EXPECT_MSG_EQ(silence.probes[0], row.first * SECOND, row.profile);
            NS_TEST_EXPECT_MSG_EQ(silence.end, row.end * SECOND, row.profile);
            NS_TEST_EXPECT_MSG_EQ((silence.cause == TcpEndCause::KEEPALIVE), true, row.profile);
            NS_TEST_EXPECT_MSG_EQ(decision.GetUnanswered(), row.probes, row.profile);
        }
        // Intervals: fixed, but for Solaris, where they double from 0.4 s to a minute.
        TcpKeepaliveDecision linux_(TcpKeepaliveProfile::Find("linux")->GetKeepalive());
        const Silence fixed = RunSilence(linux_, 100000 * SECOND);
        for (std::size_t i = 1; i < fixed.probes.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(fixed.probes[i] - fixed.probes[i - 1], 75 * SECOND, i);
        }
        TcpKeepaliveDecision solaris(TcpKeepaliveProfile::Find("solaris")->GetKeepalive());
        const Silence doubling = RunSilence(solaris, 100000 * SECOND);
        int64_t expected = 400 * MS;
        for (std::size_t i = 1; i < doubling.probes.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(doubling.probes[i] - doubling.probes[i - 1], expected, i);
            expected = std::min(2 * expected, 60 * SECOND);
        }
        // Without an abort time it never ends.
        TcpKeepaliveDecision::Settings forever = solaris.GetSettings();
        forever.abortTime = 0;
        TcpKeepaliveDecision endless(forever);
        NS_TEST_EXPECT_MSG_EQ(RunSilence(endless, 100000 * SECOND).end, -1, "no abort time");
    }
};

/// Behaviour 2.
class AnswerTestCase : public TestCase
{
  public:
    AnswerTestCase()
        : TestCase("An answer clears the count, and the cycle is max(T + RTT, I)")
    {
    }

  private:
    void DoRun() override
    {
        // Two of three probes lost, the third answered: the count starts anew.
        TcpKeepaliveDecision decision(MakeSettings(2, 1, 3));
        for (int64_t silence = 2; silence <= 4; silence++)
        {
            const auto verdict = decision.OnTimer(silence * SECOND, false);
            NS_TEST_EXPECT_MSG_EQ((verdict.action == Action::PROBE), true, silence);
            NS_TEST_EXPECT_MSG_EQ(verdict.again, SECOND, silence);
        }
        NS_TEST_EXPECT_MSG_EQ(decision.GetUnanswered(), 3, "three out");
        decision.OnLife();
        NS_TEST_EXPECT_MSG_EQ(decision.GetUnanswered(), 0, "answered");
        // The tick I after the last probe finds a silence of I - RTT and sleeps for the rest of T.
        const auto rest = decision.OnTimer(999 * MS, false);
        NS_TEST_EXPECT_MSG_EQ((rest.action == Action::WAIT), true, "not idle for T");
        NS_TEST_EXPECT_MSG_EQ(rest.again, 1001 * MS, "rest of T");
        // An interval longer than T: the tick after it finds T passed and probes at once.
        TcpKeepaliveDecision slow(MakeSettings(2, 5, 3));
        (void)slow.OnTimer(2 * SECOND, false);
        slow.OnLife();
        const auto next = slow.OnTimer(4999 * MS, false);
        NS_TEST_EXPECT_MSG_EQ((next.action == Action::PROBE), true, "I > T");
        // An answer one nanosecond short of T.
        const auto early = decision.OnTimer(2 * SECOND - 1, false);
        NS_TEST_EXPECT_MSG_EQ((early.action == Action::WAIT), true, "1 ns short of T");
        NS_TEST_EXPECT_MSG_EQ(early.again, 1, "1 ns to go");
    }
};

/// Behaviour 3.
class OutstandingTestCase : public TestCase
{
  public:
    OutstandingTestCase()
        : TestCase("Outstanding data defers probes")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string& name : TcpKeepaliveProfile::GetNames())
        {
            const TcpKeepaliveProfile* profile = TcpKeepaliveProfile::Find(name);
            const bool defers = name != "freebsd" && name != "macos";
            TcpKeepaliveDecision decision(profile->GetKeepalive());
            const auto verdict = decision.OnTimer(profile->idle, true);
            NS_TEST_EXPECT_MSG_EQ((verdict.action == Action::WAIT), defers, name);
            NS_TEST_EXPECT_MSG_EQ(verdict.again,
                                  (defers ? profile->idle : profile->interval),
                                  name << ": a full T, not I");
            NS_TEST_EXPECT_MSG_EQ(decision.GetUnanswered(), (defers ? 0 : 1), name);
        }
        // Even a silence that would have ended it.
        TcpKeepaliveDecision dead(MakeSettings(2, 1, 1));
        (void)dead.OnTimer(2 * SECOND, false);
        const auto verdict = dead.OnTimer(100 * SECOND, true);
        NS_TEST_EXPECT_MSG_EQ((verdict.action == Action::WAIT), true, "not while data is out");
        NS_TEST_EXPECT_MSG_EQ(dead.GetUnanswered(), 1, "the count stays");
    }
};

/// Behaviours 4 and 7.
class UserTimeoutTestCase : public TestCase
{
  public:
    UserTimeoutTestCase()
        : TestCase("A user timeout replaces the count")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            int64_t userTimeout;             //!< U in ms
            uint32_t probes;                 //!< n
            std::size_t sent;                //!< probes sent
            int64_t end;                     //!< in s, -1 for never
            TcpEndCause cause;               //!< why
            TcpKeepaliveDecision::Rule rule; //!< of the stack
        };

        using Rule = TcpKeepaliveDecision::Rule;
        const Row rows[] = {{1000, 3, 1, 3, TcpEndCause::USER_TIMEOUT, Rule::COUNT},
                            {3500, 3, 2, 4, TcpEndCause::USER_TIMEOUT, Rule::COUNT},
                            {9000, 3, 7, 9, TcpEndCause::USER_TIMEOUT, Rule::COUNT},
                            {9000, 3, 7, 9, TcpEndCause::USER_TIMEOUT, Rule::SILENCE},
                            {0, 3, 3, 5, TcpEndCause::KEEPALIVE, Rule::COUNT},
                            {0, 1, 1, 3, TcpEndCause::KEEPALIVE, Rule::COUNT},
                            {0, 1, 1, 3, TcpEndCause::KEEPALIVE, Rule::SILENCE},
                            {0, 0, 0, -1, TcpEndCause::NONE, Rule::COUNT},
                            {0, 0, 0, -1, TcpEndCause::NONE, Rule::SILENCE}};
        for (const Row& row : rows)
        {
            auto settings = MakeSettings(2, 1, row.probes, row.userTimeout);
            settings.rule = row.rule;
            TcpKeepaliveDecision decision(settings);
            const Silence silence = RunSilence(decision, 1000 * SECOND);
            const std::string what =
                std::to_string(row.userTimeout) + " ms, " + std::to_string(row.probes);
            NS_TEST_EXPECT_MSG_EQ(silence.probes.size(), row.sent, what);
            NS_TEST_EXPECT_MSG_EQ(silence.end, (row.end < 0 ? -1 : row.end * SECOND), what);
            NS_TEST_EXPECT_MSG_EQ((silence.cause == row.cause), true, what);
        }
    }
};

/// Behaviours 5 and 6.
class ReconfigureTestCase : public TestCase
{
  public:
    ReconfigureTestCase()
        : TestCase("Settings change while probes are out")
    {
    }

  private:
    void DoRun() override
    {
        TcpKeepaliveDecision decision(MakeSettings(2, 1, 9));
        for (int64_t silence = 2; silence <= 5; silence++)
        {
            (void)decision.OnTimer(silence * SECOND, false);
        }
        decision.Configure(MakeSettings(2, 7, 5));
        NS_TEST_EXPECT_MSG_EQ(decision.GetUnanswered(), 4, "four are out still");
        const auto fifth = decision.OnTimer(6 * SECOND, false);
        NS_TEST_EXPECT_MSG_EQ((fifth.action == Action::PROBE), true, "the fifth");
        NS_TEST_EXPECT_MSG_EQ(fifth.again, 7 * SECOND, "the new interval");
        decision.Configure(MakeSettings(2, 7, 3));
        const auto end = decision.OnTimer(13 * SECOND, false);
        NS_TEST_EXPECT_MSG_EQ((end.action == Action::ABORT), true, "five are more than three");
        NS_TEST_EXPECT_MSG_EQ((end.cause == TcpEndCause::KEEPALIVE), true, "cause");

        NS_TEST_EXPECT_MSG_EQ(decision.GetFirstWait(0), 2 * SECOND, "all of T");
        NS_TEST_EXPECT_MSG_EQ(decision.GetFirstWait(1500 * MS), 500 * MS, "the rest of T");
        NS_TEST_EXPECT_MSG_EQ(decision.GetFirstWait(2 * SECOND), 0, "due");
        NS_TEST_EXPECT_MSG_EQ(decision.GetFirstWait(50 * SECOND), 0, "overdue");
    }
};

/// Behaviours 8 to 10.
class RetransmissionLimitTestCase : public TestCase
{
  public:
    RetransmissionLimitTestCase()
        : TestCase("Unacknowledged data ends a connection")
    {
    }

  private:
    using Rule = TcpRetransmissionLimit::Rule; //!< what is counted

    /**
     * @brief Let a timer back off.
     * @param limit when it gives up
     * @param rto the first timeout, in ns
     * @return when it gave up and how many retransmissions it sent, in ns from the first sending
     */
    static std::pair<int64_t, uint32_t> Run(TcpRetransmissionLimit& limit, int64_t rto)
    {
        const int64_t sent = 1000 * SECOND;
        int64_t now = sent + rto;
        int64_t timeout = rto;
        while (limit.OnTimeout(now, now - sent) == TcpEndCause::NONE)
        {
            timeout = std::min(2 * timeout, 120 * SECOND);
            now += limit.Clamp(now, timeout);
        }
        return {now - sent, limit.GetRetransmissions()};
    }

    /**
     * @brief Make a limit.
     * @param rule what is counted
     * @param retries how many
     * @param time how long, in s
     * @param userTimeout in ms
     * @return the limit, between 0.2 s and 120 s
     */
    static TcpRetransmissionLimit Make(Rule rule,
                                       uint32_t retries,
                                       int64_t time,
                                       int64_t userTimeout = 0)
    {
        TcpRetransmissionLimit limit;
        limit.Configure({rule, retries, time * SECOND, 200 * MS, 120 * SECOND, userTimeout * MS});
        return limit;
    }

    void DoRun() override
    {
        // net.ipv4.tcp_retries2: 15 is 924.6 s, 8 is 102.2 s, 6 is 25.4 s, none is 0.2 s.
        const std::pair<uint32_t, int64_t> times[] =
            {{15, 924600}, {9, 204600}, {8, 102200}, {6, 25400}, {1, 600}, {0, 200}};
        for (const auto& [retries, ms] : times)
        {
            NS_TEST_EXPECT_MSG_EQ(
                TcpRetransmissionLimit::GetModelTime(retries, 200 * MS, 120 * SECOND),
                ms * MS,
                retries);
        }
        // The largest number means never: it is not counted up to, and nothing overflows.
        const int64_t never = std::numeric_limits<int64_t>::max();
        const std::pair<uint32_t, int64_t> many[] = {
            {1000000, 924600 * MS + 120 * SECOND * (1000000 - 15)},
            {76861440, 924600 * MS + 120 * SECOND * (76861440 - 15)}, // 9.2e18 ns
            {76861441, never},
            {std::numeric_limits<uint32_t>::max(), never}};
        for (const auto& [retries, time] : many)
        {
            NS_TEST_EXPECT_MSG_EQ(
                TcpRetransmissionLimit::GetModelTime(retries, 200 * MS, 120 * SECOND),
                time,
                retries);
        }
        NS_TEST_EXPECT_MSG_EQ(TcpRetransmissionLimit::GetModelTime(100, 1, never), never, "no cap");
        TcpRetransmissionLimit tireless = Make(Rule::MODEL, UINT32_MAX, 0);
        for (int64_t now = 0; now < 1000000 * SECOND; now += 120 * SECOND)
        {
            const TcpEndCause cause = tireless.OnTimeout(now, now);
            NS_TEST_ASSERT_MSG_EQ((cause == TcpEndCause::NONE), true, "never gives up");
        }
        TcpRetransmissionLimit patient;
        patient.Configure({Rule::MODEL, 15, 0, 200 * MS, 120 * SECOND, never});
        (void)patient.OnTimeout(SECOND, SECOND);
        NS_TEST_EXPECT_MSG_EQ(patient.Clamp(2 * SECOND, SECOND),
                              SECOND,
                              "a boundless user timeout");

        struct Row
        {
            TcpRetransmissionLimit limit; //!< the limit
            int64_t rto;                  //!< first timeout, in ms
            int64_t end;                  //!< in ms
            uint32_t sent;                //!< retransmissions
            TcpEndCause cause;            //!< why
        };

        Row rows[] = {
            // The first timeout at or after the model's 25.4 s from the first retransmission.
            {Make(Rule::MODEL, 6, 0), 204, 204 * 127, 6, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::MODEL, 6, 0), 200, 200 * 255, 7, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::MODEL, 6, 0), 3000, 3000 * 15, 3, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::COUNT, 5, 0), 1000, 63000, 5, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::COUNT, 0, 0), 1000, 1000, 0, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::TIME, 0, 100), 1000, 127000, 6, TcpEndCause::RETRANSMISSIONS},
            {Make(Rule::TIME, 0, 127), 1000, 127000, 6, TcpEndCause::RETRANSMISSIONS},
            // Exactly the user timeout after the first retransmission, whatever the rule says.
            {Make(Rule::MODEL, 6, 0, 5000), 204, 5204, 4, TcpEndCause::USER_TIMEOUT},
            {Make(Rule::COUNT, 1, 0, 60000), 1000, 61000, 5, TcpEndCause::USER_TIMEOUT},
        };
        for (Row& row : rows)
        {
            TcpRetransmissionLimit again = row.limit;
            const auto [end, sent] = Run(row.limit, row.rto * MS);
            const std::string what = std::to_string(row.end) + " ms";
            NS_TEST_EXPECT_MSG_EQ(end, row.end * MS, what);
            NS_TEST_EXPECT_MSG_EQ(sent, row.sent, what);
            const TcpEndCause cause = row.limit.OnTimeout(1000 * SECOND + end, end);
            NS_TEST_EXPECT_MSG_EQ((cause == row.cause), true, what << ": " << ToString(cause));
            // Progress one tick before the end: all starts anew.
            (void)Run(again, row.rto * MS);
            again.OnProgress();
            NS_TEST_EXPECT_MSG_EQ(again.GetRetransmissions(), 0, what);
            NS_TEST_EXPECT_MSG_EQ(Run(again, row.rto * MS).first, row.end * MS, what << ", again");
        }
        const TcpRetransmissionLimit idle = Make(Rule::MODEL, 6, 0, 5000);
        NS_TEST_EXPECT_MSG_EQ(idle.Clamp(0, 9 * SECOND), 9 * SECOND, "nothing was retransmitted");
    }
};

/// Behaviour 11.
class SegmentCheckTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param offset added to all sequence and acknowledgment numbers
     */
    explicit SegmentCheckTestCase(uint32_t offset)
        : TestCase("Segments are judged, numbers from " + std::to_string(offset)),
          m_offset(offset)
    {
    }

  private:
    /// A segment, and what it is.
    struct Row
    {
        const char* what;  //!< for messages
        int32_t seq;       //!< relative to RCV.NXT
        int32_t ack;       //!< relative to SND.UNA
        uint32_t length;   //!< octets
        const char* flags; //!< letters
        Fate fate;         //!< what to do with it
        bool life;         //!< a sign of life
    };

    void DoRun() override
    {
        // RCV.NXT 1000, window 500, all acknowledged; SND.UNA 2000, SND.NXT 2100.
        TcpSegmentCheck::Window window{1000 + m_offset,
                                       1000 + m_offset,
                                       1500 + m_offset,
                                       2000 + m_offset,
                                       2100 + m_offset};
        const Row rows[] = {
            {"pure ACK", 0, 100, 0, "A", Fate::PROCESS, true},
            {"duplicate ACK", 0, 0, 0, "A", Fate::PROCESS, true},
            {"data", 0, 100, 10, "A", Fate::PROCESS, true},
            {"data out of order", 100, 0, 10, "A", Fate::PROCESS, true},
            {"FIN", 0, 0, 0, "AF", Fate::PROCESS, true},
            {"old ACK", 0, -1, 0, "A", Fate::PROCESS, false},
            {"ACK of the future", 0, 101, 0, "A", Fate::CHALLENGE, false},
            {"probe", -1, 100, 0, "A", Fate::OUTSIDE_EMPTY, false},
            {"probe, stale", -1, 100, 0, "AO", Fate::DROP, false},
            {"probe with old ACK", -1, -5, 0, "A", Fate::OUTSIDE_EMPTY, false},
            {"octet", -1, 0, 1, "A", Fate::DUPLICATE, true},
            {"octet, old ACK", -1, -1, 1, "A", Fate::DUPLICATE, false},
            {"octet, stale", -1, 0, 1, "AO", Fate::DUPLICATE, true},
            {"data partly new", -5, 0, 10, "A", Fate::PROCESS, true},
            {"data long received", -50, 0, 10, "A", Fate::OUTSIDE, false},
            {"FIN again", -1, 0, 0, "AF", Fate::DUPLICATE, true},
            {"FIN long received", -5, 0, 0, "AF", Fate::OUTSIDE, false},
            {"last of the window", 500, 0, 0, "A", Fate::PROCESS, true},
            {"beyond the window", 501, 0, 0, "A", Fate::OUTSIDE_EMPTY, false},
            {"data beyond the window", 501, 0, 1, "A", Fate::OUTSIDE, false},
            {"RST", 0, 0, 0, "R", Fate::RESET, false},
            {"RST with ACK", 0, 0, 0, "RA", Fate::RESET, false},
            {"RST in the window", 1, 0, 0, "R", Fate::CHALLENGE, false},
            {"RST at its end", 500, 0, 0, "R", Fate::CHALLENGE, false},
            {"RST before the window", -1, 0, 0, "R", Fate::DROP, false},
            {"RST beyond the window", 501, 0, 0, "R", Fate::DROP, false},
            {"SYN", 0, 0, 0, "S", Fate::CHALLENGE, false},
            {"SYN before the window", -500, 0, 0, "S", Fate::CHALLENGE, false},
            {"SYN with ACK again", -1, 0, 0, "SA", Fate::CHALLENGE, false},
            {"no flags", 0, 0, 0, "", Fate::DROP, false},
            {"no flags, before", -1, 0, 0, "", Fate::DROP, false},
            {"no flags, FIN", 0, 0, 0, "F", Fate::DROP, false},
            {"no flags, data", 0, 0, 1, "", Fate::PROCESS, false},
        };
        Check(rows, window);

        // A delayed acknowledgment of 10 octets is pending: a probe is in the window.
        window.lastAckSent -= 10;
        const Row delayed[] = {{"probe", -1, 0, 0, "A", Fate::PROCESS, true},
                               {"first pending octet", -10, 0, 0, "A", Fate::PROCESS, true},
                               {"before it", -11, 0, 0, "A", Fate::OUTSIDE_EMPTY, false},
                               {"pending data again", -10, 0, 10, "A", Fate::DUPLICATE, true},
                               {"RST there", -1, 0, 0, "R", Fate::CHALLENGE, false}};
        Check(delayed, window);

        // No window.
        window.lastAckSent = window.rcvNxt;
        window.rcvEnd = window.rcvNxt;
        const Row closed[] = {{"pure ACK", 0, 0, 0, "A", Fate::PROCESS, true},
                              {"next", 1, 0, 0, "A", Fate::OUTSIDE_EMPTY, false}};
        Check(closed, window);
    }

    /**
     * @brief Check a table.
     * @param rows the table
     * @param window the connection
     */
    template <std::size_t N>
    void Check(const Row (&rows)[N], const TcpSegmentCheck::Window& window)
    {
        for (const Row& row : rows)
        {
            const std::string flags = row.flags;
            TcpSegmentCheck::Segment segment;
            segment.seq = window.rcvNxt + row.seq;
            segment.ack = window.sndUna + row.ack;
            segment.length = row.length;
            segment.hasAck = flags.find('A') != std::string::npos;
            segment.syn = flags.find('S') != std::string::npos;
            segment.fin = flags.find('F') != std::string::npos;
            segment.rst = flags.find('R') != std::string::npos;
            segment.stale = flags.find('O') != std::string::npos;
            const auto verdict = TcpSegmentCheck::Check(segment, window);
            NS_TEST_EXPECT_MSG_EQ(static_cast<int>(verdict.fate),
                                  static_cast<int>(row.fate),
                                  row.what << ": fate");
            NS_TEST_EXPECT_MSG_EQ(verdict.life, row.life, row.what << ": life");
        }
    }

    const uint32_t m_offset; //!< added to all numbers
};

/// Behaviours 12 and 13.
class ProfileTestCase : public TestCase
{
  public:
    ProfileTestCase()
        : TestCase("Profiles and causes have names, and profiles make sense")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<std::string> names = TcpKeepaliveProfile::GetNames();
        NS_TEST_EXPECT_MSG_EQ(names.size(), 7, "number of profiles");
        for (const std::string& name : names)
        {
            const TcpKeepaliveProfile* profile = TcpKeepaliveProfile::Find(name);
            NS_TEST_ASSERT_MSG_EQ((profile != nullptr), true, name);
            NS_TEST_EXPECT_MSG_EQ(profile->name, name, name);
            NS_TEST_EXPECT_MSG_EQ(profile->idle, 7200 * SECOND, name << ": RFC 9293 MUST-28");
            NS_TEST_EXPECT_MSG_GT(profile->interval, 0, name);
            NS_TEST_EXPECT_MSG_GT_OR_EQ(profile->rtoMax, profile->rtoMin, name);
            NS_TEST_EXPECT_MSG_GT(profile->connectAttempts, 0, name);
            NS_TEST_EXPECT_MSG_EQ(profile->garbageOctet, (name.rfind("windows", 0) == 0), name);
            NS_TEST_EXPECT_MSG_EQ((profile->answerInterval > 0), (name == "linux"), name);
        }
        NS_TEST_EXPECT_MSG_EQ((TcpKeepaliveProfile::Find("beos") == nullptr), true, "unknown");
        NS_TEST_EXPECT_MSG_EQ((TcpKeepaliveProfile::Find("") == nullptr), true, "empty");

        const std::pair<TcpEndCause, const char*> causes[] = {
            {TcpEndCause::NONE, "none"},
            {TcpEndCause::KEEPALIVE, "keepalive"},
            {TcpEndCause::USER_TIMEOUT, "user-timeout"},
            {TcpEndCause::RETRANSMISSIONS, "retransmissions"},
            {TcpEndCause::CONNECT_TIMEOUT, "connect-timeout"},
            {TcpEndCause::REFUSED, "refused"},
            {TcpEndCause::RESET_BY_PEER, "reset-by-peer"},
            {TcpEndCause::CLOSED, "closed"},
            {TcpEndCause::ABORTED, "aborted"},
            {static_cast<TcpEndCause>(200), "unknown"}};
        for (const auto& [cause, name] : causes)
        {
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(cause)), name, name);
        }
    }
};

/// The suite of this file.
class TcpKeepaliveDecisionTestSuite : public TestSuite
{
  public:
    TcpKeepaliveDecisionTestSuite()
        : TestSuite("keepalive-tcp-decision")
    {
        AddTestCase(new SilenceTestCase);
        AddTestCase(new AnswerTestCase);
        AddTestCase(new OutstandingTestCase);
        AddTestCase(new UserTimeoutTestCase);
        AddTestCase(new ReconfigureTestCase);
        AddTestCase(new RetransmissionLimitTestCase);
        AddTestCase(new SegmentCheckTestCase(0));
        AddTestCase(new SegmentCheckTestCase(0U - 1000)); // RCV.NXT is 0
        AddTestCase(new SegmentCheckTestCase(0U - 2050)); // SND.NXT has wrapped, SND.UNA not
        AddTestCase(new SegmentCheckTestCase(std::numeric_limits<int32_t>::max() - 1200));
        AddTestCase(new ProfileTestCase);
    }
};

TcpKeepaliveDecisionTestSuite g_tcpKeepaliveDecisionTestSuite; //!< the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
