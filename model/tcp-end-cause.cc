/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-end-cause.h"

namespace ns3
{
namespace keepalive
{

const char*
ToString(TcpEndCause cause)
{
    switch (cause)
    {
    case TcpEndCause::NONE:
        return "none";
    case TcpEndCause::KEEPALIVE:
        return "keepalive";
    case TcpEndCause::USER_TIMEOUT:
        return "user-timeout";
    case TcpEndCause::RETRANSMISSIONS:
        return "retransmissions";
    case TcpEndCause::CONNECT_TIMEOUT:
        return "connect-timeout";
    case TcpEndCause::REFUSED:
        return "refused";
    case TcpEndCause::RESET_BY_PEER:
        return "reset-by-peer";
    case TcpEndCause::CLOSED:
        return "closed";
    case TcpEndCause::ABORTED:
        return "aborted";
    }
    return "unknown";
}

} // namespace keepalive
} // namespace ns3
