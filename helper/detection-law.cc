/* SPDX-License-Identifier: GPL-2.0-only */

#include "detection-law.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

DetectionLaw::DetectionLaw(Verdict verdict,
                           double interval,
                           uint32_t retries,
                           double holdTime,
                           double roundTrip,
                           double crossing)
    : m_verdict(verdict),
      m_interval(interval),
      m_retries(retries),
      m_holdTime(holdTime > 0 ? holdTime : interval * retries),
      m_roundTrip(roundTrip),
      m_crossing(crossing)
{
}

double
DetectionLaw::GetLower() const
{
    return GetUpper() - m_interval;
}

double
DetectionLaw::GetUpper() const
{
    // The last probe to succeed left at most one interval and the crossing time before the failure.
    switch (m_verdict)
    {
    case Verdict::AT_NEXT_PROBE:
        return (m_retries + 1.0) * m_interval - m_crossing;
    case Verdict::AT_LAST_PROBE:
        return m_retries * m_interval - m_crossing;
    case Verdict::AFTER_SILENCE:
        break;
    }
    return m_holdTime + m_roundTrip - m_crossing;
}

double
DetectionLaw::GetMean() const
{
    return GetUpper() - m_interval / 2;
}

DetectionBounds
DetectionLaw::GetBounds() const
{
    return {GetLower(), GetMean(), GetUpper(), DetectionBounds::Shape::UNIFORM};
}

double
DetectionLaw::GetCdf(double detectionTime) const
{
    return std::clamp((detectionTime - GetLower()) / m_interval, 0.0, 1.0);
}

uint32_t
DetectionLaw::GetLossesToMistake() const
{
    switch (m_verdict)
    {
    case Verdict::AT_NEXT_PROBE:
        return m_retries;
    case Verdict::AT_LAST_PROBE:
        return m_retries - 1;
    case Verdict::AFTER_SILENCE:
        break;
    }
    // Answers come every T after the last one. The n-th next one comes in time if n * T <= H: an
    // answer at the very instant of the expiry counts (see HoldTimer), so the losses needed are as
    // many as there are whole intervals in H. The small term forgives rounding in the division.
    return static_cast<uint32_t>(std::floor(m_holdTime / m_interval + 1e-9));
}

double
DetectionLaw::GetMistakeRecurrence(double loss) const
{
    return m_interval / ((1 - loss) * std::pow(loss, GetLossesToMistake()));
}

double
DetectionLaw::GetMistakeDuration(double loss) const
{
    // Trust returns with the answer to the first successful probe from the verdict on, which is
    // loss / (1 - loss) probes after the first candidate on average.
    const double wait = m_interval * loss / (1 - loss);
    switch (m_verdict)
    {
    case Verdict::AT_NEXT_PROBE:
    case Verdict::AT_LAST_PROBE:
        return wait + m_roundTrip; // the verdict falls as the first candidate is sent
    case Verdict::AFTER_SILENCE:
        break;
    }
    // The last answer came at 0; the first candidate is the first one due after the hold time.
    const double next = (GetLossesToMistake() + 1.0) * m_interval;
    return wait + next - m_holdTime;
}

} // namespace keepalive
} // namespace ns3
