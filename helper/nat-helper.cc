/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-helper.h"

#include "ns3/abort.h"
#include "ns3/ipv4.h"
#include "ns3/nat-profile.h"
#include "ns3/node.h"
#include "ns3/string.h"

namespace ns3
{
namespace keepalive
{

NatHelper::NatHelper(const std::string& profile)
{
    NS_ABORT_MSG_IF(!NatProfile::Find(profile),
                    "NatHelper: there is no profile \"" << profile << "\"");
    m_boxes.SetTypeId(NatBox::GetTypeId());
    m_boxes.Set("Profile", StringValue(profile));
}

void
NatHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_boxes.Set(name, value);
}

Ptr<NatBox>
NatHelper::Install(Ptr<NetDevice> outside) const
{
    Ptr<Node> node = outside->GetNode();
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4, "NatHelper: the node has no Internet stack");
    const int32_t interface = ipv4->GetInterfaceForDevice(outside);
    NS_ABORT_MSG_IF(interface < 0, "NatHelper: the device has no interface");
    Ptr<NatBox> box = m_boxes.Create<NatBox>();
    box->Attach(ipv4, static_cast<uint32_t>(interface));
    node->AggregateObject(box);
    return box;
}

} // namespace keepalive
} // namespace ns3
