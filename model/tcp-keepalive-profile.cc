/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-profile.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t MS = 1000000;         //!< a millisecond in ns
constexpr int64_t SECOND = 1000 * MS;   //!< a second in ns
constexpr int64_t MINUTE = 60 * SECOND; //!< a minute in ns
constexpr int64_t HOUR = 60 * MINUTE;   //!< an hour in ns

using Keepalive = TcpKeepaliveDecision::Rule;
using Limit = TcpRetransmissionLimit::Rule;

/**
 * Columns as the fields: name, idle, interval, probes, rule, deferWithData, abortTime,
 * longestInterval | garbageOctet, anySegmentIsLife, answerInterval | rtoMin, rtoMax, varianceMin,
 * tick, tailLossProbe | limitRule, retries, limitTime | connectTimeout, connectAttempts,
 * finTimeout. That of other stacks than Linux is not known to us.
 */
const TcpKeepaliveProfile PROFILES[] = {
    // tcp_timer.c, tcp_input.c. The variance is never below 200 ms, a jiffy is 4 ms at 250 Hz:
    // what is measured as 0.2 s is 204 ms on a short path. SYNs at 0, 1, 3, 7, 15, 31 and 63 s.
    {"linux",
     2 * HOUR,
     75 * SECOND,
     9,
     Keepalive::COUNT,
     true,
     0,
     0,
     false,
     false,
     500 * MS,
     200 * MS,
     120 * SECOND,
     200 * MS,
     4 * MS,
     true,
     Limit::MODEL,
     15,
     0,
     1 * SECOND,
     7,
     60 * SECOND},
    // SIO_KEEPALIVE_VALS: 10 probes, not configurable; an octet of zero, seen in captures.
    // Whether the last one is waited for is not documented: as elsewhere, it is.
    {"windows-vista",
     2 * HOUR,
     1 * SECOND,
     10,
     Keepalive::COUNT,
     true,
     0,
     0,
     true,
     false,
     0,
     300 * MS,
     60 * SECOND,
     1 * MS,
     0,
     false,
     Limit::COUNT,
     5,
     0,
     3 * SECOND,
     3,
     0},
    // 2000, XP and 2003: TcpMaxDataRetransmissions probes.
    {"windows-xp",
     2 * HOUR,
     1 * SECOND,
     5,
     Keepalive::COUNT,
     true,
     0,
     0,
     true,
     false,
     0,
     300 * MS,
     240 * SECOND,
     1 * MS,
     0,
     false,
     Limit::COUNT,
     5,
     0,
     3 * SECOND,
     3,
     0},
    // tcp_timer.c: judged by t_rcvtime, which any segment sets; probes whatever is outstanding.
    {"freebsd",
     2 * HOUR,
     75 * SECOND,
     8,
     Keepalive::SILENCE,
     false,
     0,
     0,
     false,
     true,
     0,
     30 * MS,
     64 * SECOND,
     1 * MS,
     0,
     false,
     Limit::COUNT,
     12,
     0,
     1 * SECOND,
     7,
     0},
    {"macos",
     2 * HOUR,
     75 * SECOND,
     8,
     Keepalive::SILENCE,
     false,
     0,
     0,
     false,
     true,
     0,
     100 * MS,
     64 * SECOND,
     1 * MS,
     0,
     false,
     Limit::COUNT,
     12,
     0,
     1 * SECOND,
     7,
     0},
    // tcp_keepalive_abort_interval 8 minutes; probes like retransmissions, from 0.4 s to 60 s.
    {"solaris",
     2 * HOUR,
     400 * MS,
     0,
     Keepalive::BACKOFF,
     true,
     8 * MINUTE,
     60 * SECOND,
     false,
     true,
     0,
     400 * MS,
     60 * SECOND,
     1 * MS,
     0,
     false,
     Limit::TIME,
     0,
     8 * MINUTE,
     3 * SECOND,
     6,
     0},
    // RFC 1122 says 2 h and not one probe only. Interval and number are our choice: the 75 s and 8
    // of 4.4BSD, which most stacks took over. R2 is 100 s, the least the RFC allows.
    {"rfc1122", 2 * HOUR, 75 * SECOND, 8, Keepalive::COUNT, true,        0,
     0,         false,    false,       0, 1 * SECOND,       60 * SECOND, 1 * MS,
     0,         false,    Limit::TIME, 0, 100 * SECOND,     3 * SECOND,  6,
     0},
};

} // namespace

const TcpKeepaliveProfile*
TcpKeepaliveProfile::Find(const std::string& name)
{
    for (const TcpKeepaliveProfile& profile : PROFILES)
    {
        if (name == profile.name)
        {
            return &profile;
        }
    }
    return nullptr;
}

std::vector<std::string>
TcpKeepaliveProfile::GetNames()
{
    std::vector<std::string> names;
    for (const TcpKeepaliveProfile& profile : PROFILES)
    {
        names.emplace_back(profile.name);
    }
    return names;
}

TcpKeepaliveDecision::Settings
TcpKeepaliveProfile::GetKeepalive() const
{
    TcpKeepaliveDecision::Settings settings;
    settings.idle = idle;
    settings.interval = interval;
    settings.probes = probes;
    settings.rule = rule;
    settings.deferWithData = deferWithData;
    settings.abortTime = abortTime;
    settings.longestInterval = longestInterval;
    return settings;
}

TcpRetransmissionLimit::Settings
TcpKeepaliveProfile::GetRetransmissionLimit() const
{
    TcpRetransmissionLimit::Settings settings;
    settings.rule = limitRule;
    settings.retries = retries;
    settings.time = limitTime;
    settings.shortest = rtoMin;
    settings.longest = rtoMax;
    return settings;
}

} // namespace keepalive
} // namespace ns3
