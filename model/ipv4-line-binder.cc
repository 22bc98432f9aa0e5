/* SPDX-License-Identifier: GPL-2.0-only */

#include "ipv4-line-binder.h"

#include "ns3/abort.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/net-device.h"
#include "ns3/node.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveIpv4LineBinder");

NS_OBJECT_ENSURE_REGISTERED(Ipv4LineBinder);

TypeId
Ipv4LineBinder::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::Ipv4LineBinder")
                            .SetParent<Object>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<Ipv4LineBinder>();
    return tid;
}

Ipv4LineBinder::Ipv4LineBinder() = default;

Ipv4LineBinder::~Ipv4LineBinder() = default;

void
Ipv4LineBinder::DoDispose()
{
    m_device = nullptr;
    m_ipv4 = nullptr;
    m_routes.clear();
    Object::DoDispose();
}

void
Ipv4LineBinder::Bind(Ptr<NetDevice> device)
{
    SetDevice(device);
    // The callback holds a reference to this object: it lives as long as its device.
    device->AddLinkChangeCallback(
        MakeCallback(&Ipv4LineBinder::HandleLinkChange, Ptr<Ipv4LineBinder>(this)));
    HandleLinkChange();
}

void
Ipv4LineBinder::SetDevice(Ptr<NetDevice> device)
{
    m_device = PeekPointer(device);
    m_ipv4 = PeekPointer(device->GetNode()->GetObject<Ipv4>());
    NS_ABORT_MSG_IF(!m_ipv4, "the node of this line has no IPv4 stack");
    const int32_t interface = m_ipv4->GetInterfaceForDevice(device);
    NS_ABORT_MSG_IF(interface < 0, "this line has no IPv4 interface: give it an address first");
    m_interface = static_cast<uint32_t>(interface);
}

void
Ipv4LineBinder::HandleLinkChange()
{
    if (m_ipv4)
    {
        SetLine(m_device->IsLinkUp());
    }
}

void
Ipv4LineBinder::SetLine(bool up)
{
    m_lineUp = up;
    Update();
}

void
Ipv4LineBinder::HoldDown()
{
    m_holds++;
    Update();
}

void
Ipv4LineBinder::Release()
{
    NS_ASSERT_MSG(m_holds > 0, "releasing a line that nobody holds down");
    m_holds--;
    Update();
}

void
Ipv4LineBinder::Update()
{
    const bool up = m_lineUp && m_holds == 0;
    if (!m_ipv4 || m_ipv4->IsUp(m_interface) == up)
    {
        return;
    }
    NS_LOG_INFO("interface " << m_interface << (up ? " up" : " down"));
    if (up)
    {
        m_ipv4->SetUp(m_interface);
        RestoreStaticRoutes();
    }
    else
    {
        SaveStaticRoutes();
        m_ipv4->SetDown(m_interface);
    }
}

void
Ipv4LineBinder::SaveStaticRoutes()
{
    m_routes.clear();
    Ptr<Ipv4StaticRouting> routing = GetStaticRouting();
    for (uint32_t i = 0; routing && i < routing->GetNRoutes(); i++)
    {
        const Ipv4RoutingTableEntry route = routing->GetRoute(i);
        if (route.GetInterface() == m_interface)
        {
            m_routes.emplace_back(route, routing->GetMetric(i));
        }
    }
}

void
Ipv4LineBinder::RestoreStaticRoutes()
{
    Ptr<Ipv4StaticRouting> routing = GetStaticRouting();
    if (!routing)
    {
        return;
    }
    for (const auto& [route, metric] : m_routes)
    {
        // The interface coming up has put back the routes to its own networks; ns-3 refuses to add
        // the same route twice.
        routing->AddNetworkRouteTo(route.GetDest(),
                                   route.GetDestNetworkMask(),
                                   route.GetGateway(),
                                   m_interface,
                                   metric);
    }
}

Ptr<Ipv4StaticRouting>
Ipv4LineBinder::GetStaticRouting() const
{
    Ptr<Ipv4RoutingProtocol> routing = m_ipv4->GetRoutingProtocol();
    Ptr<Ipv4StaticRouting> found = DynamicCast<Ipv4StaticRouting>(routing);
    Ptr<Ipv4ListRouting> list = DynamicCast<Ipv4ListRouting>(routing);
    for (uint32_t i = 0; !found && list && i < list->GetNRoutingProtocols(); i++)
    {
        int16_t priority;
        found = DynamicCast<Ipv4StaticRouting>(list->GetRoutingProtocol(i, priority));
    }
    return found;
}

} // namespace keepalive
} // namespace ns3
