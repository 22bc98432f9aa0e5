/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-reaction.h"

#include <cstddef>

namespace ns3
{
namespace keepalive
{

BgpReaction
FindBgpReaction(BgpState state, BgpEvent event)
{
    using R = BgpReaction;
    // clang-format off
    static constexpr R TABLE[BGP_EVENT_COUNT][BGP_STATE_COUNT] = {
        //                              Idle       Connect         Active          OpenSent         OpenConfirm      Established
        /*  1 ManualStart            */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  2 ManualStop             */ {R::CANCEL, R::STOP,        R::STOP,        R::STOP,         R::STOP,         R::STOP},
        /*  3 AutomaticStart         */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  4 ManualStart passive    */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  5 AutomaticStart passive */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  6 AutomaticStart damp    */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  7 ... damp passive       */ {R::START,  R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::NONE},
        /*  8 AutomaticStop          */ {R::NONE,   R::QUIT,        R::QUIT,        R::CEASE,        R::CEASE,        R::CEASE},
        /*  9 ConnectRetryTimer      */ {R::NONE,   R::RETRY,       R::RETRY,       R::FSM_ERROR,    R::FSM_ERROR,    R::FSM_ERROR},
        /* 10 HoldTimer              */ {R::NONE,   R::QUIT,        R::QUIT,        R::SILENCE,      R::SILENCE,      R::SILENCE},
        /* 11 KeepaliveTimer         */ {R::NONE,   R::QUIT,        R::QUIT,        R::FSM_ERROR,    R::KEEP_ALIVE,   R::KEEP_ALIVE},
        /* 12 DelayOpenTimer         */ {R::NONE,   R::DELAY_OVER,  R::DELAY_OVER,  R::FSM_ERROR,    R::FSM_ERROR,    R::FSM_ERROR},
        /* 13 IdleHoldTimer          */ {R::START,  R::QUIT,        R::QUIT,        R::FSM_ERROR,    R::FSM_ERROR,    R::FSM_ERROR},
        /* 14 TcpConnection_Valid    */ {R::REJECT, R::NONE,        R::NONE,        R::TRACK,        R::TRACK,        R::TRACK},
        /* 15 Tcp_CR_Invalid         */ {R::REJECT, R::REJECT,      R::REJECT,      R::NONE,         R::NONE,         R::NONE},
        /* 16 Tcp_CR_Acked           */ {R::NONE,   R::CONNECTED,   R::CONNECTED,   R::TRACK,        R::TRACK,        R::TRACK},
        /* 17 TcpConnectionConfirmed */ {R::REJECT, R::CONNECTED,   R::CONNECTED,   R::TRACK,        R::TRACK,        R::TRACK},
        /* 18 TcpConnectionFails     */ {R::NONE,   R::UNREACHABLE, R::QUIT,        R::LISTEN_AGAIN, R::QUIT,         R::LOST},
        /* 19 BGPOpen                */ {R::NONE,   R::QUIT,        R::QUIT,        R::OPENED,       R::SECOND_OPEN,  R::SECOND_OPEN},
        /* 20 BGPOpen, delaying      */ {R::NONE,   R::PEER_FIRST,  R::PEER_FIRST,  R::FSM_ERROR,    R::FSM_ERROR,    R::FSM_ERROR},
        /* 21 BGPHeaderErr           */ {R::NONE,   R::REPORT,      R::REPORT,      R::REPORT,       R::REPORT,       R::BAD_HEADER},
        /* 22 BGPOpenMsgErr          */ {R::NONE,   R::REPORT,      R::REPORT,      R::REPORT,       R::REPORT,       R::FSM_ERROR},
        /* 23 OpenCollisionDump      */ {R::NONE,   R::QUIT,        R::QUIT,        R::DUMP,         R::DUMP,         R::DUMP},
        /* 24 NotifMsgVerErr         */ {R::NONE,   R::OLD_VERSION, R::OLD_VERSION, R::OLD_VERSION,  R::OLD_VERSION,  R::LOST},
        /* 25 NotifMsg               */ {R::NONE,   R::QUIT,        R::QUIT,        R::NOTIFIED,     R::QUIT,         R::LOST},
        /* 26 KeepAliveMsg           */ {R::NONE,   R::QUIT,        R::QUIT,        R::FSM_ERROR,    R::UP,           R::HEARD},
        /* 27 UpdateMsg              */ {R::NONE,   R::QUIT,        R::QUIT,        R::FSM_ERROR,    R::UP_BY_UPDATE, R::UPDATE},
        /* 28 UpdateMsgErr           */ {R::NONE,   R::QUIT,        R::QUIT,        R::FSM_ERROR,    R::FSM_ERROR,    R::REPORT},
        /* 29 SendHoldTimer          */ {R::NONE,   R::NONE,        R::NONE,        R::NONE,         R::NONE,         R::STUCK},
    };
    // clang-format on
    return TABLE[static_cast<std::size_t>(event) - 1][static_cast<std::size_t>(state)];
}

} // namespace keepalive
} // namespace ns3
