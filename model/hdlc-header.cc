/* SPDX-License-Identifier: GPL-2.0-only */

#include "hdlc-header.h"

#include "ns3/log.h"

#include <algorithm>
#include <iomanip>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveHdlcHeader");

NS_OBJECT_ENSURE_REGISTERED(HdlcHeader);

TypeId
HdlcHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::HdlcHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<HdlcHeader>();
    return tid;
}

TypeId
HdlcHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
HdlcHeader::SetAddress(uint8_t address)
{
    m_address = address;
}

uint8_t
HdlcHeader::GetAddress() const
{
    return m_address;
}

uint8_t
HdlcHeader::GetControl() const
{
    return m_control;
}

void
HdlcHeader::SetProtocol(uint16_t protocol)
{
    m_protocol = protocol;
}

uint16_t
HdlcHeader::GetProtocol() const
{
    return m_protocol;
}

std::optional<DropReason>
HdlcHeader::GetError() const
{
    return m_error;
}

void
HdlcHeader::Print(std::ostream& os) const
{
    const std::ios_base::fmtflags flags = os.flags();
    const char fill = os.fill('0');
    os << "address 0x" << std::hex << std::setw(2) << +m_address;
    if (m_control != 0)
    {
        os << " control 0x" << std::setw(2) << +m_control;
    }
    os << " protocol 0x" << std::setw(4) << m_protocol;
    os.fill(fill);
    os.flags(flags);
}

uint32_t
HdlcHeader::GetSerializedSize() const
{
    return SIZE;
}

void
HdlcHeader::Serialize(Buffer::Iterator start) const
{
    uint8_t bytes[SIZE];
    Write(bytes);
    start.Write(bytes, SIZE);
}

void
HdlcHeader::Write(uint8_t* bytes) const
{
    bytes[0] = m_address;
    bytes[1] = m_control;
    bytes[2] = static_cast<uint8_t>(m_protocol >> 8);
    bytes[3] = static_cast<uint8_t>(m_protocol);
}

uint32_t
HdlcHeader::Deserialize(Buffer::Iterator start)
{
    uint8_t bytes[SIZE];
    const uint32_t size = std::min(start.GetRemainingSize(), SIZE);
    start.Read(bytes, size);
    return Read(bytes, size);
}

uint32_t
HdlcHeader::Read(const uint8_t* bytes, uint32_t size)
{
    m_error = Parse(bytes, size);
    return m_error ? 0 : SIZE;
}

std::optional<DropReason>
HdlcHeader::Parse(const uint8_t* bytes, uint32_t size)
{
    if (size < SIZE)
    {
        *this = HdlcHeader();
        return DropReason::TRUNCATED;
    }
    m_address = bytes[0];
    m_control = bytes[1]; // not checked: "Don't check the control field here (RFC 1547)"
    m_protocol = static_cast<uint16_t>(bytes[2] << 8 | bytes[3]);
    if (m_address != ADDRESS_UNICAST && m_address != ADDRESS_MULTICAST)
    {
        return DropReason::BAD_ADDRESS;
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
