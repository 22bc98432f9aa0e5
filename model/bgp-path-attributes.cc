/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-path-attributes.h"

#include "bgp-as-path.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Prepare what is not understood for the next speaker (RFC 4271 section 5).
 * @param unknown the attributes; afterwards those that go on, marked as Partial
 */
void
PassOn(std::vector<BgpPathAttributes::Unknown>& unknown)
{
    using Unknown = BgpPathAttributes::Unknown;
    const auto stays = [](const Unknown& attribute) {
        return (attribute.flags & Unknown::TRANSITIVE) == 0;
    };
    unknown.erase(std::remove_if(unknown.begin(), unknown.end(), stays), unknown.end());
    for (Unknown& attribute : unknown)
    {
        attribute.flags |= Unknown::PARTIAL;
    }
}

} // namespace

bool
BgpPathAttributes::Segment::operator==(const Segment& other) const
{
    return type == other.type && numbers == other.numbers;
}

bool
BgpPathAttributes::Aggregator::operator==(const Aggregator& other) const
{
    return as == other.as && identifier == other.identifier;
}

bool
BgpPathAttributes::Unknown::operator==(const Unknown& other) const
{
    return flags == other.flags && type == other.type && value == other.value;
}

uint32_t
BgpPathAttributes::GetPathLength() const
{
    return static_cast<uint32_t>(CountAsPath(asPath));
}

bool
BgpPathAttributes::PassedThrough(uint32_t as) const
{
    return std::any_of(asPath.begin(), asPath.end(), [as](const Segment& segment) {
        return std::find(segment.numbers.begin(), segment.numbers.end(), as) !=
               segment.numbers.end();
    });
}

uint32_t
BgpPathAttributes::GetNeighborAs() const
{
    const bool beginsWithSequence = !asPath.empty() &&
                                    asPath.front().type == Segment::Type::AS_SEQUENCE &&
                                    !asPath.front().numbers.empty();
    return beginsWithSequence ? asPath.front().numbers.front() : 0;
}

void
BgpPathAttributes::Prepend(uint32_t as)
{
    const bool hasRoom = !asPath.empty() && asPath.front().type == Segment::Type::AS_SEQUENCE &&
                         asPath.front().numbers.size() < Segment::MAX_NUMBERS;
    if (!hasRoom)
    {
        asPath.insert(asPath.begin(), Segment{});
    }
    std::vector<uint32_t>& numbers = asPath.front().numbers;
    numbers.insert(numbers.begin(), as);
}

BgpPathAttributes
BgpPathAttributes::ForExternalPeer(uint32_t as, uint32_t address) const
{
    BgpPathAttributes told = *this;
    if (!asPath.empty())
    {
        told.med.reset(); // of another AS, and not meant for the next
    }
    told.localPref.reset();
    told.nextHop = address;
    told.Prepend(as);
    PassOn(told.unknown);
    return told;
}

BgpPathAttributes
BgpPathAttributes::ForInternalPeer(uint32_t defaultLocalPref) const
{
    BgpPathAttributes told = *this;
    told.localPref = localPref.value_or(defaultLocalPref);
    PassOn(told.unknown);
    return told;
}

bool
operator==(const BgpPathAttributes& a, const BgpPathAttributes& b)
{
    return a.origin == b.origin && a.asPath == b.asPath && a.nextHop == b.nextHop &&
           a.med == b.med && a.localPref == b.localPref && a.atomicAggregate == b.atomicAggregate &&
           a.aggregator == b.aggregator && a.unknown == b.unknown;
}

} // namespace keepalive
} // namespace ns3
