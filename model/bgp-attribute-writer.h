/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ATTRIBUTE_WRITER_H
#define KEEPALIVE_BGP_ATTRIBUTE_WRITER_H

#include "bgp-path-attributes.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Encode path attributes, in the order of their types (RFC 4271 section 4.3). Free of ns-3.
 * @param attributes the attributes; NEXT_HOP is left out if it is 0
 * @param fourOctetAs whether both sides speak AS numbers of four octets; if not, AS4_PATH and
 *        AS4_AGGREGATOR say what does not fit (RFC 6793 section 4.2.2)
 * @return the field Path Attributes
 */
std::vector<uint8_t> EncodePathAttributes(const BgpPathAttributes& attributes, bool fourOctetAs);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ATTRIBUTE_WRITER_H */
