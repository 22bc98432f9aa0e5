/* SPDX-License-Identifier: GPL-2.0-only */

#include "mismatch-law.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

using Rule = SequenceGapCounter::Rule;

constexpr double LINUX_HOLD = 2.5;   //!< intervals of silence, as sethdlc has it
constexpr double NEGLIGIBLE = 0.005; //!< share of the ticks that may cross the peer's keepalives

/**
 * @brief How many own intervals the peer may be silent.
 * @param rule whose rule
 * @param retries N
 * @return K
 */
double
GetIntervals(Rule rule, uint32_t retries)
{
    switch (rule)
    {
    case Rule::LINUX:
        return LINUX_HOLD;
    case Rule::NOKIA:
    case Rule::FREEBSD:
        return retries - 1.0;
    case Rule::IOS:
    case Rule::SPPP:
    case Rule::H3C:
    case Rule::JUNOS:
        break;
    }
    return retries;
}

} // namespace

MismatchLaw::MismatchLaw(Rule rule,
                         double localInterval,
                         double peerInterval,
                         uint32_t retries,
                         double roundTrip)
    : m_rule(rule),
      m_localInterval(localInterval),
      m_peerInterval(peerInterval),
      m_intervals(GetIntervals(rule, retries)),
      m_roundTrip(roundTrip)
{
}

double
MismatchLaw::GetLimit() const
{
    return m_intervals * m_localInterval;
}

bool
MismatchLaw::IsKnown() const
{
    if (m_roundTrip >= std::min(m_localInterval, m_peerInterval))
    {
        return false;
    }
    if (m_roundTrip < NEGLIGIBLE * m_localInterval)
    {
        return true;
    }
    switch (m_rule)
    {
    case Rule::IOS:
    case Rule::NOKIA:
        return m_intervals > 1;
    case Rule::FREEBSD:
    case Rule::H3C:
        return m_intervals >= 1 && (std::abs(m_peerInterval - m_localInterval) >= m_roundTrip ||
                                    2 * m_peerInterval <= GetLimit());
    case Rule::LINUX:
    case Rule::SPPP:
    case Rule::JUNOS:
        break;
    }
    return true;
}

double
MismatchLaw::GetWindow() const
{
    const bool returned = m_rule == Rule::IOS || m_rule == Rule::NOKIA;
    return std::max(0.0, m_peerInterval + (returned ? m_roundTrip : 0) - GetLimit());
}

std::optional<double>
MismatchLaw::GetShareOfTicksDown() const
{
    if (!IsKnown())
    {
        return std::nullopt;
    }
    return std::min(1.0, GetWindow() / m_peerInterval);
}

std::optional<double>
MismatchLaw::GetShareOfTimeDown() const
{
    if (!IsKnown())
    {
        return std::nullopt;
    }
    const double window = GetWindow();
    const double down = window < m_localInterval ? window * window / (2 * m_localInterval)
                                                 : window - m_localInterval / 2;
    return down / m_peerInterval;
}

} // namespace keepalive
} // namespace ns3
