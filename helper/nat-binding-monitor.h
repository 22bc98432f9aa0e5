/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_BINDING_MONITOR_H
#define KEEPALIVE_NAT_BINDING_MONITOR_H

#include "ns3/detection-event.h"
#include "ns3/ipv4-address.h"
#include "ns3/line-protocol.h"
#include "ns3/nat-binding.h"
#include "ns3/nat-box.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The truth about a binding, in the form in which ends tell what they believe.
 *
 * Up while a NAT box has the newest binding of one host and protocol; down, because of
 * BINDING_EXPIRED, from the instant at which the box forgot it, for whatever reason. A
 * DetectionRecorder that watches it lists every loss of a binding, and how long it lasted: nobody
 * else notices that, the host least of all.
 *
 * It looks only: it changes nothing.
 */
class NatBindingMonitor : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatBindingMonitor();
    ~NatBindingMonitor() override;

    /**
     * @brief Watch a box.
     * @param box the box
     * @param host address of the host, inside
     * @param protocol IP protocol number
     */
    void Watch(Ptr<NatBox> box, Ipv4Address host, uint8_t protocol);

    /**
     * @brief The binding.
     * @return the newest one; none before the first, or when it is gone
     */
    const std::optional<NatBinding>& GetBinding() const;

  protected:
    void DoDispose() override;

  private:
    // trace sinks
    void Created(const NatBinding& binding);
    void Ended(const NatBinding& binding);

    /**
     * @brief Report a change.
     * @param event the change
     */
    void Report(DetectionEvent& event);

    Ptr<NatBox> m_box;                              //!< what is watched
    uint32_t m_host{0};                             //!< whose bindings
    uint8_t m_protocol{0};                          //!< and of which protocol
    std::optional<NatBinding> m_binding;            //!< the newest one
    LineProtocol m_line;                            //!< up while there is one
    TracedCallback<const DetectionEvent&> m_report; //!< trace source LineProtocol
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_BINDING_MONITOR_H */
