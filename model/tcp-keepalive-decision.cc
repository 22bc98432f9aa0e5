/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-decision.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

TcpKeepaliveDecision::TcpKeepaliveDecision(const Settings& settings)
    : m_settings(settings),
      m_probes(MissedReplyCounter::NEVER) // judged here: the settings may change while it counts
{
}

void
TcpKeepaliveDecision::Configure(const Settings& settings)
{
    m_settings = settings;
}

const TcpKeepaliveDecision::Settings&
TcpKeepaliveDecision::GetSettings() const
{
    return m_settings;
}

int64_t
TcpKeepaliveDecision::GetFirstWait(int64_t silence) const
{
    return std::max<int64_t>(m_settings.idle - silence, 0);
}

TcpKeepaliveDecision::Verdict
TcpKeepaliveDecision::OnTimer(int64_t silence, bool outstanding)
{
    const bool disabled = m_settings.probes == 0 && m_settings.rule != Rule::BACKOFF;
    if (disabled || (m_settings.deferWithData && outstanding))
    {
        // Retransmissions find out about the peer. Linux looks again after T, not after I.
        return {Action::WAIT, m_settings.idle, TcpEndCause::NONE};
    }
    if (silence < m_settings.idle)
    {
        return {Action::WAIT, m_settings.idle - silence, TcpEndCause::NONE};
    }
    const TcpEndCause cause = Judge(silence);
    if (cause != TcpEndCause::NONE)
    {
        return {Action::ABORT, m_settings.idle, cause};
    }
    const int64_t interval = GetInterval(silence);
    (void)m_probes.OnProbe(); // it never judges
    return {Action::PROBE, interval, TcpEndCause::NONE};
}

void
TcpKeepaliveDecision::OnLife()
{
    (void)m_probes.OnReply(); // it never suspected
}

uint32_t
TcpKeepaliveDecision::GetUnanswered() const
{
    return m_probes.GetCount();
}

TcpEndCause
TcpKeepaliveDecision::Judge(int64_t silence) const
{
    const Settings& s = m_settings;
    const uint32_t unanswered = m_probes.GetCount();
    if (s.userTimeout > 0)
    {
        const bool over = silence >= s.userTimeout && unanswered > 0;
        return over ? TcpEndCause::USER_TIMEOUT : TcpEndCause::NONE;
    }
    bool dead = false;
    switch (s.rule)
    {
    case Rule::COUNT:
        dead = unanswered >= s.probes;
        break;
    case Rule::SILENCE:
        dead = unanswered > 0 && silence >= s.idle + s.probes * s.interval;
        break;
    case Rule::BACKOFF:
        dead = unanswered > 0 && s.abortTime > 0 && silence >= s.idle + s.abortTime;
        break;
    }
    return dead ? TcpEndCause::KEEPALIVE : TcpEndCause::NONE;
}

int64_t
TcpKeepaliveDecision::GetInterval(int64_t silence) const
{
    const Settings& s = m_settings;
    if (s.rule != Rule::BACKOFF)
    {
        return s.interval;
    }
    int64_t interval = s.interval;
    for (uint32_t i = 0; i < m_probes.GetCount() && interval < s.longestInterval; i++)
    {
        interval *= 2;
    }
    interval = std::min(interval, std::max(s.longestInterval, s.interval));
    const int64_t left = s.idle + s.abortTime - silence;
    // The last wait ends with the abort time, not with the interval.
    return s.abortTime > 0 && left > 0 ? std::min(interval, left) : interval;
}

} // namespace keepalive
} // namespace ns3
