/* SPDX-License-Identifier: GPL-2.0-only */

#include "missed-reply-counter.h"

namespace ns3
{
namespace keepalive
{

MissedReplyCounter::MissedReplyCounter(uint32_t downCount, Rule rule, uint32_t upCount)
    : m_downCount(downCount),
      m_upCount(upCount),
      m_rule(rule)
{
}

LinkTransition
MissedReplyCounter::OnProbe()
{
    if (m_awaiting)
    {
        m_answeredInARow = 0;
    }

    // The three rules differ only in what is counted before the judgement and what after it.
    switch (m_rule)
    {
    case Rule::JUDGE_BEFORE_COUNT:
        break;
    case Rule::COUNT_BEFORE_JUDGE:
        Count();
        break;
    case Rule::COUNT_EXPIRED:
        if (m_awaiting)
        {
            Count();
        }
        break;
    }

    LinkTransition transition = LinkTransition::NONE;
    if (m_downCount != NEVER && m_count >= m_downCount)
    {
        transition = OnSilence();
    }

    if (m_rule == Rule::JUDGE_BEFORE_COUNT)
    {
        Count();
    }
    m_awaiting = true;
    return transition;
}

LinkTransition
MissedReplyCounter::OnReply()
{
    const bool answersProbe = m_awaiting;
    m_awaiting = false;
    m_count = 0;
    if (m_up)
    {
        return LinkTransition::NONE;
    }

    // Two replies to one probe (a duplicated packet) are still one answered probe. The first reply
    // of all always counts, whether or not a probe of ours is known to be out.
    if (answersProbe || m_answeredInARow == 0)
    {
        m_answeredInARow++;
    }
    if (m_answeredInARow < m_upCount)
    {
        return LinkTransition::NONE;
    }
    m_up = true;
    m_answeredInARow = 0;
    return LinkTransition::WENT_UP;
}

LinkTransition
MissedReplyCounter::OnSilence()
{
    if (!m_up)
    {
        return LinkTransition::NONE;
    }
    m_up = false;
    return LinkTransition::WENT_DOWN;
}

void
MissedReplyCounter::Reset()
{
    m_up = true;
    m_awaiting = false;
    m_count = 0;
    m_answeredInARow = 0;
}

bool
MissedReplyCounter::IsUp() const
{
    return m_up;
}

uint32_t
MissedReplyCounter::GetCount() const
{
    return m_count;
}

void
MissedReplyCounter::Count()
{
    if (m_count != UINT32_MAX)
    {
        m_count++;
    }
}

} // namespace keepalive
} // namespace ns3
