/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_ROUTING_H
#define KEEPALIVE_NAT_ROUTING_H

#include "ns3-compat.h"

#include "ns3/ipv4-list-routing.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

class NatBox;

/**
 * @ingroup keepalive
 * @brief Stands in front of the routing protocol of a router, and shows each packet that comes in
 *        to a NatBox before the protocol sees it.
 *
 * ns-3 has no hooks in the way of a packet. This one comes behind the check of the IP header, and
 * before the decision between forwarding and the router itself, like the first hook of Linux.
 *
 * It looks like the Ipv4ListRouting that it stands for, so that helpers still find the protocols in
 * it; in front of any other protocol it looks like a list of that one.
 */
class NatRouting : public Ipv4ListRouting
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    NatRouting();
    ~NatRouting() override;

    /**
     * @brief Set what it stands between; before it becomes the routing protocol of the router.
     * @param box who sees the packets, and calls Release before it is gone
     * @param routing the routing protocol of the router
     */
    void Connect(NatBox* box, Ptr<Ipv4RoutingProtocol> routing);

    /// The box is gone: packets go straight to the routing protocol.
    void Release();

    /**
     * @brief Get the routing protocol.
     * @return what it stands in front of
     */
    Ptr<Ipv4RoutingProtocol> GetBehind() const;

    // Inherited from Ipv4ListRouting
    void AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> routingProtocol, int16_t priority) override;
    uint32_t GetNRoutingProtocols() const override;
    Ptr<Ipv4RoutingProtocol> GetRoutingProtocol(uint32_t index, int16_t& priority) const override;

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

  protected:
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NatBox* m_box{nullptr};            //!< who sees the packets
    Ptr<Ipv4RoutingProtocol> m_behind; //!< the routing protocol
    Ptr<Ipv4> m_ipv4;                  //!< the stack of the router
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_ROUTING_H */
