/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_AUTOMATON_H
#define KEEPALIVE_PPP_AUTOMATON_H

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The option negotiation automaton of PPP (RFC 1661 section 4), complete.
 *
 * One and the same for LCP and every network control protocol. It knows no time, no counter and no
 * packet: its owner tells it of one event after another, and carries out the actions that it
 * returns, in their order.
 *
 * An event for which the table of section 4.1 has "-" cannot happen if the owner is sound. It
 * changes nothing, and is reported as impossible.
 *
 * Copying copies configuration and state.
 */
class PppAutomaton
{
  public:
    /// The states, numbered as in RFC 1661 section 4.1 and described in section 4.2.
    enum class State : uint8_t
    {
        INITIAL,  //!< 0: lower layer down, no Open
        STARTING, //!< 1: lower layer down, Open
        CLOSED,   //!< 2: lower layer up, no Open
        STOPPED,  //!< 3: lower layer up, Open, and nothing tried any more
        CLOSING,  //!< 4: terminating; will be closed
        STOPPING, //!< 5: terminating; will be stopped
        REQ_SENT, //!< 6: a Configure-Request is out; no Configure-Ack sent or received
        ACK_RCVD, //!< 7: a Configure-Ack was received; none sent
        ACK_SENT, //!< 8: a Configure-Ack was sent; none received
        OPENED    //!< 9: a Configure-Ack was both sent and received
    };

    /// The events of RFC 1661 section 4.3, in the order of the table.
    enum class Event : uint8_t
    {
        UP,                   //!< Up: the lower layer is ready
        DOWN,                 //!< Down: the lower layer is no longer ready
        OPEN,                 //!< Open: administratively allowed
        CLOSE,                //!< Close: administratively forbidden
        TIMEOUT_RETRY,        //!< TO+: Restart timer expired, restart counter above zero
        TIMEOUT_GIVE_UP,      //!< TO-: Restart timer expired, restart counter used up
        CONFIGURE_ACCEPTABLE, //!< RCR+: a Configure-Request that can be acknowledged came
        CONFIGURE_BAD,        //!< RCR-: a Configure-Request to be Nak'ed or rejected came
        CONFIGURE_ACK,        //!< RCA: a valid Configure-Ack came
        CONFIGURE_NAK,        //!< RCN: a valid Configure-Nak or Configure-Reject came
        TERMINATE_REQUEST,    //!< RTR: a Terminate-Request came
        TERMINATE_ACK,        //!< RTA: a Terminate-Ack came
        UNKNOWN_CODE,         //!< RUC: a packet with an unknown code came
        REJECT_HARMLESS,      //!< RXJ+: a Code- or Protocol-Reject that can be lived with came
        REJECT_FATAL,         //!< RXJ-: a Code- or Protocol-Reject of something vital came
        ECHO_OR_DISCARD       //!< RXR: an Echo-Request, Echo-Reply or Discard-Request came
    };

    /// The actions of RFC 1661 section 4.4.
    enum class Action : uint8_t
    {
        NONE, //!< fills unused places
        TLU,  //!< This-Layer-Up
        TLD,  //!< This-Layer-Down
        TLS,  //!< This-Layer-Started: the lower layer is wanted
        TLF,  //!< This-Layer-Finished: the lower layer is wanted no more
        IRC,  //!< Initialize-Restart-Count
        ZRC,  //!< Zero-Restart-Count, and wait for one timeout
        SCR,  //!< Send-Configure-Request
        SCA,  //!< Send-Configure-Ack
        SCN,  //!< Send-Configure-Nak or -Reject
        STR,  //!< Send-Terminate-Request
        STA,  //!< Send-Terminate-Ack
        SCJ,  //!< Send-Code-Reject
        SER   //!< Send-Echo-Reply, or whatever else the packet asks for
    };

    static constexpr std::size_t STATE_COUNT = 10;  //!< how many states there are
    static constexpr std::size_t EVENT_COUNT = 16;  //!< how many events there are
    static constexpr std::size_t ACTION_COUNT = 14; //!< how many actions there are, NONE included
    static constexpr std::size_t MAX_ACTIONS = 3;   //!< most actions in one step

    /// What an event led to.
    struct Step
    {
        State from{State::INITIAL};    //!< state before
        State to{State::INITIAL};      //!< state after
        Action actions[MAX_ACTIONS]{}; //!< what to do, in this order; the rest is NONE
        bool possible{true};           //!< false if the table has "-" here: nothing changed
        bool crossed{false};           //!< marked x in the table: crossed connection

        /**
         * @brief Whether an action is part of this step.
         * @param action the action
         * @return true if it is
         */
        bool Has(Action action) const;
    };

    /// The implementation options that RFC 1661 leaves open.
    struct Options
    {
        /// p, section 4.2 "Stopped": having given up, wait quietly for the peer to begin (no tlf).
        bool passive{false};
        /// r, section 4.3 "Open": a repeated Open negotiates afresh, as by a Down and an Up.
        bool restart{false};
    };

    PppAutomaton() = default;

    /**
     * @brief Create an automaton in state Initial.
     * @param options the implementation options
     */
    explicit PppAutomaton(const Options& options);

    /**
     * @brief Something happened.
     * @param event what
     * @return the actions to carry out now, in order
     */
    [[nodiscard]] Step Handle(Event event);

    /**
     * @brief The state.
     * @return the state
     */
    State GetState() const;

    /**
     * @brief Whether the Restart timer may run in a state (RFC 1661 section 4.2).
     * @param state the state
     * @return true from Closing to Ack-Sent
     */
    static bool IsTimed(State state);

  private:
    Options m_options;             //!< p and r
    State m_state{State::INITIAL}; //!< the state
};

/**
 * @brief The name of a state in RFC 1661.
 * @param state the state
 * @return a name such as "Ack-Rcvd"
 */
const char* ToString(PppAutomaton::State state);

/**
 * @brief The name of an event in the table of RFC 1661 section 4.1.
 * @param event the event
 * @return a name such as "RCR+"
 */
const char* ToString(PppAutomaton::Event event);

/**
 * @brief The name of an action in the table of RFC 1661 section 4.1.
 * @param action the action
 * @return a name such as "scr"; empty for NONE
 */
const char* ToString(PppAutomaton::Action action);

/**
 * @brief The name of a state as the consoles of routers print it in brackets.
 *
 * They tell fewer states apart than the RFC: everything before the first Configure-Request is
 * Closed, waiting in Stopped is Listen. The names of Closing and Stopping are from memory; none of
 * the transcripts at hand has them.
 *
 * @param state the state
 * @return a name such as "ACKrcvd"
 */
const char* ToConsoleName(PppAutomaton::State state);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_AUTOMATON_H */
