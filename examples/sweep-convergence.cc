/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-convergence.h"

#include <algorithm>
#include <optional>

namespace ns3
{
namespace keepalive
{

SweepConvergence::SweepConvergence(const SweepPlan::Stopping& stopping)
    : m_stopping(stopping),
      m_wanted(std::min(stopping.least, stopping.most))
{
}

void
SweepConvergence::Add(uint32_t replication, const ExperimentResult& result)
{
    std::vector<Observation> observations(result.ends.size());
    for (const auto& detection : result.detections)
    {
        if (!detection.own && detection.outage && detection.detected)
        {
            const int64_t time = std::max<int64_t>(0, *detection.detected - detection.began);
            observations.at(detection.end).detections.push_back(time * 1e-9);
        }
    }
    for (const auto& mistake : result.mistakes)
    {
        observations.at(mistake.end).mistakes++;
    }
    m_early.emplace(replication, std::move(observations));
    Advance();
}

void
SweepConvergence::Advance()
{
    while (m_added < m_wanted && !m_early.empty() && m_early.begin()->first == m_added)
    {
        const auto& observations = m_early.begin()->second;
        m_ends.resize(std::max(m_ends.size(), observations.size()));
        for (std::size_t i = 0; i < observations.size(); i++)
        {
            for (const double time : observations[i].detections)
            {
                m_ends[i].detections.Add(time);
            }
            m_ends[i].mistakes += observations[i].mistakes;
        }
        m_early.erase(m_early.begin());
        m_added++;
        if (m_added == m_wanted && !IsNarrow())
        {
            m_wanted = std::min<uint64_t>(m_stopping.most, uint64_t{m_wanted} + m_stopping.least);
        }
    }
}

bool
SweepConvergence::IsNarrow() const
{
    bool known = false;
    for (const auto& end : m_ends)
    {
        const bool mistakes = m_stopping.metric == "mistakes";
        if ((mistakes ? end.mistakes : end.detections.GetCount()) == 0)
        {
            continue;
        }
        const std::optional<double> width = mistakes ? GetPoissonRelativeHalfWidth(end.mistakes)
                                                     : end.detections.GetRelativeHalfWidth();
        if (!width || *width > m_stopping.precision)
        {
            return false;
        }
        known = true;
    }
    return known;
}

uint32_t
SweepConvergence::GetNWanted() const
{
    return m_wanted;
}

uint32_t
SweepConvergence::GetNAdded() const
{
    return m_added;
}

bool
SweepConvergence::Has(uint32_t replication) const
{
    return replication < m_added || m_early.count(replication) > 0;
}

} // namespace keepalive
} // namespace ns3
