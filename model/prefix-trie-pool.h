/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PREFIX_TRIE_POOL_H
#define KEEPALIVE_PREFIX_TRIE_POOL_H

#include "bgp-prefix.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The nodes of a PrefixTrie: in one vector, naming each other by index. Free of ns-3.
 *
 * @tparam T the values of the map
 */
template <typename T>
class PrefixTriePool
{
  public:
    /// The index of no node.
    static constexpr uint32_t NONE = UINT32_MAX;

    /// A prefix of the map, or a place where two of them part.
    struct Node
    {
        uint32_t child[2]{NONE, NONE}; //!< what continues with a zero, and with a one
        uint32_t address{0};           //!< what all below have in common
        uint8_t length{0};             //!< how many bits of it
        bool used{false};              //!< in the map; false: it has two children
        T value{};                     //!< the value, if in the map

        /**
         * @brief Put the halves together.
         * @return the prefix
         */
        BgpPrefix GetPrefix() const
        {
            return BgpPrefix{address, length};
        }

        /**
         * @brief Tell where to go on.
         * @param other an address in the prefix, which must be shorter than 32
         * @return which child
         */
        uint32_t GetSide(uint32_t other) const
        {
            return other >> (31 - length) & 1;
        }

        /**
         * @brief Count the leading bits that this node shares with a prefix.
         * @param prefix the prefix
         * @return how many; no more than the shorter one has
         */
        uint8_t GetCommonLength(const BgpPrefix& prefix) const;
    };

    /**
     * @brief Get a node.
     * @param index its index
     * @return the node, valid until Allocate
     */
    Node& operator[](uint32_t index)
    {
        return m_nodes[index];
    }

    /// @copydoc operator[](uint32_t)
    const Node& operator[](uint32_t index) const
    {
        return m_nodes[index];
    }

    /**
     * @brief Make a node; that may move all others.
     * @param prefix its prefix
     * @return its index
     */
    uint32_t Allocate(const BgpPrefix& prefix);

    /**
     * @brief Give a node back.
     * @param index the node
     */
    void Free(uint32_t index);

    /**
     * @brief Measure the nodes.
     * @return octets, with those that are reserved for growth
     */
    std::size_t GetMemory() const
    {
        return m_nodes.capacity() * sizeof(Node);
    }

  private:
    std::vector<Node> m_nodes; //!< all nodes, used and free
    uint32_t m_free{NONE};     //!< list of free nodes, by their first child
};

template <typename T>
uint8_t
PrefixTriePool<T>::Node::GetCommonLength(const BgpPrefix& prefix) const
{
    const uint32_t difference = address ^ prefix.address;
    const uint8_t shorter = length < prefix.length ? length : prefix.length;
    if ((difference & BgpPrefix::MaskOf(shorter)) == 0)
    {
        return shorter;
    }
    // By halves, since C++17 has no std::countl_zero.
    uint8_t common = 0;
    for (uint8_t step = 16; step > 0; step /= 2)
    {
        if ((difference & BgpPrefix::MaskOf(common + step)) == 0)
        {
            common += step;
        }
    }
    return common;
}

template <typename T>
uint32_t
PrefixTriePool<T>::Allocate(const BgpPrefix& prefix)
{
    uint32_t index = m_free;
    if (index != NONE)
    {
        m_free = m_nodes[index].child[0];
    }
    else
    {
        index = static_cast<uint32_t>(m_nodes.size());
        if (m_nodes.size() == m_nodes.capacity())
        {
            // By a quarter: doubling would leave a third of the memory unused on average.
            m_nodes.reserve(m_nodes.size() + m_nodes.size() / 4 + 4);
        }
        m_nodes.emplace_back();
    }
    Node& node = m_nodes[index];
    node = Node();
    node.address = prefix.address;
    node.length = prefix.length;
    return index;
}

template <typename T>
void
PrefixTriePool<T>::Free(uint32_t index)
{
    m_nodes[index].child[0] = m_free;
    m_free = index;
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PREFIX_TRIE_POOL_H */
