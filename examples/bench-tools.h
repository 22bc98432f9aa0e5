/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BENCH_TOOLS_H
#define KEEPALIVE_BENCH_TOOLS_H

#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief CPU time of this process.
 * @return seconds
 */
double CpuSeconds();

/**
 * @brief Memory that this process occupies.
 * @return bytes
 */
double ResidentBytes();

/**
 * @brief The median.
 * @param values the values
 * @return their median
 */
double Median(std::vector<double> values);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BENCH_TOOLS_H */
