/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_ORACLE_NETWORK_H
#define KEEPALIVE_TCP_ORACLE_NETWORK_H

#include "ns3/callback.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/outage-error-model.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-net-device.h"

#include <cstdint>
#include <optional>
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
 * @brief A TCP segment as a packet capture shows it, numbers relative to the first ones: the
 * initial sequence numbers of ns-3 are 0, those of the peers of these tests as well.
 */
struct SeenSegment
{
    int64_t when{0};       //!< when it was sent, in us
    bool ours{false};      //!< by the end under test
    std::string flags;     //!< such as "SA", "A", "RA"; without P, which ns-3 never sets
    uint32_t seq{0};       //!< sequence number
    uint32_t ack{0};       //!< acknowledgment number
    uint32_t length{0};    //!< bytes of payload
    uint32_t ipLength{0};  //!< total length of the IP packet
    uint32_t window{0};    //!< window as in the header
    bool timestamp{false}; //!< with a timestamp option
    uint32_t echo{0};      //!< the timestamp that it echoes, if so
    /// first block of a SACK option, if there is one
    std::optional<std::pair<uint32_t, uint32_t>> sack;
};

/**
 * @ingroup keepalive-tests
 * @brief Read a packet.
 * @param packet from its IPv4 header on
 * @return the segment, without time and sender; nothing if it is not TCP
 */
std::optional<SeenSegment> ReadSegment(Ptr<const Packet> packet);

/**
 * @ingroup keepalive-tests
 * @brief The end of a veth pair: it tells what it puts on the wire, and can lose its carrier.
 */
class OracleDevice : public SimpleNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set who is told what is put on the wire.
     * @param sent called with each packet, from its IP header on
     */
    void SetSent(Callback<void, Ptr<const Packet>> sent);

    /**
     * @brief Lose the carrier or regain it; nothing is sent without.
     * @param carrier true, as in the beginning, for a carrier
     */
    void SetCarrier(bool carrier);

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  private:
    void DoDispose() override;

    Callback<void, Ptr<const Packet>> m_sent; //!< who is told
    bool m_carrier{true};                     //!< whether anything is sent
};

/**
 * @ingroup keepalive-tests
 * @brief Our end 10.98.0.1, its peer 10.98.0.2, and a wire with a delay of 5 us each way.
 *
 * The namespaces, addresses and the veth pair of the measurements; 10 us is in the range of their
 * round-trip times, small against all tolerances, and yet visible in every exact time.
 */
class TcpOracleNetwork
{
  public:
    static constexpr int64_t DELAY = 5; //!< of the wire, each way, in us

    /**
     * @brief Build it.
     * @param router put a router into the middle: the delay is halved between its two wires
     */
    explicit TcpOracleNetwork(bool router = false);
    ~TcpOracleNetwork();

    TcpOracleNetwork(const TcpOracleNetwork&) = delete;
    TcpOracleNetwork& operator=(const TcpOracleNetwork&) = delete;

    /**
     * @brief Cut or restore both directions, silently: what is sent is on the wire, but no further.
     * @param cut true to cut
     */
    void SetCut(bool cut);

    /// The router goes on, but forwards nothing any more and tells nobody.
    void StopForwarding();

    Ptr<Node> ours;                //!< the end under test
    Ptr<Node> peer;                //!< the other one
    Ptr<OracleDevice> ourDevice;   //!< its end of the wire
    Ptr<OracleDevice> peerDevice;  //!< the other one's
    std::vector<SeenSegment> wire; //!< all that was put on the wire at both ends

  private:
    /**
     * @brief Connect two nodes.
     * @param from one
     * @param fromAddress its address, in a network of 24 bits
     * @param to the other
     * @param toAddress its address
     * @param delay of the wire, in ns
     * @return their devices
     */
    std::pair<Ptr<OracleDevice>, Ptr<OracleDevice>> Connect(Ptr<Node> from,
                                                            const char* fromAddress,
                                                            Ptr<Node> to,
                                                            const char* toAddress,
                                                            int64_t delay);

    /**
     * @brief A packet was put on the wire by one of the two ends.
     * @param network this
     * @param ours by ours
     * @param packet the packet
     */
    static void Sent(TcpOracleNetwork* network, bool ours, Ptr<const Packet> packet);

    Ptr<Node> m_router;             //!< in the middle, or null
    Ptr<OutageErrorModel> m_toOurs; //!< what our end receives
    Ptr<OutageErrorModel> m_toPeer; //!< what the peer receives
};

} // namespace tests
} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_ORACLE_NETWORK_H */
