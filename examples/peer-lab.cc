/* SPDX-License-Identifier: GPL-2.0-only */

#include "peer-lab.h"

#include "ns3/boolean.h"
#include "ns3/detection-law.h"
#include "ns3/enum.h"
#include "ns3/failure-target.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/serial-helper.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The peer's process is stopped: silent, but not gone, and it remembers everything.
 */
class PeerSuspension : public FailureTarget
{
  public:
    /**
     * @brief Create a target.
     * @param pty where the peer is; must outlive the target
     */
    explicit PeerSuspension(Pty* pty)
        : m_pty(pty)
    {
        SetName("peer");
    }

    std::string GetKind() const override
    {
        return "sigstop";
    }

  private:
    void DoFail() override
    {
        m_pty->Suspend();
    }

    void DoRepair() override
    {
        m_pty->Resume();
    }

    Pty* m_pty; //!< where the peer is
};

} // namespace

PeerLab::PeerLab(const Config& config, Pty& pty)
    : m_config(config),
      m_injector(CreateObject<FailureInjector>())
{
    const NodeContainer nodes(2);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes.Get(0));

    const bool ios = config.rule == PppNetDevice::IOS;
    SerialHelper ppp("ns3::keepalive::PppNetDevice");
    ppp.SetKeepalive(config.interval, config.retries);
    ppp.SetDeviceAttribute("DataRate", DataRateValue(config.clock));
    ppp.SetDeviceAttribute("CaptureFcs", BooleanValue(true));
    ppp.SetDeviceAttribute("VerdictRule", EnumValue(config.rule));
    ppp.SetDeviceAttribute("EchoCarriesMagic", BooleanValue(ios));
    ppp.SetDeviceAttribute("FirstEchoIdentifier", UintegerValue(ios ? 1 : 0));
    ppp.SetDeviceAttribute("RestartTimer", TimeValue(config.restartTimer));
    ppp.SetDeviceAttribute("LocalAddress", Ipv4AddressValue(config.localAddress));
    ppp.SetDeviceAttribute("RemoteAddress", Ipv4AddressValue(config.remoteAddress));
    SerialHelper tty("ns3::keepalive::TtyBridgeDevice");
    tty.SetDeviceAttribute("DataRate", DataRateValue(config.clock));
    Ptr<SerialChannel> line = ppp.CreateChannel();
    m_device = DynamicCast<PppNetDevice>(ppp.InstallEnd(nodes.Get(0), line));
    m_bridge = DynamicCast<TtyBridgeDevice>(tty.InstallEnd(nodes.Get(1), line));
    m_bridge->SetDescriptor(pty.GetDescriptor());

    m_recorder.Watch(m_device, "R1");
    m_recorder.Watch(m_injector);
    if (config.stopPeerAt.IsStrictlyPositive())
    {
        m_injector->Schedule(CreateObject<PeerSuspension>(&pty),
                             config.stopPeerAt,
                             config.stopPeerFor);
    }
    m_device->TraceConnectWithoutContext("LineProtocol", MakeCallback(&PeerLab::LineChanged, this));
}

PeerLab::~PeerLab()
{
    m_injector->Dispose();
    Simulator::Destroy(); // before what its events and traces refer to
}

void
PeerLab::EnablePcap(const std::string& file)
{
    SerialHelper serial;
    serial.SetPppLinkType(SerialHelper::LINKTYPE_PPP_SERIAL);
    serial.EnablePcap(file, m_device, true, true);
}

void
PeerLab::Finish()
{
    m_recorder.Finish();
}

std::optional<DetectionBounds>
PeerLab::GetLaw() const
{
    // Before the first keepalives were answered there is no last one for the law to start from.
    const double interval = m_config.interval.GetSeconds();
    if (m_config.interval.IsZero() || m_config.stopPeerAt.GetSeconds() < 2 * interval + 1)
    {
        return std::nullopt;
    }
    // The round trip is nothing compared with the interval. It decides for Linux, whose hold time
    // of R intervals begins at the answer: R ticks after the request it is not quite over.
    return DetectionLaw(DetectionLaw::Verdict::AT_NEXT_PROBE, interval, m_config.retries, 0, 0, 0)
        .GetBounds();
}

void
PeerLab::LineChanged(const DetectionEvent& event)
{
    m_opened = m_opened || event.up;
}

bool
PeerLab::HasOpened() const
{
    return m_opened;
}

Time
PeerLab::GetLateness() const
{
    return m_realTime.GetLateness();
}

Ptr<PppNetDevice>
PeerLab::GetDevice() const
{
    return m_device;
}

Ptr<TtyBridgeDevice>
PeerLab::GetBridge() const
{
    return m_bridge;
}

Ptr<FailureInjector>
PeerLab::GetInjector() const
{
    return m_injector;
}

const DetectionRecorder&
PeerLab::GetRecorder() const
{
    return m_recorder;
}

} // namespace keepalive
} // namespace ns3
