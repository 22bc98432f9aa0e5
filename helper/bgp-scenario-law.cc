/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-scenario-law.h"

#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-retransmission-limit.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;        //!< BgpScenario::R1
constexpr uint32_t IP_TCP = 52;       //!< bytes of IP and TCP, with time stamps
constexpr uint32_t KEEPALIVE = 19;    //!< bytes of the message
constexpr uint32_t HOLD_EXPIRED = 21; //!< bytes of the NOTIFICATION
constexpr uint32_t FRAMING = 2;       //!< bytes that a link adds
constexpr uint32_t IP_UDP = 28;       //!< bytes of IP and UDP
constexpr double ROUND_TRIPS = 20;    //!< that a handshake and its routes take at most
constexpr double PREFIX = 70;         //!< bytes of UPDATEs for each prefix, at most
constexpr double SYN_TIMEOUT = 7;     //!< seconds for two SYNs that meet nobody, at most
constexpr double ROUNDING = 1e-6;     //!< seconds

/**
 * @brief Jitter as the law has it.
 * @param jitter jitter as a profile has it
 * @return the same
 */
BgpLaw::Jitter
ToLaw(const BgpProfile::Jitter& jitter)
{
    return {jitter.low, jitter.high};
}

} // namespace

BgpScenarioLaw::BgpScenarioLaw(const BgpScenarioConfig& config)
    : m_config(config)
{
}

std::optional<BgpLaw>
BgpScenarioLaw::Get(uint32_t end) const
{
    const BgpScenarioConfig& c = m_config;
    const bool clean = !c.HasLoss() && c.load <= 0;
    const bool lonely =
        c.schedule == FailurePlan::Schedule::ONCE || c.schedule == FailurePlan::Schedule::RANDOM;
    const uint32_t deaf = IsDeaf(end) ? end : 1 - end;
    if (!clean || !lonely || GetHoldTime() == 0 || !IsDeaf(deaf))
    {
        return std::nullopt;
    }
    const bool atR2 =
        c.failure == ScenarioConfig::Failure::CRASH || c.failure == ScenarioConfig::Failure::STALL;
    if (end != END_R1 && atR2)
    {
        return std::nullopt; // it is R2 itself that fails
    }
    const double delay = GetDelayBehindFailure();
    BgpLaw law = MakeLaw(deaf, delay);
    if (deaf != end)
    {
        // Between its last KEEPALIVE and its NOTIFICATION the peer is silent, too.
        const double words =
            GetProfile(GetEnd(deaf)).notificationDelay + GetOneWay(IP_TCP + HOLD_EXPIRED);
        if (MakeLaw(end, 0).GetLower() <= words)
        {
            return std::nullopt;
        }
        law = MakeLaw(deaf, delay + words);
    }
    const double repaired = c.failFor.IsZero() ? law.GetUpper() + 1 : c.failFor.GetSeconds();
    if (MakeLaw(end, 0).GetLower() <= 0 || law.GetUpper() >= std::min(repaired, GetShortestTcp()))
    {
        return std::nullopt;
    }
    return law;
}

bool
BgpScenarioLaw::IsDeaf(uint32_t end) const
{
    using Failure = ScenarioConfig::Failure;
    switch (m_config.failure)
    {
    case Failure::SILENT:
    case Failure::LOOPBACK:
        return true;
    case Failure::CARRIER:
        return !m_config.fastFallover; // else it is seen
    case Failure::ONE_WAY_TO_R1:
    case Failure::CRASH:
    case Failure::STALL:
        return end == END_R1;
    case Failure::ONE_WAY_TO_R2:
        return end != END_R1;
    case Failure::NONE:
    case Failure::SHUTDOWN: // it is told
    case Failure::DELAY_STEP:
    case Failure::BINDING_LOSS:
        break;
    }
    return false;
}

double
BgpScenarioLaw::GetDelayBehindFailure() const
{
    using Failure = ScenarioConfig::Failure;
    if (m_config.failure == Failure::STALL)
    {
        return GetOneWay(IP_TCP + KEEPALIVE); // TCP still delivers what it was given
    }
    const bool arrives =
        m_config.failure == Failure::CRASH || m_config.inFlight == LinkCut::InFlight::DELIVERED;
    return arrives ? m_config.linkDelay.GetSeconds() : 0;
}

BgpLaw
BgpScenarioLaw::MakeLaw(uint32_t end, double delay) const
{
    const BgpProfile& own = GetProfile(GetEnd(end));
    const BgpProfile& peer = GetProfile(GetEnd(1 - end));
    return BgpLaw(GetKeepaliveTime(1 - end),
                  ToLaw(peer.keepaliveJitter),
                  own.GetHoldTimeout(GetHoldTime()),
                  ToLaw(own.holdJitter),
                  delay,
                  BgpProfile::SHORTEST_KEEPALIVE_TIME);
}

double
BgpScenarioLaw::GetShortestTcp() const
{
    const BgpScenarioConfig::Tcp& tcp = m_config.tcp;
    const TcpKeepaliveProfile& profile = *TcpKeepaliveProfile::Find(tcp.profile);
    const TcpRetransmissionLimit::Settings limit = profile.GetRetransmissionLimit();
    const int64_t first = tcp.rtoMin.IsZero() ? limit.shortest : tcp.rtoMin.GetNanoSeconds();
    double shortest =
        limit.rule == TcpRetransmissionLimit::Rule::TIME
            ? NanoSeconds(limit.time).GetSeconds()
            : NanoSeconds(TcpRetransmissionLimit::GetModelTime(limit.retries,
                                                               first,
                                                               std::max(first, limit.longest)))
                  .GetSeconds();
    if (tcp.userTimeout.IsStrictlyPositive())
    {
        shortest = std::min(shortest, tcp.userTimeout.GetSeconds());
    }
    if (tcp.keepalive)
    {
        const Time interval = tcp.interval.IsZero() ? NanoSeconds(profile.interval) : tcp.interval;
        const uint32_t probes = tcp.probes == 0 ? profile.probes : tcp.probes;
        // The silence before the first probe may have begun before the failure.
        shortest = std::min(shortest, interval.GetSeconds() * probes);
    }
    return shortest;
}

Time
BgpScenarioLaw::GetSlack() const
{
    // An acknowledgment may be in the way, and from each flow of users one packet.
    uint32_t bytes = IP_TCP + KEEPALIVE + FRAMING;
    if (m_config.HasUsers())
    {
        bytes += 2 * (m_config.trafficPacketSize + IP_UDP + FRAMING);
    }
    return Seconds(ROUNDING) + m_config.linkRate.CalculateBytesTxTime(bytes);
}

uint16_t
BgpScenarioLaw::GetHoldTime() const
{
    return NegotiateHoldTime(GetProposal(m_config.r1), GetProposal(m_config.r2)).value_or(0);
}

double
BgpScenarioLaw::GetKeepaliveTime(uint32_t end) const
{
    const BgpScenarioConfig::End& own = GetEnd(end);
    const BgpProfile& profile = GetProfile(own);
    double wanted = own.holdTime.IsStrictlyNegative() ? profile.keepaliveTime : 0; // a third
    if (!own.keepaliveTime.IsStrictlyNegative())
    {
        wanted = own.keepaliveTime.GetSeconds();
    }
    return profile.GetKeepaliveTime(wanted, GetProposal(own), GetHoldTime());
}

double
BgpScenarioLaw::GetMeanInterval(uint32_t end) const
{
    return GetHoldTime() == 0 ? 0 : MakeLaw(1 - end, 0).GetMeanInterval();
}

bool
BgpScenarioLaw::IsJittered(uint32_t end) const
{
    const BgpProfile::Jitter& jitter = GetProfile(GetEnd(end)).keepaliveJitter;
    return jitter.low != jitter.high;
}

double
BgpScenarioLaw::GetLongestDetection(uint32_t end) const
{
    const BgpScenarioConfig::Tcp& tcp = m_config.tcp;
    const double oneWay = GetOneWay(IP_TCP + KEEPALIVE);
    if (GetHoldTime() > 0)
    {
        const double words = std::max(GetProfile(m_config.r1).notificationDelay,
                                      GetProfile(m_config.r2).notificationDelay);
        return std::max(MakeLaw(end, 0).GetUpper(), MakeLaw(1 - end, words).GetUpper()) +
               2 * oneWay;
    }
    if (!tcp.keepalive)
    {
        return 0;
    }
    const TcpKeepaliveProfile& profile = *TcpKeepaliveProfile::Find(tcp.profile);
    const Time idle = tcp.idle.IsZero() ? NanoSeconds(profile.idle) : tcp.idle;
    const Time interval = tcp.interval.IsZero() ? NanoSeconds(profile.interval) : tcp.interval;
    const uint32_t probes = tcp.probes == 0 ? profile.probes : tcp.probes;
    return idle.GetSeconds() + interval.GetSeconds() * probes + 2 * oneWay;
}

double
BgpScenarioLaw::GetLongestRecovery() const
{
    double longest = 0;
    for (const auto& end : {m_config.r1, m_config.r2})
    {
        const BgpProfile& profile = GetProfile(end);
        longest = std::max(longest,
                           profile.idleHoldTime * profile.idleHoldJitter.high +
                               profile.connectRetryTime * profile.connectRetryJitter.high);
    }
    return longest + SYN_TIMEOUT + GetHandshake();
}

double
BgpScenarioLaw::GetHandshake() const
{
    const double table =
        m_config.prefixes * PREFIX * 8 / static_cast<double>(m_config.linkRate.GetBitRate());
    return 1 + ROUND_TRIPS * 2 * GetOneWay(IP_TCP + KEEPALIVE) +
           2 * m_config.advertisementInterval.GetSeconds() + 3 * table;
}

double
BgpScenarioLaw::GetOneWay(uint32_t bytes) const
{
    return (m_config.linkDelay + m_config.linkRate.CalculateBytesTxTime(bytes + FRAMING))
        .GetSeconds();
}

const BgpScenarioConfig::End&
BgpScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

const BgpProfile&
BgpScenarioLaw::GetProfile(const BgpScenarioConfig::End& end)
{
    return *BgpProfile::Find(end.profile);
}

uint16_t
BgpScenarioLaw::GetProposal(const BgpScenarioConfig::End& end)
{
    return end.holdTime.IsStrictlyNegative() ? GetProfile(end).holdTime
                                             : static_cast<uint16_t>(end.holdTime.GetSeconds());
}

} // namespace keepalive
} // namespace ns3
