/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long loss takes to make a gateway give up a peer that is alive: the simulation against
 *        the exact renewal form, DpdLaw::GetMeanTimeToMistake.
 *
 * R1 asks, R2 only answers; packets between A and B are lost each by itself, in both directions.
 * So much loss that mistakes are frequent: each is waited for, and the next time begins when R1 has
 * an SA again. Its first request comes a delay later; from there on the law counts.
 *
 * 1. Equal waits (Cisco, racoon), growing ones (strongSwan and libreswan, IKEv2), and a deadline
 *    (strongSwan, IKEv1): the mean time is within its 95 % interval of the form.
 * 2. For strongSwan IKEv1 the form is that of a run of failures, too: M (E[trials] - k) + S.
 *
 * RngRun 1: a seed that fails is a finding, never a reason to choose another.
 */

#include "ns3/dpd-scenario-law.h"
#include "ns3/dpd-scenario.h"
#include "ns3/loss-run-law.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cmath>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double MISTAKES = 500; //!< that are expected, of each configuration

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. One configuration.
 */
class DpdMistakeTest : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param profile of both ends
     * @param delay of R1, seconds; 0 for that of the profile
     * @param timeout of R1, seconds; 0 for that of the profile
     * @param loss probability, of each packet
     */
    DpdMistakeTest(const std::string& profile, double delay, double timeout, double loss)
        : TestCase("mistakes by loss, " + profile)
    {
        m_config.r1.profile = profile;
        m_config.r2.profile = profile;
        m_config.r2.dpd = false;
        if (delay > 0)
        {
            m_config.r1.delay = Seconds(delay);
        }
        if (timeout > 0)
        {
            m_config.r1.timeout = Seconds(timeout);
        }
        m_config.loss = loss;
        m_config.failure = DpdScenarioConfig::Failure::NONE;
    }

  private:
    void DoRun() override
    {
        const double loss = 1 - (1 - m_config.loss) * (1 - m_config.loss); // there or back
        const DpdLaw law = DpdScenarioLaw(m_config).MakeLaw(DpdScenario::R1);
        const double exact = law.GetTimers().delay + law.GetMeanTimeToMistake(loss);
        m_config.stop = Seconds(MISTAKES * exact);
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
        DpdScenario scenario(m_config);
        scenario.GetEnd(DpdScenario::R1)
            ->TraceConnectWithoutContext("LineProtocol",
                                         MakeCallback(&DpdMistakeTest::HandleLine, this));
        scenario.Run();

        double sum = 0;
        double squares = 0;
        const auto n = static_cast<double>(m_times.size());
        for (const double time : m_times)
        {
            sum += time;
            squares += time * time;
        }
        const double mean = sum / n;
        const double error = std::sqrt((squares / n - mean * mean) / (n - 1));
        NS_TEST_EXPECT_MSG_GT(n, 0.7 * MISTAKES, "enough of them");
        NS_TEST_EXPECT_MSG_EQ_TOL(mean, exact, 1.96 * error, "mean time to a mistake");
        NS_TEST_EXPECT_MSG_LT(error, 0.06 * exact, "which is known well enough to tell");
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().Summarize(DpdScenario::R2).mistakes, 0, "R2");
        if (m_config.r1.profile == "strongswan-ikev1")
        {
            const auto run = static_cast<uint32_t>(law.GetRequests());
            const double runs =
                law.GetCycle() * (LossRunLaw(run, loss).GetMeanTrials() - run) + law.GetSeries();
            NS_TEST_EXPECT_MSG_EQ_TOL(mean,
                                      law.GetTimers().delay + runs,
                                      1.96 * error,
                                      "a run of failures");
        }
    }

    /**
     * @brief Trace sink: R1 has given its peer up, or has an SA again.
     * @param event which
     */
    void HandleLine(const DetectionEvent& event)
    {
        if (event.up)
        {
            m_since = event.when;
        }
        else
        {
            m_times.push_back((event.when - m_since).GetSeconds());
        }
    }

    DpdScenarioConfig m_config;  //!< the configuration
    Time m_since;                //!< when R1 got its SA
    std::vector<double> m_times; //!< from there to a mistake, seconds
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class DpdMistakeTestSuite : public TestSuite
{
  public:
    DpdMistakeTestSuite()
        : TestSuite("keepalive-dpd-mistakes")
    {
        AddTestCase(new DpdMistakeTest("cisco-periodic", 0, 0, 0.4));
        AddTestCase(new DpdMistakeTest("racoon", 0, 0, 0.4));
        AddTestCase(new DpdMistakeTest("strongswan-ikev2", 0, 0, 0.4));
        AddTestCase(new DpdMistakeTest("strongswan-ikev1", 2, 10, 0.3));
        AddTestCase(new DpdMistakeTest("libreswan-ikev2", 3, 0, 0.45));
    }
};

DpdMistakeTestSuite g_dpdMistakeTestSuite; //!< registers itself

} // namespace
