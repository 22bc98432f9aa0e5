/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-run.h"

#include "sweep-directory.h"
#include "sweep-mechanism.h"
#include "sweep-pool.h"
#include "sweep-record.h"

#include "ns3/rng-seed-manager.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds COMMIT_INTERVAL{200}; //!< between two commits
constexpr std::size_t MAX_EXPERIMENTS{4096};              //!< that a worker keeps at hand
constexpr uint64_t MAX_TOLD{5};                           //!< failed runs told one by one

volatile std::sig_atomic_t g_signal = 0; //!< the signal that came; 0 for none

/// Note a signal.
void
NoteSignal(int signal)
{
    g_signal = signal;
}

/**
 * @brief Keeps SIGINT and SIGTERM away, but for the times when one is waited for.
 */
class SignalGuard
{
  public:
    SignalGuard()
    {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        sigprocmask(SIG_BLOCK, &signals, &m_before);
        struct sigaction action = {};
        action.sa_handler = NoteSignal;
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
    }

    ~SignalGuard()
    {
        sigprocmask(SIG_SETMASK, &m_before, nullptr);
    }

    SignalGuard(const SignalGuard&) = delete;
    SignalGuard& operator=(const SignalGuard&) = delete;

    /**
     * @brief What lets them in.
     * @return the signals that were kept away before this
     */
    const sigset_t& GetOpen() const
    {
        return m_before;
    }

  private:
    sigset_t m_before; //!< signals that were kept away before this
};

/**
 * @brief The shard in words.
 * @param options how to run
 * @return such as "1/4"
 */
std::string
DescribeShard(const SweepOptions& options)
{
    return std::to_string(options.shard) + "/" + std::to_string(options.shards);
}

/**
 * @brief Read what DescribeShard wrote.
 * @param text the text
 * @param options where to
 */
void
ReadShard(const std::string& text, SweepOptions& options)
{
    options.shard = std::stoul(text);
    options.shards = std::stoul(text.substr(text.find('/') + 1));
}

/**
 * @brief How a plan goes on that is asked for once more, perhaps with other replications.
 * @param before the plan so far
 * @param plan the plan now
 * @return the one that asks for more; the new one if its rule for stopping is another one
 */
const SweepPlan&
ChoosePlan(const SweepPlan& before, const SweepPlan& plan)
{
    const bool fixed = before.stopping.precision <= 0 && plan.stopping.precision <= 0;
    return fixed && before.replications > plan.replications ? before : plan;
}

} // namespace

SweepRun::SweepRun(SweepStore& store, const SweepPlan& plan, const SweepOptions& options)
    : m_store(store),
      m_options(options),
      m_plan(plan),
      m_schedule(m_plan, options)
{
    if (m_schedule.NeedsResults())
    {
        m_store.ForEachResult([this](uint64_t run, const ExperimentResult& result) {
            m_schedule.AddDone(run, &result);
        });
    }
    else
    {
        m_store.ForEachRun([this](uint64_t run) { m_schedule.AddDone(run, nullptr); });
    }
}

int
SweepRun::Start(const SweepPlan& plan,
                const SweepOptions& options,
                const std::string& configuration,
                const std::string& commandLine)
{
    const SweepDirectory directory(options.out, SweepDirectory::Content::RESULTS_OR_NOTHING);
    SweepStore store(directory.GetDatabase(), SweepStore::Access::WRITE);
    if (store.IsNew())
    {
        SweepStore::Meta meta = SweepStore::DescribeBuild();
        meta["command_line"] = commandLine;
        meta["config"] = configuration;
        meta["seed"] = std::to_string(RngSeedManager::GetSeed());
        meta["shard"] = DescribeShard(options);
        store.Begin(
            plan,
            [&plan](uint32_t point) { return MakeExperiment(plan, point)->Describe(); },
            meta);
    }
    else
    {
        SweepStore::Meta meta = store.GetMeta();
        if (store.GetPlan().GetIdentity() != plan.GetIdentity())
        {
            throw UsageError(options.out.string() + ": holds results of another plan; nothing is "
                                                    "overwritten");
        }
        if (meta["shard"] != DescribeShard(options))
        {
            throw UsageError(options.out.string() + ": holds shard " + meta["shard"] +
                             " of this plan, not " + DescribeShard(options));
        }
        if (&ChoosePlan(store.GetPlan(), plan) == &plan)
        {
            store.SetPlan(plan);
            store.SetMeta("command_line", commandLine);
            store.SetMeta("config", configuration);
        }
    }
    return Continue(directory, store, plan, options);
}

int
SweepRun::Resume(const SweepOptions& options)
{
    const SweepDirectory directory(options.out, SweepDirectory::Content::RESULTS);
    SweepStore store(directory.GetDatabase(), SweepStore::Access::WRITE);
    if (store.IsNew())
    {
        throw UsageError(options.out.string() + ": no results of a sweep there yet");
    }
    SweepOptions here = options;
    ReadShard(store.GetMeta()["shard"], here);
    ApplyNs3(store.GetPlan());
    return Continue(directory, store, store.GetPlan(), here);
}

int
SweepRun::Continue(const SweepDirectory& directory,
                   SweepStore& store,
                   const SweepPlan& plan,
                   const SweepOptions& options)
{
    SweepStore::Meta meta = store.GetMeta();
    directory.WriteConfiguration(meta["config"]);
    const SweepStore::Meta build = SweepStore::DescribeBuild();
    for (const auto* key : SweepStore::BUILD)
    {
        if (meta[key] != build.at(key))
        {
            std::cerr << "keepalive-sweep: warning: " << options.out.string() << " was begun with "
                      << key << " '" << meta[key] << "', this is '" << build.at(key) << "'\n";
        }
    }
    const int status = SweepRun(store, plan, options).Run();
    store.Settle();
    return status;
}

int
SweepRun::TellStatus(const std::filesystem::path& directory)
{
    SweepStore store(SweepDirectory::FindDatabase(directory), SweepStore::Access::READ);
    if (store.IsNew())
    {
        throw UsageError(directory.string() + ": no results of a sweep there yet");
    }
    SweepStore::Meta meta = store.GetMeta();
    SweepOptions options;
    options.out = directory;
    ReadShard(meta["shard"], options);
    const SweepRun run(store, store.GetPlan(), options);
    const SweepSchedule& schedule = run.m_schedule;
    const bool grows = schedule.NeedsResults() && !schedule.IsComplete();
    std::cout << directory.string() << ": " << schedule.GetNDone() << " of "
              << (grows ? "at least " : "") << schedule.GetNWanted() << " runs done, "
              << store.GetPlan().points.size() << " points";
    if (options.shards > 1)
    {
        std::cout << ", shard " << meta["shard"];
    }
    std::cout << (SweepDirectory::IsBusy(directory) ? "; running"
                  : schedule.IsComplete()           ? "; complete"
                                                    : "; not running, to be resumed")
              << '\n'
              << "begun with: " << meta["command_line"] << '\n'
              << "keepalive " << meta["module_version"] << ", ns-" << meta["ns3_version"]
              << (meta["git_commit"].empty() ? "" : ", commit ") << meta["git_commit"] << '\n';
    return 0;
}

int
SweepRun::Run()
{
    const SignalGuard guard;
    g_signal = 0;
    SweepProgress progress(std::cerr,
                           SweepProgress::ChooseStyle(m_options.quiet),
                           m_schedule.GetNDone());
    try
    {
        Work(progress, guard.GetOpen());
    }
    catch (const std::runtime_error& error)
    {
        throw std::runtime_error(std::string(error.what()) + "; what was committed is kept, and " +
                                 DescribeResume() + " goes on");
    }
    progress.Finish(m_schedule.GetNDone(), m_schedule.GetNWanted());
    return Conclude(g_signal);
}

void
SweepRun::Work(SweepProgress& progress, const sigset_t& open)
{
    std::vector<SweepStore::FinishedRun> finished;
    SweepPool pool(
        m_options.jobs,
        [this](uint64_t index) { return RunOne(index); },
        open);
    const std::string version = SweepStore::GetVersion();
    Clock::time_point committed = Clock::now();
    while (g_signal == 0)
    {
        const auto outcomes = pool.Run([this]() { return m_schedule.GetNext(); }, COMMIT_INTERVAL);
        for (const auto& outcome : outcomes)
        {
            if (outcome.failed)
            {
                AddFailed(outcome.number, outcome.bytes);
                continue;
            }
            finished.push_back({outcome.number,
                                SweepRecord::FromBytes(outcome.bytes),
                                outcome.wallTime,
                                outcome.worker,
                                version});
            m_schedule.AddDone(outcome.number, &finished.back().result);
        }
        progress.Update(m_schedule.GetNDone(), m_schedule.GetNWanted());
        if (Clock::now() - committed >= COMMIT_INTERVAL)
        {
            m_store.Write(finished);
            finished.clear();
            committed = Clock::now();
        }
        if (outcomes.empty() && pool.IsIdle())
        {
            break; // nothing was handed out, and there is nothing to wait for
        }
    }
    m_store.Write(finished);
}

std::string
SweepRun::RunOne(uint64_t index)
{
    const SweepPlan::Run run = m_plan.GetRun(index);
    auto at = m_experiments.find(run.point);
    if (at == m_experiments.end())
    {
        if (m_experiments.size() >= MAX_EXPERIMENTS)
        {
            m_experiments.clear();
        }
        at = m_experiments.emplace(run.point, MakeExperiment(m_plan, run.point)).first;
    }
    return SweepRecord::ToBytes(at->second->Run(run.rngRun));
}

void
SweepRun::AddFailed(uint64_t index, const std::string& why)
{
    const SweepPlan::Run run = m_plan.GetRun(index);
    if (m_nFailed++ < MAX_TOLD)
    {
        std::cerr << "keepalive-sweep: run " << index << ", " << DescribePoint(m_plan, run.point)
                  << ", replication " << run.replication << ", failed: " << why << std::endl;
    }
}

std::string
SweepRun::DescribeResume() const
{
    return "'keepalive-sweep resume " + m_options.out.string() + "'";
}

int
SweepRun::Conclude(int signal) const
{
    if (signal != 0)
    {
        std::cerr << "keepalive-sweep: interrupted; nothing is lost, " << DescribeResume()
                  << " goes on" << std::endl;
        return 128 + signal;
    }
    if (m_nFailed > 0)
    {
        std::cerr << "keepalive-sweep: " << m_nFailed << " runs failed, all others are done"
                  << std::endl;
        return 1;
    }
    return 0;
}

} // namespace keepalive
} // namespace ns3
