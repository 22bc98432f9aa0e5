/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DETECTION_LAW_H
#define KEEPALIVE_DETECTION_LAW_H

#include "detection-bounds.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of a probe-and-count detector: what a simulation of it must reproduce.
 *
 * Probes every T, the verdict after R of them, a failure at an instant that is uniform over the
 * interval. The detection time is then uniform on [GetLower(), GetUpper()), and with independent
 * losses of probability q per round trip the mistakes form a renewal process with known means
 * (Feller's runs of R failures). Free of ns-3: a law must not share code with what it judges.
 */
class DetectionLaw
{
  public:
    /// When the verdict falls.
    enum class Verdict
    {
        AT_NEXT_PROBE, //!< at the tick after R unanswered probes (Cisco; Huawei on expiry)
        AT_LAST_PROBE, //!< at the R-th unanswered probe itself (Huawei on send)
        AFTER_SILENCE  //!< when nothing came back for the hold time (H3C, Junos)
    };

    /**
     * @brief Describe the detector and the place of the failure.
     * @param verdict when the verdict falls
     * @param interval T, seconds
     * @param retries R
     * @param holdTime silence for AFTER_SILENCE, seconds; 0 means R * T
     * @param roundTrip from the send of a probe to its return, seconds, below T
     * @param crossing from the send of a probe to the last moment at which the failure would still
     *        have caught it, seconds; between 0 and roundTrip
     */
    DetectionLaw(Verdict verdict,
                 double interval,
                 uint32_t retries,
                 double holdTime,
                 double roundTrip,
                 double crossing);

    /**
     * @brief The best case.
     * @return seconds from failure to verdict
     */
    double GetLower() const;

    /**
     * @brief The worst case, never quite reached.
     * @return seconds from failure to verdict
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from failure to verdict
     */
    double GetMean() const;

    /**
     * @brief Bounds, mean and shape, as tables have them.
     * @return the bounds, uniform
     */
    DetectionBounds GetBounds() const;

    /**
     * @brief The distribution function.
     * @param detectionTime seconds
     * @return probability of a detection time of at most that
     */
    double GetCdf(double detectionTime) const;

    /**
     * @brief Losses in a row that make a mistake.
     * @return R, or R - 1 for a verdict at the last probe, whose own answer comes too late
     */
    uint32_t GetLossesToMistake() const;

    /**
     * @brief Mean time between mistakes, E(T_MR) of Chen, Toueg and Aguilera.
     * @param loss probability q that a round trip fails, above 0 and below 1, independently
     * @return seconds from one false suspicion to the next: T / ((1-q) q^k)
     */
    double GetMistakeRecurrence(double loss) const;

    /**
     * @brief Mean duration of a mistake, E(T_M).
     * @param loss probability q that a round trip fails
     * @return seconds from a false suspicion to renewed trust
     */
    double GetMistakeDuration(double loss) const;

  private:
    Verdict m_verdict;  //!< when
    double m_interval;  //!< T
    uint32_t m_retries; //!< R
    double m_holdTime;  //!< H
    double m_roundTrip; //!< RTT
    double m_crossing;  //!< b
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DETECTION_LAW_H */
