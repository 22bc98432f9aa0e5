/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_PATH_ATTRIBUTES_H
#define KEEPALIVE_BGP_PATH_ATTRIBUTES_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an UPDATE says of the way to its prefixes (RFC 4271 section 5). Free of ns-3.
 */
struct BgpPathAttributes
{
    /// ORIGIN: where the route comes from; the lower the better.
    enum class Origin : uint8_t
    {
        IGP = 0,       //!< from inside its AS
        EGP = 1,       //!< from the protocol of that name
        INCOMPLETE = 2 //!< from elsewhere
    };

    /// One segment of the AS_PATH.
    struct Segment
    {
        /// How the numbers are to be read.
        enum class Type : uint8_t
        {
            AS_SET = 1,     //!< these, in no order; counts as one in the length of the path
            AS_SEQUENCE = 2 //!< these, the latest first
        };

        static constexpr std::size_t MAX_NUMBERS = UINT8_MAX; //!< one byte counts them

        Type type{Type::AS_SEQUENCE};  //!< how to read them
        std::vector<uint32_t> numbers; //!< AS numbers

        /**
         * @brief Compare two segments.
         * @param other the other
         * @return true if they are the same
         */
        bool operator==(const Segment& other) const;
    };

    /// Who made one route out of several (AGGREGATOR).
    struct Aggregator
    {
        uint32_t as{0};         //!< its AS
        uint32_t identifier{0}; //!< its BGP Identifier, in host order

        /**
         * @brief Compare two aggregators.
         * @param other the other
         * @return true if they are the same
         */
        bool operator==(const Aggregator& other) const;
    };

    /// An attribute that this implementation only passes on.
    struct Unknown
    {
        static constexpr uint8_t TRANSITIVE = 0x40; //!< flag: to be passed on
        static constexpr uint8_t PARTIAL = 0x20;    //!< flag: someone passed it on unread

        uint8_t flags{0};           //!< as received, without the bits that have no meaning
        uint8_t type{0};            //!< as received
        std::vector<uint8_t> value; //!< as received

        /**
         * @brief Compare two attributes.
         * @param other the other
         * @return true if they are the same
         */
        bool operator==(const Unknown& other) const;
    };

    Origin origin{Origin::IGP};           //!< ORIGIN, mandatory
    std::vector<Segment> asPath;          //!< AS_PATH, mandatory, may be empty
    uint32_t nextHop{0};                  //!< NEXT_HOP, mandatory, in host order; 0 if missing
    std::optional<uint32_t> med;          //!< MULTI_EXIT_DISC
    std::optional<uint32_t> localPref;    //!< LOCAL_PREF, from internal peers only
    bool atomicAggregate{false};          //!< ATOMIC_AGGREGATE
    std::optional<Aggregator> aggregator; //!< AGGREGATOR
    std::vector<Unknown> unknown;         //!< optional ones not understood, by type

    /**
     * @brief Length of the AS_PATH for the choice between routes (RFC 4271 section 9.1.2.2 a).
     * @return how many numbers; a set counts as one
     */
    uint32_t GetPathLength() const;

    /**
     * @brief Whether an AS is in the AS_PATH: to that AS, the route is a loop.
     * @param as its number
     * @return true if it is
     */
    bool PassedThrough(uint32_t as) const;

    /**
     * @brief The AS that announced the route to us.
     * @return the first of the AS_PATH; 0 if it is empty or begins with a set
     */
    uint32_t GetNeighborAs() const;

    /**
     * @brief Put an AS before the path, as a speaker does that passes a route to another AS.
     * @param as its number
     */
    void Prepend(uint32_t as);

    /**
     * @brief What to tell a peer in another AS about a route with these attributes (RFC 4271
     *        section 5).
     *
     * Our AS comes first, packets come to us, and what is only for the inside of an AS stays there:
     * LOCAL_PREF, and MULTI_EXIT_DISC of another neighbour. What is not understood goes on if it is
     * transitive, marked as Partial.
     *
     * @param as our AS
     * @param address ours, in host order: the next hop
     * @return the attributes
     */
    BgpPathAttributes ForExternalPeer(uint32_t as, uint32_t address) const;

    /**
     * @brief What to tell a peer in our own AS.
     * @param defaultLocalPref LOCAL_PREF if the route has none yet
     * @return the attributes; NEXT_HOP is as it was
     */
    BgpPathAttributes ForInternalPeer(uint32_t defaultLocalPref) const;
};

/**
 * @brief Compare attributes: routes with equal ones can share an UPDATE.
 * @param a one
 * @param b the other
 * @return true if they are the same
 */
bool operator==(const BgpPathAttributes& a, const BgpPathAttributes& b);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_PATH_ATTRIBUTES_H */
