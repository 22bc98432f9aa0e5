/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-routing.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/loopback-net-device.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <iomanip>
#include <sstream>
#include <string>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBgpRouting");

NS_OBJECT_ENSURE_REGISTERED(BgpRouting);

namespace
{

/**
 * @brief Write something in a column.
 * @param os where to
 * @param width width of the column
 * @param what what to write; ns-3's addresses ignore a width
 */
template <typename T>
void
WriteColumn(std::ostream& os, int width, const T& what)
{
    std::ostringstream text;
    text << what;
    os << std::left << std::setw(width) << text.str();
}

/**
 * @brief Whether a device leads back to its node.
 * @param device the device
 * @return true if it does
 */
bool
IsLoopback(Ptr<NetDevice> device)
{
    return PeekPointer(DynamicCast<LoopbackNetDevice>(device)) != nullptr;
}

} // namespace

TypeId
BgpRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BgpRouting")
            .SetParent<Ipv4RoutingProtocol>()
            .SetGroupName("Keepalive")
            .AddConstructor<BgpRouting>()
            .AddAttribute("ResolveThroughDefault",
                          "Whether a next hop that is on no network of the node may be reached "
                          "through the default route of another protocol. With a static default "
                          "route as the backup, that would keep the BGP routes in use, by way of "
                          "the backup, when the interface to the next hop goes down.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BgpRouting::m_resolveThroughDefault),
                          MakeBooleanChecker())
            .AddTraceSource("RouteAdded",
                            "A route was added, or has another next hop now.",
                            MakeTraceSourceAccessor(&BgpRouting::m_routeAdded),
                            "ns3::keepalive::BgpRouting::RouteTracedCallback")
            .AddTraceSource("RouteRemoved",
                            "A route was removed.",
                            MakeTraceSourceAccessor(&BgpRouting::m_routeRemoved),
                            "ns3::keepalive::BgpRouting::RouteTracedCallback");
    return tid;
}

BgpRouting::BgpRouting() = default;

BgpRouting::~BgpRouting() = default;

void
BgpRouting::DoDispose()
{
    m_interfaceDown = MakeNullCallback<void, uint32_t>();
    m_ipv4 = nullptr;
    m_routes.Clear();
    m_connected.Clear();
    Ipv4RoutingProtocol::DoDispose();
}

void
BgpRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    m_connectedKnown = false;
}

void
BgpRouting::SetRoute(const BgpPrefix& prefix, Ipv4Address nextHop)
{
    const auto [value, isNew] = m_routes.Insert(prefix);
    if (!isNew && *value == nextHop.Get())
    {
        return;
    }
    *value = nextHop.Get();
    m_routeAdded(Ipv4Address(prefix.address), Ipv4Mask(BgpPrefix::MaskOf(prefix.length)), nextHop);
}

bool
BgpRouting::RemoveRoute(const BgpPrefix& prefix)
{
    const std::optional<Ipv4Address> nextHop = GetRoute(prefix);
    if (!nextHop)
    {
        return false;
    }
    m_routes.Remove(prefix);
    m_routeRemoved(Ipv4Address(prefix.address),
                   Ipv4Mask(BgpPrefix::MaskOf(prefix.length)),
                   *nextHop);
    return true;
}

void
BgpRouting::RemoveAllRoutes()
{
    const PrefixTrie<uint32_t> removed = std::exchange(m_routes, {});
    removed.ForEach([this](const BgpPrefix& prefix, uint32_t nextHop) {
        m_routeRemoved(Ipv4Address(prefix.address),
                       Ipv4Mask(BgpPrefix::MaskOf(prefix.length)),
                       Ipv4Address(nextHop));
    });
}

std::optional<Ipv4Address>
BgpRouting::GetRoute(const BgpPrefix& prefix) const
{
    const uint32_t* nextHop = m_routes.Find(prefix);
    if (!nextHop)
    {
        return std::nullopt;
    }
    return Ipv4Address(*nextHop);
}

std::size_t
BgpRouting::GetNRoutes() const
{
    return m_routes.GetSize();
}

bool
BgpRouting::IsReachable(Ipv4Address nextHop) const
{
    return PeekPointer(Resolve(nextHop)) != nullptr;
}

Ptr<Ipv4Route>
BgpRouting::RouteOutput(Ptr<Packet> packet,
                        const Ipv4Header& header,
                        Ptr<NetDevice> device,
                        Socket::SocketErrno& error)
{
    NS_LOG_FUNCTION(this << packet << header.GetDestination() << device);
    Ptr<Ipv4Route> route = Lookup(header.GetDestination(), device);
    error = route ? Socket::ERROR_NOTERROR : Socket::ERROR_NOROUTETOHOST;
    return route;
}

bool
BgpRouting::RouteInput(Ptr<const Packet> packet,
                       const Ipv4Header& header,
                       Ptr<const NetDevice> device,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(UnicastForwardCallback) forward,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(MulticastForwardCallback),
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(LocalDeliverCallback),
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(ErrorCallback) fail)
{
    NS_LOG_FUNCTION(this << packet << header.GetDestination() << device);
    Ptr<Ipv4Route> route = Lookup(header.GetDestination(), nullptr);
    if (!route)
    {
        return false;
    }
    if (!m_ipv4->IsForwarding(m_ipv4->GetInterfaceForDevice(device)))
    {
        fail(packet, header, Socket::ERROR_NOROUTETOHOST);
        return true;
    }
    forward(route, packet, header);
    return true;
}

Ptr<Ipv4Route>
BgpRouting::Lookup(Ipv4Address destination, Ptr<const NetDevice> device) const
{
    if (m_resolving || !m_ipv4 || destination.IsMulticast() || destination.IsBroadcast())
    {
        return nullptr;
    }
    auto match = m_routes.FindLongestMatch(destination.Get());
    if (!match)
    {
        return nullptr;
    }
    const auto connected = GetConnected().FindLongestMatch(destination.Get());
    while (match && !(connected && connected->prefix.length >= match->prefix.length))
    {
        Ptr<Ipv4Route> route = Resolve(Ipv4Address(*match->value));
        if (route && (!device || route->GetOutputDevice() == device))
        {
            route->SetDestination(destination);
            return route;
        }
        if (match->prefix.length == 0)
        {
            break;
        }
        match = m_routes.FindLongestMatch(destination.Get(), match->prefix.length - 1);
    }
    return nullptr;
}

Ptr<Ipv4Route>
BgpRouting::Resolve(Ipv4Address nextHop) const
{
    if (!m_ipv4)
    {
        return nullptr;
    }
    const auto match = GetConnected().FindLongestMatch(nextHop.Get());
    if (!match)
    {
        return ResolveByOthers(nextHop);
    }
    const Connected& connected = *match->value;
    if (connected.own)
    {
        return nullptr;
    }
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetGateway(nextHop);
    route->SetSource(connected.source);
    route->SetOutputDevice(m_ipv4->GetNetDevice(connected.interface));
    return route;
}

Ptr<Ipv4Route>
BgpRouting::ResolveByOthers(Ipv4Address nextHop) const
{
    Ptr<Ipv4RoutingProtocol> all = m_ipv4->GetRoutingProtocol();
    if (m_resolving || !all || nextHop.IsAny() || nextHop.IsMulticast() || nextHop.IsBroadcast())
    {
        return nullptr;
    }
    Ipv4Header header;
    header.SetDestination(nextHop);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    // "All" includes this protocol, and maybe another one that resolves through all: it says no.
    m_resolving = true;
    Ptr<Ipv4Route> found = all->RouteOutput(nullptr, header, nullptr, error);
    m_resolving = false;
    if (!found || !found->GetOutputDevice() || IsLoopback(found->GetOutputDevice()))
    {
        return nullptr;
    }
    if (!m_resolveThroughDefault && found->GetDestination().IsAny())
    {
        return nullptr;
    }
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetGateway(found->GetGateway().IsAny() ? nextHop : found->GetGateway());
    route->SetSource(found->GetSource());
    route->SetOutputDevice(found->GetOutputDevice());
    return route;
}

const PrefixTrie<BgpRouting::Connected>&
BgpRouting::GetConnected() const
{
    if (m_connectedKnown)
    {
        return m_connected;
    }
    // In the order of the interfaces, so that of two on one network the first one is used.
    m_connected.Clear();
    for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); i++)
    {
        for (uint32_t j = 0; m_ipv4->IsUp(i) && j < m_ipv4->GetNAddresses(i); j++)
        {
            const Ipv4InterfaceAddress address = m_ipv4->GetAddress(i, j);
            const uint32_t local = address.GetLocal().Get();
            const auto length = static_cast<uint8_t>(address.GetMask().GetPrefixLength());
            // A length of zero is that of an address not configured yet.
            if (length > 0)
            {
                const auto [network, isNew] = m_connected.Insert(BgpPrefix::Of(local, length));
                if (isNew)
                {
                    const bool own = IsLoopback(m_ipv4->GetNetDevice(i));
                    *network = Connected{i, address.GetLocal(), own};
                }
                m_connected.Insert(BgpPrefix{local, 32}).first->own = true;
            }
        }
    }
    m_connectedKnown = true;
    return m_connected;
}

void
BgpRouting::SetInterfaceDown(Callback<void, uint32_t> down)
{
    m_interfaceDown = down;
}

void
BgpRouting::NotifyInterfaceUp(uint32_t /* interface */)
{
    m_connectedKnown = false;
}

void
BgpRouting::NotifyInterfaceDown(uint32_t interface)
{
    m_connectedKnown = false;
    if (!m_interfaceDown.IsNull())
    {
        m_interfaceDown(interface);
    }
}

void
BgpRouting::NotifyAddAddress(uint32_t /* interface */, Ipv4InterfaceAddress /* address */)
{
    m_connectedKnown = false;
}

void
BgpRouting::NotifyRemoveAddress(uint32_t /* interface */, Ipv4InterfaceAddress /* address */)
{
    m_connectedKnown = false;
}

void
BgpRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    std::ostream& os = *stream->GetStream();
    std::ios before(nullptr);
    before.copyfmt(os);
    Ptr<Node> node = m_ipv4->GetObject<Node>();
    os << "Node: " << node->GetId() << ", Time: " << Simulator::Now().As(unit)
       << ", Local time: " << node->GetLocalTime().As(unit) << ", BgpRouting table\n";
    if (GetNRoutes() > 0)
    {
        os << "Destination     Gateway         Genmask         Flags Iface\n";
    }
    m_routes.ForEach([&](const BgpPrefix& prefix, uint32_t nextHop) {
        Ptr<Ipv4Route> route = Resolve(Ipv4Address(nextHop));
        WriteColumn(os, 16, Ipv4Address(prefix.address));
        WriteColumn(os, 16, Ipv4Address(nextHop));
        WriteColumn(os, 16, Ipv4Mask(BgpPrefix::MaskOf(prefix.length)));
        WriteColumn(os, 6, std::string(route ? "U" : "!") + (prefix.length == 32 ? "GH" : "G"));
        if (route)
        {
            const std::string name = Names::FindName(route->GetOutputDevice());
            os << (name.empty()
                       ? std::to_string(m_ipv4->GetInterfaceForDevice(route->GetOutputDevice()))
                       : name);
        }
        else
        {
            os << "-";
        }
        os << "\n";
    });
    os << std::endl;
    os.copyfmt(before);
}

} // namespace keepalive
} // namespace ns3
