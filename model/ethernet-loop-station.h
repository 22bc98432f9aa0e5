/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LOOP_STATION_H
#define KEEPALIVE_ETHERNET_LOOP_STATION_H

#include "drop-reason.h"
#include "ethernet-loop-header.h"

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a station of the Ethernet Configuration Testing Protocol does on one NetDevice.
 *
 * It forwards what it is told to forward, hands Replies to its owner, and tells it when a frame
 * of its own has really gone out. That is the one thing that ns-3 keeps to itself: a CsmaNetDevice
 * never receives what it sent. Its trace source PhyTxEnd says that the medium took the frame, and
 * PhyTxDrop that it did not, as when the cable is pulled (CsmaChannel::Detach). A device without
 * these trace sources is believed when its Send returns true.
 */
class EthernetLoopStation
{
  public:
    /// Whose station it is: it knows whether the interface works, and judges what is heard.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief What keeps the interface from sending and from hearing.
         * @return the reason, none if it works
         */
        virtual std::optional<DropReason> GetFault() const = 0;

        /**
         * @brief A keepalive has gone out on the medium, and the receiver is on.
         * @param frame the frame with its MAC header
         */
        virtual void HandleKeepaliveSent(Ptr<const Packet> frame) = 0;

        /**
         * @brief A Reply for this station arrived from outside.
         * @param source who sent it
         * @param receiptNumber its receipt number
         * @param frame the frame with its MAC header
         */
        virtual void HandleReply(Mac48Address source,
                                 uint16_t receiptNumber,
                                 Ptr<const Packet> frame) = 0;

        /**
         * @brief A frame went out that another station had asked to forward.
         * @param frame the frame with its MAC header
         */
        virtual void HandleForwarded(Ptr<const Packet> frame) = 0;

        /**
         * @brief A frame went no further.
         * @param frame the frame with its MAC header
         * @param reason why
         */
        virtual void HandleDrop(Ptr<const Packet> frame, DropReason reason) = 0;
    };

    /**
     * @brief Create a station that is nowhere.
     * @param owner whose it is; must outlive the station
     */
    explicit EthernetLoopStation(Owner& owner);
    ~EthernetLoopStation();

    EthernetLoopStation(const EthernetLoopStation&) = delete;
    EthernetLoopStation& operator=(const EthernetLoopStation&) = delete;

    /**
     * @brief Begin to hear what arrives at a device. Aborts if the device is no Ethernet device.
     * @param device a device of a node, with a MAC address and able to SendFrom
     */
    void Attach(Ptr<NetDevice> device);

    /// Hear no more, and let go of the device.
    void Detach();

    /**
     * @brief The device.
     * @return the device, null if there is none
     */
    Ptr<NetDevice> GetDevice() const;

    /**
     * @brief The station's address: its device's.
     * @return the MAC address
     */
    Mac48Address GetAddress() const;

    /**
     * @brief A keepalive of this station.
     * @return the frame with its MAC header: source and destination are the station itself
     */
    Ptr<Packet> MakeKeepalive() const;

    /**
     * @brief A request to come back through other stations.
     * @param header its Forward Data messages and the Reply
     * @param destination the first of the stations
     * @param dataSize bytes of data
     * @return the frame with its MAC header
     */
    Ptr<Packet> MakeRequest(const EthernetLoopHeader& header,
                            Mac48Address destination,
                            uint32_t dataSize) const;

    /**
     * @brief Send a frame of this station. What cannot be sent is dropped.
     * @param frame the frame with its MAC header
     * @param keepalive true to hear when it has gone out
     * @return whether the device took it
     */
    bool Send(Ptr<const Packet> frame, bool keepalive);

    /// Expect no keepalive to go out any more.
    void Forget();

    /**
     * @brief Whether the receiver of the device is on.
     * @return false if the device has an attribute ReceiveEnable, and it is false
     */
    bool IsReceiverOn() const;

  private:
    /// A keepalive that the device has taken.
    struct Pending
    {
        uint64_t uid;            //!< of its packet, as the trace sources of the device show it
        Ptr<const Packet> frame; //!< the frame with its MAC header
    };

    /**
     * @brief A frame arrived: the Node's protocol handler.
     * @param device the device
     * @param packet the frame without its MAC header
     * @param protocol its EtherType
     * @param source its source address
     * @param destination its destination address
     * @param type whom it is for
     */
    void Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& source,
                 const Address& destination,
                 NetDevice::PacketType type);

    /**
     * @brief Carry out a Forward Data.
     * @param packet the frame without MAC header and loopback header
     * @param header its loopback header
     * @param frame the frame as it arrived
     */
    void Forward(Ptr<Packet> packet, EthernetLoopHeader header, Ptr<const Packet> frame);

    /**
     * @brief The device has sent a packet: the trace PhyTxEnd.
     * @param packet the packet
     */
    void TransmissionEnded(Ptr<const Packet> packet);

    /**
     * @brief The device could not send a packet: the trace PhyTxDrop.
     * @param packet the packet
     */
    void TransmissionFailed(Ptr<const Packet> packet);

    /**
     * @brief A keepalive leaves the list of those that the device has taken.
     * @param uid of its packet
     * @return the frame; null if it is none of this station's keepalives
     */
    Ptr<const Packet> TakePending(uint64_t uid);

    Owner& m_owner;                //!< whose it is
    Ptr<NetDevice> m_device;       //!< where it is
    bool m_seesMedium{false};      //!< the device says when a frame has gone out
    std::deque<Pending> m_pending; //!< keepalives in the device, in the order of sending
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LOOP_STATION_H */
