/* SPDX-License-Identifier: GPL-2.0-only */

#include "slarp-header.h"

#include "ns3/log.h"

#include <algorithm>
#include <iomanip>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveSlarpHeader");

NS_OBJECT_ENSURE_REGISTERED(SlarpHeader);

namespace
{

constexpr uint16_t KEEPALIVE_RELIABILITY = 0xffff; //!< in every keepalive seen

/**
 * @brief Read a number, most significant byte first.
 * @param bytes two bytes
 * @return the number
 */
uint16_t
ReadU16(const uint8_t* bytes)
{
    return static_cast<uint16_t>(bytes[0] << 8 | bytes[1]);
}

/**
 * @brief Read a number, most significant byte first.
 * @param bytes four bytes
 * @return the number
 */
uint32_t
ReadU32(const uint8_t* bytes)
{
    return static_cast<uint32_t>(ReadU16(bytes)) << 16 | ReadU16(bytes + 2);
}

/**
 * @brief Write a number, most significant byte first.
 * @param bytes room for two bytes
 * @param number the number
 */
void
WriteU16(uint8_t* bytes, uint16_t number)
{
    bytes[0] = static_cast<uint8_t>(number >> 8);
    bytes[1] = static_cast<uint8_t>(number);
}

/**
 * @brief Write a number, most significant byte first.
 * @param bytes room for four bytes
 * @param number the number
 */
void
WriteU32(uint8_t* bytes, uint32_t number)
{
    WriteU16(bytes, static_cast<uint16_t>(number >> 16));
    WriteU16(bytes + 2, static_cast<uint16_t>(number));
}

} // namespace

TypeId
SlarpHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::SlarpHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<SlarpHeader>();
    return tid;
}

TypeId
SlarpHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
SlarpHeader::SetRequest()
{
    m_type = Type::REQUEST;
    m_parameter1 = 0;
    m_parameter2 = 0;
    m_reliability = 0;
}

void
SlarpHeader::SetReply(Ipv4Address address, Ipv4Mask mask)
{
    m_type = Type::REPLY;
    m_parameter1 = address.Get();
    m_parameter2 = mask.Get();
    m_reliability = 0;
}

void
SlarpHeader::SetKeepalive(uint32_t sequence, uint32_t returned)
{
    m_type = Type::KEEPALIVE;
    m_parameter1 = sequence;
    m_parameter2 = returned;
    m_reliability = KEEPALIVE_RELIABILITY;
}

SlarpHeader::Type
SlarpHeader::GetType() const
{
    return m_type;
}

uint32_t
SlarpHeader::GetSequence() const
{
    return m_parameter1;
}

uint32_t
SlarpHeader::GetReturnedSequence() const
{
    return m_parameter2;
}

Ipv4Address
SlarpHeader::GetAddress() const
{
    return Ipv4Address(m_parameter1);
}

Ipv4Mask
SlarpHeader::GetMask() const
{
    return Ipv4Mask(m_parameter2);
}

void
SlarpHeader::SetReliability(uint16_t reliability)
{
    m_reliability = reliability;
}

uint16_t
SlarpHeader::GetReliability() const
{
    return m_reliability;
}

void
SlarpHeader::SetUptime(uint32_t uptime)
{
    m_uptime = uptime;
}

std::optional<uint32_t>
SlarpHeader::GetUptime() const
{
    if (m_bodySize < BODY_SIZE_LINUX)
    {
        return std::nullopt;
    }
    return m_uptime;
}

void
SlarpHeader::SetBodySize(uint32_t size)
{
    if (size >= BODY_SIZE_IOS)
    {
        m_bodySize = BODY_SIZE_IOS;
    }
    else
    {
        m_bodySize = size >= BODY_SIZE_LINUX ? BODY_SIZE_LINUX : BODY_SIZE_I4L;
    }
}

uint32_t
SlarpHeader::GetBodySize() const
{
    return m_bodySize;
}

std::optional<DropReason>
SlarpHeader::GetError() const
{
    return m_error;
}

void
SlarpHeader::Print(std::ostream& os) const
{
    switch (m_type)
    {
    case Type::REQUEST:
        os << "request";
        break;
    case Type::REPLY:
        os << "reply address " << GetAddress() << " mask " << GetMask();
        break;
    case Type::KEEPALIVE:
        os << "keepalive sequence " << m_parameter1 << " returned " << m_parameter2;
        break;
    default:
        os << "type " << static_cast<uint32_t>(m_type);
        break;
    }
    const std::ios_base::fmtflags flags = os.flags();
    const char fill = os.fill('0');
    os << " reliability 0x" << std::hex << std::setw(4) << m_reliability;
    os.fill(fill);
    os.flags(flags);
    if (GetUptime())
    {
        os << " uptime " << m_uptime << " ms";
    }
}

uint32_t
SlarpHeader::GetSerializedSize() const
{
    return m_bodySize;
}

void
SlarpHeader::Serialize(Buffer::Iterator start) const
{
    uint8_t bytes[BODY_SIZE_IOS];
    Write(bytes);
    start.Write(bytes, m_bodySize);
}

void
SlarpHeader::Write(uint8_t* bytes) const
{
    WriteU32(bytes, static_cast<uint32_t>(m_type));
    WriteU32(bytes + 4, m_parameter1);
    WriteU32(bytes + 8, m_parameter2);
    WriteU16(bytes + 12, m_reliability);
    if (m_bodySize >= BODY_SIZE_LINUX)
    {
        WriteU32(bytes + 14, m_uptime);
    }
    if (m_bodySize >= BODY_SIZE_IOS)
    {
        WriteU16(bytes + 18, m_padding);
    }
}

uint32_t
SlarpHeader::Deserialize(Buffer::Iterator start)
{
    uint8_t bytes[BODY_SIZE_IOS];
    const uint32_t size = std::min(start.GetRemainingSize(), BODY_SIZE_IOS);
    start.Read(bytes, size);
    return Read(bytes, size);
}

uint32_t
SlarpHeader::Read(const uint8_t* bytes, uint32_t size)
{
    m_error = Parse(bytes, size);
    return m_error ? 0 : m_bodySize;
}

std::optional<DropReason>
SlarpHeader::Parse(const uint8_t* bytes, uint32_t size)
{
    if (size < BODY_SIZE_I4L)
    {
        *this = SlarpHeader();
        return DropReason::TRUNCATED;
    }
    SetBodySize(size);
    m_uptime = 0;
    m_padding = 0;
    m_type = static_cast<Type>(ReadU32(bytes));
    m_parameter1 = ReadU32(bytes + 4);
    m_parameter2 = ReadU32(bytes + 8);
    m_reliability = ReadU16(bytes + 12);
    if (m_bodySize >= BODY_SIZE_LINUX)
    {
        m_uptime = ReadU32(bytes + 14);
    }
    if (m_bodySize >= BODY_SIZE_IOS)
    {
        m_padding = ReadU16(bytes + 18);
    }
    if (m_type > Type::KEEPALIVE)
    {
        return DropReason::UNSUPPORTED_PROTOCOL;
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
