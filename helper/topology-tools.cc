/* SPDX-License-Identifier: GPL-2.0-only */

#include "topology-tools.h"

#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ns3-compat.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"

namespace ns3
{
namespace keepalive
{

InternetStackHelper
MakeStaticStack()
{
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    return stack;
}

NetDeviceContainer
LinkNodes(Ptr<Node> a,
          Ptr<Node> b,
          DataRate rate,
          Time delay,
          const char* network,
          const char* mask,
          bool contended)
{
    PointToPointHelper link;
    if (!contended)
    {
        KEEPALIVE_DISABLE_FLOW_CONTROL(link);
    }
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

void
LimitQueue(Ptr<NetDevice> device, uint32_t packets, bool bands)
{
    const QueueSize size(QueueSizeUnit::PACKETS, packets);
    TrafficControlHelper::Default().Uninstall(device);
    PointerValue queue;
    device->GetAttribute("TxQueue", queue);
    if (!bands)
    {
        queue.Get<Object>()->SetAttribute("MaxSize", QueueSizeValue(size));
        return;
    }
    // The device's own queue must not add to it.
    queue.Get<Object>()->SetAttribute("MaxSize", StringValue("1p"));
    TrafficControlHelper control;
    const uint16_t handle = control.SetRootQueueDisc("ns3::PrioQueueDisc");
    TrafficControlHelper::ClassIdList classes =
        control.AddQueueDiscClasses(handle, 3, "ns3::QueueDiscClass");
    control.AddChildQueueDiscs(handle,
                               classes,
                               "ns3::FifoQueueDisc",
                               "MaxSize",
                               QueueSizeValue(size));
    control.Install(device);
}

} // namespace keepalive
} // namespace ns3
