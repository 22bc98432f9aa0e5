/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NODE_PARTS_H
#define KEEPALIVE_NODE_PARTS_H

#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <vector>

namespace ns3
{
namespace keepalive
{

class NodePart;

/**
 * @ingroup keepalive
 * @brief The parts of a node that crash and hang together.
 *
 * What was added first is the lowest: it gets power first and loses it last. An application that
 * stands on an interface is therefore dead before the interface goes down, and does not react.
 */
class NodeParts
{
  public:
    /**
     * @brief Add a part and keep it alive.
     * @param part an object that is a NodePart, else aborts; one that is there already is not added
     */
    void Add(Ptr<Object> part);

    /**
     * @brief Add all parts of a node: those of its devices, of the node itself and of its
     *        applications that are one, be it themselves or something that is aggregated to them.
     * @param node the node
     */
    void AddAllOf(Ptr<Node> node);

    /// All lose their power, from the highest to the lowest.
    void PowerOff();
    /// All regain their power, from the lowest to the highest.
    void PowerOn();

    /**
     * @brief All hang or come back.
     * @param stalled true to hang
     */
    void SetControlPlaneStalled(bool stalled);

    /// Let go of all parts.
    void Clear();

  private:
    /**
     * @brief Add what is a part among an object and what is aggregated to it.
     * @param object the object
     */
    void AddAggregated(Ptr<const Object> object);
    /**
     * @brief What makes an object a part.
     * @param object the object
     * @return the same, null if it is not one
     */
    static NodePart* ToPart(const Ptr<Object>& object);

    std::vector<Ptr<Object>> m_parts; //!< from the lowest to the highest
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NODE_PARTS_H */
