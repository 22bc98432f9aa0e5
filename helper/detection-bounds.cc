/* SPDX-License-Identifier: GPL-2.0-only */

#include "detection-bounds.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

DetectionBounds
FirstOf(const DetectionBounds& a, const DetectionBounds& b)
{
    // E min(A, B) is the integral of P(A > x) P(B > x), here of two uniform laws.
    constexpr int steps = 10000;
    DetectionBounds first{std::min(a.lower, b.lower),
                          0,
                          std::min(a.upper, b.upper),
                          DetectionBounds::Shape::OTHER};
    const double width = (first.upper - first.lower) / steps;
    first.mean = first.lower;
    for (int step = 0; step < steps; step++)
    {
        const double x = first.lower + (step + 0.5) * width;
        const double laterA = std::clamp((a.upper - x) / (a.upper - a.lower), 0.0, 1.0);
        const double laterB = std::clamp((b.upper - x) / (b.upper - b.lower), 0.0, 1.0);
        first.mean += laterA * laterB * width;
    }
    return first;
}

} // namespace keepalive
} // namespace ns3
