/* SPDX-License-Identifier: GPL-2.0-only */

#include "scenario.h"

#include "failure-helper.h"
#include "poisson-source-helper.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/gilbert-elliott-error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/serial-net-device.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

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

constexpr uint16_t CROSS_PORT = 9; //!< of cross-traffic, the discard service

} // namespace

Scenario::Scenario(const ScenarioConfig& config, const std::optional<std::string>& wrong)
    : m_injector(CreateObject<FailureInjector>()),
      m_traffic(config.trafficBin)
{
    NS_ABORT_MSG_IF(wrong, *wrong);
    m_recorder.Watch(m_injector);
    m_traffic.Watch(m_injector);
}

Scenario::~Scenario()
{
    Destroy();
}

void
Scenario::Destroy()
{
    m_injector->Dispose();
    Simulator::Destroy();
}

// ---- what makes keepalives go missing ----

void
Scenario::BuildLoss(const ScenarioConfig& config, const NetDeviceContainer& receivers)
{
    int64_t stream = STREAM_LOSS;
    for (uint32_t i = 0; i < receivers.GetN(); i++)
    {
        if (config.HasBursts())
        {
            Ptr<GilbertElliottErrorModel> bursts = CreateObject<GilbertElliottErrorModel>();
            bursts->SetAttribute("GoodToBad", DoubleValue(config.burstStart));
            bursts->SetAttribute("BadToGood", DoubleValue(config.burstEnd));
            bursts->SetAttribute("GoodTime", TimeValue(config.goodTime));
            bursts->SetAttribute("BadTime", TimeValue(config.badTime));
            stream += bursts->AssignStreams(stream);
            FailureHelper::SetLoss(receivers.Get(i), bursts);
        }
        else if (config.loss > 0)
        {
            Ptr<RateErrorModel> loss = CreateObject<RateErrorModel>();
            loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            loss->SetRate(config.loss);
            stream += loss->AssignStreams(stream);
            FailureHelper::SetLoss(receivers.Get(i), loss);
        }
    }
}

void
Scenario::BuildCrossTraffic(const ScenarioConfig& config, const CrossTraffic& traffic)
{
    if (config.load <= 0)
    {
        return;
    }
    // The load is that of the wire, framing included, so the source sends a little less.
    const double share =
        static_cast<double>(traffic.packetSize) / (traffic.packetSize + traffic.framing);
    const double rate = config.load * static_cast<double>(traffic.wire.GetBitRate()) * share;
    PoissonSourceHelper source(InetSocketAddress(traffic.address, CROSS_PORT));
    source.SetAttribute("DataRate", DataRateValue(DataRate(static_cast<uint64_t>(rate))));
    source.SetAttribute("PacketSize", UintegerValue(traffic.packetSize));
    PoissonSourceHelper::AssignStreams(source.Install(traffic.from), STREAM_LOAD);
    PacketSinkHelper sink("ns3::UdpSocketFactory",
                          InetSocketAddress(Ipv4Address::GetAny(), CROSS_PORT));
    sink.Install(traffic.to);
}

// ---- what fails, and when ----

std::string
Scenario::ChooseTargetName(ScenarioConfig::Failure failure,
                           const std::string& link,
                           const std::string& router,
                           const std::string& interface)
{
    using Failure = ScenarioConfig::Failure;
    switch (failure)
    {
    case Failure::SHUTDOWN:
    case Failure::LOOPBACK:
        return interface;
    case Failure::CRASH:
    case Failure::STALL:
    case Failure::BINDING_LOSS:
        return router;
    case Failure::NONE:
    case Failure::SILENT:
    case Failure::ONE_WAY_TO_R1:
    case Failure::ONE_WAY_TO_R2:
    case Failure::CARRIER:
    case Failure::DELAY_STEP:
        break;
    }
    return link;
}

Ptr<FailureTarget>
Scenario::MakeTarget(const ScenarioConfig& config, const FailurePoints& points)
{
    using Failure = ScenarioConfig::Failure;
    Ptr<LinkCut> cut;
    switch (config.failure)
    {
    case Failure::NONE:
    case Failure::BINDING_LOSS: // made by the scenario that has something to forget them
        return nullptr;
    case Failure::SILENT:
        cut = FailureHelper::CutLink(points.nearR1, points.nearR2, points.name);
        break;
    case Failure::ONE_WAY_TO_R1:
        cut = FailureHelper::CutOneWay(points.nearR2, points.nearR1, points.name);
        break;
    case Failure::ONE_WAY_TO_R2:
        cut = FailureHelper::CutOneWay(points.nearR1, points.nearR2, points.name);
        break;
    case Failure::CARRIER:
        cut = FailureHelper::CutCarrier(points.nearR1, points.nearR2, points.name);
        break;
    case Failure::SHUTDOWN:
        return FailureHelper::Shutdown(points.interface, points.name);
    case Failure::CRASH:
        return FailureHelper::Crash(points.node, points.name);
    case Failure::STALL:
        return FailureHelper::Stall(points.node, points.name);
    case Failure::LOOPBACK:
        // On the end of the line itself, or else on that of the link, on the side of R2.
        return FailureHelper::PlugLoopback(
            DynamicCast<SerialNetDevice>(points.interface) ? points.interface : points.nearR2,
            points.name);
    case Failure::DELAY_STEP:
        return FailureHelper::StepDelay(points.nearR1, config.delayStep, points.name);
    }
    cut->SetInFlight(config.inFlight);
    return cut;
}

void
Scenario::BuildFailures(const ScenarioConfig& config,
                        Ptr<FailureTarget> target,
                        const FailurePlan::Needs& needs)
{
    m_stop = config.Apply(m_injector, target, needs, STREAM_FAILURES);
}

// ---- user traffic ----

void
Scenario::BuildTraffic(const ScenarioConfig& config,
                       const UserTraffic::Host& first,
                       const UserTraffic::Host& second)
{
    const UserTraffic traffic(config.trafficRate, config.trafficPacketSize);
    traffic.Install(first, second, STREAM_TRAFFIC, m_traffic);
}

// ---- running it ----

void
Scenario::Run()
{
    Simulator::Stop(m_stop);
    Simulator::Run();
    m_recorder.Finish();
    m_traffic.Finish();
}

Ptr<FailureInjector>
Scenario::GetInjector() const
{
    return m_injector;
}

const DetectionRecorder&
Scenario::GetRecorder() const
{
    return m_recorder;
}

const TrafficMonitor&
Scenario::GetTraffic() const
{
    return m_traffic;
}

Time
Scenario::GetStop() const
{
    return m_stop;
}

} // namespace keepalive
} // namespace ns3
