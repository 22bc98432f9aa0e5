/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SESSION_H
#define KEEPALIVE_TCP_SESSION_H

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/sequence-number.h"
#include "ns3/socket.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-keepalive-socket.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief One TCP connection of a station, and a report of all that its keepalives do.
 *
 * It has no data to send. Once the peer closes it, so does the station.
 */
class TcpSession
{
  public:
    /// What the station is told.
    struct Config
    {
        bool server{false};                      //!< wait for the peer, rather than connect to it
        InetSocketAddress local{Ipv4Address()};  //!< own address and port
        InetSocketAddress remote{Ipv4Address()}; //!< the peer's; not for a server
        std::string profile{"linux"};            //!< whose TCP it is
        bool enabled{true};                      //!< whether there are keepalives
        Time idle;           //!< silence until the first probe; zero for the profile's
        Time interval;       //!< between probes; zero for the profile's
        uint32_t probes{0};  //!< unanswered ones that end the connection; zero for the profile's
        Time userTimeout;    //!< TCP_USER_TIMEOUT, zero for none
        bool garbage{false}; //!< probes carry an octet
    };

    /// What has happened so far.
    struct Report
    {
        bool connected{false};          //!< there was a connection
        uint32_t probesSent{0};         //!< to the peer
        uint32_t probesAnswered{0};     //!< of these
        uint32_t probesReceived{0};     //!< from the peer
        uint32_t probesReplied{0};      //!< of these
        std::optional<TcpEndCause> end; //!< why there is no connection any more
        Time silence;                   //!< how long the peer had given no sign of life then
    };

    /**
     * @brief Prepare a connection; it is made when the simulation starts.
     * @param node the station
     * @param config what it is told
     * @param transcript where its console prints
     * @param events where its events go; both must outlive this object, as this object must the
     *        simulation
     */
    TcpSession(Ptr<Node> node,
               const Config& config,
               ConsoleTranscript& transcript,
               EventLog& events);

    TcpSession(const TcpSession&) = delete;
    TcpSession& operator=(const TcpSession&) = delete;

    /**
     * @brief Say how long it takes until a silent peer is given up.
     * @return time from its last sign of life; none if there is no simple law
     */
    std::optional<Time> GetDetectionTime() const;

    const Report& GetReport() const; //!< @return what has happened so far

  private:
    /// Connect to the peer, or wait for it.
    void Open();
    /**
     * @brief Watch a socket.
     * @param socket the connection, or what it will be accepted by
     */
    void Watch(Ptr<Socket> socket);
    /**
     * @brief Take a socket for the connection.
     * @param socket the connection
     */
    void Use(Ptr<Socket> socket);
    /**
     * @brief Say that something happened.
     * @param text for the transcript
     * @param event name of the event, for the table
     * @param detail of what kind, for the table
     * @param value a number, for the table; or none
     */
    void Say(const std::string& text,
             const char* event,
             const std::string& detail = "",
             std::optional<uint64_t> value = std::nullopt);

    // what the socket calls
    void Connected(Ptr<Socket> socket);
    void Failed(Ptr<Socket> socket);
    void Accepted(Ptr<Socket> socket, const Address& peer);
    void Readable(Ptr<Socket> socket);
    void PeerClosed(Ptr<Socket> socket);

    // trace sinks
    void Segment(Ptr<const Packet> packet, const TcpHeader& header, Ptr<const TcpSocketBase>);
    void OwnSegment(Ptr<const Packet> packet, const TcpHeader& header, Ptr<const TcpSocketBase>);
    void ProbeSent(Ptr<const Packet> packet, uint32_t unanswered);
    void ProbeAnswered(Ptr<const Packet> packet, uint32_t unanswered);
    void Ended(TcpEndCause cause);

    Ptr<Node> m_node;                 //!< the station
    const Config m_config;            //!< what it is told
    ConsoleTranscript& m_transcript;  //!< where its console prints
    EventLog& m_events;               //!< where its events go
    Ptr<Socket> m_listener;           //!< waits for the peer
    Ptr<TcpKeepaliveSocket> m_socket; //!< the connection
    SequenceNumber32 m_expected;      //!< what the peer should send next: the last acknowledgement
    std::optional<Time> m_probed;     //!< a probe of the peer came just now
    Report m_report;                  //!< what has happened so far
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SESSION_H */
