/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-estimate.h"

#include "sweep-mechanism.h"
#include "sweep-timing.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr std::size_t SHOWN_LEVELS = 12; //!< of a factor
constexpr std::size_t SHOWN_POINTS = 10; //!< that are left out
constexpr int HEADING_WIDTH = 14;        //!< of the first column

/**
 * @brief Something and how many.
 * @param number how many
 * @param what one of them
 * @return such as "1 run" or "2 runs"
 */
std::string
Count(uint64_t number, const std::string& what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/**
 * @brief A time for people.
 * @param seconds the time
 * @return such as "3 h 20 min"
 */
std::string
Duration(double seconds)
{
    std::ostringstream text;
    const auto whole = static_cast<uint64_t>(std::min(seconds, 1e15) + 0.5);
    if (seconds < 10)
    {
        text << std::fixed << std::setprecision(seconds < 1 ? 2 : 1) << seconds << " s";
    }
    else if (whole < 120)
    {
        text << whole << " s";
    }
    else if (whole < 7200)
    {
        text << whole / 60 << " min " << whole % 60 << " s";
    }
    else if (whole < 172800)
    {
        text << whole / 3600 << " h " << whole / 60 % 60 << " min";
    }
    else
    {
        text << whole / 86400 << " d " << whole / 3600 % 24 << " h";
    }
    return text.str();
}

/**
 * @brief Begin a row of the table.
 * @param out where to print
 * @param heading what it is about
 * @return where to go on
 */
std::ostream&
Row(std::ostream& out, const std::string& heading)
{
    // A longer one must not run into what follows.
    return out << std::left << std::setw(HEADING_WIDTH) << heading
               << (heading.size() < HEADING_WIDTH ? "" : " ");
}

/**
 * @brief Print a factor.
 * @param plan the plan
 * @param name of the factor
 * @param mechanisms all mechanisms of the plan
 * @param out where to print
 */
void
TellFactor(const SweepPlan& plan,
           const std::string& name,
           const std::vector<std::string>& mechanisms,
           std::ostream& out)
{
    std::vector<std::string> levels;
    std::set<std::string> known;
    for (const auto& point : plan.points)
    {
        for (const auto& [factor, level] : point.factors)
        {
            if (factor == name && known.insert(level).second)
            {
                levels.push_back(level);
            }
        }
    }
    std::ostringstream text;
    for (std::size_t i = 0; i < levels.size(); i++)
    {
        if (levels.size() > SHOWN_LEVELS && i == SHOWN_LEVELS - 1)
        {
            text << ", ..., " << levels.back();
            break;
        }
        text << (i > 0 ? ", " : "") << levels[i];
    }
    std::vector<std::string> without;
    for (const auto& mechanism : mechanisms)
    {
        if (!SweepMechanism::HasFactor(mechanism, name))
        {
            without.push_back(mechanism);
        }
    }
    Row(out, "  " + name) << Count(levels.size(), "level") << ": " << text.str()
                          << (without.empty()
                                  ? ""
                                  : " (not " + boost::algorithm::join(without, ", ") + ")")
                          << '\n';
}

/**
 * @brief Print what is left out.
 * @param leftOut what it is
 * @param all whether to print all of it
 * @param out where to print
 */
void
TellLeftOut(const std::vector<SweepLeftOut>& leftOut, bool all, std::ostream& out)
{
    Row(out, "left out") << Count(leftOut.size(), "point") << (leftOut.empty() ? "" : ":") << '\n';
    const std::size_t shown = all ? leftOut.size() : std::min(SHOWN_POINTS, leftOut.size());
    for (std::size_t i = 0; i < shown; i++)
    {
        out << "  " << leftOut[i].point << ": " << leftOut[i].reason << '\n';
    }
    if (shown < leftOut.size())
    {
        out << "  and " << leftOut.size() - shown << " more (--verbose)\n";
    }
}

/**
 * @brief Print every point, and what the lab program of its mechanism would be given.
 * @param plan the plan
 * @param out where to print
 */
void
TellPoints(const SweepPlan& plan, std::ostream& out)
{
    for (uint32_t i = 0; i < plan.points.size(); i++)
    {
        const std::string& mechanism = plan.points[i].mechanism;
        out << DescribePoint(plan, i) << ":";
        for (const auto& [name, value] : SweepMechanism::Translate(mechanism, GetSettings(plan, i)))
        {
            out << " --" << name << '=' << value;
        }
        out << '\n';
    }
}

/**
 * @brief Print how many runs there are.
 * @param plan the plan
 * @param options how it is to be run
 * @param out where to print
 */
void
TellRuns(const SweepPlan& plan, const SweepOptions& options, std::ostream& out)
{
    const uint64_t points = plan.points.size();
    Row(out, "points") << points << '\n';
    Row(out, "replications");
    if (plan.stopping.precision > 0)
    {
        out << plan.stopping.least << " to " << plan.stopping.most
            << " of each point, until the 95 % interval around the mean of the "
            << (plan.stopping.metric == "mistakes" ? "mistakes per time" : "detection time")
            << " is within " << plan.stopping.precision * 100 << " % of it\n";
        Row(out, "runs") << points * plan.stopping.least << " to " << plan.GetNRuns();
    }
    else
    {
        out << plan.replications << " of each point\n";
        Row(out, "runs") << plan.GetNRuns();
    }
    out << ", RngRun from " << plan.firstRun << " on\n";
    if (options.shards > 1)
    {
        Row(out, "shard") << options.shard << " of " << options.shards << '\n';
    }
}

/**
 * @brief Print how long it will take.
 * @param plan the plan
 * @param options how it is to be run
 * @param out where to print
 */
void
TellTime(const SweepPlan& plan, const SweepOptions& options, std::ostream& out)
{
    const SweepTiming timing(plan);
    Row(out, "timed") << Count(timing.GetRuns(), "run") << " in " << Duration(timing.GetSeconds())
                      << '\n';
    if (!timing.GetTrouble().empty())
    {
        out << "  " << timing.GetTrouble() << '\n';
    }
    Row(out, "estimate");
    if (timing.GetRuns() == 0)
    {
        out << "none: no run ended in that time; " << Count(plan.GetNRuns(), "run")
            << " take more than " << Duration(timing.GetSeconds() * plan.GetNRuns())
            << " on one core\n";
        return;
    }
    const bool until = plan.stopping.precision > 0;
    const double all = timing.GetSecondsPerReplication() * plan.replications / options.shards;
    const double least = timing.GetSecondsPerReplication() * plan.stopping.least / options.shards;
    // Cores that are not there help nobody.
    const double jobs = std::min<uint64_t>(options.slurm > 0 ? options.slurm : options.jobs,
                                           std::max<uint64_t>(1, plan.GetNRuns()));
    out << (until ? Duration(least) + " to " : "") << Duration(all) << " on one core, "
        << (until ? Duration(least / jobs) + " to " : "") << Duration(all / jobs) << " with "
        << (options.slurm > 0 ? Count(options.slurm, "task") : Count(options.jobs, "job")) << '\n';
}

} // namespace

void
TellPlan(const SweepPlan& plan,
         const SweepOptions& options,
         const std::vector<SweepLeftOut>& leftOut,
         std::ostream& out)
{
    std::vector<std::string> mechanisms;
    for (const auto& point : plan.points)
    {
        if (std::find(mechanisms.begin(), mechanisms.end(), point.mechanism) == mechanisms.end())
        {
            mechanisms.push_back(point.mechanism);
        }
    }
    Row(out, "mechanisms") << boost::algorithm::join(mechanisms, ", ") << '\n';
    Row(out, "factors") << plan.factorNames.size() << (plan.factorNames.empty() ? "" : ":") << '\n';
    for (const auto& name : plan.factorNames)
    {
        TellFactor(plan, name, mechanisms, out);
    }
    if (!plan.common.empty() || !plan.ns3.empty())
    {
        Row(out, "everywhere");
        for (const auto& [name, value] : plan.common)
        {
            out << "--" << name << '=' << value << ' ';
        }
        for (const auto& argument : plan.ns3)
        {
            out << "--" << argument << ' ';
        }
        out << '\n';
    }
    TellRuns(plan, options, out);
    TellLeftOut(leftOut, options.verbose, out);
    if (options.verbose)
    {
        TellPoints(plan, out);
    }
    out.flush(); // before a process is forked
    TellTime(plan, options, out);
}

} // namespace keepalive
} // namespace ns3
