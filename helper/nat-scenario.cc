/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-scenario.h"

#include "nat-scenario-law.h"

#include "ns3/dpd-profile.h"
#include "ns3/dpd-scenario.h"
#include "ns3/nat-binding-loss.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/tcp-scenario.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

using Failure = ScenarioConfig::Failure;
using Mechanism = NatScenarioConfig::Mechanism;

constexpr uint32_t PPP_OVERHEAD = 2;       //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t IP_UDP_MARKER = 32;     //!< bytes around an IKE message
constexpr uint32_t IP_UDP = 28;            //!< bytes around a NAT keepalive
constexpr uint32_t CROSS_SIZE = 1000;      //!< bytes of a cross-traffic packet
constexpr double MARGIN = 10;              //!< seconds on top of the longest detection
constexpr double SHORTEST_KEEPALIVE = 5;   //!< of NAT keepalives, seconds
constexpr double LONGEST_KEEPALIVE = 3600; //!< of NAT keepalives, seconds
constexpr uint8_t PROTOCOL_TCP = 6;        //!< IP protocol number
constexpr uint8_t PROTOCOL_UDP = 17;       //!< IP protocol number

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const NatScenarioConfig& config)
{
    const NatScenarioLaw law(config);
    FailurePlan::Needs needs;
    needs.settle = law.GetLongestDetection() + MARGIN;
    needs.recovery =
        2 * (config.connectTimeout.GetSeconds() +
             std::max(
                 {config.reconnectDelay, config.longestReconnectDelay, config.reestablishDelay})
                 .GetSeconds()) +
        1;
    if (config.failure == Failure::BINDING_LOSS || config.at == NatScenarioConfig::Place::NAT)
    {
        // What was forgotten is noticed after the repair.
        needs.recovery += needs.settle;
    }
    needs.window = std::max({1.0, law.GetLongestDetection(), config.natKeepalive.GetSeconds()});
    return needs;
}

/**
 * @brief What is wrong with the times of a configuration, if anything.
 * @param config the configuration
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckTimes(const NatScenarioConfig& config)
{
    std::ostringstream wrong;
    const double keepalive = config.natKeepalive.GetSeconds();
    if (!config.natKeepalive.IsZero() &&
        (keepalive < SHORTEST_KEEPALIVE || keepalive > LONGEST_KEEPALIVE))
    {
        wrong << "a NAT keepalive every " << keepalive << " s: must be 0, or " << SHORTEST_KEEPALIVE
              << " to " << LONGEST_KEEPALIVE << " s";
        return wrong.str();
    }
    for (const Time& time : {config.r1.dataPeriod,
                             config.r2.dataPeriod,
                             config.nat.udpTimeout,
                             config.nat.tcpTimeout,
                             config.idle.value_or(Seconds(0)),
                             config.interval.value_or(Seconds(0))})
    {
        if (time.IsStrictlyNegative())
        {
            wrong << "a time of " << time.GetSeconds() << " s: must be 0 or more";
            return wrong.str();
        }
    }
    return std::nullopt;
}

/**
 * @brief What is wrong with the ends of a configuration, if anything.
 * @param config the configuration, whose times are right
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckEnds(const NatScenarioConfig& config)
{
    if (config.dataSize < NatCalls::LEAST_SIZE)
    {
        return "data of " + std::to_string(config.dataSize) + " octets: must be " +
               std::to_string(NatCalls::LEAST_SIZE) + " or more";
    }
    // The rest is what those scenarios say of it, whatever fails.
    if (config.mechanism == Mechanism::TCP)
    {
        TcpScenarioConfig tcp = NatScenarioLaw::MakeTcpConfig(config);
        static_cast<FailurePlan&>(tcp) = FailurePlan();
        tcp.failure = Failure::NONE;
        return TcpScenario::Check(tcp);
    }
    DpdScenarioConfig dpd = NatScenarioLaw::MakeDpdConfig(config);
    static_cast<FailurePlan&>(dpd) = FailurePlan();
    dpd.failure = Failure::NONE;
    return DpdScenario::Check(dpd);
}

} // namespace

NatScenario::NatScenario(const NatScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config),
      m_binding(CreateObject<NatBindingMonitor>())
{
    BuildEnds();
    BuildCalls();
    BuildLink();
    BuildFailures(m_config, MakeNatTarget(), GetNeeds(m_config));
}

NatScenario::~NatScenario()
{
    Destroy();
}

std::optional<std::string>
NatScenario::Check(const NatScenarioConfig& config)
{
    if (!NatProfile::Find(config.nat.profile))
    {
        return "a NAT profile \"" + config.nat.profile + "\": there is none";
    }
    std::optional<std::string> wrong = CheckTimes(config);
    if (!wrong)
    {
        wrong = CheckEnds(config);
    }
    if (wrong)
    {
        return wrong;
    }
    if (config.HasUsers())
    {
        return "user traffic: here only the ends themselves send data";
    }
    if (config.failure == Failure::SHUTDOWN)
    {
        return "an interface that is shut: here nothing but a link, the ends and the NAT fail";
    }
    return config.Check(GetTargetName(config), config.failure != Failure::NONE, GetNeeds(config));
}

// ---- the ends ----

void
NatScenario::BuildEnds()
{
    const bool tcp = m_config.mechanism == Mechanism::TCP;
    if (m_config.mechanism != Mechanism::NONE)
    {
        // A TCP connection is yet to be made; an SA is there.
        m_recorder.Watch(GetEnd(R1), "LineProtocol", !tcp, "R1");
        m_recorder.Watch(GetEnd(R2), "LineProtocol", !tcp, "R2");
    }
    m_binding->Watch(m_net.box, NatTopology::ADDRESS_R1, tcp ? PROTOCOL_TCP : PROTOCOL_UDP);
    m_recorder.Watch(m_binding, "LineProtocol", false, "binding");
    if (tcp)
    {
        return;
    }
    for (const uint32_t end : {R1, R2})
    {
        GetAgent(end)->TraceConnectWithoutContext(
            "RequestTx",
            MakeBoundCallback(&NatScenario::CountTx, &m_counters[end]));
        GetAgent(end)->TraceConnectWithoutContext(
            "ReplyRx",
            MakeBoundCallback(&NatScenario::CountRx, &m_counters[end]));
    }
    m_net.keepalive->TraceConnectWithoutContext(
        "KeepaliveTx",
        MakeBoundCallback(&NatScenario::CountNat, &m_counters.back()));
}

void
NatScenario::BuildCalls()
{
    if (m_config.mechanism == Mechanism::TCP)
    {
        return; // its applications write by themselves
    }
    const Time periods[] = {m_config.r1.dataPeriod, m_config.r2.dataPeriod};
    for (const uint32_t end : {R1, R2})
    {
        m_calls[end] = std::make_unique<NatCalls>(GetAgent(end),
                                                  GetAgent(1 - end),
                                                  periods[end],
                                                  m_config.dataSize);
    }
}

void
NatScenario::CountTx(InterfaceCounters* counters, Ptr<const Packet> message, uint32_t)
{
    counters->keepalivesSent++;
    counters->keepaliveBytes += message->GetSize() + IP_UDP_MARKER;
}

void
NatScenario::CountRx(InterfaceCounters* counters, Ptr<const Packet> message, uint32_t)
{
    counters->keepalivesHeard++;
    counters->keepaliveBytes += message->GetSize() + IP_UDP_MARKER;
}

void
NatScenario::CountNat(InterfaceCounters* counters, Ptr<const Packet> octet)
{
    counters->keepalivesSent++;
    counters->keepaliveBytes += octet->GetSize() + IP_UDP;
}

// ---- what goes wrong ----

void
NatScenario::BuildLink()
{
    const bool inside = m_config.inside;
    BuildLoss(m_config, inside ? m_net.r1n : m_net.nb);
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(inside ? NatTopology::R1 : NatTopology::N),
                       m_net.nodes.Get(inside ? NatTopology::N : NatTopology::B),
                       inside ? "10.1.0.2" : "10.0.0.2",
                       inside ? m_config.lanRate : m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
}

std::string
NatScenario::GetTargetName(const NatScenarioConfig& config)
{
    using Place = NatScenarioConfig::Place;
    const bool box = config.failure == Failure::BINDING_LOSS || config.at == Place::NAT;
    const std::string link = config.inside ? "R1-N" : "N-B";
    return ChooseTargetName(config.failure,
                            link,
                            box ? "N" : (config.at == Place::R1 ? "R1" : "R2"),
                            link);
}

Ptr<FailureTarget>
NatScenario::MakeNatTarget() const
{
    using Place = NatScenarioConfig::Place;
    const std::string name = GetTargetName(m_config);
    if (m_config.failure == Failure::BINDING_LOSS)
    {
        Ptr<NatBindingLoss> loss = CreateObject<NatBindingLoss>();
        loss->SetBox(m_net.box);
        loss->SetName(name);
        return loss;
    }
    const uint32_t node = m_config.at == Place::NAT  ? NatTopology::N
                          : m_config.at == Place::R1 ? NatTopology::R1
                                                     : NatTopology::R2;
    const NetDeviceContainer& link = m_config.inside ? m_net.r1n : m_net.nb;
    return MakeTarget(m_config, {name, link.Get(0), link.Get(1), nullptr, m_net.nodes.Get(node)});
}

// ---- what it is made of ----

uint32_t
NatScenario::GetBindingEnd() const
{
    return m_recorder.GetNEnds() - 1;
}

Ptr<Object>
NatScenario::GetEnd(uint32_t end) const
{
    if (m_config.mechanism == Mechanism::TCP)
    {
        return GetProgram(end);
    }
    return GetAgent(end);
}

Ptr<DpdAgent>
NatScenario::GetAgent(uint32_t end) const
{
    return m_net.agents[end];
}

Ptr<TcpKeepaliveApplication>
NatScenario::GetProgram(uint32_t end) const
{
    return m_net.programs[end];
}

Ptr<NatBox>
NatScenario::GetBox() const
{
    return m_net.box;
}

Ptr<NatKeepalive>
NatScenario::GetKeepalive() const
{
    return m_net.keepalive;
}

Ptr<NatBindingMonitor>
NatScenario::GetBinding() const
{
    return m_binding;
}

const NatCalls*
NatScenario::GetCalls(uint32_t end) const
{
    return m_calls[end].get();
}

InterfaceCounters
NatScenario::GetCounters(uint32_t end) const
{
    if (end == GetBindingEnd())
    {
        return m_counters.back();
    }
    return m_config.mechanism == Mechanism::TCP ? GetProgram(end)->GetCounters() : m_counters[end];
}

void
NatScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1.pcap", m_net.r1n.Get(0), true, true);
    link.EnablePcap(prefix + "-r2.pcap", m_net.br2.Get(1), true, true);
}

const NatScenarioConfig&
NatScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
