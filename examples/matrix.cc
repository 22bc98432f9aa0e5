/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief Which keepalive notices what: every mechanism through every kind of failure.
 *
 * Each mechanism runs at its defaults, at both ends of its own network. What fails, at random
 * instants, is the path between the ends or R2; under congestion nothing fails, but for an hour a
 * link on the path is offered one and a half times what it carries, towards R2.
 *
 * Expected output: a table with a row for each mechanism and a column for each failure. A cell
 * tells of R1 and R2: the mean time until it noticed, "never", "itself" for the end that failed,
 * "-" where there is no such failure; and of congestion "trusts", or how many mistakes it made.
 *
 * Files written below --out: config.ini, matrix.csv; a picture of it draws `./keepalive plot
 * matrix`.
 *
 * Exit status: 0 if every detection time agrees with its closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "option-types.h"
#include "output-file.h"
#include "program-options.h"

#include "ns3/failure-matrix.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double MOST_FAILURES = 10000; //!< of each kind
constexpr int NAME_WIDTH = 10;          //!< of the table's first column
constexpr int CELL_WIDTH = 16;          //!< of its others

using Verdict = MatrixCell::Verdict;
using Column = FailureMatrix::Column;

/// What the options say.
struct Plan
{
    std::vector<std::string> mechanisms; //!< rows to run
    std::vector<std::string> kinds;      //!< columns to run
    uint32_t failures{1};                //!< of each kind
};

/**
 * @brief Whether a list has a name.
 * @param names the list
 * @param name the name
 * @return true if it has
 */
bool
Has(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/**
 * @brief The names of rows or columns to run.
 * @param options the program's options
 * @param option name of the option
 * @param all what there is
 * @return what was asked for, or else all
 * @throw UsageError naming what there is not
 */
std::vector<std::string>
ReadNames(const ProgramOptions& options,
          const std::string& option,
          const std::vector<std::string>& all)
{
    const std::vector<std::string> names = ReadList(options, option);
    for (const auto& name : names)
    {
        if (std::find(all.begin(), all.end(), name) == all.end())
        {
            throw UsageError("option --" + option + "=" + name + ": expected some of " +
                             boost::algorithm::join(all, ", "));
        }
    }
    return names.empty() ? all : names;
}

/**
 * @brief Read the options.
 * @param options the program's options, parsed
 * @return what they say
 * @throw UsageError naming what is wrong
 */
Plan
ReadOptions(const ProgramOptions& options)
{
    std::vector<std::string> mechanisms;
    for (const auto& row : FailureMatrix::MakeRows())
    {
        mechanisms.push_back(row->GetName());
    }
    std::vector<std::string> kinds;
    for (const Column& column : FailureMatrix::GetColumns())
    {
        kinds.push_back(column.name);
    }
    // In the order of the matrix, whatever the order in which they were asked for.
    const auto keep = [](std::vector<std::string>& all, const std::vector<std::string>& wanted) {
        all.erase(std::remove_if(all.begin(),
                                 all.end(),
                                 [&wanted](const std::string& name) { return !Has(wanted, name); }),
                  all.end());
    };
    keep(mechanisms, ReadNames(options, "mechanisms", mechanisms));
    keep(kinds, ReadNames(options, "kinds", kinds));
    Plan plan;
    plan.mechanisms = mechanisms;
    plan.kinds = kinds;
    plan.failures = static_cast<uint32_t>(ReadWhole(options, "failures", 1, MOST_FAILURES));
    return plan;
}

/**
 * @brief A time as people say it.
 * @param seconds the time
 * @return such as 0.77 s, 35 s, 2.5 min or 2.2 h
 */
std::string
Tell(double seconds)
{
    std::ostringstream text;
    if (seconds < 0.0005)
    {
        return "0 s";
    }
    text << std::setprecision(2);
    if (seconds < 99.5)
    {
        text << seconds << " s";
    }
    else if (seconds < 5970)
    {
        text << seconds / 60 << " min";
    }
    else
    {
        text << seconds / 3600 << " h";
    }
    return text.str();
}

/**
 * @brief One end as the table has it.
 * @param end the end
 * @return a few letters
 */
std::string
Tell(const MatrixCell::End& end)
{
    switch (end.verdict)
    {
    case Verdict::NOT_APPLICABLE:
        return "-";
    case Verdict::NOTICES:
        return Tell(end.mean);
    case Verdict::SOMETIMES:
        return Tell(end.mean) + '?';
    case Verdict::MISTAKES:
        return std::to_string(end.noticed) + '!';
    case Verdict::NEVER:
    case Verdict::ITSELF:
    case Verdict::TRUSTS:
        break;
    }
    return ToString(end.verdict);
}

/**
 * @brief A cell as the table has it.
 * @param cell the cell
 * @return a few letters for each end
 */
std::string
Tell(const MatrixCell& cell)
{
    if (!cell.reason.empty())
    {
        return "-";
    }
    std::string text;
    for (const auto& end : cell.ends)
    {
        text += (text.empty() ? "" : " | ") + Tell(end.second);
    }
    return text;
}

/**
 * @brief The rows of matrix.csv for one cell.
 * @param out where to write
 * @param mechanism the mechanism
 * @param column the kind of failure
 * @param cell what the ends made of it
 */
void
Write(std::ostream& out,
      const MatrixMechanism& mechanism,
      const Column& column,
      const MatrixCell& cell)
{
    for (const auto& [name, end] : cell.ends)
    {
        const std::string causes = boost::algorithm::join(end.causes, " ");
        out << mechanism.GetName() << ",\"" << mechanism.GetTimers() << "\"," << column.name << ','
            << name << ',' << ToString(end.verdict) << ',' << end.failures << ',' << end.noticed
            << ',';
        if (end.verdict == Verdict::NOTICES || end.verdict == Verdict::SOMETIMES)
        {
            out << end.shortest << ',' << end.mean << ',' << end.longest << ',';
        }
        else
        {
            out << ",,,";
        }
        if (end.law)
        {
            out << end.law->lower << ',' << end.law->mean << ',' << end.law->upper << ',';
        }
        else
        {
            out << ",,,";
        }
        out << end.outside << ',' << causes << ",\"" << cell.reason << "\"\n";
    }
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Matrix(int argc, char* argv[])
{
    ProgramOptions options(
        "Which keepalive notices what: every mechanism, at its defaults, through "
        "every kind of failure.");
    auto add = options.Add().add_options();
    add("failures", Number(20, "N"), "failures of each kind, at random instants");
    add("mechanisms", List("NAME"), "rows, unless all are wanted");
    add("kinds", List("NAME"), "columns, unless all are wanted");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const Plan plan = ReadOptions(options);
    options.PassToNs3(
        []() { FailureMatrix::MakeRows().front()->Run(MatrixMechanism::Failure::SILENT, 1); });
    const std::filesystem::path directory = options.MakeOutputDirectory();
    const bool quiet = options.Get<bool>("quiet");
    OutputFile ini(directory, "config.ini");
    ini.Get() << options.ToIni();
    ini.Close();
    OutputFile table(directory, "matrix.csv");
    table.Get() << "mechanism,timers,failure,end,verdict,failures,noticed,shortest_s,mean_s,"
                   "longest_s,law_lower_s,law_mean_s,law_upper_s,outside,causes,reason\n";

    uint32_t outside = 0;
    std::ostringstream nobody;
    std::ostream& console = quiet ? static_cast<std::ostream&>(nobody) : std::cout;
    console << std::left << std::setw(NAME_WIDTH) << "";
    for (const auto& kind : plan.kinds)
    {
        console << std::setw(CELL_WIDTH) << kind;
    }
    console << std::endl;
    for (const auto& row : FailureMatrix::MakeRows())
    {
        if (!Has(plan.mechanisms, row->GetName()))
        {
            continue;
        }
        console << std::setw(NAME_WIDTH) << row->GetName();
        for (const Column& column : FailureMatrix::GetColumns())
        {
            if (!Has(plan.kinds, column.name))
            {
                continue;
            }
            const MatrixCell cell = row->Run(column.failure, plan.failures);
            Write(table.Get(), *row, column, cell);
            console << std::setw(CELL_WIDTH) << Tell(cell);
            for (const auto& end : cell.ends)
            {
                outside += end.second.outside;
            }
            console.flush();
        }
        console << std::endl;
    }
    table.Close();
    console << "results in " << directory.string() << '\n';
    if (outside > 0)
    {
        std::cerr << "matrix: " << outside << " detection times miss their closed form, see "
                  << (directory / "matrix.csv").string() << '\n';
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("matrix", &Matrix, argc, argv);
}
