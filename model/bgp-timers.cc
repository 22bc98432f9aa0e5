/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-timers.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief What the expiry of a timer is to the state machine.
 * @param timer the timer
 * @return the event
 */
BgpEvent
EventOf(BgpTimer timer)
{
    switch (timer)
    {
    case BgpTimer::CONNECT_RETRY:
        return BgpEvent::CONNECT_RETRY_TIMER_EXPIRES;
    case BgpTimer::HOLD:
        return BgpEvent::HOLD_TIMER_EXPIRES;
    case BgpTimer::KEEPALIVE:
        return BgpEvent::KEEPALIVE_TIMER_EXPIRES;
    case BgpTimer::DELAY_OPEN:
        return BgpEvent::DELAY_OPEN_TIMER_EXPIRES;
    case BgpTimer::IDLE_HOLD:
        return BgpEvent::IDLE_HOLD_TIMER_EXPIRES;
    case BgpTimer::SEND_HOLD:
        break;
    }
    return BgpEvent::SEND_HOLD_TIMER_EXPIRES;
}

} // namespace

BgpTimers::BgpTimers()
{
    for (std::size_t i = 0; i < COUNT; i++)
    {
        m_timers[i].SetExpired(
            MakeBoundCallback(&BgpTimers::Expire, this, static_cast<BgpTimer>(i)));
    }
}

void
BgpTimers::SetExpired(Callback<void, BgpEvent> expired)
{
    m_expired = expired;
}

void
BgpTimers::SetJitter(Ptr<UniformRandomVariable> jitter)
{
    m_jitter = jitter;
}

void
BgpTimers::Configure(const BgpProfile& profile, uint16_t holdTime)
{
    const auto set = [this](BgpTimer timer, double seconds, const BgpProfile::Jitter& jitter) {
        m_durations[static_cast<std::size_t>(timer)] = {seconds, jitter};
    };
    set(BgpTimer::CONNECT_RETRY, profile.connectRetryTime, profile.connectRetryJitter);
    set(BgpTimer::DELAY_OPEN, profile.delayOpenTime, profile.delayOpenJitter);
    set(BgpTimer::IDLE_HOLD, profile.idleHoldTime, profile.idleHoldJitter);
    m_largeHold = {profile.GetLargeHoldTime(holdTime), profile.holdJitter};
}

void
BgpTimers::Agree(const BgpProfile& profile, uint16_t holdTime, double keepaliveTime)
{
    const auto set = [this](BgpTimer timer, double seconds, const BgpProfile::Jitter& jitter) {
        m_durations[static_cast<std::size_t>(timer)] = {seconds, jitter};
    };
    set(BgpTimer::HOLD, profile.GetHoldTimeout(holdTime), profile.holdJitter);
    set(BgpTimer::KEEPALIVE, keepaliveTime, profile.keepaliveJitter);
    set(BgpTimer::SEND_HOLD, profile.GetSendHoldTime(holdTime), profile.sendHoldJitter);
}

void
BgpTimers::ExtendHold(double seconds)
{
    const BgpProfile::Jitter& jitter = m_durations[static_cast<std::size_t>(BgpTimer::HOLD)].jitter;
    Start(BgpTimer::HOLD, {seconds, jitter});
}

bool
BgpTimers::Execute(BgpAction action)
{
    switch (action)
    {
    case BgpAction::START_CONNECT_RETRY_TIMER:
        Start(BgpTimer::CONNECT_RETRY);
        return true;
    case BgpAction::START_DELAY_OPEN_TIMER:
        Start(BgpTimer::DELAY_OPEN);
        return true;
    case BgpAction::START_LARGE_HOLD_TIMER:
        Start(BgpTimer::HOLD, m_largeHold);
        return true;
    case BgpAction::START_HOLD_TIMER:
        Start(BgpTimer::HOLD);
        return true;
    case BgpAction::START_KEEPALIVE_TIMER:
        Start(BgpTimer::KEEPALIVE);
        return true;
    case BgpAction::START_SEND_HOLD_TIMER:
        Start(BgpTimer::SEND_HOLD);
        return true;
    case BgpAction::START_IDLE_HOLD_TIMER:
        Start(BgpTimer::IDLE_HOLD);
        return true;
    case BgpAction::STOP_CONNECT_RETRY_TIMER:
        Stop(BgpTimer::CONNECT_RETRY);
        return true;
    case BgpAction::STOP_DELAY_OPEN_TIMER:
        Stop(BgpTimer::DELAY_OPEN);
        return true;
    case BgpAction::STOP_HOLD_TIMER:
        Stop(BgpTimer::HOLD);
        return true;
    case BgpAction::STOP_KEEPALIVE_TIMER:
        Stop(BgpTimer::KEEPALIVE);
        return true;
    case BgpAction::STOP_SEND_HOLD_TIMER:
        Stop(BgpTimer::SEND_HOLD);
        return true;
    case BgpAction::STOP_IDLE_HOLD_TIMER:
        Stop(BgpTimer::IDLE_HOLD);
        return true;
    default:
        return false;
    }
}

void
BgpTimers::Start(BgpTimer timer)
{
    Start(timer, m_durations[static_cast<std::size_t>(timer)]);
}

void
BgpTimers::Start(BgpTimer timer, const Duration& duration)
{
    const BgpProfile::Jitter& jitter = duration.jitter;
    const double draw = jitter.low == jitter.high ? 0 : m_jitter->GetValue(0, 1);
    const double seconds = timer == BgpTimer::KEEPALIVE
                               ? BgpProfile::GetKeepaliveInterval(duration.seconds, jitter, draw)
                               : duration.seconds * jitter.GetFactor(draw);
    m_timers[static_cast<std::size_t>(timer)].Restart(Seconds(seconds));
}

void
BgpTimers::Stop(BgpTimer timer)
{
    m_timers[static_cast<std::size_t>(timer)].Stop();
    m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), timer), m_waiting.end());
}

void
BgpTimers::StopAll()
{
    for (HoldTimer& timer : m_timers)
    {
        timer.Stop();
    }
    m_waiting.clear();
}

bool
BgpTimers::IsRunning(BgpTimer timer) const
{
    return m_timers[static_cast<std::size_t>(timer)].IsRunning();
}

Time
BgpTimers::GetTimeLeft(BgpTimer timer) const
{
    return m_timers[static_cast<std::size_t>(timer)].GetTimeLeft();
}

void
BgpTimers::SetStalled(bool stalled)
{
    m_stalled = stalled;
    if (stalled)
    {
        return;
    }
    while (!m_waiting.empty())
    {
        const BgpTimer timer = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        if (timer == BgpTimer::SEND_HOLD)
        {
            // It was not the peer that kept us from sending.
            Start(timer);
        }
        else if (!IsRunning(timer))
        {
            m_expired(EventOf(timer));
        }
    }
}

void
BgpTimers::Expire(BgpTimers* timers, BgpTimer timer)
{
    if (timers->m_stalled)
    {
        timers->m_waiting.push_back(timer);
        return;
    }
    timers->m_expired(EventOf(timer));
}

} // namespace keepalive
} // namespace ns3
