/* SPDX-License-Identifier: GPL-2.0-only */

#include "inner-header.h"

#include "ns3/node.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t MIN_HEADER_SIZE = 20;  //!< bytes of an IPv4 header without options
constexpr uint32_t IPV6_HEADER_SIZE = 40; //!< bytes of an IPv6 header

} // namespace

std::optional<DropReason>
CheckIpv4Header(Ptr<const Packet> packet)
{
    uint8_t start[MIN_HEADER_SIZE];
    return CheckIpv4Header(start, packet->CopyData(start, MIN_HEADER_SIZE), packet->GetSize());
}

std::optional<DropReason>
CheckIpv4Header(const uint8_t* start, uint32_t available, uint32_t size)
{
    // ns-3's own parser asserts on these, so they are looked at first.
    if (available < MIN_HEADER_SIZE)
    {
        return DropReason::TRUNCATED;
    }
    const uint32_t headerSize = (start[0] & 0x0f) * 4U;
    const uint32_t totalLength = (start[2] << 8) | start[3];
    if ((start[0] >> 4) != 4 || headerSize < MIN_HEADER_SIZE || totalLength < headerSize)
    {
        return DropReason::BAD_INNER_HEADER;
    }
    if (size < totalLength)
    {
        return DropReason::TRUNCATED;
    }
    const bool multicast = (start[12] & 0xf0) == 0xe0;
    const bool broadcast = (start[12] & start[13] & start[14] & start[15]) == 0xff;
    if (multicast || broadcast)
    {
        return DropReason::BAD_INNER_HEADER; // nobody's address, and ns-3's routing asserts on it
    }
    return std::nullopt;
}

std::optional<DropReason>
PeekIpv4Header(Ptr<const Packet> packet, Ipv4Header& header)
{
    const std::optional<DropReason> refused = CheckIpv4Header(packet);
    if (refused)
    {
        return refused;
    }
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    packet->PeekHeader(header);
    return header.IsChecksumOk() ? std::nullopt
                                 : std::optional<DropReason>(DropReason::BAD_CHECKSUM);
}

std::optional<DropReason>
CheckIpv6Header(Ptr<const Packet> packet)
{
    uint8_t version;
    if (packet->GetSize() < IPV6_HEADER_SIZE)
    {
        return DropReason::TRUNCATED;
    }
    packet->CopyData(&version, 1);
    return (version >> 4) == 6 ? std::nullopt
                               : std::optional<DropReason>(DropReason::BAD_INNER_HEADER);
}

} // namespace keepalive
} // namespace ns3
