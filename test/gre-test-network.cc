/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-test-network.h"

#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/failure-helper.h"
#include "ns3/gre-header.h"
#include "ns3/gre-protocol.h"
#include "ns3/gre-tunnel-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-line-binder.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

namespace ns3
{
namespace keepalive
{
namespace tests
{

namespace
{

constexpr uint32_t PPP_HEADER = 2; //!< bytes before the IP header in a point-to-point frame
constexpr uint16_t UDP_PORT = 7;   //!< of the data

} // namespace

std::string
ToHex(Ptr<const Packet> packet, uint32_t skip)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    std::string hex;
    for (std::size_t i = skip; i < bytes.size(); i++)
    {
        hex += "0123456789abcdef"[bytes[i] >> 4];
        hex += "0123456789abcdef"[bytes[i] & 0x0f];
    }
    return hex;
}

Ptr<Packet>
FromHex(const std::string& hex)
{
    const std::vector<uint8_t> bytes = ToBytes(hex);
    return Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
}

void
AddOuterHeader(Ptr<Packet> packet, bool fromA)
{
    Ipv4Header outer;
    outer.SetSource(fromA ? "128.8.8.8" : "129.9.9.9");
    outer.SetDestination(fromA ? "129.9.9.9" : "128.8.8.8");
    outer.SetProtocol(GreHeader::IP_PROTOCOL);
    outer.SetTtl(255);
    outer.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    packet->AddHeader(outer);
}

GreTestNetwork::GreTestNetwork(const Options& options)
{
    nodes.Create(2);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Mb/s"));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    wire = link.Install(nodes);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.252").Assign(wire);

    const char* addresses[] = {"128.8.8.8", "129.9.9.9"};
    const char* gateways[] = {"10.0.0.2", "10.0.0.1"};
    for (uint32_t i = 0; i < 2; i++)
    {
        Ptr<Ipv4> ipv4 = nodes.Get(i)->GetObject<Ipv4>();
        ipv4->AddAddress(0, Ipv4InterfaceAddress(addresses[i], Ipv4Mask::GetOnes()));
        Ipv4StaticRoutingHelper().GetStaticRouting(ipv4)->AddHostRouteTo(addresses[1 - i],
                                                                         gateways[i],
                                                                         1);
        wire.Get(i)->TraceConnectWithoutContext(
            "PhyTxBegin",
            MakeBoundCallback(&GreTestNetwork::Sent, this, i == 0));
    }

    GreTunnelHelper gre;
    gre.SetKey(options.key);
    gre.SetDeviceAttribute("VerdictRule", EnumValue(options.rule));
    gre.SetDeviceAttribute("Checksum", BooleanValue(options.checksum));
    gre.SetDeviceAttribute("SequenceNumbers", BooleanValue(options.sequenceNumbers));
    gre.SetDeviceAttribute("KeepaliveStartPhase",
                           StringValue("ns3::ConstantRandomVariable[Constant=0]"));
    NetDeviceContainer ends = gre.Install(nodes.Get(0), addresses[0], nodes.Get(1), addresses[1]);
    a = DynamicCast<GreTunnelDevice>(ends.Get(0));
    b = DynamicCast<GreTunnelDevice>(ends.Get(1));
    a->SetKeepalive(options.intervalA, options.retries);
    b->SetKeepalive(options.intervalB, options.retries);
    a->TraceConnectWithoutContext("LineProtocol", MakeCallback(&GreTestNetwork::LineA, this));
    b->TraceConnectWithoutContext("LineProtocol", MakeCallback(&GreTestNetwork::LineB, this));
    for (uint32_t i = 0; i < 2; i++)
    {
        ends.Get(i)->TraceConnectWithoutContext("Drop",
                                                MakeCallback(&GreTestNetwork::Dropped, this));
        nodes.Get(i)->GetObject<GreProtocol>()->TraceConnectWithoutContext(
            "Drop",
            MakeCallback(&GreTestNetwork::Dropped, this));
    }

    if (options.numbered)
    {
        Ipv4AddressHelper("1.1.1.0", "255.255.255.240").Assign(ends);
        for (uint32_t i = 0; i < 2; i++)
        {
            CreateObject<Ipv4LineBinder>()->Bind(ends.Get(i));
        }
        m_sink = Socket::CreateSocket(nodes.Get(1), UdpSocketFactory::GetTypeId());
        m_sink->Bind(InetSocketAddress(Ipv4Address::GetAny(), UDP_PORT));
        m_sink->SetRecvCallback(MakeCallback(&GreTestNetwork::Received, this));
        m_source = Socket::CreateSocket(nodes.Get(0), UdpSocketFactory::GetTypeId());
        m_source->Bind();
    }
}

GreTestNetwork::~GreTestNetwork()
{
    m_source = nullptr;
    m_sink = nullptr;
    Simulator::Destroy();
}

void
GreTestNetwork::Inject(uint32_t node, const std::string& hex)
{
    Ptr<Packet> frame = FromHex("0021" + hex); // PPP protocol number of IPv4
    Simulator::ScheduleWithContext(nodes.Get(node)->GetId(),
                                   Seconds(0),
                                   &PointToPointNetDevice::Receive,
                                   DynamicCast<PointToPointNetDevice>(wire.Get(node)),
                                   frame);
}

void
GreTestNetwork::SendData(uint32_t size, uint8_t tos)
{
    m_source->Connect(InetSocketAddress("1.1.1.2", UDP_PORT));
    m_source->SetIpTos(tos); // after Connect, which resets it in older releases
    m_source->Send(Create<Packet>(size));
}

void
GreTestNetwork::SetCut(bool towardsA, bool towardsB, bool cut)
{
    const bool affected[] = {towardsA, towardsB};
    for (uint32_t i = 0; i < 2; i++)
    {
        Ptr<OutageErrorModel> direction = FailureHelper::GetOutageModel(wire.Get(i));
        if (affected[i] && cut)
        {
            direction->Cut(false);
        }
        else if (affected[i])
        {
            direction->Restore();
        }
    }
}

void
GreTestNetwork::Sent(GreTestNetwork* network, bool fromA, Ptr<const Packet> packet)
{
    network->frames.push_back({Simulator::Now(),
                               fromA,
                               packet->CreateFragment(PPP_HEADER, packet->GetSize() - PPP_HEADER)});
}

void
GreTestNetwork::Dropped(Ptr<const Packet>, DropReason reason)
{
    drops.push_back(reason);
}

void
GreTestNetwork::LineA(const DetectionEvent& event)
{
    eventsA.push_back(event);
}

void
GreTestNetwork::LineB(const DetectionEvent& event)
{
    eventsB.push_back(event);
}

void
GreTestNetwork::Received(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        delivered.push_back(packet);
    }
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
