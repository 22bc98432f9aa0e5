/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DETECTION_EVENT_H
#define KEEPALIVE_DETECTION_EVENT_H

#include "ns3/nstime.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/// Why a line protocol changed.
enum class LineCause : uint8_t
{
    KEEPALIVE_UNANSWERED,   //!< as many keepalives as configured went unanswered
    HOLD_TIME_EXPIRED,      //!< nothing was heard for the hold time
    KEEPALIVE_ANSWERED,     //!< a keepalive came back
    KEEPALIVE_RECONFIGURED, //!< the operator changed the keepalives: they start over, trusting
    ADMIN_SHUTDOWN,         //!< the operator shut the interface
    ADMIN_ENABLED,          //!< the operator enabled the interface
    NODE_CRASHED,           //!< the node itself died
    NODE_BOOTED,            //!< the node itself started again
    CARRIER_LOST,           //!< the line lost its carrier: a failure that is signalled
    CARRIER_RESTORED,       //!< the carrier is back: the protocol starts afresh
    SEQUENCE_GAP,           //!< the peer no longer acknowledges this end's sequence numbers
    SEQUENCE_ACKNOWLEDGED,  //!< the peer acknowledges a recent sequence number again
    LOOP_DETECTED,          //!< this end hears itself: the line is looped
    LCP_OPENED,             //!< both ends of a PPP link have agreed
    LCP_CLOSED,             //!< the PPP link was terminated, or is being negotiated anew
    SESSION_ESTABLISHED,    //!< both ends of a BGP session or a TCP connection have agreed
    NOTIFICATION_RECEIVED,  //!< the peer ended the BGP session, and said so
    PROTOCOL_ERROR,         //!< the peer said something that BGP does not allow
    SESSION_COLLISION,      //!< of two connections of a BGP session the other one was kept
    SEND_HOLD_TIME_EXPIRED, //!< nothing could be sent to the peer for the send hold time
    TCP_KEEPALIVE,          //!< TCP keepalives went unanswered
    TCP_USER_TIMEOUT,       //!< data went unacknowledged for TCP's user timeout
    TCP_RETRANSMISSIONS,    //!< TCP retransmitted as often as it may
    TCP_REFUSED,            //!< nobody listens at the peer, or nobody answers
    TCP_RESET,              //!< the peer reset the connection
    TCP_CLOSED,             //!< the peer closed the connection
    ERR_DISABLED,           //!< a switch shut the port by itself, because of a loop
    ERR_DISABLE_RECOVERED,  //!< the time for which it was to stay shut is over
    NOT_ESTABLISHED,        //!< the session was never up, or was given up by this end itself
    PEER_SIGNALED_DOWN,     //!< the peer says that it no longer hears this end (BFD diagnostic 3)
    PEER_ADMIN_DOWN,        //!< the peer says that its operator has shut the session
    BFD_DOWN,               //!< the BFD session that watches the same neighbour went down
    DETECTION_TIME_EXPIRED, //!< no BFD packet for the detection time (BFD diagnostic 1)
    BINDING_EXPIRED         //!< a NAT or firewall forgot the flow
};

/**
 * @brief The name of a cause, as it appears in tables and logs.
 * @param cause the cause
 * @return a short lower-case name such as "keepalive-unanswered"
 */
const char* ToString(LineCause cause);

/**
 * @ingroup keepalive
 * @brief One change of one line protocol: what a detector has to say to the world.
 */
struct DetectionEvent
{
    Time when;             //!< when it changed
    uint32_t nodeId{0};    //!< the node that concluded this
    uint32_t ifIndex{0};   //!< its device
    std::string mechanism; //!< the mechanism that watches the line, such as "gre"
    bool up{true};         //!< the new state
    LineCause cause{LineCause::KEEPALIVE_ANSWERED}; //!< why

    /**
     * @brief Signature of the LineProtocol trace sources of this module.
     * @param event the change
     */
    typedef void (*TracedCallback)(const DetectionEvent& event);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DETECTION_EVENT_H */
