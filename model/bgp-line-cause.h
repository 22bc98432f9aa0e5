/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_LINE_CAUSE_H
#define KEEPALIVE_BGP_LINE_CAUSE_H

#include "bgp-event.h"
#include "detection-event.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Why a session ends, in the words of detection events.
 * @param event what ended it, other than event 18, whose cause TCP knows
 * @return the cause
 */
[[nodiscard]] LineCause ToLineCause(BgpEvent event);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_LINE_CAUSE_H */
