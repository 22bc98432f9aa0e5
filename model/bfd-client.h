/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_CLIENT_H
#define KEEPALIVE_BFD_CLIENT_H

#include "bfd-header.h"
#include "bfd-session.h"
#include "bfd-state.h"
#include "detection-event.h"
#include "node-part.h"

#include "ns3/object.h"
#include "ns3/ptr.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Whoever is to know what a BFD session finds out about a neighbour (RFC 5882). What he does
 *        with it is for the subclass to say.
 *
 * A session that goes down is a failure if this end heard nothing for the detection time, or if the
 * peer says that it did. It is none if an operator shut the session, at either end: "such a
 * transition is not an indication of a connectivity failure" (RFC 5882 section 3.2, in other
 * words). Nor is it one if our own node lost its power. A session that was never up says nothing
 * (section 3.1).
 *
 * The session must be one of the same node.
 */
class BfdClient : public Object, public NodePart
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdClient();
    ~BfdClient() override;

    /**
     * @brief Whether BFD says, as of now, that the neighbour is gone.
     * @return true from a failure until the session is up or tells nothing any more
     */
    bool IsFailed() const;

    // Inherited from NodePart. What hangs is the session, unless it is offloaded.
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    /**
     * @brief Watch a session. It may be called once.
     * @param session the session
     */
    void Watch(Ptr<BfdSession> session);

    /// BFD says that the neighbour is gone.
    virtual void HandleFailure() = 0;
    /**
     * @brief It no longer says so.
     * @param cause why not
     */
    virtual void HandleRecovery(LineCause cause) = 0;

    void DoDispose() override;

  private:
    /// The session came up, or is no longer up.
    void HandleLine();
    /**
     * @brief The state of the session changed: it may be shut now.
     * @param from the state before
     * @param to the state now
     */
    void HandleState(BfdState from, BfdState to);
    /**
     * @brief A packet of the peer arrived: it may be shut there.
     * @param header the packet
     */
    void HandlePacket(const BfdHeader& header);
    /**
     * @brief BFD no longer says that the neighbour is gone, if it did.
     * @param cause why not
     */
    void Recover(LineCause cause);

    Ptr<BfdSession> m_session; //!< what is watched
    bool m_failed{false};      //!< the neighbour is gone
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_CLIENT_H */
