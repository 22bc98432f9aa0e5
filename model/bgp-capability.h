/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_CAPABILITY_H
#define KEEPALIVE_BGP_CAPABILITY_H

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Something that a speaker can do beyond RFC 4271, as its OPEN says it (RFC 5492). Free of
 *        ns-3.
 */
struct BgpCapability
{
    /// Codes that are understood here; a receiver ignores all others.
    enum Code : uint8_t
    {
        MULTIPROTOCOL = 1, //!< an address family: AFI, a zero byte, SAFI (RFC 4760 section 8)
        ROUTE_REFRESH = 2, //!< answers ROUTE-REFRESH; no value (RFC 2918 section 2)
        FOUR_OCTET_AS = 65 //!< its AS number, four bytes (RFC 6793 section 3)
    };

    uint8_t code{0};            //!< which; not only a Code
    std::vector<uint8_t> value; //!< up to 255 bytes

    /**
     * @brief Routes to IPv4 unicast destinations.
     * @return the capability
     */
    static BgpCapability MakeMultiprotocolIpv4();

    /**
     * @brief ROUTE-REFRESH messages.
     * @return the capability
     */
    static BgpCapability MakeRouteRefresh();

    /**
     * @brief AS numbers of four octets.
     * @param as the speaker's own
     * @return the capability
     */
    static BgpCapability MakeFourOctetAs(uint32_t as);

    /**
     * @brief Whether the value has the form that the code asks for.
     * @return false if it cannot be understood; true for a code that is not known
     */
    bool IsWellFormed() const;
};

/**
 * @brief Compare two capabilities.
 * @param a one
 * @param b the other
 * @return true if they are the same
 */
bool operator==(const BgpCapability& a, const BgpCapability& b);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_CAPABILITY_H */
