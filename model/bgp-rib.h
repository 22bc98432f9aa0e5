/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_RIB_H
#define KEEPALIVE_BGP_RIB_H

#include "bgp-path.h"
#include "bgp-prefix.h"
#include "prefix-trie.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What all peers have announced (Adj-RIBs-In) and what is best of it (Loc-RIB), RFC 4271
 *        section 3.2. Free of ns-3.
 *
 * One trie of prefixes; each has a list of paths, one per peer at most, with the best in front. A
 * path that is not better than the best costs 40 octets. Attributes are shared between the prefixes
 * of an UPDATE. A change is reported only if the best path of a prefix is another one now, or has
 * other attributes: what must be announced, and put into the routing table.
 *
 * The caller filters: a path that loops or breaks a policy is not to be given here. If it replaces
 * an earlier one of the same peer, that one has to be withdrawn (RFC 4271 section 9.1.2).
 */
class BgpRib
{
  public:
    /// The best path of a prefix is another one, or has gone.
    struct Change
    {
        BgpPrefix prefix;             //!< of which
        const BgpPath* best{nullptr}; //!< the new one, valid until the next call that changes the
                                      //!< table; null if the prefix is unreachable now
    };

    BgpRib() = default;

    // A copy's paths would lie elsewhere than the pointers that were handed out.
    BgpRib(const BgpRib&) = delete;
    BgpRib& operator=(const BgpRib&) = delete;

    /**
     * @brief A peer announced a prefix: its path takes the place of the one it announced before.
     * @param prefix the prefix
     * @param path the way there, with its peer
     * @return what changed, if anything did
     */
    [[nodiscard]] std::optional<Change> Update(const BgpPrefix& prefix, BgpPath path);

    /**
     * @brief A peer withdrew a prefix; it may never have announced it.
     * @param prefix the prefix
     * @param peer the peer
     * @return what changed, if anything did
     */
    [[nodiscard]] std::optional<Change> Withdraw(const BgpPrefix& prefix, uint32_t peer);

    /**
     * @brief A peer is gone, and all that it announced: one walk over the table.
     * @param peer the peer
     * @return what changed, in the order of the prefixes
     */
    [[nodiscard]] std::vector<Change> RemovePeer(uint32_t peer);

    /**
     * @brief The best path to a prefix.
     * @param prefix exactly this one
     * @return the path, valid until the next call that changes the table; null if unreachable
     */
    const BgpPath* GetBest(const BgpPrefix& prefix) const;

    /**
     * @brief What a peer announced of a prefix.
     * @param prefix the prefix
     * @param peer the peer
     * @return the path, valid until the next call that changes the table; null if there is none
     */
    const BgpPath* GetPath(const BgpPrefix& prefix, uint32_t peer) const;

    /**
     * @brief All paths to a prefix, as a console shows them.
     * @param prefix the prefix
     * @return the paths, the best one first, valid until the next call that changes the table
     */
    std::vector<const BgpPath*> GetPaths(const BgpPrefix& prefix) const;

    /**
     * @brief Visit the best path of every prefix, in the order of the prefixes.
     * @param visit called with a `const BgpPrefix&` and a `const BgpPath&`; must not change the
     *              table
     */
    template <typename Visitor>
    void ForEachBest(Visitor visit) const
    {
        m_prefixes.ForEach(
            [&](const BgpPrefix& prefix, uint32_t first) { visit(prefix, m_paths[first]); });
    }

    /**
     * @brief Walk over the best paths by steps, between which the table may change: for a table
     *        that is sent as the connection takes it.
     * @param after the prefix of the step before; none to begin
     * @return the next prefix in order with its best path; nothing at the end
     */
    std::optional<Change> GetNextBest(const std::optional<BgpPrefix>& after) const;

    /**
     * @brief Count prefixes.
     * @return how many are reachable
     */
    std::size_t GetPrefixCount() const;

    /**
     * @brief Count the paths of all peers.
     * @return how many there are
     */
    std::size_t GetPathCount() const;

    /**
     * @brief Count what a peer announced, for a limit on that (RFC 4486 section 4).
     * @param peer the peer
     * @return how many prefixes
     */
    std::size_t GetPathCount(uint32_t peer) const;

    /**
     * @brief Measure the table; the shared attributes are not counted.
     * @return octets
     */
    std::size_t GetMemory() const;

  private:
    /// Ends a list of paths.
    static constexpr uint32_t NONE = UINT32_MAX;

    /// A path in a list. Derived, since the octets that pad a path have room for the index then.
    struct Entry : BgpPath
    {
        uint32_t next{NONE}; //!< index of the next path to the same prefix
    };

    /**
     * @brief Put the best path in front of its list.
     * @param first the list; its first path is the new best one afterwards
     */
    void Rank(uint32_t& first);

    /**
     * @brief Take the path of a peer out of a list.
     * @param first the list; NONE if it is empty afterwards
     * @param peer the peer
     * @return true if the peer had a path
     */
    bool Unlink(uint32_t& first, uint32_t peer);

    /**
     * @brief Find the path of a peer in a list.
     * @param first the list
     * @param peer the peer
     * @return index of the path; NONE if the peer has none
     */
    uint32_t FindPath(uint32_t first, uint32_t peer) const;

    /**
     * @brief Keep a path.
     * @param path the path
     * @return its index
     */
    uint32_t Allocate(BgpPath path);

    PrefixTrie<uint32_t> m_prefixes;          //!< prefix to the index of its best path
    std::deque<Entry> m_paths;                //!< all paths; they never move
    uint32_t m_free{NONE};                    //!< list of unused places in m_paths
    std::size_t m_pathCount{0};               //!< places in use
    std::map<uint32_t, std::size_t> m_counts; //!< paths of each peer that has any
    std::vector<const BgpPath*> m_candidates; //!< paths to choose from, kept for its memory
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_RIB_H */
