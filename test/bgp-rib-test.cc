/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-decision.h"
#include "ns3/bgp-path-attributes.h"
#include "ns3/bgp-path.h"
#include "ns3/bgp-prefix.h"
#include "ns3/bgp-rib.h"
#include "ns3/test.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BgpDecision and BgpRib: of all paths the best, and what changed.
 *
 * Behaviours:
 *  1. each step decides if those before it do not, whatever those behind it say, and is named
 *  2. a path without LOCAL_PREF has 100, one without MED has 0
 *  3. a MED counts between paths of one neighbouring AS only
 *  4. three paths of which each beats another: the choice does not depend on their order
 *  5. random paths, in any order: the choice is that of grouping by neighbouring AS
 *  6. a table reports a path if it is the first, or better; a worse one is kept in silence
 *  7. what is said twice is reported once; other attributes of the best path are a change
 *  8. a best path that becomes worse, or goes, gives way to the next best; the last one to nothing
 *  9. a path that was not the best goes, and its MED with it: that can change the best
 * 10. nothing comes of the withdrawal of what was not announced
 * 11. a peer goes, and all its paths; what was best because of it changes, in order of the prefixes
 * 12. counts of prefixes, of paths, and of the paths of a peer
 * 13. the paths to a prefix, the best one first; that of one peer
 * 14. the walk over the best paths, at once and by steps
 * 15. attributes are shared, and let go of; places of paths are used again
 * 16. random announcements and withdrawals: the changes, applied to a copy, keep it right, and
 * there is none without need
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Origin = BgpPathAttributes::Origin; //!< short
using Step = BgpDecision::Step;           //!< short

constexpr BgpPrefix TEN{0x0a000000, 8};      //!< a prefix
constexpr BgpPrefix ELEVEN{0x0b000000, 8};   //!< another
constexpr BgpPrefix TWELVE{0x0c000000, 8};   //!< a third
constexpr BgpPrefix THIRTEEN{0x0d000000, 8}; //!< a fourth

/// A path in the words of a test.
struct Sketch
{
    uint32_t peer{1};                       //!< who announced it
    std::vector<uint32_t> as{100};          //!< its AS_PATH
    std::optional<uint32_t> localPref;      //!< LOCAL_PREF
    Origin origin{Origin::IGP};             //!< ORIGIN
    std::optional<uint32_t> med;            //!< MULTI_EXIT_DISC
    bool external{true};                    //!< from another AS
    std::optional<uint32_t> peerIdentifier; //!< identifier of the peer; its number if not set
    std::optional<uint32_t> peerAddress;    //!< address of the peer; its number if not set
};

/**
 * @brief Make a path.
 * @param sketch what it is like
 * @return the path, with attributes of its own
 */
BgpPath
MakePath(const Sketch& sketch)
{
    auto attributes = std::make_shared<BgpPathAttributes>();
    if (!sketch.as.empty())
    {
        BgpPathAttributes::Segment segment;
        segment.numbers = sketch.as;
        attributes->asPath.push_back(segment);
    }
    attributes->localPref = sketch.localPref;
    attributes->origin = sketch.origin;
    attributes->med = sketch.med;
    BgpPath path;
    path.peer = sketch.peer;
    path.attributes = attributes;
    path.external = sketch.external;
    path.peerIdentifier = sketch.peerIdentifier.value_or(sketch.peer);
    path.peerAddress = sketch.peerAddress.value_or(sketch.peer);
    return path;
}

/**
 * @brief Make a path of no special qualities.
 * @param peer who announced it
 * @param length length of its AS_PATH
 * @return the path
 */
BgpPath
MakePath(uint32_t peer, uint32_t length)
{
    Sketch sketch;
    sketch.peer = peer;
    sketch.as.assign(length, 100);
    return MakePath(sketch);
}

/**
 * @brief Point at paths.
 * @param paths the paths
 * @return pointers to them
 */
std::vector<const BgpPath*>
PointAt(const std::vector<BgpPath>& paths)
{
    std::vector<const BgpPath*> pointers;
    for (const auto& path : paths)
    {
        pointers.push_back(&path);
    }
    return pointers;
}

/**
 * @brief Write a change.
 * @param change the change
 * @return prefix and peer of the new best path; "none" for no change
 */
std::string
ToText(const std::optional<BgpRib::Change>& change)
{
    if (!change)
    {
        return "none";
    }
    std::ostringstream text;
    text << (change->prefix.address >> 24) << "/" << +change->prefix.length << " ";
    if (change->best)
    {
        text << "by " << change->best->peer;
    }
    else
    {
        text << "unreachable";
    }
    return text.str();
}

/**
 * @brief Write changes.
 * @param changes the changes
 * @return one line
 */
std::string
ToText(const std::vector<BgpRib::Change>& changes)
{
    std::string text;
    for (const auto& change : changes)
    {
        text += ToText(std::optional<BgpRib::Change>(change)) + ", ";
    }
    return text;
}

/**
 * @brief Choose another way than BgpDecision: the best of each neighbouring AS, then the best of
 *        those without regard to MED ("deterministic MED"). Within each of the two, better is a
 *        total order.
 * @param paths the paths
 * @return the best one
 */
const BgpPath*
ChooseByGroups(const std::vector<const BgpPath*>& paths)
{
    const auto rank = [](const BgpPath& path, uint32_t med) {
        return std::make_tuple(path.peer != BgpPath::LOCAL,
                               -int64_t{path.attributes->localPref.value_or(100)},
                               path.attributes->GetPathLength(),
                               static_cast<int>(path.attributes->origin),
                               med,
                               !path.external,
                               path.peerIdentifier,
                               path.peerAddress);
    };
    std::map<uint32_t, const BgpPath*> groups;
    for (const BgpPath* path : paths)
    {
        const BgpPath*& best =
            groups.emplace(path->attributes->GetNeighborAs(), path).first->second;
        if (rank(*path, path->attributes->med.value_or(0)) <
            rank(*best, best->attributes->med.value_or(0)))
        {
            best = path;
        }
    }
    const BgpPath* winner = groups.begin()->second;
    for (const auto& group : groups)
    {
        if (rank(*group.second, 0) < rank(*winner, 0))
        {
            winner = group.second;
        }
    }
    return winner;
}

/**
 * @brief Draw a path; few values, so that every step comes to decide.
 * @param random what draws
 * @param peer who announces it
 * @return the path
 */
BgpPath
DrawPath(std::mt19937& random, uint32_t peer)
{
    Sketch sketch;
    sketch.peer = peer;
    sketch.as.assign(random() % 8 == 0 ? 2 : 1, 100 + random() % 3);
    if (random() % 8 == 0)
    {
        sketch.localPref = 99 + random() % 3;
    }
    sketch.origin = random() % 8 == 0 ? Origin::INCOMPLETE : Origin::IGP;
    if (random() % 4 != 0)
    {
        sketch.med = random() % 3;
    }
    // What is said of a peer does not change from one of its paths to the next.
    sketch.external = peer % 2 == 0;
    sketch.peerIdentifier = 10 - peer / 3;
    sketch.peerAddress = 100 - peer;
    return MakePath(sketch);
}

/// Behaviours 1 to 3.
class StepsTestCase : public TestCase
{
  public:
    StepsTestCase()
        : TestCase("Each step decides if those before it do not")
    {
    }

  private:
    void DoRun() override
    {
        // The winner is worse by all steps behind the one that decides.
        const std::vector<uint32_t> one{100};
        const std::vector<uint32_t> two{100, 200};
        const std::vector<uint32_t> other{300};

        const struct
        {
            Step step;     //!< the step that decides
            Sketch winner; //!< the better path
            Sketch loser;  //!< the other one
        } table[] = {
            {Step::LOCAL,
             {0, two, 50, Origin::EGP, 9, false, 9, 9},
             {1, one, 200, Origin::IGP, 1, true, 1, 1}},
            {Step::LOCAL_PREF,
             {2, two, 101, Origin::EGP, 9, false, 9, 9},
             {1, one, std::nullopt, Origin::IGP, 1, true, 1, 1}},
            {Step::LOCAL_PREF,
             {2, two, std::nullopt, Origin::EGP, 9, false, 9, 9},
             {1, one, 99, Origin::IGP, 1, true, 1, 1}},
            {Step::AS_PATH,
             {2, one, 100, Origin::EGP, 9, false, 9, 9},
             {1, two, std::nullopt, Origin::IGP, 1, true, 1, 1}},
            {Step::ORIGIN,
             {2, one, {}, Origin::IGP, 9, false, 9, 9},
             {1, one, {}, Origin::EGP, 1, true, 1, 1}},
            {Step::ORIGIN,
             {2, one, {}, Origin::EGP, 9, false, 9, 9},
             {1, one, {}, Origin::INCOMPLETE, 1, true, 1, 1}},
            {Step::MED,
             {2, one, {}, Origin::IGP, 8, false, 9, 9},
             {1, one, {}, Origin::IGP, 9, true, 1, 1}},
            {Step::MED,
             {2, one, {}, Origin::IGP, std::nullopt, false, 9, 9},
             {1, one, {}, Origin::IGP, 1, true, 1, 1}},
            {Step::EXTERNAL,
             {2, one, {}, Origin::IGP, 0, true, 9, 9},
             {1, one, {}, Origin::IGP, std::nullopt, false, 1, 1}},
            {Step::EXTERNAL,
             {2, other, {}, Origin::IGP, 9, true, 9, 9},
             {1, one, {}, Origin::IGP, 1, false, 1, 1}},
            {Step::IDENTIFIER,
             {2, other, {}, Origin::IGP, 9, true, 0x80000000, 9},
             {1, one, {}, Origin::IGP, 1, true, 0x80000001, 1}},
            {Step::ADDRESS,
             {2, one, {}, Origin::IGP, {}, false, 5, 0x80000000},
             {1, one, {}, Origin::IGP, {}, false, 5, 0x80000001}},
            {Step::ADDRESS,
             {1, one, {}, Origin::IGP, {}, true, 5, 5},
             {2, one, {}, Origin::IGP, {}, true, 5, 5}},
        };

        for (const auto& row : table)
        {
            const BgpPath winner = MakePath(row.winner);
            const BgpPath loser = MakePath(row.loser);
            const auto first = BgpDecision::Choose({&winner, &loser});
            NS_TEST_EXPECT_MSG_EQ(first.index, 0U, ToString(row.step));
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(first.step)), ToString(row.step), "reason");
            const auto second = BgpDecision::Choose({&loser, &winner});
            NS_TEST_EXPECT_MSG_EQ(second.index, 1U, ToString(row.step) << ", other order");
            NS_TEST_EXPECT_MSG_EQ((second.step == row.step), true, "reason, other order");
        }
        const BgpPath alone = MakePath(1, 3);
        NS_TEST_EXPECT_MSG_EQ((BgpDecision::Choose({&alone}).step == Step::ONLY), true, "alone");
    }
};

/// Behaviour 4.
class CycleTestCase : public TestCase
{
  public:
    CycleTestCase()
        : TestCase("Three paths of which each beats another have one best path")
    {
    }

  private:
    void DoRun() override
    {
        // By pairs: A beats B by identifier, B beats C by identifier, C beats A by MED. As a
        // whole: A goes by the MED of C, and of B and C, B has the lower identifier.
        Sketch a;
        a.peer = 1;
        a.as = {100};
        a.med = 10;
        Sketch b;
        b.peer = 2;
        b.as = {200};
        Sketch c;
        c.peer = 3;
        c.as = {100};
        c.med = 5;
        std::vector<BgpPath> paths{MakePath(a), MakePath(b), MakePath(c)};
        NS_TEST_EXPECT_MSG_EQ(BgpDecision::Choose({&paths[0], &paths[1]}).index, 0U, "A beats B");
        NS_TEST_EXPECT_MSG_EQ(BgpDecision::Choose({&paths[1], &paths[2]}).index, 0U, "B beats C");
        NS_TEST_EXPECT_MSG_EQ(BgpDecision::Choose({&paths[2], &paths[0]}).index, 0U, "C beats A");
        uint32_t orders = 0;
        do
        {
            const auto choice = BgpDecision::Choose(PointAt(paths));
            NS_TEST_EXPECT_MSG_EQ(paths[choice.index].peer, 2U, "best of all");
            NS_TEST_EXPECT_MSG_EQ((choice.step == Step::IDENTIFIER), true, "reason");
            orders++;
        } while (std::next_permutation(
            paths.begin(),
            paths.end(),
            [](const BgpPath& x, const BgpPath& y) { return x.peer < y.peer; }));
        NS_TEST_EXPECT_MSG_EQ(orders, 6U, "orders tried");
    }
};

/// Behaviour 5.
class RandomChoiceTestCase : public TestCase
{
  public:
    RandomChoiceTestCase()
        : TestCase("Random paths in any order: the choice is that of grouping")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 random(9122);
        std::map<Step, uint32_t> decided;
        for (uint32_t i = 0; i < 5000; i++)
        {
            std::vector<BgpPath> paths;
            const auto count = static_cast<uint32_t>(1 + random() % 6);
            // Peer 0 is local and wins at once: rarely among them.
            const uint32_t start = random() % 16 == 0 ? 0 : 1;
            for (uint32_t peer = start; peer < start + count; peer++)
            {
                paths.push_back(DrawPath(random, peer));
            }
            const uint32_t expected = ChooseByGroups(PointAt(paths))->peer;
            for (uint32_t order = 0; order < 4; order++)
            {
                const auto choice = BgpDecision::Choose(PointAt(paths));
                NS_TEST_ASSERT_MSG_EQ(paths[choice.index].peer, expected, "choice " << i);
                decided[choice.step]++;
                std::shuffle(paths.begin(), paths.end(), random);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(decided.size(), 9U, "steps that decided");
    }
};

/// Behaviours 6 to 10.
class ChangesTestCase : public TestCase
{
  public:
    ChangesTestCase()
        : TestCase("A table reports what changed, and nothing else")
    {
    }

  private:
    void DoRun() override
    {
        BgpRib rib;
        Expect("none", rib.Withdraw(TEN, 1), "withdrawal from an empty table");
        Expect("10/8 by 1", rib.Update(TEN, MakePath(1, 3)), "first");
        Expect("none", rib.Update(TEN, MakePath(2, 4)), "worse");
        Expect("10/8 by 3", rib.Update(TEN, MakePath(3, 2)), "better");
        Expect("11/8 by 2", rib.Update(ELEVEN, MakePath(2, 5)), "another prefix");
        Expect("none", rib.Withdraw({0x0a000000, 9}, 3), "withdrawal of another length");

        Expect("none", rib.Update(TEN, MakePath(3, 2)), "the best again");
        Expect("none", rib.Update(TEN, MakePath(2, 4)), "the worse again");
        Expect("10/8 by 3", rib.Update(TEN, MakePath(3, 1)), "other attributes of the best");
        Expect("none", rib.Update(TEN, MakePath(2, 5)), "other attributes of the worse");
        BgpPath internal = MakePath(3, 1);
        internal.external = false;
        Expect("10/8 by 3", rib.Update(TEN, internal), "the best from an internal peer");

        Expect("10/8 by 1", rib.Update(TEN, MakePath(3, 7)), "the best becomes the worst");
        Expect("10/8 by 2", rib.Update(TEN, MakePath(2, 1)), "the worse becomes the best");
        Expect("none", rib.Withdraw(TEN, 3), "the worst goes");
        Expect("none", rib.Withdraw(TEN, 3), "it goes again");
        Expect("10/8 by 1", rib.Withdraw(TEN, 2), "the best goes");
        Expect("10/8 unreachable", rib.Withdraw(TEN, 1), "the last goes");
        Expect("none", rib.Withdraw(TEN, 1), "it goes again");
        NS_TEST_EXPECT_MSG_EQ((rib.GetBest(TEN) == nullptr), true, "unreachable");
        NS_TEST_EXPECT_MSG_EQ(rib.GetBest(ELEVEN)->peer, 2U, "the other prefix");
        Expect("10/8 by 4", rib.Update(TEN, MakePath(4, 9)), "reachable again");

        // As in CycleTestCase: A loses by the MED of C, which loses to B. Without C, A beats B.
        Sketch a;
        a.peer = 1;
        a.as = {100};
        a.med = 10;
        Sketch b;
        b.peer = 2;
        b.as = {200};
        Sketch c;
        c.peer = 3;
        c.as = {100};
        c.med = 5;
        Expect("12/8 by 2", rib.Update(TWELVE, MakePath(b)), "B");
        Expect("12/8 by 1", rib.Update(TWELVE, MakePath(a)), "A");
        Expect("12/8 by 2", rib.Update(TWELVE, MakePath(c)), "C lets B win");
        Expect("12/8 by 1", rib.Withdraw(TWELVE, 3), "C goes");
        Expect("12/8 by 2", rib.Update(TWELVE, MakePath(c)), "C again");
        NS_TEST_EXPECT_MSG_EQ(ToText(rib.RemovePeer(3)), "12/8 by 1, ", "the peer of C goes");
    }

    /**
     * @brief Compare a change.
     * @param expected what should have changed
     * @param change what changed
     * @param what what was done
     */
    void Expect(const std::string& expected,
                const std::optional<BgpRib::Change>& change,
                const std::string& what)
    {
        NS_TEST_EXPECT_MSG_EQ(ToText(change), expected, what);
    }
};

/// Behaviours 11 to 14.
class PeersTestCase : public TestCase
{
  public:
    PeersTestCase()
        : TestCase("A peer goes with its paths; all paths are counted and shown")
    {
    }

  private:
    void DoRun() override
    {
        BgpRib rib;
        NS_TEST_EXPECT_MSG_EQ(rib.RemovePeer(1).size(), 0U, "a peer that said nothing");
        std::size_t changes = 0;
        changes += rib.Update(THIRTEEN, MakePath(1, 1)).has_value();
        changes += rib.Update(TWELVE, MakePath(2, 1)).has_value();
        changes += rib.Update(TWELVE, MakePath(1, 1)).has_value();
        changes += rib.Update(ELEVEN, MakePath(1, 2)).has_value();
        changes += rib.Update(ELEVEN, MakePath(2, 1)).has_value();
        changes += rib.Update(TEN, MakePath(1, 1)).has_value();
        changes += rib.Update(TEN, MakePath(BgpPath::LOCAL, 0)).has_value();
        changes += rib.Update(TEN, MakePath(3, 1)).has_value();
        NS_TEST_EXPECT_MSG_EQ(changes, 7U, "changes");
        ExpectCounts(rib, 4, {1, 4, 2, 1});

        std::string peers;
        for (const BgpPath* path : rib.GetPaths(TEN))
        {
            peers += std::to_string(path->peer) + " ";
        }
        NS_TEST_EXPECT_MSG_EQ(peers.substr(0, 2), "0 ", "the best path first");
        NS_TEST_EXPECT_MSG_EQ(peers.size(), 6U, "all paths");
        NS_TEST_EXPECT_MSG_EQ(rib.GetPaths({0x0a000000, 9}).size(), 0U, "no paths");
        NS_TEST_EXPECT_MSG_EQ(rib.GetPath(ELEVEN, 1)->peer, 1U, "path of a peer");
        NS_TEST_EXPECT_MSG_EQ((rib.GetPath(ELEVEN, 3) == nullptr), true, "no path of a peer");
        NS_TEST_EXPECT_MSG_EQ((rib.GetPath({0, 0}, 1) == nullptr), true, "no prefix");

        const std::string all = "10/8 by 0, 11/8 by 2, 12/8 by 1, 13/8 by 1, ";
        std::vector<BgpRib::Change> visited;
        rib.ForEachBest([&](const BgpPrefix& prefix, const BgpPath& best) {
            visited.push_back(BgpRib::Change{prefix, &best});
        });
        NS_TEST_EXPECT_MSG_EQ(ToText(visited), all, "visit");
        NS_TEST_EXPECT_MSG_EQ(Walk(rib), all, "walk");

        NS_TEST_EXPECT_MSG_EQ(ToText(rib.RemovePeer(1)),
                              "12/8 by 2, 13/8 unreachable, ",
                              "peer 1 goes");
        ExpectCounts(rib, 3, {1, 0, 2, 1});
        NS_TEST_EXPECT_MSG_EQ(rib.RemovePeer(1).size(), 0U, "peer 1 goes again");
        NS_TEST_EXPECT_MSG_EQ(ToText(rib.RemovePeer(BgpPath::LOCAL)),
                              "10/8 by 3, ",
                              "own routes go");
        NS_TEST_EXPECT_MSG_EQ(ToText(rib.Withdraw(TEN, 3)), "10/8 unreachable", "by one");
        ExpectCounts(rib, 2, {0, 0, 2, 0});
        NS_TEST_EXPECT_MSG_EQ(ToText(rib.RemovePeer(2)),
                              "11/8 unreachable, 12/8 unreachable, ",
                              "peer 2 goes");
        ExpectCounts(rib, 0, {0, 0, 0, 0});
        NS_TEST_EXPECT_MSG_EQ(Walk(rib), "", "walk over nothing");
    }

    /**
     * @brief Walk over a table by steps.
     * @param rib the table
     * @return its best paths
     */
    static std::string Walk(const BgpRib& rib)
    {
        std::vector<BgpRib::Change> visited;
        for (auto next = rib.GetNextBest(std::nullopt); next; next = rib.GetNextBest(next->prefix))
        {
            visited.push_back(*next);
        }
        return ToText(visited);
    }

    /**
     * @brief Compare counts.
     * @param rib the table
     * @param prefixes how many prefixes it should have
     * @param paths how many paths of each peer, from 0 on
     */
    void ExpectCounts(const BgpRib& rib,
                      std::size_t prefixes,
                      const std::vector<std::size_t>& paths)
    {
        NS_TEST_EXPECT_MSG_EQ(rib.GetPrefixCount(), prefixes, "prefixes");
        std::size_t sum = 0;
        for (uint32_t peer = 0; peer < paths.size(); peer++)
        {
            NS_TEST_EXPECT_MSG_EQ(rib.GetPathCount(peer), paths[peer], "paths of " << peer);
            sum += paths[peer];
        }
        NS_TEST_EXPECT_MSG_EQ(rib.GetPathCount(), sum, "paths");
    }
};

/// Behaviour 15.
class SharingTestCase : public TestCase
{
  public:
    SharingTestCase()
        : TestCase("Attributes are shared and let go of; places are used again")
    {
    }

  private:
    void DoRun() override
    {
        const uint32_t count = 1000;
        BgpRib rib;
        BgpPath path = MakePath(1, 3);
        const std::weak_ptr<const BgpPathAttributes> attributes = path.attributes;
        Fill(rib, path, count);
        path = MakePath(2, 3);
        Fill(rib, path, count);
        NS_TEST_EXPECT_MSG_EQ(attributes.use_count(), count, "one owner per prefix");
        NS_TEST_EXPECT_MSG_EQ(rib.GetPathCount(), 2 * count, "paths");
        // The same once more, as attributes of their own: the old ones are kept.
        Fill(rib, MakePath(1, 3), count);
        NS_TEST_EXPECT_MSG_EQ(attributes.use_count(), count, "said again");

        const std::size_t before = rib.GetMemory();
        NS_TEST_EXPECT_MSG_EQ(rib.RemovePeer(1).size(), count, "the better peer goes");
        NS_TEST_EXPECT_MSG_EQ(attributes.use_count(), 0, "let go of");
        Fill(rib, MakePath(3, 3), count);
        NS_TEST_EXPECT_MSG_EQ(rib.GetMemory(), before, "octets");
        NS_TEST_EXPECT_MSG_EQ(rib.GetPathCount(), 2 * count, "paths");
    }

    /**
     * @brief Announce prefixes.
     * @param rib where to
     * @param path the path to all of them
     * @param count how many
     */
    static void Fill(BgpRib& rib, const BgpPath& path, uint32_t count)
    {
        for (uint32_t i = 0; i < count; i++)
        {
            const auto change = rib.Update({0x01000000 + (i << 8), 24}, path);
            (void)change;
        }
    }
};

/// Behaviour 16.
class RandomTableTestCase : public TestCase
{
  public:
    RandomTableTestCase()
        : TestCase("Random changes, applied to a copy, keep it right")
    {
    }

  private:
    void DoRun() override
    {
        std::mt19937 random(1771);
        for (uint32_t i = 0; i < 30000; i++)
        {
            const BgpPrefix prefix =
                BgpPrefix::Of(0x0a000000 + (random() % 8 << 16), 12 + random() % 5);
            const auto peer = static_cast<uint32_t>(random() % 7);
            const uint32_t what = random() % 100;
            if (what == 0)
            {
                for (auto& [other, paths] : m_announced)
                {
                    paths.erase(peer);
                }
                const auto changes = m_rib.RemovePeer(peer);
                for (const auto& change : changes)
                {
                    Apply(change);
                }
                NS_TEST_EXPECT_MSG_EQ(std::is_sorted(changes.begin(),
                                                     changes.end(),
                                                     [](const auto& x, const auto& y) {
                                                         return x.prefix < y.prefix;
                                                     }),
                                      true,
                                      "in order");
            }
            else
            {
                std::optional<BgpRib::Change> change;
                if (what < 50)
                {
                    m_announced[prefix].erase(peer);
                    change = m_rib.Withdraw(prefix, peer);
                }
                else
                {
                    const BgpPath path = DrawPath(random, peer);
                    m_announced[prefix].insert_or_assign(peer, path);
                    change = m_rib.Update(prefix, path);
                }
                if (change)
                {
                    Apply(*change);
                }
            }
            if (!IsRight())
            {
                NS_TEST_ASSERT_MSG_EQ(true, false, "table after step " << i);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(m_idle, 0U, "changes that changed nothing");
        NS_TEST_EXPECT_MSG_GT(m_changes, 5000U, "changes");
    }

    /// A best path in the copy: its peer and its attributes.
    using Best = std::pair<uint32_t, BgpPathAttributes>;

    /**
     * @brief Apply a change to the copy.
     * @param change the change
     */
    void Apply(const BgpRib::Change& change)
    {
        m_changes++;
        const auto found = m_copy.find(change.prefix);
        if (!change.best)
        {
            m_idle += found == m_copy.end() ? 1 : 0;
            m_copy.erase(change.prefix);
            return;
        }
        const Best best{change.best->peer, *change.best->attributes};
        m_idle += found != m_copy.end() && found->second == best ? 1 : 0;
        m_copy.insert_or_assign(change.prefix, best);
    }

    /**
     * @brief Compare the copy and the table with what was announced.
     * @return true if both are right
     */
    bool IsRight() const
    {
        std::map<BgpPrefix, Best> expected;
        for (const auto& [prefix, paths] : m_announced)
        {
            std::vector<const BgpPath*> pointers;
            for (const auto& [peer, path] : paths)
            {
                pointers.push_back(&path);
            }
            if (!pointers.empty())
            {
                const BgpPath* best = ChooseByGroups(pointers);
                expected.emplace(prefix, Best{best->peer, *best->attributes});
            }
        }
        std::map<BgpPrefix, Best> stored;
        m_rib.ForEachBest([&](const BgpPrefix& prefix, const BgpPath& best) {
            stored.emplace(prefix, Best{best.peer, *best.attributes});
        });
        return m_copy == expected && stored == expected;
    }

    BgpRib m_rib;                                                 //!< what is tested
    std::map<BgpPrefix, std::map<uint32_t, BgpPath>> m_announced; //!< what was announced
    std::map<BgpPrefix, Best> m_copy;                             //!< made of the changes
    uint32_t m_changes{0};                                        //!< changes reported
    uint32_t m_idle{0};                                           //!< changes without need
};

/// Tables of paths.
class BgpRibTestSuite : public TestSuite
{
  public:
    BgpRibTestSuite()
        : TestSuite("keepalive-bgp-rib")
    {
        AddTestCase(new StepsTestCase);
        AddTestCase(new CycleTestCase);
        AddTestCase(new RandomChoiceTestCase);
        AddTestCase(new ChangesTestCase);
        AddTestCase(new PeersTestCase);
        AddTestCase(new SharingTestCase);
        AddTestCase(new RandomTableTestCase);
    }
};

BgpRibTestSuite g_bgpRibTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
