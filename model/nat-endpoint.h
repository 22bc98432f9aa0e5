/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_ENDPOINT_H
#define KEEPALIVE_NAT_ENDPOINT_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of a flow, as a NAT sees it. Free of ns-3.
 */
struct NatEndpoint
{
    uint32_t address{0}; //!< IPv4 address, in host order
    uint16_t port{0};    //!< port of UDP or TCP; identifier of an ICMP query at the end that asks,
                         //!< 0 at the other one; 0 for any other protocol

    /**
     * @brief Compare.
     * @param other another end
     * @return true if it is the same
     */
    bool operator==(const NatEndpoint& other) const
    {
        return address == other.address && port == other.port;
    }

    /**
     * @brief Compare.
     * @param other another end
     * @return true if it is not the same
     */
    bool operator!=(const NatEndpoint& other) const
    {
        return !(*this == other);
    }
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_ENDPOINT_H */
