/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_WIRE_H
#define KEEPALIVE_SERIAL_WIRE_H

#include "drop-reason.h"
#include "outage-history.h"

#include "ns3/error-model.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <set>

namespace ns3
{
namespace keepalive
{

class SerialNetDevice;

/**
 * @ingroup keepalive
 * @brief One direction of a serial line: delay, bit errors, cuts, and the carrier signal beside it.
 *
 * Frames arrive in the order in which they were sent, each when its last bit does. A frame that a
 * cut catches, as OutageHistory tells, is gone: the trace source Drop says so with the reason
 * WIRE_CUT, and the receiver never learns of it. A frame with bit errors does arrive, and its
 * frame check sequence gives it away.
 *
 * The carrier is what the receiver sees as DCD. It is there while the wire's own carrier is, and,
 * on a line where DTR drives it (a null modem cable), while the sender asserts DTR.
 */
class SerialWire : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    SerialWire();
    ~SerialWire() override;

    SerialWire(const SerialWire&) = delete;
    SerialWire& operator=(const SerialWire&) = delete;

    /**
     * @brief Say where it leads.
     * @param receiver the device at its end
     */
    void SetReceiver(Ptr<SerialNetDevice> receiver);

    /**
     * @brief Loop it at its sender, or no longer: frames then come back, and cuts do not reach
     * them.
     *
     * What is being sent at that moment is lost. The carrier goes to the receiver as before.
     *
     * @param sender the device that hears itself, null to end the loop
     */
    void SetLoopback(Ptr<SerialNetDevice> sender);

    /**
     * @brief Put a frame on the wire. The sender gives it away.
     * @param frame the frame
     * @param duration from its first to its last bit
     * @param bits how many bits that are, framing included
     */
    void Transmit(Ptr<Packet> frame, Time duration, uint32_t bits);

    /// The sender stops in the middle of a frame: what it is sending now is lost.
    void Abort();

    /**
     * @brief Cut it, once more if it is cut already. The carrier stays: the cut is silent.
     * @param deliverInFlight true if the cut is at the sender: what has left arrives
     */
    void Cut(bool deliverInFlight);

    /// End one of the causes that cut it.
    void Restore();

    /**
     * @brief Whether it is cut.
     * @return true if there were more cuts than restores
     */
    bool IsCut() const;

    /**
     * @brief Frames that were lost to cuts so far.
     * @return the number
     */
    uint64_t GetLostFrames() const;

    /// Take the carrier away, once more if it is gone already.
    void DropCarrier();

    /// End one of the causes that took the carrier away.
    void RestoreCarrier();

    /**
     * @brief The sender asserts DTR, or does not.
     * @param asserted true, as in the beginning, if it does
     */
    void SetDtr(bool asserted);

    /**
     * @brief Whether the sender asserts DTR.
     * @return true if it does
     */
    bool IsDtrAsserted() const;

    /**
     * @brief Whether the receiver sees a carrier: its DCD.
     * @return true if it does
     */
    bool HasCarrier() const;

    /**
     * @brief Fix the random stream of the bit errors.
     * @param stream stream number to use
     * @return how many were used: 1
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// A frame under way.
    struct Transmission
    {
        uint64_t number;           //!< counts the frames of this wire, from 1
        Ptr<Packet> frame;         //!< the frame
        SerialNetDevice* receiver; //!< where it goes; its line keeps it
        bool looped;               //!< back to where it came from
        Time firstBitLeft;         //!< when its first bit was sent
        Time lastBitLeft;          //!< when its last bit was sent
        uint32_t bits;             //!< how many they are
    };

    /**
     * @brief The last bit of a frame arrives.
     * @param transmission the frame
     */
    void Arrive(const Transmission& transmission);
    /**
     * @brief Whether a frame that should arrive now does not.
     * @param transmission the frame
     * @return true if it broke off, or a cut takes it
     */
    bool IsLost(const Transmission& transmission);
    /**
     * @brief The one exit of frames that do not arrive.
     * @param frame the frame
     */
    void Lose(Ptr<const Packet> frame);
    /**
     * @brief Whether bit errors hit a frame.
     * @param frame the frame
     * @param bits its bits
     * @return true if at least one bit is wrong
     */
    bool HasBitErrors(Ptr<Packet> frame, uint32_t bits);
    /// Tell the receiver of its carrier, if that has changed.
    void UpdateCarrier();

    void SetBitErrorRate(double rate); //!< @param rate probability per bit
    double GetBitErrorRate() const;    //!< @return probability per bit
    void SetDtrDrivesCarrier(bool on); //!< @param on as on a null modem cable
    bool GetDtrDrivesCarrier() const;  //!< @return whether DTR is the other end's DCD

    Ptr<SerialNetDevice> m_receiver;        //!< where it leads
    Ptr<SerialNetDevice> m_loopback;        //!< the sender, if it hears itself
    Time m_delay;                           //!< propagation delay
    uint64_t m_transmitted{0};              //!< frames sent so far
    std::set<uint64_t> m_aborted;           //!< those of them that broke off, until they are due
    Time m_lastBitLeft;                     //!< when the last frame sent so far has left
    Time m_lastArrival;                     //!< when it arrives
    Time m_arrivalBefore;                   //!< when the one before it arrives
    double m_bitErrorRate{0};               //!< probability per bit
    Ptr<UniformRandomVariable> m_bitErrors; //!< draws them
    Ptr<ErrorModel> m_errorModel;           //!< any other corruption
    OutageHistory m_outages;                //!< when it was cut
    uint64_t m_lostFrames{0};               //!< frames lost to cuts
    uint32_t m_carrierLosses{0};            //!< causes that take the carrier away now
    bool m_dtr{true};                       //!< the sender asserts DTR
    bool m_dtrDrivesCarrier{false};         //!< DTR of the sender is DCD of the receiver
    bool m_carrier{true};                   //!< what the receiver was told last
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< lost to a cut
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_WIRE_H */
