/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-test-network.h"

#include "ns3/application-container.h"
#include "ns3/boolean.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <memory>
#include <string>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief TcpKeepaliveSocket under applications of ns-3, with stock sockets, and over lossy wires.
 *
 * Behaviours:
 *  1. BulkSend, OnOff and PacketSink use the sockets by name and notice a dead peer
 *  2. a stock socket of ns-3 at the other end gets all data, and answers probes with an octet, not
 *     those without
 *  3. all data arrives over a wire that loses packets, in both directions, from and to either kind
 *     of socket, and the connection is closed in order
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint16_t PORT = TcpTestNetwork::PORT;                            //!< where B listens
const std::string KEEPALIVE = "ns3::keepalive::TcpKeepaliveSocketFactory"; //!< our sockets
const std::string STOCK = "ns3::TcpSocketFactory";                         //!< those of ns-3

/// Hears how connections end.
struct EndLog
{
    /**
     * @brief A connection ended.
     * @param cause why
     */
    void Ended(TcpEndCause cause)
    {
        text += std::string(text.empty() ? "" : " ") + ToString(cause);
        last = Simulator::Now();
    }

    std::string text; //!< the causes, in order
    Time last;        //!< when the last one ended
};

/// Behaviour 1.
class ByNameTestCase : public TestCase
{
  public:
    ByNameTestCase()
        : TestCase("Applications use the sockets by name")
    {
    }

  private:
    void DoRun() override
    {
        TcpTestNetwork network;
        TcpKeepaliveHelper helper("linux");
        helper.SetAttribute("KeepaliveEnabled", BooleanValue(true));
        helper.SetAttribute("KeepaliveIdle", TimeValue(Seconds(10)));
        helper.SetAttribute("KeepaliveInterval", TimeValue(Seconds(2)));
        helper.SetAttribute("KeepaliveProbes", UintegerValue(4));
        helper.Install(network.hosts);

        PacketSinkHelper sink(KEEPALIVE, InetSocketAddress(Ipv4Address::GetAny(), PORT));
        ApplicationContainer sinks = sink.Install(network.hosts.Get(1));
        sinks.Start(Seconds(0));
        BulkSendHelper bulk(KEEPALIVE, InetSocketAddress("10.0.0.2", PORT));
        bulk.SetAttribute("MaxBytes", UintegerValue(100000));
        ApplicationContainer sources = bulk.Install(network.hosts.Get(0));
        OnOffHelper onOff(KEEPALIVE, InetSocketAddress("10.0.0.2", PORT));
        onOff.SetConstantRate(DataRate("80kb/s"), 1000);
        onOff.SetAttribute("OnTime", StringValue("ns3::ConstantRandomVariable[Constant=5.05]"));
        onOff.SetAttribute("OffTime", StringValue("ns3::ConstantRandomVariable[Constant=4]"));
        sources.Add(onOff.Install(network.hosts.Get(0)));
        sources.Start(Seconds(1));

        EndLog atB;
        Simulator::Schedule(MilliSeconds(500), &ByNameTestCase::Watch, sinks.Get(0), &atB);
        // BulkSend closes when it is done. OnOff, which begins with a pause, sends 50 kB from 5 s
        // to 10.05 s and from 14.05 s to 19.1 s, and then into the dead wire.
        network.CutAt(Seconds(20));
        Simulator::Stop(Seconds(100));
        Simulator::Run();
        const uint64_t received = DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx();
        NS_TEST_EXPECT_MSG_EQ(received, 200000, "all came");
        NS_TEST_EXPECT_MSG_EQ(atB.text, "closed keepalive", "BulkSend, then OnOff");
        NS_TEST_EXPECT_MSG_GT(atB.last, Seconds(19 + 10 + 4 * 2), "T + n * I after the last data");
        NS_TEST_EXPECT_MSG_LT(atB.last, Seconds(20 + 10 + 4 * 2), "T + n * I after the cut");
        Simulator::Destroy();
    }

    /**
     * @brief Listen to the connections that a sink accepts.
     * @param sink the sink
     * @param log who listens
     */
    static void Watch(Ptr<Application> sink, EndLog* log)
    {
        DynamicCast<PacketSink>(sink)->GetListeningSocket()->TraceConnectWithoutContext(
            "ConnectionEnd",
            MakeCallback(&EndLog::Ended, log));
    }
};

/// Behaviour 2.
class StockPeerTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param octet probes carry an octet
     */
    explicit StockPeerTestCase(bool octet)
        : TestCase(octet ? "A stock socket answers probes with an octet"
                         : "A stock socket answers no probes without data"),
          m_octet(octet)
    {
    }

  private:
    void DoRun() override
    {
        auto network = std::make_unique<TcpTestNetwork>();
        PacketSinkHelper sink(STOCK, InetSocketAddress(Ipv4Address::GetAny(), PORT));
        ApplicationContainer sinks = sink.Install(network->hosts.Get(1));
        sinks.Start(Seconds(0));
        SocketLog log;
        Ptr<TcpKeepaliveSocket> socket = network->MakeSocket(0);
        log.Attach(socket);
        socket->SetAttribute("KeepaliveEnabled", BooleanValue(true));
        socket->SetAttribute("KeepaliveIdle", TimeValue(Seconds(10)));
        socket->SetAttribute("KeepaliveInterval", TimeValue(Seconds(2)));
        socket->SetAttribute("KeepaliveProbes", UintegerValue(4));
        socket->SetAttribute("GarbageOctet", BooleanValue(m_octet));
        Simulator::Schedule(Seconds(1), &StockPeerTestCase::Connect, socket);
        Simulator::Stop(Seconds(100));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(DynamicCast<PacketSink>(sinks.Get(0))->GetTotalRx(),
                              5000,
                              "no octet is garbage to the application");
        NS_TEST_EXPECT_MSG_EQ(log.answers.size(), (m_octet ? 9 : 0), "answers");
        NS_TEST_EXPECT_MSG_EQ((socket->GetEndCause() == TcpEndCause::NONE), m_octet, "alive");
        if (m_octet)
        {
            socket->Close(); // the sink closes as well
            Simulator::Stop(Seconds(10));
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(socket->GetEndCause())), "closed", "end");
        }
        network.reset();
        Simulator::Destroy();
    }

    /**
     * @brief Connect and send 5000 octets.
     * @param socket the socket
     */
    static void Connect(Ptr<TcpKeepaliveSocket> socket)
    {
        socket->Connect(InetSocketAddress("10.0.0.2", PORT));
        socket->Send(Create<Packet>(5000));
    }

    const bool m_octet; //!< probes carry an octet
};

/// Behaviour 3.
class LossTestCase : public TestCase
{
  public:
    /**
     * @brief Create a case.
     * @param atA sockets of A
     * @param atB sockets of B
     * @param profile stack of our sockets
     */
    LossTestCase(const std::string& atA, const std::string& atB, const std::string& profile)
        : TestCase("All data arrives over a lossy wire, " + atA + " to " + atB + ", " + profile),
          m_atA(atA),
          m_atB(atB),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        auto network = std::make_unique<TcpTestNetwork>();
        TcpKeepaliveHelper helper(m_profile);
        helper.SetAttribute("KeepaliveEnabled", BooleanValue(true));
        helper.SetAttribute("KeepaliveIdle", TimeValue(Seconds(1)));
        helper.SetAttribute("KeepaliveInterval", TimeValue(Seconds(1)));
        helper.SetAttribute("KeepaliveProbes", UintegerValue(9));
        helper.Install(network->hosts);
        for (uint32_t host = 0; host < 2; host++)
        {
            auto loss = CreateObject<RateErrorModel>();
            loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            loss->SetRate(0.05);
            loss->AssignStreams(100 + host);
            DynamicCast<SimpleNetDevice>(network->hosts.Get(host)->GetDevice(1))
                ->SetReceiveErrorModel(loss);
        }
        // One connection each way: A sends on one, B on the other.
        ApplicationContainer sinks;
        const std::string protocols[] = {m_atA, m_atB};
        for (uint32_t host = 0; host < 2; host++)
        {
            PacketSinkHelper sink(protocols[host], InetSocketAddress(Ipv4Address::GetAny(), PORT));
            sinks.Add(sink.Install(network->hosts.Get(host)));
        }
        sinks.Start(Seconds(0));
        for (uint32_t host = 0; host < 2; host++)
        {
            BulkSendHelper bulk(protocols[host],
                                InetSocketAddress(host == 0 ? "10.0.0.2" : "10.0.0.1", PORT));
            bulk.SetAttribute("MaxBytes", UintegerValue(300000));
            ApplicationContainer source = bulk.Install(network->hosts.Get(host));
            source.Start(Seconds(1));
        }
        Simulator::Stop(Seconds(2000));
        Simulator::Run();
        for (uint32_t host = 0; host < 2; host++)
        {
            NS_TEST_EXPECT_MSG_EQ(DynamicCast<PacketSink>(sinks.Get(host))->GetTotalRx(),
                                  300000,
                                  "received by " << (host == 0 ? "A" : "B"));
            if (protocols[host] == KEEPALIVE)
            {
                NS_TEST_EXPECT_MSG_EQ(network->CountSockets(host), 1, "the listener is left");
            }
        }
        network.reset();
        Simulator::Destroy();
    }

    const std::string m_atA;     //!< sockets of A
    const std::string m_atB;     //!< sockets of B
    const std::string m_profile; //!< stack of our sockets
};

/// The suite of this file.
class TcpApplicationsTestSuite : public TestSuite
{
  public:
    TcpApplicationsTestSuite()
        : TestSuite("keepalive-tcp-applications")
    {
        AddTestCase(new ByNameTestCase);
        AddTestCase(new StockPeerTestCase(true));
        AddTestCase(new StockPeerTestCase(false));
        AddTestCase(new LossTestCase(KEEPALIVE, KEEPALIVE, "linux"));
        AddTestCase(new LossTestCase(KEEPALIVE, KEEPALIVE, "freebsd"));
        AddTestCase(new LossTestCase(KEEPALIVE, KEEPALIVE, "windows-vista"));
        AddTestCase(new LossTestCase(KEEPALIVE, STOCK, "linux"));
        AddTestCase(new LossTestCase(STOCK, KEEPALIVE, "linux"));
    }
};

TcpApplicationsTestSuite g_tcpApplicationsTestSuite; //!< the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
