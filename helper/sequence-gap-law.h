/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SEQUENCE_GAP_LAW_H
#define KEEPALIVE_SEQUENCE_GAP_LAW_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of HDLC keepalives: how long a failure of a line goes unnoticed.
 *
 * Both ends send every T, at phases independent of each other and of the failure. d is the time
 * from a send to its arrival, 2d < T, and R = 2d. The failure takes effect at the receivers: what
 * has arrived by then counts. Free of ns-3: a law must not share code with what it judges.
 *
 * **The peer is no longer heard** (BOTH, INCOMING_ONLY; whether the peer still hears does not
 * matter to this end, for it hears nothing of it). The last keepalive arrived e before the failure,
 * e uniform on (0, T], and the ticks are at phi, phi + T, ... behind it, phi uniform on (0, T] and
 * independent of e.
 *
 * - SPPP, H3C, JUNOS ask at a tick for N sends, or intervals, since that arrival: the (N+1)-th tick
 *   is the first with so many. FREEBSD counts the send of the tick itself: the N-th. So
 *   D = phi + K*T - e with K = N, or N - 1: triangular on ((K-1)*T, (K+1)*T).
 * - IOS and NOKIA ask for the gap to the number returned. That is the number of the last tick more
 *   than R before the arrival: with phi counted from there, the gap is 0 at the first tick behind
 *   and N at the (N+1)-th, or, counting the number about to be sent, at the N-th. So
 *   D = phi + K*T - R - e, K = N or N - 1.
 * - LINUX goes down at the first tick more than H behind the arrival. As phi is uniform, that tick
 *   is H + u behind it, u uniform on (0, T]: D = H + u - e, triangular on (H-T, H+T).
 *
 * **The peer no longer hears** (OUTGOING_ONLY). The last send that it heard arrived f before the
 * failure, f uniform on (0, T], so it left f + d before. From then on the peer returns its number
 * for ever.
 *
 * - The gap to it, and likewise the sends since the last one acknowledged, are known at the ticks
 *   behind that send: D = (K+1)*T - f - d, uniform on [K*T - d, (K+1)*T - d), K as above. The
 *   number itself is acknowledged once more only: FREEBSD and H3C do not count it twice.
 * - LINUX accepts a number that is one behind, so that the last arrival that it accepts is the last
 *   one before its second tick behind that send, at 2*T - f - d - phi from the failure. H behind
 *   it, with H = n*T + h and 0 <= h < T, the next tick is at phi + n*T if phi > h, otherwise a T
 *   later: D = (n+2)*T - f - d, plus T with probability h/T. That is a mixture of two uniform laws;
 *   for H = 2.5 T it is uniform on [3*T - d, 5*T - d).
 * - SPPP and JUNOS never notice: they ask whether the peer is heard.
 *
 * FREEBSD and H3C accept a number only while it is the last one sent; arrivals within R behind a
 * tick return the one before it. The law neglects that, an error of the order R/T.
 */
class SequenceGapLaw
{
  public:
    /// Whose rule, as SequenceGapCounter has it.
    enum class Rule
    {
        IOS,     //!< gap, judged before the send
        NOKIA,   //!< gap, of the number about to be sent
        LINUX,   //!< hold time, at a tick
        FREEBSD, //!< sends without acknowledgment, the one of the tick included
        SPPP,    //!< sends without anything heard
        H3C,     //!< sends without acknowledgment
        JUNOS    //!< intervals without anything heard
    };

    /// What the failure takes away.
    enum class Direction
    {
        BOTH,          //!< everything
        OUTGOING_ONLY, //!< what this end sends
        INCOMING_ONLY  //!< what this end should hear
    };

    /**
     * @brief Describe the detector and the failure.
     * @param rule whose rule
     * @param interval T of both ends, seconds
     * @param downCount N; without meaning for LINUX
     * @param holdTime H of LINUX, seconds; 0 means 2.5 T
     * @param delay d, seconds from the start of a send to the end of its arrival, below T/2
     * @param direction what the failure takes away
     */
    SequenceGapLaw(Rule rule,
                   double interval,
                   uint32_t downCount,
                   double holdTime,
                   double delay,
                   Direction direction);

    /**
     * @brief Whether this end ever notices.
     * @return false if it does not; all times are then infinite
     */
    bool IsDetected() const;

    /**
     * @brief The best case.
     * @return seconds from failure to verdict
     */
    double GetLower() const;

    /**
     * @brief The worst case.
     * @return seconds from failure to verdict
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from failure to verdict
     */
    double GetMean() const;

    /**
     * @brief The distribution function.
     * @param detectionTime seconds
     * @return probability of a detection time of at most that
     */
    double GetCdf(double detectionTime) const;

  private:
    /**
     * @brief The K of the class comment.
     * @return N, or N - 1
     */
    double GetIntervals() const;

    Rule m_rule;           //!< whose rule
    double m_interval;     //!< T
    uint32_t m_downCount;  //!< N
    double m_holdTime;     //!< H
    double m_delay;        //!< d
    Direction m_direction; //!< what the failure takes away
    double m_later;        //!< LINUX, OUTGOING_ONLY: probability of one more interval
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SEQUENCE_GAP_LAW_H */
