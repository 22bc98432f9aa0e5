/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-port.h"

#include "ns3/abort.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(IkePort);

namespace
{

/**
 * @brief Open a UDP socket.
 * @param node on which node
 * @param port its port
 * @param read who is told of arrivals
 * @return the socket
 */
Ptr<Socket>
OpenUdp(Ptr<Node> node, uint16_t port, Callback<void, Ptr<Socket>> read)
{
    Ptr<Socket> socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    NS_ABORT_MSG_IF(socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port)) != 0,
                    "IkePort: UDP port " << port << " is taken");
    socket->SetRecvCallback(read);
    return socket;
}

/**
 * @brief Close a socket for good.
 * @param socket the socket; may be null
 */
void
Shut(Ptr<Socket>& socket)
{
    if (socket)
    {
        socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
        socket->Close();
        socket = nullptr;
    }
}

/**
 * @brief Where a datagram came from.
 * @param from as the socket says it
 * @return address and port
 */
IkeEndpoint
ToEndpoint(const Address& from)
{
    const InetSocketAddress inet = InetSocketAddress::ConvertFrom(from);
    return {inet.GetIpv4(), inet.GetPort()};
}

} // namespace

TypeId
IkePort::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::IkePort")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<IkePort>()
            .AddTraceSource("Tx",
                            "A datagram left.",
                            MakeTraceSourceAccessor(&IkePort::m_txTrace),
                            "ns3::keepalive::IkeDatagramTracedCallback")
            .AddTraceSource("Rx",
                            "A datagram arrived, whether or not anybody wants it.",
                            MakeTraceSourceAccessor(&IkePort::m_rxTrace),
                            "ns3::keepalive::IkeDatagramTracedCallback")
            .AddTraceSource("Drop",
                            "A datagram that is for nobody here, or is none of IKE, ESP and NAT "
                            "keepalive.",
                            MakeTraceSourceAccessor(&IkePort::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

IkePort::IkePort() = default;

IkePort::~IkePort() = default;

Ptr<IkePort>
IkePort::Of(Ptr<Node> node)
{
    Ptr<IkePort> port = node->GetObject<IkePort>();
    if (!port)
    {
        port = CreateObject<IkePort>();
        port->Open(node);
        node->AggregateObject(port);
    }
    return port;
}

void
IkePort::Open(Ptr<Node> node)
{
    m_node = node;
    m_ike = OpenUdp(node, IKE_PORT, MakeCallback(&IkePort::ReadIke, this));
    m_nat = OpenUdp(node, NAT_PORT, MakeCallback(&IkePort::ReadNat, this));
    m_esp = Socket::CreateSocket(node, Ipv4RawSocketFactory::GetTypeId());
    m_esp->SetAttribute("Protocol", UintegerValue(ESP_PROTOCOL));
    m_esp->Bind();
    m_esp->SetRecvCallback(MakeCallback(&IkePort::ReadEsp, this));
}

void
IkePort::DoDispose()
{
    Shut(m_ike);
    Shut(m_nat);
    Shut(m_esp);
    m_associations.clear();
    m_node = nullptr;
    Object::DoDispose();
}

void
IkePort::Add(IkeAssociation* association)
{
    m_associations.push_back(association);
}

void
IkePort::Remove(IkeAssociation* association)
{
    m_associations.erase(std::remove(m_associations.begin(), m_associations.end(), association),
                         m_associations.end());
}

bool
IkePort::Send(Ptr<Packet> datagram, IkeDatagram kind, bool natTraversal, const IkeEndpoint& to)
{
    if (!m_powered || !m_node)
    {
        m_dropTrace(datagram, DropReason::ADMIN_DOWN);
        return false;
    }
    Ptr<Socket> socket = natTraversal ? m_nat : kind == IkeDatagram::ESP ? m_esp : m_ike;
    const uint16_t port = socket == m_esp ? 0 : to.port;
    if (socket->SendTo(datagram->Copy(), 0, InetSocketAddress(to.address, port)) < 0)
    {
        m_dropTrace(datagram, DropReason::NO_ROUTE);
        return false;
    }
    m_txTrace(datagram, kind);
    return true;
}

void
IkePort::ReadIke(Ptr<Socket> socket)
{
    Address from;
    while (Ptr<Packet> datagram = socket->RecvFrom(from))
    {
        if (!m_powered)
        {
            m_dropTrace(datagram, DropReason::ADMIN_DOWN);
            continue;
        }
        m_rxTrace(datagram, IkeDatagram::IKE);
        HandleIke(datagram->Copy(), datagram, ToEndpoint(from));
    }
}

void
IkePort::ReadNat(Ptr<Socket> socket)
{
    Address from;
    while (Ptr<Packet> datagram = socket->RecvFrom(from))
    {
        if (!m_powered)
        {
            m_dropTrace(datagram, DropReason::ADMIN_DOWN);
            continue;
        }
        HandleNat(datagram, ToEndpoint(from));
    }
}

void
IkePort::ReadEsp(Ptr<Socket> socket)
{
    Address from;
    while (Ptr<Packet> packet = socket->RecvFrom(from))
    {
        Ipv4Header ip;
        packet->RemoveHeader(ip);
        // A raw socket hears what is only forwarded here, too.
        if (m_node->GetObject<Ipv4>()->GetInterfaceForAddress(ip.GetDestination()) < 0)
        {
            continue;
        }
        if (!m_powered)
        {
            m_dropTrace(packet, DropReason::ADMIN_DOWN);
            continue;
        }
        m_rxTrace(packet, IkeDatagram::ESP);
        HandleEsp(packet, {ip.GetSource(), 0});
    }
}

void
IkePort::HandleNat(Ptr<Packet> datagram, const IkeEndpoint& from)
{
    std::array<uint8_t, NON_ESP_MARKER_SIZE> start{};
    const uint32_t size = datagram->CopyData(start.data(), NON_ESP_MARKER_SIZE);
    if (datagram->GetSize() == 1 && start[0] == NAT_KEEPALIVE)
    {
        // RFC 3948 section 2.3: ignored. Above all it says nothing about the peer: anybody can
        // send it.
        m_rxTrace(datagram, IkeDatagram::NAT_KEEPALIVE);
        return;
    }
    if (size < NON_ESP_MARKER_SIZE)
    {
        m_dropTrace(datagram, DropReason::BAD_MARKER);
        return;
    }
    const bool marker = start == std::array<uint8_t, NON_ESP_MARKER_SIZE>{};
    m_rxTrace(datagram, marker ? IkeDatagram::IKE : IkeDatagram::ESP);
    if (!marker)
    {
        HandleEsp(datagram, from);
        return;
    }
    Ptr<Packet> message = datagram->Copy();
    message->RemoveAtStart(NON_ESP_MARKER_SIZE);
    HandleIke(message, datagram, from);
}

void
IkePort::HandleIke(Ptr<Packet> message, Ptr<const Packet> datagram, const IkeEndpoint& from)
{
    IkeHeader header;
    message->RemoveHeader(header);
    if (header.GetError())
    {
        m_dropTrace(datagram, *header.GetError());
        return;
    }
    Ptr<IkeAssociation> association = Find(header, from);
    if (!association)
    {
        m_dropTrace(datagram, DropReason::BAD_COOKIE);
        return;
    }
    association->ReceiveIke(header, message, from, datagram);
}

Ptr<IkeAssociation>
IkePort::Find(const IkeHeader& header, const IkeEndpoint& from) const
{
    const uint64_t initiator = header.GetInitiatorCookie();
    const uint64_t responder = header.GetResponderCookie();
    // Only who sets an SA up does not know the responder's yet.
    const uint8_t exchange = header.GetExchange();
    const bool setup = responder == 0 && (exchange == IkeHeader::EXCHANGE_MAIN_MODE ||
                                          exchange == IkeHeader::EXCHANGE_SA_INIT);
    for (IkeAssociation* association : m_associations)
    {
        const IkeAssociation::Names& names = association->GetNames();
        if (setup ? association->GetRemote().address == from.address
                  : initiator == names.initiatorCookie && initiator != 0 &&
                        (responder == names.responderCookie || names.responderCookie == 0))
        {
            return association;
        }
    }
    return nullptr;
}

void
IkePort::HandleEsp(Ptr<Packet> packet, const IkeEndpoint& from)
{
    Ptr<const Packet> datagram = packet->Copy();
    EspHeader header;
    if (packet->RemoveHeader(header) == 0)
    {
        m_dropTrace(datagram, DropReason::TRUNCATED);
        return;
    }
    for (IkeAssociation* association : m_associations)
    {
        if (header.GetSpi() != 0 && association->GetNames().inboundSpi == header.GetSpi())
        {
            Ptr<IkeAssociation> found = association; // it may be closed while it is told
            found->ReceiveEsp(header, packet, from, datagram);
            return;
        }
    }
    m_dropTrace(datagram, DropReason::BAD_COOKIE);
}

void
IkePort::SetPowered(bool powered)
{
    m_powered = powered;
}

void
IkePort::SetControlPlaneStalled(bool)
{
}

} // namespace keepalive
} // namespace ns3
