/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_BOX_H
#define KEEPALIVE_NAT_BOX_H

#include "drop-reason.h"
#include "nat-packet.h"
#include "nat-state.h"
#include "nat-table.h"
#include "nat-translation.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

class Ipv4;

namespace keepalive
{

class NatRouting;
class NatTransport;

/**
 * @ingroup keepalive
 * @brief A NAT or firewall in a router: bindings, filter and translation of what the router
 *        forwards between one interface, its outside, and all others.
 *
 * What happens to a packet:
 *
 * - from inside to outside, it is translated, and makes or prolongs a binding
 * - from outside to the address of the NAT, it goes inside by its binding. Without one it is
 *   unknown, unless it is for the router itself: an ICMP query, a protocol without ports, or a port
 *   set aside for it (ReservePort)
 * - from outside to an address inside, it is unknown for a NAT; a firewall asks its bindings
 * - from inside to the address of the NAT it is for the router itself, or, with hairpinning, for
 *   the end inside with that name
 * - everything else goes the router's normal way: from inside to inside, to the other addresses of
 *   the router, from the router itself
 *
 * An ICMP error follows the flow of the packet in it, which is translated too, and never prolongs
 * anything. A fragment is dropped: only the first one has ports. So is a packet whose time to live
 * runs out here, before it makes or prolongs a binding; its sender is told. Checksums are
 * corrected, not made: a wrong one stays wrong.
 *
 * A crash forgets all bindings; a stall of the control plane changes nothing, for bindings are
 * made and kept by the data plane. Attributes may be changed until the first packet, or for the
 * time after a reboot.
 */
class NatBox : public NatState
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatBox();
    ~NatBox() override;

    /**
     * @brief Put the box into the way of all packets of a router. Its routing protocol stays in
     *        use, behind a NatRouting.
     * @param ipv4 the stack of the router, with its interfaces and routing protocol
     * @param outside number of the interface outside
     */
    void Attach(Ptr<Ipv4> ipv4, uint32_t outside);

    /**
     * @brief Get the address of the NAT.
     * @return the attribute ExternalAddress, or else the first address of the interface outside
     */
    Ipv4Address GetExternalAddress() const;

  protected:
    void DoDispose() override;

  private:
    friend class NatRouting; // hands the packets over

    using Direction = NatTranslation::Direction; //!< where a packet goes

    /// A packet on its way through the router.
    struct Passing
    {
        Ptr<const Packet> packet; //!< the packet, without its IP header
        Ipv4Header header;        //!< its IP header
    };

    /**
     * @brief A packet has come to the router.
     * @param passing the packet, translated if need be
     * @param interface where it came from
     * @return true if it goes on; false if it is dropped here
     */
    bool Receive(Passing& passing, uint32_t interface);

    /**
     * @brief A packet has come from outside.
     * @param passing the packet
     * @param local whether it is to an address of the router
     * @return true if it goes on
     */
    bool ReceiveFromOutside(Passing& passing, bool local);

    /**
     * @brief A packet has come from inside.
     * @param passing the packet
     * @param local whether it is to an address of the router
     * @return true if it goes on
     */
    bool ReceiveFromInside(Passing& passing, bool local);

    /**
     * @brief Read the transport header of a packet that is to be translated.
     * @param passing the packet
     * @param transport filled in
     * @return true if it can be translated; else it is dropped
     */
    bool Read(const Passing& passing, NatTransport& transport);

    /**
     * @brief Send a packet from inside to outside, translated.
     * @param passing the packet
     * @param table the bindings
     * @return true if it goes on
     */
    bool TranslateOutbound(Passing& passing, NatTable& table);

    /**
     * @brief Send a packet from outside to inside, translated.
     * @param passing the packet
     * @return true if it goes on
     */
    bool TranslateInbound(Passing& passing);

    /**
     * @brief Send a packet from inside to inside by the address outside, translated twice.
     * @param passing the packet
     * @param table the bindings
     * @return true if it goes on
     */
    bool TranslateHairpin(Passing& passing, NatTable& table);

    /**
     * @brief Send an ICMP error from inside to outside, translated by the flow of the packet in it.
     * @param passing the error
     * @param transport its transport header
     * @param table the bindings
     * @return true if it goes on
     */
    bool TranslateErrorOutbound(Passing& passing, NatTransport& transport, NatTable& table);

    /**
     * @brief Send an ICMP error from outside to inside, translated by the flow of the packet in it.
     * @param passing the error
     * @param transport its transport header
     * @param table the bindings
     * @return true if it goes on
     */
    bool TranslateErrorInbound(Passing& passing, NatTransport& transport, NatTable& table);

    /**
     * @brief Whether the time to live of a packet suffices; else its sender is told.
     * @param passing the packet
     * @param transport its transport header
     * @return true if it goes on
     */
    bool IsAlive(const Passing& passing, const NatTransport& transport);

    /**
     * @brief Whether a packet from outside without a binding is for the router itself.
     * @param packet what is known of it
     * @return true if it is
     */
    bool IsOwn(const NatPacket& packet) const;

    /**
     * @brief Whether a packet would leave by the interface outside.
     * @param passing the packet
     * @return true if it would
     */
    bool LeadsOutside(const Passing& passing) const;

    /**
     * @brief Give a packet other ends, and tell of it.
     * @param passing the packet
     * @param transport its transport header
     * @param source where it seems to come from
     * @param destination where it goes to
     * @param direction its direction
     */
    void Rewrite(Passing& passing,
                 NatTransport& transport,
                 const NatEndpoint& source,
                 const NatEndpoint& destination,
                 Direction direction);

    /**
     * @brief Drop a packet that the table refuses, and answer it if that is the rule.
     * @param passing the packet
     * @param packet what is known of it
     * @param fate why
     */
    void Refuse(const Passing& passing, const NatPacket& packet, NatTable::Fate fate);

    /**
     * @brief Answer a TCP segment with a reset.
     * @param packet the segment
     */
    void SendReset(const NatPacket& packet);

    /**
     * @brief Drop a packet.
     * @param passing the packet
     * @param reason why
     */
    void Drop(const Passing& passing, DropReason reason);

    Ptr<Ipv4> m_ipv4;              //!< the stack of the router
    Ptr<NatRouting> m_routing;     //!< hands the packets over
    uint32_t m_outside{0};         //!< number of the interface outside
    Ipv4Address m_externalAddress; //!< attribute ExternalAddress
    TracedCallback<Ptr<const Packet>, const NatTranslation&> m_translate; //!< packet passed
    TracedCallback<Ptr<const Packet>, DropReason> m_drop;                 //!< packet dropped
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_BOX_H */
