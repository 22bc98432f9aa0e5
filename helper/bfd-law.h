/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_LAW_H
#define KEEPALIVE_BFD_LAW_H

#include "detection-bounds.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of BFD in asynchronous mode: how long a failure of one direction goes
 *        unnoticed, and how long loss takes to feign one.
 *
 * One end sends a packet every L = T*V, where T is the interval that both ends agreed on and V is
 * even between 0.75 and 1, drawn afresh each time; between 0.75 and 0.9 if its detection multiplier
 * M is 1 (RFC 5880 section 6.8.7). The other end expects one within X = M*T of the last one
 * (section 6.8.4). M is that of the sender: it says how many of its packets may go missing. Nothing
 * else is sent, and the session has been up for long.
 *
 * A failure at any instant finds the last packet to pass it to be of age e, whose density is
 * (1 - F(e)) / E(L), F the distribution of L: the age of a stationary renewal process. It arrives d
 * after it passed, if the failure strikes at a place from where the rest of the way takes d. Hence
 *
 *   D = X + d - e,  best X + d - max L,  mean X + d - E(L^2) / (2 E(L)),  worst X + d:
 *
 * a mean of (M - 0.440476) T for M of 2 and more, and of 0.586364 T for M of 1.
 *
 * Loss, each packet by itself with probability p: from one arrival to the next there are n
 * intervals with probability (1 - p) p^(n - 1), and the next one is too late if their sum S is
 * above X. Whatever happened before, an arrival begins it all afresh. So the time to a mistake has
 * the mean E(min(S, X)) / P(S > X), as in any renewal process. S is 0.75 n T and a quarter of T
 * times a sum of n numbers that are even between 0 and 1, whose distribution is that of Irwin and
 * Hall. Up to an M of 3 it is M losses in a row that make a mistake, and no less: the same is then
 * E(L) (E(N) - M) + X, E(N) = (1 - p^M) / ((1 - p) p^M) being the mean number of packets to the end
 * of the first such run. From 4 on, jitter may squeeze one more packet into X, or more: with an M
 * of 10, ten losses in a row are a mistake in 5.9 % of all cases only.
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class BfdLaw
{
  public:
    /**
     * @brief Describe the end that is no longer heard, and the place of the failure.
     * @param interval T, seconds, before jitter; above 0
     * @param multiplier M, 1 or more
     * @param delay d, seconds from the place of the failure to the end that no longer hears
     */
    BfdLaw(double interval, uint32_t multiplier, double delay = 0);

    /**
     * @brief The Detection Time.
     * @return X, seconds
     */
    double GetDetectionTime() const;

    /**
     * @brief The best case.
     * @return seconds from failure to detection
     */
    double GetLower() const;

    /**
     * @brief The worst case.
     * @return seconds from failure to detection
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from failure to detection
     */
    double GetMean() const;

    /**
     * @brief Bounds, mean and shape, as tables have them.
     * @return the bounds
     */
    DetectionBounds GetBounds() const;

    /**
     * @brief The distribution function.
     * @param detectionTime seconds
     * @return probability of a detection time of at most that
     */
    double GetCdf(double detectionTime) const;

    /**
     * @brief The mean time between two packets.
     * @return E(L), seconds
     */
    double GetMeanInterval() const;

    /**
     * @brief The mean age of the last packet at any instant.
     * @return E(L^2) / (2 E(L)), seconds
     */
    double GetMeanAge() const;

    /**
     * @brief How likely a run of losses makes a mistake.
     * @param losses how many packets in a row are lost, the next one not
     * @return P(S > X) for n = losses + 1; 0 below M, 1 at M and above if M is at most 3
     */
    double GetMistakeProbability(uint32_t losses) const;

    /**
     * @brief The mean time until loss alone makes this direction fail.
     * @param loss p, above 0 and below 1
     * @return seconds from an arrival to the mistake
     */
    double GetMeanTimeToMistake(double loss) const;

    /**
     * @brief The mean time until loss alone ends a session: either end may be the first.
     *
     * Mistakes that are rare come at a constant rate, and rates add. For frequent ones this is a
     * little short, as neither end makes a mistake before its Detection Time is over.
     *
     * @param one mean time to a mistake of one end, seconds
     * @param other that of the other end
     * @return seconds
     */
    static double CombineTimes(double one, double other);

  private:
    double m_lowerInterval; //!< least L
    double m_upperInterval; //!< greatest L
    double m_detectionTime; //!< X
    double m_delay;         //!< d
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_LAW_H */
