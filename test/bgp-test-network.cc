/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-test-network.h"

#include "ns3/bgp-notification.h"
#include "ns3/failure-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/object-vector.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-l4-protocol.h"

#include <tuple>

namespace ns3
{
namespace keepalive
{
namespace tests
{

BgpTestNetwork::BgpTestNetwork(uint32_t count, std::vector<uint32_t> ases)
{
    AddSpeakers(count, ases);
}

void
BgpTestNetwork::SetTimers(double holdTime, const char* profile)
{
    helper.SetNeighborAttribute("HoldTime", TimeValue(Seconds(holdTime)));
    helper.SetNeighborAttribute("Profile", StringValue(profile));
}

void
BgpTestNetwork::AddSpeakers(uint32_t count, std::vector<uint32_t> ases)
{
    for (uint32_t i = 0; i < count; i++)
    {
        Ptr<Node> node = CreateObject<Node>();
        InternetStackHelper().Install(node);
        nodes.Add(node);
        const auto number = static_cast<uint32_t>(speakers.size());
        speakers.push_back(helper.Install(node, i < ases.size() ? ases[i] : 65001 + number));
        const Ipv4Address identifier(0x01010101 + number);
        speakers.back()->SetAttribute("RouterId", Ipv4AddressValue(identifier));
    }
}

BgpTestNetwork::~BgpTestNetwork()
{
    Simulator::Destroy();
}

BgpTestNetwork::Link&
BgpTestNetwork::Connect(uint32_t first, uint32_t second)
{
    const auto number = static_cast<uint32_t>(links.size());
    PointToPointHelper wire;
    wire.SetDeviceAttribute("DataRate", StringValue("1Gb/s"));
    wire.SetChannelAttribute("Delay", StringValue("5ms"));
    Link link;
    link.devices = wire.Install(nodes.Get(first), nodes.Get(second));
    Ipv4AddressHelper addresses(Ipv4Address(0x0a000000 + 4 * number), "255.255.255.252");
    const Ipv4InterfaceContainer interfaces = addresses.Assign(link.devices);
    link.addresses[0] = interfaces.GetAddress(0);
    link.addresses[1] = interfaces.GetAddress(1);
    std::tie(link.first, link.second) =
        helper.Connect(speakers[first], link.addresses[0], speakers[second], link.addresses[1]);
    link.cut = FailureHelper::CutLink(link.devices.Get(0), link.devices.Get(1), "link");
    link.cutToFirst = FailureHelper::CutOneWay(link.devices.Get(1), link.devices.Get(0), "first");
    link.cutToSecond = FailureHelper::CutOneWay(link.devices.Get(0), link.devices.Get(1), "second");
    Watch(link.first, first, number);
    Watch(link.second, second, number);
    links.push_back(link);
    return links.back();
}

void
BgpTestNetwork::Watch(Ptr<BgpNeighbor> neighbor, uint32_t speaker, uint32_t link)
{
    m_sources.push_back({this, speaker, link});
    Source* source = &m_sources.back();
    neighbor->TraceConnectWithoutContext("State",
                                         MakeBoundCallback(&BgpTestNetwork::HandleState, source));
    neighbor->TraceConnectWithoutContext("LineProtocol",
                                         MakeBoundCallback(&BgpTestNetwork::HandleLine, source));
    neighbor->TraceConnectWithoutContext("MessageTx",
                                         MakeBoundCallback(&BgpTestNetwork::HandleTx, source));
    neighbor->TraceConnectWithoutContext("MessageRx",
                                         MakeBoundCallback(&BgpTestNetwork::HandleRx, source));
    neighbor->TraceConnectWithoutContext(
        "NotificationTx",
        MakeBoundCallback(&BgpTestNetwork::HandleNotificationTx, source));
    neighbor->TraceConnectWithoutContext(
        "NotificationRx",
        MakeBoundCallback(&BgpTestNetwork::HandleNotificationRx, source));
}

void
BgpTestNetwork::RunUntil(Time until)
{
    for (uint32_t i = 0; i < speakers.size() && Simulator::Now().IsZero(); i++)
    {
        speakers[i]->AssignStreams(1000 * (i + 1));
    }
    Simulator::Stop(until - Simulator::Now());
    Simulator::Run();
}

std::vector<Time>
BgpTestNetwork::Find(uint32_t speaker, uint32_t link, const std::string& prefix) const
{
    std::vector<Time> times;
    for (const Record& record : records)
    {
        if (record.speaker == speaker && record.link == link &&
            record.what.compare(0, prefix.size(), prefix) == 0)
        {
            times.push_back(record.when);
        }
    }
    return times;
}

std::string
BgpTestNetwork::FindLast(uint32_t speaker, uint32_t link, const std::string& prefix) const
{
    std::string last;
    for (const Record& record : records)
    {
        if (record.speaker == speaker && record.link == link &&
            record.what.compare(0, prefix.size(), prefix) == 0)
        {
            last = record.what;
        }
    }
    return last;
}

Ptr<BgpRouting>
BgpTestNetwork::GetRouting(uint32_t speaker) const
{
    return Ipv4RoutingHelper::GetRouting<BgpRouting>(
        nodes.Get(speaker)->GetObject<Ipv4>()->GetRoutingProtocol());
}

std::size_t
BgpTestNetwork::CountSockets(uint32_t speaker) const
{
    ObjectVectorValue sockets;
    nodes.Get(speaker)->GetObject<TcpL4Protocol>()->GetAttribute("SocketList", sockets);
    return sockets.GetN();
}

BgpPrefix
BgpTestNetwork::Prefix(const char* text, uint8_t length)
{
    return BgpPrefix::Of(Ipv4Address(text).Get(), length);
}

void
BgpTestNetwork::Write(const Source* source, const std::string& what)
{
    source->network->records.push_back({Simulator::Now(), source->speaker, source->link, what});
}

void
BgpTestNetwork::HandleState(Source* source, BgpState from, BgpState to)
{
    Write(source, std::string(ToString(from)) + " -> " + ToString(to));
}

void
BgpTestNetwork::HandleLine(Source* source, const DetectionEvent& event)
{
    Write(source, std::string(event.up ? "up " : "down ") + ToString(event.cause));
}

void
BgpTestNetwork::HandleTx(Source* source, BgpMessageType type, uint32_t)
{
    Write(source, std::string("tx ") + ToString(type));
}

void
BgpTestNetwork::HandleRx(Source* source, BgpMessageType type, uint32_t)
{
    Write(source, std::string("rx ") + ToString(type));
}

void
BgpTestNetwork::HandleNotificationTx(Source* source, const BgpError& error)
{
    Write(source, "said " + BgpNotification{error}.Describe());
}

void
BgpTestNetwork::HandleNotificationRx(Source* source, const BgpError& error)
{
    Write(source, "heard " + BgpNotification{error}.Describe());
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
