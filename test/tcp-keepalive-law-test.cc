/* SPDX-License-Identifier: GPL-2.0-only */

#include "keepalive-statistics.h"

#include "ns3/tcp-keepalive-decision.h"
#include "ns3/tcp-keepalive-law.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The closed form of TCP keepalives, against known numbers and against Monte Carlo.
 *
 * Behaviours:
 *  1. bounds and means of all profiles
 *  2. an interval longer than the idle time: the interval is the cycle
 *  3. a user timeout takes the place of the count, and acts at a probe only (measured with Linux)
 *  4. Solaris: intervals double up to a longest one and are cut off by the abort time
 *  5. without probes, or without an end to them, a failure is not noticed
 *  6. random failures of a connection with TcpKeepaliveDecision follow it, for all profiles, with
 *     and without the above
 *  7. false ends by loss: hand-made values and Monte Carlo
 *
 * The generator is that of the C++ standard, seeded with 1. A seed that fails is a finding, never a
 * reason to choose another.
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

using Rule = TcpKeepaliveLaw::Rule;
using Timers = TcpKeepaliveLaw::Timers;

constexpr double NS = 1e9; //!< nanoseconds in a second

/**
 * @brief Numbers of a decision, as the law wants them.
 * @param s the numbers
 * @return the timers
 */
Timers
TimersOf(const TcpKeepaliveDecision::Settings& s)
{
    Timers timers;
    timers.idle = s.idle / NS;
    timers.interval = s.interval / NS;
    timers.probes = s.probes;
    timers.userTimeout = s.userTimeout / NS;
    timers.abortTime = s.abortTime / NS;
    timers.longestInterval = s.longestInterval / NS;
    return timers;
}

/**
 * @brief The rule of a decision, as the law calls it.
 * @param rule the rule
 * @return the rule
 */
Rule
RuleOf(TcpKeepaliveDecision::Rule rule)
{
    switch (rule)
    {
    case TcpKeepaliveDecision::Rule::COUNT:
        return Rule::COUNT;
    case TcpKeepaliveDecision::Rule::SILENCE:
        return Rule::SILENCE;
    case TcpKeepaliveDecision::Rule::BACKOFF:
        break;
    }
    return Rule::BACKOFF;
}

/**
 * @ingroup keepalive-tests
 * @brief 1 to 5. Known numbers.
 */
class TcpKeepaliveLawNumbersTest : public TestCase
{
  public:
    TcpKeepaliveLawNumbersTest()
        : TestCase("the closed form gives the known bounds and means")
    {
    }

  private:
    /**
     * @brief Compare a law.
     * @param law the closed form
     * @param lower expected
     * @param mean expected
     * @param upper expected
     * @param probes expected number of unanswered ones
     */
    void Check(const TcpKeepaliveLaw& law,
               double lower,
               double mean,
               double upper,
               std::size_t probes)
    {
        const DetectionBounds bounds = law.GetBounds();
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.lower, lower, 1e-9, "lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.mean, mean, 1e-9, "mean");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.upper, upper, 1e-9, "upper");
        NS_TEST_EXPECT_MSG_EQ(law.GetProbes(), probes, "probes");
        NS_TEST_EXPECT_MSG_EQ(law.IsDetected(), true, "noticed");
        NS_TEST_EXPECT_MSG_EQ(ToString(bounds.shape), std::string("uniform"), "shape");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(lower - 1), 0, "never before");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(mean), 0.5, 1e-9, "median");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(upper + 1), 1, "never after");
    }

    void DoRun() override
    {
        const struct
        {
            const char* profile; //!< name
            double lower;        //!< best case
            double mean;         //!< mean
            double upper;        //!< worst case
            std::size_t probes;  //!< unanswered ones
        } known[] = {{"linux", 675, 4275, 7875, 9},
                     {"freebsd", 600, 4200, 7800, 8},
                     {"macos", 600, 4200, 7800, 8},
                     {"windows-vista", 10, 3610, 7210, 10},
                     {"windows-xp", 5, 3605, 7205, 5},
                     // 0.4, 0.8, ... 51.2, then six times 60 s, and what is left of 480 s.
                     {"solaris", 480, 4080, 7680, 15},
                     {"rfc1122", 600, 4200, 7800, 8}};

        for (const auto& one : known)
        {
            const TcpKeepaliveProfile* profile = TcpKeepaliveProfile::Find(one.profile);
            NS_TEST_ASSERT_MSG_EQ((profile != nullptr), true, one.profile);
            const TcpKeepaliveLaw law(RuleOf(profile->GetKeepalive().rule),
                                      TimersOf(profile->GetKeepalive()));
            Check(law, one.lower, one.mean, one.upper, one.probes);
        }

        // With a round trip of 0.2 s, and a failure half way between.
        Check({Rule::COUNT, {2, 1, 3, 0, 0, 0}, 0.2, 0.1}, 2.9, 4, 5.1, 3);
        Check({Rule::SILENCE, {2, 1, 3, 0, 0, 0}, 0.2, 0.1}, 2.9, 4, 5.1, 3);
        // The interval is the cycle; T does not matter.
        Check({Rule::COUNT, {2, 5, 3, 0, 0, 0}, 0.2, 0.1}, 14.9, 17.4, 19.9, 3);
        Check({Rule::SILENCE, {2, 5, 3, 0, 0, 0}, 0.2, 0.1}, 14.9, 17.4, 19.9, 3);
        Check({Rule::COUNT, {2, 2.2, 3, 0, 0, 0}, 0.2, 0}, 6.6, 7.7, 8.8, 3); // just so
        // Measured with Linux, T 2 s, I 1 s: a user timeout of 1 s ends it 3 s after the last sign
        // of life, one of 3.5 s after 4 s, and one of 9 s after 9 s, with 7 probes.
        Check({Rule::COUNT, {2, 1, 3, 1, 0, 0}}, 1, 2, 3, 1);
        Check({Rule::COUNT, {2, 1, 3, 3.5, 0, 0}}, 2, 3, 4, 2);
        Check({Rule::COUNT, {2, 1, 3, 9, 0, 0}}, 7, 8, 9, 7);
        Check({Rule::SILENCE, {2, 1, 3, 9, 0, 0}}, 7, 8, 9, 7);
        // The first probe goes after a silence of 4.5 s, the next ticks find 9.5 s and 14.5 s.
        Check({Rule::COUNT, {2, 5, 3, 9, 0, 0}, 0.5, 0}, 5, 7.5, 10, 1);
        Check({Rule::COUNT, {2, 5, 3, 10, 0, 0}, 0.5, 0}, 10, 12.5, 15, 2);
        // Solaris with 1, 2, 4, 4, ... s, cut off at 9 s: 1, 2, 4, 2.
        Check({Rule::BACKOFF, {20, 1, 0, 0, 9, 4}}, 9, 19, 29, 4);
        // A user timeout of 24 s acts at the first of 21, 23 and 27 s behind it.
        Check({Rule::BACKOFF, {20, 1, 0, 24, 9, 4}}, 7, 17, 27, 3);
        // Beyond the abort time, waits are whole again: 21, 23, 27, 29, 33, 37.
        Check({Rule::BACKOFF, {20, 1, 0, 34, 9, 4}}, 17, 27, 37, 6);
        Check({Rule::BACKOFF, {20, 1, 0, 24, 0, 4}}, 7, 17, 27, 3);
        Check({Rule::BACKOFF, {20, 3, 0, 0, 9, 1}}, 9, 19, 29, 3); // no doubling

        for (const TcpKeepaliveLaw& law : {TcpKeepaliveLaw(Rule::COUNT, {2, 1, 0, 0, 0, 0}),
                                           TcpKeepaliveLaw(Rule::SILENCE, {2, 1, 0, 5, 0, 0}),
                                           TcpKeepaliveLaw(Rule::BACKOFF, {2, 1, 9, 0, 0, 4})})
        {
            NS_TEST_EXPECT_MSG_EQ(law.IsDetected(), false, "never");
            NS_TEST_EXPECT_MSG_EQ(law.GetProbes(), 0, "none");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetLower()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetMean()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetUpper()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetMeanTimeToFalseEnd(0.5)), true, "never");
            NS_TEST_EXPECT_MSG_EQ(law.GetCdf(1e9), 0, "never");
        }
    }
};

/// A connection whose end decides with TcpKeepaliveDecision.
struct Connection
{
    TcpKeepaliveDecision::Settings settings; //!< the timers
    double roundTrip;                        //!< from a probe to its answer, seconds
    double crossing;                         //!< while a failure still catches it, seconds

    /**
     * @brief The law.
     * @return the closed form
     */
    TcpKeepaliveLaw GetLaw() const
    {
        return {RuleOf(settings.rule), TimersOf(settings), roundTrip, crossing};
    }

    /**
     * @brief Let it live and die.
     * @param answered whether the probe sent at a given time, in seconds, is answered
     * @return seconds from establishment to the end
     */
    template <typename Function>
    double Run(Function answered) const
    {
        TcpKeepaliveDecision decision(settings);
        int64_t life = 0;
        int64_t now = decision.GetFirstWait(0);
        while (true)
        {
            const TcpKeepaliveDecision::Verdict verdict = decision.OnTimer(now - life, false);
            if (verdict.action == TcpKeepaliveDecision::Action::ABORT)
            {
                return now / NS;
            }
            const bool probe = verdict.action == TcpKeepaliveDecision::Action::PROBE;
            if (probe && answered(now / NS))
            {
                life = now + static_cast<int64_t>(roundTrip * NS);
                decision.OnLife();
            }
            now += verdict.again;
        }
    }
};

/**
 * @brief Connections of all profiles, and others.
 * @return the connections
 */
std::vector<Connection>
GetConnections()
{
    std::vector<Connection> connections;
    for (const std::string& name : TcpKeepaliveProfile::GetNames())
    {
        const auto settings = TcpKeepaliveProfile::Find(name)->GetKeepalive();
        connections.push_back({settings, 0.25, 0.0625});
        if (settings.rule != TcpKeepaliveDecision::Rule::BACKOFF)
        {
            auto quick = settings; // the interval exceeds the idle time and the round trip
            quick.idle = 2 * 1000000000LL;
            quick.interval = 5 * 1000000000LL;
            connections.push_back({quick, 0.25, 0.125});
        }
        auto limited = settings;
        limited.userTimeout = settings.idle + 100 * 1000000000LL;
        connections.push_back({limited, 0.25, 0.25});
    }
    return connections;
}

/**
 * @ingroup keepalive-tests
 * @brief 6. Random failures.
 */
class TcpKeepaliveLawFailuresTest : public TestCase
{
  public:
    TcpKeepaliveLawFailuresTest()
        : TestCase("1,000 random failures per connection follow the closed form")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> draw(0, 1);
        std::vector<double> family;
        for (const Connection& connection : GetConnections())
        {
            const TcpKeepaliveLaw law = connection.GetLaw();
            std::vector<double> sample;
            double least = law.GetUpper();
            double most = 0;
            for (int i = 0; i < 1000; i++)
            {
                const double failure = (4 + draw(random)) * law.GetCycle();
                const double end = connection.Run(
                    [&](double sent) { return sent + connection.crossing < failure; });
                least = std::min(least, end - failure);
                most = std::max(most, end - failure);
                sample.push_back(law.GetCdf(end - failure));
            }
            const double tolerance = 1e-6; // times in ns, seconds in double
            NS_TEST_EXPECT_MSG_EQ((least >= law.GetLower() - tolerance), true, "not before");
            NS_TEST_EXPECT_MSG_EQ((most <= law.GetUpper() + tolerance), true, "not after");
            NS_TEST_EXPECT_MSG_EQ((most - least > 0.99 * law.GetCycle()), true, "all between");
            family.push_back(KolmogorovSmirnovP(sample));
        }
        NS_TEST_EXPECT_MSG_EQ(family.size(), 20, "seven profiles, three ways; Solaris, two");
        const double p = HolmSmallestP(family);
        NS_TEST_EXPECT_MSG_EQ((p > 0.01), true, "smallest p after Holm's correction: " << p);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. False ends.
 */
class TcpKeepaliveLawLossTest : public TestCase
{
  public:
    TcpKeepaliveLawLossTest()
        : TestCase("false ends by loss come as seldom as the renewal argument says")
    {
    }

  private:
    void DoRun() override
    {
        // By hand: ((1 - 1/8) 2 + 1/2 + 1/4 + 1/8) / (1/8) = 21 s behind the first probe.
        const TcpKeepaliveLaw law(Rule::COUNT, {2, 1, 3, 0, 0, 0});
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMeanTimeToFalseEnd(0.5), 23, 1e-9, "three probes");
        const TcpKeepaliveLaw slow(Rule::COUNT, {2, 5, 1, 0, 0, 0}, 0.5, 0);
        NS_TEST_EXPECT_MSG_EQ_TOL(slow.GetMeanTimeToFalseEnd(0.5), 2 + 5 + 5, 1e-9, "one probe");

        std::mt19937_64 random(1);
        constexpr int RUNS = 4000;
        for (const Connection& connection : GetConnections())
        {
            // So much loss that the last probe is reached in one of ten series.
            const TcpKeepaliveLaw mine = connection.GetLaw();
            const double loss = std::pow(0.1, 1.0 / static_cast<double>(mine.GetProbes()));
            std::bernoulli_distribution answered(1 - loss);
            double sum = 0;
            double squares = 0;
            for (int run = 0; run < RUNS; run++)
            {
                const double end = connection.Run([&](double) { return answered(random); });
                sum += end;
                squares += end * end;
            }
            const double mean = sum / RUNS;
            const double error = std::sqrt((squares / RUNS - mean * mean) / RUNS);
            NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                      mine.GetMeanTimeToFalseEnd(loss),
                                      3 * error,
                                      "loss " << loss);
            NS_TEST_EXPECT_MSG_EQ((error < 0.03 * mean), true, "enough runs");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class TcpKeepaliveLawTestSuite : public TestSuite
{
  public:
    TcpKeepaliveLawTestSuite()
        : TestSuite("keepalive-tcp-keepalive-law")
    {
        AddTestCase(new TcpKeepaliveLawNumbersTest);
        AddTestCase(new TcpKeepaliveLawFailuresTest);
        AddTestCase(new TcpKeepaliveLawLossTest);
    }
};

TcpKeepaliveLawTestSuite g_tcpKeepaliveLawTestSuite; //!< registers itself

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
