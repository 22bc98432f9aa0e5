/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-statistics.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace ns3
{
namespace keepalive
{

void
Sample::Add(double x)
{
    m_minimum = m_count == 0 ? x : std::min(m_minimum, x);
    m_maximum = m_count == 0 ? x : std::max(m_maximum, x);
    m_count++;
    const double before = x - m_mean;
    m_mean += before / static_cast<double>(m_count);
    m_squares += before * (x - m_mean);
}

uint64_t
Sample::GetCount() const
{
    return m_count;
}

std::optional<double>
Sample::GetMean() const
{
    return m_count > 0 ? std::make_optional(m_mean) : std::nullopt;
}

std::optional<double>
Sample::GetStandardDeviation() const
{
    if (m_count < 2)
    {
        return std::nullopt;
    }
    return std::sqrt(m_squares / static_cast<double>(m_count - 1));
}

std::optional<double>
Sample::GetMinimum() const
{
    return m_count > 0 ? std::make_optional(m_minimum) : std::nullopt;
}

std::optional<double>
Sample::GetMaximum() const
{
    return m_count > 0 ? std::make_optional(m_maximum) : std::nullopt;
}

std::optional<ConfidenceInterval>
Sample::GetInterval(double level) const
{
    if (m_count < 2)
    {
        return std::nullopt;
    }
    const double n = static_cast<double>(m_count);
    const boost::math::students_t law(n - 1);
    const double half =
        boost::math::quantile(law, (1 + level) / 2) * *GetStandardDeviation() / std::sqrt(n);
    return ConfidenceInterval{m_mean - half, m_mean + half};
}

std::optional<double>
Sample::GetRelativeHalfWidth(double level) const
{
    const std::optional<ConfidenceInterval> interval = GetInterval(level);
    if (!interval || m_mean == 0)
    {
        return std::nullopt;
    }
    return (interval->high - interval->low) / 2 / std::abs(m_mean);
}

std::optional<double>
Sample::GetP(double mean, double slack) const
{
    if (m_count < 2)
    {
        return std::nullopt;
    }
    const double n = static_cast<double>(m_count);
    const double off = std::abs(m_mean - mean) - slack;
    if (off <= 0)
    {
        return 1.0;
    }
    const double error = *GetStandardDeviation() / std::sqrt(n);
    if (error == 0)
    {
        return 0.0;
    }
    const boost::math::students_t law(n - 1);
    return 2 * boost::math::cdf(boost::math::complement(law, off / error));
}

ConfidenceInterval
GetPoissonInterval(uint64_t count, double level)
{
    const double n = static_cast<double>(count);
    const double tail = (1 - level) / 2;
    ConfidenceInterval interval;
    if (count > 0)
    {
        interval.low = boost::math::quantile(boost::math::chi_squared(2 * n), tail) / 2;
    }
    const boost::math::chi_squared above(2 * n + 2);
    interval.high = boost::math::quantile(boost::math::complement(above, tail)) / 2;
    return interval;
}

std::optional<double>
GetPoissonRelativeHalfWidth(uint64_t count, double level)
{
    if (count == 0)
    {
        return std::nullopt;
    }
    const ConfidenceInterval interval = GetPoissonInterval(count, level);
    return (interval.high - interval.low) / 2 / static_cast<double>(count);
}

double
GetPoissonP(uint64_t count, double least, double most)
{
    const double n = static_cast<double>(count);
    if (n >= least && n <= most)
    {
        return 1.0;
    }
    if (n < least)
    {
        return std::min(1.0, 2 * boost::math::cdf(boost::math::poisson(least), n));
    }
    if (most <= 0)
    {
        return 0.0;
    }
    const boost::math::poisson law(most);
    return std::min(1.0, 2 * boost::math::cdf(boost::math::complement(law, n - 1)));
}

} // namespace keepalive
} // namespace ns3
