/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_TEST_NETWORK_H
#define KEEPALIVE_GRE_TEST_NETWORK_H

#include "ns3/gre-tunnel-device.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

class Socket;

namespace keepalive
{
namespace tests
{

/**
 * @ingroup keepalive-tests
 * @brief Bytes of a packet as hexadecimal text.
 * @param packet the packet
 * @param skip bytes to leave out at its start
 * @return lower-case digits without spaces
 */
std::string ToHex(Ptr<const Packet> packet, uint32_t skip = 0);

/**
 * @ingroup keepalive-tests
 * @brief A packet made of bytes.
 * @param hex the bytes as hexadecimal text, spaces allowed
 * @return the packet
 */
Ptr<Packet> FromHex(const std::string& hex);

/**
 * @ingroup keepalive-tests
 * @brief Make a GRE packet between the two routers of what follows the IP header.
 * @param packet from its GRE header on, however malformed
 * @param fromA from A to B, else from B to A
 */
void AddOuterHeader(Ptr<Packet> packet, bool fromA);

/**
 * @ingroup keepalive-tests
 * @brief Two routers on one wire, A = 128.8.8.8 and B = 129.9.9.9, with a tunnel between them.
 *
 * 10 Mb/s, 1 ms. Keepalives begin at 0 (no random phase), so that all times are exact. The frames
 * on the wire are recorded.
 */
class GreTestNetwork
{
  public:
    /// What tests choose.
    struct Options
    {
        Time intervalA{Seconds(0)}; //!< keepalives of A; 0 for none
        Time intervalB{Seconds(0)}; //!< keepalives of B; 0 for none
        uint32_t retries{3};        //!< of both
        KeepaliveProcess::VerdictRule rule{KeepaliveProcess::CISCO}; //!< of both
        std::optional<uint32_t> key;                                 //!< of the tunnel
        bool checksum{false};                                        //!< GRE checksums
        bool sequenceNumbers{false};                                 //!< GRE sequence numbers
        bool numbered{true}; //!< the tunnel ends have addresses 1.1.1.1 and 1.1.1.2
    };

    /// A frame on the wire.
    struct Frame
    {
        Time when;          //!< when it had been sent
        bool fromA;         //!< by whom
        Ptr<Packet> packet; //!< the IP packet
    };

    /**
     * @brief Build it.
     * @param options what to build
     */
    explicit GreTestNetwork(const Options& options);
    ~GreTestNetwork();

    /**
     * @brief Let an IP packet arrive at a node as if from the wire, as the next event.
     * @param node A (0) or B (1)
     * @param hex the packet, from its IP header on
     */
    void Inject(uint32_t node, const std::string& hex);

    /**
     * @brief Send a UDP packet from A to B's end of the tunnel.
     * @param size bytes of payload
     * @param tos TOS of the packet
     */
    void SendData(uint32_t size, uint8_t tos);

    /**
     * @brief Cut or restore the wire.
     * @param towardsA affect frames to A
     * @param towardsB affect frames to B
     * @param cut true to cut
     */
    void SetCut(bool towardsA, bool towardsB, bool cut);

    NodeContainer nodes;                 //!< A, B
    NetDeviceContainer wire;             //!< their devices
    Ptr<GreTunnelDevice> a;              //!< end at A
    Ptr<GreTunnelDevice> b;              //!< end at B
    std::vector<Frame> frames;           //!< what was on the wire
    std::vector<DropReason> drops;       //!< what A, B and their GRE dropped, in order
    std::vector<Ptr<Packet>> delivered;  //!< UDP payloads that B received
    std::vector<DetectionEvent> eventsA; //!< line protocol of A
    std::vector<DetectionEvent> eventsB; //!< line protocol of B

  private:
    // trace sinks
    static void Sent(GreTestNetwork* network, bool fromA, Ptr<const Packet> packet);
    void Dropped(Ptr<const Packet> packet, DropReason reason);
    void LineA(const DetectionEvent& event);
    void LineB(const DetectionEvent& event);
    void Received(Ptr<Socket> socket);

    Ptr<Socket> m_source; //!< UDP at A
    Ptr<Socket> m_sink;   //!< UDP at B
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_TEST_NETWORK_H */
