/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long loss takes to end a NAT binding that keepalives keep alive: the simulation
 *        against the chain of NatLaw.
 *
 * R1 sends nothing but NAT keepalives, and some are lost before the box. Interval, lifetime and
 * loss are 20 s, 30 s, 10 % (210 s on average) and 20 s, 120 s, 40 % (8105 s).
 *
 * 1. The mean time to the loss of the binding agrees with the chain: it is within the 95 % interval
 * of many replications. So is the time without it, and how many live longer than the mean.
 * 2. It ends at a multiple of the interval and its lifetime behind its beginning, to the
 * microsecond: never at a gap that a tie would have bridged.
 * 3. Loss beyond the box does not matter at all.
 *
 * Each binding is a replication: it begins with a packet that got through, as the chain does, and
 * the next one begins with the packet that got through when it was gone. Losses are independent.
 * RngRun 1: a seed that fails is a finding, never a reason to choose another.
 */

#include "ns3/nat-law.h"
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"
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

/// One of the cases.
struct Setting
{
    double interval;     //!< M, seconds
    double lifetime;     //!< B, seconds
    double loss;         //!< p
    double mean;         //!< what the chain says, seconds, rounded
    uint32_t replicates; //!< how many bindings are lost
};

constexpr Setting GATEWAY{20, 30, 0.1, 210, 1500}; //!< a home gateway
constexpr Setting STREAM{20, 120, 0.4, 8105, 200}; //!< Linux, a stream: six losses in a row
constexpr double RESOLUTION = 1e-6;                //!< of times, seconds

/**
 * @brief A scenario with keepalives only.
 * @param setting the case
 * @return its configuration
 */
NatScenarioConfig
MakeConfig(const Setting& setting)
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(1);
    NatScenarioConfig config;
    config.mechanism = NatScenarioConfig::Mechanism::NONE;
    config.natKeepalive = Seconds(setting.interval);
    config.nat.udpTimeout = Seconds(setting.lifetime);
    config.loss = setting.loss;
    config.inside = true;
    config.failure = ScenarioConfig::Failure::NONE;
    return config;
}

/// Mean of a sample, and its standard error.
struct Estimate
{
    /**
     * @brief Describe a sample.
     * @param sample the observations
     */
    explicit Estimate(const std::vector<double>& sample)
    {
        for (const double value : sample)
        {
            mean += value / static_cast<double>(sample.size());
        }
        double squares = 0;
        for (const double value : sample)
        {
            squares += (value - mean) * (value - mean);
        }
        const auto n = static_cast<double>(sample.size());
        error = std::sqrt(squares / (n - 1) / n);
    }

    double mean{0};  //!< the mean
    double error{0}; //!< its standard error
};

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. The chain.
 */
class NatChainTest : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param setting the case
     */
    explicit NatChainTest(const Setting& setting)
        : TestCase("keepalives every " + std::to_string(setting.interval) +
                   " s, a binding that lives for " + std::to_string(setting.lifetime) + " s"),
          m_setting(setting)
    {
    }

  private:
    void DoRun() override
    {
        NatScenarioConfig config = MakeConfig(m_setting);
        const std::optional<NatLaw> law = NatScenarioLaw(config).GetBindingLaw();
        NS_TEST_ASSERT_MSG_EQ(law.has_value(), true, "there is a law");
        const double exact = law->GetMeanTimeToEnd(m_setting.loss);
        NS_TEST_EXPECT_MSG_EQ_TOL(exact, m_setting.mean, 0.5, "the chain");
        config.stop = Seconds(m_setting.replicates * law->GetMeanTimeBetweenEnds(m_setting.loss));
        NatScenario scenario(config);
        scenario.GetBinding()->TraceConnectWithoutContext("LineProtocol",
                                                          MakeCallback(&NatChainTest::Line, this));
        scenario.Run();

        // As many as were waited for, give or take what chance does.
        NS_TEST_ASSERT_MSG_GT(m_lives.size(), m_setting.replicates * 3 / 4, "replications");
        const Estimate life(m_lives);
        NS_TEST_EXPECT_MSG_EQ_TOL(life.mean, exact, 1.96 * life.error, "mean time to the end");
        NS_TEST_EXPECT_MSG_LT(life.error, 0.1 * exact, "known well enough to tell");
        const Estimate outage(m_outages);
        NS_TEST_EXPECT_MSG_EQ_TOL(outage.mean,
                                  law->GetMeanOutage(m_setting.loss),
                                  3 * outage.error + RESOLUTION,
                                  "mean time without a binding");
        CheckLattice();
        CheckSurvivors(*law, exact + m_setting.interval / 3);
    }

    /**
     * @brief Trace sink: the binding.
     * @param event the change
     */
    void Line(const DetectionEvent& event)
    {
        const double now = event.when.GetSeconds();
        if (event.up && m_changes > 0)
        {
            m_outages.push_back(now - m_last);
        }
        if (!event.up)
        {
            m_lives.push_back(now - m_last);
        }
        m_last = now;
        m_changes++;
    }

    /// It ends B behind a packet, and these are M apart.
    void CheckLattice()
    {
        uint32_t off = 0;
        for (const double life : m_lives)
        {
            const double periods = (life - m_setting.lifetime) / m_setting.interval;
            off += std::fabs(periods - std::round(periods)) * m_setting.interval > RESOLUTION;
        }
        NS_TEST_EXPECT_MSG_EQ(off, 0, "ends at other times");
    }

    /**
     * @brief So many live longer.
     * @param law the law
     * @param time than this, seconds
     */
    void CheckSurvivors(const NatLaw& law, double time)
    {
        double share = 0;
        for (const double life : m_lives)
        {
            share += life > time ? 1 / static_cast<double>(m_lives.size()) : 0;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(share,
                                  law.GetSurvival(m_setting.loss, time),
                                  1.5 / std::sqrt(m_lives.size()),
                                  "live longer than the mean");
    }

    Setting m_setting;             //!< the case
    std::vector<double> m_lives;   //!< how long bindings lived, seconds
    std::vector<double> m_outages; //!< and how long there was none
    double m_last{0};              //!< when the last change was, seconds
    uint32_t m_changes{0};         //!< how many there were
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Loss beyond the box.
 */
class NatLossBeyondTest : public TestCase
{
  public:
    NatLossBeyondTest()
        : TestCase("what is lost beyond the box has refreshed the binding")
    {
    }

  private:
    void DoRun() override
    {
        NatScenarioConfig config = MakeConfig(GATEWAY);
        config.inside = false;
        config.stop = Seconds(20000); // 95 losses inside
        config.loss = 0.9;
        NatScenario scenario(config);
        scenario.Run();
        const auto summary = scenario.GetRecorder().Summarize(scenario.GetBindingEnd());
        NS_TEST_EXPECT_MSG_EQ(summary.mistakes, 0, "losses of the binding");
        NS_TEST_EXPECT_MSG_GT(summary.observed, Seconds(19999), "which was there");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class NatMistakeTestSuite : public TestSuite
{
  public:
    NatMistakeTestSuite()
        : TestSuite("keepalive-nat-mistakes")
    {
        AddTestCase(new NatChainTest(GATEWAY));
        AddTestCase(new NatChainTest(STREAM));
        AddTestCase(new NatLossBeyondTest);
    }
};

NatMistakeTestSuite g_natMistakeTestSuite; //!< registers the suite

} // namespace
