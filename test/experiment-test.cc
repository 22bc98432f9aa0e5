/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Every mechanism as an Experiment.
 *
 * 1. The same run number gives the same result, field by field, whatever ran before it in the
 *    process: first, again behind many runs of all other mechanisms, and in reverse order. So
 *    nothing of a run is left for the next: numbers of nodes, addresses, ports, identifiers.
 * 2. Other run numbers give other results: a failure strikes at another phase.
 * 3. What an experiment says of its ends beforehand fits what a run has: their number, order and
 *    names, and how many of them had something to notice; and detection times are within the law.
 * 4. Rows have the times of the recorder, in nanoseconds, and what an interface did.
 * 5. The random numbers of a run do not depend on timers: with another interval the failure has the
 *    same share of the time in which it may come, and losses are the same for the first packets.
 * 6. A network without users is built without what only they need, and gives the same rows as one
 *    with all of it, whose users send their first packet when the run is over.
 */

#include "ns3/bfd-experiment.h"
#include "ns3/bgp-experiment.h"
#include "ns3/dpd-experiment.h"
#include "ns3/ethernet-experiment.h"
#include "ns3/gre-experiment.h"
#include "ns3/nat-experiment.h"
#include "ns3/recorded-result.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/scenario-experiment.h"
#include "ns3/serial-experiment.h"
#include "ns3/simulator.h"
#include "ns3/tcp-experiment.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double NS = 1e9;        //!< nanoseconds in a second
constexpr uint64_t LAST_RUN = 5;  //!< runs are 1 to this
constexpr uint32_t N_BEFORE = 20; //!< runs of other mechanisms before one is repeated, at least

/**
 * @ingroup keepalive-tests
 * @brief Text of a time that may be missing.
 * @param time the time
 * @return nanoseconds, or -
 */
std::string
ToText(const std::optional<int64_t>& time)
{
    return time ? std::to_string(*time) : "-";
}

/**
 * @ingroup keepalive-tests
 * @brief All fields of a result.
 * @param result the result
 * @return text that differs if any of them does
 */
std::string
ToText(const ExperimentResult& result)
{
    std::ostringstream text;
    text << result.duration << ' ' << result.events << '\n';
    for (const auto& end : result.ends)
    {
        text << "end " << end.observed << ' ' << end.mistaken << ' ' << end.keepalives << ' '
             << end.keepaliveBytes << '\n';
    }
    for (const auto& row : result.detections)
    {
        text << "detection " << row.end << ' ' << row.number << ' ' << row.kind << ' ' << row.own
             << row.outage << ' ' << row.began << ' ' << ToText(row.ended) << ' '
             << ToText(row.detected) << ' ' << row.cause << ' ' << ToText(row.recovered) << '\n';
    }
    for (const auto& row : result.mistakes)
    {
        text << "mistake " << row.end << ' ' << row.suspected << ' ' << ToText(row.trusted) << ' '
             << ToText(row.sincePrevious) << ' ' << row.cause << '\n';
    }
    return text.str();
}

/// An experiment, and what to call it.
struct Named
{
    std::string name;                       //!< of the mechanism
    std::unique_ptr<Experiment> experiment; //!< the experiment
    uint32_t noticing;                      //!< ends that have a law for the failure
};

/**
 * @ingroup keepalive-tests
 * @brief A configuration for all: losses, user traffic, and a failure at a random phase.
 * @tparam Config a ScenarioConfig
 * @param loss probability
 * @return the configuration
 */
template <typename Config>
Config
MakeConfig(double loss)
{
    Config config;
    config.schedule = FailurePlan::Schedule::RANDOM;
    config.failAt = Seconds(70);
    if (config.trafficRate.GetBitRate() > 0)
    {
        config.trafficRate = DataRate("4kb/s");
    }
    config.failFor = Time();
    config.loss = loss;
    return config;
}

/**
 * @ingroup keepalive-tests
 * @brief An experiment.
 * @tparam Traits of the mechanism
 * @param name of it
 * @param config the configuration
 * @param noticing ends that have a law, if nothing is lost
 * @return both
 */
template <typename Traits>
Named
Make(const std::string& name, const typename Traits::Config& config, uint32_t noticing)
{
    return {name, std::make_unique<ScenarioExperiment<Traits>>(config), noticing};
}

/**
 * @ingroup keepalive-tests
 * @brief All mechanisms, and those of NAT.
 * @param loss probability, of each packet
 * @return the experiments
 */
std::vector<Named>
MakeAll(double loss)
{
    std::vector<Named> all;
    all.push_back(Make<GreExperiment>("gre", MakeConfig<GreScenarioConfig>(loss), 2));
    auto serial = MakeConfig<SerialScenarioConfig>(loss);
    all.push_back(Make<SerialExperiment>("hdlc", serial, 2));
    serial.encapsulation = SerialScenarioConfig::Encapsulation::PPP;
    all.push_back(Make<SerialExperiment>("ppp", serial, 2));
    auto tcp = MakeConfig<TcpScenarioConfig>(loss);
    tcp.r1.idle = tcp.r2.idle = Seconds(10);
    all.push_back(Make<TcpExperiment>("tcp", tcp, 2));
    auto bgp = MakeConfig<BgpScenarioConfig>(loss);
    bgp.r1.holdTime = bgp.r2.holdTime = Seconds(9);
    all.push_back(Make<BgpExperiment>("bgp", bgp, 2));
    auto ethernet = MakeConfig<EthernetScenarioConfig>(loss);
    ethernet.pingPeriod = Seconds(3);
    all.push_back(Make<EthernetExperiment>("ethernet", ethernet, 1));
    all.push_back(Make<DpdExperiment>("dpd", MakeConfig<DpdScenarioConfig>(loss), 2));
    all.push_back(Make<BfdExperiment>("bfd", MakeConfig<BfdScenarioConfig>(loss), 2));
    auto nat = MakeConfig<NatScenarioConfig>(loss);
    all.push_back(Make<NatExperiment>("nat with dpd", nat, 2));
    nat.mechanism = NatScenarioConfig::Mechanism::NONE;
    all.push_back(Make<NatExperiment>("nat alone", nat, 0));
    nat.mechanism = NatScenarioConfig::Mechanism::TCP;
    nat.profile = "linux";
    nat.idle = Seconds(10);
    all.push_back(Make<NatExperiment>("nat with tcp", nat, 2));
    return all;
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. Results do not depend on what ran before.
 */
class RepetitionTest : public TestCase
{
  public:
    RepetitionTest()
        : TestCase("a run gives the same result wherever it comes")
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetSeed(1);
        const std::vector<Named> all = MakeAll(0.1);
        NS_TEST_ASSERT_MSG_GT((all.size() - 1) * (LAST_RUN - 1), N_BEFORE, "others between");
        // All mechanisms by turns, so that all others are between two runs of one.
        std::vector<std::string> first(all.size() * LAST_RUN);
        for (std::size_t i = 0; i < first.size(); i++)
        {
            first[i] = Run(all, i);
        }
        for (std::size_t i = 0; i < first.size(); i++)
        {
            Compare(all, i, first, "again");
        }
        for (std::size_t i = first.size(); i-- > 0;)
        {
            Compare(all, i, first, "in reverse order");
        }
        std::vector<std::string> different = first;
        std::sort(different.begin(), different.end());
        different.erase(std::unique(different.begin(), different.end()), different.end());
        NS_TEST_EXPECT_MSG_EQ(different.size(), first.size(), "all runs differ");
    }

    /**
     * @brief Run one.
     * @param all the experiments
     * @param i which of all runs
     * @return its result
     */
    static std::string Run(const std::vector<Named>& all, std::size_t i)
    {
        return ToText(all[i % all.size()].experiment->Run(1 + i / all.size()));
    }

    /**
     * @brief Run one again.
     * @param all the experiments
     * @param i which of all runs
     * @param first what it was at first
     * @param when it is now
     */
    void Compare(const std::vector<Named>& all,
                 std::size_t i,
                 const std::vector<std::string>& first,
                 const std::string& when)
    {
        NS_TEST_EXPECT_MSG_EQ(Run(all, i),
                              first[i],
                              all[i % all.size()].name << ", run " << 1 + i / all.size() << ' '
                                                       << when);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. What is known beforehand.
 */
class DescriptionTest : public TestCase
{
  public:
    DescriptionTest()
        : TestCase("the description fits the result")
    {
    }

  private:
    void DoRun() override
    {
        for (const auto& [name, experiment, noticing] : MakeAll(0))
        {
            const std::vector<Experiment::End> ends = experiment->Describe();
            NS_TEST_EXPECT_MSG_EQ(Simulator::GetEventCount(), 0, "nothing ran");
            const ExperimentResult result = experiment->Run(1);
            NS_TEST_ASSERT_MSG_EQ(ends.size(), result.ends.size(), name << ": ends");
            const auto laws = std::count_if(ends.begin(), ends.end(), [](const auto& end) {
                return end.law.has_value();
            });
            NS_TEST_EXPECT_MSG_EQ(laws, noticing, name << ": laws");
            for (uint32_t i = 0; i < result.detections.size(); i++)
            {
                const ExperimentResult::Detection& row = result.detections[i];
                NS_TEST_EXPECT_MSG_EQ(row.end, i, name << ": rows by ends");
                CheckDetection(name + " " + ends[row.end].name, ends[row.end], row);
            }
            NS_TEST_EXPECT_MSG_EQ(result.mistakes.size(), 0, name << " makes no mistake");
        }
        CheckNames<GreExperiment>({"R1", "R2"});
        CheckNames<SerialExperiment>({"R1", "R2"});
        CheckNames<TcpExperiment>({"R1", "R2"});
        CheckNames<BgpExperiment>({"R1", "R2"});
        CheckNames<DpdExperiment>({"R1", "R2"});
        CheckNames<BfdExperiment>({"R1", "R2"});
        CheckNames<EthernetExperiment>({"R1", "R2", "S1"});
        CheckNames<NatExperiment>({"R1", "R2", "binding"});
    }

    /**
     * @brief What an end with a law made of the failure.
     * @param name of mechanism and end
     * @param end the end
     * @param row what it made of it
     */
    void CheckDetection(const std::string& name,
                        const Experiment::End& end,
                        const ExperimentResult::Detection& row)
    {
        if (!end.law)
        {
            return;
        }
        NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, name << " notices");
        const double time = static_cast<double>(*row.detected - row.began) / NS;
        NS_TEST_EXPECT_MSG_GT(time, end.law->lower - end.slack, name << ": the best case");
        NS_TEST_EXPECT_MSG_LT(time, end.law->upper + end.slack, name << ": the worst case");
        NS_TEST_EXPECT_MSG_GT(end.interval, 0, name << " has an interval");
        NS_TEST_EXPECT_MSG_GT(end.retries, 0, name << " has retries");
        NS_TEST_EXPECT_MSG_EQ(end.rule.empty(), false, name << " has a rule");
        NS_TEST_EXPECT_MSG_GT(end.slack, 0, name << " has a slack");
    }

    /**
     * @brief The names of the ends, before and after.
     * @tparam Traits of the mechanism
     * @param names as they are expected
     */
    template <typename Traits>
    void CheckNames(const std::vector<std::string>& names)
    {
        const auto config = MakeConfig<typename Traits::Config>(0);
        const std::vector<Experiment::End> ends = Traits::Describe(config);
        typename Traits::Scenario scenario(config);
        NS_TEST_ASSERT_MSG_EQ(ends.size(), names.size(), "ends");
        NS_TEST_ASSERT_MSG_EQ(scenario.GetRecorder().GetNEnds(), names.size(), "recorded ends");
        for (uint32_t i = 0; i < names.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(ends[i].name, names[i], ends[i].mechanism);
            NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetName(i), names[i], ends[i].mechanism);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. What the recorder has.
 */
class RecordedResultTest : public TestCase
{
  public:
    RecordedResultTest()
        : TestCase("a result has what the recorder has")
    {
    }

  private:
    void DoRun() override
    {
        const Time step = NanoSeconds(1234567891);
        DetectionRecorder recorder;
        recorder.AddEnd("A", true);
        recorder.AddEnd("B", true);
        Simulator::Schedule(step, &RecordedResultTest::Turn, &recorder, 1, false);
        Simulator::Schedule(step * 3, &RecordedResultTest::Turn, &recorder, 1, true);
        Simulator::Schedule(step * 7, &RecordedResultTest::Turn, &recorder, 1, false);
        Simulator::Stop(step * 10);
        Simulator::Run();
        recorder.Finish();
        std::vector<InterfaceCounters> counters(2);
        counters[1].keepalivesSent = 5;
        counters[1].keepalivesHeard = 3;
        counters[1].keepaliveBytes = 400;
        const ExperimentResult result =
            RecordedResult::Make(recorder, Simulator::Now(), Simulator::GetEventCount(), counters);
        Simulator::Destroy();

        const std::string cause = ToString(LineCause::HOLD_TIME_EXPIRED);
        NS_TEST_EXPECT_MSG_EQ(ToText(result),
                              "12345678910 4\n"
                              "end 12345678910 0 0 0\n"
                              "end 12345678910 6172839455 8 400\n"
                              "mistake 1 1234567891 3703703673 - " +
                                  cause +
                                  "\n"
                                  "mistake 1 8641975237 - 7407407346 " +
                                  cause + "\n",
                              "all fields");
    }

    /**
     * @brief An end changes its verdict.
     * @param recorder who hears
     * @param end the end
     * @param up whether it trusts its peer
     */
    static void Turn(DetectionRecorder* recorder, uint32_t end, bool up)
    {
        DetectionEvent event;
        event.when = Simulator::Now();
        event.up = up;
        event.cause = LineCause::HOLD_TIME_EXPIRED;
        recorder->Hear(end, event);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Common random numbers.
 */
class CommonNumbersTest : public TestCase
{
  public:
    CommonNumbersTest()
        : TestCase("random numbers do not depend on timers")
    {
    }

  private:
    void DoRun() override
    {
        for (uint64_t run = 1; run <= LAST_RUN; run++)
        {
            const double five = GetShare(5, run);
            NS_TEST_EXPECT_MSG_EQ_TOL(GetShare(8, run), five, 1e-8, "failure, run " << run);
            NS_TEST_EXPECT_MSG_GT(five, 0, "within the first interval");
            NS_TEST_EXPECT_MSG_LT(five, 1, "within the first interval");
            // With one retry the first mistake is at the first loss: at the same keepalive.
            NS_TEST_EXPECT_MSG_EQ(GetFirstMistake(5, run), GetFirstMistake(8, run), "losses");
        }
    }

    /**
     * @brief When the failure strikes.
     * @param interval of both ends, seconds
     * @param run RngRun
     * @return share of an interval
     */
    static double GetShare(double interval, uint64_t run)
    {
        auto config = MakeConfig<GreScenarioConfig>(0);
        config.r1.interval = config.r2.interval = Seconds(interval);
        const ExperimentResult result = ScenarioExperiment<GreExperiment>(config).Run(run);
        const int64_t began = result.detections.front().began;
        return static_cast<double>(began - config.failAt.GetNanoSeconds()) / NS / interval;
    }

    /**
     * @brief At which keepalive the first mistake is.
     * @param interval of R1, seconds; only R1 sends any
     * @param run RngRun
     * @return its number
     */
    static int64_t GetFirstMistake(double interval, uint64_t run)
    {
        auto config = MakeConfig<GreScenarioConfig>(0.1);
        config.failure = ScenarioConfig::Failure::NONE;
        config.trafficRate = DataRate(0);
        config.r1 = {Seconds(interval), 1};
        config.r2.interval = Time();
        config.stop = Seconds(1000);
        const ExperimentResult result = ScenarioExperiment<GreExperiment>(config).Run(run);
        return result.mistakes.front().suspected / Seconds(interval).GetNanoSeconds();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Whom nobody needs.
 */
class WithoutUsersTest : public TestCase
{
  public:
    WithoutUsersTest()
        : TestCase("without users there is less, and it does the same")
    {
    }

  private:
    void DoRun() override
    {
        using Failure = ScenarioConfig::Failure;
        for (const Failure failure : {Failure::SILENT,
                                      Failure::ONE_WAY_TO_R1,
                                      Failure::CARRIER,
                                      Failure::SHUTDOWN,
                                      Failure::CRASH,
                                      Failure::STALL,
                                      Failure::LOOPBACK,
                                      Failure::DELAY_STEP})
        {
            Compare<GreExperiment>(Fail<GreScenarioConfig>(failure), "gre");
            auto serial = Fail<SerialScenarioConfig>(failure);
            Compare<SerialExperiment>(serial, "hdlc");
            serial.encapsulation = SerialScenarioConfig::Encapsulation::PPP;
            Compare<SerialExperiment>(serial, "ppp");
        }
        auto loaded = Fail<GreScenarioConfig>(Failure::SILENT);
        loaded.load = 1.2;
        loaded.linkRate = DataRate("100kb/s");
        Compare<GreExperiment>(loaded, "gre, loaded");
        loaded.load = 0;
        loaded.keys = {1, 2, 3};
        Compare<GreExperiment>(loaded, "three tunnels");
    }

    /**
     * @brief A configuration with failures and losses.
     * @tparam Config a ScenarioConfig
     * @param failure what fails
     * @return the configuration
     */
    template <typename Config>
    static Config Fail(ScenarioConfig::Failure failure)
    {
        auto config = MakeConfig<Config>(0.1);
        config.failure = failure;
        config.failures = 3;
        config.failFor = Seconds(80);
        return config;
    }

    /**
     * @brief Run it with and without.
     * @tparam Traits of the mechanism
     * @param config the configuration
     * @param name of the mechanism
     */
    template <typename Traits>
    void Compare(typename Traits::Config config, const std::string& name)
    {
        // One bit a second: the first packet takes more than an hour to come together.
        config.trafficRate = DataRate(1);
        ExperimentResult with = ScenarioExperiment<Traits>(config).Run(3);
        NS_TEST_ASSERT_MSG_LT(with.duration, 8 * NS * config.trafficPacketSize, name);
        config.trafficRate = DataRate(0);
        ExperimentResult without = ScenarioExperiment<Traits>(config).Run(3);
        NS_TEST_EXPECT_MSG_LT(without.events, with.events, name << " has less to do");
        with.events = without.events = 0;
        NS_TEST_EXPECT_MSG_EQ(ToText(without),
                              ToText(with),
                              name << ", failure " << static_cast<int>(config.failure));
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class ExperimentTestSuite : public TestSuite
{
  public:
    ExperimentTestSuite()
        : TestSuite("keepalive-experiment")
    {
        AddTestCase(new RepetitionTest);
        AddTestCase(new DescriptionTest);
        AddTestCase(new RecordedResultTest);
        AddTestCase(new CommonNumbersTest);
        AddTestCase(new WithoutUsersTest);
    }
};

ExperimentTestSuite g_experimentTestSuite; //!< registers the suite

} // namespace
