/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SHUTDOWN_H
#define KEEPALIVE_BFD_SHUTDOWN_H

#include "bfd-session.h"
#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A BFD session that the operator of one end shuts: a failure that is told.
 *
 * The other end hears of AdminDown (RFC 5880 section 6.8.16), so it knows one way delay later. The
 * repair enables the session again.
 */
class BfdShutdown : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdShutdown();
    ~BfdShutdown() override;

    /**
     * @brief Say what is shut.
     * @param session the session, at the end whose operator acts
     */
    void SetSession(Ptr<BfdSession> session);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<BfdSession> m_session; //!< what is shut
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SHUTDOWN_H */
