/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief What do mismatched timers cost? HDLC keepalives with different intervals at both ends.
 *
 *      R1 ---------------- serial line ---------------- R2
 *      keepalive --local                    keepalive --peer
 *
 * Nothing ever fails. Yet R1 takes the line protocol down again and again if R2 sends so rarely
 * that R1 misses an answer: for every pair of intervals the program counts how often R1's ticks
 * find the line down, for how much of the time it is down, and how often it flaps, beside the
 * closed form.
 *
 * Each replication of a pair has another phase of one end's ticks against the other's: where the
 * intervals are in a ratio of small numbers, as 10 s and 40 s are, a line keeps the phase that it
 * started with for ever, and a single one would tell nothing about the others.
 *
 * Expected output: with the defaults a table of ten rows. The line is up until the peer's interval
 * exceeds 30 s; at 60 s half of R1's ticks print "line down".
 *
 * Files written below --out: config.ini, mismatch.csv.
 *
 * Exit status: 0 if every share agrees with its closed form, or there is none; 1 if one is off by
 * more than 1 percentage point; 2 for bad options, with nothing written.
 */

#include "option-types.h"
#include "output-file.h"
#include "program-options.h"

#include "ns3/mismatch-experiment.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double TOLERANCE = 0.01;        //!< how far a share may lie from its law
constexpr double SHORTEST_INTERVAL = 0.1; //!< seconds
constexpr double LONGEST_INTERVAL = 1e6;  //!< seconds

/// A pair of intervals, and what was found.
struct Cell
{
    MismatchExperiment::Config config; //!< what was run
    MismatchExperiment::Totals totals; //!< what was counted
    std::optional<double> lawOfTicks;  //!< closed form of the share of ticks
    std::optional<double> lawOfTime;   //!< closed form of the share of time
    bool within{true};                 //!< they agree
};

/**
 * @brief A list of intervals.
 * @param options the program's options
 * @param name name of the option
 * @return the intervals, each above zero and once
 */
std::vector<Time>
ReadIntervals(const ProgramOptions& options, const std::string& name)
{
    const auto text = options.Get<std::string>(name);
    std::vector<Time> intervals;
    std::istringstream list(text + ",");
    std::string member;
    while (std::getline(list, member, ','))
    {
        std::size_t used = 0;
        double seconds = 0;
        try
        {
            seconds = std::stod(member, &used);
        }
        catch (const std::exception&)
        {
            used = std::string::npos;
        }
        if (used != member.size() || !(seconds >= SHORTEST_INTERVAL && seconds <= LONGEST_INTERVAL))
        {
            throw UsageError("option --" + name + "=" + text + ": '" + member +
                             "' must be a number of seconds from 0.1 to 1000000");
        }
        const Time interval = Seconds(seconds);
        if (std::find(intervals.begin(), intervals.end(), interval) != intervals.end())
        {
            throw UsageError("option --" + name + "=" + text + ": '" + member +
                             "' is there more than once");
        }
        intervals.push_back(interval);
    }
    return intervals;
}

/**
 * @brief Make configurations of what was given.
 * @param options the program's options
 * @return one for each pair of intervals
 */
std::vector<Cell>
ReadCells(const ProgramOptions& options)
{
    MismatchExperiment::Config config;
    config.rule = options.Choose<HdlcNetDevice::VerdictRule>("rule",
                                                             {{"ios", HdlcNetDevice::IOS},
                                                              {"nokia", HdlcNetDevice::NOKIA},
                                                              {"linux", HdlcNetDevice::LINUX},
                                                              {"freebsd", HdlcNetDevice::FREEBSD},
                                                              {"sppp", HdlcNetDevice::SPPP},
                                                              {"h3c", HdlcNetDevice::H3C},
                                                              {"junos", HdlcNetDevice::JUNOS}});
    // With one, Nokia is down for ever: the number about to be sent is never acknowledged yet.
    const double least = config.rule == HdlcNetDevice::NOKIA ? 2 : 1;
    config.retries = static_cast<uint32_t>(ReadWhole(options, "retries", least, 255));
    config.replications = static_cast<uint32_t>(ReadWhole(options, "replications", 1, 1e6));
    config.duration = Seconds(options.GetBetween("duration", 0, LONGEST_OPTION));
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, 1000));
    config.linkRate = ReadRate(options, "link-rate", false);
    if (config.linkRate.GetBitRate() < SerialNetDevice::MIN_CLOCK_RATE)
    {
        throw UsageError("option --link-rate=" + options.Get<std::string>("link-rate") +
                         ": out of range, must be 1200 bit/s or more");
    }

    std::vector<Cell> cells;
    const std::vector<Time> peers = ReadIntervals(options, "peer");
    for (const auto& local : ReadIntervals(options, "local"))
    {
        config.localInterval = local;
        for (const auto& peer : peers)
        {
            config.peerInterval = peer;
            cells.push_back({config, {}, std::nullopt, std::nullopt, true});
        }
    }
    return cells;
}

/**
 * @brief Whether a share agrees with its law.
 * @param share what was counted
 * @param law what theory says, if it says anything
 * @return false if they are too far apart
 */
bool
Agrees(double share, const std::optional<double>& law)
{
    return !law || std::abs(share - *law) <= TOLERANCE;
}

/**
 * @brief Simulate a cell and compare it with its law.
 * @param cell the cell
 */
void
RunCell(Cell& cell)
{
    const MismatchExperiment experiment(cell.config);
    cell.totals = experiment.Run();
    cell.lawOfTicks = experiment.GetLaw().GetShareOfTicksDown();
    cell.lawOfTime = experiment.GetLaw().GetShareOfTimeDown();
    cell.within = Agrees(cell.totals.GetShareOfTicksDown(), cell.lawOfTicks) &&
                  Agrees(cell.totals.GetShareOfTimeDown(), cell.lawOfTime);
}

/**
 * @brief Write mismatch.csv.
 * @param out where to
 * @param rule the rule, as given
 * @param cells what was found
 */
void
WriteTable(std::ostream& out, const std::string& rule, const std::vector<Cell>& cells)
{
    out << "rule,local_interval_s,peer_interval_s,retries,ticks,ticks_down,share_of_ticks_down,"
           "share_of_time_down,flaps_per_hour,resets_per_hour,law_share_of_ticks_down,"
           "law_share_of_time_down\n"
        << std::setprecision(10);
    for (const auto& cell : cells)
    {
        const MismatchExperiment::Totals& totals = cell.totals;
        out << rule << ',' << cell.config.localInterval.GetSeconds() << ','
            << cell.config.peerInterval.GetSeconds() << ',' << cell.config.retries << ','
            << totals.ticks << ',' << totals.ticksDown << ',' << totals.GetShareOfTicksDown() << ','
            << totals.GetShareOfTimeDown() << ',' << totals.GetPerHour(totals.flaps) << ','
            << totals.GetPerHour(totals.resets) << ',';
        if (cell.lawOfTicks)
        {
            out << *cell.lawOfTicks;
        }
        out << ',';
        if (cell.lawOfTime)
        {
            out << *cell.lawOfTime;
        }
        out << '\n';
    }
}

/**
 * @brief A share in percent, for a person.
 * @param share the share, if there is one
 * @return the text
 */
std::string
ToPercent(const std::optional<double>& share)
{
    std::ostringstream text;
    if (share)
    {
        text << std::fixed << std::setprecision(2) << *share * 100 << " %";
    }
    return share ? text.str() : "-";
}

/**
 * @brief Print what was found, for a person.
 * @param cells what was found
 */
void
PrintTable(const std::vector<Cell>& cells)
{
    std::cout
        << "  local    peer |    ticks down, law    |     time down, law    |  flaps   resets\n"
           "      s       s |                       |                       |   in an hour\n";
    for (const auto& cell : cells)
    {
        const MismatchExperiment::Totals& totals = cell.totals;
        std::cout << std::setprecision(6) << std::setw(7) << cell.config.localInterval.GetSeconds()
                  << ' ' << std::setw(7) << cell.config.peerInterval.GetSeconds() << " | "
                  << std::setw(10) << ToPercent(totals.GetShareOfTicksDown()) << ' '
                  << std::setw(10) << ToPercent(cell.lawOfTicks) << " | " << std::setw(10)
                  << ToPercent(totals.GetShareOfTimeDown()) << ' ' << std::setw(10)
                  << ToPercent(cell.lawOfTime) << " | " << std::fixed << std::setprecision(2)
                  << std::setw(6) << totals.GetPerHour(totals.flaps) << ' ' << std::setw(8)
                  << totals.GetPerHour(totals.resets) << (cell.within ? "\n" : "  OFF\n");
        std::cout.unsetf(std::ios::fixed);
    }
}

/**
 * @brief The options of the program.
 * @param options to be added to
 */
void
AddOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("rule",
        Word("ios", "NAME"),
        "whose rule judges: ios, nokia, linux, freebsd, sppp, h3c or junos");
    add("local",
        Word("10", "SECONDS[,...]"),
        "time between keepalives of R1, whose line protocol is watched");
    add("peer",
        Word("10,15,20,21,25,30,31,35,40,60", "SECONDS[,...]"),
        "time between keepalives of R2; every pair is a cell");
    add("retries",
        Number(3, "N"),
        "missing answers that bring the line down; without meaning for linux");
    add("duration",
        Number(0, "SECONDS"),
        "counted in each replication; 0 for as many cycles, least common multiples of both "
        "intervals, as last ten of the longer interval, or, should a cycle be longer than a "
        "hundred of it, for a hundred");
    add("replications",
        Number(MismatchExperiment::DEFAULT_REPLICATIONS, "N"),
        "random phases of each cell, one in each N-th of R1's interval: N = 200 is good for 0.5 "
        "percentage points");
    add("link-rate", Word("64kb/s", "RATE"), "clock of the line");
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of the line");
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Mismatch(int argc, char* argv[])
{
    ProgramOptions options("What do mismatched timers cost? Two ends of a serial line with HDLC "
                           "keepalives, of different intervals, while nothing fails.");
    AddOptions(options);
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    std::vector<Cell> cells = ReadCells(options);
    options.PassToNs3([&cells]() { MismatchExperiment(cells.front().config).RunReplication(0); });
    const std::filesystem::path directory = options.MakeOutputDirectory();
    OutputFile ini(directory, "config.ini");
    ini.Get() << options.ToIni();
    ini.Close();
    OutputFile table(directory, "mismatch.csv");

    std::size_t off = 0;
    for (auto& cell : cells)
    {
        RunCell(cell);
        off += cell.within ? 0 : 1;
    }
    WriteTable(table.Get(), options.Get<std::string>("rule"), cells);
    table.Close();
    if (!options.Get<bool>("quiet"))
    {
        PrintTable(cells);
        std::cout << "results in " << directory.string() << '\n';
    }
    if (off > 0)
    {
        std::cerr << "mismatch: " << off << " cells miss their closed form by more than 1 "
                  << "percentage point, see " << (directory / "mismatch.csv").string() << '\n';
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("mismatch", &Mismatch, argc, argv);
}
