/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-scenario.h"

#include "gre-tunnel-helper.h"
#include "topology-tools.h"

#include "ns3/point-to-point-helper.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t PPP_OVERHEAD = 2;  //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet

/**
 * @brief What the tunnel's keepalives need of a failure plan.
 * @param config the configuration
 * @return the longest time that either end may take to notice an outage, and what follows
 */
FailurePlan::Needs
GetNeeds(const GreScenarioConfig& config)
{
    double longest = config.holdTime.GetSeconds();
    for (const auto& end : {config.r1, config.r2})
    {
        longest = std::max(longest, end.interval.GetSeconds() * (end.retries + 1.0));
    }
    return FailurePlan::Needs::OfProbing(config.r1.interval, config.r2.interval, longest);
}

} // namespace

GreScenario::GreScenario(const GreScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    m_recorder.Watch(GetTunnel(R1), "R1");
    m_recorder.Watch(GetTunnel(R2), "R2");
    BuildLoss(m_config, m_net.r1c);
    BuildQueue();
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(GreTopology::C),
                       m_net.nodes.Get(GreTopology::R2),
                       "10.0.2.2",
                       m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
    BuildFailures(m_config, MakeTarget(m_config, GetFailurePoints()), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(GreTopology::H1), "10.1.0.1", "R1"},
                 {m_net.nodes.Get(GreTopology::H2), "10.2.0.2", "R2"});
}

std::optional<std::string>
GreScenario::Check(const GreScenarioConfig& config)
{
    std::ostringstream wrong;
    for (const Ipv4Address address : {config.address1, config.address2})
    {
        const uint32_t first = address.Get() >> 24;
        if (first == 0 || first == 127 || first >= 224)
        {
            wrong << "tunnel address " << address << ": not the address of a host";
            return wrong.str();
        }
        if (first == 10 || address.CombineMask("255.255.255.240") == Ipv4Address("1.1.1.0"))
        {
            wrong << "tunnel address " << address
                  << ": 10.0.0.0/8 and 1.1.1.0/28 are taken by the networks of the scenario";
            return wrong.str();
        }
    }
    if (config.address1 == config.address2)
    {
        wrong << "a tunnel to itself: both addresses are " << config.address1;
        return wrong.str();
    }
    std::set<uint32_t> keys;
    for (const uint32_t key : config.keys)
    {
        if (!keys.insert(key).second)
        {
            wrong << "two tunnels from " << config.address1 << " to " << config.address2
                  << " with the same key " << key;
            return wrong.str();
        }
    }
    if (config.failure == GreScenarioConfig::Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    return config.Check(GetTargetName(config),
                        config.failure != GreScenarioConfig::Failure::NONE,
                        GetNeeds(config));
}

// ---- what makes keepalives go missing ----

void
GreScenario::BuildQueue()
{
    if (m_config.load <= 0)
    {
        return;
    }
    // At C, towards R2: keepalives have the first of its bands, if there are any.
    LimitQueue(m_net.cr2.Get(0), m_config.queuePackets, m_config.priority);
}

// ---- what fails, and when ----

std::string
GreScenario::GetTargetName(const GreScenarioConfig& config)
{
    const std::string link = config.failCoreR2 ? "C-R2" : "R1-C";
    return ChooseTargetName(config.failure,
                            link,
                            "R2",
                            config.failure == GreScenarioConfig::Failure::LOOPBACK ? link
                                                                                   : "R2:Tunnel0");
}

GreScenario::FailurePoints
GreScenario::GetFailurePoints() const
{
    const NetDeviceContainer& link = m_config.failCoreR2 ? m_net.cr2 : m_net.r1c;
    return {GetTargetName(m_config),
            link.Get(0),
            link.Get(1),
            GetTunnel(R2),
            m_net.nodes.Get(GreTopology::R2)};
}

// ---- what it is made of ----

void
GreScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1-core.pcap", m_net.r1c.Get(0), true, true);
    GreTunnelHelper gre;
    gre.EnablePcap(prefix + "-r1-tunnel0.pcap", GetTunnel(R1), true, true);
}

Ptr<GreTunnelDevice>
GreScenario::GetTunnel(uint32_t end) const
{
    return DynamicCast<GreTunnelDevice>(m_net.tunnels.Get(end));
}

const GreScenarioConfig&
GreScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
