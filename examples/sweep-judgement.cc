/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-judgement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NANOSECOND = 1e-9; //!< what a time in seconds may be off by rounding

} // namespace

bool
SweepJudgement::IsOutside(const SurvivalCurve::Observation& observation,
                          const DetectionBounds& law,
                          double slack)
{
    const double above = law.upper + slack + NANOSECOND;
    const double below = law.lower - slack - NANOSECOND;
    return observation.time > above || (observation.happened && observation.time < below);
}

std::optional<double>
SweepJudgement::TestMean(const Sample& times, const DetectionBounds& law, double slack)
{
    if (times.GetCount() < LEAST_DETECTIONS || !std::isfinite(law.mean))
    {
        return std::nullopt;
    }
    return times.GetP(law.mean, slack + NANOSECOND);
}

std::optional<double>
SweepJudgement::TestMistakes(uint64_t mistakes, double rate, double observed, double start)
{
    if (observed <= 0)
    {
        return std::nullopt;
    }
    const double least = rate * std::max(0.0, observed - start);
    return GetPoissonP(mistakes, least, rate * (observed + start));
}

std::vector<bool>
SweepJudgement::Reject(const std::vector<double>& p, double level)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&p](std::size_t a, std::size_t b) {
        return p[a] < p[b];
    });
    std::vector<bool> rejected(p.size(), false);
    for (std::size_t i = 0; i < order.size(); i++)
    {
        if (p[order[i]] * static_cast<double>(p.size() - i) > level)
        {
            break;
        }
        rejected[order[i]] = true;
    }
    return rejected;
}

} // namespace keepalive
} // namespace ns3
