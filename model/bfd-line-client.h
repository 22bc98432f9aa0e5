/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_LINE_CLIENT_H
#define KEEPALIVE_BFD_LINE_CLIENT_H

#include "bfd-client.h"
#include "keepalive-net-device.h"

#include "ns3/ptr.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Lets BFD take the line protocol of an interface down, a GRE tunnel's or a serial line's:
 *        `bfd interface`.
 *
 * While BFD says that the other end is gone the line is held down, with the cause bfd-down,
 * whatever keepalives of its own say. When BFD is up again, or shut, the line is what these make
 * it; without keepalives, up.
 *
 * The session must not run through the interface itself, which carries nothing while its line is
 * down: BFD could never come up again. For a tunnel it runs beside it, from one end of the tunnel
 * to the other; with routers in between it is a MultiHop session.
 */
class BfdLineClient : public BfdClient
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdLineClient();
    ~BfdLineClient() override;

    /**
     * @brief Begin. The client becomes part of the interface, which may have one only.
     * @param session what watches the other end
     * @param device the interface
     */
    void Attach(Ptr<BfdSession> session, Ptr<KeepaliveNetDevice> device);

  private:
    void HandleFailure() override;
    void HandleRecovery(LineCause cause) override;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_LINE_CLIENT_H */
