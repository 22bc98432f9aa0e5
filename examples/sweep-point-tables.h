/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_POINT_TABLES_H
#define KEEPALIVE_SWEEP_POINT_TABLES_H

#include "sweep-differences.h"
#include "sweep-plan.h"
#include "sweep-promise.h"
#include "sweep-statistics.h"
#include "sweep-summary.h"
#include "sweep-table.h"

#include <filesystem>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The tables of an export with a row for each point: points.csv and promise.csv.
 */
class SweepPointTables
{
  public:
    /// What the runs say, by point and end.
    using Summaries = std::vector<std::vector<SweepSummary>>;

    /**
     * @brief Judge all ends of all points as one family, see SweepJudgement.
     * @param summaries what the runs say; what is rejected is filled in
     */
    static void Judge(Summaries& summaries);

    /**
     * @brief Describe the rows.
     * @param points the points of a plan
     * @param factors what varies
     * @param summaries what the runs say, judged
     */
    SweepPointTables(const std::vector<SweepPlan::Point>& points,
                     const std::vector<SweepComparison::Factor>& factors,
                     const Summaries& summaries);

    /**
     * @brief Write points.csv.
     * @param directory where to
     * @throw std::runtime_error if it cannot be written
     */
    void WritePoints(const std::filesystem::path& directory) const;

    /**
     * @brief Write promise.csv.
     * @param directory where to
     * @param promise what is promised
     * @throw std::runtime_error if it cannot be written
     */
    void WritePromise(const std::filesystem::path& directory, const SweepPromise& promise) const;

    /**
     * @brief Write a mean and its 95 % interval.
     * @param table where to
     * @param sample the numbers
     */
    static void WriteMean(SweepTable& table, const Sample& sample);

  private:
    /**
     * @brief A header with a column for each factor.
     * @param before columns before those of the factors
     * @param after columns after them
     * @return all of them
     */
    std::vector<std::string> WithFactors(std::vector<std::string> before,
                                         const std::vector<std::string>& after) const;
    /**
     * @brief Write the mechanism and the factors of a point.
     * @param table where to
     * @param point the point
     */
    void WriteFactors(SweepTable& table, const SweepPlan::Point& point) const;

    const std::vector<SweepPlan::Point>& m_points;         //!< the points
    const std::vector<SweepComparison::Factor>& m_factors; //!< what varies
    const Summaries& m_summaries;                          //!< what the runs say
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_POINT_TABLES_H */
