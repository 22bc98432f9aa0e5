/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The life of a neighbour: who may start its session, and what of an earlier life is left.
 *
 * Speaker i has AS 65001 + i; profile frr-datacenter; hold time 9 s unless said; one-way delay 5
 * ms.
 *
 * 1. A session that the operator shut stays down: from before the start, over a crash of the node,
 *    and until it is enabled; and the peer is refused meanwhile.
 * 2. A speaker that stopped stays silent, whoever enables a neighbour or restarts the node.
 * 3. A process that hangs tells nobody of its routes, with and without an advertisement interval;
 *    when it goes on it does.
 * 4. A second connection that fails before an OPEN makes room for the next.
 * 5. After a crash nothing of the life before is sent: neither a connection that lingers, nor a
 *    NOTIFICATION that was due.
 * 6. Whoever traces the routes may change them: the newer change wins, at the node and at its
 *    neighbours.
 * 7. Whoever traces the routes may crash the node: nothing of the neighbour is left.
 * 8. A path that no message has room for is not announced, and withdraws what was.
 * 9. The console says which links are internal.
 */

#include "bgp-raw-peer.h"
#include "bgp-test-network.h"

#include "ns3/bgp-console.h"
#include "ns3/bgp-header.h"
#include "ns3/bgp-shutdown.h"
#include "ns3/boolean.h"
#include "ns3/failure-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/test.h"

#include <memory>
#include <sstream>
#include <variant>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

const BgpPrefix FIRST{0x14010000, 16};  //!< 20.1.0.0/16
const BgpPrefix SECOND{0x14020000, 16}; //!< 20.2.0.0/16

/**
 * @ingroup keepalive-tests
 * @brief Set hold time and profile of the neighbours to come.
 * @param network the network
 * @param holdTime in seconds
 * @param profile name of a profile
 */
void
Configure(BgpTestNetwork& network, double holdTime = 9, const char* profile = "frr-datacenter")
{
    network.SetTimers(holdTime, profile);
}

/**
 * @ingroup keepalive-tests
 * @brief What an operator shuts.
 * @param neighbor the neighbour, at the speaker whose operator acts
 * @return it
 */
Ptr<BgpShutdown>
ShutdownOf(Ptr<BgpNeighbor> neighbor)
{
    Ptr<BgpShutdown> shutdown = CreateObject<BgpShutdown>();
    shutdown->SetName("neighbor");
    shutdown->SetNeighbor(neighbor);
    return shutdown;
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Shut.
 */
class ShutTestCase : public TestCase
{
  public:
    ShutTestCase()
        : TestCase("shut")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        Ptr<BgpShutdown> shutdown = ShutdownOf(link.second);
        shutdown->Fail(); // before the start
        network.RunUntil(Seconds(30));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 0U, "never up");
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "tx ").size(), 0U, "nothing said");
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        crash->Fail();
        network.RunUntil(Seconds(31));
        crash->Repair();
        network.RunUntil(Seconds(60));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 0U, "nor after a crash");
        shutdown->Repair();
        network.RunUntil(Seconds(62));
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "enabled");
        shutdown->Fail();
        network.RunUntil(Seconds(63));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "heard "),
                              "heard Cease/Administrative Shutdown",
                              "told");
        crash->Fail();
        network.RunUntil(Seconds(64));
        shutdown->Repair(); // without power
        network.RunUntil(Seconds(80));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 1U, "without power");
        crash->Repair();
        network.RunUntil(Seconds(120));
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "enabled and booted");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Stopped.
 */
class StoppedTestCase : public TestCase
{
  public:
    StoppedTestCase()
        : TestCase("stopped")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        network.speakers[1]->SetStopTime(Seconds(10));
        Ptr<BgpShutdown> shutdown = ShutdownOf(link.second);
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        Simulator::Schedule(Seconds(5), &FailureTarget::Fail, shutdown);
        Simulator::Schedule(Seconds(20), &FailureTarget::Repair, shutdown);
        Simulator::Schedule(Seconds(30), &BgpNeighbor::Reset, link.second, BgpError::ADMIN_RESET);
        Simulator::Schedule(Seconds(40), &FailureTarget::Fail, crash);
        Simulator::Schedule(Seconds(41), &FailureTarget::Repair, crash);
        network.RunUntil(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 1U, "never again");
        NS_TEST_EXPECT_MSG_LT(network.Find(1, 0, "").back(), Seconds(5.1), "silent");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Hanging.
 */
class HangTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param interval the advertisement interval, in seconds
     */
    explicit HangTestCase(double interval)
        : TestCase("hangs, interval " + std::to_string(interval)),
          m_interval(interval)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 90);
        network.helper.SetNeighborAttribute("AdvertisementInterval",
                                            TimeValue(Seconds(m_interval)));
        network.Connect(0, 1);
        BgpSpeaker& speaker = *network.speakers[0];
        speaker.Announce(FIRST);
        network.RunUntil(Seconds(20));
        speaker.Announce(SECOND);
        network.RunUntil(Seconds(21));
        speaker.Withdraw(FIRST); // waits, if there is an interval
        network.RunUntil(Seconds(21.5));
        const std::size_t before = network.Find(0, 0, "tx UPDATE").size();
        Ptr<ControlPlaneStall> stall = FailureHelper::Stall(network.nodes.Get(0), "R1");
        stall->Fail();
        speaker.Withdraw(SECOND);
        network.RunUntil(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "tx UPDATE").size(), before, "it hangs");
        stall->Repair();
        network.RunUntil(Seconds(41));
        NS_TEST_ASSERT_MSG_GT(network.Find(0, 0, "tx UPDATE").size(), before, "it goes on");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "tx UPDATE").at(before), Seconds(40), "at once");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPathCount(), 0U, "told");
    }

    double m_interval; //!< the advertisement interval
};

/**
 * @ingroup keepalive-tests
 * @brief 4. A second connection, and a third.
 */
class ThirdConnectionTestCase : public TestCase
{
  public:
    ThirdConnectionTestCase()
        : TestCase("third connection")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network, 180);
        BgpRawPeer peer(network, 0, 64500);
        // Its own connection finds a server that never says anything.
        peer.neighbor->SetAttribute("Passive", BooleanValue(false));
        Ptr<Socket> server =
            Socket::CreateSocket(peer.node, TypeId::LookupByName("ns3::TcpSocketFactory"));
        server->Bind(InetSocketAddress(Ipv4Address::GetAny(), 179));
        server->Listen();
        for (const double when : {1.0, 3.0, 5.0})
        {
            peer.Connect(Seconds(when));
            peer.Close(Seconds(when + 1), when < 4);
        }
        peer.Establish(Seconds(10), Seconds(20));
        network.RunUntil(Seconds(9));
        NS_TEST_EXPECT_MSG_EQ(ToString(peer.neighbor->GetSession()->GetState()),
                              std::string("OpenSent"),
                              "its own");
        network.RunUntil(Seconds(11));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "that of the peer");
        network.RunUntil(Seconds(60));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "lasting");
        server->Close();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What lingers at a crash.
 */
class LingerTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param late the profile is one that says its last words late
     */
    explicit LingerTestCase(bool late)
        : TestCase(late ? "last words due at a crash" : "last words under way at a crash"),
          m_late(late)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9, m_late ? "bird" : "frr-datacenter");
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("IdleHoldTime", TimeValue(Seconds(500)));
        link.second->SetAttribute("Passive", BooleanValue(true));
        network.RunUntil(Seconds(80));
        NS_TEST_ASSERT_MSG_EQ(link.second->IsEstablished(), true, "before");
        link.cut->Fail();
        while (link.second->IsEstablished())
        {
            network.RunUntil(Simulator::Now() + Seconds(1));
        }
        // The session is over, its last words are not.
        NS_TEST_EXPECT_MSG_EQ(network.CountSockets(1), 2U, "listener, and last words");
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        crash->Fail();
        NS_TEST_EXPECT_MSG_EQ(network.CountSockets(1), 0U, "nothing is left");
        network.RunUntil(Simulator::Now() + Seconds(1));
        link.cut->Repair();
        network.nodes.Get(1)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "Tx",
            MakeCallback(&LingerTestCase::HandleTx, this));
        // Shut, so that all it could send would be of the life before; and nobody calls.
        link.second->Stop(BgpError::ADMIN_SHUTDOWN);
        link.first->Stop(BgpError::ADMIN_SHUTDOWN);
        network.RunUntil(Simulator::Now() + Seconds(1));
        m_sent = 0;
        crash->Repair();
        network.RunUntil(Simulator::Now() + Seconds(300));
        NS_TEST_EXPECT_MSG_EQ(m_sent, 0U, "silent, but for resets");
    }

    /**
     * @brief A packet leaves the node.
     * @param packet the packet
     */
    void HandleTx(Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
    {
        Ptr<Packet> copy = packet->Copy();
        Ipv4Header ip;
        copy->RemoveHeader(ip);
        TcpHeader tcp;
        copy->PeekHeader(tcp);
        // What the peer still retransmits is reset, as by any node that knows nothing of it.
        m_sent += (tcp.GetFlags() & TcpHeader::RST) ? 0 : 1;
    }

    bool m_late;        //!< the last words are said late
    uint32_t m_sent{0}; //!< segments, other than resets
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Whoever traces the routes changes them.
 */
class RouteSinkTestCase : public TestCase
{
  public:
    RouteSinkTestCase()
        : TestCase("routes changed within a trace sink")
    {
    }

  private:
    void DoRun() override
    {
        // AS 65001 announces both, AS 65003 the second: AS 65002 takes those of the lower
        // identifier. AS 65004 hears of it.
        BgpTestNetwork network(4);
        Configure(network);
        BgpTestNetwork::Link& lost = network.Connect(0, 1);
        network.Connect(1, 2);
        network.Connect(1, 3);
        network.speakers[0]->Announce(FIRST);
        network.speakers[0]->Announce(SECOND);
        network.speakers[2]->Announce(SECOND);
        network.RunUntil(Seconds(5));
        m_speaker = network.speakers[1];
        Ptr<BgpRouting> routing = network.GetRouting(1);
        routing->TraceConnectWithoutContext("RouteRemoved",
                                            MakeCallback(&RouteSinkTestCase::HandleRemoved, this));
        routing->TraceConnectWithoutContext("RouteAdded",
                                            MakeCallback(&RouteSinkTestCase::HandleAdded, this));
        lost.cut->Fail();
        network.RunUntil(Seconds(30));
        NS_TEST_EXPECT_MSG_EQ(m_removed, 1U, "FIRST, once");
        NS_TEST_EXPECT_MSG_EQ(m_added, 1U, "SECOND, by AS 65003, once");
        const BgpPath* first = network.speakers[3]->GetRib().GetBest(FIRST);
        NS_TEST_ASSERT_MSG_NE(first, nullptr, "its own, announced within the sink");
        NS_TEST_EXPECT_MSG_EQ(first->attributes->GetPathLength(), 1U, "its own");
        const BgpPath* second = network.speakers[3]->GetRib().GetBest(SECOND);
        NS_TEST_ASSERT_MSG_NE(second, nullptr, "its own, announced within the sink");
        NS_TEST_EXPECT_MSG_EQ(second->attributes->GetPathLength(), 1U, "its own, too");
        NS_TEST_EXPECT_MSG_EQ(routing->GetNRoutes(), 0U, "both are its own now");
        m_speaker = nullptr;
    }

    // trace sinks
    void HandleRemoved(Ipv4Address network, Ipv4Mask, Ipv4Address)
    {
        if (network == Ipv4Address(FIRST.address))
        {
            m_removed++;
            m_speaker->Announce(FIRST);
        }
    }

    void HandleAdded(Ipv4Address, Ipv4Mask, Ipv4Address)
    {
        m_added++;
        m_speaker->Announce(SECOND); // better than what has just been installed
    }

    Ptr<BgpSpeaker> m_speaker; //!< AS 65002
    uint32_t m_removed{0};     //!< calls for FIRST
    uint32_t m_added{0};       //!< calls
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Whoever traces the routes crashes the node.
 */
class RouteCrashTestCase : public TestCase
{
  public:
    RouteCrashTestCase()
        : TestCase("a crash within a trace sink of routes")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        network.RunUntil(Seconds(5));
        m_crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        Ptr<BgpRouting> routing = network.GetRouting(1);
        routing->TraceConnectWithoutContext("RouteAdded",
                                            MakeCallback(&RouteCrashTestCase::HandleAdded, this));
        // One UPDATE with both, of which the first is the end.
        network.speakers[0]->Announce(FIRST);
        network.speakers[0]->Announce(SECOND);
        network.RunUntil(Seconds(6));
        NS_TEST_EXPECT_MSG_EQ(m_added, 1U, "the first one");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPathCount(), 0U, "nothing is left");
        NS_TEST_EXPECT_MSG_EQ(routing->GetNRoutes(), 0U, "nothing is left");
        m_crash->Repair();
        network.RunUntil(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), true, "again");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPathCount(), 2U, "again");
        m_crash = nullptr;
    }

    /// A route was added.
    void HandleAdded(Ipv4Address, Ipv4Mask, Ipv4Address)
    {
        if (++m_added == 1)
        {
            m_crash->Fail();
        }
    }

    Ptr<NodeCrash> m_crash; //!< of the node that learns routes
    uint32_t m_added{0};    //!< calls
};

/**
 * @ingroup keepalive-tests
 * @brief 8. What a neighbour is told, without a session.
 */
class TooLongTestCase : public TestCase
{
  public:
    TooLongTestCase()
        : TestCase("attributes that no message has room for")
    {
    }

  private:
    void DoRun() override
    {
        BgpAdjRibOut out;
        const BgpAdjRibOut::Export settings{65001, true, 0x0a000001, true};
        out.Announce(FIRST, MakePath(3));
        out.Announce(SECOND, MakePath(3));
        NS_TEST_EXPECT_MSG_EQ(out.Take(settings).size(), 2U, "an UPDATE for each path");
        NS_TEST_EXPECT_MSG_EQ(out.GetNAnnounced(), 2U, "both");
        out.Announce(FIRST, MakePath(1100));
        const std::vector<std::vector<uint8_t>> messages = out.Take(settings);
        NS_TEST_ASSERT_MSG_EQ(messages.size(), 1U, "one");
        const auto read = BgpUpdate::Decode(messages[0].data() + BgpHeader::SIZE,
                                            messages[0].size() - BgpHeader::SIZE,
                                            true,
                                            true);
        const auto* update = std::get_if<BgpUpdate>(&read);
        NS_TEST_ASSERT_MSG_NE(update, nullptr, "readable");
        NS_TEST_EXPECT_MSG_EQ((update->withdrawn == std::vector<BgpPrefix>{FIRST}),
                              true,
                              "what was told is not true any more");
        NS_TEST_EXPECT_MSG_EQ(update->announced.size(), 0U, "nothing");
        NS_TEST_EXPECT_MSG_EQ(out.GetNAnnounced(), 1U, "the other");
        out.Announce(FIRST, MakePath(1100));
        NS_TEST_EXPECT_MSG_EQ(out.Take(settings).size(), 0U, "nothing to be said");
    }

    /**
     * @brief Attributes with a path.
     * @param length how many ASes
     * @return the attributes
     */
    static std::shared_ptr<const BgpPathAttributes> MakePath(std::size_t length)
    {
        auto attributes = std::make_shared<BgpPathAttributes>();
        attributes->asPath.push_back(
            {BgpPathAttributes::Segment::Type::AS_SEQUENCE, std::vector<uint32_t>(length, 64500)});
        return attributes;
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. The console.
 */
class LinkKindTestCase : public TestCase
{
  public:
    LinkKindTestCase()
        : TestCase("internal and external links")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(3, {65001, 65001, 65002});
        Configure(network);
        std::ostringstream told;
        ConsoleTranscript transcript;
        transcript.AddStream(told);
        BgpConsole console(transcript);
        console.Watch(network.Connect(0, 1).first, "R1");
        console.Watch(network.Connect(0, 2).first, "R1");
        for (const double when : {0.001, 5.0}) // before the OPENs, and after
        {
            told.str("");
            network.RunUntil(Seconds(when));
            console.ShowNeighbors();
            for (const char* words :
                 {"10.0.0.2,  remote AS 65001, internal", "10.0.0.6,  remote AS 65002, external"})
            {
                NS_TEST_EXPECT_MSG_NE(told.str().find(words), std::string::npos, told.str());
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpNeighborTestSuite : public TestSuite
{
  public:
    BgpNeighborTestSuite()
        : TestSuite("keepalive-bgp-neighbor")
    {
        AddTestCase(new ShutTestCase);
        AddTestCase(new StoppedTestCase);
        AddTestCase(new HangTestCase(0));
        AddTestCase(new HangTestCase(30));
        AddTestCase(new ThirdConnectionTestCase);
        AddTestCase(new LingerTestCase(false));
        AddTestCase(new LingerTestCase(true));
        AddTestCase(new RouteSinkTestCase);
        AddTestCase(new RouteCrashTestCase);
        AddTestCase(new TooLongTestCase);
        AddTestCase(new LinkKindTestCase);
    }
};

BgpNeighborTestSuite g_bgpNeighborTestSuite; //!< registers the suite

} // namespace
