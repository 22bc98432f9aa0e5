/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-scenario.h"

#include "failure-helper.h"
#include "poisson-source-helper.h"
#include "serial-helper.h"
#include "user-traffic.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/gilbert-elliott-error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
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

constexpr uint32_t CROSS_SIZE = 200; //!< bytes of an IP packet of cross-traffic: 26 ms at 64 kbit/s
constexpr uint32_t FRAMING = 7;      //!< bytes that the line adds: header, FCS-16, flag
constexpr uint16_t CROSS_PORT = 9;   //!< of cross-traffic, the discard service
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
    : m_config(Checked(config)),
      m_net(m_config),
      m_injector(CreateObject<FailureInjector>()),
      m_traffic(config.trafficBin)
{
    m_recorder.Watch(GetEnd(R1), "R1");
    m_recorder.Watch(GetEnd(R2), "R2");
    m_recorder.Watch(m_injector);
    BuildImpairments();
    BuildFailures();
    BuildTraffic();
}

SerialScenario::~SerialScenario()
{
    m_injector->Dispose();
    Simulator::Destroy();
}

const SerialScenarioConfig&
SerialScenario::Checked(const SerialScenarioConfig& config)
{
    const std::optional<std::string> wrong = Check(config);
    NS_ABORT_MSG_IF(wrong, *wrong);
    return config;
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
    return config.FailurePlan::Check(GetTargetName(config),
                                     config.failure != SerialScenarioConfig::Failure::NONE,
                                     GetNeeds(config));
}

// ---- what makes keepalives go missing ----

void
SerialScenario::BuildImpairments()
{
    int64_t stream = STREAM_LOSS;
    for (const uint32_t end : {R1, R2})
    {
        if (m_config.burstStart > 0)
        {
            Ptr<GilbertElliottErrorModel> bursts = CreateObject<GilbertElliottErrorModel>();
            bursts->SetAttribute("GoodToBad", DoubleValue(m_config.burstStart));
            bursts->SetAttribute("BadToGood", DoubleValue(m_config.burstEnd));
            stream += bursts->AssignStreams(stream);
            FailureHelper::SetLoss(GetEnd(end), bursts);
        }
        else if (m_config.loss > 0)
        {
            Ptr<RateErrorModel> loss = CreateObject<RateErrorModel>();
            loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            loss->SetRate(m_config.loss);
            stream += loss->AssignStreams(stream);
            FailureHelper::SetLoss(GetEnd(end), loss);
        }
    }
    if (m_config.load <= 0)
    {
        return;
    }
    // The load is that of the line, framing included, so the source sends a little less.
    const double share = static_cast<double>(CROSS_SIZE) / (CROSS_SIZE + FRAMING);
    const auto rate = static_cast<uint64_t>(static_cast<double>(m_config.clock.GetBitRate()) *
                                            m_config.load * share);
    PoissonSourceHelper source(InetSocketAddress("10.0.0.2", CROSS_PORT));
    source.SetAttribute("DataRate", DataRateValue(DataRate(rate)));
    source.SetAttribute("PacketSize", UintegerValue(CROSS_SIZE));
    ApplicationContainer sources = source.Install(m_net.nodes.Get(SerialTopology::R1));
    source.AssignStreams(sources, STREAM_LOAD);
    PacketSinkHelper sink("ns3::UdpSocketFactory",
                          InetSocketAddress(Ipv4Address::GetAny(), CROSS_PORT));
    sink.Install(m_net.nodes.Get(SerialTopology::R2));
}

// ---- failures ----

std::string
SerialScenario::GetTargetName(const SerialScenarioConfig& config)
{
    using Failure = SerialScenarioConfig::Failure;
    const std::string router = config.failR1 ? "R1" : "R2";
    switch (config.failure)
    {
    case Failure::SHUTDOWN:
    case Failure::LOOPBACK:
        return router + ":" + (config.failR1 ? config.r1.name : config.r2.name);
    case Failure::CRASH:
    case Failure::STALL:
        return router;
    case Failure::NONE:
    case Failure::SILENT:
    case Failure::ONE_WAY_TO_R1:
    case Failure::ONE_WAY_TO_R2:
    case Failure::CARRIER:
    case Failure::DELAY_STEP:
        break;
    }
    return "R1-R2";
}

Ptr<FailureTarget>
SerialScenario::MakeTarget()
{
    using Failure = SerialScenarioConfig::Failure;
    const std::string name = GetTargetName(m_config);
    Ptr<NetDevice> r1 = GetEnd(R1);
    Ptr<NetDevice> r2 = GetEnd(R2);
    Ptr<NetDevice> failing = m_config.failR1 ? r1 : r2;
    Ptr<LinkCut> cut;
    switch (m_config.failure)
    {
    case Failure::NONE:
        return nullptr;
    case Failure::SILENT:
        cut = FailureHelper::CutLink(r1, r2, name);
        break;
    case Failure::ONE_WAY_TO_R1:
        cut = FailureHelper::CutOneWay(r2, r1, name);
        break;
    case Failure::ONE_WAY_TO_R2:
        cut = FailureHelper::CutOneWay(r1, r2, name);
        break;
    case Failure::CARRIER:
        cut = FailureHelper::CutCarrier(r1, r2, name);
        break;
    case Failure::SHUTDOWN:
        return FailureHelper::Shutdown(failing, name);
    case Failure::CRASH:
        return FailureHelper::Crash(failing->GetNode(), name);
    case Failure::STALL:
        return FailureHelper::Stall(failing->GetNode(), name);
    case Failure::LOOPBACK:
        return FailureHelper::PlugLoopback(failing, name);
    case Failure::DELAY_STEP:
        return FailureHelper::StepDelay(r1, m_config.delayStep, name);
    }
    cut->SetInFlight(m_config.inFlight);
    return cut;
}

void
SerialScenario::BuildFailures()
{
    m_stop = m_config.Apply(m_injector, MakeTarget(), GetNeeds(m_config), STREAM_FAILURES);
}

// ---- user traffic ----

void
SerialScenario::BuildTraffic()
{
    const UserTraffic traffic(m_config.trafficRate, m_config.trafficPacketSize);
    traffic.Install({m_net.nodes.Get(SerialTopology::H1), "10.1.0.1", "R1"},
                    {m_net.nodes.Get(SerialTopology::H2), "10.2.0.2", "R2"},
                    STREAM_TRAFFIC,
                    m_traffic);
    m_traffic.Watch(m_injector);
}

// ---- running it ----

void
SerialScenario::Run()
{
    Simulator::Stop(m_stop);
    Simulator::Run();
    m_recorder.Finish();
    m_traffic.Finish();
}

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

Ptr<FailureInjector>
SerialScenario::GetInjector() const
{
    return m_injector;
}

const DetectionRecorder&
SerialScenario::GetRecorder() const
{
    return m_recorder;
}

const TrafficMonitor&
SerialScenario::GetTraffic() const
{
    return m_traffic;
}

Time
SerialScenario::GetStop() const
{
    return m_stop;
}

const SerialScenarioConfig&
SerialScenario::GetConfig() const
{
    return m_config;
}

} // namespace keepalive
} // namespace ns3
