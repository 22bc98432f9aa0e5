/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-restart-timer.h"

namespace ns3
{
namespace keepalive
{

PppRestartTimer::PppRestartTimer(Time period)
    : m_period(period)
{
}

void
PppRestartTimer::SetExpired(Callback<void> expired)
{
    m_timer.SetExpired(expired);
}

void
PppRestartTimer::SetCount(uint32_t requests)
{
    m_count = requests;
    m_endless = requests == 0;
}

void
PppRestartTimer::Zero()
{
    m_count = 0;
    m_endless = false;
    m_timer.Restart(m_period);
}

void
PppRestartTimer::CountRequest()
{
    if (m_count > 0)
    {
        m_count--;
    }
    m_timer.Restart(m_period);
}

void
PppRestartTimer::Wait(Time time)
{
    m_timer.Restart(time);
}

void
PppRestartTimer::Stop()
{
    m_timer.Stop();
}

bool
PppRestartTimer::HasMore() const
{
    return m_endless || m_count > 0;
}

bool
PppRestartTimer::IsRunning() const
{
    return m_timer.IsRunning();
}

} // namespace keepalive
} // namespace ns3
