/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_PROTOCOL_H
#define KEEPALIVE_GRE_PROTOCOL_H

#include "drop-reason.h"

#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace ns3
{

class Ipv4;
class Ipv4Interface;
class Ipv4Route;
class NetDevice;
class Node;
class Packet;

namespace keepalive
{

class GreTunnelDevice;

/**
 * @ingroup keepalive
 * @brief IP protocol 47 on a node: which tunnel a GRE packet belongs to, and how one gets out.
 *
 * One per node, aggregated to it after its Ipv4 stack. Incoming packets are told apart by local
 * address, remote address and key, an absent key being a key of its own (RFC 2890 section 2.1), in
 * constant time however many tunnels there are.
 *
 * It also is the plain router behind the tunnels: a keepalive of the peer, decapsulated, is an
 * ordinary packet addressed to the peer, and goes back by the ordinary route.
 */
class GreProtocol : public IpL4Protocol
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    GreProtocol();
    ~GreProtocol() override;

    GreProtocol(const GreProtocol&) = delete;
    GreProtocol& operator=(const GreProtocol&) = delete;

    /**
     * @brief Start to deliver packets to a tunnel.
     * @param tunnel the tunnel, with its addresses and key set for good
     * @return false if its ends are one and the same address, or if another tunnel of this node has
     *         the same addresses and key; the tunnel is not added then
     */
    bool AddTunnel(Ptr<GreTunnelDevice> tunnel);

    /**
     * @brief How many tunnels this node has.
     * @return the number
     */
    std::size_t GetNTunnels() const;

    /**
     * @brief Number the next IP packet that this node originates for its tunnels.
     *
     * One counter for all of them, as on the routers whose frames were captured: a keepalive's
     * inner header takes a number and its outer header the next one.
     *
     * @return an IP identification; the first one is 1
     */
    uint16_t NextIdentification();

    /**
     * @brief Send an encapsulated packet by the ordinary route.
     * @param packet the packet, starting with the GRE header
     * @param header the outer IP header, complete
     * @param tunnel the tunnel that encapsulated it
     * @return why it could not be sent, none if it was
     */
    std::optional<DropReason> Send(Ptr<Packet> packet,
                                   const Ipv4Header& header,
                                   Ptr<const NetDevice> tunnel);

    /**
     * @brief Forward a decapsulated packet as any router does: by its destination, one hop on.
     *
     * This is the path by which keepalives return. They do not pass through the IP interface of the
     * tunnel, because ns-3 discards everything that arrives on an interface that is down, and a
     * keepalive is answered even then.
     *
     * @param packet the packet behind its IP header
     * @param header its IP header
     * @param underlay the interface on which the outer packet arrived
     * @return why it could not be forwarded, none if it was
     */
    std::optional<DropReason> Forward(Ptr<Packet> packet,
                                      Ipv4Header header,
                                      Ptr<Ipv4Interface> underlay);

    /**
     * @brief Where this node would send a packet for an address.
     * @param destination the address
     * @return the outgoing device, null if there is no route
     */
    Ptr<NetDevice> LookUpDevice(Ipv4Address destination) const;

    /**
     * @brief Whether an address belongs to this node.
     * @param address the address
     * @return true if one of this node's interfaces has it
     */
    bool IsLocal(Ipv4Address address) const;

    // inherited from IpL4Protocol
    int GetProtocolNumber() const override;
    IpL4Protocol::RxStatus Receive(Ptr<Packet> packet,
                                   const Ipv4Header& header,
                                   Ptr<Ipv4Interface> incomingInterface) override;
    IpL4Protocol::RxStatus Receive(Ptr<Packet> packet,
                                   const Ipv6Header& header,
                                   Ptr<Ipv6Interface> incomingInterface) override;
    void SetDownTarget(IpL4Protocol::DownTargetCallback callback) override;
    void SetDownTarget6(IpL4Protocol::DownTargetCallback6 callback) override;
    IpL4Protocol::DownTargetCallback GetDownTarget() const override;
    IpL4Protocol::DownTargetCallback6 GetDownTarget6() const override;

  protected:
    void NotifyNewAggregate() override;
    void DoDispose() override;

  private:
    /// What a tunnel is told apart by.
    struct TunnelKey
    {
        uint32_t local;              //!< address of this end
        uint32_t remote;             //!< address of the other end
        std::optional<uint32_t> key; //!< RFC 2890 key; none is different from any

        /**
         * @brief Same tunnel?
         * @param other the other key
         * @return true if all three are equal
         */
        bool operator==(const TunnelKey& other) const;
    };

    /// Hash of a TunnelKey.
    struct TunnelKeyHash
    {
        /**
         * @brief Hash a key.
         * @param key the key
         * @return its hash
         */
        std::size_t operator()(const TunnelKey& key) const;
    };

    /**
     * @brief Ask the node's routing protocol.
     * @param packet the packet to route
     * @param header its IP header
     * @return the route, null if there is none
     */
    Ptr<Ipv4Route> LookUpRoute(Ptr<Packet> packet, const Ipv4Header& header) const;

    Ptr<Node> m_node;             //!< the node
    Ptr<Ipv4> m_ipv4;             //!< its IPv4
    uint16_t m_identification{0}; //!< IP identification given last
    uint32_t m_nesting{0};        //!< packets inside packets being handled right now
    std::unordered_map<TunnelKey, Ptr<GreTunnelDevice>, TunnelKeyHash> m_tunnels; //!< all tunnels
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< belongs to no tunnel
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_PROTOCOL_H */
