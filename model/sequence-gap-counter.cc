/* SPDX-License-Identifier: GPL-2.0-only */

#include "sequence-gap-counter.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The rule by which sends are counted.
 * @param rule a rule of SequenceGapCounter
 * @return the rule of the MissedReplyCounter in it, if it has one to do
 */
MissedReplyCounter::Rule
ToCountingRule(SequenceGapCounter::Rule rule)
{
    switch (rule)
    {
    case SequenceGapCounter::Rule::FREEBSD:
        // The keepalive is sent first, and "if (seqRetries++ > 1)" goes down at the third.
        return MissedReplyCounter::Rule::COUNT_BEFORE_JUDGE;
    case SequenceGapCounter::Rule::JUNOS:
        return MissedReplyCounter::Rule::COUNT_EXPIRED;
    case SequenceGapCounter::Rule::IOS:
    case SequenceGapCounter::Rule::NOKIA:
    case SequenceGapCounter::Rule::LINUX:
    case SequenceGapCounter::Rule::SPPP:
    case SequenceGapCounter::Rule::H3C:
        break;
    }
    return MissedReplyCounter::Rule::JUDGE_BEFORE_COUNT;
}

} // namespace

SequenceGapCounter::SequenceGapCounter(Rule rule, uint32_t downCount, uint32_t upCount)
    : m_rule(rule),
      m_downCount(downCount),
      m_upCount(upCount),
      m_replies(downCount, ToCountingRule(rule), upCount),
      m_up(rule != Rule::LINUX)
{
    ForgetNumbers();
}

SequenceGapCounter::Tick
SequenceGapCounter::OnTick(bool holdTimeOver)
{
    if (!m_fresh)
    {
        m_looped = false;
    }

    Tick tick;
    if (IsCounting())
    {
        tick.transition = m_replies.OnProbe();
        return tick;
    }
    const uint32_t gap = GetGap();
    // IOS never resets at a gap of 0, whatever the count: nothing is missing then.
    tick.reset = m_rule == Rule::IOS && m_up && gap >= std::max(m_downCount, 2U) - 1;
    if (m_rule == Rule::LINUX ? holdTimeOver : IsTooLarge(gap))
    {
        m_acceptedInARow = 0;
        if (m_up)
        {
            m_up = false;
            tick.transition = LinkTransition::WENT_DOWN;
        }
    }
    return tick;
}

uint32_t
SequenceGapCounter::NextSequence()
{
    if (!IsRepeating() || m_returned)
    {
        m_mySequence++;
        m_returned = false;
    }
    m_returnedInLast = m_yourSeen;
    m_sent = true;
    m_fresh = false;
    return m_mySequence;
}

SequenceGapCounter::Arrival
SequenceGapCounter::OnKeepalive(uint32_t sequence, uint32_t returned)
{
    m_fresh = true;
    m_looped = m_sent && sequence == m_mySequence && returned == m_returnedInLast;
    m_yourSeen = sequence;

    Arrival arrival;
    arrival.accepted = IsAcceptable(returned);
    // Where the line would trust a number that was never sent, S would be ahead of M.
    if (static_cast<int32_t>(m_mySequence - returned) >= 0)
    {
        m_mineSeen = returned;
    }
    if (!arrival.accepted)
    {
        m_acceptedInARow = 0;
        return arrival;
    }
    m_returned = true;
    if (IsCounting())
    {
        arrival.transition = m_replies.OnReply();
        return arrival;
    }
    // The next tick that goes down starts the row over.
    if (!m_up && ++m_acceptedInARow >= m_upCount)
    {
        m_up = true;
        arrival.transition = LinkTransition::WENT_UP;
    }
    return arrival;
}

void
SequenceGapCounter::OnPeerRestart()
{
    if (m_rule == Rule::LINUX || m_rule == Rule::FREEBSD || m_rule == Rule::SPPP)
    {
        return;
    }
    ForgetNumbers();
    if (m_replies.IsUp())
    {
        // Nothing is outstanding; while the line is up this changes no verdict.
        static_cast<void>(m_replies.OnReply());
    }
}

void
SequenceGapCounter::Reset()
{
    *this = SequenceGapCounter(m_rule, m_downCount, m_upCount);
}

bool
SequenceGapCounter::IsUp() const
{
    return IsCounting() ? m_replies.IsUp() : m_up;
}

uint32_t
SequenceGapCounter::GetMySequence() const
{
    return m_mySequence;
}

uint32_t
SequenceGapCounter::GetMineSeen() const
{
    return m_mineSeen;
}

uint32_t
SequenceGapCounter::GetYourSeen() const
{
    return m_yourSeen;
}

bool
SequenceGapCounter::IsFresh() const
{
    return m_fresh;
}

bool
SequenceGapCounter::IsLooped() const
{
    return m_looped;
}

uint32_t
SequenceGapCounter::GetGap() const
{
    return IsCounting() ? m_replies.GetCount() : m_mySequence - m_mineSeen;
}

bool
SequenceGapCounter::IsCounting() const
{
    return m_rule == Rule::FREEBSD || m_rule == Rule::SPPP || m_rule == Rule::H3C ||
           m_rule == Rule::JUNOS;
}

bool
SequenceGapCounter::IsRepeating() const
{
    return m_rule == Rule::FREEBSD || m_rule == Rule::H3C;
}

bool
SequenceGapCounter::IsAcceptable(uint32_t returned) const
{
    const uint32_t gap = m_mySequence - returned;
    const bool future = static_cast<int32_t>(gap) < 0;
    switch (m_rule)
    {
    case Rule::IOS:
    case Rule::NOKIA:
        return !future && !IsTooLarge(gap);
    case Rule::LINUX:
        return returned != 0 && gap <= 1; // "our current REQ may be in transit"
    case Rule::FREEBSD:
    case Rule::H3C:
        return gap == 0 && !m_returned;
    case Rule::SPPP:
        return true;
    case Rule::JUNOS:
        return !future;
    }
    return false;
}

bool
SequenceGapCounter::IsTooLarge(uint32_t gap) const
{
    // NOKIA compares the number about to be sent, M + 1; written so that nothing wraps.
    return gap >= (m_rule == Rule::NOKIA ? m_downCount - 1 : m_downCount);
}

void
SequenceGapCounter::ForgetNumbers()
{
    m_acceptedInARow = 0;
    m_mySequence = 0;
    m_mineSeen = 0;
    m_yourSeen = 0;
    m_sent = false;
    // The first number of H3C is 1: as if 0 had been returned. That of FREEBSD is 0.
    m_returned = m_rule == Rule::H3C;
    m_looped = false;
}

} // namespace keepalive
} // namespace ns3
