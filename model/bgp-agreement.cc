/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-agreement.h"

namespace ns3
{
namespace keepalive
{

BgpAgreement::BgpAgreement(const Terms& terms)
    : m_terms(terms)
{
}

std::vector<uint8_t>
BgpAgreement::MakeOpen(const std::vector<BgpCapability>& capabilities) const
{
    BgpOpen open = BgpOpen::Make(m_terms.as, m_terms.holdTime, m_terms.identifier, true);
    for (const BgpCapability& capability : capabilities)
    {
        open.AddCapability(capability);
    }
    return open.Encode();
}

std::optional<BgpError>
BgpAgreement::Accept(const std::vector<uint8_t>& body, const BgpProfile& profile)
{
    std::variant<BgpOpen, BgpError> decoded = BgpOpen::Decode(body.data(), body.size());
    if (const auto* error = std::get_if<BgpError>(&decoded))
    {
        return *error;
    }
    const BgpOpen& open = std::get<BgpOpen>(decoded);
    if (const auto error = open.Check(m_terms.peerAs, m_terms.identifier, m_terms.as))
    {
        return error;
    }
    if (!open.HasIpv4())
    {
        // Who names address families means those only; what we miss is the data (RFC 5492 section
        // 5).
        const BgpCapability missing = BgpCapability::MakeMultiprotocolIpv4();
        BgpError error{BgpError::OPEN_MESSAGE,
                       BgpError::UNSUPPORTED_CAPABILITY,
                       {missing.code, static_cast<uint8_t>(missing.value.size())}};
        error.data.insert(error.data.end(), missing.value.begin(), missing.value.end());
        return error;
    }
    m_peer = open;
    m_holdTime = NegotiateHoldTime(m_terms.holdTime, open.holdTime).value_or(0);
    m_keepaliveTime = profile.GetKeepaliveTime(m_terms.keepaliveTime, m_terms.holdTime, m_holdTime);
    return std::nullopt;
}

std::variant<BgpUpdate, BgpError>
BgpAgreement::Read(const std::vector<uint8_t>& body) const
{
    std::variant<BgpUpdate, BgpError> decoded =
        BgpUpdate::Decode(body.data(), body.size(), HasFourOctetAs(), IsExternal());
    if (const auto* update = std::get_if<BgpUpdate>(&decoded))
    {
        if (const auto error =
                IsExternal() ? update->CheckNeighborAs(m_peer->GetAs()) : std::nullopt)
        {
            return *error;
        }
    }
    return decoded;
}

const std::optional<BgpOpen>&
BgpAgreement::GetPeer() const
{
    return m_peer;
}

uint16_t
BgpAgreement::GetHoldTime() const
{
    return m_holdTime;
}

double
BgpAgreement::GetKeepaliveTime() const
{
    return m_keepaliveTime;
}

bool
BgpAgreement::HasFourOctetAs() const
{
    return m_peer && m_peer->HasFourOctetAs();
}

bool
BgpAgreement::IsExternal() const
{
    return m_peer && m_peer->GetAs() != m_terms.as;
}

} // namespace keepalive
} // namespace ns3
