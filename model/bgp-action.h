/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ACTION_H
#define KEEPALIVE_BGP_ACTION_H

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the owner of a BgpFsm has to do after an event (RFC 4271 section 8.2.2). Free of
 *        ns-3.
 *
 * To start a timer that runs restarts it; to stop one that does not run does nothing.
 */
enum class BgpAction : uint8_t
{
    RESET_CONNECT_RETRY_COUNTER,     //!< ConnectRetryCounter = 0
    INCREMENT_CONNECT_RETRY_COUNTER, //!< ConnectRetryCounter + 1
    START_CONNECT_RETRY_TIMER,       //!< with the ConnectRetryTime, jittered
    STOP_CONNECT_RETRY_TIMER,        //!< "sets the ConnectRetryTimer to zero"
    INITIATE_CONNECTION,             //!< open a TCP connection to the peer
    LISTEN,                          //!< accept connections of the peer; may be on already
    REJECT_CONNECTION,               //!< refuse the connection that the event is about
    DROP_CONNECTION,                 //!< close the TCP connection, if there is one
    START_DELAY_OPEN_TIMER,          //!< with the DelayOpenTime
    STOP_DELAY_OPEN_TIMER,           //!< no longer delay the OPEN
    SEND_OPEN,                       //!< send an OPEN
    SEND_KEEPALIVE,                  //!< send a KEEPALIVE
    SEND_NOTIFICATION,               //!< send the NOTIFICATION that the transition describes
    START_LARGE_HOLD_TIMER,  //!< HoldTimer with the large value, for want of a negotiated one
    START_HOLD_TIMER,        //!< HoldTimer with the negotiated value; stop it if that is 0
    STOP_HOLD_TIMER,         //!< no longer expect messages
    START_KEEPALIVE_TIMER,   //!< jittered; stop it if the negotiated hold time is 0
    STOP_KEEPALIVE_TIMER,    //!< no longer send KEEPALIVEs
    START_SEND_HOLD_TIMER,   //!< RFC 9687; stop it if the send hold time is 0
    STOP_SEND_HOLD_TIMER,    //!< no longer watch what is sent
    DELETE_ROUTES,           //!< forget what the peer announced
    ANNOUNCE_ROUTES,         //!< the session is up: send the peer what there is
    PROCESS_UPDATE,          //!< take the UPDATE to the routes
    RELEASE_RESOURCES,       //!< forget everything about this connection
    DAMP_OSCILLATIONS,       //!< perhaps lengthen the IdleHoldTime
    TRACK_SECOND_CONNECTION, //!< keep the other connection until an OPEN comes
    RESOLVE_COLLISION,       //!< decide which of two connections stays (section 6.8)
    START_IDLE_HOLD_TIMER,   //!< wait in Idle before an automatic start
    STOP_IDLE_HOLD_TIMER     //!< no automatic start
};

constexpr std::size_t BGP_ACTION_COUNT = 29; //!< how many actions there are

/**
 * @brief A short name of an action, for logs.
 * @param action the action
 * @return a name such as "send OPEN"
 */
inline const char*
ToString(BgpAction action)
{
    static constexpr const char* NAMES[BGP_ACTION_COUNT] = {"reset ConnectRetryCounter",
                                                            "increment ConnectRetryCounter",
                                                            "start ConnectRetryTimer",
                                                            "stop ConnectRetryTimer",
                                                            "initiate connection",
                                                            "listen",
                                                            "reject connection",
                                                            "drop connection",
                                                            "start DelayOpenTimer",
                                                            "stop DelayOpenTimer",
                                                            "send OPEN",
                                                            "send KEEPALIVE",
                                                            "send NOTIFICATION",
                                                            "start large HoldTimer",
                                                            "start HoldTimer",
                                                            "stop HoldTimer",
                                                            "start KeepaliveTimer",
                                                            "stop KeepaliveTimer",
                                                            "start SendHoldTimer",
                                                            "stop SendHoldTimer",
                                                            "delete routes",
                                                            "announce routes",
                                                            "process UPDATE",
                                                            "release resources",
                                                            "damp oscillations",
                                                            "track second connection",
                                                            "resolve collision",
                                                            "start IdleHoldTimer",
                                                            "stop IdleHoldTimer"};
    const auto index = static_cast<std::size_t>(action);
    return index < BGP_ACTION_COUNT ? NAMES[index] : "unknown";
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ACTION_H */
