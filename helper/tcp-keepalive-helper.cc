/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-helper.h"

#include "ns3/abort.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-keepalive-socket-factory.h"
#include "ns3/tcp-keepalive-socket.h"

namespace ns3
{
namespace keepalive
{

TcpKeepaliveHelper::TcpKeepaliveHelper(const std::string& profile)
{
    m_socketFactory.SetTypeId(TcpKeepaliveSocket::GetTypeId());
    SetProfile(profile);
}

void
TcpKeepaliveHelper::SetProfile(const std::string& name)
{
    NS_ABORT_MSG_IF(!TcpKeepaliveProfile::Find(name),
                    "TcpKeepaliveHelper: there is no profile \"" << name << "\"");
    m_socketFactory.Set("Profile", StringValue(name));
}

void
TcpKeepaliveHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_socketFactory.Set(name, value);
}

void
TcpKeepaliveHelper::Install(Ptr<Node> node) const
{
    Ptr<TcpKeepaliveSocketFactory> factory = node->GetObject<TcpKeepaliveSocketFactory>();
    if (!factory)
    {
        factory = CreateObject<TcpKeepaliveSocketFactory>();
        node->AggregateObject(factory);
    }
    factory->SetSocketAttributes(m_socketFactory);
}

void
TcpKeepaliveHelper::Install(const NodeContainer& nodes) const
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Install(*node);
    }
}

} // namespace keepalive
} // namespace ns3
