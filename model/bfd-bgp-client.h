/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_BGP_CLIENT_H
#define KEEPALIVE_BFD_BGP_CLIENT_H

#include "bfd-client.h"
#include "bgp-neighbor.h"

#include "ns3/ptr.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Lets BFD end a BGP session: `neighbor ... bfd`.
 *
 * When BFD says that the neighbour is gone, the session ends with Cease / BFD Down (6/10, RFC
 * 9384), and starts again after the idle hold time, whether or not BFD is up by then: strict mode
 * is not modelled.
 */
class BfdBgpClient : public BfdClient
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdBgpClient();
    ~BfdBgpClient() override;

    /**
     * @brief Begin. The client becomes part of the neighbour, which may have one only.
     * @param session what watches the neighbour
     * @param neighbor the neighbour
     */
    void Attach(Ptr<BfdSession> session, Ptr<BgpNeighbor> neighbor);

  private:
    void HandleFailure() override;
    void HandleRecovery(LineCause cause) override;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_BGP_CLIENT_H */
