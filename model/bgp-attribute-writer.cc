/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-attribute-writer.h"

#include "bgp-as-path.h"
#include "bgp-attribute-type.h"
#include "bgp-open.h"
#include "network-order.h"

namespace ns3
{
namespace keepalive
{

namespace
{

using Type = BgpAttributeType;

constexpr uint8_t WELL_KNOWN = Type::TRANSITIVE; //!< flags of what every speaker understands
constexpr uint8_t PASSED_ON = Type::OPTIONAL | Type::TRANSITIVE; //!< flags of what goes on unread

/**
 * @brief Append an attribute.
 * @param bytes what to append to
 * @param flags its flags; EXTENDED is added if the value needs it
 * @param type its type
 * @param value its value
 */
void
AppendAttribute(std::vector<uint8_t>& bytes,
                uint8_t flags,
                uint8_t type,
                const std::vector<uint8_t>& value)
{
    if (value.size() > UINT8_MAX)
    {
        flags |= Type::EXTENDED;
    }
    bytes.push_back(flags);
    bytes.push_back(type);
    if ((flags & Type::EXTENDED) != 0)
    {
        AppendUint16(bytes, static_cast<uint16_t>(value.size()));
    }
    else
    {
        bytes.push_back(static_cast<uint8_t>(value.size()));
    }
    bytes.insert(bytes.end(), value.begin(), value.end());
}

/**
 * @brief Append an attribute that is a number of four bytes.
 * @param bytes what to append to
 * @param flags its flags
 * @param type its type
 * @param number its value
 */
void
AppendNumber(std::vector<uint8_t>& bytes, uint8_t flags, uint8_t type, uint32_t number)
{
    std::vector<uint8_t> value;
    AppendUint32(value, number);
    AppendAttribute(bytes, flags, type, value);
}

/**
 * @brief Append AGGREGATOR or AS4_AGGREGATOR.
 * @param bytes what to append to
 * @param type which
 * @param aggregator its value
 * @param fourOctetAs whether its AS has four bytes, or two
 */
void
AppendAggregator(std::vector<uint8_t>& bytes,
                 uint8_t type,
                 const BgpPathAttributes::Aggregator& aggregator,
                 bool fourOctetAs)
{
    std::vector<uint8_t> value;
    if (fourOctetAs)
    {
        AppendUint32(value, aggregator.as);
    }
    else
    {
        AppendUint16(value,
                     aggregator.as > UINT16_MAX ? BgpOpen::AS_TRANS
                                                : static_cast<uint16_t>(aggregator.as));
    }
    AppendUint32(value, aggregator.identifier);
    AppendAttribute(bytes, PASSED_ON, type, value);
}

/**
 * @brief Append what AS_PATH and AGGREGATOR of two octets could not say.
 * @param bytes what to append to
 * @param attributes the attributes
 */
void
AppendFourOctets(std::vector<uint8_t>& bytes, const BgpPathAttributes& attributes)
{
    if (HasFourOctetAs(attributes.asPath))
    {
        AppendAttribute(bytes, PASSED_ON, Type::AS4_PATH, EncodeAsPath(attributes.asPath, true));
    }
    if (attributes.aggregator && attributes.aggregator->as > UINT16_MAX)
    {
        AppendAggregator(bytes, Type::AS4_AGGREGATOR, *attributes.aggregator, true);
    }
}

} // namespace

std::vector<uint8_t>
EncodePathAttributes(const BgpPathAttributes& attributes, bool fourOctetAs)
{
    std::vector<uint8_t> bytes;
    AppendAttribute(bytes, WELL_KNOWN, Type::ORIGIN, {static_cast<uint8_t>(attributes.origin)});
    AppendAttribute(bytes, WELL_KNOWN, Type::AS_PATH, EncodeAsPath(attributes.asPath, fourOctetAs));
    if (attributes.nextHop != 0)
    {
        AppendNumber(bytes, WELL_KNOWN, Type::NEXT_HOP, attributes.nextHop);
    }
    if (attributes.med)
    {
        AppendNumber(bytes, Type::OPTIONAL, Type::MULTI_EXIT_DISC, *attributes.med);
    }
    if (attributes.localPref)
    {
        AppendNumber(bytes, WELL_KNOWN, Type::LOCAL_PREF, *attributes.localPref);
    }
    if (attributes.atomicAggregate)
    {
        AppendAttribute(bytes, WELL_KNOWN, Type::ATOMIC_AGGREGATE, {});
    }
    if (attributes.aggregator)
    {
        AppendAggregator(bytes, Type::AGGREGATOR, *attributes.aggregator, fourOctetAs);
    }
    bool fourOctetsSaid = fourOctetAs;
    for (const BgpPathAttributes::Unknown& unknown : attributes.unknown)
    {
        if (!fourOctetsSaid && unknown.type > Type::AS4_AGGREGATOR)
        {
            AppendFourOctets(bytes, attributes);
            fourOctetsSaid = true;
        }
        AppendAttribute(bytes, unknown.flags, unknown.type, unknown.value);
    }
    if (!fourOctetsSaid)
    {
        AppendFourOctets(bytes, attributes);
    }
    return bytes;
}

} // namespace keepalive
} // namespace ns3
