/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LOOP_H
#define KEEPALIVE_ETHERNET_LOOP_H

#include "failure-target.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A cable that is looped at its far end: what is sent into it comes back, unchanged.
 *
 * A loopback connector does this, a bad adapter, or a box that repeats what it hears. It sits in
 * the place of the device at the far end, which gets nothing more. Nobody is signalled. It takes
 * one pass: what comes back is not sent into the cable again, unless the near end does so.
 *
 * It is not a loop of two ports of a switch that learns: that filters a keepalive, whose
 * destination lives on the port that it came in by, so that none ever comes back.
 */
class EthernetLoop : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    EthernetLoop();
    ~EthernetLoop() override;

    /**
     * @brief Say which cable.
     * @param device the device at its far end; it must be able to send with any source address, and
     *        its node ought to have no use of its own for what arrives
     */
    void SetDevice(Ptr<NetDevice> device);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    /**
     * @brief A frame came to the far end: send it back. A Node's protocol handler.
     * @param device the far end
     * @param packet its payload
     * @param protocol its EtherType
     * @param from its source
     * @param to its destination
     * @param type who it is for
     */
    void Reflect(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from,
                 const Address& to,
                 NetDevice::PacketType type);

    Ptr<NetDevice> m_device; //!< the far end
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LOOP_H */
