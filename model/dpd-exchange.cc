/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-exchange.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/// Of IKEv2, after IKE_SA_INIT (0) and IKE_AUTH (1), both sent by who set the SA up.
constexpr uint32_t FIRST_ID_OF_INITIATOR = 2;

} // namespace

void
DpdExchange::Start(const DpdProfile& profile,
                   const IkeCipherSuite& suite,
                   uint64_t initiatorCookie,
                   uint64_t responderCookie,
                   bool original,
                   Ptr<UniformRandomVariable> random)
{
    Stop();
    m_suite = &suite;
    m_random = random;
    m_request = DpdMessage();
    m_request.ikeVersion = profile.ikeVersion;
    m_request.initiatorCookie = initiatorCookie;
    m_request.responderCookie = responderCookie;
    m_request.fromInitiator = original;
    // libreswan begins between 1 and 0x8000; others with any number whose high bit is clear.
    m_sequence.Start((Draw() & profile.firstSequenceMask) + 1,
                     profile.requestCheck,
                     profile.duplicates);
    m_window.Start(original ? FIRST_ID_OF_INITIATOR : 0, original ? 0 : FIRST_ID_OF_INITIATOR);
}

void
DpdExchange::Stop()
{
    m_requestOctets = nullptr;
    m_replyOctets = nullptr;
}

bool
DpdExchange::IsOriginal() const
{
    return m_request.fromInitiator;
}

Ptr<Packet>
DpdExchange::MakeRequest(bool again)
{
    if (again && m_requestOctets)
    {
        return m_requestOctets;
    }
    if (m_request.ikeVersion == 1)
    {
        m_request.sequence = m_sequence.OnRequestSent();
        m_request.messageId = Draw();
    }
    else
    {
        m_request.messageId = m_window.OnRequestSent();
    }
    m_requestOctets = m_request.Write(*m_suite);
    return m_requestOctets;
}

uint32_t
DpdExchange::GetRequestNumber() const
{
    return m_request.GetNumber();
}

std::optional<DropReason>
DpdExchange::OnRequest(const DpdMessage& request, bool& life)
{
    if (request.ikeVersion == 1)
    {
        const DpdSequence::Verdict verdict = m_sequence.OnRequest(request.sequence);
        life = verdict.life;
        return verdict.answer ? std::nullopt : std::optional<DropReason>(DropReason::BAD_SEQUENCE);
    }
    if (request.fromInitiator == m_request.fromInitiator)
    {
        return DropReason::LOOPED;
    }
    const IkeWindow::Verdict verdict = m_window.OnRequest(request.messageId);
    if (verdict == IkeWindow::Verdict::DROP)
    {
        return DropReason::BAD_MESSAGE_ID;
    }
    life = verdict == IkeWindow::Verdict::ANSWER; // RFC 7296 section 2.4: a fresh message
    if (life)
    {
        m_replyOctets = nullptr;
    }
    return std::nullopt;
}

Ptr<Packet>
DpdExchange::MakeReply(const DpdMessage& request)
{
    if (request.ikeVersion != 1 && m_replyOctets)
    {
        return m_replyOctets;
    }
    DpdMessage reply = request;
    reply.kind = DpdMessage::Kind::REPLY;
    reply.fromInitiator = m_request.fromInitiator;
    if (request.ikeVersion == 1)
    {
        reply.messageId = Draw();
    }
    m_replyOctets = reply.Write(*m_suite);
    return m_replyOctets;
}

std::optional<DropReason>
DpdExchange::OnReply(const DpdMessage& reply)
{
    if (reply.ikeVersion == 1)
    {
        return m_sequence.OnAck(reply.sequence)
                   ? std::nullopt
                   : std::optional<DropReason>(DropReason::BAD_SEQUENCE);
    }
    if (reply.fromInitiator == m_request.fromInitiator)
    {
        return DropReason::LOOPED;
    }
    return m_window.OnResponse(reply.messageId)
               ? std::nullopt
               : std::optional<DropReason>(DropReason::BAD_MESSAGE_ID);
}

uint32_t
DpdExchange::Draw()
{
    return m_random->GetInteger(1, 0xffffffff);
}

} // namespace keepalive
} // namespace ns3
