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
    AddPart(device);
}

void
ControlPlaneStall::AddPart(Ptr<Object> part)
{
    m_parts.Add(part);
}

void
ControlPlaneStall::AddPartsOf(Ptr<Node> node)
{
    m_parts.AddAllOf(node);
}

std::string
ControlPlaneStall::GetKind() const
{
    return "stall";
}

void
ControlPlaneStall::DoFail()
{
    m_parts.SetControlPlaneStalled(true);
}

void
ControlPlaneStall::DoRepair()
{
    m_parts.SetControlPlaneStalled(false);
}

void
ControlPlaneStall::DoDispose()
{
    m_parts.Clear();
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
