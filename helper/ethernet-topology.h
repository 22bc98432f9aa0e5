/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_TOPOLOGY_H
#define KEEPALIVE_ETHERNET_TOPOLOGY_H

#include "ns3/ethernet-keepalive.h"
#include "ns3/ethernet-scenario-config.h"
#include "ns3/ethernet-switch.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Two routers on an Ethernet, with a switch between them and another one behind that.
 *
 * @verbatim
   R1 ------------- Fa0/1  S1  Fa0/2 ------------- R2
   10.0.0.1              Fa0/3               10.0.0.2
   Fa0/0                   |                    Fa0/0
                           | what is looped
                           S2
   @endverbatim
 *
 * R1, R2 and the ports of S1 send keepalives: the ends to see whether their own medium works, the
 * ports to see whether they hear themselves. S2 has no keepalives, and no hosts. Each cable is a
 * CsmaChannel with two devices.
 */
class EthernetTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t R1 = 0; //!< one end
    static constexpr uint32_t R2 = 1; //!< the other end
    static constexpr uint32_t S1 = 2; //!< the switch between them
    static constexpr uint32_t S2 = 3; //!< the switch behind it

    // Ports of S1, from 0 on: FastEthernet0/1 to 0/3.
    static constexpr uint32_t PORT_R1 = 0; //!< towards R1
    static constexpr uint32_t PORT_R2 = 1; //!< towards R2
    static constexpr uint32_t PORT_S2 = 2; //!< towards S2
    static constexpr uint32_t N_PORTS = 3; //!< how many

    static const char* const ADDRESS_R1; //!< of R1
    static const char* const ADDRESS_R2; //!< of R2

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit EthernetTopology(const EthernetScenarioConfig& config);

    NodeContainer nodes;                       //!< all nodes
    NetDeviceContainer r1s1;                   //!< cable
    NetDeviceContainer r2s1;                   //!< cable, R2's device first
    NetDeviceContainer s2s1;                   //!< cable, S2's device first
    Ptr<EthernetSwitch> s1;                    //!< the switch between the ends
    Ptr<EthernetSwitch> s2;                    //!< the switch behind it
    Ptr<EthernetKeepalive> end1;               //!< of R1
    Ptr<EthernetKeepalive> end2;               //!< of R2
    std::vector<Ptr<EthernetKeepalive>> ports; //!< of the ports of S1, in their order

  private:
    // in the order of the constructor
    void BuildCables();
    void BuildAddresses();
    void BuildSwitches();
    void BuildKeepalives();

    /**
     * @brief Lay a cable.
     * @param from number of the node at one end
     * @param to number of the node at the other end
     * @return the devices, in this order
     */
    NetDeviceContainer Link(uint32_t from, uint32_t to) const;

    /**
     * @brief Put a keepalive on the interface of a router, and let IP follow its line protocol.
     * @param device the interface
     * @param end how it is configured
     * @return the keepalive
     */
    static Ptr<EthernetKeepalive> InstallEnd(Ptr<NetDevice> device,
                                             const EthernetScenarioConfig::End& end);

    const EthernetScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_TOPOLOGY_H */
