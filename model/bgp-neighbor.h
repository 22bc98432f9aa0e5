/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_NEIGHBOR_H
#define KEEPALIVE_BGP_NEIGHBOR_H

#include "bgp-adj-rib-out.h"
#include "bgp-neighbor-settings.h"
#include "bgp-session.h"
#include "detection-event.h"
#include "line-protocol.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A neighbour as a BGP speaker is configured with it: its session, up or down.
 *
 * Usually there is one BgpSession. When both ends connect at the same time there are two for a
 * while, until one of the OPENs tells which of them is to stay (RFC 4271 section 6.8): the one that
 * the speaker with the higher identifier began. Both ends know that from the identifiers alone, so
 * they agree; for the same reason a connection in OpenSent takes part.
 *
 * A session that ended starts again after the idle hold time, as RFC 4271 calls automatic start;
 * without it a session that once failed would stay down for ever.
 */
class BgpNeighbor : public BgpNeighborSettings, private BgpSession::Owner
{
  public:
    /// Who is to hear of routes: the speaker.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief The session came up: the neighbour is to be told all routes.
         * @param neighbor which
         */
        virtual void HandleUp(BgpNeighbor& neighbor) = 0;

        /**
         * @brief The session went down: what the neighbour announced is void.
         * @param neighbor which
         */
        virtual void HandleDown(BgpNeighbor& neighbor) = 0;

        /**
         * @brief The neighbour announced or withdrew something.
         * @param neighbor which
         * @param update what
         */
        virtual void HandleUpdate(BgpNeighbor& neighbor, const BgpUpdate& update) = 0;
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpNeighbor();
    ~BgpNeighbor() override;

    /**
     * @brief The speaker starts, or its node boots: begin to speak, unless the operator shut the
     *        session.
     * @param config what the speaker knows; what the attributes say is filled in
     * @param owner who hears of routes; must outlive the use
     * @param number of the neighbour at its speaker, from 1
     */
    void Start(const BgpSession::Config& config, Owner* owner, uint32_t number);

    /**
     * @brief The operator shuts the session: it ends, and stays down until Reset, which is part of
     *        the configuration and outlives a crash of the node.
     * @param cease what the neighbour is told
     */
    void Stop(BgpError::CeaseSubcode cease);

    /**
     * @brief The operator restarts the session, or enables it again: it ends, and begins again at
     *        once if the speaker runs.
     * @param cease what the neighbour is told
     */
    void Reset(BgpError::CeaseSubcode cease);

    /// The speaker stops: end the session with Cease / Peer De-configured, and wait for Start.
    void Leave();

    /**
     * @brief The neighbour made a connection.
     * @param socket the accepted socket
     */
    void Accept(Ptr<Socket> socket);

    /// The interface towards the neighbour went down.
    void HandleInterfaceDown();

    /**
     * @brief What watches the neighbour besides us, such as BFD, says that it is gone: end the
     *        session with Cease / BFD Down (RFC 9384), if it has got as far as OpenSent.
     */
    void HandleBfdDown();

    /**
     * @brief The control plane of our node hangs or comes back.
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

    /// Our node lost its power.
    void Forget();

    /**
     * @brief What the neighbour is to know. Call Flush when the changes are complete.
     * @return the changes
     */
    BgpAdjRibOut& GetAdjRibOut();

    /// Send what the neighbour is yet to be told: now, after the advertisement interval, or when
    /// the process goes on that hangs.
    void Flush();

    /**
     * @brief Whether the session is up.
     * @return true in Established
     */
    bool IsEstablished() const;

    /**
     * @brief The session that counts: the established one, or the one that is furthest.
     * @return it; null before Start
     */
    Ptr<BgpSession> GetSession() const;

    /**
     * @brief AS of the neighbour.
     * @return that of its OPEN, or else attribute RemoteAs
     */
    uint32_t GetRemoteAs() const;

    /**
     * @brief Whether the neighbour is in another AS.
     * @return true if it is, as far as is known: see GetRemoteAs
     */
    bool IsExternal() const;

    /**
     * @brief Number of the neighbour at its speaker.
     * @return the number, from 1
     */
    uint32_t GetNumber() const;

    /**
     * @brief When the session last came up or went down.
     * @return the time
     */
    Time GetLastChange() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many stream numbers were used
     */
    int64_t AssignStreams(int64_t stream);

    /**
     * @brief Signature of the State trace source.
     * @param from state before
     * @param to state after
     */
    typedef void (*StateTracedCallback)(BgpState from, BgpState to);

    /**
     * @brief Signature of the MessageTx and MessageRx trace sources.
     * @param type what it is
     * @param size its bytes, header included
     */
    typedef void (*MessageTracedCallback)(BgpMessageType type, uint32_t size);

    /**
     * @brief Signature of the NotificationTx and NotificationRx trace sources.
     * @param error what it says
     */
    typedef void (*NotificationTracedCallback)(const BgpError& error);

  protected:
    void DoDispose() override;

  private:
    // what sessions ask and tell
    void HandleState(BgpSession& session, BgpState from) override;
    bool ResolveCollision(BgpSession& session) override;
    void HandleUpdate(BgpSession& session, const BgpUpdate& update) override;
    void HandleMessage(BgpSession& session, bool sent, BgpMessageType type, uint32_t size) override;
    void HandleNotification(BgpSession& session, bool sent, const BgpError& error) override;

    /**
     * @brief Make a session.
     * @return it, idle
     */
    Ptr<BgpSession> MakeSession();
    /**
     * @brief End both sessions.
     * @param cease what the neighbour is told
     */
    void End(BgpError::CeaseSubcode cease);
    /**
     * @brief Part with a session that may be running right now.
     * @param session it
     */
    void Retire(Ptr<BgpSession> session);
    /// Forget the sessions that ended; none of them runs any more.
    void Bury();
    /**
     * @brief A change of the line: say who we are.
     * @param event the change
     */
    void Report(DetectionEvent& event);
    /// Send what the neighbour is yet to be told.
    void SendChanges();

    BgpSession::Config m_config;            //!< of every session
    Owner* m_owner{nullptr};                //!< the speaker
    uint32_t m_number{0};                   //!< of this neighbour
    Ptr<BgpSession> m_session;              //!< the session
    Ptr<BgpSession> m_second;               //!< a second connection that the neighbour made
    std::vector<Ptr<BgpSession>> m_retired; //!< ended, perhaps still running
    Ptr<UniformRandomVariable> m_jitter;    //!< of the timers
    LineProtocol m_line;                    //!< up or down
    BgpAdjRibOut m_adjRibOut;               //!< what the neighbour knows and is to know
    EventId m_flush;                        //!< the next UPDATEs
    Time m_lastFlush;                       //!< when there were some
    bool m_running{false};                  //!< the speaker runs, and its node
    bool m_shut{false};                     //!< by the operator
    bool m_stalled{false};                  //!< the process hangs
    bool m_bfdDown{false};                  //!< BFD said so meanwhile
    EventId m_bury;                         //!< retired sessions are to be forgotten

    TracedCallback<const DetectionEvent&> m_lineProtocolTrace; //!< up or down
    TracedCallback<BgpState, BgpState> m_stateTrace;           //!< every change of state
    TracedCallback<BgpMessageType, uint32_t> m_messageTxTrace; //!< every message sent
    TracedCallback<BgpMessageType, uint32_t> m_messageRxTrace; //!< every message received
    TracedCallback<const BgpError&> m_notificationTxTrace;     //!< a NOTIFICATION sent
    TracedCallback<const BgpError&> m_notificationRxTrace;     //!< a NOTIFICATION received
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_NEIGHBOR_H */
