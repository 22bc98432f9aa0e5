/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_BINDING_H
#define KEEPALIVE_NAT_BINDING_H

#include "nat-endpoint.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One binding of a NAT, and what became of it. Free of ns-3.
 */
struct NatBinding
{
    /// Why it ended.
    enum class End : uint8_t
    {
        NONE,    //!< it has not
        EXPIRED, //!< it was idle for longer than its timeout
        RESET,   //!< a reset answered the first segment: there is no connection
        FLUSHED  //!< the box lost it: a reboot, or an operator
    };

    uint8_t protocol{0};  //!< IP protocol number
    NatEndpoint internal; //!< the end inside
    NatEndpoint external; //!< what it is called outside; the same in a firewall
    NatEndpoint remote;   //!< the first other end
    int64_t created{0};   //!< when the first packet came, in nanoseconds
    int64_t ended{0};     //!< when it ended: exactly the timeout behind the last packet that counts
    End end{End::NONE};   //!< why it ended

    /**
     * @brief Signature of the BindingCreated and BindingExpired trace sources.
     * @param binding the binding
     */
    typedef void (*TracedCallback)(const NatBinding& binding);
};

/**
 * @brief The name of an end, as it appears in tables and logs.
 * @param end why a binding ended
 * @return a short lower-case name such as "expired"
 */
const char* ToString(NatBinding::End end);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_BINDING_H */
