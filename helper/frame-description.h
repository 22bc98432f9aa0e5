/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FRAME_DESCRIPTION_H
#define KEEPALIVE_FRAME_DESCRIPTION_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a frame is, in one word, and the numbers in it.
 */
struct FrameDescription
{
    std::string kind{"other"};            //!< such as "keepalive" or "echo-request"
    std::optional<uint32_t> identifier;   //!< number of a keepalive, or of a PPP control packet
    std::optional<uint32_t> acknowledged; //!< number that a keepalive of HDLC returns
};

/**
 * @brief Describe a frame of Cisco HDLC.
 *
 * Kinds: keepalive, slarp-request, slarp-reply, ipv4, ipv6, other. Only a keepalive has numbers.
 *
 * @param frame any bytes, from the address byte on
 * @return the description; "other" for whatever is malformed
 */
FrameDescription DescribeHdlcFrame(Ptr<const Packet> frame);

/**
 * @brief Describe a frame of PPP.
 *
 * Kinds: configure-request, configure-ack, configure-nak, configure-reject, terminate-request,
 * terminate-ack, code-reject, protocol-reject, echo-request, echo-reply and discard-request of LCP;
 * the first seven of IPCP and IPV6CP, as "ipcp-configure-request" and so on; ipv4, ipv6, other.
 * The identifier is that of a control packet.
 *
 * @param frame any bytes, from FF 03 or, where these are compressed away, from the protocol on
 * @return the description; "other" for whatever is malformed
 */
FrameDescription DescribePppFrame(Ptr<const Packet> frame);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FRAME_DESCRIPTION_H */
