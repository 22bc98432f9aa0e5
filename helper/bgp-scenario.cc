/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-scenario.h"

#include "bgp-scenario-law.h"
#include "bgp-table-generator.h"
#include "topology-tools.h"

#include "ns3/bgp-shutdown.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-keepalive-profile.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t PPP_OVERHEAD = 2;     //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000;    //!< bytes of a cross-traffic packet
constexpr double MARGIN = 10;            //!< seconds on top of the longest detection
constexpr double MIXING = 4;             //!< intervals until jitter has made phases random
constexpr double NEVER_NOTICED = 60;     //!< seconds to wait for what nobody notices
constexpr double LEAST_HOLD_TIME = 3;    //!< RFC 4271 section 4.2, besides 0
constexpr double MOST_HOLD_TIME = 65535; //!< what an OPEN can say

/**
 * @brief The longer interval between KEEPALIVEs.
 * @param law what theory says
 * @return seconds, 0 if there are none
 */
double
GetLongerInterval(const BgpScenarioLaw& law)
{
    return std::max(law.GetKeepaliveTime(Scenario::R1), law.GetKeepaliveTime(Scenario::R2));
}

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const BgpScenarioConfig& config)
{
    const BgpScenarioLaw law(config);
    const double longest =
        std::max(law.GetLongestDetection(Scenario::R1), law.GetLongestDetection(Scenario::R2));
    FailurePlan::Needs needs;
    needs.settle = (longest > 0 ? longest : NEVER_NOTICED) + MARGIN;
    needs.recovery = law.GetLongestRecovery();
    const double means[] = {law.GetMeanInterval(Scenario::R1), law.GetMeanInterval(Scenario::R2)};
    needs.window = FailurePlan::GetCommonPeriod(Seconds(means[0]), Seconds(means[1])).GetSeconds();
    if (law.IsJittered(Scenario::R1) || law.IsJittered(Scenario::R2))
    {
        // A session begins with a KEEPALIVE: that must be forgotten before the failure.
        needs.recovery += MIXING * GetLongerInterval(law);
        needs.window = MIXING * std::max(means[0], means[1]);
    }
    return needs;
}

/**
 * @brief What is wrong with one end, if anything.
 * @param end how it is configured
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckEnd(const BgpScenarioConfig::End& end)
{
    if (!BgpProfile::Find(end.profile))
    {
        return "a BGP profile \"" + end.profile + "\": there is none";
    }
    const double hold = end.holdTime.GetSeconds();
    std::ostringstream wrong;
    if (hold > 0 && (hold < LEAST_HOLD_TIME || hold > MOST_HOLD_TIME || hold != std::floor(hold)))
    {
        wrong << "a hold time of " << hold
              << " s: must be 0 or 3 to 65535 whole seconds (RFC 4271 section 4.2)";
        return wrong.str();
    }
    const double keepalive = end.keepaliveTime.GetSeconds();
    if (keepalive > 0 &&
        (keepalive < BgpProfile::SHORTEST_KEEPALIVE_TIME || keepalive > MOST_HOLD_TIME))
    {
        wrong << "a keepalive time of " << keepalive
              << " s: must be 0 (a third of the hold time) or 1 to 65535 s (RFC 4271 section 4.4)";
        return wrong.str();
    }
    return std::nullopt;
}

/**
 * @brief What is wrong with the TCP, if anything.
 * @param tcp how it is configured
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckTcp(const BgpScenarioConfig::Tcp& tcp)
{
    if (!TcpKeepaliveProfile::Find(tcp.profile))
    {
        return "a TCP profile \"" + tcp.profile + "\": there is none";
    }
    for (const Time& time : {tcp.idle, tcp.interval, tcp.userTimeout, tcp.rtoMin})
    {
        if (time.IsStrictlyNegative())
        {
            std::ostringstream wrong;
            wrong << "a time of TCP of " << time.GetSeconds() << " s: must be 0 or more";
            return wrong.str();
        }
    }
    const Time longest = NanoSeconds(TcpKeepaliveProfile::Find(tcp.profile)->rtoMax);
    if (tcp.rtoMin > longest)
    {
        std::ostringstream wrong;
        wrong << "a least retransmission timeout of " << tcp.rtoMin.GetSeconds()
              << " s: must be at most the longest of TCP " << tcp.profile << ", "
              << longest.GetSeconds() << " s";
        return wrong.str();
    }
    return std::nullopt;
}

} // namespace

BgpScenario::BgpScenario(const BgpScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config, Seconds(GetLongerInterval(BgpScenarioLaw(m_config))))
{
    for (const uint32_t end : {R1, R2})
    {
        Ptr<BgpNeighbor> neighbor = GetNeighbor(end);
        m_recorder.Watch(neighbor, "LineProtocol", false, end == R1 ? "R1" : "R2");
        neighbor->TraceConnectWithoutContext(
            "MessageTx",
            MakeBoundCallback(&BgpScenario::MessageTx, &m_counters[end]));
        neighbor->TraceConnectWithoutContext(
            "MessageRx",
            MakeBoundCallback(&BgpScenario::MessageRx, &m_counters[end]));
    }
    BuildLoss(m_config, m_net.r1r2);
    if (m_config.load > 0)
    {
        LimitQueue(m_net.r1r2.Get(0), m_config.queuePackets, m_config.priority);
    }
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(BgpTopology::R1),
                       m_net.nodes.Get(BgpTopology::R2),
                       "10.0.0.2",
                       m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
    BuildFailures(m_config, MakeBgpTarget(), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(BgpTopology::H1), "10.1.0.1", "R1"},
                 {m_net.nodes.Get(BgpTopology::H2), "10.2.0.2", "R2"});
}

BgpScenario::~BgpScenario()
{
    Destroy();
}

std::optional<std::string>
BgpScenario::Check(const BgpScenarioConfig& config)
{
    using Failure = BgpScenarioConfig::Failure;
    for (const auto& end : {config.r1, config.r2})
    {
        if (const std::optional<std::string> wrong = CheckEnd(end))
        {
            return wrong;
        }
    }
    if (const std::optional<std::string> wrong = CheckTcp(config.tcp))
    {
        return wrong;
    }
    std::ostringstream wrong;
    const BgpScenarioLaw law(config);
    for (const uint32_t end : {R1, R2})
    {
        if (law.GetHoldTime() > 0 && law.GetKeepaliveTime(end) >= law.GetHoldTime())
        {
            wrong << "a keepalive time of " << law.GetKeepaliveTime(end) << " s (option --keepalive"
                  << (end == R1 ? "" : "-b") << "): must be less than the hold time that the ends "
                  << "agree on (--hold, --hold-b), " << law.GetHoldTime() << " s";
            return wrong.str();
        }
    }
    if (config.r1.passive && config.r2.passive)
    {
        return "two passive ends: nobody connects";
    }
    if (config.prefixes > BgpTableGenerator::MAX_ENTRIES)
    {
        wrong << config.prefixes << " prefixes: must be at most " << BgpTableGenerator::MAX_ENTRIES;
        return wrong.str();
    }
    if (config.linkRate.GetBitRate() == 0)
    {
        return "a link rate of 0: must be above 0";
    }
    if (config.failure == Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    const bool scheduled = config.schedule != FailurePlan::Schedule::PROCESS &&
                           config.schedule != FailurePlan::Schedule::SCRIPT;
    const Time earliest = GetEarliestFailure(config);
    if (config.failure != Failure::NONE && scheduled && config.failAt < earliest)
    {
        wrong << "a failure at " << config.failAt.GetSeconds()
              << " s: must not come before the session is up for certain, at "
              << earliest.GetSeconds() << " s";
        return wrong.str();
    }
    return config.Check(GetTargetName(config), config.failure != Failure::NONE, GetNeeds(config));
}

Time
BgpScenario::GetEarliestFailure(const BgpScenarioConfig& config)
{
    const BgpScenarioLaw law(config);
    const double phase = config.randomPhase ? GetLongerInterval(law) : 0;
    return Seconds(std::ceil(phase + law.GetHandshake()));
}

// ---- failures ----

std::string
BgpScenario::GetTargetName(const BgpScenarioConfig& config)
{
    return ChooseTargetName(config.failure,
                            "R1-R2",
                            "R2",
                            config.failure == BgpScenarioConfig::Failure::LOOPBACK ? "R1-R2"
                                                                                   : "R2:10.0.0.1");
}

Ptr<FailureTarget>
BgpScenario::MakeBgpTarget() const
{
    const std::string name = GetTargetName(m_config);
    if (m_config.failure == BgpScenarioConfig::Failure::SHUTDOWN)
    {
        Ptr<BgpShutdown> shutdown = CreateObject<BgpShutdown>();
        shutdown->SetName(name);
        shutdown->SetNeighbor(GetNeighbor(R2));
        return shutdown;
    }
    return MakeTarget(
        m_config,
        {name, m_net.r1r2.Get(0), m_net.r1r2.Get(1), nullptr, m_net.nodes.Get(BgpTopology::R2)});
}

// ---- what it is made of ----

void
BgpScenario::MessageTx(InterfaceCounters* counters, BgpMessageType type, uint32_t size)
{
    counters->txPackets++;
    counters->txBytes += size;
    counters->lastOutput = Simulator::Now();
    if (type == BgpMessageType::KEEPALIVE)
    {
        counters->keepalivesSent++;
        counters->keepaliveBytes += size;
    }
}

void
BgpScenario::MessageRx(InterfaceCounters* counters, BgpMessageType type, uint32_t size)
{
    counters->rxPackets++;
    counters->rxBytes += size;
    counters->lastInput = Simulator::Now();
    if (type == BgpMessageType::KEEPALIVE)
    {
        counters->keepalivesHeard++;
        counters->keepaliveBytes += size;
    }
}

void
BgpScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1-r2.pcap", m_net.r1r2.Get(0), true, true);
    link.EnablePcap(prefix + "-r1-b.pcap", m_net.r1b.Get(0), true, true);
}

Ptr<BgpNeighbor>
BgpScenario::GetNeighbor(uint32_t end) const
{
    return m_net.neighbors[end];
}

Ptr<BgpSpeaker>
BgpScenario::GetSpeaker(uint32_t end) const
{
    return m_net.speakers[end];
}

const InterfaceCounters&
BgpScenario::GetCounters(uint32_t end) const
{
    return m_counters[end];
}

const BgpScenarioConfig&
BgpScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
