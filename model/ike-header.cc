/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-header.h"

#include <iomanip>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(IkeHeader);

TypeId
IkeHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::IkeHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<IkeHeader>();
    return tid;
}

TypeId
IkeHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
IkeHeader::SetCookies(uint64_t initiator, uint64_t responder)
{
    m_initiator = initiator;
    m_responder = responder;
}

uint64_t
IkeHeader::GetInitiatorCookie() const
{
    return m_initiator;
}

uint64_t
IkeHeader::GetResponderCookie() const
{
    return m_responder;
}

void
IkeHeader::SetNextPayload(uint8_t payload)
{
    m_next = payload;
}

uint8_t
IkeHeader::GetNextPayload() const
{
    return m_next;
}

void
IkeHeader::SetVersion(uint8_t version)
{
    m_version = version;
}

uint8_t
IkeHeader::GetVersion() const
{
    return m_version;
}

void
IkeHeader::SetExchange(uint8_t exchange, uint8_t flags)
{
    m_exchange = exchange;
    m_flags = flags;
}

uint8_t
IkeHeader::GetExchange() const
{
    return m_exchange;
}

uint8_t
IkeHeader::GetFlags() const
{
    return m_flags;
}

void
IkeHeader::SetMessageId(uint32_t id)
{
    m_messageId = id;
}

uint32_t
IkeHeader::GetMessageId() const
{
    return m_messageId;
}

void
IkeHeader::SetLength(uint32_t length)
{
    m_length = length;
}

uint32_t
IkeHeader::GetLength() const
{
    return m_length;
}

std::optional<DropReason>
IkeHeader::GetError() const
{
    return m_error;
}

void
IkeHeader::Print(std::ostream& os) const
{
    const std::ios_base::fmtflags flags = os.flags();
    os << std::hex << std::setfill('0') << "cookies " << std::setw(16) << m_initiator << " "
       << std::setw(16) << m_responder << " id " << std::setw(8) << m_messageId << std::setfill(' ')
       << std::dec << " version " << (m_version >> 4) << " exchange " << +m_exchange << " flags "
       << +m_flags << " next " << +m_next << " length " << m_length;
    os.flags(flags);
}

uint32_t
IkeHeader::GetSerializedSize() const
{
    return SIZE;
}

void
IkeHeader::Serialize(Buffer::Iterator start) const
{
    start.WriteHtonU64(m_initiator);
    start.WriteHtonU64(m_responder);
    start.WriteU8(m_next);
    start.WriteU8(m_version);
    start.WriteU8(m_exchange);
    start.WriteU8(m_flags);
    start.WriteHtonU32(m_messageId);
    start.WriteHtonU32(m_length);
}

uint32_t
IkeHeader::Deserialize(Buffer::Iterator start)
{
    *this = IkeHeader();
    m_error = Parse(start);
    return m_error ? 0 : SIZE;
}

std::optional<DropReason>
IkeHeader::Parse(Buffer::Iterator start)
{
    Buffer::Iterator i = start;
    if (i.GetRemainingSize() < SIZE)
    {
        return DropReason::TRUNCATED;
    }
    m_initiator = i.ReadNtohU64();
    m_responder = i.ReadNtohU64();
    m_next = i.ReadU8();
    m_version = i.ReadU8();
    m_exchange = i.ReadU8();
    m_flags = i.ReadU8();
    m_messageId = i.ReadNtohU32();
    m_length = i.ReadNtohU32();
    // RFC 7296 section 3.1: a greater minor version is to be ignored, a greater major one is not.
    const uint8_t major = m_version >> 4;
    if (major != VERSION_1 >> 4 && major != VERSION_2 >> 4)
    {
        return DropReason::BAD_VERSION;
    }
    if (m_length != start.GetRemainingSize())
    {
        return DropReason::BAD_LENGTH;
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
