/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-export.h"

#include "sweep-differences.h"
#include "sweep-point-tables.h"
#include "sweep-reader.h"
#include "sweep-run-tables.h"
#include "sweep-summary.h"
#include "sweep-table.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

using Json = nlohmann::ordered_json;

/// What the runs say, by point and end.
using Summaries = SweepPointTables::Summaries;

/// The plan of a sweep, as tables need it.
struct Plan
{
    std::vector<SweepPlan::Point> points;         //!< the points
    std::vector<SweepComparison::Factor> factors; //!< what varies, without the mechanism
};

/// The detection times of a point.
struct PointTimes
{
    std::map<uint32_t, std::map<uint64_t, Sample>> times; //!< by end and replication
    std::set<uint32_t> missed;                            //!< ends that missed a failure
};

/**
 * @brief Make the directory for an export.
 * @param directory where
 * @throw UsageError if it cannot be made or holds something
 */
void
MakeDirectory(const std::filesystem::path& directory)
{
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error || !std::filesystem::is_directory(directory, error))
    {
        throw UsageError("cannot make the directory " + directory.string());
    }
    const bool empty = std::filesystem::is_empty(directory, error);
    if (error || !empty)
    {
        throw UsageError("the directory " + directory.string() +
                         (error ? " cannot be read" : " is not empty"));
    }
}

// ---- differences.csv ----

/**
 * @brief Read the detection times of a point.
 * @param reader where they are
 * @param point which point
 * @return the times
 */
PointTimes
ReadTimes(SweepReader& reader, uint32_t point)
{
    PointTimes read;
    reader.ForEachDetection(point,
                            [&read](uint64_t replication,
                                    int64_t duration,
                                    const ExperimentResult::Detection& detection) {
                                const int64_t time = GetWatched(detection, duration);
                                if (detection.detected)
                                {
                                    read.times[detection.end][replication].Add(
                                        static_cast<double>(time) / 1e9);
                                }
                                else
                                {
                                    read.missed.insert(detection.end);
                                }
                            });
    return read;
}

/**
 * @brief Write the difference of two points, for the ends that both have.
 * @param table where to
 * @param pair the points
 * @param summaries what is known of their ends
 * @param point the detection times of one
 * @param base those of the other
 */
void
WriteDifference(SweepTable& table,
                const SweepComparison::Pair& pair,
                const Summaries& summaries,
                const PointTimes& point,
                const PointTimes& base)
{
    for (const auto& [number, times] : point.times)
    {
        const std::string& name = summaries[pair.point][number].end.name;
        const std::vector<SweepSummary>& others = summaries[pair.base];
        const auto same = std::find_if(others.begin(), others.end(), [&name](const auto& other) {
            return other.end.name == name;
        });
        const auto found = base.times.find(static_cast<uint32_t>(same - others.begin()));
        if (same == others.end() || found == base.times.end())
        {
            continue;
        }
        PairedDifference difference;
        for (const auto& [replication, sample] : times)
        {
            const auto other = found->second.find(replication);
            if (other != found->second.end())
            {
                difference.Add(*sample.GetMean(), *other->second.GetMean());
            }
        }
        if (difference.GetDifferences().GetCount() == 0)
        {
            continue;
        }
        table << pair.factor << pair.level << pair.baseLevel << uint64_t{pair.point}
              << uint64_t{pair.base} << uint64_t{number} << name
              << difference.GetDifferences().GetCount();
        // The mean of those that were noticed says nothing, once one was not.
        const bool censored = point.missed.count(number) > 0 || base.missed.count(found->first) > 0;
        if (censored)
        {
            difference = PairedDifference();
        }
        SweepPointTables::WriteMean(table, difference.GetDifferences());
        table << difference.GetDifferences().GetStandardDeviation()
              << difference.GetUnpairedDeviation() << difference.GetCorrelation();
    }
}

/**
 * @brief Write differences.csv.
 * @param reader where detection times are
 * @param directory where to
 * @param plan the plan
 * @param summaries what is known of the ends
 */
void
WriteDifferences(SweepReader& reader,
                 const std::filesystem::path& directory,
                 const Plan& plan,
                 const Summaries& summaries)
{
    SweepTable table(directory,
                     "differences.csv",
                     {"factor",
                      "level",
                      "base",
                      "point",
                      "base_point",
                      "end",
                      "end_name",
                      "pairs",
                      "difference_s",
                      "ci_low_s",
                      "ci_high_s",
                      "sd_paired_s",
                      "sd_unpaired_s",
                      "correlation"});
    std::optional<uint32_t> point;
    PointTimes base;
    for (const auto& pair : SweepComparison::GetPairs(plan.points, plan.factors))
    {
        if (point != pair.base)
        {
            point = pair.base;
            base = ReadTimes(reader, pair.base);
        }
        WriteDifference(table, pair, summaries, ReadTimes(reader, pair.point), base);
    }
    table.Close();
}

// ---- meta.json ----

/**
 * @brief What the configuration of the sweep promised.
 * @param meta the meta table
 * @return the promise
 */
SweepPromise
ReadPromise(const SweepReader::Settings& meta)
{
    for (const auto& [key, value] : meta)
    {
        if (key == "config")
        {
            return SweepPromise::FromConfiguration(value);
        }
    }
    return SweepPromise();
}

/**
 * @brief Write meta.json.
 * @param directory where to
 * @param meta the meta table
 * @param plan the plan
 * @param summaries what is known of the ends
 * @param promise what is promised
 */
void
WriteMeta(const std::filesystem::path& directory,
          const SweepReader::Settings& meta,
          const Plan& plan,
          const Summaries& summaries,
          const SweepPromise& promise)
{
    Json json;
    json["meta"] = Json::object();
    for (const auto& [key, value] : meta)
    {
        json["meta"][key] = value;
    }
    const auto addNew = [](Json& list, const std::string& text) {
        if (std::find(list.begin(), list.end(), text) == list.end())
        {
            list.push_back(text);
        }
    };
    json["mechanisms"] = Json::array();
    json["factors"] = Json::array();
    json["ends"] = Json::array();
    for (const auto& point : plan.points)
    {
        addNew(json["mechanisms"], point.mechanism);
    }
    for (const auto& factor : plan.factors)
    {
        json["factors"].push_back({{"name", factor.name}, {"levels", factor.levels}});
    }
    for (const auto& ends : summaries)
    {
        for (const auto& summary : ends)
        {
            addNew(json["ends"], summary.end.name);
        }
    }
    const auto orNull = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json();
    };
    json["promise"] = {{"detect_s", orNull(promise.detect)},
                       {"mistakes_per_year", orNull(promise.mistakes)},
                       {"overhead_bits_per_s", orNull(promise.overhead)}};
    OutputFile file(directory, "meta.json");
    file.Get() << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    file.Close();
}

} // namespace

void
ExportSweep(const std::filesystem::path& database,
            const std::filesystem::path& directory,
            const SweepPromise& promise)
{
    if (!std::filesystem::exists(database))
    {
        throw UsageError("no results in " + database.string());
    }
    SweepReader reader(database);
    const SweepReader::Settings meta = reader.GetMeta();
    const SweepPromise asked = promise.IsAsked() ? promise : ReadPromise(meta);
    Plan plan;
    plan.points = reader.GetPoints();
    plan.factors = SweepComparison::GetFactors(plan.points, reader.GetFactorNames());
    MakeDirectory(directory);

    Summaries summaries;
    SweepRunTables tables(directory);
    for (uint32_t point = 0; point < plan.points.size(); point++)
    {
        summaries.push_back(tables.Write(reader, point));
    }
    tables.Close();
    SweepPointTables::Judge(summaries);
    const SweepPointTables pointTables(plan.points, plan.factors, summaries);
    pointTables.WritePoints(directory);
    WriteDifferences(reader, directory, plan, summaries);
    if (asked.IsAsked())
    {
        pointTables.WritePromise(directory, asked);
    }
    WriteMeta(directory, meta, plan, summaries, asked);
    const std::filesystem::path configuration = database.parent_path() / "config.ini";
    if (std::filesystem::exists(configuration))
    {
        std::filesystem::copy_file(configuration, directory / "config.ini");
    }
}

} // namespace keepalive
} // namespace ns3
