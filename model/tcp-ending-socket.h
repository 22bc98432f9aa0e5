/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_ENDING_SOCKET_H
#define KEEPALIVE_TCP_ENDING_SOCKET_H

#include "tcp-end-cause.h"
#include "tcp-segment-socket.h"

#include "ns3/nstime.h"
#include "ns3/tcp-header.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A TCP socket whose connections end as RFC 9293 says, once, and for a reason it can name.
 *
 * What TcpSocketBase does differently, and this class puts right:
 *  - a reset is sent as RST alone, and leaves the state ESTABLISHED;
 *  - a refused connection goes unnoticed until the last SYN, if timestamps are on;
 *  - an old acknowledgment of a half-open connection is ignored in SYN-SENT, and a stray one in
 *    LISTEN, where both call for a reset;
 *  - pure acknowledgments sent during a retransmission carry an old sequence number, and undo the
 *    backoff of the retransmission timer;
 *  - Close resets the peer if data is unread, but stays ESTABLISHED; of a socket that listens it
 *    calls the callback for a close by the peer; of one that is only bound it does nothing.
 *
 * What it cannot put right: initial sequence numbers are always 0, so that without timestamps a
 * half-open connection over which nothing was sent looks like the new one; a simultaneous open
 * fails.
 */
class TcpEndingSocket : public TcpSegmentSocket
{
  public:
    ~TcpEndingSocket() override;

    /**
     * @brief Give the connection up at once: tell the peer with a reset, forget everything.
     *
     * What was not sent is lost. The callbacks of the socket are not called, since the caller
     * knows; the trace ConnectionEnd is. Nothing happens without a connection. A sink of Tx may
     * call it: the segment that is being sent goes first.
     */
    void Abort();

    /**
     * @brief Lose the connection without a word to anybody, as a host does that loses its power.
     *
     * The peer hears of it when it next sends something. No callback is called, but the trace is.
     */
    void Forget();

    /**
     * @brief Why the last connection ended.
     * @return the cause, NONE if none has ended since the last Connect
     */
    TcpEndCause GetEndCause() const;

    /**
     * @brief Whether data, or a FIN, waits to be sent or acknowledged.
     * @return true if so, false without a connection
     */
    bool IsDataOutstanding() const;

    // inherited from Socket

    /**
     * @brief Connect to a peer.
     *
     * Again after an attempt that failed. A socket that was connected cannot be: its buffers and
     * sequence numbers are those of the connection that ended.
     *
     * @param address of the peer
     * @return 0; -1 after a connection (ERROR_INVAL), or without a route
     */
    int Connect(const Address& address) override;
    int Close() override;

    /**
     * @brief Signature of the trace source ConnectionEnd.
     *
     * To a sink the connection is ending, but not over: Abort, Forget and Close do nothing, and
     * Connect fails with ERROR_AGAIN. What is to follow can be scheduled, for now or later.
     *
     * @param cause why the connection ended
     */
    typedef void (*ConnectionEndTracedCallback)(TcpEndCause cause);

  protected:
    /// Create a socket without a connection.
    TcpEndingSocket();

    /**
     * @brief Create the socket of an accepted connection.
     * @param socket the one that listens; who listens to its ConnectionEnd hears of this one's
     */
    TcpEndingSocket(const TcpEndingSocket& socket);

    /// The connection is established.
    virtual void HandleEstablished() = 0;
    /// There is no connection any more: stop all timers.
    virtual void HandleEnded() = 0;

    /**
     * @brief How long a closed socket waits for the peer to close.
     * @return time in FIN-WAIT-2 after Close; zero for no limit
     */
    virtual Time GetFinTimeout() const = 0;

    /**
     * @brief Treat a segment that arrives while there is no connection yet.
     * @param header its header
     * @param from its source
     * @param to its destination
     * @return true if that was all, false if TcpSocketBase is to process it
     */
    bool HandleUnconnected(const TcpHeader& header, const Address& from, const Address& to);

    /**
     * @brief End the connection.
     * @param cause why
     * @param reset tell the peer with a reset
     * @param notify call the error or connection callback of the application
     */
    void End(TcpEndCause cause, bool reset, bool notify);

    /**
     * @brief Whether both ends have had their SYN acknowledged and no end of it all was agreed on.
     * @return true from ESTABLISHED to LAST-ACK
     */
    bool IsSynchronized() const;

    // inherited from TcpSocketBase
    void SendEmptyPacket(uint8_t flags) override;
    uint32_t SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck) override;

    TracedCallback<TcpEndCause> m_endTrace; //!< the connection ended

  private:
    /**
     * @brief The state changed.
     * @param before the state until now
     * @param after the state from now on
     */
    void HandleState(TcpStates_t before, TcpStates_t after);

    /**
     * @brief Tell once that the connection ended.
     * @param cause why, unless a cause was set before
     */
    void Report(TcpEndCause cause);

    /// Limit the time in FIN-WAIT-2, if the application has closed and will not hear of its end.
    void StartFinTimer();

    /**
     * @brief Let a socket live until this event.
     * @param socket the socket
     */
    static void Release(Ptr<TcpEndingSocket> socket);

    /**
     * @brief Treat a segment that arrives in SYN-SENT.
     * @param header its header
     * @param from its source
     * @param to its destination
     * @return true if that was all
     */
    bool HandleSynSent(const TcpHeader& header, const Address& from, const Address& to);

    TcpEndCause m_endCause{TcpEndCause::NONE}; //!< why the connection ended
    bool m_reported{false};                    //!< the trace told so
    bool m_ending{false};                      //!< it is being ended or told so
    bool m_used{false};                        //!< there was a connection
    bool m_orphaned{false};                    //!< the application closed it
    uint32_t m_connectTimestamp{0};            //!< timestamp of the first SYN
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_ENDING_SOCKET_H */
