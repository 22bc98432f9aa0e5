/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_CONTROL_PLANE_STALL_H
#define KEEPALIVE_CONTROL_PLANE_STALL_H

#include "failure-target.h"

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
 * @brief A router whose control plane hangs while its data plane goes on forwarding.
 *
 * Its own keepalive processes stop; whatever its data plane answers, such as GRE keepalives, is
 * answered still.
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

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    std::vector<Ptr<KeepaliveNetDevice>> m_devices; //!< what hangs
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_CONTROL_PLANE_STALL_H */
