/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief User traffic through a GRE tunnel, and what a tunnel refuses.
 *
 * 1. IPv4 in IPv4: addresses, protocol, TTL, TOS and identification of the outer header; the
 *    payload arrives unchanged and its TTL is not touched by the tunnel.
 * 2. A TOS set on the tunnel replaces the payload's; a TTL set on it is used.
 * 3. Key, checksum and sequence numbers 0, 1, 2 appear as configured, and data passes.
 * 4. A payload larger than the tunnel's MTU is fragmented before it is encapsulated; with Don't
 *    Fragment a packet that does not fit the first hop is dropped as too-big.
 * 5. What belongs to no tunnel, or is malformed at any layer, becomes a drop with the right reason.
 *    Inner headers with options, fragments and impossible sources are neither reflected, nor
 * counted as keepalives, nor fatal.
 * 6. Numbered packets that come late or twice are dropped, across the wrap as well; after a reboot
 *    of the sender its low numbers are old.
 * 7. While the line protocol is down nothing but keepalives passes, in and out.
 * 8. While shut, nothing passes at all.
 * 9. Every packet is in exactly one counter.
 * 10. Two tunnels between the same addresses are told apart by their keys; adding the same one
 *     twice, or one to itself, is refused.
 * 11. A route to the other end through the tunnel itself is noticed, not followed.
 */

#include "gre-test-network.h"

#include "ns3/boolean.h"
#include "ns3/gre-header.h"
#include "ns3/gre-protocol.h"
#include "ns3/integer.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

constexpr uint32_t UDP_IP = 28; //!< bytes of UDP and IP headers

/**
 * @ingroup keepalive-tests
 * @brief Take the outer headers off a frame.
 * @param frame the frame
 * @param ip filled in
 * @param gre filled in
 * @return what is inside
 */
Ptr<Packet>
Decapsulate(const GreTestNetwork::Frame& frame, Ipv4Header& ip, GreHeader& gre)
{
    Ptr<Packet> packet = frame.packet->Copy();
    packet->RemoveHeader(ip);
    packet->RemoveHeader(gre);
    return packet;
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2. The outer header.
 */
class GreOuterHeaderTest : public TestCase
{
  public:
    GreOuterHeaderTest()
        : TestCase("the outer header is built as configured and the payload is left alone")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network({});
        Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 100, 0x28);
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 1, "one packet on the wire");
        NS_TEST_ASSERT_MSG_EQ(network.delivered.size(), 1, "and delivered");
        NS_TEST_EXPECT_MSG_EQ(network.delivered[0]->GetSize(), 100, "whole");

        Ipv4Header outer;
        GreHeader gre;
        Ptr<Packet> payload = Decapsulate(network.frames[0], outer, gre);
        NS_TEST_EXPECT_MSG_EQ(outer.GetSource(), Ipv4Address("128.8.8.8"), "source");
        NS_TEST_EXPECT_MSG_EQ(outer.GetDestination(), Ipv4Address("129.9.9.9"), "destination");
        NS_TEST_EXPECT_MSG_EQ(+outer.GetProtocol(), 47, "GRE");
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTtl(), 255, "TTL");
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTos(), 0x28, "TOS copied from the payload");
        NS_TEST_EXPECT_MSG_EQ(outer.GetIdentification(), 1, "first packet of this node");
        NS_TEST_EXPECT_MSG_EQ(outer.IsDontFragment(), false, "may be fragmented");
        NS_TEST_EXPECT_MSG_EQ(gre.GetProtocol(), 0x0800, "IPv4 inside");
        Ipv4Header inner;
        payload->RemoveHeader(inner);
        NS_TEST_EXPECT_MSG_EQ(inner.GetDestination(), Ipv4Address("1.1.1.2"), "payload");
        NS_TEST_EXPECT_MSG_EQ(+inner.GetTtl(), 64, "its TTL is not the tunnel's business");
        NS_TEST_EXPECT_MSG_EQ(network.a->GetCounters().txBytes, 100 + UDP_IP + 24, "bytes out");
        NS_TEST_EXPECT_MSG_EQ(network.b->GetCounters().rxBytes, 100 + UDP_IP + 24, "bytes in");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. TOS and TTL of the tunnel.
 */
class GreTosTtlTest : public TestCase
{
  public:
    GreTosTtlTest()
        : TestCase("TOS and TTL set on the tunnel are used")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network({});
        network.a->SetAttribute("Tos", IntegerValue(0x0f));
        network.a->SetAttribute("Ttl", UintegerValue(128));
        Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 10, 0x28);
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 1, "one packet on the wire");
        Ipv4Header outer;
        GreHeader gre;
        Decapsulate(network.frames[0], outer, gre);
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTos(), 0x0f, "TOS");
        NS_TEST_EXPECT_MSG_EQ(+outer.GetTtl(), 128, "TTL");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. GRE options.
 */
class GreOptionsTest : public TestCase
{
  public:
    GreOptionsTest()
        : TestCase("key, checksum and sequence numbers appear on the wire and data passes")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options;
        options.key = 0;
        options.checksum = true;
        options.sequenceNumbers = true;
        GreTestNetwork network(options);
        for (int i = 1; i <= 3; i++)
        {
            Simulator::Schedule(Seconds(i), &GreTestNetwork::SendData, &network, 100 + i, 0);
        }
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.frames.size(), 3, "three packets on the wire");
        NS_TEST_EXPECT_MSG_EQ(network.delivered.size(), 3, "and delivered");
        for (uint32_t i = 0; i < 3; i++)
        {
            Ipv4Header outer;
            GreHeader gre;
            Decapsulate(network.frames[i], outer, gre);
            NS_TEST_EXPECT_MSG_EQ(gre.GetError().has_value(), false, "checksum is right");
            NS_TEST_EXPECT_MSG_EQ(gre.HasChecksum(), true, "checksum");
            NS_TEST_EXPECT_MSG_EQ((gre.GetKey() == std::optional<uint32_t>(0)), true, "key 0");
            NS_TEST_EXPECT_MSG_EQ((gre.GetSequenceNumber() == i), true, "sequence number " << i);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. What is too large.
 */
class GreMtuTest : public TestCase
{
  public:
    GreMtuTest()
        : TestCase("large payloads are fragmented before encapsulation, or dropped with DF")
    {
    }

  private:
    void DoRun() override
    {
        {
            GreTestNetwork network({});
            NS_TEST_EXPECT_MSG_EQ(network.a->GetMtu(), 1476, "room for IP and GRE in 1500");
            Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 1448, 0);
            Simulator::Schedule(Seconds(2), &GreTestNetwork::SendData, &network, 1449, 0);
            Simulator::Stop(Seconds(3));
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(network.frames.size(), 3, "1476 bytes pass whole, 1477 in two");
            NS_TEST_EXPECT_MSG_EQ(network.delivered.size(), 2, "both arrive");
        }
        {
            GreTestNetwork network({});
            network.a->SetAttribute("DontFragment", BooleanValue(true));
            network.a->SetMtu(1500);
            Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 1448, 0);
            Simulator::Schedule(Seconds(2), &GreTestNetwork::SendData, &network, 1449, 0);
            Simulator::Stop(Seconds(3));
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(network.delivered.size(), 1, "the smaller one");
            NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 1, "the larger one");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops[0])), "too-big", "reason");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Refused packets.
 */
class GreRefusedTest : public TestCase
{
  public:
    GreRefusedTest()
        : TestCase("what is malformed or belongs to no tunnel is dropped with its reason")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* what;
            std::string behindIp;
            const char* reason;
        };

        // From A to B; what varies is what follows the outer IP header.
        const Case cases[] = {
            {"no GRE header", "0000", "truncated"},
            {"PPTP", "2001880b0004000100000000", "bad-version"},
            {"source routing", "4000080000000000", "reserved-bits"},
            {"wrong checksum", "80000800 0001 0000", "bad-checksum"},
            {"a key on a tunnel without", "2000080000000001", "no-tunnel"},
            {"unknown protocol", "00006558 0011223344556677", "unsupported-protocol"},
            {"keepalive where none are sent", "00000000", "unsupported-protocol"},
            {"no inner IP header", "00000800 4500", "truncated"},
            {"inner IP version 6", "00000800 60000000" + std::string(32, '0'), "bad-inner-header"},
            {"inner header length 4",
             "00000800 44000014" + std::string(32, '0'),
             "bad-inner-header"},
            {"inner total length 19",
             "00000800 45000013" + std::string(32, '0'),
             "bad-inner-header"},
            {"inner total length 21 of 20",
             "00000800 45000015" + std::string(32, '0'),
             "truncated"},
            {"inner options beyond the end",
             "00000800 4f00003c" + std::string(32, '0'),
             "truncated"},
        };
        for (const auto& test : cases)
        {
            GreTestNetwork network({});
            std::string packet = test.behindIp;
            std::string digits;
            for (const char c : packet)
            {
                digits += c == ' ' ? "" : std::string(1, c);
            }
            Ptr<Packet> whole = FromHex(digits);
            AddOuterHeader(whole, true);
            Simulator::Schedule(Seconds(1), &GreTestNetwork::Inject, &network, 1, ToHex(whole));
            Simulator::Stop(Seconds(2));
            Simulator::Run();
            NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 1, test.what << ": one drop");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops[0])), test.reason, test.what);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. What looks like a keepalive and is none.
 */
class GreFalseKeepaliveTest : public TestCase
{
  public:
    GreFalseKeepaliveTest()
        : TestCase("options, fragments and impossible sources make no keepalive, and no crash")
    {
    }

  private:
    void DoRun() override
    {
        struct Case
        {
            const char* what;
            const char* inner;  // from B to A, as a keepalive of A travels to B
            uint64_t reflected; // how many of them B sends back
        };

        const Case cases[] = {
            {"a keepalive", "45c0001800010000ff2f00008109090980080808 00000000", 1},
            {"with padding behind it", "45c0001800010000ff2f00008109090980080808 00000000 ffff", 1},
            {"with IP options", "46c0001c00010000ff2f00008109090980080808 01010101 00000000", 0},
            {"a first fragment", "45c0001800012000ff2f00008109090980080808 00000000", 0},
            {"a later fragment", "45c0001800010001ff2f00008109090980080808 00000000", 0},
            {"with data inside", "45c0001800010000ff2f00008109090980080808 00000800", 0},
            {"from a group", "45c0001800010000ff2f0000e000000180080808 00000000", 0},
            {"from everybody", "45c0001800010000ff2f0000ffffffff80080808 00000000", 0},
            {"from nobody", "45c0001800010000ff2f00000000000080080808 00000000", 0},
        };
        for (const auto& test : cases)
        {
            for (const bool strict : {false, true})
            {
                GreTestNetwork network({});
                network.b->SetAttribute("StrictReversePath", BooleanValue(strict));
                Ptr<Packet> packet = FromHex(std::string("00000800") + test.inner);
                AddOuterHeader(packet, true);
                Simulator::Schedule(Seconds(1),
                                    &GreTestNetwork::Inject,
                                    &network,
                                    1,
                                    ToHex(packet));
                Simulator::Stop(Seconds(2));
                Simulator::Run();
                NS_TEST_EXPECT_MSG_EQ(network.b->GetCounters().reflected,
                                      (strict ? 0 : test.reflected),
                                      test.what);
                // What B takes for user traffic ns-3 itself may forward, options and all.
                if (network.b->GetCounters().reflected > 0)
                {
                    NS_TEST_EXPECT_MSG_EQ(ToHex(network.frames[0].packet).substr(40),
                                          "00000000",
                                          test.what);
                }
            }
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Sequence numbers.
 */
class GreSequenceTest : public TestCase
{
  public:
    GreSequenceTest()
        : TestCase("late and repeated numbers are dropped, modulo 2^32")
    {
    }

  private:
    /**
     * @brief Let B receive a numbered packet.
     * @param network the network
     * @param number its number
     */
    static void Arrive(GreTestNetwork* network, uint32_t number)
    {
        Ipv4Header inner; // an address of nobody, so that the packet ends here
        inner.SetSource("1.1.1.1");
        inner.SetDestination("1.1.1.2");
        inner.SetProtocol(253);
        inner.SetTtl(1);
        GreHeader gre;
        gre.SetSequenceNumber(number);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(inner);
        packet->AddHeader(gre);
        AddOuterHeader(packet, true);
        network->Inject(1, ToHex(packet));
    }

    void DoRun() override
    {
        GreTestNetwork::Options options;
        options.sequenceNumbers = true;
        GreTestNetwork network(options);
        const std::pair<uint32_t, bool> arrivals[] = {{0xfffffffd, true},
                                                      {0xfffffffd, false},
                                                      {0xfffffffc, false},
                                                      {0xffffffff, true},
                                                      {0xfffffffe, false},
                                                      {0, true},
                                                      {0xffffffff, false},
                                                      {5, true},
                                                      {4, false},
                                                      {0x80000004, true},
                                                      {5, false}};
        int second = 1;
        for (const auto& [number, accepted] : arrivals)
        {
            Simulator::Schedule(Seconds(second++), &GreSequenceTest::Arrive, &network, number);
        }
        uint32_t dropped = 0;
        uint64_t taken = 0;
        second = 1;
        for (const auto& [number, accepted] : arrivals)
        {
            Simulator::Stop(Seconds(second++) + MilliSeconds(500) - Simulator::Now());
            Simulator::Run();
            dropped += accepted ? 0 : 1;
            taken += accepted ? 1 : 0;
            NS_TEST_EXPECT_MSG_EQ(network.drops.size(), dropped, "number " << number);
            NS_TEST_EXPECT_MSG_EQ(network.b->GetCounters().rxPackets, taken, "number " << number);
        }
        for (const DropReason reason : network.drops)
        {
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(reason)), "out-of-order", "reason");
        }

        // B reboots and forgets: whatever comes next is the first.
        network.b->SetPowered(false);
        network.b->SetPowered(true);
        Arrive(&network, 0);
        Simulator::Stop(MilliSeconds(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.drops.size(), dropped, "accepted after the reboot");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7, 8, 9. Line down, interface shut, counters.
 */
class GreLineDownTest : public TestCase
{
  public:
    GreLineDownTest()
        : TestCase("down carries only keepalives, shut carries nothing, and the counters balance")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork::Options options;
        options.intervalA = Seconds(1);
        options.retries = 2;
        GreTestNetwork network(options);
        // A notices the cut towards B at 7 s: keepalives of 5 and 6 unanswered.
        Simulator::Schedule(Seconds(4.5), &GreTestNetwork::SetCut, &network, false, true, true);
        Simulator::Stop(Seconds(7.5));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.a->IsLineUp(), false, "A is down");
        NS_TEST_EXPECT_MSG_EQ(network.b->IsLineUp(), true, "B has no keepalives and is up");

        // Out: straight to the device, past the IP interface that is down as well.
        const uint64_t sent = network.a->GetCounters().txPackets;
        NS_TEST_EXPECT_MSG_EQ(
            network.a->Send(FromHex("4500001400000000ff0000000101010101010102"), Address(), 0x0800),
            false,
            "refused");
        NS_TEST_EXPECT_MSG_EQ(network.a->GetCounters().txPackets, sent, "not sent");
        NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 1, "dropped");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops[0])), "line-down", "reason");

        // In: B still sends into the tunnel.
        network.b->Send(FromHex("4500001400000000ff0000000101010201010101"), Address(), 0x0800);
        Simulator::Stop(Seconds(0.4));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 2, "dropped");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops[1])), "line-down", "reason");

        // Shut: not even keepalives of the peer.
        network.b->SetAdminUp(false);
        NS_TEST_EXPECT_MSG_EQ(network.b->IsLineUp(), false, "shut");
        network.SetCut(false, true, false);
        Simulator::Stop(Seconds(3));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), false, "nobody answers");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops.back())), "admin-down", "reason");
        NS_TEST_EXPECT_MSG_EQ(
            network.b->Send(FromHex("4500001400000000ff0000000101010201010101"), Address(), 0x0800),
            false,
            "refused");
        network.b->SetAdminUp(true);
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(network.a->IsLineUp(), true, "answered again");

        // A sent its keepalives and was refused one packet; B answered some and refused others.
        const InterfaceCounters& a = network.a->GetCounters();
        const InterfaceCounters& b = network.b->GetCounters();
        NS_TEST_EXPECT_MSG_EQ(a.txPackets, a.keepalivesSent, "all that A sent");
        NS_TEST_EXPECT_MSG_EQ(a.txDrops, 1, "all that A could not send");
        NS_TEST_EXPECT_MSG_EQ(a.rxPackets, a.keepalivesHeard, "all that A accepted");
        NS_TEST_EXPECT_MSG_EQ(a.rxDrops, 1, "all that A refused");
        NS_TEST_EXPECT_MSG_EQ(b.reflected, a.keepalivesHeard, "what B answered, A heard");
        NS_TEST_EXPECT_MSG_EQ(b.rxPackets, b.reflected, "all that B accepted");
        NS_TEST_EXPECT_MSG_EQ(b.txPackets, 1, "all that B sent");
        NS_TEST_EXPECT_MSG_EQ(b.txDrops, 1, "all that B could not send");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Demultiplexing.
 */
class GreDemultiplexTest : public TestCase
{
  public:
    GreDemultiplexTest()
        : TestCase("tunnels are told apart by key, and no two may be the same")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network({});
        Ptr<GreProtocol> gre = network.nodes.Get(0)->GetObject<GreProtocol>();
        Ptr<GreTunnelDevice> tunnel = CreateObject<GreTunnelDevice>();
        tunnel->SetEndpoints("128.8.8.8", "129.9.9.9");
        NS_TEST_EXPECT_MSG_EQ(gre->AddTunnel(tunnel), false, "the same again");
        tunnel->SetEndpoints("128.8.8.8", "128.8.8.8");
        NS_TEST_EXPECT_MSG_EQ(gre->AddTunnel(tunnel), false, "to itself");
        tunnel->SetEndpoints("128.8.8.8", "129.9.9.9", 0);
        NS_TEST_EXPECT_MSG_EQ(gre->AddTunnel(tunnel), true, "key 0 is not no key");
        NS_TEST_EXPECT_MSG_EQ(gre->GetNTunnels(), 2, "two now");
        Ptr<GreTunnelDevice> other = CreateObject<GreTunnelDevice>();
        other->SetEndpoints("128.8.8.8", "129.9.9.9", 0);
        NS_TEST_EXPECT_MSG_EQ(gre->AddTunnel(other), false, "key 0 twice");
        other->SetEndpoints("128.8.8.8", "129.9.9.9", 1);
        NS_TEST_EXPECT_MSG_EQ(gre->AddTunnel(other), true, "key 1");
        tunnel->Dispose();
        other->Dispose();
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 11. Recursive routing.
 */
class GreRecursiveRoutingTest : public TestCase
{
  public:
    GreRecursiveRoutingTest()
        : TestCase("a tunnel routed through itself drops instead of recursing")
    {
    }

  private:
    void DoRun() override
    {
        GreTestNetwork network({});
        Ptr<Ipv4> ipv4 = network.nodes.Get(0)->GetObject<Ipv4>();
        Ptr<Ipv4StaticRouting> routing = Ipv4StaticRoutingHelper().GetStaticRouting(ipv4);
        for (uint32_t i = 0; i < routing->GetNRoutes(); i++)
        {
            if (routing->GetRoute(i).GetDest() == Ipv4Address("129.9.9.9"))
            {
                routing->RemoveRoute(i);
                break;
            }
        }
        routing->AddHostRouteTo("129.9.9.9",
                                static_cast<uint32_t>(ipv4->GetInterfaceForDevice(network.a)));
        Simulator::Schedule(Seconds(1), &GreTestNetwork::SendData, &network, 10, 0);
        Simulator::Stop(Seconds(2));
        Simulator::Run();
        NS_TEST_ASSERT_MSG_EQ(network.drops.size(), 1, "dropped once");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.drops[0])), "recursive-routing", "why");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class GreTunnelTestSuite : public TestSuite
{
  public:
    GreTunnelTestSuite()
        : TestSuite("keepalive-gre-tunnel")
    {
        AddTestCase(new GreOuterHeaderTest);
        AddTestCase(new GreTosTtlTest);
        AddTestCase(new GreOptionsTest);
        AddTestCase(new GreMtuTest);
        AddTestCase(new GreRefusedTest);
        AddTestCase(new GreFalseKeepaliveTest);
        AddTestCase(new GreSequenceTest);
        AddTestCase(new GreLineDownTest);
        AddTestCase(new GreDemultiplexTest);
        AddTestCase(new GreRecursiveRoutingTest);
    }
};

GreTunnelTestSuite g_greTunnelTestSuite; //!< registers itself

} // namespace
