/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-header.h"

#include "ns3/log.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBfdHeader");

NS_OBJECT_ENSURE_REGISTERED(BfdHeader);

namespace
{

constexpr uint8_t VERSION = 1;              //!< Vers of RFC 5880
constexpr uint8_t DIAGNOSTIC_MASK = 0x1f;   //!< Diag in the first byte
constexpr uint8_t FLAGS_MASK = 0x3f;        //!< what is not Sta in the second byte
constexpr uint8_t STATE_SHIFT = 6;          //!< where Sta is in the second byte
constexpr uint8_t VERSION_SHIFT = 5;        //!< where Vers is in the first byte
constexpr uint8_t LEAST_AUTHENTICATION = 2; //!< Auth Type and Auth Len

} // namespace

TypeId
BfdHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BfdHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BfdHeader>();
    return tid;
}

TypeId
BfdHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
BfdHeader::SetDiagnostic(BfdDiagnostic diagnostic)
{
    m_diagnostic = diagnostic;
}

BfdDiagnostic
BfdHeader::GetDiagnostic() const
{
    return m_diagnostic;
}

void
BfdHeader::SetState(BfdState state)
{
    m_state = state;
}

BfdState
BfdHeader::GetState() const
{
    return m_state;
}

void
BfdHeader::SetFlag(Flag flag, bool set)
{
    m_flags = static_cast<uint8_t>(set ? m_flags | flag : m_flags & ~flag);
}

bool
BfdHeader::HasFlag(Flag flag) const
{
    return (m_flags & flag) != 0;
}

void
BfdHeader::SetDetectMult(uint8_t multiplier)
{
    m_detectMult = multiplier;
}

uint8_t
BfdHeader::GetDetectMult() const
{
    return m_detectMult;
}

void
BfdHeader::SetMyDiscriminator(uint32_t discriminator)
{
    m_myDiscriminator = discriminator;
}

uint32_t
BfdHeader::GetMyDiscriminator() const
{
    return m_myDiscriminator;
}

void
BfdHeader::SetYourDiscriminator(uint32_t discriminator)
{
    m_yourDiscriminator = discriminator;
}

uint32_t
BfdHeader::GetYourDiscriminator() const
{
    return m_yourDiscriminator;
}

void
BfdHeader::SetDesiredMinTx(uint32_t microseconds)
{
    m_desiredMinTx = microseconds;
}

uint32_t
BfdHeader::GetDesiredMinTx() const
{
    return m_desiredMinTx;
}

void
BfdHeader::SetRequiredMinRx(uint32_t microseconds)
{
    m_requiredMinRx = microseconds;
}

uint32_t
BfdHeader::GetRequiredMinRx() const
{
    return m_requiredMinRx;
}

void
BfdHeader::SetRequiredMinEchoRx(uint32_t microseconds)
{
    m_requiredMinEchoRx = microseconds;
}

uint32_t
BfdHeader::GetRequiredMinEchoRx() const
{
    return m_requiredMinEchoRx;
}

void
BfdHeader::SetAuthentication(std::vector<uint8_t> section)
{
    m_rest = std::move(section);
    if (m_rest.size() > UINT8_MAX - SIZE)
    {
        m_rest.resize(UINT8_MAX - SIZE); // Length is one byte
    }
    SetFlag(AUTHENTICATION_PRESENT, !m_rest.empty());
}

const std::vector<uint8_t>&
BfdHeader::GetAuthentication() const
{
    return m_rest;
}

std::optional<DropReason>
BfdHeader::GetError() const
{
    return m_error;
}

void
BfdHeader::Print(std::ostream& os) const
{
    os << "state " << ToString(m_state);
    if (m_diagnostic != BfdDiagnostic::NONE)
    {
        os << " (" << ToString(m_diagnostic) << ")";
    }
    os << " flags ";
    const std::pair<Flag, char> letters[] = {{POLL, 'P'},
                                             {FINAL, 'F'},
                                             {CONTROL_PLANE_INDEPENDENT, 'C'},
                                             {AUTHENTICATION_PRESENT, 'A'},
                                             {DEMAND, 'D'},
                                             {MULTIPOINT, 'M'}};
    for (const auto& [flag, letter] : letters)
    {
        os << (HasFlag(flag) ? letter : '.');
    }
    os << " mult " << +m_detectMult << " my " << m_myDiscriminator << " your "
       << m_yourDiscriminator << " tx " << m_desiredMinTx << "us rx " << m_requiredMinRx
       << "us echo " << m_requiredMinEchoRx << "us";
}

uint32_t
BfdHeader::GetSerializedSize() const
{
    return SIZE + static_cast<uint32_t>(m_rest.size());
}

void
BfdHeader::Serialize(Buffer::Iterator start) const
{
    Buffer::Iterator i = start;
    i.WriteU8(static_cast<uint8_t>(VERSION << VERSION_SHIFT |
                                   (static_cast<uint8_t>(m_diagnostic) & DIAGNOSTIC_MASK)));
    i.WriteU8(static_cast<uint8_t>(static_cast<uint8_t>(m_state) << STATE_SHIFT | m_flags));
    i.WriteU8(m_detectMult);
    i.WriteU8(static_cast<uint8_t>(GetSerializedSize()));
    i.WriteHtonU32(m_myDiscriminator);
    i.WriteHtonU32(m_yourDiscriminator);
    i.WriteHtonU32(m_desiredMinTx);
    i.WriteHtonU32(m_requiredMinRx);
    i.WriteHtonU32(m_requiredMinEchoRx);
    for (const uint8_t byte : m_rest)
    {
        i.WriteU8(byte);
    }
}

uint32_t
BfdHeader::Deserialize(Buffer::Iterator start)
{
    *this = BfdHeader();
    m_error = Parse(start);
    return m_error ? 0 : GetSerializedSize();
}

std::optional<DropReason>
BfdHeader::Parse(Buffer::Iterator start)
{
    // The checks are those of RFC 5880 section 6.8.6, in its order.
    Buffer::Iterator i = start;
    if (i.GetRemainingSize() < SIZE)
    {
        return DropReason::TRUNCATED;
    }
    const uint8_t first = i.ReadU8();
    if (first >> VERSION_SHIFT != VERSION)
    {
        return DropReason::BAD_VERSION;
    }
    m_diagnostic = static_cast<BfdDiagnostic>(first & DIAGNOSTIC_MASK);
    const uint8_t second = i.ReadU8();
    m_state = static_cast<BfdState>(second >> STATE_SHIFT);
    m_flags = second & FLAGS_MASK;
    m_detectMult = i.ReadU8();
    const uint8_t length = i.ReadU8();
    if (length < SIZE + (HasFlag(AUTHENTICATION_PRESENT) ? LEAST_AUTHENTICATION : 0))
    {
        return DropReason::BAD_LENGTH;
    }
    if (length > start.GetRemainingSize())
    {
        return DropReason::TRUNCATED;
    }
    if (m_detectMult == 0)
    {
        return DropReason::BAD_OPTION;
    }
    if (HasFlag(MULTIPOINT))
    {
        return DropReason::RESERVED_BITS;
    }
    m_myDiscriminator = i.ReadNtohU32();
    if (m_myDiscriminator == 0)
    {
        return DropReason::BAD_DISCRIMINATOR;
    }
    m_yourDiscriminator = i.ReadNtohU32();
    m_desiredMinTx = i.ReadNtohU32();
    m_requiredMinRx = i.ReadNtohU32();
    m_requiredMinEchoRx = i.ReadNtohU32();
    m_rest.resize(length - SIZE);
    for (uint8_t& byte : m_rest)
    {
        byte = i.ReadU8();
    }
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
