/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-control-protocol.h"

#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepalivePppControlProtocol");

using Event = PppAutomaton::Event;
using Action = PppAutomaton::Action;

PppControlProtocol::Config
PppControlProtocol::Config::CiscoIos()
{
    Config config;
    config.restartTimer = Seconds(2);
    config.maxConfigure = 0;
    config.renewIdentifier = true;
    config.retryAfter = Seconds(2);
    return config;
}

PppControlProtocol::PppControlProtocol(Owner& owner, uint16_t protocol, const Config& config)
    : m_owner(owner),
      m_protocol(protocol),
      m_config(config),
      m_automaton(PppAutomaton::Options{config.passive, config.restart}),
      m_timer(config.restartTimer),
      m_nextIdentifier(config.firstIdentifier),
      m_exchange(config.maxFailure, config.renewIdentifier)
{
    m_timer.SetExpired(MakeCallback(&PppControlProtocol::TimerExpired, this));
}

// ---- Inputs: one after the other ----

void
PppControlProtocol::Up()
{
    m_inputs.Post([this] { Handle(Event::UP, nullptr); });
}

void
PppControlProtocol::Down()
{
    m_inputs.Post([this] {
        m_unknownToPeer = false;
        Handle(Event::DOWN, nullptr);
    });
}

void
PppControlProtocol::Open()
{
    m_inputs.Post([this] { Handle(Event::OPEN, nullptr); });
}

void
PppControlProtocol::Close()
{
    m_inputs.Post([this] { Handle(Event::CLOSE, nullptr); });
}

void
PppControlProtocol::Receive(Ptr<const Packet> packet)
{
    if (m_inputs.IsHeld())
    {
        Drop(packet, DropReason::STALLED);
        return;
    }
    m_inputs.Post([this, packet] { HandlePacket(packet); });
}

void
PppControlProtocol::HandleProtocolReject()
{
    m_inputs.Post([this] {
        m_unknownToPeer = true;
        Handle(Event::REJECT_FATAL, nullptr);
    });
}

void
PppControlProtocol::TimerExpired()
{
    m_inputs.Post([this] { HandleTimeout(); });
}

void
PppControlProtocol::Reset()
{
    m_inputs.Clear(); // and whoever is in the middle of something stops
    m_timer.Stop();
    m_automaton = PppAutomaton(PppAutomaton::Options{m_config.passive, m_config.restart});
    m_unknownToPeer = false;
    m_peerMru = DEFAULT_MRU;
    m_nextIdentifier = m_config.firstIdentifier;
    m_exchange.Begin();
    ResetOptions();
}

void
PppControlProtocol::SetStalled(bool stalled)
{
    m_inputs.Hold(stalled);
}

// ---- Timeouts ----

void
PppControlProtocol::HandleTimeout()
{
    const State state = GetState();
    const uint32_t clears = m_inputs.GetClears();
    if (m_timer.IsRunning())
    {
        return; // outdated: started again by what had to wait with this timeout during a stall
    }
    if (state == State::STOPPED)
    {
        // What RFC 1661 section 4.3 recommends for a repeated Open.
        Handle(Event::DOWN, nullptr);
        if (m_inputs.GetClears() == clears)
        {
            Handle(Event::UP, nullptr);
        }
        return;
    }
    if (!PppAutomaton::IsTimed(state))
    {
        return; // outdated likewise
    }
    m_owner.ControlTimeout(m_protocol, state);
    Handle(m_timer.HasMore() ? Event::TIMEOUT_RETRY : Event::TIMEOUT_GIVE_UP, nullptr);
}

// ---- Packets ----

void
PppControlProtocol::HandlePacket(Ptr<const Packet> received)
{
    const State state = GetState();
    if (state == State::INITIAL || state == State::STARTING)
    {
        Drop(received, DropReason::NOT_OPENED);
        return;
    }
    PppControlHeader header;
    received->PeekHeader(header);
    if (header.GetError())
    {
        Drop(received, *header.GetError());
        return;
    }
    Ptr<const Packet> packet = received->CreateFragment(0, header.GetLength());

    const uint32_t clears = m_inputs.GetClears();
    m_owner.ControlTrace(m_protocol, Direction::RECEIVED, packet, state);
    if (m_inputs.GetClears() != clears)
    {
        return;
    }
    switch (header.GetCode())
    {
    case PppControlHeader::CONFIGURE_REQUEST:
        HandleConfigureRequest(packet);
        break;
    case PppControlHeader::CONFIGURE_ACK:
    case PppControlHeader::CONFIGURE_NAK:
    case PppControlHeader::CONFIGURE_REJECT:
        HandleAnswer(header, packet);
        break;
    case PppControlHeader::TERMINATE_REQUEST:
        Handle(Event::TERMINATE_REQUEST, packet);
        break;
    case PppControlHeader::TERMINATE_ACK:
        Handle(Event::TERMINATE_ACK, packet);
        break;
    case PppControlHeader::CODE_REJECT:
        HandleCodeReject(packet);
        break;
    default:
        if (IsExtendedCode(header.GetCode()))
        {
            HandleExtended(header, packet);
        }
        else
        {
            Handle(Event::UNKNOWN_CODE, packet);
        }
        break;
    }
}

void
PppControlProtocol::HandleConfigureRequest(Ptr<const Packet> packet)
{
    const std::vector<uint8_t> data = GetBytes(packet, PppControlHeader::SIZE);
    PppOptions request;
    if (const std::optional<DropReason> error = request.Parse(data.data(), data.size()))
    {
        Drop(packet, *error);
        return;
    }
    const State state = GetState();
    if (state == State::CLOSED || state == State::CLOSING || state == State::STOPPING)
    {
        Handle(Event::CONFIGURE_ACCEPTABLE, packet); // nothing is negotiated: do not even judge
        return;
    }

    if (state == State::STOPPED)
    {
        m_exchange.ForgetNaksSent(); // a new negotiation, in which this is judged already
    }

    std::vector<Judgement> judgements;
    for (const PppOptions::Option& option : request.GetAll())
    {
        judgements.push_back(JudgeOption(option));
        if (judgements.back().answer == Answer::LOOPED)
        {
            Drop(packet, DropReason::LOOPED);
            return;
        }
    }
    m_reply = m_exchange.MakeReply(request, judgements);
    const bool acceptable = m_reply.code == PppControlHeader::CONFIGURE_ACK;
    Handle(acceptable ? Event::CONFIGURE_ACCEPTABLE : Event::CONFIGURE_BAD, packet);
}

void
PppControlProtocol::HandleAnswer(const PppControlHeader& header, Ptr<const Packet> packet)
{
    const bool isAck = header.GetCode() == PppControlHeader::CONFIGURE_ACK;
    const State state = GetState();
    if (state == State::CLOSED || state == State::STOPPED)
    {
        // There is no request that it could belong to. The peer is told that this end is closed.
        Handle(isAck ? Event::CONFIGURE_ACK : Event::CONFIGURE_NAK, packet);
        return;
    }
    PppOptions options;
    const std::vector<uint8_t> data = GetBytes(packet, PppControlHeader::SIZE);
    if (const std::optional<DropReason> error = m_exchange.Check(header, data, options))
    {
        Drop(packet, *error);
        return;
    }

    const bool giveUp = m_exchange.TakeAnswer(header.GetCode());
    if (isAck)
    {
        OnAck(options);
    }
    else if (header.GetCode() == PppControlHeader::CONFIGURE_NAK)
    {
        OnNak(options, giveUp);
    }
    else
    {
        OnReject(options);
    }
    Handle(isAck ? Event::CONFIGURE_ACK : Event::CONFIGURE_NAK, packet);
}

void
PppControlProtocol::HandleCodeReject(Ptr<const Packet> packet)
{
    const std::vector<uint8_t> data = GetBytes(packet, PppControlHeader::SIZE);
    if (data.empty())
    {
        Drop(packet, DropReason::TRUNCATED);
        return;
    }
    // Without the first seven codes there is no negotiating; the others can be done without.
    if (data[0] >= PppControlHeader::CONFIGURE_REQUEST && data[0] <= PppControlHeader::CODE_REJECT)
    {
        Handle(Event::REJECT_FATAL, packet);
        return;
    }
    OnCodeReject(data[0]);
    Handle(Event::REJECT_HARMLESS, packet);
}

void
PppControlProtocol::Drop(Ptr<const Packet> packet, DropReason reason)
{
    NS_LOG_INFO("protocol " << m_protocol << " drops: " << ToString(reason));
    m_owner.ControlDropped(m_protocol, packet, reason);
}

// ---- The automaton and its actions ----

void
PppControlProtocol::Handle(Event event, Ptr<const Packet> packet)
{
    const PppAutomaton::Step step = m_automaton.Handle(event);
    if (!step.possible)
    {
        return; // such as Up while up
    }
    if (step.from != step.to)
    {
        NS_LOG_INFO("protocol " << m_protocol << ": " << ToString(event) << ", "
                                << ToString(step.from) << " to " << ToString(step.to));
    }
    if (!PppAutomaton::IsTimed(step.to) && step.to != step.from)
    {
        m_timer.Stop();
        if (step.to == State::STOPPED && !m_unknownToPeer)
        {
            m_timer.Wait(m_config.retryAfter);
        }
    }
    const uint32_t clears = m_inputs.GetClears();
    for (const Action action : step.actions)
    {
        Execute(action, step, packet);
        if (m_inputs.GetClears() != clears)
        {
            return;
        }
    }
}

void
PppControlProtocol::Execute(Action action, const PppAutomaton::Step& step, Ptr<const Packet> packet)
{
    PppControlHeader cause;
    if (packet)
    {
        packet->PeekHeader(cause);
    }
    switch (action)
    {
    case Action::NONE:
        break;
    case Action::TLU:
        m_owner.ThisLayerUp(m_protocol);
        break;
    case Action::TLD:
        m_owner.ThisLayerDown(m_protocol);
        break;
    case Action::TLS:
        m_owner.ThisLayerStarted(m_protocol);
        break;
    case Action::TLF:
        m_owner.ThisLayerFinished(m_protocol);
        break;
    case Action::IRC:
        m_timer.SetCount(step.Has(Action::STR) ? m_config.maxTerminate : m_config.maxConfigure);
        break;
    case Action::ZRC:
        m_timer.Zero();
        break;
    case Action::SCR:
        SendConfigureRequest(step.from);
        break;
    case Action::SCA:
        AcceptPeer(m_reply.options);
        SendReply(cause.GetIdentifier(), step.from);
        break;
    case Action::SCN:
        SendReply(cause.GetIdentifier(), step.from);
        break;
    case Action::STR:
        SendTerminateRequest(step.from);
        break;
    case Action::STA:
        // Unasked for, it still carries the identifier of what it answers.
        Send(PppControlHeader::TERMINATE_ACK, cause.GetIdentifier(), {}, step.from);
        break;
    case Action::SCJ: {
        std::vector<uint8_t> rejected = GetBytes(packet, 0);
        const std::size_t room =
            m_peerMru - std::min<std::size_t>(m_peerMru, PppControlHeader::SIZE);
        rejected.resize(std::min(rejected.size(), room));
        Send(PppControlHeader::CODE_REJECT, MakeIdentifier(), rejected, step.from);
        break;
    }
    case Action::SER:
        break; // the subclass, which knows what the packet asks for, does it
    }
}

void
PppControlProtocol::SendConfigureRequest(State from)
{
    if (from != State::REQ_SENT && from != State::ACK_RCVD && from != State::ACK_SENT)
    {
        m_exchange.Begin();
        ResetOptions();
    }
    const PppOptions request = BuildRequest();
    const uint8_t identifier =
        m_exchange.NeedsIdentifier(request) ? MakeIdentifier() : m_exchange.GetIdentifier();
    m_exchange.Ask(request, identifier);
    m_timer.CountRequest();
    Send(PppControlHeader::CONFIGURE_REQUEST, identifier, request.Serialize(), from);
}

void
PppControlProtocol::SendReply(uint8_t identifier, State from)
{
    m_exchange.Replied(m_reply);
    Send(m_reply.code, identifier, m_reply.options.Serialize(), from);
}

void
PppControlProtocol::SendTerminateRequest(State from)
{
    m_exchange.Withdraw(); // answers to what was asked before mean nothing any more
    m_timer.CountRequest();
    Send(PppControlHeader::TERMINATE_REQUEST, MakeIdentifier(), {}, from);
}

void
PppControlProtocol::Send(uint8_t code,
                         uint8_t identifier,
                         const std::vector<uint8_t>& data,
                         State state)
{
    Ptr<Packet> packet = PppControlHeader::MakePacket(code, identifier, data);
    const uint32_t clears = m_inputs.GetClears();
    m_owner.ControlTrace(m_protocol, Direction::SENT, packet, state);
    if (m_inputs.GetClears() == clears)
    {
        m_owner.SendControl(m_protocol, packet);
    }
}

uint8_t
PppControlProtocol::MakeIdentifier()
{
    return m_nextIdentifier++;
}

std::vector<uint8_t>
PppControlProtocol::GetBytes(Ptr<const Packet> packet, uint32_t skip)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    bytes.erase(bytes.begin(), bytes.begin() + std::min(skip, packet->GetSize()));
    return bytes;
}

// ---- Configuration and state ----

void
PppControlProtocol::SetPeerMru(uint16_t mru)
{
    m_peerMru = mru;
}

uint16_t
PppControlProtocol::GetPeerMru() const
{
    return m_peerMru;
}

uint16_t
PppControlProtocol::GetProtocol() const
{
    return m_protocol;
}

PppControlProtocol::State
PppControlProtocol::GetState() const
{
    return m_automaton.GetState();
}

bool
PppControlProtocol::IsOpened() const
{
    return GetState() == State::OPENED;
}

} // namespace keepalive
} // namespace ns3
