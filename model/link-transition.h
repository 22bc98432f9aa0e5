/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINK_TRANSITION_H
#define KEEPALIVE_LINK_TRANSITION_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a detector concludes from one input.
 *
 * Every decision class of this module answers each input with one of these, and reports each edge
 * once: a detector that is already down never answers WENT_DOWN again. In the terms of Chen, Toueg
 * and Aguilera (IEEE Trans. Computers 51(5), 2002) WENT_DOWN is an S-transition (trust to suspect)
 * and WENT_UP a T-transition (suspect to trust).
 */
enum class LinkTransition : uint8_t
{
    NONE,      //!< the verdict did not change
    WENT_DOWN, //!< the peer was trusted and is now suspected
    WENT_UP    //!< the peer was suspected and is now trusted
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINK_TRANSITION_H */
