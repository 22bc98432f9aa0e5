/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_TIMING_H
#define KEEPALIVE_SWEEP_TIMING_H

#include "sweep-plan.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief How long the runs of a plan take, by a few of them.
 *
 * They are run at once, in a process of their own, so that nothing of them is left in this one: of
 * every mechanism in turn, at points spread over the plan, until the time is over.
 */
class SweepTiming
{
  public:
    static constexpr double LONGEST = 3; //!< seconds that it takes at most

    /**
     * @brief Time runs.
     * @param plan the plan
     */
    explicit SweepTiming(const SweepPlan& plan);

    /**
     * @brief How many runs were timed.
     * @return their number; 0 if not even one ended in time
     */
    uint64_t GetRuns() const;

    /**
     * @brief How long that took.
     * @return seconds
     */
    double GetSeconds() const;

    /**
     * @brief How long one run of every point takes, one after the other.
     * @return seconds
     */
    double GetSecondsPerReplication() const;

    /**
     * @brief What went wrong, if anything.
     * @return a line, or nothing
     */
    const std::string& GetTrouble() const;

  private:
    /// What is known of the runs of a mechanism.
    struct Sum
    {
        uint64_t points{0}; //!< points that the plan has
        uint64_t runs{0};   //!< runs that were timed
        double seconds{0};  //!< how long they took
    };

    /**
     * @brief Points in the order in which they are timed.
     * @param plan the plan
     * @return every point once
     */
    static std::vector<uint32_t> GetOrder(const SweepPlan& plan);
    /**
     * @brief Run points and tell how long it took, until killed or done. In the child.
     * @param plan the plan
     * @param order the points
     * @param to descriptor to write to
     */
    static void RunAll(const SweepPlan& plan, const std::vector<uint32_t>& order, int to);
    /**
     * @brief Hear what the child tells, until it ends or the time is over.
     * @param plan the plan
     * @param from descriptor to read from
     * @return whether the time was over
     */
    bool Listen(const SweepPlan& plan, int from);

    std::map<std::string, Sum> m_sums; //!< by mechanism
    double m_seconds{0};               //!< how long it took in all
    std::string m_trouble;             //!< what went wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_TIMING_H */
