/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-scenario-law.h"

#include "ns3/detection-law.h"
#include "ns3/sequence-gap-law.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;      //!< SerialScenario::R1
constexpr uint32_t HDLC_HEADER = 4; //!< bytes before SLARP
constexpr uint32_t PPP_ECHO = 12;   //!< bytes of frame header, LCP header and Magic-Number
constexpr uint32_t ECHO_DATA = 4;   //!< bytes more with Cisco IOS
constexpr uint32_t FLAG = 1;        //!< byte between two frames
constexpr uint32_t IP_UDP = 28;     //!< bytes of IP and UDP
constexpr uint32_t FRAME = 4;       //!< bytes of the header of a user frame, HDLC and PPP alike

} // namespace

SerialScenarioLaw::SerialScenarioLaw(const SerialScenarioConfig& config)
    : m_config(config)
{
}

std::optional<DetectionBounds>
SerialScenarioLaw::Get(uint32_t end) const
{
    const bool clean = !m_config.HasLoss() && m_config.load <= 0 && m_config.bitErrorRate <= 0 &&
                       (m_config.controlPriority || GetUtilisation() < 1);
    const bool lonely = m_config.schedule == FailurePlan::Schedule::ONCE ||
                        m_config.schedule == FailurePlan::Schedule::RANDOM;
    // Before the first keepalives were exchanged there is no last one for the law to start from:
    // with HDLC one that returns a number, which takes two intervals.
    const bool hdlc = m_config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC;
    const double settled = (hdlc ? 2 : 1) * std::max(GetInterval(0), GetInterval(1)) + 1;
    if (!clean || !lonely || GetEnd(end).interval.IsZero() ||
        m_config.failAt.GetSeconds() < settled)
    {
        return std::nullopt;
    }
    if (hdlc)
    {
        return GetHdlc(end);
    }
    std::optional<DetectionBounds> own = GetPpp(end);
    const Loss loss = GetLoss(end);
    if (loss.outgoing && !loss.incoming && !GetEnd(1 - end).interval.IsZero())
    {
        // The peer notices, too, and this end hears how it begins to negotiate anew.
        std::optional<DetectionBounds> told = GetPpp(1 - end);
        if (told)
        {
            const double oneWay = GetTransmission() + m_config.delay.GetSeconds();
            told->lower += oneWay;
            told->mean += oneWay;
            told->upper += oneWay;
            return own ? FirstOf(*own, *told) : told;
        }
    }
    return own;
}

SerialScenarioLaw::Loss
SerialScenarioLaw::GetLoss(uint32_t end) const
{
    using Failure = SerialScenarioConfig::Failure;
    const bool hdlc = m_config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC;
    const bool own = m_config.failR1 == (end == END_R1); // it happens at this end
    const bool delivered = m_config.inFlight == LinkCut::InFlight::DELIVERED;
    switch (m_config.failure)
    {
    case Failure::SILENT:
        return {true, true, delivered, false};
    case Failure::ONE_WAY_TO_R1:
        return {end != END_R1, end == END_R1, delivered, false};
    case Failure::ONE_WAY_TO_R2:
        return {end == END_R1, end != END_R1, delivered, false};
    case Failure::SHUTDOWN:
        // With PPP the peer is told. Either way a null modem cable tells it.
        return own || !hdlc || m_config.dtrDrivesCarrier ? Loss{} : Loss{true, true, true, true};
    case Failure::CRASH:
        return own || m_config.dtrDrivesCarrier ? Loss{} : Loss{true, true, true, true};
    case Failure::STALL:
        return own ? Loss{} : Loss{true, true, true, true};
    case Failure::LOOPBACK:
        return own ? Loss{} : Loss{true, true, false, false}; // who has the plug hears itself
    case Failure::NONE:
    case Failure::CARRIER:
    case Failure::DELAY_STEP:
    case Failure::BINDING_LOSS:
        break;
    }
    return {};
}

std::optional<DetectionBounds>
SerialScenarioLaw::GetHdlc(uint32_t end) const
{
    const Loss loss = GetLoss(end);
    const double own = GetInterval(end);
    const double peer = GetInterval(1 - end);
    const double propagation = m_config.delay.GetSeconds();
    const double delay = GetTransmission() + propagation;
    const bool outgoingOnly = loss.outgoing && !loss.incoming;
    const bool twins = GetEnd(0).interval == GetEnd(1).interval;
    if ((!loss.outgoing && !loss.incoming) || peer <= 0 || delay >= own / 2)
    {
        return std::nullopt;
    }
    const SequenceGapLaw law(static_cast<SequenceGapLaw::Rule>(m_config.hdlcRule),
                             own,
                             GetEnd(end).retries,
                             m_config.holdTime.GetSeconds(),
                             delay,
                             outgoingOnly ? SequenceGapLaw::Direction::OUTGOING_ONLY
                                          : SequenceGapLaw::Direction::BOTH);
    if (!law.IsDetected())
    {
        return std::nullopt;
    }
    // What had left when the sender was cut off is heard a little later than the law has it.
    const double later = loss.atSender ? propagation : 0;
    DetectionBounds bounds{law.GetLower() + later,
                           law.GetMean() + later,
                           law.GetUpper() + later,
                           DetectionBounds::Shape::OTHER};
    if (twins)
    {
        const bool drifting = own != peer;
        if (outgoingOnly && m_config.hdlcRule != HdlcNetDevice::LINUX)
        {
            bounds.shape = DetectionBounds::Shape::UNIFORM;
        }
        else if (!outgoingOnly && drifting)
        {
            bounds.shape = DetectionBounds::Shape::TRIANGULAR;
        }
        return bounds;
    }
    // Different timers: the last keepalive was heard up to one interval of the peer's ago, not one
    // of the own. Where that alone is too long, the line flaps without any failure.
    const bool linear =
        m_config.hdlcRule == HdlcNetDevice::IOS || m_config.hdlcRule == HdlcNetDevice::NOKIA ||
        m_config.hdlcRule == HdlcNetDevice::SPPP || m_config.hdlcRule == HdlcNetDevice::JUNOS;
    bounds.lower += own - peer;
    bounds.mean += (own - peer) / 2;
    if (outgoingOnly || !linear || bounds.lower <= 0)
    {
        return std::nullopt;
    }
    return bounds;
}

std::optional<DetectionBounds>
SerialScenarioLaw::GetPpp(uint32_t end) const
{
    const Loss loss = GetLoss(end);
    const double own = GetInterval(end);
    const double transmission = GetTransmission();
    const double oneWay = transmission + m_config.delay.GetSeconds();
    const double roundTrip = 2 * oneWay;
    if ((!loss.outgoing && !loss.incoming) || roundTrip >= own)
    {
        return std::nullopt;
    }
    // The last part of the round trip that the failure can still catch.
    double crossing = loss.incoming ? roundTrip : oneWay;
    if (loss.atPeer)
    {
        // A crash also stops the answer that is being sent; a stall only what is yet to be read.
        const bool crash = m_config.failure == SerialScenarioConfig::Failure::CRASH;
        crossing = crash ? oneWay + transmission : oneWay;
    }
    else if (loss.atSender)
    {
        crossing -= m_config.delay.GetSeconds();
    }
    uint32_t retries = GetEnd(end).retries;
    if (m_config.pppRule == PppNetDevice::LINUX)
    {
        // At a tick k intervals after the last request answered, if more than H has passed since
        // that answer: the first k above (H + RTT) / T.
        const double hold = m_config.holdTime.IsStrictlyPositive()
                                ? m_config.holdTime.GetSeconds()
                                : GetEnd(end).interval.GetSeconds() * retries;
        retries = static_cast<uint32_t>(std::floor((hold + roundTrip) / own));
    }
    const DetectionLaw law(DetectionLaw::Verdict::AT_NEXT_PROBE,
                           own,
                           retries,
                           0,
                           roundTrip,
                           crossing);
    DetectionBounds bounds = law.GetBounds();
    if (m_config.pppRule == PppNetDevice::PPPD_ADAPTIVE && m_config.HasUsers())
    {
        const double spacing = m_config.trafficPacketSize * 8.0 /
                               static_cast<double>(m_config.trafficRate.GetBitRate());
        if (!loss.incoming || m_config.failure == SerialScenarioConfig::Failure::STALL ||
            spacing >= own)
        {
            return std::nullopt; // traffic goes on, or is too rare to be there at every tick
        }
        // The first tick after the failure still finds traffic, and counting begins behind it: as
        // if an answer had arrived at that tick. Unless it failed before the first packet of the
        // interval: then it is the tick before.
        bounds.lower += own + crossing - spacing;
        bounds.mean += own + crossing - spacing / 2;
        bounds.upper += own + crossing;
    }
    return bounds;
}

const SerialScenarioConfig::End&
SerialScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

double
SerialScenarioLaw::GetInterval(uint32_t end) const
{
    const SerialScenarioConfig::End& which = GetEnd(end);
    return which.interval.GetSeconds() * (which.stretchMin + which.stretchMax) / 2;
}

double
SerialScenarioLaw::GetTransmission() const
{
    uint32_t bytes = GetFcsSize(m_config.fcs) + FLAG;
    if (m_config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC)
    {
        bytes += HDLC_HEADER + m_config.slarpSize;
    }
    else
    {
        bytes += PPP_ECHO + (m_config.pppRule == PppNetDevice::IOS ? ECHO_DATA : 0);
    }
    return bytes * 8.0 / static_cast<double>(m_config.clock.GetBitRate());
}

double
SerialScenarioLaw::GetUserBits() const
{
    return (m_config.trafficPacketSize + IP_UDP + FRAME + GetFcsSize(FCS_32) + FLAG) * 8.0;
}

double
SerialScenarioLaw::GetUtilisation() const
{
    return static_cast<double>(m_config.trafficRate.GetBitRate()) /
           (m_config.trafficPacketSize * 8.0) * GetUserBits() /
           static_cast<double>(m_config.clock.GetBitRate());
}

Time
SerialScenarioLaw::GetSlack() const
{
    double slack = 1e-6;
    double longest = 0;
    for (const uint32_t end : {0, 1})
    {
        // Each of the intervals of a detection may be as long as the timers allow.
        const SerialScenarioConfig::End& which = GetEnd(end);
        const double spread = which.interval.GetSeconds() * (which.stretchMax - which.stretchMin);
        slack += spread * (which.retries + 2);
        longest = std::max(longest, GetInterval(end));
    }
    if (GetEnd(0).interval == GetEnd(1).interval)
    {
        slack += std::abs(GetInterval(0) - GetInterval(1));
    }
    if (m_config.HasUsers())
    {
        // In each direction a keepalive may find packets of users before it: those that came while
        // one was being sent, and at most a queue full of them.
        const double waiting = GetUtilisation() < 1 ? 2 : m_config.queuePackets + 1;
        const double packet = GetUserBits() / static_cast<double>(m_config.clock.GetBitRate());
        slack += 2 * waiting * packet;
    }
    if (m_config.bitStuffing)
    {
        slack += 0.2 * 2 * GetTransmission();
    }
    return Seconds(slack);
}

} // namespace keepalive
} // namespace ns3
