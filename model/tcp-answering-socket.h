/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_ANSWERING_SOCKET_H
#define KEEPALIVE_TCP_ANSWERING_SOCKET_H

#include "tcp-segment-check.h"
#include "tcp-timeout-socket.h"

#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A TCP socket that answers what calls for an answer, and knows a sign of life.
 *
 * Every segment of a connection goes through TcpSegmentCheck before TcpSocketBase sees it. What
 * TcpSocketBase does differently, and this class puts right:
 *  - a segment without data just before the window is not answered, so that a peer with keepalives
 *    gives a healthy connection up; octets there are answered without a D-SACK (RFC 2883);
 *  - a reset is believed whatever its sequence number, answered by another if it has the flag ACK,
 *    and reported as a normal close; a repeated SYN is not answered;
 *  - a repeated FIN is not answered in CLOSE-WAIT and TIME-WAIT, and ends the connection in
 *    LAST-ACK, as does any acknowledgment;
 *  - the peer's FIN is lost if it comes with data, or before it, after ours was sent.
 *
 * Segments with data that end before the window, or that come after the peer's FIN, are answered
 * by TcpSocketBase before they get here: without a D-SACK, and they are no sign of life.
 */
class TcpAnsweringSocket : public TcpTimeoutSocket
{
  public:
    ~TcpAnsweringSocket() override;

  protected:
    /// Create a socket without a connection.
    TcpAnsweringSocket();

    /**
     * @brief Create the socket of an accepted connection.
     * @param socket the one that listens; its settings are taken over
     */
    TcpAnsweringSocket(const TcpAnsweringSocket& socket);

    /**
     * @brief A sign of life came.
     * @param packet the segment, from its TCP header on
     */
    virtual void HandleLife(Ptr<const Packet> packet) = 0;

    // inherited from TcpSocketBase
    void DoForwardUp(Ptr<Packet> packet, const Address& from, const Address& to) override;

  private:
    /**
     * @brief Let a listening socket take a SYN: its clone has the options of that client.
     *
     * TcpSocketBase switches off in the listener what one client does not have, for all that come
     * after it.
     *
     * @param packet the segment, from its TCP header on
     * @param from its source
     * @param to its destination
     */
    void ProcessListening(Ptr<Packet> packet, const Address& from, const Address& to);

    /**
     * @brief Take those blocks out of a selective acknowledgment that are of no use.
     *
     * A duplicate SACK (RFC 2883), which answers a garbage octet, acknowledges what has been
     * acknowledged. TcpTxBuffer looks for it among what is in flight, and reads beyond the end of
     * that list if nothing is: it crashes. The Rx traces do not see these blocks.
     *
     * @param packet the segment, from its TCP header on; gets another header if there are any
     * @param header its header; follows
     */
    void DropUselessSack(Ptr<Packet> packet, TcpHeader& header) const;

    /**
     * @brief Treat a segment that arrives on an established connection.
     * @param packet the segment, from its TCP header on
     * @param header its header
     * @param from its source
     * @param to its destination
     */
    void HandleSegment(Ptr<Packet> packet,
                       const TcpHeader& header,
                       const Address& from,
                       const Address& to);

    /**
     * @brief What a segment is.
     * @param header its header
     * @param length octets of its payload
     * @return the decision
     */
    TcpSegmentCheck::Verdict CheckSegment(const TcpHeader& header, uint32_t length) const;

    /**
     * @brief Let the acknowledgment of a segment be processed, and nothing else of it.
     * @param packet the segment, from its TCP header on
     * @param header its header
     * @param from its source
     * @param to its destination
     */
    void ProcessAcknowledgment(Ptr<Packet> packet,
                               const TcpHeader& header,
                               const Address& from,
                               const Address& to);

    /**
     * @brief Let the peer's FIN be processed after ours was sent.
     *
     * TcpSocketBase then mistakes where it is if it comes with data, and the state if it comes
     * before data that was lost: so data goes first, and a FIN too early waits for its repetition.
     *
     * @param packet the segment, from its TCP header on
     * @param header its header
     * @param from its source
     * @param to its destination
     */
    void ProcessFin(Ptr<Packet> packet,
                    const TcpHeader& header,
                    const Address& from,
                    const Address& to);

    /**
     * @brief Echo the timestamp of a segment whose octets were here before (RFC 7323 section 4.3).
     * @param header its header
     */
    void EchoTimestamp(const TcpHeader& header);

    /**
     * @brief Answer a segment that nothing else answers, unless there was an answer just now.
     *
     * The limit keeps two ends that disagree from answering each other for ever.
     */
    void AnswerWithinLimit();

    /**
     * @brief Answer a segment whose octets were here before.
     * @param header its header
     * @param length octets of its payload
     */
    void AnswerDuplicate(const TcpHeader& header, uint32_t length);

    bool m_hasAnswered{false}; //!< m_lastAnswer means something
    Time m_lastAnswer;         //!< last answer that the limit applies to
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_ANSWERING_SOCKET_H */
