/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-transport.h"

#include "network-order.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t PORTS = 8;         //!< octets of a UDP or ICMP header, and of TCP's in an error
constexpr uint32_t TCP_HEADER = 20;   //!< octets of a TCP header without options
constexpr uint32_t IPV4_HEADER = 20;  //!< octets of an IPv4 header without options
constexpr uint32_t ICMP_CHECKSUM = 2; //!< where the checksum of ICMP is

} // namespace

NatTransport::Result
NatTransport::Read(const std::vector<uint8_t>& bytes,
                   uint32_t size,
                   uint8_t protocol,
                   uint32_t source,
                   uint32_t destination)
{
    m_bytes = bytes;
    m_outer = Layout();
    m_inner = Layout();
    m_isError = false;
    m_outer.packet.protocol = protocol;
    m_outer.packet.source.address = source;
    m_outer.packet.destination.address = destination;
    switch (protocol)
    {
    case NatPacket::UDP:
    case NatPacket::TCP:
        return ReadPorts(size);
    case NatPacket::ICMP:
        return ReadIcmp();
    default:
        m_bytes.clear();
        return Result::FLOW;
    }
}

NatTransport::Result
NatTransport::ReadPorts(uint32_t size)
{
    const bool tcp = m_outer.packet.protocol == NatPacket::TCP;
    const uint32_t header = tcp ? TCP_HEADER : PORTS;
    if (m_bytes.size() < header || !FindPorts(m_outer, 0))
    {
        return Result::TRUNCATED;
    }
    if (tcp)
    {
        const uint32_t all = (m_bytes[12] >> 4) * 4;
        if (all < TCP_HEADER || all > size)
        {
            return Result::TRUNCATED;
        }
        NatTcpState::Segment& segment = m_outer.packet.segment;
        segment.fin = (m_bytes[13] & 0x01) != 0;
        segment.syn = (m_bytes[13] & 0x02) != 0;
        segment.rst = (m_bytes[13] & 0x04) != 0;
        segment.ack = (m_bytes[13] & 0x10) != 0;
        segment.sequence = ReadUint32(&m_bytes[4]);
        segment.acknowledgment = ReadUint32(&m_bytes[8]);
        segment.window = ReadUint16(&m_bytes[14]);
        segment.length = size - all;
    }
    m_bytes.resize(header);
    return Result::FLOW;
}

NatTransport::Result
NatTransport::ReadIcmp()
{
    if (m_bytes.size() < PORTS)
    {
        return Result::TRUNCATED;
    }
    switch (m_bytes[0])
    {
    case 3:  // destination unreachable
    case 4:  // source quench
    case 11: // time exceeded
    case 12: // parameter problem
        m_isError = true;
        return ReadInner();
    default:
        break;
    }
    if (!FindPorts(m_outer, 0))
    {
        return Result::UNKNOWN;
    }
    m_bytes.resize(PORTS);
    return Result::FLOW;
}

NatTransport::Result
NatTransport::ReadInner()
{
    constexpr uint32_t AT = PORTS; // behind the ICMP header
    if (m_bytes.size() < AT + IPV4_HEADER)
    {
        return Result::TRUNCATED;
    }
    const uint32_t header = (m_bytes[AT] & 0x0F) * 4;
    if (m_bytes[AT] >> 4 != 4 || header < IPV4_HEADER)
    {
        return Result::BAD_INNER;
    }
    if ((ReadUint16(&m_bytes[AT + 6]) & 0x1FFF) != 0)
    {
        return Result::FRAGMENT;
    }
    m_inner.packet.protocol = m_bytes[AT + 9];
    m_inner.ipChecksum = AT + 10;
    m_inner.addresses = AT + 12;
    m_inner.packet.source.address = ReadUint32(&m_bytes[AT + 12]);
    m_inner.packet.destination.address = ReadUint32(&m_bytes[AT + 16]);
    if (m_bytes.size() < AT + header)
    {
        return Result::TRUNCATED;
    }
    const bool icmp = m_inner.packet.protocol == NatPacket::ICMP;
    const bool hasPorts = icmp || m_inner.packet.protocol == NatPacket::UDP ||
                          m_inner.packet.protocol == NatPacket::TCP;
    if (hasPorts && m_bytes.size() < AT + header + PORTS)
    {
        return Result::TRUNCATED;
    }
    if (hasPorts && !FindPorts(m_inner, AT + header))
    {
        return Result::BAD_INNER; // such as an error about an error
    }
    return Result::ERROR;
}

bool
NatTransport::FindPorts(Layout& layout, uint32_t at) const
{
    NatPacket& packet = layout.packet;
    switch (packet.protocol)
    {
    case NatPacket::UDP:
    case NatPacket::TCP:
        layout.sourcePort = at;
        layout.destinationPort = at + 2;
        layout.checksum = at + (packet.protocol == NatPacket::UDP ? 6 : 16);
        layout.coversAddresses = true;
        break;
    default:
        if (!IsQuery(m_bytes[at], packet.request))
        {
            return false;
        }
        // The identifier belongs to who asks.
        (packet.request ? layout.sourcePort : layout.destinationPort) = at + 4;
        layout.checksum = at + ICMP_CHECKSUM;
        break;
    }
    if (layout.checksum + 2 > m_bytes.size())
    {
        layout.checksum = NOWHERE; // of TCP in an error: eight octets are enough (RFC 792)
    }
    if (layout.sourcePort != NOWHERE)
    {
        packet.source.port = ReadUint16(&m_bytes[layout.sourcePort]);
    }
    if (layout.destinationPort != NOWHERE)
    {
        packet.destination.port = ReadUint16(&m_bytes[layout.destinationPort]);
    }
    return true;
}

bool
NatTransport::IsQuery(uint8_t type, bool& request)
{
    switch (type)
    {
    case 8:  // echo
    case 13: // timestamp
        request = true;
        return true;
    case 0:  // echo reply
    case 14: // timestamp reply
        request = false;
        return true;
    default:
        return false;
    }
}

bool
NatTransport::IsError() const
{
    return m_isError;
}

const NatPacket&
NatTransport::GetPacket() const
{
    return m_outer.packet;
}

const NatPacket&
NatTransport::GetInner() const
{
    return m_inner.packet;
}

void
NatTransport::Translate(const NatEndpoint& source, const NatEndpoint& destination, bool zeroIsNone)
{
    Rewrite(m_outer, source, destination, zeroIsNone);
}

void
NatTransport::TranslateInner(const NatEndpoint& source,
                             const NatEndpoint& destination,
                             bool zeroIsNone)
{
    Rewrite(m_inner, source, destination, zeroIsNone);
}

const std::vector<uint8_t>&
NatTransport::GetBytes() const
{
    return m_bytes;
}

void
NatTransport::Rewrite(Layout& layout,
                      const NatEndpoint& source,
                      const NatEndpoint& destination,
                      bool zeroIsNone)
{
    NatPacket& packet = layout.packet;
    const bool udp = packet.protocol == NatPacket::UDP;
    const uint32_t before[] = {packet.source.address, packet.destination.address};
    const uint32_t after[] = {source.address, destination.address};
    for (uint32_t i = 0; i < 4; i++)
    {
        const uint32_t shift = i % 2 == 0 ? 16 : 0;
        const auto old = static_cast<uint16_t>(before[i / 2] >> shift);
        const auto now = static_cast<uint16_t>(after[i / 2] >> shift);
        if (layout.addresses != NOWHERE)
        {
            Write(layout.addresses + 2 * i, now, zeroIsNone);
            Correct(layout.ipChecksum, old, now, zeroIsNone, false);
        }
        if (layout.coversAddresses)
        {
            Correct(layout.checksum, old, now, zeroIsNone, udp);
        }
    }
    if (layout.sourcePort != NOWHERE)
    {
        Write(layout.sourcePort, source.port, zeroIsNone);
        Correct(layout.checksum, packet.source.port, source.port, zeroIsNone, udp);
    }
    if (layout.destinationPort != NOWHERE)
    {
        Write(layout.destinationPort, destination.port, zeroIsNone);
        Correct(layout.checksum, packet.destination.port, destination.port, zeroIsNone, udp);
    }
    packet.source = source;
    packet.destination = destination;
}

void
NatTransport::Write(uint32_t at, uint16_t value, bool zeroIsNone)
{
    const uint16_t before = ReadUint16(&m_bytes[at]);
    WriteUint16(&m_bytes[at], value);
    if (m_isError && at != ICMP_CHECKSUM)
    {
        Correct(ICMP_CHECKSUM, before, value, zeroIsNone, false);
    }
}

void
NatTransport::Correct(uint32_t at, uint16_t before, uint16_t after, bool zeroIsNone, bool udp)
{
    if (at == NOWHERE || before == after)
    {
        return;
    }
    const uint16_t checksum = ReadUint16(&m_bytes[at]);
    if (checksum == 0 && (udp || zeroIsNone))
    {
        return;
    }
    // RFC 1624 section 3, equation 3.
    uint32_t sum =
        uint32_t{static_cast<uint16_t>(~checksum)} + static_cast<uint16_t>(~before) + after;
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    auto corrected = static_cast<uint16_t>(~sum);
    if (udp && corrected == 0)
    {
        corrected = 0xFFFF; // zero would mean none
    }
    Write(at, corrected, zeroIsNone);
}

} // namespace keepalive
} // namespace ns3
