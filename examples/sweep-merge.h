/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_MERGE_H
#define KEEPALIVE_SWEEP_MERGE_H

#include <filesystem>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Merge results of one plan, such as those of its shards, complete or not.
 *
 * The result rows are those of one sweep of all of it. A run that is in several places must be the
 * same in all of them.
 *
 * @param directory where to: results of the same plan, which are added to, or none. Other files
 * that are there stay as they are
 * @param sources directories with results
 * @return exit status: 0, also if some runs are missing still, which is said
 * @throw UsageError if they are not of the same plan; nothing is written then
 * @throw std::runtime_error naming a run that two of them tell differently, or if results cannot be
 *        written; a database that was made for this is removed then
 */
int MergeSweeps(const std::filesystem::path& directory,
                const std::vector<std::filesystem::path>& sources);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_MERGE_H */
