/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-routing.h"

#include "nat-box.h"

#include "ns3/abort.h"
#include "ns3/ipv4.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NatRouting);

TypeId
NatRouting::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::NatRouting")
                            .SetParent<Ipv4ListRouting>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<NatRouting>();
    return tid;
}

NatRouting::NatRouting() = default;

NatRouting::~NatRouting() = default;

void
NatRouting::Connect(NatBox* box, Ptr<Ipv4RoutingProtocol> routing)
{
    m_box = box;
    m_behind = routing;
}

void
NatRouting::Release()
{
    m_box = nullptr;
}

Ptr<Ipv4RoutingProtocol>
NatRouting::GetBehind() const
{
    return m_behind;
}

bool
NatRouting::RouteInput(Ptr<const Packet> packet,
                       const Ipv4Header& header,
                       Ptr<const NetDevice> device,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(UnicastForwardCallback) forward,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(MulticastForwardCallback) forwardMulticast,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(LocalDeliverCallback) deliver,
                       KEEPALIVE_ROUTE_INPUT_CALLBACK(ErrorCallback) fail)
{
    NatBox::Passing passing{packet, header};
    if (m_box && !m_box->Receive(passing, m_ipv4->GetInterfaceForDevice(device)))
    {
        return true; // dropped, and traced there
    }
    return m_behind->RouteInput(passing.packet,
                                passing.header,
                                device,
                                forward,
                                forwardMulticast,
                                deliver,
                                fail);
}

Ptr<Ipv4Route>
NatRouting::RouteOutput(Ptr<Packet> packet,
                        const Ipv4Header& header,
                        Ptr<NetDevice> device,
                        Socket::SocketErrno& error)
{
    return m_behind->RouteOutput(packet, header, device, error);
}

void
NatRouting::AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> routingProtocol, int16_t priority)
{
    Ptr<Ipv4ListRouting> list = DynamicCast<Ipv4ListRouting>(m_behind);
    NS_ABORT_MSG_IF(!list, "NatRouting: there is no list behind it");
    list->AddRoutingProtocol(routingProtocol, priority);
}

uint32_t
NatRouting::GetNRoutingProtocols() const
{
    Ptr<Ipv4ListRouting> list = DynamicCast<Ipv4ListRouting>(m_behind);
    return list ? list->GetNRoutingProtocols() : 1;
}

Ptr<Ipv4RoutingProtocol>
NatRouting::GetRoutingProtocol(uint32_t index, int16_t& priority) const
{
    Ptr<Ipv4ListRouting> list = DynamicCast<Ipv4ListRouting>(m_behind);
    priority = 0;
    return list ? list->GetRoutingProtocol(index, priority) : m_behind;
}

void
NatRouting::NotifyInterfaceUp(uint32_t interface)
{
    m_behind->NotifyInterfaceUp(interface);
}

void
NatRouting::NotifyInterfaceDown(uint32_t interface)
{
    m_behind->NotifyInterfaceDown(interface);
}

void
NatRouting::NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    m_behind->NotifyAddAddress(interface, address);
}

void
NatRouting::NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    m_behind->NotifyRemoveAddress(interface, address);
}

void
NatRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4; // the protocol behind has it already
}

void
NatRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    m_behind->PrintRoutingTable(stream, unit);
}

void
NatRouting::DoInitialize()
{
    m_behind->Initialize();
    Ipv4ListRouting::DoInitialize();
}

void
NatRouting::DoDispose()
{
    m_box = nullptr;
    m_ipv4 = nullptr;
    Ipv4ListRouting::DoDispose();
}

} // namespace keepalive
} // namespace ns3
