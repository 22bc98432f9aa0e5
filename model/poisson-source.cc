/* SPDX-License-Identifier: GPL-2.0-only */

#include "poisson-source.h"

#include "ns3/inet-socket-address.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepalivePoissonSource");

NS_OBJECT_ENSURE_REGISTERED(PoissonSource);

namespace
{

constexpr uint32_t IP_UDP_SIZE = 28; //!< bytes of the IPv4 and UDP headers

} // namespace

TypeId
PoissonSource::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::PoissonSource")
                            .SetParent<Application>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<PoissonSource>()
                            .AddAttribute("Remote",
                                          "Where the packets go, an InetSocketAddress.",
                                          AddressValue(),
                                          MakeAddressAccessor(&PoissonSource::m_remote),
                                          MakeAddressChecker())
                            .AddAttribute("DataRate",
                                          "Mean rate, IP headers included. Zero sends nothing.",
                                          DataRateValue(DataRate("500kb/s")),
                                          MakeDataRateAccessor(&PoissonSource::m_rate),
                                          MakeDataRateChecker())
                            .AddAttribute("PacketSize",
                                          "Size of the IP packets in bytes.",
                                          UintegerValue(1000),
                                          MakeUintegerAccessor(&PoissonSource::m_packetSize),
                                          MakeUintegerChecker<uint32_t>(IP_UDP_SIZE, 65535))
                            .AddAttribute("Tos",
                                          "TOS of the packets.",
                                          UintegerValue(0),
                                          MakeUintegerAccessor(&PoissonSource::m_tos),
                                          MakeUintegerChecker<uint8_t>())
                            .AddTraceSource("Tx",
                                            "A packet was sent.",
                                            MakeTraceSourceAccessor(&PoissonSource::m_txTrace),
                                            "ns3::Packet::TracedCallback");
    return tid;
}

PoissonSource::PoissonSource()
    : m_gap(CreateObject<ExponentialRandomVariable>())
{
}

PoissonSource::~PoissonSource() = default;

int64_t
PoissonSource::AssignStreams(int64_t stream)
{
    m_gap->SetStream(stream);
    return 1;
}

void
PoissonSource::DoDispose()
{
    m_event.Cancel();
    m_socket = nullptr;
    m_gap = nullptr;
    Application::DoDispose();
}

void
PoissonSource::StartApplication()
{
    m_socket = Socket::CreateSocket(GetNode(), UdpSocketFactory::GetTypeId());
    m_socket->SetIpTos(m_tos);
    m_socket->Bind();
    m_socket->Connect(m_remote);
    m_socket->ShutdownRecv();
    ScheduleNext();
}

void
PoissonSource::StopApplication()
{
    m_event.Cancel();
    if (m_socket)
    {
        m_socket->Close();
    }
}

void
PoissonSource::ScheduleNext()
{
    if (m_rate.GetBitRate() == 0)
    {
        return;
    }
    const double mean = m_packetSize * 8.0 / static_cast<double>(m_rate.GetBitRate());
    m_event =
        Simulator::Schedule(Seconds(mean * m_gap->GetValue()), &PoissonSource::SendPacket, this);
}

void
PoissonSource::SendPacket()
{
    Ptr<Packet> packet = Create<Packet>(m_packetSize - IP_UDP_SIZE);
    m_txTrace(packet);
    m_socket->Send(packet);
    ScheduleNext();
}

} // namespace keepalive
} // namespace ns3
