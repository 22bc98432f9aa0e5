/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-scenario.h"

#include "failure-helper.h"
#include "gre-tunnel-helper.h"
#include "poisson-source-helper.h"
#include "user-traffic.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/gilbert-elliott-error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node-crash.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

// Random streams: each component has its own, wide enough never to meet the next.
constexpr int64_t STREAM_FAILURES = 50000;
constexpr int64_t STREAM_LOSS = 60000;
constexpr int64_t STREAM_LOAD = 61000;
constexpr int64_t STREAM_TRAFFIC = 62000;

constexpr uint32_t PPP_OVERHEAD = 2;  //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000; //!< bytes of a cross-traffic packet
constexpr uint16_t CROSS_PORT = 9;    //!< of cross-traffic, the discard service

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
    : m_config(Checked(config)),
      m_net(m_config),
      m_injector(CreateObject<FailureInjector>()),
      m_traffic(config.trafficBin)
{
    m_recorder.Watch(GetTunnel(R1), "R1");
    m_recorder.Watch(GetTunnel(R2), "R2");
    m_recorder.Watch(m_injector);
    BuildImpairments();
    BuildFailures();
    BuildTraffic();
}

GreScenario::~GreScenario()
{
    m_injector->Dispose();
    Simulator::Destroy();
}

const GreScenarioConfig&
GreScenario::Checked(const GreScenarioConfig& config)
{
    const std::optional<std::string> wrong = Check(config);
    NS_ABORT_MSG_IF(wrong, *wrong);
    return config;
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
    return config.Check(GetTargetName(config),
                        config.failure != GreScenarioConfig::Failure::NONE,
                        GetNeeds(config));
}

// ---- what makes keepalives go missing ----

void
GreScenario::BuildImpairments()
{
    int64_t stream = STREAM_LOSS;
    for (uint32_t i = 0; i < m_net.r1c.GetN(); i++)
    {
        if (m_config.burstStart > 0)
        {
            Ptr<GilbertElliottErrorModel> bursts = CreateObject<GilbertElliottErrorModel>();
            bursts->SetAttribute("GoodToBad", DoubleValue(m_config.burstStart));
            bursts->SetAttribute("BadToGood", DoubleValue(m_config.burstEnd));
            stream += bursts->AssignStreams(stream);
            FailureHelper::SetLoss(m_net.r1c.Get(i), bursts);
        }
        else if (m_config.loss > 0)
        {
            Ptr<RateErrorModel> loss = CreateObject<RateErrorModel>();
            loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            loss->SetRate(m_config.loss);
            stream += loss->AssignStreams(stream);
            FailureHelper::SetLoss(m_net.r1c.Get(i), loss);
        }
    }

    if (m_config.load <= 0)
    {
        return;
    }
    // One queue of one size at C, towards R2: shared by all packets, or with bands of which
    // keepalives have the first. The device's own queue must not add to it.
    Ptr<NetDevice> device = m_net.cr2.Get(0);
    const QueueSize size(QueueSizeUnit::PACKETS, m_config.queuePackets);
    TrafficControlHelper::Default().Uninstall(device);
    PointerValue queue;
    device->GetAttribute("TxQueue", queue);
    if (m_config.priority)
    {
        queue.Get<Object>()->SetAttribute("MaxSize", StringValue("1p"));
        TrafficControlHelper control;
        const uint16_t handle = control.SetRootQueueDisc("ns3::PrioQueueDisc");
        TrafficControlHelper::ClassIdList bands =
            control.AddQueueDiscClasses(handle, 3, "ns3::QueueDiscClass");
        control.AddChildQueueDiscs(handle,
                                   bands,
                                   "ns3::FifoQueueDisc",
                                   "MaxSize",
                                   QueueSizeValue(size));
        control.Install(device);
    }
    else
    {
        queue.Get<Object>()->SetAttribute("MaxSize", QueueSizeValue(size));
    }

    PoissonSourceHelper source(InetSocketAddress("10.0.2.2", CROSS_PORT));
    // The load is that of the wire, framing included.
    const double share = static_cast<double>(CROSS_SIZE) / (CROSS_SIZE + PPP_OVERHEAD);
    const double rate = m_config.load * static_cast<double>(m_config.linkRate.GetBitRate()) * share;
    source.SetAttribute("DataRate", DataRateValue(DataRate(static_cast<uint64_t>(rate))));
    source.SetAttribute("PacketSize", UintegerValue(CROSS_SIZE));
    PoissonSourceHelper::AssignStreams(source.Install(m_net.nodes.Get(GreTopology::C)),
                                       STREAM_LOAD);
    PacketSinkHelper sink("ns3::UdpSocketFactory",
                          InetSocketAddress(Ipv4Address::GetAny(), CROSS_PORT));
    sink.Install(m_net.nodes.Get(GreTopology::R2));
}

// ---- what fails, and when ----

std::string
GreScenario::GetTargetName(const GreScenarioConfig& config)
{
    switch (config.failure)
    {
    case GreScenarioConfig::Failure::SHUTDOWN:
        return "R2:Tunnel0";
    case GreScenarioConfig::Failure::CRASH:
    case GreScenarioConfig::Failure::STALL:
        return "R2";
    default:
        return config.failCoreR2 ? "C-R2" : "R1-C";
    }
}

Ptr<FailureTarget>
GreScenario::MakeTarget()
{
    const NetDeviceContainer& link = m_config.failCoreR2 ? m_net.cr2 : m_net.r1c;
    const std::string name = GetTargetName(m_config);
    Ptr<LinkCut> cut;
    switch (m_config.failure)
    {
    case GreScenarioConfig::Failure::NONE:
        return nullptr;
    case GreScenarioConfig::Failure::SILENT:
        cut = FailureHelper::CutLink(link.Get(0), link.Get(1), name);
        break;
    case GreScenarioConfig::Failure::ONE_WAY_TO_R1:
        cut = FailureHelper::CutOneWay(link.Get(1), link.Get(0), name);
        break;
    case GreScenarioConfig::Failure::ONE_WAY_TO_R2:
        cut = FailureHelper::CutOneWay(link.Get(0), link.Get(1), name);
        break;
    case GreScenarioConfig::Failure::CARRIER:
        cut = FailureHelper::CutCarrier(link.Get(0), link.Get(1), name);
        break;
    case GreScenarioConfig::Failure::SHUTDOWN:
        return FailureHelper::Shutdown(GetTunnel(R2), name);
    case GreScenarioConfig::Failure::CRASH:
        return FailureHelper::Crash(m_net.nodes.Get(GreTopology::R2), name);
    case GreScenarioConfig::Failure::STALL:
        return FailureHelper::Stall(m_net.nodes.Get(GreTopology::R2), name);
    case GreScenarioConfig::Failure::DELAY_STEP:
        return FailureHelper::StepDelay(link.Get(0), m_config.delayStep, name);
    }
    cut->SetInFlight(m_config.inFlight);
    return cut;
}

void
GreScenario::BuildFailures()
{
    m_stop = m_config.Apply(m_injector, MakeTarget(), GetNeeds(m_config), STREAM_FAILURES);
}

// ---- user traffic ----

void
GreScenario::BuildTraffic()
{
    const UserTraffic traffic(m_config.trafficRate, m_config.trafficPacketSize);
    traffic.Install({m_net.nodes.Get(GreTopology::H1), "10.1.0.1", "R1"},
                    {m_net.nodes.Get(GreTopology::H2), "10.2.0.2", "R2"},
                    STREAM_TRAFFIC,
                    m_traffic);
    m_traffic.Watch(m_injector);
}

// ---- running it ----

void
GreScenario::Run()
{
    Simulator::Stop(m_stop);
    Simulator::Run();
    m_recorder.Finish();
    m_traffic.Finish();
}

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

Ptr<FailureInjector>
GreScenario::GetInjector() const
{
    return m_injector;
}

const DetectionRecorder&
GreScenario::GetRecorder() const
{
    return m_recorder;
}

const TrafficMonitor&
GreScenario::GetTraffic() const
{
    return m_traffic;
}

Time
GreScenario::GetStop() const
{
    return m_stop;
}

const GreScenarioConfig&
GreScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
