/* SPDX-License-Identifier: GPL-2.0-only */

#include "ipv6cp-protocol.h"

#include "ppp-frame-header.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/// The "u" bit of an identifier, clear unless it is globally unique (RFC 5072 section 4.1).
constexpr uint64_t GLOBALLY_UNIQUE = 0x0200000000000000;

} // namespace

Ipv6cpProtocol::Ipv6cpProtocol(Owner& owner, const Ipv6cpConfig& config)
    : PppControlProtocol(owner, PppFrameHeader::PROTOCOL_IPV6CP, config.common),
      m_ipv6cp(config),
      m_random(CreateObject<UniformRandomVariable>())
{
}

int64_t
Ipv6cpProtocol::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

void
Ipv6cpProtocol::ResetOptions()
{
    m_ask = true;
    m_local = m_ipv6cp.identifier != 0 ? m_ipv6cp.identifier : DrawIdentifier();
    m_remote = 0;
    m_suggested = 0;
}

PppOptions
Ipv6cpProtocol::BuildRequest()
{
    PppOptions request;
    if (m_ask)
    {
        request.Add(
            PppOptions::MakeOption(PppOptions::IPV6CP_ID, m_local, PppOptions::IDENTIFIER_SIZE));
    }
    return request;
}

PppControlProtocol::Judgement
Ipv6cpProtocol::JudgeOption(const PppOptions::Option& option)
{
    if (option.type != PppOptions::IPV6CP_ID)
    {
        return {Answer::REJECT};
    }
    const std::optional<uint64_t> identifier = option.GetNumber(PppOptions::IDENTIFIER_SIZE);
    if (identifier && *identifier != 0 && *identifier != m_local)
    {
        return {};
    }
    m_suggested = DrawIdentifier();
    return {Answer::NAK,
            PppOptions::MakeOption(option.type, m_suggested, PppOptions::IDENTIFIER_SIZE)};
}

void
Ipv6cpProtocol::AcceptPeer(const PppOptions& options)
{
    m_remote = options.GetInterfaceIdentifier().value_or(0);
}

void
Ipv6cpProtocol::OnNak(const PppOptions& options, bool giveUp)
{
    const std::optional<uint64_t> suggested = options.GetInterfaceIdentifier();
    if (!m_ask || !options.Find(PppOptions::IPV6CP_ID))
    {
        return;
    }
    m_ask = !giveUp;
    // What we suggested ourselves may have come back from a looped line: take something else.
    const bool usable = suggested && *suggested != 0 && *suggested != m_suggested;
    m_local = usable ? *suggested : DrawIdentifier();
}

void
Ipv6cpProtocol::OnReject(const PppOptions& options)
{
    m_ask = m_ask && !options.Find(PppOptions::IPV6CP_ID);
}

uint64_t
Ipv6cpProtocol::DrawIdentifier()
{
    uint64_t identifier = 0;
    do
    {
        const uint64_t high = m_random->GetInteger(0, UINT32_MAX - 1);
        const uint64_t low = m_random->GetInteger(1, UINT32_MAX - 1);
        identifier = (high << 32 | low) & ~GLOBALLY_UNIQUE;
    } while (identifier == m_local);
    return identifier;
}

uint64_t
Ipv6cpProtocol::GetLocalIdentifier() const
{
    return m_ask ? m_local : 0;
}

uint64_t
Ipv6cpProtocol::GetRemoteIdentifier() const
{
    return m_remote;
}

} // namespace keepalive
} // namespace ns3
