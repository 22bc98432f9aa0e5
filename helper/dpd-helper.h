/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_HELPER_H
#define KEEPALIVE_DPD_HELPER_H

#include "ns3/dpd-agent.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Gives pairs of nodes an IKE SA, with dead peer detection at both ends.
 *
 * @code
   DpdHelper dpd("strongswan-ikev2");
   dpd.SetAttribute("Delay", TimeValue(Seconds(30)));
   auto [left, right] = dpd.Install(nodes.Get(0), "10.1.0.1", nodes.Get(1), "10.2.0.1");
   right->SetAttribute("Delay", TimeValue(Seconds(60))); // or other attributes of one end
   DpdHelper::AssignStreams({left, right}, 1);
 * @endcode
 */
class DpdHelper
{
  public:
    /// The agents at both ends: of the original initiator, and of the responder.
    using Pair = std::pair<Ptr<DpdAgent>, Ptr<DpdAgent>>;

    /**
     * @brief Choose what gateways the nodes are.
     * @param profile name of a DpdProfile; aborts if there is none of that name
     */
    explicit DpdHelper(const std::string& profile = "cisco-periodic");

    /**
     * @brief Set an attribute of the agents that are installed from now on.
     * @param name name of an attribute of DpdAgent
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Give two nodes an SA of their own, and an agent each.
     * @param initiator a node with an internet stack
     * @param initiatorAddress where the responder finds it
     * @param responder another one
     * @param responderAddress where the initiator finds it
     * @return the agents
     */
    Pair Install(Ptr<Node> initiator,
                 Ipv4Address initiatorAddress,
                 Ptr<Node> responder,
                 Ipv4Address responderAddress);

    /**
     * @brief Give the agents of a pair random streams of their own.
     * @param agents the agents
     * @param stream the first stream
     * @return how many were used
     */
    static int64_t AssignStreams(const Pair& agents, int64_t stream);

  private:
    /**
     * @brief Install one end.
     * @param node its node
     * @param remote address of its peer
     * @param initiator whether it is the original initiator
     * @return the agent
     */
    Ptr<DpdAgent> InstallEnd(Ptr<Node> node, Ipv4Address remote, bool initiator) const;

    ObjectFactory m_factory; //!< makes the agents
    uint32_t m_saId{0};      //!< of the last SA
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_HELPER_H */
