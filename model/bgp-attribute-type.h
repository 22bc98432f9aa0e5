/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ATTRIBUTE_TYPE_H
#define KEEPALIVE_BGP_ATTRIBUTE_TYPE_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/// Types of path attributes that are understood here, and bits of their flags. Free of ns-3.
struct BgpAttributeType
{
    /// The types (RFC 4271 section 5, RFC 6793 section 3).
    enum Type : uint8_t
    {
        ORIGIN = 1,           //!< where the route comes from
        AS_PATH = 2,          //!< ASes it passed through
        NEXT_HOP = 3,         //!< where to send packets
        MULTI_EXIT_DISC = 4,  //!< which of several ways into the speaker's AS to prefer
        LOCAL_PREF = 5,       //!< how good it is to this AS
        ATOMIC_AGGREGATE = 6, //!< that AS_PATH lacks some ASes
        AGGREGATOR = 7,       //!< who made one route out of several
        AS4_PATH = 17,        //!< AS_PATH with what two octets cannot say
        AS4_AGGREGATOR = 18   //!< AGGREGATOR with what two octets cannot say
    };

    /// The flags (RFC 4271 section 4.3).
    enum Flag : uint8_t
    {
        OPTIONAL = 0x80,   //!< not every speaker understands it
        TRANSITIVE = 0x40, //!< passed on even if not understood; set if not OPTIONAL
        PARTIAL = 0x20,    //!< someone on the way did not understand it
        EXTENDED = 0x10,   //!< its length has two bytes
        UNUSED = 0x0f      //!< sent as 0, ignored when received
    };
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ATTRIBUTE_TYPE_H */
