/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_TOPOLOGY_H
#define KEEPALIVE_SERIAL_TOPOLOGY_H

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"
#include "ns3/serial-net-device.h"
#include "ns3/serial-scenario-config.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Two routers, a serial line between them, and a backup path.
 *
 * @verbatim
   H1 ---------------- R1 ======== serial line ======== R2 ---------------- H2
   10.1.0.1   10.1.0.2 |  10.0.0.1           10.0.0.2  |  10.2.0.1   10.2.0.2
                       |                               |
                       `--------------- B -------------'
                          10.0.3.0/30     10.0.4.0/30
   @endverbatim
 *
 * User networks are reached over the line, and through B while its line protocol is down. Where
 * there are no users, there are no user networks and no B: nothing would ever come there, and
 * thousands of runs would build them.
 */
class SerialTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t H1 = 0; //!< host behind R1
    static constexpr uint32_t R1 = 1; //!< router with one end of the line
    static constexpr uint32_t R2 = 2; //!< router with the other end
    static constexpr uint32_t H2 = 3; //!< host behind R2
    static constexpr uint32_t B = 4;  //!< router of the backup path

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit SerialTopology(const SerialScenarioConfig& config);

    NodeContainer nodes;     //!< all nodes
    NetDeviceContainer h1r1; //!< link; none without users
    NetDeviceContainer r2h2; //!< link; none without users
    NetDeviceContainer r1b;  //!< link; none without users
    NetDeviceContainer br2;  //!< link; none without users
    NetDeviceContainer line; //!< ends at R1 and R2

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildUserNetworks();
    void BuildLine();
    void BuildUserRoutes();

    /**
     * @brief Build one end of the line.
     * @param node its router
     * @param channel the line
     * @param end how it is configured
     * @return the device
     */
    Ptr<SerialNetDevice> InstallEnd(Ptr<Node> node,
                                    Ptr<SerialChannel> channel,
                                    const SerialScenarioConfig::End& end) const;

    const SerialScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_TOPOLOGY_H */
