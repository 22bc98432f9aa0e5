/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-run-tables.h"

#include "sweep-observation.h"

#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

using Nanoseconds = SweepTable::Nanoseconds;

/**
 * @brief A time that may be missing, for a table.
 * @param value nanoseconds
 * @return it, of the type that a table takes
 */
std::optional<Nanoseconds>
ToCell(const std::optional<int64_t>& value)
{
    return value ? std::make_optional(Nanoseconds{*value}) : std::nullopt;
}

/**
 * @brief The time between two, if there are two.
 * @param from the one
 * @param to the other
 * @return it, of the type that a table takes
 */
std::optional<Nanoseconds>
GetLapse(const std::optional<int64_t>& from, const std::optional<int64_t>& to)
{
    return from && to ? std::make_optional(Nanoseconds{*to - *from}) : std::nullopt;
}

} // namespace

SweepRunTables::SweepRunTables(const std::filesystem::path& directory)
    : m_runs(directory,
             "runs.csv",
             {"run",
              "point",
              "replication",
              "rng_run",
              "end",
              "end_name",
              "duration_s",
              "observed_s",
              "mistaken_s",
              "mistakes",
              "first_mistake_s",
              "keepalives",
              "keepalive_bytes",
              "events"}),
      m_detections(directory,
                   "detections.csv",
                   {"run",
                    "point",
                    "replication",
                    "end",
                    "end_name",
                    "failure",
                    "kind",
                    "t_d_s",
                    "watched_s",
                    "cause",
                    "recovery_s"}),
      m_mistakes(directory,
                 "mistakes.csv",
                 {"run",
                  "point",
                  "replication",
                  "end",
                  "end_name",
                  "at_s",
                  "duration_s",
                  "t_mr_s",
                  "cause"}),
      m_survival(directory,
                 "survival.csv",
                 {"point", "end", "end_name", "kind", "t_s", "survival", "low", "high", "at_risk"})
{
}

std::vector<SweepSummary>
SweepRunTables::Write(SweepReader& reader, uint32_t point)
{
    const std::vector<Experiment::End> ends = reader.GetEnds(point);
    std::vector<SweepCollector> collectors;
    for (uint32_t end = 0; end < ends.size(); end++)
    {
        collectors.emplace_back(ends[end], end);
    }
    reader.ForEachRun(point, ends.size(), [&](const SweepReader::Run& run) {
        WriteRun(run, point, ends);
        WriteDetections(run, point, ends);
        WriteMistakes(run, point, ends);
        for (auto& collector : collectors)
        {
            collector.Add(run.result);
        }
    });
    std::vector<SweepSummary> summaries;
    for (std::size_t end = 0; end < ends.size(); end++)
    {
        SweepCollector& collector = collectors[end];
        collector.Finish();
        WriteSurvival(point, end, ends[end].name, "detection", collector.GetDetection());
        WriteSurvival(point, end, ends[end].name, "first-mistake", collector.GetFirstMistake());
        summaries.push_back(collector.GetSummary());
    }
    return summaries;
}

void
SweepRunTables::Begin(SweepTable& table, const SweepReader::Run& run, uint32_t point)
{
    table << run.run << uint64_t{point} << run.replication;
}

void
SweepRunTables::WriteRun(const SweepReader::Run& run,
                         uint32_t point,
                         const std::vector<Experiment::End>& ends)
{
    std::vector<uint64_t> mistakes(ends.size(), 0);
    for (const auto& mistake : run.result.mistakes)
    {
        mistakes.at(mistake.end)++;
    }
    for (uint32_t number = 0; number < ends.size(); number++)
    {
        const ExperimentResult::End& end = run.result.ends[number];
        const auto first = SweepObservation(run.result, number).GetFirstMistake();
        Begin(m_runs, run, point);
        m_runs << run.rngRun << uint64_t{number} << ends[number].name
               << Nanoseconds{run.result.duration} << Nanoseconds{end.observed}
               << Nanoseconds{end.mistaken} << mistakes[number]
               << (first && first->happened ? std::make_optional(Nanoseconds{first->time})
                                            : std::nullopt)
               << end.keepalives << end.keepaliveBytes << run.result.events;
    }
}

void
SweepRunTables::WriteDetections(const SweepReader::Run& run,
                                uint32_t point,
                                const std::vector<Experiment::End>& ends)
{
    for (const auto& detection : run.result.detections)
    {
        if (detection.own || !detection.outage)
        {
            continue;
        }
        const Nanoseconds watched{GetWatched(detection, run.result.duration)};
        Begin(m_detections, run, point);
        m_detections << uint64_t{detection.end} << ends.at(detection.end).name
                     << uint64_t{detection.number} << detection.kind
                     << (detection.detected ? std::make_optional(watched) : std::nullopt) << watched
                     << detection.cause << GetLapse(detection.ended, detection.recovered);
    }
}

void
SweepRunTables::WriteMistakes(const SweepReader::Run& run,
                              uint32_t point,
                              const std::vector<Experiment::End>& ends)
{
    for (const auto& mistake : run.result.mistakes)
    {
        Begin(m_mistakes, run, point);
        m_mistakes << uint64_t{mistake.end} << ends.at(mistake.end).name
                   << Nanoseconds{mistake.suspected} << GetLapse(mistake.suspected, mistake.trusted)
                   << ToCell(mistake.sincePrevious) << mistake.cause;
    }
}

void
SweepRunTables::WriteSurvival(uint32_t point,
                              std::size_t end,
                              const std::string& name,
                              const char* kind,
                              const SurvivalCurve& curve)
{
    for (const auto& step : curve.GetSteps())
    {
        m_survival << uint64_t{point} << uint64_t{end} << name << kind << step.time << step.survival
                   << (step.band ? std::make_optional(step.band->low) : std::nullopt)
                   << (step.band ? std::make_optional(step.band->high) : std::nullopt)
                   << step.atRisk;
    }
}

void
SweepRunTables::Close()
{
    for (SweepTable* table : {&m_runs, &m_detections, &m_mistakes, &m_survival})
    {
        table->Close();
    }
}

} // namespace keepalive
} // namespace ns3
