/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-scenario.h"

#include "serial-helper.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t CROSS_SIZE = 200; //!< bytes of an IP packet of cross-traffic: 26 ms at 64 kbit/s
constexpr uint32_t FRAMING = 7;      //!< bytes that the line adds: header, FCS-16, flag
constexpr double NEGOTIATION = 10;   //!< seconds that PPP may take to end a link and begin another

/**
 * @brief The longest time that either end may take to notice an outage, or a little longer.
 * @param config the configuration
 * @return seconds
 */
double
GetLongestDetection(const SerialScenarioConfig& config)
{
    double longest = 0;
    for (const auto& end : {config.r1, config.r2})
    {
        const double interval = end.interval.GetSeconds() * std::max(1.0, end.stretchMax);
        longest = std::max(longest, interval * (end.retries + 2.0));
        longest = std::max(longest, config.holdTime.GetSeconds() + 2 * interval);
    }
    return longest;
}

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const SerialScenarioConfig& config)
{
    FailurePlan::Needs needs = FailurePlan::Needs::OfProbing(config.r1.interval,
                                                             config.r2.interval,
                                                             GetLongestDetection(config));
    if (config.encapsulation == SerialScenarioConfig::Encapsulation::PPP)
    {
        needs.recovery += NEGOTIATION;
    }
    else
    {
        needs.recovery += std::max(config.r1.interval, config.r2.interval).GetSeconds() *
                          (std::max(1U, config.upCount) - 1);
    }
    return needs;
}

} // namespace

SerialScenario::SerialScenario(const SerialScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    m_recorder.Watch(GetEnd(R1), "R1");
    m_recorder.Watch(GetEnd(R2), "R2");
    BuildLoss(m_config, m_net.line);
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(SerialTopology::R1),
                       m_net.nodes.Get(SerialTopology::R2),
                       "10.0.0.2",
                       m_config.clock,
                       CROSS_SIZE,
                       FRAMING});
    BuildFailures(m_config, MakeTarget(m_config, GetFailurePoints()), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(SerialTopology::H1), "10.1.0.1", "R1"},
                 {m_net.nodes.Get(SerialTopology::H2), "10.2.0.2", "R2"});
}

std::optional<std::string>
SerialScenario::Check(const SerialScenarioConfig& config)
{
    if (config.clock.GetBitRate() < SerialNetDevice::MIN_CLOCK_RATE)
    {
        std::ostringstream wrong;
        wrong << "a clock rate of " << config.clock.GetBitRate() << " bit/s: must be "
              << SerialNetDevice::MIN_CLOCK_RATE << " bit/s or more";
        return wrong.str();
    }
    for (const auto& end : {config.r1, config.r2})
    {
        if (end.stretchMin > end.stretchMax || end.stretchMin <= 0)
        {
            return "a stretch of the interval from " + std::to_string(end.stretchMin) + " to " +
                   std::to_string(end.stretchMax) + ": must grow, from above 0";
        }
        if (config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC &&
            config.hdlcRule == HdlcNetDevice::NOKIA && end.retries < 2)
        {
            return "1 retry with the rule nokia: the line would be down for ever; must be 2 or "
                   "more";
        }
    }
    if (config.failure == SerialScenarioConfig::Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    return config.Check(GetTargetName(config),
                        config.failure != SerialScenarioConfig::Failure::NONE,
                        GetNeeds(config));
}

// ---- failures ----

std::string
SerialScenario::GetTargetName(const SerialScenarioConfig& config)
{
    const std::string router = config.failR1 ? "R1" : "R2";
    const std::string interface = router + ":" + (config.failR1 ? config.r1.name : config.r2.name);
    return ChooseTargetName(config.failure, "R1-R2", router, interface);
}

SerialScenario::FailurePoints
SerialScenario::GetFailurePoints() const
{
    Ptr<NetDevice> failing = GetEnd(m_config.failR1 ? R1 : R2);
    return {GetTargetName(m_config), GetEnd(R1), GetEnd(R2), failing, failing->GetNode()};
}

// ---- what it is made of ----

void
SerialScenario::EnablePcap(const std::string& prefix)
{
    SerialHelper serial;
    serial.EnablePcap(prefix + "-r1.pcap", GetEnd(R1), true, true);
    serial.EnablePcap(prefix + "-r2.pcap", GetEnd(R2), true, true);
}

Ptr<SerialNetDevice>
SerialScenario::GetEnd(uint32_t end) const
{
    return DynamicCast<SerialNetDevice>(m_net.line.Get(end));
}

const SerialScenarioConfig&
SerialScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
