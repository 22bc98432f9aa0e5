/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BENCH_SERIAL_H
#define KEEPALIVE_BENCH_SERIAL_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Use everything that is measured once, so that bad ns-3 options show.
 */
void TrySerialBench();

/**
 * @brief Measure the memory that a serial line takes, in a process of its own.
 *
 * It shows only while the heap grows: to be called before anything else has made it grow.
 *
 * @return bytes for each line, both ends
 */
double MeasureLineMemory();

/**
 * @brief Measure what serial lines cost, and print it.
 * @param rounds how often each figure is measured; the median counts
 * @param lineMemory what MeasureLineMemory said
 */
void RunSerialBench(uint32_t rounds, double lineMemory);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BENCH_SERIAL_H */
