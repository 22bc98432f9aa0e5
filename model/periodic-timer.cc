/* SPDX-License-Identifier: GPL-2.0-only */

#include "periodic-timer.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief A share of a time, rounded to the nearest unit.
 * @param whole the time
 * @param share the factor, 0 or more
 * @return whole * share
 */
Time
Scale(Time whole, double share)
{
    return TimeStep(static_cast<uint64_t>(static_cast<double>(whole.GetTimeStep()) * share + 0.5));
}

} // namespace

PeriodicTimer::~PeriodicTimer()
{
    Stop();
}

void
PeriodicTimer::SetTick(Callback<void> tick)
{
    m_tick = tick;
}

void
PeriodicTimer::SetStartPhase(Ptr<RandomVariableStream> phase)
{
    m_phase = phase;
}

void
PeriodicTimer::SetJitter(Ptr<RandomVariableStream> jitter)
{
    m_jitter = jitter;
}

void
PeriodicTimer::Start(Time interval)
{
    Stop();
    if (!interval.IsStrictlyPositive())
    {
        return;
    }
    m_interval = interval;
    m_running = true;
    const double phase = m_phase ? std::max(0.0, m_phase->GetValue()) : 0.0;
    m_event = Simulator::Schedule(Scale(interval, phase), &PeriodicTimer::Tick, this);
}

void
PeriodicTimer::Stop()
{
    m_running = false;
    m_event.Cancel();
}

bool
PeriodicTimer::IsRunning() const
{
    return m_running;
}

Time
PeriodicTimer::GetTimeLeft() const
{
    return IsRunning() ? Simulator::GetDelayLeft(m_event) : Time(0);
}

int64_t
PeriodicTimer::AssignStreams(int64_t stream)
{
    if (m_phase)
    {
        m_phase->SetStream(stream);
    }
    if (m_jitter)
    {
        m_jitter->SetStream(stream + 1);
    }
    return 2;
}

void
PeriodicTimer::Tick()
{
    // Scheduled first, so that the tick itself may stop or restart the timer.
    m_event = Simulator::Schedule(DrawGap(), &PeriodicTimer::Tick, this);
    if (!m_tick.IsNull())
    {
        m_tick();
    }
}

Time
PeriodicTimer::DrawGap() const
{
    if (!m_jitter)
    {
        return m_interval;
    }
    return std::max(Scale(m_interval, std::max(0.0, m_jitter->GetValue())), Time(1));
}

} // namespace keepalive
} // namespace ns3
