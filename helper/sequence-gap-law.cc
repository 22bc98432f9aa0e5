/* SPDX-License-Identifier: GPL-2.0-only */

#include "sequence-gap-law.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double INTERVALS_HELD = 2.5; //!< default hold time of LINUX, in intervals
constexpr double ROUNDING = 1e-9;      //!< forgives rounding in a division
constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< not detected

} // namespace

SequenceGapLaw::SequenceGapLaw(Rule rule,
                               double interval,
                               uint32_t downCount,
                               double holdTime,
                               double delay,
                               Direction direction)
    : m_rule(rule),
      m_interval(interval),
      m_downCount(downCount),
      m_holdTime(holdTime > 0 ? holdTime : INTERVALS_HELD * interval),
      m_delay(delay),
      m_direction(direction),
      m_later(0)
{
    if (rule == Rule::LINUX && direction == Direction::OUTGOING_ONLY)
    {
        const double intervals = m_holdTime / m_interval;
        m_later = std::max(0.0, intervals - std::floor(intervals + ROUNDING));
    }
}

bool
SequenceGapLaw::IsDetected() const
{
    return m_direction != Direction::OUTGOING_ONLY ||
           (m_rule != Rule::SPPP && m_rule != Rule::JUNOS);
}

double
SequenceGapLaw::GetLower() const
{
    if (!IsDetected())
    {
        return NEVER;
    }
    if (m_direction == Direction::OUTGOING_ONLY)
    {
        return GetIntervals() * m_interval - m_delay;
    }
    return GetMean() - m_interval;
}

double
SequenceGapLaw::GetUpper() const
{
    if (m_direction == Direction::OUTGOING_ONLY)
    {
        return GetLower() + (m_later > 0 ? 2 : 1) * m_interval;
    }
    return GetMean() + m_interval;
}

double
SequenceGapLaw::GetMean() const
{
    if (m_direction == Direction::OUTGOING_ONLY)
    {
        return GetLower() + (0.5 + m_later) * m_interval;
    }
    switch (m_rule)
    {
    case Rule::IOS:
    case Rule::NOKIA:
        return GetIntervals() * m_interval - 2 * m_delay;
    case Rule::LINUX:
        return m_holdTime;
    case Rule::FREEBSD:
    case Rule::SPPP:
    case Rule::H3C:
    case Rule::JUNOS:
        break;
    }
    return GetIntervals() * m_interval;
}

double
SequenceGapLaw::GetCdf(double detectionTime) const
{
    if (!IsDetected())
    {
        return 0;
    }
    if (m_direction == Direction::OUTGOING_ONLY)
    {
        const double x = (detectionTime - GetLower()) / m_interval;
        return (1 - m_later) * std::clamp(x, 0.0, 1.0) + m_later * std::clamp(x - 1, 0.0, 1.0);
    }
    // phi - e, of two independent uniform variables
    const double x = std::clamp((detectionTime - GetMean()) / m_interval, -1.0, 1.0);
    return x < 0 ? (1 + x) * (1 + x) / 2 : 1 - (1 - x) * (1 - x) / 2;
}

double
SequenceGapLaw::GetIntervals() const
{
    switch (m_rule)
    {
    case Rule::NOKIA:
    case Rule::FREEBSD:
        return m_downCount - 1.0;
    case Rule::LINUX:
        return std::floor(m_holdTime / m_interval + ROUNDING) + 1;
    case Rule::IOS:
    case Rule::SPPP:
    case Rule::H3C:
    case Rule::JUNOS:
        break;
    }
    return m_downCount;
}

} // namespace keepalive
} // namespace ns3
