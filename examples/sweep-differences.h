/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_DIFFERENCES_H
#define KEEPALIVE_SWEEP_DIFFERENCES_H

#include "sweep-plan.h"
#include "sweep-statistics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The difference of two settings under common random numbers: run by run, so that what luck
 *        does to both cancels out.
 */
class PairedDifference
{
  public:
    /**
     * @brief What the same run yielded with both settings.
     * @param value with the one that is looked at
     * @param base with the one that it is compared with
     */
    void Add(double value, double base);

    /**
     * @brief The differences, value less base: their mean, its interval, their spread.
     * @return the sample
     */
    [[nodiscard]] const Sample& GetDifferences() const;

    /**
     * @brief The standard deviation that a difference would have with independent random numbers.
     * @return root of the sum of both variances; none of fewer than two pairs
     */
    [[nodiscard]] std::optional<double> GetUnpairedDeviation() const;

    /**
     * @brief How much both have in common.
     * @return Pearson's correlation; none of fewer than two pairs, or if one of both is constant
     */
    [[nodiscard]] std::optional<double> GetCorrelation() const;

  private:
    Sample m_values;      //!< with the one setting
    Sample m_bases;       //!< with the other
    Sample m_differences; //!< run by run
    double m_products{0}; //!< sum of the products of their deviations
};

/**
 * @ingroup keepalive
 * @brief Which points of a plan differ in the level of one factor alone.
 */
class SweepComparison
{
  public:
    /// Two such points.
    struct Pair
    {
        std::string factor;    //!< in which they differ; "mechanism" may be one
        std::string level;     //!< its level at the point
        std::string baseLevel; //!< its level at the other
        uint32_t point{0};     //!< the point, by its place in the list
        uint32_t base{0};      //!< what it is compared with: the first level that there is
    };

    /// A factor and its levels.
    struct Factor
    {
        std::string name;                //!< its name
        std::vector<std::string> levels; //!< in the order in which the points have them
    };

    /**
     * @brief What varies.
     * @param points the points of a plan
     * @param names the factors, in order; others of the points' come after them
     * @return the factors, without the mechanism
     */
    static std::vector<Factor> GetFactors(const std::vector<SweepPlan::Point>& points,
                                          const std::vector<std::string>& names);

    /**
     * @brief Find all such points, mechanism included; those of a factor and a base are together.
     * @param points the points of a plan
     * @param factors what varies, from GetFactors
     * @return pairs: factor by factor, in the order of the bases
     */
    static std::vector<Pair> GetPairs(const std::vector<SweepPlan::Point>& points,
                                      const std::vector<Factor>& factors);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_DIFFERENCES_H */
