/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Routes between BGP speakers, and what a speaker does when its node hangs or crashes.
 *
 * Speaker i has AS 65001 + i; hold time 3 s and the profile frr-datacenter unless said; one-way
 * delay 5 ms.
 *
 * 1. Routes go both ways, with the AS in front and the sender as next hop; once, and not back to
 *    where they came from; AS numbers of four octets too. What is announced or withdrawn while the
 *    session is down is told when it comes up.
 * 2. Routes pass through speakers in a row, and go when they are withdrawn or a session dies.
 * 3. The shorter path is taken, by the table and by packets; when its session dies the longer one
 *    is, until it comes back.
 * 4. Inside an AS: LOCAL_PREF 100, the next hop as it was, and nothing from one internal neighbour
 *    to another.
 * 5. Changes wait for the advertisement interval, but for the first ones; the last one of a prefix
 *    counts, and what was never announced is not withdrawn.
 * 6. After a crash nothing is left, in neither table; after the boot everything is told anew, and
 *    what changed meanwhile is right.
 * 7. A speaker that hangs accepts connections when it comes back, and none that were made before a
 *    crash.
 * 8. A speaker that stops says so and is gone.
 * 9. A table of 100,000 prefixes arrives, whole and equal.
 * 10. After any history of announcements, withdrawals and cuts, all ends of all sessions agree, and
 *     the routes are those of the shortest paths.
 * 11. A node may crash, or be told to reset its session, within any trace sink, and comes back; and
 *     it does nothing while it is down.
 * 12. Attributes have bounds; the router ID is the highest address unless it is set.
 */

#include "bgp-test-network.h"

#include "ns3/bgp-table-generator.h"
#include "ns3/boolean.h"
#include "ns3/failure-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/packet.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

const BgpPrefix FIRST{0x14010000, 16};  //!< 20.1.0.0/16
const BgpPrefix SECOND{0x14020000, 16}; //!< 20.2.0.0/16
const BgpPrefix THIRD{0x14030000, 16};  //!< 20.3.0.0/16

/**
 * @ingroup keepalive-tests
 * @brief Set hold time and profile of the neighbours to come.
 * @param network the network
 * @param holdTime in seconds
 */
void
Configure(BgpTestNetwork& network, double holdTime = 3)
{
    network.SetTimers(holdTime, "frr-datacenter");
}

/**
 * @ingroup keepalive-tests
 * @brief A route in words.
 * @param attributes of it
 * @return such as "10.0.0.1: 65002 65001 pref 100"
 */
std::string
Describe(const BgpPathAttributes& attributes)
{
    std::ostringstream text;
    text << Ipv4Address(attributes.nextHop) << ":";
    for (const auto& segment : attributes.asPath)
    {
        for (const uint32_t as : segment.numbers)
        {
            text << " " << as;
        }
    }
    if (attributes.localPref)
    {
        text << " pref " << *attributes.localPref;
    }
    return text.str();
}

/**
 * @ingroup keepalive-tests
 * @brief The best route of a speaker.
 * @param network the network
 * @param speaker which
 * @param prefix to where
 * @return in words; "none" if there is none
 */
std::string
Best(const BgpTestNetwork& network, uint32_t speaker, const BgpPrefix& prefix)
{
    const BgpPath* best = network.speakers[speaker]->GetRib().GetBest(prefix);
    return best ? Describe(*best->attributes) : "none";
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Exchange.
 */
class ExchangeTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param first AS of the first
     * @param second AS of the second
     */
    ExchangeTestCase(uint32_t first, uint32_t second)
        : TestCase("exchange, AS " + std::to_string(first) + " and " + std::to_string(second)),
          m_first(first),
          m_second(second)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2, {m_first, m_second});
        Configure(network);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        const std::string fromFirst = "10.0.0.1: " + std::to_string(m_first);
        const std::string fromSecond = "10.0.0.2: " + std::to_string(m_second);
        network.speakers[0]->Announce(FIRST);
        network.speakers[1]->Announce(SECOND);
        network.RunUntil(Seconds(5));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, FIRST), "0.0.0.0:", "its own");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), fromFirst, "there");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, SECOND), fromSecond, "and back");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "rx UPDATE").size(), 1U, "once");
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "rx UPDATE").size(), 1U, "once");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetNRoutes(), 1U, "not its own");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetRoute(FIRST).value(),
                              link.addresses[0],
                              "in the routing table");
        NS_TEST_EXPECT_MSG_EQ(link.first->GetAdjRibOut().GetNAnnounced(), 1U, "remembered");

        // While up: one message each, at once. What is said twice is told once.
        network.speakers[0]->Announce(THIRD);
        network.speakers[0]->Announce(THIRD);
        network.RunUntil(Seconds(5.006));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), fromFirst, "announced");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(0)->GetNRoutes(), 1U, "not its own");
        network.speakers[0]->Withdraw(FIRST);
        network.speakers[0]->Withdraw(FIRST);
        network.RunUntil(Seconds(5.012));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "none", "withdrawn");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetRoute(FIRST).has_value(),
                              false,
                              "nor in the routing table");
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "rx UPDATE").size(), 3U, "one each");

        // While down.
        link.cut->Fail();
        network.RunUntil(Seconds(15));
        NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), false, "down");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "none", "gone with the session");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetNRoutes(), 0U, "gone");
        NS_TEST_EXPECT_MSG_EQ(link.first->GetAdjRibOut().GetNAnnounced(), 0U, "forgotten");
        network.speakers[0]->Announce(FIRST);
        network.speakers[0]->Withdraw(THIRD);
        link.cut->Repair();
        network.RunUntil(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), fromFirst, "announced while down");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "none", "withdrawn while down");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, SECOND), fromSecond, "as before");
    }

    uint32_t m_first;  //!< AS of the first
    uint32_t m_second; //!< AS of the second
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Speakers in a row.
 */
class TransitTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param count speakers
     */
    explicit TransitTestCase(uint32_t count)
        : TestCase("transit over " + std::to_string(count)),
          m_count(count)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(m_count);
        Configure(network);
        for (uint32_t i = 1; i < m_count; i++)
        {
            network.Connect(i - 1, i);
        }
        network.speakers[0]->Announce(FIRST);
        network.RunUntil(Seconds(5));
        ExpectEverywhere(network, true, "announced");
        network.speakers[0]->Withdraw(FIRST);
        network.RunUntil(Seconds(5.1));
        ExpectEverywhere(network, false, "withdrawn");
        network.speakers[0]->Announce(FIRST);
        network.RunUntil(Seconds(10));
        ExpectEverywhere(network, true, "announced again");
        // The first link dies: all behind it hear of it through withdrawals.
        network.links[0].cut->Fail();
        network.RunUntil(Seconds(14));
        ExpectEverywhere(network, false, "cut off");
        for (uint32_t i = 1; i < network.links.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(i, i, "down ").size(), 0U, "their sessions stay");
        }
        network.links[0].cut->Repair();
        network.RunUntil(Seconds(40));
        ExpectEverywhere(network, true, "back");
    }

    /**
     * @brief Expect all speakers but the first to know a route, or not.
     * @param network the network
     * @param known whether they are to know it
     * @param when for messages
     */
    void ExpectEverywhere(const BgpTestNetwork& network, bool known, const char* when)
    {
        std::string path;
        for (uint32_t i = 1; i < m_count; i++)
        {
            path = " " + std::to_string(65000 + i) + path;
            std::ostringstream expected;
            expected << network.links[i - 1].addresses[0] << ":" << path;
            NS_TEST_EXPECT_MSG_EQ(Best(network, i, FIRST),
                                  (known ? expected.str() : "none"),
                                  when << ", speaker " << i);
        }
    }

    uint32_t m_count; //!< speakers
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Takeover, with packets.
 */
class TakeoverTestCase : public TestCase
{
  public:
    TakeoverTestCase()
        : TestCase("takeover")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(3);
        Configure(network, 9);
        network.Connect(0, 1);
        network.Connect(0, 2);
        network.Connect(2, 1);
        Ptr<Ipv4> far = network.nodes.Get(0)->GetObject<Ipv4>();
        far->AddAddress(0, Ipv4InterfaceAddress("20.1.0.1", "255.255.255.255"));
        network.speakers[0]->Announce(FIRST);
        Ptr<Socket> sink =
            Socket::CreateSocket(network.nodes.Get(0), UdpSocketFactory::GetTypeId());
        sink->Bind(InetSocketAddress("20.1.0.1", 9));
        sink->SetRecvCallback(MakeCallback(&TakeoverTestCase::HandlePacket, this));
        network.nodes.Get(2)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "UnicastForward",
            MakeCallback(&TakeoverTestCase::HandleForward, this));
        m_source = Socket::CreateSocket(network.nodes.Get(1), UdpSocketFactory::GetTypeId());
        m_source->Connect(InetSocketAddress("20.1.0.1", 9));
        Simulator::Schedule(Seconds(10), &TakeoverTestCase::SendPacket, this);
        Simulator::Schedule(Seconds(100.05), &LinkCut::Fail, network.links[0].cut);
        Simulator::Schedule(Seconds(150.05), &LinkCut::Repair, network.links[0].cut);
        network.RunUntil(Seconds(99));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.1: 65001", "the direct way");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPaths(FIRST).size(), 2U, "of two");
        network.RunUntil(Seconds(149));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.9: 65003 65001", "the other way");
        network.RunUntil(Seconds(200));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.1: 65001", "the direct way again");
        m_source = nullptr;

        // Packets follow: each tenth of a second one is sent, at the same moments.
        const Time down = network.Find(1, 0, "down ").at(0);
        const Time up = network.Find(1, 0, "up ").at(1);
        NS_TEST_EXPECT_MSG_GT(down, Seconds(106), "a hold time");
        NS_TEST_EXPECT_MSG_LT(down, Seconds(109.1), "a hold time");
        for (const auto& [sent, received] : m_received)
        {
            const bool lost = sent > Seconds(100.05) && sent < down;
            NS_TEST_EXPECT_MSG_EQ((received == 0), lost, "sent at " << sent.As(Time::S));
            const bool detour = sent > down && sent < up;
            NS_TEST_EXPECT_MSG_EQ((m_forwarded.count(sent) > 0),
                                  detour,
                                  "by the way of another, sent at " << sent.As(Time::S));
        }
        NS_TEST_EXPECT_MSG_GT(m_received.size(), 1500U, "packets");
    }

    /// Send a packet that says when it was sent.
    void SendPacket()
    {
        if (!m_source)
        {
            return;
        }
        const int64_t now = Simulator::Now().GetNanoSeconds();
        m_received[Simulator::Now()] = 0;
        m_source->Send(Create<Packet>(reinterpret_cast<const uint8_t*>(&now), sizeof(now)));
        // The last ones have to arrive.
        if (Simulator::Now() < Seconds(199))
        {
            Simulator::Schedule(MilliSeconds(100), &TakeoverTestCase::SendPacket, this);
        }
    }

    /**
     * @brief When a packet was sent.
     * @param packet the packet
     * @return the time
     */
    static Time SentAt(Ptr<const Packet> packet)
    {
        int64_t sent = 0;
        Ptr<Packet> copy = packet->Copy();
        copy->RemoveAtStart(copy->GetSize() - sizeof(sent));
        copy->CopyData(reinterpret_cast<uint8_t*>(&sent), sizeof(sent));
        return NanoSeconds(sent);
    }

    /**
     * @brief A packet arrived.
     * @param socket where
     */
    void HandlePacket(Ptr<Socket> socket)
    {
        while (Ptr<Packet> packet = socket->Recv())
        {
            m_received[SentAt(packet)]++;
        }
    }

    /**
     * @brief The third node forwarded a packet.
     * @param header its header
     * @param packet the packet
     * @param interface where
     */
    void HandleForward(const Ipv4Header& /* header */,
                       Ptr<const Packet> packet,
                       uint32_t /* interface */)
    {
        m_forwarded.insert(SentAt(packet));
    }

    Ptr<Socket> m_source;                //!< where packets come from
    std::map<Time, uint32_t> m_received; //!< how often each arrived, by when it was sent
    std::set<Time> m_forwarded;          //!< which went through the third node
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Inside an AS.
 */
class InternalTestCase : public TestCase
{
  public:
    InternalTestCase()
        : TestCase("inside an AS")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(4, {65001, 65002, 65002, 65002});
        Configure(network);
        network.Connect(0, 1);
        network.Connect(1, 2);
        network.Connect(2, 3);
        network.speakers[0]->Announce(FIRST);
        network.speakers[2]->Announce(SECOND);
        network.speakers[3]->Announce(THIRD);
        network.RunUntil(Seconds(5));
        // Speakers, prefixes, routes.
        const std::vector<std::vector<std::string>> expected{
            {"0.0.0.0:", "10.0.0.2: 65002", "none"},
            {"10.0.0.1: 65001", "10.0.0.6: pref 100", "none"},
            {"10.0.0.1: 65001 pref 100", "0.0.0.0:", "10.0.0.10: pref 100"},
            {"none", "10.0.0.9: pref 100", "0.0.0.0:"}};
        for (uint32_t i = 0; i < 4; i++)
        {
            NS_TEST_EXPECT_MSG_EQ(Best(network, i, FIRST), expected[i][0], "speaker " << i);
            NS_TEST_EXPECT_MSG_EQ(Best(network, i, SECOND), expected[i][1], "speaker " << i);
            NS_TEST_EXPECT_MSG_EQ(Best(network, i, THIRD), expected[i][2], "speaker " << i);
        }
        // One that is no longer to be told is withdrawn: what was our own comes from inside now.
        network.speakers[2]->Announce(THIRD);
        network.RunUntil(Seconds(6));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "10.0.0.6: pref 100", "its own");
        network.speakers[2]->Withdraw(THIRD);
        network.RunUntil(Seconds(7));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 2, THIRD), "10.0.0.10: pref 100", "another's");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "none", "not passed on");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. The advertisement interval.
 */
class IntervalTestCase : public TestCase
{
  public:
    IntervalTestCase()
        : TestCase("advertisement interval")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        network.helper.SetNeighborAttribute("AdvertisementInterval", TimeValue(Seconds(5)));
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        BgpSpeaker& speaker = *network.speakers[0];
        speaker.Announce(FIRST);
        network.RunUntil(Seconds(1));
        const Time up = network.Find(0, 0, "up ").at(0);
        NS_TEST_EXPECT_MSG_LT(up, Seconds(0.1), "up early");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "tx UPDATE").at(0), up, "the first do not wait");
        network.RunUntil(Seconds(20));
        speaker.Announce(SECOND); // at once: the interval is over
        network.RunUntil(Seconds(21));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, SECOND), "10.0.0.1: 65001", "at once");
        // The last one counts.
        speaker.Withdraw(FIRST);
        network.RunUntil(Seconds(22));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.1: 65001", "not yet");
        speaker.Announce(FIRST);
        speaker.Announce(THIRD);
        speaker.Withdraw(SECOND);
        network.RunUntil(Seconds(24.999));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "tx UPDATE").size(), 2U, "not yet");
        network.RunUntil(Seconds(26));
        const std::vector<Time> sent = network.Find(0, 0, "tx UPDATE");
        NS_TEST_EXPECT_MSG_EQ(sent.size(), 4U, "one that withdraws, one that announces");
        NS_TEST_EXPECT_MSG_EQ(sent.back(), Seconds(25), "at the interval");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.1: 65001", "announced last");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, SECOND), "none", "withdrawn last");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "10.0.0.1: 65001", "announced");
        NS_TEST_EXPECT_MSG_EQ(link.first->GetAdjRibOut().GetNAnnounced(), 2U, "remembered");
        // What comes and goes in between is never told.
        speaker.Announce(SECOND);
        speaker.Withdraw(SECOND);
        network.RunUntil(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "tx UPDATE").size(), 4U, "nothing");
        NS_TEST_EXPECT_MSG_EQ(link.first->GetAdjRibOut().HasChanges(), false, "nothing waits");
        // Nothing waits for a session that is over, and a new one begins at once.
        speaker.Announce(SECOND);
        speaker.Withdraw(THIRD);
        Simulator::Schedule(Seconds(0.5), &BgpNeighbor::Reset, link.first, BgpError::ADMIN_RESET);
        network.RunUntil(Seconds(60));
        NS_TEST_ASSERT_MSG_EQ(network.Find(0, 0, "up ").size(), 2U, "up again");
        const Time again = network.Find(0, 0, "up ").at(1);
        const std::vector<Time> all = network.Find(0, 0, "tx UPDATE");
        NS_TEST_EXPECT_MSG_EQ(all.back(), again, "at once");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, SECOND), "10.0.0.1: 65001", "announced");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "none", "withdrawn");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Crash and boot.
 */
class CrashTestCase : public TestCase
{
  public:
    CrashTestCase()
        : TestCase("crash and boot")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(3);
        Configure(network);
        network.Connect(0, 1);
        network.Connect(1, 2);
        network.speakers[0]->Announce(FIRST);
        network.speakers[1]->Announce(SECOND);
        network.RunUntil(Seconds(5));
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetNRoutes(), 1U, "before");
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        crash->Fail();
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPathCount(), 0U, "forgotten");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetNRoutes(), 0U, "forgotten");
        network.speakers[1]->Announce(THIRD);
        network.speakers[1]->Withdraw(SECOND);
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPathCount(), 0U, "no power");
        network.RunUntil(Seconds(15));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 2, FIRST), "none", "noticed");
        crash->Repair();
        network.RunUntil(Seconds(40));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 2, FIRST), "10.0.0.5: 65002 65001", "again");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, SECOND), "none", "withdrawn meanwhile");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, THIRD), "10.0.0.2: 65002", "announced meanwhile");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, THIRD), "0.0.0.0:", "its own");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Connections to a speaker that hangs.
 */
class StallTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param crash the node crashes before it comes back
     * @param active it has been trying to connect, too
     */
    StallTestCase(bool crash, bool active)
        : TestCase(std::string("accepts late") + (crash ? ", crash" : "") +
                   (active ? ", active" : "")),
          m_crash(crash),
          m_active(active)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(!m_active));
        link.cut->Fail(); // or the first would refuse its connection
        Simulator::Schedule(Seconds(1.9), &LinkCut::Repair, link.cut);
        network.speakers[0]->SetStartTime(Seconds(2));
        Ptr<ControlPlaneStall> stall = FailureHelper::Stall(network.nodes.Get(1), "R2");
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        Simulator::Schedule(Seconds(1), &FailureTarget::Fail, stall);
        if (m_crash)
        {
            Simulator::Schedule(Seconds(3), &FailureTarget::Fail, crash);
            Simulator::Schedule(Seconds(3.2), &FailureTarget::Repair, crash);
        }
        Simulator::Schedule(Seconds(4), &FailureTarget::Repair, stall);
        network.RunUntil(Seconds(2.5));
        NS_TEST_EXPECT_MSG_EQ(ToString(link.first->GetSession()->GetState()),
                              std::string("OpenSent"),
                              "its TCP accepts");
        network.RunUntil(Seconds(m_crash ? 3 : 4) - NanoSeconds(1));
        for (const auto& record : network.records)
        {
            NS_TEST_EXPECT_MSG_EQ((record.speaker == 1 && record.when > Seconds(1)),
                                  false,
                                  record.what << " by who hangs");
        }
        if (m_crash)
        {
            network.RunUntil(Seconds(3.1));
            NS_TEST_EXPECT_MSG_EQ(network.CountSockets(1), 0U, "nothing is left of them");
        }
        network.RunUntil(Seconds(5));
        if (!m_crash)
        {
            NS_TEST_ASSERT_MSG_EQ(network.Find(1, 0, "up ").size(), 1U, "up");
            NS_TEST_EXPECT_MSG_GT(network.Find(1, 0, "up ").at(0), Seconds(4), "when");
            NS_TEST_EXPECT_MSG_LT(network.Find(1, 0, "up ").at(0), Seconds(4.1), "when");
        }
        network.RunUntil(Seconds(60));
        NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), true, "in the end");
    }

    bool m_crash;  //!< the node crashes before it comes back
    bool m_active; //!< it has been trying to connect, too
};

/**
 * @ingroup keepalive-tests
 * @brief 8. A speaker that stops.
 */
class StopTestCase : public TestCase
{
  public:
    StopTestCase()
        : TestCase("stop")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 90);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        network.speakers[1]->Announce(FIRST);
        network.speakers[1]->SetStopTime(Seconds(10));
        network.RunUntil(Seconds(9));
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, FIRST), "10.0.0.2: 65002", "before");
        network.RunUntil(Seconds(300));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "heard "),
                              "heard Cease/Peer De-configured",
                              "");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 1U, "never again");
        NS_TEST_EXPECT_MSG_EQ(Best(network, 0, FIRST), "none", "gone");
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), false, "gone");
        network.speakers[1]->Announce(SECOND);
        NS_TEST_EXPECT_MSG_EQ(Best(network, 1, SECOND), "none", "it does not run");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. A large table.
 */
class LargeTableTestCase : public TestCase
{
  public:
    LargeTableTestCase()
        : TestCase("100,000 prefixes")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9);
        network.Connect(0, 1);
        BgpTableGenerator generator(1);
        generator.Exclude(BgpTestNetwork::Prefix("10.0.0.0", 8));
        generator.ExcludeAs(65001);
        generator.ExcludeAs(65002);
        const auto table = generator.Generate(100000);
        for (const auto& entry : table)
        {
            network.speakers[0]->Announce(entry.prefix, entry.attributes);
        }
        network.RunUntil(Seconds(30));
        const BgpRib& rib = network.speakers[1]->GetRib();
        NS_TEST_EXPECT_MSG_EQ(rib.GetPrefixCount(), table.size(), "all of it");
        NS_TEST_EXPECT_MSG_EQ(network.GetRouting(1)->GetNRoutes(), table.size(), "all");
        std::size_t different = 0;
        for (const auto& entry : table)
        {
            const BgpPath* best = rib.GetBest(entry.prefix);
            BgpPathAttributes expected = *entry.attributes;
            expected.Prepend(65001);
            expected.nextHop = 0x0a000001;
            different += !best || !(*best->attributes == expected);
        }
        NS_TEST_EXPECT_MSG_EQ(different, 0U, "equal");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "down ").size(), 0U, "KEEPALIVEs come through");
        // Prefixes with the same attributes share UPDATEs.
        NS_TEST_EXPECT_MSG_LT(network.Find(1, 0, "rx UPDATE").size(), table.size() / 3, "shared");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Any history.
 */
class HistoryTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param histories how many
     */
    explicit HistoryTestCase(uint32_t histories)
        : TestCase(std::to_string(histories) + " histories"),
          m_histories(histories)
    {
    }

  private:
    static constexpr uint32_t SPEAKERS = 4; //!< in a ring, with one chord
    static constexpr uint32_t PREFIXES = 6; //!< that come and go

    void DoRun() override
    {
        Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
        random->SetStream(77);
        for (uint32_t i = 0; i < m_histories && !IsStatusFailure(); i++)
        {
            RunHistory(*random, i);
        }
        NS_TEST_EXPECT_MSG_GT(m_downs, m_histories, "sessions do die");
    }

    /**
     * @brief One history.
     * @param random what happens
     * @param number for messages
     */
    void RunHistory(UniformRandomVariable& random, uint32_t number)
    {
        BgpTestNetwork network(SPEAKERS);
        Configure(network);
        const bool batched = random.GetInteger(0, 1) == 1;
        network.helper.SetNeighborAttribute("AdvertisementInterval",
                                            TimeValue(Seconds(batched ? 2 : 0)));
        for (const auto& [a, b] :
             std::vector<std::pair<uint32_t, uint32_t>>{{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 2}})
        {
            network.Connect(a, b);
        }
        std::vector<std::set<uint32_t>> announcers(PREFIXES);
        for (double now = 0.1; now < 30; now += random.GetValue(0.001, 1))
        {
            network.RunUntil(Seconds(now));
            const uint32_t speaker = random.GetInteger(0, SPEAKERS - 1);
            const uint32_t prefix = random.GetInteger(0, PREFIXES - 1);
            BgpTestNetwork::Link& link =
                network.links[random.GetInteger(0, network.links.size() - 1)];
            switch (random.GetInteger(0, 5))
            {
            case 0:
            case 1:
                network.speakers[speaker]->Announce(PrefixOf(prefix));
                announcers[prefix].insert(speaker);
                break;
            case 2:
            case 3:
                network.speakers[speaker]->Withdraw(PrefixOf(prefix));
                announcers[prefix].erase(speaker);
                break;
            case 4:
                Mend(link);
                (random.GetInteger(0, 1) == 0 ? link.cut : link.cutToFirst)->Fail();
                break;
            default:
                Mend(link);
                break;
            }
        }
        for (const auto& link : network.links)
        {
            Mend(link);
        }
        network.RunUntil(Seconds(60));
        for (uint32_t i = 0; i < network.links.size(); i++)
        {
            const BgpTestNetwork::Link& link = network.links[i];
            m_downs += network.FindLast(1, i, "down ").empty() ? 0 : 1;
            NS_TEST_ASSERT_MSG_EQ((link.first->IsEstablished() && link.second->IsEstablished()),
                                  true,
                                  "history " << number << ", link " << i << " up");
        }
        for (uint32_t prefix = 0; prefix < PREFIXES; prefix++)
        {
            ExpectShortest(network, prefix, announcers[prefix], number);
        }
        ExpectAgreement(network, number);
    }

    /**
     * @brief Repair a link, if it is cut.
     * @param link the link
     */
    static void Mend(const BgpTestNetwork::Link& link)
    {
        link.cut->Repair();
        link.cutToFirst->Repair();
    }

    /**
     * @brief A prefix.
     * @param number its number
     * @return the prefix
     */
    static BgpPrefix PrefixOf(uint32_t number)
    {
        return BgpPrefix{0x14000000 + 65536 * number, 16};
    }

    /**
     * @brief Links on the shortest way: only 1 and 3 are not linked.
     * @param a one speaker
     * @param b another
     * @return how many
     */
    static uint32_t Distance(uint32_t a, uint32_t b)
    {
        return a == b ? 0 : a + b == 4 && a != 2 ? 2 : 1;
    }

    /**
     * @brief Expect all speakers to have the shortest path.
     * @param network the network
     * @param prefix number of the prefix
     * @param announcers who announces it
     * @param number for messages
     */
    void ExpectShortest(const BgpTestNetwork& network,
                        uint32_t prefix,
                        const std::set<uint32_t>& announcers,
                        uint32_t number)
    {
        for (uint32_t speaker = 0; speaker < SPEAKERS; speaker++)
        {
            const BgpPath* best = network.speakers[speaker]->GetRib().GetBest(PrefixOf(prefix));
            const auto route = network.GetRouting(speaker)->GetRoute(PrefixOf(prefix));
            NS_TEST_EXPECT_MSG_EQ((best != nullptr),
                                  !announcers.empty(),
                                  "history " << number << ", speaker " << speaker << ", known");
            if (!best)
            {
                NS_TEST_EXPECT_MSG_EQ(route.has_value(), false, "history " << number);
                continue;
            }
            uint32_t shortest = SPEAKERS;
            for (const uint32_t announcer : announcers)
            {
                shortest = std::min(shortest, Distance(speaker, announcer));
            }
            NS_TEST_EXPECT_MSG_EQ(best->attributes->GetPathLength(),
                                  shortest,
                                  "history " << number << ", speaker " << speaker << ", length");
            NS_TEST_EXPECT_MSG_EQ(route.value_or(Ipv4Address::GetAny()),
                                  Ipv4Address(best->attributes->nextHop),
                                  "history " << number << ", speaker " << speaker << ", route");
        }
    }

    /**
     * @brief Expect that each end has what the other end thinks that it has.
     * @param network the network
     * @param number for messages
     */
    void ExpectAgreement(const BgpTestNetwork& network, uint32_t number)
    {
        for (uint32_t i = 0; i < SPEAKERS; i++)
        {
            for (const auto& neighbor : network.speakers[i]->GetNeighbors())
            {
                // Ourselves, as the neighbour is configured with us.
                const uint32_t other = neighbor->GetRemoteAs() - 65001;
                const auto& reverse = network.speakers[other]->GetNeighbors();
                const auto back = std::find_if(reverse.begin(),
                                               reverse.end(),
                                               [i](const Ptr<BgpNeighbor>& candidate) {
                                                   return candidate->GetRemoteAs() == 65001 + i;
                                               });
                const BgpRib& theirs = network.speakers[other]->GetRib();
                std::size_t told = 0;
                network.speakers[i]->GetRib().ForEachBest([&](const BgpPrefix& prefix,
                                                              const BgpPath& best) {
                    if (best.peer == neighbor->GetNumber())
                    {
                        return;
                    }
                    told++;
                    const bool loop = best.attributes->PassedThrough(65001 + other);
                    const BgpPath* heard = theirs.GetPath(prefix, (*back)->GetNumber());
                    NS_TEST_EXPECT_MSG_EQ((heard == nullptr), loop, "history " << number);
                    if (heard && !loop)
                    {
                        const BgpPathAttributes expected =
                            best.attributes->ForExternalPeer(65001 + i, heard->attributes->nextHop);
                        NS_TEST_EXPECT_MSG_EQ((*heard->attributes == expected),
                                              true,
                                              "history " << number);
                    }
                });
                NS_TEST_EXPECT_MSG_EQ(neighbor->GetAdjRibOut().GetNAnnounced(),
                                      told,
                                      "history " << number << ", speaker " << i);
                NS_TEST_EXPECT_MSG_LT_OR_EQ(theirs.GetPathCount((*back)->GetNumber()),
                                            told,
                                            "history " << number << ", speaker " << i);
            }
        }
    }

    uint32_t m_histories; //!< how many
    uint32_t m_downs{0};  //!< sessions that died
};

/**
 * @ingroup keepalive-tests
 * @brief 11. A crash at any moment.
 */
class AnyMomentTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param reset the operator resets the session; else the node crashes
     */
    explicit AnyMomentTestCase(bool reset)
        : TestCase(std::string(reset ? "a reset" : "a crash") + " within any trace sink"),
          m_reset(reset)
    {
    }

  private:
    static constexpr uint32_t MOMENTS = 60; //!< trace sinks called, the first of each run
    const Time DEAD{Seconds(5)};            //!< longer than the idle hold time

    void DoRun() override
    {
        for (m_fatal = 1; m_fatal <= MOMENTS; m_fatal++)
        {
            BgpTestNetwork network(2);
            Configure(network);
            BgpTestNetwork::Link& link = network.Connect(0, 1);
            network.speakers[0]->Announce(FIRST);
            network.speakers[1]->Announce(SECOND);
            m_calls = 0;
            m_crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
            m_neighbor = link.second;
            const auto connect = [&](const std::string& source, const CallbackBase& sink) {
                link.second->TraceConnectWithoutContext(source, sink);
            };
            connect("State", MakeCallback(&AnyMomentTestCase::HandleState, this));
            connect("LineProtocol", MakeCallback(&AnyMomentTestCase::HandleLine, this));
            connect("MessageTx", MakeCallback(&AnyMomentTestCase::HandleMessage, this));
            connect("MessageRx", MakeCallback(&AnyMomentTestCase::HandleMessage, this));
            connect("NotificationTx", MakeCallback(&AnyMomentTestCase::HandleError, this));
            connect("NotificationRx", MakeCallback(&AnyMomentTestCase::HandleError, this));
            Simulator::Schedule(Seconds(10), &LinkCut::Fail, link.cut);
            Simulator::Schedule(Seconds(15), &LinkCut::Repair, link.cut);
            network.RunUntil(Seconds(40));
            NS_TEST_EXPECT_MSG_GT(m_calls, m_fatal, "it came so far, " << m_fatal);
            NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "up, " << m_fatal);
            NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), true, "up, " << m_fatal);
            NS_TEST_EXPECT_MSG_EQ(Best(network, 0, SECOND), "10.0.0.2: 65002", m_fatal);
            NS_TEST_EXPECT_MSG_EQ(Best(network, 1, FIRST), "10.0.0.1: 65001", m_fatal);
            for (const auto& record : network.records)
            {
                const bool dead =
                    !m_reset && record.when > m_crashed && record.when < m_crashed + DEAD;
                NS_TEST_EXPECT_MSG_EQ((record.speaker == 1 && dead),
                                      false,
                                      record.what << " by the dead, " << m_fatal);
            }
            m_crash = nullptr;
            m_neighbor = nullptr;
        }
    }

    /// A sink is called: crash if this is the moment.
    void Count()
    {
        m_calls++;
        if (m_calls == m_fatal && m_reset)
        {
            m_neighbor->Reset(BgpError::ADMIN_RESET);
        }
        else if (m_calls == m_fatal)
        {
            m_crashed = Simulator::Now();
            m_crash->Fail();
            Simulator::Schedule(DEAD, &FailureTarget::Repair, m_crash);
        }
    }

    // trace sinks
    void HandleState(BgpState, BgpState)
    {
        Count();
    }

    void HandleLine(const DetectionEvent&)
    {
        Count();
    }

    void HandleMessage(BgpMessageType, uint32_t)
    {
        Count();
    }

    void HandleError(const BgpError&)
    {
        Count();
    }

    bool m_reset;                //!< a reset, rather than a crash
    Ptr<NodeCrash> m_crash;      //!< what happens
    Ptr<BgpNeighbor> m_neighbor; //!< to whom
    Time m_crashed;              //!< when
    uint32_t m_fatal{0};         //!< at which call
    uint32_t m_calls{0};         //!< so far
};

/**
 * @ingroup keepalive-tests
 * @brief 12. Attributes.
 */
class AttributeTestCase : public TestCase
{
  public:
    AttributeTestCase()
        : TestCase("attributes")
    {
    }

  private:
    void DoRun() override
    {
        /// An attribute and values of it.
        struct Row
        {
            const char* name;              //!< of the attribute
            std::vector<const char*> good; //!< values that are accepted
            std::vector<const char*> bad;  //!< values that are refused
        };

        const std::vector<Row> ofSpeaker{{"As", {"1", "4294967295"}, {"0", "4294967296", "-1"}},
                                         {"Port", {"1", "65535"}, {"0", "65536"}},
                                         {"Tos", {"0", "255"}, {"256"}},
                                         {"LingerTime", {"0s", "1000s"}, {"-1s"}},
                                         {"RouterId", {"0.0.0.0", "1.2.3.4"}, {}}};
        const std::vector<Row> ofNeighbor{
            {"RemotePort", {"1", "65535"}, {"0", "65536"}},
            {"RemoteAs", {"0", "4294967295"}, {"4294967296"}},
            {"LocalPort", {"0", "65535"}, {"65536"}},
            {"HoldTime",
             {"-1s", "0s", "3s", "65535s"},
             {"-2s", "65536s", "0.5s", "-0.5s", "3.5s", "2999ms"}},
            {"KeepaliveTime", {"-1s", "0s", "65535s"}, {"-2s", "65536s"}},
            {"AdvertisementInterval", {"0s", "30s"}, {"-1s"}},
            {"Ttl", {"1", "255"}, {"0", "256"}},
            {"Passive", {"true", "false"}, {"7"}}};
        Check(CreateObject<BgpSpeaker>(), ofSpeaker);
        Check(CreateObject<BgpNeighbor>(), ofNeighbor);

        BgpTestNetwork network(1);
        network.AddSpeakers(1);
        network.Connect(0, 1);
        network.speakers[0]->SetAttribute("RouterId", Ipv4AddressValue(Ipv4Address::GetAny()));
        NS_TEST_EXPECT_MSG_EQ(network.speakers[0]->GetRouterId(),
                              network.links[0].addresses[0],
                              "the highest address, not that of the loopback");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRouterId(), Ipv4Address("1.1.1.2"), "as set");
    }

    /**
     * @brief Try values.
     * @param object whose
     * @param rows the attributes
     */
    template <typename Rows>
    void Check(Ptr<Object> object, const Rows& rows)
    {
        for (const auto& row : rows)
        {
            for (const char* value : row.good)
            {
                NS_TEST_EXPECT_MSG_EQ(object->SetAttributeFailSafe(row.name, StringValue(value)),
                                      true,
                                      row.name << " " << value);
            }
            for (const char* value : row.bad)
            {
                NS_TEST_EXPECT_MSG_EQ(object->SetAttributeFailSafe(row.name, StringValue(value)),
                                      false,
                                      row.name << " " << value);
            }
        }
        object->Dispose();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpSpeakerTestSuite : public TestSuite
{
  public:
    BgpSpeakerTestSuite()
        : TestSuite("keepalive-bgp-speaker")
    {
        AddTestCase(new ExchangeTestCase(65001, 65002));
        AddTestCase(new ExchangeTestCase(4200000001, 70000));
        AddTestCase(new TransitTestCase(3));
        AddTestCase(new TransitTestCase(4));
        AddTestCase(new TakeoverTestCase);
        AddTestCase(new InternalTestCase);
        AddTestCase(new IntervalTestCase);
        AddTestCase(new CrashTestCase);
        for (const bool active : {false, true})
        {
            AddTestCase(new StallTestCase(false, active));
            AddTestCase(new StallTestCase(true, active));
        }
        AddTestCase(new StopTestCase);
        AddTestCase(new LargeTableTestCase);
        AddTestCase(new HistoryTestCase(100));
        AddTestCase(new AnyMomentTestCase(false));
        AddTestCase(new AnyMomentTestCase(true));
        AddTestCase(new AttributeTestCase);
    }
};

BgpSpeakerTestSuite g_bgpSpeakerTestSuite; //!< registers the suite

} // namespace
