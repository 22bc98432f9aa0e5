/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TTY_BRIDGE_DEVICE_H
#define KEEPALIVE_TTY_BRIDGE_DEVICE_H

#include "async-hdlc-codec.h"
#include "serial-net-device.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of a simulated serial line that is a terminal of the real world.
 *
 * Frames from the line are written to a file descriptor in the framing of asynchronous lines
 * (AsyncHdlcCodec); frames read from it go onto the line. So the device at the other end of the
 * line talks with whoever is behind the descriptor: a program on a pseudo-terminal, or a modem. It
 * speaks no protocol of its own, is never asked to send by a node, and its line protocol is up.
 *
 * Time must be real: set the global value SimulatorImplementationType to
 * "ns3::RealtimeSimulatorImpl" before anything else. The descriptor is looked at every
 * PollInterval, in the simulator's own thread: ns-3's reader threads change from release to
 * release.
 *
 * Everything that is sent has all control characters escaped, which RFC 1662 section 7.1 allows
 * whatever was negotiated; what is received may have them as it likes. Frames that bit errors hit
 * on the simulated line are not written.
 *
 * When whoever is behind the descriptor hangs up, what was to be written is lost, the descriptor is
 * no longer looked at, and the line's DTR goes away: with DtrDrivesCarrier, that is the carrier of
 * the other end. Another SetDescriptor begins anew.
 *
 * Drops, as with every interface of this module, by the trace source Drop: for frames from the
 * descriptor the reasons of AsyncHdlcCodec; for frames from the line QUEUE_FULL, if nobody reads
 * what is written, and NO_CARRIER, if nobody is there.
 */
class TtyBridgeDevice : public SerialNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    TtyBridgeDevice();
    ~TtyBridgeDevice() override;

    /**
     * @brief Talk through a descriptor, from now on and from nothing.
     *
     * It becomes non-blocking. It is not closed here, and must stay open while this device uses it.
     *
     * @param descriptor a terminal in raw mode, or a socket; -1 for none
     */
    void SetDescriptor(int descriptor);

    /**
     * @brief Whether anybody is behind the descriptor.
     * @return false without descriptor, and after a hang-up
     */
    bool IsConnected() const;

    /**
     * @brief Bytes that nobody has taken yet.
     * @return the number
     */
    std::size_t GetPendingBytes() const;

    /**
     * @brief Bytes that came before the first flag, such as a greeting.
     * @return the number, since SetDescriptor
     */
    uint64_t GetNoiseBytes() const;

    /**
     * @brief Signature of the Hangup trace source.
     * @param error error number of the system; 0 if it said that this is the end
     */
    typedef void (*HangupTracedCallback)(int error);

  protected:
    void DoDispose() override;
    void StartProtocol() override;
    void StopProtocol() override;
    void UpdateSignals() override;
    void SendProbe() override;
    std::optional<DropReason> Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber) override;
    void ReceiveFrame(Ptr<Packet> frame) override;

  private:
    /// Look at the descriptor, and come back later.
    void Poll();
    /// Write what waits, as far as it is taken.
    void Flush();
    /// Read what is there, and put its frames onto the line.
    void Read();
    /**
     * @brief Write bytes, without a signal if nobody is there.
     * @return as write
     */
    long Write() const;
    /**
     * @brief Put onto the line what arrived.
     * @param arrival a frame, or why there is none
     */
    void Forward(const AsyncHdlcCodec::Arrival& arrival);
    /**
     * @brief Nobody is there any more.
     * @param error error number, 0 for none
     */
    void HangUp(int error);
    /// Begin a new stream of bytes in both directions.
    void ResetStreams();

    int m_descriptor{-1};              //!< where to; -1 for none
    bool m_socket{false};              //!< it is a socket
    bool m_connected{false};           //!< nobody has hung up
    Time m_pollInterval;               //!< how often it is looked at
    uint32_t m_writeBuffer{0};         //!< most bytes that wait to be written
    std::vector<uint8_t> m_unwritten;  //!< bytes that wait to be written
    AsyncHdlcCodec m_decoder;          //!< what is being read
    EventId m_pollEvent;               //!< when it is looked at next
    TracedCallback<int> m_hangupTrace; //!< whoever was there is gone
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TTY_BRIDGE_DEVICE_H */
