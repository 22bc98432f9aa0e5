/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-decision.h"

#include <algorithm>
#include <numeric>

namespace ns3
{
namespace keepalive
{

namespace
{

using Paths = std::vector<const BgpPath*>; //!< the paths to choose from
using Left = std::vector<std::size_t>;     //!< those that are left, by index

/**
 * @brief What a step looks at.
 * @param path a path
 * @param step any step but ONLY and MED
 * @return the lower, the better
 */
uint64_t
GetRank(const BgpPath& path, BgpDecision::Step step)
{
    switch (step)
    {
    case BgpDecision::Step::LOCAL:
        return path.peer == BgpPath::LOCAL ? 0 : 1;
    case BgpDecision::Step::LOCAL_PREF:
        return UINT32_MAX - path.attributes->localPref.value_or(BgpDecision::DEFAULT_LOCAL_PREF);
    case BgpDecision::Step::AS_PATH:
        return path.attributes->GetPathLength();
    case BgpDecision::Step::ORIGIN:
        return static_cast<uint64_t>(path.attributes->origin);
    case BgpDecision::Step::EXTERNAL:
        return path.external ? 0 : 1;
    case BgpDecision::Step::IDENTIFIER:
        return path.peerIdentifier;
    case BgpDecision::Step::ADDRESS:
        // Two sessions with one address are somebody's mistake; even then, one and the same wins.
        return uint64_t{path.peerAddress} << 32 | path.peer;
    case BgpDecision::Step::ONLY:
    case BgpDecision::Step::MED:
        break;
    }
    return 0;
}

/**
 * @brief Keep the paths of lowest rank.
 * @param paths all paths
 * @param left those that are left
 * @param step what ranks them
 */
void
KeepLowest(const Paths& paths, Left& left, BgpDecision::Step step)
{
    uint64_t lowest = UINT64_MAX;
    for (const std::size_t i : left)
    {
        lowest = std::min(lowest, GetRank(*paths[i], step));
    }
    left.erase(std::remove_if(left.begin(),
                              left.end(),
                              [&](std::size_t i) { return GetRank(*paths[i], step) > lowest; }),
               left.end());
}

/**
 * @brief Whether the neighbouring AS itself says that another path is the better one.
 * @param path a path
 * @param other the other
 * @return true if it does
 */
bool
HasHigherMed(const BgpPath& path, const BgpPath& other)
{
    return path.attributes->GetNeighborAs() == other.attributes->GetNeighborAs() &&
           path.attributes->med.value_or(0) > other.attributes->med.value_or(0);
}

/**
 * @brief Keep, of each neighbouring AS, the paths of lowest MED.
 * @param paths all paths
 * @param left those that are left
 */
void
KeepLowestMeds(const Paths& paths, Left& left)
{
    const Left before = left;
    left.erase(
        std::remove_if(left.begin(),
                       left.end(),
                       [&](std::size_t i) {
                           return std::any_of(before.begin(), before.end(), [&](std::size_t j) {
                               return HasHigherMed(*paths[i], *paths[j]);
                           });
                       }),
        left.end());
}

} // namespace

BgpDecision::Choice
BgpDecision::Choose(const std::vector<const BgpPath*>& paths)
{
    if (paths.size() == 1)
    {
        return Choice{};
    }
    Left left(paths.size());
    std::iota(left.begin(), left.end(), std::size_t{0});
    Step step = Step::ONLY;
    while (left.size() > 1 && step != Step::ADDRESS)
    {
        step = static_cast<Step>(static_cast<uint8_t>(step) + 1);
        if (step == Step::MED)
        {
            KeepLowestMeds(paths, left);
        }
        else
        {
            KeepLowest(paths, left, step);
        }
    }
    return Choice{left.front(), step};
}

const char*
ToString(BgpDecision::Step step)
{
    switch (step)
    {
    case BgpDecision::Step::ONLY:
        return "only path";
    case BgpDecision::Step::LOCAL:
        return "own route";
    case BgpDecision::Step::LOCAL_PREF:
        return "highest local preference";
    case BgpDecision::Step::AS_PATH:
        return "shortest AS path";
    case BgpDecision::Step::ORIGIN:
        return "lowest origin";
    case BgpDecision::Step::MED:
        return "lowest MED";
    case BgpDecision::Step::EXTERNAL:
        return "external peer";
    case BgpDecision::Step::IDENTIFIER:
        return "lowest peer identifier";
    case BgpDecision::Step::ADDRESS:
        return "lowest peer address";
    }
    return "?";
}

} // namespace keepalive
} // namespace ns3
