/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_STATE_H
#define KEEPALIVE_BGP_STATE_H

#include <cstddef>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The states of a BGP connection (RFC 4271 section 8.2.2). Free of ns-3.
 */
enum class BgpState : uint8_t
{
    IDLE,         //!< nothing is tried, and incoming connections are refused
    CONNECT,      //!< waiting for the TCP connection that this end opens
    ACTIVE,       //!< waiting for a TCP connection that the peer opens
    OPEN_SENT,    //!< OPEN sent, waiting for the peer's
    OPEN_CONFIRM, //!< OPEN received, waiting for a KEEPALIVE
    ESTABLISHED   //!< routes are exchanged
};

constexpr std::size_t BGP_STATE_COUNT = 6; //!< how many states there are

/**
 * @brief The name of a state in RFC 4271.
 * @param state the state
 * @return a name such as "OpenSent"
 */
inline const char*
ToString(BgpState state)
{
    switch (state)
    {
    case BgpState::IDLE:
        return "Idle";
    case BgpState::CONNECT:
        return "Connect";
    case BgpState::ACTIVE:
        return "Active";
    case BgpState::OPEN_SENT:
        return "OpenSent";
    case BgpState::OPEN_CONFIRM:
        return "OpenConfirm";
    case BgpState::ESTABLISHED:
        return "Established";
    }
    return "unknown";
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_STATE_H */
