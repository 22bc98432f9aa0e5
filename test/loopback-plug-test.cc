/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Tests of the loopback plug on a link of ns-3's own kind; for serial lines see
 *        serial-device-test.cc and hdlc-device-test.cc.
 *
 * 1. The end that it is on hears itself at once, the other end hears nothing, both ways; pulled,
 * all is as before, and what was on its way back is lost.
 * 2. What the link loses besides is not lost in the plug.
 * 3. The mechanisms above IP notice it at both ends, as their laws say: to a router that knows no
 *    loop it is silence.
 */

#include "ns3/bfd-scenario-law.h"
#include "ns3/bfd-scenario.h"
#include "ns3/bgp-scenario-law.h"
#include "ns3/bgp-scenario.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/error-model.h"
#include "ns3/failure-helper.h"
#include "ns3/gre-scenario-law.h"
#include "ns3/gre-scenario.h"
#include "ns3/loopback-plug.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-scenario-law.h"
#include "ns3/tcp-scenario.h"
#include "ns3/test.h"

#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief 1. and 2. A link with a plug.
 */
class LinkTest : public TestCase
{
  public:
    LinkTest()
        : TestCase("a plug on a link returns what its end sends")
    {
    }

  private:
    /**
     * @brief A frame arrived.
     * @param end at which end
     * @return true: handled
     */
    bool Receive(char end)
    {
        m_heard += end + std::to_string(Simulator::Now().GetMilliSeconds()) + ' ';
        return true;
    }

    /**
     * @brief Receive callback of the first end.
     * @return true
     */
    bool ReceiveA(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
    {
        return Receive('a');
    }

    /**
     * @brief Receive callback of the second end.
     * @return true
     */
    bool ReceiveB(Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&)
    {
        return Receive('b');
    }

    /**
     * @brief Send a frame of 100 bytes, with its PPP header: 1 ms at 800 kb/s.
     * @param device who sends
     */
    static void Send(Ptr<NetDevice> device)
    {
        device->Send(Create<Packet>(98), device->GetBroadcast(), 0x0800);
    }

    void DoRun() override
    {
        NodeContainer nodes(2);
        PointToPointHelper helper;
        helper.SetDeviceAttribute("DataRate", StringValue("800kb/s"));
        helper.SetChannelAttribute("Delay", StringValue("10ms"));
        const NetDeviceContainer link = helper.Install(nodes);
        link.Get(0)->SetReceiveCallback(MakeCallback(&LinkTest::ReceiveA, this));
        link.Get(1)->SetReceiveCallback(MakeCallback(&LinkTest::ReceiveB, this));
        Ptr<LoopbackPlug> plug = FailureHelper::PlugLoopback(link.Get(1), "plug");
        NS_TEST_EXPECT_MSG_EQ(plug->GetKind(), "loopback", "kind");
        // The link loses everything towards the plug, which then does not come from the link.
        Ptr<RateErrorModel> loss = CreateObject<RateErrorModel>();
        loss->SetAttribute("ErrorUnit", EnumValue(RateErrorModel::ERROR_UNIT_PACKET));
        loss->SetAttribute("ErrorRate", DoubleValue(1));
        loss->SetRandomVariable(CreateObject<UniformRandomVariable>());
        loss->AssignStreams(1);

        for (const int at : {0, 100, 200})
        {
            Simulator::Schedule(MilliSeconds(at), &LinkTest::Send, link.Get(0));
            Simulator::Schedule(MilliSeconds(at + 50), &LinkTest::Send, link.Get(1));
        }
        Simulator::Schedule(MilliSeconds(90), &FailureTarget::Fail, plug);
        Simulator::Schedule(MilliSeconds(120), &FailureHelper::SetLoss, link.Get(1), loss);
        Simulator::Schedule(MilliSeconds(160), &ErrorModel::Disable, loss);
        // Pulled while a frame is being sent into it: the rest of it is lost on the wire.
        Simulator::Schedule(MilliSeconds(180), &LinkTest::Send, link.Get(1));
        Simulator::Schedule(MicroSeconds(180500), &FailureTarget::Repair, plug);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_heard, "b11 a61 b151 b211 a261 ", "who heard what");
        Simulator::Destroy();
    }

    std::string m_heard; //!< who heard a frame, and when
};

/**
 * @ingroup keepalive-tests
 * @brief 3. A scenario with a plug.
 * @tparam AnyScenario the scenario
 * @tparam AnyConfig its configuration
 * @tparam AnyLaw what theory says of it
 */
template <typename AnyScenario, typename AnyConfig, typename AnyLaw>
class ScenarioTest : public TestCase
{
  public:
    /**
     * @brief Make one.
     * @param name what notices it
     * @param target what tables say has failed
     */
    ScenarioTest(const std::string& name, const std::string& target)
        : TestCase(name + " notices a loop at both ends"),
          m_target(target)
    {
    }

  private:
    void DoRun() override
    {
        RngSeedManager::SetRun(1);
        AnyConfig config;
        config.failure = ScenarioConfig::Failure::LOOPBACK;
        config.failAt = Seconds(300);
        config.failFor = Seconds(400);
        config.trafficRate = DataRate(0); // it would go round until its TTL ends
        const AnyLaw law(config);
        AnyScenario scenario(config);
        scenario.Run();
        const auto& rows = scenario.GetRecorder().GetFailureRows();
        NS_TEST_ASSERT_MSG_EQ(rows.size(), 2, "a row for each end");
        for (const auto& row : rows)
        {
            NS_TEST_EXPECT_MSG_EQ(row.target, m_target, "what failed");
            const auto time = row.GetDetectionTime();
            const auto bounds = GetBounds(law.Get(row.end));
            NS_TEST_ASSERT_MSG_EQ((time && bounds), true, "noticed, and there is a law");
            NS_TEST_EXPECT_MSG_GT_OR_EQ(time->GetSeconds(), bounds->lower - 1e-3, "not too early");
            NS_TEST_EXPECT_MSG_LT_OR_EQ(time->GetSeconds(), bounds->upper + 1e-3, "not too late");
        }
    }

    /**
     * @brief The bounds of a law that is more than bounds.
     * @tparam T a law
     * @param law the law, if any
     * @return its bounds
     */
    template <typename T>
    static std::optional<DetectionBounds> GetBounds(const std::optional<T>& law)
    {
        return law ? std::make_optional(law->GetBounds()) : std::nullopt;
    }

    /**
     * @brief The bounds of a law that is nothing else.
     * @param bounds the law, if any
     * @return the same
     */
    static std::optional<DetectionBounds> GetBounds(const std::optional<DetectionBounds>& bounds)
    {
        return bounds;
    }

    std::string m_target; //!< what tables say has failed
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class LoopbackPlugTestSuite : public TestSuite
{
  public:
    LoopbackPlugTestSuite()
        : TestSuite("keepalive-loopback-plug")
    {
        AddTestCase(new LinkTest);
        AddTestCase(
            new ScenarioTest<GreScenario, GreScenarioConfig, GreScenarioLaw>("GRE", "R1-C"));
        AddTestCase(new ScenarioTest<TcpScenario, TcpScenarioConfig, TcpScenarioLaw>("TCP", "A-B"));
        AddTestCase(
            new ScenarioTest<BgpScenario, BgpScenarioConfig, BgpScenarioLaw>("BGP", "R1-R2"));
        AddTestCase(
            new ScenarioTest<BfdScenario, BfdScenarioConfig, BfdScenarioLaw>("BFD", "R1-R2"));
    }
};

LoopbackPlugTestSuite g_loopbackPlugTestSuite; //!< registers itself

} // namespace
