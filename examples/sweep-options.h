/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_OPTIONS_H
#define KEEPALIVE_SWEEP_OPTIONS_H

#include "program-options.h"
#include "sweep-mechanism.h"
#include "sweep-plan.h"
#include "sweep-promise.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief How a sweep is run, where to, and what to make of it. None of it changes a result.
 */
struct SweepOptions
{
    /// In which order runs are handed out.
    enum class Order
    {
        FORWARD, //!< by index
        REVERSE, //!< the last index first
        SHUFFLED //!< in an order drawn at random
    };

    std::filesystem::path out;   //!< directory for the results
    uint32_t jobs{1};            //!< workers at the same time
    uint32_t shard{1};           //!< which shard of the plan, from 1
    uint32_t shards{1};          //!< how many shards there are
    Order order{Order::FORWARD}; //!< which runs first
    uint32_t slurm{0};           //!< tasks of a Slurm job array; 0 to run here
    bool dryRun{false};          //!< say what would be run, and end
    bool verbose{false};         //!< dry run: every point, too
    bool quiet{false};           //!< no progress

    SweepPromise promise; //!< what --promise-... ask for
};

/// A combination that a mechanism refused, and --skip-invalid left out.
struct SweepLeftOut
{
    std::string point;  //!< in words
    std::string reason; //!< what the mechanism said
};

/**
 * @brief Add all options of `keepalive-sweep run`.
 * @param options the program's options
 */
void AddSweepOptions(ProgramOptions& options);

/**
 * @brief Add only those that say how to run a plan which is there already: jobs, order, shard.
 *        AddSweepOptions adds them, too.
 * @param options the program's options
 * @param shard whether to have the option shard
 */
void AddSweepWorkOptions(ProgramOptions& options, bool shard = true);

/**
 * @brief Read what AddSweepWorkOptions added, and out and quiet.
 * @param options the program's options, parsed
 * @return how to run; the rest is left at its defaults
 * @throw UsageError naming what is wrong
 */
SweepOptions ReadSweepWork(const ProgramOptions& options);

/**
 * @brief Read what AddSweepOptions added, but for the plan.
 * @param options the program's options, parsed
 * @return how to run
 * @throw UsageError naming what is wrong
 */
SweepOptions ReadSweepOptions(const ProgramOptions& options);

/**
 * @brief Make a plan of what was given, with every point tried, and hand ns-3 what is for it.
 * @param options the program's options, parsed
 * @param leftOut filled with the combinations that --skip-invalid leaves out; without it they are
 *        told in a line on stderr
 * @return the plan; its points can be made into experiments
 * @throw UsageError naming what is wrong
 */
SweepPlan ReadSweepPlan(const ProgramOptions& options,
                        std::vector<SweepLeftOut>* leftOut = nullptr);

/**
 * @brief Hand ns-3 what a plan has for it. ReadSweepPlan has done so; to do it again is no harm.
 * @param plan the plan
 * @throw UsageError if ns-3 refuses it
 */
void ApplyNs3(const SweepPlan& plan);

/**
 * @brief The configuration in force, as an INI file that makes the same plan: what was given in the
 *        order in which it was given, since that is the order of the factors.
 * @param options the program's options, parsed
 * @return the text, without what says where and how to run
 */
std::string ToSweepIni(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_OPTIONS_H */
