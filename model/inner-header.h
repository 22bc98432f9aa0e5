/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_INNER_HEADER_H
#define KEEPALIVE_INNER_HEADER_H

#include "drop-reason.h"

#include "ns3/ipv4-header.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Read the IPv4 header at the start of a packet from the wire, trusting nothing.
 *
 * ns-3's own Ipv4Header asserts on a wrong version and reads past the end of a short packet; it
 * may be given only what passed here. The checksum is verified if ns-3's global value
 * ChecksumEnabled is set, because without it ns-3 sends none.
 *
 * @param packet the packet
 * @param header filled in if the header is sound
 * @return TRUNCATED, BAD_INNER_HEADER or BAD_CHECKSUM, none if the header is sound
 */
std::optional<DropReason> PeekIpv4Header(Ptr<const Packet> packet, Ipv4Header& header);

/**
 * @ingroup keepalive
 * @brief Whether a packet from the wire may be given to ns-3 as an IPv4 packet.
 *
 * All that PeekIpv4Header asks, but for the checksum, which ns-3 verifies itself.
 *
 * @param packet the packet
 * @return TRUNCATED or BAD_INNER_HEADER, none if it may
 */
std::optional<DropReason> CheckIpv4Header(Ptr<const Packet> packet);

/**
 * @ingroup keepalive
 * @brief The same for bytes that have been taken from the packet already.
 * @param start where the IPv4 header begins
 * @param available how many bytes there are; 20 are enough
 * @param size bytes of the whole packet
 * @return TRUNCATED or BAD_INNER_HEADER, none if it may
 */
std::optional<DropReason> CheckIpv4Header(const uint8_t* start, uint32_t available, uint32_t size);

/**
 * @ingroup keepalive
 * @brief Whether a packet from the wire may be given to ns-3 as an IPv6 packet.
 * @param packet the packet
 * @return TRUNCATED or BAD_INNER_HEADER, none if it may
 */
std::optional<DropReason> CheckIpv6Header(Ptr<const Packet> packet);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_INNER_HEADER_H */
