/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_CONNECTION_H
#define KEEPALIVE_BGP_CONNECTION_H

#include "bgp-error.h"
#include "bgp-message.h"
#include "bgp-stream.h"
#include "lingering-connections.h"
#include "tcp-end-cause.h"

#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/type-id.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The TCP connection under a BGP session: bytes on one side, messages on the other.
 *
 * Incoming bytes become messages however TCP split or joined them. Outgoing messages wait here for
 * room in the socket's buffer, so that a full table can be handed over at once. It knows nothing
 * of BGP's states.
 *
 * A connection that is closed is handed over to LingeringConnections: TCP goes on delivering what
 * was sent, the last NOTIFICATION above all, for the linger time and no longer.
 */
class BgpConnection
{
  public:
    /// Whose connection it is. Each call may close the connection, or end it altogether.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /// The connection that Connect began is there.
        virtual void HandleConnected() = 0;

        /**
         * @brief There is no connection any more, or it could not be made.
         * @param cause why; CLOSED if the peer closed it
         */
        virtual void HandleDisconnected(TcpEndCause cause) = 0;

        /**
         * @brief A message arrived.
         * @param message header checked, body not
         */
        virtual void HandleMessage(const BgpMessage& message) = 0;

        /**
         * @brief What arrived is no message. Nothing after it can be read.
         * @param error what is wrong
         */
        virtual void HandleUnreadable(const BgpError& error) = 0;

        /// TCP took a whole message that had been waiting or was new.
        virtual void HandleSendProgress() = 0;
    };

    /// How connections are made.
    struct Settings
    {
        Ptr<Node> node;                //!< where
        TypeId protocol;               //!< the socket factory, such as TcpKeepaliveSocketFactory
        uint8_t tos{0xc0};             //!< type of service: internetwork control
        uint8_t ttl{1};                //!< time to live; 1 reaches the neighbour only
        Time lingerTime{Seconds(100)}; //!< how long what was sent may take after the end
        /// Connections of the node that are over: those of all sessions with the same settings.
        std::shared_ptr<LingeringConnections> lingering{std::make_shared<LingeringConnections>()};
    };

    /**
     * @brief Create it, without a connection.
     * @param owner whose it is; must outlive it
     */
    explicit BgpConnection(Owner& owner);
    ~BgpConnection();

    BgpConnection(const BgpConnection&) = delete;
    BgpConnection& operator=(const BgpConnection&) = delete;

    /**
     * @brief Set how connections are made.
     * @param settings how
     */
    void SetSettings(const Settings& settings);

    /**
     * @brief Begin to connect. What was there before is closed.
     * @param local where from; port 0 for any
     * @param remote where to
     */
    void Connect(InetSocketAddress local, InetSocketAddress remote);

    /**
     * @brief Take over a connection that the peer made. What was there before is closed.
     * @param socket the accepted socket; what it has already received is read later, by itself
     */
    void Adopt(Ptr<Socket> socket);

    /**
     * @brief Turn down a connection that the peer made: it is reset.
     * @param socket the accepted socket
     */
    static void Refuse(Ptr<Socket> socket);

    /**
     * @brief Send a message, now or as soon as there is room.
     * @param message the whole message; ignored without a connection
     */
    void Send(std::vector<uint8_t> message);

    /**
     * @brief Stop or resume reading and writing, as a process does that hangs: TCP goes on.
     * @param stalled true to stop
     */
    void SetStalled(bool stalled);

    /**
     * @brief The process goes on: it can write, but has yet to come to what arrived. SetStalled is
     *        next.
     */
    void ResumeWriting();

    /**
     * @brief Whether something arrived that has not been read.
     * @return true if so, which needs a stalled connection
     */
    bool IsInputPending() const;

    /**
     * @brief Whether there is a connection, or one is being made.
     * @return true between Connect or Adopt and the end
     */
    bool IsOpen() const;

    /**
     * @brief The socket.
     * @return it; null without a connection
     */
    Ptr<Socket> GetSocket() const;

    /**
     * @brief Bytes that wait for room in the socket's buffer.
     * @return how many
     */
    uint64_t GetBacklog() const;

    /**
     * @brief End the connection: what TCP has been given it delivers, what still waits is lost.
     * @param lastWords sent before the end, out of turn; empty for nothing
     * @param delay they are sent this much later; the connection is over for its owner at once
     */
    void Close(std::vector<uint8_t> lastWords = {}, Time delay = Time());

    /// The node lost its power: the connection is gone and nobody is told.
    void Forget();

  private:
    /**
     * @brief Start to use a socket.
     * @param socket the socket
     */
    void Use(Ptr<Socket> socket);
    /**
     * @brief Part with the socket: it calls nobody any more.
     * @return it; null if there is none
     */
    Ptr<Socket> Release();
    /// Read what has arrived, message by message.
    void Read();
    /// Give the socket as much as it takes.
    void Flush();
    /**
     * @brief The connection ended by itself.
     * @param byPeer the peer closed it in good order
     */
    void End(bool byPeer);

    // what sockets call
    void HandleConnectSucceeded(Ptr<Socket> socket);
    void HandleConnectFailed(Ptr<Socket> socket);
    void HandleNormalClose(Ptr<Socket> socket);
    void HandleErrorClose(Ptr<Socket> socket);
    void HandleReadable(Ptr<Socket> socket);
    void HandleWritable(Ptr<Socket> socket, uint32_t room);

    Owner& m_owner;                            //!< whose it is
    Settings m_settings;                       //!< how connections are made
    Ptr<Socket> m_socket;                      //!< null without a connection
    bool m_connected{false};                   //!< it is more than an attempt
    BgpStream m_input;                         //!< bytes that are no whole message yet
    std::deque<std::vector<uint8_t>> m_outbox; //!< messages that TCP has yet to take
    std::size_t m_taken{0};                    //!< bytes of the first of these that it has
    uint64_t m_backlog{0};                     //!< bytes that it has not
    bool m_stalled{false};                     //!< the process does not read: it hangs
    bool m_silent{false};                      //!< nor does it write
    bool m_connectPending{false};              //!< the connection was made while it hung
    bool m_endPending{false};                  //!< the end came while it hung
    bool m_endByPeer{false};                   //!< and was in good order
    EventId m_deferred;                        //!< a read, or a failure, that is due
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_CONNECTION_H */
