/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-fsm.h"

#include <cstddef>
#include <initializer_list>

namespace ns3
{
namespace keepalive
{

namespace
{

using State = BgpState;
using Event = BgpEvent;
using Action = BgpAction;
using Reaction = BgpReaction;

/**
 * @brief The type of the message that an event reports.
 * @param event the event
 * @return the type, or nothing if it is no message, or one whose header cannot be read
 */
std::optional<uint8_t>
GetMessageType(Event event)
{
    switch (event)
    {
    case Event::BGP_OPEN:
    case Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER:
    case Event::BGP_OPEN_MSG_ERR:
        return 1;
    case Event::UPDATE_MSG:
    case Event::UPDATE_MSG_ERR:
        return 2;
    case Event::NOTIF_MSG_VER_ERR:
    case Event::NOTIF_MSG:
        return 3;
    case Event::KEEPALIVE_MSG:
        return 4;
    default:
        return std::nullopt;
    }
}

/**
 * @brief The Finite State Machine Error of an event that a state does not allow.
 * @param state OpenSent, OpenConfirm or Established
 * @param event the event
 * @return the error; with the subcode of the state if the event is a message (RFC 6608)
 */
BgpError
GetFsmError(State state, Event event)
{
    const std::optional<uint8_t> type = GetMessageType(event);
    if (!type)
    {
        return {BgpError::FSM, 0, {}};
    }
    switch (state)
    {
    case State::OPEN_SENT:
        return {BgpError::FSM, BgpError::IN_OPEN_SENT, {*type}};
    case State::OPEN_CONFIRM:
        return {BgpError::FSM, BgpError::IN_OPEN_CONFIRM, {*type}};
    case State::ESTABLISHED:
        return {BgpError::FSM, BgpError::IN_ESTABLISHED, {*type}};
    case State::IDLE:
    case State::CONNECT:
    case State::ACTIVE:
        break;
    }
    return {BgpError::FSM, 0, {}};
}

/**
 * @brief Append several actions.
 * @param actions the actions, in order
 * @param step takes them
 */
void
Do(std::initializer_list<Action> actions, BgpTransition& step)
{
    for (const Action action : actions)
    {
        step.actions.Add(action);
    }
}

/**
 * @brief Whether the optional session attributes allow an event (RFC 4271 section 8.1).
 * @param event the event
 * @param state the state in which it happens
 * @param options the attributes
 * @return false if "the local system should log an FSM error"
 */
bool
IsAllowed(Event event, State state, const BgpFsm::Options& options)
{
    switch (event)
    {
    case Event::AUTOMATIC_START_DAMP:
    case Event::AUTOMATIC_START_DAMP_PASSIVE:
        return options.allowAutomaticStart && options.dampPeerOscillations;
    case Event::AUTOMATIC_START:
    case Event::AUTOMATIC_START_PASSIVE:
        return options.allowAutomaticStart;
    case Event::IDLE_HOLD_TIMER_EXPIRES:
        return options.allowAutomaticStart || state != State::IDLE; // elsewhere it is an error
    default:
        return true;
    }
}

} // namespace

BgpFsm::BgpFsm(const Options& options)
    : m_options(options)
{
}

BgpTransition
BgpFsm::Handle(BgpEvent event)
{
    BgpTransition step;
    step.from = m_state;
    step.to = m_state;
    step.event = event;
    const auto number = static_cast<std::size_t>(event);
    if (number < 1 || number > BGP_EVENT_COUNT)
    {
        return step;
    }
    step.allowed = IsAllowed(event, m_state, m_options);
    const BgpReaction reaction = FindBgpReaction(m_state, event);
    if (!step.allowed || reaction == Reaction::NONE)
    {
        return step;
    }
    if (!ReactBeforeOpen(reaction, step) && !ReactAfterOpen(reaction, step))
    {
        ReactByIdle(reaction, step);
    }

    m_state = step.to;
    m_delayOpenRunning = step.actions.Has(Action::START_DELAY_OPEN_TIMER) ||
                         (m_delayOpenRunning && !step.actions.Has(Action::STOP_DELAY_OPEN_TIMER));
    m_idleHoldRunning = step.actions.Has(Action::START_IDLE_HOLD_TIMER) ||
                        (m_idleHoldRunning && !step.actions.Has(Action::STOP_IDLE_HOLD_TIMER));
    return step;
}

BgpState
BgpFsm::GetState() const
{
    return m_state;
}

bool
BgpFsm::IsDelayOpenRunning() const
{
    return m_delayOpenRunning;
}

BgpEvent
BgpFsm::GetOpenEvent() const
{
    return m_delayOpenRunning ? Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER : Event::BGP_OPEN;
}

bool
BgpFsm::ReactBeforeOpen(BgpReaction reaction, BgpTransition& step) const
{
    switch (reaction)
    {
    case Reaction::CANCEL:
        // Ignored, says the RFC; but who stops a session does not want it to start by itself.
        if (m_idleHoldRunning)
        {
            Do({Action::STOP_IDLE_HOLD_TIMER}, step);
        }
        return true;
    case Reaction::REJECT:
        Do({Action::REJECT_CONNECTION}, step);
        return true;
    case Reaction::START:
        Start(step);
        return true;
    case Reaction::RETRY:
        if (m_state == State::ACTIVE && m_options.passive && m_options.passiveNeverConnects)
        {
            Do({Action::START_CONNECT_RETRY_TIMER, Action::LISTEN}, step);
            return true;
        }
        if (m_state == State::CONNECT)
        {
            Do({Action::DROP_CONNECTION, Action::STOP_DELAY_OPEN_TIMER}, step);
        }
        Do({Action::START_CONNECT_RETRY_TIMER, Action::LISTEN, Action::INITIATE_CONNECTION}, step);
        step.to = State::CONNECT;
        return true;
    case Reaction::CONNECTED:
        Do({Action::STOP_CONNECT_RETRY_TIMER}, step);
        if (m_options.delayOpen)
        {
            Do({Action::START_DELAY_OPEN_TIMER}, step);
            return true;
        }
        Do({Action::SEND_OPEN, Action::START_LARGE_HOLD_TIMER}, step);
        step.to = State::OPEN_SENT;
        return true;
    case Reaction::DELAY_OVER:
        Do({Action::STOP_CONNECT_RETRY_TIMER,
            Action::STOP_DELAY_OPEN_TIMER,
            Action::SEND_OPEN,
            Action::START_LARGE_HOLD_TIMER},
           step);
        step.to = State::OPEN_SENT;
        return true;
    case Reaction::UNREACHABLE:
        if (!m_delayOpenRunning && !m_options.activeOnConnectFailure)
        {
            GoIdle(std::nullopt, false, step);
            return true;
        }
        Do({Action::STOP_DELAY_OPEN_TIMER,
            Action::DROP_CONNECTION,
            Action::START_CONNECT_RETRY_TIMER,
            Action::LISTEN},
           step);
        step.to = State::ACTIVE;
        return true;
    case Reaction::PEER_FIRST:
        Do({Action::STOP_CONNECT_RETRY_TIMER,
            Action::STOP_DELAY_OPEN_TIMER,
            Action::SEND_OPEN,
            Action::RESOLVE_COLLISION,
            Action::SEND_KEEPALIVE,
            Action::START_KEEPALIVE_TIMER,
            Action::START_HOLD_TIMER},
           step);
        step.to = State::OPEN_CONFIRM;
        return true;
    default:
        return false;
    }
}

bool
BgpFsm::ReactAfterOpen(BgpReaction reaction, BgpTransition& step) const
{
    switch (reaction)
    {
    case Reaction::TRACK:
        Do({Action::TRACK_SECOND_CONNECTION}, step);
        return true;
    case Reaction::LISTEN_AGAIN:
        Do({Action::STOP_HOLD_TIMER,
            Action::DROP_CONNECTION,
            Action::START_CONNECT_RETRY_TIMER,
            Action::LISTEN},
           step);
        step.to = State::ACTIVE;
        return true;
    case Reaction::OPENED:
        Do({Action::STOP_DELAY_OPEN_TIMER,
            Action::STOP_CONNECT_RETRY_TIMER,
            Action::RESOLVE_COLLISION,
            Action::SEND_KEEPALIVE,
            Action::START_KEEPALIVE_TIMER,
            Action::START_HOLD_TIMER},
           step);
        step.to = State::OPEN_CONFIRM;
        return true;
    case Reaction::SECOND_OPEN:
        if (m_options.secondOpenIsError)
        {
            return false;
        }
        if (m_state == State::OPEN_CONFIRM || m_options.collisionDetectEstablished)
        {
            Do({Action::RESOLVE_COLLISION}, step);
        }
        return true;
    case Reaction::KEEP_ALIVE:
        Do({Action::SEND_KEEPALIVE, Action::START_KEEPALIVE_TIMER}, step);
        return true;
    case Reaction::UP_BY_UPDATE:
        if (!m_options.updateIsKeepalive)
        {
            return false;
        }
        Do({Action::START_HOLD_TIMER,
            Action::START_SEND_HOLD_TIMER,
            Action::ANNOUNCE_ROUTES,
            Action::PROCESS_UPDATE},
           step);
        step.to = State::ESTABLISHED;
        return true;
    case Reaction::UP:
        Do({Action::START_HOLD_TIMER, Action::START_SEND_HOLD_TIMER, Action::ANNOUNCE_ROUTES},
           step);
        step.to = State::ESTABLISHED;
        return true;
    case Reaction::HEARD:
        Do({Action::START_HOLD_TIMER}, step);
        return true;
    case Reaction::UPDATE:
        Do({Action::START_HOLD_TIMER, Action::PROCESS_UPDATE}, step);
        return true;
    default:
        return false;
    }
}

void
BgpFsm::ReactByIdle(BgpReaction reaction, BgpTransition& step) const
{
    std::optional<Action> counter = Action::INCREMENT_CONNECT_RETRY_COUNTER;
    bool notify = true;
    bool damp = true;
    switch (reaction)
    {
    case Reaction::STOP:
        step.error = BgpError{BgpError::CEASE, BgpError::ADMIN_SHUTDOWN, {}};
        // Before its own OPEN this end tells the peer in one case only, and by the letter in Active
        // only.
        notify = m_state >= State::OPEN_SENT || (m_state == State::ACTIVE && m_delayOpenRunning &&
                                                 m_options.sendNotificationWithoutOpen);
        counter = Action::RESET_CONNECT_RETRY_COUNTER;
        damp = false;
        break;
    case Reaction::CEASE:
        step.error = BgpError{BgpError::CEASE, 0, {}};
        break;
    case Reaction::DUMP:
        if (m_state == State::ESTABLISHED && !m_options.collisionDetectEstablished)
        {
            return;
        }
        step.error = BgpError{BgpError::CEASE, BgpError::COLLISION_RESOLUTION, {}};
        break;
    case Reaction::SILENCE:
        step.error = BgpError{BgpError::HOLD_TIMER, 0, {}};
        break;
    case Reaction::STUCK:
        step.error = BgpError{BgpError::SEND_HOLD_TIMER, 0, {}};
        notify = m_options.notifySendHold;
        break;
    case Reaction::REPORT:
        notify = m_state >= State::OPEN_SENT || m_options.sendNotificationWithoutOpen;
        break; // the owner knows the error
    case Reaction::BAD_HEADER:
        if (!m_options.headerErrorInEstablished)
        {
            step.error = GetFsmError(m_state, step.event);
        }
        break;
    case Reaction::NOTIFIED:
        step.error = GetFsmError(m_state, step.event);
        notify = !m_options.notificationEndsOpenSent;
        break;
    case Reaction::OLD_VERSION:
        notify = false;
        if (m_delayOpenRunning || m_state >= State::OPEN_SENT)
        {
            counter = std::nullopt;
            damp = false;
        }
        break;
    case Reaction::LOST:
        notify = false;
        damp = false; // by the letter
        break;
    case Reaction::QUIT:
        notify = false;
        break;
    default: // FSM_ERROR, and what an option made one
        step.error = GetFsmError(m_state, step.event);
        break;
    }

    if (notify)
    {
        Do({Action::SEND_NOTIFICATION}, step);
    }
    else
    {
        step.error.reset();
    }
    GoIdle(counter, damp, step);
}

void
BgpFsm::Start(BgpTransition& step) const
{
    bool passive = false;
    bool damped = false;
    switch (step.event)
    {
    case Event::MANUAL_START_PASSIVE:
    case Event::AUTOMATIC_START_PASSIVE:
        passive = true;
        break;
    case Event::AUTOMATIC_START_DAMP:
        damped = true;
        break;
    case Event::AUTOMATIC_START_DAMP_PASSIVE:
        passive = true;
        damped = true;
        break;
    case Event::IDLE_HOLD_TIMER_EXPIRES:
        passive = m_options.passive;
        break;
    default:
        break;
    }
    if (m_idleHoldRunning)
    {
        if (damped)
        {
            return; // this is how oscillations are damped
        }
        Do({Action::STOP_IDLE_HOLD_TIMER}, step);
    }
    Do({Action::RESET_CONNECT_RETRY_COUNTER, Action::START_CONNECT_RETRY_TIMER, Action::LISTEN},
       step);
    if (!passive)
    {
        Do({Action::INITIATE_CONNECTION}, step);
    }
    step.to = passive ? State::ACTIVE : State::CONNECT;
}

void
BgpFsm::GoIdle(std::optional<BgpAction> counter, bool damp, BgpTransition& step) const
{
    const State from = m_state;
    step.actions.Add(Action::STOP_CONNECT_RETRY_TIMER);
    if (from == State::CONNECT || from == State::ACTIVE)
    {
        step.actions.Add(Action::STOP_DELAY_OPEN_TIMER);
    }
    else
    {
        step.actions.Add(Action::STOP_HOLD_TIMER);
    }
    if (from == State::OPEN_CONFIRM || from == State::ESTABLISHED)
    {
        step.actions.Add(Action::STOP_KEEPALIVE_TIMER);
    }
    if (from == State::ESTABLISHED)
    {
        Do({Action::STOP_SEND_HOLD_TIMER, Action::DELETE_ROUTES}, step);
    }
    Do({Action::DROP_CONNECTION, Action::RELEASE_RESOURCES}, step);
    if (counter)
    {
        step.actions.Add(*counter);
    }
    if (damp && m_options.dampPeerOscillations)
    {
        step.actions.Add(Action::DAMP_OSCILLATIONS);
    }
    if (m_options.allowAutomaticStart && step.event != Event::MANUAL_STOP)
    {
        step.actions.Add(Action::START_IDLE_HOLD_TIMER);
    }
    step.to = State::IDLE;
}

} // namespace keepalive
} // namespace ns3
