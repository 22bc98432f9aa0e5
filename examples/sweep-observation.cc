/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-observation.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Outages that follow each other without a gap.
struct Block
{
    int64_t began{0};               //!< when the first began
    std::optional<int64_t> ended;   //!< when the last ended
    std::optional<int64_t> resumed; //!< when observation went on
};

/**
 * @brief When observation goes on after an outage.
 * @param last the last failure of a block, which ended
 * @param ended when the block ended
 * @return at once if the end trusts its peer then, else when it does again
 */
std::optional<int64_t>
GetResumption(const ExperimentResult::Detection& last, int64_t ended)
{
    if (last.recovered)
    {
        return last.recovered;
    }
    return last.own || last.detected ? std::nullopt : std::make_optional(ended);
}

/**
 * @brief Find the outages of an end.
 * @param result the run
 * @param end which end
 * @return blocks of them, in order
 */
std::vector<Block>
FindOutages(const ExperimentResult& result, uint32_t end)
{
    std::vector<Block> blocks;
    for (const auto& failure : result.detections)
    {
        if (failure.end != end || !failure.outage)
        {
            continue;
        }
        const bool overlaps =
            !blocks.empty() && (!blocks.back().ended || failure.began <= *blocks.back().ended);
        if (!overlaps)
        {
            blocks.push_back({failure.began, failure.ended, std::nullopt});
        }
        Block& block = blocks.back();
        block.ended = block.ended && failure.ended
                          ? std::make_optional(std::max(*block.ended, *failure.ended))
                          : std::nullopt;
        block.resumed = block.ended ? GetResumption(failure, *block.ended) : std::nullopt;
    }
    return blocks;
}

} // namespace

SweepObservation::SweepObservation(const ExperimentResult& result, uint32_t end)
{
    const std::vector<Block> outages = FindOutages(result, end);
    int64_t later = 0;
    for (std::size_t i = 0; i < outages.size(); i++)
    {
        const int64_t until = i + 1 < outages.size() ? outages[i + 1].began : result.duration;
        if (outages[i].resumed && *outages[i].resumed < until)
        {
            m_periods.push_back({*outages[i].resumed, until});
            later += until - *outages[i].resumed;
        }
    }
    const int64_t until = outages.empty() ? result.duration : outages.front().began;
    const int64_t first = std::clamp<int64_t>(result.ends[end].observed - later, 0, until);
    if (first == 0)
    {
        return;
    }
    m_periods.insert(m_periods.begin(), {until - first, until});
    m_firstMistake = FirstMistake{first, false};
    for (const auto& mistake : result.mistakes)
    {
        if (mistake.end == end && mistake.suspected <= until)
        {
            m_firstMistake->time = std::max<int64_t>(0, mistake.suspected - (until - first));
            m_firstMistake->happened = true;
            break;
        }
    }
}

const std::vector<SweepObservation::Period>&
SweepObservation::GetPeriods() const
{
    return m_periods;
}

const std::optional<SweepObservation::FirstMistake>&
SweepObservation::GetFirstMistake() const
{
    return m_firstMistake;
}

} // namespace keepalive
} // namespace ns3
