/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-helper.h"

#include "ns3/bgp-routing.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4.h"
#include "ns3/tcp-keepalive-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/// Above static routing, which then is the backup.
constexpr int16_t ROUTING_PRIORITY = 10;

} // namespace

BgpHelper::BgpHelper()
{
    m_speakers.SetTypeId(BgpSpeaker::GetTypeId());
    m_tcp.SetProfile("linux");
}

void
BgpHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_speakers.Set(name, value);
}

void
BgpHelper::SetNeighborAttribute(const std::string& name, const AttributeValue& value)
{
    m_neighbors.emplace_back(name, value.Copy());
}

void
BgpHelper::SetTcpAttribute(const std::string& name, const AttributeValue& value)
{
    m_tcp.SetAttribute(name, value);
}

void
BgpHelper::SetTcpProfile(const std::string& profile)
{
    m_tcp.SetProfile(profile);
}

Ptr<BgpSpeaker>
BgpHelper::Install(Ptr<Node> node, uint32_t as) const
{
    if (!node->GetObject<TcpKeepaliveSocketFactory>())
    {
        m_tcp.Install(node);
    }
    Ptr<Ipv4ListRouting> list =
        DynamicCast<Ipv4ListRouting>(node->GetObject<Ipv4>()->GetRoutingProtocol());
    if (list)
    {
        list->AddRoutingProtocol(CreateObject<BgpRouting>(), ROUTING_PRIORITY);
    }
    Ptr<BgpSpeaker> speaker = m_speakers.Create<BgpSpeaker>();
    speaker->SetAttribute("As", UintegerValue(as));
    node->AddApplication(speaker);
    return speaker;
}

std::pair<Ptr<BgpNeighbor>, Ptr<BgpNeighbor>>
BgpHelper::Connect(Ptr<BgpSpeaker> first,
                   Ipv4Address firstAddress,
                   Ptr<BgpSpeaker> second,
                   Ipv4Address secondAddress) const
{
    return {AddNeighbor(first, firstAddress, secondAddress, second->GetAs()),
            AddNeighbor(second, secondAddress, firstAddress, first->GetAs())};
}

Ptr<BgpNeighbor>
BgpHelper::AddNeighbor(Ptr<BgpSpeaker> speaker,
                       Ipv4Address local,
                       Ipv4Address remote,
                       uint32_t as) const
{
    Ptr<BgpNeighbor> neighbor = speaker->AddNeighbor(remote, as);
    neighbor->SetAttribute("LocalAddress", Ipv4AddressValue(local));
    for (const auto& [name, value] : m_neighbors)
    {
        neighbor->SetAttribute(name, *value);
    }
    return neighbor;
}

} // namespace keepalive
} // namespace ns3
