/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long IKE gateways take to notice that the path is gone: the simulation against the
 *        closed form.
 *
 * Independent random failures are all inside the closed form and follow the uniform law
 * (Kolmogorov-Smirnov, p > 0.01 for the family):
 *
 * 1. 2,000 of every profile with its own timers, R1 asking; on demand with something to send;
 * 2. 500 of each of these:
 *    - Cisco, both ends asking, R1 without the wait behind the last retry;
 *    - strongSwan, IKEv1, both ends asking at the same time;
 *    - a gateway that hears data of its peer, and so never asks before the failure;
 *    - two gateways with data both ways, asking on demand;
 *    - two gateways of which one asks more often, so that the other does not.
 *
 * RngRun 1: a seed that fails is a finding, never a reason to choose another.
 */

#include "keepalive-statistics.h"

#include "ns3/dpd-profile.h"
#include "ns3/dpd-scenario-law.h"
#include "ns3/dpd-scenario.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/test.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr uint32_t FAILURES = 2000; //!< of each profile
constexpr uint32_t FEW = 500;       //!< of each other configuration

/// A configuration, and who has something to notice with.
struct DetectionCase
{
    std::string name;           //!< of the case
    DpdScenarioConfig config;   //!< the configuration
    std::vector<uint32_t> ends; //!< those with a closed form
};

/**
 * @brief A scenario with many failures at random phases, each noticed for certain.
 * @param profile of both ends
 * @param failures how many
 * @return the scenario
 */
DpdScenarioConfig
MakeConfig(const std::string& profile, uint32_t failures)
{
    DpdScenarioConfig config;
    config.r1.profile = profile;
    config.r2.profile = profile;
    config.schedule = FailurePlan::Schedule::RANDOM;
    config.failures = failures;
    config.failFor = Seconds(0);
    return config;
}

/**
 * @brief All cases.
 * @return the cases
 */
std::vector<DetectionCase>
GetCases()
{
    const std::vector<uint32_t> one{DpdScenario::R1};
    const std::vector<uint32_t> both{DpdScenario::R1, DpdScenario::R2};
    std::vector<DetectionCase> cases;
    for (const std::string& profile : DpdProfile::GetNames())
    {
        DpdScenarioConfig config = MakeConfig(profile, FAILURES);
        config.r2.dpd = false;
        const bool onDemand = DpdProfile::Find(profile)->settings.onDemand;
        config.r1.dataPeriod = Seconds(onDemand ? 3 : 0);
        cases.push_back({profile, config, one});
    }
    DpdScenarioConfig config = MakeConfig("cisco-periodic", FEW);
    config.r1.finalWait = false;
    cases.push_back({"cisco-periodic, R1 without final wait", config, both});
    config = MakeConfig("strongswan-ikev1", FEW);
    cases.push_back({"strongswan-ikev1, both", config, both});
    config.r2.dataPeriod = Seconds(7);
    config.r2.dpd = false;
    cases.push_back({"strongswan-ikev1, with data of R2", config, one});
    config = MakeConfig("cisco-on-demand", FEW);
    config.r1.dataPeriod = Seconds(3);
    config.r2.dataPeriod = Seconds(3);
    cases.push_back({"cisco-on-demand, with data of both", config, both});
    config = MakeConfig("strongswan-ikev2", FEW);
    config.r2.delay = Seconds(20);
    cases.push_back({"strongswan-ikev2, R2 asks more often", config, both});
    return cases;
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2.
 */
class DpdDetectionTest : public TestCase
{
  public:
    DpdDetectionTest()
        : TestCase("detection times of random failures follow the law")
    {
    }

  private:
    void DoRun() override
    {
        std::vector<double> p;
        for (const DetectionCase& one : GetCases())
        {
            RngSeedManager::SetSeed(1);
            RngSeedManager::SetRun(1);
            DpdScenario scenario(one.config);
            scenario.Run();
            for (const uint32_t end : one.ends)
            {
                p.push_back(Judge(scenario, end, one.name));
            }
        }
        const double smallest = keepalive::tests::HolmSmallestP(p);
        NS_TEST_EXPECT_MSG_EQ((smallest > 0.01), true, "p, corrected: " << smallest);
    }

    /**
     * @brief Judge one sample.
     * @param scenario the scenario, run
     * @param end which end
     * @param name of the case
     * @return p of the test against the uniform law
     */
    double Judge(const DpdScenario& scenario, uint32_t end, const std::string& name)
    {
        const DpdScenarioLaw theory(scenario.GetConfig());
        const auto law = theory.Get(end);
        NS_TEST_EXPECT_MSG_EQ(law.has_value(), true, name << ": has a closed form");
        if (!law)
        {
            return 0;
        }
        const double slack = theory.GetSlack().GetSeconds();
        NS_TEST_EXPECT_MSG_EQ((slack < 0.02), true, name << ": slack " << slack);
        std::vector<double> sample;
        uint32_t outside = 0;
        for (const auto& row : scenario.GetRecorder().GetFailureRows())
        {
            if (row.end == end && row.detected)
            {
                const double time = row.GetDetectionTime()->GetSeconds();
                outside += time < law->lower - slack || time > law->upper + slack;
                sample.push_back((time - law->lower) / (law->upper - law->lower));
            }
        }
        NS_TEST_EXPECT_MSG_EQ(outside, 0, name << ": outside of the bounds");
        NS_TEST_EXPECT_MSG_EQ(sample.size(), scenario.GetConfig().failures, name << ": noticed");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(end).mistakes, 0, "mistakes");
        const double p = keepalive::tests::KolmogorovSmirnovP(sample);
        NS_TEST_EXPECT_MSG_EQ((p > 0.001), true, name << " at " << end << ": p = " << p);
        return p;
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class DpdDetectionTestSuite : public TestSuite
{
  public:
    DpdDetectionTestSuite()
        : TestSuite("keepalive-dpd-detection")
    {
        AddTestCase(new DpdDetectionTest);
    }
};

DpdDetectionTestSuite g_dpdDetectionTestSuite; //!< registers itself

} // namespace
