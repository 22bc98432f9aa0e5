/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_PATH_H
#define KEEPALIVE_BGP_PATH_H

#include "bgp-path-attributes.h"

#include <cstdint>
#include <memory>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One way to a prefix: what a peer said of it, and what the choice must know of the peer.
 *        Free of ns-3.
 */
struct BgpPath
{
    /// The peer of the paths that are this router's own.
    static constexpr uint32_t LOCAL = 0;

    uint32_t peer{LOCAL}; //!< who announced it: a number of the owner's choice, or LOCAL
    std::shared_ptr<const BgpPathAttributes> attributes; //!< shared with other prefixes; never null
    bool external{false};                                //!< from a peer of another AS
    uint32_t peerIdentifier{0};                          //!< BGP identifier of the peer
    uint32_t peerAddress{0};                             //!< address of the peer, in host order
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_PATH_H */
