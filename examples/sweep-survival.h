/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_SURVIVAL_H
#define KEEPALIVE_SWEEP_SURVIVAL_H

#include "sweep-statistics.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The estimate by Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958) of how likely something
 *        has not happened yet after a time, from times some of which were cut short (censored).
 *
 * What is censored at the time of an event was still at risk of it.
 */
class SurvivalCurve
{
  public:
    /// What was seen of one subject.
    struct Observation
    {
        double time{0};       //!< when it happened, or when watching ended; at least 0
        bool happened{false}; //!< which of both
    };

    /// The curve at one time.
    struct Step
    {
        double time{0};     //!< the time: 0, one of an event, or the last of all
        uint64_t atRisk{0}; //!< watched until just before, and it had not happened
        uint64_t events{0}; //!< how often it happened then
        double survival{1}; //!< probability that it has not happened up to then
        std::optional<double>
            error; //!< its standard error by Greenwood's formula; none at a survival of 0
        std::optional<ConfidenceInterval>
            band; //!< 95 % interval, symmetric in log(-log survival); none at a survival of 0
    };

    /**
     * @brief Estimate.
     * @param observations what was seen, in any order
     */
    explicit SurvivalCurve(std::vector<Observation> observations);

    /**
     * @brief The curve, which is constant between its steps.
     * @return a step for time 0, one for each time of an event, and one for the last time of all if
     *         nothing happened then; none of no observations
     */
    [[nodiscard]] const std::vector<Step>& GetSteps() const;

    /**
     * @brief A quantile.
     * @param fraction above 0, at most 1
     * @return the first time by which it has happened to at least that fraction; none if the curve
     *         does not come down that far
     */
    [[nodiscard]] std::optional<double> GetQuantile(double fraction) const;

  private:
    std::vector<Step> m_steps; //!< the curve
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_SURVIVAL_H */
