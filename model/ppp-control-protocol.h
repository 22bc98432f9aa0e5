/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_CONTROL_PROTOCOL_H
#define KEEPALIVE_PPP_CONTROL_PROTOCOL_H

#include "drop-reason.h"
#include "ppp-automaton.h"
#include "ppp-configure-exchange.h"
#include "ppp-control-header.h"
#include "ppp-options.h"
#include "ppp-restart-timer.h"
#include "run-to-completion.h"

#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of one PPP control protocol: the automaton of RFC 1661, its timer and its packets.
 *
 * What LCP and the network control protocols have in common: sections 4 and 5 of RFC 1661 up to
 * Code-Reject. A subclass says what its options mean. The frame around a packet, the line, and what
 * to do when the layer is up are the owner's.
 *
 * Every input runs to completion before the next begins. Whatever an owner does to this protocol
 * from inside one of its own functions (Close, Down, Receive, ...) happens when the actions of the
 * present event are done. Only Reset takes effect at once: nothing more is sent or told then.
 *
 * Configure-Acks that do not equal the request, answers to no request outstanding and malformed
 * packets are dropped with a reason (RFC 1661 section 5: "silently discarded"). A request takes one
 * answer: of two Acks to it (it was sent twice under one identifier) the second is dropped. To
 * follow the table of section 4.1 to the letter instead would tear down a link that just opened.
 *
 * Ties: an answer that arrives at the very instant at which the Restart timer expires is in time.
 *
 * Not modelled: options appended to a Configure-Nak to prompt for a request (section 5.3) are
 * ignored, and never sent.
 */
class PppControlProtocol
{
  public:
    using State = PppAutomaton::State; //!< state of the automaton

    static constexpr uint16_t DEFAULT_MRU = 1500; //!< bytes, RFC 1661 section 6.1

    /// Which way a packet went.
    enum class Direction : uint8_t
    {
        RECEIVED, //!< "I" on a console
        SENT      //!< "O" on a console
    };

    /// What an operator configures. The defaults are those of RFC 1661 section 4.6.
    struct Config
    {
        /// Time from a request to its repetition. Above the round-trip time, or an end that renews
        /// its identifiers never sees an answer in time.
        Time restartTimer{Seconds(3)};
        /// Max-Configure: Configure-Requests in a row without an answer before giving up. 0 means
        /// for ever, as Linux's hdlc_ppp and routers do on a leased line.
        uint32_t maxConfigure{10};
        uint32_t maxTerminate{2}; //!< Max-Terminate: Terminate-Requests before giving up, 1 or more
        /// Max-Failure: Configure-Naks without a Configure-Ack in between, sent or received, before
        /// the options in dispute are rejected or no longer asked for; 1 or more
        uint32_t maxFailure{5};
        /// A repeated Configure-Request takes a new identifier (Cisco IOS) or keeps it (RFC 1661
        /// section 5.1 allows both).
        bool renewIdentifier{false};
        uint8_t firstIdentifier{1}; //!< identifier of the first request of all
        bool passive{false};        //!< p, see PppAutomaton::Options
        bool restart{false};        //!< r, see PppAutomaton::Options
        /// Time in state Stopped after which negotiation begins again by itself, as on routers,
        /// which never give a line up. Zero leaves that to the owner, as the RFC does.
        Time retryAfter;

        /**
         * @brief What Cisco IOS does on a leased line.
         * @return 2 s, for ever, with new identifiers, and again after each termination
         */
        static Config CiscoIos();
    };

    /**
     * @brief Whose protocol it is: it owns the line and whatever stands on this layer.
     *
     * One owner may have several protocols; each call says which.
     */
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief Send a packet of this protocol.
         * @param protocol PPP protocol number
         * @param packet from its code on; a PppFrameHeader goes in front
         */
        virtual void SendControl(uint16_t protocol, Ptr<Packet> packet) = 0;

        /**
         * @brief The protocol is Opened: whatever stands on it may begin.
         * @param protocol PPP protocol number
         */
        virtual void ThisLayerUp(uint16_t protocol) = 0;

        /**
         * @brief The protocol is no longer Opened.
         * @param protocol PPP protocol number
         */
        virtual void ThisLayerDown(uint16_t protocol) = 0;

        /**
         * @brief The protocol wants the layer below.
         * @param protocol PPP protocol number
         */
        virtual void ThisLayerStarted(uint16_t protocol) = 0;

        /**
         * @brief The protocol needs the layer below no more: it is closed, or has given up.
         * @param protocol PPP protocol number
         */
        virtual void ThisLayerFinished(uint16_t protocol) = 0;

        /**
         * @brief A received packet went no further.
         * @param protocol PPP protocol number
         * @param packet from its code on
         * @param reason why
         */
        virtual void ControlDropped(uint16_t protocol,
                                    Ptr<const Packet> packet,
                                    DropReason reason) = 0;

        /**
         * @brief For consoles: a packet with a sound header arrived, or is about to be sent.
         * @param protocol PPP protocol number
         * @param direction whether it came or goes
         * @param packet from its code on, without padding
         * @param state the state before the packet, or the event that it answers, had any effect
         */
        virtual void ControlTrace([[maybe_unused]] uint16_t protocol,
                                  [[maybe_unused]] Direction direction,
                                  [[maybe_unused]] Ptr<const Packet> packet,
                                  [[maybe_unused]] State state)
        {
        }

        /**
         * @brief For consoles: the Restart timer expired.
         * @param protocol PPP protocol number
         * @param state the state in which it expired
         */
        virtual void ControlTimeout([[maybe_unused]] uint16_t protocol,
                                    [[maybe_unused]] State state)
        {
        }
    };

    virtual ~PppControlProtocol() = default;

    PppControlProtocol(const PppControlProtocol&) = delete;
    PppControlProtocol& operator=(const PppControlProtocol&) = delete;

    /// The lower layer is ready.
    void Up();
    /// The lower layer is no longer ready.
    void Down();
    /// The operator allows the protocol.
    void Open();
    /// The operator forbids the protocol.
    void Close();

    /**
     * @brief A packet of this protocol came from the line.
     * @param packet from its code on, padding allowed; it is not changed
     */
    void Receive(Ptr<const Packet> packet);

    /**
     * @brief The peer's LCP says that it does not know this protocol (RFC 1661 section 5.7).
     *
     * It stops, and is not tried again until the lower layer has been down.
     */
    void HandleProtocolReject();

    /// The node crashed: all state is lost, and nobody is told. State Initial, and not opened.
    void Reset();

    /**
     * @brief The process hangs or comes back: the control plane of its router is stalled.
     *
     * While stalled, packets are dropped. Timeouts, and what line and operator do, wait.
     *
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

    /**
     * @brief Tell how much the peer can receive: what is quoted in rejects is cut to that.
     * @param mru the peer's Maximum-Receive-Unit, bytes
     */
    void SetPeerMru(uint16_t mru);

    /**
     * @brief The protocol.
     * @return PPP protocol number
     */
    uint16_t GetProtocol() const;

    /**
     * @brief The state of the automaton.
     * @return the state
     */
    State GetState() const;

    /**
     * @brief Whether negotiation has succeeded.
     * @return true in state Opened
     */
    bool IsOpened() const;

  protected:
    using Answer = PppConfigureExchange::Answer;       //!< see there
    using Judgement = PppConfigureExchange::Judgement; //!< see there

    /**
     * @brief Create a protocol in state Initial.
     * @param owner whose it is; must outlive the protocol
     * @param protocol PPP protocol number
     * @param config the configuration
     */
    PppControlProtocol(Owner& owner, uint16_t protocol, const Config& config);

    /// A negotiation begins: ask again for everything that is configured.
    virtual void ResetOptions() = 0;

    /**
     * @brief What to ask for.
     * @return the options of the next Configure-Request
     */
    virtual PppOptions BuildRequest() = 0;

    /**
     * @brief Judge an option that the peer asks for.
     * @param option the option
     * @return the answer
     */
    virtual Judgement JudgeOption(const PppOptions::Option& option) = 0;

    /**
     * @brief The peer's request is acknowledged: what it asked for is in force.
     * @param options all that it asked for
     */
    virtual void AcceptPeer(const PppOptions& options) = 0;

    /**
     * @brief The peer acknowledged our request.
     * @param options what we had asked for
     */
    virtual void OnAck([[maybe_unused]] const PppOptions& options)
    {
    }

    /**
     * @brief The peer wants other values.
     * @param options what it would agree to; maybe options that were not asked for, or malformed
     * @param giveUp this has gone on for Max-Failure times: better ask for these no more
     */
    virtual void OnNak(const PppOptions& options, bool giveUp) = 0;

    /**
     * @brief The peer does not want some of our options at all.
     * @param options which; all of them were in the request
     */
    virtual void OnReject(const PppOptions& options) = 0;

    /**
     * @brief Whether a code above Code-Reject is known.
     * @param code the code
     * @return true to have packets of this code passed to HandleExtended
     */
    virtual bool IsExtendedCode([[maybe_unused]] uint8_t code) const
    {
        return false;
    }

    /**
     * @brief Handle a packet with a code above Code-Reject.
     * @param header its header
     * @param packet the whole packet, from its code on, without padding
     */
    virtual void HandleExtended([[maybe_unused]] const PppControlHeader& header,
                                [[maybe_unused]] Ptr<const Packet> packet)
    {
    }

    /**
     * @brief The peer does not know a code that it is allowed not to know: send none any more.
     * @param code the code
     */
    virtual void OnCodeReject([[maybe_unused]] uint8_t code)
    {
    }

    /**
     * @brief Send a packet of this protocol.
     * @param code its code
     * @param identifier its identifier
     * @param data what follows its header
     * @param state state to report in the trace
     */
    void Send(uint8_t code, uint8_t identifier, const std::vector<uint8_t>& data, State state);

    /**
     * @brief Drop a received packet.
     * @param packet the packet
     * @param reason why
     */
    void Drop(Ptr<const Packet> packet, DropReason reason);

    /**
     * @brief Feed the automaton, and carry out what it says.
     * @param event what happened
     * @param packet the packet that made it happen, null for none
     */
    void Handle(PppAutomaton::Event event, Ptr<const Packet> packet);

    /**
     * @brief An identifier for a request that is not a Configure- or Echo-Request.
     * @return one never used before, as far as 256 go
     */
    uint8_t MakeIdentifier();

    /**
     * @brief The peer's Maximum-Receive-Unit.
     * @return bytes
     */
    uint16_t GetPeerMru() const;

    /**
     * @brief Copy the bytes of a packet.
     * @param packet the packet
     * @param skip bytes to leave out at its start
     * @return the rest
     */
    static std::vector<uint8_t> GetBytes(Ptr<const Packet> packet, uint32_t skip);

  private:
    // in the order of an input's way
    void TimerExpired();
    void HandleTimeout();
    void HandlePacket(Ptr<const Packet> received);
    void HandleConfigureRequest(Ptr<const Packet> packet);
    void HandleAnswer(const PppControlHeader& header, Ptr<const Packet> packet);
    void HandleCodeReject(Ptr<const Packet> packet);
    void Execute(PppAutomaton::Action action,
                 const PppAutomaton::Step& step,
                 Ptr<const Packet> packet);
    void SendConfigureRequest(State from);
    void SendReply(uint8_t identifier, State from);
    void SendTerminateRequest(State from);

    Owner& m_owner;                  //!< whose protocol it is
    const uint16_t m_protocol;       //!< PPP protocol number
    const Config m_config;           //!< the configuration
    RunToCompletion m_inputs;        //!< what is to be handled
    PppAutomaton m_automaton;        //!< what to do
    PppRestartTimer m_timer;         //!< in Stopped, time until the retry
    bool m_unknownToPeer{false};     //!< the peer rejected this protocol
    uint16_t m_peerMru{DEFAULT_MRU}; //!< what the peer can receive

    uint8_t m_nextIdentifier;            //!< of the next request
    PppConfigureExchange m_exchange;     //!< what was asked and answered
    PppConfigureExchange::Reply m_reply; //!< the answer to the present request
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_CONTROL_PROTOCOL_H */
