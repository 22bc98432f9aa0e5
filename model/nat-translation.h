/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_TRANSLATION_H
#define KEEPALIVE_NAT_TRANSLATION_H

#include "nat-endpoint.h"

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a NAT or firewall did to a packet that passed.
 */
struct NatTranslation
{
    /// Where it went.
    enum class Direction : uint8_t
    {
        OUTBOUND, //!< from inside to outside
        INBOUND,  //!< from outside to inside
        HAIRPIN   //!< from inside to inside, by the address outside
    };

    Direction direction{Direction::OUTBOUND}; //!< where it went
    uint8_t protocol{0};                      //!< IP protocol number
    NatEndpoint source;                       //!< where it came from
    NatEndpoint destination;                  //!< where it was to go to
    NatEndpoint newSource;                    //!< where it seems to come from now
    NatEndpoint newDestination;               //!< where it goes to now

    /**
     * @brief Signature of the Translate trace source.
     * @param packet the packet, translated, without its IP header
     * @param translation what was done
     */
    typedef void (*TracedCallback)(Ptr<const Packet> packet, const NatTranslation& translation);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_TRANSLATION_H */
