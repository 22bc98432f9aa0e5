/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SESSION_H
#define KEEPALIVE_BFD_SESSION_H

#include "bfd-fsm.h"
#include "bfd-header.h"
#include "bfd-session-settings.h"
#include "bfd-timing.h"
#include "detection-event.h"
#include "drop-reason.h"
#include "hold-timer.h"
#include "line-protocol.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of a BFD session in asynchronous mode (RFC 5880).
 *
 * It carries out what BfdFsm and BfdTiming decide: it sends periodically, with jitter, and at once
 * when it has something new to say or is asked; and it suspects the peer after a detection time of
 * silence. It knows no socket: an Owner sends its packets and hands it those of its peer.
 *
 * A session that comes up says so in a packet that still advertises the 1 s of slow start. From
 * then on it sends at the interval that is configured, and the first such packet begins the Poll
 * Sequence that tells the peer. Only that packet shortens the peer's detection time.
 *
 * What is not modelled: the Echo function (Required Min Echo RX Interval is 0, which forbids the
 * peer to use it), authentication (packets with it are dropped), and Demand mode of our own. A peer
 * that sets the D bit gets what it asks for: no more periodic packets while both ends are Up.
 *
 * After a detection time of silence everything that the peer said is forgotten. The RFC says so of
 * its discriminator only (section 6.8.1); a Required Min RX Interval of 0 that was kept would
 * silence both ends for ever if the peer comes back as the passive one.
 */
class BfdSession : public BfdSessionSettings
{
  public:
    /// Who knows the network.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief Send a packet to the peer.
         * @param session whose
         * @param packet a BFD Control packet, without UDP header
         */
        virtual void SendBfdPacket(BfdSession& session, Ptr<Packet> packet) = 0;

        /**
         * @brief Fill in node and interface of an event.
         * @param session whose
         * @param event what is to be completed
         */
        virtual void Locate(const BfdSession& session, DetectionEvent& event) const = 0;
    };

    /**
     * @brief Signature of the State trace source.
     * @param from the state before
     * @param to the state now
     */
    typedef void (*StateTracedCallback)(BfdState from, BfdState to);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdSession();
    ~BfdSession() override;

    /**
     * @brief Begin a new session, in Down, or in AdminDown if the operator has shut it.
     * @param owner who sends for it; must live as long as the session, until Dispose
     * @param discriminator our name for it; not 0
     * @param controlPlaneIndependent whether it goes on while the control plane hangs (C bit)
     */
    void Start(Owner* owner, uint32_t discriminator, bool controlPlaneIndependent);

    /**
     * @brief End it: silence from now on. The peer will find out.
     * @param cause what becomes of the line protocol, if it is up
     */
    void Stop(LineCause cause);

    /**
     * @brief A packet of the peer arrived, which is well formed and belongs to this session.
     * @param header the packet
     * @param packet the same, for the Drop trace
     */
    void Receive(const BfdHeader& header, Ptr<const Packet> packet);

    /**
     * @brief The process hangs or comes back. Meanwhile nothing is sent and nothing is judged. When
     *        it comes back it looks at its timers before it reads what has arrived, as FRR does.
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

    /**
     * @brief Add a callback that runs after every change of the line protocol, for clients.
     * @param callback the callback; IsUp and GetCause tell it the rest
     */
    void AddLinkChangeCallback(Callback<void> callback);

    /**
     * @brief Whether the session is Up, as the line protocol has it.
     * @return true if so
     */
    bool IsUp() const;

    /**
     * @brief Why the line protocol changed last.
     * @return the cause; NOT_ESTABLISHED if it never did
     */
    LineCause GetCause() const;

    /**
     * @brief The state.
     * @return it
     */
    BfdState GetState() const;

    /**
     * @brief Why the state changed last, as the peer is told.
     * @return the diagnostic
     */
    BfdDiagnostic GetDiagnostic() const;

    /**
     * @brief The state of the peer.
     * @return as its last packet said; Down if it is not heard
     */
    BfdState GetRemoteState() const;

    /**
     * @brief Why the state of the peer changed last.
     * @return as its last packet said
     */
    BfdDiagnostic GetRemoteDiagnostic() const;

    /**
     * @brief Our name for the session.
     * @return the discriminator; 0 before the start
     */
    uint32_t GetDiscriminator() const;

    /**
     * @brief The peer's name for the session.
     * @return the discriminator; 0 if it is not heard
     */
    uint32_t GetRemoteDiscriminator() const;

    /**
     * @brief What both ends want and agreed on.
     * @return the timing
     */
    const BfdTiming& GetTiming() const;

    /**
     * @brief The interval at which we send, before jitter.
     * @return it; 0 if nothing is to be sent periodically
     */
    Time GetTransmitInterval() const;

    /**
     * @brief How long the peer may be silent.
     * @return the detection time; 0 if it was not heard yet
     */
    Time GetDetectionTime() const;

    /**
     * @brief How long the peer may still be silent.
     * @return the rest of the detection time; 0 if it does not run
     */
    Time GetTimeLeft() const;

    /**
     * @brief When a packet was last heard that was not discarded.
     * @return the time; 0 if never
     */
    Time GetLastHeard() const;

    /**
     * @brief When the line protocol changed last.
     * @return the time; 0 if never
     */
    Time GetLastChange() const;

  protected:
    void DoDispose() override;

  private:
    void HandleTimers() override;
    void HandleAdminDown() override;

    /// Nothing was heard for the detection time.
    void HandleSilence();
    /// Be as if the peer had never been heard.
    void ForgetPeer();
    /**
     * @brief Something happened: tell the peer what it has to know now, and everyone else.
     * @param answer whether the peer asked for a Final
     */
    void Settle(bool answer);
    /// Follow what BfdTiming says: when to send next, and how long the peer may be silent.
    void Refresh();
    /// Tell sinks and clients of the state, if it is not what they know.
    void Report();
    /**
     * @brief Complete an event and pass it on.
     * @param event the change
     */
    void Complete(DetectionEvent& event);

    /// Let the next periodic packet be due when it is due now.
    void Reschedule();
    /**
     * @brief Draw the gap before the next periodic packet.
     * @param from when it begins
     */
    void BeginGap(Time from);
    /**
     * @brief Set when the next periodic packet is due.
     * @param from when the gap before it begins
     * @param factor length of the gap, as a share of the interval
     */
    void ScheduleDue(Time from, double factor);
    /// A periodic packet is due.
    void HandleDue();
    /**
     * @brief Whether we may send at all.
     * @return true unless stopped, stalled, passive and yet to hear the peer, or shut for long
     */
    bool MaySend() const;
    /**
     * @brief Whether we are to send periodically (RFC 5880 section 6.8.7).
     * @return true if so
     */
    bool IsSending() const;
    /**
     * @brief Send a packet between the periodic ones, if we may.
     * @param flag FINAL, or 0
     */
    void SendAtOnce(uint8_t flag);
    /**
     * @brief Send a packet.
     * @param flag POLL, FINAL, or 0
     */
    void Send(uint8_t flag);

    bool m_running{false};                 //!< between Start and Stop
    Owner* m_owner{nullptr};               //!< who sends; null before the first Start
    bool m_controlPlaneIndependent{false}; //!< C bit
    uint32_t m_discriminator{0};           //!< our name for the session
    BfdFsm m_fsm;                          //!< decides on the state
    BfdTiming m_timing;                    //!< decides on the timers
    BfdHeader m_peer;                      //!< the last packet of the peer; none: as by default
    BfdHeader m_lastSent;                  //!< the last packet we sent
    bool m_stalled{false};                 //!< the process hangs
    bool m_silenceWhileStalled{false};     //!< which went unnoticed

    EventId m_due;         //!< the next periodic packet
    Time m_lastTx;         //!< when we last sent, or began
    Time m_interval;       //!< that the present gap was made of; 0 for none
    Time m_farewellEnd;    //!< how long the peer is told of AdminDown
    Time m_lastHeard;      //!< last packet that was not discarded
    HoldTimer m_detection; //!< how long the peer may be silent

    LineProtocol m_line;                               //!< up or down
    BfdState m_reported{BfdState::DOWN};               //!< the state that sinks know
    LineCause m_cause{LineCause::NOT_ESTABLISHED};     //!< why it changed last
    LineCause m_lineCause{LineCause::NOT_ESTABLISHED}; //!< why the line changed last

    TracedCallback<const DetectionEvent&> m_lineProtocolTrace; //!< up or down
    TracedCallback<BfdState, BfdState> m_stateTrace;           //!< every change of state
    TracedCallback<const BfdHeader&> m_packetTxTrace;          //!< every packet sent
    TracedCallback<const BfdHeader&> m_packetRxTrace;          //!< every packet received
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< every packet discarded
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SESSION_H */
