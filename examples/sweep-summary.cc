/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-summary.h"

#include "sweep-judgement.h"
#include "sweep-observation.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief A time in seconds.
 * @param nanoseconds the time
 * @return seconds
 */
double
ToSeconds(int64_t nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e9;
}

} // namespace

// ---- what a summary says ----

const char*
SweepSummary::GetDetectionFlag() const
{
    if (!end.law || failures == 0)
    {
        return "";
    }
    return outside > 0 || detectionRejected ? "outside" : "ok";
}

const char*
SweepSummary::GetMistakesFlag() const
{
    return mistakesP ? (mistakesRejected ? "outside" : "ok") : "";
}

double
SweepSummary::GetRate(double mistakes) const
{
    return observed > 0 ? mistakes / observed : std::numeric_limits<double>::infinity();
}

SweepPromise::End
SweepSummary::GetForPromise() const
{
    const ConfidenceInterval found = GetPoissonInterval(mistakes);
    SweepPromise::End known;
    known.fails = failures > 0;
    known.percentile = p99;
    if (end.law)
    {
        known.worst =
            outside > 0 ? std::max(end.law->upper, most.value_or(end.law->upper)) : end.law->upper;
    }
    if (!mistakesRejected)
    {
        known.mistakes = end.mistakeRate;
    }
    known.mistakesBetween = {observed > 0 ? GetRate(found.low) : 0, GetRate(found.high)};
    known.overhead = simulated > 0 ? keepaliveBytes * 8 / simulated : 0;
    return known;
}

// ---- collecting ----

SweepCollector::SweepCollector(const Experiment::End& end, uint32_t number)
    : m_number(number)
{
    m_summary.end = end;
}

void
SweepCollector::Add(const ExperimentResult& result)
{
    const ExperimentResult::End& end = result.ends[m_number];
    m_summary.runs++;
    m_summary.observed += ToSeconds(end.observed);
    m_summary.mistaken += ToSeconds(end.mistaken);
    m_summary.simulated += ToSeconds(result.duration);
    m_summary.keepalives += static_cast<double>(end.keepalives);
    m_summary.keepaliveBytes += static_cast<double>(end.keepaliveBytes);
    AddDetections(result);
    AddMistakes(result);
}

void
SweepCollector::AddDetections(const ExperimentResult& result)
{
    for (const auto& detection : result.detections)
    {
        if (detection.end != m_number || detection.own || !detection.outage)
        {
            continue;
        }
        const SurvivalCurve::Observation observation{
            ToSeconds(GetWatched(detection, result.duration)),
            detection.detected.has_value()};
        m_detections.push_back(observation);
        m_summary.failures++;
        if (observation.happened)
        {
            m_summary.detected++;
            m_times.Add(observation.time);
        }
        if (m_summary.end.law &&
            SweepJudgement::IsOutside(observation, *m_summary.end.law, m_summary.end.slack))
        {
            m_summary.outside++;
        }
    }
}

void
SweepCollector::AddMistakes(const ExperimentResult& result)
{
    const SweepObservation observation(result, m_number);
    const auto settling = static_cast<int64_t>(SweepJudgement::SETTLING * 1e9);
    for (const auto& period : observation.GetPeriods())
    {
        m_summary.settled += ToSeconds(std::max<int64_t>(0, period.end - period.begin - settling));
        // No mistake is possible before that many losses: the law begins later.
        m_summary.start += m_summary.end.interval * m_summary.end.retries;
    }
    for (const auto& mistake : result.mistakes)
    {
        if (mistake.end != m_number)
        {
            continue;
        }
        m_summary.mistakes++;
        const auto holds = [&mistake, settling](const SweepObservation::Period& period) {
            return mistake.suspected >= period.begin + settling && mistake.suspected <= period.end;
        };
        m_summary.settledMistakes +=
            std::any_of(observation.GetPeriods().begin(), observation.GetPeriods().end(), holds)
                ? 1
                : 0;
        if (mistake.sincePrevious)
        {
            m_summary.recurrence.Add(ToSeconds(*mistake.sincePrevious));
        }
        if (mistake.trusted)
        {
            m_summary.duration.Add(ToSeconds(*mistake.trusted - mistake.suspected));
        }
    }
    if (const auto& first = observation.GetFirstMistake())
    {
        m_firsts.push_back({ToSeconds(first->time), first->happened});
    }
}

void
SweepCollector::Finish()
{
    m_detection = SurvivalCurve(std::exchange(m_detections, {}));
    m_firstMistake = SurvivalCurve(std::exchange(m_firsts, {}));
    m_summary.least = m_times.GetMinimum();
    m_summary.median = m_detection.GetQuantile(0.5);
    m_summary.p90 = m_detection.GetQuantile(0.9);
    m_summary.p95 = m_detection.GetQuantile(0.95);
    m_summary.p99 = m_detection.GetQuantile(0.99);
    m_summary.most = m_detection.GetQuantile(1);

    const Experiment::End& end = m_summary.end;
    if (m_summary.detected == m_summary.failures)
    {
        m_summary.detection = m_times;
        if (end.law)
        {
            m_summary.detectionP = SweepJudgement::TestMean(m_times, *end.law, end.slack);
        }
    }
    if (end.mistakeRate)
    {
        m_summary.mistakesP = SweepJudgement::TestMistakes(m_summary.settledMistakes,
                                                           *end.mistakeRate,
                                                           m_summary.settled,
                                                           m_summary.start);
    }
}

const SweepSummary&
SweepCollector::GetSummary() const
{
    return m_summary;
}

const SurvivalCurve&
SweepCollector::GetDetection() const
{
    return m_detection;
}

const SurvivalCurve&
SweepCollector::GetFirstMistake() const
{
    return m_firstMistake;
}

int64_t
GetWatched(const ExperimentResult::Detection& detection, int64_t duration)
{
    const int64_t until =
        detection.detected.value_or(std::min(detection.ended.value_or(duration), duration));
    return std::max<int64_t>(0, until - detection.began);
}

} // namespace keepalive
} // namespace ns3
