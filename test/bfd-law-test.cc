/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The closed form of BFD, against known numbers and against Monte Carlo.
 *
 * Behaviours:
 *  1. bounds, means and distribution function for multipliers 1 to 10, with and without delay
 *  2. random failures follow it: a process of jittered packets, a failure at any instant
 *  3. how likely a run of losses is a mistake: known numbers, and the alternating sum of
 *     Irwin and Hall where that can be computed
 *  4. the mean time to a mistake: up to a multiplier of 3 that of runs of losses, with 4 and 10 an
 *     integral, with all multipliers Monte Carlo; sound for the largest that the protocol has
 *  5. rates of both ends add
 *
 * The generator is that of the C++ standard, seeded with 1. A seed that fails is a finding, never a
 * reason to choose another.
 */

#include "keepalive-statistics.h"

#include "ns3/bfd-law.h"
#include "ns3/test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint32_t MULTIPLIERS[] = {1, 2, 3, 4, 5, 10}; //!< that are tried

/**
 * @ingroup keepalive-tests
 * @brief Packets of one end, without a simulator.
 */
class Packets
{
  public:
    /**
     * @brief Begin to send.
     * @param interval T, seconds
     * @param multiplier M
     * @param seed of the generator
     */
    Packets(double interval, uint32_t multiplier, uint32_t seed)
        : m_generator(seed),
          m_jitter(0.75 * interval, (multiplier == 1 ? 0.9 : 1) * interval)
    {
    }

    /**
     * @brief Wait for the next packet.
     * @return seconds
     */
    double Next()
    {
        return m_jitter(m_generator);
    }

    /**
     * @brief Whether something of that probability happens.
     * @param probability the probability
     * @return true if it does
     */
    bool Happens(double probability)
    {
        return m_even(m_generator) < probability;
    }

    /**
     * @brief Any number.
     * @param most where they end
     * @return 0 to that
     */
    double Any(double most)
    {
        return m_even(m_generator) * most;
    }

  private:
    std::mt19937 m_generator;                              //!< of everything
    std::uniform_real_distribution<double> m_jitter;       //!< of intervals
    std::uniform_real_distribution<double> m_even{0.0, 1}; //!< of everything else
};

/**
 * @ingroup keepalive-tests
 * @brief The law of Irwin and Hall as textbooks have it.
 * @param n how many numbers
 * @param x where
 * @return probability of a sum below it
 */
double
AlternatingSum(uint32_t n, double x)
{
    double sum = 0;
    double binomial = 1;
    for (uint32_t k = 0; k <= n && k < x; k++)
    {
        sum += (k % 2 == 0 ? 1 : -1) * binomial * std::pow(x - k, n);
        binomial *= static_cast<double>(n - k) / (k + 1);
    }
    return sum / std::tgamma(n + 1.0);
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Numbers.
 */
class BfdLawNumbersTest : public TestCase
{
  public:
    BfdLawNumbersTest()
        : TestCase("bounds, means and distribution function")
    {
    }

  private:
    void DoRun() override
    {
        // T is 1 s. The mean age is E(L^2) / (2 E(L)): 37/48 / 1.75, and 0.6825 / 1.65 for 1.
        Check({1, 1}, 0.1, 0.586364, 1);
        Check({1, 2}, 1, 1.559524, 2);
        Check({1, 3}, 2, 2.559524, 3);
        Check({1, 4}, 3, 3.559524, 4);
        Check({1, 10}, 9, 9.559524, 10);
        Check({0.3, 3}, 0.6, 0.767857, 0.9);
        Check({0.3, 3, 0.05}, 0.65, 0.817857, 0.95);

        // Without jitter below 0.75 T the distribution is level there: 0.875 T for every second.
        const BfdLaw law(1, 3);
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMeanInterval(), 0.875, 1e-12, "mean interval");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMeanAge(), 37.0 / 84, 1e-12, "mean age");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetDetectionTime(), 3, 1e-12, "Detection Time");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(3 - 0.75), 1 - 0.75 / 0.875, 1e-12, "at 0.75 T");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(3 - 0.35), 1 - 0.35 / 0.875, 1e-12, "at 0.35 T");
        // Half way along the line, a quarter of its triangle is left: 0.125 / 8 of 0.875.
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(3 - 0.875), 0.25 * 0.125 / 0.875, 1e-12, "line");
        NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(1, 1).GetMeanInterval(), 0.825, 1e-12, "multiplier 1");
    }

    /**
     * @brief Check one law.
     * @param law the law
     * @param lower best case
     * @param mean mean
     * @param upper worst case
     */
    void Check(const BfdLaw& law, double lower, double mean, double upper)
    {
        const DetectionBounds bounds = law.GetBounds();
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.lower, lower, 1e-9, "lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.mean, mean, 1e-6, "mean");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.upper, upper, 1e-9, "upper");
        NS_TEST_EXPECT_MSG_EQ(ToString(bounds.shape), std::string("other"), "shape");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(lower), 0, 1e-9, "never before");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(lower - 1), 0, "never before");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(upper), 1, 1e-9, "never after");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(upper + 1), 1, "never after");
        // The mean is the integral of what the distribution function leaves.
        constexpr int steps = 100000;
        double integral = lower;
        for (int step = 0; step < steps; step++)
        {
            const double width = (upper - lower) / steps;
            integral += width * (1 - law.GetCdf(lower + (step + 0.5) * width));
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(integral, bounds.mean, 1e-6, "mean of the function");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Random failures.
 */
class BfdLawFailuresTest : public TestCase
{
  public:
    BfdLawFailuresTest()
        : TestCase("random failures follow it")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t FAILURES = 20000;
        constexpr double LONG = 100; // intervals, until every phase is forgotten
        std::vector<double> p;
        uint32_t seed = 1;
        for (const uint32_t multiplier : MULTIPLIERS)
        {
            constexpr double INTERVAL = 0.3;
            constexpr double DELAY = 0.02;
            const BfdLaw law(INTERVAL, multiplier, DELAY);
            Packets packets(INTERVAL, multiplier, seed++);
            std::vector<double> sample;
            for (uint32_t i = 0; i < FAILURES; i++)
            {
                const double failure = LONG * INTERVAL + packets.Any(LONG * INTERVAL);
                double last = 0;
                for (double next = 0; next <= failure; next += packets.Next())
                {
                    last = next;
                }
                sample.push_back(law.GetCdf(last + DELAY + multiplier * INTERVAL - failure));
            }
            p.push_back(KolmogorovSmirnovP(sample));
        }
        const double smallest = HolmSmallestP(p);
        NS_TEST_EXPECT_MSG_EQ((smallest > 0.01), true, "p, corrected: " << smallest);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Runs of losses.
 */
class BfdLawRunsTest : public TestCase
{
  public:
    BfdLawRunsTest()
        : TestCase("how likely a run of losses is a mistake")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t multiplier : MULTIPLIERS)
        {
            const BfdLaw law(0.3, multiplier);
            NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMistakeProbability(multiplier - 1), 0, 1e-9, "less");
            if (multiplier <= 3)
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMistakeProbability(multiplier), 1, 1e-9, "M");
            }
        }
        // M losses: 1 - F(M - 3) of M + 1 numbers.
        const std::pair<uint32_t, double> known[] = {{4, 0.9917},
                                                     {5, 0.9194},
                                                     {6, 0.7397},
                                                     {8, 0.2848},
                                                     {10, 0.0591}};
        for (const auto& [multiplier, probability] : known)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(0.3, multiplier).GetMistakeProbability(multiplier),
                                      probability,
                                      5e-5,
                                      "multiplier " << multiplier);
        }
        for (uint32_t losses = 10; losses < 15; losses++)
        {
            const uint32_t n = losses + 1;
            NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(7, 10).GetMistakeProbability(losses),
                                      1 - AlternatingSum(n, 40.0 - 3 * n),
                                      1e-6,
                                      losses << " losses");
        }
        // Whatever the jitter, 14 intervals are longer than 10 T.
        NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(7, 10).GetMistakeProbability(13), 1, 1e-9, "certain");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4, 5. Mistakes.
 */
class BfdLawMistakesTest : public TestCase
{
  public:
    BfdLawMistakesTest()
        : TestCase("the mean time to a mistake")
    {
    }

  private:
    void DoRun() override
    {
        for (const double loss : {0.001, 0.1, 0.5, 0.9})
        {
            for (const uint32_t multiplier : {1U, 2U, 3U})
            {
                const double run = std::pow(loss, multiplier);
                const double packets = (1 - run) / ((1 - loss) * run);
                const double interval = multiplier == 1 ? 0.825 : 0.875;
                const double exact = interval * (packets - multiplier) + multiplier;
                NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(1, multiplier).GetMeanTimeToMistake(loss) / exact,
                                          1,
                                          1e-9,
                                          "multiplier " << multiplier << ", loss " << loss);
            }
        }
        uint32_t seed = 1;
        for (const uint32_t multiplier : MULTIPLIERS)
        {
            CheckMonteCarlo(multiplier, multiplier < 10 ? 0.4 : 0.8, seed++);
        }
        CheckIntegral(4, 0.4);
        CheckIntegral(10, 0.5);
        // With 10, ten losses are hardly ever enough: runs alone would say little more than half of
        // this.
        const double runs = (1 - std::pow(0.5, 10)) / (0.5 * std::pow(0.5, 10)) - 10;
        NS_TEST_EXPECT_MSG_GT(BfdLaw(1, 10).GetMeanTimeToMistake(0.5),
                              1.9 * (0.875 * runs + 10),
                              "10");
        // Nothing overflows or becomes noise.
        double before = 0;
        for (uint32_t multiplier = 1; multiplier <= 255; multiplier++)
        {
            const double time = BfdLaw(1, multiplier).GetMeanTimeToMistake(0.1);
            NS_TEST_ASSERT_MSG_EQ((time > 5 * before && std::isfinite(time)), true, multiplier);
            before = time;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw::CombineTimes(30, 60), 20, 1e-9, "rates add");
    }

    /**
     * @brief Compute E(min(S, X)) / P(S > X) by textbook, the former as an integral of P(S > t).
     * @param multiplier M
     * @param loss p
     */
    void CheckIntegral(uint32_t multiplier, double loss)
    {
        constexpr uint32_t STEPS = 20000;
        const double width = multiplier / static_cast<double>(STEPS);
        double time = 0;
        for (uint32_t step = 0; step < STEPS; step++)
        {
            time += width * GetLonger((step + 0.5) * width, loss);
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(BfdLaw(1, multiplier).GetMeanTimeToMistake(loss) *
                                      GetLonger(multiplier, loss) / time,
                                  1,
                                  1e-6,
                                  "multiplier " << multiplier);
    }

    /**
     * @brief How likely the next arrival is late.
     * @param time seconds, intervals being 1 s
     * @param loss p
     * @return P(S > time)
     */
    static double GetLonger(double time, double loss)
    {
        double longer = 1;
        double probability = 1 - loss;
        for (uint32_t n = 1; 0.75 * n < time; n++)
        {
            const double x = 4 * time - 3 * n;
            longer -= probability * (x >= n ? 1 : AlternatingSum(n, x));
            probability *= loss;
        }
        return longer;
    }

    /**
     * @brief Wait for mistakes.
     * @param multiplier M
     * @param loss p
     * @param seed of the generator
     */
    void CheckMonteCarlo(uint32_t multiplier, double loss, uint32_t seed)
    {
        constexpr uint32_t MISTAKES = 20000;
        constexpr double INTERVAL = 0.3;
        const double detectionTime = multiplier * INTERVAL;
        Packets packets(INTERVAL, multiplier, seed);
        double sum = 0;
        double squares = 0;
        for (uint32_t i = 0; i < MISTAKES; i++)
        {
            double now = packets.Next();
            double last = 0;
            for (; now - last <= detectionTime; now += packets.Next())
            {
                last = packets.Happens(loss) ? last : now;
            }
            const double time = last + detectionTime;
            sum += time;
            squares += time * time;
        }
        const double mean = sum / MISTAKES;
        const double error = std::sqrt((squares / MISTAKES - mean * mean) / MISTAKES);
        NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                  BfdLaw(INTERVAL, multiplier).GetMeanTimeToMistake(loss),
                                  3 * error,
                                  "multiplier " << multiplier);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief BFD law test suite.
 */
class BfdLawTestSuite : public TestSuite
{
  public:
    BfdLawTestSuite()
        : TestSuite("keepalive-bfd-law")
    {
        AddTestCase(new BfdLawNumbersTest);
        AddTestCase(new BfdLawFailuresTest);
        AddTestCase(new BfdLawRunsTest);
        AddTestCase(new BfdLawMistakesTest);
    }
};

BfdLawTestSuite g_bfdLawTestSuite; //!< registers itself

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
