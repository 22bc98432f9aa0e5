/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-table-generator.h"

#include "ns3/abort.h"
#include "ns3/prefix-trie.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Share of a length in the table.
struct LengthShare
{
    uint8_t length;  //!< the length of prefixes
    uint32_t weight; //!< its share, in 1/10000
};

/// Stylised: the shape of the IPv4 table since 2015 or so, rounded; no day's figures.
constexpr std::array<LengthShare, 17> SHARES{{{24, 6000},
                                              {23, 1000},
                                              {22, 1150},
                                              {21, 550},
                                              {20, 500},
                                              {19, 300},
                                              {18, 170},
                                              {17, 100},
                                              {16, 165},
                                              {15, 25},
                                              {14, 18},
                                              {13, 10},
                                              {12, 5},
                                              {11, 3},
                                              {10, 2},
                                              {9, 1},
                                              {8, 1}}};

constexpr uint32_t SHARE_TOTAL = 10000; //!< sum of the weights

/// Blocks that no Internet table has (RFC 6890; 192.88.99.0/24 by RFC 7526; multicast and above).
constexpr std::array<BgpPrefix, 14> RESERVED{{{0x00000000, 8},
                                              {0x0a000000, 8},
                                              {0x64400000, 10},
                                              {0x7f000000, 8},
                                              {0xa9fe0000, 16},
                                              {0xac100000, 12},
                                              {0xc0000000, 24},
                                              {0xc0000200, 24},
                                              {0xc0586300, 24},
                                              {0xc0a80000, 16},
                                              {0xc6120000, 15},
                                              {0xc6336400, 24},
                                              {0xcb007100, 24},
                                              {0xe0000000, 3}}};

constexpr double GROUP_MEAN = 4;         //!< prefixes with the same attributes
constexpr double PATH_MEAN = 4;          //!< numbers in an AS_PATH
constexpr uint32_t PATH_MAX_LENGTH = 32; //!< longest AS_PATH

/// AS numbers below this one that are no special ones can be two octets wide (RFC 6996, RFC 5398).
constexpr uint32_t FIRST_SPECIAL_AS = 64496;
constexpr uint32_t AS_TRANS = 23456;             //!< stands for others (RFC 6793)
constexpr uint32_t FIRST_FOUR_OCTET_AS = 131072; //!< the first that is no special one again
constexpr uint32_t FOUR_OCTET_AS_COUNT = 280000; //!< about as many as are assigned
constexpr double FOUR_OCTET_SHARE = 0.4;         //!< of the numbers in paths
constexpr double INCOMPLETE_SHARE = 0.1;         //!< of the groups
constexpr uint32_t MAX_VAIN_DRAWS = 100000;      //!< one after the other: there is no room left

/**
 * @brief Create a random variable.
 * @param stream its stream
 * @return uniform on [0, 1)
 */
Ptr<UniformRandomVariable>
CreateUniform(int64_t stream)
{
    Ptr<UniformRandomVariable> uniform = CreateObject<UniformRandomVariable>();
    uniform->SetStream(stream);
    return uniform;
}

/**
 * @brief Draw a whole number.
 * @param uniform the random variable
 * @param count how many there are
 * @return 0 to count - 1
 */
uint32_t
DrawBelow(Ptr<UniformRandomVariable> uniform, uint32_t count)
{
    return uniform->GetInteger(0, count - 1);
}

/**
 * @brief Draw from a geometric distribution.
 * @param uniform the random variable
 * @param mean its mean, above 1
 * @return 1 or more
 */
uint32_t
DrawGeometric(Ptr<UniformRandomVariable> uniform, double mean)
{
    const double u = 1 - uniform->GetValue(0, 1); // in (0, 1]
    return 1 + static_cast<uint32_t>(std::log(u) / std::log(1 - 1 / mean));
}

/**
 * @brief Draw a prefix, wherever it may lie.
 * @param uniform the random variable
 * @return the prefix
 */
BgpPrefix
DrawPrefix(Ptr<UniformRandomVariable> uniform)
{
    uint32_t weight = DrawBelow(uniform, SHARE_TOTAL);
    auto share = SHARES.begin();
    while (weight >= share->weight)
    {
        weight -= share->weight;
        share++;
    }
    // By blocks rather than by address: a double holds all of them, and no bit is thrown away.
    const uint32_t block = DrawBelow(uniform, uint32_t{1} << share->length);
    return BgpPrefix{block << (32 - share->length), share->length};
}

/**
 * @brief Draw an AS number of the Internet.
 * @param uniform the random variable
 * @return the number
 */
uint32_t
DrawAs(Ptr<UniformRandomVariable> uniform)
{
    if (uniform->GetValue(0, 1) < FOUR_OCTET_SHARE)
    {
        return FIRST_FOUR_OCTET_AS + DrawBelow(uniform, FOUR_OCTET_AS_COUNT);
    }
    return 1 + DrawBelow(uniform, FIRST_SPECIAL_AS - 1);
}

/**
 * @brief Draw what a group of prefixes has in common.
 * @param uniform the random variable
 * @param excluded AS numbers to leave out
 * @return the attributes
 */
std::shared_ptr<const BgpPathAttributes>
DrawAttributes(Ptr<UniformRandomVariable> uniform, const std::set<uint32_t>& excluded)
{
    auto attributes = std::make_shared<BgpPathAttributes>();
    const uint32_t length = std::min(DrawGeometric(uniform, PATH_MEAN), PATH_MAX_LENGTH);
    BgpPathAttributes::Segment path;
    while (path.numbers.size() < length)
    {
        const uint32_t as = DrawAs(uniform);
        const bool known =
            std::find(path.numbers.begin(), path.numbers.end(), as) != path.numbers.end();
        if (as != AS_TRANS && !known && excluded.count(as) == 0)
        {
            path.numbers.push_back(as);
        }
    }
    attributes->asPath.push_back(std::move(path));
    attributes->origin = uniform->GetValue(0, 1) < INCOMPLETE_SHARE
                             ? BgpPathAttributes::Origin::INCOMPLETE
                             : BgpPathAttributes::Origin::IGP;
    return attributes;
}

/**
 * @brief Whether two blocks have addresses in common.
 * @param a one
 * @param b the other
 * @return true if they do
 */
bool
Overlap(const BgpPrefix& a, const BgpPrefix& b)
{
    return a.length < b.length ? a.Contains(b.address) : b.Contains(a.address);
}

} // namespace

BgpTableGenerator::BgpTableGenerator(int64_t stream)
    : m_stream(stream),
      m_excluded(RESERVED.begin(), RESERVED.end())
{
    NS_ABORT_MSG_IF(stream < 0, "a BGP table needs a stream of its own, not " << stream);
}

void
BgpTableGenerator::Exclude(const BgpPrefix& prefix)
{
    m_excluded.push_back(prefix);
}

void
BgpTableGenerator::ExcludeAs(uint32_t as)
{
    m_excludedAs.insert(as);
}

std::vector<BgpTableGenerator::Entry>
BgpTableGenerator::Generate(uint32_t n) const
{
    NS_ABORT_MSG_IF(n > MAX_ENTRIES,
                    "a BGP table of " << n << " entries: the most is " << MAX_ENTRIES);
    // Created anew, so that every table starts at the beginning of its streams.
    Ptr<UniformRandomVariable> prefixes = CreateUniform(m_stream);
    Ptr<UniformRandomVariable> groups = CreateUniform(m_stream + 1);
    PrefixTrie<uint8_t> drawn;
    std::vector<Entry> table;
    table.reserve(n);
    std::shared_ptr<const BgpPathAttributes> attributes;
    uint32_t leftInGroup = 0;
    uint32_t inVain = 0;
    while (table.size() < n)
    {
        const BgpPrefix prefix = DrawPrefix(prefixes);
        const bool allowed =
            std::none_of(m_excluded.begin(), m_excluded.end(), [&](const BgpPrefix& excluded) {
                return Overlap(prefix, excluded);
            });
        if (!allowed || !drawn.Insert(prefix).second)
        {
            NS_ABORT_MSG_IF(++inVain > MAX_VAIN_DRAWS,
                            "no room for " << n << " prefixes beside the excluded ones: "
                                           << table.size() << " found");
            continue;
        }
        inVain = 0;
        if (leftInGroup == 0)
        {
            attributes = DrawAttributes(groups, m_excludedAs);
            leftInGroup = DrawGeometric(groups, GROUP_MEAN);
        }
        leftInGroup--;
        table.push_back(Entry{prefix, attributes});
    }
    return table;
}

} // namespace keepalive
} // namespace ns3
