/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_EVENT_H
#define KEEPALIVE_BGP_EVENT_H

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What can happen to a BGP connection, with the numbers of RFC 4271 section 8.1 and, for the
 *        last, of RFC 9687 section 4.2. Free of ns-3.
 */
enum class BgpEvent : uint8_t
{
    MANUAL_START = 1,                    //!< 1: the operator starts the session
    MANUAL_STOP = 2,                     //!< 2: the operator stops the session
    AUTOMATIC_START = 3,                 //!< 3: the system starts the session
    MANUAL_START_PASSIVE = 4,            //!< 4: as 1, but the peer is to connect
    AUTOMATIC_START_PASSIVE = 5,         //!< 5: as 3, but the peer is to connect
    AUTOMATIC_START_DAMP = 6,            //!< 6: as 3, with oscillations damped
    AUTOMATIC_START_DAMP_PASSIVE = 7,    //!< 7: as 5, with oscillations damped
    AUTOMATIC_STOP = 8,                  //!< 8: the system stops the session
    CONNECT_RETRY_TIMER_EXPIRES = 9,     //!< 9: the connection has not come about in time
    HOLD_TIMER_EXPIRES = 10,             //!< 10: nothing was heard for the hold time
    KEEPALIVE_TIMER_EXPIRES = 11,        //!< 11: it is time to send a KEEPALIVE
    DELAY_OPEN_TIMER_EXPIRES = 12,       //!< 12: the peer did not send its OPEN first
    IDLE_HOLD_TIMER_EXPIRES = 13,        //!< 13: the session has been Idle for long enough
    TCP_CONNECTION_VALID = 14,           //!< 14: a SYN came from the right place
    TCP_CR_INVALID = 15,                 //!< 15: a SYN came from a wrong place
    TCP_CR_ACKED = 16,                   //!< 16: the connection that this end opened is up
    TCP_CONNECTION_CONFIRMED = 17,       //!< 17: a connection that the peer opened is up
    TCP_CONNECTION_FAILS = 18,           //!< 18: the connection failed, or the peer closed it
    BGP_OPEN = 19,                       //!< 19: a valid OPEN came
    BGP_OPEN_WITH_DELAY_OPEN_TIMER = 20, //!< 20: as 19, while the DelayOpenTimer runs
    BGP_HEADER_ERR = 21,                 //!< 21: a message with a bad header came
    BGP_OPEN_MSG_ERR = 22,               //!< 22: an OPEN that is not acceptable came
    OPEN_COLLISION_DUMP = 23,            //!< 23: of two connections, this one is to go
    NOTIF_MSG_VER_ERR = 24,              //!< 24: a NOTIFICATION of a version error came
    NOTIF_MSG = 25,                      //!< 25: any other NOTIFICATION came
    KEEPALIVE_MSG = 26,                  //!< 26: a KEEPALIVE came
    UPDATE_MSG = 27,                     //!< 27: a valid UPDATE came
    UPDATE_MSG_ERR = 28,                 //!< 28: an UPDATE that cannot be read came
    SEND_HOLD_TIMER_EXPIRES = 29         //!< 29: nothing could be sent for the send hold time
};

constexpr std::size_t BGP_EVENT_COUNT = 29; //!< how many events there are; numbers start at 1

/**
 * @brief The name of an event in RFC 4271 section 8.1 or RFC 9687.
 * @param event the event
 * @return a name such as "HoldTimer_Expires"
 */
inline const char*
ToString(BgpEvent event)
{
    static constexpr const char* NAMES[BGP_EVENT_COUNT] = {
        "ManualStart",
        "ManualStop",
        "AutomaticStart",
        "ManualStart_with_PassiveTcpEstablishment",
        "AutomaticStart_with_PassiveTcpEstablishment",
        "AutomaticStart_with_DampPeerOscillations",
        "AutomaticStart_with_DampPeerOscillations_and_PassiveTcpEstablishment",
        "AutomaticStop",
        "ConnectRetryTimer_Expires",
        "HoldTimer_Expires",
        "KeepaliveTimer_Expires",
        "DelayOpenTimer_Expires",
        "IdleHoldTimer_Expires",
        "TcpConnection_Valid",
        "Tcp_CR_Invalid",
        "Tcp_CR_Acked",
        "TcpConnectionConfirmed",
        "TcpConnectionFails",
        "BGPOpen",
        "BGPOpen with DelayOpenTimer running",
        "BGPHeaderErr",
        "BGPOpenMsgErr",
        "OpenCollisionDump",
        "NotifMsgVerErr",
        "NotifMsg",
        "KeepAliveMsg",
        "UpdateMsg",
        "UpdateMsgErr",
        "SendHoldTimer_Expires"};
    const auto number = static_cast<std::size_t>(event);
    return number >= 1 && number <= BGP_EVENT_COUNT ? NAMES[number - 1] : "unknown";
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_EVENT_H */
