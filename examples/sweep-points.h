/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_POINTS_H
#define KEEPALIVE_SWEEP_POINTS_H

#include "sweep-factor.h"
#include "sweep-options.h"
#include "sweep-plan.h"

#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The points of a plan: every combination of some factors, or the rows of a table.
 */
class SweepPoints
{
  public:
    static constexpr unsigned MOST = 100000; //!< points of a plan

    /**
     * @brief Combine everything with everything. A factor that a mechanism does not have does not
     *        vary there.
     * @param plan its factorNames and points are filled in: mechanism by mechanism, the last factor
     *        varies fastest
     * @param mechanisms the mechanisms
     * @param factors the factors, each had by at least one of them
     * @throw UsageError if there are too many
     */
    static void Multiply(SweepPlan& plan,
                         const std::vector<std::string>& mechanisms,
                         const std::vector<SweepFactor>& factors);

    /**
     * @brief Read them from a CSV file: its header names factors, each row is a point.
     * @param plan its factorNames and points are filled in, in the order of columns and rows
     * @param file name of the file; an empty cell leaves the factor at its default there
     * @param mechanism the mechanism of all points, if there is no such column; else empty
     * @throw UsageError naming file and line
     */
    static void Read(SweepPlan& plan, const std::string& file, const std::string& mechanism);

    /**
     * @brief Try to make every point, and see that each is another experiment.
     * @param plan the plan; what is left out is no point of it any more
     * @param skip whether to leave out what is refused
     * @return what is left out
     * @throw UsageError if a point is refused and not to be left out, or none is left
     */
    static std::vector<SweepLeftOut> Check(SweepPlan& plan, bool skip);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_POINTS_H */
