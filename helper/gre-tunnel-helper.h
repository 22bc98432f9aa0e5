/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_TUNNEL_HELPER_H
#define KEEPALIVE_GRE_TUNNEL_HELPER_H

#include "ns3/gre-protocol.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/trace-helper.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Builds GRE tunnels, and switches their keepalives on.
 *
 * @code
   GreTunnelHelper gre;
   gre.SetKeepalive(Seconds(5), 4);
   NetDeviceContainer ends = gre.Install(a, "128.8.8.8", b, "129.9.9.9");
   gre.AssignStreams(ends, 100);
   @endcode
 *
 * Both nodes need an IPv4 stack, and a route to each other's address that does not lead through
 * the tunnel. The devices are then given addresses like any others, with Ipv4AddressHelper.
 */
class GreTunnelHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    GreTunnelHelper();

    /**
     * @brief Set an attribute of the tunnel ends installed from now on.
     * @param name name of the attribute of GreTunnelDevice
     * @param value its value
     */
    void SetDeviceAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Switch on keepalives at the ends installed from now on: the "keepalive" command.
     * @param interval time between keepalives; zero for none
     * @param retries unanswered keepalives that bring the line protocol down; 1 or more
     */
    void SetKeepalive(Time interval, uint32_t retries);

    /**
     * @brief Set the key of the tunnels installed from now on.
     * @param key RFC 2890 key; none for no key
     */
    void SetKey(std::optional<uint32_t> key);

    /**
     * @brief Build both ends of a tunnel.
     *
     * Aborts, naming addresses and key, if either node has such a tunnel already or if both
     * addresses are the same.
     *
     * @param a one node
     * @param addressOfA its address as the tunnel uses it
     * @param b the other node
     * @param addressOfB its address as the tunnel uses it
     * @return the end on a, then the end on b
     */
    NetDeviceContainer Install(Ptr<Node> a,
                               Ipv4Address addressOfA,
                               Ptr<Node> b,
                               Ipv4Address addressOfB) const;

    /**
     * @brief Build one end of a tunnel, whose other end is somebody else's.
     * @param node the node
     * @param local its address
     * @param remote address of the other end
     * @return the device, named Tunnel0, Tunnel1 and so on by node
     */
    Ptr<GreTunnelDevice> InstallEnd(Ptr<Node> node, Ipv4Address local, Ipv4Address remote) const;

    /**
     * @brief The GRE of a node, added to it if it has none.
     * @param node a node with an IPv4 stack; aborts if it has none
     * @return its GRE
     */
    static Ptr<GreProtocol> GetOrAddProtocol(Ptr<Node> node);

    /**
     * @brief Fix the random streams of tunnel ends; other devices are passed over.
     * @param devices the devices
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(const NetDeviceContainer& devices, int64_t stream) const;

  private:
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> device,
                            bool promiscuous,
                            bool explicitFilename) override;
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> device,
                             bool explicitFilename) override;

    ObjectFactory m_factory;       //!< makes the devices
    std::optional<uint32_t> m_key; //!< key of the tunnels
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_TUNNEL_HELPER_H */
