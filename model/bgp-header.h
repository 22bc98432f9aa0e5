/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_HEADER_H
#define KEEPALIVE_BGP_HEADER_H

#include "bgp-error.h"

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

namespace ns3
{
namespace keepalive
{

/// Types of BGP messages (RFC 4271 section 4.1, RFC 2918 section 3).
enum class BgpMessageType : uint8_t
{
    OPEN = 1,         //!< who speaks, and what it can do
    UPDATE = 2,       //!< routes that come and go
    NOTIFICATION = 3, //!< why the connection is about to be closed
    KEEPALIVE = 4,    //!< nothing but a sign of life
    ROUTE_REFRESH = 5 //!< a wish to hear all routes again
};

/**
 * @brief Name of a type as RFC 4271 writes it.
 * @param type the type
 * @return the name; "?" if there is none
 */
const char* ToString(BgpMessageType type);

/**
 * @ingroup keepalive
 * @brief What every BGP message begins with (RFC 4271 section 4.1). Free of ns-3.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                                                               |
 *     +                                                               +
 *     |                      Marker: 16 x 255                         |
 *     +                                                               +
 *     |                                                               |
 *     +                                                               +
 *     |                                                               |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |          Length               |      Type     |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
struct BgpHeader
{
    static constexpr std::size_t MARKER_SIZE = 16;        //!< bytes in front of the length
    static constexpr std::size_t SIZE = MARKER_SIZE + 3;  //!< bytes of a header
    static constexpr std::size_t MAX_MESSAGE_SIZE = 4096; //!< bytes of a message, header included

    uint16_t length{SIZE};                          //!< bytes of the message, header included
    BgpMessageType type{BgpMessageType::KEEPALIVE}; //!< what follows

    /**
     * @brief Append the header.
     * @param bytes what to append to
     */
    void AppendTo(std::vector<uint8_t>& bytes) const;

    /**
     * @brief Write the length into the header that a message begins with, now that it is known.
     * @param message the message, at least a header
     */
    static void Finish(std::vector<uint8_t>& message);

    /**
     * @brief Read a header, and judge whether its length fits its type (RFC 4271 section 6.1).
     * @param data SIZE bytes
     * @return the header, or what to tell the peer
     */
    [[nodiscard]] static std::variant<BgpHeader, BgpError> Read(const uint8_t* data);
};

/**
 * @brief A KEEPALIVE (RFC 4271 section 4.4).
 * @return the whole message
 */
std::vector<uint8_t> EncodeBgpKeepalive();

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_HEADER_H */
