/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-box.h"

#include "nat-routing.h"
#include "nat-transport.h"
#include "octet-header.h"

#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveNatBox");

NS_OBJECT_ENSURE_REGISTERED(NatBox);

namespace
{

/**
 * @brief Why a packet that the table refuses is dropped.
 * @param fate what the table says
 * @return the reason
 */
DropReason
ToReason(NatTable::Fate fate)
{
    switch (fate)
    {
    case NatTable::Fate::FILTERED:
        return DropReason::FILTERED;
    case NatTable::Fate::NO_PORT:
        return DropReason::NO_PORT;
    case NatTable::Fate::BAD_STATE:
        return DropReason::BAD_STATE;
    case NatTable::Fate::PASS:
    case NatTable::Fate::NO_BINDING:
        break;
    }
    return DropReason::NO_BINDING;
}

/**
 * @brief Why a packet that cannot be read is dropped.
 * @param result what reading it gave
 * @return the reason
 */
DropReason
ToReason(NatTransport::Result result)
{
    switch (result)
    {
    case NatTransport::Result::BAD_INNER:
        return DropReason::BAD_INNER_HEADER;
    case NatTransport::Result::FRAGMENT:
        return DropReason::FRAGMENT;
    case NatTransport::Result::UNKNOWN:
        return DropReason::UNKNOWN_MESSAGE;
    case NatTransport::Result::FLOW:
    case NatTransport::Result::ERROR:
    case NatTransport::Result::TRUNCATED:
        break;
    }
    return DropReason::TRUNCATED;
}

} // namespace

TypeId
NatBox::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::NatBox")
            .SetParent<NatState>()
            .SetGroupName("Keepalive")
            .AddConstructor<NatBox>()
            .AddAttribute("ExternalAddress",
                          "The address of the NAT; 0.0.0.0 for the first one of the interface "
                          "outside.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&NatBox::m_externalAddress),
                          MakeIpv4AddressChecker())
            .AddTraceSource("Translate",
                            "A packet passed.",
                            MakeTraceSourceAccessor(&NatBox::m_translate),
                            "ns3::keepalive::NatTranslation::TracedCallback")
            .AddTraceSource("Drop",
                            "A packet was dropped; it has its IP header.",
                            MakeTraceSourceAccessor(&NatBox::m_drop),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

NatBox::NatBox() = default;

NatBox::~NatBox() = default;

void
NatBox::DoDispose()
{
    if (m_routing)
    {
        m_routing->Release();
        m_routing = nullptr;
    }
    m_ipv4 = nullptr;
    NatState::DoDispose();
}

void
NatBox::Attach(Ptr<Ipv4> ipv4, uint32_t outside)
{
    m_ipv4 = ipv4;
    m_outside = outside;
    m_routing = CreateObject<NatRouting>();
    m_routing->Connect(this, ipv4->GetRoutingProtocol());
    ipv4->SetRoutingProtocol(m_routing);
}

Ipv4Address
NatBox::GetExternalAddress() const
{
    if (!m_externalAddress.IsAny() || !m_ipv4 || m_ipv4->GetNAddresses(m_outside) == 0)
    {
        return m_externalAddress;
    }
    return m_ipv4->GetAddress(m_outside, 0).GetLocal();
}

bool
NatBox::Receive(Passing& passing, uint32_t interface)
{
    if (!IsPowered())
    {
        Drop(passing, DropReason::ADMIN_DOWN);
        return false;
    }
    if (passing.header.GetDestination().IsMulticast() ||
        passing.header.GetDestination().IsBroadcast())
    {
        return true;
    }
    const bool local = m_ipv4->IsDestinationAddress(passing.header.GetDestination(), interface);
    return interface == m_outside ? ReceiveFromOutside(passing, local)
                                  : ReceiveFromInside(passing, local);
}

bool
NatBox::ReceiveFromOutside(Passing& passing, bool local)
{
    if (!IsFirewall() && passing.header.GetDestination() == GetExternalAddress())
    {
        return TranslateInbound(passing);
    }
    if (local || LeadsOutside(passing))
    {
        return true;
    }
    if (IsFirewall())
    {
        return TranslateInbound(passing);
    }
    // Addresses inside mean nothing outside: who sends to one has guessed it.
    NatTransport transport;
    if (Read(passing, transport))
    {
        Refuse(passing, transport.GetPacket(), NatTable::Fate::NO_BINDING);
    }
    return false;
}

bool
NatBox::ReceiveFromInside(Passing& passing, bool local)
{
    NatTable& table = GetTable(GetExternalAddress());
    if (local && !IsFirewall() && GetBehavior().hairpinning &&
        passing.header.GetDestination() == GetExternalAddress())
    {
        return TranslateHairpin(passing, table);
    }
    return local || !LeadsOutside(passing) || TranslateOutbound(passing, table);
}

bool
NatBox::Read(const Passing& passing, NatTransport& transport)
{
    const Ipv4Header& header = passing.header;
    const Ipv4Address source = header.GetSource();
    if (source.IsMulticast() || source.IsBroadcast() || source.IsAny())
    {
        Drop(passing, DropReason::BAD_ADDRESS); // RFC 1812 section 5.3.7: nobody to answer to
        return false;
    }
    if (header.GetFragmentOffset() != 0 || !header.IsLastFragment())
    {
        Drop(passing, DropReason::FRAGMENT);
        return false;
    }
    const uint32_t size = passing.packet->GetSize();
    std::vector<uint8_t> bytes(std::min(size, NatTransport::LONGEST));
    passing.packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    const NatTransport::Result result = transport.Read(bytes,
                                                       size,
                                                       header.GetProtocol(),
                                                       source.Get(),
                                                       header.GetDestination().Get());
    if (result == NatTransport::Result::FLOW || result == NatTransport::Result::ERROR)
    {
        return true;
    }
    Drop(passing, ToReason(result));
    return false;
}

bool
NatBox::TranslateOutbound(Passing& passing, NatTable& table)
{
    NatTransport transport;
    if (!Read(passing, transport) || !IsAlive(passing, transport))
    {
        return false;
    }
    if (transport.IsError())
    {
        return TranslateErrorOutbound(passing, transport, table);
    }
    const NatTable::Verdict verdict = table.Outbound(transport.GetPacket(), GetNow());
    Follow(verdict);
    if (verdict.fate != NatTable::Fate::PASS)
    {
        Refuse(passing, transport.GetPacket(), verdict.fate);
        return false;
    }
    Rewrite(passing, transport, verdict.source, verdict.destination, Direction::OUTBOUND);
    return true;
}

bool
NatBox::TranslateInbound(Passing& passing)
{
    NatTable& table = GetTable(GetExternalAddress());
    NatTransport transport;
    if (!Read(passing, transport))
    {
        return false;
    }
    if (transport.IsError())
    {
        return TranslateErrorInbound(passing, transport, table);
    }
    const NatTable::Verdict verdict = table.Inbound(transport.GetPacket(), GetNow());
    Follow(verdict);
    if (verdict.fate != NatTable::Fate::PASS)
    {
        if (verdict.fate == NatTable::Fate::NO_BINDING && IsOwn(transport.GetPacket()))
        {
            return true;
        }
        Refuse(passing, transport.GetPacket(), verdict.fate);
        return false;
    }
    if (!IsAlive(passing, transport))
    {
        return false;
    }
    Rewrite(passing, transport, verdict.source, verdict.destination, Direction::INBOUND);
    return true;
}

bool
NatBox::TranslateHairpin(Passing& passing, NatTable& table)
{
    NatTransport transport;
    if (!Read(passing, transport))
    {
        return false;
    }
    NatPacket packet = transport.GetPacket();
    if (transport.IsError() || !table.IsBound(packet))
    {
        return true; // for the router itself
    }
    if (!IsAlive(passing, transport))
    {
        return false;
    }
    const NatTable::Verdict out = table.Outbound(packet, GetNow());
    packet.source = out.source;
    NatTable::Verdict in;
    in.fate = out.fate;
    if (out.fate == NatTable::Fate::PASS)
    {
        in = table.Inbound(packet, GetNow());
    }
    Follow(out); // only now: who is told may switch the router off, and the table is gone
    if (in.fate != NatTable::Fate::PASS)
    {
        Refuse(passing, transport.GetPacket(), in.fate);
        return false;
    }
    Rewrite(passing, transport, in.source, in.destination, Direction::HAIRPIN);
    return true;
}

bool
NatBox::TranslateErrorOutbound(Passing& passing, NatTransport& transport, NatTable& table)
{
    const NatPacket inner = transport.GetInner();
    const auto external = table.FindExternal(inner, GetNow());
    Tell();
    if (!external)
    {
        Refuse(passing, transport.GetPacket(), NatTable::Fate::NO_BINDING);
        return false;
    }
    NatEndpoint source = transport.GetPacket().source;
    source.address = IsFirewall() ? source.address : external->address;
    transport.TranslateInner(inner.source, *external, !Node::ChecksumEnabled());
    Rewrite(passing, transport, source, transport.GetPacket().destination, Direction::OUTBOUND);
    return true;
}

bool
NatBox::TranslateErrorInbound(Passing& passing, NatTransport& transport, NatTable& table)
{
    const NatPacket inner = transport.GetInner();
    const auto internal = table.FindInternal(inner, GetNow());
    Tell();
    if (!internal || inner.source.address != transport.GetPacket().destination.address)
    {
        if (!IsFirewall())
        {
            return true; // about a packet of the router itself
        }
        Refuse(passing, transport.GetPacket(), NatTable::Fate::NO_BINDING);
        return false;
    }
    if (!IsAlive(passing, transport))
    {
        return false;
    }
    NatEndpoint destination = transport.GetPacket().destination;
    destination.address = internal->address;
    transport.TranslateInner(*internal, inner.destination, !Node::ChecksumEnabled());
    Rewrite(passing, transport, transport.GetPacket().source, destination, Direction::INBOUND);
    return true;
}

bool
NatBox::IsAlive(const Passing& passing, const NatTransport& transport)
{
    if (passing.header.GetTtl() > 1)
    {
        return true;
    }
    Ptr<Icmpv4L4Protocol> icmp =
        DynamicCast<Icmpv4L4Protocol>(m_ipv4->GetProtocol(Icmpv4L4Protocol::PROT_NUMBER));
    if (icmp && !transport.IsError())
    {
        icmp->SendTimeExceededTtl(passing.header, passing.packet, false);
    }
    Drop(passing, DropReason::TTL_EXPIRED);
    return false;
}

bool
NatBox::IsOwn(const NatPacket& packet) const
{
    if (IsFirewall())
    {
        return false; // what is for the router itself has passed by now
    }
    const bool hasPorts = packet.protocol == NatPacket::UDP || packet.protocol == NatPacket::TCP;
    return !hasPorts || GetBehavior().unknown == NatProfile::LOCAL ||
           IsReserved(packet.protocol, packet.destination.port);
}

bool
NatBox::LeadsOutside(const Passing& passing) const
{
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    Ptr<Ipv4Route> route =
        m_routing->GetBehind()->RouteOutput(nullptr, passing.header, nullptr, error);
    return route && route->GetOutputDevice() == m_ipv4->GetNetDevice(m_outside);
}

void
NatBox::Rewrite(Passing& passing,
                NatTransport& transport,
                const NatEndpoint& source,
                const NatEndpoint& destination,
                Direction direction)
{
    NatTranslation translation;
    translation.direction = direction;
    translation.protocol = transport.GetPacket().protocol;
    translation.source = transport.GetPacket().source;
    translation.destination = transport.GetPacket().destination;
    translation.newSource = source;
    translation.newDestination = destination;
    if (!IsFirewall())
    {
        transport.Translate(source, destination, !Node::ChecksumEnabled());
        Ptr<Packet> packet = passing.packet->Copy();
        packet->RemoveAtStart(static_cast<uint32_t>(transport.GetBytes().size()));
        packet->AddHeader(OctetHeader(transport.GetBytes()));
        passing.packet = packet;
        passing.header.SetSource(Ipv4Address(source.address));
        passing.header.SetDestination(Ipv4Address(destination.address));
    }
    m_translate(passing.packet, translation);
}

void
NatBox::Refuse(const Passing& passing, const NatPacket& packet, NatTable::Fate fate)
{
    const bool unknown = fate == NatTable::Fate::NO_BINDING || fate == NatTable::Fate::FILTERED;
    Drop(passing, ToReason(fate));
    if (unknown && GetBehavior().unknown == NatProfile::RST && packet.protocol == NatPacket::TCP &&
        !packet.segment.rst)
    {
        SendReset(packet);
    }
}

void
NatBox::SendReset(const NatPacket& packet)
{
    // RFC 9293 section 3.10.7.1, in the name of the other end.
    const NatTcpState::Segment& segment = packet.segment;
    const Ipv4Address source(packet.destination.address);
    const Ipv4Address destination(packet.source.address);
    TcpHeader header;
    header.SetSourcePort(packet.destination.port);
    header.SetDestinationPort(packet.source.port);
    header.SetWindowSize(0);
    if (segment.ack)
    {
        header.SetFlags(TcpHeader::RST);
        header.SetSequenceNumber(SequenceNumber32(segment.acknowledgment));
    }
    else
    {
        header.SetFlags(TcpHeader::RST | TcpHeader::ACK);
        header.SetAckNumber(SequenceNumber32(segment.sequence + segment.length +
                                             (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0)));
    }
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksums();
        header.InitializeChecksum(source, destination, NatPacket::TCP);
    }
    Ptr<Packet> reset = Create<Packet>();
    reset->AddHeader(header);
    m_ipv4->Send(reset, source, destination, NatPacket::TCP, nullptr);
}

void
NatBox::Drop(const Passing& passing, DropReason reason)
{
    NS_LOG_LOGIC("drop " << passing.header << ": " << ToString(reason));
    Ptr<Packet> packet = passing.packet->Copy();
    packet->AddHeader(passing.header);
    m_drop(packet, reason);
}

} // namespace keepalive
} // namespace ns3
