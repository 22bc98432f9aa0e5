/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-survival.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NORMAL_QUANTILE = 1.959963984540054; //!< of 97.5 %, for intervals of 95 %
constexpr double ROUNDING = 1e-12;                    //!< what a product of fractions may be off

/**
 * @brief The interval of a survival, symmetric in its log(-log).
 * @param survival below 1 and above 0
 * @param sum Greenwood's sum of d/(n(n-d)): the variance of log(survival)
 * @return the interval, within 0 and 1 whatever the sum
 */
ConfidenceInterval
GetBand(double survival, double sum)
{
    const double width = NORMAL_QUANTILE * std::sqrt(sum) / -std::log(survival);
    return {std::pow(survival, std::exp(width)), std::pow(survival, std::exp(-width))};
}

} // namespace

SurvivalCurve::SurvivalCurve(std::vector<Observation> observations)
{
    if (observations.empty())
    {
        return;
    }
    std::sort(observations.begin(), observations.end(), [](const auto& a, const auto& b) {
        return a.time < b.time;
    });
    Step step;
    step.atRisk = observations.size();
    step.error = 0;
    step.band = ConfidenceInterval{1, 1};
    m_steps.push_back(step);

    double sum = 0;
    for (auto next = observations.begin(); next != observations.end();)
    {
        step.time = next->time;
        step.atRisk = static_cast<uint64_t>(observations.end() - next);
        step.events = 0;
        for (; next != observations.end() && next->time == step.time; ++next)
        {
            step.events += next->happened ? 1 : 0;
        }
        if (step.events > 0)
        {
            const double n = static_cast<double>(step.atRisk);
            const double left = static_cast<double>(step.atRisk - step.events);
            step.survival *= left / n;
            step.error = std::nullopt;
            step.band = std::nullopt;
            if (left > 0)
            {
                sum += static_cast<double>(step.events) / (n * left);
                step.error = step.survival * std::sqrt(sum);
                step.band = GetBand(step.survival, sum);
            }
        }
        if (step.events > 0 || next == observations.end())
        {
            m_steps.push_back(step);
        }
    }
}

const std::vector<SurvivalCurve::Step>&
SurvivalCurve::GetSteps() const
{
    return m_steps;
}

std::optional<double>
SurvivalCurve::GetQuantile(double fraction) const
{
    const auto reached = std::find_if(m_steps.begin(), m_steps.end(), [fraction](const Step& s) {
        return s.survival <= 1 - fraction + ROUNDING;
    });
    return reached != m_steps.end() ? std::make_optional(reached->time) : std::nullopt;
}

} // namespace keepalive
} // namespace ns3
