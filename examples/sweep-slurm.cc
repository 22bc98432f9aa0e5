/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-slurm.h"

#include "output-file.h"
#include "program-options.h"
#include "shell-word.h"
#include "sweep-directory.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

namespace
{

/// What a script begins with: the options of sbatch that both jobs share. Each opens its log by
/// itself, since a name that sbatch is given could hold what it takes for a pattern.
constexpr const char* PREAMBLE = "#SBATCH --nodes=1\n"
                                 "#SBATCH --ntasks=1\n"
                                 "#SBATCH --cpus-per-task=1\n"
                                 "#SBATCH --requeue\n"
                                 "#SBATCH --output=/dev/null\n";

/**
 * @brief The program that is running.
 * @return its absolute path
 * @throw std::runtime_error if the kernel does not tell
 */
std::string
FindProgram()
{
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error)
    {
        throw std::runtime_error("cannot find my own path, which the job array needs: " +
                                 error.message());
    }
    return program.string();
}

/**
 * @brief Whether sbatch is on the PATH.
 * @return true if it is
 */
bool
HasSbatch()
{
    const char* variable = std::getenv("PATH");
    std::istringstream path(variable ? variable : "");
    for (std::string folder; std::getline(path, folder, ':');)
    {
        const std::filesystem::path program = std::filesystem::path(folder) / "sbatch";
        if (access(program.c_str(), X_OK) == 0)
        {
            return true;
        }
    }
    return false;
}

/**
 * @brief Submit a script. What sbatch complains of goes to stderr.
 * @param arguments of sbatch, quoted
 * @return the number of the job; empty if sbatch failed
 */
std::string
Sbatch(const std::string& arguments)
{
    // What is buffered would otherwise come after what sbatch says.
    std::cout.flush();
    FILE* pipe = popen(("sbatch --parsable " + arguments).c_str(), "r");
    if (!pipe)
    {
        return "";
    }
    std::string output;
    std::array<char, 256> buffer;
    while (fgets(buffer.data(), buffer.size(), pipe))
    {
        output += buffer.data();
    }
    const int status = pclose(pipe);
    // "12", or "12;cluster" where there are several.
    const bool isNumber = !output.empty() && output[0] >= '0' && output[0] <= '9';
    return status == 0 && isNumber ? output.substr(0, output.find_first_not_of("0123456789")) : "";
}

/**
 * @brief Make the directory of a sweep.
 * @param directory the directory
 * @throw UsageError if there is something in it, or it cannot be made
 */
void
MakeDirectory(const std::filesystem::path& directory)
{
    ProgramOptions::MakeNewDirectory(directory);
    std::error_code error;
    for (const char* name : {"logs", "shards"})
    {
        std::filesystem::create_directories(directory / name, error);
        if (error)
        {
            throw UsageError("option --out=" + directory.string() + ": " + error.message());
        }
    }
}

} // namespace

SweepSlurm::SweepSlurm(std::filesystem::path directory, uint32_t nTasks)
    : m_directory(std::filesystem::absolute(directory).lexically_normal()),
      m_nTasks(nTasks)
{
    if (!m_directory.has_filename())
    {
        m_directory = m_directory.parent_path(); // "DIR/"
    }
}

void
SweepSlurm::Write(const SweepPlan& plan, const std::string& configuration) const
{
    Check(plan);
    const std::string program = ToShellWord(FindProgram());
    MakeDirectory(m_directory);

    OutputFile planFile(m_directory, "plan.json");
    planFile.Get() << plan.ToJson() << '\n';
    planFile.Close();
    OutputFile configurationFile(m_directory, "config.ini");
    configurationFile.Get() << configuration;
    configurationFile.Close();

    const std::string count = std::to_string(m_nTasks);
    const std::string enter = "\ncd " + ToShellWord(m_directory.string()) + " || exit\n";
    OutputFile array(m_directory, "sweep.sbatch");
    array.Get() << "#!/bin/sh\n"
                << "# A sweep as a job array. A task that is started again goes on where it was.\n"
                << "# For a partition, an account or a time limit, set SBATCH_PARTITION,\n"
                << "# SBATCH_ACCOUNT or SBATCH_TIMELIMIT when it is submitted.\n"
                << "#SBATCH --job-name=keepalive-sweep\n"
                << "#SBATCH --array=1-" << count << '\n'
                << PREAMBLE << enter << "exec >>\"logs/sweep-$SLURM_ARRAY_TASK_ID.log\" 2>&1\n"
                << "exec " << program << " run-shard plan.json --jobs=1 \\\n"
                << "    --shard=\"$SLURM_ARRAY_TASK_ID/" << count
                << "\" --out=\"shards/$SLURM_ARRAY_TASK_ID\"\n";
    array.Close();

    OutputFile merger(m_directory, "merge.sbatch");
    merger.Get() << "#!/bin/sh\n"
                 << "# Puts together what the tasks of sweep.sbatch have yielded, in\n"
                 << "# results.sqlite. By hand, too: sh merge.sbatch\n"
                 << "#SBATCH --job-name=keepalive-merge\n"
                 << PREAMBLE << enter << "exec >>logs/merge.log 2>&1\n"
                 << "exec " << program << " merge . shards/*\n";
    merger.Close();
}

void
SweepSlurm::Check(const SweepPlan& plan) const
{
    // Until an interval is narrow, a point stays whole.
    const bool wholePoints = plan.stopping.precision > 0;
    const uint64_t most = wholePoints ? plan.points.size() : plan.GetNRuns();
    if (m_nTasks < 1 || m_nTasks > most)
    {
        throw UsageError("option --slurm=" + std::to_string(m_nTasks) + ": between 1 and " +
                         std::to_string(most) + " tasks, one for each " +
                         (wholePoints ? "point" : "run") + " at most");
    }
    for (const char c : m_directory.string())
    {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
        {
            throw UsageError("option --out: a job script cannot hold the control characters in the "
                             "name of this directory");
        }
    }
}

void
SweepSlurm::Submit() const
{
    const std::string sweep = ToShellWord((m_directory / "sweep.sbatch").string());
    const std::string merge = ToShellWord((m_directory / "merge.sbatch").string());
    // A merger that can never start, since a task has failed, would wait for ever.
    const std::string after = "--kill-on-invalid-dep=yes --dependency=afterok:";
    if (!HasSbatch())
    {
        std::cout << "There is no sbatch on this machine. Where there is:\n"
                  << "  job=$(sbatch --parsable " << sweep << ")\n"
                  << "  sbatch " << after << "\"$job\" " << merge << '\n';
        return;
    }
    const std::string job = Sbatch(sweep);
    if (job.empty())
    {
        throw std::runtime_error("sbatch did not take " + sweep +
                                 "; nothing was submitted, the scripts stay");
    }
    const std::string last = Sbatch(after + job + " " + merge);
    if (last.empty())
    {
        throw std::runtime_error("sbatch took the array, job " + job + ", but not " + merge);
    }
    std::cout << "Submitted an array of " << m_nTasks << " tasks, job " << job << ", and job "
              << last << ", which merges them into "
              << (m_directory / SweepDirectory::DATABASE).string() << '\n';
}

} // namespace keepalive
} // namespace ns3
