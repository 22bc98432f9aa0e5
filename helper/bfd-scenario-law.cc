/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-scenario-law.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;        //!< BfdScenario::R1
constexpr uint32_t IP_UDP = 28;       //!< bytes of IP and UDP
constexpr uint32_t PACKET = 24;       //!< bytes of a control packet
constexpr uint32_t FRAMING = 2;       //!< bytes that a link adds
constexpr double LEAST_JITTER = 0.75; //!< of an interval, the shortest gap (RFC 5880 section 6.8.7)
constexpr double SLOW = 1;            //!< seconds between packets, at least, while not up
constexpr double CHANGE_INTERVALS = 3; //!< that a change of timers takes, of the longer ones
constexpr double EXCHANGES = 8;        //!< one-way times that either takes besides
constexpr double ROUNDING = 1e-6;      //!< seconds

} // namespace

BfdScenarioLaw::BfdScenarioLaw(const BfdScenarioConfig& config)
    : m_config(config)
{
}

std::optional<BfdLaw>
BfdScenarioLaw::Get(uint32_t end) const
{
    using Failure = ScenarioConfig::Failure;
    const BfdScenarioConfig& c = m_config;
    const double users = static_cast<double>(c.trafficRate.GetBitRate()) *
                         (c.trafficPacketSize + IP_UDP + FRAMING) / c.trafficPacketSize;
    const bool clean = !c.HasLoss() && c.load <= 0 &&
                       users + GetOwnRate() < static_cast<double>(c.linkRate.GetBitRate());
    const bool lonely =
        c.schedule == FailurePlan::Schedule::ONCE || c.schedule == FailurePlan::Schedule::RANDOM;
    const bool atR2 = c.failure == Failure::CRASH || c.failure == Failure::STALL;
    const uint32_t deaf = IsDeaf(end) ? end : 1 - end;
    if (!clean || !lonely || MeetsChange() || !IsDeaf(deaf) || (end != END_R1 && atR2))
    {
        return std::nullopt;
    }
    for (const uint32_t sender : {0U, 1U})
    {
        // One packet may wait behind those of users for longer than the session can spare.
        const BfdLaw direction(GetInterval(sender), GetEnd(sender).multiplier);
        if (direction.GetLower() <= GetSlack().GetSeconds())
        {
            return std::nullopt; // the session makes mistakes
        }
    }
    if (deaf != end && GetEnd(deaf).passive)
    {
        return std::nullopt; // it does not know any more who is to be told, and falls silent
    }
    const double told = deaf == end ? 0 : GetOneWay();
    const BfdLaw law(GetInterval(1 - deaf),
                     GetEnd(1 - deaf).multiplier,
                     GetDelayBehindFailure() + told);
    if (!c.failFor.IsZero() && law.GetUpper() >= c.failFor.GetSeconds())
    {
        return std::nullopt;
    }
    return law;
}

bool
BfdScenarioLaw::IsDeaf(uint32_t end) const
{
    using Failure = ScenarioConfig::Failure;
    switch (m_config.failure)
    {
    case Failure::SILENT:
    case Failure::LOOPBACK:
    case Failure::CARRIER: // BFD itself does not look at its interface
        return true;
    case Failure::STALL:
        return end == END_R1 && !m_config.offloaded;
    case Failure::ONE_WAY_TO_R1:
    case Failure::CRASH:
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
BfdScenarioLaw::GetDelayBehindFailure() const
{
    using Failure = ScenarioConfig::Failure;
    if (m_config.failure == Failure::STALL)
    {
        return GetOneWay(); // what was sent is on its way
    }
    const bool arrives =
        m_config.failure == Failure::CRASH || m_config.inFlight == LinkCut::InFlight::DELIVERED;
    return arrives ? m_config.linkDelay.GetSeconds() : 0;
}

Time
BfdScenarioLaw::GetSlack() const
{
    // A packet of the other end's state machine may be in the way, and one of each flow of users.
    uint32_t bytes = IP_UDP + PACKET + FRAMING;
    if (m_config.HasUsers())
    {
        bytes += 2 * (m_config.trafficPacketSize + IP_UDP + FRAMING);
    }
    return Seconds(ROUNDING) + m_config.linkRate.CalculateBytesTxTime(bytes);
}

double
BfdScenarioLaw::GetOwnRate() const
{
    double shortest = GetFirst().GetInterval(END_R1);
    for (const uint32_t end : {0U, 1U})
    {
        shortest = std::min({shortest, GetFirst().GetInterval(end), GetLast().GetInterval(end)});
    }
    return (IP_UDP + PACKET + FRAMING) * 8 / (LEAST_JITTER * shortest);
}

double
BfdScenarioLaw::GetInterval(uint32_t end) const
{
    return (IsChangedBefore() ? GetLast() : GetFirst()).GetInterval(end);
}

double
BfdScenarioLaw::GetLongestDetection(uint32_t end) const
{
    double times[2] = {0, 0}; // Detection Times
    for (const uint32_t deaf : {0U, 1U})
    {
        const uint32_t peer = 1 - deaf;
        times[deaf] = std::max(GetFirst().GetInterval(peer), GetLast().GetInterval(peer)) *
                      GetEnd(peer).multiplier;
    }
    // By its own timer, which a passive peer that falls silent leaves it to; or told by the peer.
    const double silent = GetEnd(1 - end).passive ? times[end] : 0;
    return std::max(times[end], times[1 - end] + silent) + 2 * GetOneWay();
}

double
BfdScenarioLaw::GetHandshake() const
{
    double longest = 0;
    for (const uint32_t end : {0U, 1U})
    {
        longest = std::max({longest, GetFirst().GetInterval(end), GetLast().GetInterval(end)});
    }
    // Until one end says something, and then until both have polled.
    return std::max(SLOW, longest) + longest + EXCHANGES * GetOneWay();
}

double
BfdScenarioLaw::Timers::GetInterval(uint32_t end) const
{
    return std::max(minTx[end], minRx[1 - end]);
}

BfdScenarioLaw::Timers
BfdScenarioLaw::GetFirst() const
{
    const BfdScenarioConfig& c = m_config;
    return {{c.r1.minTx.GetSeconds(), c.r2.minTx.GetSeconds()},
            {c.r1.minRx.GetSeconds(), c.r2.minRx.GetSeconds()}};
}

BfdScenarioLaw::Timers
BfdScenarioLaw::GetLast() const
{
    Timers timers = GetFirst();
    if (!m_config.renegotiateAt.IsZero())
    {
        timers.minTx[END_R1] = m_config.renegotiateTx.GetSeconds();
        timers.minRx[END_R1] = m_config.renegotiateRx.GetSeconds();
    }
    return timers;
}

bool
BfdScenarioLaw::IsChangedBefore() const
{
    return !m_config.renegotiateAt.IsZero() && m_config.renegotiateAt <= m_config.failAt;
}

bool
BfdScenarioLaw::MeetsChange() const
{
    if (m_config.renegotiateAt.IsZero())
    {
        return false;
    }
    const double failure = m_config.failAt.GetSeconds();
    const double change = m_config.renegotiateAt.GetSeconds();
    if (!IsChangedBefore())
    {
        // A single failure may be noticed by then.
        const double noticed = std::max(GetLongestDetection(0), GetLongestDetection(1));
        return m_config.schedule != FailurePlan::Schedule::ONCE || failure + noticed > change;
    }
    double longest = 0;
    for (const uint32_t end : {0U, 1U})
    {
        longest = std::max({longest, GetFirst().GetInterval(end), GetLast().GetInterval(end)});
    }
    return change + CHANGE_INTERVALS * longest + EXCHANGES * GetOneWay() > failure;
}

double
BfdScenarioLaw::GetOneWay() const
{
    return (m_config.linkDelay + m_config.linkRate.CalculateBytesTxTime(IP_UDP + PACKET + FRAMING))
        .GetSeconds();
}

const BfdScenarioConfig::End&
BfdScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

} // namespace keepalive
} // namespace ns3
