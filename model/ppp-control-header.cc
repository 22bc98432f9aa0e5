/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-control-header.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(PppControlHeader);

TypeId
PppControlHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::PppControlHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<PppControlHeader>();
    return tid;
}

TypeId
PppControlHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
PppControlHeader::SetCode(uint8_t code)
{
    m_code = code;
}

uint8_t
PppControlHeader::GetCode() const
{
    return m_code;
}

void
PppControlHeader::SetIdentifier(uint8_t identifier)
{
    m_identifier = identifier;
}

uint8_t
PppControlHeader::GetIdentifier() const
{
    return m_identifier;
}

void
PppControlHeader::SetDataSize(uint16_t size)
{
    m_length = static_cast<uint16_t>(SIZE + size);
}

uint16_t
PppControlHeader::GetDataSize() const
{
    return static_cast<uint16_t>(m_length - SIZE);
}

uint16_t
PppControlHeader::GetLength() const
{
    return m_length;
}

std::optional<DropReason>
PppControlHeader::GetError() const
{
    return m_error;
}

Ptr<Packet>
PppControlHeader::MakePacket(uint8_t code, uint8_t identifier, const std::vector<uint8_t>& data)
{
    PppControlHeader header;
    header.SetCode(code);
    header.SetIdentifier(identifier);
    header.SetDataSize(static_cast<uint16_t>(data.size()));
    Ptr<Packet> packet = Create<Packet>(data.data(), static_cast<uint32_t>(data.size()));
    packet->AddHeader(header);
    return packet;
}

const char*
PppControlHeader::GetCodeName(uint8_t code)
{
    switch (code)
    {
    case CONFIGURE_REQUEST:
        return "CONFREQ";
    case CONFIGURE_ACK:
        return "CONFACK";
    case CONFIGURE_NAK:
        return "CONFNAK";
    case CONFIGURE_REJECT:
        return "CONFREJ";
    case TERMINATE_REQUEST:
        return "TERMREQ";
    case TERMINATE_ACK:
        return "TERMACK";
    case CODE_REJECT:
        return "CODEREJ";
    case PROTOCOL_REJECT:
        return "PROTREJ";
    case ECHO_REQUEST:
        return "ECHOREQ";
    case ECHO_REPLY:
        return "ECHOREP";
    case DISCARD_REQUEST:
        return "DISCREQ";
    default:
        return "UNKNOWN";
    }
}

void
PppControlHeader::Print(std::ostream& os) const
{
    os << GetCodeName(m_code) << " code " << +m_code << " id " << +m_identifier << " len "
       << m_length;
}

uint32_t
PppControlHeader::GetSerializedSize() const
{
    return SIZE;
}

void
PppControlHeader::Serialize(Buffer::Iterator start) const
{
    Buffer::Iterator i = start;
    i.WriteU8(m_code);
    i.WriteU8(m_identifier);
    i.WriteHtonU16(m_length);
}

uint32_t
PppControlHeader::Deserialize(Buffer::Iterator start)
{
    *this = PppControlHeader();
    Buffer::Iterator i = start;
    const uint32_t available = i.GetRemainingSize();
    if (available < SIZE)
    {
        m_error = DropReason::TRUNCATED;
        return 0;
    }
    m_code = i.ReadU8();
    m_identifier = i.ReadU8();
    const uint16_t length = i.ReadNtohU16();
    if (length < SIZE || length > available)
    {
        m_error = DropReason::BAD_LENGTH;
        return 0;
    }
    m_length = length;
    return SIZE;
}

} // namespace keepalive
} // namespace ns3
