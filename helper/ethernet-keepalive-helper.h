/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_KEEPALIVE_HELPER_H
#define KEEPALIVE_ETHERNET_KEEPALIVE_HELPER_H

#include "ns3/ethernet-keepalive.h"
#include "ns3/ethernet-switch.h"
#include "ns3/net-device-container.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Puts Ethernet keepalives on devices that exist, and makes nodes switches.
 *
 * @code
   NetDeviceContainer devices = csma.Install(NodeContainer(router, bridge));
   EthernetKeepaliveHelper ethernet;
   ethernet.SetKeepalive(Seconds(10), 5);
   ethernet.Install(devices.Get(0));
   EthernetKeepaliveHelper::InstallSwitch(bridge);
   ethernet.AssignStreams(devices, 100);
   @endcode
 */
class EthernetKeepaliveHelper
{
  public:
    EthernetKeepaliveHelper();

    /**
     * @brief Set an attribute of the keepalives installed from now on.
     * @param name name of the attribute of EthernetKeepalive
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief The "keepalive" command for the interfaces installed from now on.
     * @param interval time between keepalives; zero for none
     * @param retries keepalives not heard that bring the line protocol down; 1 or more
     */
    void SetKeepalive(Time interval, uint32_t retries);

    /**
     * @brief Switch err-disable recovery on: "errdisable recovery cause loopback".
     * @param interval how long a port stays err-disabled, 300 s in IOS unless set; zero for ever
     */
    void SetErrDisableRecovery(Time interval);

    /**
     * @brief Put a keepalive on a device.
     * @param device a device of a node, with Ethernet frames
     * @return the keepalive, which Get finds again
     */
    Ptr<EthernetKeepalive> Install(Ptr<NetDevice> device) const;

    /**
     * @brief Put a keepalive on each of several devices.
     * @param devices devices of nodes, with Ethernet frames
     */
    void Install(const NetDeviceContainer& devices) const;

    /**
     * @brief The keepalive of a device.
     * @param device the device
     * @return its keepalive, null if it has none
     */
    static Ptr<EthernetKeepalive> Get(Ptr<NetDevice> device);

    /**
     * @brief Make a node a switch, with all its devices that can be ports as ports.
     * @param node a node that is no switch yet, else aborts
     * @return the switch, aggregated to the node
     */
    static Ptr<EthernetSwitch> InstallSwitch(Ptr<Node> node);

    /**
     * @brief Make a node a hub: InstallSwitch without learning.
     * @param node a node that is no switch yet, else aborts
     * @return the hub, aggregated to the node
     */
    static Ptr<EthernetSwitch> InstallHub(Ptr<Node> node);

    /**
     * @brief Fix the random streams of the keepalives of devices; devices without are passed over.
     * @param devices the devices
     * @param stream first stream number to use
     * @return how many were used
     */
    static int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream);

  private:
    ObjectFactory m_factory; //!< makes the keepalives
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_KEEPALIVE_HELPER_H */
