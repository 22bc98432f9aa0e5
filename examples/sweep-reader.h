/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_READER_H
#define KEEPALIVE_SWEEP_READER_H

#include "sweep-plan.h"

#include "ns3/experiment.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Reads the results of a sweep point by point, where SweepStore goes by run.
 *
 * All of it is the state of one moment, even if a sweep goes on writing. Every error of SQLite is
 * thrown as a std::runtime_error whose text is one line with the name of the file.
 */
class SweepReader
{
  public:
    /// Names and texts, in the order of the names.
    using Settings = SweepPlan::Settings;

    /// One run.
    struct Run
    {
        uint64_t run{0};         //!< its index in the plan
        uint64_t replication{0}; //!< which replication of its point
        uint64_t rngRun{0};      //!< its RngRun
        ExperimentResult result; //!< what it yielded; number is that of the failure
    };

    /**
     * @brief Open the database.
     * @param file its name
     * @throw std::runtime_error if it holds no results of a sweep
     */
    explicit SweepReader(const std::filesystem::path& file);

    /**
     * @brief What is known besides the results.
     * @return the meta table
     */
    [[nodiscard]] Settings GetMeta() const;

    /**
     * @brief What varies, as the plan has it.
     * @return names of the factors
     */
    [[nodiscard]] std::vector<std::string> GetFactorNames() const;

    /**
     * @brief The points, which are numbered from 0.
     * @return mechanism and factors of each
     */
    [[nodiscard]] std::vector<SweepPlan::Point> GetPoints() const;

    /**
     * @brief What is known of the ends of a point.
     * @param point which point
     * @return one for each end, by number
     */
    [[nodiscard]] std::vector<Experiment::End> GetEnds(uint32_t point) const;

    /**
     * @brief Read the runs of a point.
     * @param point which point
     * @param nEnds how many ends it has
     * @param use called for each run, by replication
     */
    void ForEachRun(uint32_t point,
                    std::size_t nEnds,
                    const std::function<void(const Run& run)>& use);

    /**
     * @brief Read the failures of a point alone, for which it need not read as much.
     * @param point which point
     * @param use called for each failure that an end ought to notice, with its replication and the
     *        duration of the run; by replication
     */
    void ForEachDetection(
        uint32_t point,
        const std::function<void(uint64_t replication,
                                 int64_t duration,
                                 const ExperimentResult::Detection& detection)>& use);

  private:
    /**
     * @brief Do something with the database.
     * @param work what to do
     * @return what that returns
     * @throw std::runtime_error for every error of SQLite
     */
    template <typename Work>
    auto Try(const Work& work) const -> decltype(work());

    const std::filesystem::path m_file;  //!< its name
    mutable SQLite::Database m_database; //!< the connection
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_READER_H */
