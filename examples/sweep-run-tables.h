/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_RUN_TABLES_H
#define KEEPALIVE_SWEEP_RUN_TABLES_H

#include "sweep-reader.h"
#include "sweep-summary.h"
#include "sweep-table.h"

#include <filesystem>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The tables of an export that grow with the number of runs: runs.csv, detections.csv,
 *        mistakes.csv and survival.csv.
 */
class SweepRunTables
{
  public:
    /**
     * @brief Begin all of them.
     * @param directory where
     * @throw std::runtime_error if one cannot be written
     */
    explicit SweepRunTables(const std::filesystem::path& directory);

    /**
     * @brief Write a point.
     * @param reader where its runs are
     * @param point which point
     * @return what they say of each of its ends
     */
    std::vector<SweepSummary> Write(SweepReader& reader, uint32_t point);

    /**
     * @brief Make sure that everything is written.
     * @throw std::runtime_error if it is not
     */
    void Close();

  private:
    /**
     * @brief Write what comes first in all rows of a run.
     * @param table where to
     * @param run the run
     * @param point which point it is of
     */
    static void Begin(SweepTable& table, const SweepReader::Run& run, uint32_t point);
    /**
     * @brief Write a run.
     * @param run the run
     * @param point which point it is of
     * @param ends its ends
     */
    void WriteRun(const SweepReader::Run& run,
                  uint32_t point,
                  const std::vector<Experiment::End>& ends);
    /**
     * @brief Write the failures of a run.
     * @param run the run
     * @param point which point it is of
     * @param ends its ends
     */
    void WriteDetections(const SweepReader::Run& run,
                         uint32_t point,
                         const std::vector<Experiment::End>& ends);
    /**
     * @brief Write the mistakes of a run.
     * @param run the run
     * @param point which point it is of
     * @param ends its ends
     */
    void WriteMistakes(const SweepReader::Run& run,
                       uint32_t point,
                       const std::vector<Experiment::End>& ends);
    /**
     * @brief Write a survival curve.
     * @param point which point it is of
     * @param end which end
     * @param name of that end
     * @param kind what it is of
     * @param curve the curve
     */
    void WriteSurvival(uint32_t point,
                       std::size_t end,
                       const std::string& name,
                       const char* kind,
                       const SurvivalCurve& curve);

    SweepTable m_runs;       //!< runs.csv
    SweepTable m_detections; //!< detections.csv
    SweepTable m_mistakes;   //!< mistakes.csv
    SweepTable m_survival;   //!< survival.csv
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_RUN_TABLES_H */
