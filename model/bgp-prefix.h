/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_PREFIX_H
#define KEEPALIVE_BGP_PREFIX_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A block of IPv4 addresses, the destination of a route (RFC 4271 section 4.3). Free of
 *        ns-3.
 */
struct BgpPrefix
{
    uint32_t address{0}; //!< first address of the block, in host order
    uint8_t length{0};   //!< leading bits that the addresses of the block share, 0 to 32

    /**
     * @brief The mask of a length.
     * @param length 0 to 32
     * @return that many one bits, then zeros
     */
    static constexpr uint32_t MaskOf(uint8_t length)
    {
        return length == 0 ? 0 : ~uint32_t{0} << (32 - length);
    }

    /**
     * @brief A prefix without the bits that its length leaves open, which mean nothing on the wire.
     * @param address any address of the block, in host order
     * @param length 0 to 32
     * @return the prefix
     */
    static constexpr BgpPrefix Of(uint32_t address, uint8_t length)
    {
        return BgpPrefix{address & MaskOf(length), length};
    }

    /**
     * @brief Whether an address lies in the block.
     * @param other the address, in host order
     * @return true if it does
     */
    constexpr bool Contains(uint32_t other) const
    {
        return (other & MaskOf(length)) == address;
    }
};

/**
 * @brief Compare two prefixes.
 * @param a one
 * @param b the other
 * @return true if they are the same block
 */
constexpr bool
operator==(const BgpPrefix& a, const BgpPrefix& b)
{
    return a.address == b.address && a.length == b.length;
}

/**
 * @brief Order prefixes by address, the larger block first.
 * @param a one
 * @param b the other
 * @return true if a comes first
 */
constexpr bool
operator<(const BgpPrefix& a, const BgpPrefix& b)
{
    return a.address != b.address ? a.address < b.address : a.length < b.length;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_PREFIX_H */
