/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-differences.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace ns3
{
namespace keepalive
{

namespace
{

const char* const MECHANISM = "mechanism"; //!< the factor that every point has

/// A factor's level at a point, to be told from an empty one.
using Level = std::optional<std::string>;

/**
 * @brief Find the level of a factor.
 * @param point the point
 * @param factor name of the factor
 * @return its level; none if the point does not have it
 */
Level
FindLevel(const SweepPlan::Point& point, const std::string& factor)
{
    if (factor == MECHANISM)
    {
        return point.mechanism;
    }
    for (const auto& [name, level] : point.factors)
    {
        if (name == factor)
        {
            return level;
        }
    }
    return std::nullopt;
}

} // namespace

void
PairedDifference::Add(double value, double base)
{
    const double before = value - m_values.GetMean().value_or(0);
    m_values.Add(value);
    m_bases.Add(base);
    m_differences.Add(value - base);
    m_products += before * (base - *m_bases.GetMean());
}

const Sample&
PairedDifference::GetDifferences() const
{
    return m_differences;
}

std::optional<double>
PairedDifference::GetUnpairedDeviation() const
{
    const std::optional<double> values = m_values.GetStandardDeviation();
    const std::optional<double> bases = m_bases.GetStandardDeviation();
    return values && bases ? std::make_optional(std::hypot(*values, *bases)) : std::nullopt;
}

std::optional<double>
PairedDifference::GetCorrelation() const
{
    const double values = m_values.GetStandardDeviation().value_or(0);
    const double bases = m_bases.GetStandardDeviation().value_or(0);
    if (values <= 0 || bases <= 0)
    {
        return std::nullopt;
    }
    const double pairs = static_cast<double>(m_values.GetCount());
    return std::clamp(m_products / (pairs - 1) / values / bases, -1.0, 1.0);
}

std::vector<SweepComparison::Factor>
SweepComparison::GetFactors(const std::vector<SweepPlan::Point>& points,
                            const std::vector<std::string>& names)
{
    std::vector<Factor> factors;
    const auto find = [&factors](const std::string& name) -> Factor& {
        const auto found = std::find_if(factors.begin(), factors.end(), [&name](const Factor& f) {
            return f.name == name;
        });
        return found != factors.end() ? *found : factors.emplace_back(Factor{name, {}});
    };
    for (const auto& name : names)
    {
        if (name != MECHANISM)
        {
            find(name);
        }
    }
    for (const auto& point : points)
    {
        for (const auto& [name, level] : point.factors)
        {
            std::vector<std::string>& levels = find(name).levels;
            if (std::find(levels.begin(), levels.end(), level) == levels.end())
            {
                levels.push_back(level);
            }
        }
    }
    return factors;
}

std::vector<SweepComparison::Pair>
SweepComparison::GetPairs(const std::vector<SweepPlan::Point>& points,
                          const std::vector<Factor>& factors)
{
    std::vector<std::string> names{MECHANISM};
    for (const auto& factor : factors)
    {
        names.push_back(factor.name);
    }
    std::vector<Pair> pairs;
    for (std::size_t varied = 0; varied < names.size(); varied++)
    {
        // Points with all other levels the same; the first of them in the plan is the base.
        std::map<std::vector<Level>, std::size_t> groups;
        std::vector<std::vector<uint32_t>> members;
        for (uint32_t point = 0; point < points.size(); point++)
        {
            std::vector<Level> others;
            for (const auto& name : names)
            {
                others.push_back(FindLevel(points[point], name));
            }
            if (!others[varied])
            {
                continue;
            }
            others[varied] = std::nullopt;
            const auto [group, isNew] = groups.emplace(others, members.size());
            if (isNew)
            {
                members.emplace_back();
            }
            members[group->second].push_back(point);
        }
        for (const auto& group : members)
        {
            const std::string base = *FindLevel(points[group[0]], names[varied]);
            for (const uint32_t point : group)
            {
                const std::string level = *FindLevel(points[point], names[varied]);
                if (level != base)
                {
                    pairs.push_back({names[varied], level, base, point, group[0]});
                }
            }
        }
    }
    return pairs;
}

} // namespace keepalive
} // namespace ns3
