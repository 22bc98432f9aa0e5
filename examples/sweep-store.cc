/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-store.h"

#include "program-options.h"
#include "sweep-row-reader.h"
#include "sweep-row-writer.h"

#include "ns3/ns3-compat.h"

#include <cstring>
#include <sqlite3.h>
#include <stdexcept>

#ifndef KEEPALIVE_GIT_COMMIT
#define KEEPALIVE_GIT_COMMIT ""
#endif
#ifndef KEEPALIVE_BUILD_TYPE
#define KEEPALIVE_BUILD_TYPE ""
#endif

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* VERSION = "0.3"; //!< of the module, as in CHANGES.md
constexpr int PATIENCE{10000};         //!< milliseconds to wait for another process

/// Tables that hold results, then the one that does not.
constexpr const char* TABLES[] = {"run", "observation", "detection", "mistake", "cost"};
constexpr std::size_t N_RESULT_TABLES{4}; //!< how many of them hold results

/// All tables. Rows are kept in the order of their keys, which is nearly that in which they come.
constexpr const char* CREATE = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE point(point INTEGER PRIMARY KEY, mechanism TEXT, factors TEXT);
CREATE TABLE "end"(point INTEGER, "end" INTEGER, name TEXT, mechanism TEXT, interval_s REAL,
    retries INTEGER, rule TEXT, law_lower_s REAL, law_mean_s REAL, law_upper_s REAL, law_shape TEXT,
    slack_s REAL, law_mistake_rate REAL, PRIMARY KEY(point, "end")) WITHOUT ROWID;
CREATE TABLE run(run INTEGER PRIMARY KEY, point INTEGER, replication INTEGER, rng_run INTEGER,
    duration_ns INTEGER, events INTEGER);
CREATE TABLE observation(run INTEGER, "end" INTEGER, observed_ns INTEGER, mistaken_ns INTEGER,
    keepalives INTEGER, keepalive_bytes INTEGER, PRIMARY KEY(run, "end")) WITHOUT ROWID;
CREATE TABLE detection(run INTEGER, "end" INTEGER, number INTEGER, kind TEXT, own INTEGER,
    outage INTEGER, began_ns INTEGER, ended_ns INTEGER, detected_ns INTEGER, cause TEXT,
    recovered_ns INTEGER, PRIMARY KEY(run, "end", number)) WITHOUT ROWID;
CREATE TABLE mistake(run INTEGER, "end" INTEGER, number INTEGER, suspected_ns INTEGER,
    trusted_ns INTEGER, since_previous_ns INTEGER, cause TEXT,
    PRIMARY KEY(run, "end", number)) WITHOUT ROWID;
CREATE TABLE cost(run INTEGER PRIMARY KEY, wall_ns INTEGER, worker INTEGER, version TEXT);
)";

/**
 * @brief Open a database.
 * @param file its name
 * @param access what is to be done
 * @return the connection
 * @throw std::runtime_error if that is not possible
 */
SQLite::Database
Open(const std::filesystem::path& file, SweepStore::Access access)
{
    try
    {
        const bool write = access == SweepStore::Access::WRITE;
        return SQLite::Database(file.string(),
                                write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                      : SQLite::OPEN_READONLY,
                                PATIENCE);
    }
    catch (const SQLite::Exception& error)
    {
        throw std::runtime_error(file.string() + ": " + error.what());
    }
}

} // namespace

std::string
SweepStore::GetVersion()
{
    const std::string commit = KEEPALIVE_GIT_COMMIT;
    return std::string(VERSION) + (commit.empty() ? "" : "-" + commit.substr(0, 12));
}

SweepStore::Meta
SweepStore::DescribeBuild()
{
    return {{"module_version", VERSION},
            {"ns3_version", "3." + std::to_string(KEEPALIVE_NS3_MINOR)},
            {"git_commit", KEEPALIVE_GIT_COMMIT},
            {"compiler", __VERSION__},
            {"build_type", KEEPALIVE_BUILD_TYPE}};
}

SweepStore::SweepStore(const std::filesystem::path& file, Access access)
    : m_file(file),
      m_database(Open(file, access))
{
    Try([this]() { Look(); });
}

SweepStore::~SweepStore() = default;

void
SweepStore::Look()
{
    if (m_database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0)
    {
        return;
    }
    if (!m_database.tableExists("meta"))
    {
        throw UsageError(m_file.string() + ": a database, but not of a sweep");
    }
    const Meta meta = GetMeta();
    const auto schema = meta.find("schema");
    const auto plan = meta.find("plan");
    if (schema == meta.end() || schema->second != SweepRowReader::SCHEMA || plan == meta.end())
    {
        throw UsageError(m_file.string() + ": not results of this version of the program");
    }
    m_plan = SweepPlan::FromJson(plan->second);
    m_new = false;
}

void
SweepStore::Prepare()
{
    // Not when it is opened: if it turns out to be none of ours, it stays as it is.
    if (!m_prepared)
    {
        m_database.exec("PRAGMA journal_mode=WAL");
        m_database.exec("PRAGMA synchronous=NORMAL");
        m_prepared = true;
    }
}

void
SweepStore::Try(const std::function<void()>& work) const
{
    try
    {
        work();
    }
    catch (const SQLite::Exception& error)
    {
        if (error.getErrorCode() == SQLITE_NOTADB)
        {
            throw UsageError(m_file.string() + ": not a database");
        }
        // A full disk is not always known as such: making the shared memory fails otherwise.
        const int number = sqlite3_system_errno(m_database.getHandle());
        const bool tells = error.getErrorCode() == SQLITE_IOERR && number != 0;
        throw std::runtime_error(m_file.string() + ": " + error.what() +
                                 (tells ? std::string(" (") + std::strerror(number) + ")" : ""));
    }
}

bool
SweepStore::IsNew() const
{
    return m_new;
}

void
SweepStore::Begin(const SweepPlan& plan, const EndsOfPoint& ends, const Meta& meta)
{
    Try([&]() {
        Prepare();
        SQLite::Transaction transaction(m_database);
        m_database.exec(CREATE);
        SweepRowWriter writer(m_database);
        for (uint32_t i = 0; i < plan.points.size(); i++)
        {
            writer.WritePoint(i, plan.points[i], ends(i));
        }
        for (const auto& [key, value] : meta)
        {
            SetMeta(key, value);
        }
        SetMeta("schema", SweepRowReader::SCHEMA);
        SetMeta("identity", plan.GetIdentity());
        SetMeta("plan", plan.ToJson());
        transaction.commit();
    });
    m_plan = plan;
    m_new = false;
}

const SweepPlan&
SweepStore::GetPlan() const
{
    return m_plan;
}

void
SweepStore::SetPlan(const SweepPlan& plan)
{
    SetMeta("plan", plan.ToJson());
    m_plan = plan;
}

SweepStore::Meta
SweepStore::GetMeta() const
{
    Meta meta;
    Try([&]() {
        SQLite::Statement query(m_database, "SELECT key, value FROM meta");
        while (query.executeStep())
        {
            meta[query.getColumn(0).getString()] = query.getColumn(1).getString();
        }
    });
    return meta;
}

void
SweepStore::SetMeta(const std::string& key, const std::string& value)
{
    Try([&]() {
        Prepare();
        SQLite::Statement write(m_database, "INSERT OR REPLACE INTO meta VALUES(?,?)");
        write.bind(1, key);
        write.bind(2, value);
        write.exec();
    });
}

void
SweepStore::Write(const std::vector<FinishedRun>& runs)
{
    if (runs.empty())
    {
        return;
    }
    Try([&]() {
        Prepare();
        SQLite::Transaction transaction(m_database);
        SweepRowWriter writer(m_database);
        for (const auto& finished : runs)
        {
            writer.WriteResult(finished.run, m_plan.GetRun(finished.run), finished.result);
            writer.WriteCost(finished.run, finished.wallTime, finished.worker, finished.version);
        }
        transaction.commit();
    });
}

void
SweepStore::ForEachRun(const std::function<void(uint64_t run)>& use) const
{
    Try([&]() {
        SQLite::Statement query(m_database, "SELECT run FROM run ORDER BY run");
        while (query.executeStep())
        {
            use(query.getColumn(0).getInt64());
        }
    });
}

void
SweepStore::ForEachResult(
    const std::function<void(uint64_t run, const ExperimentResult& result)>& use) const
{
    Try([&]() {
        SQLite::Transaction moment(m_database); // all tables as of one moment
        SQLite::Statement runs(m_database, "SELECT run, duration_ns, events FROM run ORDER BY run");
        SQLite::Statement ends(m_database,
                               std::string("SELECT ") + SweepRowReader::OBSERVATION_COLUMNS +
                                   " FROM observation WHERE run=? ORDER BY \"end\"");
        SQLite::Statement detections(m_database,
                                     std::string("SELECT ") + SweepRowReader::DETECTION_COLUMNS +
                                         " FROM detection AS d WHERE d.run=? "
                                         "ORDER BY d.\"end\", d.number");
        SQLite::Statement mistakes(m_database,
                                   std::string("SELECT ") + SweepRowReader::MISTAKE_COLUMNS +
                                       " FROM mistake WHERE run=? ORDER BY \"end\", number");
        while (runs.executeStep())
        {
            const int64_t run = runs.getColumn(0).getInt64();
            ExperimentResult result;
            result.duration = runs.getColumn(1).getInt64();
            result.events = runs.getColumn(2).getInt64();
            for (ends.bind(1, run); ends.executeStep();)
            {
                result.ends.push_back(SweepRowReader::GetObservation(ends, 0));
            }
            ends.reset();
            for (detections.bind(1, run); detections.executeStep();)
            {
                result.detections.push_back(SweepRowReader::GetDetection(detections, 0));
            }
            detections.reset();
            for (mistakes.bind(1, run); mistakes.executeStep();)
            {
                result.mistakes.push_back(SweepRowReader::GetMistake(mistakes, 0));
            }
            mistakes.reset();
            use(run, result);
        }
    });
}

std::vector<Experiment::End>
SweepStore::ReadEnds(uint32_t point) const
{
    std::vector<Experiment::End> ends;
    Try([&]() {
        SQLite::Statement query(m_database,
                                std::string("SELECT ") + SweepRowReader::END_COLUMNS +
                                    " FROM \"end\" WHERE point=? ORDER BY \"end\"");
        query.bind(1, point);
        while (query.executeStep())
        {
            ends.push_back(SweepRowReader::GetEnd(query, 0));
        }
    });
    return ends;
}

uint64_t
SweepStore::CopyFrom(const std::filesystem::path& other)
{
    uint64_t n = 0;
    Try([&]() {
        Prepare();
        SQLite::Statement attach(m_database, "ATTACH ? AS source");
        attach.bind(1, other.string());
        attach.exec();
        SQLite::Transaction transaction(m_database);
        m_database.exec("CREATE TEMP TABLE IF NOT EXISTS common(run INTEGER PRIMARY KEY)");
        m_database.exec("DELETE FROM temp.common");
        m_database.exec("INSERT INTO temp.common "
                        "SELECT run FROM main.run INTERSECT SELECT run FROM source.run");
        RefuseContradictions();
        for (const std::string table : TABLES)
        {
            const int copied =
                m_database.exec("INSERT INTO main." + table + " SELECT * FROM source." + table +
                                " WHERE run NOT IN temp.common ORDER BY run");
            n += table == "run" ? copied : 0;
        }
        transaction.commit();
    });
    Try([&]() { m_database.exec("DETACH source"); });
    return n;
}

void
SweepStore::RefuseContradictions()
{
    for (std::size_t i = 0; i < N_RESULT_TABLES; i++)
    {
        const std::string rows = std::string(TABLES[i]) + " WHERE run IN temp.common ";
        for (const std::string sides : {"main source", "source main"})
        {
            const std::string one = sides.substr(0, sides.find(' '));
            const std::string two = sides.substr(sides.find(' ') + 1);
            SQLite::Statement query(m_database,
                                    "SELECT min(run) FROM (SELECT * FROM " + one + "." + rows +
                                        "EXCEPT SELECT * FROM " + two + "." + rows + ")");
            if (query.executeStep() && !query.getColumn(0).isNull())
            {
                const uint64_t run = query.getColumn(0).getInt64();
                const SweepPlan::Run what = m_plan.GetRun(run);
                throw std::runtime_error(
                    "run " + std::to_string(run) + " (point " + std::to_string(what.point) +
                    ", replication " + std::to_string(what.replication) +
                    ") is there twice, with different results (table " + TABLES[i] + ")");
            }
        }
    }
}

void
SweepStore::Settle()
{
    // If somebody else reads it at the moment, it stays as it is.
    m_prepared = false;
    m_database.setBusyTimeout(0);
    m_database.tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    m_database.tryExec("PRAGMA journal_mode=DELETE");
    m_database.setBusyTimeout(PATIENCE);
}

} // namespace keepalive
} // namespace ns3
