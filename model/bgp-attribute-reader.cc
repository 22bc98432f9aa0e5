/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-attribute-reader.h"

#include "bgp-attribute-type.h"
#include "bgp-open.h"
#include "network-order.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

using Type = BgpAttributeType;

/**
 * @brief Whether an address can be that of a router (RFC 4271 section 6.3).
 * @param address the address, in host order
 * @return false for "this network", loopback, multicast and reserved addresses
 */
bool
IsHostAddress(uint32_t address)
{
    const uint32_t first = address >> 24;
    return first != 0 && first != 127 && first < 224;
}

} // namespace

BgpAttributeReader::BgpAttributeReader(bool fourOctetAs, bool external)
    : m_fourOctetAs(fourOctetAs),
      m_external(external)
{
}

std::optional<BgpError>
BgpAttributeReader::Read(const uint8_t* data, std::size_t size)
{
    const BgpError malformedList{BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_ATTRIBUTES, {}};
    for (std::size_t at = 0; at < size;)
    {
        const std::size_t left = size - at;
        const std::size_t header = (data[at] & Type::EXTENDED) != 0 ? 4 : 3;
        if (left < header)
        {
            return malformedList;
        }
        Attribute attribute;
        attribute.flags = data[at];
        attribute.type = data[at + 1];
        attribute.begin = data + at;
        attribute.value = attribute.begin + header;
        attribute.size = header == 4 ? ReadUint16(data + at + 2) : data[at + 2];
        if (left - header < attribute.size || m_seen[attribute.type])
        {
            return malformedList;
        }
        m_seen.set(attribute.type);
        if (std::optional<BgpError> error = CheckForm(attribute))
        {
            return error;
        }
        if (std::optional<BgpError> error = ReadValue(attribute))
        {
            return error;
        }
        at += header + attribute.size;
    }
    return std::nullopt;
}

std::optional<BgpError>
BgpAttributeReader::CheckForm(const Attribute& attribute) const
{
    uint8_t flags = 0;
    uint8_t meaningful = Type::OPTIONAL | Type::TRANSITIVE | Type::PARTIAL;
    std::optional<std::size_t> size;
    switch (attribute.type)
    {
    case Type::ORIGIN:
        flags = Type::TRANSITIVE;
        size = 1;
        break;
    case Type::AS_PATH:
        flags = Type::TRANSITIVE;
        break;
    case Type::NEXT_HOP:
    case Type::LOCAL_PREF:
        flags = Type::TRANSITIVE;
        size = 4;
        break;
    case Type::MULTI_EXIT_DISC:
        flags = Type::OPTIONAL;
        size = 4;
        break;
    case Type::ATOMIC_AGGREGATE:
        flags = Type::TRANSITIVE;
        size = 0;
        break;
    case Type::AGGREGATOR:
        flags = Type::OPTIONAL | Type::TRANSITIVE;
        meaningful = Type::OPTIONAL | Type::TRANSITIVE;
        size = m_fourOctetAs ? 8 : 6;
        break;
    case Type::AS4_PATH:
    case Type::AS4_AGGREGATOR:
        if (m_fourOctetAs)
        {
            return std::nullopt; // whatever it is, it is discarded (RFC 6793 section 4.1)
        }
        flags = Type::OPTIONAL | Type::TRANSITIVE;
        meaningful = Type::OPTIONAL | Type::TRANSITIVE;
        break; // of a wrong length: ignored, not refused (RFC 6793 section 6)
    default:
        if ((attribute.flags & Type::OPTIONAL) == 0)
        {
            return Refuse(BgpError::UNRECOGNIZED_WELL_KNOWN, attribute);
        }
        return std::nullopt;
    }
    if ((attribute.flags & meaningful) != flags)
    {
        return Refuse(BgpError::ATTRIBUTE_FLAGS, attribute);
    }
    if (size && attribute.size != *size)
    {
        return Refuse(BgpError::ATTRIBUTE_LENGTH, attribute);
    }
    return std::nullopt;
}

std::optional<BgpError>
BgpAttributeReader::ReadValue(const Attribute& attribute)
{
    const uint8_t* const value = attribute.value;
    switch (attribute.type)
    {
    case Type::ORIGIN:
        if (value[0] > static_cast<uint8_t>(BgpPathAttributes::Origin::INCOMPLETE))
        {
            return Refuse(BgpError::INVALID_ORIGIN, attribute);
        }
        m_attributes.origin = static_cast<BgpPathAttributes::Origin>(value[0]);
        break;
    case Type::AS_PATH: {
        std::optional<BgpAsPath> path = ReadAsPath(value, attribute.size, m_fourOctetAs);
        if (!path)
        {
            return BgpError{BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_AS_PATH, {}};
        }
        m_attributes.asPath = std::move(*path);
        break;
    }
    case Type::NEXT_HOP:
        m_attributes.nextHop = ReadUint32(value);
        if (!IsHostAddress(m_attributes.nextHop))
        {
            return Refuse(BgpError::INVALID_NEXT_HOP, attribute);
        }
        break;
    case Type::MULTI_EXIT_DISC:
        m_attributes.med = ReadUint32(value);
        break;
    case Type::LOCAL_PREF:
        if (!m_external)
        {
            m_attributes.localPref = ReadUint32(value);
        }
        break;
    case Type::ATOMIC_AGGREGATE:
        m_attributes.atomicAggregate = true;
        break;
    case Type::AGGREGATOR: {
        const uint32_t as = m_fourOctetAs ? ReadUint32(value) : ReadUint16(value);
        if (as == 0)
        {
            return Refuse(BgpError::OPTIONAL_ATTRIBUTE, attribute); // RFC 7607 section 2
        }
        m_attributes.aggregator = {as, ReadUint32(value + attribute.size - 4)};
        break;
    }
    case Type::AS4_PATH:
        m_as4Path = ReadAs4Path(value, attribute.size).value_or(BgpAsPath());
        break;
    case Type::AS4_AGGREGATOR:
        if (attribute.size == 8 && ReadUint32(value) != 0)
        {
            m_as4Aggregator = {ReadUint32(value), ReadUint32(value + 4)};
        }
        break;
    default:
        Keep(attribute);
        break;
    }
    return std::nullopt;
}

void
BgpAttributeReader::Keep(const Attribute& attribute)
{
    BgpPathAttributes::Unknown unknown;
    unknown.flags = attribute.flags & static_cast<uint8_t>(~Type::UNUSED);
    unknown.type = attribute.type;
    unknown.value.assign(attribute.value, attribute.value + attribute.size);
    std::vector<BgpPathAttributes::Unknown>& all = m_attributes.unknown;
    const auto comesAfter = [&attribute](const BgpPathAttributes::Unknown& other) {
        return other.type > attribute.type;
    };
    all.insert(std::find_if(all.begin(), all.end(), comesAfter), std::move(unknown));
}

std::optional<BgpError>
BgpAttributeReader::CheckMandatory() const
{
    for (const uint8_t type : {Type::ORIGIN, Type::AS_PATH, Type::NEXT_HOP})
    {
        if (!m_seen[type])
        {
            return BgpError{BgpError::UPDATE_MESSAGE, BgpError::MISSING_WELL_KNOWN, {type}};
        }
    }
    return std::nullopt;
}

BgpPathAttributes
BgpAttributeReader::Take()
{
    if (m_fourOctetAs)
    {
        return std::move(m_attributes); // AS4_PATH and AS4_AGGREGATOR have no business here
    }
    std::optional<BgpPathAttributes::Aggregator>& aggregator = m_attributes.aggregator;
    if (aggregator && m_as4Aggregator)
    {
        // A speaker of two octets made one route out of several, and passed on what was said of one
        // of those (RFC 6793 section 4.2.3).
        if (aggregator->as != BgpOpen::AS_TRANS)
        {
            return std::move(m_attributes);
        }
        aggregator = m_as4Aggregator;
    }
    if (!m_as4Path.empty())
    {
        m_attributes.asPath = MergeAs4Path(m_attributes.asPath, m_as4Path);
    }
    return std::move(m_attributes);
}

BgpError
BgpAttributeReader::Refuse(uint8_t subcode, const Attribute& attribute)
{
    return BgpError{BgpError::UPDATE_MESSAGE,
                    subcode,
                    {attribute.begin, attribute.value + attribute.size}};
}

} // namespace keepalive
} // namespace ns3
