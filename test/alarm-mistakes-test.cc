/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief How long loss takes to feign a failure, and how often it does: simulated tunnels and lines
 *        against the exact values of LossRunLaw, and how often intervals hold what they promise.
 *
 * Two mechanisms whose trials are those of the law, so that every time is a whole number of them:
 *
 * - HDLC with the rule of SPPP or JUNOS asks whether the peer is heard. Both ends send at the same
 *   instants; a trial is a keepalive of the peer, and nothing else passes in its direction. The two
 *   ends of a line are two independent observations.
 * - GRE asks for an answer. A trial is a request and its answer: with probability q = 1 - (1 - p)^2
 *   one of them is lost. If losses come in bursts, each direction has a channel of its own; a lost
 *   request has no answer to move the channel back: a chain of four states. If the other end asks,
 *   too, its packets move both channels between two trials.
 *
 * Behaviours:
 *  1. at 21 points of loss and k: the first mistake, the time from one to the next, and how long
 *     one lasts have the exact means; the first mistake has the exact law
 *  2. the 95 % interval of the mean T_MR (Student's, of 100 of them) holds the exact mean in 92 to
 *     98 % of 200 repeats: independent losses that are even frequent, and bursts
 *  3. so does that of the mean time to the first mistake, of 30 of them
 *  4. so does the exact Poisson interval of the rate of mistakes, where they are nearly Poisson:
 *     where one lasts 1 % of the time to the next
 *
 * In 1 Holm's correction is over the whole family, and p must be above 0.01. RngRun 1, 2, ...: a
 * seed that fails is a finding, never a reason to choose another.
 */

#include "keepalive-statistics.h"

#include "ns3/experiment.h"
#include "ns3/gre-experiment.h"
#include "ns3/loss-chain.h"
#include "ns3/loss-run-law.h"
#include "ns3/nstime.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/scenario-experiment.h"
#include "ns3/serial-experiment.h"
#include "ns3/test.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
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

using Channel = LossChain::Channel;

constexpr int64_t INTERVAL = 10000000000; //!< ns between keepalives

/**
 * @ingroup keepalive-tests
 * @brief A detector under loss, and its law.
 */
struct Point
{
    /// Who asks.
    enum class Detector
    {
        SPPP,  //!< HDLC, both ends listen
        JUNOS, //!< HDLC, both ends listen
        ASK,   //!< GRE, R1 only
        MUTUAL //!< GRE, both ends
    };

    /**
     * @brief A point with independent losses.
     * @param asks who asks
     * @param failures k
     * @param q probability that a trial fails
     */
    Point(Detector asks, uint32_t failures, double q)
        : detector(asks),
          run(failures),
          loss(IsLine() ? q : 1 - std::sqrt(1 - q)),
          law(failures, q),
          name("q " + std::to_string(q) + ", k " + std::to_string(failures))
    {
    }

    /**
     * @brief A point with losses in bursts.
     * @param asks who asks
     * @param failures k
     * @param bursts the channel of each direction
     */
    Point(Detector asks, uint32_t failures, const Channel& bursts)
        : detector(asks),
          run(failures),
          channel(bursts),
          law(failures, MakeChain(asks, bursts)),
          name("p " + std::to_string(bursts.goodToBad) + ", r " + std::to_string(bursts.badToGood) +
               ", k " + std::to_string(failures))
    {
    }

    /**
     * @brief Whether it is a line.
     * @return true for HDLC
     */
    bool IsLine() const
    {
        return detector == Detector::SPPP || detector == Detector::JUNOS;
    }

    /**
     * @brief How many ends are independent of each other.
     * @return the number of ends to look at
     */
    uint32_t GetNEnds() const
    {
        return IsLine() ? 2 : 1;
    }

    /**
     * @brief The chain of its trials.
     * @param asks who asks
     * @param bursts the channel of each direction
     * @return the chain
     */
    static LossChain MakeChain(Detector asks, const Channel& bursts)
    {
        return asks == Detector::ASK      ? LossChain::OfRoundTrips(bursts, bursts)
               : asks == Detector::MUTUAL ? LossChain::OfMutualRoundTrips(bursts, bursts)
                                          : LossChain::OfPackets(bursts);
    }

    /**
     * @brief Fill in what all scenarios have.
     * @param config the configuration
     * @param trials how many there are to be
     */
    void Configure(ScenarioConfig& config, double trials) const
    {
        config.failure = ScenarioConfig::Failure::NONE;
        config.trafficRate = DataRate(0);
        config.loss = loss;
        config.burstStart = channel.goodToBad;
        config.burstEnd = channel.badToGood;
        config.stop = NanoSeconds(INTERVAL * static_cast<int64_t>(std::ceil(trials)));
    }

    /**
     * @brief The detector, to be run.
     * @param trials how many there are to be
     * @return the experiment
     */
    std::unique_ptr<Experiment> Make(double trials) const
    {
        if (IsLine())
        {
            SerialScenarioConfig line;
            Configure(line, trials);
            line.hdlcRule = detector == Detector::SPPP ? HdlcNetDevice::SPPP : HdlcNetDevice::JUNOS;
            line.r1.interval = NanoSeconds(INTERVAL);
            line.r1.retries = run;
            line.r1.phase = 0;
            line.r2 = line.r1;
            return std::make_unique<ScenarioExperiment<SerialExperiment>>(line);
        }
        GreScenarioConfig tunnel;
        Configure(tunnel, trials);
        tunnel.r1.interval = NanoSeconds(INTERVAL);
        tunnel.r1.retries = run;
        tunnel.r2 = tunnel.r1;
        tunnel.r2.interval = detector == Detector::MUTUAL ? tunnel.r1.interval : Time(0);
        tunnel.randomPhase = detector == Detector::MUTUAL; // so that they ask one after the other
        return std::make_unique<ScenarioExperiment<GreExperiment>>(tunnel);
    }

    Detector detector; //!< who asks
    uint32_t run;      //!< k
    double loss{0};    //!< of each packet, independently
    Channel channel;   //!< or in bursts
    LossRunLaw law;    //!< the exact values
    std::string name;  //!< for messages
};

/**
 * @ingroup keepalive-tests
 * @brief Mean and spread of numbers that come one by one.
 */
struct Sample
{
    /**
     * @brief One more.
     * @param value the number
     */
    void Add(double value)
    {
        count++;
        const double off = value - mean;
        mean += off / count;
        squares += off * (value - mean);
    }

    /**
     * @brief How well the mean is known.
     * @return its standard error
     */
    double GetError() const
    {
        return std::sqrt(squares / (count - 1) / count);
    }

    double count{0};   //!< how many
    double mean{0};    //!< their mean
    double squares{0}; //!< sum of squares of what they are off
};

/**
 * @ingroup keepalive-tests
 * @brief What one end of one run has to say, in trials.
 */
struct Sequence
{
    /**
     * @brief Take it from a result.
     * @param result the result
     * @param end which end
     * @param wanted how many times from one mistake to the next to take, at most
     */
    Sequence(const ExperimentResult& result, uint32_t end, std::size_t wanted)
    {
        const auto trials = [](int64_t time) {
            return static_cast<double>(time) / static_cast<double>(INTERVAL);
        };
        for (const auto& mistake : result.mistakes)
        {
            if (mistake.end != end)
            {
                continue;
            }
            mistakes++;
            first = mistakes == 1 ? mistake.suspected : first;
            if (mistake.sincePrevious && recurrence.count < static_cast<double>(wanted))
            {
                whole = whole && *mistake.sincePrevious % INTERVAL == 0;
                recurrence.Add(trials(*mistake.sincePrevious));
            }
            if (mistake.trusted && duration.count < static_cast<double>(wanted))
            {
                // It ends with an answer, which is there soon after a trial has begun.
                const int64_t time = *mistake.trusted - mistake.suspected;
                whole = whole && time % INTERVAL < INTERVAL / 100;
                duration.Add(1 + static_cast<double>(time / INTERVAL));
            }
        }
    }

    uint64_t mistakes{0}; //!< how many there were in all
    int64_t first{0};     //!< when the first one was, ns
    bool whole{true};     //!< all times were whole numbers of trials
    Sample recurrence;    //!< T_MR
    Sample duration;      //!< T_M
};

/**
 * @ingroup keepalive-tests
 * @brief A case that runs experiments.
 */
class AlarmTestCase : public TestCase
{
  protected:
    using TestCase::TestCase;

    static constexpr double LEAST = 0.92; //!< coverage
    static constexpr double MOST = 0.98;  //!< coverage

    /**
     * @brief Run a point.
     * @param point the point
     * @param trials of each run
     * @param sequences how many to collect, from RngRun 1 on
     * @param wanted times from mistake to mistake of each
     * @param take what to do with each
     */
    static void Collect(const Point& point,
                        double trials,
                        uint32_t sequences,
                        std::size_t wanted,
                        const std::function<void(const Sequence&)>& take)
    {
        RngSeedManager::SetSeed(1);
        const std::unique_ptr<Experiment> experiment = point.Make(trials);
        for (uint32_t run = 0; run < sequences / point.GetNEnds(); run++)
        {
            const ExperimentResult result = experiment->Run(run + 1);
            for (uint32_t end = 0; end < point.GetNEnds(); end++)
            {
                take(Sequence(result, end, wanted));
            }
        }
    }

    /**
     * @brief Whether Student's interval holds a mean.
     * @param sample the sample
     * @param quantile of Student's law, for its size
     * @param exact the mean
     * @return whether it does
     */
    static bool Holds(const Sample& sample, double quantile, double exact)
    {
        return std::fabs(sample.mean - exact) <= quantile * sample.GetError();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. First and recurrent mistakes at many points.
 */
class AlarmPointTest : public AlarmTestCase
{
  public:
    AlarmPointTest()
        : AlarmTestCase("first and recurrent mistakes at 21 points")
    {
    }

  private:
    void DoRun() override
    {
        using D = Point::Detector;

        const struct
        {
            Point point;
            uint32_t sequences;
            uint32_t mistakes; // of each: 100 for the coverage
        } rows[] = {
            {{D::SPPP, 2, .1}, 100, 25},
            {{D::SPPP, 2, .2}, 200, 25},
            {{D::SPPP, 2, .3}, 200, 100},
            {{D::SPPP, 3, .2}, 100, 25},
            {{D::SPPP, 3, .3}, 200, 25},
            {{D::SPPP, 3, .5}, 200, 100},
            {{D::SPPP, 4, .3}, 100, 20},
            {{D::SPPP, 5, .5}, 200, 25},
            {{D::SPPP, 5, .8}, 200, 100},
            {{D::JUNOS, 2, .5}, 200, 100},
            {{D::SPPP, 3, Channel::OfBursts(.05, 2)}, 100, 25},
            {{D::SPPP, 3, Channel::OfBursts(.05, 3)}, 100, 25},
            {{D::SPPP, 5, Channel::OfBursts(.05, 5)}, 100, 15},
            {{D::SPPP, 2, Channel{.1, .5, 0, 1}}, 200, 100},
            {{D::ASK, 2, .2}, 60, 16},
            {{D::ASK, 2, .3}, 100, 16},
            {{D::ASK, 3, .5}, 100, 16},
            {{D::ASK, 4, .5}, 60, 16},
            {{D::ASK, 2, Channel{.1, .4, 0, 1}}, 100, 16},
            {{D::ASK, 4, Channel{.1, .4, 0, 1}}, 60, 16},
            {{D::MUTUAL, 3, Channel{.1, .4, 0, 1}}, 60, 16},
        };

        for (const auto& row : rows)
        {
            Check(row.point, row.sequences, row.mistakes);
        }
        NS_TEST_EXPECT_MSG_GT(HolmSmallestP(m_p), 0.01, "the family, least of all " + m_leastName);
    }

    /**
     * @brief One point.
     * @param point the point
     * @param sequences how many
     * @param mistakes times from one to the next of each
     */
    void Check(const Point& point, uint32_t sequences, uint32_t mistakes)
    {
        const LossRunLaw& law = point.law;
        // Enough for a sum that is five standard deviations longer than its mean.
        const double wanted = 1.0 + mistakes;
        const double trials = law.GetMeanRecurrence() * (wanted + 5 * std::sqrt(wanted));
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> uniform;
        Sample firsts;
        Sample recurrences;
        Sample durations;
        std::vector<double> ranks;
        uint32_t held = 0;
        Collect(point, trials, sequences, mistakes, [&](const Sequence& sequence) {
            NS_TEST_EXPECT_MSG_EQ(sequence.whole, true, "whole trials, " + point.name);
            NS_TEST_EXPECT_MSG_EQ(sequence.recurrence.count, mistakes, "enough, " + point.name);
            recurrences.Add(sequence.recurrence.mean);
            durations.Add(sequence.duration.mean);
            held += Holds(sequence.recurrence, STUDENT_99, law.GetMeanRecurrence()) ? 1 : 0;
            if (point.detector == Point::Detector::MUTUAL)
            {
                return; // who asks first is up to chance
            }
            NS_TEST_EXPECT_MSG_EQ(sequence.first % INTERVAL, 0, "a whole first, " + point.name);
            const auto first = static_cast<uint64_t>(sequence.first / INTERVAL);
            firsts.Add(static_cast<double>(first));
            // A time of whole trials, spread over the probability of just that time.
            const double share = uniform(random);
            ranks.push_back((1 - share) * law.GetSurvival(first) +
                            share * law.GetSurvival(first - 1));
        });
        Judge(recurrences.mean - law.GetMeanRecurrence(), recurrences.GetError(), point, "T_MR");
        Judge(durations.mean - law.GetMeanDuration(), durations.GetError(), point, "T_M");
        if (!ranks.empty())
        {
            const double error = std::sqrt(law.GetVarianceOfTrials() / firsts.count);
            Judge(firsts.mean - law.GetMeanTrials(), error, point, "the first");
            Note(KolmogorovSmirnovP(ranks), point, "law of the first");
        }
        if (mistakes == 100)
        {
            const double coverage = static_cast<double>(held) / sequences;
            NS_TEST_EXPECT_MSG_GT_OR_EQ(coverage, LEAST, "coverage of T_MR, " + point.name);
            NS_TEST_EXPECT_MSG_LT_OR_EQ(coverage, MOST, "coverage of T_MR, " + point.name);
        }
    }

    /**
     * @brief Judge a mean.
     * @param off how far it is off
     * @param error its standard error
     * @param point of which point
     * @param what it is
     */
    void Judge(double off, double error, const Point& point, const std::string& what)
    {
        Note(std::erfc(std::fabs(off / error) / std::sqrt(2.0)), point, what);
    }

    /**
     * @brief Add to the family.
     * @param p probability of so much or more by chance
     * @param point of which point
     * @param what it is
     */
    void Note(double p, const Point& point, const std::string& what)
    {
        m_p.push_back(p);
        if (p < m_least)
        {
            m_least = p;
            m_leastName = what + ", " + point.name;
        }
    }

    static constexpr double STUDENT_99 = 1.984217; //!< 97.5 % of Student's law, 99 degrees

    std::vector<double> m_p; //!< the family
    double m_least{1};       //!< least of it
    std::string m_leastName; //!< whose that is
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Coverage of the mean time to the first mistake.
 */
class FirstAlarmCoverageTest : public AlarmTestCase
{
  public:
    FirstAlarmCoverageTest()
        : AlarmTestCase("coverage of the mean time to the first mistake")
    {
    }

  private:
    static constexpr uint32_t REPEATS = 200;       //!< intervals
    static constexpr uint32_t EACH = 30;           //!< first mistakes of an interval
    static constexpr double STUDENT_29 = 2.045230; //!< 97.5 % of Student's law, 29 degrees

    void DoRun() override
    {
        const Point point(Point::Detector::SPPP, 5, .8);
        const double exact = point.law.GetMeanTrials();
        Sample sample;
        uint32_t held = 0;
        Collect(point, 15 * exact, REPEATS * EACH, 0, [&](const Sequence& sequence) {
            NS_TEST_EXPECT_MSG_GT(sequence.mistakes, 0, "none is cut off");
            sample.Add(static_cast<double>(sequence.first / INTERVAL));
            if (sample.count == EACH)
            {
                held += Holds(sample, STUDENT_29, exact) ? 1 : 0;
                sample = Sample();
            }
        });
        const double coverage = static_cast<double>(held) / REPEATS;
        NS_TEST_EXPECT_MSG_GT_OR_EQ(coverage, LEAST, "coverage");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(coverage, MOST, "coverage");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Coverage of the rate of mistakes.
 */
class MistakeRateCoverageTest : public AlarmTestCase
{
  public:
    MistakeRateCoverageTest()
        : AlarmTestCase("coverage of the rate of mistakes")
    {
    }

  private:
    static constexpr uint32_t REPEATS = 200; //!< intervals

    void DoRun() override
    {
        Check(Point(Point::Detector::SPPP, 2, .1), 60);
        Check(Point(Point::Detector::SPPP, 3, Channel::OfBursts(.05, 3)), 60);
    }

    /**
     * @brief One point.
     * @param point the point
     * @param expected mistakes of each repeat
     */
    void Check(const Point& point, double expected)
    {
        uint32_t held = 0;
        Collect(
            point,
            expected * point.law.GetMeanRecurrence(),
            REPEATS,
            0,
            [&](const Sequence& sequence) { held += Holds(sequence.mistakes, expected) ? 1 : 0; });
        const double coverage = static_cast<double>(held) / REPEATS;
        NS_TEST_EXPECT_MSG_GT_OR_EQ(coverage, LEAST, "coverage, " + point.name);
        NS_TEST_EXPECT_MSG_LT_OR_EQ(coverage, MOST, "coverage, " + point.name);
    }

    /**
     * @brief Whether the exact interval of a Poisson count holds the expected number: whether
     *        neither so few nor so many have a probability below 2.5 %.
     * @param count the count
     * @param expected the expected number
     * @return whether it does
     */
    static bool Holds(uint64_t count, double expected)
    {
        double probability = std::exp(-expected);
        double fewer = 0;
        for (uint64_t n = 0; n < count; n++)
        {
            fewer += probability;
            probability *= expected / static_cast<double>(n + 1);
        }
        return fewer + probability >= 0.025 && 1 - fewer >= 0.025;
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class AlarmMistakesTestSuite : public TestSuite
{
  public:
    AlarmMistakesTestSuite()
        : TestSuite("keepalive-alarm-mistakes")
    {
        AddTestCase(new AlarmPointTest);
        AddTestCase(new FirstAlarmCoverageTest);
        AddTestCase(new MistakeRateCoverageTest);
    }
};

AlarmMistakesTestSuite g_alarmMistakesTestSuite; //!< registers itself

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
