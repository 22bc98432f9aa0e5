/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_OPEN_H
#define KEEPALIVE_BGP_OPEN_H

#include "bgp-capability.h"
#include "bgp-error.h"

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
 * @brief The first message of each side: who it is, and how long it may be silent (RFC 4271 section
 *        4.2). Free of ns-3.
 *
 * Whatever is read is written again byte for byte. Routers differ in how they pack capabilities:
 * one parameter with all of them (RFC 5492 section 4 asks for that, BIRD does it) or one parameter
 * each (Cisco IOS, FRR). Both are kept as they came.
 */
struct BgpOpen
{
    static constexpr uint8_t VERSION = 4;        //!< of the protocol
    static constexpr uint16_t AS_TRANS = 23456;  //!< stands for an AS that needs four octets
    static constexpr std::size_t BODY_SIZE = 10; //!< bytes behind the header, without parameters

    /// The capabilities of one optional parameter.
    using Parameter = std::vector<BgpCapability>;

    uint8_t version{VERSION};          //!< of the protocol
    uint16_t myAs{0};                  //!< My Autonomous System; see GetAs
    uint16_t holdTime{0};              //!< proposed, in seconds; 0 for no limit to silence
    uint32_t identifier{0};            //!< BGP Identifier, in host order
    std::vector<Parameter> parameters; //!< optional parameters, all of them of capabilities

    /**
     * @brief An OPEN that offers IPv4 unicast and, if wanted, AS numbers of four octets.
     * @param as own AS
     * @param holdTime proposed, in seconds
     * @param identifier own, in host order
     * @param fourOctetAs whether to offer that; without it, an AS above 65535 shows as AS_TRANS
     * @return the message; AddCapability for more
     */
    static BgpOpen Make(uint32_t as, uint16_t holdTime, uint32_t identifier, bool fourOctetAs);

    /**
     * @brief Offer one more thing, in the last parameter.
     * @param capability what
     */
    void AddCapability(BgpCapability capability);

    /**
     * @brief Find a capability.
     * @param code its code
     * @return the first of that code, valid until the next change; null if there is none
     */
    const BgpCapability* Find(uint8_t code) const;

    /**
     * @brief The AS of the speaker (RFC 6793 section 4.1).
     * @return what its capability says, else My Autonomous System
     */
    uint32_t GetAs() const;

    /**
     * @brief Whether it speaks AS numbers of four octets; the session does if both sides do.
     * @return true if it does
     */
    bool HasFourOctetAs() const;

    /**
     * @brief Whether it answers ROUTE-REFRESH.
     * @return true if it does
     */
    bool HasRouteRefresh() const;

    /**
     * @brief Whether it wants IPv4 unicast routes: says so, or names no address family at all.
     * @return true if it does
     */
    bool HasIpv4() const;

    /**
     * @brief Encode it; what exceeds the 255 bytes for parameters is left out, by whole parameters.
     * @return the whole message
     */
    std::vector<uint8_t> Encode() const;

    /**
     * @brief Read what is behind the header: version and form of the parameters are judged.
     * @param body the bytes
     * @param size how many
     * @return the message, or what to tell the peer (RFC 4271 section 6.2)
     */
    [[nodiscard]] static std::variant<BgpOpen, BgpError> Decode(const uint8_t* body,
                                                                std::size_t size);

    /**
     * @brief Judge whether the session may come up (RFC 4271 section 6.2, RFC 6286 section 2.2).
     *
     * Unlike the RFC, which asks for none, refusals carry what was refused: the AS as Cisco IOS
     * does it, the hold time as FRR and BIRD do.
     *
     * @param expectedAs the AS that is configured; 0 for any
     * @param ownIdentifier ours, in host order: inside one AS the peer's must differ
     * @param ownAs ours
     * @return what to tell the peer; nothing if it may
     */
    [[nodiscard]] std::optional<BgpError> Check(uint32_t expectedAs,
                                                uint32_t ownIdentifier,
                                                uint32_t ownAs) const;
};

/**
 * @brief Compare two OPENs.
 * @param a one
 * @param b the other
 * @return true if they are the same
 */
bool operator==(const BgpOpen& a, const BgpOpen& b);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_OPEN_H */
