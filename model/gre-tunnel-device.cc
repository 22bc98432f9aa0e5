/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-tunnel-device.h"

#include "gre-header.h"
#include "gre-protocol.h"
#include "inner-header.h"

#include "ns3/boolean.h"
#include "ns3/integer.h"
#include "ns3/ipv4-interface.h"
#include "ns3/log.h"
#include "ns3/packet.h"
#include "ns3/socket.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveGreTunnelDevice");

NS_OBJECT_ENSURE_REGISTERED(GreTunnelDevice);

namespace
{

constexpr uint8_t KEEPALIVE_TTL = 255;     //!< of the inner header, in captured frames
constexpr uint32_t PLAIN_IPV4_SIZE = 20;   //!< bytes of an IPv4 header without options
constexpr uint32_t LARGEST_PACKET = 65535; //!< bytes of an IPv4 packet, RFC 791

} // namespace

TypeId
GreTunnelDevice::GetTypeId()
{
    static TypeId tid =
        AddVendorRules(AddKeepaliveAttributes(
                           TypeId("ns3::keepalive::GreTunnelDevice").SetParent<ProbingNetDevice>(),
                           Seconds(0),
                           3))
            .SetGroupName("Keepalive")
            .AddConstructor<GreTunnelDevice>()
            .AddAttribute("Mtu",
                          "Largest IP packet that the tunnel takes, in bytes. The default leaves "
                          "room for IP and GRE, without options, in 1500 bytes.",
                          UintegerValue(1476),
                          MakeUintegerAccessor(&NetDevice::SetMtu, &NetDevice::GetMtu),
                          MakeUintegerChecker<uint16_t>(68))
            .AddAttribute("KeepaliveTos",
                          "TOS of keepalives, in both IP headers. Captured routers use CS6.",
                          UintegerValue(0xc0),
                          MakeUintegerAccessor(&GreTunnelDevice::m_keepaliveTos),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("KeepalivePriority",
                          "Priority of keepalives in the queues of this node, 0 to 15 as in Linux; "
                          "-1, the default, takes it from their TOS. Other nodes go by the TOS.",
                          IntegerValue(-1),
                          MakeIntegerAccessor(&GreTunnelDevice::m_keepalivePriority),
                          MakeIntegerChecker<int16_t>(-1, 15))
            .AddAttribute("Ttl",
                          "TTL of the outer header.",
                          UintegerValue(255),
                          MakeUintegerAccessor(&GreTunnelDevice::m_ttl),
                          MakeUintegerChecker<uint8_t>(1))
            .AddAttribute("Tos",
                          "TOS of the outer header of user traffic; -1, the default, copies that "
                          "of an IPv4 payload, and is 0 for others.",
                          IntegerValue(-1),
                          MakeIntegerAccessor(&GreTunnelDevice::m_tos),
                          MakeIntegerChecker<int16_t>(-1, 255))
            .AddAttribute("DontFragment",
                          "Set Don't Fragment in outer headers, and drop what does not fit the "
                          "first hop.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_dontFragment),
                          MakeBooleanChecker())
            .AddAttribute("Checksum",
                          "Send GRE checksums. Received ones are verified in any case.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_checksum),
                          MakeBooleanChecker())
            .AddAttribute("SequenceNumbers",
                          "Number outgoing packets, and drop numbered ones that come late.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_sequencing),
                          MakeBooleanChecker())
            .AddAttribute("DropPayloadToEncapsulator",
                          "Follow RFC 2784 section 3.1: drop a payload addressed to the node that "
                          "encapsulated it. This kills the peer's keepalives.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_dropPayloadToEncapsulator),
                          MakeBooleanChecker())
            .AddAttribute("StrictReversePath",
                          "Drop a payload whose source is not reached through this tunnel (strict "
                          "uRPF). This kills the peer's keepalives.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_strictReversePath),
                          MakeBooleanChecker())
            .AddAttribute("DropLocalSource",
                          "Drop a payload whose source is an address of this node, as Linux does "
                          "unless accept_local is set. This kills the peer's keepalives.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&GreTunnelDevice::m_dropLocalSource),
                          MakeBooleanChecker());
    return tid;
}

GreTunnelDevice::GreTunnelDevice()
    : ProbingNetDevice("gre", "Tunnel0")
{
    SetAddress(Mac48Address::Allocate());
}

GreTunnelDevice::~GreTunnelDevice() = default;

void
GreTunnelDevice::DoDispose()
{
    ProbingNetDevice::DoDispose();
    m_gre = nullptr;
}

// ---- down the stack ----

bool
GreTunnelDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_LOG_FUNCTION(this << packet << dest << protocolNumber);
    if (!IsRunning())
    {
        DropTx(packet, DropReason::ADMIN_DOWN);
        return false;
    }
    if (!IsLineUp())
    {
        DropTx(packet, DropReason::LINE_DOWN);
        return false;
    }

    uint8_t tos = 0;
    if (protocolNumber == GreHeader::PROTOCOL_IPV4)
    {
        Ipv4Header inner;
        packet->PeekHeader(inner);
        tos = inner.GetTos();
    }
    else if (protocolNumber != GreHeader::PROTOCOL_IPV6)
    {
        DropTx(packet, DropReason::UNSUPPORTED_PROTOCOL);
        return false;
    }

    m_macTxTrace(packet);
    m_snifferTrace(packet);
    tos = m_tos >= 0 ? static_cast<uint8_t>(m_tos) : tos;
    const std::optional<DropReason> failed = SendEncapsulated(packet, protocolNumber, tos);
    if (failed)
    {
        DropTx(packet, *failed);
    }
    return !failed;
}

std::optional<DropReason>
GreTunnelDevice::SendEncapsulated(Ptr<Packet> packet, uint16_t protocol, uint8_t tos)
{
    if (!m_gre)
    {
        return DropReason::NO_ROUTE;
    }
    GreHeader gre = MakeGreHeader(protocol);
    if (m_sequencing)
    {
        gre.SetSequenceNumber(m_nextSequence++); // RFC 2890 section 2.2: the first one is 0
    }
    packet->AddHeader(gre);

    Ipv4Header outer;
    outer.SetSource(m_local);
    outer.SetDestination(m_remote);
    outer.SetProtocol(GreHeader::IP_PROTOCOL);
    outer.SetTtl(m_ttl);
    outer.SetTos(tos);
    outer.SetIdentification(m_gre->NextIdentification());
    outer.SetPayloadSize(packet->GetSize());
    outer.EnableChecksum();
    if (m_dontFragment)
    {
        outer.SetDontFragment();
    }
    const uint32_t size = packet->GetSize() + outer.GetSerializedSize();
    if (size > LARGEST_PACKET)
    {
        return DropReason::TOO_BIG;
    }
    const std::optional<DropReason> failed = m_gre->Send(packet, outer, this);
    if (!failed)
    {
        CountTx(size);
    }
    return failed;
}

// ---- up the stack ----

void
GreTunnelDevice::Receive(Ptr<Packet> packet,
                         const Ipv4Header& outer,
                         const GreHeader& gre,
                         uint32_t size,
                         Ptr<Ipv4Interface> underlay)
{
    NS_LOG_FUNCTION(this << packet << outer << gre << size);
    if (!IsRunning())
    {
        DropRx(packet, DropReason::ADMIN_DOWN);
        return;
    }

    const std::optional<uint32_t> sequence = gre.GetSequenceNumber();
    if (m_sequencing && sequence)
    {
        // RFC 2890 section 2.2: late if not after the last one, modulo 2^32.
        if (m_lastSequence && static_cast<int32_t>(*sequence - *m_lastSequence) <= 0)
        {
            DropRx(packet, DropReason::OUT_OF_ORDER);
            return;
        }
        m_lastSequence = sequence;
    }

    std::optional<DropReason> refused;
    switch (gre.GetProtocol())
    {
    case GreHeader::PROTOCOL_KEEPALIVE:
        HandleKeepalive(packet, outer, gre, size);
        break;
    case GreHeader::PROTOCOL_IPV4:
        ReceiveIpv4(packet, size, underlay);
        break;
    case GreHeader::PROTOCOL_IPV6:
        refused = CheckIpv6Header(packet);
        if (refused)
        {
            DropRx(packet, *refused);
            break;
        }
        m_snifferTrace(packet);
        Deliver(packet, size, GreHeader::PROTOCOL_IPV6);
        break;
    default:
        DropRx(packet, DropReason::UNSUPPORTED_PROTOCOL);
        break;
    }
}

void
GreTunnelDevice::ReceiveIpv4(Ptr<Packet> packet, uint32_t size, Ptr<Ipv4Interface> underlay)
{
    Ipv4Header inner;
    std::optional<DropReason> refused = PeekIpv4Header(packet, inner);
    if (!refused)
    {
        refused = CheckPayload(inner);
    }
    if (refused)
    {
        DropRx(packet, *refused);
        return;
    }

    // A keepalive passes whether the line is up or down: so two ends that are both down recover.
    m_snifferTrace(packet);
    if (IsBetweenEnds(inner))
    {
        Ptr<Packet> content = packet->Copy();
        content->RemoveAtStart(inner.GetSerializedSize());
        if (content->GetSize() > inner.GetPayloadSize())
        {
            content->RemoveAtEnd(content->GetSize() - inner.GetPayloadSize()); // a link's padding
        }
        GreHeader innerGre;
        content->PeekHeader(innerGre);
        if (!innerGre.GetError() && innerGre.GetProtocol() == GreHeader::PROTOCOL_KEEPALIVE)
        {
            HandleInnerKeepalive(content, inner, size, underlay);
            return;
        }
    }

    Deliver(packet, size, GreHeader::PROTOCOL_IPV4);
}

void
GreTunnelDevice::HandleInnerKeepalive(Ptr<Packet> packet,
                                      const Ipv4Header& inner,
                                      uint32_t size,
                                      Ptr<Ipv4Interface> underlay)
{
    if (inner.GetDestination() == m_local)
    {
        // The peer routes our address through the tunnel, so its answer came that way. It is
        // counted where it ends.
        m_gre->Receive(packet, inner, underlay);
        return;
    }
    const std::optional<DropReason> refused = m_gre->Forward(packet, inner, underlay);
    if (refused)
    {
        DropRx(packet, *refused);
        return;
    }
    CountRx(size);
    m_counters.reflected++;
}

void
GreTunnelDevice::Deliver(Ptr<Packet> packet, uint32_t size, uint16_t protocol)
{
    if (!IsLineUp())
    {
        DropRx(packet, DropReason::LINE_DOWN);
        return;
    }
    CountRx(size);
    ForwardUp(packet, protocol);
}

bool
GreTunnelDevice::IsBetweenEnds(const Ipv4Header& inner) const
{
    // Without options, which ns-3 cannot write again; whole: a fragment of zeros is no keepalive.
    const bool ends = (inner.GetSource() == m_local && inner.GetDestination() == m_remote) ||
                      (inner.GetSource() == m_remote && inner.GetDestination() == m_local);
    return inner.GetProtocol() == GreHeader::IP_PROTOCOL && ends &&
           inner.GetSerializedSize() == PLAIN_IPV4_SIZE && inner.IsLastFragment() &&
           inner.GetFragmentOffset() == 0;
}

std::optional<DropReason>
GreTunnelDevice::CheckPayload(const Ipv4Header& inner) const
{
    if (m_dropPayloadToEncapsulator && inner.GetDestination() == m_remote)
    {
        return DropReason::PAYLOAD_TO_ENCAPSULATOR;
    }
    if (m_strictReversePath && m_gre->LookUpDevice(inner.GetSource()) != this)
    {
        return DropReason::REVERSE_PATH;
    }
    if (m_dropLocalSource && m_gre->IsLocal(inner.GetSource()))
    {
        return DropReason::LOCAL_SOURCE;
    }
    return std::nullopt;
}

// ---- keepalive ----

void
GreTunnelDevice::ForgetState()
{
    m_nextSequence = 0;
    m_lastSequence = std::nullopt;
}

void
GreTunnelDevice::HandleVerdict(LinkTransition transition, LineCause cause)
{
    if (transition == LinkTransition::WENT_DOWN)
    {
        m_lastSequence = std::nullopt; // who comes back may have rebooted, and count from 0
    }
    ProbingNetDevice::HandleVerdict(transition, cause);
}

void
GreTunnelDevice::SendProbe()
{
    if (!m_gre)
    {
        return;
    }
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(MakeGreHeader(GreHeader::PROTOCOL_KEEPALIVE));

    Ipv4Header inner;
    inner.SetSource(m_remote);
    inner.SetDestination(m_local);
    inner.SetProtocol(GreHeader::IP_PROTOCOL);
    inner.SetPayloadSize(packet->GetSize());
    inner.SetTtl(KEEPALIVE_TTL);
    inner.SetTos(m_keepaliveTos);
    inner.SetIdentification(m_gre->NextIdentification());
    inner.EnableChecksum();

    packet->AddHeader(inner);
    m_keepaliveTxTrace(packet, GetKeepaliveCount());
    m_snifferTrace(packet);

    const uint8_t priority = m_keepalivePriority >= 0 ? static_cast<uint8_t>(m_keepalivePriority)
                                                      : Socket::IpTos2Priority(m_keepaliveTos);
    if (priority != 0)
    {
        SocketPriorityTag tag;
        tag.SetPriority(priority);
        packet->AddPacketTag(tag);
    }
    const uint64_t before = m_counters.txBytes;
    const std::optional<DropReason> failed =
        SendEncapsulated(packet, GreHeader::PROTOCOL_IPV4, m_keepaliveTos);
    if (failed)
    {
        DropTx(packet, *failed);
        return;
    }
    m_counters.keepalivesSent++;
    m_counters.keepaliveBytes += m_counters.txBytes - before;
}

void
GreTunnelDevice::HandleKeepalive(Ptr<Packet> packet,
                                 const Ipv4Header& header,
                                 const GreHeader& gre,
                                 uint32_t size)
{
    if (!GetProcess().IsRunning())
    {
        DropRx(packet, DropReason::UNSUPPORTED_PROTOCOL);
        return;
    }
    if (GetProcess().IsStalled())
    {
        DropRx(packet, DropReason::STALLED);
        return;
    }
    CountRx(size);
    m_counters.keepaliveBytes += size;
    m_counters.keepalivesHeard++;

    if (!m_keepaliveRxTrace.IsEmpty())
    {
        packet->AddHeader(gre);
        packet->AddHeader(header);
        m_keepaliveRxTrace(packet, GetKeepaliveCount()); // before what it brings about
    }
    GetProcess().OnReply();
}

// ---- configuration ----

void
GreTunnelDevice::SetEndpoints(Ipv4Address local, Ipv4Address remote, std::optional<uint32_t> key)
{
    m_local = local;
    m_remote = remote;
    m_key = key;
}

Ipv4Address
GreTunnelDevice::GetLocal() const
{
    return m_local;
}

Ipv4Address
GreTunnelDevice::GetRemote() const
{
    return m_remote;
}

std::optional<uint32_t>
GreTunnelDevice::GetKey() const
{
    return m_key;
}

void
GreTunnelDevice::SetGreProtocol(Ptr<GreProtocol> gre)
{
    m_gre = gre;
}

GreHeader
GreTunnelDevice::MakeGreHeader(uint16_t protocol) const
{
    GreHeader gre;
    gre.SetProtocol(protocol);
    gre.SetKey(m_key);
    if (m_checksum)
    {
        gre.EnableChecksum();
    }
    return gre;
}

} // namespace keepalive
} // namespace ns3
