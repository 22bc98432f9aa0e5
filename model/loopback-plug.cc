/* SPDX-License-Identifier: GPL-2.0-only */

#include "loopback-plug.h"

#include "outage-error-model.h"
#include "serial-channel.h"
#include "serial-net-device.h"

#include "ns3/callback.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(LoopbackPlug);

TypeId
LoopbackPlug::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::LoopbackPlug")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<LoopbackPlug>();
    return tid;
}

LoopbackPlug::LoopbackPlug() = default;

LoopbackPlug::~LoopbackPlug() = default;

void
LoopbackPlug::SetDevice(Ptr<SerialNetDevice> device)
{
    m_device = device;
}

void
LoopbackPlug::SetLink(Ptr<PointToPointNetDevice> device,
                      Ptr<OutageErrorModel> incoming,
                      const WireDirection& outgoing)
{
    m_linkDevice = device;
    m_incoming = incoming;
    m_outgoing = outgoing;
}

std::string
LoopbackPlug::GetKind() const
{
    return "loopback";
}

void
LoopbackPlug::DoFail()
{
    if (m_device)
    {
        m_device->GetSerialChannel()->InsertLoopbackPlug(m_device);
        return;
    }
    m_incoming->Cut(false);
    m_outgoing->Cut(false);
    m_linkDevice->TraceConnectWithoutContext("PhyTxEnd",
                                             MakeBoundCallback(&LoopbackPlug::Sent, this));
}

void
LoopbackPlug::Sent(LoopbackPlug* plug, Ptr<const Packet> frame)
{
    // Once the device is done with sending it, which it is not while it says so.
    Simulator::ScheduleNow(&LoopbackPlug::Return, Ptr<LoopbackPlug>(plug), frame->Copy());
}

void
LoopbackPlug::Return(Ptr<Packet> frame)
{
    if (!HasFailed())
    {
        return; // the plug was pulled
    }
    m_incoming->SetBypassed(true);
    m_linkDevice->Receive(frame);
    m_incoming->SetBypassed(false);
}

void
LoopbackPlug::DoRepair()
{
    if (m_device)
    {
        m_device->GetSerialChannel()->RemoveLoopbackPlug(m_device);
        return;
    }
    m_linkDevice->TraceDisconnectWithoutContext("PhyTxEnd",
                                                MakeBoundCallback(&LoopbackPlug::Sent, this));
    m_outgoing->Restore();
    m_incoming->Restore();
}

void
LoopbackPlug::DoDispose()
{
    m_device = nullptr;
    m_linkDevice = nullptr;
    m_incoming = nullptr;
    m_outgoing.reset();
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
