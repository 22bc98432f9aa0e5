/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-scenario.h"

#include "bfd-scenario-law.h"
#include "topology-tools.h"

#include "ns3/bfd-shutdown.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t PPP_OVERHEAD = 2;  //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t IP_UDP = 28;       //!< bytes of IP and UDP
constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet
constexpr double MARGIN = 1;          //!< seconds on top of the longest detection
constexpr double MIXING = 2;          //!< intervals until a session that came up has settled
constexpr double WINDOW = 4;          //!< mean intervals, less jitter, in which a failure may come
constexpr double MEAN_JITTER = 0.875; //!< RFC 5880 section 6.8.7

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const BfdScenarioConfig& config)
{
    const BfdScenarioLaw law(config);
    const double longer = std::max(law.GetInterval(Scenario::R1), law.GetInterval(Scenario::R2));
    FailurePlan::Needs needs;
    needs.settle =
        std::max(law.GetLongestDetection(Scenario::R1), law.GetLongestDetection(Scenario::R2)) +
        MARGIN;
    // Coming up comes at a random time, as packets of slow start do; so the phases are random, and
    // all that must have passed is the first few intervals, which the Poll Sequence disturbs.
    needs.recovery = law.GetHandshake() + MIXING * longer;
    needs.window = WINDOW * MEAN_JITTER * longer;
    return needs;
}

/**
 * @brief What is wrong with a timer, if anything.
 * @param timer the timer
 * @param name what it is called
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckTimer(Time timer, const char* name)
{
    const double seconds = timer.GetSeconds();
    if (seconds >= BfdScenario::SHORTEST_INTERVAL && seconds <= BfdScenario::LONGEST_INTERVAL)
    {
        return std::nullopt;
    }
    std::ostringstream wrong;
    wrong << "a " << name << " interval of " << seconds << " s: must be "
          << BfdScenario::SHORTEST_INTERVAL << " to " << BfdScenario::LONGEST_INTERVAL << " s";
    return wrong.str();
}

/**
 * @brief What is wrong with the timers, if anything.
 * @param config the configuration
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckTimers(const BfdScenarioConfig& config)
{
    const std::pair<Time, const char*> timers[] = {
        {config.r1.minTx, "Desired Min TX"},
        {config.r1.minRx, "Required Min RX"},
        {config.r2.minTx, "Desired Min TX"},
        {config.r2.minRx, "Required Min RX"},
        {config.renegotiateTx, "renegotiated Desired Min TX"},
        {config.renegotiateRx, "renegotiated Required Min RX"}};
    for (const auto& [timer, name] : timers)
    {
        if (const std::optional<std::string> wrong = CheckTimer(timer, name))
        {
            return wrong;
        }
    }
    for (const auto& end : {config.r1, config.r2})
    {
        if (end.multiplier < 1 || end.multiplier > BfdScenario::MOST_MULTIPLIER)
        {
            return "a detection multiplier of " + std::to_string(end.multiplier) +
                   ": must be 1 to " + std::to_string(BfdScenario::MOST_MULTIPLIER);
        }
    }
    return std::nullopt;
}

} // namespace

BfdScenario::BfdScenario(const BfdScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    for (const uint32_t end : {R1, R2})
    {
        Ptr<BfdSession> session = GetSession(end);
        m_recorder.Watch(session, "LineProtocol", false, end == R1 ? "R1" : "R2");
        session->TraceConnectWithoutContext(
            "PacketTx",
            MakeBoundCallback(&BfdScenario::PacketTx, &m_counters[end]));
        session->TraceConnectWithoutContext(
            "PacketRx",
            MakeBoundCallback(&BfdScenario::PacketRx, &m_counters[end]));
    }
    if (m_config.renegotiateAt.IsStrictlyPositive())
    {
        Simulator::Schedule(m_config.renegotiateAt,
                            &BfdSession::SetTimers,
                            GetSession(R1),
                            m_config.renegotiateTx,
                            m_config.renegotiateRx);
    }
    BuildLoss(m_config, m_net.r1r2);
    if (m_config.load > 0)
    {
        LimitQueue(m_net.r1r2.Get(0), m_config.queuePackets, m_config.priority);
    }
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(BfdTopology::R1),
                       m_net.nodes.Get(BfdTopology::R2),
                       BfdTopology::ADDRESS_R2,
                       m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
    BuildFailures(m_config, MakeBfdTarget(), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(BfdTopology::H1), "10.1.0.1", "R1"},
                 {m_net.nodes.Get(BfdTopology::H2), "10.2.0.2", "R2"});
}

BfdScenario::~BfdScenario()
{
    Destroy();
}

std::optional<std::string>
BfdScenario::Check(const BfdScenarioConfig& config)
{
    using Failure = BfdScenarioConfig::Failure;
    if (const std::optional<std::string> wrong = CheckTimers(config))
    {
        return wrong;
    }
    std::ostringstream wrong;
    if (config.r1.passive && config.r2.passive)
    {
        return "two passive ends: nobody begins";
    }
    if (config.renegotiateAt.IsStrictlyNegative())
    {
        wrong << "a change of timers at " << config.renegotiateAt.GetSeconds()
              << " s: must be 0 (never) or more";
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
BfdScenario::GetEarliestFailure(const BfdScenarioConfig& config)
{
    const BfdScenarioLaw law(config);
    const double longer = std::max(law.GetInterval(R1), law.GetInterval(R2));
    return Seconds(std::ceil(law.GetHandshake() + MIXING * longer));
}

// ---- failures ----

std::string
BfdScenario::GetTargetName(const BfdScenarioConfig& config)
{
    return ChooseTargetName(config.failure,
                            "R1-R2",
                            "R2",
                            config.failure == BfdScenarioConfig::Failure::LOOPBACK
                                ? "R1-R2"
                                : std::string("R2:") + BfdTopology::ADDRESS_R1);
}

Ptr<FailureTarget>
BfdScenario::MakeBfdTarget() const
{
    const std::string name = GetTargetName(m_config);
    if (m_config.failure == BfdScenarioConfig::Failure::SHUTDOWN)
    {
        Ptr<BfdShutdown> shutdown = CreateObject<BfdShutdown>();
        shutdown->SetName(name);
        shutdown->SetSession(GetSession(R2));
        return shutdown;
    }
    return MakeTarget(
        m_config,
        {name, m_net.r1r2.Get(0), m_net.r1r2.Get(1), nullptr, m_net.nodes.Get(BfdTopology::R2)});
}

// ---- what it is made of ----

void
BfdScenario::PacketTx(InterfaceCounters* counters, const BfdHeader& header)
{
    counters->txPackets++;
    counters->txBytes += header.GetSerializedSize() + IP_UDP;
    counters->lastOutput = Simulator::Now();
    counters->keepalivesSent++;
    counters->keepaliveBytes += header.GetSerializedSize() + IP_UDP;
}

void
BfdScenario::PacketRx(InterfaceCounters* counters, const BfdHeader& header)
{
    counters->rxPackets++;
    counters->rxBytes += header.GetSerializedSize() + IP_UDP;
    counters->lastInput = Simulator::Now();
    counters->keepalivesHeard++;
    counters->keepaliveBytes += header.GetSerializedSize() + IP_UDP;
}

void
BfdScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1.pcap", m_net.r1r2.Get(0), true, true);
    link.EnablePcap(prefix + "-r2.pcap", m_net.r1r2.Get(1), true, true);
}

Ptr<BfdSession>
BfdScenario::GetSession(uint32_t end) const
{
    return m_net.sessions[end];
}

Ptr<BfdSpeaker>
BfdScenario::GetSpeaker(uint32_t end) const
{
    return m_net.speakers[end];
}

const InterfaceCounters&
BfdScenario::GetCounters(uint32_t end) const
{
    return m_counters[end];
}

const BfdScenarioConfig&
BfdScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
