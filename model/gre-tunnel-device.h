/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_TUNNEL_DEVICE_H
#define KEEPALIVE_GRE_TUNNEL_DEVICE_H

#include "probing-net-device.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"

#include <cstdint>
#include <optional>

namespace ns3
{

class Ipv4Interface;

namespace keepalive
{

class GreHeader;
class GreProtocol;

/**
 * @ingroup keepalive
 * @brief One end of a GRE tunnel (RFC 2784, RFC 2890) with keepalives as Cisco IOS sends them.
 *
 * A tunnel has no wire. Without keepalives its line protocol is up for ever, whatever happens to
 * the other end, and what is sent into it may vanish. With keepalives, every KeepaliveInterval it
 * sends a packet inside a packet:
 *
 * @verbatim
   A to B:  IP(A,B,47) | GRE(0x0800) | IP(B,A,47) | GRE(0x0000)
   B to A:                             IP(B,A,47) | GRE(0x0000)
   @endverbatim
 *
 * B answers by what any GRE endpoint does, decapsulating and forwarding: it needs no keepalives of
 * its own, and its own line protocol may be down. No number tells one keepalive from another: any
 * that returns, however old, proves life.
 *
 * While the line protocol is down the tunnel carries nothing but keepalives. The first one that
 * returns brings it up.
 *
 * Field values follow captured IOS frames: TOS 0xC0, TTL 255 (254 on return), Don't Fragment
 * clear, the key in both GRE headers, and the IP identification of the outer header one above that
 * of the inner. The inner header carries a checksum if the tunnel does, and never a sequence
 * number, which would be stale on its return.
 *
 * Not modelled: GRE over IPv6, tunnel path MTU discovery, TrustSec tags, ICMP errors back to the
 * sender of a payload that a tunnel drops.
 */
class GreTunnelDevice : public ProbingNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    GreTunnelDevice();
    ~GreTunnelDevice() override;

    /**
     * @brief Set both ends, before the tunnel is added to its node.
     * @param local address of this node, the source of what the tunnel sends
     * @param remote address of the other end; not the same as local
     * @param key RFC 2890 key; none for no key
     */
    void SetEndpoints(Ipv4Address local,
                      Ipv4Address remote,
                      std::optional<uint32_t> key = std::nullopt);

    /**
     * @brief This end.
     * @return its address
     */
    Ipv4Address GetLocal() const;

    /**
     * @brief The other end.
     * @return its address
     */
    Ipv4Address GetRemote() const;

    /**
     * @brief The key.
     * @return the key, none if the tunnel has none
     */
    std::optional<uint32_t> GetKey() const;

    /**
     * @brief Set the node's GRE, which must know the tunnel already.
     * @param gre the node's GRE
     */
    void SetGreProtocol(Ptr<GreProtocol> gre);

    /**
     * @brief A GRE packet for this tunnel arrived.
     * @param packet the packet behind its GRE header
     * @param outer the outer IP header
     * @param gre the GRE header
     * @param size bytes of the whole packet, headers included
     * @param underlay the interface on which the packet arrived
     */
    void Receive(Ptr<Packet> packet,
                 const Ipv4Header& outer,
                 const GreHeader& gre,
                 uint32_t size,
                 Ptr<Ipv4Interface> underlay);

    // inherited from NetDevice
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  protected:
    void ForgetState() override;
    void HandleVerdict(LinkTransition transition, LineCause cause) override;
    /// Send one keepalive: a packet to ourselves inside a packet to the other end.
    void SendProbe() override;
    void DoDispose() override;

  private:
    /**
     * @brief Add the tunnel's GRE header and send the packet to the other end.
     * @param packet the payload, its own header included
     * @param protocol its EtherType
     * @param tos TOS of the outer header
     * @return why it could not be sent, none if it was
     */
    std::optional<DropReason> SendEncapsulated(Ptr<Packet> packet, uint16_t protocol, uint8_t tos);

    /**
     * @brief An IPv4 payload arrived: a keepalive of either end, or user traffic.
     * @param packet the payload
     * @param size bytes of the whole packet
     * @param underlay the interface on which it arrived
     */
    void ReceiveIpv4(Ptr<Packet> packet, uint32_t size, Ptr<Ipv4Interface> underlay);

    /**
     * @brief User traffic arrived: hand it to the node if the line is up.
     * @param packet the payload
     * @param size bytes of the whole packet
     * @param protocol its EtherType
     */
    void Deliver(Ptr<Packet> packet, uint32_t size, uint16_t protocol);

    /**
     * @brief Whether a payload is GRE from one end of the tunnel to the other, as keepalives are.
     * @param inner the payload's IP header
     * @return true if it may be a keepalive
     */
    bool IsBetweenEnds(const Ipv4Header& inner) const;

    /**
     * @brief A keepalive of either end arrived inside the tunnel.
     * @param packet the keepalive behind its IP header
     * @param inner its IP header
     * @param size bytes of the whole packet
     * @param underlay the interface on which it arrived
     */
    void HandleInnerKeepalive(Ptr<Packet> packet,
                              const Ipv4Header& inner,
                              uint32_t size,
                              Ptr<Ipv4Interface> underlay);

    /**
     * @brief What may forbid a payload, of the things that break keepalives on real networks.
     * @param inner the payload's IP header
     * @return why it is refused, none if it is not
     */
    std::optional<DropReason> CheckPayload(const Ipv4Header& inner) const;

    /**
     * @brief A packet without payload arrived: one of our keepalives came back.
     * @param packet what follows its GRE header
     * @param header its IP header
     * @param gre its GRE header
     * @param size bytes of the whole packet
     */
    void HandleKeepalive(Ptr<Packet> packet,
                         const Ipv4Header& header,
                         const GreHeader& gre,
                         uint32_t size);

    /**
     * @brief A GRE header with the options of this tunnel.
     * @param protocol what it announces
     * @return the header
     */
    GreHeader MakeGreHeader(uint16_t protocol) const;

    Ptr<GreProtocol> m_gre;                  //!< GRE of the node
    Ipv4Address m_local;                     //!< this end
    Ipv4Address m_remote;                    //!< the other end
    std::optional<uint32_t> m_key;           //!< RFC 2890 key
    bool m_checksum{false};                  //!< send a checksum
    bool m_sequencing{false};                //!< number packets and refuse old ones
    uint32_t m_nextSequence{0};              //!< number of the next packet sent
    std::optional<uint32_t> m_lastSequence;  //!< number of the last packet accepted
    uint8_t m_ttl{255};                      //!< TTL of outer headers
    int16_t m_tos{-1};                       //!< TOS of outer headers, -1 for the payload's
    bool m_dontFragment{false};              //!< Don't Fragment in outer headers
    uint8_t m_keepaliveTos{0};               //!< TOS of keepalives, both headers
    int16_t m_keepalivePriority{-1};         //!< queueing priority of keepalives, -1 from their TOS
    bool m_dropPayloadToEncapsulator{false}; //!< RFC 2784 section 3.1
    bool m_strictReversePath{false};         //!< strict unicast reverse path forwarding
    bool m_dropLocalSource{false};           //!< Linux without accept_local
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_TUNNEL_DEVICE_H */
