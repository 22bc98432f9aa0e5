/* SPDX-License-Identifier: GPL-2.0-only */

#include "lcp-protocol.h"

#include "ppp-frame-header.h"

#include "ns3/log.h"

#include <algorithm>
#include <iterator>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveLcpProtocol");

namespace
{

/// The least MRU agreed to. RFC 1661 names none; pppd's is the same.
constexpr uint16_t MIN_MRU = 128;

constexpr std::size_t PROTOCOL_SIZE = 2; //!< bytes of the protocol in a Protocol-Reject

/**
 * @brief Append a number, most significant byte first.
 * @param bytes where to
 * @param number the number
 */
void
AppendU32(std::vector<uint8_t>& bytes, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
    {
        bytes.push_back(static_cast<uint8_t>(number >> shift));
    }
}

/**
 * @brief Read a number, most significant byte first.
 * @param bytes at least four bytes
 * @return the number that the first four are
 */
uint32_t
ReadU32(const std::vector<uint8_t>& bytes)
{
    return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

} // namespace

LcpProtocol::LcpProtocol(Owner& owner, const LcpConfig& config)
    : PppControlProtocol(owner, PppFrameHeader::PROTOCOL_LCP, config.common),
      m_lcpOwner(owner),
      m_lcp(config),
      m_random(CreateObject<UniformRandomVariable>())
{
}

int64_t
LcpProtocol::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

// ---- What we ask for ----

void
LcpProtocol::ResetOptions()
{
    m_wanted.mru = m_lcp.mru;
    m_wanted.accm = m_lcp.accm.value_or(0);
    m_wanted.pfc = m_lcp.pfc;
    m_wanted.acfc = m_lcp.acfc;
    m_askMru = m_lcp.mru != DEFAULT_MRU;
    m_askAccm = m_lcp.accm.has_value();
    m_askMagic = m_lcp.magic;
    m_wanted.magic = 0;
    if (m_askMagic)
    {
        m_wanted.magic = m_lcp.fixedMagic != 0 ? m_lcp.fixedMagic : DrawMagic();
    }
    m_nakedMagic = 0;
    m_loops = 0;
    m_looped = false;
    m_echoUnknown = false;
    m_remote = Negotiated();
    m_local = Negotiated();
    SetPeerMru(DEFAULT_MRU);
}

PppOptions
LcpProtocol::BuildRequest()
{
    if (m_askMagic && m_loops >= m_lcp.loopThreshold)
    {
        m_wanted.magic = DrawMagic(); // so that a collision, if that is what it is, ends
    }
    PppOptions request;
    if (m_askMru)
    {
        request.Add(
            PppOptions::MakeOption(PppOptions::LCP_MRU, m_wanted.mru, PppOptions::MRU_SIZE));
    }
    if (m_askAccm)
    {
        request.Add(
            PppOptions::MakeOption(PppOptions::LCP_ACCM, m_wanted.accm, PppOptions::ACCM_SIZE));
    }
    if (m_askMagic)
    {
        request.Add(
            PppOptions::MakeOption(PppOptions::LCP_MAGIC, m_wanted.magic, PppOptions::MAGIC_SIZE));
    }
    if (m_wanted.pfc)
    {
        request.Add(PppOptions::MakeOption(PppOptions::LCP_PFC, 0, 0));
    }
    if (m_wanted.acfc)
    {
        request.Add(PppOptions::MakeOption(PppOptions::LCP_ACFC, 0, 0));
    }
    return request;
}

void
LcpProtocol::OnAck(const PppOptions& options)
{
    m_local = Negotiated();
    m_local.mru = options.GetMru().value_or(m_local.mru);
    m_local.accm = options.GetAccm().value_or(m_local.accm);
    m_local.magic = options.GetMagic().value_or(m_local.magic);
    m_local.pfc = options.HasPfc();
    m_local.acfc = options.HasAcfc();
    m_nextEchoIdentifier = m_lcp.firstEchoIdentifier;
}

void
LcpProtocol::OnNak(const PppOptions& options, bool giveUp)
{
    const std::optional<uint16_t> mru = options.GetMru();
    if (m_askMru && options.Find(PppOptions::LCP_MRU))
    {
        if (giveUp)
        {
            m_askMru = false;
        }
        else if (mru && *mru >= MIN_MRU && *mru <= std::max(m_lcp.mru, DEFAULT_MRU))
        {
            m_wanted.mru = *mru;
        }
    }
    if (m_askAccm && options.Find(PppOptions::LCP_ACCM))
    {
        // "the logical or of the two" (RFC 1662 section 7.1): escaping more never hurts
        m_askAccm = !giveUp;
        m_wanted.accm |= options.GetAccm().value_or(0);
    }
    if (m_askMagic && options.Find(PppOptions::LCP_MAGIC))
    {
        // A number other than the one in our own last Nak proves that there is a peer (section
        // 6.4). In either case a new number is due. This is never given up: a looped line would
        // open.
        if (options.GetMagic() != m_nakedMagic)
        {
            m_loops = 0;
            m_looped = false;
        }
        m_wanted.magic = DrawMagic();
    }
    // These two have no value that another one could be suggested for.
    m_wanted.pfc = m_wanted.pfc && !options.HasPfc();
    m_wanted.acfc = m_wanted.acfc && !options.HasAcfc();
}

void
LcpProtocol::OnReject(const PppOptions& options)
{
    m_askMru = m_askMru && !options.Find(PppOptions::LCP_MRU);
    m_askAccm = m_askAccm && !options.Find(PppOptions::LCP_ACCM);
    m_askMagic = m_askMagic && !options.Find(PppOptions::LCP_MAGIC);
    m_wanted.magic = m_askMagic ? m_wanted.magic : 0;
    m_wanted.pfc = m_wanted.pfc && !options.HasPfc();
    m_wanted.acfc = m_wanted.acfc && !options.HasAcfc();
}

uint32_t
LcpProtocol::DrawMagic()
{
    uint32_t magic = 0;
    do
    {
        magic = m_random->GetInteger(1, UINT32_MAX - 1);
    } while (magic == m_wanted.magic);
    return magic;
}

// ---- What the peer asks for ----

PppControlProtocol::Judgement
LcpProtocol::JudgeOption(const PppOptions::Option& option)
{
    // A known option with a wrong length is Nak'ed with a right one (RFC 1661 section 6).
    switch (option.type)
    {
    case PppOptions::LCP_MRU: {
        const std::optional<uint64_t> mru = option.GetNumber(PppOptions::MRU_SIZE);
        if (!mru || *mru < MIN_MRU)
        {
            return {Answer::NAK,
                    PppOptions::MakeOption(option.type,
                                           mru ? MIN_MRU : DEFAULT_MRU,
                                           PppOptions::MRU_SIZE)};
        }
        return {};
    }
    case PppOptions::LCP_ACCM:
        if (!option.GetNumber(PppOptions::ACCM_SIZE))
        {
            return {Answer::NAK, PppOptions::MakeOption(option.type, 0, PppOptions::ACCM_SIZE)};
        }
        return {};
    case PppOptions::LCP_MAGIC:
        return JudgeMagic(option);
    case PppOptions::LCP_PFC:
    case PppOptions::LCP_ACFC:
        if (!option.value.empty())
        {
            return {Answer::NAK, PppOptions::MakeOption(option.type, 0, 0)};
        }
        return {};
    default:
        return {Answer::REJECT};
    }
}

PppControlProtocol::Judgement
LcpProtocol::JudgeMagic(const PppOptions::Option& option)
{
    const std::optional<uint64_t> magic = option.GetNumber(PppOptions::MAGIC_SIZE);
    Judgement judgement;
    if (magic && *magic != 0 && *magic != m_wanted.magic)
    {
        m_loops = 0;
        m_looped = false;
        return judgement;
    }
    if (magic && *magic != 0)
    {
        m_loops++;
        if (m_loops >= m_lcp.loopThreshold)
        {
            ReportLoop();
            judgement.answer = Answer::LOOPED;
            return judgement;
        }
        judgement.insist = true; // by Max-Failure nothing would be left to tell a loop by
    }
    // Zero is illegal, "and MUST always be Nak'd" (section 6.4).
    m_nakedMagic = DrawMagic();
    judgement.answer = Answer::NAK;
    judgement.acceptable =
        PppOptions::MakeOption(PppOptions::LCP_MAGIC, m_nakedMagic, PppOptions::MAGIC_SIZE);
    return judgement;
}

void
LcpProtocol::AcceptPeer(const PppOptions& options)
{
    m_remote = Negotiated();
    m_remote.mru = options.GetMru().value_or(m_remote.mru);
    m_remote.accm = options.GetAccm().value_or(m_remote.accm);
    m_remote.magic = options.GetMagic().value_or(m_remote.magic);
    m_remote.pfc = options.HasPfc();
    m_remote.acfc = options.HasAcfc();
    SetPeerMru(m_remote.mru);
}

// ---- Echoes ----

std::optional<uint8_t>
LcpProtocol::SendEchoRequest()
{
    if (!IsOpened() || m_echoUnknown)
    {
        return std::nullopt;
    }
    std::vector<uint8_t> data;
    AppendU32(data, m_local.magic);
    if (m_lcp.echoData == PEER_MAGIC)
    {
        AppendU32(data, m_remote.magic);
    }
    const uint8_t identifier = m_nextEchoIdentifier++;
    Send(PppControlHeader::ECHO_REQUEST, identifier, data, GetState());
    return identifier;
}

bool
LcpProtocol::IsExtendedCode(uint8_t code) const
{
    return code >= PppControlHeader::PROTOCOL_REJECT && code <= PppControlHeader::DISCARD_REQUEST;
}

void
LcpProtocol::HandleExtended(const PppControlHeader& header, Ptr<const Packet> packet)
{
    if (!IsOpened())
    {
        Drop(packet, DropReason::NOT_OPENED);
        return;
    }
    if (header.GetCode() == PppControlHeader::PROTOCOL_REJECT)
    {
        HandleRejectedProtocol(packet);
    }
    else
    {
        HandleEcho(header, packet);
    }
}

void
LcpProtocol::HandleEcho(const PppControlHeader& header, Ptr<const Packet> packet)
{
    std::vector<uint8_t> data = GetBytes(packet, PppControlHeader::SIZE);
    if (data.size() < PppOptions::MAGIC_SIZE)
    {
        Drop(packet, DropReason::TRUNCATED);
        return;
    }
    const uint32_t magic = ReadU32(data);
    if (magic != 0 && magic == m_local.magic)
    {
        Drop(packet, DropReason::LOOPED);
        ReportLoop();
        return;
    }
    m_looped = false;
    Handle(PppAutomaton::Event::ECHO_OR_DISCARD, packet);
    if (header.GetCode() == PppControlHeader::ECHO_REQUEST)
    {
        // "the Echo-Reply ... Data is copied" (section 5.8); only the Magic-Number is our own.
        std::vector<uint8_t> reply;
        reply.reserve(data.size());
        AppendU32(reply, m_local.magic);
        std::copy(data.begin() + PppOptions::MAGIC_SIZE, data.end(), std::back_inserter(reply));
        Send(PppControlHeader::ECHO_REPLY, header.GetIdentifier(), reply, GetState());
    }
    else if (header.GetCode() == PppControlHeader::ECHO_REPLY)
    {
        m_lcpOwner.EchoReplied(header.GetIdentifier(), magic);
    }
}

void
LcpProtocol::OnCodeReject(uint8_t code)
{
    m_echoUnknown = m_echoUnknown || code == PppControlHeader::ECHO_REQUEST;
}

void
LcpProtocol::ReportLoop()
{
    if (!m_looped)
    {
        NS_LOG_INFO("the line is looped");
    }
    m_looped = true;
    m_lcpOwner.LineLooped();
}

// ---- Protocols that one end does not speak ----

bool
LcpProtocol::SendProtocolReject(uint16_t protocol, Ptr<const Packet> information)
{
    if (!IsOpened())
    {
        return false;
    }
    std::vector<uint8_t> data = {static_cast<uint8_t>(protocol >> 8),
                                 static_cast<uint8_t>(protocol)};
    const std::vector<uint8_t> quoted = GetBytes(information, 0);
    data.insert(data.end(), quoted.begin(), quoted.end());
    // "truncated to comply with the peer's established MRU" (section 5.7)
    const std::size_t mru = std::max<std::size_t>(GetPeerMru(), PppControlHeader::SIZE);
    data.resize(std::min(data.size(), mru - PppControlHeader::SIZE));
    Send(PppControlHeader::PROTOCOL_REJECT, MakeIdentifier(), data, GetState());
    return true;
}

void
LcpProtocol::HandleRejectedProtocol(Ptr<const Packet> packet)
{
    const std::vector<uint8_t> data = GetBytes(packet, PppControlHeader::SIZE);
    if (data.size() < PROTOCOL_SIZE)
    {
        Drop(packet, DropReason::TRUNCATED);
        return;
    }
    const auto protocol = static_cast<uint16_t>(data[0] << 8 | data[1]);
    if (protocol == PppFrameHeader::PROTOCOL_LCP)
    {
        Handle(PppAutomaton::Event::REJECT_FATAL, packet);
        return;
    }
    Handle(PppAutomaton::Event::REJECT_HARMLESS, packet);
    m_lcpOwner.ProtocolRejected(protocol);
}

// ---- State ----

bool
LcpProtocol::IsLooped() const
{
    return m_looped;
}

const LcpProtocol::Negotiated&
LcpProtocol::GetLocal() const
{
    return m_local;
}

const LcpProtocol::Negotiated&
LcpProtocol::GetRemote() const
{
    return m_remote;
}

} // namespace keepalive
} // namespace ns3
