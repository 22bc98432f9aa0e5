/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What all scenarios have in common, shown by a small one: two routers and a link, whose
 *        ends are no interfaces but listen to what arrives.
 *
 * 1. An end that is no interface detects a failure, and user traffic falls into a black hole.
 * 2. The same configuration gives the same run again in the same process, with losses and load.
 * 3. Each kind of failure strikes where it should, under its name.
 * 4. What is still open at the end of a run is closed: black holes, times of observation.
 * 5. A scenario destroys the simulation when it goes, or earlier, before its own members go.
 * 6. A tunnel has no bindings to lose.
 */

#include "ns3/gre-scenario.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/scenario.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief The least that can be chosen.
 */
struct SmallConfig : ScenarioConfig
{
    SmallConfig()
        : ScenarioConfig(DataRate("8kb/s"), 100) // ten packets a second
    {
        failAt = Seconds(10);
        failFor = Seconds(20);
        stop = Seconds(60);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief Two routers and a link. An end suspects its peer 3 s after the last packet.
 */
class SmallScenario : public Scenario
{
  public:
    using Scenario::ChooseTargetName;
    using Scenario::FailurePoints;
    using Scenario::MakeTarget;

    /**
     * @brief Build it.
     * @param config what to build
     * @param drops counts packets that the simulation lost; null for no such count
     */
    explicit SmallScenario(const SmallConfig& config, uint32_t* drops = nullptr)
        : Scenario(config, std::nullopt),
          m_drops(drops)
    {
        NodeContainer nodes(2);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("1Mb/s"));
        link.SetChannelAttribute("Delay", StringValue("5ms"));
        m_link = link.Install(nodes);
        InternetStackHelper().Install(nodes);
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.252");
        addresses.Assign(m_link);
        for (const uint32_t end : {R1, R2})
        {
            m_recorder.AddEnd(end == R1 ? "R1" : "R2", false);
            m_link.Get(end)->TraceConnectWithoutContext(
                "MacRx",
                MakeBoundCallback(&SmallScenario::Arrived, this, end));
            m_link.Get(end)->TraceConnectWithoutContext(
                "PhyRxDrop",
                MakeBoundCallback(&SmallScenario::Lost, this));
        }
        BuildLoss(config, m_link);
        BuildCrossTraffic(config,
                          {nodes.Get(R1), nodes.Get(R2), "10.0.0.2", DataRate("1Mb/s"), 500, 2});
        const FailurePoints points{"wire", m_link.Get(R1), m_link.Get(R2), nullptr, nodes.Get(R2)};
        BuildFailures(config,
                      MakeTarget(config, points),
                      FailurePlan::Needs::OfProbing(Seconds(1), Seconds(1), 3));
        BuildTraffic(config, {nodes.Get(R1), "10.0.0.1", "R1"}, {nodes.Get(R2), "10.0.0.2", "R2"});
    }

    ~SmallScenario()
    {
        if (m_drops)
        {
            Destroy();
            m_drops = nullptr;
        }
    }

    uint32_t arrived[2]{}; //!< packets that each end heard

  private:
    static constexpr int64_t PATIENCE = 3; //!< seconds of silence allowed

    /**
     * @brief Trace sink: an end heard something.
     * @param scenario the scenario
     * @param end which end
     */
    static void Arrived(SmallScenario* scenario, uint32_t end, Ptr<const Packet>)
    {
        scenario->arrived[end]++;
        scenario->Tell(end, true);
        scenario->m_silence[end].Cancel();
        scenario->m_silence[end] =
            Simulator::Schedule(Seconds(PATIENCE), &SmallScenario::Tell, scenario, end, false);
    }

    /**
     * @brief Trace sink: a packet was lost.
     * @param scenario the scenario
     */
    static void Lost(SmallScenario* scenario, Ptr<const Packet>)
    {
        if (scenario->m_drops)
        {
            ++*scenario->m_drops;
        }
    }

    /**
     * @brief Tell the recorder.
     * @param end which end
     * @param up what it thinks of its peer
     */
    void Tell(uint32_t end, bool up)
    {
        DetectionEvent event;
        event.when = Simulator::Now();
        event.up = up;
        event.cause = LineCause::HOLD_TIME_EXPIRED;
        m_recorder.Hear(end, event);
    }

    NetDeviceContainer m_link; //!< both ends
    EventId m_silence[2];      //!< end of patience
    uint32_t* m_drops;         //!< lost packets
};

/**
 * @ingroup keepalive-tests
 * @brief 1. An ordinary run.
 */
class SmallScenarioTest : public TestCase
{
  public:
    SmallScenarioTest()
        : TestCase("ends that are no interfaces detect a failure, and traffic notices it")
    {
    }

  private:
    void DoRun() override
    {
        SmallScenario scenario{SmallConfig()};
        NS_TEST_EXPECT_MSG_EQ(scenario.GetStop(), Seconds(60), "as configured");
        scenario.Run();
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(60), "it ran to its end");
        const auto& rows = scenario.GetRecorder().GetFailureRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 2, "one failure, two ends");
        for (const auto& row : rows)
        {
            NS_TEST_EXPECT_MSG_EQ(row.kind, "silent", "kind");
            NS_TEST_EXPECT_MSG_EQ(row.target, "wire", "target");
            NS_TEST_EXPECT_MSG_EQ(row.began, Seconds(10), "began");
            NS_TEST_ASSERT_MSG_EQ(row.detected.has_value(), true, "noticed");
            NS_TEST_EXPECT_MSG_GT(row.GetDetectionTime()->GetSeconds(), 2.8, "a packet before");
            NS_TEST_EXPECT_MSG_LT(row.GetDetectionTime()->GetSeconds(), 3.0, "patience");
            NS_TEST_EXPECT_MSG_LT(row.GetRecoveryTime()->GetSeconds(), 0.2, "the next packet");
            const auto* hole = scenario.GetTraffic().Find(0, row.end);
            NS_TEST_ASSERT_MSG_NE(hole, nullptr, "traffic is watched");
            NS_TEST_EXPECT_MSG_EQ(hole->packetsLost, 200, "ten a second");
        }
        NS_TEST_EXPECT_MSG_EQ(scenario.GetRecorder().GetMistakeRows().size(), 0, "no mistake");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4, 5. A run that ends before the failure does.
 */
class EndTest : public TestCase
{
  public:
    EndTest()
        : TestCase("what is open at the end of a run is closed")
    {
    }

  private:
    void DoRun() override
    {
        SmallConfig config;
        config.failFor = Seconds(0);
        config.stop = Seconds(20);
        {
            SmallScenario scenario(config);
            scenario.Run();
            const auto* hole = scenario.GetTraffic().Find(0, 0);
            NS_TEST_ASSERT_MSG_NE(hole, nullptr, "traffic is watched");
            NS_TEST_EXPECT_MSG_EQ(hole->packetsLost, 100, "ten a second, to the end");
        }
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(0), "the simulation went with it");

        config.failure = ScenarioConfig::Failure::NONE;
        SmallScenario scenario(config);
        scenario.Run();
        const double observed = scenario.GetRecorder().Summarize(0).observed.GetSeconds();
        NS_TEST_EXPECT_MSG_GT(observed, 19.8, "from the first packet to the end");
        NS_TEST_EXPECT_MSG_LT(observed, 20, "not before");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2, 5. Again and again.
 */
class AgainTest : public TestCase
{
  public:
    AgainTest()
        : TestCase("the same configuration gives the same run again")
    {
    }

  private:
    void DoRun() override
    {
        SmallConfig config;
        config.load = 0.9;
        uint32_t arrived[2][2];
        for (const double loss : {0.1, 0.0})
        {
            config.loss = loss;
            config.burstStart = loss > 0 ? 0 : 0.01;
            config.burstEnd = 0.3;
            uint32_t drops[2]{};
            for (const uint32_t time : {0, 1})
            {
                SmallScenario scenario(config, &drops[time]);
                scenario.Run();
                arrived[time][0] = scenario.arrived[0];
                arrived[time][1] = scenario.arrived[1];
            }
            NS_TEST_EXPECT_MSG_GT(drops[0], 100, "losses are there");
            NS_TEST_EXPECT_MSG_EQ(drops[0], drops[1], "the same losses");
            NS_TEST_EXPECT_MSG_GT(arrived[0][1], 20 * arrived[0][0], "the load is there");
            NS_TEST_EXPECT_MSG_EQ(arrived[0][0], arrived[1][0], "the same at R1");
            NS_TEST_EXPECT_MSG_EQ(arrived[0][1], arrived[1][1], "the same at R2");
        }
        NS_TEST_EXPECT_MSG_EQ(Simulator::Now(), Seconds(0), "no simulation is left");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. One kind of failure.
 */
class FailureKindTest : public TestCase
{
  public:
    /// What a kind of failure should make.
    struct Expectation
    {
        ScenarioConfig::Failure failure; //!< the kind
        const char* kind;                //!< what its target calls itself; empty for no target
        const char* name;                //!< what fails: link, router or interface
    };

    /**
     * @brief Make one.
     * @param expectation what should be
     */
    explicit FailureKindTest(const Expectation& expectation)
        : TestCase(std::string("a failure of kind ") + expectation.kind + " of " +
                   expectation.name),
          m_expectation(expectation)
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(2);
        SerialHelper serial("ns3::keepalive::HdlcNetDevice");
        const NetDeviceContainer line = serial.Install(nodes.Get(0), nodes.Get(1));
        InternetStackHelper().Install(nodes);
        SmallConfig config;
        config.failure = m_expectation.failure;
        const std::string name =
            SmallScenario::ChooseTargetName(config.failure, "link", "router", "interface");
        NS_TEST_EXPECT_MSG_EQ(name, m_expectation.name, "name");
        Ptr<FailureTarget> target =
            SmallScenario::MakeTarget(config,
                                      {name, line.Get(0), line.Get(1), line.Get(1), nodes.Get(1)});
        NS_TEST_ASSERT_MSG_EQ(!target, (m_expectation.kind[0] == '\0'), "whether it fails");
        if (target)
        {
            NS_TEST_EXPECT_MSG_EQ(target->GetKind(), m_expectation.kind, "kind");
            NS_TEST_EXPECT_MSG_EQ(target->GetName(), m_expectation.name, "name");
            target->Dispose();
        }
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
    }

    Expectation m_expectation; //!< what should be
};

/**
 * @ingroup keepalive-tests
 * @brief 6. What a scenario does not have.
 */
class RefusalTest : public TestCase
{
  public:
    RefusalTest()
        : TestCase("a tunnel has no bindings to lose")
    {
    }

  private:
    void DoRun() override
    {
        GreScenarioConfig config;
        NS_TEST_EXPECT_MSG_EQ(GreScenario::Check(config).has_value(), false, "sound");
        config.failure = ScenarioConfig::Failure::BINDING_LOSS;
        NS_TEST_EXPECT_MSG_EQ(GreScenario::Check(config).value_or(""),
                              "a loss of bindings: there is no NAT",
                              "refused");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class ScenarioTestSuite : public TestSuite
{
  public:
    ScenarioTestSuite()
        : TestSuite("keepalive-scenario")
    {
        using Failure = ScenarioConfig::Failure;
        AddTestCase(new SmallScenarioTest);
        AddTestCase(new EndTest);
        AddTestCase(new AgainTest);
        const std::vector<FailureKindTest::Expectation> expectations{
            {Failure::NONE, "", "link"},
            {Failure::SILENT, "silent", "link"},
            {Failure::ONE_WAY_TO_R1, "one-way", "link"},
            {Failure::ONE_WAY_TO_R2, "one-way", "link"},
            {Failure::CARRIER, "carrier", "link"},
            {Failure::SHUTDOWN, "shutdown", "interface"},
            {Failure::CRASH, "crash", "router"},
            {Failure::STALL, "stall", "router"},
            {Failure::LOOPBACK, "loopback", "interface"},
            {Failure::DELAY_STEP, "delay-step", "link"},
        };
        for (const auto& expectation : expectations)
        {
            AddTestCase(new FailureKindTest(expectation));
        }
        AddTestCase(new RefusalTest);
    }
};

ScenarioTestSuite g_scenarioTestSuite; //!< registers itself

} // namespace
