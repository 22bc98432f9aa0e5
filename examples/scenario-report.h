/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCENARIO_REPORT_H
#define KEEPALIVE_SCENARIO_REPORT_H

#include "ns3/detection-recorder.h"
#include "ns3/nstime.h"
#include "ns3/results-writer.h"
#include "ns3/traffic-monitor.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Print what was found, for a person.
 * @param recorder what the ends made of it; complete
 * @param ends what the tables say of each end of the recorder, for the closed form
 */
void PrintSummary(const DetectionRecorder& recorder,
                  const std::vector<ResultsWriter::EndDescription>& ends);

/**
 * @brief Write failures.csv, mistakes.csv, summary.csv and traffic.csv.
 * @param directory where to
 * @param run number of the run, RngRun
 * @param stop when the run ended
 * @param recorder what the ends made of it; complete
 * @param traffic what became of user traffic; complete
 * @param ends what the tables say of each end of the recorder
 * @param slack how far a detection may lie from the closed form
 * @return observations that contradict the closed form
 * @throw std::runtime_error if a file cannot be written
 */
uint32_t WriteTables(const std::filesystem::path& directory,
                     uint64_t run,
                     Time stop,
                     const DetectionRecorder& recorder,
                     const TrafficMonitor& traffic,
                     const std::vector<ResultsWriter::EndDescription>& ends,
                     Time slack);

/**
 * @brief End a program: complain of observations that contradict the closed form.
 * @param program name of the program
 * @param outside how many there are
 * @param directory where the tables are
 * @return exit status: 1 if there are any, 0 if not
 */
int ReportContradictions(const char* program,
                         uint32_t outside,
                         const std::filesystem::path& directory);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCENARIO_REPORT_H */
