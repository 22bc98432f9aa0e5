/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_TRANSITION_H
#define KEEPALIVE_BGP_TRANSITION_H

#include "bgp-action-list.h"
#include "bgp-error.h"
#include "bgp-event.h"
#include "bgp-state.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an event led to. Free of ns-3.
 */
struct BgpTransition
{
    BgpState from{BgpState::IDLE};          //!< state before
    BgpState to{BgpState::IDLE};            //!< state after; may be the same
    BgpEvent event{BgpEvent::MANUAL_START}; //!< what happened
    BgpActionList actions;                  //!< what to do now, in this order

    /**
     * @brief What SEND_NOTIFICATION says.
     *
     * None for events 21, 22 and 28 where the NOTIFICATION tells the peer of that very error: the
     * owner has it from the decoder. A Cease for AUTOMATIC_STOP has subcode 0 and one for
     * MANUAL_STOP says ADMIN_SHUTDOWN; an owner that knows better puts its own subcode there.
     */
    std::optional<BgpError> error;

    /**
     * @brief Whether the optional session attributes allow the event at all.
     *
     * If not, it changed nothing, and "the local system should log an FSM error" (section 8.1.2).
     */
    bool allowed{true};

    /**
     * @brief Whether the session came up.
     * @return true if Established was entered
     */
    [[nodiscard]] bool IsUp() const
    {
        return from != BgpState::ESTABLISHED && to == BgpState::ESTABLISHED;
    }

    /**
     * @brief Whether the session went down.
     * @return true if Established was left
     */
    [[nodiscard]] bool IsDown() const
    {
        return from == BgpState::ESTABLISHED && to != BgpState::ESTABLISHED;
    }
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_TRANSITION_H */
