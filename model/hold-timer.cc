/* SPDX-License-Identifier: GPL-2.0-only */

#include "hold-timer.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

HoldTimer::~HoldTimer()
{
    Stop();
}

void
HoldTimer::SetExpired(Callback<void> expired)
{
    m_expired = expired;
}

void
HoldTimer::Restart(Time holdTime)
{
    if (!holdTime.IsStrictlyPositive())
    {
        Stop();
        return;
    }
    m_running = true;
    m_deadline = Simulator::Now() + holdTime;
    if (m_event.IsExpired() || m_wakeUp > m_deadline)
    {
        m_event.Cancel();
        m_wakeUp = m_deadline;
        m_event = Simulator::Schedule(holdTime, &HoldTimer::CheckDeadline, this);
    }
}

void
HoldTimer::Stop()
{
    m_running = false;
    m_event.Cancel();
}

bool
HoldTimer::IsRunning() const
{
    return m_running;
}

Time
HoldTimer::GetTimeLeft() const
{
    return m_running ? m_deadline - Simulator::Now() : Time(0);
}

void
HoldTimer::CheckDeadline()
{
    const Time left = m_deadline - Simulator::Now();
    if (left.IsStrictlyPositive())
    {
        m_wakeUp = m_deadline;
        m_event = Simulator::Schedule(left, &HoldTimer::CheckDeadline, this);
        return;
    }
    m_event = Simulator::ScheduleNow(&HoldTimer::Expire, this);
}

void
HoldTimer::Expire()
{
    if (m_deadline > Simulator::Now())
    {
        // Heard at the last instant: Restart saw this event pending and left the wake-up to us.
        CheckDeadline();
        return;
    }
    m_running = false;
    if (!m_expired.IsNull())
    {
        m_expired();
    }
}

} // namespace keepalive
} // namespace ns3
