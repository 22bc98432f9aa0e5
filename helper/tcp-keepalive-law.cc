/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-law.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< not detected
constexpr double ROUNDING = 1e-9;                                 //!< forgives rounding in a sum

} // namespace

TcpKeepaliveLaw::TcpKeepaliveLaw(Rule rule, const Timers& timers, double roundTrip, double crossing)
    : m_timers(timers),
      m_roundTrip(roundTrip),
      m_crossing(crossing)
{
    const bool probes = rule == Rule::BACKOFF || timers.probes > 0;
    const bool ends = rule != Rule::BACKOFF || timers.abortTime > 0 || timers.userTimeout > 0;
    if (probes && ends)
    {
        FindWaits(rule);
    }
}

bool
TcpKeepaliveLaw::IsDetected() const
{
    return !m_waits.empty();
}

double
TcpKeepaliveLaw::GetLower() const
{
    return IsDetected() ? m_sum - m_crossing : NEVER;
}

double
TcpKeepaliveLaw::GetUpper() const
{
    return GetLower() + GetCycle();
}

double
TcpKeepaliveLaw::GetMean() const
{
    return GetLower() + GetCycle() / 2;
}

DetectionBounds
TcpKeepaliveLaw::GetBounds() const
{
    return {GetLower(), GetMean(), GetUpper(), DetectionBounds::Shape::UNIFORM};
}

double
TcpKeepaliveLaw::GetCdf(double detectionTime) const
{
    return IsDetected() ? std::clamp((detectionTime - GetLower()) / GetCycle(), 0.0, 1.0) : 0;
}

std::size_t
TcpKeepaliveLaw::GetProbes() const
{
    return m_waits.size();
}

double
TcpKeepaliveLaw::GetCycle() const
{
    return std::max(m_timers.idle + m_roundTrip, m_timers.interval);
}

double
TcpKeepaliveLaw::GetMeanTimeToFalseEnd(double loss) const
{
    if (!IsDetected())
    {
        return NEVER;
    }
    double lost = 1;
    double waits = 0;
    for (const double wait : m_waits)
    {
        lost *= loss;
        waits += wait * lost;
    }
    return m_timers.idle + ((1 - lost) * GetCycle() + waits) / lost;
}

void
TcpKeepaliveLaw::FindWaits(Rule rule)
{
    // The end comes with the first wait at whose end it has been silent for so long, except for
    // COUNT without a user timeout.
    const bool byCount = rule == Rule::COUNT && m_timers.userTimeout <= 0;
    double limit = m_timers.userTimeout;
    if (limit <= 0)
    {
        limit = m_timers.idle +
                (rule == Rule::BACKOFF ? m_timers.abortTime : m_timers.probes * m_timers.interval);
    }
    const double cut = m_timers.idle + m_timers.abortTime; // BACKOFF: a wait ends here, at least

    double silence = std::max(m_timers.idle, m_timers.interval - m_roundTrip);
    double interval = m_timers.interval;
    bool over = false;
    while (!over)
    {
        double wait = interval;
        if (rule == Rule::BACKOFF)
        {
            if (m_timers.abortTime > 0 && silence < cut - ROUNDING)
            {
                wait = std::min(wait, cut - silence);
            }
            interval = std::min(2 * interval, std::max(m_timers.longestInterval, interval));
        }
        m_waits.push_back(wait);
        m_sum += wait;
        silence += wait;
        over = byCount ? m_waits.size() >= m_timers.probes : silence >= limit - ROUNDING;
    }
}

} // namespace keepalive
} // namespace ns3
