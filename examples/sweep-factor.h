/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_FACTOR_H
#define KEEPALIVE_SWEEP_FACTOR_H

#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief One thing that varies in a sweep, and its levels, as text.
 */
struct SweepFactor
{
    static constexpr unsigned MOST_LEVELS = 100000; //!< of one factor

    std::string name;                //!< of the setting
    std::vector<std::string> levels; //!< its values, in order

    /**
     * @brief Read a list such as `0.5,1,2`, `2..6`, `0.1..0.5:0.1`, `no,yes`, or `1,2,5..10`.
     *
     * Ranges are counted in decimals, not in binary fractions: 0.1..0.5:0.1 has 0.3, and not
     * 0.30000000000000004. A range holds its first number, and its last if the step leads there.
     *
     * @param name of the option, for the levels and for errors
     * @param text what was given
     * @return the factor, with at least one level
     * @throw UsageError naming option, value and what is allowed: for an empty list or member, a
     *        range that descends or has no step, a level that is there already, and more than
     *        MOST_LEVELS
     */
    static SweepFactor Parse(const std::string& name, const std::string& text);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_FACTOR_H */
