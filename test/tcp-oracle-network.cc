/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-oracle-network.h"

#include "ns3/boolean.h"
#include "ns3/data-rate.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/queue.h"
#include "ns3/simple-channel.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-option-sack.h"
#include "ns3/tcp-option-ts.h"

#include <tuple>

namespace ns3
{
namespace keepalive
{
namespace tests
{

namespace
{

constexpr uint8_t TCP_PROTOCOL = 6; //!< in the IP header

/**
 * @brief Write flags as a packet capture does.
 * @param flags of a TCP header
 * @return a letter for each, without P
 */
std::string
FlagsToString(uint8_t flags)
{
    std::string text;
    text += (flags & TcpHeader::SYN) ? "S" : "";
    text += (flags & TcpHeader::FIN) ? "F" : "";
    text += (flags & TcpHeader::RST) ? "R" : "";
    text += (flags & TcpHeader::ACK) ? "A" : "";
    return text;
}

} // namespace

std::optional<SeenSegment>
ReadSegment(Ptr<const Packet> packet)
{
    Ptr<Packet> copy = packet->Copy();
    Ipv4Header ip;
    copy->RemoveHeader(ip);
    if (ip.GetProtocol() != TCP_PROTOCOL)
    {
        return std::nullopt;
    }
    TcpHeader tcp;
    copy->RemoveHeader(tcp);
    SeenSegment seen;
    seen.flags = FlagsToString(tcp.GetFlags());
    seen.seq = tcp.GetSequenceNumber().GetValue();
    seen.ack = tcp.GetAckNumber().GetValue();
    seen.length = copy->GetSize();
    seen.ipLength = packet->GetSize();
    seen.window = tcp.GetWindowSize();
    seen.timestamp = tcp.HasOption(TcpOption::TS);
    if (seen.timestamp)
    {
        seen.echo = DynamicCast<const TcpOptionTS>(tcp.GetOption(TcpOption::TS))->GetEcho();
    }
    if (tcp.HasOption(TcpOption::SACK))
    {
        const auto sack = DynamicCast<const TcpOptionSack>(tcp.GetOption(TcpOption::SACK));
        const auto blocks = sack->GetSackList();
        if (!blocks.empty())
        {
            seen.sack = {blocks.front().first.GetValue(), blocks.front().second.GetValue()};
        }
    }
    return seen;
}

NS_OBJECT_ENSURE_REGISTERED(OracleDevice);

TypeId
OracleDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::tests::OracleDevice")
                            .SetParent<SimpleNetDevice>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<OracleDevice>();
    return tid;
}

void
OracleDevice::SetSent(Callback<void, Ptr<const Packet>> sent)
{
    m_sent = sent;
}

void
OracleDevice::SetCarrier(bool carrier)
{
    m_carrier = carrier;
}

bool
OracleDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    if (!m_carrier)
    {
        return false;
    }
    if (!m_sent.IsNull())
    {
        m_sent(packet);
    }
    return SimpleNetDevice::Send(packet, dest, protocolNumber);
}

void
OracleDevice::DoDispose()
{
    m_sent = MakeNullCallback<void, Ptr<const Packet>>();
    SimpleNetDevice::DoDispose();
}

TcpOracleNetwork::TcpOracleNetwork(bool router)
    : ours(CreateObject<Node>()),
      peer(CreateObject<Node>())
{
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(ours);
    internet.Install(peer);
    if (router)
    {
        m_router = CreateObject<Node>();
        internet.Install(m_router);
        const int64_t half = DELAY * 1000 / 2;
        ourDevice = Connect(ours, "10.98.0.1", m_router, "10.98.0.3", half).first;
        peerDevice = Connect(m_router, "10.99.0.3", peer, "10.98.0.2", half).second;
        Ipv4StaticRoutingHelper routing;
        routing.GetStaticRouting(ours->GetObject<Ipv4>())
            ->AddHostRouteTo("10.98.0.2", "10.98.0.3", 1);
        routing.GetStaticRouting(m_router->GetObject<Ipv4>())->AddHostRouteTo("10.98.0.2", 2);
    }
    else
    {
        std::tie(ourDevice, peerDevice) =
            Connect(ours, "10.98.0.1", peer, "10.98.0.2", DELAY * 1000);
    }
    ourDevice->SetSent(MakeBoundCallback(&TcpOracleNetwork::Sent, this, true));
    peerDevice->SetSent(MakeBoundCallback(&TcpOracleNetwork::Sent, this, false));
    m_toOurs = CreateObject<OutageErrorModel>();
    m_toPeer = CreateObject<OutageErrorModel>();
    ourDevice->SetReceiveErrorModel(m_toOurs);
    peerDevice->SetReceiveErrorModel(m_toPeer);
}

TcpOracleNetwork::~TcpOracleNetwork()
{
    ourDevice->SetSent(MakeNullCallback<void, Ptr<const Packet>>());
    peerDevice->SetSent(MakeNullCallback<void, Ptr<const Packet>>());
}

void
TcpOracleNetwork::SetCut(bool cut)
{
    for (const auto& model : {m_toOurs, m_toPeer})
    {
        if (cut)
        {
            model->Cut(false);
        }
        else
        {
            model->Restore();
        }
    }
}

void
TcpOracleNetwork::StopForwarding()
{
    m_router->GetObject<Ipv4>()->SetAttribute("IpForward", BooleanValue(false));
}

std::pair<Ptr<OracleDevice>, Ptr<OracleDevice>>
TcpOracleNetwork::Connect(Ptr<Node> from,
                          const char* fromAddress,
                          Ptr<Node> to,
                          const char* toAddress,
                          int64_t delay)
{
    auto channel = CreateObject<SimpleChannel>();
    channel->SetAttribute("Delay", TimeValue(NanoSeconds(delay)));
    const std::pair<Ptr<Node>, const char*> ends[] = {{from, fromAddress}, {to, toAddress}};
    std::vector<Ptr<OracleDevice>> devices;
    for (const auto& [node, address] : ends)
    {
        auto device = CreateObject<OracleDevice>();
        device->SetAttribute("PointToPointMode", BooleanValue(true)); // so that nobody needs ARP
        device->SetAddress(Mac48Address::Allocate());
        device->SetChannel(channel);
        node->AddDevice(device);
        auto ipv4 = node->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(device);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, "255.255.255.0"));
        ipv4->SetUp(interface);
        devices.push_back(device);
    }
    return {devices[0], devices[1]};
}

void
TcpOracleNetwork::Sent(TcpOracleNetwork* network, bool ours, Ptr<const Packet> packet)
{
    if (auto seen = ReadSegment(packet))
    {
        seen->when = Simulator::Now().GetMicroSeconds();
        seen->ours = ours;
        network->wire.push_back(*seen);
    }
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
