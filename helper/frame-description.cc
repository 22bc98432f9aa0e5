/* SPDX-License-Identifier: GPL-2.0-only */

#include "frame-description.h"

#include "ns3/hdlc-header.h"
#include "ns3/slarp-header.h"

#include <array>
#include <cstddef>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint8_t PPP_ADDRESS = 0xff;          //!< RFC 1662: all stations
constexpr uint8_t PPP_CONTROL = 0x03;          //!< RFC 1662: unnumbered information
constexpr uint16_t PPP_IPV4 = 0x0021;          //!< RFC 1332
constexpr uint16_t PPP_IPV6 = 0x0057;          //!< RFC 5072
constexpr uint16_t PPP_IPCP = 0x8021;          //!< RFC 1332
constexpr uint16_t PPP_IPV6CP = 0x8057;        //!< RFC 5072
constexpr uint16_t PPP_LCP = 0xc021;           //!< RFC 1661
constexpr std::size_t CONTROL_HEADER_SIZE = 4; //!< code, identifier, length

/// Codes of control packets, from 1 on (RFC 1661 section 5).
constexpr const char* CODES[] = {"configure-request",
                                 "configure-ack",
                                 "configure-nak",
                                 "configure-reject",
                                 "terminate-request",
                                 "terminate-ack",
                                 "code-reject",
                                 "protocol-reject",
                                 "echo-request",
                                 "echo-reply",
                                 "discard-request"};
constexpr std::size_t LCP_CODES = 11; //!< codes of LCP
constexpr std::size_t NCP_CODES = 7;  //!< codes of IPCP and IPV6CP

/**
 * @brief Describe a PPP control packet.
 * @param packet code, identifier and length
 * @param available bytes that are there
 * @param prefix of the kind
 * @param codes how many codes the protocol knows
 * @return the description
 */
FrameDescription
DescribeControlPacket(const uint8_t* packet,
                      std::size_t available,
                      const char* prefix,
                      std::size_t codes)
{
    FrameDescription description;
    if (available < CONTROL_HEADER_SIZE || packet[0] == 0 || packet[0] > codes)
    {
        return description;
    }
    description.kind = std::string(prefix) + CODES[packet[0] - 1];
    description.identifier = packet[1];
    return description;
}

} // namespace

FrameDescription
DescribeHdlcFrame(Ptr<const Packet> frame)
{
    FrameDescription description;
    Ptr<Packet> rest = frame->Copy();
    HdlcHeader header;
    rest->RemoveHeader(header);
    if (header.GetError())
    {
        return description;
    }
    if (header.GetProtocol() == HdlcHeader::PROTOCOL_IPV4)
    {
        description.kind = "ipv4";
    }
    else if (header.GetProtocol() == HdlcHeader::PROTOCOL_IPV6)
    {
        description.kind = "ipv6";
    }
    if (header.GetProtocol() != HdlcHeader::PROTOCOL_SLARP)
    {
        return description;
    }
    SlarpHeader slarp;
    rest->RemoveHeader(slarp);
    if (slarp.GetError())
    {
        return description;
    }
    switch (slarp.GetType())
    {
    case SlarpHeader::Type::REQUEST:
        description.kind = "slarp-request";
        break;
    case SlarpHeader::Type::REPLY:
        description.kind = "slarp-reply";
        break;
    case SlarpHeader::Type::KEEPALIVE:
        description.kind = "keepalive";
        description.identifier = slarp.GetSequence();
        description.acknowledged = slarp.GetReturnedSequence();
        break;
    }
    return description;
}

FrameDescription
DescribePppFrame(Ptr<const Packet> frame)
{
    FrameDescription description;
    std::array<uint8_t, 8> bytes{}; // FF 03, protocol, code, identifier, length
    std::size_t available = frame->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    const uint8_t* next = bytes.data();
    if (available >= 2 && next[0] == PPP_ADDRESS && next[1] == PPP_CONTROL)
    {
        next += 2;
        available -= 2;
    }
    if (available < 2)
    {
        return description;
    }
    const auto protocol = static_cast<uint16_t>(next[0] << 8 | next[1]);
    next += 2;
    available -= 2;
    switch (protocol)
    {
    case PPP_IPV4:
        description.kind = "ipv4";
        return description;
    case PPP_IPV6:
        description.kind = "ipv6";
        return description;
    case PPP_LCP:
        return DescribeControlPacket(next, available, "", LCP_CODES);
    case PPP_IPCP:
        return DescribeControlPacket(next, available, "ipcp-", NCP_CODES);
    case PPP_IPV6CP:
        return DescribeControlPacket(next, available, "ipv6cp-", NCP_CODES);
    default:
        return description;
    }
}

} // namespace keepalive
} // namespace ns3
