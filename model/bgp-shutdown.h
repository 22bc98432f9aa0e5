/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SHUTDOWN_H
#define KEEPALIVE_BGP_SHUTDOWN_H

#include "bgp-neighbor.h"
#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A BGP session that the operator of one end shuts: a failure that is told.
 *
 * The other end gets a NOTIFICATION, Cease/Administrative Shutdown (RFC 4486 section 4), so it
 * knows one way delay later; until the repair it is refused whenever it connects. The repair
 * enables the neighbour again, which connects at once unless it is passive.
 */
class BgpShutdown : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpShutdown();
    ~BgpShutdown() override;

    /**
     * @brief Say what is shut.
     * @param neighbor the neighbour, as the speaker whose operator acts is configured with it
     */
    void SetNeighbor(Ptr<BgpNeighbor> neighbor);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<BgpNeighbor> m_neighbor; //!< what is shut
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SHUTDOWN_H */
