/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-test-network.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/mac48-address.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-header.h"
#include "ns3/udp-socket-factory.h"

#include <sstream>

namespace ns3
{
namespace keepalive
{
namespace tests
{

namespace
{

constexpr uint8_t UDP_PROTOCOL = 17; //!< in the IP header
constexpr uint32_t DATA_SIZE = 100;  //!< octets of data

} // namespace

DpdTestNetwork::DpdTestNetwork()
    : channel(CreateObject<SimpleChannel>())
{
    hosts.Create(2);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false); // its neighbour discovery would be on the wire
    stack.Install(hosts);
    channel->SetAttribute("Delay", TimeValue(MilliSeconds(1)));
    Connect(0);
    Connect(1);
}

DpdTestNetwork::~DpdTestNetwork()
{
    Simulator::Destroy();
}

void
DpdTestNetwork::Connect(uint32_t host)
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
    ipv4->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&DpdTestNetwork::Sent, Remember(host, "Tx")));
    IkePort::Of(node)->TraceConnectWithoutContext(
        "Drop",
        MakeBoundCallback(&DpdTestNetwork::Dropped, Remember(host, "Drop")));
}

DpdTestNetwork::Host*
DpdTestNetwork::Remember(uint32_t host, const std::string& trace)
{
    m_hosts.push_back(std::make_unique<Host>(Host{this, host, trace}));
    return m_hosts.back().get();
}

Ptr<DpdAgent>
DpdTestNetwork::AddAgent(uint32_t host, const std::string& profile)
{
    Ptr<DpdAgent> agent = CreateObject<DpdAgent>();
    agent->SetAttribute("Profile", StringValue(profile));
    agent->SetAttribute("RemoteAddress", Ipv4AddressValue(host == 0 ? "10.0.0.2" : "10.0.0.1"));
    agent->SetAttribute("Initiator", BooleanValue(host == 0));
    agent->AssignStreams(10 * host + 1);
    for (const char* trace : {"RequestTx", "RequestRx", "ReplyTx", "ReplyRx"})
    {
        agent->TraceConnectWithoutContext(
            trace,
            MakeBoundCallback(&DpdTestNetwork::Message, Remember(host, trace)));
    }
    for (const char* trace : {"SetupTx", "DataTx", "DataRx"})
    {
        agent->TraceConnectWithoutContext(
            trace,
            MakeBoundCallback(&DpdTestNetwork::Data, Remember(host, trace)));
    }
    agent->TraceConnectWithoutContext(
        "Drop",
        MakeBoundCallback(&DpdTestNetwork::Dropped, Remember(host, "Drop")));
    agent->TraceConnectWithoutContext(
        "LineProtocol",
        MakeBoundCallback(&DpdTestNetwork::Changed, Remember(host, "LineProtocol")));
    hosts.Get(host)->AddApplication(agent);
    agent->SetStartTime(Seconds(0));
    agents[host] = agent;
    return agent;
}

void
DpdTestNetwork::SetCut(bool towardsA, bool towardsB, bool cut)
{
    for (uint32_t host = 0; host < 2; host++)
    {
        if (host == 0 ? !towardsA : !towardsB)
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
DpdTestNetwork::SetCutAt(Time at, bool towardsA, bool towardsB, bool cut)
{
    Simulator::Schedule(at, &DpdTestNetwork::SetCut, this, towardsA, towardsB, cut);
}

void
DpdTestNetwork::SendDataAt(Time at, uint32_t host)
{
    Simulator::Schedule(at, &DpdTestNetwork::SendData, this, host);
}

void
DpdTestNetwork::SendData(uint32_t host)
{
    agents[host]->SendData(Create<Packet>(DATA_SIZE));
}

void
DpdTestNetwork::SendBytesAt(Time at,
                            uint32_t host,
                            uint16_t from,
                            uint16_t to,
                            const std::vector<uint8_t>& bytes)
{
    Simulator::Schedule(at,
                        &DpdTestNetwork::SendBytes,
                        this,
                        host,
                        std::make_pair(from, to),
                        bytes);
}

void
DpdTestNetwork::SendBytes(uint32_t host,
                          std::pair<uint16_t, uint16_t> ports,
                          const std::vector<uint8_t>& bytes)
{
    Ptr<Socket> socket = Socket::CreateSocket(hosts.Get(host), UdpSocketFactory::GetTypeId());
    socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), ports.first));
    socket->SendTo(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                   0,
                   InetSocketAddress(host == 0 ? "10.0.0.2" : "10.0.0.1", ports.second));
    m_sockets.push_back(socket);
}

void
DpdTestNetwork::SetPoweredAt(Time at, uint32_t host, bool powered)
{
    Simulator::Schedule(at, &DpdAgent::SetPowered, agents[host], powered);
}

void
DpdTestNetwork::SetStalledAt(Time at, uint32_t host, bool stalled)
{
    Simulator::Schedule(at, &DpdAgent::SetControlPlaneStalled, agents[host], stalled);
}

void
DpdTestNetwork::Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Ptr<Packet> copy = packet->Copy();
    Ipv4Header ip;
    copy->RemoveHeader(ip);
    Seen seen{Simulator::Now(), host->number == 0, ip.GetProtocol(), 0, 0, {}};
    if (seen.protocol == UDP_PROTOCOL)
    {
        UdpHeader udp;
        copy->RemoveHeader(udp);
        seen.source = udp.GetSourcePort();
        seen.destination = udp.GetDestinationPort();
    }
    seen.bytes.resize(copy->GetSize());
    copy->CopyData(seen.bytes.data(), copy->GetSize());
    host->network->packets.push_back(seen);
}

void
DpdTestNetwork::Message(Host* host, Ptr<const Packet>, uint32_t number)
{
    host->network->reports.push_back({host->number, host->trace, Simulator::Now(), number});
}

void
DpdTestNetwork::Data(Host* host, Ptr<const Packet> packet)
{
    host->network->reports.push_back(
        {host->number, host->trace, Simulator::Now(), packet->GetSize()});
}

void
DpdTestNetwork::Dropped(Host* host, Ptr<const Packet>, DropReason reason)
{
    host->network->reports.push_back(
        {host->number, host->trace, Simulator::Now(), static_cast<uint32_t>(reason)});
}

void
DpdTestNetwork::Changed(Host* host, const DetectionEvent& event)
{
    host->network->lines.push_back(event);
}

std::string
DpdTestNetwork::GetLine(uint32_t host) const
{
    std::ostringstream words;
    words.precision(12);
    for (const DetectionEvent& event : lines)
    {
        if (event.nodeId == hosts.Get(host)->GetId())
        {
            words << (words.str().empty() ? "" : "; ") << (event.up ? "up " : "down ")
                  << event.when.GetSeconds() << " " << ToString(event.cause);
        }
    }
    return words.str();
}

std::vector<double>
DpdTestNetwork::GetTimes(uint32_t host, const std::string& trace) const
{
    std::vector<double> times;
    for (const Report& report : reports)
    {
        if (report.host == host && report.trace == trace)
        {
            times.push_back(report.when.GetSeconds());
        }
    }
    return times;
}

std::string
DpdTestNetwork::GetDrops(uint32_t host) const
{
    std::string words;
    for (const Report& report : reports)
    {
        if (report.host == host && report.trace == "Drop")
        {
            words += words.empty() ? "" : " ";
            words += ToString(static_cast<DropReason>(report.number));
        }
    }
    return words;
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
