/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_STATISTICS_H
#define KEEPALIVE_SWEEP_STATISTICS_H

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A confidence interval.
 */
struct ConfidenceInterval
{
    double low{0};  //!< lower limit
    double high{0}; //!< upper limit, may be infinite
};

/**
 * @ingroup keepalive
 * @brief Mean and spread of numbers that come one by one; none of them is kept.
 *
 * Sums of squared deviations are updated as B. P. Welford does (Technometrics 4(3), 1962), so that
 * a small spread about a large mean keeps its digits.
 */
class Sample
{
  public:
    /**
     * @brief One more number.
     * @param x the number, finite
     */
    void Add(double x);

    /**
     * @brief How many there are.
     * @return the count
     */
    [[nodiscard]] uint64_t GetCount() const;

    /**
     * @brief The mean.
     * @return the mean; none of nothing
     */
    [[nodiscard]] std::optional<double> GetMean() const;

    /**
     * @brief The standard deviation, with n - 1 in the denominator.
     * @return the standard deviation; none of fewer than two numbers
     */
    [[nodiscard]] std::optional<double> GetStandardDeviation() const;

    /**
     * @brief The least number.
     * @return the minimum; none of nothing
     */
    [[nodiscard]] std::optional<double> GetMinimum() const;

    /**
     * @brief The largest number.
     * @return the maximum; none of nothing
     */
    [[nodiscard]] std::optional<double> GetMaximum() const;

    /**
     * @brief Student's interval of the mean.
     * @param level its confidence, between 0 and 1
     * @return the interval; none of fewer than two numbers
     */
    [[nodiscard]] std::optional<ConfidenceInterval> GetInterval(double level = 0.95) const;

    /**
     * @brief How precisely the mean is known.
     * @param level confidence of the interval, between 0 and 1
     * @return half the width of the interval over the absolute mean; none of fewer than two numbers
     *         or a mean of 0
     */
    [[nodiscard]] std::optional<double> GetRelativeHalfWidth(double level = 0.95) const;

    /**
     * @brief Student's two-sided test of a mean.
     * @param mean what the mean should be
     * @param slack how far from that it may lie all the same, at least 0
     * @return probability of a sample mean at least as far off; none of fewer than two numbers
     */
    [[nodiscard]] std::optional<double> GetP(double mean, double slack = 0) const;

  private:
    uint64_t m_count{0}; //!< how many numbers
    double m_mean{0};    //!< their mean
    double m_squares{0}; //!< sum of their squared deviations from it
    double m_minimum{0}; //!< the least
    double m_maximum{0}; //!< the largest
};

/**
 * @brief The exact interval of the expectation of a count that follows Poisson's law.
 *
 * Central: either limit leaves out half of what is missing to 1 (F. Garwood, Biometrika 28, 1936).
 * Divided by the time of observation these are the limits of a rate.
 *
 * @param count what was counted
 * @param level confidence, between 0 and 1
 * @return the interval, its lower limit 0 for a count of 0
 */
[[nodiscard]] ConfidenceInterval GetPoissonInterval(uint64_t count, double level = 0.95);

/**
 * @brief How precisely a rate is known.
 * @param count what was counted
 * @param level confidence of the interval, between 0 and 1
 * @return half the width of the interval over the count; none of a count of 0
 */
[[nodiscard]] std::optional<double> GetPoissonRelativeHalfWidth(uint64_t count,
                                                                double level = 0.95);

/**
 * @brief The exact two-sided test of a count that follows Poisson's law.
 *
 * Twice the smaller tail, which is the test that agrees with GetPoissonInterval.
 *
 * @param count what was counted
 * @param least least expectation that the law allows, at least 0
 * @param most largest one
 * @return the probability of a count at least as far off, under the expectation allowed that suits
 *         the count best
 */
[[nodiscard]] double GetPoissonP(uint64_t count, double least, double most);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_STATISTICS_H */
