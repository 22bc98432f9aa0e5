/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-scenario.h"

#include "ethernet-scenario-law.h"
#include "failure-helper.h"

#include "ns3/callback.h"
#include "ns3/csma-helper.h"
#include "ns3/csma-net-device.h"
#include "ns3/ethernet-loop.h"
#include "ns3/link-cut.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet
constexpr uint32_t MAC_OVERHEAD = 18; //!< bytes that Ethernet adds to a packet
constexpr uint64_t SLOWEST = 1000000; //!< bit/s: no Ethernet was ever slower

/**
 * @brief What a failure plan needs to know of this scenario.
 * @param config the configuration
 * @return the needs
 */
FailurePlan::Needs
GetNeeds(const EthernetScenarioConfig& config)
{
    const double longest = EthernetScenario::GetLongestDetection(config);
    if (config.failure == EthernetScenarioConfig::Failure::LOOPBACK)
    {
        FailurePlan::Needs needs =
            FailurePlan::Needs::OfProbing(config.portInterval, Time(0), longest);
        needs.recovery += config.recovery.GetSeconds();
        return needs;
    }
    return FailurePlan::Needs::OfProbing(config.r1.interval, config.r2.interval, longest);
}

/**
 * @brief Whether a failure is one of the cable between S1 and an end.
 * @param failure what fails
 * @return true if so, and it is not signalled
 */
bool
IsOfCable(EthernetScenarioConfig::Failure failure)
{
    using Failure = EthernetScenarioConfig::Failure;
    return failure == Failure::SILENT || failure == Failure::ONE_WAY_TO_R1 ||
           failure == Failure::ONE_WAY_TO_R2;
}

/**
 * @brief Something of an adapter fails, or works again.
 * @param device the adapter
 * @param works whether it works
 */
void
SetReceiver(Ptr<CsmaNetDevice> device, bool works)
{
    device->SetReceiveEnable(works);
}

/**
 * @copydoc SetReceiver
 */
void
SetSender(Ptr<CsmaNetDevice> device, bool works)
{
    device->SetSendEnable(works);
}

} // namespace

EthernetScenario::EthernetScenario(const EthernetScenarioConfig& config)
    : Scenario(config, Check(config)),
      m_config(config),
      m_net(m_config)
{
    m_recorder.Watch(GetEnd(R1), "LineProtocol", true, "R1");
    m_recorder.Watch(GetEnd(R2), "LineProtocol", true, "R2");
    m_recorder.Watch(GetEnd(S1), "LineProtocol", true, "S1");
    BuildLoss(m_config, m_config.failR1 ? m_net.r1s1 : m_net.r2s1);
    BuildCrossTraffic(m_config,
                      {m_net.nodes.Get(EthernetTopology::R1),
                       m_net.nodes.Get(EthernetTopology::R2),
                       EthernetTopology::ADDRESS_R2,
                       m_config.rate,
                       CROSS_SIZE,
                       MAC_OVERHEAD});
    BuildFailures(m_config, MakeEthernetTarget(), GetNeeds(m_config));
    BuildTraffic(m_config,
                 {m_net.nodes.Get(EthernetTopology::R1), EthernetTopology::ADDRESS_R1, "R1"},
                 {m_net.nodes.Get(EthernetTopology::R2), EthernetTopology::ADDRESS_R2, "R2"});
    if (m_config.pingPeriod.IsStrictlyPositive())
    {
        Simulator::Schedule(m_config.pingPeriod, &EthernetScenario::Ping, this);
    }
}

EthernetScenario::~EthernetScenario()
{
    Destroy();
    // A CsmaNetDevice keeps its error model, which knows the channel, which knows the device: they
    // would live for ever, and their captures remain unwritten.
    for (const auto& cable : {m_net.r1s1, m_net.r2s1, m_net.s2s1})
    {
        for (uint32_t i = 0; i < cable.GetN(); i++)
        {
            FailureHelper::GetOutageModel(cable.Get(i))->SetWire(nullptr, m_config.rate);
        }
    }
}

std::optional<std::string>
EthernetScenario::Check(const EthernetScenarioConfig& config)
{
    using Failure = EthernetScenarioConfig::Failure;
    for (const Time& time : {config.r1.interval,
                             config.r2.interval,
                             config.portInterval,
                             config.recovery,
                             config.pingPeriod,
                             config.delay})
    {
        if (time.IsStrictlyNegative())
        {
            std::ostringstream wrong;
            wrong << "a time of " << time.GetSeconds() << " s: must be 0 or more";
            return wrong.str();
        }
    }
    if (config.r1.retries == 0 || config.r2.retries == 0)
    {
        return "0 retries: must be 1 or more";
    }
    if (config.rate.GetBitRate() < SLOWEST)
    {
        std::ostringstream wrong;
        wrong << "a cable rate of " << config.rate.GetBitRate() << " bit/s: must be " << SLOWEST
              << " bit/s or more";
        return wrong.str();
    }
    if (config.queuePackets == 0)
    {
        return "a queue of 0 frames: must be 1 or more";
    }
    if (config.failure == Failure::DELAY_STEP)
    {
        return "a delay that steps: the cables of an Ethernet are short, and stay so";
    }
    if (config.failure == Failure::BINDING_LOSS)
    {
        return "a loss of bindings: there is no NAT";
    }
    if (config.failure == Failure::LOOPBACK && config.portInterval.IsZero())
    {
        return "a loop, and ports of S1 without keepalives: nobody could notice it";
    }
    if (config.adapter && !IsOfCable(config.failure))
    {
        return "an adapter that fails: only instead of a cable, silently or one way";
    }
    if (config.inFlight != LinkCut::InFlight::LOST)
    {
        return "frames in flight that arrive: at a cut in an Ethernet they are lost";
    }
    return config.Check(GetTargetName(config), config.failure != Failure::NONE, GetNeeds(config));
}

double
EthernetScenario::GetLongestDetection(const EthernetScenarioConfig& config)
{
    const EthernetScenarioLaw law(config);
    if (config.failure == EthernetScenarioConfig::Failure::LOOPBACK)
    {
        return law.GetLongestDetection(S1);
    }
    return std::max(law.GetLongestDetection(R1), law.GetLongestDetection(R2));
}

// ---- failures ----

std::string
EthernetScenario::GetTargetName(const EthernetScenarioConfig& config)
{
    const std::string end = config.failR1 ? "R1" : "R2";
    const std::string interface = end + ":FastEthernet0/0";
    if (config.failure == EthernetScenarioConfig::Failure::LOOPBACK)
    {
        return "S1-S2";
    }
    return ChooseTargetName(config.failure,
                            config.adapter ? interface : end + "-S1",
                            end,
                            interface);
}

Ptr<FailureTarget>
EthernetScenario::MakeEthernetTarget() const
{
    using Failure = EthernetScenarioConfig::Failure;
    const std::string name = GetTargetName(m_config);
    Ptr<EthernetKeepalive> end = GetEnd(m_config.failR1 ? R1 : R2);
    if (m_config.failure == Failure::LOOPBACK)
    {
        Ptr<EthernetLoop> loop = CreateObject<EthernetLoop>();
        loop->SetName(name);
        loop->SetDevice(m_net.s2s1.Get(0));
        return loop;
    }
    if (m_config.failure == Failure::SHUTDOWN)
    {
        Ptr<LinkCut> shutdown = CreateObject<LinkCut>();
        shutdown->SetName(name);
        shutdown->SetKind("shutdown");
        shutdown->AddCarrier(MakeCallback(&EthernetKeepalive::Shutdown, end),
                             MakeCallback(&EthernetKeepalive::NoShutdown, end));
        return shutdown;
    }
    const NetDeviceContainer& cable = m_config.failR1 ? m_net.r1s1 : m_net.r2s1;
    EthernetScenarioConfig plain = m_config;
    if (m_config.failure == Failure::CARRIER)
    {
        plain.failure = Failure::SILENT;
    }
    Ptr<FailureTarget> target = MakeTarget(plain,
                                           {name,
                                            cable.Get(m_config.failR1 ? 0 : 1),
                                            cable.Get(m_config.failR1 ? 1 : 0),
                                            nullptr,
                                            end->GetDevice()->GetNode()});
    if (Ptr<LinkCut> cut = DynamicCast<LinkCut>(target))
    {
        CompleteCut(cut, end);
    }
    return target;
}

void
EthernetScenario::CompleteCut(Ptr<LinkCut> cut, Ptr<EthernetKeepalive> end) const
{
    using Failure = EthernetScenarioConfig::Failure;
    if (m_config.failure == Failure::CARRIER)
    {
        cut->SetKind("carrier");
        Ptr<EthernetKeepalive> port =
            GetPort(m_config.failR1 ? EthernetTopology::PORT_R1 : EthernetTopology::PORT_R2);
        for (const auto& notices : {end, port})
        {
            cut->AddCarrier(MakeCallback(&EthernetKeepalive::DropCarrier, notices),
                            MakeCallback(&EthernetKeepalive::RestoreCarrier, notices));
        }
        return;
    }
    Ptr<CsmaNetDevice> device = DynamicCast<CsmaNetDevice>(end->GetDevice());
    const bool towardsR1 = m_config.failure == Failure::ONE_WAY_TO_R1;
    const bool oneWay = m_config.failure != Failure::SILENT;
    const bool incoming = !oneWay || towardsR1 == m_config.failR1;
    const bool outgoing = !oneWay || !incoming;
    const EthernetScenarioConfig::End& config = m_config.failR1 ? m_config.r1 : m_config.r2;
    // A transceiver that hears nothing from the cable does not let the end hear itself, either.
    // That is nothing to a controller that hands frames back before they get there.
    if (incoming && (m_config.adapter || config.returns == EthernetKeepalive::HALF_DUPLEX_MEDIUM))
    {
        cut->AddCarrier(MakeBoundCallback(&SetReceiver, device, false),
                        MakeBoundCallback(&SetReceiver, device, true));
    }
    if (outgoing && m_config.adapter)
    {
        cut->AddCarrier(MakeBoundCallback(&SetSender, device, false),
                        MakeBoundCallback(&SetSender, device, true));
    }
}

// ---- pings ----

void
EthernetScenario::Ping()
{
    GetEnd(R1)->Ping(Mac48Address::ConvertFrom(GetEnd(R2)->GetDevice()->GetAddress()));
    Simulator::Schedule(m_config.pingPeriod, &EthernetScenario::Ping, this);
}

// ---- what it is made of ----

void
EthernetScenario::EnablePcap(const std::string& prefix)
{
    CsmaHelper cable;
    cable.EnablePcap(prefix + "-r1.pcap", m_net.r1s1.Get(0), true, true);
    cable.EnablePcap(prefix + "-r2.pcap", m_net.r2s1.Get(0), true, true);
    cable.EnablePcap(prefix + "-s1.pcap", m_net.s2s1.Get(1), true, true);
}

Ptr<EthernetKeepalive>
EthernetScenario::GetEnd(uint32_t end) const
{
    switch (end)
    {
    case R1:
        return m_net.end1;
    case R2:
        return m_net.end2;
    default:
        return GetPort(EthernetTopology::PORT_S2);
    }
}

Ptr<EthernetKeepalive>
EthernetScenario::GetPort(uint32_t port) const
{
    return m_net.ports.at(port);
}

const EthernetScenarioConfig&
EthernetScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
