/* SPDX-License-Identifier: GPL-2.0-only */

#include "keepalive-process.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The decision that belongs to a configuration.
 * @param config the configuration
 * @return a counter in its initial state
 */
MissedReplyCounter
MakeCounter(const KeepaliveProcess::Config& config)
{
    using Rule = MissedReplyCounter::Rule;
    switch (config.rule)
    {
    case KeepaliveProcess::HUAWEI_SEND:
        return MissedReplyCounter(config.retries, Rule::COUNT_BEFORE_JUDGE, config.upCount);
    case KeepaliveProcess::HUAWEI_EXPIRY:
        return MissedReplyCounter(config.retries, Rule::COUNT_EXPIRED, config.upCount);
    case KeepaliveProcess::HOLD_TIME:
    case KeepaliveProcess::HOLD_TIME_AT_TICK:
    case KeepaliveProcess::BY_OWNER:
        // Counts for the console only: the hold time, or the owner, judges.
        return MissedReplyCounter(MissedReplyCounter::NEVER,
                                  Rule::JUDGE_BEFORE_COUNT,
                                  config.upCount);
    case KeepaliveProcess::CISCO:
        break;
    }
    return MissedReplyCounter(config.retries, Rule::JUDGE_BEFORE_COUNT, config.upCount);
}

} // namespace

bool
KeepaliveProcess::Owner::IsProbeNeeded()
{
    return true;
}

KeepaliveProcess::KeepaliveProcess(Owner& owner)
    : m_owner(owner)
{
    m_ticks.SetTick(MakeCallback(&KeepaliveProcess::Tick, this));
}

void
KeepaliveProcess::SetStartPhase(Ptr<RandomVariableStream> phase)
{
    m_ticks.SetStartPhase(phase);
}

void
KeepaliveProcess::SetJitter(Ptr<RandomVariableStream> jitter)
{
    m_ticks.SetJitter(jitter);
}

void
KeepaliveProcess::Start(const Config& config)
{
    m_starts++;
    m_counter = MakeCounter(config);
    m_expiredWhileStalled = false;
    m_holdTime = Time(0);
    m_judgeSilenceAtTicks = config.rule == HOLD_TIME_AT_TICK;
    if ((config.rule == HOLD_TIME || m_judgeSilenceAtTicks) && config.interval.IsStrictlyPositive())
    {
        m_holdTime = config.holdTime.IsStrictlyPositive()
                         ? config.holdTime
                         : config.interval * static_cast<int64_t>(config.retries);
        m_hold.SetExpired(MakeCallback(&KeepaliveProcess::HoldTimeExpired, this));
    }
    RestartHoldTime();
    m_ticks.Start(config.interval);
}

void
KeepaliveProcess::Stop()
{
    m_starts++;
    m_expiredWhileStalled = false;
    m_ticks.Stop();
    m_hold.Stop();
}

void
KeepaliveProcess::SetStalled(bool stalled)
{
    m_stalled = stalled;
    if (!stalled && m_expiredWhileStalled)
    {
        m_expiredWhileStalled = false;
        HoldTimeExpired();
    }
}

bool
KeepaliveProcess::IsStalled() const
{
    return m_stalled;
}

void
KeepaliveProcess::Tick()
{
    if (m_stalled)
    {
        return;
    }
    const uint32_t starts = m_starts;
    Report(m_counter.OnProbe(), LineCause::KEEPALIVE_UNANSWERED);
    if (m_judgeSilenceAtTicks && Simulator::Now() - m_lastReply > m_holdTime)
    {
        Report(m_counter.OnSilence(), LineCause::HOLD_TIME_EXPIRED);
    }
    if (m_starts != starts)
    {
        return; // whoever heard the verdict stopped us, or started us over
    }
    if (m_owner.IsProbeNeeded())
    {
        m_owner.SendProbe();
    }
    else
    {
        OnReply(); // the traffic that makes it needless is as good as an answer
    }
}

void
KeepaliveProcess::OnReply()
{
    if (m_stalled || !IsRunning())
    {
        return;
    }
    if (m_holdTime.IsStrictlyPositive())
    {
        RestartHoldTime();
    }
    Report(m_counter.OnReply(), LineCause::KEEPALIVE_ANSWERED);
}

void
KeepaliveProcess::RestartHoldTime()
{
    if (m_judgeSilenceAtTicks)
    {
        m_lastReply = Simulator::Now();
    }
    else
    {
        m_hold.Restart(m_holdTime);
    }
}

void
KeepaliveProcess::HoldTimeExpired()
{
    if (m_stalled)
    {
        m_expiredWhileStalled = true;
        return;
    }
    Report(m_counter.OnSilence(), LineCause::HOLD_TIME_EXPIRED);
}

bool
KeepaliveProcess::IsRunning() const
{
    return m_ticks.IsRunning();
}

uint32_t
KeepaliveProcess::GetCount() const
{
    return m_counter.GetCount();
}

int64_t
KeepaliveProcess::AssignStreams(int64_t stream)
{
    return m_ticks.AssignStreams(stream);
}

void
KeepaliveProcess::Report(LinkTransition transition, LineCause cause)
{
    if (transition != LinkTransition::NONE)
    {
        m_owner.HandleVerdict(transition, cause);
    }
}

} // namespace keepalive
} // namespace ns3
