/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ROUTING_H
#define KEEPALIVE_BGP_ROUTING_H

#include "bgp-prefix.h"
#include "ns3-compat.h"
#include "prefix-trie.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ns3
{

class Ipv4;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The routes of a BGP speaker, for the packets of its node.
 *
 * Belongs into the Ipv4ListRouting of the node, beside a protocol that knows the connected networks
 * and delivers what is addressed to the node, such as Ipv4StaticRouting. A list asks its protocols
 * one after the other, so priority comes before the length of the prefix:
 *
 * - above static routing, a BGP route hides every static route to its destinations, a default route
 *   included: that one is the backup, and takes over when BGP withdraws
 * - below, a static default route hides every BGP route
 *
 * Connected networks are the exception: a destination on one of them is left to the others, unless
 * the BGP route is more specific. Otherwise the default route of a neighbour would take the packets
 * to the other neighbours.
 *
 * A next hop on a connected network is reached directly, at the first interface that is up. Any
 * other is looked up in the other protocols of the node, at each packet, since they do not tell
 * when their routes change. A route whose next hop cannot be reached stays in the table, but
 * packets take the next less specific one, and if there is none, other protocols (RFC 4271
 * section 9.1.2.1).
 *
 * Routes are unicast. Nothing here is local: packets to the node itself are never for this
 * protocol.
 */
class BgpRouting : public Ipv4RoutingProtocol
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpRouting();
    ~BgpRouting() override;

    /**
     * @brief Add a route, or give one another next hop.
     * @param prefix the destinations, without bits behind its length (BgpPrefix::Of)
     * @param nextHop where to send their packets
     */
    void SetRoute(const BgpPrefix& prefix, Ipv4Address nextHop);

    /**
     * @brief Remove a route.
     * @param prefix its destinations
     * @return true if there was one
     */
    bool RemoveRoute(const BgpPrefix& prefix);

    /// Remove all routes.
    void RemoveAllRoutes();

    /**
     * @brief Find the route to a prefix, and to this prefix only.
     * @param prefix the prefix
     * @return its next hop; nothing if there is no such route
     */
    std::optional<Ipv4Address> GetRoute(const BgpPrefix& prefix) const;

    /**
     * @brief Count the routes.
     * @return how many there are, whether or not their next hops can be reached
     */
    std::size_t GetNRoutes() const;

    /**
     * @brief Whether packets could be sent to a next hop now, for the choice between paths
     *        (RFC 4271 section 9.1.2.1).
     * @param nextHop the next hop
     * @return true if they could
     */
    bool IsReachable(Ipv4Address nextHop) const;

    /**
     * @brief Set who hears when an interface of the node goes down.
     * @param down called with the number of the interface, which still has its addresses
     */
    void SetInterfaceDown(Callback<void, uint32_t> down);

    // Inherited from Ipv4RoutingProtocol
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> device,
                               Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> device,
                    KEEPALIVE_ROUTE_INPUT_CALLBACK(UnicastForwardCallback) forward,
                    KEEPALIVE_ROUTE_INPUT_CALLBACK(MulticastForwardCallback) forwardMulticast,
                    KEEPALIVE_ROUTE_INPUT_CALLBACK(LocalDeliverCallback) deliver,
                    KEEPALIVE_ROUTE_INPUT_CALLBACK(ErrorCallback) fail) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void SetIpv4(Ptr<Ipv4> ipv4) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

    /**
     * @brief Signature of the traces.
     * @param network first address of the destinations
     * @param mask their mask
     * @param nextHop where their packets go, or went
     */
    typedef void (*RouteTracedCallback)(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop);

  protected:
    // Inherited from Object
    void DoDispose() override;

  private:
    /// What an address of this node's own networks is.
    struct Connected
    {
        uint32_t interface {
            0
        };                  //!< where it is
        Ipv4Address source; //!< address of this node there
        bool own{false};    //!< the address of this node itself, rather than its network
    };

    /**
     * @brief Find the way to a destination.
     * @param destination the destination
     * @param device the only device that may be used; null for any
     * @return the way; null if there is none here
     */
    Ptr<Ipv4Route> Lookup(Ipv4Address destination, Ptr<const NetDevice> device) const;

    /**
     * @brief Find the way to a next hop.
     * @param nextHop the next hop
     * @return the way, its destination unset; null if the next hop cannot be reached
     */
    Ptr<Ipv4Route> Resolve(Ipv4Address nextHop) const;

    /**
     * @brief Find the way to a next hop that is on no network of this node.
     * @param nextHop the next hop
     * @return the way, its destination unset; null if the next hop cannot be reached
     */
    Ptr<Ipv4Route> ResolveByOthers(Ipv4Address nextHop) const;

    /**
     * @brief Get the networks of this node.
     * @return the networks at interfaces that are up, and the addresses of the node as host routes
     */
    const PrefixTrie<Connected>& GetConnected() const;

    Ptr<Ipv4> m_ipv4;                          //!< the stack of the node
    PrefixTrie<uint32_t> m_routes;             //!< prefix to next hop, in host order
    Callback<void, uint32_t> m_interfaceDown;  //!< who hears of interfaces that go down
    bool m_resolveThroughDefault{false};       //!< attribute of that name
    mutable PrefixTrie<Connected> m_connected; //!< networks of the node, if known
    mutable bool m_connectedKnown{false};      //!< whether they are, since the last change
    mutable bool m_resolving{false};           //!< others are asked: they must not ask back
    TracedCallback<Ipv4Address, Ipv4Mask, Ipv4Address>
        m_routeAdded; //!< route new, or other next hop
    TracedCallback<Ipv4Address, Ipv4Mask, Ipv4Address> m_routeRemoved; //!< route gone
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ROUTING_H */
