/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long a BGP session takes to notice that its link was cut: the simulation against
 *        BgpLaw, for every profile.
 *
 * 1. Detection times of 2,000 independent random failures of each profile have the distribution of
 *    BgpLaw, at both ends, and none is out of bounds.
 *
 * Two speakers and nothing else, so that it can be done often. After each failure both ends are
 * reset, instead of waiting until they connect again. Each failure comes at a random instant of a
 * window, over which the age of the last KEEPALIVE takes all its values: one interval without
 * jitter. With jitter the window has four mean intervals, and begins four after the session, since
 * the law is that of a session that is old: jitter of 0.75 to 1 forgets an eighth of the first
 * KEEPALIVE per interval, and what is left of it then shifts the distribution by less than 0.01,
 * where Kolmogorov and Smirnov see 0.036.
 */

#include "bgp-test-network.h"
#include "keepalive-statistics.h"

#include "ns3/bgp-law.h"
#include "ns3/bgp-profile.h"
#include "ns3/boolean.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

constexpr uint32_t FAILURES = 2000;    //!< of each profile
constexpr int64_t STREAM = 500;        //!< random stream of their times
constexpr double MIXING_INTERVALS = 4; //!< before and in the window, with jitter

/**
 * @ingroup keepalive-tests
 * @brief 1. The distribution.
 */
class DistributionTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param p where all cases leave their p values, in order
     * @param profile of both ends
     * @param last whether it is the last case, which judges the family
     */
    DistributionTestCase(std::vector<double>& p, const std::string& profile, bool last)
        : TestCase("random failures, " + profile),
          m_p(p),
          m_profile(profile),
          m_last(last)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        BgpTestNetwork network(0);
        // Retransmissions into a link that is cut change nothing, and cost most of the time.
        network.helper.SetTcpAttribute("RtoMin", TimeValue(Seconds(60)));
        network.AddSpeakers(2);
        network.helper.SetNeighborAttribute("Profile", StringValue(m_profile));
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(true));
        const BgpProfile& profile = *BgpProfile::Find(m_profile);
        const BgpLaw::Jitter sending{profile.keepaliveJitter.low, profile.keepaliveJitter.high};
        const BgpLaw::Jitter waiting{profile.holdJitter.low, profile.holdJitter.high};
        const BgpLaw law(profile.keepaliveTime,
                         sending,
                         profile.holdTime + profile.lateExpiry,
                         waiting);
        const double mixing = sending.low < sending.high ? MIXING_INTERVALS : 0;
        Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
        random->SetStream(STREAM);

        std::vector<double> samples[2];
        Time now = Seconds(1);
        for (uint32_t i = 0; i < FAILURES; i++)
        {
            const double window = (mixing > 0 ? mixing : 1) * law.GetMeanInterval();
            const double wait = mixing * law.GetMeanInterval() + random->GetValue(0, window);
            now += Seconds(wait);
            network.RunUntil(now);
            NS_TEST_ASSERT_MSG_EQ((link.first->IsEstablished() && link.second->IsEstablished()),
                                  true,
                                  "up before failure " << i);
            network.records.clear();
            link.cut->Fail();
            const Time failed = now;
            now += Seconds(law.GetUpper() + 0.001);
            network.RunUntil(now);
            for (const uint32_t end : {0, 1})
            {
                const std::vector<Time> down = network.Find(end, 0, "down hold-time-expired");
                NS_TEST_ASSERT_MSG_EQ(down.size(), 1U, "noticed, and why");
                const double time = (down[0] - failed).GetSeconds();
                NS_TEST_EXPECT_MSG_GT_OR_EQ(time, law.GetLower() - 1e-6, "bound");
                NS_TEST_EXPECT_MSG_LT_OR_EQ(time, law.GetUpper() + 1e-6, "bound");
                samples[end].push_back(law.GetCdf(time));
            }
            link.cut->Repair();
            link.second->Reset(BgpError::ADMIN_RESET);
            link.first->Reset(BgpError::ADMIN_RESET);
            now += Seconds(0.1); // for the handshake
        }
        for (const auto& sample : samples)
        {
            m_p.push_back(KolmogorovSmirnovP(sample));
        }
        if (m_last)
        {
            NS_TEST_EXPECT_MSG_EQ(m_p.size(), 2 * BgpProfile::GetNames().size(), "the family");
            NS_TEST_EXPECT_MSG_GT(HolmSmallestP(m_p), 0.01, "distribution");
        }
    }

    std::vector<double>& m_p; //!< p values of all cases
    std::string m_profile;    //!< of both ends
    bool m_last;              //!< it judges the family
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpDetectionTestSuite : public TestSuite
{
  public:
    BgpDetectionTestSuite()
        : TestSuite("keepalive-bgp-detection")
    {
        const std::vector<std::string> profiles = BgpProfile::GetNames();
        for (const auto& profile : profiles)
        {
            AddTestCase(new DistributionTestCase(m_p, profile, profile == profiles.back()));
        }
    }

  private:
    std::vector<double> m_p; //!< p values of all cases
};

BgpDetectionTestSuite g_bgpDetectionTestSuite; //!< registers the suite

} // namespace
