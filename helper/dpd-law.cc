/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-law.h"

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

DpdLaw::DpdLaw(Rule rule, const Timers& timers, double roundTrip, double crossing)
    : m_rule(rule),
      m_timers(timers),
      m_roundTrip(roundTrip),
      m_crossing(crossing)
{
    FindWaits();
    for (const double wait : m_waits)
    {
        m_series += wait;
    }
}

void
DpdLaw::FindWaits()
{
    const Timers& t = m_timers;
    double wait = t.retry;
    switch (m_rule)
    {
    case Rule::COUNT:
        m_waits.assign(t.requests > 0 && !t.finalWait ? t.requests - 1 : t.requests, t.retry);
        break;
    case Rule::BACKOFF:
        for (; m_waits.size() < t.requests; wait *= t.base)
        {
            m_waits.push_back(wait);
        }
        break;
    case Rule::DOUBLING:
        for (double sum = 0; sum < t.limit - ROUNDING; sum += m_waits.back())
        {
            m_waits.push_back(m_waits.empty() ? t.retry : sum); // what was waited, once more
        }
        break;
    case Rule::SILENCE:
        FindWaitsOf(t.limit - (GetCycle() - m_roundTrip));
        break;
    case Rule::REQUEST_TIME:
        FindWaitsOf(t.limit);
        break;
    }
}

void
DpdLaw::FindWaitsOf(double time)
{
    for (double left = time; left > ROUNDING; left -= m_timers.delay)
    {
        m_waits.push_back(std::min(left, m_timers.delay));
    }
}

DpdLaw::Rule
DpdLaw::GetRule() const
{
    return m_rule;
}

const DpdLaw::Timers&
DpdLaw::GetTimers() const
{
    return m_timers;
}

// ---- detection ----

bool
DpdLaw::IsDetected() const
{
    return !m_waits.empty();
}

double
DpdLaw::GetLower() const
{
    return IsDetected() ? m_series - m_crossing : NEVER;
}

double
DpdLaw::GetUpper() const
{
    return GetLower() + GetCycle();
}

double
DpdLaw::GetMean() const
{
    return GetLower() + GetCycle() / 2;
}

DetectionBounds
DpdLaw::GetBounds() const
{
    return {GetLower(), GetMean(), GetUpper(), DetectionBounds::Shape::UNIFORM};
}

DetectionBounds
DpdLaw::GetBoundsWithLife(double period, double transit) const
{
    const double upper = IsDetected() ? m_timers.delay + m_series + transit : NEVER;
    return {upper - period, upper - period / 2, upper, DetectionBounds::Shape::UNIFORM};
}

double
DpdLaw::GetCdf(double detectionTime) const
{
    return IsDetected() ? std::clamp((detectionTime - GetLower()) / GetCycle(), 0.0, 1.0) : 0;
}

std::size_t
DpdLaw::GetRequests() const
{
    return m_waits.size();
}

double
DpdLaw::GetSeries() const
{
    return m_series;
}

double
DpdLaw::GetCycle() const
{
    return GetNext(0);
}

double
DpdLaw::GetNext(double before) const
{
    const Timers& t = m_timers;
    if (t.clocked)
    {
        return t.delay;
    }
    const double life = before + m_roundTrip;
    if (t.dataPeriod > 0)
    {
        // The first request of a series goes with a packet, the others at times of their own.
        return t.dataPeriod * std::ceil((life + t.delay) / t.dataPeriod - ROUNDING) - before;
    }
    const double tick = t.delay * (std::floor(life / t.delay) + 1);
    return (tick - life + t.slack >= t.delay - ROUNDING ? tick : life + t.delay) - before;
}

// ---- mistakes ----

double
DpdLaw::GetMeanTimeToMistake(double loss) const
{
    if (!IsDetected())
    {
        return NEVER;
    }
    double lost = 1; // the probability that it comes to this request
    double before = 0;
    double mean = 0;
    for (const double wait : m_waits)
    {
        mean += lost * (1 - loss) * (before + GetNext(before));
        lost *= loss;
        before += wait;
    }
    return (mean + lost * m_series) / lost;
}

} // namespace keepalive
} // namespace ns3
