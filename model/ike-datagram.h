/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_DATAGRAM_H
#define KEEPALIVE_IKE_DATAGRAM_H

#include "ns3/ipv4-address.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What two IKE peers send each other.
 */
enum class IkeDatagram : uint8_t
{
    IKE,          //!< an ISAKMP message, on UDP 500, or on UDP 4500 behind a non-ESP marker
    ESP,          //!< user data: ESP in UDP on 4500, plain ESP (IP protocol 50) without NAT
    NAT_KEEPALIVE //!< one octet 0xFF on UDP 4500 (RFC 3948): never a sign of life
};

/**
 * @brief Signature of the Tx and Rx trace sources of IkePort and IkeAssociation.
 * @param datagram the UDP payload, non-ESP marker and all; of plain ESP the IP payload
 * @param kind what it is
 */
typedef void (*IkeDatagramTracedCallback)(Ptr<const Packet> datagram, IkeDatagram kind);

/**
 * @ingroup keepalive
 * @brief Where a datagram comes from or goes to.
 */
struct IkeEndpoint
{
    Ipv4Address address; //!< the host
    uint16_t port{0};    //!< its UDP port; 0 for plain ESP
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_DATAGRAM_H */
