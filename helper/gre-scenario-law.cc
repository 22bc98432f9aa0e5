/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-scenario-law.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;       //!< GreScenario::R1
constexpr uint32_t PPP_OVERHEAD = 2; //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t IP_GRE = 24;      //!< bytes of IP and GRE without options
constexpr uint32_t GRE_OPTION = 4;   //!< bytes of each GRE option
constexpr uint32_t IP_UDP = 28;      //!< bytes of IP and UDP

/**
 * @brief How a verdict rule decides, as the law calls it.
 * @param rule the rule
 * @return the verdict
 */
DetectionLaw::Verdict
ToVerdict(KeepaliveProcess::VerdictRule rule)
{
    switch (rule)
    {
    case KeepaliveProcess::HUAWEI_SEND:
        return DetectionLaw::Verdict::AT_LAST_PROBE;
    case KeepaliveProcess::HOLD_TIME:
        return DetectionLaw::Verdict::AFTER_SILENCE;
    case KeepaliveProcess::CISCO:
    case KeepaliveProcess::HUAWEI_EXPIRY:
    case KeepaliveProcess::HOLD_TIME_AT_TICK: // not offered by tunnels
    case KeepaliveProcess::BY_OWNER:          // not offered by tunnels
        break;
    }
    return DetectionLaw::Verdict::AT_NEXT_PROBE;
}

} // namespace

GreScenarioLaw::GreScenarioLaw(const GreScenarioConfig& config)
    : m_config(config)
{
}

std::optional<DetectionLaw>
GreScenarioLaw::Get(uint32_t end) const
{
    const GreScenarioConfig::End& keepalive = end == END_R1 ? m_config.r1 : m_config.r2;
    const bool clean = !m_config.HasLoss() && m_config.load <= 0;
    const bool lonely = m_config.schedule == GreScenarioConfig::Schedule::ONCE ||
                        m_config.schedule == GreScenarioConfig::Schedule::RANDOM;
    const bool answered =
        end != END_R1 || (!m_config.dropPayloadToEncapsulator && !m_config.strictReversePath &&
                          !m_config.dropLocalSource);
    const std::optional<Time> crossing = GetCrossing(end);
    // Before the first answer there is no last answered keepalive for the law to start from.
    const bool settled = m_config.failAt >= keepalive.interval + GetRoundTrip(end);
    if (!clean || !lonely || !settled || !answered || !crossing || keepalive.interval.IsZero() ||
        GetRoundTrip(end) >= keepalive.interval)
    {
        return std::nullopt;
    }
    return DetectionLaw(ToVerdict(m_config.rule),
                        keepalive.interval.GetSeconds(),
                        keepalive.retries,
                        m_config.holdTime.GetSeconds(),
                        GetRoundTrip(end).GetSeconds(),
                        crossing->GetSeconds());
}

std::optional<Time>
GreScenarioLaw::GetCrossing(uint32_t end) const
{
    using Failure = GreScenarioConfig::Failure;
    const std::vector<Hop> hops = GetHops(end);
    const Time delay = m_config.linkDelay;
    const Time turn = hops[0].transmit + delay + hops[1].transmit + delay;

    bool towardR1 = false;
    bool towardR2 = false;
    switch (m_config.failure)
    {
    case Failure::CRASH:
    case Failure::SHUTDOWN:
        if (end != END_R1)
        {
            return std::nullopt; // it is R2 itself that fails
        }
        // A shut tunnel no longer turns keepalives around. A crash also stops what is being sent.
        return m_config.failure == Failure::CRASH ? turn + hops[2].transmit : turn;
    case Failure::SILENT:
    case Failure::CARRIER:
    case Failure::LOOPBACK: // who hears himself hears no peer
        towardR1 = towardR2 = true;
        break;
    case Failure::ONE_WAY_TO_R1:
        towardR1 = true;
        break;
    case Failure::ONE_WAY_TO_R2:
        towardR2 = true;
        break;
    case Failure::NONE:
    case Failure::STALL:
    case Failure::BINDING_LOSS: // not offered for tunnels
    case Failure::DELAY_STEP:
        return std::nullopt;
    }

    // The last hop that passes the cut decides: a keepalive that has it behind it returns.
    Time passed;
    std::optional<Time> crossing;
    for (const auto& hop : hops)
    {
        passed += hop.transmit;
        const Time left = passed;
        passed += delay;
        if (hop.coreR2 == m_config.failCoreR2 && (hop.towardR2 ? towardR2 : towardR1))
        {
            crossing = m_config.inFlight == LinkCut::InFlight::LOST ? passed : left;
        }
    }
    return crossing;
}

std::vector<GreScenarioLaw::Hop>
GreScenarioLaw::GetHops(uint32_t end) const
{
    const uint32_t options =
        (m_config.keys.empty() ? 0 : GRE_OPTION) + (m_config.checksum ? GRE_OPTION : 0);
    const uint32_t returned = IP_GRE + options;
    const uint32_t request =
        returned + IP_GRE + options + (m_config.sequenceNumbers ? GRE_OPTION : 0);
    const Time out = m_config.linkRate.CalculateBytesTxTime(request + PPP_OVERHEAD);
    const Time back = m_config.linkRate.CalculateBytesTxTime(returned + PPP_OVERHEAD);
    if (end == END_R1)
    {
        return {{false, true, out}, {true, true, out}, {true, false, back}, {false, false, back}};
    }
    return {{true, false, out}, {false, false, out}, {false, true, back}, {true, true, back}};
}

Time
GreScenarioLaw::GetRoundTrip(uint32_t end) const
{
    Time sum;
    for (const auto& hop : GetHops(end))
    {
        sum += hop.transmit + m_config.linkDelay;
    }
    return sum;
}

Time
GreScenarioLaw::GetSlack() const
{
    if (!m_config.HasUsers() && m_config.keys.size() < 2)
    {
        return MicroSeconds(1);
    }
    // On each of four hops a keepalive may find a packet of each flow, and keepalives of the other
    // tunnels, before it.
    const uint32_t others = static_cast<uint32_t>(m_config.keys.size()) * 2 * 2 * IP_GRE;
    const uint32_t bytes =
        2 * (m_config.trafficPacketSize + IP_UDP + IP_GRE + 3 * GRE_OPTION + PPP_OVERHEAD) + others;
    return m_config.linkRate.CalculateBytesTxTime(bytes) * 4;
}

} // namespace keepalive
} // namespace ns3
