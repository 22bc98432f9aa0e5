/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LOOPBACK_PLUG_H
#define KEEPALIVE_LOOPBACK_PLUG_H

#include "failure-target.h"
#include "wire-direction.h"

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <optional>
#include <string>

namespace ns3
{

class PointToPointNetDevice;

namespace keepalive
{

class OutageErrorModel;
class SerialNetDevice;

/**
 * @ingroup keepalive
 * @brief A loopback plug, or a carrier's test loop, in the place of a link's cable.
 *
 * The end that it is put on hears itself, and the other end hears nothing. Nobody is signalled.
 */
class LoopbackPlug : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LoopbackPlug();
    ~LoopbackPlug() override;

    /**
     * @brief Put it on a serial line.
     * @param device the end that hears itself
     */
    void SetDevice(Ptr<SerialNetDevice> device);

    /**
     * @brief Put it on a link of ns-3's own kind.
     * @param device the end that hears itself
     * @param incoming the direction of the link towards it, which is its receive error model
     * @param outgoing the other direction
     */
    void SetLink(Ptr<PointToPointNetDevice> device,
                 Ptr<OutageErrorModel> incoming,
                 const WireDirection& outgoing);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    /**
     * @brief Trace sink: the end on a link has sent a frame.
     * @param plug the plug
     * @param frame the frame, as it is on the wire
     */
    static void Sent(LoopbackPlug* plug, Ptr<const Packet> frame);
    /**
     * @brief The frame comes back. A scheduled event.
     * @param frame the frame
     */
    void Return(Ptr<Packet> frame);

    Ptr<SerialNetDevice> m_device;           //!< on a serial line: the end that hears itself
    Ptr<PointToPointNetDevice> m_linkDevice; //!< on a link: the same
    Ptr<OutageErrorModel> m_incoming;        //!< on a link: the direction towards it
    std::optional<WireDirection> m_outgoing; //!< on a link: the other direction
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LOOPBACK_PLUG_H */
