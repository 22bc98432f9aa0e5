/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NETWORK_ORDER_H
#define KEEPALIVE_NETWORK_ORDER_H

#include <cstdint>
#include <vector>

/**
 * @file
 * @brief Numbers in bytes, the most significant byte first, as every protocol here sends them. Free
 *        of ns-3.
 */

namespace ns3
{
namespace keepalive
{

/**
 * @brief Read a number of two bytes.
 * @param at where they are
 * @return the number
 */
inline uint16_t
ReadUint16(const uint8_t* at)
{
    return static_cast<uint16_t>(at[0] << 8 | at[1]);
}

/**
 * @brief Read a number of four bytes.
 * @param at where they are
 * @return the number
 */
inline uint32_t
ReadUint32(const uint8_t* at)
{
    return uint32_t{ReadUint16(at)} << 16 | ReadUint16(at + 2);
}

/**
 * @brief Write a number over two bytes.
 * @param at where they are
 * @param number the number
 */
inline void
WriteUint16(uint8_t* at, uint16_t number)
{
    at[0] = static_cast<uint8_t>(number >> 8);
    at[1] = static_cast<uint8_t>(number);
}

/**
 * @brief Append a number as two bytes.
 * @param bytes what to append to
 * @param number the number
 */
inline void
AppendUint16(std::vector<uint8_t>& bytes, uint16_t number)
{
    bytes.push_back(static_cast<uint8_t>(number >> 8));
    bytes.push_back(static_cast<uint8_t>(number));
}

/**
 * @brief Append a number as four bytes.
 * @param bytes what to append to
 * @param number the number
 */
inline void
AppendUint32(std::vector<uint8_t>& bytes, uint32_t number)
{
    AppendUint16(bytes, static_cast<uint16_t>(number >> 16));
    AppendUint16(bytes, static_cast<uint16_t>(number));
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NETWORK_ORDER_H */
