/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-point-tables.h"

#include "sweep-judgement.h"

#include <algorithm>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double DAY = 86400; //!< seconds

/**
 * @brief One end of an interval that may be missing.
 * @param interval the interval
 * @param limit which
 * @return the limit
 */
std::optional<double>
GetLimit(const std::optional<ConfidenceInterval>& interval, double ConfidenceInterval::*limit)
{
    return interval ? std::make_optional((*interval).*limit) : std::nullopt;
}

/**
 * @brief Write what was seen of detection at an end.
 * @param table where to
 * @param summary the end
 */
void
WriteDetection(SweepTable& table, const SweepSummary& summary)
{
    const std::optional<DetectionBounds>& law = summary.end.law;
    const std::optional<ConfidenceInterval> interval = summary.detection.GetInterval();
    table << summary.runs << summary.failures << summary.detected
          << summary.failures - summary.detected << summary.detection.GetMean()
          << summary.detection.GetStandardDeviation()
          << GetLimit(interval, &ConfidenceInterval::low)
          << GetLimit(interval, &ConfidenceInterval::high) << summary.least << summary.median
          << summary.p90 << summary.p95 << summary.p99 << summary.most
          << (law ? std::make_optional(law->lower) : std::nullopt)
          << (law ? std::make_optional(law->mean) : std::nullopt)
          << (law ? std::make_optional(law->upper) : std::nullopt)
          << (law ? ToString(law->shape) : "") << summary.outside << summary.detectionP
          << summary.GetDetectionFlag();
}

/**
 * @brief Write what was seen of mistakes at an end, and of its keepalives.
 * @param table where to
 * @param summary the end
 */
void
WriteMistakes(SweepTable& table, const SweepSummary& summary)
{
    const ConfidenceInterval limits = GetPoissonInterval(summary.mistakes);
    const std::optional<double>& law = summary.end.mistakeRate;
    const auto observed = [&summary](double value) {
        return summary.observed > 0 ? std::make_optional(value) : std::nullopt;
    };
    const auto simulated = [&summary](double value) {
        return summary.simulated > 0 ? std::make_optional(value / summary.simulated) : std::nullopt;
    };
    table << summary.observed << summary.mistakes
          << observed(summary.GetRate(static_cast<double>(summary.mistakes)) * DAY)
          << observed(summary.GetRate(limits.low) * DAY)
          << observed(summary.GetRate(limits.high) * DAY);
    SweepPointTables::WriteMean(table, summary.recurrence);
    SweepPointTables::WriteMean(table, summary.duration);
    table << observed(1 - summary.GetRate(summary.mistaken))
          << (law ? std::make_optional(*law * DAY) : std::nullopt) << summary.mistakesP
          << summary.GetMistakesFlag() << simulated(summary.keepalives)
          << simulated(summary.keepaliveBytes * 8);
}

} // namespace

void
SweepPointTables::Judge(Summaries& summaries)
{
    std::vector<double> p;
    std::vector<bool SweepSummary::*> kinds;
    std::vector<SweepSummary*> owners;
    for (auto& ends : summaries)
    {
        for (auto& summary : ends)
        {
            const auto add = [&](const std::optional<double>& value, bool SweepSummary::*rejected) {
                if (value)
                {
                    p.push_back(*value);
                    kinds.push_back(rejected);
                    owners.push_back(&summary);
                }
            };
            add(summary.detectionP, &SweepSummary::detectionRejected);
            add(summary.mistakesP, &SweepSummary::mistakesRejected);
        }
    }
    const std::vector<bool> rejected = SweepJudgement::Reject(p);
    for (std::size_t i = 0; i < p.size(); i++)
    {
        owners[i]->*kinds[i] = rejected[i];
    }
}

SweepPointTables::SweepPointTables(const std::vector<SweepPlan::Point>& points,
                                   const std::vector<SweepComparison::Factor>& factors,
                                   const Summaries& summaries)
    : m_points(points),
      m_factors(factors),
      m_summaries(summaries)
{
}

void
SweepPointTables::WritePoints(const std::filesystem::path& directory) const
{
    SweepTable table(directory,
                     "points.csv",
                     WithFactors({"point", "mechanism"},
                                 {"end",
                                  "end_name",
                                  "rule",
                                  "interval_s",
                                  "retries",
                                  "runs",
                                  "failures",
                                  "detected",
                                  "censored",
                                  "td_mean_s",
                                  "td_sd_s",
                                  "td_ci_low_s",
                                  "td_ci_high_s",
                                  "td_min_s",
                                  "td_median_s",
                                  "td_p90_s",
                                  "td_p95_s",
                                  "td_p99_s",
                                  "td_max_s",
                                  "law_lower_s",
                                  "law_mean_s",
                                  "law_upper_s",
                                  "law_shape",
                                  "outside",
                                  "law_p",
                                  "law_flag",
                                  "observed_s",
                                  "mistakes",
                                  "mistakes_per_day",
                                  "mistakes_per_day_low",
                                  "mistakes_per_day_high",
                                  "tmr_mean_s",
                                  "tmr_ci_low_s",
                                  "tmr_ci_high_s",
                                  "tm_mean_s",
                                  "tm_ci_low_s",
                                  "tm_ci_high_s",
                                  "query_accuracy",
                                  "law_mistakes_per_day",
                                  "mistakes_p",
                                  "mistakes_flag",
                                  "keepalives_per_s",
                                  "keepalive_bits_per_s"}));
    for (std::size_t point = 0; point < m_summaries.size(); point++)
    {
        for (std::size_t number = 0; number < m_summaries[point].size(); number++)
        {
            const SweepSummary& summary = m_summaries[point][number];
            table << uint64_t{point};
            WriteFactors(table, m_points[point]);
            table << uint64_t{number} << summary.end.name << summary.end.rule
                  << summary.end.interval << uint64_t{summary.end.retries};
            WriteDetection(table, summary);
            WriteMistakes(table, summary);
        }
    }
    table.Close();
}

void
SweepPointTables::WritePromise(const std::filesystem::path& directory,
                               const SweepPromise& promise) const
{
    SweepTable table(directory,
                     "promise.csv",
                     WithFactors({"mechanism"},
                                 {"worst_detection_s",
                                  "p99_s",
                                  "mistakes_per_year",
                                  "mistakes_per_year_high",
                                  "overhead_bits_per_s",
                                  "detects",
                                  "mistakes_ok",
                                  "overhead_ok",
                                  "kept"}));
    for (std::size_t point = 0; point < m_summaries.size(); point++)
    {
        std::vector<SweepPromise::End> ends;
        for (const auto& summary : m_summaries[point])
        {
            ends.push_back(summary.GetForPromise());
        }
        const SweepPromise::Answer answer = promise.Judge(ends);
        WriteFactors(table, m_points[point]);
        table << answer.worst << answer.percentile << answer.mistakesPerYear
              << answer.mistakesPerYearHigh << answer.overhead << ToString(answer.detects)
              << ToString(answer.accurate) << ToString(answer.cheap) << ToString(answer.kept);
    }
    table.Close();
}

std::vector<std::string>
SweepPointTables::WithFactors(std::vector<std::string> before,
                              const std::vector<std::string>& after) const
{
    for (const auto& factor : m_factors)
    {
        before.push_back(factor.name);
    }
    before.insert(before.end(), after.begin(), after.end());
    return before;
}

void
SweepPointTables::WriteFactors(SweepTable& table, const SweepPlan::Point& point) const
{
    table << point.mechanism;
    for (const auto& factor : m_factors)
    {
        const auto found =
            std::find_if(point.factors.begin(), point.factors.end(), [&factor](const auto& f) {
                return f.first == factor.name;
            });
        table << (found != point.factors.end() ? found->second : "");
    }
}

void
SweepPointTables::WriteMean(SweepTable& table, const Sample& sample)
{
    const std::optional<ConfidenceInterval> interval = sample.GetInterval();
    table << sample.GetMean() << GetLimit(interval, &ConfidenceInterval::low)
          << GetLimit(interval, &ConfidenceInterval::high);
}

} // namespace keepalive
} // namespace ns3
