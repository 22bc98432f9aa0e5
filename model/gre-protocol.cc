/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-protocol.h"

#include "gre-header.h"
#include "gre-tunnel-device.h"

#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/socket.h"

#include <functional>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveGreProtocol");

NS_OBJECT_ENSURE_REGISTERED(GreProtocol);

namespace
{

/// GRE in GRE in GRE in GRE is believable; more is a routing loop through tunnels, or an attack.
constexpr uint32_t MAX_NESTING = 4;

} // namespace

TypeId
GreProtocol::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::GreProtocol")
            .SetParent<IpL4Protocol>()
            .SetGroupName("Keepalive")
            .AddConstructor<GreProtocol>()
            .AddTraceSource("Drop",
                            "A GRE packet that belongs to no tunnel of this node was dropped.",
                            MakeTraceSourceAccessor(&GreProtocol::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

GreProtocol::GreProtocol() = default;

GreProtocol::~GreProtocol() = default;

void
GreProtocol::NotifyNewAggregate()
{
    if (!m_node)
    {
        Ptr<Node> node = GetObject<Node>();
        Ptr<Ipv4> ipv4 = GetObject<Ipv4>();
        if (node && ipv4)
        {
            m_node = node;
            m_ipv4 = ipv4;
            m_ipv4->Insert(this);
        }
    }
    IpL4Protocol::NotifyNewAggregate();
}

void
GreProtocol::DoDispose()
{
    m_tunnels.clear();
    m_ipv4 = nullptr;
    m_node = nullptr;
    IpL4Protocol::DoDispose();
}

bool
GreProtocol::AddTunnel(Ptr<GreTunnelDevice> tunnel)
{
    if (tunnel->GetLocal() == tunnel->GetRemote())
    {
        return false;
    }
    const TunnelKey key{tunnel->GetLocal().Get(), tunnel->GetRemote().Get(), tunnel->GetKey()};
    return m_tunnels.emplace(key, tunnel).second;
}

std::size_t
GreProtocol::GetNTunnels() const
{
    return m_tunnels.size();
}

uint16_t
GreProtocol::NextIdentification()
{
    return ++m_identification;
}

// ---- down the stack ----

std::optional<DropReason>
GreProtocol::Send(Ptr<Packet> packet, const Ipv4Header& header, Ptr<const NetDevice> tunnel)
{
    Ptr<Ipv4Route> route = LookUpRoute(packet, header);
    if (!route)
    {
        return DropReason::NO_ROUTE;
    }
    Ptr<NetDevice> device = route->GetOutputDevice();
    if (device == tunnel)
    {
        return DropReason::RECURSIVE_ROUTING;
    }
    // ns-3 itself fragments whatever does not fit, Don't Fragment or not.
    if (header.IsDontFragment() &&
        packet->GetSize() + header.GetSerializedSize() > device->GetMtu())
    {
        return DropReason::TOO_BIG;
    }
    if (m_nesting >= MAX_NESTING)
    {
        return DropReason::NESTED_TOO_DEEP;
    }
    m_nesting++; // the route may lead into another tunnel of this node
    m_ipv4->SendWithHeader(packet, header, route);
    m_nesting--;
    return std::nullopt;
}

// ---- up the stack ----

IpL4Protocol::RxStatus
GreProtocol::Receive(Ptr<Packet> packet,
                     const Ipv4Header& header,
                     Ptr<Ipv4Interface> incomingInterface)
{
    NS_LOG_FUNCTION(this << packet << header);
    if (m_nesting >= MAX_NESTING)
    {
        m_dropTrace(packet, DropReason::NESTED_TOO_DEEP);
        return IpL4Protocol::RX_OK;
    }

    GreHeader gre;
    const uint32_t size = packet->GetSize() + header.GetSerializedSize();
    packet->RemoveHeader(gre);
    if (gre.GetError())
    {
        NS_LOG_INFO("drop: " << ToString(*gre.GetError()));
        m_dropTrace(packet, *gre.GetError());
        return *gre.GetError() == DropReason::BAD_CHECKSUM ? IpL4Protocol::RX_CSUM_FAILED
                                                           : IpL4Protocol::RX_OK;
    }

    const TunnelKey key{header.GetDestination().Get(), header.GetSource().Get(), gre.GetKey()};
    const auto found = m_tunnels.find(key);
    if (found == m_tunnels.end())
    {
        NS_LOG_INFO("drop: " << ToString(DropReason::NO_TUNNEL));
        m_dropTrace(packet, DropReason::NO_TUNNEL);
        return IpL4Protocol::RX_OK;
    }

    m_nesting++;
    found->second->Receive(packet, header, gre, size, incomingInterface);
    m_nesting--;
    return IpL4Protocol::RX_OK;
}

IpL4Protocol::RxStatus
GreProtocol::Receive(Ptr<Packet> packet, const Ipv6Header&, Ptr<Ipv6Interface>)
{
    // GRE over IPv6 is not modelled; neither Cisco nor Junos keeps such tunnels alive.
    m_dropTrace(packet, DropReason::NO_TUNNEL);
    return IpL4Protocol::RX_OK;
}

// ---- the router behind the tunnels ----

std::optional<DropReason>
GreProtocol::Forward(Ptr<Packet> packet, Ipv4Header header, Ptr<Ipv4Interface> underlay)
{
    if (!underlay->IsForwarding())
    {
        return DropReason::NOT_FORWARDING;
    }
    if (header.GetTtl() <= 1)
    {
        return DropReason::TTL_EXPIRED;
    }
    header.SetTtl(header.GetTtl() - 1);

    Ptr<Ipv4Route> route = LookUpRoute(packet, header);
    if (!route)
    {
        return DropReason::NO_ROUTE;
    }
    if (m_nesting >= MAX_NESTING)
    {
        return DropReason::NESTED_TOO_DEEP;
    }

    // As Ipv4L3Protocol::IpForward does: the queue that a packet joins here follows its TOS.
    SocketPriorityTag tag;
    packet->RemovePacketTag(tag);
    const uint8_t priority = Socket::IpTos2Priority(header.GetTos());
    if (priority != 0)
    {
        tag.SetPriority(priority);
        packet->AddPacketTag(tag);
    }

    header.EnableChecksum();
    m_nesting++;
    m_ipv4->SendWithHeader(packet, header, route);
    m_nesting--;
    return std::nullopt;
}

Ptr<Ipv4Route>
GreProtocol::LookUpRoute(Ptr<Packet> packet, const Ipv4Header& header) const
{
    Ptr<Ipv4RoutingProtocol> routing = m_ipv4 ? m_ipv4->GetRoutingProtocol() : nullptr;
    if (!routing)
    {
        return nullptr;
    }
    Socket::SocketErrno error;
    return routing->RouteOutput(packet, header, nullptr, error);
}

Ptr<NetDevice>
GreProtocol::LookUpDevice(Ipv4Address destination) const
{
    if (destination.IsMulticast() || destination.IsBroadcast() || destination.IsAny())
    {
        return nullptr; // no device in particular, and ns-3's routing asserts on being asked
    }
    Ipv4Header header;
    header.SetDestination(destination);
    Ptr<Ipv4Route> route = LookUpRoute(Create<Packet>(), header);
    return route ? route->GetOutputDevice() : nullptr;
}

bool
GreProtocol::IsLocal(Ipv4Address address) const
{
    return m_ipv4 && m_ipv4->GetInterfaceForAddress(address) >= 0;
}

// ---- what every IpL4Protocol must say of itself ----

int
GreProtocol::GetProtocolNumber() const
{
    return GreHeader::IP_PROTOCOL;
}

void
GreProtocol::SetDownTarget(IpL4Protocol::DownTargetCallback)
{
    // Unused: tunnels write their own IP headers, which the down target would not take.
}

void
GreProtocol::SetDownTarget6(IpL4Protocol::DownTargetCallback6)
{
}

IpL4Protocol::DownTargetCallback
GreProtocol::GetDownTarget() const
{
    return IpL4Protocol::DownTargetCallback();
}

IpL4Protocol::DownTargetCallback6
GreProtocol::GetDownTarget6() const
{
    return IpL4Protocol::DownTargetCallback6();
}

// ---- demultiplexing key ----

bool
GreProtocol::TunnelKey::operator==(const TunnelKey& other) const
{
    return local == other.local && remote == other.remote && key == other.key;
}

std::size_t
GreProtocol::TunnelKeyHash::operator()(const TunnelKey& key) const
{
    // One 64-bit multiplication spreads keys that count upwards over the whole table.
    const uint64_t addresses = (static_cast<uint64_t>(key.local) << 32) | key.remote;
    const uint64_t keyed = key.key ? (1ULL << 32) | *key.key : 0;
    return std::hash<uint64_t>()(addresses ^ (keyed * 0x9e3779b97f4a7c15ULL));
}

} // namespace keepalive
} // namespace ns3
