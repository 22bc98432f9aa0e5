/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_TOPOLOGY_H
#define KEEPALIVE_BFD_TOPOLOGY_H

#include "ns3/bfd-scenario-config.h"
#include "ns3/bfd-session.h"
#include "ns3/bfd-speaker.h"
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
 * @brief Two routers on one link with a BFD session over it, and a host behind each.
 *
 * @verbatim
   H1 ------------ R1 ================== R2 ------------ H2
   10.1.0.1        |     10.0.0.0/30     |         10.2.0.2
   @endverbatim
 *
 * The node further left has the lower address of each link. There is no other way: BFD tells, and
 * nobody listens.
 */
class BfdTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t H1 = 0; //!< host behind R1
    static constexpr uint32_t R1 = 1; //!< router at one end of the link
    static constexpr uint32_t R2 = 2; //!< router at its other end
    static constexpr uint32_t H2 = 3; //!< host behind R2

    static const char* const ADDRESS_R1; //!< of R1 on the link
    static const char* const ADDRESS_R2; //!< of R2 on the link

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit BfdTopology(const BfdScenarioConfig& config);

    NodeContainer nodes;         //!< all nodes
    NetDeviceContainer h1r1;     //!< link
    NetDeviceContainer r1r2;     //!< what fails
    NetDeviceContainer r2h2;     //!< link
    Ptr<BfdSpeaker> speakers[2]; //!< of R1 and R2
    Ptr<BfdSession> sessions[2]; //!< of R1 and R2, with each other

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildSession();

    /**
     * @brief Configure one end of the session.
     * @param session the end
     * @param end how
     */
    static void Configure(Ptr<BfdSession> session, const BfdScenarioConfig::End& end);

    const BfdScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_TOPOLOGY_H */
