/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BENCH_SWEEP_H
#define KEEPALIVE_BENCH_SWEEP_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Use everything that is measured in this process once, so that bad ns-3 options show.
 */
void TrySweepBench();

/**
 * @brief Whether the programs that are measured are where this one is. keepalive-sweep is not built
 *        without SQLiteCpp.
 * @return true if they are
 */
bool HasSweepPrograms();

/**
 * @brief Measure what a sweep costs, and print it. Runs keepalive-sweep, keepalive-gre and
 *        keepalive-hdlc, which must be where this program is, in a temporary directory.
 * @param rounds how often each figure is measured; the median counts
 * @param runs of the sweep whose memory is watched
 * @throw std::runtime_error if a program is not there, or fails
 */
void RunSweepBench(uint32_t rounds, uint32_t runs);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BENCH_SWEEP_H */
