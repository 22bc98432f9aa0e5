/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_CHANNEL_H
#define KEEPALIVE_SERIAL_CHANNEL_H

#include "serial-wire.h"

#include "ns3/channel.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

class SerialNetDevice;

/**
 * @ingroup keepalive
 * @brief A serial line: two wires, one for each direction, each with properties of its own.
 *
 * What one attribute of this class sets it sets on both wires; GetWireFrom and GetWireTo give the
 * wires themselves.
 */
class SerialChannel : public Channel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    SerialChannel();
    ~SerialChannel() override;

    SerialChannel(const SerialChannel&) = delete;
    SerialChannel& operator=(const SerialChannel&) = delete;

    /**
     * @brief Add one of its two ends.
     * @param device the device; the third one is an error
     */
    void Attach(Ptr<SerialNetDevice> device);

    /**
     * @brief Put a loopback plug where an end's cable is: what it sends comes back to it.
     *
     * The other end is left with an open cable: it hears nothing, and is not heard. The carrier of
     * both stays.
     *
     * @param device the end, attached; it has no plug yet
     */
    void InsertLoopbackPlug(Ptr<SerialNetDevice> device);

    /**
     * @brief Take the loopback plug away and put the cable back.
     * @param device the end that has a plug
     */
    void RemoveLoopbackPlug(Ptr<SerialNetDevice> device);

    /**
     * @brief The wire on which a device sends.
     * @param device the device, attached
     * @return the wire
     */
    Ptr<SerialWire> GetWireFrom(Ptr<const NetDevice> device) const;

    /**
     * @brief The wire on which a device receives.
     * @param device the device, attached
     * @return the wire
     */
    Ptr<SerialWire> GetWireTo(Ptr<const NetDevice> device) const;

    /**
     * @brief Fix the random streams of the bit errors of both wires.
     * @param stream first stream number to use
     * @return how many were used: 2
     */
    int64_t AssignStreams(int64_t stream);

    // inherited from Channel
    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

  protected:
    void DoDispose() override;

  private:
    void SetDelay(Time delay);         //!< @param delay of both wires
    Time GetDelay() const;             //!< @return delay of the first wire
    void SetBitErrorRate(double rate); //!< @param rate of both wires, per bit
    double GetBitErrorRate() const;    //!< @return rate of the first wire
    void SetDtrDrivesCarrier(bool on); //!< @param on on both wires
    bool GetDtrDrivesCarrier() const;  //!< @return whether on the first wire

    Ptr<SerialNetDevice> m_devices[2]; //!< the ends
    std::size_t m_nDevices{0};         //!< how many there are
    Ptr<SerialWire> m_wires[2];        //!< from the first end, from the second end
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_CHANNEL_H */
