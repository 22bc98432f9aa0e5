/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-window-probe-limit.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

using Rule = TcpRetransmissionLimit::Rule;

void
TcpWindowProbeLimit::Configure(const TcpRetransmissionLimit::Settings& settings)
{
    m_settings = settings;
}

void
TcpWindowProbeLimit::Begin()
{
    m_probes = 0;
    m_unanswered = 0;
}

void
TcpWindowProbeLimit::OnLife()
{
    m_unanswered = 0;
}

TcpEndCause
TcpWindowProbeLimit::OnTimer(int64_t now)
{
    const TcpRetransmissionLimit::Settings& s = m_settings;
    if (m_probes == 0)
    {
        m_first = now;
    }
    else if (s.userTimeout > 0 && now - m_first >= s.userTimeout)
    {
        return TcpEndCause::USER_TIMEOUT; // even if the peer answers
    }
    // From the last sign of life on, one lost answer would do if intervals are as long as the time.
    const bool over = s.rule == Rule::TIME ? m_unanswered > 0 && now - m_silent >= s.time
                                           : m_unanswered >= GetMost();
    if (over)
    {
        return TcpEndCause::RETRANSMISSIONS;
    }
    if (m_unanswered == 0)
    {
        m_silent = now;
    }
    for (uint32_t* count : {&m_probes, &m_unanswered})
    {
        *count += *count != UINT32_MAX;
    }
    return TcpEndCause::NONE;
}

int64_t
TcpWindowProbeLimit::GetWait(int64_t now, int64_t timeout) const
{
    // Linux backs off no further than there may be probes; time sets no such bound.
    uint32_t doublings = m_settings.rule == Rule::TIME ? m_probes : std::min(m_probes, GetMost());
    int64_t wait = std::min(timeout, m_settings.longest);
    for (; doublings > 0 && wait < m_settings.longest; doublings--)
    {
        wait = wait > m_settings.longest / 2 ? m_settings.longest : 2 * wait;
    }
    if (m_settings.userTimeout > 0)
    {
        const int64_t left = m_settings.userTimeout - (now - m_first);
        wait = std::max<int64_t>(std::min(wait, left), 1);
    }
    return wait;
}

uint32_t
TcpWindowProbeLimit::GetMost() const
{
    return std::max<uint32_t>(m_settings.retries, 1);
}

} // namespace keepalive
} // namespace ns3
