/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_END_CAUSE_H
#define KEEPALIVE_TCP_END_CAUSE_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Why a TCP connection ended at one of its ends.
 *
 * What a program learns from errno: KEEPALIVE, USER_TIMEOUT, RETRANSMISSIONS and CONNECT_TIMEOUT
 * are all ETIMEDOUT there, REFUSED is ECONNREFUSED and RESET_BY_PEER is ECONNRESET.
 */
enum class TcpEndCause : uint8_t
{
    NONE,            //!< it has not ended
    KEEPALIVE,       //!< keepalive probes went unanswered
    USER_TIMEOUT,    //!< the user timeout (RFC 9293 section 3.9.1, TCP_USER_TIMEOUT) ran out
    RETRANSMISSIONS, //!< data, a FIN or window probes went unacknowledged too long
    CONNECT_TIMEOUT, //!< nobody answered the SYN, or the SYN with ACK
    REFUSED,         //!< the SYN was answered with a reset
    RESET_BY_PEER,   //!< a reset arrived
    CLOSED,          //!< both ends closed it in order, or this one and FIN-WAIT-2 was over
    ABORTED          //!< this end gave it up with a reset, or before it was established
};

/**
 * @ingroup keepalive
 * @brief Name of a cause.
 * @param cause the cause
 * @return a lower-case word such as "keepalive"
 */
const char* ToString(TcpEndCause cause);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_END_CAUSE_H */
