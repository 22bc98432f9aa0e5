/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-line-cause.h"

namespace ns3
{
namespace keepalive
{

LineCause
ToLineCause(BgpEvent event)
{
    switch (event)
    {
    case BgpEvent::MANUAL_STOP:
        return LineCause::ADMIN_SHUTDOWN;
    case BgpEvent::AUTOMATIC_STOP: // BFD is the only one who may
        return LineCause::BFD_DOWN;
    case BgpEvent::HOLD_TIMER_EXPIRES:
        return LineCause::HOLD_TIME_EXPIRED;
    case BgpEvent::SEND_HOLD_TIMER_EXPIRES:
        return LineCause::SEND_HOLD_TIME_EXPIRED;
    case BgpEvent::OPEN_COLLISION_DUMP:
        return LineCause::SESSION_COLLISION;
    case BgpEvent::NOTIF_MSG:
    case BgpEvent::NOTIF_MSG_VER_ERR:
        return LineCause::NOTIFICATION_RECEIVED;
    default:
        return LineCause::PROTOCOL_ERROR;
    }
}

} // namespace keepalive
} // namespace ns3
