/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NODE_PART_H
#define KEEPALIVE_NODE_PART_H

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What every part of a node does when the node crashes or hangs, be it an interface, an
 *        application or anything else.
 *
 * It is implemented beside Object, and does not derive from it: a class may then be a NetDevice, or
 * an Application, and a part of a node, too. NodeParts holds such objects.
 */
class NodePart
{
  public:
    virtual ~NodePart() = default;

    /**
     * @brief The node loses or regains power: a crash forgets all state, a boot starts afresh and
     *        ends a stall.
     * @param powered false to crash, true to boot; the present state again changes nothing
     */
    virtual void SetPowered(bool powered) = 0;

    /**
     * @brief The control plane of the node hangs or comes back; the data plane goes on.
     * @param stalled true to hang; the present state again changes nothing
     */
    virtual void SetControlPlaneStalled(bool stalled) = 0;

  protected:
    NodePart() = default;
    NodePart(const NodePart&) = default;
    NodePart& operator=(const NodePart&) = default;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NODE_PART_H */
