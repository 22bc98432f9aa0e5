/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_TABLE_GENERATOR_H
#define KEEPALIVE_BGP_TABLE_GENERATOR_H

#include "ns3/bgp-path-attributes.h"
#include "ns3/bgp-prefix.h"

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Makes a table for a BGP speaker to announce that looks like the Internet's.
 *
 * Stylised, not a copy of a table on some day: of the prefixes, 60 % are /24 and nearly all others
 * /16 to /23 (see the .cc file). Prefixes are drawn independently, so that they nest where chance
 * has it. They come in groups that share their attributes, as those of one origin do, and can
 * share an UPDATE: neighbours in the table, geometric in number, 4 on average. The AS_PATH has 1 to
 * 32 numbers, all different, geometric with a mean of 4. There is no MED. NEXT_HOP is left 0 for
 * the speaker to fill in, and its own AS is not in the path.
 *
 * The table depends on seed, run and stream number only, and the first m of n entries are the table
 * of m entries.
 */
class BgpTableGenerator
{
  public:
    /// A prefix and the way to it.
    struct Entry
    {
        BgpPrefix prefix;                                    //!< the prefix
        std::shared_ptr<const BgpPathAttributes> attributes; //!< shared within a group
    };

    static constexpr int64_t STREAMS = 2;            //!< random streams in use
    static constexpr uint32_t MAX_ENTRIES = 2000000; //!< largest table

    /**
     * @brief Create a generator.
     * @param stream first of STREAMS random streams to use, 0 or more
     */
    explicit BgpTableGenerator(int64_t stream);

    /**
     * @brief Leave a block out, such as a network of the scenario; reserved ones are left out
     * anyway.
     * @param prefix no prefix of the table overlaps it
     */
    void Exclude(const BgpPrefix& prefix);

    /**
     * @brief Leave an AS out of the paths: to the speaker of that AS, the route would be a loop.
     *        Reserved and private AS numbers are left out anyway.
     * @param as its number
     */
    void ExcludeAs(uint32_t as);

    /**
     * @brief Make a table.
     * @param n how many entries, up to MAX_ENTRIES
     * @return the entries; prefixes are distinct, and in no order
     */
    std::vector<Entry> Generate(uint32_t n) const;

  private:
    int64_t m_stream;                  //!< first random stream
    std::vector<BgpPrefix> m_excluded; //!< blocks to leave out
    std::set<uint32_t> m_excludedAs;   //!< AS numbers to leave out
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_TABLE_GENERATOR_H */
