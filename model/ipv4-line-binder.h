/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IPV4_LINE_BINDER_H
#define KEEPALIVE_IPV4_LINE_BINDER_H

#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

class Ipv4;
class Ipv4StaticRouting;
class NetDevice;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes routing follow a line: line down, IP interface down; line up, interface up.
 *
 * ns-3's routing protocols react to an IP interface going down, and to nothing else; a NetDevice's
 * link-change callbacks flush caches and no more. This is the missing connection. RIP then poisons
 * its routes, and a static route of a higher metric takes over.
 *
 * ns-3's static routing forgets the routes of an interface that goes down. Routers do not: their
 * static routes are configuration. So the routes are kept here, and put back when the line
 * returns.
 */
class Ipv4LineBinder : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Ipv4LineBinder();
    ~Ipv4LineBinder() override;

    /**
     * @brief Follow a device, from now on and by itself.
     * @param device a device that reports link changes and belongs to an IPv4 interface
     */
    void Bind(Ptr<NetDevice> device);

    /**
     * @brief Take charge of a device's interface without following the device.
     *
     * For lines that cannot say so themselves: SetLine, HoldDown and Release tell.
     *
     * @param device a device that belongs to an IPv4 interface
     */
    void SetDevice(Ptr<NetDevice> device);

    /**
     * @brief The line is up or down: make the interface so.
     * @param up whether the line is up
     */
    void SetLine(bool up);

    /// Hold the interface down for a reason of one's own, until Release. Several may at a time.
    void HoldDown();

    /// No longer hold the interface down.
    void Release();

  private:
    void DoDispose() override;

    /// Make the interface what the line and those who hold it down call for.
    void Update();
    /// The device that is followed changed.
    void HandleLinkChange();
    /// Remember the static routes of the interface.
    void SaveStaticRoutes();
    /// Put back those of them that are not there.
    void RestoreStaticRoutes();
    /**
     * @brief The node's static routing.
     * @return static routing, alone or in a list; null if there is none
     */
    Ptr<Ipv4StaticRouting> GetStaticRouting() const;

    // Both outlive this object, which the device itself keeps alive once bound: counted references
    // would make a circle that is never freed.
    NetDevice* m_device{nullptr}; //!< the line
    Ipv4* m_ipv4{nullptr};        //!< the node's IPv4
    uint32_t m_interface{0};      //!< its interface
    bool m_lineUp{true};          //!< the line, as far as it tells
    uint32_t m_holds{0};          //!< who holds the interface down
    std::vector<std::pair<Ipv4RoutingTableEntry, uint32_t>> m_routes; //!< saved routes and metrics
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IPV4_LINE_BINDER_H */
