/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-prefix.h"
#include "ns3/prefix-trie.h"
#include "ns3/test.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief PrefixTrie: a map of prefixes that finds the longest one.
 *
 * Behaviours:
 *  1. an empty trie finds nothing, and removes nothing
 *  2. a prefix is found by itself and not by another length or address; a second insertion finds
 *     the value of the first
 *  3. of nested prefixes, from /0 to /32, the longest one that contains the address is found
 *  4. a limit on the length walks from a match to the next shorter one
 *  5. removal takes out one prefix and leaves those above and below, whatever the shape of the trie
 *  6. elements are visited in order of address, then of length
 *  7. the walk by steps visits the same, and goes on when elements are removed or added meanwhile
 *  8. removal while walking visits every element once, in order, and removes what it is told to
 *  9. values are as new when a prefix comes back
 * 10. memory stays below two nodes per prefix, and is used again
 * 11. random insertions, removals and searches agree with a list
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Trie = PrefixTrie<uint32_t>;                            //!< what is tested
using Elements = std::vector<std::pair<BgpPrefix, uint32_t>>; //!< what it contains, in order

/**
 * @brief Write a prefix.
 * @param prefix the prefix
 * @return hexadecimal address and length
 */
std::string
ToText(const BgpPrefix& prefix)
{
    std::ostringstream text;
    text << std::hex << prefix.address << std::dec << "/" << +prefix.length;
    return text.str();
}

/**
 * @brief Write elements.
 * @param elements the elements
 * @return one line
 */
std::string
ToText(const Elements& elements)
{
    std::string text;
    for (const auto& [prefix, value] : elements)
    {
        text += ToText(prefix) + "=" + std::to_string(value) + " ";
    }
    return text;
}

/**
 * @brief Write what a search found.
 * @param match the element
 * @return prefix and value; "none" for nothing
 */
std::string
ToText(const std::optional<Trie::Match>& match)
{
    return match ? ToText(match->prefix) + "=" + std::to_string(*match->value) : "none";
}

/**
 * @brief Insert an element.
 * @param trie where to
 * @param prefix its prefix
 * @param value its value
 * @return true if the prefix is new
 */
bool
Put(Trie& trie, const BgpPrefix& prefix, uint32_t value)
{
    const auto [place, isNew] = trie.Insert(prefix);
    *place = value;
    return isNew;
}

/**
 * @brief Read a trie.
 * @param trie the trie
 * @return its elements, in the order of the visit
 */
Elements
GetElements(const Trie& trie)
{
    Elements elements;
    trie.ForEach(
        [&](const BgpPrefix& prefix, uint32_t value) { elements.emplace_back(prefix, value); });
    return elements;
}

/**
 * @brief Read a trie by steps.
 * @param trie the trie
 * @return its elements, in the order of the walk
 */
Elements
Walk(const Trie& trie)
{
    Elements elements;
    for (auto match = trie.GetFirst(); match; match = trie.GetNext(match->prefix))
    {
        elements.emplace_back(match->prefix, *match->value);
    }
    return elements;
}

/// Prefixes of every relation: nested, neighbours, forks at the first and at the last bit.
const std::vector<BgpPrefix> PREFIXES{{0x00000000, 0},
                                      {0x00000000, 32},
                                      {0x0a000000, 8},
                                      {0x0a010000, 16},
                                      {0x0a010200, 24},
                                      {0x0a010203, 32},
                                      {0x0a800000, 9},
                                      {0x80000000, 1},
                                      {0xc0a80000, 16},
                                      {0xc0a80100, 24},
                                      {0xfffffffe, 32},
                                      {0xffffffff, 32}};

/**
 * @brief Make a trie of PREFIXES, inserted in an order of their own.
 * @return the trie; the value of a prefix is its index
 */
Trie
MakeTrie()
{
    Trie trie;
    for (std::size_t i = 0; i < PREFIXES.size(); i++)
    {
        const auto index = static_cast<uint32_t>(i * 5 % PREFIXES.size()); // 5 and 12 are coprime
        Put(trie, PREFIXES[index], index);
    }
    return trie;
}

/// Behaviour 1.
class EmptyTestCase : public TestCase
{
  public:
    EmptyTestCase()
        : TestCase("An empty trie finds nothing")
    {
    }

  private:
    void DoRun() override
    {
        Trie trie;
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 0U, "size");
        NS_TEST_EXPECT_MSG_EQ(ToText(trie.FindLongestMatch(0)), "none", "longest match");
        NS_TEST_EXPECT_MSG_EQ(ToText(trie.GetFirst()), "none", "first");
        NS_TEST_EXPECT_MSG_EQ(ToText(trie.GetNext({0, 0})), "none", "next");
        NS_TEST_EXPECT_MSG_EQ((trie.Find({0, 0}) == nullptr), true, "default route");
        NS_TEST_EXPECT_MSG_EQ(trie.Remove({0, 0}), false, "removal");
    }
};

/// Behaviour 2.
class ExactTestCase : public TestCase
{
  public:
    ExactTestCase()
        : TestCase("A prefix is found by itself only")
    {
    }

  private:
    void DoRun() override
    {
        Trie trie;
        NS_TEST_EXPECT_MSG_EQ(Put(trie, {0x0a000000, 8}, 1), true, "new");
        NS_TEST_EXPECT_MSG_EQ(*trie.Insert({0x0a000000, 8}).first, 1U, "value of the first");
        NS_TEST_EXPECT_MSG_EQ(Put(trie, {0x0a000000, 8}, 2), false, "known");
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 1U, "size");
        NS_TEST_EXPECT_MSG_EQ(*trie.Find({0x0a000000, 8}), 2U, "value");
        // The fork of the first two is where the last one of these would be.
        Put(trie, {0x0b000000, 8}, 3);
        for (const BgpPrefix& other : std::vector<BgpPrefix>{{0x0a000000, 9},
                                                             {0x0a000000, 32},
                                                             {0x0c000000, 8},
                                                             {0x00000000, 0},
                                                             {0x0a000000, 7}})
        {
            NS_TEST_EXPECT_MSG_EQ((trie.Find(other) == nullptr), true, ToText(other));
            NS_TEST_EXPECT_MSG_EQ(trie.Remove(other), false, "removal of " << ToText(other));
        }
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 2U, "size");
        trie.Clear();
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 0U, "size when cleared");
        NS_TEST_EXPECT_MSG_EQ(ToText(trie.GetFirst()), "none", "first when cleared");
    }
};

/// Behaviours 3 and 4.
class LongestMatchTestCase : public TestCase
{
  public:
    LongestMatchTestCase()
        : TestCase("The longest prefix of an address is found, then the shorter ones")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            uint32_t address;     //!< what is looked for
            std::string expected; //!< all matches, the longest first
        } table[] = {
            {0x00000000, "0/32=1 0/0=0 "},
            {0x00000001, "0/0=0 "},
            {0x0a010203, "a010203/32=5 a010200/24=4 a010000/16=3 a000000/8=2 0/0=0 "},
            {0x0a010204, "a010200/24=4 a010000/16=3 a000000/8=2 0/0=0 "},
            {0x0a010300, "a010000/16=3 a000000/8=2 0/0=0 "},
            {0x0a7fffff, "a000000/8=2 0/0=0 "},
            {0x0a800000, "a800000/9=6 a000000/8=2 0/0=0 "},
            {0x7fffffff, "0/0=0 "},
            {0x80000000, "80000000/1=7 0/0=0 "},
            {0xc0a80101, "c0a80100/24=9 c0a80000/16=8 80000000/1=7 0/0=0 "},
            {0xfffffffd, "80000000/1=7 0/0=0 "},
            {0xfffffffe, "fffffffe/32=10 80000000/1=7 0/0=0 "},
            {0xffffffff, "ffffffff/32=11 80000000/1=7 0/0=0 "},
        };

        const Trie trie = MakeTrie();
        for (const auto& row : table)
        {
            std::string matches;
            std::optional<Trie::Match> match = trie.FindLongestMatch(row.address);
            while (match)
            {
                matches += ToText(match) + " ";
                const uint8_t length = match->prefix.length;
                match = length > 0 ? trie.FindLongestMatch(row.address, length - 1) : std::nullopt;
            }
            NS_TEST_EXPECT_MSG_EQ(matches, row.expected, "matches of " << row.address);
        }
    }
};

/// Behaviour 5.
class RemoveTestCase : public TestCase
{
  public:
    RemoveTestCase()
        : TestCase("Removal leaves all others, in any order")
    {
    }

  private:
    void DoRun() override
    {
        // Each starting point and step size coprime to 12 removes in another order.
        for (const std::size_t step : {1, 5, 7, 11})
        {
            for (std::size_t start = 0; start < PREFIXES.size(); start++)
            {
                RemoveAll(start, step);
            }
        }

        // A value goes at once, also where its place is needed for the two below it.
        PrefixTrie<std::shared_ptr<int>> shared;
        const auto value = std::make_shared<int>(1);
        *shared.Insert(BgpPrefix{0x0a000000, 8}).first = value;
        shared.Insert(BgpPrefix{0x0a000000, 16});
        shared.Insert(BgpPrefix{0x0a800000, 16});
        shared.Remove(BgpPrefix{0x0a000000, 8});
        NS_TEST_EXPECT_MSG_EQ(value.use_count(), 1, "nobody else holds it");
    }

    /**
     * @brief Remove all prefixes, one by one.
     * @param start the first one
     * @param step from one to the next
     */
    void RemoveAll(std::size_t start, std::size_t step)
    {
        Trie trie = MakeTrie();
        std::map<BgpPrefix, uint32_t> left;
        for (const auto& [prefix, value] : GetElements(trie))
        {
            left[prefix] = value;
        }
        NS_TEST_ASSERT_MSG_EQ(left.size(), PREFIXES.size(), "before");
        for (std::size_t i = 0; i < PREFIXES.size(); i++)
        {
            const BgpPrefix prefix = PREFIXES[(start + i * step) % PREFIXES.size()];
            NS_TEST_EXPECT_MSG_EQ(trie.Remove(prefix), true, ToText(prefix));
            NS_TEST_EXPECT_MSG_EQ(trie.Remove(prefix), false, ToText(prefix) << " again");
            left.erase(prefix);
            NS_TEST_EXPECT_MSG_EQ(ToText(GetElements(trie)),
                                  ToText(Elements(left.begin(), left.end())),
                                  "without " << ToText(prefix));
            NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), left.size(), "size");
        }
    }
};

/// Behaviours 6 and 7.
class OrderTestCase : public TestCase
{
  public:
    OrderTestCase()
        : TestCase("Elements are visited in order, at once and by steps")
    {
    }

  private:
    void DoRun() override
    {
        const std::string all = "0/0=0 0/32=1 a000000/8=2 a010000/16=3 a010200/24=4 a010203/32=5 "
                                "a800000/9=6 80000000/1=7 c0a80000/16=8 c0a80100/24=9 "
                                "fffffffe/32=10 ffffffff/32=11 ";
        Trie trie = MakeTrie();
        NS_TEST_EXPECT_MSG_EQ(ToText(GetElements(trie)), all, "visit");
        NS_TEST_EXPECT_MSG_EQ(ToText(Walk(trie)), all, "walk");

        const struct
        {
            BgpPrefix after;      //!< a prefix that is not in the trie
            std::string expected; //!< what comes next
        } table[] = {
            {{0x00000000, 1}, "0/32=1"},          // below a prefix, above another
            {{0x08000000, 6}, "a000000/8=2"},     // above a fork
            {{0x09000000, 8}, "a000000/8=2"},     // beside it, before
            {{0x0a000000, 15}, "a010000/16=3"},   // between two lengths
            {{0x0a020000, 16}, "a800000/9=6"},    // beside it, behind
            {{0x0a010204, 32}, "a800000/9=6"},    // behind the last of a subtree
            {{0x0b000000, 8}, "80000000/1=7"},    // behind a subtree
            {{0xc0a80200, 24}, "fffffffe/32=10"}, // beside the last child
            {{0xffffffff, 32}, "none"},           // the last
        };

        for (const auto& row : table)
        {
            NS_TEST_EXPECT_MSG_EQ(ToText(trie.GetNext(row.after)),
                                  row.expected,
                                  "next after " << ToText(row.after));
        }

        // Whatever is removed or added behind the walker's back, it goes on from where it is.
        std::string visited;
        for (auto match = trie.GetFirst(); match;)
        {
            const BgpPrefix here = match->prefix;
            visited += std::to_string(*match->value) + " ";
            trie.Remove(here);
            trie.Remove({0x0a010200, 24});
            Put(trie, {0x0a000000, 32}, 12);
            match = trie.GetNext(here);
        }
        NS_TEST_EXPECT_MSG_EQ(visited, "0 1 2 12 3 5 6 7 8 9 10 11 ", "visited while changing");
    }
};

/// Behaviour 8.
class RemoveIfTestCase : public TestCase
{
  public:
    RemoveIfTestCase()
        : TestCase("Removal while walking visits all and removes some")
    {
    }

  private:
    void DoRun() override
    {
        // All subsets of the prefixes.
        for (uint32_t subset = 0; subset < 1U << PREFIXES.size(); subset++)
        {
            Trie trie = MakeTrie();
            uint32_t visited = 0;
            bool inOrder = true;
            trie.RemoveIf([&](const BgpPrefix& prefix, uint32_t& value) {
                inOrder = inOrder && value == visited && prefix == PREFIXES[value];
                visited++;
                return (subset >> value & 1) != 0;
            });
            Elements left;
            for (uint32_t i = 0; i < PREFIXES.size(); i++)
            {
                if ((subset >> i & 1) == 0)
                {
                    left.emplace_back(PREFIXES[i], i);
                }
            }
            NS_TEST_EXPECT_MSG_EQ(visited, PREFIXES.size(), "visited");
            NS_TEST_EXPECT_MSG_EQ(inOrder, true, "in order");
            NS_TEST_EXPECT_MSG_EQ(ToText(GetElements(trie)), ToText(left), "left of " << subset);
            NS_TEST_EXPECT_MSG_EQ(ToText(Walk(trie)), ToText(left), "walk over what is left");
            NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), left.size(), "size");
        }
    }
};

/// Behaviours 9 and 10.
class MemoryTestCase : public TestCase
{
  public:
    MemoryTestCase()
        : TestCase("Nodes are few, and used again as new")
    {
    }

  private:
    void DoRun() override
    {
        // Equal lengths need a fork for each but one: the most nodes there can be.
        const uint32_t count = 10000;
        Trie trie;
        Fill(trie, count, 0x01000000);
        // Twenty octets for a node, and up to a quarter of them not in use yet.
        NS_TEST_EXPECT_MSG_LT(trie.GetMemory(), count * 2 * 20 * 5 / 4, "octets");
        const std::size_t before = trie.GetMemory();

        trie.RemoveIf([](const BgpPrefix&, uint32_t) { return true; });
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 0U, "removed at once");
        Fill(trie, count, 0x02000000);
        NS_TEST_EXPECT_MSG_EQ(trie.GetMemory(), before, "used again");

        for (uint32_t i = 0; i < count; i++)
        {
            trie.Remove({0x02000000 + (i << 8), 24});
        }
        NS_TEST_EXPECT_MSG_EQ(trie.GetSize(), 0U, "removed one by one");
        Fill(trie, count, 0x03000000);
        NS_TEST_EXPECT_MSG_EQ(trie.GetMemory(), before, "used again");

        trie.Clear();
        NS_TEST_EXPECT_MSG_EQ(trie.GetMemory(), 0U, "given back");
    }

    /**
     * @brief Insert blocks of /24.
     * @param trie where to
     * @param count how many
     * @param address the first one
     */
    void Fill(Trie& trie, uint32_t count, uint32_t address)
    {
        uint32_t old = 0;
        for (uint32_t i = 0; i < count; i++)
        {
            uint32_t* value = trie.Insert({address + (i << 8), 24}).first;
            old += *value != 0 ? 1 : 0;
            *value = 1;
        }
        NS_TEST_EXPECT_MSG_EQ(old, 0U, "values of what was there before");
    }
};

/// Behaviour 11.
class RandomTestCase : public TestCase
{
  public:
    RandomTestCase()
        : TestCase("Random operations agree with a list")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 random(4271);
        std::map<BgpPrefix, uint32_t> list;
        Trie trie;
        uint32_t hits = 0;
        for (uint32_t i = 0; i < 20000; i++)
        {
            // Tides of insertion and removal, so that the trie is empty, full, and all between.
            const bool rising = i / 1000 % 2 == 0;
            const BgpPrefix prefix = BgpPrefix::Of(DrawAddress(random), random() % 33);
            if (random() % 4 < (rising ? 3U : 1U))
            {
                const bool isNew = list.insert_or_assign(prefix, i).second;
                NS_TEST_ASSERT_MSG_EQ(Put(trie, prefix, i), isNew, "inserting, step " << i);
            }
            else
            {
                NS_TEST_ASSERT_MSG_EQ(trie.Remove(prefix),
                                      (list.erase(prefix) == 1),
                                      "removing, step " << i);
            }
            NS_TEST_ASSERT_MSG_EQ(trie.GetSize(), list.size(), "size, step " << i);

            const uint32_t address = DrawAddress(random);
            const auto limit = static_cast<uint8_t>(random() % 40 < 33 ? random() % 33 : 32);
            const std::string expected = FindLongestMatch(list, address, limit);
            hits += expected == "none" ? 0 : 1;
            NS_TEST_ASSERT_MSG_EQ(ToText(trie.FindLongestMatch(address, limit)),
                                  expected,
                                  "longest match of " << address << ", step " << i);
            const auto found = list.find(prefix);
            const uint32_t* value = trie.Find(prefix);
            NS_TEST_ASSERT_MSG_EQ((value != nullptr), (found != list.end()), "exact, step " << i);
            const auto next = list.upper_bound(prefix);
            NS_TEST_ASSERT_MSG_EQ(ToText(trie.GetNext(prefix)),
                                  (next == list.end()
                                       ? "none"
                                       : ToText(next->first) + "=" + std::to_string(next->second)),
                                  "next after " << ToText(prefix) << ", step " << i);
            if (i % 500 == 0)
            {
                const std::string all = ToText(Elements(list.begin(), list.end()));
                NS_TEST_ASSERT_MSG_EQ(ToText(GetElements(trie)), all, "visit, step " << i);
                NS_TEST_ASSERT_MSG_EQ(ToText(Walk(trie)), all, "walk, step " << i);
            }
        }
        NS_TEST_EXPECT_MSG_GT(hits, 5000U, "searches that found something");
    }

    /**
     * @brief Draw an address; few bits vary, so that prefixes meet.
     * @param random what draws
     * @return the address
     */
    static uint32_t DrawAddress(std::mt19937& random)
    {
        return static_cast<uint32_t>(random()) & 0xc1048103;
    }

    /**
     * @brief Search a list.
     * @param list the list
     * @param address what to look for
     * @param limit longest length to look for
     * @return the longest match, see ToText
     */
    static std::string FindLongestMatch(const std::map<BgpPrefix, uint32_t>& list,
                                        uint32_t address,
                                        uint8_t limit)
    {
        std::optional<Trie::Match> longest;
        for (const auto& [prefix, value] : list)
        {
            if (prefix.length <= limit && prefix.Contains(address) &&
                (!longest || prefix.length > longest->prefix.length))
            {
                longest = Trie::Match{prefix, &value};
            }
        }
        return ToText(longest);
    }
};

/// Maps of prefixes.
class PrefixTrieTestSuite : public TestSuite
{
  public:
    PrefixTrieTestSuite()
        : TestSuite("keepalive-prefix-trie")
    {
        AddTestCase(new EmptyTestCase);
        AddTestCase(new ExactTestCase);
        AddTestCase(new LongestMatchTestCase);
        AddTestCase(new RemoveTestCase);
        AddTestCase(new OrderTestCase);
        AddTestCase(new RemoveIfTestCase);
        AddTestCase(new MemoryTestCase);
        AddTestCase(new RandomTestCase);
    }
};

PrefixTrieTestSuite g_prefixTrieTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
