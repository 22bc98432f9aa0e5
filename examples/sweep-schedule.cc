/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-schedule.h"

#include <algorithm>
#include <numeric>

namespace ns3
{
namespace keepalive
{

SweepSchedule::SweepSchedule(const SweepPlan& plan, const SweepOptions& options)
    : m_plan(plan),
      m_order(options.order),
      m_shard(options.shard - 1),
      m_shards(options.shards)
{
    const uint64_t all = NeedsResults() ? plan.points.size() : plan.GetNRuns();
    m_nPlaces = all > m_shard ? (all - m_shard - 1) / m_shards + 1 : 0;
    if (!NeedsResults())
    {
        m_nWanted = m_nPlaces;
        return;
    }
    m_precisions.assign(all, SweepConvergence(plan.stopping));
    m_asked.assign(all, 0);
    for (uint64_t place = 0; place < m_nPlaces; place++)
    {
        Extend(Permute(place, m_nPlaces) * m_shards + m_shard);
    }
}

bool
SweepSchedule::NeedsResults() const
{
    return m_plan.stopping.precision > 0;
}

uint64_t
SweepSchedule::Permute(uint64_t place, uint64_t count) const
{
    switch (m_order)
    {
    case SweepOptions::Order::FORWARD:
        break;
    case SweepOptions::Order::REVERSE:
        return count - 1 - place;
    case SweepOptions::Order::SHUFFLED:
        // Steps of about the golden section, prime to the count, meet every place once and leave no
        // trace of the order of factors. Unlike a list of all places they need no memory.
        uint64_t step = static_cast<uint64_t>(count * 0.6180339887498949) + 1;
        while (std::gcd(step, count) != 1)
        {
            step++;
        }
        // Below 2^32 points and replications each; split, so that no product overflows.
        uint64_t result = count / 3;
        for (uint64_t bits = place, addend = step % count; bits > 0; bits >>= 1)
        {
            result = (bits & 1) ? (result + addend) % count : result;
            addend = addend * 2 % count;
        }
        return result;
    }
    return place;
}

uint64_t
SweepSchedule::GetRunAt(uint64_t place) const
{
    return Permute(place, m_nPlaces) * m_shards + m_shard;
}

void
SweepSchedule::AddDone(uint64_t run, const ExperimentResult* result)
{
    const SweepPlan::Run what = m_plan.GetRun(run);
    if ((NeedsResults() ? what.point : run) % m_shards != m_shard || IsDone(run))
    {
        return;
    }
    if (!NeedsResults())
    {
        if (run < m_plan.GetNRuns())
        {
            m_done.resize(std::max<uint64_t>(m_done.size(), run + 1));
            m_done[run] = true;
            m_nDone++;
        }
        return;
    }
    SweepConvergence& precision = m_precisions[what.point];
    const uint32_t before = precision.GetNAdded();
    precision.Add(what.replication, *result);
    m_nDone += precision.GetNAdded() - before;
    Extend(what.point);
}

bool
SweepSchedule::IsDone(uint64_t run) const
{
    if (NeedsResults())
    {
        const SweepPlan::Run what = m_plan.GetRun(run);
        return m_precisions[what.point].Has(what.replication);
    }
    return run < m_done.size() && m_done[run];
}

void
SweepSchedule::Extend(uint32_t point)
{
    const uint32_t wanted = m_precisions[point].GetNWanted();
    if (wanted > m_asked[point])
    {
        m_blocks.push_back({point, m_asked[point], wanted});
        m_nWanted += wanted - m_asked[point];
        m_asked[point] = wanted;
    }
}

std::optional<uint64_t>
SweepSchedule::GetNext()
{
    if (NeedsResults())
    {
        return GetNextOfBlocks();
    }
    while (m_place < m_nPlaces)
    {
        const uint64_t run = GetRunAt(m_place++);
        if (!IsDone(run))
        {
            return run;
        }
    }
    return std::nullopt;
}

std::optional<uint64_t>
SweepSchedule::GetNextOfBlocks()
{
    while (!m_blocks.empty())
    {
        const Block block = m_blocks.front();
        const uint32_t size = block.to - block.from;
        const uint64_t replication = block.from + Permute(m_blockPlace++, size);
        if (m_blockPlace == size)
        {
            m_blocks.pop_front();
            m_blockPlace = 0;
        }
        const uint64_t run = replication * m_plan.points.size() + block.point;
        if (!IsDone(run))
        {
            return run;
        }
    }
    return std::nullopt;
}

uint64_t
SweepSchedule::GetNWanted() const
{
    return m_nWanted;
}

uint64_t
SweepSchedule::GetNDone() const
{
    return m_nDone;
}

bool
SweepSchedule::IsComplete() const
{
    return m_nDone == m_nWanted;
}

} // namespace keepalive
} // namespace ns3
