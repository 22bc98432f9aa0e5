/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_CONTROL_PLANE_STALL_H
#define KEEPALIVE_CONTROL_PLANE_STALL_H

#include "failure-target.h"
#include "node-parts.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

class KeepaliveNetDevice;

/**
 * @ingroup keepalive
 * @brief A router whose control plane hangs while its data plane goes on forwarding.
 *
 * Its own keepalive processes and sessions stop; whatever its data plane answers, such as GRE
 * keepalives, is answered still.
 */
class ControlPlaneStall : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ControlPlaneStall();
    ~ControlPlaneStall() override;

    /**
     * @brief Add an interface of the router.
     * @param device the interface
     */
    void AddDevice(Ptr<KeepaliveNetDevice> device);

    /**
     * @brief Add anything of the router that hangs.
     * @param part an object that is a NodePart; aborts if it is not
     */
    void AddPart(Ptr<Object> part);

    /**
     * @brief Add all interfaces and applications of a node that hang.
     * @param node the node
     */
    void AddPartsOf(Ptr<Node> node);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    NodeParts m_parts; //!< what hangs
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_CONTROL_PLANE_STALL_H */
