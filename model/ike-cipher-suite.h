/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_CIPHER_SUITE_H
#define KEEPALIVE_IKE_CIPHER_SUITE_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a cipher suite makes of the size of an IKE message. Free of ns-3.
 *
 * Nothing is encrypted: a sealed message has the size and the outer form of a real one, and carries
 * its content where the ciphertext would be, with zeros for IV, padding and check value. So what
 * the peer learns it learns from octets on the wire, and one capture looks like another in all that
 * a network can see: addresses, ports, sizes, exchange types, message IDs, times.
 *
 * IKEv1 (RFC 2408, RFC 2409): the payloads behind the header, padded with zeros to a multiple of
 * the block; the hash is the first of them. IKEv2 (RFC 7296 section 3.14): an Encrypted payload
 * with IV, content, padding, pad length and check value.
 *
 * The suite "none" is no suite at all: content in the clear, so that a dissector can name it. An
 * IKEv2 message then is a header without any payload, which no real peer would accept.
 */
struct IkeCipherSuite
{
    const char* name;   //!< "aes-sha1" and so on
    uint8_t ikeVersion; //!< 1 or 2
    bool encrypts;      //!< false of "none"
    uint32_t block;     //!< octets of a block; 1 for a stream
    uint32_t hash;      //!< IKEv1: octets of the hash in the HASH payload
    uint32_t iv;        //!< IKEv2: octets of the IV in the message
    uint32_t icv;       //!< IKEv2: octets of the check value

    /**
     * @brief Look a suite up.
     * @param name one of GetNames
     * @param ikeVersion 1 or 2
     * @return the suite, or nullptr if there is none
     */
    static const IkeCipherSuite* Find(const std::string& name, uint8_t ikeVersion);

    /**
     * @brief The suites there are.
     * @param ikeVersion 1 or 2
     * @return their names
     */
    static std::vector<std::string> GetNames(uint8_t ikeVersion);

    /**
     * @brief Put content where the ciphertext goes.
     * @param content payloads; of IKEv1 with the HASH payload
     * @return what follows the ISAKMP header; of IKEv2 the body of an Encrypted payload
     */
    std::vector<uint8_t> Seal(const std::vector<uint8_t>& content) const;

    /**
     * @brief Take content from where the ciphertext goes.
     * @param sealed what Seal made
     * @return the content, of IKEv1 with its padding; none if the size cannot be one of this suite
     */
    std::optional<std::vector<uint8_t>> Open(const std::vector<uint8_t>& sealed) const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_CIPHER_SUITE_H */
