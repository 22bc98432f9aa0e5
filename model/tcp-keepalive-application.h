/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_APPLICATION_H
#define KEEPALIVE_TCP_KEEPALIVE_APPLICATION_H

#include "detection-event.h"
#include "keepalive-net-device.h"
#include "node-part.h"
#include "tcp-end-cause.h"
#include "tcp-keepalive-socket.h"

#include "ns3/address.h"
#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <list>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A program that wants to be connected: a client that connects again whenever its
 *        connection ends, or a server that accepts all who come.
 *
 * With a Remote address it is a client, without one it listens at Local. What it says, if anything,
 * is DataSize octets every DataPeriod; what it hears it reads and forgets. Its sockets are those of
 * the TcpKeepaliveSocketFactory of its node, keepalives and all.
 *
 * It counts as up while at least one of its connections is established, as far as its own end
 * knows. A server may have several: those whose client is long gone, too.
 *
 * As a NodePart it hangs and crashes with its node. While it hangs it neither reads nor writes nor
 * learns that a connection began or ended, but TCP goes on acknowledging, as a kernel does. A crash
 * leaves nothing of its connections; nobody is told.
 */
class TcpKeepaliveApplication : public Application, public NodePart
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    TcpKeepaliveApplication();
    ~TcpKeepaliveApplication() override;

    /**
     * @brief Its connections that are established.
     * @return their sockets, the oldest first
     */
    std::vector<Ptr<TcpKeepaliveSocket>> GetConnections() const
    {
        std::vector<Ptr<TcpKeepaliveSocket>> sockets;
        for (const auto& connection : m_connections)
        {
            if (connection.established && !connection.ended)
            {
                sockets.push_back(connection.socket);
            }
        }
        return sockets;
    }

    /**
     * @brief Whether it is a server.
     * @return true if it has no Remote address
     */
    bool IsServer() const
    {
        return m_remote.IsInvalid();
    }

    /**
     * @brief Whether it has a connection.
     * @return true if so, as far as the program knows
     */
    bool IsUp() const
    {
        return m_up;
    }

    /**
     * @brief What its keepalives did: probes sent, signs of life that answered them, and bytes of
     *        both with IP and TCP header. The other counters are zero.
     * @return the counters
     */
    const InterfaceCounters& GetCounters() const
    {
        return m_counters;
    }

    /**
     * @brief Octets that it has read.
     * @return how many
     */
    uint64_t GetBytesRead() const
    {
        return m_read;
    }

    // inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the trace source Connection.
     * @param socket the socket
     * @param cause NONE if the connection was just established, else why it ended or was not made
     */
    typedef void (*ConnectionTracedCallback)(Ptr<TcpKeepaliveSocket> socket, TcpEndCause cause);

    /**
     * @brief Signature of the trace source Probe.
     * @param socket the socket
     * @param unanswered probes sent on it since the last sign of life, this one included
     */
    typedef void (*ProbeTracedCallback)(Ptr<TcpKeepaliveSocket> socket, uint32_t unanswered);

  protected:
    void DoDispose() override;

  private:
    static constexpr uint32_t IP_HEADER = 20; //!< bytes before the TCP header

    /// One connection, or an attempt at one.
    struct Connection
    {
        TcpKeepaliveApplication* application; //!< whose it is
        Ptr<TcpKeepaliveSocket> socket;       //!< its socket
        bool established{false};              //!< it was made
        bool known{false};                    //!< and the program has learned of it
        bool peerClosed{false};               //!< the peer sends no more
        bool ended{false};                    //!< it is over, or failed
        EventId event;                        //!< attempt: when it takes too long; later: next data
    };

    // inherited from Application
    void StartApplication() override;
    void StopApplication() override;

    /**
     * @brief End all connections.
     * @param forget in silence, as a crash does; else in good order
     */
    void Leave(bool forget);
    /// Begin to listen, or to connect.
    void Open();
    /// Wait for clients.
    void Listen();
    /// Begin to connect.
    void Connect();
    /// The attempt took too long.
    void GiveUp();
    /**
     * @brief Connect again, unless it is over.
     * @param wait after this time
     */
    void ConnectLater(Time wait);

    /**
     * @brief Create a socket.
     * @return it
     */
    Ptr<TcpKeepaliveSocket> CreateSocket() const;
    /**
     * @brief Bind a socket to Local, or to any port.
     * @param socket the socket
     * @return false if that is taken
     */
    bool Bind(Ptr<TcpKeepaliveSocket> socket) const;
    /**
     * @brief Follow what becomes of a socket.
     * @param socket the socket
     * @return its connection
     */
    Connection* Follow(Ptr<TcpKeepaliveSocket> socket);

    // what sockets call
    void Connected(Ptr<Socket> socket);
    void Accepted(Ptr<Socket> socket, const Address& client);
    void Readable(Ptr<Socket> socket);
    void PeerClosed(Ptr<Socket> socket);

    // trace sinks
    static void Ended(Connection* connection, TcpEndCause cause);
    static void ProbeSent(Connection* connection, Ptr<const Packet> segment, uint32_t unanswered);
    static void ProbeAnswered(Connection* connection,
                              Ptr<const Packet> segment,
                              uint32_t unanswered);

    /**
     * @brief A connection was made.
     * @param connection the connection
     */
    void HandleEstablished(Connection* connection);
    /**
     * @brief A connection, or an attempt, is over.
     * @param connection the connection
     * @param cause why
     */
    void HandleEnd(Connection* connection, TcpEndCause cause);
    /**
     * @brief The program learns what became of its connections, unless it hangs.
     * @param cause why there is one more, or one less
     */
    void Learn(LineCause cause);
    /// Forget the connections that are over.
    void Purge();
    /**
     * @brief Read all there is.
     * @param connection where from
     */
    void Read(Connection& connection);
    /**
     * @brief Write, now and periodically.
     * @param connection where to
     */
    void Write(Connection* connection);

    Address m_remote;             //!< whom to connect to; invalid for a server
    Address m_local;              //!< where from, or where to listen
    uint8_t m_tos{0};             //!< type of service of the connections
    Time m_reconnectDelay;        //!< from the end of a connection to the next attempt
    Time m_longestReconnectDelay; //!< where doubling stops
    Time m_connectTimeout;        //!< longest attempt
    Time m_dataPeriod;            //!< time between writes; zero for none
    uint32_t m_dataSize{0};       //!< octets of one
    bool m_running{false};        //!< between start and stop
    bool m_powered{true};         //!< its node has power
    bool m_stalled{false};        //!< it hangs
    bool m_up{false};             //!< it has a connection, as far as it knows
    LineCause m_lastCause{LineCause::TCP_CLOSED}; //!< of the last change
    Time m_backoff;                               //!< wait before the next attempt
    EventId m_next;                               //!< the next attempt
    EventId m_purge;                              //!< forgets what is over
    Ptr<TcpKeepaliveSocket> m_listener;           //!< waits for clients
    std::list<Connection> m_connections;          //!< a list, because sinks point into it
    InterfaceCounters m_counters;                 //!< what its keepalives did
    uint64_t m_read{0};                           //!< octets read

    TracedCallback<const DetectionEvent&> m_lineTrace;                      //!< up or down
    TracedCallback<Ptr<TcpKeepaliveSocket>, TcpEndCause> m_connectionTrace; //!< began or ended
    TracedCallback<Ptr<TcpKeepaliveSocket>, uint32_t> m_probeTrace;         //!< a probe was sent
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveTxTrace;         //!< the same
    TracedCallback<Ptr<const Packet>, uint32_t> m_keepaliveRxTrace;         //!< it was answered
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_APPLICATION_H */
