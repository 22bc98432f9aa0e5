/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_REACTION_H
#define KEEPALIVE_BGP_REACTION_H

#include "bgp-event.h"
#include "bgp-state.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What RFC 4271 section 8.2.2 says about an event in a state: the entries of its table, if
 *        it had one. For BgpFsm only. Free of ns-3.
 */
enum class BgpReaction : uint8_t
{
    NONE,         //!< nothing changes
    START,        //!< Idle: begin, by connecting or by waiting
    CANCEL,       //!< Idle: no automatic start either
    REJECT,       //!< refuse a connection
    RETRY,        //!< Connect, Active: connect (again)
    CONNECTED,    //!< Connect, Active: the connection is up
    DELAY_OVER,   //!< Connect, Active: delay the OPEN no longer
    UNREACHABLE,  //!< Connect: the connection failed
    PEER_FIRST,   //!< Connect, Active: the peer's OPEN came while ours was delayed
    TRACK,        //!< there is a second connection
    LISTEN_AGAIN, //!< OpenSent: the connection failed
    OPENED,       //!< OpenSent: the peer's OPEN came
    SECOND_OPEN,  //!< OpenConfirm, Established: an OPEN too many
    KEEP_ALIVE,   //!< send a KEEPALIVE
    UP,           //!< OpenConfirm: the session is up
    UP_BY_UPDATE, //!< OpenConfirm: an UPDATE came before the KEEPALIVE
    HEARD,        //!< Established: the peer is alive
    UPDATE,       //!< Established: and has news
    // All that follow lead to Idle.
    STOP,        //!< at the operator's wish
    CEASE,       //!< at the system's wish
    DUMP,        //!< as another connection is kept
    SILENCE,     //!< as the HoldTimer expired
    STUCK,       //!< as the SendHoldTimer expired
    REPORT,      //!< after telling the peer of the error in its message
    BAD_HEADER,  //!< Established: likewise, or by a Finite State Machine Error
    NOTIFIED,    //!< OpenSent: as a NOTIFICATION came
    OLD_VERSION, //!< as a NOTIFICATION of a version error came
    LOST,        //!< Established: as the connection failed or a NOTIFICATION came
    QUIT,        //!< without a word
    FSM_ERROR    //!< with a Finite State Machine Error
};

/**
 * @brief Look the reaction up.
 * @param state the state
 * @param event what happens in it; a number of the RFC
 * @return what the RFC says
 */
[[nodiscard]] BgpReaction FindBgpReaction(BgpState state, BgpEvent event);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_REACTION_H */
