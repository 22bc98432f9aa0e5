/* SPDX-License-Identifier: GPL-2.0-only */

#include "keepalive-statistics.h"

#include "ns3/dpd-law.h"
#include "ns3/loss-run-law.h"
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
 * @brief The closed form of dead peer detection, against known numbers and against Monte Carlo.
 *
 * Behaviours:
 *  1. bounds and means of all rules, with measured values of strongSwan among them
 *  2. requests on demand, and by a clock
 *  3. a peer that gives signs of life
 *  4. without requests, or without an end to them, a failure is not noticed
 *  5. random failures of a gateway that follows the rules by the clock follow it
 *  6. mistakes by loss: known values; the renewal form against that of runs of failures, and
 *     against the gateway
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

using Rule = DpdLaw::Rule;
using Timers = DpdLaw::Timers;

/**
 * @brief Timers of COUNT.
 * @param delay T
 * @param retry I
 * @param requests N
 * @param finalWait whether the last one is waited for
 * @return the timers
 */
Timers
Count(double delay, double retry, uint32_t requests, bool finalWait = true)
{
    Timers timers;
    timers.delay = delay;
    timers.retry = retry;
    timers.requests = requests;
    timers.finalWait = finalWait;
    return timers;
}

/**
 * @brief Timers of BACKOFF.
 * @param delay T
 * @param retry I
 * @param base B
 * @param requests N
 * @return the timers
 */
Timers
Backoff(double delay, double retry, double base, uint32_t requests)
{
    Timers timers;
    timers.delay = delay;
    timers.retry = retry;
    timers.base = base;
    timers.requests = requests;
    return timers;
}

/**
 * @brief Timers of DOUBLING, SILENCE and REQUEST_TIME.
 * @param delay T
 * @param limit L
 * @param retry I
 * @return the timers
 */
Timers
Limited(double delay, double limit, double retry = 0)
{
    Timers timers;
    timers.delay = delay;
    timers.limit = limit;
    timers.retry = retry;
    return timers;
}

/**
 * @brief The same by a clock.
 * @param timers timers
 * @return the timers
 */
Timers
Clocked(Timers timers)
{
    timers.clocked = true;
    return timers;
}

/**
 * @brief The same with a slack.
 * @param timers timers
 * @param slack of the clock
 * @return the timers
 */
Timers
Slack(Timers timers, double slack)
{
    timers.slack = slack;
    return timers;
}

/**
 * @brief The same on demand.
 * @param timers timers
 * @param period P
 * @return the timers
 */
Timers
OnDemand(Timers timers, double period)
{
    timers.dataPeriod = period;
    return timers;
}

// ---- 1 to 4 ----

/**
 * @ingroup keepalive-tests
 * @brief 1 to 4. Known numbers.
 */
class DpdLawNumbersTest : public TestCase
{
  public:
    DpdLawNumbersTest()
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
     * @param requests expected number of unanswered ones
     */
    void Check(const DpdLaw& law, double lower, double mean, double upper, std::size_t requests)
    {
        const DetectionBounds bounds = law.GetBounds();
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.lower, lower, 1e-9, "lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.mean, mean, 1e-9, "mean");
        NS_TEST_EXPECT_MSG_EQ_TOL(bounds.upper, upper, 1e-9, "upper");
        NS_TEST_EXPECT_MSG_EQ(law.GetRequests(), requests, "requests");
        NS_TEST_EXPECT_MSG_EQ(law.IsDetected(), true, "noticed");
        NS_TEST_EXPECT_MSG_EQ(ToString(bounds.shape), std::string("uniform"), "shape");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(lower - 1), 0, "never before");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(mean), 0.5, 1e-9, "median");
        NS_TEST_EXPECT_MSG_EQ(law.GetCdf(upper + 1), 1, "never after");
    }

    void DoRun() override
    {
        // Cisco, 10 s and 2 s: one request and five retries, each waited for, or not the last.
        Check({Rule::COUNT, Count(10, 2, 6)}, 12, 17, 22, 6);
        Check({Rule::COUNT, Count(10, 2, 6, false)}, 10, 15, 20, 5);
        Check({Rule::COUNT, Count(10, 2, 6), 0.5, 0.25}, 11.75, 17, 22.25, 6);
        Check({Rule::COUNT, Clocked(Count(10, 2, 6)), 0.5, 0.25}, 11.75, 16.75, 21.75, 6);
        // strongSwan, IKEv2: 4 s, times 1.8, five retransmissions; given up 165.06 s after the
        // request. With 1 s, 1.8 and three: 11.874 s, measured.
        const double series = 4 * (std::pow(1.8, 6) - 1) / 0.8;
        NS_TEST_EXPECT_MSG_EQ_TOL(series, 165.06, 0.01, "the known sum");
        Check({Rule::BACKOFF, Backoff(30, 4, 1.8, 6)}, series, series + 15, series + 30, 6);
        Check({Rule::BACKOFF, Backoff(2, 1, 1.8, 4)}, 11.872, 12.872, 13.872, 4);
        // Twice half a second, then doubled until 60 s are over: 0.5, 0.5, 1, 2, 4, 8, 16, 32 s.
        Check({Rule::DOUBLING, Limited(3, 60, 0.5)}, 64, 65.5, 67, 8);
        Check({Rule::DOUBLING, Limited(3, 64, 0.5)}, 64, 65.5, 67, 8); // just so
        Check({Rule::DOUBLING, Limited(3, 64.5, 0.5)}, 128, 129.5, 131, 9);
        Check({Rule::DOUBLING, Slack(Limited(3, 60, 0.5), 1), 0.5, 0}, 64, 65.5, 67, 8);
        Check({Rule::DOUBLING, Slack(Limited(3, 60, 0.5), 1), 1.5, 0}, 64, 66.25, 68.5, 8);
        // strongSwan, IKEv1, 2 s and 10 s: dead 8 s after the first unanswered request, measured.
        Check({Rule::SILENCE, Limited(2, 10)}, 8, 9, 10, 4);
        Check({Rule::SILENCE, Limited(30, 150)}, 120, 135, 150, 4);
        Check({Rule::SILENCE, Limited(4, 10), 0.5, 0.5}, 5.5, 7.75, 10, 2);     // 4 s and 2 s
        Check({Rule::SILENCE, Clocked(Limited(4, 10)), 0.5, 0.5}, 6, 8, 10, 2); // 4 s and 2.5 s
        Check({Rule::SILENCE, Limited(4, 5)}, 1, 3, 5, 1);
        Check({Rule::REQUEST_TIME, Limited(2, 10)}, 10, 11, 12, 5);
        Check({Rule::REQUEST_TIME, Limited(4, 10), 0.5, 0.5}, 9.5, 11.75, 14, 3); // 4, 4, 2 s

        // Something to send every 3 s: asked every 12 s, as 10.5 s have then passed.
        Check({Rule::COUNT, OnDemand(Count(10, 2, 6), 3), 0.5, 0.25}, 11.75, 17.75, 23.75, 6);
        Check({Rule::COUNT, OnDemand(Count(10, 2, 6), 5)}, 12, 17, 22, 6); // just so
        Check({Rule::COUNT, OnDemand(Count(10, 2, 6), 5), 0.5, 0}, 12, 19.5, 27, 6);

        // The peer sends every 4 s.
        const DetectionBounds life =
            DpdLaw(Rule::COUNT, Count(10, 2, 6), 0.5, 0.25).GetBoundsWithLife(4, 0.125);
        NS_TEST_EXPECT_MSG_EQ_TOL(life.lower, 18.125, 1e-9, "lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(life.mean, 20.125, 1e-9, "mean");
        NS_TEST_EXPECT_MSG_EQ_TOL(life.upper, 22.125, 1e-9, "upper");

        for (const DpdLaw& law : {DpdLaw(Rule::COUNT, Count(10, 2, 0)),
                                  DpdLaw(Rule::COUNT, Count(10, 2, 1, false)),
                                  DpdLaw(Rule::BACKOFF, Backoff(10, 2, 1.8, 0)),
                                  DpdLaw(Rule::DOUBLING, Limited(10, 0, 1)),
                                  DpdLaw(Rule::SILENCE, Limited(10, 10)),
                                  DpdLaw(Rule::REQUEST_TIME, Limited(10, 0))})
        {
            NS_TEST_EXPECT_MSG_EQ(law.IsDetected(), false, "never");
            NS_TEST_EXPECT_MSG_EQ(law.GetRequests(), 0, "none");
            NS_TEST_EXPECT_MSG_EQ(law.GetSeries(), 0, "none");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetLower()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetMean()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetUpper()), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetBoundsWithLife(1, 0).lower), true, "never");
            NS_TEST_EXPECT_MSG_EQ(std::isinf(law.GetMeanTimeToMistake(0.5)), true, "never");
            NS_TEST_EXPECT_MSG_EQ(law.GetCdf(1e9), 0, "never");
        }
    }
};

// ---- 5, 6. a gateway by the clock ----

/**
 * @ingroup keepalive-tests
 * @brief A gateway that follows the rules step by step, without any sum or formula.
 */
struct Gateway
{
    Rule rule;        //!< how it gives up
    Timers timers;    //!< when
    double roundTrip; //!< from a request to its answer, seconds
    double crossing;  //!< while a failure still catches it, seconds

    /**
     * @brief The law.
     * @return the closed form
     */
    DpdLaw GetLaw() const
    {
        return {rule, timers, roundTrip, crossing};
    }

    /**
     * @brief Let it live and die.
     * @param answered whether the request sent at a given time, in seconds, is answered
     * @return seconds from the first request to the verdict
     */
    template <typename Function>
    double Run(Function answered) const
    {
        double now = 0;
        double first = 0; // request of the series
        double life = now - (timers.delay - (timers.clocked ? roundTrip : 0));
        uint32_t unanswered = 0;
        double wait = timers.retry;
        while (true)
        {
            if (answered(now))
            {
                life = now + roundTrip;
                const double due = (timers.clocked ? now : life) + timers.delay;
                double tick = first;
                while (tick <= life)
                {
                    tick += timers.delay;
                }
                const bool early = !timers.clocked && timers.slack > 0 &&
                                   tick - life >= timers.delay - timers.slack;
                now = early ? tick : due;
                if (timers.dataPeriod > 0)
                {
                    for (now = first; now < due; now += timers.dataPeriod)
                    {
                    }
                }
                first = now;
                unanswered = 0;
                wait = timers.retry;
                continue;
            }
            unanswered++;
            switch (rule)
            {
            case Rule::COUNT:
                now += timers.retry;
                if (unanswered + (timers.finalWait ? 0 : 1) == timers.requests)
                {
                    return now;
                }
                break;
            case Rule::BACKOFF:
                now += wait;
                wait *= timers.base;
                if (unanswered == timers.requests)
                {
                    return now;
                }
                break;
            case Rule::DOUBLING:
                now += wait;
                wait *= unanswered == 1 ? 1 : 2;
                if (now - first >= timers.limit)
                {
                    return now;
                }
                break;
            case Rule::SILENCE:
                now += timers.delay;
                if (now >= life + timers.limit)
                {
                    return life + timers.limit;
                }
                break;
            case Rule::REQUEST_TIME:
                now += timers.delay;
                if (now >= first + timers.limit)
                {
                    return first + timers.limit;
                }
                break;
            }
        }
    }
};

/**
 * @brief Gateways of all rules.
 * @return the gateways; all their times are exact in binary, but for that of BACKOFF with 1.8
 */
std::vector<Gateway>
GetGateways()
{
    return {{Rule::COUNT, Count(10, 2, 6), 0.25, 0.125},
            {Rule::COUNT, Count(10, 2, 6, false), 0.25, 0.125},
            {Rule::COUNT, Clocked(Count(10, 2, 6)), 0.25, 0.125},
            {Rule::COUNT, OnDemand(Count(10, 2, 6), 3), 0.25, 0.125},
            {Rule::COUNT, OnDemand(Count(10, 3, 4), 11), 0.25, 0.125},
            {Rule::BACKOFF, Backoff(30, 4, 1.8, 6), 0.25, 0.125},
            {Rule::BACKOFF, Backoff(2, 1, 2, 4), 0.25, 0.25},
            {Rule::DOUBLING, Limited(3, 60, 0.5), 0.25, 0.125},
            {Rule::DOUBLING, Slack(Limited(3, 60, 0.5), 1), 0.25, 0.125},
            {Rule::DOUBLING, Slack(Limited(3, 60, 0.5), 0.125), 0.25, 0.125},
            {Rule::SILENCE, Limited(2, 10), 0.25, 0.125},
            {Rule::SILENCE, Clocked(Limited(4, 10)), 0.25, 0.125},
            {Rule::SILENCE, Limited(30, 150), 0.25, 0.125},
            {Rule::REQUEST_TIME, Limited(2, 10), 0.25, 0.125},
            {Rule::REQUEST_TIME, Clocked(Limited(4, 10)), 0.25, 0.125}};
}

/**
 * @ingroup keepalive-tests
 * @brief 5. Random failures.
 */
class DpdLawFailuresTest : public TestCase
{
  public:
    DpdLawFailuresTest()
        : TestCase("1,000 random failures per gateway follow the closed form")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> draw(0, 1);
        std::vector<double> family;
        for (const Gateway& gateway : GetGateways())
        {
            const DpdLaw law = gateway.GetLaw();
            std::vector<double> sample;
            double least = law.GetUpper();
            double most = 0;
            for (int i = 0; i < 1000; i++)
            {
                const double failure = (4 + draw(random)) * law.GetCycle();
                const double end =
                    gateway.Run([&](double sent) { return sent + gateway.crossing < failure; });
                least = std::min(least, end - failure);
                most = std::max(most, end - failure);
                sample.push_back(law.GetCdf(end - failure));
            }
            const double tolerance = 1e-9;
            NS_TEST_EXPECT_MSG_EQ((least >= law.GetLower() - tolerance), true, "not before");
            NS_TEST_EXPECT_MSG_EQ((most <= law.GetUpper() + tolerance), true, "not after");
            NS_TEST_EXPECT_MSG_EQ((most - least > 0.99 * law.GetCycle()), true, "all between");
            family.push_back(KolmogorovSmirnovP(sample));
        }
        const double p = HolmSmallestP(family);
        NS_TEST_EXPECT_MSG_EQ((p > 0.01), true, "smallest p after Holm's correction: " << p);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Mistakes.
 */
class DpdLawLossTest : public TestCase
{
  public:
    DpdLawLossTest()
        : TestCase("mistakes by loss come as seldom as the renewal argument says")
    {
    }

  private:
    void DoRun() override
    {
        // 2520 s from the last sign of life, 30 s before the first request.
        const DpdLaw swan(Rule::BACKOFF, Backoff(30, 4, 1.8, 6));
        NS_TEST_EXPECT_MSG_EQ_TOL(30 + swan.GetMeanTimeToMistake(0.5), 2520, 0.5, "known");
        // By hand: ((1 - 1/4) 10 + 2/2 + 2/4) / (1/4).
        const DpdLaw two(Rule::COUNT, Count(10, 2, 2));
        NS_TEST_EXPECT_MSG_EQ_TOL(two.GetMeanTimeToMistake(0.5), 36, 1e-9, "two requests");
        // By hand, with packets every 3 s and T of 1 s: answered at once, 3 s to the next request;
        // answered at 2 s, 1 s. (1/2 * 3 + 1/4 * (2 + 1) + 1/4 * 4) / (1/4) = 13.
        const DpdLaw demand(Rule::COUNT, OnDemand(Count(1, 2, 2), 3));
        NS_TEST_EXPECT_MSG_EQ_TOL(demand.GetMeanTimeToMistake(0.5), 13, 1e-9, "on demand");
        CheckRuns();
        CheckGateways();
    }

    /// Where all waits are the cycle, renewals are runs.
    void CheckRuns()
    {
        for (const double loss : {0.2, 0.5, 0.7})
        {
            for (uint32_t run = 1; run <= 5; run++)
            {
                const DpdLaw law(Rule::SILENCE, Limited(2, 2 * (run + 1)));
                NS_TEST_EXPECT_MSG_EQ(law.GetRequests(), run, "requests");
                NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMeanTimeToMistake(loss) / law.GetCycle(),
                                          LossRunLaw(run, loss).GetMeanTrials() - run +
                                              law.GetSeries() / 2,
                                          1e-6,
                                          "both forms");
            }
        }
    }

    /// The gateway, with losses.
    void CheckGateways()
    {
        std::mt19937_64 random(1);
        constexpr int RUNS = 4000;
        for (const Gateway& gateway : GetGateways())
        {
            // So much loss that the last request is reached in one of ten series.
            const DpdLaw law = gateway.GetLaw();
            const double loss = std::pow(0.1, 1.0 / static_cast<double>(law.GetRequests()));
            std::bernoulli_distribution answered(1 - loss);
            double sum = 0;
            double squares = 0;
            for (int run = 0; run < RUNS; run++)
            {
                const double end = gateway.Run([&](double) { return answered(random); });
                sum += end;
                squares += end * end;
            }
            const double mean = sum / RUNS;
            const double error = std::sqrt((squares / RUNS - mean * mean) / RUNS);
            NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                      law.GetMeanTimeToMistake(loss),
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
class DpdLawTestSuite : public TestSuite
{
  public:
    DpdLawTestSuite()
        : TestSuite("keepalive-dpd-law")
    {
        AddTestCase(new DpdLawNumbersTest);
        AddTestCase(new DpdLawFailuresTest);
        AddTestCase(new DpdLawLossTest);
    }
};

DpdLawTestSuite g_dpdLawTestSuite; //!< registers itself

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
