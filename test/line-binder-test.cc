/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/failure-helper.h"
#include "ns3/failure-injector.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/gre-tunnel-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/rip-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Ipv4LineBinder: routing follows the line.
 *
 * Behaviours:
 *  1. line down: the static routes via the interface vanish, and the backup of a higher metric
 *     takes over; line up: they are back, and take over again
 *  2. line up: every route returns exactly once, with its metric, after any number of flaps
 *  3. routes via other interfaces stay as they are
 *  4. routes that differ in nothing but the metric all return
 *  5. saying the same twice changes nothing
 *  6. static routing is found alone and in a list, and a node without it is served as well
 *  7. a binder follows its device by itself, from the moment it is bound
 *  8. an interface that is shut before the simulation begins comes up when it is enabled
 *  9. a silent failure: keepalives bring the line down, traffic moves to the backup and back
 * 10. a carrier cut: RIP finds the way around within one period of updates, and back
 * 11. carrier cuts that overlap: the line is up when all have ended
 */

namespace ns3
{
namespace keepalive
{
namespace
{

constexpr int64_t STREAM = 9000; //!< streams of this file; each case uses those from here on

/**
 * @brief Where a node sends packets to an address.
 * @param node the node
 * @param destination the address
 * @return index of the device on the node; -1 for nowhere
 */
int
GetDeviceTo(Ptr<Node> node, const char* destination)
{
    Ipv4Header header;
    header.SetDestination(Ipv4Address(destination));
    Socket::SocketErrno error;
    Ptr<Ipv4Route> route =
        node->GetObject<Ipv4>()->GetRoutingProtocol()->RouteOutput(Create<Packet>(),
                                                                   header,
                                                                   nullptr,
                                                                   error);
    return route ? static_cast<int>(route->GetOutputDevice()->GetIfIndex()) : -1;
}

/**
 * @brief The static routes of a node, in an order of their own.
 * @param node the node
 * @return one line for each route
 */
std::string
GetStaticRoutes(Ptr<Node> node)
{
    Ptr<Ipv4StaticRouting> routing =
        Ipv4StaticRoutingHelper().GetStaticRouting(node->GetObject<Ipv4>());
    std::vector<std::string> lines;
    for (uint32_t i = 0; i < routing->GetNRoutes(); i++)
    {
        const Ipv4RoutingTableEntry route = routing->GetRoute(i);
        std::ostringstream line;
        line << route.GetDest() << route.GetDestNetworkMask() << " via " << route.GetGateway()
             << " interface " << route.GetInterface() << " metric " << routing->GetMetric(i)
             << "\n";
        lines.push_back(line.str());
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const auto& line : lines)
    {
        all += line;
    }
    return all;
}

/// A test case with two nodes and two links between them: device 1 is the primary, 2 the backup.
class LinesTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit LinesTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        InternetStackHelper stack;
        Build(stack);
    }

    void DoTeardown() override
    {
        m_nodes = NodeContainer();
        m_primary = NetDeviceContainer();
        m_backup = NetDeviceContainer();
        Simulator::Destroy();
    }

    /**
     * @brief Build nodes and links.
     * @param stack makes the IP stacks
     */
    void Build(InternetStackHelper& stack)
    {
        m_nodes = NodeContainer(2);
        stack.SetIpv6StackInstall(false);
        stack.Install(m_nodes);
        stack.AssignStreams(m_nodes, STREAM);
        PointToPointHelper link;
        m_primary = link.Install(m_nodes);
        m_backup = link.Install(m_nodes);
        Ipv4AddressHelper addresses("10.0.1.0", "255.255.255.0");
        addresses.Assign(m_primary);
        addresses.SetBase("10.0.2.0", "255.255.255.0");
        addresses.Assign(m_backup);
    }

    /**
     * @brief Add a static route to the first node.
     * @param destination network, or host for a mask of all ones
     * @param mask its mask
     * @param gateway next hop; 0.0.0.0 for none
     * @param interface 1 for the primary, 2 for the backup
     * @param metric the metric
     */
    void AddRoute(const char* destination,
                  const char* mask,
                  const char* gateway,
                  uint32_t interface,
                  uint32_t metric)
    {
        Ipv4StaticRoutingHelper()
            .GetStaticRouting(m_nodes.Get(0)->GetObject<Ipv4>())
            ->AddNetworkRouteTo(Ipv4Address(destination),
                                Ipv4Mask(mask),
                                Ipv4Address(gateway),
                                interface,
                                metric);
    }

    /**
     * @brief A binder that is told about the primary of the first node.
     * @return the binder
     */
    Ptr<Ipv4LineBinder> MakeBinder()
    {
        Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
        binder->SetDevice(m_primary.Get(0));
        return binder;
    }

    /**
     * @brief Compare the interface's state and where packets go.
     * @param up whether the primary's interface is up
     * @param device index of the device expected
     * @param when what happened before
     */
    void Expect(bool up, int device, const std::string& when)
    {
        Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
        NS_TEST_EXPECT_MSG_EQ(ipv4->IsUp(1), up, when);
        NS_TEST_EXPECT_MSG_EQ(GetDeviceTo(m_nodes.Get(0), "10.9.0.1"), device, when);
    }

    // Devices are counted from 0 without the loopback, which InternetStackHelper adds first.
    static constexpr int PRIMARY = 1; //!< device index of the primary
    static constexpr int BACKUP = 2;  //!< device index of the backup

    NodeContainer m_nodes;        //!< both nodes
    NetDeviceContainer m_primary; //!< both ends of the primary
    NetDeviceContainer m_backup;  //!< both ends of the backup
};

/// Behaviour 1.
class BackupTestCase : public LinesTestCase
{
  public:
    BackupTestCase()
        : LinesTestCase("Line down: the backup of a higher metric takes over; line up: and back")
    {
    }

  private:
    void DoRun() override
    {
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 0);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.2.2", 2, 10);
        Ptr<Ipv4LineBinder> binder = MakeBinder();
        Expect(true, PRIMARY, "at first");
        binder->SetLine(false);
        Expect(false, BACKUP, "line down");
        NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)).find("interface 1"),
                              std::string::npos,
                              "a route via the dead line is left");
        binder->SetLine(true);
        Expect(true, PRIMARY, "line up");
    }
};

/// Behaviours 2 and 3.
class ExactlyOnceTestCase : public LinesTestCase
{
  public:
    ExactlyOnceTestCase()
        : LinesTestCase("Line up: every route returns exactly once, with its metric, each time")
    {
    }

  private:
    void DoRun() override
    {
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 3);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.2.2", 2, 10);
        AddRoute("10.9.0.0", "255.255.255.0", "10.0.1.2", 1, 7); // the same, but for the mask
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.3", 1, 4);   // the same, but for the gateway
        AddRoute("10.8.0.1", "255.255.255.255", "10.0.1.2", 1, 5);
        AddRoute("10.7.0.0", "255.255.0.0", "0.0.0.0", 1, 6);
        AddRoute("0.0.0.0", "0.0.0.0", "10.0.1.2", 1, 1);
        const std::string before = GetStaticRoutes(m_nodes.Get(0));
        NS_TEST_EXPECT_MSG_EQ(std::count(before.begin(), before.end(), '\n'), 10, "the routes");
        Ptr<Ipv4LineBinder> binder = MakeBinder();
        for (int flap = 0; flap < 5; flap++)
        {
            binder->SetLine(false);
            const std::string routes = GetStaticRoutes(m_nodes.Get(0));
            NS_TEST_EXPECT_MSG_EQ(std::count(routes.begin(), routes.end(), '\n'),
                                  3,
                                  "loopback and backup are left, not:\n"
                                      << routes);
            binder->SetLine(true);
            NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)), before, "after flap " << flap);
        }
    }
};

/// Behaviour 4.
class SameButMetricTestCase : public LinesTestCase
{
  public:
    SameButMetricTestCase()
        : LinesTestCase("Routes that differ in nothing but the metric all return")
    {
    }

  private:
    void DoRun() override
    {
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 3);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 20);
        const std::string before = GetStaticRoutes(m_nodes.Get(0));
        Ptr<Ipv4LineBinder> binder = MakeBinder();
        binder->SetLine(false);
        binder->SetLine(true);
        NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)), before, "after a flap");
    }
};

/// Behaviour 5.
class TwiceTestCase : public LinesTestCase
{
  public:
    TwiceTestCase()
        : LinesTestCase("Saying the same twice changes nothing")
    {
    }

  private:
    void DoRun() override
    {
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 3);
        const std::string before = GetStaticRoutes(m_nodes.Get(0));
        Ptr<Ipv4LineBinder> binder = MakeBinder();
        binder->SetLine(true);
        NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)), before, "up while up");
        binder->SetLine(false);
        binder->SetLine(false); // must not forget what was saved
        binder->SetLine(true);
        binder->SetLine(true);
        NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)), before, "after all");
    }
};

/// Behaviour 6.
class RoutingProtocolsTestCase : public LinesTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param alone whether static routing is all the routing there is; else there is RIP alone
     */
    explicit RoutingProtocolsTestCase(bool alone)
        : LinesTestCase(alone ? "Static routing is found alone, not only in a list"
                              : "A node without static routing is served as well"),
          m_alone(alone)
    {
    }

  private:
    void DoSetup() override
    {
        InternetStackHelper stack;
        if (m_alone)
        {
            stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
        }
        else
        {
            stack.SetRoutingHelper(RipHelper());
        }
        Build(stack);
    }

    void DoRun() override
    {
        if (m_alone)
        {
            AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 0);
        }
        Simulator::Stop(Seconds(1));
        Simulator::Run(); // ns-3's RIP can be destroyed only after it has begun
        Ptr<Ipv4LineBinder> binder = MakeBinder();
        binder->SetLine(false);
        Expect(false, -1, "line down");
        binder->SetLine(true);
        Expect(true, m_alone ? PRIMARY : -1, "line up");
    }

    bool m_alone; //!< whether static routing is all there is
};

/// A test case in which the primary is a GRE tunnel over the two links' first.
class TunnelTestCase : public LinesTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit TunnelTestCase(const std::string& name)
        : LinesTestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        LinesTestCase::DoSetup();
        GreTunnelHelper gre;
        gre.SetKeepalive(Seconds(10), 3);
        gre.SetDeviceAttribute("KeepaliveStartPhase",
                               StringValue("ns3::ConstantRandomVariable[Constant=0.3]"));
        m_ends = gre.Install(m_nodes.Get(0), "10.0.1.1", m_nodes.Get(1), "10.0.1.2");
        Ipv4AddressHelper addresses("10.0.3.0", "255.255.255.0");
        addresses.Assign(m_ends);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.3.2", 3, 0);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.2.2", 2, 10);
    }

    void DoTeardown() override
    {
        m_ends = NetDeviceContainer();
        LinesTestCase::DoTeardown();
    }

    /// Follow both ends.
    void Bind()
    {
        for (uint32_t end : {0, 1})
        {
            Ptr<Ipv4LineBinder> binder = CreateObject<Ipv4LineBinder>();
            binder->Bind(m_ends.Get(end));
        }
    }

    /**
     * @brief Shut or enable the first end.
     * @param up whether to enable
     */
    void SetAdminUp(bool up)
    {
        m_ends.Get(0)->GetObject<GreTunnelDevice>()->SetAdminUp(up);
    }

    /**
     * @brief Compare the tunnel's state and where packets go.
     * @param up whether the tunnel's interface is up
     */
    void ExpectTunnel(bool up)
    {
        NS_TEST_EXPECT_MSG_EQ(m_nodes.Get(0)->GetObject<Ipv4>()->IsUp(3),
                              up,
                              "interface at " << Simulator::Now());
        NS_TEST_EXPECT_MSG_EQ(GetDeviceTo(m_nodes.Get(0), "10.9.0.1"),
                              (up ? TUNNEL : BACKUP),
                              "way at " << Simulator::Now());
    }

    /**
     * @brief Compare at a given time.
     * @param at when
     * @param up whether the tunnel's interface is up
     */
    void ExpectTunnelAt(Time at, bool up)
    {
        Simulator::Schedule(at, &TunnelTestCase::ExpectTunnel, this, up);
    }

    static constexpr int TUNNEL = 3; //!< device index of the tunnel

    NetDeviceContainer m_ends; //!< both ends of the tunnel
};

/// Behaviour 7.
class FollowTestCase : public TunnelTestCase
{
  public:
    FollowTestCase()
        : TunnelTestCase("A binder follows its device by itself, from the moment it is bound")
    {
    }

  private:
    void DoRun() override
    {
        Simulator::Schedule(Seconds(1), &FollowTestCase::SetAdminUp, this, false);
        ExpectTunnelAt(Seconds(1.5), true); // not bound so far
        Simulator::Schedule(Seconds(2), &FollowTestCase::Bind, this);
        ExpectTunnelAt(Seconds(2), false); // and at once when bound
        Simulator::Schedule(Seconds(3), &FollowTestCase::SetAdminUp, this, true);
        ExpectTunnelAt(Seconds(3), true);
        Simulator::Schedule(Seconds(4), &FollowTestCase::SetAdminUp, this, false);
        ExpectTunnelAt(Seconds(4), false);
        Simulator::Stop(Seconds(5));
        Simulator::Run();
    }
};

/// Behaviour 8.
class ShutFromTheStartTestCase : public TunnelTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param bindFirst whether the binder is there before the interface is shut
     */
    explicit ShutFromTheStartTestCase(bool bindFirst)
        : TunnelTestCase(std::string("An interface that is shut from the start, ") +
                         (bindFirst ? "after" : "before") + " it is bound, can be enabled"),
          m_bindFirst(bindFirst)
    {
    }

  private:
    void DoRun() override
    {
        if (m_bindFirst)
        {
            Bind();
        }
        SetAdminUp(false);
        if (!m_bindFirst)
        {
            Bind();
        }
        ExpectTunnelAt(Seconds(1), false);
        Simulator::Schedule(Seconds(2), &ShutFromTheStartTestCase::SetAdminUp, this, true);
        ExpectTunnelAt(Seconds(3), true);
        Simulator::Stop(Seconds(4));
        Simulator::Run();
    }

    bool m_bindFirst; //!< which comes first
};

/// Behaviour 9.
class SilentFailureTestCase : public TunnelTestCase
{
  public:
    SilentFailureTestCase()
        : TunnelTestCase("Silent failure: traffic moves to the backup at the verdict, and back")
    {
    }

  private:
    void DoRun() override
    {
        Bind();
        Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
        Ptr<LinkCut> cut = FailureHelper::CutLink(m_primary.Get(0), m_primary.Get(1), "link");
        for (const int start : {25, 225}) // twice, the second as the first
        {
            injector->Schedule(cut, Seconds(start), Seconds(60));
            ExpectTunnelAt(Seconds(start + 37.999), true); // the verdict is at 63 s
            ExpectTunnelAt(Seconds(start + 38.001), false);
            ExpectTunnelAt(Seconds(start + 67.999), false); // the first to return leaves at 93 s
            ExpectTunnelAt(Seconds(start + 68.1), true);
        }
        Simulator::Stop(Seconds(400));
        Simulator::Run();
        injector->Dispose();
    }
};

/// Behaviour 10: a triangle of routers A, B and C, with a network behind B.
class RipTestCase : public TestCase
{
  public:
    RipTestCase()
        : TestCase("Carrier cut: RIP finds the way around within a period of updates, and back")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer nodes(4); // A, B, C and a host behind B
        RipHelper rip;
        Ipv4ListRoutingHelper list;
        list.Add(Ipv4StaticRoutingHelper(), 10);
        list.Add(rip, 0);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.SetRoutingHelper(list);
        stack.Install(nodes);
        int64_t stream = STREAM + 20;
        stream += stack.AssignStreams(nodes, stream);
        rip.AssignStreams(nodes, stream);
        const NetDeviceContainer ab = Link(nodes.Get(0), nodes.Get(1), "10.0.1.0");
        Link(nodes.Get(0), nodes.Get(2), "10.0.2.0");
        Link(nodes.Get(2), nodes.Get(1), "10.0.3.0");
        Link(nodes.Get(1), nodes.Get(3), "10.9.0.0");
        m_a = nodes.Get(0);
        m_way.clear();

        Ptr<FailureInjector> injector = CreateObject<FailureInjector>();
        Ptr<LinkCut> cut = FailureHelper::CutCarrier(ab.Get(0), ab.Get(1), "A-B");
        NS_TEST_EXPECT_MSG_EQ(cut->GetKind(), "carrier", "its kind");
        injector->Schedule(cut, Seconds(100), Seconds(200));
        Simulator::Schedule(Seconds(0), &RipTestCase::Watch, this);
        Simulator::Stop(Seconds(500));
        Simulator::Run();
        injector->Dispose();
        m_a = nullptr;

        NS_TEST_EXPECT_MSG_EQ(GetWay(99), DIRECT, "before the cut");
        NS_TEST_EXPECT_MSG_EQ(GetWay(101), -1, "the way is gone with the interface");
        // Updates come every 30 s, within 5 s, and tell the rest at once.
        NS_TEST_EXPECT_MSG_EQ(GetWay(136), AROUND, "an update later");
        NS_TEST_EXPECT_MSG_EQ(GetWay(299), AROUND, "until the repair");
        NS_TEST_EXPECT_MSG_EQ(GetWay(336), DIRECT, "an update after the repair");
        NS_TEST_EXPECT_MSG_EQ(GetWay(499), DIRECT, "in the end");
    }

    void DoTeardown() override
    {
        Simulator::Destroy();
    }

    /**
     * @brief Link two nodes.
     * @param a one node
     * @param b the other node
     * @param network the link's network
     * @return both devices
     */
    static NetDeviceContainer Link(Ptr<Node> a, Ptr<Node> b, const char* network)
    {
        PointToPointHelper link;
        NetDeviceContainer devices = link.Install(a, b);
        Ipv4AddressHelper addresses(network, "255.255.255.0");
        addresses.Assign(devices);
        return devices;
    }

    /// Note the way once a second.
    void Watch()
    {
        m_way.push_back(GetDeviceTo(m_a, "10.9.0.2"));
        Simulator::Schedule(Seconds(1), &RipTestCase::Watch, this);
    }

    /**
     * @brief The way at a given second.
     * @param second when
     * @return index of the device that A sends by
     */
    int GetWay(std::size_t second) const
    {
        return m_way.at(second);
    }

    static constexpr int DIRECT = 1; //!< device index of the link A-B
    static constexpr int AROUND = 2; //!< device index of the link A-C

    Ptr<Node> m_a;          //!< the node that looks for a way
    std::vector<int> m_way; //!< its way, second by second
};

/// Behaviour 11.
class OverlappingCarrierTestCase : public LinesTestCase
{
  public:
    OverlappingCarrierTestCase()
        : LinesTestCase("Carrier cuts that overlap: the line is up when all have ended")
    {
    }

  private:
    void DoRun() override
    {
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.1.2", 1, 0);
        AddRoute("10.9.0.0", "255.255.0.0", "10.0.2.2", 2, 10);
        const std::string before = GetStaticRoutes(m_nodes.Get(0));
        Ptr<LinkCut> one = FailureHelper::CutCarrier(m_primary.Get(0), m_primary.Get(1), "one");
        Ptr<LinkCut> two = FailureHelper::CutCarrier(m_primary.Get(0), m_primary.Get(1), "two");
        one->Fail();
        Expect(false, BACKUP, "the first cut");
        two->Fail();
        Expect(false, BACKUP, "both cuts");
        one->Repair();
        Expect(false, BACKUP, "the second cut");
        two->Repair();
        Expect(true, PRIMARY, "no cut");
        NS_TEST_EXPECT_MSG_EQ(GetStaticRoutes(m_nodes.Get(0)), before, "after all");
    }
};

/// Behaviour of Ipv4LineBinder.
class LineBinderTestSuite : public TestSuite
{
  public:
    LineBinderTestSuite()
        : TestSuite("keepalive-line-binder")
    {
        AddTestCase(new BackupTestCase);
        AddTestCase(new ExactlyOnceTestCase);
        AddTestCase(new SameButMetricTestCase);
        AddTestCase(new TwiceTestCase);
        AddTestCase(new RoutingProtocolsTestCase(true));
        AddTestCase(new RoutingProtocolsTestCase(false));
        AddTestCase(new FollowTestCase);
        AddTestCase(new ShutFromTheStartTestCase(true));
        AddTestCase(new ShutFromTheStartTestCase(false));
        AddTestCase(new SilentFailureTestCase);
        AddTestCase(new RipTestCase);
        AddTestCase(new OverlappingCarrierTestCase);
    }
};

LineBinderTestSuite g_lineBinderTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
