/* SPDX-License-Identifier: GPL-2.0-only */

#include "recorded-result.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Nanoseconds of a time that may be missing.
 * @param time the time
 * @return nanoseconds, or none
 */
std::optional<int64_t>
ToNanoSeconds(const std::optional<Time>& time)
{
    return time ? std::make_optional(time->GetNanoSeconds()) : std::nullopt;
}

/**
 * @brief What an end made of a failure.
 * @param row as the recorder has it
 * @return as the result has it
 */
ExperimentResult::Detection
ToDetection(const DetectionRecorder::FailureRow& row)
{
    ExperimentResult::Detection detection;
    detection.end = row.end;
    detection.number = row.number;
    detection.kind = row.kind;
    detection.own = row.own;
    detection.outage = row.outage;
    detection.began = row.began.GetNanoSeconds();
    detection.ended = ToNanoSeconds(row.ended);
    detection.detected = ToNanoSeconds(row.detected);
    detection.cause = row.cause;
    detection.recovered = ToNanoSeconds(row.recovered);
    return detection;
}

/**
 * @brief A false suspicion.
 * @param row as the recorder has it
 * @return as the result has it
 */
ExperimentResult::Mistake
ToMistake(const DetectionRecorder::MistakeRow& row)
{
    ExperimentResult::Mistake mistake;
    mistake.end = row.end;
    mistake.suspected = row.suspected.GetNanoSeconds();
    mistake.trusted = ToNanoSeconds(row.trusted);
    mistake.sincePrevious = ToNanoSeconds(row.sincePrevious);
    mistake.cause = row.cause;
    return mistake;
}

} // namespace

ExperimentResult
RecordedResult::Make(const DetectionRecorder& recorder,
                     Time duration,
                     uint64_t events,
                     const std::vector<InterfaceCounters>& counters)
{
    ExperimentResult result;
    result.duration = duration.GetNanoSeconds();
    result.events = events;
    for (uint32_t number = 0; number < counters.size(); number++)
    {
        const DetectionRecorder::EndSummary summary = recorder.Summarize(number);
        ExperimentResult::End end;
        end.observed = summary.observed.GetNanoSeconds();
        end.mistaken = summary.mistaken.GetNanoSeconds();
        end.keepalives = counters[number].keepalivesSent + counters[number].keepalivesHeard;
        end.keepaliveBytes = counters[number].keepaliveBytes;
        result.ends.push_back(end);
    }
    for (const auto& row : recorder.GetFailureRows())
    {
        result.detections.push_back(ToDetection(row));
    }
    for (const auto& row : recorder.GetMistakeRows())
    {
        result.mistakes.push_back(ToMistake(row));
    }
    return result;
}

} // namespace keepalive
} // namespace ns3
