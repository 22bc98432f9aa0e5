/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_KEEPALIVE_H
#define KEEPALIVE_NAT_KEEPALIVE_H

#include "hold-timer.h"
#include "node-part.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Keeps the binding of a UDP flow alive, with one octet 0xFF whenever nothing else was sent
 *        for a while (RFC 3948 sections 2.3 and 4).
 *
 * It only sends. What it sends is no evidence of life: the other end ignores it, and does not
 * follow it to another address or port either, so that a binding that was lost stays lost until
 * something else is sent. There is no answer, and no detector.
 *
 * It belongs to one end of a flow, which sends the keepalives (SetSend) and tells of everything
 * that it sends on the flow (NotifySent), keepalives not excepted if that is easier.
 *
 * A stall of the control plane stops it: the keepalive that became due meanwhile is sent at its
 * end, unless the data plane sent something.
 */
class NatKeepalive : public Object, public NodePart
{
  public:
    static constexpr uint8_t OCTET = 0xFF; //!< the keepalive

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatKeepalive();
    ~NatKeepalive() override;

    /**
     * @brief Set what sends a keepalive.
     * @param send called with a keepalive, one octet without any marker in front; it sends it on
     *        the flow
     */
    void SetSend(Callback<void, Ptr<Packet>> send);

    /// Begin: the first keepalive is due one interval from now.
    void Start();

    /// End.
    void Stop();

    /**
     * @brief Whether it has begun.
     * @return true between Start and Stop
     */
    bool IsStarted() const;

    /// Something was sent on the flow: the next keepalive is due one interval from now.
    void NotifySent();

    /**
     * @brief Whether a UDP payload is a keepalive, to be ignored by who receives it.
     * @param payload the payload
     * @return true if it is a single octet 0xFF
     */
    static bool IsKeepalive(Ptr<const Packet> payload);

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the KeepaliveTx trace source.
     * @param packet the keepalive
     */
    typedef void (*KeepaliveTxTracedCallback)(Ptr<const Packet> packet);

  protected:
    void DoDispose() override;

  private:
    /// Wait for the next keepalive.
    void Arm();
    /// An interval has passed, in one way of counting or the other.
    void Due();
    /// The clock in whole seconds looks whether an interval has passed, and when to look again.
    void Look();
    /// Send a keepalive.
    void Send();
    /**
     * @brief Whether it may send.
     * @return true if it has begun, and its node works
     */
    bool IsRunning() const;

    Time m_interval;                    //!< attribute Interval
    bool m_wholeSeconds{false};         //!< attribute WholeSeconds
    Callback<void, Ptr<Packet>> m_send; //!< sends a keepalive
    HoldTimer m_timer;                  //!< silence of this end, exactly
    EventId m_look;                     //!< the next look at the clock in whole seconds
    Time m_lastSent;                    //!< when something was sent
    bool m_started{false};              //!< between Start and Stop
    bool m_powered{true};               //!< the node works
    bool m_stalled{false};              //!< the control plane hangs
    bool m_overdue{false};              //!< it became due in the stall
    TracedCallback<Ptr<const Packet>> m_keepaliveTx; //!< a keepalive was sent
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_KEEPALIVE_H */
