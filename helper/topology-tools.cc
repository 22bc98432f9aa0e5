/* SPDX-License-Identifier: GPL-2.0-only */

#include "topology-tools.h"

#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/point-to-point-helper.h"

namespace ns3
{
namespace keepalive
{

NetDeviceContainer
LinkNodes(Ptr<Node> a,
          Ptr<Node> b,
          DataRate rate,
          Time delay,
          const char* network,
          const char* mask)
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", DataRateValue(rate));
    link.SetChannelAttribute("Delay", TimeValue(delay));
    NetDeviceContainer devices = link.Install(a, b);
    Ipv4AddressHelper addresses(network, mask);
    addresses.Assign(devices);
    return devices;
}

void
AddStaticRoute(Ptr<Node> node,
               Ipv4Address destination,
               const char* mask,
               const char* gateway,
               Ptr<NetDevice> device,
               uint32_t metric)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    Ipv4StaticRoutingHelper helper;
    helper.GetStaticRouting(ipv4)->AddNetworkRouteTo(destination,
                                                     Ipv4Mask(mask),
                                                     Ipv4Address(gateway),
                                                     ipv4->GetInterfaceForDevice(device),
                                                     metric);
}

} // namespace keepalive
} // namespace ns3
