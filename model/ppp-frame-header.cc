/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-frame-header.h"

#include <iomanip>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(PppFrameHeader);

TypeId
PppFrameHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::PppFrameHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<PppFrameHeader>();
    return tid;
}

TypeId
PppFrameHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
PppFrameHeader::SetProtocol(uint16_t protocol)
{
    m_protocol = protocol;
}

uint16_t
PppFrameHeader::GetProtocol() const
{
    return m_protocol;
}

void
PppFrameHeader::OmitAddress(bool omit)
{
    m_address = !omit;
}

bool
PppFrameHeader::HasAddress() const
{
    return m_address;
}

void
PppFrameHeader::CompressProtocol(bool compress)
{
    m_compress = compress;
}

bool
PppFrameHeader::IsProtocolCompressed() const
{
    // The low bit tells the last byte of the protocol (RFC 1661 section 6.5). Protocol 0x00ff in
    // front would pass for an address.
    const bool possible =
        (m_protocol & 0xff01) == 0x0001 && (m_address || m_protocol != uint16_t{ADDRESS});
    return m_compress && possible;
}

std::optional<DropReason>
PppFrameHeader::GetError() const
{
    return m_error;
}

void
PppFrameHeader::Print(std::ostream& os) const
{
    const std::ios_base::fmtflags flags = os.flags();
    os << "protocol 0x" << std::hex << std::setw(4) << std::setfill('0') << m_protocol
       << std::setfill(' ');
    os.flags(flags);
    if (!m_address)
    {
        os << " ACFC";
    }
    if (IsProtocolCompressed())
    {
        os << " PFC";
    }
}

uint32_t
PppFrameHeader::GetSerializedSize() const
{
    return (m_address ? 2 : 0) + (IsProtocolCompressed() ? 1 : 2);
}

void
PppFrameHeader::Serialize(Buffer::Iterator start) const
{
    Buffer::Iterator i = start;
    if (m_address)
    {
        i.WriteU8(ADDRESS);
        i.WriteU8(CONTROL);
    }
    if (IsProtocolCompressed())
    {
        i.WriteU8(static_cast<uint8_t>(m_protocol));
    }
    else
    {
        i.WriteHtonU16(m_protocol);
    }
}

uint32_t
PppFrameHeader::Deserialize(Buffer::Iterator start)
{
    *this = PppFrameHeader();
    m_error = Parse(start);
    return m_error ? 0 : GetSerializedSize();
}

std::optional<DropReason>
PppFrameHeader::Parse(Buffer::Iterator start)
{
    Buffer::Iterator i = start;
    if (i.GetRemainingSize() < 1)
    {
        return DropReason::TRUNCATED;
    }
    uint8_t byte = i.ReadU8();
    m_address = byte == ADDRESS;
    if (m_address)
    {
        if (i.GetRemainingSize() < 2)
        {
            return DropReason::TRUNCATED;
        }
        if (i.ReadU8() != CONTROL)
        {
            return DropReason::BAD_ADDRESS;
        }
        byte = i.ReadU8();
    }

    m_compress = (byte & 1) != 0;
    m_protocol = byte;
    if (!m_compress)
    {
        if (i.GetRemainingSize() < 1)
        {
            return DropReason::TRUNCATED;
        }
        m_protocol = static_cast<uint16_t>((byte << 8) | i.ReadU8());
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
