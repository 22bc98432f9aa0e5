/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCRIPT_PACKET_H
#define KEEPALIVE_SCRIPT_PACKET_H

#include "packet-script.h"

#include "ns3/ipv4-header.h"
#include "ns3/nat-endpoint.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A packet of a PacketScript, or whatever came of it: makes one, and tells what one is.
 */
struct ScriptPacket
{
    Ptr<Packet> packet;      //!< the packet, with its IP header
    Ipv4Header header;       //!< its IP header
    std::string protocol;    //!< udp, tcp or icmp; otherwise the number
    std::string flags;       //!< of TCP, letters; of ICMP, the type
    NatEndpoint source;      //!< where it comes from
    NatEndpoint destination; //!< where it goes to

    /**
     * @brief Make a packet.
     * @param line the line that asks for it
     * @param identification of its IP header
     * @param source where it comes from
     * @param destination where it goes to
     * @param about the packet that an ICMP error is about, nullptr for any other packet
     * @return the packet
     */
    static Ptr<Packet> Make(const PacketScript::Line& line,
                            uint16_t identification,
                            const NatEndpoint& source,
                            const NatEndpoint& destination,
                            Ptr<const Packet> about);

    /**
     * @brief Look at a packet.
     * @param packet the packet, with its IP header
     * @return what it is
     */
    static ScriptPacket Read(Ptr<const Packet> packet);

    /**
     * @brief Whether it came of a script, rather than from the router.
     * @return true if it did
     */
    bool IsOfScript() const;

    /**
     * @brief Its octets.
     * @return two hexadecimal digits for each
     */
    std::string GetOctets() const;
};

/**
 * @brief An end, for people and tables.
 * @param end the end
 * @return such as "10.0.1.2:5000"
 */
std::string ToString(const NatEndpoint& end);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCRIPT_PACKET_H */
