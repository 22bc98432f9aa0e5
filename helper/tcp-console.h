/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_CONSOLE_H
#define KEEPALIVE_TCP_CONSOLE_H

#include "console-transcript.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-keepalive-application.h"
#include "ns3/tcp-keepalive-socket.h"

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an operator sees of TCP connections on the hosts at their ends.
 *
 * Three kinds of lines, each with its host and time:
 *  - what the application says: "client: connected to 10.2.0.2:40000", "client: recv: Connection
 *    timed out (ETIMEDOUT): keepalive". The last word is the TcpEndCause, which real errors lack;
 *  - what `tcpdump -i any` shows, without options, of segments that open, end or probe a
 *    connection, answer a probe or repeat data: "Out IP 10.1.0.1.49153 > 10.2.0.2.40000: Flags [.],
 *    seq 0:0, ack 1, win 65535, length 0 [keep-alive]". Ordinary data and acknowledgments are left
 *    out. Behind it in brackets is what Wireshark calls it; to tell a probe by its sequence number
 *    is all that either can do;
 *  - what `ss -to` shows of each connection when it begins, periodically if so configured, and at
 *    the end: state, octets unread and unsent, both addresses, and the timer: "keepalive" with the
 *    time left and the probes unanswered, or "on" while data waits for an acknowledgment. A
 *    connection without timer will never find out by itself that its peer is gone.
 *
 * Trace sinks only: it changes nothing. The events that it schedules print, and do nothing else.
 */
class TcpConsole
{
  public:
    /**
     * @brief Create a console without hosts.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit TcpConsole(ConsoleTranscript& transcript);
    ~TcpConsole();

    TcpConsole(const TcpConsole&) = delete;
    TcpConsole& operator=(const TcpConsole&) = delete;

    /**
     * @brief Print what a host sees.
     * @param application its application, on a node with IPv4
     * @param host name of the host
     */
    void Watch(Ptr<TcpKeepaliveApplication> application, const std::string& host);

    /**
     * @brief Show all connections periodically.
     * @param period time between
     */
    void ShowEvery(Time period);

    /// Print "ss -to" of every host, as of now.
    void ShowConnections();

    /**
     * @brief A time as ss prints it.
     * @param time the time, 0 or more
     * @return such as 1min30sec, 45sec, 4.500ms (which is 4.5 s) or 200ms
     */
    static std::string TimerText(Time time);

  private:
    /// One end of a flow: source and destination with their ports.
    using Flow = std::pair<std::pair<uint32_t, uint16_t>, std::pair<uint32_t, uint16_t>>;

    /// What is known of the segments of a flow.
    struct FlowState
    {
        SequenceNumber32 next; //!< after the last octet seen
        bool probed{false};    //!< its last segment was a probe
    };

    /// What is known of a connection.
    struct Known
    {
        std::string local;  //!< own address and port
        std::string remote; //!< the peer's
        Time probed;        //!< when the last probe was sent
        uint32_t probes{0}; //!< unanswered ones, with it
    };

    /// One host.
    struct Host
    {
        ConsoleTranscript* transcript;                  //!< where to print
        Ptr<TcpKeepaliveApplication> application;       //!< what runs there
        std::string name;                               //!< its name
        std::map<Flow, FlowState> flows;                //!< segments seen
        std::map<Ptr<TcpKeepaliveSocket>, Known> known; //!< connections
    };

    // trace sinks
    static void Connection(Host* host, Ptr<TcpKeepaliveSocket> socket, TcpEndCause cause);
    static void Probe(Host* host, Ptr<TcpKeepaliveSocket> socket, uint32_t unanswered);
    static void Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4> ipv4, uint32_t interface);
    static void Received(Host* host, Ptr<const Packet> packet, Ptr<Ipv4> ipv4, uint32_t interface);

    /**
     * @brief Print a segment, if it is worth it.
     * @param host who sees it
     * @param direction "Out" or "In "
     * @param packet from the IP header on
     */
    static void Segment(Host* host, const char* direction, Ptr<const Packet> packet);
    /**
     * @brief What is special about a segment.
     * @param host who sees it
     * @param flow its flow
     * @param header its header
     * @param length octets of payload
     * @return text in brackets, or none; not printed if "-"
     */
    static std::string Classify(Host* host,
                                const Flow& flow,
                                const TcpHeader& header,
                                uint32_t length);
    /**
     * @brief The state of a connection.
     * @param host its host
     * @param socket its socket
     * @return a line as of ss
     */
    static std::string Describe(Host* host, Ptr<TcpKeepaliveSocket> socket);
    /**
     * @brief The timer of a connection.
     * @param known what is known of it
     * @param socket its socket
     * @return "timer:(...)", or nothing
     */
    static std::string DescribeTimer(const Known& known, Ptr<TcpKeepaliveSocket> socket);

    /// Show all connections, and again later. A scheduled event.
    void ShowAgain();

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Host> m_hosts;         //!< a list, because sinks point into it
    Time m_period;                   //!< time between showing
    EventId m_again;                 //!< the next time
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_CONSOLE_H */
