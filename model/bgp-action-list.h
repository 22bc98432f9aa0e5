/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ACTION_LIST_H
#define KEEPALIVE_BGP_ACTION_LIST_H

#include "bgp-action.h"

#include <array>
#include <cstddef>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Actions in the order in which they are to be carried out. Free of ns-3 and of allocation.
 */
class BgpActionList
{
  public:
    static constexpr std::size_t CAPACITY = 12; //!< no transition has more actions

    /**
     * @brief Append an action.
     * @param action the action; beyond CAPACITY it is dropped, which BgpFsm never does
     */
    void Add(BgpAction action)
    {
        if (m_size < CAPACITY)
        {
            m_actions[m_size++] = action;
        }
    }

    /**
     * @brief Whether an action is in the list.
     * @param action the action
     * @return true if it is
     */
    [[nodiscard]] bool Has(BgpAction action) const
    {
        for (const BgpAction one : *this)
        {
            if (one == action)
            {
                return true;
            }
        }
        return false;
    }

    /**
     * @brief How many there are.
     * @return 0 to CAPACITY
     */
    [[nodiscard]] std::size_t GetSize() const
    {
        return m_size;
    }

    /**
     * @brief Begin of the range, for "for" loops.
     * @return the first action
     */
    [[nodiscard]] const BgpAction* begin() const
    {
        return m_actions.data();
    }

    /**
     * @brief End of the range, for "for" loops.
     * @return behind the last action
     */
    [[nodiscard]] const BgpAction* end() const
    {
        return m_actions.data() + m_size;
    }

  private:
    std::array<BgpAction, CAPACITY> m_actions{}; //!< the first m_size are valid
    std::size_t m_size{0};                       //!< how many there are
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ACTION_LIST_H */
