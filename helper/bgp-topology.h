/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_TOPOLOGY_H
#define KEEPALIVE_BGP_TOPOLOGY_H

#include "ns3/bgp-helper.h"
#include "ns3/bgp-neighbor.h"
#include "ns3/bgp-scenario-config.h"
#include "ns3/bgp-speaker.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Three routers that speak BGP, a direct link between two of them, and a detour.
 *
 * @verbatim
   H1 ------------ R1 ================== R2 ------------ H2
   10.1.0.1        |     10.0.0.0/30     |         10.2.0.2
                AS 65001              AS 65002
                   |                     |
                   `--------- B ---------'
                10.0.1.0/30   |   10.0.2.0/30
                           AS 65003
   @endverbatim
 *
 * The node further left has the lower address of each link; in its user network a router has the
 * other address. Each link between routers carries an external session. R1 announces 10.1.0.0/24,
 * and R2 announces 10.2.0.0/24. The direct way has the shorter AS path; when its session dies,
 * those routes are withdrawn and traffic moves to B.
 *
 * All routers boot at the same instant, which is random: the session begins with a KEEPALIVE, so
 * its keepalive timers start then.
 */
class BgpTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t H1 = 0; //!< host behind R1
    static constexpr uint32_t R1 = 1; //!< router at one end of the direct link
    static constexpr uint32_t R2 = 2; //!< router at its other end
    static constexpr uint32_t H2 = 3; //!< host behind R2
    static constexpr uint32_t B = 4;  //!< router of the detour

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     * @param longestPhase the routers boot at a time between 0 and this
     */
    BgpTopology(const BgpScenarioConfig& config, Time longestPhase);

    NodeContainer nodes;           //!< all nodes
    NetDeviceContainer h1r1;       //!< link
    NetDeviceContainer r2h2;       //!< link
    NetDeviceContainer r1r2;       //!< the direct link
    NetDeviceContainer r1b;        //!< link
    NetDeviceContainer br2;        //!< link
    Ptr<BgpSpeaker> speakers[3];   //!< of R1, R2 and B
    Ptr<BgpNeighbor> neighbors[2]; //!< R2 as R1 is configured with it, and the reverse

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildSpeakers();
    void BuildSessions();
    void BuildTable();
    void Boot(Time longestPhase);

    /**
     * @brief Configure a neighbour.
     * @param neighbor the neighbour
     * @param end how
     */
    void Configure(Ptr<BgpNeighbor> neighbor, const BgpScenarioConfig::End& end) const;

    const BgpScenarioConfig& m_config; //!< what can be chosen
    BgpHelper m_bgp;                   //!< makes speakers
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_TOPOLOGY_H */
