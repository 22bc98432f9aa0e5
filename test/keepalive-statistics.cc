/* SPDX-License-Identifier: GPL-2.0-only */

#include "keepalive-statistics.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{
namespace tests
{

double
KolmogorovSmirnovP(std::vector<double> sample)
{
    if (sample.empty())
    {
        return 0;
    }
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double deviation = 0;
    for (std::size_t i = 0; i < sample.size(); i++)
    {
        const auto rank = static_cast<double>(i);
        deviation = std::max({deviation, (rank + 1) / n - sample[i], sample[i] - rank / n});
    }
    const double x = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * deviation;
    double p = 0;
    for (int k = 1; k <= 100; k++)
    {
        p += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * x * x);
    }
    return std::clamp(p, 0.0, 1.0);
}

double
HolmSmallestP(const std::vector<double>& p)
{
    // Holm multiplies the smallest p value by the size of the family; the others, by less, can
    // only end up above it.
    return p.empty()
               ? 1.0
               : std::min(1.0,
                          *std::min_element(p.begin(), p.end()) * static_cast<double>(p.size()));
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
