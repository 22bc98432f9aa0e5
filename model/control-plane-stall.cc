/* SPDX-License-Identifier: GPL-2.0-only */

#include "control-plane-stall.h"

#include "keepalive-net-device.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(ControlPlaneStall);

TypeId
ControlPlaneStall::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::ControlPlaneStall")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<ControlPlaneStall>();
    return tid;
}

ControlPlaneStall::ControlPlaneStall() = default;

ControlPlaneStall::~ControlPlaneStall() = default;

void
ControlPlaneStall::AddDevice(Ptr<KeepaliveNetDevice> device)
{
    m_devices.push_back(device);
}

std::string
ControlPlaneStall::GetKind() const
{
    return "stall";
}

void
ControlPlaneStall::DoFail()
{
    for (const auto& device : m_devices)
    {
        device->SetControlPlaneStalled(true);
    }
}

void
ControlPlaneStall::DoRepair()
{
    for (const auto& device : m_devices)
    {
        device->SetControlPlaneStalled(false);
    }
}

void
ControlPlaneStall::DoDispose()
{
    m_devices.clear();
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
