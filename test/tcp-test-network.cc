/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/mac48-address.h"
#include "ns3/object-ptr-container.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-socket-factory.h"
#include "ns3/tcp-l4-protocol.h"

#include <sstream>

namespace ns3
{
namespace keepalive
{
namespace tests
{

namespace
{

constexpr uint8_t TCP_PROTOCOL = 6; //!< in the IP header

} // namespace

TcpTestNetwork::TcpTestNetwork()
    : channel(CreateObject<SimpleChannel>())
{
    hosts.Create(2);
    InternetStackHelper().Install(hosts);
    TcpKeepaliveHelper().Install(hosts);
    channel->SetAttribute("Delay", TimeValue(MilliSeconds(1)));
    Connect(0);
    Connect(1);
}

TcpTestNetwork::~TcpTestNetwork()
{
    for (uint32_t host = 0; host < 2; host++)
    {
        hosts.Get(host)->GetObject<Ipv4L3Protocol>()->TraceDisconnectWithoutContext(
            "Tx",
            MakeBoundCallback(&TcpTestNetwork::Sent, this, host == 0));
    }
}

void
TcpTestNetwork::Connect(uint32_t host)
{
    const Ptr<Node> node = hosts.Get(host);
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAttribute("PointToPointMode", BooleanValue(true)); // so that nobody needs ARP
    device->SetAddress(Mac48Address::Allocate());
    device->SetChannel(channel);
    m_towards[host] = CreateObject<OutageErrorModel>();
    device->SetReceiveErrorModel(m_towards[host]);
    node->AddDevice(device);

    auto ipv4 = node->GetObject<Ipv4L3Protocol>();
    const uint32_t interface = ipv4->AddInterface(device);
    const char* address = host == 0 ? "10.0.0.1" : "10.0.0.2";
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, "255.255.255.0"));
    ipv4->SetUp(interface);
    ipv4->TraceConnectWithoutContext("Tx",
                                     MakeBoundCallback(&TcpTestNetwork::Sent, this, host == 0));

    auto ipv6 = node->GetObject<Ipv6>();
    const uint32_t interface6 = ipv6->AddInterface(device);
    const char* address6 = host == 0 ? "fd00::1" : "fd00::2";
    ipv6->AddAddress(interface6, Ipv6InterfaceAddress(Ipv6Address(address6), Ipv6Prefix(64)));
    ipv6->SetUp(interface6);
}

void
TcpTestNetwork::Sent(TcpTestNetwork* network,
                     bool fromA,
                     Ptr<const Packet> packet,
                     Ptr<Ipv4>,
                     uint32_t)
{
    Ptr<Packet> copy = packet->Copy();
    Ipv4Header ip;
    copy->RemoveHeader(ip);
    if (ip.GetProtocol() != TCP_PROTOCOL)
    {
        return;
    }
    TcpHeader tcp;
    copy->RemoveHeader(tcp);
    std::string flags;
    flags += (tcp.GetFlags() & TcpHeader::SYN) ? "S" : "";
    flags += (tcp.GetFlags() & TcpHeader::FIN) ? "F" : "";
    flags += (tcp.GetFlags() & TcpHeader::RST) ? "R" : "";
    flags += (tcp.GetFlags() & TcpHeader::ACK) ? "A" : "";
    network->segments.push_back({Simulator::Now(),
                                 fromA,
                                 flags,
                                 tcp.GetSequenceNumber().GetValue(),
                                 tcp.GetAckNumber().GetValue(),
                                 copy->GetSize(),
                                 ip.GetTos()});
}

void
TcpTestNetwork::SetCut(bool towardsA, bool towardsB, bool cut)
{
    for (uint32_t host = 0; host < 2; host++)
    {
        if (!(host == 0 ? towardsA : towardsB))
        {
            continue;
        }
        if (cut)
        {
            m_towards[host]->Cut(false);
        }
        else
        {
            m_towards[host]->Restore();
        }
    }
}

void
TcpTestNetwork::CutAt(Time at, bool towardsA, bool towardsB)
{
    Simulator::Schedule(at, &TcpTestNetwork::SetCut, this, towardsA, towardsB, true);
}

void
TcpTestNetwork::HealAt(Time at, bool towardsA, bool towardsB)
{
    Simulator::Schedule(at, &TcpTestNetwork::SetCut, this, towardsA, towardsB, false);
}

Ptr<TcpKeepaliveSocket>
TcpTestNetwork::MakeSocket(uint32_t host, const std::string& profile) const
{
    auto socket = DynamicCast<TcpKeepaliveSocket>(
        Socket::CreateSocket(hosts.Get(host), TcpKeepaliveSocketFactory::GetTypeId()));
    socket->SetAttribute("Profile", StringValue(profile));
    return socket;
}

std::size_t
TcpTestNetwork::CountSockets(uint32_t host) const
{
    ObjectPtrContainerValue sockets;
    hosts.Get(host)->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    return sockets.GetN();
}

std::vector<Time>
TcpTestNetwork::GetTimes(bool fromA, const std::string& flags, Time since) const
{
    std::vector<Time> times;
    for (const Seen& seen : segments)
    {
        if (seen.fromA == fromA && seen.flags == flags && seen.when >= since)
        {
            times.push_back(seen.when);
        }
    }
    return times;
}

std::string
TcpTestNetwork::Print(Time since) const
{
    std::ostringstream text;
    for (const Seen& seen : segments)
    {
        if (seen.when >= since)
        {
            text << "\n  " << seen.when.As(Time::MS) << (seen.fromA ? " A " : " B ") << seen.flags
                 << " seq " << seen.seq << " ack " << seen.ack << " len " << seen.length;
        }
    }
    return text.str();
}

void
SocketLog::Attach(Ptr<TcpKeepaliveSocket> s, bool closes)
{
    socket = s;
    m_closes = closes;
    s->SetConnectCallback(MakeCallback(&SocketLog::Connected, this),
                          MakeCallback(&SocketLog::Failed, this));
    s->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                         MakeCallback(&SocketLog::Accepted, this));
    s->SetCloseCallbacks(MakeCallback(&SocketLog::NormalClose, this),
                         MakeCallback(&SocketLog::ErrorClose, this));
    s->SetRecvCallback(MakeCallback(&SocketLog::Readable, this));
    s->TraceConnectWithoutContext("ConnectionEnd", MakeCallback(&SocketLog::Ended, this));
    s->TraceConnectWithoutContext("KeepaliveTx", MakeCallback(&SocketLog::ProbeSent, this));
    s->TraceConnectWithoutContext("KeepaliveRx", MakeCallback(&SocketLog::ProbeAnswered, this));
}

void
SocketLog::Connected(Ptr<Socket>)
{
    connected.push_back(Simulator::Now());
}

void
SocketLog::Failed(Ptr<Socket>)
{
    failed.push_back(Simulator::Now());
}

void
SocketLog::Accepted(Ptr<Socket> s, const Address&)
{
    connected.push_back(Simulator::Now());
    socket = DynamicCast<TcpKeepaliveSocket>(s);
    s->SetCloseCallbacks(MakeCallback(&SocketLog::NormalClose, this),
                         MakeCallback(&SocketLog::ErrorClose, this));
    s->SetRecvCallback(MakeCallback(&SocketLog::Readable, this));
}

void
SocketLog::NormalClose(Ptr<Socket> s)
{
    normalCloses.push_back(Simulator::Now());
    if (m_closes)
    {
        s->Close();
    }
}

void
SocketLog::ErrorClose(Ptr<Socket>)
{
    errorCloses.push_back(Simulator::Now());
}

void
SocketLog::Readable(Ptr<Socket> s)
{
    while (reads && s->GetRxAvailable() > 0)
    {
        received += s->Recv()->GetSize();
    }
}

void
SocketLog::Ended(TcpEndCause cause)
{
    ends.emplace_back(Simulator::Now(), cause);
}

void
SocketLog::ProbeSent(Ptr<const Packet> probe, uint32_t unanswered)
{
    probes.emplace_back(Simulator::Now(), unanswered);
    probePackets.push_back(probe);
}

void
SocketLog::ProbeAnswered(Ptr<const Packet>, uint32_t unanswered)
{
    answers.emplace_back(Simulator::Now(), unanswered);
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
