/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SEGMENT_SOCKET_H
#define KEEPALIVE_TCP_SEGMENT_SOCKET_H

#include "ns3/tcp-header.h"
#include "ns3/tcp-option-sack.h"
#include "ns3/tcp-socket-base.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A TCP socket that sends segments TcpSocketBase has no means for, wherever it is.
 *
 * Probes, resets with ACK and acknowledgments are no part of the stream: they leave what is to be
 * sent, and what is being retransmitted, alone.
 */
class TcpSegmentSocket : public TcpSocketBase
{
  public:
    ~TcpSegmentSocket() override;

  protected:
    /// Create a socket without a connection.
    TcpSegmentSocket();

    /**
     * @brief Create the socket of an accepted connection.
     * @param socket the one that listens
     */
    TcpSegmentSocket(const TcpSegmentSocket& socket);

    /**
     * @brief Whether a FIN of ours awaits its acknowledgment.
     * @return true in FIN-WAIT-1, CLOSING and LAST-ACK
     */
    bool IsFinOutstanding() const;

    /**
     * @brief SND.NXT, whatever is being retransmitted.
     * @return the sequence number after the last octet sent, SYN and FIN included
     */
    SequenceNumber32 GetSndNxt() const;

    /**
     * @brief Send a segment that is not a part of the stream: never marked ECN-capable.
     * @param flags its flags; with ACK it acknowledges all there is
     * @param seq its sequence number
     * @param payload its payload, usually none
     * @param duplicate octets to report as received twice (D-SACK), if any
     * @return its header
     */
    TcpHeader SendSegment(uint8_t flags,
                          SequenceNumber32 seq,
                          Ptr<Packet> payload,
                          const std::optional<TcpOptionSack::SackBlock>& duplicate = std::nullopt);

    /**
     * @brief Answer a segment of no connection of ours with a reset.
     * @param header its header
     * @param from its source
     * @param to its destination
     */
    void RefuseSegment(const TcpHeader& header, const Address& from, const Address& to);

    SequenceNumber32 m_lastAckSent{0}; //!< RCV.WUP: what we have acknowledged
    uint32_t m_sending{0};             //!< depth of calls that send a segment

  private:
    /// Have the transmit buffer ask GetUsableWindow.
    void GuardWindow();

    /**
     * @brief The peer's window, as the transmit buffer is to see it.
     *
     * Up to ns-3.42 it finds a segment of no octets to send, which TcpSocketBase crashes with, if
     * what was sent fills the window exactly and selective acknowledgments made room in flight. A
     * window one octet smaller is as full, and does not let it.
     *
     * @return the window, in octets
     */
    uint32_t GetUsableWindow() const;

    /**
     * @brief Add what the socket options ask for: type of service, TTL, priority.
     * @param packet the packet
     */
    void AddTags(Ptr<Packet> packet) const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SEGMENT_SOCKET_H */
