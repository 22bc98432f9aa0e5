/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-header.h"

#include "network-order.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Each byte of the marker.
constexpr uint8_t MARKER = 0xff;

/**
 * @brief Whether a message of a type may have a length (RFC 4271 section 6.1).
 * @param type the type, as received
 * @param length the length, header included
 * @return false if it is too short or too long
 */
bool
IsLengthAllowed(uint8_t type, uint16_t length)
{
    if (length < BgpHeader::SIZE || length > BgpHeader::MAX_MESSAGE_SIZE)
    {
        return false;
    }
    switch (static_cast<BgpMessageType>(type))
    {
    case BgpMessageType::OPEN:
        return length >= 29;
    case BgpMessageType::UPDATE:
        return length >= 23;
    case BgpMessageType::NOTIFICATION:
        return length >= 21;
    case BgpMessageType::KEEPALIVE:
        return length == BgpHeader::SIZE;
    case BgpMessageType::ROUTE_REFRESH:
        return length >= 23; // RFC 5291 appends to it
    }
    return true; // of no type that is known: that is what to complain about
}

} // namespace

const char*
ToString(BgpMessageType type)
{
    switch (type)
    {
    case BgpMessageType::OPEN:
        return "OPEN";
    case BgpMessageType::UPDATE:
        return "UPDATE";
    case BgpMessageType::NOTIFICATION:
        return "NOTIFICATION";
    case BgpMessageType::KEEPALIVE:
        return "KEEPALIVE";
    case BgpMessageType::ROUTE_REFRESH:
        return "ROUTE-REFRESH";
    }
    return "?";
}

void
BgpHeader::AppendTo(std::vector<uint8_t>& bytes) const
{
    bytes.insert(bytes.end(), MARKER_SIZE, MARKER);
    AppendUint16(bytes, length);
    bytes.push_back(static_cast<uint8_t>(type));
}

void
BgpHeader::Finish(std::vector<uint8_t>& message)
{
    WriteUint16(message.data() + MARKER_SIZE, static_cast<uint16_t>(message.size()));
}

std::variant<BgpHeader, BgpError>
BgpHeader::Read(const uint8_t* data)
{
    const uint8_t* const end = data + MARKER_SIZE;
    if (std::any_of(data, end, [](uint8_t byte) { return byte != MARKER; }))
    {
        return BgpError{BgpError::MESSAGE_HEADER, BgpError::NOT_SYNCHRONIZED, {}};
    }
    const uint16_t length = ReadUint16(end);
    const uint8_t type = end[2];
    if (!IsLengthAllowed(type, length))
    {
        return BgpError{BgpError::MESSAGE_HEADER, BgpError::BAD_LENGTH, {end[0], end[1]}};
    }
    if (type < static_cast<uint8_t>(BgpMessageType::OPEN) ||
        type > static_cast<uint8_t>(BgpMessageType::ROUTE_REFRESH))
    {
        return BgpError{BgpError::MESSAGE_HEADER, BgpError::BAD_TYPE, {type}};
    }
    return BgpHeader{length, static_cast<BgpMessageType>(type)};
}

std::vector<uint8_t>
EncodeBgpKeepalive()
{
    std::vector<uint8_t> message;
    message.reserve(BgpHeader::SIZE);
    BgpHeader{}.AppendTo(message);
    return message;
}

} // namespace keepalive
} // namespace ns3
