/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief Sweeps: many runs of many combinations of mechanism, timers, losses and loads, in one
 *        database.
 */

#include "program-options.h"
#include "shell-word.h"
#include "sweep-directory.h"
#include "sweep-estimate.h"
#include "sweep-export.h"
#include "sweep-merge.h"
#include "sweep-options.h"
#include "sweep-plan.h"
#include "sweep-promise.h"
#include "sweep-run.h"
#include "sweep-slurm.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace ns3::keepalive;

namespace
{

constexpr const char* SUMMARY =
    "Runs many combinations of mechanism, timers, losses and loads, many times each, and keeps "
    "the\n"
    "results in one database.\n\n"
    "  keepalive-sweep [run] OPTIONS              run a plan, or what is missing of it\n"
    "  keepalive-sweep resume DIR [--jobs=N]      run what is missing in a directory\n"
    "  keepalive-sweep status DIR                 say how far it is\n"
    "  keepalive-sweep merge OUT_DIR DIR...       merge shards into one\n"
    "  keepalive-sweep export DIR [--out=TABLES]  write tables (CSV), into DIR/csv-001 or the "
    "next\n"
    "                                             that is free if not told where\n"
    "  keepalive-sweep run-shard PLAN.json --shard=K/N --out=DIR [--jobs=N]\n"
    "                                             run a part of a plan that --slurm wrote";

/**
 * @brief What a subcommand is given: names of files and directories, and options.
 */
struct Arguments
{
    std::vector<std::string> names; //!< what is no option
    std::vector<char*> options;     //!< name of the program, then options and their values
};

/**
 * @brief Part names from options.
 * @param argc from main
 * @param argv from main
 * @param from first argument behind the subcommand
 * @return both
 */
Arguments
Part(int argc, char* argv[], int from)
{
    Arguments arguments;
    arguments.options.push_back(argv[0]);
    bool isValue = false; // of the option before
    for (int i = from; i < argc; i++)
    {
        const std::string text = argv[i];
        const bool isOption = text.rfind("-", 0) == 0;
        if (isOption || isValue)
        {
            arguments.options.push_back(argv[i]);
            isValue = isOption && text.find('=') == std::string::npos && text != "--quiet";
            continue;
        }
        arguments.names.push_back(text);
    }
    return arguments;
}

/**
 * @brief See that there are as many names as there have to be.
 * @param arguments what a subcommand was given
 * @param least how many, at least
 * @param most how many, at most
 * @param usage what is wanted
 * @throw UsageError if there are not
 */
void
CheckNames(const Arguments& arguments, std::size_t least, std::size_t most, const char* usage)
{
    if (arguments.names.size() < least || arguments.names.size() > most)
    {
        throw UsageError(std::string("expected: keepalive-sweep ") + usage);
    }
}

/**
 * @brief Read the options of a subcommand.
 * @param options what it takes
 * @param arguments what it was given
 * @return false if help was asked for, and printed
 */
bool
Parse(ProgramOptions& options, Arguments& arguments)
{
    return options.Parse(static_cast<int>(arguments.options.size()), arguments.options.data());
}

/**
 * @brief Read a whole file.
 * @param path its name
 * @return what it holds
 * @throw UsageError if it cannot be read
 */
std::string
ReadFile(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::error_code ignored;
    if (!file || std::filesystem::is_directory(path, ignored))
    {
        throw UsageError(path.string() + ": cannot read this file");
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/**
 * @brief The command line, as one could type it again.
 * @param argc from main
 * @param argv from main
 * @return the text
 */
std::string
DescribeCommandLine(int argc, char* argv[])
{
    std::string line;
    for (int i = 0; i < argc; i++)
    {
        line += (i > 0 ? " " : "") + ToShellWord(argv[i]);
    }
    return line;
}

/// keepalive-sweep run
int
Run(int argc, char* argv[], int from)
{
    Arguments arguments = Part(argc, argv, from);
    CheckNames(arguments, 0, 0, "[run] OPTIONS (--help lists them); no such command");
    ProgramOptions options(SUMMARY, "results/sweep", "directory for the results");
    AddSweepOptions(options);
    if (!Parse(options, arguments))
    {
        return 0;
    }
    const SweepOptions sweep = ReadSweepOptions(options);
    std::vector<SweepLeftOut> leftOut;
    const SweepPlan plan = ReadSweepPlan(options, sweep.dryRun ? &leftOut : nullptr);
    if (sweep.dryRun)
    {
        TellPlan(plan, sweep, leftOut, std::cout);
        return 0;
    }
    const std::string configuration = ToSweepIni(options);
    if (sweep.slurm > 0)
    {
        const SweepSlurm slurm(sweep.out, sweep.slurm);
        slurm.Write(plan, configuration);
        slurm.Submit();
        return 0;
    }
    return SweepRun::Start(plan, sweep, configuration, DescribeCommandLine(argc, argv));
}

/// keepalive-sweep run-shard
int
RunShard(int argc, char* argv[], int from)
{
    Arguments arguments = Part(argc, argv, from);
    ProgramOptions options("Runs a part of a plan.");
    AddSweepWorkOptions(options);
    if (!Parse(options, arguments))
    {
        return 0;
    }
    CheckNames(arguments, 1, 1, "run-shard PLAN.json --shard=K/N --out=DIR");
    const std::filesystem::path file = arguments.names[0];
    SweepPlan plan;
    const std::string text = ReadFile(file);
    try
    {
        plan = SweepPlan::FromJson(text);
    }
    catch (const std::runtime_error& error)
    {
        throw UsageError(file.string() + ": " + error.what());
    }
    ApplyNs3(plan);
    const auto configuration = file.parent_path() / "config.ini";
    return SweepRun::Start(plan,
                           ReadSweepWork(options),
                           std::filesystem::exists(configuration) ? ReadFile(configuration) : "",
                           DescribeCommandLine(argc, argv));
}

/// keepalive-sweep resume
int
Resume(int argc, char* argv[], int from)
{
    Arguments arguments = Part(argc, argv, from);
    ProgramOptions options("Runs what is missing in a directory.");
    AddSweepWorkOptions(options);
    if (!Parse(options, arguments))
    {
        return 0;
    }
    CheckNames(arguments, 1, 1, "resume DIR [--jobs=N]");
    for (const auto* name : {"out", "shard"})
    {
        if (options.IsGiven(name))
        {
            throw UsageError(std::string("option --") + name +
                             ": resume goes on where DIR says, with what it says");
        }
    }
    SweepOptions sweep = ReadSweepWork(options);
    sweep.out = arguments.names[0];
    return SweepRun::Resume(sweep);
}

/// keepalive-sweep status
int
TellStatus(int argc, char* argv[], int from)
{
    const Arguments arguments = Part(argc, argv, from);
    CheckNames(arguments, 1, arguments.options.size() > 1 ? 0 : 1, "status DIR");
    return SweepRun::TellStatus(arguments.names[0]);
}

/// keepalive-sweep merge
int
Merge(int argc, char* argv[], int from)
{
    const Arguments arguments = Part(argc, argv, from);
    CheckNames(arguments, 2, arguments.options.size() > 1 ? 0 : SIZE_MAX, "merge OUT_DIR DIR...");
    const std::vector<std::filesystem::path> sources(arguments.names.begin() + 1,
                                                     arguments.names.end());
    return MergeSweeps(arguments.names[0], sources);
}

/// keepalive-sweep export
int
Export(int argc, char* argv[], int from)
{
    Arguments arguments = Part(argc, argv, from);
    ProgramOptions options("Writes the results of a sweep, and what they say, as tables.",
                           "",
                           "directory for the tables; DIR/csv-001 or the next that is free");
    SweepPromise::AddOptions(options);
    if (!Parse(options, arguments))
    {
        return 0;
    }
    CheckNames(arguments, 1, 1, "export DIR [--out=TABLES]");
    const auto database = SweepDirectory::FindDatabase(arguments.names[0]);
    std::filesystem::path out = options.Get<std::string>("out");
    for (int i = 1; out.empty(); i++)
    {
        std::string number = std::to_string(i);
        number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
        const auto next = std::filesystem::path(arguments.names[0]) / ("csv-" + number);
        out = std::filesystem::exists(next) ? "" : next;
    }
    ExportSweep(database, out, SweepPromise::Read(options));
    if (!options.Get<bool>("quiet"))
    {
        std::cout << out.string() << '\n';
    }
    return 0;
}

/// The program.
int
Main(int argc, char* argv[])
{
    const std::vector<std::pair<std::string, int (*)(int, char*[], int)>> commands = {
        {"run", Run},
        {"run-shard", RunShard},
        {"resume", Resume},
        {"status", TellStatus},
        {"merge", Merge},
        {"export", Export}};
    for (const auto& [name, command] : commands)
    {
        if (argc > 1 && argv[1] == name)
        {
            return command(argc, argv, 2);
        }
    }
    return Run(argc, argv, 1);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("keepalive-sweep", Main, argc, argv);
}
