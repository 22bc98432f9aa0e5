/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_RUN_H
#define KEEPALIVE_SWEEP_RUN_H

#include "sweep-directory.h"
#include "sweep-options.h"
#include "sweep-plan.h"
#include "sweep-progress.h"
#include "sweep-schedule.h"
#include "sweep-store.h"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Runs what is missing of a sweep: workers run, this process writes.
 *
 * What has arrived is committed five times a second, so that a kill loses no more than that and
 * what the workers are at. Nothing is kept of a run that is written.
 */
class SweepRun
{
  public:
    /**
     * @brief Run the missing runs of a plan into a directory: a new one, or one with results of the
     *        same plan.
     * @param plan what to run
     * @param options where and how
     * @param configuration for config.ini
     * @param commandLine what the user typed
     * @return exit status: 0 complete, 1 some runs failed, 130 or 143 interrupted
     * @throw UsageError if the directory holds anything else
     * @throw std::runtime_error if results cannot be written
     */
    static int Start(const SweepPlan& plan,
                     const SweepOptions& options,
                     const std::string& configuration,
                     const std::string& commandLine);

    /**
     * @brief Run what is missing in a directory.
     * @param options where and how; the shard is that of the directory
     * @return exit status, as above
     * @throw UsageError if there are no results in it
     * @throw std::runtime_error if results cannot be written
     */
    static int Resume(const SweepOptions& options);

    /**
     * @brief Print how far a sweep is.
     * @param directory where its results are
     * @return exit status: 0
     * @throw UsageError if there are no results in it
     */
    static int TellStatus(const std::filesystem::path& directory);

  private:
    /**
     * @brief Begin with what is there already.
     * @param store where results are and go
     * @param plan what to run
     * @param options how to run
     */
    SweepRun(SweepStore& store, const SweepPlan& plan, const SweepOptions& options);

    /**
     * @brief Run what is missing in a directory that this process has hold of.
     * @param directory the directory
     * @param store its results
     * @param plan what to run
     * @param options how to run
     * @return exit status, as above
     */
    static int Continue(const SweepDirectory& directory,
                        SweepStore& store,
                        const SweepPlan& plan,
                        const SweepOptions& options);

    /**
     * @brief Run what is missing.
     * @return exit status, as above
     */
    int Run();

    /**
     * @brief Have workers run what is missing, and write it, until a signal comes.
     * @param progress told how far it is
     * @param open signals to be let in
     */
    void Work(SweepProgress& progress, const sigset_t& open);

    /**
     * @brief Run one run, in a worker.
     * @param index its index in the plan
     * @return the record of its result
     */
    std::string RunOne(uint64_t index);

    /**
     * @brief A run cannot be completed.
     * @param index its index in the plan
     * @param why what happened
     */
    void AddFailed(uint64_t index, const std::string& why);

    /**
     * @brief What goes on with this.
     * @return a command
     */
    std::string DescribeResume() const;

    /**
     * @brief Say how it ended.
     * @param signal what interrupted it; 0 for nothing
     * @return exit status
     */
    int Conclude(int signal) const;

    SweepStore& m_store;          //!< where results are and go
    const SweepOptions m_options; //!< how to run
    const SweepPlan m_plan;       //!< what to run
    SweepSchedule m_schedule;     //!< what comes next
    uint64_t m_nFailed{0};        //!< runs that cannot be completed
    std::map<uint32_t, std::unique_ptr<Experiment>> m_experiments; //!< in a worker: those at hand
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_RUN_H */
