/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/nat-law.h"
#include "ns3/test.h"

#include <cmath>
#include <cstdint>
#include <random>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The closed form of a NAT binding, against known numbers and against Monte Carlo.
 *
 * Behaviours:
 *  1. how many losses end a binding, by the two tie rules
 *  2. what it takes to survive losses: the longest interval, the shortest lifetime, and back
 *  3. mean time to the end: 20 s against 30 s with 10 % of loss, 210 s; 20 s against 120 s with
 *     40 %, 8105 s; certain loss, no loss, a binding that never lives long enough
 *  4. time to the end, outage and time between ends agree with Monte Carlo, and with each other
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

using Tie = NatLaw::Tie;

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. What is survived.
 */
class NatLawLossesTest : public TestCase
{
  public:
    NatLawLossesTest()
        : TestCase("how many losses a binding survives")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            double interval; // M
            double lifetime; // B
            uint64_t kept;   // k if ties are kept
            uint64_t lost;   // k if they are lost
        } cases[] = {
            {20, 30, 1, 1},
            {20, 29.999, 1, 1},
            {20, 39.999, 1, 1},
            {20, 40, 2, 1},
            {20, 40.001, 2, 2},
            {20, 120, 6, 5},
            {20, 180, 9, 8},
            {20, 20, 1, 0},
            {20, 19.999, 0, 0},
            {20, 0, 0, 0},
            {0.1, 0.3, 3, 2}, // 0.3 / 0.1 is a little below 3
            {5, 3600, 720, 719},
            {7200, 7440, 1, 1},
        };

        for (const auto& c : cases)
        {
            const NatLaw kept(c.interval, c.lifetime);
            const NatLaw lost(c.interval, c.lifetime, Tie::LOST);
            NS_TEST_EXPECT_MSG_EQ(kept.GetLossesToEnd(), c.kept, c.interval << "/" << c.lifetime);
            NS_TEST_EXPECT_MSG_EQ(lost.GetLossesToEnd(), c.lost, c.interval << "/" << c.lifetime);
            NS_TEST_EXPECT_MSG_EQ(kept.Survives(c.kept), false, "as many");
            NS_TEST_EXPECT_MSG_EQ((c.kept == 0 || kept.Survives(c.kept - 1)), true, "one less");
        }
        for (const double lifetime : {30.0, 120.0, 7440.0})
        {
            for (uint64_t losses = 0; losses < 10; losses++)
            {
                const double longest = NatLaw::GetLongestInterval(lifetime, losses);
                NS_TEST_EXPECT_MSG_EQ(NatLaw(longest, lifetime).Survives(losses), true, "longest");
                NS_TEST_EXPECT_MSG_EQ(NatLaw(1.001 * longest, lifetime).Survives(losses),
                                      false,
                                      "longer");
                NS_TEST_EXPECT_MSG_EQ(NatLaw(longest, lifetime, Tie::LOST).Survives(losses),
                                      false,
                                      "tie");
                NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw::GetShortestLifetime(longest, losses),
                                          lifetime,
                                          1e-9,
                                          "the same, the other way round");
            }
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw::GetLongestInterval(30, 1), 15, 0, "one loss of 30 s");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Known means.
 */
class NatLawNumbersTest : public TestCase
{
  public:
    NatLawNumbersTest()
        : TestCase("mean time to the end of a binding, known numbers")
    {
    }

  private:
    void DoRun() override
    {
        const NatLaw gateway(20, 30);
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetMeanTimeToEnd(0.1), 210, 1e-9, "20/30, 10 %");
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(20, 120).GetMeanTimeToEnd(0.4), 8105, 0.5, "20/120, 40 %");
        // One loss less is enough if the tie is lost: 20 (1 - .4^5) / (.6 .4^5) - 100 + 120.
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(20, 120, Tie::LOST).GetMeanTimeToEnd(0.4),
                                  20 * (1 - 0.01024) / (0.6 * 0.01024) + 20,
                                  1e-9,
                                  "20/120, the tie lost");
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetMeanTimeToEnd(1), 30, 0, "nothing gets through");
        NS_TEST_EXPECT_MSG_EQ(std::isinf(gateway.GetMeanTimeToEnd(0)), true, "everything does");
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(40, 30).GetMeanTimeToEnd(0), 30, 0, "too seldom");
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(40, 30).GetMeanOutage(0), 10, 1e-12, "till the next one");
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(40, 30).GetSurvival(0, 29.9), 1, 0, "while it lives");
        NS_TEST_EXPECT_MSG_EQ_TOL(NatLaw(40, 30).GetSurvival(0, 30), 0, 0, "no longer");
        // Lost at the first run of one: T = 20 (N - 1) + 30.
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetSurvival(0.1, 29.9), 1, 0, "before");
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetSurvival(0.1, 30), 0.9, 1e-12, "at 30 s");
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetSurvival(0.1, 49.9), 0.9, 1e-12, "before 50 s");
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetSurvival(0.1, 50), 0.81, 1e-12, "at 50 s");
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetVarianceOfTimeToEnd(0.1),
                                  400 * 0.9 / 0.01,
                                  1e-6,
                                  "geometric");
        // 10 s to the next one, which is lost with 10 %, and so on: 10 + 20 / 9.
        NS_TEST_EXPECT_MSG_EQ_TOL(gateway.GetMeanOutage(0.1), 10 + 20.0 / 9, 1e-9, "outage");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Monte Carlo.
 */
class NatLawMonteCarloTest : public TestCase
{
  public:
    NatLawMonteCarloTest()
        : TestCase("life and outage of a binding agree with Monte Carlo")
    {
    }

  private:
    static constexpr int RUNS = 20000; //!< of each case

    void DoRun() override
    {
        std::mt19937_64 random(1);
        Compare(random, 20, 30, Tie::KEPT, 0.1);
        Compare(random, 20, 120, Tie::KEPT, 0.6);
        Compare(random, 20, 120, Tie::LOST, 0.6);
        Compare(random, 7, 30, Tie::KEPT, 0.3);
        Compare(random, 40, 30, Tie::KEPT, 0.3);
    }

    /**
     * @brief Lose packets one by one, and look at the clock of a binding.
     * @param random where from
     * @param interval M
     * @param lifetime B
     * @param tie who wins
     * @param loss p
     */
    void Compare(std::mt19937_64& random, double interval, double lifetime, Tie tie, double loss)
    {
        const NatLaw law(interval, lifetime, tie);
        std::bernoulli_distribution lost(loss);
        // Where survival is looked at: at no instant of an end.
        const double probe = law.GetMeanTimeToEnd(loss) + interval / 3;
        double sum = 0;
        double squares = 0;
        double outages = 0;
        int survivors = 0;
        for (int run = 0; run < RUNS; run++)
        {
            double refreshed = 0;
            double now = 0;
            double end = -1;
            while (end < 0)
            {
                now += interval;
                const bool gone =
                    tie == Tie::KEPT ? now - refreshed > lifetime : now - refreshed >= lifetime;
                const bool arrives = !lost(random);
                if (gone)
                {
                    end = refreshed + lifetime;
                    for (bool again = arrives; !again; again = !lost(random))
                    {
                        now += interval;
                    }
                }
                else if (arrives)
                {
                    refreshed = now;
                }
            }
            sum += end;
            squares += end * end;
            outages += now - end;
            survivors += end > probe;
        }
        const double mean = sum / RUNS;
        const double variance = squares / RUNS - mean * mean;
        NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                  law.GetMeanTimeToEnd(loss),
                                  3 * std::sqrt(variance / RUNS) + 1e-9,
                                  "mean of " << interval << "/" << lifetime);
        NS_TEST_EXPECT_MSG_EQ_TOL(variance,
                                  law.GetVarianceOfTimeToEnd(loss),
                                  0.1 * variance,
                                  "variance");
        NS_TEST_EXPECT_MSG_EQ_TOL(outages / RUNS,
                                  law.GetMeanOutage(loss),
                                  3 * interval / std::sqrt(RUNS),
                                  "outage");
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(survivors) / RUNS,
                                  law.GetSurvival(loss, probe),
                                  1.5 / std::sqrt(RUNS),
                                  "survival");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMeanTimeBetweenEnds(loss),
                                  law.GetMeanTimeToEnd(loss) + law.GetMeanOutage(loss),
                                  1e-6 * law.GetMeanTimeBetweenEnds(loss),
                                  "life and outage");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class NatLawTestSuite : public TestSuite
{
  public:
    NatLawTestSuite()
        : TestSuite("keepalive-nat-law")
    {
        AddTestCase(new NatLawLossesTest);
        AddTestCase(new NatLawNumbersTest);
        AddTestCase(new NatLawMonteCarloTest);
    }
};

NatLawTestSuite g_natLawTestSuite; //!< registers itself

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
