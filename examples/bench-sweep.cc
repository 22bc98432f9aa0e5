/* SPDX-License-Identifier: GPL-2.0-only */

#include "bench-sweep.h"

#include "bench-tools.h"

#include "ns3/gre-experiment.h"
#include "ns3/recorded-result.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/scenario-experiment.h"
#include "ns3/serial-experiment.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ; //!< what children inherit

namespace ns3
{
namespace keepalive
{

namespace
{

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double FAIL_FOR = 60;                 //!< seconds that the failure of a run lasts
constexpr std::chrono::milliseconds GLANCE{50}; //!< between looks at memory

/// A directory that is gone in the end.
class ScratchDirectory
{
  public:
    ScratchDirectory()
        : m_path((fs::temp_directory_path() / "keepalive-bench-XXXXXX").string())
    {
        if (mkdtemp(m_path.data()) == nullptr)
        {
            throw std::runtime_error(m_path + ": cannot create this directory");
        }
    }

    ~ScratchDirectory()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }

    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    /**
     * @brief A directory in it that is not there.
     * @return its path
     */
    std::string MakeNew()
    {
        return m_path + "/" + std::to_string(m_number++);
    }

  private:
    std::string m_path;   //!< where it is
    uint32_t m_number{0}; //!< of the next directory in it
};

/// What a program took.
struct ChildCost
{
    double cpu{0};     //!< CPU seconds, of its own children, too
    double wall{0};    //!< seconds
    double early{0};   //!< most memory in the first tenth of that time, bytes
    double highest{0}; //!< most memory, bytes: of all its processes together
};

/**
 * @brief Where a program of this module is, if it is there.
 * @param name its name, such as "sweep"
 * @return the path of this program, with the name in the place of "bench"
 */
fs::path
FindProgram(const std::string& name)
{
    const fs::path self = fs::read_symlink("/proc/self/exe");
    std::string file = self.filename().string();
    const std::size_t at = file.rfind("bench");
    return self.parent_path() / (at == std::string::npos ? name : file.replace(at, 5, name));
}

/**
 * @brief The most memory that a process ever occupied.
 * @param process the process
 * @return bytes; 0 if it is gone
 */
double
ReadHighWater(pid_t process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string word;
    while (status >> word)
    {
        if (word == "VmHWM:")
        {
            double kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    }
    return 0;
}

/**
 * @brief The same of a process and its children.
 * @param process the process
 * @return bytes; what they share is counted for each
 */
double
ReadFamilyHighWater(pid_t process)
{
    const std::string id = std::to_string(process);
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    double sum = ReadHighWater(process);
    pid_t child = 0;
    while (children >> child)
    {
        sum += ReadHighWater(child);
    }
    return sum;
}

/**
 * @brief Run a program, its output going nowhere.
 * @param words its path and arguments
 * @param watched whether its memory is watched
 * @return what it took
 */
ChildCost
RunChild(const std::vector<std::string>& words, bool watched = false)
{
    std::vector<char*> arguments;
    for (const auto& word : words)
    {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t silence;
    posix_spawn_file_actions_init(&silence);
    for (const int file : {STDOUT_FILENO, STDERR_FILENO})
    {
        posix_spawn_file_actions_addopen(&silence, file, "/dev/null", O_WRONLY, 0);
    }
    const auto begin = Clock::now();
    pid_t child = -1;
    const int error =
        posix_spawn(&child, arguments[0], &silence, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&silence);
    if (error != 0)
    {
        throw std::runtime_error(words[0] + ": cannot be run, and is to be measured");
    }
    int status = 0;
    rusage usage{};
    std::vector<std::pair<double, double>> memory; // by time
    const auto elapsed = [begin]() {
        return std::chrono::duration<double>(Clock::now() - begin).count();
    };
    while (wait4(child, &status, watched ? WNOHANG : 0, &usage) == 0)
    {
        memory.emplace_back(elapsed(), ReadFamilyHighWater(child));
        std::this_thread::sleep_for(GLANCE);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    {
        throw std::runtime_error(words[0] + ": failed");
    }
    ChildCost cost;
    cost.wall = elapsed();
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    cost.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    for (const auto& [when, bytes] : memory)
    {
        cost.highest = std::max(cost.highest, bytes);
        cost.early = when <= cost.wall / 10 ? cost.highest : cost.early;
    }
    return cost;
}

// ---- the programs ----

/// What is run again and again.
struct Study
{
    std::string mechanism; //!< gre or hdlc
    double healthy;        //!< seconds before the failure
    uint32_t runs;         //!< of a sweep
    uint32_t alone;        //!< processes of their own
};

/**
 * @brief Run a sweep.
 * @param scratch where results go
 * @param study what is run
 * @param runs how many
 * @param jobs how many workers
 * @param watched whether its memory is watched
 * @return what it took
 */
ChildCost
RunSweep(ScratchDirectory& scratch,
         const Study& study,
         uint32_t runs,
         uint32_t jobs,
         bool watched = false)
{
    const std::string out = scratch.MakeNew();
    const ChildCost cost = RunChild({FindProgram("sweep").string(),
                                     "run",
                                     "--mechanism=" + study.mechanism,
                                     "--healthy=" + std::to_string(study.healthy),
                                     "--fail-for=" + std::to_string(FAIL_FOR),
                                     "--replications=" + std::to_string(runs),
                                     "--jobs=" + std::to_string(jobs),
                                     "--out=" + out},
                                    watched);
    fs::remove_all(out);
    return cost;
}

/**
 * @brief Run the mechanism's own program for each run.
 * @param scratch where results go
 * @param study what is run
 * @return CPU seconds for each run
 */
double
MeasureAlone(ScratchDirectory& scratch, const Study& study)
{
    double cpu = 0;
    for (uint32_t run = 1; run <= study.alone; run++)
    {
        const std::string out = scratch.MakeNew();
        cpu += RunChild({FindProgram(study.mechanism).string(),
                         "--schedule=random",
                         "--traffic-rate=0",
                         "--quiet",
                         "--fail-at=" + std::to_string(study.healthy),
                         "--fail-for=" + std::to_string(FAIL_FOR),
                         "--RngRun=" + std::to_string(run),
                         "--out=" + out})
                   .cpu;
        fs::remove_all(out);
    }
    return cpu / study.alone;
}

// ---- the same in this process ----

/// CPU seconds of a run, part by part.
struct Parts
{
    double build{0};   //!< the network
    double run{0};     //!< the bare simulation
    double record{0};  //!< its result
    double destroy{0}; //!< the network again
};

/**
 * @brief Do what ScenarioExperiment::Run does, and time its parts.
 * @tparam Traits what is known of the mechanism
 * @param study what is run
 * @param runs how many
 * @return the mean of each part
 */
template <typename Traits>
Parts
MeasureParts(const Study& study, uint32_t runs)
{
    typename Traits::Config config;
    config.trafficRate = DataRate(0);
    config.schedule = FailurePlan::Schedule::RANDOM;
    config.failAt = Seconds(study.healthy);
    config.failFor = Seconds(FAIL_FOR);
    Parts parts;
    double last = CpuSeconds();
    const auto lap = [&last, runs]() {
        const double now = CpuSeconds();
        return (now - std::exchange(last, now)) / runs;
    };
    for (uint32_t run = 1; run <= runs; run++)
    {
        RngSeedManager::SetRun(run);
        lap();
        {
            typename Traits::Scenario scenario(config);
            parts.build += lap();
            scenario.Run();
            parts.run += lap();
            RecordedResult::Make(scenario.GetRecorder(),
                                 scenario.GetStop(),
                                 Simulator::GetEventCount(),
                                 ScenarioExperiment<Traits>::CollectCounters(scenario));
            parts.record += lap();
        }
        parts.destroy += lap();
    }
    RngSeedManager::SetRun(1);
    return parts;
}

/**
 * @brief The same for any mechanism.
 * @param study what is run
 * @param runs how many
 * @return the mean of each part
 */
Parts
MeasureParts(const Study& study, uint32_t runs)
{
    return study.mechanism == "gre" ? MeasureParts<GreExperiment>(study, runs)
                                    : MeasureParts<SerialExperiment>(study, runs);
}

// ---- the figures ----

/**
 * @brief The sweep against processes, and against the bare simulation.
 * @param scratch where results go
 * @param study what is run
 * @param rounds how often
 */
void
CompareRuns(ScratchDirectory& scratch, const Study& study, uint32_t rounds)
{
    std::vector<double> faster;
    std::vector<double> overhead;
    std::vector<double> sweeps;
    std::vector<double> bare;
    std::vector<double> builds;
    MeasureParts(study, 2); // what is made once in a process
    for (uint32_t round = 0; round < rounds; round++)
    {
        const double alone = MeasureAlone(scratch, study);
        sweeps.push_back(RunSweep(scratch, study, study.runs, 1).cpu / study.runs);
        const Parts parts = MeasureParts(study, study.runs);
        faster.push_back(alone / sweeps.back());
        bare.push_back(parts.run);
        overhead.push_back(100 * (sweeps.back() / parts.run - 1));
        builds.push_back(100 * (parts.build + parts.destroy) / parts.run);
    }
    std::cout << std::setw(4) << study.mechanism << std::setw(8) << std::setprecision(0)
              << study.healthy << std::setprecision(2) << std::setw(15)
              << Median(sweeps) * Median(faster) * 1e3 << std::setw(12) << Median(sweeps) * 1e3
              << std::setw(12) << Median(faster) << std::setw(12) << Median(bare) * 1e3
              << std::setprecision(0) << std::setw(11) << Median(overhead) << " %" << std::setw(13)
              << Median(builds) << " %\n"
              << std::setprecision(2);
}

/**
 * @brief Two workers against one.
 * @param scratch where results go
 * @param rounds how often
 */
void
CompareWorkers(ScratchDirectory& scratch, uint32_t rounds)
{
    const Study study{"gre", 600, 400, 0};
    std::vector<double> one;
    std::vector<double> ratio;
    for (uint32_t round = 0; round < rounds; round++)
    {
        one.push_back(RunSweep(scratch, study, study.runs, 1).wall);
        ratio.push_back(one.back() / RunSweep(scratch, study, study.runs, 2).wall);
    }
    std::cout << "a sweep of " << study.runs << " runs, one worker:             1.00  ("
              << Median(one) << " s)\n"
              << "two workers are faster by:                    " << Median(ratio) << "  ("
              << rounds << " rounds, aim: at least 1.80; " << std::thread::hardware_concurrency()
              << " processors)\n\n";
}

/**
 * @brief A long sweep of short runs: speed and memory.
 * @param scratch where results go
 * @param runs how many
 */
void
MeasureLongSweep(ScratchDirectory& scratch, uint32_t runs)
{
    const Study study{"hdlc", 60, 0, 0};
    const uint32_t jobs = std::max(1U, std::thread::hardware_concurrency());
    const ChildCost cost = RunSweep(scratch, study, runs, jobs, true);
    std::cout << "a sweep of " << runs << " short runs, " << jobs
              << " workers: " << static_cast<uint64_t>(runs / cost.wall) << " runs a second, "
              << 1e3 * cost.cpu / runs << " ms of CPU each\n"
              << "memory of all its processes, at most:         " << cost.early / (1 << 20)
              << " MiB in the first tenth, " << cost.highest / (1 << 20)
              << " MiB to the end (aim: below 300, not growing)\n";
}

} // namespace

void
TrySweepBench()
{
    MeasureParts({"gre", 1, 0, 0}, 1);
    MeasureParts({"hdlc", 1, 0, 0}, 1);
}

bool
HasSweepPrograms()
{
    return fs::exists(FindProgram("sweep")) && fs::exists(FindProgram("gre")) &&
           fs::exists(FindProgram("hdlc"));
}

void
RunSweepBench(uint32_t rounds, uint32_t runs)
{
    ScratchDirectory scratch;
    std::cout << "\nms of CPU for a run with one failure (" << rounds
              << " rounds; aims: 8.00 times faster, overhead at most 15 %)\n"
                 "     healthy  a process each  in a sweep   faster by        bare     overhead  "
                 "network alone\n";
    // So many that the start of the sweep itself, some 50 ms, is a few hundredths at most.
    CompareRuns(scratch, {"hdlc", 600, 2000, 10}, rounds);
    CompareRuns(scratch, {"gre", 600, 300, 10}, rounds);
    CompareRuns(scratch, {"gre", 3600, 60, 4}, rounds);
    std::cout << '\n';
    CompareWorkers(scratch, rounds);
    MeasureLongSweep(scratch, runs);
}

} // namespace keepalive
} // namespace ns3
