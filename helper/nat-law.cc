/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-law.h"

#include <cmath>
#include <limits>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< not lost
constexpr double ROUNDING = 1e-9;                                 //!< forgives rounding in a ratio

/**
 * @brief How many losses in a row end a binding.
 * @param ratio B / M
 * @param tie who wins
 * @return k
 */
uint64_t
CountLosses(double ratio, NatLaw::Tie tie)
{
    return static_cast<uint64_t>(tie == NatLaw::Tie::KEPT
                                     ? std::floor(ratio + ROUNDING)
                                     : std::fmax(0, std::ceil(ratio - ROUNDING) - 1));
}

} // namespace

NatLaw::NatLaw(double interval, double lifetime, Tie tie)
    : m_interval(interval),
      m_lifetime(lifetime),
      m_losses(CountLosses(lifetime / interval, tie))
{
}

// ---- what is survived ----

uint64_t
NatLaw::GetLossesToEnd() const
{
    return m_losses;
}

bool
NatLaw::Survives(uint64_t losses) const
{
    return losses < m_losses;
}

double
NatLaw::GetLongestInterval(double lifetime, uint64_t losses)
{
    return lifetime / static_cast<double>(losses + 1);
}

double
NatLaw::GetShortestLifetime(double interval, uint64_t losses)
{
    return interval * static_cast<double>(losses + 1);
}

// ---- how long ----

double
NatLaw::GetMeanTimeToEnd(double loss) const
{
    const double refreshed = GetMeanTrials(m_losses, loss) - static_cast<double>(m_losses);
    return m_interval * refreshed + m_lifetime;
}

double
NatLaw::GetVarianceOfTimeToEnd(double loss) const
{
    return m_interval * m_interval * GetVarianceOfTrials(m_losses, loss);
}

double
NatLaw::GetSurvival(double loss, double time) const
{
    if (time < m_lifetime)
    {
        return 1;
    }
    // It ends at M*(N - k) + B: later than this time if N is greater than this.
    const double trials = std::floor((time - m_lifetime) / m_interval + ROUNDING);
    return GetSurvivalOfTrials(m_losses, loss, m_losses + static_cast<uint64_t>(trials));
}

double
NatLaw::GetMeanOutage(double loss) const
{
    // From the end to the next packet, and to further ones while they are lost.
    return (static_cast<double>(m_losses) + 1 + loss / (1 - loss)) * m_interval - m_lifetime;
}

double
NatLaw::GetMeanTimeBetweenEnds(double loss) const
{
    return m_interval / ((1 - loss) * std::pow(loss, static_cast<double>(m_losses)));
}

// ---- runs of failures ----

double
NatLaw::GetMeanTrials(uint64_t failures, double probability)
{
    const auto k = static_cast<double>(failures);
    const double run = std::pow(probability, k);
    if (probability >= 1)
    {
        return k;
    }
    return run > 0 ? (1 - run) / ((1 - probability) * run) : NEVER;
}

double
NatLaw::GetVarianceOfTrials(uint64_t failures, double probability)
{
    if (failures == 0 || probability >= 1)
    {
        return 0;
    }
    const auto k = static_cast<double>(failures);
    const double rate = (1 - probability) * std::pow(probability, k);
    return 1 / (rate * rate) - (2 * k + 1) / rate -
           probability / ((1 - probability) * (1 - probability));
}

double
NatLaw::GetSurvivalOfTrials(uint64_t failures, double probability, uint64_t trials)
{
    if (failures == 0)
    {
        return 0;
    }
    const double run = std::pow(probability, static_cast<double>(failures));
    // a_0 = 1 is there from the beginning; only the last k + 1 are needed.
    std::vector<double> ring(failures + 1, 1);
    double survival = 1;
    for (uint64_t n = failures; n <= trials; n++)
    {
        double& oldest = ring[n % ring.size()]; // a_(n-k-1), to be replaced by a_n
        survival = n == failures ? 1 - run : survival - (1 - probability) * run * oldest;
        oldest = survival;
    }
    return survival;
}

} // namespace keepalive
} // namespace ns3
