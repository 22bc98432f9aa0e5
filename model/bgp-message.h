/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_MESSAGE_H
#define KEEPALIVE_BGP_MESSAGE_H

#include "bgp-header.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A BGP message whose header is well formed and whose body nobody has read yet. Free of
 * ns-3.
 */
struct BgpMessage
{
    BgpMessageType type{BgpMessageType::KEEPALIVE}; //!< what the body is
    std::vector<uint8_t> body;                      //!< everything behind the header
};

/**
 * @brief Compare two messages.
 * @param a one
 * @param b the other
 * @return true if they are the same
 */
inline bool
operator==(const BgpMessage& a, const BgpMessage& b)
{
    return a.type == b.type && a.body == b.body;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_MESSAGE_H */
