/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_RECORDED_RESULT_H
#define KEEPALIVE_RECORDED_RESULT_H

#include "ns3/detection-recorder.h"
#include "ns3/experiment-result.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes an ExperimentResult, which knows no ns-3, of what a DetectionRecorder saw.
 */
class RecordedResult
{
  public:
    RecordedResult() = delete;

    /**
     * @brief Make the result of a run.
     * @param recorder what the ends made of it; finished
     * @param duration simulated time
     * @param events events that the simulator ran
     * @param counters what the interface of each end did, one for each end of the recorder
     * @return the result
     */
    static ExperimentResult Make(const DetectionRecorder& recorder,
                                 Time duration,
                                 uint64_t events,
                                 const std::vector<InterfaceCounters>& counters);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_RECORDED_RESULT_H */
