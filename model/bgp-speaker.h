/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SPEAKER_H
#define KEEPALIVE_BGP_SPEAKER_H

#include "bgp-neighbor.h"
#include "bgp-rib.h"
#include "bgp-routing.h"
#include "lingering-connections.h"
#include "node-part.h"

#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/type-id.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A BGP speaker (RFC 4271): neighbours, routes, and the routing table of its node.
 *
 * It announces prefixes, chooses among what its neighbours announce, tells each neighbour what it
 * chose, and installs that in the BgpRouting of its node, if there is one. When a session dies its
 * routes go, and traffic moves.
 *
 * Policy is the simplest there is: everything is accepted, unless our own AS is in its path, and
 * everything is passed on, except from one internal neighbour to another (RFC 4271 section 9.2).
 *
 * As a NodePart it hangs and crashes with its node: while it hangs, TCP goes on acknowledging, as
 * a kernel does; after a crash nothing is left of it but its configuration.
 */
class BgpSpeaker : public Application, public NodePart, private BgpNeighbor::Owner
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BgpSpeaker();
    ~BgpSpeaker() override;

    /**
     * @brief Configure a neighbour; before the start of the application.
     * @param address its address
     * @param as its AS; 0 for any
     * @return the neighbour, whose attributes may be set until the start
     */
    Ptr<BgpNeighbor> AddNeighbor(Ipv4Address address, uint32_t as);

    /**
     * @brief The neighbours.
     * @return all of them, in the order in which they were added
     */
    const std::vector<Ptr<BgpNeighbor>>& GetNeighbors() const;

    /**
     * @brief Announce a prefix as our own.
     * @param prefix the prefix
     */
    void Announce(const BgpPrefix& prefix);

    /**
     * @brief Announce a prefix with attributes that someone else made, as a table generator does.
     * @param prefix the prefix
     * @param attributes the attributes; not null; next hop 0 for our own
     */
    void Announce(const BgpPrefix& prefix, std::shared_ptr<const BgpPathAttributes> attributes);

    /**
     * @brief Withdraw a prefix of our own.
     * @param prefix the prefix
     */
    void Withdraw(const BgpPrefix& prefix);

    /**
     * @brief What all neighbours announced, and what is best of it.
     * @return the table
     */
    const BgpRib& GetRib() const;

    /**
     * @brief Our BGP identifier.
     * @return attribute RouterId, or the highest address of the node
     */
    Ipv4Address GetRouterId() const;

    /**
     * @brief Our AS number.
     * @return attribute As
     */
    uint32_t GetAs() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many stream numbers were used
     */
    int64_t AssignStreams(int64_t stream);

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    void DoDispose() override;

  private:
    // Inherited from Application
    void StartApplication() override;
    void StopApplication() override;

    /// Begin to listen, and to speak with every neighbour.
    void Boot();
    /**
     * @brief Someone connected.
     * @param socket the accepted socket
     * @param from who
     */
    void HandleAccept(Ptr<Socket> socket, const Address& from);

    /**
     * @brief An interface of our node went down.
     * @param interface its number
     */
    void HandleInterfaceDown(uint32_t interface);

    // what neighbours tell
    void HandleUp(BgpNeighbor& neighbor) override;
    void HandleDown(BgpNeighbor& neighbor) override;
    void HandleUpdate(BgpNeighbor& neighbor, const BgpUpdate& update) override;

    /**
     * @brief The best path of a prefix changed: tell the neighbours, install it.
     * @param prefix the prefix; its best path is looked up, as it may be another one again by now
     */
    void Spread(const BgpPrefix& prefix);
    /**
     * @brief Tell a neighbour, or note that it is to be told.
     * @param neighbor the neighbour
     * @param prefix the prefix
     * @param best the best path; null if there is none
     */
    void Tell(BgpNeighbor& neighbor, const BgpPrefix& prefix, const BgpPath* best) const;
    /// Let all neighbours send what they have been told.
    void FlushAll();

    uint32_t m_as{1};       //!< our AS
    Ipv4Address m_routerId; //!< our BGP identifier; any for the highest address
    uint16_t m_port{179};   //!< where to listen
    TypeId m_protocol;      //!< how to make sockets
    uint8_t m_tos{0xc0};    //!< type of service of all sessions
    Time m_lingerTime;      //!< of closed connections
    std::shared_ptr<LingeringConnections> m_lingering; //!< these

    std::vector<Ptr<BgpNeighbor>> m_neighbors; //!< numbers less 1
    Ptr<Socket> m_listener;                    //!< accepts connections
    Ptr<BgpRouting> m_routing;                 //!< of the node; may be null
    BgpRib m_rib;                              //!< all routes
    std::map<BgpPrefix, std::shared_ptr<const BgpPathAttributes>> m_own; //!< what we announce
    std::shared_ptr<const BgpPathAttributes> m_ownAttributes;            //!< of most of that
    bool m_running{false};                                               //!< between start and stop
    bool m_powered{true};                                                //!< the node has power
    bool m_stalled{false};                                               //!< the process hangs
    std::vector<std::pair<Ptr<Socket>, Address>> m_waiting; //!< connected while it hung
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SPEAKER_H */
