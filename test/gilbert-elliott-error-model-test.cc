/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/gilbert-elliott-error-model.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cmath>
#include <cstdint>
#include <string>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The Gilbert-Elliott error model.
 *
 * Behaviours:
 *  1. mean loss and mean burst length are those of the chain
 *  2. first runs of losses come as late as the closed forms say
 *  3. a reset returns to the good state; streams reproduce losses
 *  4. with times instead of probabilities, runs of k losses among probes of a given spacing recur
 *     as the closed form says, so that probes in quick succession do not
 *  5. with times, what passes in no time meets the same state; one time alone changes nothing
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 8030; //!< streams of this file; each case uses those from here on

/// Parameters of a Gilbert-Elliott model, and what they lead to.
struct Chain
{
    double goodToBad;  //!< p
    double badToGood;  //!< r
    double lossInGood; //!< e_G
    double lossInBad;  //!< e_B
    uint32_t run;      //!< k, losses in a row that are waited for
    double fromGood;   //!< mean number of packets to the first run, from the good state; E_G[N]
    double recurrence; //!< mean number of packets from run to run; T_MR
};

/// Behaviours 1 and 2.
class GilbertElliottTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what is special about the chain
     * @param chain the chain
     */
    GilbertElliottTestCase(const std::string& name, const Chain& chain)
        : TestCase("Gilbert-Elliott: loss, bursts and runs of losses as computed: " + name),
          m_chain(chain)
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t PACKETS = 1000000;
        constexpr uint32_t FIRST_RUNS = 10000;
        const Chain& c = m_chain;
        Ptr<GilbertElliottErrorModel> model = CreateObject<GilbertElliottErrorModel>();
        model->SetAttribute("GoodToBad", DoubleValue(c.goodToBad));
        model->SetAttribute("BadToGood", DoubleValue(c.badToGood));
        model->SetAttribute("LossInGood", DoubleValue(c.lossInGood));
        model->SetAttribute("LossInBad", DoubleValue(c.lossInBad));
        NS_TEST_EXPECT_MSG_EQ(model->AssignStreams(STREAM + 0), 2, "streams used");
        Ptr<Packet> packet = Create<Packet>(48);

        uint32_t losses = 0;
        uint32_t bursts = 0;
        uint32_t runs = 0;
        uint32_t inARow = 0;
        for (uint32_t i = 0; i < PACKETS; i++)
        {
            const bool lost = model->IsCorrupt(packet);
            inARow = lost ? inARow + 1 : 0;
            losses += lost ? 1 : 0;
            bursts += inARow == 1 ? 1 : 0;
            runs += inARow == c.run ? 1 : 0;
        }
        const double bad = c.goodToBad / (c.goodToBad + c.badToGood);
        const double loss = bad * c.lossInBad + (1 - bad) * c.lossInGood;
        const double meanLoss = static_cast<double>(losses) / PACKETS;
        NS_TEST_EXPECT_MSG_EQ_TOL(meanLoss, loss, 0.03 * loss, "mean loss");
        if (c.lossInGood == 0 && c.lossInBad == 1)
        {
            const double burst = static_cast<double>(losses) / bursts;
            NS_TEST_EXPECT_MSG_EQ_TOL(burst, 1 / c.badToGood, 0.03 / c.badToGood, "mean burst");
        }
        // Five standard errors, with a standard deviation of about the mean.
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(PACKETS) / runs,
                                  c.recurrence,
                                  5 * c.recurrence / std::sqrt(runs),
                                  "from run to run");

        double total = 0;
        for (uint32_t i = 0; i < FIRST_RUNS; i++)
        {
            model->Reset();
            for (inARow = 0; inARow < c.run;)
            {
                inARow = model->IsCorrupt(packet) ? inARow + 1 : 0;
                total++;
            }
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(total / FIRST_RUNS,
                                  c.fromGood,
                                  5 * c.fromGood / std::sqrt(FIRST_RUNS),
                                  "to the first run");
    }

    Chain m_chain; //!< the chain
};

/// Behaviour 3.
class GilbertElliottStateTestCase : public TestCase
{
  public:
    GilbertElliottStateTestCase()
        : TestCase("Gilbert-Elliott: a reset returns to good, streams reproduce losses")
    {
    }

  private:
    void DoRun() override
    {
        Ptr<GilbertElliottErrorModel> model = CreateObject<GilbertElliottErrorModel>();
        model->AssignStreams(STREAM + 2);
        NS_TEST_EXPECT_MSG_EQ(CountLosses(model), 0, "loses nothing by default");
        model->SetAttribute("GoodToBad", DoubleValue(1));
        model->SetAttribute("BadToGood", DoubleValue(0));
        NS_TEST_EXPECT_MSG_EQ(CountLosses(model), 1000, "the state moves first: all are lost");
        model->SetAttribute("GoodToBad", DoubleValue(0));
        NS_TEST_EXPECT_MSG_EQ(CountLosses(model), 1000, "bad for ever");
        model->Reset();
        NS_TEST_EXPECT_MSG_EQ(CountLosses(model), 0, "good for ever");

        model->SetAttribute("GoodToBad", DoubleValue(0.1));
        model->SetAttribute("BadToGood", DoubleValue(0.3));
        model->SetAttribute("LossInBad", DoubleValue(0.5));
        std::string patterns[3];
        for (std::size_t i = 0; i < 3; i++)
        {
            model->Reset();
            model->AssignStreams(i == 2 ? STREAM + 6 : STREAM + 4);
            for (int packet = 0; packet < 200; packet++)
            {
                patterns[i] += model->IsCorrupt(Create<Packet>(48)) ? 'x' : '.';
            }
        }
        NS_TEST_EXPECT_MSG_EQ(patterns[0], patterns[1], "the same streams");
        NS_TEST_EXPECT_MSG_NE(patterns[0], patterns[2], "other streams");
    }

    /**
     * @brief Send a thousand packets.
     * @param model the error model
     * @return how many are lost
     */
    uint32_t CountLosses(Ptr<ErrorModel> model)
    {
        uint32_t losses = 0;
        for (int i = 0; i < 1000; i++)
        {
            losses += model->IsCorrupt(Create<Packet>(48)) ? 1 : 0;
        }
        return losses;
    }
};

/// Behaviour 4.
class TimedChainTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case: good for 95 s and bad for 5 s on average, probed every 30 s / k.
     * @param run k, losses in a row that are waited for
     * @param recurrence seconds from run to run
     */
    TimedChainTestCase(uint32_t run, double recurrence)
        : TestCase("by time: " + std::to_string(run) + " probes in 30 s"),
          m_run(run),
          m_recurrence(recurrence)
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t RUNS = 1000;
        m_model = CreateObject<GilbertElliottErrorModel>();
        m_model->SetAttribute("GoodTime", TimeValue(Seconds(95)));
        m_model->SetAttribute("BadTime", TimeValue(Seconds(5)));
        m_model->AssignStreams(STREAM + 10);
        m_left = static_cast<uint64_t>(RUNS * m_recurrence / BUDGET * m_run);
        const Time spacing = Seconds(BUDGET) / static_cast<int64_t>(m_run);
        Simulator::Schedule(spacing, &TimedChainTestCase::Probe, this, spacing);
        Simulator::Run();
        const double observed = Simulator::Now().GetSeconds();
        Simulator::Destroy();
        // Five standard errors of a count that is at most as irregular as a Poisson one.
        NS_TEST_EXPECT_MSG_EQ_TOL(observed / m_runs,
                                  m_recurrence,
                                  5 * m_recurrence / std::sqrt(RUNS),
                                  "seconds from run to run");
    }

    /**
     * @brief Send a probe, and the next one later.
     * @param spacing until the next one
     */
    void Probe(Time spacing)
    {
        m_inARow = m_model->IsCorrupt(Create<Packet>(48)) ? m_inARow + 1 : 0;
        m_runs += m_inARow == m_run ? 1 : 0;
        if (--m_left > 0)
        {
            Simulator::Schedule(spacing, &TimedChainTestCase::Probe, this, spacing);
        }
    }

    static constexpr double BUDGET = 30; //!< k probes take that long, seconds

    uint32_t m_run;                        //!< k
    double m_recurrence;                   //!< what is expected
    Ptr<GilbertElliottErrorModel> m_model; //!< what loses them
    uint64_t m_left{0};                    //!< probes to send
    uint32_t m_inARow{0};                  //!< losses up to now
    uint32_t m_runs{0};                    //!< runs of k, longer ones once
};

/// Behaviour 5.
class TimedStateTestCase : public TestCase
{
  public:
    TimedStateTestCase()
        : TestCase("by time: the state stays while no time passes; one time alone is none")
    {
    }

  private:
    void DoRun() override
    {
        m_model = CreateObject<GilbertElliottErrorModel>();
        m_model->AssignStreams(STREAM + 12);
        m_model->SetAttribute("GoodToBad", DoubleValue(1));
        m_model->SetAttribute("BadTime", TimeValue(Seconds(1)));
        NS_TEST_EXPECT_MSG_EQ(m_model->IsCorrupt(Create<Packet>(48)), true, "moved by the packet");
        m_model->Reset();
        m_model->SetAttribute("GoodTime", TimeValue(NanoSeconds(1)));
        m_model->SetAttribute("BadTime", TimeValue(Seconds(1e6)));
        NS_TEST_EXPECT_MSG_EQ(CountLosses(), 0, "good at the start, and no time has passed");
        Simulator::Schedule(Seconds(1), &TimedStateTestCase::ExpectBad, this);
        Simulator::Run();
        Simulator::Destroy();
    }

    /// It must have gone bad by now, and must stay so.
    void ExpectBad()
    {
        NS_TEST_EXPECT_MSG_EQ(CountLosses(), 1000, "bad, and no time has passed");
        m_model->Reset();
        NS_TEST_EXPECT_MSG_EQ(CountLosses(), 0, "good again, from now on");
    }

    /**
     * @brief Send a thousand packets at once.
     * @return how many are lost
     */
    uint32_t CountLosses()
    {
        uint32_t losses = 0;
        for (int i = 0; i < 1000; i++)
        {
            losses += m_model->IsCorrupt(Create<Packet>(48)) ? 1 : 0;
        }
        return losses;
    }

    Ptr<GilbertElliottErrorModel> m_model; //!< what loses them
};

/// The Gilbert-Elliott error model.
class GilbertElliottErrorModelTestSuite : public TestSuite
{
  public:
    GilbertElliottErrorModelTestSuite()
        : TestSuite("keepalive-gilbert-elliott")
    {
        // The numbers are of the closed form (1/p + (1-s)/r)/s and (p+r)/(r p s), s = (1-r)^(k-1),
        // and for the last chain of the linear equations for state and losses in a row.
        AddTestCase(new GilbertElliottTestCase("independent losses",
                                               {0.05, 0.95, 0, 1, 2, 420, 421.052632}));
        AddTestCase(
            new GilbertElliottTestCase("bursts of two", {0.02631579, 0.5, 0, 1, 3, 158, 160}));
        AddTestCase(new GilbertElliottTestCase("bursts of ten",
                                               {0.01, 0.1, 0, 1, 3, 125.80247, 135.80247}));
        AddTestCase(new GilbertElliottTestCase("losses in both states",
                                               {0.05, 0.25, 0.01, 0.6, 3, 94.493682, 88.766309}));
        AddTestCase(new GilbertElliottStateTestCase);

        // The numbers are of the same closed form, with p and r of the spacing: p = pi_B (1 - e), r
        // = pi_G (1 - e), e = exp(-(1/95 + 1/5) * 30 / k).
        AddTestCase(new TimedChainTestCase(1, 632.72));
        AddTestCase(new TimedChainTestCase(2, 3648.79));
        AddTestCase(new TimedChainTestCase(4, 13380.4));
        AddTestCase(new TimedChainTestCase(5, 17088.0));
        AddTestCase(new TimedStateTestCase);
    }
};

GilbertElliottErrorModelTestSuite g_gilbertElliottErrorModelTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
