/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_PAYLOAD_H
#define KEEPALIVE_IKE_PAYLOAD_H

#include <array>
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
 * @brief One payload of an IKE message, and the chain that they form: RFC 2408 section 3.2, RFC
 *        7296 section 3.2. Free of ns-3.
 *
 * Each payload says the type of the next one; the ISAKMP header says that of the first. In front of
 * the body are that type, an octet that is reserved (with the critical bit, in IKEv2) and the
 * length of it all.
 */
struct IkePayload
{
    static constexpr uint8_t NONE = 0;          //!< no further payload
    static constexpr uint8_t HASH = 8;          //!< IKEv1 Hash
    static constexpr uint8_t NOTIFICATION = 11; //!< IKEv1 Notification
    static constexpr uint8_t VENDOR_ID_1 = 13;  //!< IKEv1 Vendor ID
    static constexpr uint8_t VENDOR_ID_2 = 43;  //!< IKEv2 Vendor ID
    static constexpr uint8_t ENCRYPTED = 46;    //!< IKEv2 Encrypted and Authenticated; the last one
    static constexpr std::size_t HEADER_SIZE = 4; //!< octets before the body

    /// Says that an IKEv1 peer understands R-U-THERE (RFC 3706 section 5.1); the body of a Vendor
    /// ID.
    static constexpr std::array<uint8_t, 16> DPD_VENDOR_ID{0xaf,
                                                           0xca,
                                                           0xd7,
                                                           0x13,
                                                           0x68,
                                                           0xa1,
                                                           0xf1,
                                                           0xc9,
                                                           0x6b,
                                                           0x86,
                                                           0x96,
                                                           0xfc,
                                                           0x77,
                                                           0x57,
                                                           0x01,
                                                           0x00};

    /// Payloads one behind the other.
    struct Chain
    {
        std::vector<IkePayload> payloads; //!< in order
        uint8_t last{NONE};               //!< what the last one names as next: with ENCRYPTED the
                                          //!< type of the first payload inside it, else NONE
        std::vector<uint8_t> rest;        //!< what follows: the padding of IKEv1
    };

    uint8_t type{NONE};        //!< what it is
    uint8_t reserved{0};       //!< the reserved octet, as received
    std::vector<uint8_t> body; //!< what follows its header

    /**
     * @brief Read a chain.
     * @param first type of the first payload
     * @param bytes where they are
     * @return the chain; none if a payload is longer than what is left, or shorter than its header
     */
    static std::optional<Chain> Read(uint8_t first, const std::vector<uint8_t>& bytes);

    /**
     * @brief Write a chain.
     * @param chain the payloads
     * @return the octets
     */
    static std::vector<uint8_t> Write(const Chain& chain);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_PAYLOAD_H */
