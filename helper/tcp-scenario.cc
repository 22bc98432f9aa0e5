/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-scenario.h"

#include "tcp-scenario-law.h"

#include "ns3/point-to-point-helper.h"
#include "ns3/tcp-keepalive-profile.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t MOST_PROBES = 1000000; //!< within a user timeout

constexpr uint32_t PPP_OVERHEAD = 2;  //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet
constexpr double MARGIN = 10;         //!< seconds on top of the longest detection
constexpr double WINDOWS = 10;        //!< cycles that the phases of two unlike ends pass through

/**
 * @brief The longest time that unacknowledged data may keep a connection, or a little longer.
 * @param end one end
 * @return seconds
 */
double
GetLongestRetransmission(const TcpScenarioConfig::End& end)
{
    const TcpKeepaliveProfile& profile = *TcpKeepaliveProfile::Find(end.profile);
    const TcpRetransmissionLimit::Settings limit = profile.GetRetransmissionLimit();
    if (end.userTimeout.IsStrictlyPositive())
    {
        return end.userTimeout.GetSeconds();
    }
    if (limit.rule == TcpRetransmissionLimit::Rule::TIME)
    {
        return NanoSeconds(limit.time + limit.longest).GetSeconds();
    }
    // A first timeout is hardly longer than a second; at the limit one more may be waited for.
    const int64_t first = std::max(limit.shortest, Seconds(1).GetNanoSeconds());
    return NanoSeconds(TcpRetransmissionLimit::GetModelTime(limit.retries, first, limit.longest) +
                       limit.longest)
        .GetSeconds();
}

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const TcpScenarioConfig& config)
{
    FailurePlan::Needs needs;
    needs.settle = TcpScenario::GetLongestDetection(config) + MARGIN;
    // An attempt to connect that began during the failure, the wait after it, and one more.
    needs.recovery =
        2 * (config.connectTimeout.GetSeconds() +
             std::max(config.reconnectDelay, config.longestReconnectDelay).GetSeconds()) +
        1;
    const TcpScenarioLaw law(config);
    const double cycles[] = {law.GetCycle(TcpScenario::R1), law.GetCycle(TcpScenario::R2)};
    const double longer = std::max(cycles[0], cycles[1]);
    const double shorter = std::min(cycles[0], cycles[1]);
    // Ends alike stay in step with each other; unlike ones pass through all their phases.
    needs.window = std::max(1.0, shorter > 0 && shorter < longer ? WINDOWS * longer : longer);
    return needs;
}

/**
 * @brief What is wrong with one end, if anything.
 * @param end how it is configured
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckEnd(const TcpScenarioConfig::End& end)
{
    if (!TcpKeepaliveProfile::Find(end.profile))
    {
        return "a TCP profile \"" + end.profile + "\": there is none";
    }
    for (const Time& time : {end.idle, end.interval, end.userTimeout, end.dataPeriod})
    {
        if (time.IsStrictlyNegative())
        {
            std::ostringstream wrong;
            wrong << "a time of " << time.GetSeconds() << " s: must be 0 or more";
            return wrong.str();
        }
    }
    // The closed form follows every wait between two probes.
    if (end.interval.IsStrictlyPositive() && end.userTimeout / end.interval > MOST_PROBES)
    {
        std::ostringstream wrong;
        wrong << "a user timeout of " << end.userTimeout.GetSeconds() << " s with probes every "
              << end.interval.GetSeconds() << " s: must be at most " << MOST_PROBES << " of them";
        return wrong.str();
    }
    if (end.dataSize == 0)
    {
        return "application data of 0 octets: must be 1 or more";
    }
    return std::nullopt;
}

} // namespace

TcpScenario::TcpScenario(const TcpScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    m_recorder.Watch(GetEnd(R1), "LineProtocol", false, "R1");
    m_recorder.Watch(GetEnd(R2), "LineProtocol", false, "R2");
    BuildLoss(m_config, m_net.ab);
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(TcpTopology::A),
                       m_net.nodes.Get(TcpTopology::B),
                       "10.0.0.2",
                       m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
    BuildFailures(m_config, MakeTcpTarget(), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(TcpTopology::R1), TcpTopology::ADDRESS_R1, "R1"},
                 {m_net.nodes.Get(TcpTopology::R2), TcpTopology::ADDRESS_R2, "R2"});
}

std::optional<std::string>
TcpScenario::Check(const TcpScenarioConfig& config)
{
    for (const auto& end : {config.r1, config.r2})
    {
        const std::optional<std::string> wrong = CheckEnd(end);
        if (wrong)
        {
            return wrong;
        }
    }
    for (const Time& time :
         {config.reconnectDelay, config.longestReconnectDelay, config.connectTimeout})
    {
        if (!time.IsStrictlyPositive())
        {
            std::ostringstream wrong;
            wrong << "a time to connect of " << time.GetSeconds() << " s: must be above 0";
            return wrong.str();
        }
    }
    if (config.port == 0)
    {
        return "port 0: must be 1 or more";
    }
    if (config.linkRate.GetBitRate() == 0 || config.lanRate.GetBitRate() == 0)
    {
        return "a link rate of 0: must be above 0";
    }
    if (config.failure == TcpScenarioConfig::Failure::SHUTDOWN)
    {
        return "an interface that is shut: here nothing but the link A-B and the ends fail";
    }
    if (config.failure == TcpScenarioConfig::Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    return config.Check(GetTargetName(config),
                        config.failure != TcpScenarioConfig::Failure::NONE,
                        GetNeeds(config));
}

double
TcpScenario::GetLongestDetection(const TcpScenarioConfig& config)
{
    const TcpScenarioLaw law(config);
    double longest = std::max(law.GetLongestDetection(R1), law.GetLongestDetection(R2));
    for (const auto& end : {config.r1, config.r2})
    {
        if (end.dataPeriod.IsStrictlyPositive())
        {
            longest =
                std::max(longest, end.dataPeriod.GetSeconds() + GetLongestRetransmission(end));
        }
    }
    return longest;
}

// ---- failures ----

std::string
TcpScenario::GetTargetName(const TcpScenarioConfig& config)
{
    return ChooseTargetName(config.failure, "A-B", config.failR1 ? "R1" : "R2", "A-B");
}

Ptr<FailureTarget>
TcpScenario::MakeTcpTarget() const
{
    Ptr<Node> end = m_net.nodes.Get(m_config.failR1 ? TcpTopology::R1 : TcpTopology::R2);
    return MakeTarget(m_config,
                      {GetTargetName(m_config), m_net.ab.Get(0), m_net.ab.Get(1), nullptr, end});
}

// ---- what it is made of ----

void
TcpScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1.pcap", m_net.r1a.Get(0), true, true);
    link.EnablePcap(prefix + "-r2.pcap", m_net.br2.Get(1), true, true);
}

Ptr<TcpKeepaliveApplication>
TcpScenario::GetEnd(uint32_t end) const
{
    return end == R1 ? m_net.client : m_net.server;
}

const TcpScenarioConfig&
TcpScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
