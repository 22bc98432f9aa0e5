/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_ROW_WRITER_H
#define KEEPALIVE_SWEEP_ROW_WRITER_H

#include "sweep-plan.h"

#include "ns3/experiment.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Turns what a sweep knows into rows of its tables. Errors are those of SQLiteCpp.
 */
class SweepRowWriter
{
  public:
    /**
     * @brief Make ready.
     * @param database where to; outlives this
     * @throw SQLite::Exception if it does not have the tables
     */
    explicit SweepRowWriter(SQLite::Database& database);

    /**
     * @brief Write a point and what is known of its ends.
     * @param number its number
     * @param point the point
     * @param ends its ends
     */
    void WritePoint(uint32_t number,
                    const SweepPlan::Point& point,
                    const std::vector<Experiment::End>& ends);

    /**
     * @brief Write what a run yielded.
     * @param index its index in the plan
     * @param what what that means
     * @param result what it yielded
     */
    void WriteResult(uint64_t index, const SweepPlan::Run& what, const ExperimentResult& result);

    /**
     * @brief Write what a run cost, which is no result.
     * @param index its index in the plan
     * @param wallTime what it took, nanoseconds
     * @param worker who ran it
     * @param version of the module that ran it
     */
    void WriteCost(uint64_t index, int64_t wallTime, uint32_t worker, const std::string& version);

  private:
    SQLite::Statement m_point;       //!< writes a row of point
    SQLite::Statement m_end;         //!< writes a row of end
    SQLite::Statement m_run;         //!< writes a row of run
    SQLite::Statement m_observation; //!< writes a row of observation
    SQLite::Statement m_detection;   //!< writes a row of detection
    SQLite::Statement m_mistake;     //!< writes a row of mistake
    SQLite::Statement m_cost;        //!< writes a row of cost
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_ROW_WRITER_H */
