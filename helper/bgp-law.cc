/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-law.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< not detected
constexpr double ROUNDING = 1e-9;                                 //!< forgives rounding in a sum

/**
 * @brief A Markov chain that ends for certain, and takes time.
 *
 * Solved by eliminating one state after another without a single subtraction (Grassmann, Taksar and
 * Heyman 1985): the end may be as unlikely as 1e-12 per step, where 1 minus the other probabilities
 * would be mere rounding.
 */
struct AbsorbingChain
{
    std::vector<std::vector<double>> step; //!< probabilities from state to state
    std::vector<double> end;               //!< probabilities from state to the end
    std::vector<double> time;              //!< mean time spent per visit, seconds

    /**
     * @brief Create a chain without steps.
     * @param states how many states it has
     */
    explicit AbsorbingChain(std::size_t states)
        : step(states, std::vector<double>(states)),
          end(states),
          time(states)
    {
    }

    /**
     * @brief The mean time to the end; destroys the chain.
     * @return seconds, from state 0
     */
    double Solve()
    {
        for (std::size_t last = end.size() - 1; last > 0; last--)
        {
            double leave = end[last]; // anything but staying
            for (std::size_t to = 0; to < last; to++)
            {
                leave += step[last][to];
            }
            for (std::size_t from = 0; from < last; from++)
            {
                const double visits = step[from][last] / leave;
                for (std::size_t to = 0; to < last; to++)
                {
                    step[from][to] += visits * step[last][to];
                }
                end[from] += visits * end[last];
                time[from] += visits * time[last];
            }
        }
        return time[0] / end[0];
    }
};

} // namespace

BgpLaw::BgpLaw(double keepaliveTime,
               const Jitter& keepaliveJitter,
               double holdTime,
               const Jitter& holdJitter,
               double delay,
               double shortest)
    : m_lowerInterval(std::max(keepaliveTime * keepaliveJitter.low, shortest)),
      m_nominalInterval(keepaliveTime * keepaliveJitter.low),
      m_upperInterval(std::max(keepaliveTime * keepaliveJitter.high, shortest)),
      m_lowerHold(holdTime * holdJitter.low),
      m_upperHold(holdTime * holdJitter.high),
      m_delay(delay)
{
}

bool
BgpLaw::IsDetected() const
{
    return m_upperHold > 0;
}

double
BgpLaw::GetLower() const
{
    return IsDetected() ? m_lowerHold - m_upperInterval + m_delay : NEVER;
}

double
BgpLaw::GetUpper() const
{
    return IsDetected() ? m_upperHold + m_delay : NEVER;
}

double
BgpLaw::GetMean() const
{
    return IsDetected() ? (m_lowerHold + m_upperHold) / 2 - GetMeanAge() + m_delay : NEVER;
}

DetectionBounds
BgpLaw::GetBounds() const
{
    const bool exact = m_lowerInterval == m_upperInterval && m_lowerHold == m_upperHold;
    return {GetLower(),
            GetMean(),
            GetUpper(),
            exact ? DetectionBounds::Shape::UNIFORM : DetectionBounds::Shape::OTHER};
}

double
BgpLaw::GetCdf(double detectionTime) const
{
    if (!IsDetected() || detectionTime <= GetLower())
    {
        return 0;
    }
    if (detectionTime >= GetUpper())
    {
        return 1;
    }
    // D <= t if the age is at least X + d - t.
    const double youngest = m_lowerHold + m_delay - detectionTime;
    const double oldest = m_upperHold + m_delay - detectionTime;
    const double width = oldest - youngest;
    if (width > 0)
    {
        const double below = (GetAgeIntegral(oldest) - GetAgeIntegral(youngest)) / width;
        return std::clamp(1 - below, 0.0, 1.0);
    }
    // Without jitter of the hold time, the distribution function of the age itself.
    const double age = std::clamp(youngest, 0.0, m_upperInterval);
    double below = std::min(age, m_lowerInterval);
    if (age > m_lowerInterval)
    {
        const double spread = m_upperInterval - m_nominalInterval;
        const double whole = m_upperInterval - m_lowerInterval;
        const double left = m_upperInterval - age;
        below += (whole * whole - left * left) / (2 * spread);
    }
    return std::clamp(1 - below / GetMeanInterval(), 0.0, 1.0);
}

double
BgpLaw::GetMeanInterval() const
{
    // The integral of 1 - F: 1 up to the least L, then falling to 0 along a line.
    const double whole = m_upperInterval - m_lowerInterval;
    return m_lowerInterval +
           (whole > 0 ? whole * whole / (2 * (m_upperInterval - m_nominalInterval)) : 0);
}

double
BgpLaw::GetMeanAge() const
{
    return m_upperInterval - GetAgeIntegral(m_upperInterval);
}

double
BgpLaw::GetMeanTimeToFalseExpiry(double holdTime,
                                 double keepaliveTime,
                                 double timeout,
                                 double longestTimeout,
                                 double loss)
{
    if (holdTime <= 0)
    {
        return NEVER;
    }
    // When the transmissions of a segment are due after the first one, as far as they matter.
    std::vector<double> due;
    double at = 0;
    for (double wait = timeout; at <= holdTime + ROUNDING;
         wait = std::min(2 * wait, longestTimeout))
    {
        due.push_back(at);
        at += wait;
    }

    AbsorbingChain chain(due.size());
    for (std::size_t late = 0; late < due.size(); late++)
    {
        // The first KEEPALIVE to be sent behind the delivery goes out this much after it.
        const double periods = std::floor(due[late] / keepaliveTime + ROUNDING) + 1;
        const double next = periods * keepaliveTime - due[late];
        double lost = 1;
        for (std::size_t i = 0; i < due.size() && next + due[i] <= holdTime + ROUNDING; i++)
        {
            chain.step[late][i] = lost * (1 - loss);
            chain.time[late] += lost * (1 - loss) * (next + due[i]);
            lost *= loss;
        }
        chain.end[late] = lost;
        chain.time[late] += lost * holdTime;
    }
    return chain.Solve();
}

double
BgpLaw::GetAgeIntegral(double age) const
{
    const double mean = GetMeanInterval();
    if (age <= m_lowerInterval)
    {
        return age > 0 ? age * age / (2 * mean) : 0;
    }
    const double spread = m_upperInterval - m_nominalInterval;
    const double whole = m_upperInterval - m_lowerInterval;
    const double end = std::min(age, m_upperInterval);
    double integral = m_lowerInterval * m_lowerInterval / (2 * mean);
    if (whole > 0)
    {
        const double left = m_upperInterval - end;
        integral += end - m_lowerInterval -
                    (whole * whole * whole - left * left * left) / (6 * spread * mean);
        // Between least and greatest L the distribution function is 1 - left^2 / (2 spread mean).
    }
    return integral + age - end;
}

} // namespace keepalive
} // namespace ns3
