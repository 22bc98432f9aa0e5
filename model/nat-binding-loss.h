/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_BINDING_LOSS_H
#define KEEPALIVE_NAT_BINDING_LOSS_H

#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

class NatBox;

/**
 * @ingroup keepalive
 * @brief A NAT or firewall that loses all bindings at once: a reboot too short to lose a packet, or
 *        a reload of its rules. Nobody is told.
 *
 * There is nothing to repair: the next packets from inside make new bindings, as far as the box
 * lets them.
 */
class NatBindingLoss : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatBindingLoss();
    ~NatBindingLoss() override;

    /**
     * @brief Set the box.
     * @param box the NAT or firewall
     */
    void SetBox(Ptr<NatBox> box);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<NatBox> m_box; //!< what forgets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_BINDING_LOSS_H */
