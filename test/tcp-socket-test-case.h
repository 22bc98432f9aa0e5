/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SOCKET_TEST_CASE_H
#define KEEPALIVE_TCP_SOCKET_TEST_CASE_H

#include "tcp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-keepalive-socket.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief A test case with a connection from A to B, 1 ms away.
 */
class TcpSocketTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit TcpSocketTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    void DoSetup() override
    {
        Begin();
    }

    void DoTeardown() override
    {
        Finish();
    }

    /// Build a fresh network.
    void Begin()
    {
        m_network = std::make_unique<TcpTestNetwork>();
        m_a = std::make_unique<SocketLog>();
        m_b = std::make_unique<SocketLog>();
    }

    /// End the simulation and forget it.
    void Finish()
    {
        m_network.reset();
        m_listener = nullptr;
        m_client = nullptr;
        m_a.reset();
        m_b.reset();
        Simulator::Destroy();
    }

    /**
     * @brief Let B listen, and create the socket of A.
     * @param profileA stack of A
     * @param profileB stack of B
     * @param closes both close when the other end has
     */
    void Prepare(const std::string& profileA = "linux",
                 const std::string& profileB = "linux",
                 bool closes = true)
    {
        Listen(profileB, closes);
        m_client = m_network->MakeSocket(0, profileA);
        m_a->Attach(m_client, closes);
    }

    /**
     * @brief Let B listen.
     * @param profile stack of B
     * @param closes it closes when A has
     */
    void Listen(const std::string& profile = "linux", bool closes = true)
    {
        m_listener = m_network->MakeSocket(1, profile);
        m_b->Attach(m_listener, closes);
        m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), TcpTestNetwork::PORT));
        m_listener->Listen();
    }

    /**
     * @brief Connect A to B.
     * @param localPort of A; 0 for any
     */
    void Connect(uint16_t localPort = 0)
    {
        if (localPort != 0)
        {
            m_client->Bind(InetSocketAddress(Ipv4Address::GetAny(), localPort));
        }
        m_client->Connect(InetSocketAddress("10.0.0.2", TcpTestNetwork::PORT));
    }

    /**
     * @brief Configure keepalives.
     * @param socket of this socket
     * @param idle T
     * @param interval I
     * @param probes n
     */
    static void SetKeepalive(Ptr<TcpKeepaliveSocket> socket,
                             Time idle,
                             Time interval,
                             uint32_t probes)
    {
        socket->SetAttribute("KeepaliveIdle", TimeValue(idle));
        socket->SetAttribute("KeepaliveInterval", TimeValue(interval));
        socket->SetAttribute("KeepaliveProbes", UintegerValue(probes));
        socket->SetAttribute("KeepaliveEnabled", BooleanValue(true));
    }

    /**
     * @brief Do something at a given time.
     * @param at when
     * @param what what
     */
    void At(Time at, const std::function<void()>& what)
    {
        Simulator::Schedule(at, &TcpSocketTestCase::Call, what);
    }

    /**
     * @brief Simulate.
     * @param until until when
     */
    static void Run(Time until)
    {
        Simulator::Stop(until - Simulator::Now());
        Simulator::Run();
    }

    /**
     * @brief Send octets.
     * @param log at this end
     * @param size how many
     * @return what Send said
     */
    static int Send(SocketLog& log, uint32_t size)
    {
        return log.socket->Send(Create<Packet>(size));
    }

    /**
     * @brief Compare how a connection ended.
     * @param log at this end
     * @param what for messages
     * @param cause why
     * @param when when
     */
    void ExpectEnd(const SocketLog& log, const std::string& what, TcpEndCause cause, Time when)
    {
        NS_TEST_ASSERT_MSG_EQ(log.ends.size(), 1, what << ": ends once" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(log.ends[0].second)), ToString(cause), what);
        NS_TEST_EXPECT_MSG_EQ(log.ends[0].first, when, what << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ((log.socket->GetEndCause() == cause), true, what << ": asked");
    }

    /**
     * @brief Compare times.
     * @param actual the times
     * @param expected the times, in ms
     * @param what for messages
     */
    void ExpectTimes(const std::vector<Time>& actual,
                     const std::vector<int64_t>& expected,
                     const std::string& what)
    {
        NS_TEST_ASSERT_MSG_EQ(actual.size(), expected.size(), what << m_network->Print());
        for (std::size_t i = 0; i < std::min(actual.size(), expected.size()); i++)
        {
            NS_TEST_EXPECT_MSG_EQ(actual[i], MilliSeconds(expected[i]), what << " " << i);
        }
    }

    std::unique_ptr<TcpTestNetwork> m_network; //!< A, B and the wire
    std::unique_ptr<SocketLog> m_a;            //!< what A hears
    std::unique_ptr<SocketLog> m_b;            //!< what B hears
    Ptr<TcpKeepaliveSocket> m_client;          //!< A's socket
    Ptr<TcpKeepaliveSocket> m_listener;        //!< where B listens

  private:
    /**
     * @brief Call a function: Simulator::Schedule takes no lambda in all versions.
     * @param what the function
     */
    static void Call(std::function<void()> what)
    {
        what();
    }
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SOCKET_TEST_CASE_H */
