/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_SLURM_H
#define KEEPALIVE_SWEEP_SLURM_H

#include "sweep-plan.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A sweep on a cluster: a Slurm job array, and the job that merges what it yields.
 *
 * The directory then holds `plan.json`, the array's script `sweep.sbatch`, the merger's script
 * `merge.sbatch`, one directory `shards/K` for each task, and what they print in `logs`. Task K
 * runs `keepalive-sweep run-shard plan.json --jobs=1 --shard=K/N --out=shards/K` there, and takes
 * up again what is in its directory if Slurm starts it a second time. The merger runs
 * `keepalive-sweep merge . shards/1 ...` with all of these, so that `results.sqlite` ends beside
 * the scripts.
 */
class SweepSlurm
{
  public:
    /**
     * @brief Say what and where.
     * @param directory where the sweep is to live; on a file system that all nodes see
     * @param nTasks tasks of the array, at least 1
     */
    SweepSlurm(std::filesystem::path directory, uint32_t nTasks);

    /**
     * @brief Write plan and scripts: plan.json, config.ini, sweep.sbatch, merge.sbatch, and two
     *        empty directories.
     * @param plan what to run
     * @param configuration the resolved configuration, for config.ini
     * @throw UsageError if there are more tasks than runs or points to share, the directory is not
     *        empty or cannot be made, or Slurm cannot be told its name
     */
    void Write(const SweepPlan& plan, const std::string& configuration) const;

    /**
     * @brief Hand both scripts to sbatch, the merger to wait for all tasks of the array; without
     *        sbatch on this machine, say how to do it on another.
     * @throw std::runtime_error if sbatch refuses them
     */
    void Submit() const;

  private:
    /**
     * @brief Refuse what cannot be an array.
     * @param plan what to run
     * @throw UsageError saying why
     */
    void Check(const SweepPlan& plan) const;

    std::filesystem::path m_directory; //!< where, an absolute path
    uint32_t m_nTasks;                 //!< tasks of the array
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_SLURM_H */
