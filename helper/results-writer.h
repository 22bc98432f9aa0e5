/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_RESULTS_WRITER_H
#define KEEPALIVE_RESULTS_WRITER_H

#include "ns3/detection-bounds.h"
#include "ns3/detection-recorder.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nstime.h"
#include "ns3/traffic-monitor.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Writes what was recorded as CSV, beside what theory says, and judges whether they agree.
 *
 * Units stand in the column names. An empty cell means that there is no such value: not detected,
 * not repaired, no closed form.
 */
class ResultsWriter
{
  public:
    /// What the tables say of an end that the recorder does not know.
    struct EndDescription
    {
        std::string mechanism;              //!< such as "gre"
        Time interval;                      //!< time between keepalives
        uint32_t retries{0};                //!< unanswered ones that bring the line down
        std::string rule;                   //!< verdict rule, such as "cisco"
        std::optional<DetectionBounds> law; //!< closed form, if there is one
        InterfaceCounters counters;         //!< what its interface did
    };

    /**
     * @brief Collect what is to be written.
     * @param run number of the run, RngRun
     * @param duration simulated time
     * @param recorder what the ends made of it; must outlive this object
     * @param traffic what became of user traffic: flow i leaves by end i; must outlive this object
     * @param ends one for each end of the recorder
     * @param slack how far a detection may lie from the law
     */
    ResultsWriter(uint64_t run,
                  Time duration,
                  const DetectionRecorder& recorder,
                  const TrafficMonitor& traffic,
                  std::vector<EndDescription> ends,
                  Time slack);

    /**
     * @brief Write one row for each failure and end.
     * @param out where to
     */
    void WriteFailures(std::ostream& out) const;

    /**
     * @brief Write one row for each mistake.
     * @param out where to
     */
    void WriteMistakes(std::ostream& out) const;

    /**
     * @brief Write one row for each end.
     * @param out where to
     */
    void WriteSummary(std::ostream& out) const;

    /**
     * @brief Count the observations that contradict the closed form.
     * @return detections out of bounds, and outages that should have been noticed and were not
     */
    uint32_t CountOutsideLaw() const;

  private:
    /**
     * @brief Judge one observation.
     * @param row the observation
     * @return whether it agrees with the closed form; none if there is none
     */
    std::optional<bool> IsWithinLaw(const DetectionRecorder::FailureRow& row) const;

    uint64_t m_run;                      //!< RngRun
    Time m_duration;                     //!< simulated time
    const DetectionRecorder& m_recorder; //!< failures and mistakes
    const TrafficMonitor& m_traffic;     //!< black holes
    std::vector<EndDescription> m_ends;  //!< by number
    Time m_slack;                        //!< tolerance
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_RESULTS_WRITER_H */
