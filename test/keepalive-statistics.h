/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_STATISTICS_H
#define KEEPALIVE_STATISTICS_H

#include <cstddef>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief The Kolmogorov-Smirnov test against the uniform law on [0, 1].
 * @param sample the observations, in any order
 * @return probability of a deviation at least as large if the law holds (Kolmogorov's limit law
 * with Stephens' correction for finite samples); 0 for an empty sample
 */
double KolmogorovSmirnovP(std::vector<double> sample);

/**
 * @ingroup keepalive-tests
 * @brief Holm's correction of a family of tests, all of which must hold.
 * @param p their p values
 * @return the smallest p value after the correction
 */
double HolmSmallestP(const std::vector<double>& p);

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_STATISTICS_H */
