/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-session.h"

#include "bgp-line-cause.h"
#include "bgp-notification.h"
#include "tcp-line-cause.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBgpSession");
NS_OBJECT_ENSURE_REGISTERED(BgpSession);

TypeId
BgpSession::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BgpSession")
                            .SetParent<Object>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BgpSession>();
    return tid;
}

BgpSession::BgpSession()
    : m_connection(*this)
{
    m_timers.SetExpired(MakeCallback(&BgpSession::HandleExpired, this));
}

BgpSession::~BgpSession() = default;

void
BgpSession::DoDispose()
{
    m_owner = nullptr;
    m_timers.StopAll();
    m_connection.Forget();
    m_timers.SetJitter(nullptr);
    Object::DoDispose();
}

void
BgpSession::Configure(const Config& config, Owner* owner, Ptr<UniformRandomVariable> jitter)
{
    m_config = config;
    m_owner = owner;
    m_timers.SetJitter(jitter);
    m_timers.Configure(config.profile, config.terms.holdTime);
    m_agreement = BgpAgreement(config.terms);
    m_fsm = BgpFsm(config.fsm);
    m_connection.SetSettings(config.tcp);
}

void
BgpSession::Detach()
{
    m_owner = nullptr;
    m_timers.StopAll();
    m_connection.Close(std::move(m_lastWords));
}

void
BgpSession::Start(bool automatic, bool passive)
{
    if (passive)
    {
        Fire(automatic ? BgpEvent::AUTOMATIC_START_PASSIVE : BgpEvent::MANUAL_START_PASSIVE);
        return;
    }
    Fire(automatic ? BgpEvent::AUTOMATIC_START : BgpEvent::MANUAL_START);
}

void
BgpSession::Stop(BgpEvent event, BgpError::CeaseSubcode cease)
{
    m_error = BgpError{BgpError::CEASE, cease, {}};
    Fire(event);
}

void
BgpSession::LoseLink()
{
    if (m_connection.IsOpen())
    {
        m_tcpCause = LineCause::CARRIER_LOST;
        Fire(BgpEvent::TCP_CONNECTION_FAILS);
    }
}

void
BgpSession::Adopt(Ptr<Socket> socket)
{
    m_incoming = true;
    m_connection.Adopt(socket);
    Fire(BgpEvent::TCP_CONNECTION_CONFIRMED);
}

// --- What the connection tells -------------------------------------------------------------------

void
BgpSession::HandleConnected()
{
    Fire(BgpEvent::TCP_CR_ACKED);
}

void
BgpSession::HandleDisconnected(TcpEndCause cause)
{
    m_tcpCause = ToLineCause(cause);
    Fire(BgpEvent::TCP_CONNECTION_FAILS);
}

void
BgpSession::HandleMessage(const BgpMessage& message)
{
    const uint32_t size = static_cast<uint32_t>(BgpHeader::SIZE + message.body.size());
    const uint32_t life = m_life;
    if (m_owner)
    {
        m_owner->HandleMessage(*this, false, message.type, size);
    }
    if (m_life != life)
    {
        return;
    }
    switch (message.type)
    {
    case BgpMessageType::OPEN:
        HandleOpen(message);
        break;
    case BgpMessageType::UPDATE:
        HandleUpdate(message);
        break;
    case BgpMessageType::NOTIFICATION:
        HandleNotification(message);
        break;
    case BgpMessageType::KEEPALIVE:
        m_lastHeard = Simulator::Now();
        Fire(BgpEvent::KEEPALIVE_MSG);
        break;
    case BgpMessageType::ROUTE_REFRESH:
        // No event of the state machine: it does not count as a sign of life, either.
        break;
    }
}

void
BgpSession::HandleOpen(const BgpMessage& message)
{
    const BgpState state = m_fsm.GetState();
    if (state != BgpState::OPEN_CONFIRM && state != BgpState::ESTABLISHED)
    {
        BgpAgreement agreement(m_config.terms);
        if (const auto error = agreement.Accept(message.body, m_config.profile))
        {
            Fail(BgpEvent::BGP_OPEN_MSG_ERR, *error);
            return;
        }
        m_agreement = agreement;
        m_timers.Agree(m_config.profile, agreement.GetHoldTime(), agreement.GetKeepaliveTime());
    }
    Fire(m_fsm.GetOpenEvent());
}

void
BgpSession::HandleUpdate(const BgpMessage& message)
{
    m_lastHeard = Simulator::Now();
    const BgpState state = m_fsm.GetState();
    if (state == BgpState::OPEN_CONFIRM || state == BgpState::ESTABLISHED)
    {
        std::variant<BgpUpdate, BgpError> read = m_agreement.Read(message.body);
        if (const auto* error = std::get_if<BgpError>(&read))
        {
            Fail(BgpEvent::UPDATE_MSG_ERR, *error);
            return;
        }
        m_update = std::move(std::get<BgpUpdate>(read));
    }
    Fire(BgpEvent::UPDATE_MSG);
}

void
BgpSession::HandleNotification(const BgpMessage& message)
{
    const auto notification = BgpNotification::Decode(message.body.data(), message.body.size());
    const BgpError error = notification ? notification->error : BgpError();
    if (m_owner)
    {
        m_owner->HandleNotification(*this, false, error);
    }
    const bool version =
        error.code == BgpError::OPEN_MESSAGE && error.subcode == BgpError::UNSUPPORTED_VERSION;
    Fire(version ? BgpEvent::NOTIF_MSG_VER_ERR : BgpEvent::NOTIF_MSG);
}

void
BgpSession::HandleUnreadable(const BgpError& error)
{
    Fail(BgpEvent::BGP_HEADER_ERR, error);
}

void
BgpSession::HandleSendProgress()
{
    // RFC 9687 section 4.2.
    if (m_timers.IsRunning(BgpTimer::SEND_HOLD))
    {
        m_timers.Start(BgpTimer::SEND_HOLD);
    }
}

void
BgpSession::HandleExpired(BgpEvent event)
{
    const double more = m_config.profile.GetPendingTime(m_agreement.GetHoldTime());
    if (event == BgpEvent::HOLD_TIMER_EXPIRES && m_connection.IsInputPending() && more > 0)
    {
        m_timers.ExtendHold(more);
        return;
    }
    Fire(event);
}

void
BgpSession::Fail(BgpEvent event, const BgpError& error)
{
    m_error = error;
    Fire(event);
}

// --- The state machine ---------------------------------------------------------------------------

void
BgpSession::Fire(BgpEvent event)
{
    m_events.push_back(event);
    if (m_events.size() > 1)
    {
        // What happens while actions are carried out waits until they are done.
        return;
    }
    while (!m_events.empty())
    {
        Step(m_events.front());
        if (!m_events.empty()) // unless the node crashed over it
        {
            m_events.pop_front();
        }
    }
}

void
BgpSession::Step(BgpEvent event)
{
    const BgpTransition transition = m_fsm.Handle(event);
    if (transition.from != transition.to)
    {
        NS_LOG_INFO(ToString(transition.from) << " -> " << ToString(transition.to));
        m_cause = transition.to == BgpState::ESTABLISHED    ? LineCause::SESSION_ESTABLISHED
                  : event == BgpEvent::TCP_CONNECTION_FAILS ? m_tcpCause
                                                            : ToLineCause(event);
    }
    const uint32_t life = m_life;
    for (const BgpAction action : transition.actions)
    {
        if (m_life != life)
        {
            return;
        }
        if (action == BgpAction::RESOLVE_COLLISION)
        {
            const bool goes = m_owner && !m_owner->ResolveCollision(*this);
            if (goes && m_life == life)
            {
                // Before our KEEPALIVE: the neighbour never thinks that this session is up.
                m_error = BgpError{BgpError::CEASE, BgpError::COLLISION_RESOLUTION, {}};
                Step(BgpEvent::OPEN_COLLISION_DUMP);
                return;
            }
            continue;
        }
        Execute(action, transition);
    }
    if (m_owner && m_life == life && transition.from != transition.to)
    {
        m_owner->HandleState(*this, transition.from);
    }
    if (m_owner && m_life == life && transition.actions.Has(BgpAction::PROCESS_UPDATE))
    {
        m_owner->HandleUpdate(*this, m_update);
    }
}

void
BgpSession::Execute(BgpAction action, const BgpTransition& transition)
{
    if (m_timers.Execute(action))
    {
        return;
    }
    switch (action)
    {
    case BgpAction::INITIATE_CONNECTION:
        m_incoming = false;
        m_connection.Connect(m_config.local, m_config.remote);
        break;
    case BgpAction::DROP_CONNECTION:
        DropConnection();
        break;
    case BgpAction::SEND_OPEN:
        Send(BgpMessageType::OPEN, m_agreement.MakeOpen(m_config.capabilities));
        break;
    case BgpAction::SEND_KEEPALIVE:
        SendKeepalive();
        break;
    case BgpAction::SEND_NOTIFICATION:
        PrepareNotification(transition);
        break;
    default:
        // Routes, collisions and listening are the owner's, which hears of every state; nobody has
        // a use for the ConnectRetryCounter. UPDATEs are for Step.
        break;
    }
}

void
BgpSession::SendKeepalive()
{
    // RFC 4271 section 8.2.2: "each time the local system sends a KEEPALIVE or UPDATE message".
    m_timers.Start(BgpTimer::KEEPALIVE);
    Send(BgpMessageType::KEEPALIVE, EncodeBgpKeepalive());
}

void
BgpSession::SendUpdates(std::vector<std::vector<uint8_t>> messages)
{
    for (std::vector<uint8_t>& message : messages)
    {
        if (m_fsm.GetState() != BgpState::ESTABLISHED)
        {
            return;
        }
        if (m_config.profile.updateRestartsKeepalive)
        {
            m_timers.Start(BgpTimer::KEEPALIVE);
        }
        Send(BgpMessageType::UPDATE, std::move(message));
    }
}

void
BgpSession::Send(BgpMessageType type, std::vector<uint8_t> message)
{
    const auto size = static_cast<uint32_t>(message.size());
    m_connection.Send(std::move(message));
    if (m_owner)
    {
        m_owner->HandleMessage(*this, true, type, size);
    }
}

void
BgpSession::PrepareNotification(const BgpTransition& transition)
{
    BgpNotification notification;
    notification.error = transition.error.value_or(m_error);
    if (notification.error.code == BgpError::CEASE && m_error.code == BgpError::CEASE)
    {
        // Who stops the session knows better why than the state machine.
        notification.error.subcode = m_error.subcode;
    }
    m_error = BgpError();
    m_lastWords = notification.Encode();
    m_holdExpired = notification.error.code == BgpError::HOLD_TIMER;
    const uint32_t life = m_life;
    if (m_owner)
    {
        m_owner->HandleNotification(*this, true, notification.error);
    }
    if (m_owner && m_life == life)
    {
        m_owner->HandleMessage(*this,
                               true,
                               BgpMessageType::NOTIFICATION,
                               static_cast<uint32_t>(m_lastWords.size()));
    }
}

void
BgpSession::DropConnection()
{
    const double delay = m_holdExpired ? m_config.profile.notificationDelay : 0;
    m_connection.Close(std::exchange(m_lastWords, {}), Seconds(delay));
    m_holdExpired = false;
}

// --- From outside --------------------------------------------------------------------------------

void
BgpSession::SetStalled(bool stalled)
{
    // Coming back, it finds timers that ran out before it finds what has arrived; and what they
    // have it say is sent, even if the next one ends the session.
    if (!stalled)
    {
        m_connection.ResumeWriting();
    }
    m_timers.SetStalled(stalled);
    m_connection.SetStalled(stalled);
}

void
BgpSession::Forget()
{
    const BgpState from = m_fsm.GetState();
    m_life++;
    m_connection.Forget();
    m_connection.SetStalled(false);
    m_timers.StopAll();
    m_timers.SetStalled(false);
    m_events.clear();
    m_lastWords.clear();
    m_fsm = BgpFsm(m_config.fsm);
    m_cause = LineCause::NODE_CRASHED;
    if (m_owner && from != BgpState::IDLE)
    {
        m_owner->HandleState(*this, from);
    }
}

BgpState
BgpSession::GetState() const
{
    return m_fsm.GetState();
}

LineCause
BgpSession::GetCause() const
{
    return m_cause;
}

const BgpAgreement&
BgpSession::GetAgreement() const
{
    return m_agreement;
}

Time
BgpSession::GetTimeLeft(BgpTimer timer) const
{
    return m_timers.GetTimeLeft(timer);
}

Time
BgpSession::GetLastHeard() const
{
    return m_lastHeard;
}

bool
BgpSession::IsIncoming() const
{
    return m_incoming;
}

const BgpConnection&
BgpSession::GetConnection() const
{
    return m_connection;
}

} // namespace keepalive
} // namespace ns3
