/* SPDX-License-Identifier: GPL-2.0-only */

#include "results-writer.h"

#include <iomanip>
#include <sstream>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief A cell with a number.
 * @param value the number
 * @return nanosecond precision for seconds, and enough for all else
 */
std::string
Cell(double value)
{
    std::ostringstream text;
    text << std::setprecision(15) << value;
    return text.str();
}

/**
 * @brief A cell with a number that may be missing.
 * @param value the number
 * @return the number, or an empty cell
 */
std::string
Cell(const std::optional<double>& value)
{
    return value ? Cell(*value) : std::string();
}

/**
 * @brief A cell with a time that may be missing.
 * @param time the time
 * @return seconds, or an empty cell
 */
std::string
Cell(const std::optional<Time>& time)
{
    return time ? Cell(time->GetSeconds()) : std::string();
}

/**
 * @brief A number, unless it describes nothing.
 * @param value the number
 * @param meaningful whether it means anything
 * @return a cell
 */
std::string
CellIf(double value, bool meaningful)
{
    return meaningful ? Cell(value) : std::string();
}

/**
 * @brief A cell with several words.
 * @param words the words
 * @return the words, with + between them
 */
std::string
Join(const std::set<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
    {
        text += (text.empty() ? "" : "+") + word;
    }
    return text;
}

} // namespace

ResultsWriter::ResultsWriter(uint64_t run,
                             Time duration,
                             const DetectionRecorder& recorder,
                             const TrafficMonitor& traffic,
                             std::vector<EndDescription> ends,
                             Time slack)
    : m_run(run),
      m_duration(duration),
      m_recorder(recorder),
      m_traffic(traffic),
      m_ends(std::move(ends)),
      m_slack(slack)
{
}

void
ResultsWriter::WriteFailures(std::ostream& out) const
{
    out << "run,failure,kind,target,began_s,ended_s,end,detected,detected_at_s,detection_time_s,"
           "cause,censored,recovered_at_s,recovery_time_s,black_hole_s,packets_lost,law_lower_s,"
           "law_upper_s,within_law\n";
    for (const auto& row : m_recorder.GetFailureRows())
    {
        const std::optional<DetectionBounds>& law = m_ends[row.end].law;
        const std::optional<bool> within = IsWithinLaw(row);
        const TrafficMonitor::BlackHole* hole = m_traffic.Find(row.number, row.end);
        out << m_run << ',' << row.number << ',' << row.kind << ',' << row.target << ','
            << Cell(row.began.GetSeconds()) << ',' << Cell(row.ended) << ','
            << m_recorder.GetName(row.end) << ',' << (row.detected ? 1 : 0) << ','
            << Cell(row.detected) << ',' << Cell(row.GetDetectionTime()) << ',' << row.cause << ','
            << (row.outage && !row.own && !row.detected ? 1 : 0) << ',' << Cell(row.recovered)
            << ',' << Cell(row.GetRecoveryTime()) << ','
            << (hole ? Cell(hole->GetDuration()) : std::string()) << ','
            << (hole ? std::to_string(hole->packetsLost) : std::string()) << ','
            << (law ? Cell(law->lower) : std::string()) << ','
            << (law ? Cell(law->upper) : std::string()) << ','
            << (within ? std::to_string(*within ? 1 : 0) : std::string()) << '\n';
    }
}

void
ResultsWriter::WriteMistakes(std::ostream& out) const
{
    out << "run,end,suspected_at_s,trusted_at_s,duration_s,since_previous_s,cause\n";
    for (const auto& row : m_recorder.GetMistakeRows())
    {
        std::optional<Time> duration;
        if (row.trusted)
        {
            duration = *row.trusted - row.suspected;
        }
        out << m_run << ',' << m_recorder.GetName(row.end) << ','
            << Cell(row.suspected.GetSeconds()) << ',' << Cell(row.trusted) << ',' << Cell(duration)
            << ',' << Cell(row.sincePrevious) << ',' << row.cause << '\n';
    }
}

void
ResultsWriter::WriteSummary(std::ostream& out) const
{
    out << "run,end,mechanism,interval_s,retries,rule,observed_s,failures,detected,censored,causes,"
           "detection_time_mean_s,detection_time_ci95_s,detection_time_min_s,detection_time_max_s,"
           "law_lower_s,law_mean_s,law_upper_s,law_shape,mistakes,mistake_recurrence_mean_s,"
           "mistake_duration_mean_s,mistake_rate_per_s,query_accuracy,keepalives_sent,"
           "keepalives_returned,overhead_packets_per_s,overhead_bit_per_s,black_hole_s,"
           "packets_lost\n";
    for (uint32_t number = 0; number < m_ends.size(); number++)
    {
        const EndDescription& end = m_ends[number];
        const DetectionRecorder::EndSummary summary = m_recorder.Summarize(number);
        const DetectionRecorder::Statistics& detection = summary.detectionTime;
        const bool detected = detection.count > 0;
        const bool accurate = summary.observed.IsStrictlyPositive();
        const double seconds = m_duration.GetSeconds();
        const uint64_t keepalives = end.counters.keepalivesSent + end.counters.keepalivesHeard;

        double blackHole = 0;
        uint64_t packetsLost = 0;
        bool traffic = false;
        for (const auto& hole : m_traffic.GetBlackHoles())
        {
            if (hole.flow == number)
            {
                traffic = true;
                packetsLost += hole.packetsLost;
                // One that never ended lasts to the end of the run.
                blackHole += hole.GetDuration().value_or(m_duration - hole.began).GetSeconds();
            }
        }

        out << m_run << ',' << summary.name << ',' << end.mechanism << ','
            << Cell(end.interval.GetSeconds()) << ',' << end.retries << ',' << end.rule << ','
            << Cell(summary.observed.GetSeconds()) << ',' << summary.outages << ','
            << detection.count << ',' << summary.censored << ',' << Join(summary.causes) << ','
            << CellIf(detection.mean, detected) << ',' << Cell(detection.GetConfidence95()) << ','
            << CellIf(detection.minimum, detected) << ',' << CellIf(detection.maximum, detected)
            << ',' << (end.law ? Cell(end.law->lower) : std::string()) << ','
            << (end.law ? Cell(end.law->mean) : std::string()) << ','
            << (end.law ? Cell(end.law->upper) : std::string()) << ','
            << (end.law ? ToString(end.law->shape) : "") << ',' << summary.mistakes << ','
            << CellIf(summary.mistakeRecurrence.mean, summary.mistakeRecurrence.count > 0) << ','
            << CellIf(summary.mistakeDuration.mean, summary.mistakeDuration.count > 0) << ','
            << CellIf(summary.mistakeRate, accurate) << ','
            << CellIf(summary.queryAccuracy, accurate) << ',' << end.counters.keepalivesSent << ','
            << end.counters.keepalivesHeard << ','
            << Cell(static_cast<double>(keepalives) / seconds) << ','
            << Cell(static_cast<double>(end.counters.keepaliveBytes) * 8 / seconds) << ','
            << CellIf(blackHole, traffic) << ','
            << (traffic ? std::to_string(packetsLost) : std::string()) << '\n';
    }
}

uint32_t
ResultsWriter::CountOutsideLaw() const
{
    uint32_t outside = 0;
    for (const auto& row : m_recorder.GetFailureRows())
    {
        outside += IsWithinLaw(row).value_or(true) ? 0 : 1;
    }
    return outside;
}

std::optional<bool>
ResultsWriter::IsWithinLaw(const DetectionRecorder::FailureRow& row) const
{
    const std::optional<DetectionBounds>& law = m_ends[row.end].law;
    if (!law || !row.outage || row.own)
    {
        return std::nullopt;
    }
    const double slack = m_slack.GetSeconds();
    if (row.detected)
    {
        const double time = row.GetDetectionTime()->GetSeconds();
        return time >= law->lower - slack && time <= law->upper + slack;
    }
    // Not noticed: that is fair only if it did not last long enough.
    const double lasted = (row.ended.value_or(m_duration) - row.began).GetSeconds();
    return lasted <= law->upper + slack;
}

} // namespace keepalive
} // namespace ns3
