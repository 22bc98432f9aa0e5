/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MISMATCH_LAW_H
#define KEEPALIVE_MISMATCH_LAW_H

#include "ns3/sequence-gap-counter.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief How often HDLC keepalives find a sound line down because the timers of its ends differ.
 *
 * Ta is the own interval, Tb the peer's, R the round trip: there and back, of a keepalive each.
 * Nothing fails and no timer drifts. The phase of the own ticks against the peer's keepalives is
 * uniform, in the long run or over many lines, as it is where Ta / Tb is not a ratio of small
 * numbers; where it is, each line has its own few phases, and the law is the mean over lines.
 *
 * **What a tick sees.** A keepalive of the peer that is sent at s arrives at s + R/2 and answers
 * what was sent up to s - R/2. The first own tick after s - R/2 comes after phi, uniform on
 * (0, Ta], and the k-th one behind that finds a gap of k. So IOS (K = N) and NOKIA (K = N - 1) find
 * the line down at the ticks later than K*Ta after s - R/2, until the next keepalive arrives at
 * s + Tb + R/2: that is x = Tb + R - K*Ta out of Tb. What counts keepalives without an answer asks
 * for the time since the last arrival, and LINUX for its hold time H = 2.5*Ta:
 *
 * | rule            | x = window in which a tick finds the line down |
 * |-----------------|------------------------------------------------|
 * | IOS             | Tb + R - N*Ta                                  |
 * | NOKIA           | Tb + R - (N-1)*Ta                              |
 * | LINUX           | Tb - 2.5*Ta                                    |
 * | FREEBSD         | Tb - (N-1)*Ta                                  |
 * | SPPP, H3C, JUNOS | Tb - N*Ta                                     |
 *
 * **Share of ticks**: x / Tb, none if x is negative.
 *
 * **Share of time**: the line goes down at the first tick in the window, phi behind its start, and
 * comes up with the next keepalive, at its end; all rules recover on receipt. The mean of
 * max(0, x - phi) over phi is x^2 / (2*Ta) for x < Ta, and x - Ta/2 from there on.
 *
 * Where keepalives that cross on the line decide, there is no law: see GetShareOfTicksDown.
 */
class MismatchLaw
{
  public:
    /**
     * @brief Describe an end of a line and its peer.
     * @param rule whose rule the own end follows
     * @param localInterval Ta, seconds
     * @param peerInterval Tb, seconds
     * @param retries N; without meaning for LINUX
     * @param roundTrip R, seconds
     */
    MismatchLaw(SequenceGapCounter::Rule rule,
                double localInterval,
                double peerInterval,
                uint32_t retries,
                double roundTrip);

    /**
     * @brief The share of the own ticks that print "line down".
     *
     * None where R is Ta or Tb or more; and, unless R is below half a percent of Ta, where an
     * answer that crosses a keepalive decides: for IOS and NOKIA with K = 1; for FREEBSD and H3C,
     * which repeat their number until it is returned, with K = 0 and with intervals less than R
     * apart and 2*Tb > K*Ta.
     *
     * @return the share, 0 to 1
     */
    std::optional<double> GetShareOfTicksDown() const;

    /**
     * @brief The share of the time in which the own line protocol is down.
     * @return the share, 0 to 1; none as with GetShareOfTicksDown
     */
    std::optional<double> GetShareOfTimeDown() const;

    /**
     * @brief The limit: a peer that is slower than this makes the line flap.
     * @return the largest Tb that never does, seconds, were R zero
     */
    double GetLimit() const;

  private:
    /**
     * @brief Whether the shares can be told.
     * @return true if they can
     */
    bool IsKnown() const;

    /**
     * @brief The part of Tb in which a tick finds the line down.
     * @return x, seconds, 0 or more
     */
    double GetWindow() const;

    SequenceGapCounter::Rule m_rule; //!< whose rule
    double m_localInterval;          //!< Ta
    double m_peerInterval;           //!< Tb
    double m_intervals;              //!< K, or 2.5 for LINUX
    double m_roundTrip;              //!< R
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MISMATCH_LAW_H */
