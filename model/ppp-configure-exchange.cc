/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-configure-exchange.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

PppConfigureExchange::PppConfigureExchange(uint32_t maxFailure, bool renewIdentifier)
    : m_maxFailure(maxFailure),
      m_renewIdentifier(renewIdentifier)
{
}

void
PppConfigureExchange::Begin()
{
    m_outstanding = false;
    m_naksSent = 0;
    m_naksReceived = 0;
}

// ---- Our requests, the peer's answers ----

bool
PppConfigureExchange::NeedsIdentifier(const PppOptions& request) const
{
    // "MUST be changed whenever the contents of the Options field changes, and whenever a valid
    // reply has been received for a previous request" (RFC 1661 section 5.1)
    return m_renewIdentifier || !m_outstanding || !(request == m_request);
}

void
PppConfigureExchange::Ask(const PppOptions& request, uint8_t identifier)
{
    m_request = request;
    m_identifier = identifier;
    m_outstanding = true;
}

void
PppConfigureExchange::Withdraw()
{
    m_outstanding = false;
}

uint8_t
PppConfigureExchange::GetIdentifier() const
{
    return m_identifier;
}

std::optional<DropReason>
PppConfigureExchange::Check(const PppControlHeader& header,
                            const std::vector<uint8_t>& data,
                            PppOptions& options) const
{
    if (!m_outstanding || header.GetIdentifier() != m_identifier)
    {
        return DropReason::BAD_IDENTIFIER;
    }
    if (const std::optional<DropReason> error = options.Parse(data.data(), data.size()))
    {
        return error;
    }
    if (header.GetCode() == PppControlHeader::CONFIGURE_ACK)
    {
        // "MUST exactly match those of the last transmitted Configure-Request" (section 5.2)
        return options == m_request ? std::nullopt
                                    : std::optional<DropReason>(DropReason::BAD_OPTION);
    }
    if (options.IsEmpty())
    {
        return DropReason::BAD_OPTION;
    }
    if (header.GetCode() == PppControlHeader::CONFIGURE_REJECT)
    {
        // "MUST be a proper subset of those in the last transmitted Configure-Request" (5.4)
        for (const PppOptions::Option& option : options.GetAll())
        {
            if (!m_request.Contains(option))
            {
                return DropReason::BAD_OPTION;
            }
        }
    }
    return std::nullopt;
}

bool
PppConfigureExchange::TakeAnswer(uint8_t code)
{
    m_outstanding = false;
    if (code != PppControlHeader::CONFIGURE_NAK)
    {
        return false;
    }
    const bool giveUp = m_naksReceived >= m_maxFailure;
    m_naksReceived = std::min(m_naksReceived + 1, m_maxFailure);
    return giveUp;
}

// ---- The peer's requests, our answers ----

PppConfigureExchange::Reply
PppConfigureExchange::MakeReply(const PppOptions& request,
                                const std::vector<Judgement>& judgements) const
{
    PppOptions naked;
    PppOptions rejected;
    Reply reply;
    const std::vector<PppOptions::Option>& asked = request.GetAll();
    for (std::size_t i = 0; i < asked.size() && i < judgements.size(); i++)
    {
        const Judgement& judgement = judgements[i];
        if (judgement.answer == Answer::NAK && (judgement.insist || m_naksSent < m_maxFailure))
        {
            naked.Add(judgement.acceptable);
            reply.counts = reply.counts || !judgement.insist;
        }
        else if (judgement.answer != Answer::ACK)
        {
            // Max-Failure Naks were sent: "converted to Configure-Reject" (section 4.6)
            rejected.Add(asked[i]);
        }
    }

    if (!rejected.IsEmpty())
    {
        reply.code = PppControlHeader::CONFIGURE_REJECT;
        reply.options = rejected;
        reply.counts = false;
    }
    else if (!naked.IsEmpty())
    {
        reply.code = PppControlHeader::CONFIGURE_NAK;
        reply.options = naked;
    }
    else
    {
        reply.options = request;
    }
    return reply;
}

void
PppConfigureExchange::Replied(const Reply& reply)
{
    if (reply.code == PppControlHeader::CONFIGURE_ACK)
    {
        m_naksSent = 0;
    }
    m_naksSent += reply.counts ? 1 : 0;
}

void
PppConfigureExchange::ForgetNaksSent()
{
    m_naksSent = 0;
}

} // namespace keepalive
} // namespace ns3
