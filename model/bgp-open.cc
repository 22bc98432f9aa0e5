/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-open.h"

#include "bgp-header.h"
#include "network-order.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Type of an optional parameter that holds capabilities (RFC 5492 section 4).
constexpr uint8_t PARAMETER_CAPABILITIES = 2;
/// Bytes in front of the value of a parameter and of a capability alike: type or code, and length.
constexpr std::size_t TLV_SIZE = 2;
/// Subcode of an error that has none of its own.
constexpr uint8_t UNSPECIFIC = 0;

/**
 * @brief An error of an OPEN.
 * @param subcode what is wrong
 * @return what to tell the peer
 */
BgpError
Refuse(uint8_t subcode)
{
    return BgpError{BgpError::OPEN_MESSAGE, subcode, {}};
}

/**
 * @brief An error of an OPEN, with what is refused.
 * @param subcode what is wrong
 * @param refused the data: a number of two bytes
 * @return what to tell the peer
 */
BgpError
Refuse(uint8_t subcode, uint16_t refused)
{
    BgpError error = Refuse(subcode);
    AppendUint16(error.data, refused);
    return error;
}

/**
 * @brief Whether something that says its own length lies in the bytes that are left.
 * @param data type, length and value
 * @param size bytes that are left
 * @return false if it does not
 */
bool
IsWhole(const uint8_t* data, std::size_t size)
{
    return size >= TLV_SIZE && TLV_SIZE + data[1] <= size;
}

/**
 * @brief Encode the capabilities of a parameter.
 * @param parameter the capabilities
 * @return the value of the parameter
 */
std::vector<uint8_t>
EncodeParameter(const BgpOpen::Parameter& parameter)
{
    std::vector<uint8_t> bytes;
    for (const BgpCapability& capability : parameter)
    {
        bytes.push_back(capability.code);
        bytes.push_back(static_cast<uint8_t>(capability.value.size()));
        bytes.insert(bytes.end(), capability.value.begin(), capability.value.end());
    }
    return bytes;
}

/**
 * @brief Read the capabilities of a parameter.
 * @param data the value of the parameter
 * @param size how many bytes
 * @return the capabilities; nothing if they are malformed
 */
std::optional<BgpOpen::Parameter>
ReadParameter(const uint8_t* data, std::size_t size)
{
    BgpOpen::Parameter parameter;
    for (std::size_t at = 0; at < size;)
    {
        if (!IsWhole(data + at, size - at))
        {
            return std::nullopt;
        }
        const uint8_t* const value = data + at + TLV_SIZE;
        const uint8_t length = data[at + 1];
        parameter.push_back(BgpCapability{data[at], {value, value + length}});
        if (!parameter.back().IsWellFormed())
        {
            return std::nullopt;
        }
        at += TLV_SIZE + length;
    }
    return parameter;
}

} // namespace

BgpOpen
BgpOpen::Make(uint32_t as, uint16_t holdTime, uint32_t identifier, bool fourOctetAs)
{
    BgpOpen open;
    open.myAs = as > UINT16_MAX ? AS_TRANS : static_cast<uint16_t>(as);
    open.holdTime = holdTime;
    open.identifier = identifier;
    open.AddCapability(BgpCapability::MakeMultiprotocolIpv4());
    if (fourOctetAs)
    {
        open.AddCapability(BgpCapability::MakeFourOctetAs(as));
    }
    return open;
}

void
BgpOpen::AddCapability(BgpCapability capability)
{
    if (parameters.empty())
    {
        parameters.emplace_back();
    }
    parameters.back().push_back(std::move(capability));
}

const BgpCapability*
BgpOpen::Find(uint8_t code) const
{
    for (const Parameter& parameter : parameters)
    {
        for (const BgpCapability& capability : parameter)
        {
            if (capability.code == code)
            {
                return &capability;
            }
        }
    }
    return nullptr;
}

uint32_t
BgpOpen::GetAs() const
{
    const BgpCapability* const capability = Find(BgpCapability::FOUR_OCTET_AS);
    return capability && capability->IsWellFormed() ? ReadUint32(capability->value.data()) : myAs;
}

bool
BgpOpen::HasFourOctetAs() const
{
    return Find(BgpCapability::FOUR_OCTET_AS) != nullptr;
}

bool
BgpOpen::HasRouteRefresh() const
{
    return Find(BgpCapability::ROUTE_REFRESH) != nullptr;
}

bool
BgpOpen::HasIpv4() const
{
    bool namesFamilies = false;
    for (const Parameter& parameter : parameters)
    {
        for (const BgpCapability& capability : parameter)
        {
            if (capability.code != BgpCapability::MULTIPROTOCOL)
            {
                continue;
            }
            namesFamilies = true;
            const std::vector<uint8_t>& value = capability.value;
            // Whatever the third octet is (RFC 4760 section 8).
            if (value.size() == 4 && ReadUint16(value.data()) == 1 && value[3] == 1)
            {
                return true;
            }
        }
    }
    return !namesFamilies;
}

std::vector<uint8_t>
BgpOpen::Encode() const
{
    std::vector<uint8_t> message;
    BgpHeader{0, BgpMessageType::OPEN}.AppendTo(message);
    message.push_back(version);
    AppendUint16(message, myAs);
    AppendUint16(message, holdTime);
    AppendUint32(message, identifier);
    const std::size_t lengthAt = message.size();
    message.push_back(0);
    for (const Parameter& parameter : parameters)
    {
        const std::vector<uint8_t> value = EncodeParameter(parameter);
        const std::size_t used = message.size() - lengthAt - 1;
        if (used + TLV_SIZE + value.size() > UINT8_MAX)
        {
            continue;
        }
        message.push_back(PARAMETER_CAPABILITIES);
        message.push_back(static_cast<uint8_t>(value.size()));
        message.insert(message.end(), value.begin(), value.end());
    }
    message[lengthAt] = static_cast<uint8_t>(message.size() - lengthAt - 1);
    BgpHeader::Finish(message);
    return message;
}

std::variant<BgpOpen, BgpError>
BgpOpen::Decode(const uint8_t* body, std::size_t size)
{
    if (size < BODY_SIZE)
    {
        return Refuse(UNSPECIFIC); // the header has ruled that out
    }
    BgpOpen open;
    open.version = body[0];
    if (open.version != VERSION)
    {
        return Refuse(BgpError::UNSUPPORTED_VERSION, VERSION);
    }
    open.myAs = ReadUint16(body + 1);
    open.holdTime = ReadUint16(body + 3);
    open.identifier = ReadUint32(body + 5);
    if (body[BODY_SIZE - 1] != size - BODY_SIZE)
    {
        return Refuse(UNSPECIFIC);
    }
    for (std::size_t at = BODY_SIZE; at < size;)
    {
        if (!IsWhole(body + at, size - at))
        {
            return Refuse(UNSPECIFIC);
        }
        if (body[at] != PARAMETER_CAPABILITIES)
        {
            return Refuse(BgpError::UNSUPPORTED_PARAMETER);
        }
        const uint8_t length = body[at + 1];
        std::optional<Parameter> parameter = ReadParameter(body + at + TLV_SIZE, length);
        if (!parameter)
        {
            return Refuse(UNSPECIFIC);
        }
        open.parameters.push_back(std::move(*parameter));
        at += TLV_SIZE + length;
    }
    return open;
}

std::optional<BgpError>
BgpOpen::Check(uint32_t expectedAs, uint32_t ownIdentifier, uint32_t ownAs) const
{
    // No AS has the number 0 (RFC 7607 section 2).
    const uint32_t as = GetAs();
    if (as == 0 || (expectedAs != 0 && as != expectedAs))
    {
        return Refuse(BgpError::BAD_PEER_AS, myAs);
    }
    if (identifier == 0 || (identifier == ownIdentifier && as == ownAs))
    {
        return Refuse(BgpError::BAD_IDENTIFIER);
    }
    if (holdTime == 1 || holdTime == 2)
    {
        return Refuse(BgpError::UNACCEPTABLE_HOLD_TIME, holdTime);
    }
    return std::nullopt;
}

bool
operator==(const BgpOpen& a, const BgpOpen& b)
{
    return a.version == b.version && a.myAs == b.myAs && a.holdTime == b.holdTime &&
           a.identifier == b.identifier && a.parameters == b.parameters;
}

} // namespace keepalive
} // namespace ns3
