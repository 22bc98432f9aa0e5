/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DROP_REASON_H
#define KEEPALIVE_DROP_REASON_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Why a packet went no further. Every drop of this module carries one of these.
 */
enum class DropReason : uint8_t
{
    ADMIN_DOWN,              //!< the interface is shut, or its node is dead
    LINE_DOWN,               //!< the line protocol is down: only keepalives pass
    NO_ROUTE,                //!< no route to the destination
    RECURSIVE_ROUTING,       //!< the route to the tunnel destination leads through the tunnel
    TOO_BIG,                 //!< does not fit the MTU and must not be fragmented
    UNSUPPORTED_PROTOCOL,    //!< a payload protocol that this interface does not carry
    TRUNCATED,               //!< shorter than its own headers say
    BAD_VERSION,             //!< a header version other than the one implemented
    RESERVED_BITS,           //!< reserved bits set that the standard tells to discard
    BAD_CHECKSUM,            //!< a checksum that does not match
    NO_TUNNEL,               //!< no tunnel with these addresses and this key
    OUT_OF_ORDER,            //!< a sequence number not after the last one
    BAD_INNER_HEADER,        //!< the encapsulated IP header makes no sense
    PAYLOAD_TO_ENCAPSULATOR, //!< RFC 2784 section 3.1: the payload would go back to its sender
    REVERSE_PATH,            //!< strict reverse path check: the source is not reached this way
    LOCAL_SOURCE,            //!< the source is an address of this node itself
    NOT_FORWARDING,          //!< this node is not a router
    TTL_EXPIRED,             //!< the time to live ran out
    NESTED_TOO_DEEP,         //!< more encapsulations inside each other than are believable
    STALLED,                 //!< the control plane that should have handled it hangs
    QUEUE_FULL,              //!< the queue of the interface had no room
    NO_CARRIER,              //!< the line has no carrier
    WIRE_CUT,                //!< on a wire that was cut, in whole or in part
    BAD_FCS,                 //!< bit errors: the frame check sequence does not match
    BAD_ADDRESS,             //!< a frame address or control field that is not of this protocol
    BAD_LENGTH,              //!< a length field that contradicts the packet
    BAD_OPTION,              //!< a configuration option that cannot be read
    BAD_IDENTIFIER,          //!< an answer that belongs to no request outstanding
    NOT_OPENED,              //!< the control protocol in charge of it is not in state Opened
    LOOPED,                  //!< it came back to its sender: the line is looped
    ERR_DISABLED,            //!< a switch port that the switch has shut by itself
    UNKNOWN_MESSAGE,         //!< a type of message that is not implemented
    BAD_MARKER,              //!< neither IKE, ESP nor NAT keepalive, on the port that they share
    BAD_COOKIE,              //!< no security association has these cookies or SPIs
    BAD_MESSAGE_ID,          //!< a message ID outside the window, or one that was used before
    BAD_SEQUENCE,            //!< a sequence number that was not expected
    NO_BINDING,              //!< a NAT or firewall knows no flow for it
    FILTERED,                //!< a NAT or firewall has a binding, but not for this sender
    NO_PORT,                 //!< a NAT has no port left
    FRAGMENT,                //!< a fragment, of which a NAT cannot know the flow
    BAD_TTL,                 //!< a time to live that shows that it came from further away
    BAD_DISCRIMINATOR,       //!< no BFD session has this discriminator
    BAD_STATE,               //!< not allowed in the state that the session is in
    AUTHENTICATION           //!< authenticated, where nothing is to be, or the reverse
};

/**
 * @brief The name of a reason, as it appears in tables and logs.
 * @param reason the reason
 * @return a short lower-case name such as "no-route"
 */
const char* ToString(DropReason reason);

/**
 * @brief Signature of the Drop trace sources of this module.
 * @param packet the packet, as far as it had come
 * @param reason why it went no further
 */
typedef void (*DropTracedCallback)(Ptr<const Packet> packet, DropReason reason);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DROP_REASON_H */
