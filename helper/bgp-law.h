/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_LAW_H
#define KEEPALIVE_BGP_LAW_H

#include "detection-bounds.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of BGP's hold timer: how long a silent failure goes unnoticed, and how
 *        long loss takes to feign one.
 *
 * One end sends a KEEPALIVE every L = max(s, K*V), V even between two factors and drawn afresh each
 * time; s is the 1 s that RFC 4271 section 4.4 demands between two. The other end restarts its hold
 * timer at each arrival: it expires X = H*W later, W even between two factors and likewise drawn
 * afresh. (RFC 4271 section 10 jitters the former with 0.75 to 1, and not the latter; BIRD does
 * both, others neither.) Nothing else is sent, and the session has been up for long.
 *
 * A failure at any instant finds the last KEEPALIVE to pass it to be of age e, whose density is
 * (1 - F(e)) / E(L), F the distribution of L: the age of a stationary renewal process. It arrives d
 * after it passed, if the failure strikes at a place from where the rest of the way takes d. Hence
 *
 *   D = X + d - e,  best min X + d - max L,  mean E(X) + d - E(L^2) / (2 E(L)),  worst max X + d.
 *
 * X and e are independent. Without jitter D is even over K below H + d; with that of the RFC the
 * mean age is 0.440476 K. The law holds if no KEEPALIVE is ever late: min X > max L.
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class BgpLaw
{
  public:
    /// Factors on a time: drawn evenly between these.
    struct Jitter
    {
        double low{1};  //!< least factor, above 0
        double high{1}; //!< greatest factor
    };

    /**
     * @brief Describe both ends and the place of the failure.
     * @param keepaliveTime K of the end that is no longer heard, seconds; above 0
     * @param keepaliveJitter of V
     * @param holdTime H of the end that no longer hears, seconds, with all that its implementation
     *        adds; 0 for no limit
     * @param holdJitter of W
     * @param delay d, seconds from the place of the failure to the end that no longer hears
     * @param shortest s, seconds
     */
    BgpLaw(double keepaliveTime,
           const Jitter& keepaliveJitter,
           double holdTime,
           const Jitter& holdJitter,
           double delay = 0,
           double shortest = 1);

    /**
     * @brief Whether the failure is ever noticed.
     * @return false without a hold time; all times are then infinite
     */
    bool IsDetected() const;

    /**
     * @brief The best case.
     * @return seconds from failure to expiry
     */
    double GetLower() const;

    /**
     * @brief The worst case.
     * @return seconds from failure to expiry
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from failure to expiry
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
     * @brief The mean time between two KEEPALIVEs.
     * @return E(L), seconds
     */
    double GetMeanInterval() const;

    /**
     * @brief The mean age of the last KEEPALIVE.
     * @return E(L^2) / (2 E(L)), seconds
     */
    double GetMeanAge() const;

    /**
     * @brief The mean time until loss alone makes the hold timer expire.
     *
     * KEEPALIVEs go into a TCP connection every K, without jitter. Each transmission of a segment
     * is lost with the same probability, independently; the j-th retransmission follows the first
     * one after R, 3R, 7R, ..., once the timeout has reached its cap in steps of that. TCP delivers
     * in order: a KEEPALIVE behind a lost one arrives with it. Round-trip time and lost
     * acknowledgments are neglected. The lateness of the last delivery takes finitely many values
     * before the hold time has passed; their absorbing Markov chain is solved exactly.
     *
     * @param holdTime H, seconds; an arrival after exactly that counts. 0 for no limit
     * @param keepaliveTime K, seconds; above 0
     * @param timeout R, the retransmission timeout, seconds; above 0
     * @param longestTimeout where its doubling stops, seconds; at least the timeout
     * @param loss probability that a transmission is lost, above 0 and below 1
     * @return seconds from a delivery in time to the false alarm; infinite without a limit
     */
    static double GetMeanTimeToFalseExpiry(double holdTime,
                                           double keepaliveTime,
                                           double timeout,
                                           double longestTimeout,
                                           double loss);

  private:
    /**
     * @brief Distribution function of the age, integrated from 0.
     * @param age seconds; 0 below 0
     * @return seconds
     */
    double GetAgeIntegral(double age) const;

    double m_lowerInterval;   //!< least L
    double m_nominalInterval; //!< least K*V
    double m_upperInterval;   //!< greatest L
    double m_lowerHold;       //!< least X
    double m_upperHold;       //!< greatest X
    double m_delay;           //!< d
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_LAW_H */
