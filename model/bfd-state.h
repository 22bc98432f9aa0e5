/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_STATE_H
#define KEEPALIVE_BFD_STATE_H

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The states of a BFD session, with their numbers on the wire (RFC 5880 section 4.1). Free
 *        of ns-3.
 */
enum class BfdState : uint8_t
{
    ADMIN_DOWN = 0, //!< shut by the operator
    DOWN = 1,       //!< nothing is heard, or the session is just being created
    INIT = 2,       //!< the peer is heard; whether it hears us is not known
    UP = 3          //!< both hear each other
};

constexpr std::size_t BFD_STATE_COUNT = 4; //!< how many states there are

/**
 * @brief The name of a state in RFC 5880.
 * @param state the state
 * @return a name such as "AdminDown"
 */
inline const char*
ToString(BfdState state)
{
    switch (state)
    {
    case BfdState::ADMIN_DOWN:
        return "AdminDown";
    case BfdState::DOWN:
        return "Down";
    case BfdState::INIT:
        return "Init";
    case BfdState::UP:
        return "Up";
    }
    return "unknown";
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_STATE_H */
