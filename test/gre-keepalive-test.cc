/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief GRE keepalives between two real stacks: who answers, who notices, when, and what breaks
 * it.
 *
 * Keepalives of A start at 0, every 5 s, four retries, round trip about 2 ms, unless said.
 *
 * 1. Each verdict rule falls at its exact instant after a silent cut, and the first keepalive that
 *    returns brings the line up.
 * 2. A peer without keepalives answers; its own line stays up, whatever happens.
 * 3. A peer whose own line protocol is down answers: two ends that are both down recover.
 * 4. A cut in either direction alone is noticed by both ends.
 * 5. RFC 2784 section 3.1, strict reverse path and a node that refuses its own source address each
 *    make the peer go unanswered, with the right reason, and so does a peer that is no router.
 * 6. A stalled control plane still answers, but neither sends nor notices.
 * 7. A crash is silent to the peer and forgets the own state; after the boot both recover.
 * 8. An answer that comes back through the tunnel itself counts.
 * 9. Tunnels without addresses are kept alive just the same.
 * 10. Any returned keepalive counts, however old or often; one with trailing bytes, too.
 * 11. Changing the keepalive command takes effect at once; switching it off brings the line up.
 * 12. TOS and priority of keepalives are as configured.
 * 13. After both tunnels are shut no event is left.
 */

#include "gre-test-network.h"

#include "ns3/boolean.h"
#include "ns3/gre-header.h"
#include "ns3/integer.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief Run the simulation up to a time.
 * @param until the time
 */
void
RunUntil(Time until)
{
    Simulator::Stop(until - Simulator::Now());
    Simulator::Run();
}

/**
 * @ingroup keepalive-tests
 * @brief Options of most tests: "keepalive 5 4" at A, nothing at B.
 * @return the options
 */
GreTestNetwork::Options
FiveFour()
{
    GreTestNetwork::Options options;
    options.intervalA = Seconds(5);
    options.retries = 4;
    return options;
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Exact instants.
 */
class GreVerdictTest : public TestCase
{
  public:
    /**
     * @brief One rule.
     * @param name its name
     * @param rule the rule
     * @param down when the line goes down after a cut at 12 s; for HOLD_TIME, without the return
     * @param cause the cause reported
     */
    GreVerdictTest(const std::string& name,
                   KeepaliveProcess::VerdictRule rule,
                   Time down,
                   LineCause cause)
        : TestCase("verdict at the exact instant: " + name),
          m_rule(rule),
          m_down(down),
          m_cause(cause)
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options = FiveFour();
        options.rule = m_rule;
        GreTestNetwork network(options);
        // The last keepalive to return was sent at 10 s.
        Simulator::Schedule(Seconds(12), &GreTestNetwork::SetCut, &network, true, true, true);
        Simulator::Schedule(Seconds(61), &GreTestNetwork::SetCut, &network, true, true, false);
        RunUntil(Seconds(70));

        // 48 and 24 bytes in frames of two more at 10 Mb/s, and 1 ms each way.
        const Time roundTrip = MilliSeconds(2) + NanoSeconds((50 + 26) * 800);
        const Time heard = m_rule == KeepaliveProcess::HOLD_TIME ? roundTrip : Seconds(0);
        NS_TEST_ASSERT_MSG_EQ(network.eventsA.size(), 2, "down and up");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].up, false, "down first");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].when, m_down + heard, "down at");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.eventsA[0].cause)),
                              ToString(m_cause),
                              "cause");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].mechanism, "gre", "mechanism");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].nodeId, network.nodes.Get(0)->GetId(), "node");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].ifIndex, network.a->GetIfIndex(), "device");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[1].up, true, "then up");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[1].when,
                              Seconds(65) + roundTrip,
                              "with the first keepalive that returns");
        NS_TEST_EXPECT_MSG_EQ(network.a->GetKeepaliveCount(), 0, "counter cleared");
        NS_TEST_EXPECT_MSG_EQ(network.eventsB.size(), 0, "B never notices anything");
    }

    KeepaliveProcess::VerdictRule m_rule; //!< the rule
    Time m_down;                          //!< when the line goes down
    LineCause m_cause;                    //!< why
};

/**
 * @ingroup keepalive-tests
 * @brief 3, 4. Both ends.
 */
class GreBothEndsTest : public TestCase
{
  public:
    /**
     * @brief One kind of cut.
     * @param towardsA cut towards A
     * @param towardsB cut towards B
     */
    GreBothEndsTest(bool towardsA, bool towardsB)
        : TestCase(std::string("both ends notice, both down, both recover: cut towards ") +
                   (towardsA ? "A" : "") + (towardsB ? "B" : "")),
          m_towardsA(towardsA),
          m_towardsB(towardsB)
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options = FiveFour();
        options.intervalB = Seconds(4);
        GreTestNetwork network(options);
        Simulator::Schedule(Seconds(41),
                            &GreTestNetwork::SetCut,
                            &network,
                            m_towardsA,
                            m_towardsB,
                            true);
        RunUntil(Seconds(80));
        NS_TEST_ASSERT_MSG_EQ(network.eventsA.size(), 1, "A noticed");
        NS_TEST_ASSERT_MSG_EQ(network.eventsB.size(), 1, "B noticed");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].when, Seconds(65), "A: 40 + 5 * 5");
        NS_TEST_EXPECT_MSG_EQ(network.eventsB[0].when, Seconds(60), "B: 40 + 5 * 4");
        NS_TEST_ASSERT_MSG_EQ(network.a->IsLineUp() || network.b->IsLineUp(), false, "both down");

        network.SetCut(m_towardsA, m_towardsB, false);
        RunUntil(Seconds(86));
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), true, "A recovered");
        NS_TEST_EXPECT_MSG_EQ(network.b->IsLineUp(), true, "B recovered");
        NS_TEST_EXPECT_MSG_EQ((network.eventsA.back().when < Seconds(80.003)), true, "A at once");
    }

    bool m_towardsA; //!< cut towards A
    bool m_towardsB; //!< cut towards B
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What breaks keepalives on real networks.
 */
class GreUnansweredTest : public TestCase
{
  public:
    /**
     * @brief One switch.
     * @param attribute attribute of B's end to switch on; empty to switch forwarding off instead
     * @param reason the reason that B drops keepalives for
     */
    GreUnansweredTest(const std::string& attribute, const std::string& reason)
        : TestCase("keepalives go unanswered with " +
                   (attribute.empty() ? "forwarding switched off" : attribute)),
          m_attribute(attribute),
          m_reason(reason)
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network(FiveFour());
        Simulator::Schedule(Seconds(12), &GreUnansweredTest::SwitchOn, this, &network);
        RunUntil(Seconds(36));
        NS_TEST_ASSERT_MSG_EQ(network.eventsA.size(), 1, "A noticed");
        NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].when, Seconds(35), "after keepalives 15 to 30");
        NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 5, "15, 20, 25, 30, 35");
        for (const DropReason reason : network.drops)
        {
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(reason)), m_reason, "reason");
        }
    }

    /**
     * @brief Begin to drop.
     * @param network the network
     */
    void SwitchOn(GreTestNetwork* network)
    {
        if (m_attribute.empty())
        {
            network->nodes.Get(1)->GetObject<Ipv4>()->SetAttribute("IpForward",
                                                                   BooleanValue(false));
        }
        else
        {
            network->b->SetAttribute(m_attribute, BooleanValue(true));
        }
    }

    std::string m_attribute; //!< what to switch on
    std::string m_reason;    //!< why B drops
};

/**
 * @ingroup keepalive-tests
 * @brief 5. User traffic does not suffer from those switches.
 */
class GreSwitchesPassDataTest : public TestCase
{
  public:
    GreSwitchesPassDataTest()
        : TestCase("the switches that kill keepalives let user traffic pass")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network({});
        network.b->SetAttribute("DropPayloadToEncapsulator", BooleanValue(true));
        network.b->SetAttribute("StrictReversePath", BooleanValue(true));
        network.b->SetAttribute("DropLocalSource", BooleanValue(true));
        Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 100, 0);
        RunUntil(Seconds(2));
        NS_TEST_EXPECT_MSG_EQ(network.delivered.size(), 1, "delivered");
        NS_TEST_EXPECT_MSG_EQ(network.drops.size(), 0, "nothing dropped");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6, 7. Stall and crash.
 */
class GreStallAndCrashTest : public TestCase
{
  public:
    GreStallAndCrashTest()
        : TestCase("a stalled end answers but is blind; a crashed one forgets and comes back")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options = FiveFour();
        options.intervalB = Seconds(5);
        {
            GreTestNetwork network(options);
            Simulator::Schedule(Seconds(12),
                                &GreTunnelDevice::SetControlPlaneStalled,
                                network.b,
                                true);
            RunUntil(Seconds(100));
            NS_TEST_EXPECT_MSG_EQ(network.eventsA.size(), 0, "A is answered and notices nothing");
            NS_TEST_EXPECT_MSG_EQ(network.eventsB.size(), 0, "B cannot notice anything");
            NS_TEST_EXPECT_MSG_EQ(network.b->GetCounters().keepalivesSent, 3, "0, 5, 10");
            network.b->SetControlPlaneStalled(false);
            network.SetCut(true, true, true);
            RunUntil(Seconds(121));
            NS_TEST_EXPECT_MSG_EQ(network.b->IsLineUp(), false, "it sees again");
        }
        {
            GreTestNetwork network(options);
            Simulator::Schedule(Seconds(12), &GreTunnelDevice::SetPowered, network.b, false);
            Simulator::Schedule(Seconds(52), &GreTunnelDevice::SetPowered, network.b, true);
            RunUntil(Seconds(60));
            NS_TEST_ASSERT_MSG_EQ(network.eventsA.size(), 2, "A: down, up");
            NS_TEST_EXPECT_MSG_EQ(network.eventsA[0].when, Seconds(35), "10 + 5 * 5");
            NS_TEST_ASSERT_MSG_EQ(network.eventsB.size(), 2, "B: crashed, booted");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.eventsB[0].cause)),
                                  "node-crashed",
                                  "not a verdict");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.eventsB[1].cause)),
                                  "node-booted",
                                  "trusting afresh");
            NS_TEST_EXPECT_MSG_EQ(network.b->GetKeepaliveCount(), 0, "heard again");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. The answer takes the tunnel.
 */
class GreAnswerThroughTunnelTest : public TestCase
{
  public:
    GreAnswerThroughTunnelTest()
        : TestCase("an answer that comes back through the tunnel counts")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options = FiveFour();
        options.key = 7;
        GreTestNetwork network(options);
        RunUntil(Seconds(1));
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 2, "the ordinary way");

        // What B would send if its route to A led through the tunnel: the keepalive, encapsulated.
        GreHeader gre;
        gre.SetKey(7);
        Ptr<Packet> packet = network.frames[1].packet->Copy();
        packet->AddHeader(gre);
        AddOuterHeader(packet, false);
        network.SetCut(false, true, true);
        RunUntil(Seconds(26));
        NS_TEST_ASSERT_MSG_EQ(network.a->IsLineUp(), false, "cut off");
        network.Inject(0, ToHex(packet));
        RunUntil(Seconds(26.001));
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), true, "heard");
        NS_TEST_EXPECT_MSG_EQ(network.drops.size(), 0, "nothing dropped");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10. No number, no nonce.
 */
class GreOldKeepaliveTest : public TestCase
{
  public:
    GreOldKeepaliveTest()
        : TestCase("any returned keepalive counts: old, twice, or with trailing bytes")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network(FiveFour());
        RunUntil(Seconds(1));
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 2, "one keepalive and its return");
        const std::string old = ToHex(network.frames[1].packet);
        network.SetCut(false, true, true);
        RunUntil(Seconds(18));
        NS_TEST_EXPECT_MSG_EQ(network.a->GetKeepaliveCount(), 3, "5, 10, 15 unanswered");
        network.Inject(0, old);
        network.Inject(0, old);
        RunUntil(Seconds(18.001));
        NS_TEST_EXPECT_MSG_EQ(network.a->GetKeepaliveCount(), 0, "cleared");

        RunUntil(Seconds(41));
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), false, "down at 40");
        Ptr<Packet> longer = network.frames[1].packet->Copy();
        Ipv4Header ip;
        longer->RemoveHeader(ip);
        longer->AddAtEnd(FromHex("cafe"));
        ip.SetPayloadSize(static_cast<uint16_t>(longer->GetSize()));
        longer->AddHeader(ip);
        network.Inject(0, ToHex(longer));
        RunUntil(Seconds(41.001));
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), true, "trailing bytes do not matter");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9, 11, 12, 13. Configuration.
 */
class GreKeepaliveConfigurationTest : public TestCase
{
  public:
    GreKeepaliveConfigurationTest()
        : TestCase("the keepalive command acts at once, on tunnels without addresses as well")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options = FiveFour();
        options.numbered = false;
        GreTestNetwork network(options);
        network.nodes.Get(0)->GetObject<Ipv4>()->TraceConnectWithoutContext(
            "Tx",
            MakeCallback(&GreKeepaliveConfigurationTest::Sent, this));
        network.a->SetAttribute("KeepaliveTos", UintegerValue(0x10));
        RunUntil(Seconds(11));
        NS_TEST_EXPECT_MSG_EQ(network.a->GetCounters().keepalivesHeard, 3, "without addresses");
        Ipv4Header outer;
        network.frames[0].packet->PeekHeader(outer);
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTos(), 0x10, "TOS of the request");
        network.frames[1].packet->PeekHeader(outer);
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTos(), 0x10, "TOS of the return");
        NS_TEST_EXPECT_MSG_EQ(m_priority, +Socket::IpTos2Priority(0x10), "from the TOS");

        network.a->SetAttribute("KeepalivePriority", IntegerValue(7));
        network.a->SetKeepalive(Seconds(1), 2);
        network.frames.clear();
        RunUntil(Seconds(11.5));
        NS_TEST_ASSERT_MSG_EQ(network.frames.empty(), false, "a keepalive at once");
        NS_TEST_EXPECT_MSG_EQ(m_priority, 7, "as set");

        network.SetCut(true, true, true);
        RunUntil(Seconds(14.5));
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), false, "2 retries of 1 s");
        network.a->SetKeepalive(Seconds(0), 2);
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), true, "no keepalives, no verdict");
        const std::size_t sent = network.frames.size();
        RunUntil(Seconds(30));
        NS_TEST_EXPECT_MSG_EQ(network.frames.size(), sent, "none are sent");

        network.a->SetKeepalive(Seconds(1), 2);
        RunUntil(Seconds(30.5));
        network.a->SetAdminUp(false);
        network.b->SetAdminUp(false);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ((Simulator::Now() < Seconds(32)), true, "nothing goes on for ever");
    }

    /**
     * @brief Trace sink: A's IP sent a packet, its tags still on it.
     * @param packet the packet
     */
    void Sent(Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
    {
        SocketPriorityTag tag;
        m_priority = packet->PeekPacketTag(tag) ? tag.GetPriority() : 0;
    }

    int m_priority{-1}; //!< queueing priority of the last packet sent
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class GreKeepaliveTestSuite : public TestSuite
{
  public:
    GreKeepaliveTestSuite()
        : TestSuite("keepalive-gre-keepalive")
    {
        // Cut at 12 s, last answered keepalive sent at 10 s.
        AddTestCase(new GreVerdictTest("cisco: at the attempt after four unanswered ones",
                                       KeepaliveProcess::CISCO,
                                       Seconds(35),
                                       LineCause::KEEPALIVE_UNANSWERED));
        AddTestCase(new GreVerdictTest("huawei-send: at the fourth unanswered one",
                                       KeepaliveProcess::HUAWEI_SEND,
                                       Seconds(30),
                                       LineCause::KEEPALIVE_UNANSWERED));
        AddTestCase(new GreVerdictTest("huawei-expiry: when the fourth has gone unanswered",
                                       KeepaliveProcess::HUAWEI_EXPIRY,
                                       Seconds(35),
                                       LineCause::KEEPALIVE_UNANSWERED));
        AddTestCase(new GreVerdictTest("hold-time: 20 s after the last return",
                                       KeepaliveProcess::HOLD_TIME,
                                       Seconds(30),
                                       LineCause::HOLD_TIME_EXPIRED));
        AddTestCase(new GreBothEndsTest(true, true));
        AddTestCase(new GreBothEndsTest(true, false));
        AddTestCase(new GreBothEndsTest(false, true));
        AddTestCase(new GreUnansweredTest("DropPayloadToEncapsulator", "payload-to-encapsulator"));
        AddTestCase(new GreUnansweredTest("StrictReversePath", "reverse-path"));
        AddTestCase(new GreUnansweredTest("DropLocalSource", "local-source"));
        AddTestCase(new GreUnansweredTest("", "not-forwarding"));
        AddTestCase(new GreSwitchesPassDataTest);
        AddTestCase(new GreStallAndCrashTest);
        AddTestCase(new GreAnswerThroughTunnelTest);
        AddTestCase(new GreOldKeepaliveTest);
        AddTestCase(new GreKeepaliveConfigurationTest);
    }
};

GreKeepaliveTestSuite g_greKeepaliveTestSuite; //!< registers itself

} // namespace
