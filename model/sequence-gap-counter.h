/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SEQUENCE_GAP_COUNTER_H
#define KEEPALIVE_SEQUENCE_GAP_COUNTER_H

#include "link-transition.h"
#include "missed-reply-counter.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides, from numbered keepalives sent and heard, whether the line to the peer works.
 *
 * The decision behind Cisco HDLC keepalives. Both ends send a keepalive at each of their own ticks;
 * it carries their own number and returns the last number that they heard. It knows no clock: the
 * owner's tick is the time. It knows no packet: the owner says what arrived.
 *
 * A tick of the owner is, in this order: OnTick, print the debug line, NextSequence, send. In the
 * terms of that line, M ("myseq") is the number last sent, S ("mineseen") the last one that the
 * peer returned, Y ("yourseen") the peer's last. The gap d = M - S is judged before a tick sends:
 * right behind a keepalive of the peer it is 0.
 *
 * Implementations disagree about the rule. N = downCount, T = own interval, Tb = interval of the
 * peer, H = hold time. For Tb = T, with phi in (0, T] from the peer's last keepalive to the own
 * tick behind it, and a peer that falls silent e in [0, T) after that keepalive (a failure of the
 * peer or of both directions), the detection time is
 *
 * | rule    | down at a tick with          | detection time     | is in              | L       |
 * |---------|------------------------------|--------------------|--------------------|---------|
 * | IOS     | d >= N (reset at N - 1)      | phi + N*T - e      | ((N-1)*T, (N+1)*T] | N*T     |
 * | NOKIA   | d + 1 >= N                   | phi + (N-1)*T - e  | ((N-2)*T, N*T]     | (N-1)*T |
 * | LINUX   | none accepted for over H     | that tick          | (H-T, H+T]         | H (*)   |
 * | FREEBSD | N-th send without accepted   | phi + (N-1)*T - e  | ((N-2)*T, N*T]     | (N-1)*T |
 * | SPPP    | N sends without any heard    | phi + N*T - e      | ((N-1)*T, (N+1)*T] | N*T     |
 * | H3C     | N sends without accepted     | phi + N*T - e      | ((N-1)*T, (N+1)*T] | N*T     |
 * | JUNOS   | N intervals without accepted | phi + N*T - e      | ((N-1)*T, (N+1)*T] | N*T     |
 *
 * with a mean in the middle of the interval. With mismatched timers the line flaps if and only if
 * Tb > L: the fraction (Tb - L) / Tb of the own ticks then finds it down, and the slower end never
 * does. (*) For sure from H + T on; between, it depends on phases. With IOS and
 * (N-1)*T < Tb <= N*T the line stays up but the interface is reset again and again.
 *
 * For IOS and NOKIA, numbers returned are as old as the round trip R: phi starts, and e is counted
 * from, one R earlier, so that they go down earlier, and the limit is exceeded by Tb + R > L. NOKIA
 * with N = 2 thus needs ends whose keepalives never cross.
 *
 * If only what we send is lost, IOS and NOKIA go down behind N*T and (N-1)*T, and at most one T
 * later: the number returned stands still. SPPP and JUNOS never do: they ask whether the peer is
 * heard, not whether it hears.
 *
 * What is accepted, and brings a line that is down up again on arrival:
 *
 * | rule    | accepted if the number returned is               | next number sent | the first |
 * |---------|--------------------------------------------------|------------------|-----------|
 * | IOS     | no future number, and d < N with it              | M + 1            | 1         |
 * | NOKIA   | no future number, and d + 1 < N with it          | M + 1            | 1         |
 * | LINUX   | M or M - 1, but not 0                            | M + 1            | 1         |
 * | FREEBSD | M, not accepted before; 0 before anything is sent | M + 1 if accepted, else M | 0 |
 * | SPPP    | anything                                         | M + 1            | 1         |
 * | H3C     | M, not accepted before                           | as FREEBSD       | 1         |
 * | JUNOS   | no future number                                 | M + 1            | 1         |
 *
 * Numbers are compared modulo 2^32. A future number, M + 1 to M + 2^31, was never sent: the peer
 * remembers it from before our restart, or invents it. It is not accepted and S stays, so that it
 * neither brings the line up nor keeps it up; only SPPP, which does not look at it, is kept up by
 * it. The wrap from 2^32 - 1 to 0 goes unnoticed, except that LINUX, for which 0 means "none",
 * refuses what returns 0: its hold time bridges that.
 *
 * IOS and LINUX are exact as far as public traces and source go (IOS prints, Linux hdlc_cisco.c),
 * as are FREEBSD (ng_cisco.c, N = 3) and SPPP (if_spppsubr.c, N = 3; without its loop test, which
 * draws a new number). NOKIA, H3C and JUNOS are what their manuals say. The IOS rule for coming up
 * again is in no source: arrival, as JUNOSe has it, is an assumption.
 *
 * A counter starts trusting the peer, except that LINUX starts down. Copying copies configuration
 * and state.
 */
class SequenceGapCounter
{
  public:
    /// Whose rule.
    enum class Rule : uint8_t
    {
        IOS,     //!< Cisco IOS and JUNOSe, and the traces of the seed
        NOKIA,   //!< Nokia 7750 and 7705, and i4l: one tick earlier than IOS
        LINUX,   //!< Linux hdlc_cisco: a hold time, no count
        FREEBSD, //!< FreeBSD ng_cisco: sends a number until it is returned
        SPPP,    //!< FreeBSD sppp: anything heard is good
        H3C,     //!< H3C Comware: sends a number until it is returned
        JUNOS    //!< Juniper Junos: down-count and up-count
    };

    /// What a tick concludes.
    struct Tick
    {
        LinkTransition transition{LinkTransition::NONE}; //!< NONE or WENT_DOWN
        bool reset{false};                               //!< IOS resets the interface at this tick
    };

    /// What the arrival of a keepalive concludes.
    struct Arrival
    {
        LinkTransition transition{LinkTransition::NONE}; //!< NONE or WENT_UP
        bool accepted{false}; //!< it counts as evidence of life, see the class comment
    };

    /**
     * @brief Start with nothing sent and nothing heard.
     * @param rule whose rule
     * @param downCount the N of the class comment: 1 or more, 2 or more for NOKIA (with 1 it is
     *        down for ever); without meaning for LINUX
     * @param upCount keepalives accepted in a row, while down, that bring the line up: 1 or more.
     *        The row ends at a tick that would go down and at a keepalive that is not accepted;
     *        with FREEBSD, SPPP, H3C and JUNOS at a tick behind which no keepalive was accepted
     */
    explicit SequenceGapCounter(Rule rule = Rule::IOS,
                                uint32_t downCount = 3,
                                uint32_t upCount = 1);

    /**
     * @brief The owner's tick begins: judge what was heard.
     * @param holdTimeOver whether the last keepalive was accepted more than the hold time ago; only
     *        LINUX looks at it
     * @return WENT_DOWN if the line is now down, and whether the interface is reset. IOS resets it
     *         at d = N - 1 (but not at 0) and above while the line is up: for the first time one
     *         tick before it goes down, and in the tick in which it goes down
     */
    [[nodiscard]] Tick OnTick(bool holdTimeOver = false);

    /**
     * @brief The owner's tick ends: a keepalive is sent.
     * @return the number that it carries; it returns GetYourSeen
     */
    uint32_t NextSequence();

    /**
     * @brief A keepalive arrived.
     * @param sequence the peer's number
     * @param returned the last of our numbers that the peer heard, 0 for none
     * @return WENT_UP if the line is now up again, and whether the keepalive counts
     */
    [[nodiscard]] Arrival OnKeepalive(uint32_t sequence, uint32_t returned);

    /**
     * @brief The peer sent a SLARP request, so that it may have started again.
     *
     * All numbers start over, and there is nothing outstanding; the verdict stays until a tick or a
     * keepalive changes it. Measured with IOS, which sends 1 once more (packetlife-hdlc_slarp); in
     * the manual of Nokia; assumed for H3C and JUNOS. LINUX, FREEBSD and SPPP answer a request and
     * remember nothing of it.
     */
    void OnPeerRestart();

    /// Forget everything that happened, as a new counter has. The configuration stays.
    void Reset();

    /**
     * @brief The verdict.
     * @return true while the line is up
     */
    bool IsUp() const;

    /**
     * @brief "myseq", M.
     * @return the number last sent; 0 before
     */
    uint32_t GetMySequence() const;

    /**
     * @brief "mineseen", S.
     * @return the number that the peer returned last, future ones apart; 0 before
     */
    uint32_t GetMineSeen() const;

    /**
     * @brief "yourseen", Y: what the next keepalive returns.
     * @return the peer's last number; 0 before
     */
    uint32_t GetYourSeen() const;

    /**
     * @brief The "*" behind "mineseen".
     * @return whether a keepalive arrived, accepted or not, since the end of the previous tick
     */
    bool IsFresh() const;

    /**
     * @brief "(looped)": whether we seem to hear ourselves.
     *
     * The last keepalive heard carried both numbers of the last one sent, so that M = Y and, unless
     * numbers are repeated, S = M - 1. True from its arrival until another one says otherwise, or
     * until a tick before which none was heard. A loop with a round trip of T and more is missed.
     * Two ends whose keepalives always cross on the line carry the same numbers in both directions:
     * that cannot be told from a loop.
     *
     * @return true if the line seems to be looped
     */
    bool IsLooped() const;

    /**
     * @brief What a tick judges.
     * @return for IOS, NOKIA and LINUX the gap d; for the others keepalives sent (JUNOS: intervals)
     *         since the last one accepted
     */
    uint32_t GetGap() const;

  private:
    /**
     * @brief Whether the rule counts unanswered sends, which MissedReplyCounter does.
     * @return true for FREEBSD, SPPP, H3C and JUNOS
     */
    bool IsCounting() const;

    /**
     * @brief Whether the number is repeated until it is returned.
     * @return true for FREEBSD and H3C
     */
    bool IsRepeating() const;

    /**
     * @brief Whether a keepalive counts as evidence of life.
     * @param returned the number that it returns
     * @return true if the rule accepts it
     */
    bool IsAcceptable(uint32_t returned) const;

    /**
     * @brief Whether a gap is too large, for IOS and NOKIA.
     * @param gap the gap d
     * @return true if a tick with this gap goes down
     */
    bool IsTooLarge(uint32_t gap) const;

    /// All numbers start over.
    void ForgetNumbers();

    Rule m_rule;                  //!< whose rule
    uint32_t m_downCount;         //!< N
    uint32_t m_upCount;           //!< accepted in a row that bring the line up
    MissedReplyCounter m_replies; //!< the verdict of the counting rules
    bool m_up;                    //!< the verdict of the others
    uint32_t m_acceptedInARow{0}; //!< for the others: accepted in a row while down
    uint32_t m_mySequence{0};     //!< M
    uint32_t m_mineSeen{0};       //!< S
    uint32_t m_yourSeen{0};       //!< Y
    uint32_t m_returnedInLast{0}; //!< the Y that the keepalive last sent returned, if m_sent
    bool m_sent{false};           //!< a keepalive was sent
    bool m_returned{false};       //!< repeating rules: M was accepted, M + 1 is next
    bool m_fresh{false};          //!< a keepalive arrived since the previous tick
    bool m_looped{false};         //!< it was our own
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SEQUENCE_GAP_COUNTER_H */
