/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BENCH_BGP_H
#define KEEPALIVE_BENCH_BGP_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/// Memory that BGP takes.
struct BgpMemory
{
    double session; //!< bytes for each session, both ends, with their TCP
    double prefix;  //!< bytes for each prefix, at who announces it and at who learns it
};

/**
 * @brief Use everything that is measured once, so that bad ns-3 options show.
 */
void TryBgpBench();

/**
 * @brief Measure the memory that BGP takes, in processes of their own.
 *
 * It shows only while the heap grows: to be called before anything else has made it grow.
 *
 * @return the memory
 */
BgpMemory MeasureBgpMemory();

/**
 * @brief Measure what BGP costs, and print it.
 * @param rounds how often each figure is measured; the median counts
 * @param memory what MeasureBgpMemory said
 */
void RunBgpBench(uint32_t rounds, const BgpMemory& memory);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BENCH_BGP_H */
