/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-keepalive-helper.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

EthernetKeepaliveHelper::EthernetKeepaliveHelper()
{
    m_factory.SetTypeId(EthernetKeepalive::GetTypeId());
}

void
EthernetKeepaliveHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

void
EthernetKeepaliveHelper::SetKeepalive(Time interval, uint32_t retries)
{
    m_factory.Set("KeepaliveInterval", TimeValue(interval));
    m_factory.Set("KeepaliveRetries", UintegerValue(retries));
}

void
EthernetKeepaliveHelper::SetErrDisableRecovery(Time interval)
{
    m_factory.Set("ErrDisableRecovery", TimeValue(interval));
}

Ptr<EthernetKeepalive>
EthernetKeepaliveHelper::Install(Ptr<NetDevice> device) const
{
    Ptr<EthernetKeepalive> keepalive = m_factory.Create<EthernetKeepalive>();
    keepalive->Attach(device);
    return keepalive;
}

void
EthernetKeepaliveHelper::Install(const NetDeviceContainer& devices) const
{
    for (auto device = devices.Begin(); device != devices.End(); ++device)
    {
        Install(*device);
    }
}

Ptr<EthernetKeepalive>
EthernetKeepaliveHelper::Get(Ptr<NetDevice> device)
{
    return device->GetObject<EthernetKeepalive>();
}

Ptr<EthernetSwitch>
EthernetKeepaliveHelper::InstallSwitch(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(node->GetObject<EthernetSwitch>(),
                    "node " << node->GetId() << " is a switch already");
    Ptr<EthernetSwitch> bridge = CreateObject<EthernetSwitch>();
    node->AggregateObject(bridge);
    for (uint32_t i = 0; i < node->GetNDevices(); i++)
    {
        Ptr<NetDevice> device = node->GetDevice(i);
        // The loopback interface of an IP stack, and point-to-point links, are no ports.
        if (device->SupportsSendFrom() && device->IsBroadcast() && !device->IsPointToPoint() &&
            Mac48Address::IsMatchingType(device->GetAddress()))
        {
            bridge->AddPort(device);
        }
    }
    return bridge;
}

Ptr<EthernetSwitch>
EthernetKeepaliveHelper::InstallHub(Ptr<Node> node)
{
    Ptr<EthernetSwitch> hub = InstallSwitch(node);
    hub->SetAttribute("Learning", BooleanValue(false));
    return hub;
}

int64_t
EthernetKeepaliveHelper::AssignStreams(const NetDeviceContainer& devices, int64_t stream)
{
    int64_t used = 0;
    for (auto device = devices.Begin(); device != devices.End(); ++device)
    {
        Ptr<EthernetKeepalive> keepalive = Get(*device);
        if (keepalive)
        {
            used += keepalive->AssignStreams(stream + used);
        }
    }
    return used;
}

} // namespace keepalive
} // namespace ns3
