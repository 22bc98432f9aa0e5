/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-payload.h"

#include "network-order.h"

namespace ns3
{
namespace keepalive
{

std::optional<IkePayload::Chain>
IkePayload::Read(uint8_t first, const std::vector<uint8_t>& bytes)
{
    Chain chain;
    std::size_t at = 0;
    uint8_t type = first;
    while (type != NONE)
    {
        const std::size_t left = bytes.size() - at;
        if (left < HEADER_SIZE)
        {
            return std::nullopt;
        }
        const std::size_t length = ReadUint16(&bytes[at + 2]);
        if (length < HEADER_SIZE || length > left)
        {
            return std::nullopt;
        }
        IkePayload payload;
        payload.type = type;
        payload.reserved = bytes[at + 1];
        const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        payload.body.assign(begin + HEADER_SIZE, begin + static_cast<std::ptrdiff_t>(length));
        chain.payloads.push_back(payload);
        chain.last = bytes[at];
        type = type == ENCRYPTED ? NONE : chain.last; // what it names then is inside
        at += length;
    }
    chain.rest.assign(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end());
    return chain;
}

std::vector<uint8_t>
IkePayload::Write(const Chain& chain)
{
    std::vector<uint8_t> bytes;
    for (std::size_t i = 0; i < chain.payloads.size(); i++)
    {
        const IkePayload& payload = chain.payloads[i];
        bytes.push_back(i + 1 < chain.payloads.size() ? chain.payloads[i + 1].type : chain.last);
        bytes.push_back(payload.reserved);
        AppendUint16(bytes, static_cast<uint16_t>(HEADER_SIZE + payload.body.size()));
        bytes.insert(bytes.end(), payload.body.begin(), payload.body.end());
    }
    bytes.insert(bytes.end(), chain.rest.begin(), chain.rest.end());
    return bytes;
}

} // namespace keepalive
} // namespace ns3
