/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_CONVERGENCE_H
#define KEEPALIVE_SWEEP_CONVERGENCE_H

#include "sweep-plan.h"
#include "sweep-statistics.h"

#include "ns3/experiment-result.h"

#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief When one point has had enough replications (--until-ci).
 *
 * It looks when Stopping::least replications are done, and after as many more each time, at the 95
 * % interval over all of them. Results are added up in the order of replications, in whatever order
 * they come, so that the decision is the same for the same results. Of a result only what it adds
 * up is kept.
 *
 * With the metric "detection" every end that noticed a failure must know its mean T_D well enough,
 * by Student's t; with "mistakes" every end that made a mistake must know its rate well enough, by
 * the exact Poisson interval (the time of observation cancels out). If no end noticed anything or
 * made a mistake, nothing is known, and it goes on to Stopping::most.
 */
class SweepConvergence
{
  public:
    /**
     * @brief Begin with no results.
     * @param stopping the rule
     */
    explicit SweepConvergence(const SweepPlan::Stopping& stopping);

    /**
     * @brief Add a result.
     * @param replication its replication, from 0
     * @param result the result
     */
    void Add(uint32_t replication, const ExperimentResult& result);

    /**
     * @brief How many replications are wanted, as far as is known.
     * @return the number; those done included
     */
    uint32_t GetNWanted() const;

    /**
     * @brief How many results are added up.
     * @return the number; those that others must precede are not among them
     */
    uint32_t GetNAdded() const;

    /**
     * @brief Whether a result was added.
     * @param replication its replication
     * @return true if so
     */
    bool Has(uint32_t replication) const;

  private:
    /// What one run says of one end.
    struct Observation
    {
        std::vector<double> detections; //!< T_D, seconds
        uint64_t mistakes{0};           //!< how many
    };

    /// What all runs so far say of one end.
    struct End
    {
        Sample detections;    //!< T_D, seconds
        uint64_t mistakes{0}; //!< how many
    };

    /**
     * @brief Look at the intervals.
     * @return true if they are narrow enough
     */
    bool IsNarrow() const;
    /// Add up what comes next in the order of replications, and look when it is time to.
    void Advance();

    SweepPlan::Stopping m_stopping;                       //!< the rule
    uint32_t m_wanted;                                    //!< replications wanted so far
    uint32_t m_added{0};                                  //!< replications added up: the first ones
    std::map<uint32_t, std::vector<Observation>> m_early; //!< those that others must precede
    std::vector<End> m_ends;                              //!< sums
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_CONVERGENCE_H */
