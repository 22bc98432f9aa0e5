/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_PORT_H
#define KEEPALIVE_IKE_PORT_H

#include "drop-reason.h"
#include "ike-association.h"
#include "ike-datagram.h"
#include "node-part.h"

#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The sockets of one IKE host: UDP 500, UDP 4500 and ESP, and who gets what arrives there.
 *
 * RFC 3948 section 2: on UDP 4500 a single octet 0xFF is a NAT keepalive, four octets of zero (the
 * non-ESP marker) are followed by IKE, and anything else is ESP. IKE is handed to the association
 * that has its cookies, ESP to the one that has its SPI. A request for a new IKE SA has no
 * responder cookie yet, and goes to the association whose peer has that address.
 *
 * A crash closes no socket: while the node has no power all that arrives is dropped.
 *
 * Unlike a real one it leaves the UDP checksum of ESP and of NAT keepalives to ns-3, which computes
 * either all of them or none (RFC 3948 sections 2.1 and 2.3: they SHOULD be zero).
 */
class IkePort : public Object, public NodePart
{
  public:
    static constexpr uint16_t IKE_PORT = 500;          //!< IKE without NAT traversal
    static constexpr uint16_t NAT_PORT = 4500;         //!< everything with NAT traversal
    static constexpr uint8_t ESP_PROTOCOL = 50;        //!< plain ESP in the IP header
    static constexpr uint8_t NAT_KEEPALIVE = 0xff;     //!< the one octet of a NAT keepalive
    static constexpr uint32_t NON_ESP_MARKER_SIZE = 4; //!< octets of zero before IKE on UDP 4500

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    IkePort();
    ~IkePort() override;

    /**
     * @brief The sockets of a node; opened at the first call.
     * @param node a node with an IPv4 stack
     * @return the one IkePort that is aggregated to it
     */
    static Ptr<IkePort> Of(Ptr<Node> node);

    /**
     * @brief Let an association hear what is for it.
     * @param association the association; it removes itself
     */
    void Add(IkeAssociation* association);

    /**
     * @brief Forget an association.
     * @param association the association
     */
    void Remove(IkeAssociation* association);

    /**
     * @brief Send a datagram.
     * @param datagram the UDP payload, non-ESP marker and all; of plain ESP the ESP packet
     * @param kind what it is
     * @param natTraversal from UDP 4500; else from 500, or as plain ESP
     * @param to where to
     * @return whether it left
     */
    bool Send(Ptr<Packet> datagram, IkeDatagram kind, bool natTraversal, const IkeEndpoint& to);

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    /// Nothing: the kernel goes on, it is the owners of the associations that hang.
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Open the sockets.
     * @param node the node
     */
    void Open(Ptr<Node> node);
    /**
     * @brief UDP 500 has something.
     * @param socket the socket
     */
    void ReadIke(Ptr<Socket> socket);
    /**
     * @brief UDP 4500 has something.
     * @param socket the socket
     */
    void ReadNat(Ptr<Socket> socket);
    /**
     * @brief The socket of plain ESP has something.
     * @param socket the socket
     */
    void ReadEsp(Ptr<Socket> socket);
    /**
     * @brief Sort what arrived at UDP 4500.
     * @param datagram the UDP payload
     * @param from where it came from
     */
    void HandleNat(Ptr<Packet> datagram, const IkeEndpoint& from);
    /**
     * @brief Find the owner of an IKE message.
     * @param message ISAKMP header and payloads
     * @param datagram the UDP payload, for traces
     * @param from where it came from
     */
    void HandleIke(Ptr<Packet> message, Ptr<const Packet> datagram, const IkeEndpoint& from);
    /**
     * @brief Find the owner of data.
     * @param packet ESP header and data
     * @param from where it came from
     */
    void HandleEsp(Ptr<Packet> packet, const IkeEndpoint& from);
    /**
     * @brief Find the association of an IKE message.
     * @param header its ISAKMP header
     * @param from where it came from
     * @return the association; null if there is none
     */
    Ptr<IkeAssociation> Find(const IkeHeader& header, const IkeEndpoint& from) const;

    Ptr<Node> m_node;                            //!< whose sockets
    Ptr<Socket> m_ike;                           //!< UDP 500
    Ptr<Socket> m_nat;                           //!< UDP 4500
    Ptr<Socket> m_esp;                           //!< IP protocol 50
    std::vector<IkeAssociation*> m_associations; //!< who hears
    bool m_powered{true};                        //!< the node has power

    TracedCallback<Ptr<const Packet>, IkeDatagram> m_txTrace;  //!< what left
    TracedCallback<Ptr<const Packet>, IkeDatagram> m_rxTrace;  //!< what arrived, as sorted
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< what went no further
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_PORT_H */
