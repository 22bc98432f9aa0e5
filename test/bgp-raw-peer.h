/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_RAW_PEER_H
#define KEEPALIVE_BGP_RAW_PEER_H

#include "bgp-test-network.h"

#include "ns3/bgp-message.h"
#include "ns3/bgp-stream.h"
#include "ns3/bgp-update.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/socket.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief A neighbour of a speaker that does what a test tells it: a node with a TCP socket.
 *
 * Everything is scheduled before the run. The speaker waits for it, with the profile that the
 * helper of the network has.
 */
class BgpRawPeer
{
  public:
    /**
     * @brief Create it, 5 ms away from a speaker.
     * @param network the network
     * @param speaker number of the speaker
     * @param as its AS, as the speaker is configured; 0: the speaker does not know of it
     */
    BgpRawPeer(BgpTestNetwork& network, uint32_t speaker, uint32_t as);

    BgpRawPeer(const BgpRawPeer&) = delete;
    BgpRawPeer& operator=(const BgpRawPeer&) = delete;

    /**
     * @brief Connect.
     * @param when when
     */
    void Connect(Time when);

    /**
     * @brief Connect, send OPEN and KEEPALIVE, and a KEEPALIVE every so often.
     * @param when when; Established 20 ms later
     * @param interval between KEEPALIVEs; 0 for only the first one
     * @param fourOctetAs whether to offer AS numbers of four octets
     */
    void Establish(Time when, Time interval, bool fourOctetAs = true);

    /**
     * @brief Send bytes.
     * @param when when
     * @param bytes the bytes
     */
    void Say(Time when, std::vector<uint8_t> bytes);

    /**
     * @brief Close the connection.
     * @param when when
     * @param reset with a reset
     */
    void Close(Time when, bool reset);

    /**
     * @brief Never read anything, from the next connection on.
     * @param deaf false to read again
     */
    void BeDeaf(bool deaf = true);

    /**
     * @brief An OPEN of this peer.
     * @param fourOctetAs whether to offer AS numbers of four octets
     * @return the whole message; hold time 90 s
     */
    std::vector<uint8_t> MakeOpen(bool fourOctetAs = true) const;

    /**
     * @brief The last NOTIFICATION that it received.
     * @return in words; empty if there was none
     */
    std::string GetNotification() const;

    /**
     * @brief What the speaker traced of it: up and down with causes, NOTIFICATIONs in words.
     * @param prefix of the text
     * @return the last of them; empty if there is none
     */
    const BgpTestNetwork::Record* FindLast(const std::string& prefix) const;

    Ptr<Node> node;                              //!< its node
    Ptr<Socket> socket;                          //!< its socket; null before Connect
    Ptr<BgpNeighbor> neighbor;                   //!< as the speaker is configured with it
    Ipv4Address address;                         //!< its own
    Ipv4Address speakerAddress;                  //!< of the speaker
    std::vector<BgpMessage> messages;            //!< received
    std::vector<uint8_t> bytes;                  //!< received
    uint64_t traced{0};                          //!< bytes that the speaker says it sent
    bool ended{false};                           //!< the speaker closed or reset the connection
    std::vector<BgpTestNetwork::Record> records; //!< what the speaker traced

  private:
    // steps
    void DoConnect();
    void DoSay(std::vector<uint8_t> words);
    void DoClose(bool reset);
    void KeepAlive(Time interval);
    // what the socket calls
    void HandleRead(Ptr<Socket> from);
    void HandleEnd(Ptr<Socket> from);
    // trace sinks
    void Write(const std::string& what);
    void HandleLine(const DetectionEvent& event);
    void HandleTx(BgpMessageType type, uint32_t size);
    void HandleNotificationTx(const BgpError& error);

    uint32_t m_as;      //!< its AS
    bool m_deaf{false}; //!< it never reads
    BgpStream m_input;  //!< finds the messages
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_RAW_PEER_H */
