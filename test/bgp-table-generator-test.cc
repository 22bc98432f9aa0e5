/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-path-attributes.h"
#include "ns3/bgp-prefix.h"
#include "ns3/bgp-table-generator.h"
#include "ns3/test.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BgpTableGenerator: tables that look like the Internet's.
 *
 * Behaviours:
 *  1. as many prefixes as asked for, all different, none with bits behind its length
 *  2. no prefix overlaps a reserved block or one that is excluded, from inside or around
 *  3. the same stream gives the same table, another stream another one
 *  4. the first entries of a long table are the short table
 *  5. the lengths have the shares they should have, and all from /8 to /24 occur
 *  6. an AS_PATH is one sequence of 1 to 32 different numbers, 4 on average
 *  7. no AS number is reserved, private or excluded; both widths occur
 *  8. neighbours in the table share their attributes, 4 on average; there is nothing else in them
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Table = std::vector<BgpTableGenerator::Entry>; //!< a table

constexpr int64_t STREAM = 9100; //!< streams of this file

/**
 * @brief Compare tables.
 * @param a one
 * @param b the other
 * @param n how many entries to compare
 * @return true if these are the same, and shared by the same neighbours
 */
bool
IsSame(const Table& a, const Table& b, std::size_t n)
{
    for (std::size_t i = 0; i < n; i++)
    {
        if (!(a[i].prefix == b[i].prefix) || !(*a[i].attributes == *b[i].attributes))
        {
            return false;
        }
        if (i > 0 &&
            (a[i].attributes == a[i - 1].attributes) != (b[i].attributes == b[i - 1].attributes))
        {
            return false;
        }
    }
    return true;
}

/// Behaviours 1 and 2.
class PrefixesTestCase : public TestCase
{
  public:
    PrefixesTestCase()
        : TestCase("Prefixes are different, and outside of what is reserved or excluded")
    {
    }

  private:
    void DoRun() override
    {
        const uint32_t n = 200000;
        const std::vector<BgpPrefix> forbidden{{0x00000000, 8},
                                               {0x0a000000, 8},
                                               {0x64400000, 10},
                                               {0x7f000000, 8},
                                               {0xa9fe0000, 16},
                                               {0xac100000, 12},
                                               {0xc0000000, 24},
                                               {0xc0000200, 24},
                                               {0xc0a80000, 16},
                                               {0xc6120000, 15},
                                               {0xc6336400, 24},
                                               {0xcb007100, 24},
                                               {0xe0000000, 4},
                                               {0xf0000000, 4},
                                               {0x14000000, 6},
                                               {0x50505050, 32}};
        BgpTableGenerator generator(STREAM);
        NS_TEST_EXPECT_MSG_EQ(generator.Generate(0).size(), 0U, "no entries");
        const Table without = generator.Generate(n);
        generator.Exclude({0x14000000, 6});
        generator.Exclude({0x50505050, 32});
        const Table table = generator.Generate(n);
        NS_TEST_ASSERT_MSG_EQ(table.size(), n, "entries");

        std::set<BgpPrefix> prefixes;
        uint32_t overlaps = 0;
        uint32_t loose = 0;
        for (const auto& entry : table)
        {
            prefixes.insert(entry.prefix);
            loose +=
                BgpPrefix::Of(entry.prefix.address, entry.prefix.length) == entry.prefix ? 0 : 1;
            overlaps += Overlaps(entry.prefix, forbidden) ? 1 : 0;
        }
        NS_TEST_EXPECT_MSG_EQ(prefixes.size(), n, "different prefixes");
        NS_TEST_EXPECT_MSG_EQ(loose, 0U, "prefixes with bits behind their length");
        NS_TEST_EXPECT_MSG_EQ(overlaps, 0U, "prefixes in forbidden blocks");

        // What is excluded would be there otherwise, and nothing else is missing.
        const std::vector<BgpPrefix> excluded(forbidden.end() - 2, forbidden.end());
        std::vector<BgpPrefix> left;
        for (const auto& entry : without)
        {
            if (!Overlaps(entry.prefix, excluded))
            {
                left.push_back(entry.prefix);
            }
        }
        NS_TEST_EXPECT_MSG_LT(left.size(), n - 3000, "entries without those excluded");
        bool same = true;
        for (std::size_t i = 0; i < left.size(); i++)
        {
            same = same && left[i] == table[i].prefix;
        }
        NS_TEST_EXPECT_MSG_EQ(same, true, "others stay, in their order");
    }

    /**
     * @brief Compare a prefix with blocks.
     * @param prefix the prefix
     * @param blocks the blocks
     * @return true if it has addresses in common with any
     */
    static bool Overlaps(const BgpPrefix& prefix, const std::vector<BgpPrefix>& blocks)
    {
        const auto last = [](const BgpPrefix& p) {
            return p.address | ~BgpPrefix::MaskOf(p.length);
        };
        return std::any_of(blocks.begin(), blocks.end(), [&](const BgpPrefix& block) {
            return prefix.address <= last(block) && block.address <= last(prefix);
        });
    }
};

/// Behaviours 3 and 4.
class ReproducibleTestCase : public TestCase
{
  public:
    ReproducibleTestCase()
        : TestCase("The stream decides, and the length does not")
    {
    }

  private:
    void DoRun() override
    {
        const BgpTableGenerator generator(STREAM);
        const Table table = generator.Generate(20000);
        NS_TEST_EXPECT_MSG_EQ(IsSame(table, generator.Generate(20000), 20000), true, "again");
        NS_TEST_EXPECT_MSG_EQ(IsSame(table, BgpTableGenerator(STREAM).Generate(20000), 20000),
                              true,
                              "by another generator");
        for (const uint32_t n : {1, 2, 777, 19999})
        {
            const Table shorter = generator.Generate(n);
            NS_TEST_ASSERT_MSG_EQ(shorter.size(), n, "entries");
            NS_TEST_EXPECT_MSG_EQ(IsSame(table, shorter, n), true, "the first " << n);
        }
        const Table other = BgpTableGenerator(STREAM + BgpTableGenerator::STREAMS).Generate(100);
        NS_TEST_EXPECT_MSG_EQ((other[0].prefix == table[0].prefix), false, "another stream");
        NS_TEST_EXPECT_MSG_EQ((*other[0].attributes == *table[0].attributes),
                              false,
                              "another stream");
    }
};

/// Behaviour 5.
class LengthsTestCase : public TestCase
{
  public:
    LengthsTestCase()
        : TestCase("Lengths have their shares")
    {
    }

  private:
    void DoRun() override
    {
        std::map<uint32_t, double> shares;
        const uint32_t n = 200000;
        for (const auto& entry : BgpTableGenerator(STREAM).Generate(n))
        {
            shares[entry.prefix.length] += 100.0 / n;
        }
        NS_TEST_EXPECT_MSG_EQ(shares.begin()->first, 8U, "shortest");
        NS_TEST_EXPECT_MSG_EQ(shares.rbegin()->first, 24U, "longest");
        NS_TEST_EXPECT_MSG_EQ(shares.size(), 17U, "lengths");
        // Five standard deviations; that some are drawn twice is less than that.
        NS_TEST_EXPECT_MSG_EQ_TOL(shares[24], 60, 0.55, "/24, percent");
        NS_TEST_EXPECT_MSG_EQ_TOL(shares[23], 10, 0.34, "/23, percent");
        NS_TEST_EXPECT_MSG_EQ_TOL(shares[22], 11.5, 0.36, "/22, percent");
        NS_TEST_EXPECT_MSG_EQ_TOL(shares[16], 1.65, 0.15, "/16, percent");
        NS_TEST_EXPECT_MSG_LT(shares[8], 0.03, "/8, percent");
    }
};

/// Behaviours 6 to 8.
class AttributesTestCase : public TestCase
{
  public:
    AttributesTestCase()
        : TestCase("Paths look like real ones and are shared")
    {
    }

  private:
    void DoRun() override
    {
        // So many that numbers like AS_TRANS would turn up several times.
        const uint32_t n = 400000;
        BgpTableGenerator generator(STREAM);
        const Table before = generator.Generate(1);
        const std::vector<uint32_t>& firstPath = before[0].attributes->asPath[0].numbers;
        for (const uint32_t as : firstPath)
        {
            generator.ExcludeAs(as);
        }
        const Table table = generator.Generate(n);

        uint32_t groups = 0;
        uint32_t numbers = 0;
        uint32_t longest = 0;
        uint32_t wide = 0;
        uint32_t incomplete = 0;
        std::array<uint32_t, 4> wrong{}; // shape, twice, number, other attributes
        std::set<const BgpPathAttributes*> seen;
        for (std::size_t i = 0; i < table.size(); i++)
        {
            const BgpPathAttributes& attributes = *table[i].attributes;
            if (i > 0 && table[i].attributes == table[i - 1].attributes)
            {
                continue;
            }
            groups++;
            seen.insert(&attributes);
            if (attributes.asPath.size() != 1 ||
                attributes.asPath[0].type != BgpPathAttributes::Segment::Type::AS_SEQUENCE ||
                attributes.asPath[0].numbers.empty())
            {
                wrong[0]++;
                continue;
            }
            const std::vector<uint32_t>& path = attributes.asPath[0].numbers;
            numbers += static_cast<uint32_t>(path.size());
            longest = std::max(longest, static_cast<uint32_t>(path.size()));
            wrong[1] += std::set<uint32_t>(path.begin(), path.end()).size() == path.size() ? 0 : 1;
            for (const uint32_t as : path)
            {
                const bool reserved =
                    as == 0 || as == 23456 || (as >= 64496 && as <= 131071) || as >= 4200000000;
                const bool excluded =
                    std::find(firstPath.begin(), firstPath.end(), as) != firstPath.end();
                wrong[2] += reserved || excluded ? 1 : 0;
                wide += as > 65535 ? 1 : 0;
            }
            BgpPathAttributes plain;
            plain.asPath = attributes.asPath;
            plain.origin = attributes.origin;
            wrong[3] += attributes == plain ? 0 : 1;
            incomplete += attributes.origin == BgpPathAttributes::Origin::INCOMPLETE ? 1 : 0;
        }
        NS_TEST_EXPECT_MSG_EQ(wrong[0], 0U, "paths that are not one sequence");
        NS_TEST_EXPECT_MSG_EQ(wrong[1], 0U, "paths with a number twice");
        NS_TEST_EXPECT_MSG_EQ(wrong[2], 0U, "numbers that must not be");
        NS_TEST_EXPECT_MSG_EQ(wrong[3], 0U, "groups with other attributes");
        NS_TEST_EXPECT_MSG_EQ(seen.size(), groups, "groups that are one piece");
        // Five standard deviations of the mean of a geometric distribution with mean 4: 3.46 each.
        NS_TEST_EXPECT_MSG_EQ_TOL(double{n} / groups, 4, 0.055, "prefixes of a group");
        NS_TEST_EXPECT_MSG_EQ_TOL(double(numbers) / groups, 4, 0.055, "numbers of a path");
        NS_TEST_EXPECT_MSG_EQ((longest > 20 && longest <= 32), true, "longest path " << longest);
        NS_TEST_EXPECT_MSG_EQ_TOL(double(wide) / numbers, 0.4, 0.01, "numbers of four octets");
        NS_TEST_EXPECT_MSG_EQ_TOL(double(incomplete) / groups, 0.1, 0.01, "ORIGIN incomplete");
    }
};

/// Tables for speakers.
class BgpTableGeneratorTestSuite : public TestSuite
{
  public:
    BgpTableGeneratorTestSuite()
        : TestSuite("keepalive-bgp-table-generator")
    {
        AddTestCase(new PrefixesTestCase);
        AddTestCase(new ReproducibleTestCase);
        AddTestCase(new LengthsTestCase);
        AddTestCase(new AttributesTestCase);
    }
};

BgpTableGeneratorTestSuite g_bgpTableGeneratorTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
