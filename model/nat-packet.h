/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_PACKET_H
#define KEEPALIVE_NAT_PACKET_H

#include "nat-endpoint.h"
#include "nat-tcp-state.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a NAT looks at in a packet. Free of ns-3.
 */
struct NatPacket
{
    static constexpr uint8_t ICMP = 1; //!< IP protocol number
    static constexpr uint8_t TCP = 6;  //!< IP protocol number
    static constexpr uint8_t UDP = 17; //!< IP protocol number

    uint8_t protocol{UDP};        //!< IP protocol number
    NatEndpoint source;           //!< where it comes from
    NatEndpoint destination;      //!< where it goes to
    bool request{true};           //!< of ICMP: a query rather than its reply
    NatTcpState::Segment segment; //!< of TCP
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_PACKET_H */
