/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-prefix.h"
#include "ns3/bgp-routing.h"
#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BgpRouting: packets follow the routes of a BGP speaker.
 *
 * Behaviours:
 *  1. routes are set, replaced and removed, and the traces tell what changed and nothing else
 *  2. the longest prefix decides; a route has gateway, source address and device
 *  3. connected networks and the node's own addresses are left to other protocols, unless a route
 *     is more specific than the network; broadcast and multicast are never routed
 *  4. a route whose next hop cannot be reached is passed over for a shorter one, then for others
 *  5. interfaces that go down or up and addresses that come and go count at once
 *  6. a next hop behind a static route is reached through it; behind a default route only if asked
 *     for; never through this protocol itself, nor through the node itself
 *  7. a device that is asked for is used, or none
 *  8. input: forwards, refuses where forwarding is off, and leaves to others what it has no route
 * for
 *  9. packets through the router: BGP first, the static backup from the moment of the withdrawal,
 *     BGP again; the same for packets of the router itself
 * 10. priority: above static routing BGP comes first, below a static default route comes first
 * 11. the table is printed, with routes that cannot be used marked
 * 12. alone on a node it finds routes to its next hops, and nothing else, and nothing goes wrong
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 9200;   //!< streams of this file
constexpr int16_t ABOVE = 10;      //!< a priority above that of static routing
constexpr int16_t BELOW = -5;      //!< one below
constexpr BgpPrefix DEFAULT{0, 0}; //!< the default route

/**
 * @brief Make a prefix.
 * @param address its address
 * @param length its length
 * @return the prefix
 */
BgpPrefix
ToPrefix(const char* address, uint8_t length)
{
    return BgpPrefix::Of(Ipv4Address(address).Get(), length);
}

/**
 * A test case with this network; the router under test is the one in the middle.
 *
 * @verbatim
                          10.0.1.0/24  +------+  10.0.3.0/24
 +--------+ 10.0.0.0/24  .1 ------- .2 | east | .1 -----------+
 | source | .1 ----- .2 +--------+     +------+               | .2
 +--------+             | router |                       +-------------+
                        +--------+     +------+          | destination | 20.0.0.1, 20.1.0.1
                         .1 ------- .2 | west | .1 ----- +-------------+
                          10.0.2.0/24  +------+  10.0.4.0/24  .2
 @endverbatim
 *
 * Interfaces of the router: 1 to the source, 2 to the east, 3 to the west.
 */
class BgpRoutingTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit BgpRoutingTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        m_nodes = NodeContainer(5);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(m_nodes);
        stack.AssignStreams(m_nodes, STREAM);
        Connect(0, 1, "10.0.0.0");
        Connect(1, 2, "10.0.1.0");
        Connect(1, 3, "10.0.2.0");
        Connect(2, 4, "10.0.3.0");
        Connect(3, 4, "10.0.4.0");
        Ptr<Ipv4> destination = GetIpv4(4);
        destination->AddAddress(1, Ipv4InterfaceAddress("20.0.0.1", "255.255.255.255"));
        destination->AddAddress(1, Ipv4InterfaceAddress("20.1.0.1", "255.255.255.255"));
        GetStatic(0)->SetDefaultRoute("10.0.0.2", 1);
        GetStatic(2)->SetDefaultRoute("10.0.3.2", 2);
        GetStatic(3)->SetDefaultRoute("10.0.4.2", 2);
        m_bgp = CreateObject<BgpRouting>();
        m_bgp->TraceConnectWithoutContext("RouteAdded",
                                          MakeCallback(&BgpRoutingTestCase::Added, this));
        m_bgp->TraceConnectWithoutContext("RouteRemoved",
                                          MakeCallback(&BgpRoutingTestCase::Removed, this));
        m_trace.str("");
    }

    void DoTeardown() override
    {
        m_nodes = NodeContainer();
        m_bgp = nullptr;
        Simulator::Destroy();
    }

    /**
     * @brief Let the router use BGP routes.
     * @param priority their priority; static routing has 0
     */
    void Install(int16_t priority)
    {
        DynamicCast<Ipv4ListRouting>(GetIpv4(1)->GetRoutingProtocol())
            ->AddRoutingProtocol(m_bgp, priority);
    }

    /**
     * @brief Connect two nodes.
     * @param a one, which gets address 1
     * @param b the other, which gets address 2
     * @param network the network, a /24
     */
    void Connect(uint32_t a, uint32_t b, const char* network)
    {
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
        const NetDeviceContainer devices = link.Install(m_nodes.Get(a), m_nodes.Get(b));
        Ipv4AddressHelper(network, "255.255.255.0").Assign(devices);
    }

    /**
     * @brief Get the stack of a node.
     * @param node the node
     * @return its stack
     */
    Ptr<Ipv4> GetIpv4(uint32_t node) const
    {
        return m_nodes.Get(node)->GetObject<Ipv4>();
    }

    /**
     * @brief Get the static routing of a node.
     * @param node the node
     * @return its static routing
     */
    Ptr<Ipv4StaticRouting> GetStatic(uint32_t node) const
    {
        return Ipv4StaticRoutingHelper().GetStaticRouting(GetIpv4(node));
    }

    /**
     * @brief Ask a protocol of the router for a way.
     * @param protocol the protocol
     * @param destination where to
     * @param device index of the device to use; 0 for any
     * @return gateway, source address and index of the device; "none" if there is no way
     */
    std::string Ask(Ptr<Ipv4RoutingProtocol> protocol, const char* destination, uint32_t device = 0)
    {
        Ipv4Header header;
        header.SetDestination(Ipv4Address(destination));
        Ptr<NetDevice> output;
        if (device > 0)
        {
            output = GetIpv4(1)->GetNetDevice(device);
        }
        Socket::SocketErrno error = Socket::ERROR_MSGSIZE;
        Ptr<Ipv4Route> route = protocol->RouteOutput(Create<Packet>(), header, output, error);
        if (!route)
        {
            NS_TEST_EXPECT_MSG_EQ(error, Socket::ERROR_NOROUTETOHOST, "error");
            return "none";
        }
        NS_TEST_EXPECT_MSG_EQ(error, Socket::ERROR_NOTERROR, "no error");
        std::ostringstream text;
        text << route->GetGateway() << " from " << route->GetSource() << " at "
             << GetIpv4(1)->GetInterfaceForDevice(route->GetOutputDevice());
        return text.str();
    }

    /**
     * @brief Compare the way that BGP gives.
     * @param destination where to
     * @param expected see Ask
     * @param what under which circumstances
     */
    void Expect(const char* destination, const std::string& expected, const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ(Ask(m_bgp, destination), expected, what);
    }

    /// What Ask says of the usual routes.
    static constexpr const char* EAST = "10.0.1.2 from 10.0.1.1 at 2";
    static constexpr const char* WEST = "10.0.2.2 from 10.0.2.1 at 3"; //!< the same
    static constexpr const char* NONE = "none";                        //!< the same

    NodeContainer m_nodes;      //!< source, router, east, west, destination
    Ptr<BgpRouting> m_bgp;      //!< what is tested
    std::ostringstream m_trace; //!< what the traces said

  private:
    /**
     * @brief A route was added.
     * @param network its destinations
     * @param mask their mask
     * @param nextHop its next hop
     */
    void Added(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop)
    {
        m_trace << "+" << network << "/" << mask.GetPrefixLength() << " " << nextHop << " ";
    }

    /**
     * @brief A route was removed.
     * @param network its destinations
     * @param mask their mask
     * @param nextHop its next hop
     */
    void Removed(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop)
    {
        m_trace << "-" << network << "/" << mask.GetPrefixLength() << " " << nextHop << " ";
    }
};

/// Behaviour 1.
class TableTestCase : public BgpRoutingTestCase
{
  public:
    TableTestCase()
        : BgpRoutingTestCase("Routes come and go, and the traces tell")
    {
    }

  private:
    void DoRun() override
    {
        const BgpPrefix prefix = ToPrefix("20.0.0.0", 16);
        NS_TEST_EXPECT_MSG_EQ(m_bgp->RemoveRoute(prefix), false, "nothing to remove");
        m_bgp->SetRoute(prefix, "10.0.1.2");
        m_bgp->SetRoute(prefix, "10.0.1.2");
        m_bgp->SetRoute(DEFAULT, "10.0.1.2");
        m_bgp->SetRoute(prefix, "10.0.2.2");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->GetNRoutes(), 2U, "routes");
        NS_TEST_EXPECT_MSG_EQ(*m_bgp->GetRoute(prefix), Ipv4Address("10.0.2.2"), "next hop");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->GetRoute(ToPrefix("20.0.0.0", 15)).has_value(), false, "none");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->RemoveRoute(prefix), true, "removed");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->RemoveRoute(prefix), false, "removed before");
        m_bgp->SetRoute(ToPrefix("20.1.2.3", 32), "10.0.1.2");
        m_bgp->RemoveAllRoutes();
        m_bgp->RemoveAllRoutes();
        NS_TEST_EXPECT_MSG_EQ(m_bgp->GetNRoutes(), 0U, "no routes");
        NS_TEST_EXPECT_MSG_EQ(m_trace.str(),
                              "+20.0.0.0/16 10.0.1.2 +0.0.0.0/0 10.0.1.2 +20.0.0.0/16 10.0.2.2 "
                              "-20.0.0.0/16 10.0.2.2 +20.1.2.3/32 10.0.1.2 -0.0.0.0/0 10.0.1.2 "
                              "-20.1.2.3/32 10.0.1.2 ",
                              "traces");
    }
};

/// Behaviours 2 to 4, and 7.
class LookupTestCase : public BgpRoutingTestCase
{
  public:
    LookupTestCase()
        : BgpRoutingTestCase("The longest prefix with a next hop that can be reached decides")
    {
    }

  private:
    void DoRun() override
    {
        Install(ABOVE);
        Expect("20.0.0.1", NONE, "no routes");
        m_bgp->SetRoute(DEFAULT, "10.0.1.2");
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.2.2");
        m_bgp->SetRoute(ToPrefix("20.0.0.1", 32), "10.0.1.2");
        Expect("20.0.0.1", EAST, "/32");
        Expect("20.0.0.2", WEST, "/16");
        Expect("20.1.0.1", EAST, "/0");

        m_bgp->SetRoute(ToPrefix("10.0.0.0", 8), "10.0.2.2");
        Expect("10.0.1.77", NONE, "connected");
        Expect("10.0.1.255", NONE, "connected, broadcast");
        Expect("10.0.1.1", NONE, "own address");
        Expect("127.0.0.1", NONE, "loopback");
        Expect("255.255.255.255", NONE, "broadcast");
        Expect("224.0.0.5", NONE, "multicast");
        Expect("10.0.3.2", WEST, "not connected");
        m_bgp->SetRoute(ToPrefix("10.0.1.0", 24), "10.0.2.2");
        Expect("10.0.1.77", NONE, "the very network that is connected");
        m_bgp->SetRoute(ToPrefix("10.0.1.64", 26), "10.0.2.2");
        Expect("10.0.1.77", WEST, "more specific than the connected network");
        Expect("10.0.1.2", NONE, "beside it");

        m_bgp->SetRoute(ToPrefix("20.0.0.1", 32), "99.0.0.1");
        Expect("20.0.0.1", WEST, "next hop out of reach: /16");
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "99.0.0.1");
        Expect("20.0.0.1", EAST, "next hops out of reach: /0");
        m_bgp->SetRoute(DEFAULT, "99.0.0.1");
        Expect("20.0.0.1", NONE, "all next hops out of reach");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->IsReachable("99.0.0.1"), false, "out of reach");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->IsReachable("10.0.1.2"), true, "in reach");

        m_bgp->SetRoute(DEFAULT, "10.0.1.2");
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.2.2");
        NS_TEST_EXPECT_MSG_EQ(Ask(m_bgp, "20.0.0.2", 3), WEST, "device of the /16");
        NS_TEST_EXPECT_MSG_EQ(Ask(m_bgp, "20.0.0.2", 2), EAST, "device of the /0");
        NS_TEST_EXPECT_MSG_EQ(Ask(m_bgp, "20.0.0.2", 1), NONE, "device of neither");
    }
};

/// Behaviour 5.
class InterfacesTestCase : public BgpRoutingTestCase
{
  public:
    InterfacesTestCase()
        : BgpRoutingTestCase("Interfaces and addresses that change count at once")
    {
    }

  private:
    void DoRun() override
    {
        Install(ABOVE);
        Ptr<Ipv4> ipv4 = GetIpv4(1);
        m_bgp->SetRoute(DEFAULT, "10.0.2.2");
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.1.2");
        Expect("20.0.0.1", EAST, "at first");
        ipv4->SetDown(2);
        Expect("20.0.0.1", WEST, "interface down");
        Expect("10.0.1.2", WEST, "its network is not connected any more");
        ipv4->SetUp(2);
        Expect("20.0.0.1", EAST, "interface up");

        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.9.2");
        Expect("20.0.0.1", WEST, "unknown network");
        const Ipv4InterfaceAddress address("10.0.9.1", "255.255.255.0");
        ipv4->AddAddress(2, address);
        Expect("20.0.0.1", "10.0.9.2 from 10.0.9.1 at 2", "address added");
        ipv4->RemoveAddress(2, Ipv4Address("10.0.9.1"));
        Expect("20.0.0.1", WEST, "address removed");

        // One network at two interfaces: the first that is up.
        ipv4->AddAddress(3, Ipv4InterfaceAddress("10.0.9.3", "255.255.255.0"));
        ipv4->AddAddress(2, address);
        Expect("20.0.0.1", "10.0.9.2 from 10.0.9.1 at 2", "the first of two");
        ipv4->SetDown(2);
        Expect("20.0.0.1", "10.0.9.2 from 10.0.9.3 at 3", "the second of two");
    }
};

/// Behaviour 6.
class RecursionTestCase : public BgpRoutingTestCase
{
  public:
    RecursionTestCase()
        : BgpRoutingTestCase("Next hops are found through other protocols, not through this one")
    {
    }

  private:
    void DoRun() override
    {
        Install(ABOVE);
        const BgpPrefix prefix = ToPrefix("20.0.0.0", 16);
        m_bgp->SetRoute(prefix, "30.0.0.1");
        m_bgp->SetRoute(ToPrefix("30.0.0.0", 8), "10.0.1.2");
        Expect("20.0.0.1", NONE, "not through itself");
        m_bgp->SetRoute(prefix, "20.0.0.9");
        Expect("20.0.0.1", NONE, "not through the very same route");

        m_bgp->SetRoute(prefix, "30.0.0.1");
        GetStatic(1)->AddNetworkRouteTo("30.0.0.0", "255.255.255.0", "10.0.2.2", 3);
        Expect("20.0.0.1", WEST, "through a static route");
        GetStatic(1)->RemoveRoute(GetStatic(1)->GetNRoutes() - 1);
        Expect("20.0.0.1", NONE, "static route gone");
        GetStatic(1)->AddNetworkRouteTo("30.0.0.0", "255.255.255.0", 3);
        Expect("20.0.0.1", "30.0.0.1 from 10.0.2.1 at 3", "on the link");
        GetStatic(1)->RemoveRoute(GetStatic(1)->GetNRoutes() - 1);

        GetStatic(1)->SetDefaultRoute("10.0.2.2", 3);
        Expect("20.0.0.1", NONE, "not through a default route");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->IsReachable("30.0.0.1"), false, "not through a default route");
        m_bgp->SetAttribute("ResolveThroughDefault", BooleanValue(true));
        Expect("20.0.0.1", WEST, "through a default route, if asked for");

        for (const char* nextHop : {"0.0.0.0",
                                    "10.0.0.2",
                                    "10.0.1.1",
                                    "127.0.0.1",
                                    "127.0.0.5",
                                    "224.0.0.1",
                                    "255.255.255.255"})
        {
            m_bgp->SetRoute(prefix, nextHop);
            Expect("20.0.0.1", NONE, nextHop);
            NS_TEST_EXPECT_MSG_EQ(m_bgp->IsReachable(nextHop), false, nextHop);
        }

        // Two of a kind must not ask each other for ever.
        Ptr<BgpRouting> other = CreateObject<BgpRouting>();
        DynamicCast<Ipv4ListRouting>(GetIpv4(1)->GetRoutingProtocol())
            ->AddRoutingProtocol(other, ABOVE);
        GetStatic(1)->RemoveRoute(GetStatic(1)->GetNRoutes() - 1);
        m_bgp->SetRoute(prefix, "40.0.0.1");
        other->SetRoute(ToPrefix("40.0.0.0", 8), "20.0.0.1");
        Expect("20.0.0.1", NONE, "each through the other");
        other->SetRoute(ToPrefix("40.0.0.0", 8), "10.0.2.2");
        Expect("20.0.0.1", WEST, "through the other");
    }
};

/// Behaviour 8.
class InputTestCase : public BgpRoutingTestCase
{
  public:
    InputTestCase()
        : BgpRoutingTestCase("Input forwards, refuses, or leaves to others")
    {
    }

  private:
    void DoRun() override
    {
        Install(ABOVE);
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.1.2");
        NS_TEST_EXPECT_MSG_EQ(Input("20.0.0.1"), "taken forward 10.0.1.2 ", "a route");
        NS_TEST_EXPECT_MSG_EQ(Input("20.1.0.1"), "left ", "no route");
        NS_TEST_EXPECT_MSG_EQ(Input("10.0.1.1"), "left ", "own address");
        m_bgp->SetRoute(DEFAULT, "10.0.2.2");
        NS_TEST_EXPECT_MSG_EQ(Input("224.0.0.5"), "left ", "multicast");
        NS_TEST_EXPECT_MSG_EQ(Input("10.0.2.255"), "left ", "broadcast of a network");
        NS_TEST_EXPECT_MSG_EQ(Input("255.255.255.255"), "left ", "broadcast");
        GetIpv4(1)->SetForwarding(1, false);
        NS_TEST_EXPECT_MSG_EQ(Input("20.0.0.1"), "taken fail 10 ", "forwarding is off");
        m_bgp->RemoveRoute(DEFAULT);
        NS_TEST_EXPECT_MSG_EQ(Input("20.1.0.1"), "left ", "forwarding is off, and no route");
    }

    /**
     * @brief Give a packet from the source to the protocol.
     * @param destination where it is to go
     * @return what the protocol did
     */
    std::string Input(const char* destination)
    {
        m_done.str("");
        Ipv4Header header;
        header.SetSource("10.0.0.1");
        header.SetDestination(destination);
        const bool taken = m_bgp->RouteInput(Create<Packet>(),
                                             header,
                                             GetIpv4(1)->GetNetDevice(1),
                                             MakeCallback(&InputTestCase::Forward, this),
                                             MakeCallback(&InputTestCase::ForwardMulticast, this),
                                             MakeCallback(&InputTestCase::Deliver, this),
                                             MakeCallback(&InputTestCase::Fail, this));
        return (taken ? "taken " : "left ") + m_done.str();
    }

    /**
     * @brief The protocol forwards a packet.
     * @param route the way
     */
    void Forward(Ptr<Ipv4Route> route, Ptr<const Packet>, const Ipv4Header&)
    {
        m_done << "forward " << route->GetGateway() << " ";
    }

    /// The protocol forwards a multicast packet.
    void ForwardMulticast(Ptr<Ipv4MulticastRoute>, Ptr<const Packet>, const Ipv4Header&)
    {
        m_done << "multicast ";
    }

    /// The protocol delivers a packet.
    void Deliver(Ptr<const Packet>, const Ipv4Header&, uint32_t)
    {
        m_done << "deliver ";
    }

    /**
     * @brief The protocol refuses a packet.
     * @param error why
     */
    void Fail(Ptr<const Packet>, const Ipv4Header&, Socket::SocketErrno error)
    {
        m_done << "fail " << (error == Socket::ERROR_NOROUTETOHOST ? 10 : 0) << " ";
    }

    std::ostringstream m_done; //!< what the protocol did
};

/// Behaviours 9 and 10.
class TrafficTestCase : public BgpRoutingTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param sender source (0) or router (1)
     * @param priority priority of BGP; static routing has 0
     * @param expected which way each packet took: 'e'ast, 'w'est
     */
    TrafficTestCase(uint32_t sender, int16_t priority, const std::string& expected)
        : BgpRoutingTestCase("Traffic of node " + std::to_string(sender) +
                             " with BGP at priority " + std::to_string(priority)),
          m_sender(sender),
          m_priority(priority),
          m_expected(expected)
    {
    }

  private:
    void DoRun() override
    {
        Install(m_priority);
        m_ways.clear();
        GetStatic(1)->SetDefaultRoute("10.0.2.2", 3);
        for (const uint32_t node : {2, 3})
        {
            m_nodes.Get(node)->GetDevice(2)->TraceConnectWithoutContext(
                "MacTx",
                MakeBoundCallback(&TrafficTestCase::PassedBy, this, node == 2 ? 'e' : 'w'));
        }
        Ptr<Socket> sink = Socket::CreateSocket(m_nodes.Get(4), UdpSocketFactory::GetTypeId());
        sink->Bind(InetSocketAddress("20.0.0.1", 9));
        sink->SetRecvCallback(MakeCallback(&TrafficTestCase::Received, this));
        Ptr<Socket> socket =
            Socket::CreateSocket(m_nodes.Get(m_sender), UdpSocketFactory::GetTypeId());
        socket->Connect(InetSocketAddress("20.0.0.1", 9));
        const uint32_t count = 16;
        for (uint32_t i = 0; i < count; i++)
        {
            Simulator::Schedule(Seconds(i), &TrafficTestCase::Send, this, socket);
        }
        const BgpPrefix prefix = ToPrefix("20.0.0.0", 16);
        At(2.5, &TrafficTestCase::Announce, prefix);
        At(5.5, &TrafficTestCase::Withdraw, prefix);
        At(7.5, &TrafficTestCase::Announce, DEFAULT);
        At(9.5, &TrafficTestCase::Announce, prefix);
        At(11.5, &TrafficTestCase::ShutEast, prefix);
        At(13.5, &TrafficTestCase::OpenEast, prefix);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_ways, m_expected, "which way the packets took");
        NS_TEST_EXPECT_MSG_EQ(m_received, count, "packets received");
    }

    /**
     * @brief Do something at a given time.
     * @param seconds when
     * @param what what to do
     * @param prefix with which prefix
     */
    void At(double seconds, void (TrafficTestCase::*what)(BgpPrefix), BgpPrefix prefix)
    {
        Simulator::Schedule(Seconds(seconds), what, this, prefix);
    }

    /**
     * @brief BGP learns a route through the east.
     * @param prefix its destinations
     */
    void Announce(BgpPrefix prefix)
    {
        m_bgp->SetRoute(prefix, "10.0.1.2");
    }

    /**
     * @brief BGP loses a route.
     * @param prefix its destinations
     */
    void Withdraw(BgpPrefix prefix)
    {
        m_bgp->RemoveRoute(prefix);
    }

    /// The interface to the east goes down; BGP has not noticed yet.
    void ShutEast(BgpPrefix)
    {
        GetIpv4(1)->SetDown(2);
    }

    /// It comes up again.
    void OpenEast(BgpPrefix)
    {
        GetIpv4(1)->SetUp(2);
    }

    /**
     * @brief Send a packet.
     * @param socket where
     */
    void Send(Ptr<Socket> socket)
    {
        socket->Send(Create<Packet>(100));
    }

    /**
     * @brief A packet left one of the routers in the east and the west for the destination.
     * @param test the test case
     * @param way where
     */
    static void PassedBy(TrafficTestCase* test, char way, Ptr<const Packet>)
    {
        test->m_ways += way;
    }

    /**
     * @brief The destination received a packet.
     * @param socket where
     */
    void Received(Ptr<Socket> socket)
    {
        while (socket->Recv())
        {
            m_received++;
        }
    }

    uint32_t m_sender;      //!< who sends
    int16_t m_priority;     //!< priority of BGP
    std::string m_expected; //!< the ways expected
    std::string m_ways;     //!< the ways taken
    uint32_t m_received{0}; //!< packets received
};

/// Behaviour 11.
class PrintTestCase : public BgpRoutingTestCase
{
  public:
    PrintTestCase()
        : BgpRoutingTestCase("The table is printed")
    {
    }

  private:
    void DoRun() override
    {
        Install(ABOVE);
        m_bgp->SetRoute(DEFAULT, "10.0.1.2");
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "99.0.0.1");
        m_bgp->SetRoute(ToPrefix("20.0.0.1", 32), "10.0.2.2");
        std::ostringstream text;
        m_bgp->PrintRoutingTable(Create<OutputStreamWrapper>(&text));
        const std::string table = text.str();
        NS_TEST_EXPECT_MSG_EQ(table.substr(table.find('\n') + 1),
                              "Destination     Gateway         Genmask         Flags Iface\n"
                              "0.0.0.0         10.0.1.2        0.0.0.0         UG    2\n"
                              "20.0.0.0        99.0.0.1        255.255.0.0     !G    -\n"
                              "20.0.0.1        10.0.2.2        255.255.255.255 UGH   3\n\n",
                              "table");
        NS_TEST_EXPECT_MSG_EQ(table.substr(0, table.find('\n')),
                              "Node: " + std::to_string(m_nodes.Get(1)->GetId()) +
                                  ", Time: +0s, Local time: +0s, BgpRouting table",
                              "title");
    }
};

/// Behaviour 12.
class AloneTestCase : public BgpRoutingTestCase
{
  public:
    AloneTestCase()
        : BgpRoutingTestCase("Alone on a node nothing goes wrong")
    {
    }

  private:
    void DoRun() override
    {
        m_bgp->SetRoute(ToPrefix("20.0.0.0", 16), "10.0.1.2");
        m_bgp->SetRoute(ToPrefix("20.1.0.0", 16), "20.0.0.1");
        Expect("20.0.0.1", NONE, "on no node yet");
        NS_TEST_EXPECT_MSG_EQ(m_bgp->IsReachable("10.0.1.2"), false, "on no node yet");
        GetIpv4(1)->SetRoutingProtocol(m_bgp);
        Expect("20.0.0.1", EAST, "a next hop that is connected");
        Expect("20.1.0.1", NONE, "a next hop that is not");
        Expect("10.0.1.2", NONE, "a neighbour");
    }
};

/// Routes for packets.
class BgpRoutingTestSuite : public TestSuite
{
  public:
    BgpRoutingTestSuite()
        : TestSuite("keepalive-bgp-routing")
    {
        AddTestCase(new TableTestCase);
        AddTestCase(new LookupTestCase);
        AddTestCase(new InterfacesTestCase);
        AddTestCase(new RecursionTestCase);
        AddTestCase(new InputTestCase);
        // No route; the /16 from 3 to 5 s; gone; a default route from 8 s on; the /16 again from
        // 10 s on; the interface to the east shut at 12 and 13 s.
        AddTestCase(new TrafficTestCase(0, ABOVE, "wwweeewweeeewwee"));
        AddTestCase(new TrafficTestCase(1, ABOVE, "wwweeewweeeewwee"));
        AddTestCase(new TrafficTestCase(0, BELOW, "wwwwwwwwwwwwwwww"));
        AddTestCase(new PrintTestCase);
        AddTestCase(new AloneTestCase);
    }
};

BgpRoutingTestSuite g_bgpRoutingTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
