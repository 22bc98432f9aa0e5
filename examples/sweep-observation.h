/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_OBSERVATION_H
#define KEEPALIVE_SWEEP_OBSERVATION_H

#include "ns3/experiment-result.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief When an end was observed in a run: found again from its failures and from how long it was
 *        observed in all.
 *
 * It is observed while there is no outage and the line is back up after the last one. One that must
 * first agree with its peer is observed from then on; that moment is the only one that the results
 * do not tell, so it follows from the sum.
 */
class SweepObservation
{
  public:
    /// One period, nanoseconds from the start of the run.
    struct Period
    {
        int64_t begin{0}; //!< when it begins
        int64_t end{0};   //!< when it ends
    };

    /// How long it took to the first mistake.
    struct FirstMistake
    {
        int64_t time{0};      //!< from the begin of the first period to it, or to the period's end
        bool happened{false}; //!< which of both
    };

    /**
     * @brief Look at one end.
     * @param result the run
     * @param end which end
     */
    SweepObservation(const ExperimentResult& result, uint32_t end);

    /**
     * @brief When it was observed.
     * @return periods longer than nothing, in order
     */
    [[nodiscard]] const std::vector<Period>& GetPeriods() const;

    /**
     * @brief How long it took from the first trust in the peer to the first mistake. Only the time
     *        before the first outage counts: after it the detector begins anew.
     * @return the time; none if nothing was observed before an outage
     */
    [[nodiscard]] const std::optional<FirstMistake>& GetFirstMistake() const;

  private:
    std::vector<Period> m_periods;              //!< when it was observed
    std::optional<FirstMistake> m_firstMistake; //!< and when it first erred
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_OBSERVATION_H */
