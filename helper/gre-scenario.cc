/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-scenario.h"

#include "failure-helper.h"
#include "gre-tunnel-helper.h"
#include "poisson-source-helper.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/gilbert-elliott-error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node-crash.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <numeric>
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

constexpr double LONGEST_RUN = 4e9;     //!< seconds; half of what 63 bits of nanoseconds hold
constexpr uint32_t PPP_OVERHEAD = 2;    //!< bytes that PointToPointNetDevice adds to a packet
constexpr uint32_t CROSS_SIZE = 1000;   //!< bytes of a cross-traffic packet
constexpr uint16_t TRAFFIC_PORT = 5001; //!< of user traffic
constexpr uint16_t CROSS_PORT = 9;      //!< of cross-traffic, the discard service

/**
 * @brief A time in which two periodic processes pass through all their phases, both of them.
 * @param a period of one; zero if there is none
 * @param b period of the other; zero if there is none
 * @return their least common multiple, or a thousand of the longer if that is less; 1 s for none
 */
Time
GetCommonPeriod(Time a, Time b)
{
    const Time longer = std::max(a, b);
    const Time shorter = std::min(a, b);
    if (longer.IsZero())
    {
        return Seconds(1);
    }
    if (shorter.IsZero())
    {
        return longer;
    }
    const int64_t repeats =
        shorter.GetTimeStep() / std::gcd(longer.GetTimeStep(), shorter.GetTimeStep());
    // A thousand of 1e9 s, the longest interval that programs take, would not fit.
    return longer.GetSeconds() > 1e6 ? longer : longer * std::min<int64_t>(repeats, 1000);
}

/**
 * @brief How long a run would be, or a little longer, in numbers that do not overflow.
 * @param config the configuration
 * @return seconds
 */
double
EstimateDuration(const GreScenarioConfig& config)
{
    const double longer = std::max(config.r1.interval, config.r2.interval).GetSeconds();
    const double retries = std::max(config.r1.retries, config.r2.retries);
    const double detection = longer * (retries + 1) + config.holdTime.GetSeconds() + 10;
    const double window = GetCommonPeriod(config.r1.interval, config.r2.interval).GetSeconds();
    double each = detection + config.failFor.GetSeconds() + 3 * longer;
    if (config.schedule == GreScenarioConfig::Schedule::RANDOM)
    {
        each += window;
    }
    else if (config.schedule == GreScenarioConfig::Schedule::FLAPPING)
    {
        each += config.flapUp.GetSeconds();
    }
    else if (config.schedule == GreScenarioConfig::Schedule::PROCESS)
    {
        each += 10 * (config.mtbf + config.mttr).GetSeconds();
    }
    return config.failAt.GetSeconds() + config.stop.GetSeconds() +
           each * std::max(1U, config.failures);
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
    const double seconds = EstimateDuration(config);
    if (seconds > LONGEST_RUN)
    {
        wrong << "a run of " << seconds << " s: with these times, longer than ns-3 can count ("
              << LONGEST_RUN << " s)";
        return wrong.str();
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
    if (config.schedule == GreScenarioConfig::Schedule::SCRIPT)
    {
        std::istringstream script(config.script);
        std::vector<FailureInjector::ScriptLine> lines;
        const std::optional<std::string> bad =
            FailureInjector::ParseScript(script, {GetTargetName(config)}, lines);
        if (bad)
        {
            return "failure script, " + *bad + " (what fails is \"" + GetTargetName(config) + "\")";
        }
    }
    if (config.failures == 0 && config.failure != GreScenarioConfig::Failure::NONE)
    {
        return "a number of failures of 0: to have none, choose the failure none";
    }
    return std::nullopt;
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
    m_injector->AssignStreams(STREAM_FAILURES);
    const Time settle = GetLongestDetection() + Seconds(10);
    m_stop = m_config.failAt + settle;
    Ptr<FailureTarget> target = MakeTarget();
    const bool forEver = m_config.failFor.IsZero();
    // After a repair both ends recover within an interval; two more make sure of it.
    const Time recovery = std::max(m_config.r1.interval, m_config.r2.interval) * 3;
    if (target)
    {
        switch (m_config.schedule)
        {
        case GreScenarioConfig::Schedule::ONCE:
            m_injector->Schedule(target, m_config.failAt, m_config.failFor);
            m_stop =
                m_config.failAt + (forEver ? settle : m_config.failFor + recovery) + Seconds(10);
            break;
        case GreScenarioConfig::Schedule::RANDOM: {
            const Time window = GetCommonPeriod(m_config.r1.interval, m_config.r2.interval);
            const Time duration = forEver ? settle : m_config.failFor;
            const Time period = window + duration + recovery;
            m_injector->ScheduleRandom(target,
                                       m_config.failAt,
                                       window,
                                       duration,
                                       period,
                                       m_config.failures);
            m_stop = m_config.failAt + period * static_cast<int64_t>(m_config.failures);
            break;
        }
        case GreScenarioConfig::Schedule::FLAPPING:
            m_injector->ScheduleFlapping(target,
                                         m_config.failAt,
                                         m_config.failFor,
                                         m_config.flapUp,
                                         m_config.failures);
            m_stop =
                m_config.failAt +
                (m_config.failFor + m_config.flapUp) * static_cast<int64_t>(m_config.failures) +
                recovery;
            break;
        case GreScenarioConfig::Schedule::PROCESS: {
            Ptr<ExponentialRandomVariable> up = CreateObject<ExponentialRandomVariable>();
            up->SetAttribute("Mean", DoubleValue(m_config.mtbf.GetSeconds()));
            Ptr<ExponentialRandomVariable> down = CreateObject<ExponentialRandomVariable>();
            down->SetAttribute("Mean", DoubleValue(m_config.mttr.GetSeconds()));
            m_injector->ScheduleProcess(target, Seconds(0), up, down);
            m_injector->AssignStreams(STREAM_FAILURES);
            m_stop = (m_config.mtbf + m_config.mttr) * 10;
            break;
        }
        case GreScenarioConfig::Schedule::SCRIPT: {
            std::istringstream script(m_config.script);
            const std::optional<std::string> wrong = m_injector->ScheduleScript(script, {target});
            NS_ABORT_MSG_IF(wrong, "failure script: " << *wrong);
            m_stop = m_injector->GetLastScheduled() + settle + recovery;
            break;
        }
        }
    }
    if (m_config.stop.IsStrictlyPositive())
    {
        m_stop = m_config.stop;
    }
}

Time
GreScenario::GetLongestDetection() const
{
    Time longest = m_config.holdTime;
    for (const auto& end : {m_config.r1, m_config.r2})
    {
        longest = std::max(longest, end.interval * (static_cast<int64_t>(end.retries) + 1));
    }
    return longest;
}

// ---- user traffic ----

void
GreScenario::BuildTraffic()
{
    if (m_config.trafficRate.GetBitRate() == 0)
    {
        return;
    }

    struct Flow
    {
        uint32_t from;
        uint32_t to;
        const char* address;
        const char* name;
    };

    const Flow flows[] = {{GreTopology::H1, GreTopology::H2, "10.2.0.2", "R1->R2"},
                          {GreTopology::H2, GreTopology::H1, "10.1.0.1", "R2->R1"}};
    int64_t stream = STREAM_TRAFFIC;
    for (const auto& flow : flows)
    {
        OnOffHelper source("ns3::UdpSocketFactory", InetSocketAddress(flow.address, TRAFFIC_PORT));
        source.SetAttribute("OnTime", StringValue("ns3::ConstantRandomVariable[Constant=1e9]"));
        source.SetAttribute("OffTime", StringValue("ns3::ConstantRandomVariable[Constant=0]"));
        source.SetAttribute("DataRate", DataRateValue(m_config.trafficRate));
        source.SetAttribute("PacketSize", UintegerValue(m_config.trafficPacketSize));
        ApplicationContainer sources = source.Install(m_net.nodes.Get(flow.from));
        stream += source.AssignStreams(NodeContainer(m_net.nodes.Get(flow.from)), stream);
        PacketSinkHelper sink("ns3::UdpSocketFactory",
                              InetSocketAddress(Ipv4Address::GetAny(), TRAFFIC_PORT));
        ApplicationContainer sinks = sink.Install(m_net.nodes.Get(flow.to));
        m_traffic.Watch(sources.Get(0), sinks.Get(0), flow.name);
    }
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
