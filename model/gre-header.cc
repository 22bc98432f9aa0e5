/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-header.h"

#include "ns3/log.h"

#include <iomanip>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveGreHeader");

NS_OBJECT_ENSURE_REGISTERED(GreHeader);

namespace
{

constexpr uint16_t FLAG_CHECKSUM = 0x8000; //!< C, RFC 2784 section 2.1
constexpr uint16_t FLAG_KEY = 0x2000;      //!< K, RFC 2890 section 2
constexpr uint16_t FLAG_SEQUENCE = 0x1000; //!< S, RFC 2890 section 2
constexpr uint16_t VERSION_MASK = 0x0007;  //!< Ver, RFC 2784 section 2.3

/**
 * Bits 1, 4 and 5: what RFC 1701 used and RFC 2890 left reserved. "A receiver MUST discard a packet
 * where any of bits 1-5 are non-zero, unless that receiver implements RFC 1701" (RFC 2784 section
 * 2.2). Bits 6 to 12 "MUST be ignored on receipt".
 */
constexpr uint16_t MUST_BE_ZERO = 0x4c00;

constexpr uint32_t BASE_SIZE = 4;  //!< flags, version, protocol
constexpr uint32_t FIELD_SIZE = 4; //!< checksum with Reserved1, key, sequence number: each

} // namespace

TypeId
GreHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::GreHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<GreHeader>();
    return tid;
}

TypeId
GreHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
GreHeader::SetProtocol(uint16_t protocol)
{
    m_protocol = protocol;
}

uint16_t
GreHeader::GetProtocol() const
{
    return m_protocol;
}

void
GreHeader::EnableChecksum()
{
    m_checksum = true;
}

bool
GreHeader::HasChecksum() const
{
    return m_checksum;
}

void
GreHeader::SetKey(std::optional<uint32_t> key)
{
    m_key = key;
}

std::optional<uint32_t>
GreHeader::GetKey() const
{
    return m_key;
}

void
GreHeader::SetSequenceNumber(std::optional<uint32_t> number)
{
    m_sequence = number;
}

std::optional<uint32_t>
GreHeader::GetSequenceNumber() const
{
    return m_sequence;
}

std::optional<DropReason>
GreHeader::GetError() const
{
    return m_error;
}

void
GreHeader::Print(std::ostream& os) const
{
    const std::ios_base::fmtflags flags = os.flags();
    os << "protocol 0x" << std::hex << std::setw(4) << std::setfill('0') << m_protocol
       << std::setfill(' ');
    os.flags(flags);
    if (m_checksum)
    {
        os << " checksum";
    }
    if (m_key)
    {
        os << " key " << *m_key;
    }
    if (m_sequence)
    {
        os << " sequence " << *m_sequence;
    }
}

uint32_t
GreHeader::GetSerializedSize() const
{
    return BASE_SIZE + (m_checksum ? FIELD_SIZE : 0) + (m_key ? FIELD_SIZE : 0) +
           (m_sequence ? FIELD_SIZE : 0);
}

void
GreHeader::Serialize(Buffer::Iterator start) const
{
    Buffer::Iterator i = start;
    i.WriteHtonU16((m_checksum ? FLAG_CHECKSUM : 0) | (m_key ? FLAG_KEY : 0) |
                   (m_sequence ? FLAG_SEQUENCE : 0));
    i.WriteHtonU16(m_protocol);
    if (m_checksum)
    {
        i.WriteHtonU16(0); // the checksum counts as zero while it is summed
        i.WriteHtonU16(0); // Reserved1
    }
    if (m_key)
    {
        i.WriteHtonU32(*m_key);
    }
    if (m_sequence)
    {
        i.WriteHtonU32(*m_sequence);
    }
    if (m_checksum)
    {
        Buffer::Iterator whole = start;
        const uint16_t checksum = whole.CalculateIpChecksum(start.GetRemainingSize());
        i = start;
        i.Next(BASE_SIZE);
        i.WriteU16(checksum); // summed in network order already
    }
}

uint32_t
GreHeader::Deserialize(Buffer::Iterator start)
{
    *this = GreHeader();
    m_error = Parse(start);
    return m_error ? 0 : GetSerializedSize();
}

std::optional<DropReason>
GreHeader::Parse(Buffer::Iterator start)
{
    Buffer::Iterator i = start;
    if (i.GetRemainingSize() < BASE_SIZE)
    {
        return DropReason::TRUNCATED;
    }
    const uint16_t flags = i.ReadNtohU16();
    m_protocol = i.ReadNtohU16();
    if ((flags & VERSION_MASK) != 0)
    {
        return DropReason::BAD_VERSION;
    }
    if ((flags & MUST_BE_ZERO) != 0)
    {
        return DropReason::RESERVED_BITS;
    }

    m_checksum = (flags & FLAG_CHECKSUM) != 0;
    m_key = (flags & FLAG_KEY) != 0 ? std::optional<uint32_t>(0) : std::nullopt;
    m_sequence = (flags & FLAG_SEQUENCE) != 0 ? std::optional<uint32_t>(0) : std::nullopt;
    if (start.GetRemainingSize() < GetSerializedSize())
    {
        return DropReason::TRUNCATED;
    }

    if (m_checksum)
    {
        // A correct packet sums to zero with its checksum in place.
        Buffer::Iterator whole = start;
        if (whole.CalculateIpChecksum(start.GetRemainingSize()) != 0)
        {
            return DropReason::BAD_CHECKSUM;
        }
        i.Next(FIELD_SIZE);
    }
    if (m_key)
    {
        m_key = i.ReadNtohU32();
    }
    if (m_sequence)
    {
        m_sequence = i.ReadNtohU32();
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
