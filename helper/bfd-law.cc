/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-law.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double LEAST_JITTER = 0.75;   //!< RFC 5880 section 6.8.7: reduced by 25 % at most
constexpr double MOST_JITTER = 1;       //!< and not at all at least
constexpr double MOST_JITTER_ONE = 0.9; //!< or by 10 %, if one loss is a failure

/// What to compute of a sum of n numbers, each even between 0 and 1.
enum class Moment
{
    BELOW,    //!< P(sum <= x)
    SHORTFALL //!< E(max(0, x - sum)), the integral of the former
};

/**
 * @brief The law of Irwin and Hall.
 *
 * Not by the alternating sum of textbooks, in which rounding is all that is left from n of 20 on,
 * but by recursion without any subtraction. With (x)+ for max(0, x), both are
 *
 *   sum over k of (-1)^k binomial(n, k) ((x - k)+)^(n + i) / (n + i)!,  i = 0 or 1
 *
 * and it follows that (n + i) F(n, x) = x F(n - 1, x) + (n - x) F(n - 1, x - 1).
 *
 * @param moment what
 * @param n how many numbers
 * @param x where
 * @return the value
 */
double
IrwinHall(Moment moment, uint32_t n, double x)
{
    const bool shortfall = moment == Moment::SHORTFALL;
    if (x <= 0)
    {
        return 0;
    }
    if (x >= n)
    {
        return shortfall ? x - n / 2.0 : 1;
    }
    std::vector<double> value(n + 1); // at x - k
    for (uint32_t k = 0; k <= n; k++)
    {
        value[k] = x >= k ? (shortfall ? x - k : 1) : 0;
    }
    for (uint32_t m = 1; m <= n; m++)
    {
        for (uint32_t k = 0; k + m <= n; k++)
        {
            const double at = x - k;
            if (at <= 0)
            {
                value[k] = 0;
            }
            else if (at >= m)
            {
                value[k] = shortfall ? at - m / 2.0 : 1;
            }
            else
            {
                value[k] = (at * value[k] + (m - at) * value[k + 1]) / (m + (shortfall ? 1 : 0));
            }
        }
    }
    return value[0];
}

} // namespace

BfdLaw::BfdLaw(double interval, uint32_t multiplier, double delay)
    : m_lowerInterval(interval * LEAST_JITTER),
      m_upperInterval(interval * (multiplier == 1 ? MOST_JITTER_ONE : MOST_JITTER)),
      m_detectionTime(interval * multiplier),
      m_delay(delay)
{
}

double
BfdLaw::GetDetectionTime() const
{
    return m_detectionTime;
}

double
BfdLaw::GetLower() const
{
    return m_detectionTime - m_upperInterval + m_delay;
}

double
BfdLaw::GetUpper() const
{
    return m_detectionTime + m_delay;
}

double
BfdLaw::GetMean() const
{
    return m_detectionTime - GetMeanAge() + m_delay;
}

DetectionBounds
BfdLaw::GetBounds() const
{
    return {GetLower(), GetMean(), GetUpper(), DetectionBounds::Shape::OTHER};
}

double
BfdLaw::GetCdf(double detectionTime) const
{
    // D <= t if the age is at least X + d - t. Its density is level up to the least L, and then
    // falls to 0 along a line.
    const double age = std::clamp(GetUpper() - detectionTime, 0.0, m_upperInterval);
    double below = std::min(age, m_lowerInterval);
    if (age > m_lowerInterval)
    {
        const double width = m_upperInterval - m_lowerInterval;
        const double left = m_upperInterval - age;
        below += (width * width - left * left) / (2 * width);
    }
    return std::clamp(1 - below / GetMeanInterval(), 0.0, 1.0);
}

double
BfdLaw::GetMeanInterval() const
{
    return (m_lowerInterval + m_upperInterval) / 2;
}

double
BfdLaw::GetMeanAge() const
{
    const double width = m_upperInterval - m_lowerInterval;
    const double mean = GetMeanInterval();
    return (mean * mean + width * width / 12) / (2 * mean);
}

double
BfdLaw::GetMistakeProbability(uint32_t losses) const
{
    const uint32_t n = losses + 1;
    const double width = m_upperInterval - m_lowerInterval;
    // By symmetry the sum of n is above x as often as it is below n - x.
    const double room = (m_detectionTime - n * m_lowerInterval) / width;
    return IrwinHall(Moment::BELOW, n, n - room);
}

double
BfdLaw::GetMeanTimeToMistake(double loss) const
{
    const double width = m_upperInterval - m_lowerInterval;
    double time = m_detectionTime; // E(min(S, X)): X, less by what S falls short of it
    double mistake = 0;            // P(S > X)
    double reached = 1;            // p^(n - 1)
    uint32_t n = 1;
    for (; n * m_lowerInterval < m_detectionTime; n++)
    {
        const double probability = reached * (1 - loss);
        const double room = (m_detectionTime - n * m_lowerInterval) / width;
        time -= probability * width * IrwinHall(Moment::SHORTFALL, n, room);
        mistake += probability * GetMistakeProbability(n - 1);
        reached *= loss;
    }
    mistake += reached; // so many intervals never fit
    return time / mistake;
}

double
BfdLaw::CombineTimes(double one, double other)
{
    return 1 / (1 / one + 1 / other);
}

} // namespace keepalive
} // namespace ns3
