/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The simulation against its closed form.
 *
 * 1. The closed form itself: intervals of Cisco's and Huawei's defaults, and the table of runs of
 *    losses.
 * 2. For "keepalive 5 4", 10 3 and 1 2 and each verdict rule, 2,000 failures at random instants:
 *    every detection time of both ends lies in the interval of the closed form, and their
 *    distribution passes a Kolmogorov-Smirnov test against the uniform law (p > 0.01, for the
 *    whole family after Holm's correction).
 * 3. With independent losses the time between mistakes agrees with the exact formula within its
 *    95 % confidence interval, and so does their duration.
 *
 * All with RngRun 1. A seed that fails is a finding, never a reason to choose another.
 */

#include "keepalive-statistics.h"

#include "ns3/detection-law.h"
#include "ns3/gre-scenario-law.h"
#include "ns3/gre-scenario.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/test.h"

#include <cmath>
#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief 1. Numbers from the literature.
 */
class DetectionLawTest : public TestCase
{
  public:
    DetectionLawTest()
        : TestCase("the closed form gives the published intervals")
    {
    }

  private:
    /**
     * @brief Compare an interval.
     * @param law the closed form
     * @param lower expected
     * @param upper expected
     * @param mean expected
     */
    void CheckInterval(const DetectionLaw& law, double lower, double upper, double mean)
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetLower(), lower, 1e-9, "lower");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetUpper(), upper, 1e-9, "upper");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetMean(), mean, 1e-9, "mean");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(lower - 1), 0, 1e-9, "never before");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(mean), 0.5, 1e-9, "median");
        NS_TEST_EXPECT_MSG_EQ_TOL(law.GetCdf(upper + 1), 1, 1e-9, "never after");
    }

    void DoRun() override
    {
        using Verdict = DetectionLaw::Verdict;
        CheckInterval({Verdict::AT_NEXT_PROBE, 10, 3, 0, 0, 0}, 30, 40, 35);  // Cisco, 10 3
        CheckInterval({Verdict::AT_NEXT_PROBE, 5, 4, 0, 0, 0}, 20, 25, 22.5); // "keepalive 5 4"
        CheckInterval({Verdict::AT_LAST_PROBE, 5, 3, 0, 0, 0}, 10, 15, 12.5); // Huawei, on send
        CheckInterval({Verdict::AT_NEXT_PROBE, 5, 3, 0, 0, 0}, 15, 20, 17.5); // Huawei, on expiry
        CheckInterval({Verdict::AFTER_SILENCE, 10, 3, 0, 0, 0}, 20, 30, 25);  // H3C, 30 s
        CheckInterval({Verdict::AFTER_SILENCE, 1, 3, 5, 0, 0}, 4, 5, 4.5);    // Junos, 5 s and 1 s
        CheckInterval({Verdict::AT_NEXT_PROBE, 10, 3, 0, 0.2, 0.2}, 29.8, 39.8, 34.8);
        CheckInterval({Verdict::AFTER_SILENCE, 10, 3, 0, 0.2, 0.1}, 20.1, 30.1, 25.1);

        // Recurrent alarms with q = 0.5 and runs of 3: T_MR is 16 intervals (Feller).
        const DetectionLaw cisco(Verdict::AT_NEXT_PROBE, 10, 3, 0, 0.02, 0.02);
        NS_TEST_EXPECT_MSG_EQ_TOL(cisco.GetMistakeRecurrence(0.5), 160, 1e-9, "E(T_MR)");
        NS_TEST_EXPECT_MSG_EQ_TOL(cisco.GetMistakeDuration(0.5), 10.02, 1e-9, "E(T_M)");
        // The verdict at the last probe does not wait for its answer: one loss less suffices.
        const DetectionLaw huawei(Verdict::AT_LAST_PROBE, 10, 3, 0, 0.02, 0.02);
        NS_TEST_EXPECT_MSG_EQ(huawei.GetLossesToMistake(), 2, "losses to a mistake");
        const DetectionLaw h3c(Verdict::AFTER_SILENCE, 0.1, 3, 0, 0.02, 0.02);
        NS_TEST_EXPECT_MSG_EQ(h3c.GetLossesToMistake(), 3, "whole intervals in the hold time");
    }
};

/// One configuration of the family of tests.
struct Timers
{
    double interval;  //!< seconds
    uint32_t retries; //!< unanswered keepalives
};

const Timers TIMERS[] = {{5, 4}, {10, 3}, {1, 2}}; //!< Cisco's example, Cisco's default, fast

const KeepaliveProcess::VerdictRule RULES[] = {KeepaliveProcess::CISCO,
                                               KeepaliveProcess::HUAWEI_SEND,
                                               KeepaliveProcess::HUAWEI_EXPIRY,
                                               KeepaliveProcess::HOLD_TIME}; //!< all of them

/**
 * @ingroup keepalive-tests
 * @brief 2. The distribution of detection times.
 */
class DetectionTimeDistributionTest : public TestCase
{
  public:
    DetectionTimeDistributionTest()
        : TestCase("2,000 random failures per timers and rule follow the uniform law")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
        std::vector<double> family;
        for (const auto& timers : TIMERS)
        {
            for (const auto rule : RULES)
            {
                GreScenarioConfig config;
                config.r1 = config.r2 = {Seconds(timers.interval), timers.retries};
                config.rule = rule;
                config.schedule = GreScenarioConfig::Schedule::RANDOM;
                config.failures = 2000;
                config.failFor = Seconds(0); // just long enough to be noticed
                config.failAt = Seconds(2 * timers.interval);
                config.trafficRate = DataRate(0);
                GreScenario scenario(config);
                scenario.Run();
                Judge(scenario, family);
            }
        }
        const double p = HolmSmallestP(family);
        NS_TEST_EXPECT_MSG_EQ(family.size(), 24, "three timers, four rules, two ends");
        NS_TEST_EXPECT_MSG_EQ((p > 0.01), true, "smallest p after Holm's correction: " << p);
    }

    /**
     * @brief Compare one run with its closed form.
     * @param scenario the scenario, run
     * @param family takes the p value of each end
     */
    void Judge(const GreScenario& scenario, std::vector<double>& family)
    {
        const GreScenarioLaw theory(scenario.GetConfig());
        for (const uint32_t end : {GreScenario::R1, GreScenario::R2})
        {
            std::ostringstream what;
            what << scenario.GetConfig().r1.interval.GetSeconds() << " s, "
                 << scenario.GetConfig().r1.retries << " retries, rule "
                 << scenario.GetConfig().rule << ", " << scenario.GetRecorder().GetName(end);
            const std::optional<DetectionLaw> law = theory.Get(end);
            NS_TEST_ASSERT_MSG_EQ(law.has_value(), true, "there is a law: " << what.str());
            std::vector<double> sample;
            uint32_t outside = 0;
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                if (row.end != end)
                {
                    continue;
                }
                NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed: " << what.str());
                const double time = row.GetDetectionTime()->GetSeconds();
                outside += time < law->GetLower() - 1e-6 || time > law->GetUpper() + 1e-6 ? 1 : 0;
                sample.push_back(law->GetCdf(time));
            }
            NS_TEST_EXPECT_MSG_EQ(sample.size(), 2000, "observations: " << what.str());
            NS_TEST_EXPECT_MSG_EQ(outside, 0, "outside the closed form: " << what.str());
            const double p = KolmogorovSmirnovP(sample);
            NS_TEST_EXPECT_MSG_EQ((p > 0.01), true, "p = " << p << ": " << what.str());
            family.push_back(p);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Mistakes under independent loss.
 */
class MistakeRecurrenceTest : public TestCase
{
  public:
    /**
     * @brief One rule.
     * @param name its name
     * @param rule the rule
     */
    MistakeRecurrenceTest(const std::string& name, KeepaliveProcess::VerdictRule rule)
        : TestCase("mistakes under independent loss agree with the exact formula: " + name),
          m_rule(rule)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
        GreScenarioConfig config;
        config.r1 = config.r2 = {Seconds(10), 3};
        config.rule = m_rule;
        config.loss = 0.2; // per direction of the link R1-C, which a round trip passes twice
        config.failure = GreScenarioConfig::Failure::NONE;
        config.trafficRate = DataRate(0);
        config.stop = Seconds(400000);
        GreScenario scenario(config);
        scenario.Run();

        const double loss = 1 - (1 - config.loss) * (1 - config.loss);
        const GreScenarioLaw theory(config);
        for (const uint32_t end : {GreScenario::R1, GreScenario::R2})
        {
            const DetectionLaw law(VerdictOf(m_rule),
                                   10,
                                   3,
                                   0,
                                   theory.GetRoundTrip(end).GetSeconds(),
                                   0);
            const DetectionRecorder::EndSummary summary = scenario.GetRecorder().Summarize(end);
            NS_TEST_ASSERT_MSG_EQ((summary.mistakes > 500), true, "enough mistakes");
            CheckMean(summary.mistakeRecurrence, law.GetMistakeRecurrence(loss), "T_MR");
            CheckMean(summary.mistakeDuration, law.GetMistakeDuration(loss), "T_M");
            const double accuracy =
                1 - law.GetMistakeDuration(loss) / law.GetMistakeRecurrence(loss);
            NS_TEST_EXPECT_MSG_EQ_TOL(summary.queryAccuracy, accuracy, 0.01, "P_A");
        }
    }

    /**
     * @brief Compare a mean with the formula.
     * @param sample what was measured
     * @param expected what the formula says
     * @param what name of the metric
     */
    void CheckMean(const DetectionRecorder::Statistics& sample,
                   double expected,
                   const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(sample.mean,
                                  expected,
                                  *sample.GetConfidence95(),
                                  what << " of " << sample.count << " observations");
    }

    /**
     * @brief How a rule decides, as the closed form calls it.
     * @param rule the rule
     * @return the verdict
     */
    static DetectionLaw::Verdict VerdictOf(KeepaliveProcess::VerdictRule rule)
    {
        if (rule == KeepaliveProcess::HUAWEI_SEND)
        {
            return DetectionLaw::Verdict::AT_LAST_PROBE;
        }
        return rule == KeepaliveProcess::HOLD_TIME ? DetectionLaw::Verdict::AFTER_SILENCE
                                                   : DetectionLaw::Verdict::AT_NEXT_PROBE;
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class DetectionLawTestSuite : public TestSuite
{
  public:
    DetectionLawTestSuite()
        : TestSuite("keepalive-detection-law")
    {
        AddTestCase(new DetectionLawTest);
        AddTestCase(new DetectionTimeDistributionTest);
        AddTestCase(new MistakeRecurrenceTest("cisco", KeepaliveProcess::CISCO));
        AddTestCase(new MistakeRecurrenceTest("huawei-send", KeepaliveProcess::HUAWEI_SEND));
        AddTestCase(new MistakeRecurrenceTest("huawei-expiry", KeepaliveProcess::HUAWEI_EXPIRY));
        AddTestCase(new MistakeRecurrenceTest("hold-time", KeepaliveProcess::HOLD_TIME));
    }
};

DetectionLawTestSuite g_detectionLawTestSuite; //!< registers itself

} // namespace
