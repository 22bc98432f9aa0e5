/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-retransmission-limit.h"

#include <algorithm>
#include <limits>

namespace ns3
{
namespace keepalive
{

void
TcpRetransmissionLimit::Configure(const Settings& settings)
{
    m_settings = settings;
}

int64_t
TcpRetransmissionLimit::GetModelTime(uint32_t retries, int64_t shortest, int64_t longest)
{
    constexpr int64_t NEVER = std::numeric_limits<int64_t>::max();
    int64_t total = 0;
    int64_t timeout = std::min(shortest, longest);
    uint64_t waits = uint64_t(retries) + 1;
    for (; waits > 0 && timeout < longest; waits--)
    {
        if (timeout > NEVER - total)
        {
            return NEVER;
        }
        total += timeout;
        // Doubled only while it does not pass the longest: 102.4 s is followed by 120 s.
        timeout = timeout > longest / 2 ? longest : 2 * timeout;
    }
    // All others are as long as that: with so many that they mean "never", nobody could add them.
    if (waits > static_cast<uint64_t>((NEVER - total) / longest))
    {
        return NEVER;
    }
    return total + static_cast<int64_t>(waits) * longest;
}

void
TcpRetransmissionLimit::OnProgress()
{
    m_retransmissions = 0;
}

TcpEndCause
TcpRetransmissionLimit::OnTimeout(int64_t now, int64_t waited)
{
    const Settings& s = m_settings;
    TcpEndCause cause = TcpEndCause::NONE;
    const int64_t since = m_retransmissions > 0 ? now - m_first : 0;
    if (s.userTimeout > 0)
    {
        if (m_retransmissions > 0 && since >= s.userTimeout)
        {
            cause = TcpEndCause::USER_TIMEOUT;
        }
    }
    else if ((s.rule == Rule::MODEL && m_retransmissions > 0 &&
              since >= GetModelTime(s.retries, s.shortest, s.longest)) ||
             (s.rule == Rule::COUNT && m_retransmissions >= s.retries) ||
             (s.rule == Rule::TIME && waited >= s.time))
    {
        cause = TcpEndCause::RETRANSMISSIONS;
    }
    if (cause == TcpEndCause::NONE)
    {
        if (m_retransmissions == 0)
        {
            m_first = now;
        }
        if (m_retransmissions != UINT32_MAX)
        {
            m_retransmissions++;
        }
    }
    return cause;
}

int64_t
TcpRetransmissionLimit::Clamp(int64_t now, int64_t timeout) const
{
    if (m_settings.userTimeout <= 0 || m_retransmissions == 0)
    {
        return timeout;
    }
    const int64_t left = m_settings.userTimeout - (now - m_first);
    return std::min(timeout, std::max<int64_t>(left, 1));
}

uint32_t
TcpRetransmissionLimit::GetRetransmissions() const
{
    return m_retransmissions;
}

} // namespace keepalive
} // namespace ns3
