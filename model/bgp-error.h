/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ERROR_H
#define KEEPALIVE_BGP_ERROR_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What is wrong, as a NOTIFICATION says it (RFC 4271 section 4.5). Free of ns-3.
 */
struct BgpError
{
    /// Error codes (RFC 4271 section 4.5, RFC 9687 section 3.1).
    enum Code : uint8_t
    {
        MESSAGE_HEADER = 1, //!< a header that cannot be read
        OPEN_MESSAGE = 2,   //!< an OPEN that is not acceptable
        UPDATE_MESSAGE = 3, //!< an UPDATE that cannot be read
        HOLD_TIMER = 4,     //!< nothing was heard for the hold time
        FSM = 5,            //!< a message that the state does not allow
        CEASE = 6,          //!< nothing is wrong: the session is to end
        SEND_HOLD_TIMER = 8 //!< nothing could be sent for the send hold time
    };

    /// Subcodes of MESSAGE_HEADER (RFC 4271 section 6.1).
    enum HeaderSubcode : uint8_t
    {
        NOT_SYNCHRONIZED = 1, //!< the marker is not all ones
        BAD_LENGTH = 2,       //!< data: the length, two octets
        BAD_TYPE = 3          //!< data: the type, one octet
    };

    /// Subcodes of OPEN_MESSAGE (RFC 4271 section 6.2, RFC 5492 section 5).
    enum OpenSubcode : uint8_t
    {
        UNSUPPORTED_VERSION = 1, //!< data: the largest version supported, two octets
        BAD_PEER_AS = 2,    //!< not the AS that is configured; data here: it, as Cisco IOS does
        BAD_IDENTIFIER = 3, //!< zero, or our own
        UNSUPPORTED_PARAMETER = 4,  //!< an optional parameter other than capabilities
        UNACCEPTABLE_HOLD_TIME = 6, //!< 1 or 2 seconds; data here: they, as FRR and BIRD do
        UNSUPPORTED_CAPABILITY = 7  //!< a capability is missing
    };

    /// Subcodes of UPDATE_MESSAGE (RFC 4271 section 6.3).
    enum UpdateSubcode : uint8_t
    {
        MALFORMED_ATTRIBUTES = 1,    //!< lengths that contradict each other, or one twice
        UNRECOGNIZED_WELL_KNOWN = 2, //!< data: the attribute
        MISSING_WELL_KNOWN = 3,      //!< data: its type, one octet
        ATTRIBUTE_FLAGS = 4,         //!< data: the attribute
        ATTRIBUTE_LENGTH = 5,        //!< data: the attribute
        INVALID_ORIGIN = 6,          //!< data: the attribute
        INVALID_NEXT_HOP = 8,        //!< data: the attribute
        OPTIONAL_ATTRIBUTE = 9,      //!< data: the attribute
        INVALID_NETWORK = 10,        //!< a prefix that cannot be read
        MALFORMED_AS_PATH = 11       //!< an AS_PATH that cannot be read
    };

    /// Subcodes of FSM (RFC 6608 section 3); data: the type of the message, one octet.
    enum FsmSubcode : uint8_t
    {
        IN_OPEN_SENT = 1,    //!< unexpected in OpenSent
        IN_OPEN_CONFIRM = 2, //!< unexpected in OpenConfirm
        IN_ESTABLISHED = 3   //!< unexpected in Established
    };

    /// Subcodes of CEASE (RFC 4486 section 4, RFC 9384 section 3).
    enum CeaseSubcode : uint8_t
    {
        ADMIN_SHUTDOWN = 2,       //!< the operator shut the session
        PEER_DECONFIGURED = 3,    //!< the operator removed the neighbour
        ADMIN_RESET = 4,          //!< the operator restarted the session
        CONNECTION_REJECTED = 5,  //!< a connection that is not wanted
        COLLISION_RESOLUTION = 7, //!< the other of two connections was kept
        BFD_DOWN = 10             //!< BFD says that the peer is gone
    };

    uint8_t code{0};           //!< a Code
    uint8_t subcode{0};        //!< of that code; 0 for unspecific
    std::vector<uint8_t> data; //!< depends on both
};

/**
 * @brief Compare two errors.
 * @param a one
 * @param b the other
 * @return true if they say the same
 */
inline bool
operator==(const BgpError& a, const BgpError& b)
{
    return a.code == b.code && a.subcode == b.subcode && a.data == b.data;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ERROR_H */
