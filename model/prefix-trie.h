/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PREFIX_TRIE_H
#define KEEPALIVE_PREFIX_TRIE_H

#include "bgp-prefix.h"
#include "prefix-trie-pool.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A map from prefixes to values that finds the longest prefix of an address. Free of ns-3.
 *
 * A binary trie whose paths are compressed: a node stands for a prefix that is in the map, or for
 * the place where two such prefixes part, so that n prefixes need fewer than 2n nodes, and no
 * operation visits more than 33. Nodes lie in one vector and name each other by index; with a value
 * of four octets a node has twenty.
 *
 * A pointer to a value is valid until the next Insert, Remove or RemoveIf. Visitors must not call
 * these: to remove while walking, use RemoveIf, or GetNext, which continues behind any prefix,
 * whether or not it is still there.
 *
 * @tparam T the values: default-constructible, movable, best small
 */
template <typename T>
class PrefixTrie
{
  public:
    /// An element of the map.
    struct Match
    {
        BgpPrefix prefix; //!< its prefix
        const T* value;   //!< its value
    };

    /**
     * @brief Add an element, unless its prefix is there.
     * @param prefix the prefix, without bits behind its length (BgpPrefix::Of)
     * @return the value, default-constructed if it is new, and whether it is new
     */
    std::pair<T*, bool> Insert(const BgpPrefix& prefix);

    /**
     * @brief Take an element out.
     * @param prefix its prefix
     * @return true if it was there
     */
    bool Remove(const BgpPrefix& prefix);

    /**
     * @brief Find the value of a prefix, and of this prefix only.
     * @param prefix the prefix
     * @return the value; null if the prefix is not in the map
     */
    const T* Find(const BgpPrefix& prefix) const;

    /// @copydoc Find(const BgpPrefix&) const
    T* Find(const BgpPrefix& prefix);

    /**
     * @brief Find the longest prefix that an address lies in.
     * @param address the address, in host order
     * @param maxLength look for no longer one: to go on from a match, its length minus one
     * @return the element, if there is one
     */
    std::optional<Match> FindLongestMatch(uint32_t address, uint8_t maxLength = 32) const;

    /**
     * @brief Find the first element behind a prefix, in order of address, then of length.
     * @param prefix the prefix; it need not be in the map
     * @return the element, if there is one
     */
    std::optional<Match> GetNext(const BgpPrefix& prefix) const;

    /**
     * @brief Find the first element.
     * @return the element, if there is one
     */
    std::optional<Match> GetFirst() const;

    /**
     * @brief Visit all elements in order of address, then of length.
     * @param visit called with a `const BgpPrefix&` and a `const T&`
     */
    template <typename Visitor>
    void ForEach(Visitor visit) const;

    /**
     * @brief Visit all elements in order of address, then of length, and remove some of them.
     * @param visit called with a `const BgpPrefix&` and a `T&`; true to remove the element
     */
    template <typename Visitor>
    void RemoveIf(Visitor visit);

    /**
     * @brief Count the elements.
     * @return how many there are
     */
    std::size_t GetSize() const
    {
        return m_size;
    }

    /**
     * @brief Measure the map.
     * @return octets, with those that are reserved for growth
     */
    std::size_t GetMemory() const
    {
        return m_nodes.GetMemory();
    }

    /// Remove all elements, and give their memory back.
    void Clear();

  private:
    static constexpr uint32_t NONE = PrefixTriePool<T>::NONE; //!< no node
    using Node = typename PrefixTriePool<T>::Node;            //!< a prefix, or a fork

    /**
     * @brief The place where the index of a node stands.
     * @param parent the node above; NONE for the root
     * @param side which child
     * @return the place, valid until a node is allocated
     */
    uint32_t& GetLink(uint32_t parent, uint32_t side)
    {
        return parent == NONE ? m_root : m_nodes[parent].child[side];
    }

    /**
     * @brief Find the node of a prefix of the map.
     * @param prefix the prefix
     * @return its index; NONE if the prefix is not in the map
     */
    uint32_t FindNode(const BgpPrefix& prefix) const;

    /**
     * @brief Take an element out of its node.
     * @param index the node; it may have lost its purpose then
     */
    void Vacate(uint32_t index);

    /**
     * @brief Remove a node that has lost its purpose.
     * @param index the node
     * @return what takes its place: itself, its only child, or NONE
     */
    uint32_t Collapse(uint32_t index);

    /**
     * @brief Visit the elements of a subtree.
     * @param index its root
     * @param visit as in ForEach
     */
    template <typename Visitor>
    void ForEachBelow(uint32_t index, Visitor& visit) const;

    /**
     * @brief Visit the elements of a subtree, and remove some of them.
     * @param index its root
     * @param visit as in RemoveIf
     * @return what takes the place of the subtree
     */
    template <typename Visitor>
    uint32_t RemoveIfBelow(uint32_t index, Visitor& visit);

    /**
     * @brief Find the first element of a subtree.
     * @param index its root, or NONE
     * @return the element, if there is one
     */
    std::optional<Match> GetFirstBelow(uint32_t index) const;

    PrefixTriePool<T> m_nodes; //!< all nodes
    uint32_t m_root{NONE};     //!< the node above all others
    std::size_t m_size{0};     //!< elements
};

template <typename T>
std::pair<T*, bool>
PrefixTrie<T>::Insert(const BgpPrefix& prefix)
{
    uint32_t parent = NONE;
    uint32_t side = 0;
    uint32_t index = m_root;
    uint8_t common = 0;
    while (index != NONE)
    {
        const Node& node = m_nodes[index];
        common = node.GetCommonLength(prefix);
        if (common < node.length || common == prefix.length)
        {
            break;
        }
        parent = index;
        side = node.GetSide(prefix.address);
        index = node.child[side];
    }

    if (index == NONE)
    {
        index = m_nodes.Allocate(prefix);
        GetLink(parent, side) = index;
    }
    else if (common < m_nodes[index].length)
    {
        // The new prefix leaves the path above this node: there, it or a fork takes its place.
        const uint32_t top = m_nodes.Allocate(BgpPrefix::Of(prefix.address, common));
        m_nodes[top].child[m_nodes[top].GetSide(m_nodes[index].address)] = index;
        GetLink(parent, side) = top;
        index = top;
        if (common < prefix.length)
        {
            index = m_nodes.Allocate(prefix);
            m_nodes[top].child[m_nodes[top].GetSide(prefix.address)] = index;
        }
    }

    Node& node = m_nodes[index];
    const bool isNew = !node.used;
    if (isNew)
    {
        node.used = true;
        m_size++;
    }
    return {&node.value, isNew};
}

template <typename T>
bool
PrefixTrie<T>::Remove(const BgpPrefix& prefix)
{
    uint32_t grandparent = NONE;
    uint32_t parentSide = 0;
    uint32_t parent = NONE;
    uint32_t side = 0;
    uint32_t index = m_root;
    while (index != NONE && m_nodes[index].length < prefix.length)
    {
        grandparent = parent;
        parentSide = side;
        parent = index;
        side = m_nodes[index].GetSide(prefix.address);
        index = m_nodes[index].child[side];
    }
    if (index == NONE || !m_nodes[index].used || !(m_nodes[index].GetPrefix() == prefix))
    {
        return false;
    }
    Vacate(index);
    GetLink(parent, side) = Collapse(index);
    if (parent != NONE)
    {
        GetLink(grandparent, parentSide) = Collapse(parent);
    }
    return true;
}

template <typename T>
const T*
PrefixTrie<T>::Find(const BgpPrefix& prefix) const
{
    const uint32_t index = FindNode(prefix);
    return index == NONE ? nullptr : &m_nodes[index].value;
}

template <typename T>
T*
PrefixTrie<T>::Find(const BgpPrefix& prefix)
{
    const uint32_t index = FindNode(prefix);
    return index == NONE ? nullptr : &m_nodes[index].value;
}

template <typename T>
auto
PrefixTrie<T>::FindLongestMatch(uint32_t address, uint8_t maxLength) const -> std::optional<Match>
{
    const Node* longest = nullptr;
    uint32_t index = m_root;
    while (index != NONE)
    {
        const Node& node = m_nodes[index];
        if (node.length > maxLength || !node.GetPrefix().Contains(address))
        {
            break;
        }
        if (node.used)
        {
            longest = &node;
        }
        if (node.length == 32)
        {
            break;
        }
        index = node.child[node.GetSide(address)];
    }
    if (!longest)
    {
        return std::nullopt;
    }
    return Match{longest->GetPrefix(), &longest->value};
}

template <typename T>
auto
PrefixTrie<T>::GetNext(const BgpPrefix& prefix) const -> std::optional<Match>
{
    uint32_t next = NONE; // the nearest subtree that lies behind the prefix as a whole
    uint32_t index = m_root;
    while (index != NONE)
    {
        const Node& node = m_nodes[index];
        if (prefix < node.GetPrefix())
        {
            next = index;
            break;
        }
        if (!node.GetPrefix().Contains(prefix.address))
        {
            break;
        }
        if (node.length == prefix.length)
        {
            next = node.child[0] != NONE ? node.child[0]
                                         : (node.child[1] != NONE ? node.child[1] : next);
            break;
        }
        const uint32_t side = node.GetSide(prefix.address);
        if (side == 0 && node.child[1] != NONE)
        {
            next = node.child[1];
        }
        index = node.child[side];
    }
    return GetFirstBelow(next);
}

template <typename T>
auto
PrefixTrie<T>::GetFirst() const -> std::optional<Match>
{
    return GetFirstBelow(m_root);
}

template <typename T>
template <typename Visitor>
void
PrefixTrie<T>::ForEach(Visitor visit) const
{
    ForEachBelow(m_root, visit);
}

template <typename T>
template <typename Visitor>
void
PrefixTrie<T>::RemoveIf(Visitor visit)
{
    m_root = RemoveIfBelow(m_root, visit);
}

template <typename T>
void
PrefixTrie<T>::Clear()
{
    *this = PrefixTrie();
}

template <typename T>
uint32_t
PrefixTrie<T>::FindNode(const BgpPrefix& prefix) const
{
    uint32_t index = m_root;
    while (index != NONE && m_nodes[index].length < prefix.length)
    {
        index = m_nodes[index].child[m_nodes[index].GetSide(prefix.address)];
    }
    return index != NONE && m_nodes[index].used && m_nodes[index].GetPrefix() == prefix ? index
                                                                                        : NONE;
}

template <typename T>
void
PrefixTrie<T>::Vacate(uint32_t index)
{
    m_nodes[index].used = false;
    m_nodes[index].value = T{};
    m_size--;
}

template <typename T>
uint32_t
PrefixTrie<T>::Collapse(uint32_t index)
{
    const uint32_t zero = m_nodes[index].child[0];
    const uint32_t one = m_nodes[index].child[1];
    if (m_nodes[index].used || (zero != NONE && one != NONE))
    {
        return index;
    }
    m_nodes.Free(index);
    return zero != NONE ? zero : one;
}

template <typename T>
template <typename Visitor>
void
PrefixTrie<T>::ForEachBelow(uint32_t index, Visitor& visit) const
{
    if (index == NONE)
    {
        return;
    }
    const Node& node = m_nodes[index];
    if (node.used)
    {
        visit(node.GetPrefix(), node.value);
    }
    ForEachBelow(node.child[0], visit);
    ForEachBelow(node.child[1], visit);
}

template <typename T>
template <typename Visitor>
uint32_t
PrefixTrie<T>::RemoveIfBelow(uint32_t index, Visitor& visit)
{
    if (index == NONE)
    {
        return NONE;
    }
    Node& node = m_nodes[index];
    if (node.used && visit(node.GetPrefix(), node.value))
    {
        Vacate(index);
    }
    node.child[0] = RemoveIfBelow(node.child[0], visit);
    node.child[1] = RemoveIfBelow(node.child[1], visit);
    return Collapse(index);
}

template <typename T>
auto
PrefixTrie<T>::GetFirstBelow(uint32_t index) const -> std::optional<Match>
{
    // A node without an element has two children, so the way to the left leads to one.
    while (index != NONE && !m_nodes[index].used)
    {
        index = m_nodes[index].child[0];
    }
    if (index == NONE)
    {
        return std::nullopt;
    }
    return Match{m_nodes[index].GetPrefix(), &m_nodes[index].value};
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PREFIX_TRIE_H */
