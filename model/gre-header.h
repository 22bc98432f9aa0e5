/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_HEADER_H
#define KEEPALIVE_GRE_HEADER_H

#include "drop-reason.h"

#include "ns3/header.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The GRE header of RFC 2784 with the key and sequence number of RFC 2890.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |C| |K|S|     Reserved0     | Ver |         Protocol Type         |
  |      Checksum (if C)          |      Reserved1 (if C)           |
  |                          Key (if K)                             |
  |                    Sequence Number (if S)                       |
  @endverbatim
 *
 * The checksum covers the header and everything behind it (RFC 2784 section 2.5), so the header
 * must be added to, and removed from, the packet that carries its payload.
 *
 * The routing fields of RFC 1701 and the version 1 of PPTP are not implemented: a header with them
 * is malformed.
 */
class GreHeader : public Header
{
  public:
    static constexpr uint8_t IP_PROTOCOL = 47;        //!< GRE in the IP header
    static constexpr uint16_t PROTOCOL_IPV4 = 0x0800; //!< payload is an IPv4 packet
    static constexpr uint16_t PROTOCOL_IPV6 = 0x86dd; //!< payload is an IPv6 packet (RFC 7676)
    /// No payload: a keepalive. A convention of Cisco, in no RFC.
    static constexpr uint16_t PROTOCOL_KEEPALIVE = 0x0000;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the type of the payload.
     * @param protocol an EtherType, or PROTOCOL_KEEPALIVE
     */
    void SetProtocol(uint16_t protocol);

    /**
     * @brief The type of the payload.
     * @return an EtherType, or PROTOCOL_KEEPALIVE
     */
    uint16_t GetProtocol() const;

    /// Carry a checksum, computed when the header is added to its packet.
    void EnableChecksum();

    /**
     * @brief Whether the header carries a checksum.
     * @return true if the C bit is set
     */
    bool HasChecksum() const;

    /**
     * @brief Set or remove the key.
     * @param key the key; none clears the K bit
     */
    void SetKey(std::optional<uint32_t> key);

    /**
     * @brief The key.
     * @return the key, none if the K bit is clear
     */
    std::optional<uint32_t> GetKey() const;

    /**
     * @brief Set or remove the sequence number.
     * @param number the number; none clears the S bit
     */
    void SetSequenceNumber(std::optional<uint32_t> number);

    /**
     * @brief The sequence number.
     * @return the number, none if the S bit is clear
     */
    std::optional<uint32_t> GetSequenceNumber() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     * @return TRUNCATED, BAD_VERSION, RESERVED_BITS or BAD_CHECKSUM, none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header, and verify the checksum if there is one.
     * @param start where the header begins; everything behind it is its payload
     * @return bytes consumed; 0 if the header is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    /**
     * @brief Read the fields.
     * @param start where the header begins
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(Buffer::Iterator start);

    uint16_t m_protocol{PROTOCOL_IPV4}; //!< Protocol Type
    bool m_checksum{false};             //!< C bit
    std::optional<uint32_t> m_key;      //!< Key, and K bit
    std::optional<uint32_t> m_sequence; //!< Sequence Number, and S bit
    std::optional<DropReason> m_error;  //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_HEADER_H */
