/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_STORE_H
#define KEEPALIVE_SWEEP_STORE_H

#include "sweep-plan.h"

#include "ns3/experiment.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The results of a sweep: one SQLite database, with one writer.
 *
 * Written in write-ahead mode with synchronous=NORMAL: a process that is killed at any instant
 * leaves the database as it was after the last commit; a power failure may cost the last commits,
 * never the database. What is committed is whole runs.
 *
 * Every error of SQLite (disk full, no permission, not a database) is thrown as a
 * std::runtime_error whose text is one line with the name of the file.
 */
class SweepStore
{
  public:
    /// What is known of a sweep besides its results: names and texts.
    using Meta = std::map<std::string, std::string>;

    /// What of DescribeBuild results depend on.
    static constexpr std::array<const char*, 3> BUILD{"module_version",
                                                      "git_commit",
                                                      "ns3_version"};

    /// Ends of a point.
    using EndsOfPoint = std::function<std::vector<Experiment::End>(uint32_t point)>;

    /// One finished run.
    struct FinishedRun
    {
        uint64_t run{0};         //!< its index in the plan
        ExperimentResult result; //!< what it yielded
        int64_t wallTime{0};     //!< what it took, nanoseconds
        uint32_t worker{0};      //!< who ran it
        std::string version;     //!< of the module that ran it
    };

    /// What an instance may do.
    enum class Access
    {
        READ, //!< read a database that is there
        WRITE //!< read and write one, which is made if there is none
    };

    /**
     * @brief What this program is.
     * @return version of the module, and its commit if that is known
     */
    static std::string GetVersion();

    /**
     * @brief What this program was made of.
     * @return module_version, ns3_version, git_commit, compiler, build_type
     */
    static Meta DescribeBuild();

    /**
     * @brief Open the database.
     * @param file its name
     * @param access what is to be done
     * @throw UsageError if what is there is not of this program
     * @throw std::runtime_error if it cannot be opened
     */
    SweepStore(const std::filesystem::path& file, Access access);

    ~SweepStore();

    SweepStore(const SweepStore&) = delete;
    SweepStore& operator=(const SweepStore&) = delete;

    /**
     * @brief Whether there is nothing in it yet, not even a plan: it was just made, or its making
     *        was interrupted.
     * @return true if so
     */
    bool IsNew() const;

    /**
     * @brief Make the tables, in one transaction: all of it is there afterwards, or nothing.
     * @param plan what is to be run
     * @param ends what is known of the ends of each point
     * @param meta what else is to be known
     */
    void Begin(const SweepPlan& plan, const EndsOfPoint& ends, const Meta& meta);

    /**
     * @brief The plan that it belongs to.
     * @return the plan, with the largest number of replications asked for so far
     */
    const SweepPlan& GetPlan() const;

    /**
     * @brief Ask for more replications.
     * @param plan a plan of the same identity
     */
    void SetPlan(const SweepPlan& plan);

    /**
     * @brief What else is known.
     * @return names and texts
     */
    Meta GetMeta() const;

    /**
     * @brief Change what else is known.
     * @param key name
     * @param value text
     */
    void SetMeta(const std::string& key, const std::string& value);

    /**
     * @brief Write finished runs, in one transaction: all of them are there afterwards, or none.
     * @param runs runs that are not there yet
     */
    void Write(const std::vector<FinishedRun>& runs);

    /**
     * @brief Read which runs are there.
     * @param use called for each, in ascending order
     */
    void ForEachRun(const std::function<void(uint64_t run)>& use) const;

    /**
     * @brief Read results, one at a time.
     * @param use called for each run, in ascending order, with what was written of it
     */
    void ForEachResult(
        const std::function<void(uint64_t run, const ExperimentResult& result)>& use) const;

    /**
     * @brief Read what is known of the ends of a point.
     * @param point the point
     * @return its ends
     */
    std::vector<Experiment::End> ReadEnds(uint32_t point) const;

    /**
     * @brief Copy the runs of another database of the same plan that are not in this one, in one
     *        transaction.
     * @param other its file
     * @return number of runs copied
     * @throw std::runtime_error naming the run if one is in both with different rows; nothing is
     *        copied then
     */
    uint64_t CopyFrom(const std::filesystem::path& other);

    /**
     * @brief Nothing will be written for some time: make it one file, readable from a medium that
     *        is read-only. What others read at the moment stays as it is.
     */
    void Settle();

  private:
    /// Find out what is in it, and read the plan.
    void Look();
    /// Choose write-ahead mode before the first change.
    void Prepare();
    /**
     * @brief Do something with the database.
     * @param work what to do
     * @throw std::runtime_error for every error of SQLite
     */
    void Try(const std::function<void()>& work) const;
    /// Throw if this database and the attached one tell a run differently.
    void RefuseContradictions();

    const std::filesystem::path m_file;  //!< its name
    mutable SQLite::Database m_database; //!< the connection
    SweepPlan m_plan;                    //!< the plan
    bool m_prepared{false};              //!< whether write-ahead mode is chosen
    bool m_new{true};                    //!< whether there is no plan yet
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_STORE_H */
