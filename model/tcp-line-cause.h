/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_LINE_CAUSE_H
#define KEEPALIVE_TCP_LINE_CAUSE_H

#include "detection-event.h"
#include "tcp-end-cause.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief What the end of a TCP connection is to those who watch whether the peer is there.
 * @param cause why it ended
 * @return the cause in the terms of a DetectionEvent
 */
inline LineCause
ToLineCause(TcpEndCause cause)
{
    switch (cause)
    {
    case TcpEndCause::KEEPALIVE:
        return LineCause::TCP_KEEPALIVE;
    case TcpEndCause::USER_TIMEOUT:
        return LineCause::TCP_USER_TIMEOUT;
    case TcpEndCause::RETRANSMISSIONS:
        return LineCause::TCP_RETRANSMISSIONS;
    case TcpEndCause::CONNECT_TIMEOUT:
    case TcpEndCause::REFUSED:
        return LineCause::TCP_REFUSED;
    case TcpEndCause::RESET_BY_PEER:
        return LineCause::TCP_RESET;
    case TcpEndCause::NONE:
    case TcpEndCause::CLOSED:
    case TcpEndCause::ABORTED:
        break;
    }
    return LineCause::TCP_CLOSED;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_LINE_CAUSE_H */
