/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_AS_PATH_H
#define KEEPALIVE_BGP_AS_PATH_H

#include "bgp-path-attributes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/**
 * @file
 * @brief AS_PATH and AS4_PATH in bytes (RFC 4271 section 4.3 b, RFC 6793 section 4.2). Free of
 * ns-3.
 */

namespace ns3
{
namespace keepalive
{

/// The segments of a path, the latest first.
using BgpAsPath = std::vector<BgpPathAttributes::Segment>;

/**
 * @brief Read a path.
 *
 * Malformed are: lengths that do not fit, a segment without a number (RFC 7606 section 7.2), AS 0
 * (RFC 7607 section 2), a segment of no type that is known. There are no confederations here, so
 * that their segments are not known either (RFC 5065 section 4).
 *
 * @param data value of the attribute
 * @param size how many bytes
 * @param fourOctetAs whether a number has four bytes, or two
 * @return the path; nothing if it is malformed
 */
std::optional<BgpAsPath> ReadAsPath(const uint8_t* data, std::size_t size, bool fourOctetAs);

/**
 * @brief Read the value of an AS4_PATH. Segments of confederations, which have no business there,
 *        are left out (RFC 6793 section 6).
 * @param data value of the attribute
 * @param size how many bytes
 * @return the path; nothing if it is malformed, as ReadAsPath has it
 */
std::optional<BgpAsPath> ReadAs4Path(const uint8_t* data, std::size_t size);

/**
 * @brief Encode a path; a segment of too many numbers becomes several.
 * @param path the path
 * @param fourOctetAs whether a number has four bytes, or two: then AS_TRANS stands for those that
 *        do not fit
 * @return value of the attribute
 */
std::vector<uint8_t> EncodeAsPath(const BgpAsPath& path, bool fourOctetAs);

/**
 * @brief Whether AS_TRANS would stand for a number of a path among speakers of two octets.
 * @param path the path
 * @return true if there is one
 */
bool HasFourOctetAs(const BgpAsPath& path);

/**
 * @brief Length of a path (RFC 4271 section 9.1.2.2 a).
 * @param path the path
 * @return how many numbers; a set counts as one
 */
std::size_t CountAsPath(const BgpAsPath& path);

/**
 * @brief Put the numbers back that a path lost on its way through speakers of two octets (RFC 6793
 *        section 4.2.3).
 * @param path AS_PATH, complete, but with AS_TRANS in it
 * @param as4Path AS4_PATH, without the numbers that those speakers put in front since
 * @return the path with all numbers; AS_PATH if the other cannot belong to it
 */
BgpAsPath MergeAs4Path(const BgpAsPath& path, const BgpAsPath& as4Path);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_AS_PATH_H */
