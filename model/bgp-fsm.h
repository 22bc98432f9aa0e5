/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_FSM_H
#define KEEPALIVE_BGP_FSM_H

#include "bgp-reaction.h"
#include "bgp-transition.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The finite state machine of one BGP connection (RFC 4271 section 8.2.2), complete, with
 *        event 29 of RFC 9687.
 *
 * It knows no time, no message and no socket: its owner tells it of one event after another, and
 * carries out the actions that it returns, in their order. There is one machine per TCP connection,
 * so an incoming connection that may collide with one of our own has a machine of its own.
 *
 * Rules for the owner:
 * - What happens while a list of actions is carried out waits until the list is done.
 * - RESOLVE_COLLISION is the exception. It stands before the KEEPALIVE that would confirm the
 * peer's OPEN. If this connection is the one to go, the owner forgets the rest of the list and
 * reports OPEN_COLLISION_DUMP at once, so that the peer never thinks the session is up.
 * - "Each time the local system sends a KEEPALIVE or UPDATE message, it restarts its
 *   KeepaliveTimer", and likewise each message sent restarts the SendHoldTimer (RFC 9687). That is
 *   the owner's task; the actions do so only where the state machine itself says so.
 *
 * Where the text of the RFC is silent or hard to believe, the machine follows its letter, and what
 * implementations do instead is an option. Three liberties are taken, none of them visible to the
 * peer:
 * - Who leaves a state stops the timers that may run in it. The RFC has that in "releases all BGP
 *   resources" at best, and forgets the HoldTimer on the way from OpenSent to Active.
 * - The HoldTimer is restarted before an UPDATE is processed, not after it, for processing it may
 *   end the session.
 * - The expiry of the HoldTimer in Established deletes the routes, which the RFC only says for
 * every other way out.
 *
 * Copying copies configuration and state.
 */
class BgpFsm
{
  public:
    /// Optional session attributes (RFC 4271 section 8.1.1), and where practice differs.
    struct Options
    {
        /// PassiveTcpEstablishment: after the IdleHoldTimer, wait for the peer to connect. An
        /// operator's start says itself which kind it is.
        bool passive{false};
        /// DelayOpen: having connected, give the peer the DelayOpenTime to send its OPEN first.
        bool delayOpen{false};
        /// SendNOTIFICATIONwithoutOPEN: a NOTIFICATION may be the first message.
        bool sendNotificationWithoutOpen{false};
        /// CollisionDetectEstablishedState: an Established connection may lose a collision.
        bool collisionDetectEstablished{false};
        /// DampPeerOscillations: DAMP_OSCILLATIONS is returned, and events 6, 7 are allowed.
        bool dampPeerOscillations{false};
        /// AllowAutomaticStart: events 3, 5 (and 6, 7, 13) are allowed, and whoever falls back to
        /// Idle, unless by ManualStop, starts the IdleHoldTimer. The RFC reserves that timer for
        /// DampPeerOscillations and leaves open when an automatic start is due otherwise.
        bool allowAutomaticStart{false};
        /// Practice of BIRD: an UPDATE in OpenConfirm stands for the missing KEEPALIVE.
        bool updateIsKeepalive{false};
        /// Practice: a connection that fails in Connect is tried again, from Active, after the
        /// ConnectRetryTime. By the letter the session is then Idle and has to be started again.
        bool activeOnConnectFailure{false};
        /// Practice: who is passive never connects. By the letter the ConnectRetryTimer runs in
        /// Active whatever the kind of start, and its expiry initiates a connection.
        bool passiveNeverConnects{false};
        /// Practice, and RFC 4271 section 6.1: a bad header in Established is reported as such. By
        /// the letter of section 8.2.2 it is a Finite State Machine Error.
        bool headerErrorInEstablished{false};
        /// Practice, and RFC 6608 section 4: a second OPEN on one connection is a Finite State
        /// Machine Error. By the letter only collisions are looked for, and in Established not even
        /// these.
        bool secondOpenIsError{false};
        /// Practice: a NOTIFICATION in OpenSent just ends the connection. By the letter it is
        /// answered with a Finite State Machine Error.
        bool notificationEndsOpenSent{false};
        /// Event 29 tries to send a NOTIFICATION, which RFC 9687 section 4.3 leaves open.
        bool notifySendHold{false};
    };

    BgpFsm() = default;

    /**
     * @brief Create a machine in Idle.
     * @param options the session attributes
     */
    explicit BgpFsm(const Options& options);

    /**
     * @brief Something happened.
     * @param event what
     * @return the actions to carry out now, in order
     */
    [[nodiscard]] BgpTransition Handle(BgpEvent event);

    /**
     * @brief The state.
     * @return the state
     */
    [[nodiscard]] BgpState GetState() const;

    /**
     * @brief Whether the OPEN is being delayed.
     * @return true from START_DELAY_OPEN_TIMER to its stop or expiry
     */
    [[nodiscard]] bool IsDelayOpenRunning() const;

    /**
     * @brief Which event a valid OPEN is.
     * @return BGP_OPEN_WITH_DELAY_OPEN_TIMER while the OPEN is being delayed, otherwise BGP_OPEN
     */
    [[nodiscard]] BgpEvent GetOpenEvent() const;

  private:
    /**
     * @brief React in Idle, Connect or Active, where there is no BGP connection yet.
     * @param reaction the entry of the table
     * @param step takes the new state and the actions
     * @return false if this is no reaction of these states
     */
    bool ReactBeforeOpen(BgpReaction reaction, BgpTransition& step) const;

    /**
     * @brief React in OpenSent, OpenConfirm or Established.
     * @param reaction the entry of the table
     * @param step takes the new state and the actions
     * @return false if this is no reaction of these states only
     */
    bool ReactAfterOpen(BgpReaction reaction, BgpTransition& step) const;

    /**
     * @brief React in the ways that lead to Idle.
     * @param reaction the entry of the table
     * @param step takes the new state and the actions
     */
    void ReactByIdle(BgpReaction reaction, BgpTransition& step) const;

    /**
     * @brief Leave Idle, or stay there for good reason.
     * @param step takes the new state and the actions
     */
    void Start(BgpTransition& step) const;

    /**
     * @brief Leave for Idle, the way all states have in common.
     * @param counter what to do with the ConnectRetryCounter, if anything
     * @param damp whether the RFC has oscillations damped here
     * @param step takes the new state and the actions
     */
    void GoIdle(std::optional<BgpAction> counter, bool damp, BgpTransition& step) const;

    Options m_options;                //!< session attributes
    BgpState m_state{BgpState::IDLE}; //!< the state
    bool m_delayOpenRunning{false};   //!< the OPEN is being delayed
    bool m_idleHoldRunning{false};    //!< an automatic start has to wait
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_FSM_H */
