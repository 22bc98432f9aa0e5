/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BENCH_GRE_H
#define KEEPALIVE_BENCH_GRE_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Use everything that is measured once, so that bad ns-3 options show.
 */
void TryGreBench();

/**
 * @brief Measure what GRE keepalives cost, and print it.
 * @param rounds how often each figure is measured; the median counts
 */
void RunGreBench(uint32_t rounds);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BENCH_GRE_H */
