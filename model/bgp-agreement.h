/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_AGREEMENT_H
#define KEEPALIVE_BGP_AGREEMENT_H

#include "bgp-error.h"
#include "bgp-open.h"
#include "bgp-profile.h"
#include "bgp-update.h"

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
 * @brief What two speakers agree on when they exchange OPENs. Free of ns-3.
 */
class BgpAgreement
{
  public:
    /// What one speaker brings along.
    struct Terms
    {
        uint32_t as{0};           //!< own AS
        uint32_t peerAs{0};       //!< AS that the peer must have; 0 for any
        uint32_t identifier{0};   //!< own BGP identifier, in host order
        uint16_t holdTime{90};    //!< proposed, in seconds; 0 for no limit to silence
        double keepaliveTime{30}; //!< wanted, in seconds; a shorter hold time shortens it; 0 for a
                                  //!< third of that
    };

    BgpAgreement() = default;

    /**
     * @brief Begin: nothing has been agreed on.
     * @param terms what this speaker brings along
     */
    explicit BgpAgreement(const Terms& terms);

    /**
     * @brief The OPEN of this speaker.
     * @param capabilities to offer besides IPv4 unicast and AS numbers of four octets
     * @return the whole message
     */
    std::vector<uint8_t> MakeOpen(const std::vector<BgpCapability>& capabilities) const;

    /**
     * @brief The OPEN of the peer arrived: judge it, and agree.
     * @param body what is behind its header
     * @param profile how this speaker derives its keepalive time
     * @return what to tell the peer if there can be no agreement
     */
    [[nodiscard]] std::optional<BgpError> Accept(const std::vector<uint8_t>& body,
                                                 const BgpProfile& profile);

    /**
     * @brief An UPDATE arrived: read it as both ends agreed.
     * @param body what is behind its header
     * @return the routes, or what to tell the peer
     */
    [[nodiscard]] std::variant<BgpUpdate, BgpError> Read(const std::vector<uint8_t>& body) const;

    /**
     * @brief What the OPEN of the peer said.
     * @return it; nothing before there was one
     */
    const std::optional<BgpOpen>& GetPeer() const;

    /**
     * @brief The hold time: the smaller of both proposals.
     * @return seconds; 0 for no limit, or before there is an agreement
     */
    uint16_t GetHoldTime() const;

    /**
     * @brief The time between KEEPALIVEs of this speaker, before jitter.
     * @return seconds; 0 for none
     */
    double GetKeepaliveTime() const;

    /**
     * @brief Whether AS numbers have four octets in UPDATEs (RFC 6793 section 4.1).
     * @return true if both ends said so
     */
    bool HasFourOctetAs() const;

    /**
     * @brief Whether the peer is in another AS.
     * @return true for an external peer; its OPEN must be known
     */
    bool IsExternal() const;

  private:
    Terms m_terms;                 //!< what this speaker brings along
    std::optional<BgpOpen> m_peer; //!< what the peer said
    uint16_t m_holdTime{0};        //!< agreed, in seconds
    double m_keepaliveTime{0};     //!< that follows, in seconds
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_AGREEMENT_H */
