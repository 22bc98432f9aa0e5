/* SPDX-License-Identifier: GPL-2.0-only */

#include "loopback-plug.h"

#include "serial-channel.h"
#include "serial-net-device.h"

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

std::string
LoopbackPlug::GetKind() const
{
    return "loopback";
}

void
LoopbackPlug::DoFail()
{
    m_device->GetSerialChannel()->InsertLoopbackPlug(m_device);
}

void
LoopbackPlug::DoRepair()
{
    m_device->GetSerialChannel()->RemoveLoopbackPlug(m_device);
}

void
LoopbackPlug::DoDispose()
{
    m_device = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
