/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-speaker.h"

#include "tcp-keepalive-socket-factory.h"
#include "tcp-keepalive-socket.h"

#include "ns3/abort.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBgpSpeaker");
NS_OBJECT_ENSURE_REGISTERED(BgpSpeaker);

TypeId
BgpSpeaker::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BgpSpeaker")
            .SetParent<Application>()
            .SetGroupName("Keepalive")
            .AddConstructor<BgpSpeaker>()
            .AddAttribute("As",
                          "Our AS number.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&BgpSpeaker::m_as),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("RouterId",
                          "Our BGP identifier; 0.0.0.0 for the highest address of the node.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&BgpSpeaker::m_routerId),
                          MakeIpv4AddressChecker())
            .AddAttribute("Port",
                          "TCP port to listen at.",
                          UintegerValue(179),
                          MakeUintegerAccessor(&BgpSpeaker::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("Protocol",
                          "Socket factory of the sessions. With ns-3's own TCP a session cannot "
                          "tell why its connection ended.",
                          TypeIdValue(TcpKeepaliveSocketFactory::GetTypeId()),
                          MakeTypeIdAccessor(&BgpSpeaker::m_protocol),
                          MakeTypeIdChecker())
            .AddAttribute("Tos",
                          "IP type of service of the sessions; routers use 0xc0, internetwork "
                          "control (RFC 4271 appendix E).",
                          UintegerValue(0xc0),
                          MakeUintegerAccessor(&BgpSpeaker::m_tos),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("LingerTime",
                          "How long TCP tries to deliver the last words of a session that ended; "
                          "then it gives the connection up. Linux: about 100 s.",
                          TimeValue(Seconds(100)),
                          MakeTimeAccessor(&BgpSpeaker::m_lingerTime),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

BgpSpeaker::BgpSpeaker()
    : m_lingering(std::make_shared<LingeringConnections>()),
      m_ownAttributes(std::make_shared<BgpPathAttributes>())
{
}

BgpSpeaker::~BgpSpeaker() = default;

void
BgpSpeaker::DoDispose()
{
    for (const auto& neighbor : m_neighbors)
    {
        neighbor->Dispose();
    }
    m_neighbors.clear();
    m_waiting.clear();
    if (m_listener)
    {
        m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                      MakeNullCallback<void, Ptr<Socket>, const Address&>());
        m_listener = nullptr;
    }
    if (m_routing)
    {
        m_routing->SetInterfaceDown(MakeNullCallback<void, uint32_t>());
        m_routing = nullptr;
    }
    Application::DoDispose();
}

Ptr<BgpNeighbor>
BgpSpeaker::AddNeighbor(Ipv4Address address, uint32_t as)
{
    NS_ABORT_MSG_IF(m_running, "a neighbour can be added before the start only");
    Ptr<BgpNeighbor> neighbor = CreateObject<BgpNeighbor>();
    neighbor->SetAttribute("RemoteAddress", Ipv4AddressValue(address));
    neighbor->SetAttribute("RemoteAs", UintegerValue(as));
    m_neighbors.push_back(neighbor);
    return neighbor;
}

void
BgpSpeaker::StartApplication()
{
    m_running = true;
    if (m_powered)
    {
        Boot();
    }
}

void
BgpSpeaker::StopApplication()
{
    m_running = false;
    for (const auto& neighbor : m_neighbors)
    {
        neighbor->Leave();
    }
    if (m_listener)
    {
        m_listener->Close();
        m_listener = nullptr;
    }
}

void
BgpSpeaker::Boot()
{
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    m_routing =
        ipv4 ? Ipv4RoutingHelper::GetRouting<BgpRouting>(ipv4->GetRoutingProtocol()) : nullptr;
    if (m_routing)
    {
        m_routing->SetInterfaceDown(MakeCallback(&BgpSpeaker::HandleInterfaceDown, this));
    }
    for (const auto& [prefix, attributes] : m_own)
    {
        // Nobody is there to be told yet.
        static_cast<void>(m_rib.Update(prefix, {BgpPath::LOCAL, attributes, false, 0, 0}));
    }
    m_listener = Socket::CreateSocket(GetNode(), m_protocol);
    m_listener->SetIpTos(m_tos);
    NS_ABORT_MSG_IF(m_listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), m_port)) != 0,
                    "BGP port " << m_port << " is taken");
    m_listener->Listen();
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&BgpSpeaker::HandleAccept, this));

    BgpSession::Config config;
    config.tcp.node = GetNode();
    config.tcp.protocol = m_protocol;
    config.tcp.tos = m_tos;
    config.tcp.lingerTime = m_lingerTime;
    config.tcp.lingering = m_lingering;
    config.terms.as = m_as;
    config.terms.identifier = GetRouterId().Get();
    for (std::size_t i = 0; i < m_neighbors.size(); i++)
    {
        m_neighbors[i]->Start(config, this, static_cast<uint32_t>(i + 1));
    }
}

void
BgpSpeaker::HandleAccept(Ptr<Socket> socket, const Address& from)
{
    if (m_stalled)
    {
        // The kernel has accepted it; the process will some day.
        m_waiting.emplace_back(socket, from);
        return;
    }
    const Ipv4Address address = InetSocketAddress::ConvertFrom(from).GetIpv4();
    for (const auto& neighbor : m_neighbors)
    {
        if (neighbor->GetRemoteAddress() == address)
        {
            neighbor->Accept(socket);
            return;
        }
    }
    NS_LOG_INFO("connection of a stranger, " << address);
    BgpConnection::Refuse(socket);
}

void
BgpSpeaker::HandleInterfaceDown(uint32_t interface)
{
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    for (uint32_t i = 0; i < ipv4->GetNAddresses(interface); i++)
    {
        const Ipv4InterfaceAddress own = ipv4->GetAddress(interface, i);
        for (const auto& neighbor : m_neighbors)
        {
            if (own.GetMask().IsMatch(own.GetLocal(), neighbor->GetRemoteAddress()))
            {
                neighbor->HandleInterfaceDown();
            }
        }
    }
}

void
BgpSpeaker::HandleUp(BgpNeighbor& neighbor)
{
    m_rib.ForEachBest([this, &neighbor](const BgpPrefix& prefix, const BgpPath& best) {
        Tell(neighbor, prefix, &best);
    });
    neighbor.Flush();
}

void
BgpSpeaker::HandleDown(BgpNeighbor& neighbor)
{
    for (const BgpRib::Change& change : m_rib.RemovePeer(neighbor.GetNumber()))
    {
        Spread(change.prefix);
    }
    FlushAll();
}

void
BgpSpeaker::HandleUpdate(BgpNeighbor& neighbor, const BgpUpdate& update)
{
    const uint32_t number = neighbor.GetNumber();
    for (const BgpPrefix& prefix : update.withdrawn)
    {
        if (const auto change = m_rib.Withdraw(prefix, number))
        {
            Spread(change->prefix);
        }
    }
    if (update.attributes)
    {
        const BgpAgreement& agreement = neighbor.GetSession()->GetAgreement();
        const BgpPath path{number,
                           std::make_shared<const BgpPathAttributes>(*update.attributes),
                           agreement.IsExternal(),
                           agreement.GetPeer()->identifier,
                           neighbor.GetRemoteAddress().Get()};
        // A loop (RFC 4271 section 9.1.2), or our own address as the next hop (section 6.3): not to
        // be used, but it takes the place of what was announced before.
        const bool useless = path.attributes->PassedThrough(m_as) ||
                             GetNode()->GetObject<Ipv4>()->GetInterfaceForAddress(
                                 Ipv4Address(path.attributes->nextHop)) >= 0;
        for (const BgpPrefix& prefix : update.announced)
        {
            if (!neighbor.IsEstablished())
            {
                return; // whoever traces the routes has just ended it
            }
            if (const auto change =
                    useless ? m_rib.Withdraw(prefix, number) : m_rib.Update(prefix, path))
            {
                Spread(change->prefix);
            }
        }
    }
    FlushAll();
}

void
BgpSpeaker::Announce(const BgpPrefix& prefix)
{
    Announce(prefix, m_ownAttributes);
}

void
BgpSpeaker::Announce(const BgpPrefix& prefix, std::shared_ptr<const BgpPathAttributes> attributes)
{
    m_own[prefix] = attributes;
    if (m_running && m_powered)
    {
        if (const auto change =
                m_rib.Update(prefix, {BgpPath::LOCAL, std::move(attributes), false, 0, 0}))
        {
            Spread(change->prefix);
        }
        FlushAll();
    }
}

void
BgpSpeaker::Withdraw(const BgpPrefix& prefix)
{
    m_own.erase(prefix);
    if (const auto change = m_rib.Withdraw(prefix, BgpPath::LOCAL))
    {
        Spread(change->prefix);
    }
    FlushAll();
}

void
BgpSpeaker::Spread(const BgpPrefix& prefix)
{
    const BgpPath* best = m_rib.GetBest(prefix);
    for (const auto& neighbor : m_neighbors)
    {
        if (neighbor->IsEstablished())
        {
            Tell(*neighbor, prefix, best);
        }
    }
    if (!m_routing)
    {
        return;
    }
    // Last, for whoever traces the routes may change them, by a crash or an announcement: that is
    // then the newer truth.
    if (best && best->peer != BgpPath::LOCAL)
    {
        m_routing->SetRoute(prefix, Ipv4Address(best->attributes->nextHop));
    }
    else
    {
        m_routing->RemoveRoute(prefix);
    }
}

void
BgpSpeaker::Tell(BgpNeighbor& neighbor, const BgpPrefix& prefix, const BgpPath* best) const
{
    // Not back to where it came from; and what one internal neighbour said, all of them know
    // (RFC 4271 section 9.2).
    const bool internal = !neighbor.GetSession()->GetAgreement().IsExternal();
    if (best && best->peer != neighbor.GetNumber() &&
        !(internal && best->peer != BgpPath::LOCAL && !best->external))
    {
        neighbor.GetAdjRibOut().Announce(prefix, best->attributes);
    }
    else
    {
        neighbor.GetAdjRibOut().Withdraw(prefix);
    }
}

void
BgpSpeaker::FlushAll()
{
    for (const auto& neighbor : m_neighbors)
    {
        neighbor->Flush();
    }
}

void
BgpSpeaker::SetPowered(bool powered)
{
    if (m_powered == powered)
    {
        return;
    }
    m_powered = powered;
    if (powered)
    {
        if (m_running)
        {
            Boot();
        }
        return;
    }
    m_stalled = false;
    for (const auto& neighbor : m_neighbors)
    {
        neighbor->Forget();
    }
    m_lingering->Forget();
    for (const auto& [socket, from] : std::exchange(m_waiting, {}))
    {
        if (Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(socket))
        {
            tcp->Forget();
        }
    }
    if (m_listener)
    {
        m_listener->Close();
        m_listener = nullptr;
    }
    for (const auto& [prefix, attributes] : m_own)
    {
        static_cast<void>(m_rib.Withdraw(prefix, BgpPath::LOCAL));
    }
}

void
BgpSpeaker::SetControlPlaneStalled(bool stalled)
{
    if (m_stalled == stalled || !m_powered)
    {
        return;
    }
    m_stalled = stalled;
    for (const auto& neighbor : m_neighbors)
    {
        neighbor->SetStalled(stalled);
    }
    if (!stalled)
    {
        for (const auto& [socket, from] : std::exchange(m_waiting, {}))
        {
            HandleAccept(socket, from);
        }
    }
}

const std::vector<Ptr<BgpNeighbor>>&
BgpSpeaker::GetNeighbors() const
{
    return m_neighbors;
}

const BgpRib&
BgpSpeaker::GetRib() const
{
    return m_rib;
}

Ipv4Address
BgpSpeaker::GetRouterId() const
{
    if (m_routerId != Ipv4Address::GetAny())
    {
        return m_routerId;
    }
    uint32_t highest = 0;
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    for (uint32_t i = 0; i < ipv4->GetNInterfaces(); i++)
    {
        for (uint32_t j = 0; j < ipv4->GetNAddresses(i); j++)
        {
            const Ipv4Address address = ipv4->GetAddress(i, j).GetLocal();
            if (address != Ipv4Address::GetLoopback())
            {
                highest = std::max(highest, address.Get());
            }
        }
    }
    return Ipv4Address(highest);
}

uint32_t
BgpSpeaker::GetAs() const
{
    return m_as;
}

int64_t
BgpSpeaker::AssignStreams(int64_t stream)
{
    int64_t used = 0;
    for (const auto& neighbor : m_neighbors)
    {
        used += neighbor->AssignStreams(stream + used);
    }
    return used;
}

} // namespace keepalive
} // namespace ns3
