/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-association.h"

#include "ike-port.h"

#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <vector>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(IkeAssociation);

TypeId
IkeAssociation::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::IkeAssociation")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<IkeAssociation>()
            .AddAttribute("FollowPeer",
                          "Send to where the last authentic datagram of the peer came from, as a "
                          "responder does whose peer is behind a NAT. Without, always to where the "
                          "peer was at first.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&IkeAssociation::m_follow),
                          MakeBooleanChecker())
            .AddTraceSource("Tx",
                            "A datagram left for the peer.",
                            MakeTraceSourceAccessor(&IkeAssociation::m_txTrace),
                            "ns3::keepalive::IkeDatagramTracedCallback")
            .AddTraceSource("Rx",
                            "A datagram arrived that has the cookies or the SPI of this SA.",
                            MakeTraceSourceAccessor(&IkeAssociation::m_rxTrace),
                            "ns3::keepalive::IkeDatagramTracedCallback")
            .AddTraceSource("Move",
                            "The peer has another address or port than before.",
                            MakeTraceSourceAccessor(&IkeAssociation::m_moveTrace),
                            "ns3::keepalive::IkeAssociation::MoveTracedCallback");
    return tid;
}

IkeAssociation::IkeAssociation() = default;

IkeAssociation::~IkeAssociation()
{
    Close();
}

void
IkeAssociation::DoDispose()
{
    Close();
    Object::DoDispose();
}

void
IkeAssociation::Open(Ptr<IkePort> port, Owner* owner)
{
    Close();
    m_port = port;
    m_owner = owner;
    m_port->Add(this);
}

void
IkeAssociation::Close()
{
    if (m_port)
    {
        m_port->Remove(this);
    }
    m_port = nullptr;
    m_owner = nullptr;
}

bool
IkeAssociation::IsOpen() const
{
    return m_owner != nullptr;
}

void
IkeAssociation::SetRemote(const IkeEndpoint& remote)
{
    m_remote = remote;
}

const IkeEndpoint&
IkeAssociation::GetRemote() const
{
    return m_remote;
}

void
IkeAssociation::SetNatTraversal(bool natTraversal)
{
    m_natTraversal = natTraversal;
}

bool
IkeAssociation::IsNatTraversal() const
{
    return m_natTraversal;
}

void
IkeAssociation::SetNames(const Names& names)
{
    m_names = names;
    m_espSequence = 0;
}

const IkeAssociation::Names&
IkeAssociation::GetNames() const
{
    return m_names;
}

void
IkeAssociation::Follow(const IkeEndpoint& from)
{
    // Plain ESP has no port, and says nothing about that of IKE.
    const IkeEndpoint to{from.address, from.port == 0 ? m_remote.port : from.port};
    if (!m_follow || (to.address == m_remote.address && to.port == m_remote.port))
    {
        return;
    }
    const IkeEndpoint before = m_remote;
    m_remote = to;
    m_moveTrace(before, to);
}

bool
IkeAssociation::SendIke(Ptr<Packet> message)
{
    Ptr<Packet> datagram = message->Copy();
    if (m_natTraversal)
    {
        const std::vector<uint8_t> marker(IkePort::NON_ESP_MARKER_SIZE);
        datagram = Create<Packet>(marker.data(), IkePort::NON_ESP_MARKER_SIZE);
        datagram->AddAtEnd(message);
    }
    return Send(datagram, IkeDatagram::IKE);
}

bool
IkeAssociation::SendEsp(Ptr<Packet> data)
{
    if (m_names.outboundSpi == 0)
    {
        return false;
    }
    EspHeader header;
    header.SetSpi(m_names.outboundSpi);
    header.SetSequenceNumber(++m_espSequence);
    Ptr<Packet> packet = data->Copy();
    packet->AddHeader(header);
    return Send(packet, IkeDatagram::ESP);
}

bool
IkeAssociation::SendNatKeepalive()
{
    return m_natTraversal &&
           Send(Create<Packet>(&IkePort::NAT_KEEPALIVE, 1), IkeDatagram::NAT_KEEPALIVE);
}

bool
IkeAssociation::Send(Ptr<Packet> datagram, IkeDatagram kind)
{
    if (!m_port || !m_port->Send(datagram, kind, m_natTraversal, m_remote))
    {
        return false;
    }
    m_lastSent = Simulator::Now();
    m_txTrace(datagram, kind);
    return true;
}

Time
IkeAssociation::GetLastSent() const
{
    return m_lastSent;
}

void
IkeAssociation::ReceiveIke(const IkeHeader& header,
                           Ptr<Packet> body,
                           const IkeEndpoint& from,
                           Ptr<const Packet> datagram)
{
    m_rxTrace(datagram, IkeDatagram::IKE);
    if (m_owner) // who was told may have closed this
    {
        m_owner->HandleIke(header, body, from, datagram);
    }
}

void
IkeAssociation::ReceiveEsp(const EspHeader& header,
                           Ptr<Packet> data,
                           const IkeEndpoint& from,
                           Ptr<const Packet> datagram)
{
    m_rxTrace(datagram, IkeDatagram::ESP);
    if (m_owner) // who was told may have closed this
    {
        m_owner->HandleEsp(header, data, from);
    }
}

} // namespace keepalive
} // namespace ns3
