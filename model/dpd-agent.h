/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_AGENT_H
#define KEEPALIVE_DPD_AGENT_H

#include "detection-event.h"
#include "dpd-configured-application.h"
#include "dpd-decision.h"
#include "dpd-exchange.h"
#include "dpd-message.h"
#include "dpd-profile.h"
#include "drop-reason.h"
#include "hold-timer.h"
#include "ike-association.h"
#include "ike-cipher-suite.h"
#include "line-protocol.h"
#include "node-part.h"
#include "ns3-compat.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of an IKE SA that looks after its peer: dead peer detection of IKEv1 (RFC 3706),
 *        liveness checks of IKEv2 (RFC 7296 section 2.4).
 *
 * The SA is taken for established at the start: both ends know its cookies and SPIs, which follow
 * from the attribute SaId, as if phase 1 had run before the simulation. No cipher is modelled: what
 * a real one would hide is sent in the clear within messages of the same size, see IkeCipherSuite.
 *
 * A peer that is given up takes the SA with it: what still comes with its cookies is dropped, and
 * the agent tries to set up a new one, at once and every ReestablishDelay. That is a stand-in: one
 * message with a new cookie, and one that answers it with another, of the sizes of IKE_SA_INIT, or
 * of the first two messages of Main Mode; the further messages of a real setup are left out. A peer
 * that still has its old SA takes the new one in its place and notices nothing else. If both try at
 * once the greater cookie wins.
 *
 * As a NodePart: a crash forgets the SA, so that after the boot the messages of the peer are those
 * of a stranger and are dropped (a real one would be told INVALID_SPI, which nobody may believe:
 * not modelled). While the control plane hangs the IKE process neither asks nor answers, and hears
 * nothing that is sent to it; but ESP flows on, as it does in a kernel. So a peer whose profile
 * takes data for a sign of life does not notice that the process hangs as long as data flows.
 *
 * Timers are exact; those of strongSwan compare whole seconds, and may fire up to 1 s early.
 */
class DpdAgent : public DpdConfiguredApplication, public NodePart, private IkeAssociation::Owner
{
  public:
    /**
     * @brief Signature of the trace sources RequestTx, RequestRx, ReplyTx and ReplyRx.
     * @param message the IKE message, without non-ESP marker
     * @param number its DPD sequence number (IKEv1) or message ID (IKEv2)
     */
    typedef void (*MessageTracedCallback)(Ptr<const Packet> message, uint32_t number);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    DpdAgent();
    ~DpdAgent() override;

    /**
     * @brief The SA of this end: its flow, for a NAT keepalive, and its names.
     * @return the association; there from construction on, open from the start on
     */
    Ptr<IkeAssociation> GetAssociation() const;

    /**
     * @brief Send data through the ESP SA.
     * @param data what ESP is to carry; its size includes whatever the cipher adds
     * @return whether it left; false without an SA
     */
    bool SendData(Ptr<Packet> data);

    /**
     * @brief Whether this end has an SA, and trusts its peer.
     * @return true while the line protocol is up
     */
    bool IsUp() const;

    /**
     * @brief Requests sent since the last sign of life.
     * @return how many; retransmissions count
     */
    uint32_t GetUnanswered() const;

    /**
     * @brief Add a callback that runs after every change of the line protocol.
     * @param callback the callback
     */
    void AddLinkChangeCallback(Callback<void> callback);

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many stream numbers were used
     */
    int64_t AssignStreams(int64_t stream) KEEPALIVE_APPLICATION_ASSIGN_STREAMS_OVERRIDE;

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    void DoDispose() override;

  private:
    // Inherited from Application
    void StartApplication() override;
    void StopApplication() override;

    // what the association tells
    void HandleIke(const IkeHeader& header,
                   Ptr<Packet> body,
                   const IkeEndpoint& from,
                   Ptr<const Packet> datagram) override;
    void HandleEsp(const EspHeader& header, Ptr<Packet> data, const IkeEndpoint& from) override;

    /**
     * @brief Take a new SA into use.
     * @param initiatorCookie of the end that set it up
     * @param responderCookie of the other end
     * @param initiator whether that is this end
     * @param alive when the peer gave its last sign of life, in ns
     */
    void Establish(uint64_t initiatorCookie,
                   uint64_t responderCookie,
                   bool initiator,
                   int64_t alive);
    /// Try to set up an SA, and again later.
    void SetUp();
    /// The decision's timer fired.
    void Wake();
    /**
     * @brief Do what the decision says.
     * @param verdict what it says
     */
    void Act(const DpdDecision::Verdict& verdict);
    /**
     * @brief Ask the peer.
     * @param again the last request, octet by octet; else a new one
     */
    void SendRequest(bool again);
    /// The peer is given up: forget the SA, try to set up another.
    void GiveUp();
    /**
     * @brief A request that asks for a new SA arrived.
     * @param message the request
     * @param from where it came from
     * @return why it is dropped; none if it is not
     */
    std::optional<DropReason> AcceptSetup(const DpdMessage& message, const IkeEndpoint& from);
    /**
     * @brief The reply to our attempt to set up an SA arrived.
     * @param message the reply
     * @param from where it came from
     * @return why it is dropped; none if it is not
     */
    std::optional<DropReason> FinishSetup(const DpdMessage& message, const IkeEndpoint& from);
    /**
     * @brief Sort a message.
     * @param message the message
     * @param packet its octets
     * @param from where it came from
     * @return why it is dropped; none if it is not
     */
    std::optional<DropReason> Handle(const DpdMessage& message,
                                     Ptr<const Packet> packet,
                                     const IkeEndpoint& from);
    /**
     * @brief A request of the peer arrived: answer it.
     * @param message the request
     * @param packet its octets
     * @param from where it came from
     * @return why it is dropped; none if it is not
     */
    std::optional<DropReason> HandleRequest(const DpdMessage& message,
                                            Ptr<const Packet> packet,
                                            const IkeEndpoint& from);
    /**
     * @brief A reply arrived.
     * @param message the reply
     * @param packet its octets
     * @param from where it came from
     * @return why it is dropped; none if it is not
     */
    std::optional<DropReason> HandleReply(const DpdMessage& message,
                                          Ptr<const Packet> packet,
                                          const IkeEndpoint& from);
    /**
     * @brief Fill in who says it, and pass it on.
     * @param event the change
     */
    void Report(DetectionEvent& event);
    /**
     * @brief A cookie, or any other number that must differ.
     * @return a random number, not 0
     */
    uint64_t Draw();

    Ptr<UniformRandomVariable> m_random;    //!< cookies, message IDs and first sequence numbers
    const DpdProfile* m_profile{nullptr};   //!< how the implementation behaves
    const IkeCipherSuite* m_suite{nullptr}; //!< sizes on the wire
    Ptr<IkeAssociation> m_association;      //!< the SA
    LineProtocol m_line;                    //!< whether the peer is trusted
    DpdDecision m_decision;                 //!< when to ask, when to give up
    HoldTimer m_timer;                      //!< the decision's timer
    EventId m_setup;                        //!< the next attempt to set up an SA
    DpdExchange m_exchange;                 //!< requests and replies of the SA
    uint64_t m_attempt{0};                  //!< our cookie while we try to set up; 0 if not
    bool m_running{false};                  //!< between start and stop
    bool m_powered{true};                   //!< the node has power
    bool m_stalled{false};                  //!< the IKE process hangs
    bool m_overdue{false};                  //!< the timer fired while it hung

    TracedCallback<const DetectionEvent&> m_lineTrace;            //!< the peer is given up, or back
    TracedCallback<Ptr<const Packet>, uint32_t> m_requestTxTrace; //!< requests sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_requestRxTrace; //!< requests received
    TracedCallback<Ptr<const Packet>, uint32_t> m_replyTxTrace;   //!< replies sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_replyRxTrace;   //!< replies received
    TracedCallback<Ptr<const Packet>> m_setupTxTrace;             //!< attempts to set up an SA
    TracedCallback<Ptr<const Packet>> m_dataTxTrace;              //!< data sent
    TracedCallback<Ptr<const Packet>> m_dataRxTrace;              //!< data received
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace;    //!< what went no further
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_AGENT_H */
