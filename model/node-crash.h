/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NODE_CRASH_H
#define KEEPALIVE_NODE_CRASH_H

#include "failure-target.h"
#include "node-parts.h"
#include "wire-direction.h"

#include "ns3/ptr.h"

#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

class KeepaliveNetDevice;

/**
 * @ingroup keepalive
 * @brief A router that loses power and boots again: silent, and all its state forgotten.
 *
 * Nothing comes out of the node and nothing gets in; what it had sent before arrives. Its
 * interfaces and applications of this module lose their state and start afresh at the repair, from
 * a new random phase. Its configuration, static routes included, survives. The state of other
 * protocols of ns-3, such as RIP's routes, survives as well: ns-3 has no way to make them forget.
 */
class NodeCrash : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NodeCrash();
    ~NodeCrash() override;

    /**
     * @brief Add a wire that leads to the node.
     * @param direction the outage model of the node's own device
     */
    void AddIncoming(const WireDirection& direction);

    /**
     * @brief Add a wire that leads away from the node.
     * @param direction the outage model of the neighbour's device
     */
    void AddOutgoing(const WireDirection& direction);

    /**
     * @brief Add an interface of the node that forgets its state.
     * @param device the interface
     */
    void AddDevice(Ptr<KeepaliveNetDevice> device);

    /**
     * @brief Add anything of the node that forgets its state, above what was added before.
     * @param part an object that is a NodePart; aborts if it is not
     */
    void AddPart(Ptr<Object> part);

    /**
     * @brief Add all interfaces and applications of a node that forget their state.
     * @param node the node
     */
    void AddPartsOf(Ptr<Node> node);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    std::vector<WireDirection> m_incoming; //!< wires to the node
    std::vector<WireDirection> m_outgoing; //!< wires from the node
    NodeParts m_parts;                     //!< what forgets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NODE_CRASH_H */
