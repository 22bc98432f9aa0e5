/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-scenario-law.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;      //!< DpdScenario::R1
constexpr uint32_t ISAKMP = 28;     //!< bytes of the ISAKMP header
constexpr uint32_t PAYLOAD = 4;     //!< bytes of a payload's header
constexpr uint32_t NOTIFY = 32;     //!< bytes of an R-U-THERE payload, its header included
constexpr uint32_t MARKER = 4;      //!< bytes before IKE on UDP 4500
constexpr uint32_t ESP = 8;         //!< bytes of an ESP header
constexpr uint32_t IP_UDP = 28;     //!< bytes of IP and UDP
constexpr uint32_t FRAMING = 2;     //!< bytes that a link adds
constexpr uint16_t NAT_PORT = 4500; //!< UDP port of NAT traversal
constexpr double NS = 1e9;          //!< nanoseconds in a second
constexpr double ROUNDING = 1e-6;   //!< seconds

/**
 * @brief A time as profiles have it.
 * @param time the time, or none
 * @return nanoseconds, or none
 */
std::optional<int64_t>
ToNanoSeconds(const std::optional<Time>& time)
{
    return time ? std::optional<int64_t>(time->GetNanoSeconds()) : std::nullopt;
}

} // namespace

DpdScenarioLaw::DpdScenarioLaw(const DpdScenarioConfig& config)
    : m_config(config)
{
}

std::optional<DetectionBounds>
DpdScenarioLaw::Get(uint32_t end) const
{
    const DpdScenarioConfig& c = m_config;
    const double user = static_cast<double>(c.trafficRate.GetBitRate()) *
                        (c.trafficPacketSize + IP_UDP + FRAMING) / c.trafficPacketSize;
    const bool clean = !c.HasLoss() && c.load <= 0 &&
                       user < static_cast<double>(c.linkRate.GetBitRate()) &&
                       user < static_cast<double>(c.lanRate.GetBitRate());
    const bool lonely =
        c.schedule == FailurePlan::Schedule::ONCE || c.schedule == FailurePlan::Schedule::RANDOM;
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    const Loss loss = GetLoss(end);
    if (!clean || !lonely || !GetEnd(end).dpd || (!loss.outgoing && !loss.incoming))
    {
        return std::nullopt;
    }
    const DpdScenarioConfig::End& peer = GetEnd(1 - end);
    if (!loss.incoming && (peer.dpd || peer.dataPeriod.IsStrictlyPositive()))
    {
        return std::nullopt;
    }
    const double shortest =
        s.rule == DpdDecision::Rule::SILENCE || s.rule == DpdDecision::Rule::REQUEST_TIME
            ? s.delay / NS
            : std::min(s.delay, s.retry) / NS;
    if (GetRoundTrip() >= shortest || c.failAt.GetSeconds() < s.delay / NS)
    {
        return std::nullopt;
    }
    return GetDataHeard(end) > 0 ? GetWithData(end, loss) : GetWithoutData(end, loss);
}

std::optional<DetectionBounds>
DpdScenarioLaw::GetWithData(uint32_t end, const Loss& loss) const
{
    // The data of a gateway whose IKE process hangs still flows.
    const bool flows = m_config.failure == DpdScenarioConfig::Failure::STALL;
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    const double heard = GetDataHeard(end);
    if (s.pace != DpdDecision::Pace::SILENCE)
    {
        // It asks anyway; but data that flows answers.
        return flows && !s.onlyAnswer ? std::nullopt : GetWithoutData(end, loss);
    }
    if (flows || !IsQuiet(end) || s.slack > 0 || s.fullRecheck)
    {
        return std::nullopt;
    }
    // Requests of the peer count, too; it must not send any.
    if (GetEnd(1 - end).dpd && !IsQuiet(1 - end))
    {
        return std::nullopt;
    }
    DpdLaw::Timers timers = MakeLaw(end).GetTimers();
    if (s.onDemand)
    {
        // Both send at the same times: the request goes with a packet of its own.
        const double period = GetEnd(end).dataPeriod.GetSeconds();
        if (period != heard || s.rule == DpdDecision::Rule::SILENCE)
        {
            return std::nullopt;
        }
        const double late = GetRoundTrip() / 2;
        timers.delay = period * std::ceil((timers.delay + late) / period) - late;
        timers.dataPeriod = 0;
    }
    return DpdLaw(MakeLaw(end).GetRule(), timers, GetRoundTrip())
        .GetBoundsWithLife(heard, GetTransit(loss, GetDataSize()));
}

std::optional<DetectionBounds>
DpdScenarioLaw::GetWithoutData(uint32_t end, const Loss& loss) const
{
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    const DpdLaw own = MakeLaw(end, GetCrossing(loss));
    if (!own.IsDetected() || (s.onDemand && GetEnd(end).dataPeriod.IsZero()))
    {
        return std::nullopt;
    }
    // A peer that asks is heard.
    const bool asks = GetCycle(1 - end) > 0 && !IsQuiet(1 - end);
    if (s.pace != DpdDecision::Pace::SILENCE || !asks || !loss.incoming || IsAlike())
    {
        return own.GetBounds();
    }
    if (GetSettings(GetEnd(1 - end)).pace == DpdDecision::Pace::SILENCE &&
        GetDataHeard(1 - end) > 0)
    {
        return std::nullopt; // the data of this end puts its requests off, now and then
    }
    const double heard = GetCycle(1 - end);
    const double delay = s.delay / NS;
    const bool answered = GetSettings(GetEnd(1 - end)).pace != DpdDecision::Pace::SILENCE;
    if (heard <= delay && !s.onDemand && s.slack == 0)
    {
        return own.GetBoundsWithLife(heard, GetTransit(loss, GetMessageSize()));
    }
    // It asks more often itself, and its peer does not as long as it hears that.
    const bool quiet = !answered && GetCycle(end) <= GetSettings(GetEnd(1 - end)).delay / NS;
    return quiet ? std::optional<DetectionBounds>(own.GetBounds()) : std::nullopt;
}

DpdScenarioLaw::Loss
DpdScenarioLaw::GetLoss(uint32_t end) const
{
    using Failure = DpdScenarioConfig::Failure;
    const bool own = m_config.failR1 == (end == END_R1); // it happens at this end
    switch (m_config.failure)
    {
    case Failure::SILENT:
    case Failure::CARRIER:  // of the routers, which tell nobody
    case Failure::LOOPBACK: // between them, so that packets die there
        return {true, true, false};
    case Failure::ONE_WAY_TO_R1:
        return {end != END_R1, end == END_R1, false};
    case Failure::ONE_WAY_TO_R2:
        return {end == END_R1, end != END_R1, false};
    case Failure::CRASH:
    case Failure::STALL:
        return own ? Loss{} : Loss{true, true, true};
    case Failure::NONE:
    case Failure::DELAY_STEP:
    case Failure::SHUTDOWN:
    case Failure::BINDING_LOSS:
        break;
    }
    return {};
}

double
DpdScenarioLaw::GetCrossing(const Loss& loss) const
{
    const uint32_t size = GetMessageSize();
    if (loss.atPeer)
    {
        // What has left the peer arrives.
        return 3 * GetLanTime(size) + GetLinkTime(size) - m_config.lanDelay.GetSeconds();
    }
    const bool delivered = m_config.inFlight == LinkCut::InFlight::DELIVERED;
    const double later = delivered ? m_config.linkDelay.GetSeconds() : 0;
    return (loss.incoming ? GetRoundTrip() - GetLanTime(size)
                          : GetLanTime(size) + GetLinkTime(size)) -
           later;
}

double
DpdScenarioLaw::GetTransit(const Loss& loss, uint32_t bytes) const
{
    if (loss.atPeer)
    {
        return m_config.lanDelay.GetSeconds() + GetLinkTime(bytes) + GetLanTime(bytes);
    }
    const bool delivered = m_config.inFlight == LinkCut::InFlight::DELIVERED;
    return GetLanTime(bytes) + (delivered ? m_config.linkDelay.GetSeconds() : 0);
}

DpdLaw
DpdScenarioLaw::MakeLaw(uint32_t end, double crossing) const
{
    using Rule = DpdDecision::Rule;
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    DpdLaw::Timers timers;
    timers.delay = s.delay / NS;
    timers.clocked = s.pace == DpdDecision::Pace::CLOCK;
    timers.slack = s.slack / NS;
    timers.dataPeriod = s.onDemand ? GetEnd(end).dataPeriod.GetSeconds() : 0;
    timers.retry = s.retry / NS;
    timers.requests = s.retries + 1;
    timers.finalWait = s.finalWait;
    timers.base = s.base;
    timers.limit = s.timeout / NS;
    DpdLaw::Rule rule = DpdLaw::Rule::COUNT;
    switch (s.rule)
    {
    case Rule::COUNT:
        break;
    case Rule::BACKOFF:
        rule = DpdLaw::Rule::BACKOFF;
        break;
    case Rule::DOUBLING:
        rule = DpdLaw::Rule::DOUBLING;
        break;
    case Rule::SILENCE:
        rule = DpdLaw::Rule::SILENCE;
        break;
    case Rule::REQUEST_TIME:
        rule = DpdLaw::Rule::REQUEST_TIME;
        break;
    }
    return DpdLaw(rule, timers, GetRoundTrip(), crossing);
}

DpdDecision::Settings
DpdScenarioLaw::GetSettings(const DpdScenarioConfig::End& end)
{
    DpdProfile::Choices choices;
    choices.delay = ToNanoSeconds(end.delay);
    choices.retry = ToNanoSeconds(end.retry);
    choices.retries = end.retries;
    choices.base = end.base;
    choices.timeout = ToNanoSeconds(end.timeout);
    choices.retransmitTimeout = ToNanoSeconds(end.retransmitTimeout);
    choices.finalWait = end.finalWait;
    choices.onDemand = end.onDemand;
    return DpdProfile::Find(end.profile)->Configure(choices);
}

const IkeCipherSuite*
DpdScenarioLaw::GetSuite(const DpdScenarioConfig& config)
{
    const DpdProfile* profile = DpdProfile::Find(config.r1.profile);
    return IkeCipherSuite::Find(config.cipher.empty() ? profile->suite : config.cipher,
                                profile->ikeVersion);
}

double
DpdScenarioLaw::GetCycle(uint32_t end) const
{
    const bool needsData = GetSettings(GetEnd(end)).onDemand;
    const bool asks = GetEnd(end).dpd && (!needsData || !GetEnd(end).dataPeriod.IsZero());
    return asks ? MakeLaw(end).GetCycle() : 0;
}

double
DpdScenarioLaw::GetLongestDetection(uint32_t end) const
{
    const DpdLaw law = MakeLaw(end);
    if (GetCycle(end) <= 0 || !law.IsDetected())
    {
        return 0;
    }
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    const double recheck = s.fullRecheck ? s.delay / NS : 0;
    const double data = s.onDemand ? GetEnd(end).dataPeriod.GetSeconds() : 0;
    return s.delay / NS + GetRoundTrip() + law.GetSeries() + recheck + data;
}

Time
DpdScenarioLaw::GetSlack() const
{
    // The other end's messages may be in the way.
    const uint32_t message = std::max(GetMessageSize(), GetDataSize());
    const auto sending = [this](uint32_t bytes) {
        return GetLinkTime(bytes) - m_config.linkDelay.GetSeconds() + GetLanTime(bytes) -
               m_config.lanDelay.GetSeconds();
    };
    double slack = ROUNDING + 2 * sending(message);
    if (m_config.r1.dpd && m_config.r2.dpd)
    {
        // It is either the own request that is answered last, or the peer's that arrives.
        slack += GetRoundTrip();
    }
    if (m_config.HasUsers())
    {
        // So may packets of users: in each direction one that is being sent, and one that came
        // meanwhile.
        slack += 2 * 2 * sending(m_config.trafficPacketSize + IP_UDP);
    }
    return Seconds(slack);
}

bool
DpdScenarioLaw::IsQuiet(uint32_t end) const
{
    const DpdDecision::Settings s = GetSettings(GetEnd(end));
    const double heard = GetDataHeard(end);
    return s.pace == DpdDecision::Pace::SILENCE && heard > 0 && heard < (s.delay - s.slack) / NS;
}

double
DpdScenarioLaw::GetDataHeard(uint32_t end) const
{
    const DpdProfile& profile = *DpdProfile::Find(GetEnd(end).profile);
    const bool counts = GetSettings(GetEnd(end)).dataIsLife &&
                        (m_config.encapsulation != NAT_PORT || profile.dataIsLifeBehindNat);
    return counts ? GetEnd(1 - end).dataPeriod.GetSeconds() : 0;
}

bool
DpdScenarioLaw::IsAlike() const
{
    const DpdScenarioConfig::End& a = m_config.r1;
    const DpdScenarioConfig::End& b = m_config.r2;
    return a.profile == b.profile && a.dpd == b.dpd && a.delay == b.delay && a.retry == b.retry &&
           a.retries == b.retries && a.base == b.base && a.timeout == b.timeout &&
           a.retransmitTimeout == b.retransmitTimeout && a.finalWait == b.finalWait &&
           a.onDemand == b.onDemand && a.dataPeriod == b.dataPeriod;
}

const DpdScenarioConfig::End&
DpdScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

uint32_t
DpdScenarioLaw::GetMessageSize() const
{
    const IkeCipherSuite& suite = *GetSuite(m_config);
    uint32_t octets = ISAKMP + IP_UDP + (m_config.encapsulation == NAT_PORT ? MARKER : 0);
    const auto padded = [&suite](uint32_t size) {
        return (size + suite.block - 1) / suite.block * suite.block;
    };
    if (suite.ikeVersion == 1)
    {
        octets += padded(PAYLOAD + suite.hash + NOTIFY);
    }
    else if (suite.encrypts)
    {
        octets += PAYLOAD + suite.iv + padded(1) + suite.icv;
    }
    return octets;
}

uint32_t
DpdScenarioLaw::GetDataSize() const
{
    const bool data = !m_config.r1.dataPeriod.IsZero() || !m_config.r2.dataPeriod.IsZero();
    return data ? m_config.dataSize + ESP + IP_UDP : 0;
}

double
DpdScenarioLaw::GetLanTime(uint32_t bytes) const
{
    return (bytes + FRAMING) * 8.0 / static_cast<double>(m_config.lanRate.GetBitRate()) +
           m_config.lanDelay.GetSeconds();
}

double
DpdScenarioLaw::GetLinkTime(uint32_t bytes) const
{
    return (bytes + FRAMING) * 8.0 / static_cast<double>(m_config.linkRate.GetBitRate()) +
           m_config.linkDelay.GetSeconds();
}

double
DpdScenarioLaw::GetRoundTrip() const
{
    const uint32_t size = GetMessageSize();
    return 2 * (2 * GetLanTime(size) + GetLinkTime(size));
}

} // namespace keepalive
} // namespace ns3
