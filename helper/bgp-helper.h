/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_HELPER_H
#define KEEPALIVE_BGP_HELPER_H

#include "ns3/attribute.h"
#include "ns3/bgp-neighbor.h"
#include "ns3/bgp-speaker.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"
#include "ns3/tcp-keepalive-helper.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes nodes BGP speakers, and speakers neighbours.
 *
 * A node gets three things: a TCP that knows keepalives and why connections end, with Linux's
 * timers, unless it has one; a BgpRouting, if its routing is an Ipv4ListRouting, as that of
 * InternetStackHelper is; and the speaker, an application that is to be started like any other.
 *
 * TCP's timers matter: ns-3's own socket gives up 123 s after the first segment into a dead path,
 * which hides a hold time of 180 s, and its least retransmission timeout of 1 s leaves a hold time
 * of 3 s two transmissions of each KEEPALIVE.
 */
class BgpHelper
{
  public:
    BgpHelper();

    /**
     * @brief Set an attribute of the speakers to come.
     * @param name its name, such as "LingerTime"
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set an attribute of the neighbours to come, at both ends.
     * @param name its name, such as "HoldTime"
     * @param value its value
     */
    void SetNeighborAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set an attribute of the TCP of the nodes to come.
     * @param name its name, such as "KeepaliveEnabled"
     * @param value its value
     */
    void SetTcpAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set whose TCP the nodes to come have.
     * @param profile name of a TcpKeepaliveProfile
     */
    void SetTcpProfile(const std::string& profile);

    /**
     * @brief Make a node a speaker.
     * @param node the node, with its Internet stack
     * @param as its AS number
     * @return the speaker; starts at 0 s unless told otherwise
     */
    Ptr<BgpSpeaker> Install(Ptr<Node> node, uint32_t as) const;

    /**
     * @brief Make two speakers neighbours of each other.
     * @param first one
     * @param firstAddress what the other one connects to
     * @param second the other
     * @param secondAddress what the first one connects to
     * @return the second as the first is configured with it, and the reverse
     */
    std::pair<Ptr<BgpNeighbor>, Ptr<BgpNeighbor>> Connect(Ptr<BgpSpeaker> first,
                                                          Ipv4Address firstAddress,
                                                          Ptr<BgpSpeaker> second,
                                                          Ipv4Address secondAddress) const;

  private:
    /**
     * @brief Configure one end.
     * @param speaker whose
     * @param local its own address
     * @param remote address of the neighbour
     * @param as AS of the neighbour
     * @return the neighbour
     */
    Ptr<BgpNeighbor> AddNeighbor(Ptr<BgpSpeaker> speaker,
                                 Ipv4Address local,
                                 Ipv4Address remote,
                                 uint32_t as) const;

    ObjectFactory m_speakers;                                             //!< makes speakers
    TcpKeepaliveHelper m_tcp;                                             //!< makes their TCP
    std::vector<std::pair<std::string, Ptr<AttributeValue>>> m_neighbors; //!< their attributes
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_HELPER_H */
