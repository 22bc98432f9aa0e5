/* SPDX-License-Identifier: GPL-2.0-only */

#include "detection-recorder.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

/// The cause of a detection time of 0.
const char* const ALREADY_SUSPECTED = "already-suspected";

/**
 * @brief Describe a sample.
 * @param sample the observations, seconds
 * @return its statistics
 */
DetectionRecorder::Statistics
Describe(const std::vector<double>& sample)
{
    DetectionRecorder::Statistics result;
    result.count = sample.size();
    if (sample.empty())
    {
        return result;
    }
    double sum = 0;
    for (const double x : sample)
    {
        sum += x;
    }
    result.mean = sum / static_cast<double>(sample.size());
    double squares = 0;
    for (const double x : sample)
    {
        squares += (x - result.mean) * (x - result.mean);
    }
    if (sample.size() > 1)
    {
        result.standardDeviation = std::sqrt(squares / static_cast<double>(sample.size() - 1));
    }
    result.minimum = *std::min_element(sample.begin(), sample.end());
    result.maximum = *std::max_element(sample.begin(), sample.end());
    return result;
}

} // namespace

std::optional<Time>
DetectionRecorder::FailureRow::GetDetectionTime() const
{
    return detected ? std::optional<Time>(*detected - began) : std::nullopt;
}

std::optional<Time>
DetectionRecorder::FailureRow::GetRecoveryTime() const
{
    return ended && recovered ? std::optional<Time>(*recovered - *ended) : std::nullopt;
}

std::optional<double>
DetectionRecorder::Statistics::GetConfidence95() const
{
    if (count < 30)
    {
        return std::nullopt;
    }
    return 1.959964 * standardDeviation / std::sqrt(static_cast<double>(count));
}

// ---- what is watched ----

uint32_t
DetectionRecorder::AddEnd(const std::string& name, bool trusting)
{
    End end;
    end.name = name;
    end.up = trusting;
    end.begun = trusting;
    end.recovering = !trusting;
    m_ends.push_back(end);
    if (trusting)
    {
        StartObserving(m_ends.back());
    }
    return static_cast<uint32_t>(m_ends.size() - 1);
}

uint32_t
DetectionRecorder::Watch(Ptr<Object> source,
                         const std::string& traceSource,
                         bool trusting,
                         const std::string& name)
{
    const uint32_t number = AddEnd(name, trusting);
    const bool connected = source->TraceConnectWithoutContext(
        traceSource,
        MakeBoundCallback(&DetectionRecorder::LineSink, this, number));
    NS_ABORT_MSG_IF(!connected, "end " << name << " has no trace source " << traceSource);
    return number;
}

uint32_t
DetectionRecorder::Watch(Ptr<KeepaliveNetDevice> device, const std::string& name)
{
    const uint32_t number = Watch(device, "LineProtocol", device->IsLineUp(), name);
    // PPP takes some milliseconds to agree, and until then its line is no less expected to be up.
    End& end = m_ends[number];
    end.begun = true;
    end.recovering = false;
    StartObserving(end);
    return number;
}

void
DetectionRecorder::Watch(Ptr<FailureInjector> injector)
{
    NS_ABORT_MSG_IF(m_watchesInjector, "a recorder learns the truth from one injector only");
    m_watchesInjector = true;
    injector->TraceConnectWithoutContext("Failure",
                                         MakeCallback(&DetectionRecorder::HandleFailure, this));
}

// ---- verdicts ----

void
DetectionRecorder::LineSink(DetectionRecorder* recorder, uint32_t end, const DetectionEvent& event)
{
    recorder->Hear(end, event);
}

void
DetectionRecorder::Hear(uint32_t end, const DetectionEvent& event)
{
    NS_ABORT_MSG_IF(end >= m_ends.size(), "there is no end " << end << " to hear");
    if (m_ends[end].up == event.up)
    {
        return;
    }
    m_ends[end].up = event.up;
    if (event.up)
    {
        HandleUp(end, event);
    }
    else
    {
        HandleDown(end, event);
    }
}

void
DetectionRecorder::HandleDown(uint32_t number, const DetectionEvent& event)
{
    End& end = m_ends[number];
    if (m_outages > 0)
    {
        for (const std::size_t row : m_active)
        {
            FailureRow& failure = m_failures[row];
            if (failure.end != number || !failure.outage || failure.detected)
            {
                continue;
            }
            failure.cause = ToString(event.cause);
            failure.own =
                event.cause == LineCause::NODE_CRASHED || event.cause == LineCause::ADMIN_SHUTDOWN;
            if (!failure.own)
            {
                failure.detected = event.when;
            }
        }
        return;
    }
    MistakeRow mistake;
    mistake.end = number;
    mistake.suspected = event.when;
    mistake.cause = ToString(event.cause);
    if (end.previousMistake)
    {
        mistake.sincePrevious = event.when - *end.previousMistake;
    }
    end.previousMistake = event.when;
    end.mistakenSince = event.when;
    end.mistake = m_mistakes.size();
    m_mistakes.push_back(mistake);
}

void
DetectionRecorder::HandleUp(uint32_t number, const DetectionEvent& event)
{
    End& end = m_ends[number];
    end.begun = true;
    if (m_outages > 0)
    {
        // Trust while the outage lasts: the suspicion before it was not the final one.
        for (const std::size_t row : m_active)
        {
            FailureRow& failure = m_failures[row];
            if (failure.end == number && failure.outage)
            {
                failure.detected = std::nullopt;
                failure.cause.clear();
            }
        }
        return;
    }
    if (end.mistake)
    {
        m_mistakes[*end.mistake].trusted = event.when;
        CloseMistake(end);
        return;
    }
    if (end.recovering)
    {
        const auto row =
            std::find_if(m_failures.rbegin(), m_failures.rend(), [number](const FailureRow& f) {
                return f.end == number && f.outage && f.ended;
            });
        if (row != m_failures.rend())
        {
            row->recovered = event.when;
        }
        end.recovering = false;
        StartObserving(end);
    }
}

// ---- ground truth ----

void
DetectionRecorder::HandleFailure(const FailureEvent& event)
{
    if (event.failed)
    {
        BeginFailure(event);
    }
    else
    {
        EndFailure(event);
    }
}

void
DetectionRecorder::BeginFailure(const FailureEvent& event)
{
    for (uint32_t number = 0; number < m_ends.size(); number++)
    {
        End& end = m_ends[number];
        FailureRow failure;
        failure.number = event.number;
        failure.kind = event.kind;
        failure.target = event.target;
        failure.outage = event.outage && end.begun;
        failure.end = number;
        failure.began = event.when;
        if (event.outage)
        {
            StopObserving(end);
            end.recovering = false;
            if (failure.outage && !end.up)
            {
                failure.detected = event.when;
                failure.cause = ALREADY_SUSPECTED;
            }
        }
        m_active.push_back(m_failures.size());
        m_failures.push_back(failure);
    }
    m_outages += event.outage ? 1 : 0;
}

void
DetectionRecorder::EndFailure(const FailureEvent& event)
{
    for (auto row = m_active.begin(); row != m_active.end();)
    {
        FailureRow& failure = m_failures[*row];
        if (failure.number == event.number)
        {
            failure.ended = event.when;
            row = m_active.erase(row);
        }
        else
        {
            ++row;
        }
    }
    if (!event.outage || --m_outages > 0)
    {
        return;
    }
    for (auto& end : m_ends)
    {
        if (end.up)
        {
            StartObserving(end);
        }
        else
        {
            end.recovering = true;
        }
    }
}

void
DetectionRecorder::StartObserving(End& end)
{
    end.observedSince = Simulator::Now();
}

void
DetectionRecorder::StopObserving(End& end)
{
    if (end.observedSince)
    {
        end.observed += Simulator::Now() - *end.observedSince;
        end.observedSince = std::nullopt;
    }
    CloseMistake(end);
    end.previousMistake = std::nullopt;
}

void
DetectionRecorder::CloseMistake(End& end)
{
    if (end.mistake)
    {
        end.mistaken += Simulator::Now() - end.mistakenSince;
        end.mistake = std::nullopt;
    }
}

// ---- results ----

void
DetectionRecorder::Finish()
{
    for (auto& end : m_ends)
    {
        StopObserving(end);
    }
}

const std::vector<DetectionRecorder::FailureRow>&
DetectionRecorder::GetFailureRows() const
{
    return m_failures;
}

const std::vector<DetectionRecorder::MistakeRow>&
DetectionRecorder::GetMistakeRows() const
{
    return m_mistakes;
}

const std::string&
DetectionRecorder::GetName(uint32_t end) const
{
    return m_ends[end].name;
}

uint32_t
DetectionRecorder::GetNEnds() const
{
    return static_cast<uint32_t>(m_ends.size());
}

DetectionRecorder::EndSummary
DetectionRecorder::Summarize(uint32_t number) const
{
    const End& end = m_ends[number];
    EndSummary summary;
    summary.name = end.name;
    summary.observed = end.observed;
    summary.mistaken = end.mistaken;

    std::vector<double> detection;
    for (const auto& failure : m_failures)
    {
        if (failure.end != number || !failure.outage || failure.own)
        {
            continue;
        }
        summary.outages++;
        if (failure.detected)
        {
            detection.push_back(failure.GetDetectionTime()->GetSeconds());
            summary.causes.insert(failure.cause);
        }
        else
        {
            summary.censored++;
        }
    }
    summary.detectionTime = Describe(detection);

    std::vector<double> recurrence;
    std::vector<double> duration;
    for (const auto& mistake : m_mistakes)
    {
        if (mistake.end != number)
        {
            continue;
        }
        summary.mistakes++;
        if (mistake.sincePrevious)
        {
            recurrence.push_back(mistake.sincePrevious->GetSeconds());
        }
        if (mistake.trusted)
        {
            duration.push_back((*mistake.trusted - mistake.suspected).GetSeconds());
        }
    }
    summary.mistakeRecurrence = Describe(recurrence);
    summary.mistakeDuration = Describe(duration);
    if (end.observed.IsStrictlyPositive())
    {
        const double observed = end.observed.GetSeconds();
        summary.mistakeRate = static_cast<double>(summary.mistakes) / observed;
        summary.queryAccuracy = 1.0 - end.mistaken.GetSeconds() / observed;
    }
    return summary;
}

} // namespace keepalive
} // namespace ns3
