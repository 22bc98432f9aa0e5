/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_INTERFACE_SHUTDOWN_H
#define KEEPALIVE_INTERFACE_SHUTDOWN_H

#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

class KeepaliveNetDevice;

/**
 * @ingroup keepalive
 * @brief An operator who shuts an interface, and enables it again: signalled at this end only.
 */
class InterfaceShutdown : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    InterfaceShutdown();
    ~InterfaceShutdown() override;

    /**
     * @brief Set the interface.
     * @param device the interface
     */
    void SetDevice(Ptr<KeepaliveNetDevice> device);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<KeepaliveNetDevice> m_device; //!< what is shut
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_INTERFACE_SHUTDOWN_H */
