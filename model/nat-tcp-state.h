/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_TCP_STATE_H
#define KEEPALIVE_NAT_TCP_STATE_H

#include <array>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a NAT or firewall believes about a TCP connection that it carries. Free of ns-3.
 *
 * The states and rules of Linux (net/netfilter/nf_conntrack_proto_tcp.c), which also serve for the
 * two states of RFC 5382 section 5, established and transitory: then all but one timeout are the
 * same. Two rules of Linux shorten the timeout of an established connection, both by default to
 * five minutes:
 *
 * - octets that have not been acknowledged
 * - the same segment without octets sent again and again, with nothing from the other side in
 *   between: unanswered keepalive probes, for instance
 *
 * Two checks of Linux are not made here: that sequence numbers are inside the window, as if
 * nf_conntrack_tcp_be_liberal were set, and that the sequence number of a reset is right.
 */
class NatTcpState
{
  public:
    /// States; "original" is the side that sent the first segment.
    enum class State : uint8_t
    {
        NONE,             //!< nothing seen yet
        SYN_SENT,         //!< SYN of the original side
        SYN_SENT_BY_BOTH, //!< SYN of either side: simultaneous open
        SYN_RECEIVED,     //!< SYN and ACK of the other side
        ESTABLISHED,      //!< acknowledged by the original side, or picked up in mid-stream
        FIN_WAIT,         //!< FIN of one side
        CLOSE_WAIT,       //!< which was acknowledged
        LAST_ACK,         //!< FIN of the second side
        TIME_WAIT,        //!< which was acknowledged
        CLOSED            //!< reset
    };

    /// What the header of a segment tells.
    struct Segment
    {
        bool syn{false};             //!< flag SYN
        bool fin{false};             //!< flag FIN
        bool rst{false};             //!< flag RST
        bool ack{false};             //!< flag ACK
        uint32_t sequence{0};        //!< sequence number
        uint32_t acknowledgment{0};  //!< acknowledgment number
        uint32_t length{0};          //!< octets of payload
        uint16_t window{UINT16_MAX}; //!< window, as it is in the header
    };

    /// How long a connection may be idle, in nanoseconds.
    struct Timeouts
    {
        int64_t synSent{0};        //!< in SYN_SENT and SYN_SENT_BY_BOTH
        int64_t synReceived{0};    //!< in SYN_RECEIVED
        int64_t established{0};    //!< in ESTABLISHED
        int64_t finWait{0};        //!< in FIN_WAIT
        int64_t closeWait{0};      //!< in CLOSE_WAIT
        int64_t lastAck{0};        //!< in LAST_ACK
        int64_t timeWait{0};       //!< in TIME_WAIT
        int64_t close{0};          //!< in CLOSED
        int64_t retransmitted{0};  //!< at most, behind maxRetransmissions; 0 for no such limit
        int64_t unacknowledged{0}; //!< at most, with octets unacknowledged; 0 for no such limit
        uint32_t maxRetransmissions{3}; //!< repetitions of a segment that set that limit
    };

    /// What to do with a segment.
    enum class Fate : uint8_t
    {
        PASS,    //!< let it pass: it belongs to the connection
        IGNORE,  //!< let it pass, but it does not prolong anything: only its receiver can judge it
        REMOVE,  //!< let it pass, and forget the connection
        INVALID, //!< it belongs to no connection
        FORGET   //!< it belongs to no connection, and the one there was is forgotten
    };

    /**
     * @brief A segment comes by.
     * @param segment the segment
     * @param original whether it is of the side that sent the first one
     * @param loose whether a connection may begin in mid-stream (nf_conntrack_tcp_loose)
     * @return what to do with it
     */
    [[nodiscard]] Fate Process(const Segment& segment, bool original, bool loose);

    /**
     * @brief How long the connection may be idle from now on.
     * @param timeouts the timeouts there are
     * @return time since the last segment that counts, in nanoseconds
     */
    [[nodiscard]] int64_t GetTimeout(const Timeouts& timeouts) const;

    /**
     * @brief The state.
     * @return the state
     */
    [[nodiscard]] State GetState() const;

    /**
     * @brief The name of a state, as conntrack prints it.
     * @param state the state
     * @return a name such as "SYN_SENT"
     */
    static const char* ToString(State state);

  private:
    /// What a segment is, by its flags.
    enum class Kind : uint8_t
    {
        SYN,     //!< SYN without ACK
        SYN_ACK, //!< SYN with ACK
        FIN,     //!< FIN
        ACK,     //!< ACK only
        RST,     //!< RST
        NONE     //!< no flag that makes sense
    };

    /// What one side has sent.
    struct Side
    {
        bool seen{false};           //!< anything at all
        bool unacknowledged{false}; //!< octets that the other side has not acknowledged
        uint32_t end{0};            //!< where the octets sent end
    };

    /**
     * @brief Tell what a segment is.
     * @param segment the segment
     * @return what it is
     */
    static Kind Classify(const Segment& segment);

    /**
     * @brief The state behind a segment, and what to do with it.
     * @param kind what it is
     * @param original whose it is
     * @param loose whether a connection may begin in mid-stream
     * @param next filled in with the state behind it, for Fate::PASS
     * @return what to do with it
     */
    Fate Judge(Kind kind, bool original, bool loose, State& next) const;

    /**
     * @brief Judge a SYN without ACK.
     * @param original whose it is
     * @param next filled in with the state behind it, for Fate::PASS
     * @return what to do with it
     */
    Fate JudgeSyn(bool original, State& next) const;

    /**
     * @brief Whether a SYN begins a connection anew that was closed or reset.
     * @param original whose it is
     * @return true if it does; else it may be one of a connection that is still there
     */
    bool MayReopen(bool original) const;

    /**
     * @brief Judge a SYN with ACK.
     * @param original whose it is
     * @param next filled in with the state behind it, for Fate::PASS
     * @return what to do with it
     */
    Fate JudgeSynAck(bool original, State& next) const;

    /**
     * @brief Judge a FIN.
     * @param next filled in with the state behind it, for Fate::PASS
     * @return what to do with it
     */
    Fate JudgeFin(State& next) const;

    /**
     * @brief Judge an ACK.
     * @param original whose it is
     * @param loose whether a connection may begin in mid-stream
     * @param next filled in with the state behind it, for Fate::PASS
     * @return what to do with it
     */
    Fate JudgeAck(bool original, bool loose, State& next) const;

    /**
     * @brief A segment is ignored: the ends may know more than is known here. Note what it is, and
     *        believe them if one accepts a new connection of the other.
     * @param segment the segment
     * @param kind what it is
     * @param original whose it is
     * @return what to do with it
     */
    Fate Ignore(const Segment& segment, Kind kind, bool original);

    /**
     * @brief Note the octets of a segment and what it acknowledges, and whether it is a repetition.
     * @param segment the segment
     * @param kind what it is
     * @param original whose it is
     */
    void Account(const Segment& segment, Kind kind, bool original);

    State m_state{State::NONE};    //!< the state
    bool m_replied{false};         //!< the other side has sent something
    bool m_pickedUp{false};        //!< it began in mid-stream
    bool m_closing{false};         //!< there was a FIN
    Kind m_lastKind{Kind::NONE};   //!< what the last segment was, even if it was ignored
    bool m_lastKindOriginal{true}; //!< whose that was
    uint32_t m_lastEnd{0};         //!< where the octets of the last ignored segment end
    std::array<Side, 2> m_sides;   //!< the original side, and the other
    bool m_hasLast{false};         //!< whether there was an ACK
    bool m_lastOriginal{false};    //!< whose the last ACK was
    Segment m_last{false, false, false, false, 0, 0, 0, 0}; //!< the last ACK, at first none
    uint32_t m_retransmissions{0}; //!< how often it was repeated, with nothing in between
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_TCP_STATE_H */
