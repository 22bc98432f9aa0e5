/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What HDLC keepalives with mismatched timers do to a sound line.
 *
 * 1. The closed form gives the published table: 10 s against 10 to 60 s with the rules of IOS and
 *    Nokia, Linux from its hold time on, and the edges one by one.
 * 2. The closed form is what a plain enumeration of phases gives, for every rule, with and without
 *    a round trip. The enumeration knows ticks and arrivals, but none of the module's code.
 * 3. The simulation gives the table within 1 percentage point, and the share of time as well, for
 *    every rule.
 * 4. At the edge, a peer exactly as slow as the limit, a line flaps for ever or never: it does if
 *    a tick falls into the round trip, R of each interval.
 * 5. Resets without a flap: IOS at 10 s against 25 s, once every 50 s.
 * 6. A replication does not depend on what ran before; RngRun does change it.
 * 7. The duration covers all phases of a line.
 */

#include "ns3/mismatch-experiment.h"
#include "ns3/mismatch-law.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

using Rule = SequenceGapCounter::Rule;

constexpr double POINT = 0.01; //!< one percentage point

/// Intervals of the peer in the published table, seconds, against 10 s.
constexpr double PEERS[] = {10, 15, 20, 21, 25, 30, 31, 35, 40, 60};

/// A row of the published table.
struct TableRow
{
    HdlcNetDevice::VerdictRule rule; //!< whose rule
    double shares[10];               //!< of ticks that print "line down"
};

/// The published table: shared/reference/protocols-link.md 2.5. Its edges are 30 s and 20 s.
constexpr TableRow TABLE[] = {
    {HdlcNetDevice::IOS, {0, 0, 0, 0, 0, 0, 1.0 / 31, 1.0 / 7, 0.25, 0.5}},
    {HdlcNetDevice::NOKIA, {0, 0, 0, 1.0 / 21, 0.2, 1.0 / 3, 11.0 / 31, 3.0 / 7, 0.5, 2.0 / 3}},
};

/// All rules.
constexpr HdlcNetDevice::VerdictRule RULES[] = {HdlcNetDevice::IOS,
                                                HdlcNetDevice::NOKIA,
                                                HdlcNetDevice::LINUX,
                                                HdlcNetDevice::FREEBSD,
                                                HdlcNetDevice::SPPP,
                                                HdlcNetDevice::H3C,
                                                HdlcNetDevice::JUNOS};

/**
 * @brief The law of a rule with N = 3.
 * @param rule the rule
 * @param local Ta
 * @param peer Tb
 * @param roundTrip R
 * @return the law
 */
MismatchLaw
Law(Rule rule, double local, double peer, double roundTrip)
{
    return MismatchLaw(rule, local, peer, 3, roundTrip);
}

/**
 * @brief The configuration of a cell.
 * @param rule whose rule
 * @param peer Tb, seconds; Ta is 10 s
 * @param replications phases
 * @return the configuration
 */
MismatchExperiment::Config
Cell(HdlcNetDevice::VerdictRule rule, double peer, uint32_t replications)
{
    MismatchExperiment::Config config;
    config.rule = rule;
    config.peerInterval = Seconds(peer);
    config.replications = replications;
    return config;
}

/// Shares of ticks and of time.
struct Shares
{
    double ticks; //!< of ticks that find the line down
    double time;  //!< of time in which it is
};

/**
 * @brief Enumerate phases, tick by tick, with N = 3.
 * @param rule whose rule
 * @param local Ta
 * @param peer Tb
 * @param roundTrip R
 * @return the mean over phases
 */
Shares
Enumerate(Rule rule, double local, double peer, double roundTrip)
{
    constexpr int PHASES = 20000;
    const bool returned = rule == Rule::IOS || rule == Rule::NOKIA;
    const int missing = rule == Rule::NOKIA || rule == Rule::FREEBSD ? 2 : 3;
    // What was sent before 0 is answered by the keepalive that arrives now; then comes the next.
    const double arrival = returned ? roundTrip : 0;
    const double next = arrival + peer;
    uint64_t ticks = 0;
    uint64_t ticksDown = 0;
    double down = 0;
    for (int i = 0; i < PHASES; i++)
    {
        double since = next; // when the line goes down
        int unanswered = 0;
        for (double tick = local * (i + 0.5) / PHASES; tick < next; tick += local)
        {
            const bool found = rule == Rule::LINUX ? tick > 2.5 * local : unanswered >= missing;
            if (tick >= arrival)
            {
                ticks++;
                ticksDown += found ? 1 : 0;
                since = found ? std::min(since, tick) : since;
            }
            unanswered++;
        }
        down += next - since;
    }
    return {static_cast<double>(ticksDown) / static_cast<double>(ticks), down / peer / PHASES};
}

/// 1. Numbers.
class MismatchTableTest : public TestCase
{
  public:
    MismatchTableTest()
        : TestCase("the closed form gives the published table")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& row : TABLE)
        {
            for (int i = 0; i < 10; i++)
            {
                const MismatchLaw law = Law(static_cast<Rule>(row.rule), 10, PEERS[i], 0);
                NS_TEST_EXPECT_MSG_EQ_TOL(law.GetShareOfTicksDown().value_or(-1),
                                          row.shares[i],
                                          1e-12,
                                          row.rule << " against " << PEERS[i] << " s");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(Law(Rule::IOS, 10, 30, 0).GetLimit(), 30, "limit of IOS");
        NS_TEST_EXPECT_MSG_EQ(Law(Rule::NOKIA, 10, 30, 0).GetLimit(), 20, "limit of Nokia");
        NS_TEST_EXPECT_MSG_EQ(Law(Rule::LINUX, 10, 30, 0).GetLimit(), 25, "limit of Linux");

        // The line is down from the tick at phi + 30 s on, phi uniform on (0, 10] s, until 35 s.
        NS_TEST_EXPECT_MSG_EQ_TOL(Law(Rule::IOS, 10, 35, 0).GetShareOfTimeDown().value_or(-1),
                                  0.5 * 2.5 / 35,
                                  1e-12,
                                  "half the phases, for 2.5 s on average");
        NS_TEST_EXPECT_MSG_EQ_TOL(Law(Rule::IOS, 10, 60, 0).GetShareOfTimeDown().value_or(-1),
                                  25.0 / 60,
                                  1e-12,
                                  "from 35 s on average to 60 s");

        // Where keepalives that cross decide, there is none.
        NS_TEST_EXPECT_MSG_EQ(
            MismatchLaw(Rule::NOKIA, 10, 30, 2, 0.1).GetShareOfTicksDown().has_value(),
            false,
            "Nokia with K = 1");
        NS_TEST_EXPECT_MSG_EQ(
            MismatchLaw(Rule::NOKIA, 10, 30, 2, 0.04).GetShareOfTicksDown().has_value(),
            true,
            "Nokia with K = 1 on a fast line");
        NS_TEST_EXPECT_MSG_EQ(
            MismatchLaw(Rule::FREEBSD, 10, 10.5, 3, 1).GetShareOfTimeDown().has_value(),
            false,
            "a number repeated");
        NS_TEST_EXPECT_MSG_EQ(Law(Rule::SPPP, 10, 60, 10).GetShareOfTimeDown().has_value(),
                              false,
                              "a round trip as long as an interval");
    }
};

/// 2. The closed form against plain enumeration.
class MismatchEnumerationTest : public TestCase
{
  public:
    MismatchEnumerationTest()
        : TestCase("the closed form is the mean over enumerated phases")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto rule : RULES)
        {
            for (const double roundTrip : {0.0, 1.5})
            {
                for (const double peer : {4.0, 13.0, 20.0, 24.0, 28.5, 30.0, 36.0, 47.0, 60.0})
                {
                    const Shares counted = Enumerate(static_cast<Rule>(rule), 10, peer, roundTrip);
                    const MismatchLaw law = Law(static_cast<Rule>(rule), 10, peer, roundTrip);
                    NS_TEST_EXPECT_MSG_EQ_TOL(law.GetShareOfTicksDown().value_or(-1),
                                              counted.ticks,
                                              2e-4,
                                              rule << ", " << peer << " s, ticks");
                    NS_TEST_EXPECT_MSG_EQ_TOL(law.GetShareOfTimeDown().value_or(-1),
                                              counted.time,
                                              2e-4,
                                              rule << ", " << peer << " s, time");
                }
            }
        }
    }
};

/// 3. The simulation against the table, and against the closed form of both shares.
class MismatchSimulationTest : public TestCase
{
  public:
    MismatchSimulationTest()
        : TestCase("the simulation gives the published table within 1 percentage point")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& row : TABLE)
        {
            for (int i = 0; i < 10; i++)
            {
                const MismatchExperiment experiment(
                    Cell(row.rule, PEERS[i], MismatchExperiment::DEFAULT_REPLICATIONS));
                NS_TEST_EXPECT_MSG_EQ_TOL(experiment.Run().GetShareOfTicksDown(),
                                          row.shares[i],
                                          POINT,
                                          row.rule << " against " << PEERS[i] << " s");
            }
        }
        for (const auto rule : RULES)
        {
            for (const double peer : {7.0, 20.0, 25.0, 26.0, 30.0, 35.0, 60.0})
            {
                const MismatchExperiment experiment(
                    Cell(rule, peer, MismatchExperiment::DEFAULT_REPLICATIONS));
                const MismatchExperiment::Totals totals = experiment.Run();
                NS_TEST_EXPECT_MSG_EQ_TOL(totals.GetShareOfTicksDown(),
                                          experiment.GetLaw().GetShareOfTicksDown().value_or(-1),
                                          POINT / 2,
                                          rule << ", " << peer << " s, ticks");
                NS_TEST_EXPECT_MSG_EQ_TOL(totals.GetShareOfTimeDown(),
                                          experiment.GetLaw().GetShareOfTimeDown().value_or(-1),
                                          POINT / 2,
                                          rule << ", " << peer << " s, time");
            }
        }
    }
};

/// 4. A peer exactly as slow as the limit.
class MismatchEdgeTest : public TestCase
{
  public:
    MismatchEdgeTest()
        : TestCase("at the edge a line flaps for ever if a tick falls into the round trip")
    {
    }

  private:
    /**
     * @brief Look at every phase of an edge.
     * @param rule whose rule
     * @param intervals K: the peer's interval is K own ones
     */
    void CheckEdge(HdlcNetDevice::VerdictRule rule, uint32_t intervals)
    {
        constexpr uint32_t PHASES = 400;
        MismatchExperiment::Config config = Cell(rule, 10.0 * intervals, PHASES);
        config.linkDelay = Seconds(0.25); // a round trip of 0.5 s, one phase in twenty
        const MismatchExperiment experiment(config);
        MismatchExperiment::Totals totals;
        uint32_t flapping = 0;
        for (uint32_t i = 0; i < PHASES; i++)
        {
            const MismatchExperiment::Totals one = experiment.RunReplication(i);
            totals.Add(one);
            flapping += one.ticksDown > 0 ? 1 : 0;
            // One of K ticks in each interval of the peer, or none: the phase never changes.
            NS_TEST_EXPECT_MSG_EQ((one.ticksDown == 0 || one.ticksDown * intervals == one.ticks),
                                  true,
                                  rule << ", phase " << i << ": " << one.ticksDown << " of "
                                       << one.ticks);
        }
        const double roundTrip = experiment.GetRoundTrip().GetSeconds();
        NS_TEST_EXPECT_MSG_EQ_TOL(flapping / static_cast<double>(PHASES),
                                  roundTrip / 10,
                                  1.5 / PHASES,
                                  rule << ": lines that flap");
        NS_TEST_EXPECT_MSG_EQ_TOL(totals.GetShareOfTicksDown(),
                                  roundTrip / (10 * intervals),
                                  1.5 / PHASES / intervals,
                                  rule << ": ticks down");
    }

    void DoRun() override
    {
        CheckEdge(HdlcNetDevice::IOS, 3);
        CheckEdge(HdlcNetDevice::NOKIA, 2);

        // Rules that do not look at what is returned are up at the edge, whatever the phase.
        for (const auto rule : {HdlcNetDevice::SPPP, HdlcNetDevice::JUNOS})
        {
            MismatchExperiment::Config config = Cell(rule, 30, 100);
            config.linkDelay = Seconds(0.25);
            NS_TEST_EXPECT_MSG_EQ(MismatchExperiment(config).Run().ticksDown, 0, rule);
        }
    }
};

/// 5. Resets.
class MismatchResetTest : public TestCase
{
  public:
    MismatchResetTest()
        : TestCase("IOS at 10 s against 25 s: reset every 50 s, and never down")
    {
    }

  private:
    void DoRun() override
    {
        const MismatchExperiment::Totals totals =
            MismatchExperiment(Cell(HdlcNetDevice::IOS, 25, 50)).Run();
        NS_TEST_EXPECT_MSG_EQ_TOL(totals.GetPerHour(totals.resets), 72, 2, "resets in an hour");
        NS_TEST_EXPECT_MSG_EQ(totals.flaps, 0, "flaps");
        const MismatchExperiment::Totals flapping =
            MismatchExperiment(Cell(HdlcNetDevice::IOS, 60, 50)).Run();
        NS_TEST_EXPECT_MSG_EQ_TOL(flapping.GetPerHour(flapping.flaps), 60, 0.1, "flaps");
        NS_TEST_EXPECT_MSG_EQ_TOL(flapping.GetPerHour(flapping.resets), 120, 0.1, "resets");
    }
};

/// 6. Reproducibility.
class MismatchReplicationTest : public TestCase
{
  public:
    MismatchReplicationTest()
        : TestCase("a replication does not depend on what ran before")
    {
    }

  private:
    /**
     * @brief The result of a replication.
     * @param config the experiment
     * @param replication its number
     * @return its totals as a text
     */
    static std::string Tell(const MismatchExperiment::Config& config, uint32_t replication)
    {
        const MismatchExperiment::Totals totals =
            MismatchExperiment(config).RunReplication(replication);
        std::ostringstream text;
        text << totals.ticks << ' ' << totals.ticksDown << ' ' << totals.flaps << ' '
             << totals.resets << ' ' << totals.down.GetTimeStep();
        return text.str();
    }

    void DoRun() override
    {
        const MismatchExperiment::Config config = Cell(HdlcNetDevice::IOS, 40, 20);
        const std::string alone = Tell(config, 7);
        const std::string other = Tell(config, 8);
        NS_TEST_EXPECT_MSG_NE(other, alone, "another phase");
        Tell(Cell(HdlcNetDevice::NOKIA, 25, 10), 3);
        NS_TEST_EXPECT_MSG_EQ(Tell(config, 7), alone, "last of several");
        NS_TEST_EXPECT_MSG_EQ(Tell(config, 8), other, "last of several");

        // The next phase is one twentieth of 10 s later, were both at the same point of their part:
        // then the line would be down for 0.5 s less in each of the ten cycles.
        const MismatchExperiment experiment(config);
        const Time difference =
            experiment.RunReplication(7).down - experiment.RunReplication(8).down;
        NS_TEST_EXPECT_MSG_EQ((Abs(Abs(difference) - Seconds(5)) < MicroSeconds(1)),
                              false,
                              "replications have streams of their own");

        const uint64_t run = RngSeedManager::GetRun();
        RngSeedManager::SetRun(run + 1);
        NS_TEST_EXPECT_MSG_NE(Tell(config, 7), alone, "another run");
        RngSeedManager::SetRun(run);
        NS_TEST_EXPECT_MSG_EQ(Tell(config, 7), alone, "the same run again");
    }
};

/// 7. Duration.
class MismatchDurationTest : public TestCase
{
  public:
    MismatchDurationTest()
        : TestCase("the duration covers all phases that a line has")
    {
    }

  private:
    /**
     * @brief Check a default duration.
     * @param local Ta, seconds
     * @param peer Tb, seconds
     * @param expected the duration, seconds
     */
    void Check(double local, double peer, double expected)
    {
        const Time duration = MismatchExperiment::GetDefaultDuration(Seconds(local), Seconds(peer));
        NS_TEST_EXPECT_MSG_EQ(duration, Seconds(expected), local << " s, " << peer << " s");
    }

    void DoRun() override
    {
        Check(10, 40, 400);     // always the same phase: ten keepalives of the peer
        Check(10, 31, 310);     // ten phases
        Check(10, 25, 250);     // two phases, five times
        Check(10, 30.3, 3030);  // a hundred
        Check(10, 30.01, 3001); // a thousand: no more than a hundred
        Check(60, 7, 60 * 14);  // seven phases, twice
        Check(10, 10, 100);

        const MismatchExperiment::Totals totals =
            MismatchExperiment(Cell(HdlcNetDevice::IOS, 31, 1)).RunReplication(0);
        NS_TEST_EXPECT_MSG_EQ(totals.ticks, 31, "ticks of one cycle");
        NS_TEST_EXPECT_MSG_EQ(totals.observed, Seconds(310), "time of one cycle");
    }
};

/// The suite.
class MismatchTestSuite : public TestSuite
{
  public:
    MismatchTestSuite()
        : TestSuite("keepalive-mismatch")
    {
        AddTestCase(new MismatchTableTest);
        AddTestCase(new MismatchEnumerationTest);
        AddTestCase(new MismatchSimulationTest);
        AddTestCase(new MismatchEdgeTest);
        AddTestCase(new MismatchResetTest);
        AddTestCase(new MismatchReplicationTest);
        AddTestCase(new MismatchDurationTest);
    }
};

MismatchTestSuite g_mismatchTestSuite; //!< registers the suite

} // namespace
