/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-tcp-state.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NatTcpState::Fate
NatTcpState::Process(const Segment& segment, bool original, bool loose)
{
    const Kind kind = Classify(segment);
    const State before = m_state;
    State next = m_state;
    const Fate fate = Judge(kind, original, loose, next);
    if (fate == Fate::IGNORE)
    {
        return Ignore(segment, kind, original);
    }
    if (fate != Fate::PASS)
    {
        return fate;
    }
    m_state = next;
    if (m_state == State::SYN_SENT && kind == Kind::SYN)
    {
        // A connection begins, maybe again from the same port: nothing of the old one holds.
        *this = NatTcpState();
        m_state = State::SYN_SENT;
    }
    m_pickedUp = m_pickedUp || (before == State::NONE && kind == Kind::ACK);
    m_closing = m_closing || m_state == State::FIN_WAIT;
    Account(segment, kind, original);
    m_lastKind = kind;
    m_lastKindOriginal = original;
    const bool unanswered = !m_replied;
    m_replied = m_replied || !original;
    // Whoever tries again and again would keep an old port for ever.
    return kind == Kind::SYN && before == State::SYN_SENT && unanswered ? Fate::IGNORE : fate;
}

NatTcpState::Fate
NatTcpState::Ignore(const Segment& segment, Kind kind, bool original)
{
    const bool accepts = kind == Kind::SYN_ACK && m_lastKind == Kind::SYN &&
                         m_lastKindOriginal != original && segment.acknowledgment == m_lastEnd;
    if (accepts)
    {
        m_state = State::SYN_RECEIVED;
        m_sides[original ? 0 : 1] = Side();
        m_sides[original ? 1 : 0] = Side{true, false, m_lastEnd};
        Account(segment, kind, original);
    }
    m_lastKind = kind;
    m_lastKindOriginal = original;
    m_lastEnd = segment.sequence + segment.length + (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0);
    return accepts ? Fate::PASS : Fate::IGNORE;
}

NatTcpState::Kind
NatTcpState::Classify(const Segment& segment)
{
    if (segment.rst)
    {
        return Kind::RST;
    }
    if (segment.syn)
    {
        return segment.ack ? Kind::SYN_ACK : Kind::SYN;
    }
    if (segment.fin)
    {
        return Kind::FIN;
    }
    return segment.ack ? Kind::ACK : Kind::NONE;
}

NatTcpState::Fate
NatTcpState::Judge(Kind kind, bool original, bool loose, State& next) const
{
    switch (kind)
    {
    case Kind::SYN:
        return JudgeSyn(original, next);
    case Kind::SYN_ACK:
        return JudgeSynAck(original, next);
    case Kind::FIN:
        return JudgeFin(next);
    case Kind::ACK:
        return JudgeAck(original, loose, next);
    case Kind::RST:
        if (m_state == State::NONE)
        {
            return Fate::INVALID;
        }
        if (!m_replied && !original)
        {
            return Fate::REMOVE; // refused: there never was a connection
        }
        next = State::CLOSED;
        return Fate::PASS;
    case Kind::NONE:
        break;
    }
    return Fate::INVALID;
}

NatTcpState::Fate
NatTcpState::JudgeSyn(bool original, State& next) const
{
    switch (m_state)
    {
    case State::NONE:
    case State::SYN_SENT:
        next = original ? State::SYN_SENT : State::SYN_SENT_BY_BOTH;
        return Fate::PASS;
    case State::SYN_SENT_BY_BOTH:
        return Fate::PASS;
    case State::TIME_WAIT:
        if (!original)
        {
            return Fate::FORGET; // the server is the client of a new connection
        }
        next = State::SYN_SENT;
        return Fate::PASS;
    case State::CLOSED:
        if (original && MayReopen(original))
        {
            next = State::SYN_SENT;
            return Fate::PASS;
        }
        break;
    case State::SYN_RECEIVED:
    case State::ESTABLISHED:
    case State::FIN_WAIT:
    case State::CLOSE_WAIT:
    case State::LAST_ACK:
        break;
    }
    // Either end may have forgotten the connection. The other end knows, and answers.
    return original ? Fate::IGNORE : Fate::INVALID;
}

bool
NatTcpState::MayReopen(bool original) const
{
    return m_closing || (m_lastKind == Kind::RST && m_lastKindOriginal == original);
}

NatTcpState::Fate
NatTcpState::JudgeSynAck(bool original, State& next) const
{
    const bool both = m_state == State::SYN_SENT_BY_BOTH;
    if (original)
    {
        if (!both && m_state != State::SYN_RECEIVED)
        {
            return Fate::INVALID;
        }
        next = State::SYN_RECEIVED;
        return Fate::PASS;
    }
    if (m_state == State::NONE)
    {
        return Fate::INVALID;
    }
    if (!both && m_state != State::SYN_SENT)
    {
        return Fate::IGNORE; // late, or sent again
    }
    next = State::SYN_RECEIVED;
    return Fate::PASS;
}

NatTcpState::Fate
NatTcpState::JudgeFin(State& next) const
{
    switch (m_state)
    {
    case State::NONE:
    case State::SYN_SENT:
    case State::SYN_SENT_BY_BOTH:
        return Fate::INVALID;
    case State::SYN_RECEIVED:
    case State::ESTABLISHED:
        next = State::FIN_WAIT;
        break;
    case State::FIN_WAIT:
    case State::CLOSE_WAIT:
        next = State::LAST_ACK;
        break;
    case State::LAST_ACK:
    case State::TIME_WAIT:
    case State::CLOSED:
        break;
    }
    return Fate::PASS;
}

NatTcpState::Fate
NatTcpState::JudgeAck(bool original, bool loose, State& next) const
{
    switch (m_state)
    {
    case State::NONE:
        next = State::ESTABLISHED;
        return loose && original ? Fate::PASS : Fate::INVALID;
    case State::SYN_SENT:
    case State::SYN_SENT_BY_BOTH:
        return original ? Fate::INVALID : Fate::IGNORE;
    case State::SYN_RECEIVED:
        next = original ? State::ESTABLISHED : State::SYN_RECEIVED;
        break;
    case State::FIN_WAIT:
        next = State::CLOSE_WAIT;
        break;
    case State::LAST_ACK:
        next = State::TIME_WAIT;
        break;
    case State::ESTABLISHED:
    case State::CLOSE_WAIT:
    case State::TIME_WAIT:
    case State::CLOSED:
        break;
    }
    return Fate::PASS;
}

void
NatTcpState::Account(const Segment& segment, Kind kind, bool original)
{
    Side& sender = m_sides[original ? 0 : 1];
    Side& receiver = m_sides[original ? 1 : 0];
    const uint32_t end =
        segment.sequence + segment.length + (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0);
    if (!sender.seen)
    {
        sender.seen = true;
        // Octets before this one are not known, so neither is their fate. In mid-stream Linux takes
        // all that the other side says first for octets that are not acknowledged.
        sender.end = end;
        sender.unacknowledged = m_pickedUp && !original;
    }
    else if (static_cast<int32_t>(end - sender.end) > 0)
    {
        sender.end = end;
        sender.unacknowledged = true;
    }
    if (segment.ack && receiver.seen && segment.acknowledgment == receiver.end)
    {
        receiver.unacknowledged = false;
    }
    if (kind != Kind::ACK || (m_pickedUp && !m_replied && original))
    {
        return; // nothing to compare with, as long as the other side of it is not known
    }
    const bool repeated = m_hasLast && m_lastOriginal == original &&
                          m_last.sequence == segment.sequence &&
                          m_last.acknowledgment == segment.acknowledgment &&
                          m_last.length == segment.length && m_last.window == segment.window;
    m_retransmissions = repeated ? m_retransmissions + 1 : 0;
    m_hasLast = true;
    m_lastOriginal = original;
    m_last = segment;
}

int64_t
NatTcpState::GetTimeout(const Timeouts& timeouts) const
{
    const int64_t all[] = {0,
                           timeouts.synSent,
                           timeouts.synSent,
                           timeouts.synReceived,
                           timeouts.established,
                           timeouts.finWait,
                           timeouts.closeWait,
                           timeouts.lastAck,
                           timeouts.timeWait,
                           timeouts.close};
    int64_t timeout = all[static_cast<uint8_t>(m_state)];
    const auto limit = [&timeout](int64_t most) {
        timeout = most > 0 ? std::min(timeout, most) : timeout;
    };
    const bool unacknowledged = m_sides[0].unacknowledged || m_sides[1].unacknowledged;
    if (m_retransmissions >= timeouts.maxRetransmissions && timeout > timeouts.retransmitted)
    {
        limit(timeouts.retransmitted);
    }
    else if (unacknowledged && timeout > timeouts.unacknowledged)
    {
        limit(timeouts.unacknowledged);
    }
    else if (m_last.window == 0)
    {
        limit(timeouts.retransmitted); // or no window is known so far
    }
    // A connection picked up in mid-stream is believed only when the other side has spoken.
    if (m_state == State::ESTABLISHED && !m_replied)
    {
        limit(timeouts.unacknowledged);
    }
    return timeout;
}

NatTcpState::State
NatTcpState::GetState() const
{
    return m_state;
}

const char*
NatTcpState::ToString(State state)
{
    switch (state)
    {
    case State::NONE:
        break;
    case State::SYN_SENT:
        return "SYN_SENT";
    case State::SYN_SENT_BY_BOTH:
        return "SYN_SENT2";
    case State::SYN_RECEIVED:
        return "SYN_RECV";
    case State::ESTABLISHED:
        return "ESTABLISHED";
    case State::FIN_WAIT:
        return "FIN_WAIT";
    case State::CLOSE_WAIT:
        return "CLOSE_WAIT";
    case State::LAST_ACK:
        return "LAST_ACK";
    case State::TIME_WAIT:
        return "TIME_WAIT";
    case State::CLOSED:
        return "CLOSE";
    }
    return "NONE";
}

} // namespace keepalive
} // namespace ns3
