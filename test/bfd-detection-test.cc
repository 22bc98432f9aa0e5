/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long BFD takes to notice that its peer is gone, with the jitter of RFC 5880: 2,000
 *        independent random failures of the simulated link.
 *
 * 1. Detection multipliers 1, 3, 4 and 10, and timers that differ between the ends: all detections
 *    are inside the closed form and follow its distribution function at both ends
 *    (Kolmogorov-Smirnov, p > 0.01 for the family).
 * 2. So they do when one direction fails: the deaf end by its own timer, the other one as it is
 * told.
 *
 * RngRun 1: a seed that fails is a finding, never a reason to choose another.
 */

#include "keepalive-statistics.h"

#include "ns3/bfd-scenario-law.h"
#include "ns3/bfd-scenario.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/test.h"

#include <cstdint>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Failure = BfdScenarioConfig::Failure;

constexpr uint32_t FAILURES = 2000;        //!< of each configuration
constexpr uint32_t FAILURES_ONE_WAY = 500; //!< of one direction

/**
 * @brief Many failures, each noticed for certain, at random phases.
 * @return the configuration
 */
BfdScenarioConfig
MakeConfig()
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    BfdScenarioConfig config;
    config.schedule = FailurePlan::Schedule::RANDOM;
    config.failures = FAILURES;
    config.failFor = Seconds(0);
    config.trafficRate = DataRate(0);
    return config;
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. All of it.
 */
class BfdDetectionTest : public TestCase
{
  public:
    BfdDetectionTest()
        : TestCase("2,000 failures each follow the closed form")
    {
    }

  private:
    void DoRun() override
    {
        std::vector<double> p;
        for (const uint32_t multiplier : {1U, 3U, 4U, 10U})
        {
            BfdScenarioConfig config = MakeConfig();
            config.r1.multiplier = config.r2.multiplier = multiplier;
            Judge(config, "multiplier " + std::to_string(multiplier), p);
        }
        BfdScenarioConfig unequal = MakeConfig();
        unequal.r1 = {MilliSeconds(100), MilliSeconds(200), 3, false}; // sends every 300 ms
        unequal.r2 = {MilliSeconds(500), MilliSeconds(300), 1, true};  // every 500 ms
        Judge(unequal, "unequal timers", p);
        unequal.failure = Failure::ONE_WAY_TO_R2;
        unequal.r2.passive = false; // else it would fall silent
        unequal.failures = FAILURES_ONE_WAY;
        unequal.inFlight = LinkCut::InFlight::DELIVERED;
        Judge(unequal, "one way to R2", p);
        const double smallest = keepalive::tests::HolmSmallestP(p);
        NS_TEST_EXPECT_MSG_EQ((smallest > 0.01), true, "p, corrected: " << smallest);
    }

    /**
     * @brief Run, and judge both ends.
     * @param config the configuration
     * @param name what to call it
     * @param p filled in with the p values
     */
    void Judge(const BfdScenarioConfig& config, const std::string& name, std::vector<double>& p)
    {
        BfdScenario scenario(config);
        scenario.Run();
        const BfdScenarioLaw theory(config);
        const double slack = theory.GetSlack().GetSeconds();
        NS_TEST_EXPECT_MSG_LT(slack, 1e-4, name);
        for (const uint32_t end : {BfdScenario::R1, BfdScenario::R2})
        {
            const auto law = theory.Get(end);
            NS_TEST_ASSERT_MSG_EQ(law.has_value(), true, name << ": has a closed form");
            std::vector<double> sample;
            uint32_t outside = 0;
            for (const auto& row : scenario.GetRecorder().GetFailureRows())
            {
                if (row.end == end && row.detected)
                {
                    const double time = row.GetDetectionTime()->GetSeconds();
                    outside += time < law->GetLower() - slack || time > law->GetUpper() + slack;
                    sample.push_back(law->GetCdf(time));
                }
            }
            NS_TEST_EXPECT_MSG_EQ(outside, 0, name << ": outside of the bounds");
            NS_TEST_EXPECT_MSG_EQ(sample.size(), config.failures, name << ": noticed");
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
            p.push_back(keepalive::tests::KolmogorovSmirnovP(sample));
            NS_TEST_EXPECT_MSG_EQ((p.back() > 0.0005), true, name << ": p = " << p.back());
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief BFD detection test suite.
 */
class BfdDetectionTestSuite : public TestSuite
{
  public:
    BfdDetectionTestSuite()
        : TestSuite("keepalive-bfd-detection")
    {
        AddTestCase(new BfdDetectionTest);
    }
};

BfdDetectionTestSuite g_bfdDetectionTestSuite; //!< registers itself

} // namespace
