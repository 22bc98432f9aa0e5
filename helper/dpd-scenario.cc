/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-scenario.h"

#include "dpd-scenario-law.h"

#include "ns3/dpd-profile.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t PPP_OVERHEAD = 2;  //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet
constexpr uint32_t MOST_DATA = 1400;  //!< octets that fit into a packet with all headers
constexpr uint16_t IKE_PORT = 500;    //!< IKE without NAT traversal
constexpr uint16_t NAT_PORT = 4500;   //!< IKE with it
constexpr double MARGIN = 10;         //!< seconds on top of the longest detection
constexpr double WINDOWS = 10;        //!< cycles that unlike phases pass through
constexpr double IN_STEP = 1e-9;      //!< seconds

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const DpdScenarioConfig& config)
{
    const DpdScenarioLaw law(config);
    FailurePlan::Needs needs;
    needs.settle = DpdScenario::GetLongestDetection(config) + MARGIN;
    // The next attempt to set up an SA, and then each end is heard once.
    needs.recovery = 2 * config.reestablishDelay.GetSeconds() + 1;
    const double cycles[] = {law.GetCycle(DpdScenario::R1),
                             law.GetCycle(DpdScenario::R2),
                             config.r1.dataPeriod.GetSeconds(),
                             config.r2.dataPeriod.GetSeconds()};
    double longest = 1;
    for (const double cycle : cycles)
    {
        needs.recovery = std::max(needs.recovery, cycle + 1);
        longest = std::max(longest, cycle);
    }
    // What repeats within the longest cycle stays in step with it; the rest passes through all its
    // phases.
    const bool inStep = std::all_of(std::begin(cycles), std::end(cycles), [longest](double cycle) {
        return cycle <= 0 || std::abs(std::remainder(longest, cycle)) < IN_STEP;
    });
    needs.window = inStep ? longest : WINDOWS * longest;
    return needs;
}

/**
 * @brief What is wrong with one end, if anything.
 * @param end how it is configured
 * @return one line, none if nothing is
 */
std::optional<std::string>
CheckEnd(const DpdScenarioConfig::End& end)
{
    const DpdProfile* profile = DpdProfile::Find(end.profile);
    if (!profile)
    {
        return "a DPD profile \"" + end.profile + "\": there is none";
    }
    for (const auto& time : {end.delay, end.retry, end.timeout, end.retransmitTimeout})
    {
        if (time && !time->IsStrictlyPositive())
        {
            std::ostringstream wrong;
            wrong << "a timer of " << time->GetSeconds() << " s: must be above 0";
            return wrong.str();
        }
    }
    if (end.retries && *end.retries == 0)
    {
        return "retries of 0: must be 1 or more";
    }
    if (end.dataPeriod.IsStrictlyNegative())
    {
        std::ostringstream wrong;
        wrong << "data every " << end.dataPeriod.GetSeconds() << " s: must be 0 or more";
        return wrong.str();
    }
    const std::string wrong = profile->Check(DpdScenarioLaw::GetSettings(end));
    if (!wrong.empty())
    {
        return "timers of " + end.profile + ": " + wrong;
    }
    return std::nullopt;
}

} // namespace

DpdScenario::DpdScenario(const DpdScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    BuildEnd(R1, "R1");
    BuildEnd(R2, "R2");
    BuildLoss(m_config, m_net.ab);
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(DpdTopology::A),
                       m_net.nodes.Get(DpdTopology::B),
                       "10.0.0.2",
                       m_config.linkRate,
                       CROSS_SIZE,
                       PPP_OVERHEAD});
    BuildFailures(m_config, MakeDpdTarget(), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(DpdTopology::R1), DpdTopology::ADDRESS_R1, "R1"},
                 {m_net.nodes.Get(DpdTopology::R2), DpdTopology::ADDRESS_R2, "R2"});
}

DpdScenario::~DpdScenario()
{
    Destroy();
}

std::optional<std::string>
DpdScenario::Check(const DpdScenarioConfig& config)
{
    for (const auto& end : {config.r1, config.r2})
    {
        const std::optional<std::string> wrong = CheckEnd(end);
        if (wrong)
        {
            return wrong;
        }
    }
    if (DpdProfile::Find(config.r1.profile)->ikeVersion !=
        DpdProfile::Find(config.r2.profile)->ikeVersion)
    {
        return "profiles " + config.r1.profile + " and " + config.r2.profile +
               ": one is IKEv1 and the other IKEv2";
    }
    if (!DpdScenarioLaw::GetSuite(config))
    {
        return "a cipher suite \"" + config.cipher + "\": there is none in this version of IKE";
    }
    if (config.encapsulation != IKE_PORT && config.encapsulation != NAT_PORT)
    {
        return "IKE on UDP port " + std::to_string(config.encapsulation) + ": must be 500 or 4500";
    }
    if (config.dataSize == 0 || config.dataSize > MOST_DATA)
    {
        return "data of " + std::to_string(config.dataSize) + " octets: must be 1 to 1400";
    }
    if (!config.reestablishDelay.IsStrictlyPositive())
    {
        std::ostringstream wrong;
        wrong << "a time between attempts to set up an SA of "
              << config.reestablishDelay.GetSeconds() << " s: must be above 0";
        return wrong.str();
    }
    if (config.linkRate.GetBitRate() == 0 || config.lanRate.GetBitRate() == 0)
    {
        return "a link rate of 0: must be above 0";
    }
    if (config.failure == DpdScenarioConfig::Failure::SHUTDOWN)
    {
        return "an interface that is shut: here nothing but the link A-B and the ends fail";
    }
    if (config.failure == DpdScenarioConfig::Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    return config.Check(GetTargetName(config),
                        config.failure != DpdScenarioConfig::Failure::NONE,
                        GetNeeds(config));
}

double
DpdScenario::GetLongestDetection(const DpdScenarioConfig& config)
{
    const DpdScenarioLaw law(config);
    return std::max(law.GetLongestDetection(R1), law.GetLongestDetection(R2));
}

// ---- the ends ----

void
DpdScenario::BuildEnd(uint32_t end, const std::string& name)
{
    Ptr<DpdAgent> agent = GetEnd(end);
    m_recorder.Watch(agent, "LineProtocol", true, name);
    Count* count = &m_counts[end];
    agent->TraceConnectWithoutContext("RequestTx",
                                      MakeBoundCallback(&DpdScenario::RequestTx, count));
    agent->TraceConnectWithoutContext("ReplyRx", MakeBoundCallback(&DpdScenario::ReplyRx, count));
    agent->TraceConnectWithoutContext("ReplyTx", MakeBoundCallback(&DpdScenario::ReplyTx, count));
    agent->TraceConnectWithoutContext("DataRx", MakeBoundCallback(&DpdScenario::DataRx, count));
    const Time period = GetEndConfig(end).dataPeriod;
    if (period.IsStrictlyPositive())
    {
        Simulator::ScheduleWithContext(agent->GetNode()->GetId(),
                                       period,
                                       &DpdScenario::SendData,
                                       this,
                                       end);
    }
}

void
DpdScenario::SendData(uint32_t end)
{
    if (GetEnd(end)->SendData(Create<Packet>(m_config.dataSize)))
    {
        m_counts[end].dataSent++;
    }
    Simulator::Schedule(GetEndConfig(end).dataPeriod, &DpdScenario::SendData, this, end);
}

void
DpdScenario::RequestTx(Count* count, Ptr<const Packet> message, uint32_t)
{
    count->keepalives.keepalivesSent++;
    count->keepalives.keepaliveBytes += message->GetSize();
    count->keepalives.txPackets++;
    count->keepalives.txBytes += message->GetSize();
}

void
DpdScenario::ReplyRx(Count* count, Ptr<const Packet> message, uint32_t)
{
    count->keepalives.keepalivesHeard++;
    count->keepalives.keepaliveBytes += message->GetSize();
    count->keepalives.rxPackets++;
    count->keepalives.rxBytes += message->GetSize();
    count->keepalives.lastInput = Simulator::Now();
}

void
DpdScenario::ReplyTx(Count* count, Ptr<const Packet> message, uint32_t)
{
    count->keepalives.reflected++;
    count->keepalives.txPackets++;
    count->keepalives.txBytes += message->GetSize();
}

void
DpdScenario::DataRx(Count* count, Ptr<const Packet>)
{
    count->dataReceived++;
}

// ---- failures ----

std::string
DpdScenario::GetTargetName(const DpdScenarioConfig& config)
{
    return ChooseTargetName(config.failure, "A-B", config.failR1 ? "R1" : "R2", "A-B");
}

Ptr<FailureTarget>
DpdScenario::MakeDpdTarget() const
{
    const uint32_t end = m_config.failR1 ? DpdTopology::R1 : DpdTopology::R2;
    return MakeTarget(
        m_config,
        {GetTargetName(m_config), m_net.ab.Get(0), m_net.ab.Get(1), nullptr, m_net.nodes.Get(end)});
}

// ---- what it is made of ----

void
DpdScenario::EnablePcap(const std::string& prefix)
{
    PointToPointHelper link;
    link.EnablePcap(prefix + "-r1.pcap", m_net.r1a.Get(0), true, true);
    link.EnablePcap(prefix + "-r2.pcap", m_net.br2.Get(1), true, true);
}

Ptr<DpdAgent>
DpdScenario::GetEnd(uint32_t end) const
{
    return end == R1 ? m_net.agents.first : m_net.agents.second;
}

const InterfaceCounters&
DpdScenario::GetCounters(uint32_t end) const
{
    return m_counts[end].keepalives;
}

std::pair<uint64_t, uint64_t>
DpdScenario::GetData(uint32_t end) const
{
    return {m_counts[end].dataSent, m_counts[end].dataReceived};
}

const DpdScenarioConfig::End&
DpdScenario::GetEndConfig(uint32_t end) const
{
    return end == R1 ? m_config.r1 : m_config.r2;
}

const DpdScenarioConfig&
DpdScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
