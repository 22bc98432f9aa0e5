/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-reader.h"

#include "sweep-row-reader.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Runs by point: the table itself is in the order of their indices. It may be large, so that it
/// goes to a temporary file, and is gone when the database is closed.
const char* const RUNS_BY_POINT =
    "CREATE TEMP TABLE by_point (point INTEGER, replication INTEGER, run INTEGER, "
    "PRIMARY KEY (point, replication)) WITHOUT ROWID";

const char* const FILL_RUNS_BY_POINT =
    "INSERT INTO by_point SELECT point, replication, run FROM run ORDER BY point, replication";

/**
 * @brief Read what was observed at the ends of a run.
 * @param rows the query, bound to the run
 * @param ends filled in
 */
void
ReadObservations(SQLite::Statement& rows, std::vector<ExperimentResult::End>& ends)
{
    for (; rows.executeStep();)
    {
        ends.at(rows.getColumn(0).getUInt()) = SweepRowReader::GetObservation(rows, 1);
    }
}

/**
 * @brief Read the mistakes of a run.
 * @param rows the query, bound to the run
 * @param mistakes filled in
 */
void
ReadMistakes(SQLite::Statement& rows, std::vector<ExperimentResult::Mistake>& mistakes)
{
    for (; rows.executeStep();)
    {
        mistakes.push_back(SweepRowReader::GetMistake(rows, 0));
    }
}

/**
 * @brief Begin a query anew.
 * @param query the query
 * @param run what it is about
 * @return the query
 */
SQLite::Statement&
About(SQLite::Statement& query, int64_t run)
{
    query.reset();
    query.bind(1, run);
    return query;
}

} // namespace

template <typename Work>
auto
SweepReader::Try(const Work& work) const -> decltype(work())
{
    try
    {
        return work();
    }
    catch (const SQLite::Exception& error)
    {
        throw std::runtime_error(m_file.string() + ": " + error.what());
    }
    catch (const nlohmann::json::exception& error)
    {
        throw std::runtime_error(m_file.string() + ": " + error.what());
    }
    catch (const std::out_of_range&)
    {
        throw std::runtime_error(m_file.string() + ": results of an end that there is not");
    }
}

SweepReader::SweepReader(const std::filesystem::path& file)
    : m_file(file),
      m_database(Try([&file]() { return SQLite::Database(file, SQLite::OPEN_READONLY, 10000); }))
{
    Try([this]() {
        m_database.exec("BEGIN");
        SQLite::Statement schema(m_database, "SELECT value FROM meta WHERE key = 'schema'");
        if (!schema.executeStep() || schema.getColumn(0).getString() != SweepRowReader::SCHEMA)
        {
            throw std::runtime_error(m_file.string() + ": not results of a sweep of schema " +
                                     SweepRowReader::SCHEMA);
        }
        m_database.exec(RUNS_BY_POINT);
        m_database.exec(FILL_RUNS_BY_POINT);
    });
}

SweepReader::Settings
SweepReader::GetMeta() const
{
    return Try([this]() {
        Settings meta;
        SQLite::Statement rows(m_database, "SELECT key, value FROM meta ORDER BY key");
        for (; rows.executeStep();)
        {
            meta.emplace_back(rows.getColumn(0).getString(), rows.getColumn(1).getString());
        }
        return meta;
    });
}

std::vector<std::string>
SweepReader::GetFactorNames() const
{
    for (const auto& [key, value] : GetMeta())
    {
        if (key == "plan")
        {
            return SweepPlan::FromJson(value).factorNames;
        }
    }
    throw std::runtime_error(m_file.string() + ": results without a plan");
}

std::vector<SweepPlan::Point>
SweepReader::GetPoints() const
{
    return Try([this]() {
        std::vector<SweepPlan::Point> points;
        SQLite::Statement rows(m_database,
                               "SELECT point, mechanism, factors FROM point ORDER BY point");
        for (; rows.executeStep();)
        {
            if (rows.getColumn(0).getUInt() != points.size())
            {
                throw std::runtime_error(m_file.string() + ": points are not numbered from 0");
            }
            SweepPlan::Point point;
            point.mechanism = rows.getColumn(1).getString();
            const auto factors = nlohmann::ordered_json::parse(rows.getColumn(2).getString());
            for (const auto& [name, level] : factors.items())
            {
                point.factors.emplace_back(name, level.get<std::string>());
            }
            points.push_back(point);
        }
        return points;
    });
}

std::vector<Experiment::End>
SweepReader::GetEnds(uint32_t point) const
{
    return Try([this, point]() {
        std::vector<Experiment::End> ends;
        SQLite::Statement rows(m_database,
                               std::string("SELECT \"end\", ") + SweepRowReader::END_COLUMNS +
                                   " FROM \"end\" WHERE point = ? ORDER BY \"end\"");
        rows.bind(1, point);
        for (; rows.executeStep();)
        {
            if (rows.getColumn(0).getUInt() != ends.size())
            {
                throw std::runtime_error(m_file.string() + ": ends are not numbered from 0");
            }
            ends.push_back(SweepRowReader::GetEnd(rows, 1));
        }
        return ends;
    });
}

void
SweepReader::ForEachRun(uint32_t point,
                        std::size_t nEnds,
                        const std::function<void(const Run& run)>& use)
{
    Try([&]() {
        SQLite::Statement runs(m_database,
                               "SELECT r.run, r.replication, r.rng_run, r.duration_ns, r.events "
                               "FROM by_point AS p CROSS JOIN run AS r ON r.run = p.run "
                               "WHERE p.point = ? ORDER BY p.replication");
        SQLite::Statement observations(m_database,
                                       std::string("SELECT \"end\", ") +
                                           SweepRowReader::OBSERVATION_COLUMNS +
                                           " FROM observation WHERE run = ?");
        SQLite::Statement detections(m_database,
                                     std::string("SELECT ") + SweepRowReader::DETECTION_COLUMNS +
                                         " FROM detection AS d WHERE d.run = ? "
                                         "ORDER BY d.\"end\", d.number");
        SQLite::Statement mistakes(m_database,
                                   std::string("SELECT ") + SweepRowReader::MISTAKE_COLUMNS +
                                       " FROM mistake WHERE run = ? ORDER BY \"end\", number");
        runs.bind(1, point);
        for (; runs.executeStep();)
        {
            const int64_t number = runs.getColumn(0).getInt64();
            Run run;
            run.run = static_cast<uint64_t>(number);
            run.replication = static_cast<uint64_t>(runs.getColumn(1).getInt64());
            run.rngRun = static_cast<uint64_t>(runs.getColumn(2).getInt64());
            run.result.duration = runs.getColumn(3).getInt64();
            run.result.events = static_cast<uint64_t>(runs.getColumn(4).getInt64());
            run.result.ends.resize(nEnds);
            ReadObservations(About(observations, number), run.result.ends);
            for (About(detections, number); detections.executeStep();)
            {
                run.result.detections.push_back(SweepRowReader::GetDetection(detections, 0));
                run.result.ends.at(run.result.detections.back().end);
            }
            ReadMistakes(About(mistakes, number), run.result.mistakes);
            use(run);
        }
    });
}

void
SweepReader::ForEachDetection(
    uint32_t point,
    const std::function<void(uint64_t replication,
                             int64_t duration,
                             const ExperimentResult::Detection& detection)>& use)
{
    Try([&]() {
        SQLite::Statement rows(
            m_database,
            std::string("SELECT p.replication, r.duration_ns, ") +
                SweepRowReader::DETECTION_COLUMNS +
                " FROM by_point AS p CROSS JOIN run AS r ON r.run = p.run "
                "CROSS JOIN detection AS d ON d.run = p.run WHERE p.point = ? "
                "AND d.own = 0 AND d.outage = 1 ORDER BY p.replication, d.\"end\", d.number");
        rows.bind(1, point);
        for (; rows.executeStep();)
        {
            use(static_cast<uint64_t>(rows.getColumn(0).getInt64()),
                rows.getColumn(1).getInt64(),
                SweepRowReader::GetDetection(rows, 2));
        }
    });
}

} // namespace keepalive
} // namespace ns3
