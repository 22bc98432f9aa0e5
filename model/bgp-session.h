/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SESSION_H
#define KEEPALIVE_BGP_SESSION_H

#include "bgp-agreement.h"
#include "bgp-connection.h"
#include "bgp-fsm.h"
#include "bgp-profile.h"
#include "bgp-timers.h"
#include "bgp-update.h"
#include "detection-event.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One BGP connection and its state machine: carries out what a BgpFsm decides.
 *
 * It owns the connection, the timers and the messages. What the routes mean, and what happens when
 * two connections with one neighbour collide, is its owner's affair.
 *
 * Its timers are those of RFC 4271 section 8.1.3 and 10, with the deviations that a BgpProfile
 * states.
 */
class BgpSession : public Object, private BgpConnection::Owner
{
  public:
    /// Everything that is configured.
    struct Config
    {
        BgpConnection::Settings tcp; //!< how connections are made
        InetSocketAddress local{Ipv4Address::GetAny(),
                                0}; //!< address and port to connect from; port 0 for any
        InetSocketAddress remote{Ipv4Address::GetAny(), 0}; //!< address and port of the neighbour
        BgpAgreement::Terms terms;                          //!< what we bring along
        BgpProfile profile;  //!< the other timers, and how the implementation treats them
        BgpFsm::Options fsm; //!< optional parts of the state machine
        std::vector<BgpCapability> capabilities; //!< announced besides those understood here
    };

    /// Who decides what a session cannot decide by itself.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief A session changed its state.
         * @param session which
         * @param from the state before
         */
        virtual void HandleState(BgpSession& session, BgpState from) = 0;

        /**
         * @brief The neighbour's OPEN was acceptable: may this connection live? (RFC 4271
         *        section 6.8)
         * @param session which
         * @return false if another connection with the same neighbour is kept instead
         */
        virtual bool ResolveCollision(BgpSession& session) = 0;

        /**
         * @brief An UPDATE arrived.
         * @param session which; Established
         * @param update the routes
         */
        virtual void HandleUpdate(BgpSession& session, const BgpUpdate& update) = 0;

        /**
         * @brief A message was sent or received.
         * @param session which
         * @param sent whether it was sent
         * @param type what it is
         * @param size its bytes, header included
         */
        virtual void HandleMessage(BgpSession& session,
                                   bool sent,
                                   BgpMessageType type,
                                   uint32_t size) = 0;

        /**
         * @brief A NOTIFICATION was sent or received: the session ends.
         * @param session which
         * @param sent whether it was sent
         * @param error what it says
         */
        virtual void HandleNotification(BgpSession& session, bool sent, const BgpError& error) = 0;
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpSession();
    ~BgpSession() override;

    /**
     * @brief Configure it; before Start.
     * @param config the configuration
     * @param owner who decides for it; must outlive the session's use, until Detach
     * @param jitter uniform on [0, 1): the timers' jitter
     */
    void Configure(const Config& config, Owner* owner, Ptr<UniformRandomVariable> jitter);

    /// Nobody decides for it any more: it ends in silence, what it sent is delivered.
    void Detach();

    /**
     * @brief Start: connect, or wait for the neighbour to do so.
     * @param automatic by itself, not by the operator
     * @param passive wait for the neighbour
     */
    void Start(bool automatic, bool passive);

    /**
     * @brief Stop.
     * @param event ManualStop, AutomaticStop or OpenCollisionDump
     * @param cease subcode of the Cease that the neighbour is told, if there is one to tell
     */
    void Stop(BgpEvent event, BgpError::CeaseSubcode cease);

    /// The interface towards the neighbour went down: do not wait for a timer to find out.
    void LoseLink();

    /**
     * @brief Take over a connection that the neighbour made.
     * @param socket the accepted socket
     */
    void Adopt(Ptr<Socket> socket);

    /**
     * @brief Announce or withdraw routes.
     * @param messages whole UPDATE messages; ignored unless Established
     */
    void SendUpdates(std::vector<std::vector<uint8_t>> messages);

    /**
     * @brief The process hangs or comes back. TCP goes on meanwhile. When it comes back, it looks
     *        at timers that ran out before it reads what has arrived; what a hold timer does that
     *        finds something unread is up to the profile.
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

    /// The node lost its power: everything is gone, nobody is told.
    void Forget();

    /**
     * @brief The state.
     * @return it
     */
    BgpState GetState() const;

    /**
     * @brief Why the session last left Established, or did not get there.
     * @return the cause
     */
    LineCause GetCause() const;

    /**
     * @brief What both ends agreed on: hold time, keepalive time, the neighbour's OPEN.
     * @return it; that of the last connection that got so far
     */
    const BgpAgreement& GetAgreement() const;

    /**
     * @brief Time until a timer expires.
     * @param timer which; HOLD for the silence that is still allowed
     * @return the time; zero if it does not run
     */
    Time GetTimeLeft(BgpTimer timer) const;

    /**
     * @brief When something was last heard that counts.
     * @return time of the last KEEPALIVE or UPDATE
     */
    Time GetLastHeard() const;

    /**
     * @brief Whether the neighbour began the connection.
     * @return true for an adopted one
     */
    bool IsIncoming() const;

    /**
     * @brief The connection, for its socket and backlog.
     * @return it
     */
    const BgpConnection& GetConnection() const;

  protected:
    void DoDispose() override;

  private:
    // in the order in which a session lives
    void HandleConnected() override;
    void HandleDisconnected(TcpEndCause cause) override;
    void HandleMessage(const BgpMessage& message) override;
    void HandleUnreadable(const BgpError& error) override;
    void HandleSendProgress() override;

    // one per type of message
    void HandleOpen(const BgpMessage& message);
    void HandleUpdate(const BgpMessage& message);
    void HandleNotification(const BgpMessage& message);

    /**
     * @brief A timer expired.
     * @param event what it is to the state machine
     */
    void HandleExpired(BgpEvent event);

    /**
     * @brief An error in what the neighbour sent.
     * @param event which kind
     * @param error what to tell it
     */
    void Fail(BgpEvent event, const BgpError& error);

    /**
     * @brief Let the state machine decide, and do what it says.
     * @param event what happened
     */
    void Fire(BgpEvent event);
    /**
     * @brief Take one step of the state machine. Whoever traces it may take the power away: the
     *        rest of the step is not done then.
     * @param event what happened
     */
    void Step(BgpEvent event);
    /**
     * @brief Do one thing that the state machine says.
     * @param action what
     * @param transition what it belongs to
     */
    void Execute(BgpAction action, const BgpTransition& transition);

    /// Send a KEEPALIVE.
    void SendKeepalive();
    /**
     * @brief Say why the session ends; what closes the connection takes it along.
     * @param transition the state machine's words, if it has any; else ours
     */
    void PrepareNotification(const BgpTransition& transition);
    /// End the connection, with the NOTIFICATION that was prepared, if any.
    void DropConnection();

    /**
     * @brief Send a message.
     * @param type what it is
     * @param message the whole message
     */
    void Send(BgpMessageType type, std::vector<uint8_t> message);

    Config m_config;                             //!< everything that is configured
    Owner* m_owner{nullptr};                     //!< who decides; null when detached
    BgpFsm m_fsm;                                //!< what decides the rest
    std::deque<BgpEvent> m_events;               //!< what happened and has yet to be decided upon
    uint32_t m_life{0};                          //!< how often the node lost its power
    BgpTimers m_timers;                          //!< all timers
    BgpConnection m_connection;                  //!< the bytes
    bool m_incoming{false};                      //!< the neighbour made the connection
    BgpAgreement m_agreement;                    //!< what both ends agreed on
    Time m_lastHeard;                            //!< last KEEPALIVE or UPDATE
    BgpUpdate m_update;                          //!< the last one that arrived
    LineCause m_cause{LineCause::TCP_CLOSED};    //!< why it changed its state last
    LineCause m_tcpCause{LineCause::TCP_CLOSED}; //!< why the connection ended
    BgpError m_error;                 //!< what to say where the state machine does not know
    std::vector<uint8_t> m_lastWords; //!< a NOTIFICATION, for the end of the connection
    bool m_holdExpired{false};        //!< it is due to that, which some say late
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SESSION_H */
