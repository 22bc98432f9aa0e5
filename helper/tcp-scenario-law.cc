/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-scenario-law.h"

#include "ns3/tcp-keepalive-profile.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;    //!< TcpScenario::R1
constexpr uint32_t SEGMENT = 52;  //!< bytes of IP and TCP, with timestamps
constexpr uint32_t D_SACK = 8;    //!< bytes more in the answer to an octet
constexpr uint32_t FRAMING = 2;   //!< bytes that a link adds
constexpr uint32_t IP_UDP = 28;   //!< bytes of IP and UDP
constexpr double HANDSHAKE = 1;   //!< seconds that a connection may take to begin
constexpr double ROUNDING = 1e-6; //!< seconds

/**
 * @brief The profile of an end.
 * @param end how it is configured
 * @return the profile
 */
const TcpKeepaliveProfile&
GetProfile(const TcpScenarioConfig::End& end)
{
    return *TcpKeepaliveProfile::Find(end.profile);
}

/**
 * @brief Whether the probes of an end carry an octet.
 * @param end how it is configured
 * @return true if so
 */
bool
HasOctet(const TcpScenarioConfig::End& end)
{
    return end.garbage || GetProfile(end).garbageOctet;
}

} // namespace

TcpScenarioLaw::TcpScenarioLaw(const TcpScenarioConfig& config)
    : m_config(config)
{
}

std::optional<DetectionBounds>
TcpScenarioLaw::Get(uint32_t end) const
{
    const TcpScenarioConfig& c = m_config;
    const double user = static_cast<double>(c.trafficRate.GetBitRate()) *
                        (c.trafficPacketSize + IP_UDP + FRAMING) / c.trafficPacketSize;
    const bool clean = !c.HasLoss() && c.load <= 0 &&
                       user < static_cast<double>(c.linkRate.GetBitRate()) &&
                       user < static_cast<double>(c.lanRate.GetBitRate());
    const bool idle = c.r1.dataPeriod.IsZero() && c.r2.dataPeriod.IsZero();
    const bool lonely =
        c.schedule == FailurePlan::Schedule::ONCE || c.schedule == FailurePlan::Schedule::RANDOM;
    if (!clean || !idle || !lonely || c.failAt.GetSeconds() < HANDSHAKE)
    {
        return std::nullopt;
    }
    // A server does not connect: if its client never notices, it stays without a connection.
    const bool again = c.schedule == FailurePlan::Schedule::RANDOM && c.failures > 1;
    if (end != END_R1 && again && !c.r1.keepalive)
    {
        return std::nullopt;
    }
    const Loss loss = GetLoss(end);
    std::optional<DetectionBounds> own = GetOwn(end);
    if (!loss.outgoing || loss.incoming)
    {
        return own;
    }
    // The peer notices, too, and its reset arrives.
    std::optional<DetectionBounds> told = GetOwn(1 - end);
    if (!told || (CountsProbes(end) && GetEnd(end).keepalive && !IsAlike()))
    {
        return own;
    }
    const double oneWay = 2 * GetLanTime(SEGMENT) + GetLinkTime(SEGMENT);
    told->lower += oneWay;
    told->mean += oneWay;
    told->upper += oneWay;
    if (!own)
    {
        return told;
    }
    if (IsAlike())
    {
        // They began together and stay in step: it is the same one that is first each time, but
        // for a failure within a round trip.
        return DetectionBounds{std::min(own->lower, told->lower),
                               std::min(own->mean, told->mean),
                               std::min(own->upper, told->upper),
                               DetectionBounds::Shape::OTHER};
    }
    return FirstOf(*own, *told);
}

TcpScenarioLaw::Loss
TcpScenarioLaw::GetLoss(uint32_t end) const
{
    using Failure = TcpScenarioConfig::Failure;
    const bool own = m_config.failR1 == (end == END_R1); // it happens at this end
    switch (m_config.failure)
    {
    case Failure::SILENT:
    case Failure::LOOPBACK:
    case Failure::CARRIER: // of the routers, which tell nobody
        return {true, true, false};
    case Failure::ONE_WAY_TO_R1:
        return {end != END_R1, end == END_R1, false};
    case Failure::ONE_WAY_TO_R2:
        return {end == END_R1, end != END_R1, false};
    case Failure::CRASH:
        return own ? Loss{} : Loss{true, true, true};
    case Failure::NONE:
    case Failure::STALL: // TCP itself does not hang
    case Failure::DELAY_STEP:
    case Failure::SHUTDOWN:
    case Failure::BINDING_LOSS:
        break;
    }
    return {};
}

std::optional<DetectionBounds>
TcpScenarioLaw::GetOwn(uint32_t end) const
{
    const Loss loss = GetLoss(end);
    if (!GetEnd(end).keepalive || (!loss.outgoing && !loss.incoming))
    {
        return std::nullopt;
    }
    if (CountsProbes(end) && (!IsAlike() || !loss.incoming))
    {
        return std::nullopt;
    }
    // Answers in time, and not withheld because the one before was just now.
    const TcpKeepaliveLaw::Timers timers = GetTimers(GetEnd(end));
    const double answers =
        HasOctet(GetEnd(end))
            ? 0
            : NanoSeconds(GetProfile(GetEnd(1 - end)).answerInterval).GetSeconds();
    const TcpKeepaliveLaw law = MakeLaw(end, GetCrossing(end, loss));
    if (GetRoundTrip(end) >= std::min(timers.idle, timers.interval) || law.GetCycle() <= answers ||
        !law.IsDetected())
    {
        return std::nullopt;
    }
    return law.GetBounds();
}

double
TcpScenarioLaw::GetCrossing(uint32_t end, const Loss& loss) const
{
    const bool octet = HasOctet(GetEnd(end));
    const uint32_t probe = SEGMENT + (octet ? 1 : 0);
    const uint32_t answer = SEGMENT + (octet ? D_SACK : 0);
    if (loss.atPeer)
    {
        // What has left the peer arrives.
        return 2 * GetLanTime(probe) + GetLinkTime(probe) + GetLanTime(answer) -
               m_config.lanDelay.GetSeconds();
    }
    const bool delivered = m_config.inFlight == LinkCut::InFlight::DELIVERED;
    const double later = delivered ? m_config.linkDelay.GetSeconds() : 0;
    return (loss.incoming ? GetRoundTrip(end) - GetLanTime(answer)
                          : GetLanTime(probe) + GetLinkTime(probe)) -
           later;
}

TcpKeepaliveLaw
TcpScenarioLaw::MakeLaw(uint32_t end, double crossing) const
{
    using Rule = TcpKeepaliveDecision::Rule;
    const TcpKeepaliveProfile& profile = GetProfile(GetEnd(end));
    TcpKeepaliveLaw::Rule rule = TcpKeepaliveLaw::Rule::COUNT;
    switch (profile.rule)
    {
    case Rule::COUNT:
        break;
    case Rule::SILENCE:
        rule = TcpKeepaliveLaw::Rule::SILENCE;
        break;
    case Rule::BACKOFF:
        if (GetEnd(end).probes == 0)
        {
            rule = TcpKeepaliveLaw::Rule::BACKOFF;
        }
        break;
    }
    return TcpKeepaliveLaw(rule, GetTimers(GetEnd(end)), GetRoundTrip(end), crossing);
}

TcpKeepaliveLaw::Timers
TcpScenarioLaw::GetTimers(const TcpScenarioConfig::End& end)
{
    const TcpKeepaliveProfile& profile = GetProfile(end);
    TcpKeepaliveLaw::Timers timers;
    timers.idle = (end.idle.IsZero() ? NanoSeconds(profile.idle) : end.idle).GetSeconds();
    timers.interval =
        (end.interval.IsZero() ? NanoSeconds(profile.interval) : end.interval).GetSeconds();
    timers.probes = end.probes == 0 ? profile.probes : end.probes;
    timers.userTimeout = end.userTimeout.GetSeconds();
    timers.abortTime = NanoSeconds(profile.abortTime).GetSeconds();
    timers.longestInterval = NanoSeconds(profile.longestInterval).GetSeconds();
    return timers;
}

double
TcpScenarioLaw::GetCycle(uint32_t end) const
{
    return GetEnd(end).keepalive ? MakeLaw(end, 0).GetCycle() : 0;
}

double
TcpScenarioLaw::GetLongestDetection(uint32_t end) const
{
    const TcpKeepaliveLaw law = MakeLaw(end, 0);
    return GetEnd(end).keepalive && law.IsDetected() ? law.GetUpper() : 0;
}

Time
TcpScenarioLaw::GetSlack() const
{
    // The other end's probe and the answer to it may be in the way.
    double slack = ROUNDING + 2 * (GetLinkTime(SEGMENT + D_SACK) - m_config.linkDelay.GetSeconds() +
                                   GetLanTime(SEGMENT + D_SACK) - m_config.lanDelay.GetSeconds());
    if (CountsProbes(0) || CountsProbes(1))
    {
        // It is either the own probe that is answered last, or the peer's that arrives.
        slack += GetRoundTrip(0);
    }
    if (m_config.HasUsers())
    {
        // So may packets of users: in each direction one that is being sent, and one that came
        // meanwhile.
        const uint32_t packet = m_config.trafficPacketSize + IP_UDP;
        slack += 2 * 2 *
                 (GetLinkTime(packet) - m_config.linkDelay.GetSeconds() + GetLanTime(packet) -
                  m_config.lanDelay.GetSeconds());
    }
    return Seconds(slack);
}

const TcpScenarioConfig::End&
TcpScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

bool
TcpScenarioLaw::CountsProbes(uint32_t end) const
{
    const TcpScenarioConfig::End& peer = GetEnd(1 - end);
    return peer.keepalive && (GetProfile(GetEnd(end)).anySegmentIsLife || HasOctet(peer));
}

bool
TcpScenarioLaw::IsAlike() const
{
    const TcpScenarioConfig::End& a = m_config.r1;
    const TcpScenarioConfig::End& b = m_config.r2;
    return a.profile == b.profile && a.keepalive == b.keepalive && a.idle == b.idle &&
           a.interval == b.interval && a.probes == b.probes && a.userTimeout == b.userTimeout &&
           a.garbage == b.garbage;
}

double
TcpScenarioLaw::GetLanTime(uint32_t bytes) const
{
    return (bytes + FRAMING) * 8.0 / static_cast<double>(m_config.lanRate.GetBitRate()) +
           m_config.lanDelay.GetSeconds();
}

double
TcpScenarioLaw::GetLinkTime(uint32_t bytes) const
{
    return (bytes + FRAMING) * 8.0 / static_cast<double>(m_config.linkRate.GetBitRate()) +
           m_config.linkDelay.GetSeconds();
}

double
TcpScenarioLaw::GetRoundTrip(uint32_t end) const
{
    const bool octet = HasOctet(GetEnd(end));
    const uint32_t probe = SEGMENT + (octet ? 1 : 0);
    const uint32_t answer = SEGMENT + (octet ? D_SACK : 0);
    return 2 * GetLanTime(probe) + GetLinkTime(probe) + 2 * GetLanTime(answer) +
           GetLinkTime(answer);
}

} // namespace keepalive
} // namespace ns3
