/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-decision.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t LONGEST = int64_t{1} << 60; //!< 36 years in ns: sums of these do not overflow

/**
 * @brief Whether a time can be used.
 * @param time in ns
 * @return true if it is above 0 and not absurd
 */
bool
IsUsable(int64_t time)
{
    return time > 0 && time <= LONGEST;
}

} // namespace

std::string
DpdDecision::Check(const Settings& settings)
{
    if (!IsUsable(settings.delay))
    {
        return "the delay must be above 0";
    }
    if (settings.onDemand && settings.pace != Pace::SILENCE)
    {
        return "on demand means to ask after a silence";
    }
    const bool timed = settings.rule == Rule::DOUBLING || settings.rule == Rule::SILENCE ||
                       settings.rule == Rule::REQUEST_TIME;
    if (timed && !IsUsable(settings.timeout))
    {
        return "the timeout must be above 0";
    }
    if (settings.rule == Rule::SILENCE && settings.timeout <= settings.delay)
    {
        return "the timeout must be longer than the delay: it runs from the last sign of life";
    }
    if (settings.rule == Rule::SILENCE || settings.rule == Rule::REQUEST_TIME)
    {
        return "";
    }
    if (!IsUsable(settings.retry))
    {
        return "the retry interval must be above 0";
    }
    if (settings.rule == Rule::COUNT && settings.retries == 0 && !settings.finalWait)
    {
        return "without retries the answer to the only request must be waited for";
    }
    if (settings.rule == Rule::DOUBLING)
    {
        return "";
    }
    const double base = settings.rule == Rule::BACKOFF ? settings.base : 1;
    if (!(base >= 1))
    {
        return "the base must be 1 or more";
    }
    if (!(static_cast<double>(settings.retry) * std::pow(base, settings.retries) *
              (1.0 + settings.retries) <=
          static_cast<double>(LONGEST)))
    {
        return "all retries together must not take ages";
    }
    return "";
}

DpdDecision::DpdDecision(const Settings& settings)
    : m_settings(settings)
{
}

const DpdDecision::Settings&
DpdDecision::GetSettings() const
{
    return m_settings;
}

DpdDecision::Verdict
DpdDecision::Start(int64_t now)
{
    m_state = State::IDLE;
    m_unanswered = 0;
    m_lastControl = now;
    m_lastData = now;
    m_next = m_settings.onDemand ? NEVER : now + m_settings.delay;
    return Wait();
}

DpdDecision::Verdict
DpdDecision::OnTimer(int64_t now)
{
    if (now < m_next)
    {
        return Wait();
    }
    return m_state == State::PROBING ? OnProbing(now) : OnIdle(now);
}

DpdDecision::Verdict
DpdDecision::OnIdle(int64_t now)
{
    const int64_t delay = m_settings.delay;
    if (m_settings.pace == Pace::SILENCE)
    {
        // In full rechecks data found counts as of now, not as of when it came.
        const bool full = m_settings.fullRecheck;
        const int64_t last = full ? m_lastControl : GetLastLife();
        if (now - last + m_settings.slack < delay)
        {
            m_next = last + delay;
            return Wait();
        }
        if (full && now - GetLastLife() < delay)
        {
            m_next = now + delay;
            return Wait();
        }
    }
    return Ask(now);
}

DpdDecision::Verdict
DpdDecision::Ask(int64_t now)
{
    m_state = State::PROBING;
    m_firstRequest = now;
    return Transmit(now, Send::REQUEST);
}

DpdDecision::Verdict
DpdDecision::OnProbing(int64_t now)
{
    const bool counts = m_settings.rule == Rule::COUNT || m_settings.rule == Rule::BACKOFF;
    if (counts ? m_unanswered > m_settings.retries : now >= GetDeadline())
    {
        m_state = State::DEAD;
        m_next = NEVER;
        return {Send::NOTHING, true, NEVER};
    }
    return Transmit(now, m_settings.repeat ? Send::AGAIN : Send::REQUEST);
}

DpdDecision::Verdict
DpdDecision::Transmit(int64_t now, Send send)
{
    m_unanswered++;
    m_lastRequest = now;
    if (m_settings.rule == Rule::COUNT && !m_settings.finalWait &&
        m_unanswered > m_settings.retries)
    {
        m_state = State::DEAD;
        m_next = NEVER;
        return {send, true, NEVER};
    }
    m_next = now + GetWait(m_settings, m_unanswered);
    if (m_settings.rule == Rule::SILENCE || m_settings.rule == Rule::REQUEST_TIME)
    {
        m_next = std::min(m_next, GetDeadline());
    }
    return {send, false, m_next};
}

int64_t
DpdDecision::GetDeadline() const
{
    // A request is sent when the silence has lasted for the delay; if it is late, as after a hang,
    // the peer still has the rest of the timeout to answer.
    const int64_t before = m_settings.rule == Rule::SILENCE ? m_settings.delay : 0;
    return m_firstRequest + m_settings.timeout - before;
}

DpdDecision::Verdict
DpdDecision::OnAnswer(int64_t now)
{
    m_lastControl = now;
    if (m_state == State::PROBING)
    {
        Relax(now);
    }
    return Wait();
}

DpdDecision::Verdict
DpdDecision::OnMessage(int64_t now)
{
    m_lastControl = now;
    if (m_state == State::PROBING && !m_settings.onlyAnswer)
    {
        Relax(now);
    }
    return Wait();
}

DpdDecision::Verdict
DpdDecision::OnData(int64_t now)
{
    m_lastData = now;
    if (m_state == State::PROBING && !m_settings.onlyAnswer && m_settings.dataIsLife)
    {
        Relax(now);
    }
    return Wait();
}

void
DpdDecision::Relax(int64_t now)
{
    m_state = State::IDLE;
    m_unanswered = 0;
    const int64_t delay = m_settings.delay;
    if (m_settings.onDemand)
    {
        m_next = NEVER;
        return;
    }
    if (m_settings.pace == Pace::ANSWER)
    {
        m_next = now + delay;
        return;
    }
    // The clock that ticks every delay went on meanwhile.
    const int64_t tick = m_settings.pace == Pace::CLOCK ? m_lastRequest : m_firstRequest;
    m_next = tick + ((now - tick) / delay + 1) * delay;
}

DpdDecision::Verdict
DpdDecision::OnOutbound(int64_t now)
{
    if (m_state == State::IDLE && m_settings.onDemand && now - GetLastLife() >= m_settings.delay)
    {
        return Ask(now);
    }
    return Wait();
}

DpdDecision::Verdict
DpdDecision::Wait() const
{
    return {Send::NOTHING, false, m_next};
}

int64_t
DpdDecision::GetLastLife() const
{
    return m_settings.dataIsLife ? std::max(m_lastControl, m_lastData) : m_lastControl;
}

bool
DpdDecision::IsProbing() const
{
    return m_state == State::PROBING;
}

bool
DpdDecision::IsDead() const
{
    return m_state == State::DEAD;
}

uint32_t
DpdDecision::GetUnanswered() const
{
    return m_unanswered;
}

int64_t
DpdDecision::GetWait(const Settings& settings, uint32_t transmission)
{
    switch (settings.rule)
    {
    case Rule::COUNT:
        return settings.retry;
    case Rule::BACKOFF:
        return std::llround(static_cast<double>(settings.retry) *
                            std::pow(settings.base, transmission - 1));
    case Rule::DOUBLING: {
        // The first two are equal; from where doubling would reach the timeout all are.
        int64_t wait = settings.retry;
        for (uint32_t i = 2; i < transmission && 2 * wait < settings.timeout; i++)
        {
            wait *= 2;
        }
        return wait;
    }
    case Rule::SILENCE:
    case Rule::REQUEST_TIME:
        break;
    }
    return settings.delay;
}

int64_t
DpdDecision::GetProbingTime(const Settings& settings)
{
    int64_t time = 0;
    switch (settings.rule)
    {
    case Rule::COUNT:
        return settings.retry * (int64_t{settings.retries} + (settings.finalWait ? 1 : 0));
    case Rule::BACKOFF:
        for (uint32_t i = 1; i <= settings.retries + 1; i++)
        {
            time += GetWait(settings, i);
        }
        return time;
    case Rule::DOUBLING:
        for (uint32_t i = 1; time < settings.timeout; i++)
        {
            time += GetWait(settings, i);
        }
        return time;
    case Rule::SILENCE:
        return settings.timeout - settings.delay;
    case Rule::REQUEST_TIME:
        break;
    }
    return settings.timeout;
}

} // namespace keepalive
} // namespace ns3
