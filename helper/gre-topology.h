/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_TOPOLOGY_H
#define KEEPALIVE_GRE_TOPOLOGY_H

#include "ns3/gre-scenario-config.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Two routers, a tunnel between them through a core, and a backup path.
 *
 * @verbatim
                      128.8.8.8             129.9.9.9
                          |                     |
   H1 ---------------- R1 ======= tunnel ======= R2 ---------------- H2
   10.1.0.1   10.1.0.2 |  \                    / |  10.2.0.1   10.2.0.2
                       |   `------- C --------'  |
                       |  10.0.1.0/30 10.0.2.0/30|
                       `----------- B -----------'
                          10.0.3.0/30 10.0.4.0/30
   @endverbatim
 *
 * Addresses of the tunnel are those of Cisco's example: 1.1.1.1 and 1.1.1.2, from 128.8.8.8 to
 * 129.9.9.9. The node further left has the lower address of each link. User networks are reached
 * through the tunnel, and through B when the tunnel's line protocol is down. Where there are no
 * users, there are no user networks and no B: nothing would ever come there, and thousands of runs
 * would build them.
 */
class GreTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t H1 = 0; //!< host behind R1
    static constexpr uint32_t R1 = 1; //!< router with one end of the tunnel
    static constexpr uint32_t C = 2;  //!< core
    static constexpr uint32_t R2 = 3; //!< router with the other end
    static constexpr uint32_t H2 = 4; //!< host behind R2
    static constexpr uint32_t B = 5;  //!< router of the backup path

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit GreTopology(const GreScenarioConfig& config);

    NodeContainer nodes;        //!< all nodes
    NetDeviceContainer h1r1;    //!< link; none without users
    NetDeviceContainer r1c;     //!< link
    NetDeviceContainer cr2;     //!< link
    NetDeviceContainer r2h2;    //!< link; none without users
    NetDeviceContainer r1b;     //!< link; none without users
    NetDeviceContainer br2;     //!< link; none without users
    NetDeviceContainer tunnels; //!< ends at R1 and R2, one tunnel after the other

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildLinks();
    void BuildTunnels();
    void BuildRoutes();
    void BuildUserRoutes();

    /**
     * @brief Link two nodes.
     * @param a one node
     * @param b the other node
     * @param network its network
     * @param mask its mask
     * @return the devices, a's first
     */
    NetDeviceContainer Link(uint32_t a, uint32_t b, const char* network, const char* mask) const;

    const GreScenarioConfig& m_config; //!< what can be chosen
    const bool m_users;                //!< whether user networks are there
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_TOPOLOGY_H */
