/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-segment-check.h"

namespace ns3
{
namespace keepalive
{

TcpSegmentCheck::Verdict
TcpSegmentCheck::Check(const Segment& segment, const Window& window)
{
    const uint32_t end =
        segment.seq + segment.length + (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0);
    if (!segment.hasAck && !segment.rst && !segment.syn)
    {
        // RFC 9293 drops it. Data is let through: ns-3's own window probes have no flags.
        return {segment.length > 0 ? Fate::PROCESS : Fate::DROP, false};
    }
    if (IsBefore(end, window.lastAckSent) || IsBefore(window.rcvEnd, segment.seq))
    {
        return {JudgeOutside(segment), false};
    }
    if (segment.rst)
    {
        return {segment.seq == window.rcvNxt ? Fate::RESET : Fate::CHALLENGE, false};
    }
    if (segment.syn)
    {
        return {Fate::CHALLENGE, false};
    }
    if (segment.hasAck && IsBefore(window.sndNxt, segment.ack))
    {
        return {Fate::CHALLENGE, false}; // it acknowledges what was never sent
    }
    const bool life = !IsBefore(segment.ack, window.sndUna);
    const bool duplicate = end != segment.seq && !IsBefore(window.rcvNxt, end);
    return {duplicate ? Fate::DUPLICATE : Fate::PROCESS, life};
}

bool
TcpSegmentCheck::IsBefore(uint32_t a, uint32_t b)
{
    return static_cast<int32_t>(a - b) < 0;
}

TcpSegmentCheck::Fate
TcpSegmentCheck::JudgeOutside(const Segment& segment)
{
    if (segment.rst)
    {
        return Fate::DROP;
    }
    if (segment.syn)
    {
        return Fate::CHALLENGE;
    }
    if (segment.length > 0 || segment.fin)
    {
        return Fate::OUTSIDE;
    }
    return segment.stale ? Fate::DROP : Fate::OUTSIDE_EMPTY;
}

} // namespace keepalive
} // namespace ns3
