/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_DECISION_H
#define KEEPALIVE_BGP_DECISION_H

#include "bgp-path.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The choice between the paths to one prefix (RFC 4271 section 9.1.2). Free of ns-3.
 *
 * Each step keeps the best of what the steps before it have left:
 *
 * | step           | keeps                                                | RFC 4271  |
 * |----------------|------------------------------------------------------|-----------|
 * | LOCAL          | the path of this router itself                       | practice  |
 * | LOCAL_PREF     | the highest preference; 100 for a path that has none | 9.1.2     |
 * | AS_PATH        | the shortest AS_PATH; a set counts as one            | 9.1.2.2 a |
 * | ORIGIN         | the lowest ORIGIN                                    | 9.1.2.2 b |
 * | MED            | of each neighbouring AS, the lowest MED; absent is 0 | 9.1.2.2 c |
 * | EXTERNAL       | paths of external peers, if there are any            | 9.1.2.2 d |
 * | IDENTIFIER     | the lowest BGP identifier of the peer                | 9.1.2.2 f |
 * | ADDRESS        | the lowest address of the peer                       | 9.1.2.2 g |
 *
 * MEDs of different ASes cannot be compared, and that makes "better than" of two paths a relation
 * that is not transitive: with A better than B, B better than C and C better than A, choosing by
 * pairs gives whichever path was looked at last. So nothing here compares pairs in the order of
 * arrival. A path goes if *any* path that came as far as the MED step has the same neighbouring AS
 * and a lower MED, and only then do the steps behind it look at what is left. That is the RFC's
 * own wording, gives the same result as the grouping that routers call "deterministic MED", and
 * does not depend on the order of the paths. (The oscillations between routers of RFC 3345 are
 * another matter and remain possible.)
 *
 * Not decided here: a path that loops (BgpPathAttributes::PassedThrough) or whose NEXT_HOP cannot
 * be resolved must not be offered; the interior cost to the next hop (9.1.2.2 e) counts as equal;
 * age does not count (RFC 5004), so that the choice depends on nothing but the paths.
 */
class BgpDecision
{
  public:
    /// A step of the choice.
    enum class Step : uint8_t
    {
        ONLY,       //!< there is no other path
        LOCAL,      //!< this router's own path
        LOCAL_PREF, //!< LOCAL_PREF
        AS_PATH,    //!< length of the AS_PATH
        ORIGIN,     //!< ORIGIN
        MED,        //!< MULTI_EXIT_DISC
        EXTERNAL,   //!< external before internal
        IDENTIFIER, //!< identifier of the peer
        ADDRESS     //!< address of the peer
    };

    /// What was chosen, and why.
    struct Choice
    {
        std::size_t index{0};  //!< which path
        Step step{Step::ONLY}; //!< the step that left no other
    };

    /// The preference of a path without LOCAL_PREF: what every implementation takes.
    static constexpr uint32_t DEFAULT_LOCAL_PREF = 100;

    /**
     * @brief Choose the best of some paths.
     * @param paths one or more, each of another peer, in any order; none null
     * @return the best of them
     */
    [[nodiscard]] static Choice Choose(const std::vector<const BgpPath*>& paths);
};

/**
 * @brief Name a step as an explanation of a choice does.
 * @param step the step
 * @return the name, such as "shortest AS path"
 */
const char* ToString(BgpDecision::Step step);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_DECISION_H */
