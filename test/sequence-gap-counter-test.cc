/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/sequence-gap-counter.h"
#include "ns3/test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief SequenceGapCounter, without a simulator.
 *
 * Behaviours:
 *  1. a fresh counter has sent and heard nothing, and is up, except for LINUX
 *  2. the traces of both routers in Cisco's "Keepalive Mechanisms" come out line by line
 *  3. IOS resets the interface from d = N - 1 on while up, and goes down at d = N, each edge once
 *  4. NOKIA goes down one tick earlier, and never resets
 *  5. LINUX goes down when the hold time is over at a tick, and accepts the last two numbers, not 0
 *  6. FREEBSD repeats a number until it is returned, and goes down at the N-th unanswered send
 *  7. SPPP takes anything for life
 *  8. H3C repeats a number until it is returned, and goes down N intervals later
 *  9. JUNOS counts intervals without a keepalive, and keepalives up again
 * 10. a line that is down comes up at the arrival of an acceptable keepalive, not of another one
 * 11. a number from the future neither brings the line up nor keeps it up; SPPP apart
 * 12. with upCount U, the line comes up at the U-th keepalive accepted in a row
 * 13. the numbers wrap without a false verdict
 * 14. a SLARP request starts the numbers over, the verdict stays (packetlife-hdlc_slarp)
 * 15. Reset and copies
 * 16. a looped line is recognised by its own numbers, and stays up
 * 17. the "*" tells whether a keepalive arrived since the previous tick
 * 18. random outages: the detection time is exactly what the class comment says, for each rule
 * 19. random outages with long round trips, for IOS and NOKIA
 * 20. random outages of the direction to the peer alone
 * 21. mismatched timers: who flaps, how often, and that the slow end does not
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Rule = SequenceGapCounter::Rule;

/// All rules.
constexpr Rule RULES[] =
    {Rule::IOS, Rule::NOKIA, Rule::LINUX, Rule::FREEBSD, Rule::SPPP, Rule::H3C, Rule::JUNOS};

/**
 * @brief The name of a rule.
 * @param rule the rule
 * @return its name
 */
std::string
ToString(Rule rule)
{
    switch (rule)
    {
    case Rule::IOS:
        return "IOS";
    case Rule::NOKIA:
        return "NOKIA";
    case Rule::LINUX:
        return "LINUX";
    case Rule::FREEBSD:
        return "FREEBSD";
    case Rule::SPPP:
        return "SPPP";
    case Rule::H3C:
        return "H3C";
    case Rule::JUNOS:
        return "JUNOS";
    }
    return "unknown";
}

/**
 * @brief What "debug serial interface" prints at a tick.
 * @param counter the counter, between OnTick and NextSequence
 * @return the line, behind the name of the interface
 */
std::string
ToDebugLine(const SequenceGapCounter& counter)
{
    std::ostringstream line;
    line << "myseq " << counter.GetMySequence() << ", mineseen " << counter.GetMineSeen()
         << (counter.IsFresh() ? "*" : "") << ", yourseen " << counter.GetYourSeen() << ", line "
         << (counter.IsUp() ? "up" : "down") << (counter.IsLooped() ? " (looped)" : "");
    return line.str();
}

/**
 * @brief Feed a counter.
 * @param counter the counter
 * @param inputs one letter for each input: 't' a tick, 'T' a tick with the hold time over, a digit
 *        n a keepalive that returns M - n, 'f' one that returns M + 1, 'z' one that returns 0
 * @return one letter for each answer. To ticks: '-' nothing, 'r' reset, 'D' down, 'R' reset and
 *         down; to keepalives: 'a' accepted, 'U' accepted and up, 'x' not accepted; '?' if the
 *         answer contradicts itself
 */
std::string
Play(SequenceGapCounter& counter, const std::string& inputs)
{
    std::string answers;
    for (const char input : inputs)
    {
        const bool wasUp = counter.IsUp();
        if (input == 't' || input == 'T')
        {
            const SequenceGapCounter::Tick tick = counter.OnTick(input == 'T');
            counter.NextSequence();
            const bool down = tick.transition == LinkTransition::WENT_DOWN;
            if (tick.transition == LinkTransition::WENT_UP || down != (wasUp && !counter.IsUp()))
            {
                answers += '?';
                continue;
            }
            answers += tick.reset ? (down ? 'R' : 'r') : (down ? 'D' : '-');
            continue;
        }
        uint32_t returned = 0;
        if (input != 'z')
        {
            returned = counter.GetMySequence() + (input == 'f' ? 1 : '0' - input);
        }
        const SequenceGapCounter::Arrival arrival =
            counter.OnKeepalive(counter.GetYourSeen() + 1, returned);
        const bool up = arrival.transition == LinkTransition::WENT_UP;
        if (arrival.transition == LinkTransition::WENT_DOWN || up != (!wasUp && counter.IsUp()) ||
            (up && !arrival.accepted))
        {
            answers += '?';
            continue;
        }
        answers += arrival.accepted ? (up ? 'U' : 'a') : 'x';
    }
    return answers;
}

constexpr int64_t SECOND = 1000000000; //!< ns
constexpr int64_t T = 10 * SECOND;     //!< interval, ns
constexpr int64_t HOLD = 25 * SECOND;  //!< hold time of LINUX, ns
constexpr int64_t NEVER = std::numeric_limits<int64_t>::max();

/// One end of a line.
struct End
{
    /// A keepalive on its way here.
    struct Frame
    {
        int64_t arrival;   //!< when, ns
        uint32_t sequence; //!< number of its sender
        uint32_t returned; //!< number that it returns
    };

    SequenceGapCounter counter;      //!< of this end
    int64_t interval{T};             //!< ns
    int64_t nextTick{0};             //!< ns
    std::deque<Frame> inbox;         //!< keepalives on their way here
    int64_t deafFrom{NEVER};         //!< what arrives at this time or later is lost, ns
    int64_t lastHeard{0};            //!< when a keepalive arrived, ns
    int64_t lastAccepted{-2 * HOLD}; //!< when one was accepted, ns
    int64_t wentDown{NEVER};         //!< first time down since this was reset, ns
    uint32_t ticks{0};               //!< how many
    uint32_t ticksDown{0};           //!< ... with the line down
    uint32_t resets{0};              //!< ... with a reset of the interface
};

/// Two ends of a line, in whole nanoseconds. What arrives at the instant of a tick comes first.
class Line
{
  public:
    /**
     * @brief Put up a line.
     * @param rule rule of both ends
     * @param downCount of both ends
     * @param delay in each direction, ns
     */
    Line(Rule rule, uint32_t downCount, int64_t delay)
        : m_delay(delay)
    {
        ends[0].counter = SequenceGapCounter(rule, downCount);
        ends[1].counter = SequenceGapCounter(rule, downCount);
    }

    /**
     * @brief Let time pass.
     * @param until the end, ns, not included
     */
    void Run(int64_t until)
    {
        while (true)
        {
            int64_t now = until;
            int who = -1;
            bool arrival = false;
            for (int i = 0; i < 2; i++)
            {
                if (!ends[i].inbox.empty() && ends[i].inbox.front().arrival < now)
                {
                    now = ends[i].inbox.front().arrival;
                    who = i;
                    arrival = true;
                }
            }
            for (int i = 0; i < 2; i++)
            {
                if (ends[i].nextTick < now)
                {
                    now = ends[i].nextTick;
                    who = i;
                    arrival = false;
                }
            }
            if (who < 0)
            {
                return;
            }
            if (arrival)
            {
                Receive(ends[who], now);
            }
            else
            {
                Tick(ends[who], ends[1 - who], now);
            }
        }
    }

    std::array<End, 2> ends; //!< both ends

  private:
    /**
     * @brief A keepalive arrives.
     * @param end where
     * @param now when, ns
     */
    void Receive(End& end, int64_t now)
    {
        const End::Frame frame = end.inbox.front();
        end.inbox.pop_front();
        if (now >= end.deafFrom)
        {
            return;
        }
        end.lastHeard = now;
        if (end.counter.OnKeepalive(frame.sequence, frame.returned).accepted)
        {
            end.lastAccepted = now;
        }
    }

    /**
     * @brief An end judges and sends.
     * @param end the end
     * @param peer the other one
     * @param now when, ns
     */
    void Tick(End& end, End& peer, int64_t now)
    {
        const SequenceGapCounter::Tick tick = end.counter.OnTick(now - end.lastAccepted > HOLD);
        if (tick.transition == LinkTransition::WENT_DOWN)
        {
            end.wentDown = std::min(end.wentDown, now);
        }
        end.ticks++;
        end.ticksDown += end.counter.IsUp() ? 0 : 1;
        end.resets += tick.reset ? 1 : 0;
        const uint32_t returned = end.counter.GetYourSeen();
        peer.inbox.push_back({now + m_delay, end.counter.NextSequence(), returned});
        end.nextTick += end.interval;
    }

    int64_t m_delay; //!< in each direction, ns
};

/**
 * @brief Whole intervals from the first tick behind the last keepalive to the verdict.
 * @param rule a rule other than LINUX
 * @param downCount N
 * @return N or N - 1
 */
int64_t
GetIntervals(Rule rule, uint32_t downCount)
{
    return rule == Rule::NOKIA || rule == Rule::FREEBSD ? downCount - 1 : downCount;
}

/// A test case that compares what a counter answers.
class GapTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit GapTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @brief Feed a counter and compare its answers.
     * @param counter the counter
     * @param inputs see Play
     * @param expected the answers expected
     */
    void Expect(SequenceGapCounter& counter, const std::string& inputs, const std::string& expected)
    {
        NS_TEST_EXPECT_MSG_EQ(Play(counter, inputs), expected, "answers to inputs " << inputs);
    }

    /**
     * @brief Feed a fresh counter and compare its answers.
     * @param rule rule
     * @param downCount N
     * @param inputs see Play
     * @param expected the answers expected
     */
    void Expect(Rule rule,
                uint32_t downCount,
                const std::string& inputs,
                const std::string& expected)
    {
        SequenceGapCounter counter(rule, downCount);
        NS_TEST_EXPECT_MSG_EQ(Play(counter, inputs),
                              expected,
                              ToString(rule) << " " << downCount << " to inputs " << inputs);
    }

    /**
     * @brief Compare the numbers of a counter.
     * @param counter the counter
     * @param mySequence M
     * @param mineSeen S
     * @param yourSeen Y
     * @param gap what it judges
     */
    void ExpectNumbers(const SequenceGapCounter& counter,
                       uint32_t mySequence,
                       uint32_t mineSeen,
                       uint32_t yourSeen,
                       uint32_t gap)
    {
        NS_TEST_EXPECT_MSG_EQ(counter.GetMySequence(), mySequence, "myseq");
        NS_TEST_EXPECT_MSG_EQ(counter.GetMineSeen(), mineSeen, "mineseen");
        NS_TEST_EXPECT_MSG_EQ(counter.GetYourSeen(), yourSeen, "yourseen");
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), gap, "gap");
    }

    /**
     * @brief Set the number last sent, which a counter has no function for: four thousand million
     * ticks would take too long.
     *
     * Two counters that differ in nothing but that number show where it lies.
     *
     * @param counter the counter, of a rule that sends a new number at each tick
     * @param number the number
     */
    void SetMySequence(SequenceGapCounter& counter, uint32_t number)
    {
        static_assert(std::is_trivially_copyable_v<SequenceGapCounter>);
        constexpr std::size_t SIZE = sizeof(SequenceGapCounter);
        SequenceGapCounter one(Rule::IOS, 7);
        SequenceGapCounter five(Rule::IOS, 7);
        one.NextSequence();
        for (int i = 0; i < 5; i++)
        {
            five.NextSequence();
        }
        unsigned char bytes1[SIZE];
        unsigned char bytes5[SIZE];
        std::memcpy(bytes1, &one, SIZE);
        std::memcpy(bytes5, &five, SIZE);
        std::size_t offset = SIZE;
        for (std::size_t i = 0; i + sizeof(number) <= SIZE; i += sizeof(number))
        {
            uint32_t value1;
            uint32_t value5;
            std::memcpy(&value1, bytes1 + i, sizeof(value1));
            std::memcpy(&value5, bytes5 + i, sizeof(value5));
            if (value1 == 1 && value5 == 5)
            {
                offset = i;
            }
        }
        NS_TEST_ASSERT_MSG_LT(offset, SIZE, "no number found in the counter");
        unsigned char bytes[SIZE];
        std::memcpy(bytes, &counter, SIZE);
        std::memcpy(bytes + offset, &number, sizeof(number));
        std::memcpy(static_cast<void*>(&counter), bytes, SIZE);
        NS_TEST_ASSERT_MSG_EQ(counter.GetMySequence(), number, "it was not where it seemed");
    }
};

/// Behaviour 1.
class FreshGapTestCase : public GapTestCase
{
  public:
    FreshGapTestCase()
        : GapTestCase("A fresh counter has sent and heard nothing, and is up except for LINUX")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            SequenceGapCounter counter(rule);
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), (rule != Rule::LINUX), ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.IsFresh(), false, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, ToString(rule));
            ExpectNumbers(counter, 0, 0, 0, 0);
            const uint32_t first = rule == Rule::FREEBSD ? 0 : 1;
            NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), first, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.GetMySequence(), first, ToString(rule));
        }
        // Defaults: IOS, 3, 1.
        SequenceGapCounter counter;
        Expect(counter, "ttttt0", "--rR-U");
    }
};

/// Behaviour 2.
class SeedTraceTestCase : public GapTestCase
{
  public:
    SeedTraceTestCase()
        : GapTestCase("The traces of both routers in Cisco's document come out line by line")
    {
    }

  private:
    void DoRun() override
    {
        struct Printed
        {
            int router;       // 1 or 2
            const char* time; // of day
            const char* line; // behind "HDLC "
            bool reset;       // "HD(0): Reset" before it
        };

        // Both consoles of the document, merged by time. Router 1 is shut at 17:22:42.225.
        const Printed trace[] = {
            {2, "17:21:04.929", "myseq 0, mineseen 0, yourseen 0, line up", false},
            {1, "17:21:09.685", "myseq 0, mineseen 0*, yourseen 1, line up", false},
            {2, "17:21:14.941", "myseq 1, mineseen 1*, yourseen 1, line up", false},
            {1, "17:21:19.725", "myseq 1, mineseen 1*, yourseen 2, line up", false},
            {2, "17:21:24.961", "myseq 2, mineseen 2*, yourseen 2, line up", false},
            {1, "17:21:29.753", "myseq 2, mineseen 2*, yourseen 3, line up", false},
            {2, "17:21:34.981", "myseq 3, mineseen 3*, yourseen 3, line up", false},
            {1, "17:21:39.773", "myseq 3, mineseen 3*, yourseen 4, line up", false},
            {2, "17:21:45.001", "myseq 4, mineseen 4*, yourseen 4, line up", false},
            {1, "17:21:49.805", "myseq 4, mineseen 4*, yourseen 5, line up", false},
            {2, "17:21:55.021", "myseq 5, mineseen 5*, yourseen 5, line up", false},
            {1, "17:21:59.837", "myseq 5, mineseen 5*, yourseen 6, line up", false},
            {2, "17:22:05.041", "myseq 6, mineseen 6*, yourseen 6, line up", false},
            {1, "17:22:09.865", "myseq 6, mineseen 6*, yourseen 7, line up", false},
            {2, "17:22:15.061", "myseq 7, mineseen 7*, yourseen 7, line up", false},
            {1, "17:22:19.905", "myseq 7, mineseen 7*, yourseen 8, line up", false},
            {2, "17:22:25.081", "myseq 8, mineseen 8*, yourseen 8, line up", false},
            {1, "17:22:29.945", "myseq 8, mineseen 8*, yourseen 9, line up", false},
            {2, "17:22:35.101", "myseq 9, mineseen 9*, yourseen 9, line up", false},
            {1, "17:22:39.965", "myseq 9, mineseen 9*, yourseen 10, line up", false},
            {2, "17:22:45.113", "myseq 10, mineseen 10*, yourseen 10, line up", false},
            {2, "17:22:55.133", "myseq 11, mineseen 10, yourseen 10, line up", false},
            {2, "17:23:05.153", "myseq 12, mineseen 10, yourseen 10, line up", true},
            {2, "17:23:15.173", "myseq 13, mineseen 10, yourseen 10, line down", true},
            {2, "17:23:25.193", "myseq 14, mineseen 10, yourseen 10, line down", false},
        };
        const std::string shut = "17:22:42.225";

        std::array<SequenceGapCounter, 2> routers;
        uint32_t transitions = 0;
        std::string last;
        for (const Printed& printed : trace)
        {
            NS_TEST_ASSERT_MSG_LT(last, std::string(printed.time), "merged by time");
            last = printed.time;
            SequenceGapCounter& here = routers[printed.router - 1];
            const SequenceGapCounter::Tick tick = here.OnTick();
            NS_TEST_EXPECT_MSG_EQ(ToDebugLine(here), printed.line, "router at " << printed.time);
            NS_TEST_EXPECT_MSG_EQ(tick.reset, printed.reset, "reset at " << printed.time);
            if (tick.transition != LinkTransition::NONE)
            {
                transitions++;
                NS_TEST_EXPECT_MSG_EQ(last, "17:23:15.173", "when the line went down");
            }
            const uint32_t returned = here.GetYourSeen();
            const uint32_t sequence = here.NextSequence();
            if (printed.time < shut)
            {
                SequenceGapCounter& there = routers[2 - printed.router];
                NS_TEST_EXPECT_MSG_EQ(there.OnKeepalive(sequence, returned).accepted,
                                      true,
                                      "keepalive sent at " << printed.time);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(transitions, 1, "the line went down once");
    }
};

/// Behaviour 3.
class IosRuleTestCase : public GapTestCase
{
  public:
    IosRuleTestCase()
        : GapTestCase("IOS resets from d = N - 1 on while up, and goes down at d = N")
    {
    }

  private:
    void DoRun() override
    {
        // The first 't' behind a keepalive has d = 0.
        Expect(Rule::IOS, 3, "t0ttttttt", "-a--rR---");
        Expect(Rule::IOS, 1, "t0tttt", "-a-R--"); // never a reset while nothing is missing
        Expect(Rule::IOS, 2, "t0tttt", "-a-rR-");
        Expect(Rule::IOS, 5, "t0tttttttt", "-a----rR--");
        Expect(Rule::IOS, 3, "t0ttt0ttt0t", "-a--ra--ra-"); // saved twice at the last moment
        Expect(Rule::IOS, 3, "t0tttt0tttt", "-a--rRU--rR"); // resets again once up again
        Expect(Rule::IOS, 3, "t0t1t1tt", "-a-a-a-r");       // acknowledged, but late: d begins at 1
        SequenceGapCounter largest(Rule::IOS, UINT32_MAX);
        Expect(largest, std::string(1000, 't'), std::string(1000, '-'));
        ExpectNumbers(largest, 1000, 0, 0, 1000);
        SequenceGapCounter counter(Rule::IOS);
        Play(counter, "tttt1"); // the peer returns 3 of 4
        ExpectNumbers(counter, 4, 3, 1, 1);
    }
};

/// Behaviour 4.
class NokiaRuleTestCase : public GapTestCase
{
  public:
    NokiaRuleTestCase()
        : GapTestCase("NOKIA goes down one tick earlier than IOS, and never resets")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::NOKIA, 3, "t0tttttt", "-a--D---");
        Expect(Rule::NOKIA, 2, "t0ttttt", "-a-D---");
        Expect(Rule::NOKIA, 5, "t0tttttttt", "-a----D---");
        Expect(Rule::NOKIA, 3, "t0tt0tt0ttt", "-a--a--a--D");
        // What the manual calls acceptable is what the next tick would not go down for.
        Expect(Rule::NOKIA, 3, "tttt21t0t0", "--D-xU-a-a");
        Expect(Rule::NOKIA, 1, "t00tt0", "Dxx--x"); // N = 1 is down for ever, as documented
        SequenceGapCounter largest(Rule::NOKIA, UINT32_MAX);
        Expect(largest, std::string(1000, 't'), std::string(1000, '-'));
    }
};

/// Behaviour 5.
class LinuxRuleTestCase : public GapTestCase
{
  public:
    LinuxRuleTestCase()
        : GapTestCase("LINUX has a hold time, and accepts the last two numbers but not 0")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::LINUX, 3, "TtTt0", "----U"); // starts down, and comes up on arrival
        Expect(Rule::LINUX, 3, "t0ttttttttttTTtT", "-U----------D---");
        Expect(Rule::LINUX, 3, "t1t1t1t", "-x-U-a-"); // 1 - 1 is 0: "none"
        Expect(Rule::LINUX, 3, "zt0zt0tttT23f4z10", "x-Ux-a---DxxxxxUa");
        // The count is not looked at.
        Expect(Rule::LINUX, 1, "t0tttttT", "-U-----D");
        // What is not accepted is remembered all the same: it is what the next keepalive returns.
        SequenceGapCounter counter(Rule::LINUX);
        Play(counter, "tttt3");
        ExpectNumbers(counter, 4, 1, 1, 3);
    }
};

/// Behaviour 6.
class FreeBsdRuleTestCase : public GapTestCase
{
  public:
    FreeBsdRuleTestCase()
        : GapTestCase("FREEBSD repeats a number until it is returned; down at the N-th send")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::FREEBSD, 3, "t0tttttt", "-a--D---");
        Expect(Rule::FREEBSD, 3, "t0tt0tt0ttt0", "-a--a--a--DU");
        Expect(Rule::FREEBSD, 2, "t0ttt", "-a-D-");
        SequenceGapCounter counter(Rule::FREEBSD);
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 0, "first");
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 0, "not returned yet");
        Expect(counter, "00", "ax"); // 0 from a peer that has heard nothing is taken for it
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 1, "returned");
        Expect(counter, "1f", "xx");
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 1, "still not returned");
        Expect(counter, "0", "a");
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 2, "returned");
        // "local_seq == par2" holds before the first send too.
        Expect(Rule::FREEBSD, 3, "0t1t", "a-x-");
        SequenceGapCounter early(Rule::FREEBSD);
        Play(early, "0");
        NS_TEST_EXPECT_MSG_EQ(early.NextSequence(), 1, "0 was skipped");
    }
};

/// Behaviour 7.
class SpppRuleTestCase : public GapTestCase
{
  public:
    SpppRuleTestCase()
        : GapTestCase("SPPP takes anything for life; down behind N unanswered sends")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::SPPP, 3, "t0tttttt", "-a---D--");
        Expect(Rule::SPPP, 1, "t0ttt", "-a-D-");
        Expect(Rule::SPPP, 3, "tttztttftttt9", "---a---a---DU");
        SequenceGapCounter counter(Rule::SPPP);
        Play(counter, "ttt");
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), 3, "sends since the start");
        Play(counter, "t9");
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), 0, "sends since the last keepalive");
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 5, "numbers go on");
    }
};

/// Behaviour 8.
class H3cRuleTestCase : public GapTestCase
{
  public:
    H3cRuleTestCase()
        : GapTestCase("H3C repeats a number until it is returned; down behind N sends")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::H3C, 3, "t0tttttt", "-a---D--");
        Expect(Rule::H3C, 5, "t0tttttttt", "-a-----D--");
        Expect(Rule::H3C, 3, "zt1t1t1t0", "x-x-x-xDU");
        SequenceGapCounter counter(Rule::H3C);
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 1, "first");
        Expect(counter, "z1f", "xxx");
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 1, "not returned yet");
        Expect(counter, "00", "ax"); // once
        NS_TEST_EXPECT_MSG_EQ(counter.NextSequence(), 2, "returned");
    }
};

/// Behaviour 9.
class JunosRuleTestCase : public GapTestCase
{
  public:
    JunosRuleTestCase()
        : GapTestCase("JUNOS counts intervals without a keepalive, and keepalives up again")
    {
    }

  private:
    void DoRun() override
    {
        Expect(Rule::JUNOS, 3, "t0tttttt", "-a---D--");
        Expect(Rule::JUNOS, 1, "t0ttt", "-a-D-");
        Expect(Rule::JUNOS, 3, "t9ttt9tttt9", "-a---a---DU"); // heard is enough
        SequenceGapCounter counter(Rule::JUNOS, 3, 2);
        Expect(counter, "ttt", "---");
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), 2, "intervals missed: the third is not over");
        Expect(counter, "t", "D");
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), 3, "intervals missed");
        Expect(counter, "0tt0t0", "a--a-U"); // a missed interval starts the row over
        NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), 0, "intervals missed");
    }
};

/// Behaviour 10.
class RecoveryTestCase : public GapTestCase
{
  public:
    RecoveryTestCase()
        : GapTestCase("A line that is down comes up at the arrival of an acceptable keepalive")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t downCount : {2, 3, 9})
        {
            SequenceGapCounter counter(Rule::IOS, downCount);
            Play(counter, std::string(20, 't'));
            for (uint32_t gap = 9; gap >= downCount; gap--)
            {
                Expect(counter, std::string(1, static_cast<char>('0' + gap)), "x");
                NS_TEST_EXPECT_MSG_EQ(counter.GetGap(), gap, "but it is remembered");
            }
            SequenceGapCounter copy(counter);
            Expect(copy, std::string(1, static_cast<char>('0' + downCount - 1)) + "t0", "Ura");
            Expect(counter, "0t", "U-");
        }
        // An old number takes a line down that is up: at the next tick, which judges the gap.
        Expect(Rule::IOS, 3, "ttt0zt", "--raxR");
        // No tick brings the line up.
        SequenceGapCounter counter(Rule::IOS);
        Play(counter, "ttttttt");
        Expect(counter, "9ttt2", "x---U");
    }
};

/// Behaviour 11.
class FutureTestCase : public GapTestCase
{
  public:
    FutureTestCase()
        : GapTestCase("A number from the future neither brings the line up nor keeps it up")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            if (rule == Rule::SPPP)
            {
                continue; // which takes it, see behaviour 7
            }
            // A peer that invents numbers, or remembers those from before our restart.
            SequenceGapCounter counter(rule, 3);
            Play(counter, "t0");
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), true, ToString(rule));
            const uint32_t mineSeen = counter.GetMineSeen();
            for (const uint32_t ahead : {1U, 2U, 50U, 0x7fffffffU, 0x80000000U})
            {
                const SequenceGapCounter::Arrival arrival =
                    counter.OnKeepalive(7, counter.GetMySequence() + ahead);
                NS_TEST_EXPECT_MSG_EQ(arrival.accepted, false, ToString(rule) << " " << ahead);
                NS_TEST_EXPECT_MSG_EQ(counter.GetMineSeen(), mineSeen, ToString(rule));
                NS_TEST_EXPECT_MSG_EQ(counter.GetYourSeen(), 7, ToString(rule));
            }
            std::string answers = Play(counter, "ftftftftTfff");
            NS_TEST_EXPECT_MSG_EQ((answers.find_first_of("DR") != std::string::npos),
                                  true,
                                  ToString(rule) << " goes down: " << answers);
            NS_TEST_EXPECT_MSG_EQ(answers.find_first_of("aU"), std::string::npos, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), false, ToString(rule));
        }
        for (const Rule rule : {Rule::IOS, Rule::NOKIA}) // an N that reaches into the future
        {
            SequenceGapCounter counter(rule, UINT32_MAX);
            Expect(counter, "t0", "-a");
            NS_TEST_EXPECT_MSG_EQ(counter.OnKeepalive(2, 50).accepted, false, ToString(rule));
        }
        // The oldest number that is not from the future.
        SequenceGapCounter counter(Rule::JUNOS);
        NS_TEST_EXPECT_MSG_EQ(counter.OnKeepalive(1, 0x80000001).accepted, true, "2^31 - 1 ago");
    }
};

/// Behaviour 12.
class GapUpCountTestCase : public GapTestCase
{
  public:
    GapUpCountTestCase()
        : GapTestCase("With upCount U, the line comes up at the U-th keepalive in a row")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            SequenceGapCounter counter(rule, 3, 3);
            Play(counter, rule == Rule::LINUX ? "t" : "t0tttt");
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), false, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(Play(counter, "t0t0t0t0"), "-a-a-U-a", ToString(rule));
            // The row starts over the next time.
            Play(counter, "ttttT");
            NS_TEST_EXPECT_MSG_EQ(Play(counter, "0t0t0"), "a-a-U", ToString(rule));
        }
        // What ends a row: a keepalive that is not accepted, a tick that would go down.
        for (const Rule rule : {Rule::IOS, Rule::NOKIA, Rule::LINUX})
        {
            SequenceGapCounter counter(rule, 3, 3);
            Play(counter, "ttttttT");
            NS_TEST_EXPECT_MSG_EQ(Play(counter, "t0t0ft0t0t0"), "-a-ax-a-a-U", ToString(rule));
            Play(counter, "ttttttT");
            NS_TEST_EXPECT_MSG_EQ(Play(counter, "t0t0ttttTt0t0t0"),
                                  "-a-a------a-a-U",
                                  ToString(rule));
        }
        // Nokia's up-count must be within reach of a peer that is slower than we are.
        SequenceGapCounter slow(Rule::NOKIA, 3, 3);
        Play(slow, "tttttt");
        Expect(slow, "t0tt0tt0", "-a--a--U");
    }
};

/// Behaviour 13.
class WrapTestCase : public GapTestCase
{
  public:
    WrapTestCase()
        : GapTestCase("The numbers wrap without a false verdict")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : {Rule::IOS, Rule::NOKIA, Rule::SPPP, Rule::JUNOS})
        {
            // Acknowledged all the way across 0.
            SequenceGapCounter counter(rule, 3);
            SetMySequence(counter, UINT32_MAX - 2);
            Expect(counter, "0t0t0t0t0t0", "a-a-a-a-a-a");
            ExpectNumbers(counter, 2, 2, 6, 0);
            // Acknowledged one late.
            SequenceGapCounter late(rule, 3);
            SetMySequence(late, UINT32_MAX - 2);
            Expect(late, "1t1t1t1t1t1", "a-a-a-a-a-a");
            NS_TEST_EXPECT_MSG_EQ(late.GetMineSeen(), 1, ToString(rule));
            // A failure right at the wrap takes as long as any other.
            SequenceGapCounter failing(rule, 3);
            SetMySequence(failing, UINT32_MAX - 1);
            SequenceGapCounter reference(rule, 3);
            SetMySequence(reference, 1000);
            NS_TEST_EXPECT_MSG_EQ(Play(failing, "0tttttf210"),
                                  Play(reference, "0tttttf210"),
                                  ToString(rule));
        }
        // 0 means "none" to LINUX: refused as M, and as M - 1.
        SequenceGapCounter counter(Rule::LINUX);
        SetMySequence(counter, UINT32_MAX - 1);
        Expect(counter, "0t0t0t1t1t0", "U-a-x-x-a-a");
    }
};

/// Behaviour 14.
class PeerRestartTestCase : public GapTestCase
{
  public:
    PeerRestartTestCase()
        : GapTestCase("A SLARP request starts the numbers over, and the verdict stays")
    {
    }

  private:
    void DoRun() override
    {
        // packetlife-hdlc_slarp: 1 is sent at 0 s, a request arrives at 9.93 s, 1 is sent at 10.02.
        SequenceGapCounter ios(Rule::IOS);
        NS_TEST_EXPECT_MSG_EQ(ios.NextSequence(), 1, "at 0 s");
        ios.OnPeerRestart();
        static_cast<void>(ios.OnKeepalive(0, 0));
        NS_TEST_EXPECT_MSG_EQ(ios.IsLooped(), false, "nothing sent any more");
        NS_TEST_EXPECT_MSG_EQ(ios.NextSequence(), 1, "at 10.02 s");

        for (const Rule rule : {Rule::IOS, Rule::NOKIA, Rule::H3C, Rule::JUNOS})
        {
            SequenceGapCounter up(rule, 3);
            Play(up, "t0t0t0tt"); // two more without an answer
            up.OnPeerRestart();
            NS_TEST_EXPECT_MSG_EQ(up.IsUp(), true, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(up.IsFresh(), false, ToString(rule));
            ExpectNumbers(up, 0, 0, 0, 0);
            // What is still on its way returns a number that nobody knows any more.
            NS_TEST_EXPECT_MSG_EQ(up.OnKeepalive(4, 3).accepted, false, ToString(rule));
            SequenceGapCounter fresh(rule, 3);
            NS_TEST_EXPECT_MSG_EQ(Play(up, "tt0ttttt0"), Play(fresh, "tt0ttttt0"), ToString(rule));

            SequenceGapCounter down(rule, 3);
            Play(down, "tttttt");
            down.OnPeerRestart();
            NS_TEST_EXPECT_MSG_EQ(down.IsUp(), false, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(Play(down, "t0"), "-U", ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(down.GetMySequence(), 1, ToString(rule));
        }
        // hdlc_cisco.c, ng_cisco.c and if_spppsubr.c answer, and that is all.
        for (const Rule rule : {Rule::LINUX, Rule::FREEBSD, Rule::SPPP})
        {
            SequenceGapCounter counter(rule, 3);
            Play(counter, "t0t0tt");
            const SequenceGapCounter before(counter);
            counter.OnPeerRestart();
            ExpectNumbers(counter,
                          before.GetMySequence(),
                          before.GetMineSeen(),
                          before.GetYourSeen(),
                          before.GetGap());
            NS_TEST_EXPECT_MSG_EQ((counter.GetMySequence() > 1), true, "set-up");
        }
    }
};

/// Behaviour 15.
class GapResetTestCase : public GapTestCase
{
  public:
    GapResetTestCase()
        : GapTestCase("Reset forgets what happened, copies remember it")
    {
    }

  private:
    void DoRun() override
    {
        const std::string future = "ttttttT0t0t1tftt0t0t0";
        for (const Rule rule : RULES)
        {
            for (const std::string past : {"", "0", "t", "t0", "t0tt", "t0tttttt", "tttttt0T0f"})
            {
                SequenceGapCounter counter(rule, 4, 2);
                Play(counter, past);
                SequenceGapCounter copy(counter);
                const std::string expected = Play(copy, future);
                SequenceGapCounter assigned;
                assigned = counter;
                NS_TEST_EXPECT_MSG_EQ(Play(assigned, future), expected, ToString(rule));
                NS_TEST_EXPECT_MSG_EQ(ToDebugLine(assigned), ToDebugLine(copy), ToString(rule));

                counter.Reset();
                SequenceGapCounter fresh(rule, 4, 2);
                NS_TEST_EXPECT_MSG_EQ(ToDebugLine(counter),
                                      ToDebugLine(fresh),
                                      ToString(rule) << " after " << past);
                NS_TEST_EXPECT_MSG_EQ(Play(counter, future),
                                      Play(fresh, future),
                                      ToString(rule) << " after " << past);
                NS_TEST_EXPECT_MSG_EQ(ToDebugLine(counter),
                                      ToDebugLine(fresh),
                                      ToString(rule) << " after " << past);
            }
        }
    }
};

/// Behaviour 16.
class LoopTestCase : public GapTestCase
{
  public:
    LoopTestCase()
        : GapTestCase("A looped line is recognised by its own numbers, and stays up")
    {
    }

  private:
    /**
     * @brief Let a tick pass whose keepalive comes back.
     * @param counter the counter
     */
    void Loop(SequenceGapCounter& counter)
    {
        static_cast<void>(counter.OnTick());
        const uint32_t returned = counter.GetYourSeen();
        const uint32_t sequence = counter.NextSequence();
        static_cast<void>(counter.OnKeepalive(sequence, returned));
    }

    void DoRun() override
    {
        // ciscohowto.blogspot, "debug serial interface" on a looped line.
        SequenceGapCounter ios(Rule::IOS);
        for (uint32_t i = 0; i < 53150; i++)
        {
            Loop(ios);
        }
        NS_TEST_EXPECT_MSG_EQ(ios.OnTick().reset, false, "no reset");
        NS_TEST_EXPECT_MSG_EQ(ToDebugLine(ios),
                              "myseq 53150, mineseen 53149*, yourseen 53150, line up (looped)",
                              "as printed");

        for (const Rule rule : RULES)
        {
            SequenceGapCounter counter(rule, 3);
            for (uint32_t i = 0; i < 20; i++)
            {
                Loop(counter);
                NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), true, ToString(rule) << " loop " << i);
                NS_TEST_EXPECT_MSG_EQ(counter.IsUp(),
                                      (rule != Rule::LINUX || i > 0), // 0 is not accepted
                                      ToString(rule) << " loop " << i);
            }
            // The loop is opened: the sign stays to the tick behind the last loop, and no longer.
            Play(counter, "t");
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), true, ToString(rule));
            Play(counter, "t");
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, ToString(rule));
            // A peer instead of the loop: over at once.
            Loop(counter);
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), true, ToString(rule));
            Play(counter, "0");
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, ToString(rule));
            // So is a restart.
            Loop(counter);
            counter.Reset();
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, ToString(rule));
            // Nothing can be looped before anything was sent.
            static_cast<void>(counter.OnKeepalive(0, 0));
            NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, ToString(rule));
        }

        // Each of the two numbers can differ.
        SequenceGapCounter counter(Rule::IOS);
        Loop(counter);
        Loop(counter); // sent (2, 1)
        static_cast<void>(counter.OnKeepalive(2, 2));
        NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, "a peer with equal numbers");
        static_cast<void>(counter.OnKeepalive(1, 1));
        NS_TEST_EXPECT_MSG_EQ(counter.IsLooped(), false, "a peer that is one behind");

        // Neither end of a healthy line is taken for a loop, whoever is ahead ...
        for (const Rule rule : RULES)
        {
            Line line(rule, 3, SECOND);
            line.ends[1].nextTick = 4 * SECOND;
            for (int64_t now = 0; now < 20 * T; now += SECOND / 2)
            {
                line.Run(now);
                NS_TEST_EXPECT_MSG_EQ(line.ends[0].counter.IsLooped(), false, ToString(rule));
                NS_TEST_EXPECT_MSG_EQ(line.ends[1].counter.IsLooped(), false, ToString(rule));
            }
        }
        // ... except if their keepalives always cross, as documented.
        Line crossing(Rule::IOS, 3, SECOND);
        crossing.Run(20 * T);
        NS_TEST_EXPECT_MSG_EQ(crossing.ends[0].counter.IsLooped(), true, "cannot be told apart");
    }
};

/// Behaviour 17.
class StarTestCase : public GapTestCase
{
  public:
    StarTestCase()
        : GapTestCase("The star tells whether a keepalive arrived since the previous tick")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            SequenceGapCounter counter(rule);
            for (const std::string heard : {"0", "f", "z"}) // accepted or not
            {
                Play(counter, "tt");
                NS_TEST_EXPECT_MSG_EQ(counter.IsFresh(), false, ToString(rule));
                Play(counter, heard);
                NS_TEST_EXPECT_MSG_EQ(counter.IsFresh(), true, ToString(rule) << heard);
                static_cast<void>(counter.OnTick());
                NS_TEST_EXPECT_MSG_EQ(counter.IsFresh(), true, "it is printed behind OnTick");
                counter.NextSequence();
                NS_TEST_EXPECT_MSG_EQ(counter.IsFresh(), false, ToString(rule));
            }
        }
    }
};

/// Behaviours 18, 19 and 20.
class RandomOutageGapTestCase : public GapTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param rule rule of both ends
     * @param delay in each direction, ns
     * @param oneWay only what we send is lost
     */
    RandomOutageGapTestCase(Rule rule, int64_t delay, bool oneWay)
        : GapTestCase("Random outages, " + ToString(rule) +
                      (oneWay ? ", one direction" : ", both directions") +
                      (delay > 0 ? ", long round trips" : "")),
          m_rule(rule),
          m_delay(delay),
          m_oneWay(oneWay)
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937_64 rng(19991024);
        for (const uint32_t downCount : {2, 3, 5})
        {
            if (m_rule == Rule::NOKIA && downCount == 2 && m_delay > 0)
            {
                continue; // T + round trip > (N - 1) * T: flaps by itself
            }
            int64_t lower = m_rule == Rule::LINUX
                                ? HOLD - T
                                : (GetIntervals(m_rule, downCount) - (m_oneWay ? 0 : 1)) * T;
            lower -= 2 * m_delay;
            const int64_t width = m_oneWay ? T : 2 * T;
            constexpr int RUNS = 3000;
            double sum = 0;
            int64_t shortest = NEVER;
            int64_t longest = 0;
            for (int run = 0; run < RUNS; run++)
            {
                const int64_t time = GetDetectionTime(downCount, rng);
                NS_TEST_ASSERT_MSG_GT(time, 0, "not detected, or before the failure");
                sum += static_cast<double>(time);
                shortest = std::min(shortest, time);
                longest = std::max(longest, time);
            }
            NS_TEST_EXPECT_MSG_GT(shortest, lower, "lower end of the interval");
            NS_TEST_EXPECT_MSG_LT(longest, lower + width + 1, "upper end of the interval");
            // 0.1 T off an end has a probability of 1/200 or more: the ends are really reached.
            NS_TEST_EXPECT_MSG_LT(shortest, lower + T / 10, "lower end of the interval");
            NS_TEST_EXPECT_MSG_GT(longest, lower + width - T / 10, "upper end of the interval");
            // phi is uniform, phi - e is triangular.
            const double deviation = static_cast<double>(T) / std::sqrt(m_oneWay ? 12 : 6);
            NS_TEST_EXPECT_MSG_EQ_TOL(sum / RUNS,
                                      static_cast<double>(lower + width / 2),
                                      4 * deviation / std::sqrt(RUNS),
                                      "mean with N = " << downCount);
        }
    }

    /**
     * @brief One outage, compared with the law.
     * @param downCount N
     * @param rng random numbers
     * @return from the failure to the verdict of end 0, ns; 0 or less if there is none
     */
    int64_t GetDetectionTime(uint32_t downCount, std::mt19937_64& rng)
    {
        std::uniform_int_distribution<int64_t> uniform(0, T - 1);
        Line line(m_rule, downCount, m_delay);
        const int64_t phase = uniform(rng);
        line.ends[0].nextTick = phase;
        line.ends[1].nextTick = uniform(rng);
        const int64_t failure = 6 * T + uniform(rng);
        line.Run(failure);
        line.ends[0].wentDown = NEVER; // of the start
        NS_TEST_EXPECT_MSG_EQ(line.ends[0].counter.IsUp(), true, "up before the failure");
        // What had not arrived by then is lost.
        line.ends[1].deafFrom = failure;
        const int64_t heard = line.ends[0].lastHeard;
        if (!m_oneWay)
        {
            line.ends[0].deafFrom = failure;
        }
        line.Run(failure + (downCount + 4) * T);

        int64_t verdict;
        if (m_rule == Rule::LINUX)
        {
            verdict = GetTickAfter(phase, heard + HOLD);
        }
        else
        {
            // The law of the class comment, for this run. One way: the first tick whose keepalive
            // is lost counts from 0.
            const int64_t first = GetTickAfter(phase, (m_oneWay ? failure : heard) - 2 * m_delay);
            verdict = first + GetIntervals(m_rule, downCount) * T;
        }
        NS_TEST_EXPECT_MSG_EQ(line.ends[0].wentDown,
                              verdict,
                              ToString(m_rule) << " N = " << downCount << " phase " << phase
                                               << " failure " << failure);
        return line.ends[0].wentDown == NEVER ? -1 : line.ends[0].wentDown - failure;
    }

    /**
     * @brief The first tick of end 0 behind an instant.
     * @param phase of its ticks, ns
     * @param instant the instant, ns
     * @return when, ns
     */
    static int64_t GetTickAfter(int64_t phase, int64_t instant)
    {
        return phase + ((instant - phase) / T + 1) * T;
    }

    Rule m_rule;     //!< of both ends
    int64_t m_delay; //!< in each direction, ns
    bool m_oneWay;   //!< only what we send is lost
};

/// Behaviour 20, for the rules that ask whether the peer is heard.
class OneWayTestCase : public GapTestCase
{
  public:
    OneWayTestCase()
        : GapTestCase("What only the peer misses: SPPP and JUNOS never see it, LINUX later")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937_64 rng(19991024);
        std::uniform_int_distribution<int64_t> uniform(0, T - 1);
        for (const Rule rule : {Rule::SPPP, Rule::JUNOS, Rule::LINUX})
        {
            for (int run = 0; run < 500; run++)
            {
                Line line(rule, 3, 0);
                line.ends[0].nextTick = uniform(rng);
                line.ends[1].nextTick = uniform(rng);
                const int64_t failure = 6 * T + uniform(rng);
                line.ends[1].deafFrom = failure;
                line.Run(failure + 50 * T);
                NS_TEST_EXPECT_MSG_EQ(line.ends[1].counter.IsUp(), false, "the peer sees it");
                if (rule != Rule::LINUX)
                {
                    NS_TEST_EXPECT_MSG_EQ(line.ends[0].wentDown, NEVER, ToString(rule));
                    continue;
                }
                // It accepts M - 1 too, and so takes up to two more keepalives for life.
                const int64_t time = line.ends[0].wentDown - failure;
                NS_TEST_EXPECT_MSG_GT(time, HOLD, "LINUX");
                NS_TEST_EXPECT_MSG_LT(time, HOLD + 3 * T + 1, "LINUX");
            }
        }
    }
};

/// Behaviour 21.
class MismatchTestCase : public GapTestCase
{
  public:
    MismatchTestCase()
        : GapTestCase("Mismatched timers: who flaps, and how often")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937_64 rng(20030704);
        for (const Rule rule : RULES)
        {
            for (const int64_t slow : {10, 15, 20, 21, 25, 30, 31, 35, 40, 60})
            {
                const int64_t limit =
                    rule == Rule::LINUX ? HOLD / SECOND : 10 * GetIntervals(rule, 3);
                // Between, the phases decide; where they are spread evenly, the fraction holds.
                if (rule == Rule::LINUX && slow > limit && slow % 10 == 0)
                {
                    continue;
                }
                Line line(rule, 3, 0);
                Spread(line, slow, rng);
                const double expected =
                    slow > limit ? static_cast<double>(slow - limit) / static_cast<double>(slow)
                                 : 0;
                const double fraction = GetFractionDown(line.ends[0]);
                NS_TEST_EXPECT_MSG_EQ_TOL(fraction,
                                          expected,
                                          0.01,
                                          ToString(rule) << " 10 s against " << slow);
                NS_TEST_EXPECT_MSG_EQ((line.ends[0].ticksDown > 0),
                                      (slow > limit),
                                      ToString(rule) << " 10 s against " << slow);
                NS_TEST_EXPECT_MSG_EQ(line.ends[1].ticksDown,
                                      0,
                                      ToString(rule) << " the slow end, " << slow);
                // IOS: up at 10 s against 25 s, but reset at every fifth tick.
                if (rule == Rule::IOS && slow == 25)
                {
                    NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(line.ends[0].resets) /
                                                  line.ends[0].ticks,
                                              0.2,
                                              0.01,
                                              "resets");
                }
                NS_TEST_EXPECT_MSG_EQ((line.ends[0].resets > 0),
                                      (rule == Rule::IOS && slow > 20),
                                      ToString(rule) << " resets, 10 s against " << slow);
            }
        }

        // A round trip adds to the interval of the peer.
        for (const Rule rule : {Rule::IOS, Rule::NOKIA})
        {
            const int64_t slow = 10 * GetIntervals(rule, 3) - 1;
            Line quick(rule, 3, 0);
            Spread(quick, slow, rng);
            NS_TEST_EXPECT_MSG_EQ(quick.ends[0].ticksDown, 0, ToString(rule) << " no round trip");
            Line line(rule, 3, 3 * SECOND / 2);
            Spread(line, slow, rng);
            NS_TEST_EXPECT_MSG_EQ_TOL(GetFractionDown(line.ends[0]),
                                      2 / static_cast<double>(slow),
                                      0.01,
                                      ToString(rule) << " round trip of 3 s");
        }
    }

    /**
     * @brief Run a line with end 0 at 10 s and end 1 slower, from random phases.
     * @param line the line
     * @param slow interval of end 1, s
     * @param rng random numbers
     */
    void Spread(Line& line, int64_t slow, std::mt19937_64& rng)
    {
        std::uniform_int_distribution<int64_t> uniform(0, T - 1);
        line.ends[0].nextTick = uniform(rng);
        line.ends[1].nextTick = uniform(rng);
        line.ends[1].interval = slow * SECOND;
        line.Run(4 * slow * SECOND); // the start does not count
        for (End& end : line.ends)
        {
            end.ticks = 0;
            end.ticksDown = 0;
            end.resets = 0;
        }
        line.Run(4 * slow * SECOND + 100000 * SECOND);
    }

    /**
     * @brief How often a tick found the line down.
     * @param end the end
     * @return fraction of its ticks
     */
    double GetFractionDown(const End& end)
    {
        return static_cast<double>(end.ticksDown) / end.ticks;
    }
};

/// Decisions of SequenceGapCounter.
class SequenceGapCounterTestSuite : public TestSuite
{
  public:
    SequenceGapCounterTestSuite()
        : TestSuite("keepalive-sequence-gap-counter")
    {
        AddTestCase(new FreshGapTestCase);
        AddTestCase(new SeedTraceTestCase);
        AddTestCase(new IosRuleTestCase);
        AddTestCase(new NokiaRuleTestCase);
        AddTestCase(new LinuxRuleTestCase);
        AddTestCase(new FreeBsdRuleTestCase);
        AddTestCase(new SpppRuleTestCase);
        AddTestCase(new H3cRuleTestCase);
        AddTestCase(new JunosRuleTestCase);
        AddTestCase(new RecoveryTestCase);
        AddTestCase(new FutureTestCase);
        AddTestCase(new GapUpCountTestCase);
        AddTestCase(new WrapTestCase);
        AddTestCase(new PeerRestartTestCase);
        AddTestCase(new GapResetTestCase);
        AddTestCase(new LoopTestCase);
        AddTestCase(new StarTestCase);
        for (const Rule rule : RULES)
        {
            AddTestCase(new RandomOutageGapTestCase(rule, 0, false));
        }
        for (const Rule rule : {Rule::IOS, Rule::NOKIA})
        {
            AddTestCase(new RandomOutageGapTestCase(rule, 3 * SECOND / 2, false));
        }
        for (const Rule rule : {Rule::IOS, Rule::NOKIA, Rule::FREEBSD, Rule::H3C})
        {
            AddTestCase(new RandomOutageGapTestCase(rule, 0, true));
        }
        AddTestCase(new OneWayTestCase);
        AddTestCase(new MismatchTestCase);
    }
};

SequenceGapCounterTestSuite g_sequenceGapCounterTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
