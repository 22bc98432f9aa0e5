/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_TEST_NETWORK_H
#define KEEPALIVE_TCP_TEST_NETWORK_H

#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/outage-error-model.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-channel.h"
#include "ns3/socket.h"
#include "ns3/tcp-end-cause.h"
#include "ns3/tcp-keepalive-socket.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief Two hosts on one wire, A = 10.0.0.1 and B = 10.0.0.2, also fd00::1 and fd00::2.
 *
 * The wire has a delay of 1 ms and no bit rate, so that all times are exact; ARP and neighbour
 * discovery are not needed. All TCP segments over IPv4 are recorded as they are sent. Both hosts
 * have the socket factory of TcpKeepaliveHelper.
 */
class TcpTestNetwork
{
  public:
    static constexpr uint16_t PORT = 179; //!< where tests listen

    /// A segment as it was sent.
    struct Seen
    {
        Time when;         //!< when
        bool fromA;        //!< by whom
        std::string flags; //!< letters of S, F, R, A in this order
        uint32_t seq;      //!< sequence number; initial ones are 0
        uint32_t ack;      //!< acknowledgment number
        uint32_t length;   //!< octets of payload
        uint8_t tos;       //!< type of service in the IP header, with ECN bits
    };

    TcpTestNetwork();
    ~TcpTestNetwork();

    TcpTestNetwork(const TcpTestNetwork&) = delete;
    TcpTestNetwork& operator=(const TcpTestNetwork&) = delete;

    /**
     * @brief Cut or restore the wire, silently.
     * @param towardsA affect what goes to A
     * @param towardsB affect what goes to B
     * @param cut true to cut
     */
    void SetCut(bool towardsA, bool towardsB, bool cut);

    /**
     * @brief Cut the wire at a given time.
     * @param at when
     * @param towardsA affect what goes to A
     * @param towardsB affect what goes to B
     */
    void CutAt(Time at, bool towardsA = true, bool towardsB = true);

    /**
     * @brief Restore the wire at a given time.
     * @param at when
     * @param towardsA affect what goes to A
     * @param towardsB affect what goes to B
     */
    void HealAt(Time at, bool towardsA = true, bool towardsB = true);

    /**
     * @brief Create a socket.
     * @param host A (0) or B (1)
     * @param profile what stack it is
     * @return the socket
     */
    Ptr<TcpKeepaliveSocket> MakeSocket(uint32_t host, const std::string& profile = "linux") const;

    /**
     * @brief How many sockets a host's TCP knows.
     * @param host A (0) or B (1)
     * @return how many
     */
    std::size_t CountSockets(uint32_t host) const;

    /**
     * @brief What one host sent.
     * @param fromA by A, else by B
     * @param flags with exactly these flags
     * @param since not before this time
     * @return when
     */
    std::vector<Time> GetTimes(bool fromA, const std::string& flags, Time since = Time(0)) const;

    /**
     * @brief All that was sent, for messages.
     * @param since not before this time
     * @return a line for each segment
     */
    std::string Print(Time since = Time(0)) const;

    NodeContainer hosts;        //!< A, B
    std::vector<Seen> segments; //!< all that was sent
    Ptr<SimpleChannel> channel; //!< the wire

  private:
    /**
     * @brief Give a host its device and addresses.
     * @param host A (0) or B (1)
     */
    void Connect(uint32_t host);

    /**
     * @brief A host sent an IP packet.
     * @param network this
     * @param fromA by A
     * @param packet the packet
     * @param ipv4 the host's IP
     * @param interface where
     */
    static void Sent(TcpTestNetwork* network,
                     bool fromA,
                     Ptr<const Packet> packet,
                     Ptr<Ipv4> ipv4,
                     uint32_t interface);

    Ptr<OutageErrorModel> m_towards[2]; //!< A, B
};

/**
 * @ingroup keepalive-tests
 * @brief Remembers what an application hears of a socket, and when.
 *
 * It reads whatever arrives. It must outlive the simulation.
 */
class SocketLog
{
  public:
    /**
     * @brief Listen to a socket; one that listens has the log of the connections it accepts.
     * @param socket the socket
     * @param closes close it when the peer has
     */
    void Attach(Ptr<TcpKeepaliveSocket> socket, bool closes = true);

    Ptr<TcpKeepaliveSocket> socket;                 //!< the connection
    std::vector<Time> connected;                    //!< success, or an accepted connection
    std::vector<Time> failed;                       //!< failures to connect
    std::vector<Time> normalCloses;                 //!< when the peer closed
    std::vector<Time> errorCloses;                  //!< when it broke
    std::vector<std::pair<Time, TcpEndCause>> ends; //!< what ConnectionEnd said
    std::vector<std::pair<Time, uint32_t>> probes;  //!< what KeepaliveTx said
    std::vector<std::pair<Time, uint32_t>> answers; //!< what KeepaliveRx said
    std::vector<Ptr<const Packet>> probePackets;    //!< the probes
    uint64_t received{0};                           //!< octets
    bool reads{true};                               //!< whether it reads

  private:
    // socket callbacks and trace sinks
    void Connected(Ptr<Socket> socket);
    void Failed(Ptr<Socket> socket);
    void Accepted(Ptr<Socket> socket, const Address& from);
    void NormalClose(Ptr<Socket> socket);
    void ErrorClose(Ptr<Socket> socket);
    void Readable(Ptr<Socket> socket);
    void Ended(TcpEndCause cause);
    void ProbeSent(Ptr<const Packet> probe, uint32_t unanswered);
    void ProbeAnswered(Ptr<const Packet> answer, uint32_t unanswered);

    bool m_closes{true}; //!< close when the peer has
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_TEST_NETWORK_H */
