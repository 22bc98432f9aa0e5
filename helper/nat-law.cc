/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-law.h"

#include "loss-run-law.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double ROUNDING = 1e-9; //!< forgives rounding in a ratio

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
    const double refreshed =
        LossRunLaw(m_losses, loss).GetMeanTrials() - static_cast<double>(m_losses);
    return m_interval * refreshed + m_lifetime;
}

double
NatLaw::GetVarianceOfTimeToEnd(double loss) const
{
    return m_interval * m_interval * LossRunLaw(m_losses, loss).GetVarianceOfTrials();
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
    return LossRunLaw(m_losses, loss).GetSurvival(m_losses + static_cast<uint64_t>(trials));
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
    return m_interval * LossRunLaw(m_losses, loss).GetMeanRecurrence();
}

} // namespace keepalive
} // namespace ns3
