/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TOPOLOGY_TOOLS_H
#define KEEPALIVE_TOPOLOGY_TOOLS_H

#include "ns3/data-rate.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device-container.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief An Internet stack of IPv4 whose only routes are static ones: ns-3's own has a list of two
 *        routing protocols, which every packet goes through at every hop.
 * @return what installs it
 */
InternetStackHelper MakeStaticStack();

/**
 * @ingroup keepalive
 * @brief Link two nodes and give the link addresses, the lower one to the first node.
 * @param a one node
 * @param b the other node
 * @param rate bit rate
 * @param delay one-way delay
 * @param network its network
 * @param mask its mask
 * @param contended whether a queue may build up; where a packet waits for one or two others at
 *        most, a queue disc, which ns-3 installs otherwise, only costs more than the link itself
 * @return the devices, a's first
 */
NetDeviceContainer LinkNodes(Ptr<Node> a,
                             Ptr<Node> b,
                             DataRate rate,
                             Time delay,
                             const char* network,
                             const char* mask,
                             bool contended = true);

/**
 * @ingroup keepalive
 * @brief Add a static route.
 * @param node where
 * @param destination network, or host if mask is all ones
 * @param mask mask
 * @param gateway next hop
 * @param device outgoing device
 * @param metric preference, lower is better
 */
void AddStaticRoute(Ptr<Node> node,
                    Ipv4Address destination,
                    const char* mask,
                    const char* gateway,
                    Ptr<NetDevice> device,
                    uint32_t metric = 0);

/**
 * @brief Give a device one queue of one size, in place of ns-3's two: shared by all packets, or
 * with three bands, of which packets of low delay (TOS 0x10) have the first.
 * @param device a device with a queue of its own, whose node has an Internet stack
 * @param packets the size; that of each band
 * @param bands whether there are bands
 */
void LimitQueue(Ptr<NetDevice> device, uint32_t packets, bool bands);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TOPOLOGY_TOOLS_H */
