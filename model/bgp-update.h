/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_UPDATE_H
#define KEEPALIVE_BGP_UPDATE_H

#include "bgp-error.h"
#include "bgp-path-attributes.h"
#include "bgp-prefix.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Routes that come and go (RFC 4271 section 4.3). Free of ns-3.
 *
 * Attributes are read for what they mean and written as RFC 4271 likes to see them: in the order of
 * their types, with a length of one byte if that suffices. A path to or from a peer that knows only
 * two octets per AS goes through AS_TRANS and AS4_PATH (RFC 6793 section 4.2), in both directions
 * out of sight: the numbers here are always whole.
 *
 * Errors are those of RFC 4271 section 6.3, which end the session. (RFC 7606 came later and is
 * milder; what it withdraws instead would be the business of the session.)
 */
struct BgpUpdate
{
    std::vector<BgpPrefix> withdrawn;            //!< no longer reachable through the speaker
    std::optional<BgpPathAttributes> attributes; //!< of the prefixes announced
    std::vector<BgpPrefix> announced;            //!< reachable through the speaker

    /**
     * @brief Whether it only says that all routes have been told (RFC 4724 section 2).
     * @return true if there is nothing in it
     */
    bool IsEndOfRib() const;

    /**
     * @brief Encode it as one message.
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @return the whole message; see EncodeAll if it may be longer than a message can be
     */
    std::vector<uint8_t> Encode(bool fourOctetAs) const;

    /**
     * @brief Encode any number of prefixes, as as many messages as it takes.
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @return whole messages, withdrawals first; announcements are left out if the attributes leave
     *         no room for a prefix
     */
    std::vector<std::vector<uint8_t>> EncodeAll(bool fourOctetAs) const;

    /**
     * @brief Read what is behind the header.
     * @param body the bytes
     * @param size how many
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @param external whether the peer is in another AS: its LOCAL_PREF is ignored
     * @return the message, or what to tell the peer
     */
    [[nodiscard]] static std::variant<BgpUpdate, BgpError> Decode(const uint8_t* body,
                                                                  std::size_t size,
                                                                  bool fourOctetAs,
                                                                  bool external);

    /**
     * @brief Judge whether an external peer put itself first in the path (RFC 4271 section 6.3, a
     *        check that routers do unless told otherwise).
     * @param peerAs the AS of the peer
     * @return what to tell the peer; nothing if it did, or announces nothing
     */
    [[nodiscard]] std::optional<BgpError> CheckNeighborAs(uint32_t peerAs) const;
};

/**
 * @brief Compare two UPDATEs.
 * @param a one
 * @param b the other
 * @return true if they say the same, in the same order
 */
bool operator==(const BgpUpdate& a, const BgpUpdate& b);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_UPDATE_H */
