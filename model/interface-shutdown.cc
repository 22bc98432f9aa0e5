/* SPDX-License-Identifier: GPL-2.0-only */

#include "interface-shutdown.h"

#include "keepalive-net-device.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(InterfaceShutdown);

TypeId
InterfaceShutdown::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::InterfaceShutdown")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<InterfaceShutdown>();
    return tid;
}

InterfaceShutdown::InterfaceShutdown() = default;

InterfaceShutdown::~InterfaceShutdown() = default;

void
InterfaceShutdown::SetDevice(Ptr<KeepaliveNetDevice> device)
{
    m_device = device;
}

std::string
InterfaceShutdown::GetKind() const
{
    return "shutdown";
}

void
InterfaceShutdown::DoFail()
{
    m_device->SetAdminUp(false);
}

void
InterfaceShutdown::DoRepair()
{
    m_device->SetAdminUp(true);
}

void
InterfaceShutdown::DoDispose()
{
    m_device = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
