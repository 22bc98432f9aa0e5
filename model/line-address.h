/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINE_ADDRESS_H
#define KEEPALIVE_LINE_ADDRESS_H

#include "ns3/ipv4-interface-address.h"
#include "ns3/net-device.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The IPv4 address that an interface has.
 * @param device the interface
 * @return its first address with its mask, none if it has none or its node no IPv4
 */
std::optional<Ipv4InterfaceAddress> GetLineAddress(Ptr<NetDevice> device);

/**
 * @ingroup keepalive
 * @brief The interface identifier that an interface has (RFC 5072 section 4.1).
 * @param device the interface
 * @return the last 64 bits of its link-local IPv6 address, the first byte most significant; 0 if it
 *         has none
 */
uint64_t GetLineIdentifier(Ptr<NetDevice> device);

/**
 * @ingroup keepalive
 * @brief Give an interface the IPv4 address that its peer told it, unless it has one.
 *
 * The interface is added to the node's IPv4 if it has none yet, and comes up.
 *
 * @param device the interface
 * @param address address and mask
 * @param peer address of the other end, reached by a route of its own if the mask does not cover
 *        it; 0.0.0.0 for none
 * @return whether it took the address
 */
bool AdoptLineAddress(Ptr<NetDevice> device, const Ipv4InterfaceAddress& address, Ipv4Address peer);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINE_ADDRESS_H */
