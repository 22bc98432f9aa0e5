/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief A client that connects again, and a server: TcpKeepaliveApplication where things go wrong.
 *
 * 1. While there is no route to the server the client goes on trying, with a port of its own or
 * any, and leaves no sockets behind; when there is one it connects.
 * 2. A server that hangs does not close what its peer has closed, and resets nothing; it does close
 *    when it goes on.
 * 3. Over IPv6, too.
 */

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6.h"
#include "ns3/node-container.h"
#include "ns3/object-vector.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-keepalive-application.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr uint16_t PORT = 5000; //!< of the server

/**
 * @ingroup keepalive-tests
 * @brief A client and a server, 5 ms apart.
 */
class TcpApplicationTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param name what it is called
     */
    explicit TcpApplicationTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /// Build the network. Both applications run from the beginning.
    void Build()
    {
        m_nodes.Create(2);
        InternetStackHelper().Install(m_nodes);
        TcpKeepaliveHelper().Install(m_nodes);
        PointToPointHelper wire;
        wire.SetChannelAttribute("Delay", TimeValue(MilliSeconds(5)));
        const NetDeviceContainer devices = wire.Install(m_nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(devices);
        Ipv6AddressHelper(Ipv6Address("2001:db8::"), Ipv6Prefix(64)).Assign(devices);
        m_client = CreateObject<TcpKeepaliveApplication>();
        m_server = CreateObject<TcpKeepaliveApplication>();
        m_client->SetAttribute("Remote", AddressValue(InetSocketAddress("10.0.0.2", PORT)));
        m_server->SetAttribute("Local",
                               AddressValue(InetSocketAddress(Ipv4Address::GetAny(), PORT)));
        m_nodes.Get(0)->AddApplication(m_client);
        m_nodes.Get(1)->AddApplication(m_server);
        m_client->TraceConnectWithoutContext(
            "Connection",
            MakeCallback(&TcpApplicationTestCase::HandleClient, this));
        m_server->TraceConnectWithoutContext(
            "Connection",
            MakeCallback(&TcpApplicationTestCase::HandleServer, this));
    }

    /**
     * @brief Run on.
     * @param until to this time
     */
    static void RunUntil(Time until)
    {
        Simulator::Stop(until - Simulator::Now());
        Simulator::Run();
    }

    /**
     * @brief Count the TCP sockets of a node.
     * @param node its number
     * @return how many its kernel has
     */
    std::size_t CountSockets(uint32_t node) const
    {
        ObjectVectorValue sockets;
        m_nodes.Get(node)->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
        return sockets.GetN();
    }

    NodeContainer m_nodes;                    //!< client, server
    Ptr<TcpKeepaliveApplication> m_client;    //!< the client
    Ptr<TcpKeepaliveApplication> m_server;    //!< the server
    std::vector<TcpEndCause> m_clientHistory; //!< what became of its connections
    std::vector<TcpEndCause> m_serverHistory; //!< what became of its connections

  private:
    void DoTeardown() override
    {
        m_client = nullptr;
        m_server = nullptr;
        Simulator::Destroy();
    }

    // trace sinks
    void HandleClient(Ptr<TcpKeepaliveSocket>, TcpEndCause cause)
    {
        m_clientHistory.push_back(cause);
    }

    void HandleServer(Ptr<TcpKeepaliveSocket>, TcpEndCause cause)
    {
        m_serverHistory.push_back(cause);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 1. No route.
 */
class NoRouteTestCase : public TcpApplicationTestCase
{
  public:
    /**
     * @brief Create the case.
     * @param port of the client; 0 for any
     */
    explicit NoRouteTestCase(uint16_t port)
        : TcpApplicationTestCase("no route, port " + std::to_string(port)),
          m_port(port)
    {
    }

  private:
    void DoRun() override
    {
        Build();
        if (m_port > 0)
        {
            m_client->SetAttribute("Local", AddressValue(InetSocketAddress("10.0.0.1", m_port)));
        }
        Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
        ipv4->SetDown(1);
        RunUntil(Seconds(60));
        NS_TEST_EXPECT_MSG_GT(m_clientHistory.size(), 6U, "attempts");
        NS_TEST_EXPECT_MSG_EQ(m_client->IsUp(), false, "none of them works");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(CountSockets(0), 1U, "none is left");
        ipv4->SetUp(1);
        RunUntil(Seconds(70));
        NS_TEST_EXPECT_MSG_EQ(m_client->IsUp(), true, "connected");
        NS_TEST_EXPECT_MSG_EQ(CountSockets(0), 1U, "one connection");
        NS_TEST_EXPECT_MSG_EQ(CountSockets(1), 2U, "one connection, and one that listens");
    }

    uint16_t m_port; //!< of the client
};

/**
 * @ingroup keepalive-tests
 * @brief 2. A server that hangs.
 */
class HangingServerTestCase : public TcpApplicationTestCase
{
  public:
    HangingServerTestCase()
        : TcpApplicationTestCase("a server that hangs does not close")
    {
    }

  private:
    void DoRun() override
    {
        Build();
        m_client->SetAttribute("DataPeriod", TimeValue(Seconds(1)));
        m_client->SetStopTime(Seconds(10.5));
        RunUntil(Seconds(5.5));
        m_server->SetControlPlaneStalled(true);
        const uint64_t read = m_server->GetBytesRead();
        RunUntil(Seconds(30));
        NS_TEST_EXPECT_MSG_EQ(m_server->GetBytesRead(), read, "it reads nothing");
        NS_TEST_ASSERT_MSG_EQ(m_server->GetConnections().size(), 1U, "it closes nothing");
        NS_TEST_EXPECT_MSG_EQ(m_clientHistory.size(), 1U, "no reset, no end");
        m_server->SetControlPlaneStalled(false);
        RunUntil(Seconds(31));
        NS_TEST_EXPECT_MSG_EQ(m_server->GetBytesRead(), 1000U, "ten writes of 100 octets");
        NS_TEST_EXPECT_MSG_EQ(m_server->GetConnections().size(), 0U, "closed");
        const std::vector<TcpEndCause> history{TcpEndCause::NONE, TcpEndCause::CLOSED};
        NS_TEST_EXPECT_MSG_EQ((m_serverHistory == history), true, "in good order");
        NS_TEST_EXPECT_MSG_EQ((m_clientHistory == history), true, "in good order");
        NS_TEST_EXPECT_MSG_EQ(CountSockets(1), 1U, "it listens");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. IPv6.
 */
class Ipv6TestCase : public TcpApplicationTestCase
{
  public:
    Ipv6TestCase()
        : TcpApplicationTestCase("IPv6")
    {
    }

  private:
    void DoRun() override
    {
        Build();
        const Ipv6Address address =
            m_nodes.Get(1)->GetObject<Ipv6>()->GetAddress(1, 1).GetAddress();
        m_client->SetAttribute("Remote", AddressValue(Inet6SocketAddress(address, PORT)));
        m_server->SetAttribute("Local",
                               AddressValue(Inet6SocketAddress(Ipv6Address::GetAny(), PORT)));
        m_client->SetStartTime(Seconds(5)); // the addresses are known to be unique by then
        m_server->SetStartTime(Seconds(4));
        m_client->SetStopTime(Seconds(20));
        RunUntil(Seconds(10));
        NS_TEST_EXPECT_MSG_EQ(m_client->IsUp(), true, "connected");
        NS_TEST_EXPECT_MSG_EQ(CountSockets(0), 1U, "one socket");
        RunUntil(Seconds(1000));
        NS_TEST_EXPECT_MSG_EQ(CountSockets(0), 0U, "none");
        NS_TEST_EXPECT_MSG_EQ(CountSockets(1), 1U, "it listens");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class TcpKeepaliveApplicationTestSuite : public TestSuite
{
  public:
    TcpKeepaliveApplicationTestSuite()
        : TestSuite("keepalive-tcp-keepalive-application")
    {
        AddTestCase(new NoRouteTestCase(0));
        AddTestCase(new NoRouteTestCase(4000));
        AddTestCase(new HangingServerTestCase);
        AddTestCase(new Ipv6TestCase);
    }
};

TcpKeepaliveApplicationTestSuite g_tcpKeepaliveApplicationTestSuite; //!< registers the suite

} // namespace
