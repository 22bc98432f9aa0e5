/* SPDX-License-Identifier: GPL-2.0-only */

#include "line-address.h"

#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-address.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr std::size_t ADDRESS_BYTES = 16; //!< of an IPv6 address

} // namespace

std::optional<Ipv4InterfaceAddress>
GetLineAddress(Ptr<NetDevice> device)
{
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    const int32_t interface = ipv4 ? ipv4->GetInterfaceForDevice(device) : -1;
    if (interface < 0 || ipv4->GetNAddresses(interface) == 0)
    {
        return std::nullopt;
    }
    return ipv4->GetAddress(interface, 0);
}

uint64_t
GetLineIdentifier(Ptr<NetDevice> device)
{
    Ptr<Ipv6> ipv6 = device->GetNode()->GetObject<Ipv6>();
    const int32_t interface = ipv6 ? ipv6->GetInterfaceForDevice(device) : -1;
    const uint32_t count = interface < 0 ? 0 : ipv6->GetNAddresses(interface);
    uint64_t identifier = 0;
    for (uint32_t i = 0; i < count && identifier == 0; i++)
    {
        const Ipv6Address address = ipv6->GetAddress(interface, i).GetAddress();
        if (address.IsLinkLocal())
        {
            uint8_t bytes[ADDRESS_BYTES];
            address.GetBytes(bytes);
            for (std::size_t byte = ADDRESS_BYTES / 2; byte < ADDRESS_BYTES; byte++)
            {
                identifier = identifier << 8 | bytes[byte];
            }
        }
    }
    return identifier;
}

bool
AdoptLineAddress(Ptr<NetDevice> device, const Ipv4InterfaceAddress& address, Ipv4Address peer)
{
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    if (!ipv4 || GetLineAddress(device))
    {
        return false;
    }
    int32_t interface = ipv4->GetInterfaceForDevice(device);
    if (interface < 0)
    {
        interface = static_cast<int32_t>(ipv4->AddInterface(device));
    }
    ipv4->AddAddress(interface, address);
    ipv4->SetMetric(interface, 1);
    ipv4->SetUp(interface);
    Ptr<Ipv4StaticRouting> routing =
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    const bool covered = address.GetMask().IsMatch(address.GetLocal(), peer);
    if (routing && !covered && peer != Ipv4Address::GetAny())
    {
        routing->AddHostRouteTo(peer, interface);
    }
    return true;
}

} // namespace keepalive
} // namespace ns3
