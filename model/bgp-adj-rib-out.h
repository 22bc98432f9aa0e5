/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ADJ_RIB_OUT_H
#define KEEPALIVE_BGP_ADJ_RIB_OUT_H

#include "bgp-path-attributes.h"
#include "bgp-prefix.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What one neighbour has been told, and what it is yet to be told (RFC 4271 section 3.2).
 *        Free of ns-3.
 *
 * Changes are collected, and the latest one of a prefix counts. Prefixes that share attributes
 * share UPDATEs. A prefix that the neighbour never heard of is not withdrawn.
 */
class BgpAdjRibOut
{
  public:
    /// How this speaker appears in the routes that it passes on.
    struct Export
    {
        uint32_t as{0};          //!< our AS
        bool external{true};     //!< the neighbour is in another AS
        uint32_t nextHop{0};     //!< our address on the session, in host order
        bool fourOctetAs{false}; //!< AS numbers of four octets (RFC 6793)
    };

    /**
     * @brief The neighbour is to know a route.
     * @param prefix the prefix
     * @param attributes as we know them; not null
     */
    void Announce(const BgpPrefix& prefix, std::shared_ptr<const BgpPathAttributes> attributes);

    /**
     * @brief The neighbour is no longer to know a route.
     * @param prefix the prefix
     */
    void Withdraw(const BgpPrefix& prefix);

    /**
     * @brief Write down what the neighbour is yet to be told. It then has been.
     * @param settings how we appear
     * @return whole UPDATE messages: withdrawals first, then the routes in the order in which their
     *         attributes first came up
     */
    std::vector<std::vector<uint8_t>> Take(const Export& settings);

    /**
     * @brief Whether the neighbour is yet to be told something.
     * @return true if so
     */
    bool HasChanges() const;

    /**
     * @brief Count what the neighbour has been told.
     * @return prefixes
     */
    std::size_t GetNAnnounced() const;

    /// The session is gone: the neighbour knows nothing any more.
    void Clear();

  private:
    /**
     * @brief A number for each prefix.
     * @param prefix the prefix
     * @return the number
     */
    static uint64_t KeyOf(const BgpPrefix& prefix);

    /// A change that the neighbour has not been told.
    struct Change
    {
        BgpPrefix prefix;                                    //!< of what
        std::shared_ptr<const BgpPathAttributes> attributes; //!< null to withdraw it
    };

    /**
     * @brief Note a change, which takes the place of an earlier one.
     * @param change the change
     */
    void Note(Change change);

    std::vector<Change> m_changes;                       //!< in the order of occurrence
    std::unordered_map<uint64_t, std::size_t> m_pending; //!< prefix to its place among these
    std::unordered_set<uint64_t> m_announced;            //!< what the neighbour knows
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ADJ_RIB_OUT_H */
