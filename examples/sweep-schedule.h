/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_SCHEDULE_H
#define KEEPALIVE_SWEEP_SCHEDULE_H

#include "sweep-convergence.h"
#include "sweep-options.h"
#include "sweep-plan.h"

#include "ns3/experiment-result.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Tells which run comes next.
 *
 * With a fixed number of replications every run of the plan is wanted; a shard has every n-th of
 * them. With a precision (--until-ci) a point gets some replications, and more as long as its
 * interval over the first n of them is too wide; a shard has every n-th point. That depends on
 * results alone: not on the order in which runs end, on the number of workers, or on interruptions.
 */
class SweepSchedule
{
  public:
    /**
     * @brief Begin with nothing done.
     * @param plan the plan
     * @param options shard and order
     */
    SweepSchedule(const SweepPlan& plan, const SweepOptions& options);

    /**
     * @brief Whether it must know results, not only which runs are done.
     * @return true with a precision
     */
    bool NeedsResults() const;

    /**
     * @brief A run is done, now or long ago. What is not of this shard is passed over.
     * @param run its index
     * @param result what it yielded; may be null unless NeedsResults()
     */
    void AddDone(uint64_t run, const ExperimentResult* result);

    /**
     * @brief Hand out a run.
     * @return one that is wanted, not done and not handed out; none if there is none at the moment
     */
    std::optional<uint64_t> GetNext();

    /**
     * @brief How many runs are wanted, as far as is known.
     * @return the number, those done included; it grows as long as intervals are too wide
     */
    uint64_t GetNWanted() const;

    /**
     * @brief How many of the runs wanted are done.
     * @return the number
     */
    uint64_t GetNDone() const;

    /**
     * @brief Whether nothing is left to do.
     * @return true if every run wanted is done
     */
    bool IsComplete() const;

  private:
    /// Replications of a point that are to be handed out.
    struct Block
    {
        uint32_t point{0}; //!< the point
        uint32_t from{0};  //!< first replication
        uint32_t to{0};    //!< behind the last one
    };

    /**
     * @brief The run at a place in the order.
     * @param place below m_nPlaces
     * @return its index
     */
    uint64_t GetRunAt(uint64_t place) const;
    /**
     * @brief The place in a sequence that another place takes in this order.
     * @param place below count
     * @param count places of the sequence
     * @return a place below count; another one for each
     */
    uint64_t Permute(uint64_t place, uint64_t count) const;
    /**
     * @brief Whether a run is done.
     * @param run its index
     * @return true if so
     */
    bool IsDone(uint64_t run) const;
    /// GetNext with a precision.
    std::optional<uint64_t> GetNextOfBlocks();
    /**
     * @brief Ask for the replications that a point is wanted to have and has not been asked for.
     * @param point the point
     */
    void Extend(uint32_t point);

    const SweepPlan& m_plan;                    //!< the plan
    const SweepOptions::Order m_order;          //!< the order
    const uint64_t m_shard;                     //!< which shard, from 0
    const uint64_t m_shards;                    //!< how many there are
    uint64_t m_nPlaces{0};                      //!< places of this shard: runs, or points
    uint64_t m_place{0};                        //!< next place, with a fixed number
    std::vector<bool> m_done;                   //!< runs done, by index; as long as it has to be
    uint64_t m_nDone{0};                        //!< how many of those wanted are done
    uint64_t m_nWanted{0};                      //!< how many are wanted
    std::vector<SweepConvergence> m_precisions; //!< for each point, with a precision
    std::vector<uint32_t> m_asked;              //!< replications asked for, of each point
    std::deque<Block> m_blocks;                 //!< what is to be handed out, with a precision
    uint32_t m_blockPlace{0};                   //!< next place in the first block
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_SCHEDULE_H */
