/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_NOTIFY_H
#define KEEPALIVE_IKE_NOTIFY_H

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The body of an IKEv1 Notification payload (RFC 2408 section 3.14), and what dead peer
 *        detection puts there (RFC 3706 section 5.3). Free of ns-3.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |              Domain of Interpretation (1: IPsec)              |
  |  Protocol-ID  |   SPI Size    |      Notify Message Type      |
  |                       SPI: both cookies                       |
  |                 Data: the DPD sequence number                 |
  @endverbatim
 */
struct IkeNotify
{
    static constexpr uint32_t DOI_IPSEC = 1;         //!< the only domain in use
    static constexpr uint8_t PROTOCOL_ISAKMP = 1;    //!< it is about the IKE SA
    static constexpr uint16_t R_U_THERE = 36136;     //!< are you there?
    static constexpr uint16_t R_U_THERE_ACK = 36137; //!< I am
    static constexpr std::size_t FIXED_SIZE = 8;     //!< octets before the SPI

    /// What an R-U-THERE, or its ACK, says.
    struct Dpd
    {
        uint64_t initiatorCookie{0}; //!< first half of the SPI
        uint64_t responderCookie{0}; //!< second half of the SPI
        uint32_t sequence{0};        //!< sequence number
    };

    uint32_t doi{DOI_IPSEC};           //!< Domain of Interpretation
    uint8_t protocol{PROTOCOL_ISAKMP}; //!< Protocol-ID
    uint16_t type{0};                  //!< Notify Message Type
    std::vector<uint8_t> spi;          //!< SPI, up to 255 octets
    std::vector<uint8_t> data;         //!< Notification Data

    /**
     * @brief Read the body of a payload.
     * @param body the body
     * @return the notification; none if it is too short
     */
    static std::optional<IkeNotify> Read(const std::vector<uint8_t>& body);

    /**
     * @brief Make an R-U-THERE or its ACK.
     * @param type R_U_THERE or R_U_THERE_ACK
     * @param dpd what it says
     * @return the notification
     */
    static IkeNotify Make(uint16_t type, const Dpd& dpd);

    /**
     * @brief Write it.
     * @return the body of a payload
     */
    std::vector<uint8_t> Write() const;

    /**
     * @brief What it says, as an R-U-THERE or its ACK.
     * @return what it says; none if it is something else, or SPI or data have other sizes
     */
    std::optional<Dpd> GetDpd() const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_NOTIFY_H */
