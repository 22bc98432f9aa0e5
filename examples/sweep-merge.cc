/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-merge.h"

#include "program-options.h"
#include "sweep-directory.h"
#include "sweep-run.h"
#include "sweep-store.h"

#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Find what is to be merged. A shard may not have begun yet.
 * @param sources directories
 * @return databases; those with nothing in them are left out, which is said
 * @throw UsageError if one does not exist, or none has results
 */
std::vector<std::filesystem::path>
Find(const std::vector<std::filesystem::path>& sources)
{
    std::vector<std::filesystem::path> found;
    for (const auto& source : sources)
    {
        std::error_code ignored;
        const bool begun = std::filesystem::exists(source / SweepDirectory::DATABASE, ignored);
        if (begun || !std::filesystem::is_directory(source, ignored))
        {
            const auto file = SweepDirectory::FindDatabase(source);
            if (!SweepStore(file, SweepStore::Access::READ).IsNew())
            {
                found.push_back(file);
                continue;
            }
        }
        std::cerr << source.string() << ": no results yet" << std::endl;
    }
    if (found.empty())
    {
        throw UsageError("no results to merge");
    }
    return found;
}

/**
 * @brief See that what is to be merged belongs together.
 * @param sources databases
 * @param target database that they are merged into; it need not be there
 * @param identity that of their plan; empty if it is that of the first one
 * @param plan filled with the plan that asks for the most replications
 * @param meta filled with what is known of the first one
 * @throw UsageError naming one that does not belong there
 */
void
Examine(const std::vector<std::filesystem::path>& sources,
        const std::filesystem::path& target,
        std::string identity,
        SweepPlan& plan,
        SweepStore::Meta& meta)
{
    for (const auto& source : sources)
    {
        std::error_code ignored;
        if (std::filesystem::equivalent(source, target, ignored))
        {
            throw UsageError(source.string() + ": cannot be merged into itself");
        }
        const SweepStore store(source, SweepStore::Access::READ);
        const SweepStore::Meta its = store.GetMeta();
        if (meta.empty())
        {
            meta = its;
            plan = store.GetPlan();
        }
        identity = identity.empty() ? store.GetPlan().GetIdentity() : identity;
        if (store.GetPlan().GetIdentity() != identity)
        {
            throw UsageError(source.string() + ": holds results of another plan than " +
                             sources.front().string());
        }
        for (const auto* key : SweepStore::BUILD)
        {
            if (its.at(key) != meta.at(key))
            {
                std::cerr << "keepalive-sweep: warning: " << source.string() << " was run with "
                          << key << " '" << its.at(key) << "', " << sources.front().string()
                          << " with '" << meta.at(key) << "'\n";
            }
        }
        plan = store.GetPlan().replications > plan.replications ? store.GetPlan() : plan;
    }
}

/// Remove a database, and what SQLite keeps beside it.
void
RemoveDatabase(const std::filesystem::path& file)
{
    for (const auto* end : {"", "-wal", "-shm", "-journal"})
    {
        std::error_code ignored;
        std::filesystem::remove(file.string() + end, ignored);
    }
}

} // namespace

int
MergeSweeps(const std::filesystem::path& directory,
            const std::vector<std::filesystem::path>& sources)
{
    const std::vector<std::filesystem::path> files = Find(sources);
    const auto target = directory / SweepDirectory::DATABASE;
    SweepPlan plan;
    SweepStore::Meta meta;
    std::string identity;
    std::error_code ignored;
    const bool had = std::filesystem::exists(target, ignored);
    if (had)
    {
        const SweepStore store(target, SweepStore::Access::READ);
        identity = store.IsNew() ? "" : store.GetPlan().GetIdentity();
    }
    Examine(files, target, identity, plan, meta);

    const SweepDirectory hold(directory, SweepDirectory::Content::ANYTHING);
    try
    {
        SweepStore store(target, SweepStore::Access::WRITE);
        if (store.IsNew())
        {
            const SweepStore first(files.front(), SweepStore::Access::READ);
            meta["shard"] = "1/1";
            store.Begin(
                plan,
                [&first](uint32_t point) { return first.ReadEnds(point); },
                meta);
        }
        for (const auto& file : files)
        {
            const uint64_t copied = store.CopyFrom(file);
            std::cerr << file.parent_path().string() << ": " << copied << " runs" << std::endl;
        }
        if (store.GetPlan().replications < plan.replications)
        {
            store.SetPlan(plan);
        }
        store.Settle();
        if (!std::filesystem::exists(directory / "config.ini", ignored))
        {
            hold.WriteConfiguration(meta["config"]);
        }
    }
    catch (const std::runtime_error&)
    {
        if (!had)
        {
            RemoveDatabase(target); // it would look like results, and lack some
        }
        throw;
    }
    return SweepRun::TellStatus(directory);
}

} // namespace keepalive
} // namespace ns3
