/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_PLAN_H
#define KEEPALIVE_SWEEP_PLAN_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a sweep runs: a flat, deterministic list, index -> (point, RngRun).
 *
 * The same index always means the same run. Replications come last in it: with more of them the
 * list only grows, and nothing that has run is run again. Run r of every point has the same RngRun,
 * so that points are compared under common random numbers.
 */
struct SweepPlan
{
    /// Names and values of options, as text, in order.
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// One combination of factors.
    struct Point
    {
        std::string mechanism; //!< such as "gre"
        Settings factors;      //!< those that this mechanism has, in the order of factorNames
    };

    /// When to stop adding replications to a point.
    struct Stopping
    {
        double precision{0};  //!< half width of the 95 % interval over the mean; 0: a fixed number
        std::string metric;   //!< "detection" or "mistakes"
        uint32_t least{30};   //!< replications before the first look, and between looks
        uint32_t most{10000}; //!< replications at which to stop all the same
    };

    /// One run.
    struct Run
    {
        uint32_t point{0};       //!< which of points
        uint32_t replication{0}; //!< which replication of it, from 0
        uint64_t rngRun{1};      //!< its RngRun
    };

    std::vector<std::string> factorNames; //!< what varies, in the order in which it was given
    Settings common;                      //!< options that are the same at every point
    std::vector<std::string> ns3;         //!< what goes to ns-3, name=value
    std::vector<Point> points;            //!< every combination
    uint64_t firstRun{1};                 //!< RngRun of replication 0
    uint32_t replications{1};             //!< of each point; Stopping::most with a precision
    Stopping stopping;                    //!< when to stop

    /**
     * @brief How many runs there are, at most.
     * @return points times replications
     */
    uint64_t GetNRuns() const;

    /**
     * @brief What an index means.
     * @param index below GetNRuns()
     * @return replication index / points, point index % points
     */
    Run GetRun(uint64_t index) const;

    /**
     * @brief The plan as text, to be kept with the results.
     * @return JSON in one line
     */
    std::string ToJson() const;

    /**
     * @brief Read what ToJson wrote.
     * @param text the text
     * @return the plan
     * @throw std::runtime_error saying what is wrong with it
     */
    static SweepPlan FromJson(const std::string& text);

    /**
     * @brief What makes it this plan and no other: all but how many replications there are, which
     *        may grow.
     * @return JSON in one line, to be compared
     */
    std::string GetIdentity() const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_PLAN_H */
