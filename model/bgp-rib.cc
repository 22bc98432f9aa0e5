/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-rib.h"

#include "bgp-decision.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Compare two paths of one peer.
 * @param a one
 * @param b the other
 * @return true if they say the same
 */
bool
IsSame(const BgpPath& a, const BgpPath& b)
{
    return (a.attributes == b.attributes || *a.attributes == *b.attributes) &&
           a.external == b.external && a.peerIdentifier == b.peerIdentifier &&
           a.peerAddress == b.peerAddress;
}

} // namespace

std::optional<BgpRib::Change>
BgpRib::Update(const BgpPrefix& prefix, BgpPath path)
{
    const auto [value, isNew] = m_prefixes.Insert(prefix);
    uint32_t& first = *value;
    if (isNew)
    {
        first = NONE;
    }
    const uint32_t bestBefore = first;
    uint32_t index = FindPath(first, path.peer);
    if (index != NONE)
    {
        if (IsSame(m_paths[index], path))
        {
            return std::nullopt;
        }
        static_cast<BgpPath&>(m_paths[index]) = std::move(path);
    }
    else
    {
        index = Allocate(std::move(path));
        m_paths[index].next = first;
        first = index;
    }
    Rank(first);
    if (first == bestBefore && first != index)
    {
        return std::nullopt;
    }
    return Change{prefix, &m_paths[first]};
}

std::optional<BgpRib::Change>
BgpRib::Withdraw(const BgpPrefix& prefix, uint32_t peer)
{
    uint32_t* first = m_prefixes.Find(prefix);
    if (!first)
    {
        return std::nullopt;
    }
    const uint32_t bestBefore = *first;
    if (!Unlink(*first, peer))
    {
        return std::nullopt;
    }
    if (*first == NONE)
    {
        m_prefixes.Remove(prefix);
        return Change{prefix, nullptr};
    }
    // Also if it was not the best that went: the best may have owed its place to the MED of it.
    Rank(*first);
    if (*first == bestBefore)
    {
        return std::nullopt;
    }
    return Change{prefix, &m_paths[*first]};
}

std::vector<BgpRib::Change>
BgpRib::RemovePeer(uint32_t peer)
{
    std::vector<Change> changes;
    if (GetPathCount(peer) == 0)
    {
        return changes;
    }
    m_prefixes.RemoveIf([&](const BgpPrefix& prefix, uint32_t& first) {
        const uint32_t bestBefore = first;
        if (!Unlink(first, peer))
        {
            return false;
        }
        if (first == NONE)
        {
            changes.push_back(Change{prefix, nullptr});
            return true;
        }
        Rank(first);
        if (first != bestBefore)
        {
            changes.push_back(Change{prefix, &m_paths[first]});
        }
        return false;
    });
    return changes;
}

const BgpPath*
BgpRib::GetBest(const BgpPrefix& prefix) const
{
    const uint32_t* first = m_prefixes.Find(prefix);
    return first ? &m_paths[*first] : nullptr;
}

const BgpPath*
BgpRib::GetPath(const BgpPrefix& prefix, uint32_t peer) const
{
    const uint32_t* first = m_prefixes.Find(prefix);
    const uint32_t index = first ? FindPath(*first, peer) : NONE;
    return index == NONE ? nullptr : &m_paths[index];
}

std::vector<const BgpPath*>
BgpRib::GetPaths(const BgpPrefix& prefix) const
{
    std::vector<const BgpPath*> paths;
    const uint32_t* first = m_prefixes.Find(prefix);
    for (uint32_t i = first ? *first : NONE; i != NONE; i = m_paths[i].next)
    {
        paths.push_back(&m_paths[i]);
    }
    return paths;
}

std::optional<BgpRib::Change>
BgpRib::GetNextBest(const std::optional<BgpPrefix>& after) const
{
    const auto next = after ? m_prefixes.GetNext(*after) : m_prefixes.GetFirst();
    if (!next)
    {
        return std::nullopt;
    }
    return Change{next->prefix, &m_paths[*next->value]};
}

std::size_t
BgpRib::GetPrefixCount() const
{
    return m_prefixes.GetSize();
}

std::size_t
BgpRib::GetPathCount() const
{
    return m_pathCount;
}

std::size_t
BgpRib::GetPathCount(uint32_t peer) const
{
    const auto count = m_counts.find(peer);
    return count == m_counts.end() ? 0 : count->second;
}

std::size_t
BgpRib::GetMemory() const
{
    return m_prefixes.GetMemory() + m_paths.size() * sizeof(Entry);
}

void
BgpRib::Rank(uint32_t& first)
{
    if (m_paths[first].next == NONE)
    {
        return;
    }
    m_candidates.clear();
    for (uint32_t i = first; i != NONE; i = m_paths[i].next)
    {
        m_candidates.push_back(&m_paths[i]);
    }
    const std::size_t chosen = BgpDecision::Choose(m_candidates).index;
    uint32_t* link = &first;
    for (std::size_t i = 0; i < chosen; i++)
    {
        link = &m_paths[*link].next;
    }
    const uint32_t best = *link;
    *link = m_paths[best].next;
    m_paths[best].next = first;
    first = best;
}

bool
BgpRib::Unlink(uint32_t& first, uint32_t peer)
{
    uint32_t* link = &first;
    while (*link != NONE && m_paths[*link].peer != peer)
    {
        link = &m_paths[*link].next;
    }
    if (*link == NONE)
    {
        return false;
    }
    const uint32_t index = *link;
    Entry& entry = m_paths[index];
    *link = entry.next;
    entry.attributes.reset();
    entry.next = m_free;
    m_free = index;
    m_pathCount--;
    const auto count = m_counts.find(peer);
    if (--count->second == 0)
    {
        m_counts.erase(count);
    }
    return true;
}

uint32_t
BgpRib::FindPath(uint32_t first, uint32_t peer) const
{
    uint32_t index = first;
    while (index != NONE && m_paths[index].peer != peer)
    {
        index = m_paths[index].next;
    }
    return index;
}

uint32_t
BgpRib::Allocate(BgpPath path)
{
    m_pathCount++;
    m_counts[path.peer]++;
    const uint32_t index = m_free;
    if (index == NONE)
    {
        m_paths.push_back(Entry{{std::move(path)}, NONE});
        return static_cast<uint32_t>(m_paths.size() - 1);
    }
    m_free = m_paths[index].next;
    m_paths[index] = Entry{{std::move(path)}, NONE};
    return index;
}

} // namespace keepalive
} // namespace ns3
