/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_HEX_BYTES_H
#define KEEPALIVE_HEX_BYTES_H

#include <cstdint>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Bytes written as hexadecimal text, as tests do it.
 */

namespace ns3
{
namespace keepalive
{

/**
 * @brief Bytes from hexadecimal text.
 * @param hex the text, spaces allowed
 * @return the bytes
 */
inline std::vector<uint8_t>
ToBytes(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    std::string pair;
    for (const char digit : hex)
    {
        if (digit == ' ')
        {
            continue;
        }
        pair += digit;
        if (pair.size() == 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(pair, nullptr, 16)));
            pair.clear();
        }
    }
    return bytes;
}

/**
 * @brief Bytes as hexadecimal text.
 * @param bytes the bytes
 * @return lower-case digits without spaces
 */
inline std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    const std::string digits = "0123456789abcdef";
    std::string hex;
    for (const uint8_t byte : bytes)
    {
        hex += digits[byte >> 4];
        hex += digits[byte & 0x0f];
    }
    return hex;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_HEX_BYTES_H */
