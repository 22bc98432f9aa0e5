/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_NET_DEVICE_H
#define KEEPALIVE_SERIAL_NET_DEVICE_H

#include "frame-check-sequence.h"
#include "probing-net-device.h"
#include "serial-channel.h"

#include "ns3/data-rate.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/queue.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of a synchronous serial line: queue, transmitter, receiver and carrier.
 *
 * What HDLC and PPP interfaces have in common. Subclasses say what a frame looks like and what
 * becomes of one that arrives; ns-3's PointToPointNetDevice carries nothing but IP, and cannot.
 *
 * A frame occupies the line for its bytes, its frame check sequence, one flag (RFC 1662 section
 * 3.1: one is enough between two frames) and, if asked for, the zero bits that bit stuffing inserts
 * into it. Every packet of the node passes through the queue. Keepalives and other control frames
 * go onto an idle line at once, and otherwise wait in that same queue, unless they have priority.
 *
 * When the interface is shut, or its node dies, the frame being sent breaks off and the queue is
 * emptied. A carrier that is lost stops the protocol, and takes the line protocol down at once.
 */
class SerialNetDevice : public ProbingNetDevice
{
  public:
    /// Least clock rate that serial interfaces offer, in bit/s.
    static constexpr uint64_t MIN_CLOCK_RATE = 1200;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ~SerialNetDevice() override;

    /**
     * @brief Connect this end to a line.
     * @param channel the line
     */
    void Attach(Ptr<SerialChannel> channel);

    /**
     * @brief The line.
     * @return the line, null if there is none
     */
    Ptr<SerialChannel> GetSerialChannel() const;

    /**
     * @brief Set the queue of packets that wait for the line.
     * @param queue any queue of packets
     */
    void SetQueue(Ptr<Queue<Packet>> queue);

    /**
     * @brief The queue of packets that wait for the line.
     * @return the queue
     */
    Ptr<Queue<Packet>> GetQueue() const;

    /**
     * @brief Set the clock of the line. Aborts if it is slower than MIN_CLOCK_RATE.
     * @param rate its rate
     */
    void SetDataRate(DataRate rate);

    /**
     * @brief The clock of the line.
     * @return its rate
     */
    DataRate GetDataRate() const;

    /**
     * @brief How many bits a frame occupies on the line.
     * @param frame the frame, from its first header on, without frame check sequence
     * @return all bits: flag, frame check sequence and stuffing included
     */
    uint32_t GetBitsOnLine(Ptr<const Packet> frame) const;

    /**
     * @brief Whether the receiver sees a carrier.
     * @return DCD
     */
    bool HasCarrier() const;

    /**
     * @brief Frames that arrived with a wrong frame check sequence.
     * @return the number
     */
    uint64_t GetFcsErrors() const;

    /**
     * @brief How often the carrier came or went.
     * @return the number
     */
    uint64_t GetCarrierTransitions() const;

    /**
     * @brief The wire delivers a frame.
     * @param frame the frame, from its first header on, without frame check sequence
     * @param sound false if bit errors hit it
     */
    void Receive(Ptr<Packet> frame, bool sound);

    /**
     * @brief The wire tells of its carrier.
     * @param carrier whether there is one
     */
    void HandleCarrier(bool carrier);

    // inherited from NetDevice
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;
    Ptr<Channel> GetChannel() const override;

    /**
     * @brief Signature of the Carrier trace source.
     * @param carrier whether there is one now
     */
    typedef void (*CarrierTracedCallback)(bool carrier);

  protected:
    static constexpr uint16_t ETHERTYPE_IPV4 = 0x0800; //!< as the node numbers protocols
    static constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd; //!< as the node numbers protocols

    /**
     * @brief Create an interface.
     * @param mechanism name of the mechanism, such as "hdlc"
     */
    explicit SerialNetDevice(const std::string& mechanism);

    void StopProtocol() override;
    void UpdateSignals() override;
    void DoInitialize() override;
    void DoDispose() override;

    /**
     * @brief Put the frame's header before a packet of the node.
     * @param packet the packet; becomes a frame
     * @param protocolNumber its EtherType
     * @return why this interface does not carry it, or not now; none if it does
     */
    virtual std::optional<DropReason> Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber) = 0;

    /**
     * @brief A sound frame arrived: take its header off and see what it is.
     * @param frame the frame
     */
    virtual void ReceiveFrame(Ptr<Packet> frame) = 0;

    /**
     * @brief Send a frame of the interface's own: a keepalive, or another control frame.
     * @param frame the frame, complete but for its frame check sequence
     * @return false if there was no room; it is dropped, then
     */
    bool SendControlFrame(Ptr<Packet> frame);

    /**
     * @brief The interface is being shut: make way for one last frame, which is allowed to finish.
     *
     * What is being sent breaks off, and what waits is dropped, a moment before
     * SerialNetDevice::StopProtocol, which comes next, would have done the same.
     */
    void MakeWayForLastFrame()
    {
        AbortTransmission();
        m_letFrameFinish = true;
    }

    /**
     * @brief Hand a packet to the node, or drop it if the line protocol is down.
     * @param packet the packet, without the frame's header
     * @param bytes size of the frame
     * @param protocolNumber its EtherType
     */
    void Deliver(Ptr<Packet> packet, uint32_t bytes, uint16_t protocolNumber);

  private:
    /**
     * @brief Put a frame into a queue and see that it gets sent.
     * @param queue the queue
     * @param frame the frame
     * @return false if there was no room
     */
    bool Enqueue(Ptr<Queue<Packet>> queue, Ptr<Packet> frame);
    /**
     * @brief Whether a frame could go onto the line at once.
     * @return true if nothing is being sent and nothing waits
     */
    bool IsIdle() const;
    /// Send the next frame, if there is one and the line is free; if it is not, when it is.
    void TransmitNext();
    /// The line is free again.
    void TransmitComplete();
    /**
     * @brief Put a frame on the wire.
     * @param frame the frame
     * @param moreWait whether others wait for the line
     */
    void TransmitStart(Ptr<Packet> frame, bool moreWait);
    /// Stop in the middle of a frame and empty the queue.
    void AbortTransmission();
    /**
     * @brief The one exit of packets and control frames that are not accepted for sending.
     * @param frame the packet or frame
     * @param reason why
     */
    void Refuse(Ptr<const Packet> frame, DropReason reason);

    /**
     * @brief Why an interface that does not run takes nothing.
     * @return ADMIN_DOWN or NO_CARRIER
     */
    DropReason GetReasonOfStop() const
    {
        return IsPhysicalUp() ? DropReason::ADMIN_DOWN : DropReason::NO_CARRIER;
    }

    /**
     * @brief Show a frame to whoever captures packets here.
     * @param frame the frame
     */
    void Sniff(Ptr<Packet> frame);

    Ptr<SerialChannel> m_channel;      //!< the line
    Ptr<SerialWire> m_wire;            //!< the wire to send on
    Ptr<Queue<Packet>> m_queue;        //!< what waits for the line
    Ptr<Queue<Packet>> m_controlQueue; //!< control frames that go before it
    DataRate m_rate;                   //!< clock of the line
    FcsType m_fcs{FCS_16};             //!< frame check sequence
    bool m_bitStuffing{false};         //!< count inserted bits
    bool m_captureFcs{false};          //!< captures contain the frame check sequence
    bool m_controlPriority{false};     //!< control frames go first
    Time m_idleAt;                     //!< when the line is free
    uint32_t m_lastBits{0};            //!< bits of the last frame
    Time m_lastDuration;               //!< how long that took
    bool m_letFrameFinish{false};      //!< a shutdown spares the frame being sent
    EventId m_completeEvent;           //!< when the line is free, if anybody waits for that
    Ptr<Packet> m_sending;             //!< frame on the line, while PhyTxEnd has a listener
    uint64_t m_fcsErrors{0};           //!< frames with a wrong frame check sequence
    uint64_t m_carrierTransitions{0};  //!< how often the carrier came or went

    TracedCallback<Ptr<const Packet>> m_macTxDropTrace;         //!< not accepted for sending
    TracedCallback<Ptr<const Packet>> m_phyTxBeginTrace;        //!< first bit is sent
    TracedCallback<Ptr<const Packet>> m_phyTxEndTrace;          //!< last bit is sent
    TracedCallback<Ptr<const Packet>> m_phyRxEndTrace;          //!< last bit arrived
    TracedCallback<Ptr<const Packet>> m_phyRxDropTrace;         //!< arrived, and was not usable
    TracedCallback<Ptr<const Packet>> m_nonPromiscSnifferTrace; //!< as PromiscSniffer
    TracedCallback<bool> m_carrierTrace;                        //!< carrier came or went
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_NET_DEVICE_H */
