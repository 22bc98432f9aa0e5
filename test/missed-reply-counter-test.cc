/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/missed-reply-counter.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief MissedReplyCounter, without a simulator.
 *
 * Behaviours:
 *  1. a fresh counter trusts, and has counted nothing
 *  2. JUDGE_BEFORE_COUNT goes down at the attempt to send after R unanswered probes
 *  3. COUNT_BEFORE_JUDGE goes down at the R-th unanswered probe itself, with R = 1 at every probe
 *  4. COUNT_EXPIRED goes down at the R-th probe found unanswered, one interval after it was sent
 *  5. judge, then count: the count that is printed differs between the rules by one
 *  6. each edge is reported once
 *  7. a reply clears the count, whenever it comes and however many probes it follows
 *  8. NEVER is never reached by counting, and the count goes on for the console
 *  9. the count stops at UINT32_MAX instead of wrapping
 * 10. with upCount U, trust returns at the U-th probe answered in a row, not sooner
 * 11. with upCount above 1, a duplicate of a reply is not another answered probe
 * 12. with upCount above 1, an unanswered probe starts the row over
 * 13. OnSilence goes down at once, and is forgotten by the next reply
 * 14. Reset forgets what happened and keeps the configuration
 * 15. copying copies configuration and state, and the copies go their own ways
 * 16. ties: a reply reported before the tick of the same instant counts, one after it is late
 * 17. random outages: detection time uniform on the interval of the class comment, for each rule
 * 18. round trips of T and more: late replies clear the count, at the cost of floor(RTT / T)
 *     intervals
 * 19. round trips of R * T and more: one false down at the start, one up, and then silence
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Rule = MissedReplyCounter::Rule;

/// All rules.
constexpr Rule RULES[] = {Rule::JUDGE_BEFORE_COUNT, Rule::COUNT_BEFORE_JUDGE, Rule::COUNT_EXPIRED};

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
    case Rule::JUDGE_BEFORE_COUNT:
        return "JUDGE_BEFORE_COUNT";
    case Rule::COUNT_BEFORE_JUDGE:
        return "COUNT_BEFORE_JUDGE";
    case Rule::COUNT_EXPIRED:
        return "COUNT_EXPIRED";
    }
    return "unknown";
}

/**
 * @brief One letter for a transition.
 * @param transition the transition
 * @return '-' for none, 'D' for down, 'U' for up
 */
char
ToLetter(LinkTransition transition)
{
    switch (transition)
    {
    case LinkTransition::NONE:
        return '-';
    case LinkTransition::WENT_DOWN:
        return 'D';
    case LinkTransition::WENT_UP:
        return 'U';
    }
    return '?';
}

/**
 * @brief Feed a counter.
 * @param counter the counter
 * @param inputs one letter for each input: 'p' probe, 'r' reply, 's' silence
 * @return one letter for each answer, see ToLetter
 */
std::string
Play(MissedReplyCounter& counter, const std::string& inputs)
{
    std::string answers;
    for (const char input : inputs)
    {
        switch (input)
        {
        case 'p':
            answers += ToLetter(counter.OnProbe());
            break;
        case 'r':
            answers += ToLetter(counter.OnReply());
            break;
        case 's':
            answers += ToLetter(counter.OnSilence());
            break;
        default:
            answers += '?';
            break;
        }
    }
    return answers;
}

/**
 * @brief A detector, its peer and an outage, in whole nanoseconds.
 */
struct Outage
{
    int64_t interval;  //!< T
    int64_t roundTrip; //!< from probe to reply
    int64_t crossing;  //!< b: a probe succeeds if the failure comes later than this after its send
    int64_t phase;     //!< when the first probe is sent
    int64_t failure;   //!< when everything fails for ever
};

/**
 * @brief Run a counter through an outage. A reply at the instant of a tick is reported first.
 * @param counter the counter
 * @param outage the outage
 * @return from the failure to the verdict; negative if the verdict was a mistake
 */
int64_t
GetDetectionTime(MissedReplyCounter counter, const Outage& outage)
{
    std::deque<int64_t> replies;
    for (int64_t now = outage.phase;; now += outage.interval)
    {
        while (!replies.empty() && replies.front() <= now)
        {
            replies.pop_front();
            if (counter.OnReply() != LinkTransition::NONE)
            {
                return std::numeric_limits<int64_t>::min();
            }
        }
        if (counter.OnProbe() == LinkTransition::WENT_DOWN)
        {
            return now - outage.failure;
        }
        if (outage.failure > now + outage.crossing)
        {
            replies.push_back(now + outage.roundTrip);
        }
    }
}

/// A test case that compares what a counter answers.
class CounterTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit CounterTestCase(const std::string& name)
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
    void Expect(MissedReplyCounter& counter, const std::string& inputs, const std::string& expected)
    {
        NS_TEST_EXPECT_MSG_EQ(Play(counter, inputs), expected, "answers to inputs " << inputs);
    }

    /**
     * @brief Many random outages against the closed form.
     * @param rule the rule
     * @param retries R
     * @param roundTrip from probe to reply, ns
     * @param crossing b, ns
     * @param lower lower end of the interval, ns
     * @param rng source of randomness
     */
    void CheckUniform(Rule rule,
                      uint32_t retries,
                      int64_t roundTrip,
                      int64_t crossing,
                      int64_t lower,
                      std::mt19937& rng)
    {
        constexpr int N = 20000;
        const std::string what = ToString(rule) + ", R = " + std::to_string(retries) +
                                 ", RTT = " + std::to_string(roundTrip) +
                                 " ns, b = " + std::to_string(crossing) + " ns";
        std::uniform_int_distribution<int64_t> phase(0, T - 1);
        std::uniform_int_distribution<int64_t> failure(20 * T, 40 * T - 1);
        int64_t least = std::numeric_limits<int64_t>::max();
        int64_t most = std::numeric_limits<int64_t>::min();
        double sum = 0;
        for (int i = 0; i < N; i++)
        {
            const MissedReplyCounter counter(retries, rule);
            const int64_t time =
                GetDetectionTime(counter, {T, roundTrip, crossing, phase(rng), failure(rng)});
            least = std::min(least, time);
            most = std::max(most, time);
            sum += static_cast<double>(time);
        }
        NS_TEST_EXPECT_MSG_GT_OR_EQ(least, lower, "below the interval: " << what);
        NS_TEST_EXPECT_MSG_LT(most, lower + T, "above the interval: " << what);
        NS_TEST_EXPECT_MSG_LT(least, lower + T / 100, "lower end not attained: " << what);
        NS_TEST_EXPECT_MSG_GT(most, lower + T - T / 100, "upper end not attained: " << what);
        // Four standard errors of the mean of N uniform variables.
        const double tolerance = 4 * static_cast<double>(T) / std::sqrt(12.0 * N);
        NS_TEST_EXPECT_MSG_EQ_TOL(sum / N,
                                  static_cast<double>(lower) + static_cast<double>(T) / 2,
                                  tolerance,
                                  "mean: " << what);
    }

    /// The interval of random outages, ns.
    static constexpr int64_t T = 10'000'000'000;
};

/// Behaviour 1.
class FreshCounterTestCase : public CounterTestCase
{
  public:
    FreshCounterTestCase()
        : CounterTestCase("A fresh counter trusts and has counted nothing, replies or not")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(3, rule);
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), true, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.GetCount(), 0, ToString(rule));
            // A reply to nothing, such as one to a probe sent before a restart.
            Expect(counter, "rr", "--");
            NS_TEST_EXPECT_MSG_EQ(counter.GetCount(), 0, ToString(rule));
        }
        MissedReplyCounter counter;
        Expect(counter, "pppp", "---D"); // defaults: 3 retries, JUDGE_BEFORE_COUNT
        Expect(counter, "r", "U");       // and upCount 1
    }
};

/// Behaviour 2.
class JudgeBeforeCountTestCase : public CounterTestCase
{
  public:
    JudgeBeforeCountTestCase()
        : CounterTestCase("JUDGE_BEFORE_COUNT: down at the attempt after R unanswered probes")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter one(1, Rule::JUDGE_BEFORE_COUNT);
        Expect(one, "pp", "-D");
        MissedReplyCounter answered(1, Rule::JUDGE_BEFORE_COUNT);
        Expect(answered, "prprprpp", "-------D");
        MissedReplyCounter three(3, Rule::JUDGE_BEFORE_COUNT);
        Expect(three, "prpppp", "-----D");
        MissedReplyCounter many(255, Rule::JUDGE_BEFORE_COUNT);
        Expect(many, std::string(256, 'p'), std::string(255, '-') + "D");
    }
};

/// Behaviour 3.
class CountBeforeJudgeTestCase : public CounterTestCase
{
  public:
    CountBeforeJudgeTestCase()
        : CounterTestCase("COUNT_BEFORE_JUDGE: down at the R-th unanswered probe itself")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter one(1, Rule::COUNT_BEFORE_JUDGE);
        Expect(one, "prprpr", "DUDUDU"); // what the rule says, and why nobody configures it
        MissedReplyCounter three(3, Rule::COUNT_BEFORE_JUDGE);
        Expect(three, "prppp", "----D");
        MissedReplyCounter many(255, Rule::COUNT_BEFORE_JUDGE);
        Expect(many, std::string(255, 'p'), std::string(254, '-') + "D");
    }
};

/// Behaviour 4.
class CountExpiredTestCase : public CounterTestCase
{
  public:
    CountExpiredTestCase()
        : CounterTestCase("COUNT_EXPIRED: down one interval after the R-th unanswered probe")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter one(1, Rule::COUNT_EXPIRED);
        Expect(one, "prpp", "---D");
        MissedReplyCounter three(3, Rule::COUNT_EXPIRED);
        Expect(three, "prpppp", "-----D");
        MissedReplyCounter many(255, Rule::COUNT_EXPIRED);
        Expect(many, std::string(256, 'p'), std::string(255, '-') + "D");
    }
};

/// Behaviour 5.
class JudgeThenCountTestCase : public CounterTestCase
{
  public:
    JudgeThenCountTestCase()
        : CounterTestCase("The printed count: R + 1, R and R at the verdict of each rule")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter cisco(3, Rule::JUDGE_BEFORE_COUNT);
        CheckCounts(cisco, {1, 2, 3, 4}, 3);
        MissedReplyCounter send(3, Rule::COUNT_BEFORE_JUDGE);
        CheckCounts(send, {1, 2, 3, 4}, 2);
        MissedReplyCounter expiry(3, Rule::COUNT_EXPIRED);
        CheckCounts(expiry, {0, 1, 2, 3}, 3);
    }

    /**
     * @brief Probe four times without a reply.
     * @param counter the counter
     * @param counts count expected after each probe
     * @param verdict index of the probe at which the verdict falls
     */
    void CheckCounts(MissedReplyCounter& counter,
                     const std::initializer_list<uint32_t>& counts,
                     uint32_t verdict)
    {
        uint32_t probe = 0;
        for (const uint32_t count : counts)
        {
            Expect(counter, "p", probe == verdict ? "D" : "-");
            NS_TEST_EXPECT_MSG_EQ(counter.GetCount(), count, "after probe " << probe);
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), (probe < verdict), "after probe " << probe);
            probe++;
        }
    }
};

/// Behaviour 6.
class EdgesOnceTestCase : public CounterTestCase
{
  public:
    EdgesOnceTestCase()
        : CounterTestCase("Each edge is reported once, over many outages")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(3, rule);
            for (int outage = 0; outage < 3; outage++)
            {
                const std::string answers = Play(counter, "prprppppppppsprprr");
                NS_TEST_EXPECT_MSG_EQ(std::count(answers.begin(), answers.end(), 'D'),
                                      1,
                                      ToString(rule) << " answered " << answers);
                NS_TEST_EXPECT_MSG_EQ(std::count(answers.begin(), answers.end(), 'U'),
                                      1,
                                      ToString(rule) << " answered " << answers);
                NS_TEST_EXPECT_MSG_EQ(answers.find('U'),
                                      14,
                                      ToString(rule) << ": up at the first reply");
            }
        }
    }
};

/// Behaviour 7.
class ReplyClearsTestCase : public CounterTestCase
{
  public:
    ReplyClearsTestCase()
        : CounterTestCase("A reply clears the count, however many probes it follows")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(3, rule);
            for (int i = 0; i < 10; i++)
            {
                Expect(counter, "ppr", "---");
                NS_TEST_EXPECT_MSG_EQ(counter.GetCount(), 0, ToString(rule));
            }
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), true, ToString(rule));
        }
    }
};

/// Behaviour 8.
class NeverTestCase : public CounterTestCase
{
  public:
    NeverTestCase()
        : CounterTestCase("NEVER is never reached by counting, and the count goes on")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t PROBES = 100000;
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(MissedReplyCounter::NEVER, rule);
            bool verdict = false;
            for (uint32_t i = 0; i < PROBES; i++)
            {
                verdict = verdict || counter.OnProbe() != LinkTransition::NONE;
            }
            NS_TEST_EXPECT_MSG_EQ(verdict, false, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), true, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(counter.GetCount(),
                                  (rule == Rule::COUNT_EXPIRED ? PROBES - 1 : PROBES),
                                  ToString(rule));
            Expect(counter, "sr", "DU"); // but a hold timer may still judge
        }
    }
};

/// Behaviour 9.
class SaturationTestCase : public CounterTestCase
{
  public:
    SaturationTestCase()
        : CounterTestCase("The count stops at UINT32_MAX instead of wrapping to a healthy zero")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            // The largest downCount that is not NEVER is reached as any other is ...
            MissedReplyCounter largest(MissedReplyCounter::NEVER - 1, rule);
            SetCount(largest, MissedReplyCounter::NEVER - 4);
            const std::string answers = Play(largest, "pppppp");
            NS_TEST_EXPECT_MSG_EQ(std::count(answers.begin(), answers.end(), 'D'),
                                  1,
                                  ToString(rule) << " answered " << answers);
            NS_TEST_EXPECT_MSG_EQ(largest.GetCount(), UINT32_MAX, ToString(rule));

            // ... and at the limit the count stays, and NEVER stays out of reach.
            MissedReplyCounter never(MissedReplyCounter::NEVER, rule);
            SetCount(never, UINT32_MAX - 2);
            Expect(never, "pppppppp", "--------");
            NS_TEST_EXPECT_MSG_EQ(never.GetCount(), UINT32_MAX, ToString(rule));
            Expect(never, "r", "-");
            NS_TEST_EXPECT_MSG_EQ(never.GetCount(), 0, ToString(rule));
        }
    }

    /**
     * @brief Set the count of a counter, which it has no function for: four thousand million probes
     * would take too long.
     *
     * Two counters that differ in nothing but the count show where it lies.
     *
     * @param counter the counter
     * @param count the count
     */
    void SetCount(MissedReplyCounter& counter, uint32_t count)
    {
        static_assert(std::is_trivially_copyable_v<MissedReplyCounter>);
        constexpr std::size_t SIZE = sizeof(MissedReplyCounter);
        MissedReplyCounter one(7);
        MissedReplyCounter five(7);
        NS_TEST_ASSERT_MSG_EQ(Play(one, "p") + Play(five, "ppppp"), "------", "set-up");
        unsigned char bytes1[SIZE];
        unsigned char bytes5[SIZE];
        std::memcpy(bytes1, &one, SIZE);
        std::memcpy(bytes5, &five, SIZE);
        std::size_t offset = SIZE;
        for (std::size_t i = 0; i + sizeof(count) <= SIZE; i += sizeof(count))
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
        NS_TEST_ASSERT_MSG_LT(offset, SIZE, "no count found in the counter");
        unsigned char bytes[SIZE];
        std::memcpy(bytes, &counter, SIZE);
        std::memcpy(bytes + offset, &count, sizeof(count));
        std::memcpy(static_cast<void*>(&counter), bytes, SIZE);
        NS_TEST_ASSERT_MSG_EQ(counter.GetCount(), count, "the count was not where it seemed");
    }
};

/// Behaviour 10.
class UpCountTestCase : public CounterTestCase
{
  public:
    UpCountTestCase()
        : CounterTestCase("With upCount U, trust returns at the U-th probe answered in a row")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(2, rule, 3);
            Expect(counter, "s", "D");
            Expect(counter, "prprpr", "-----U");
            Expect(counter, "prpr", "----"); // up now: the row means nothing more
            Expect(counter, "s", "D");
            Expect(counter, "prprpr", "-----U"); // and starts from nothing the next time
        }
    }
};

/// Behaviour 11.
class DuplicateReplyTestCase : public CounterTestCase
{
  public:
    DuplicateReplyTestCase()
        : CounterTestCase("With upCount above 1, a duplicate is not another answered probe")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter counter(2, Rule::JUDGE_BEFORE_COUNT, 2);
        Expect(counter, "ppp", "--D");
        Expect(counter, "rrrr", "----"); // one probe, answered four times
        Expect(counter, "pr", "-U");
        MissedReplyCounter stray(2, Rule::JUDGE_BEFORE_COUNT, 2);
        // The first reply counts although no probe is known to be out, its duplicate does not.
        Expect(stray, "srr", "D--");
        Expect(stray, "pr", "-U");
    }
};

/// Behaviour 12.
class BrokenRowTestCase : public CounterTestCase
{
  public:
    BrokenRowTestCase()
        : CounterTestCase("With upCount above 1, an unanswered probe starts the row over")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter counter(2, Rule::JUDGE_BEFORE_COUNT, 2);
        Expect(counter, "ppp", "--D");
        Expect(counter, "prp", "---"); // answered, then one that is not
        Expect(counter, "pr", "--");   // answered: one in a row again
        Expect(counter, "pr", "-U");   // two in a row
    }
};

/// Behaviour 13.
class SilenceTestCase : public CounterTestCase
{
  public:
    SilenceTestCase()
        : CounterTestCase("OnSilence goes down at once and once, and a reply ends it")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter counter(3, rule);
            Expect(counter, "prss", "--D-");
            NS_TEST_EXPECT_MSG_EQ(counter.IsUp(), false, ToString(rule));
            // Counting goes on below, and tells nothing new.
            Expect(counter, "pppppp", "------");
            Expect(counter, "rr", "U-");
            NS_TEST_EXPECT_MSG_EQ(counter.GetCount(), 0, ToString(rule));
        }
    }
};

/// Behaviour 14.
class ResetTestCase : public CounterTestCase
{
  public:
    ResetTestCase()
        : CounterTestCase("Reset forgets what happened and keeps the configuration")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            // After each of these, a reset counter behaves as a fresh one does.
            for (const std::string past : {"", "p", "pp", "ppppp", "pppppr", "s", "sr", "ppppprp"})
            {
                MissedReplyCounter reset(3, rule, 2);
                Play(reset, past);
                reset.Reset();
                NS_TEST_EXPECT_MSG_EQ(reset.IsUp(), true, "after " << past);
                NS_TEST_EXPECT_MSG_EQ(reset.GetCount(), 0, "after " << past);
                MissedReplyCounter fresh(3, rule, 2);
                const std::string future = "ppppprpprpr";
                NS_TEST_EXPECT_MSG_EQ(Play(reset, future),
                                      Play(fresh, future),
                                      ToString(rule) << " after " << past);
            }
        }
    }
};

/// Behaviour 15.
class CopyTestCase : public CounterTestCase
{
  public:
    CopyTestCase()
        : CounterTestCase("Copies have the configuration and state, and go their own ways")
    {
    }

  private:
    void DoRun() override
    {
        for (const Rule rule : RULES)
        {
            MissedReplyCounter original(3, rule, 2);
            Play(original, "pp");
            MissedReplyCounter copy(original);
            MissedReplyCounter assigned;
            assigned = original;
            const std::string future = "pppprprpr";
            const std::string expected = Play(original, future);
            NS_TEST_EXPECT_MSG_EQ(copy.GetCount(), assigned.GetCount(), ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(copy.IsUp(), true, "the original moved its copy");
            NS_TEST_EXPECT_MSG_EQ(Play(copy, future), expected, ToString(rule));
            NS_TEST_EXPECT_MSG_EQ(Play(assigned, future), expected, ToString(rule));
        }
    }
};

/// Behaviour 16.
class TieTestCase : public CounterTestCase
{
  public:
    TieTestCase()
        : CounterTestCase("Ties: a reply reported before the tick counts, one after it is late")
    {
    }

  private:
    void DoRun() override
    {
        MissedReplyCounter replyFirst(2, Rule::JUDGE_BEFORE_COUNT);
        Expect(replyFirst, "pprp", "----");
        MissedReplyCounter tickFirst(2, Rule::JUDGE_BEFORE_COUNT);
        Expect(tickFirst, "pppr", "--DU");
        MissedReplyCounter replyFirstSend(2, Rule::COUNT_BEFORE_JUDGE);
        Expect(replyFirstSend, "prp", "---");
        MissedReplyCounter tickFirstSend(2, Rule::COUNT_BEFORE_JUDGE);
        Expect(tickFirstSend, "ppr", "-DU");
        MissedReplyCounter replyFirstExpiry(2, Rule::COUNT_EXPIRED);
        Expect(replyFirstExpiry, "pprp", "----");
        MissedReplyCounter tickFirstExpiry(2, Rule::COUNT_EXPIRED);
        Expect(tickFirstExpiry, "pppr", "--DU");
    }
};

/// Behaviour 17.
class RandomOutageTestCase : public CounterTestCase
{
  public:
    /**
     * @brief Create a case for a rule.
     * @param rule the rule
     * @param intervals whole intervals in the lower end: R, or R - 1
     */
    RandomOutageTestCase(Rule rule, int64_t intervals)
        : CounterTestCase("Random outages: detection time uniform on the interval of " +
                          ToString(rule)),
          m_rule(rule),
          m_offset(intervals)
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 rng(20021201);
        for (const int64_t retries : {2, 3, 7})
        {
            const int64_t intervals = retries + m_offset;
            for (const int64_t roundTrip : {T / 5000, T / 50, 4 * T / 5})
            {
                for (const int64_t crossing : {int64_t{0}, roundTrip / 2, roundTrip})
                {
                    CheckUniform(m_rule,
                                 static_cast<uint32_t>(retries),
                                 roundTrip,
                                 crossing,
                                 intervals * T - crossing,
                                 rng);
                }
            }
        }
    }

    Rule m_rule;      //!< the rule
    int64_t m_offset; //!< intervals in the lower end, less R
};

/// Behaviour 18.
class LateReplyTestCase : public CounterTestCase
{
  public:
    LateReplyTestCase()
        : CounterTestCase("Round trips above T cost one interval for each whole T, and no mistake")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 rng(19930701);
        // The documented example: T = 10 s, RTT = 12 s, R = 3, lost on the way back: 28 s to 38 s.
        CheckUniform(Rule::JUDGE_BEFORE_COUNT, 3, 12 * T / 10, 12 * T / 10, 28 * T / 10, rng);
        for (const Rule rule : RULES)
        {
            const int64_t offset = rule == Rule::COUNT_BEFORE_JUDGE ? -1 : 0;
            for (const int64_t whole : {1, 2})
            {
                const int64_t roundTrip = whole * T + 3 * T / 10;
                CheckUniform(rule,
                             4,
                             roundTrip,
                             roundTrip / 2,
                             (4 + offset + whole) * T - roundTrip / 2,
                             rng);
            }
        }
    }
};

/// Behaviour 19.
class InitialFlapTestCase : public CounterTestCase
{
  public:
    InitialFlapTestCase()
        : CounterTestCase("Round trips of R * T and more: one flap at the start and no more")
    {
    }

  private:
    void DoRun() override
    {
        // Every probe is answered, 3.5 intervals later: after the fourth.
        const std::string steady = "prprprprprprprprprprprprprprpr";
        MissedReplyCounter three(3, Rule::JUDGE_BEFORE_COUNT);
        Expect(three, "ppppr", "---DU");
        Expect(three, steady, std::string(steady.size(), '-'));
        MissedReplyCounter four(4, Rule::JUDGE_BEFORE_COUNT);
        Expect(four, "ppppr", "-----");
        Expect(four, steady, std::string(steady.size(), '-'));
        // RTT = R * T: a tie, decided by the order of the reports.
        MissedReplyCounter tickFirst(3, Rule::JUDGE_BEFORE_COUNT);
        Expect(tickFirst, "ppppr", "---DU");
        MissedReplyCounter replyFirst(3, Rule::JUDGE_BEFORE_COUNT);
        Expect(replyFirst, "ppprp", "-----");
    }
};

/// Decisions of MissedReplyCounter.
class MissedReplyCounterTestSuite : public TestSuite
{
  public:
    MissedReplyCounterTestSuite()
        : TestSuite("keepalive-missed-reply-counter")
    {
        AddTestCase(new FreshCounterTestCase);
        AddTestCase(new JudgeBeforeCountTestCase);
        AddTestCase(new CountBeforeJudgeTestCase);
        AddTestCase(new CountExpiredTestCase);
        AddTestCase(new JudgeThenCountTestCase);
        AddTestCase(new EdgesOnceTestCase);
        AddTestCase(new ReplyClearsTestCase);
        AddTestCase(new NeverTestCase);
        AddTestCase(new SaturationTestCase);
        AddTestCase(new UpCountTestCase);
        AddTestCase(new DuplicateReplyTestCase);
        AddTestCase(new BrokenRowTestCase);
        AddTestCase(new SilenceTestCase);
        AddTestCase(new ResetTestCase);
        AddTestCase(new CopyTestCase);
        AddTestCase(new TieTestCase);
        AddTestCase(new RandomOutageTestCase(Rule::JUDGE_BEFORE_COUNT, 0));
        AddTestCase(new RandomOutageTestCase(Rule::COUNT_BEFORE_JUDGE, -1));
        AddTestCase(new RandomOutageTestCase(Rule::COUNT_EXPIRED, 0));
        AddTestCase(new LateReplyTestCase);
        AddTestCase(new InitialFlapTestCase);
    }
};

MissedReplyCounterTestSuite g_missedReplyCounterTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
