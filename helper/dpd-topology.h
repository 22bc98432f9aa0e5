/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_TOPOLOGY_H
#define KEEPALIVE_DPD_TOPOLOGY_H

#include "dpd-helper.h"

#include "ns3/dpd-agent.h"
#include "ns3/dpd-scenario-config.h"
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
 * @brief Two IKE gateways with an SA between them, and two routers on the way.
 *
 * @verbatim
   R1 ---------------- A ---------------- B ---------------- R2
   10.1.0.1   10.1.0.2   10.0.0.1  10.0.0.2   10.2.0.1   10.2.0.2
   initiator           |    what fails    |            responder
   @endverbatim
 *
 * A and B forward, and know nothing of associations. There is no other way. The users behind the
 * gateways are not modelled; what they send each other is handed to the gateway.
 */
class DpdTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t R1 = 0; //!< the initiator
    static constexpr uint32_t A = 1;  //!< its router
    static constexpr uint32_t B = 2;  //!< the responder's router
    static constexpr uint32_t R2 = 3; //!< the responder

    static const char* const ADDRESS_R1; //!< of the initiator
    static const char* const ADDRESS_R2; //!< of the responder

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit DpdTopology(const DpdScenarioConfig& config);

    NodeContainer nodes;    //!< all nodes
    NetDeviceContainer r1a; //!< link
    NetDeviceContainer ab;  //!< link
    NetDeviceContainer br2; //!< link
    DpdHelper::Pair agents; //!< at R1 and R2

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildQueue();
    void BuildAssociation();

    /**
     * @brief Configure an agent.
     * @param agent the agent
     * @param end how its end is configured
     */
    void Configure(Ptr<DpdAgent> agent, const DpdScenarioConfig::End& end) const;

    const DpdScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_TOPOLOGY_H */
