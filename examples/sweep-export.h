/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_EXPORT_H
#define KEEPALIVE_SWEEP_EXPORT_H

#include "sweep-promise.h"

#include <filesystem>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Write the results of a sweep, and what they say, as tables: points.csv, detections.csv,
 *        mistakes.csv, runs.csv, survival.csv, differences.csv, meta.json, promise.csv if something
 *        was promised, and a copy of config.ini if there is one beside the database.
 *
 * The results may still be growing: what is written is the state of one moment. The same results
 * always give the same bytes. No more than the rows of one point are held at a time.
 *
 * meta.json is {"meta": {key: value of the meta table}, "mechanisms": [name], "factors": [{"name":
 * name, "levels": [text]}], "ends": [name], "promise": {"detect_s", "mistakes_per_year",
 * "overhead_bits_per_s": number or null}}, everything in the order of the plan.
 *
 * @param database the results, an SQLite file
 * @param directory where to; it is made if need be, and must not hold anything yet
 * @param promise what is promised; if nothing, what the configuration of the sweep says
 * @throw UsageError if there are no results, or the directory holds something or cannot be made
 * @throw std::runtime_error if the results cannot be read or a table cannot be written
 */
void ExportSweep(const std::filesystem::path& database,
                 const std::filesystem::path& directory,
                 const SweepPromise& promise = SweepPromise());

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_EXPORT_H */
