/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_HDLC_HEADER_H
#define KEEPALIVE_HDLC_HEADER_H

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
 * @brief The header of a Cisco HDLC frame.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |    Address    |    Control    |           Protocol            |
  @endverbatim
 *
 * What captures of DLT_C_HDLC (104) begin with. The flags around the frame, the bits that stuffing
 * inserts and the frame check sequence are not part of it: see FrameCheckSequence.
 *
 * In no RFC; read off captures of IOS and from the sources of Linux (hdlc_cisco.c) and FreeBSD
 * (ng_cisco.c).
 */
class HdlcHeader : public Header
{
  public:
    static constexpr uint32_t SIZE = 4; //!< bytes of the header

    static constexpr uint8_t ADDRESS_UNICAST = 0x0f; //!< data
    /// Multicast and broadcast; SLARP of IOS, Linux and FreeBSD, but not of i4l
    static constexpr uint8_t ADDRESS_MULTICAST = 0x8f;

    static constexpr uint16_t PROTOCOL_IPV4 = 0x0800;  //!< payload is an IPv4 packet
    static constexpr uint16_t PROTOCOL_IPV6 = 0x86dd;  //!< payload is an IPv6 packet
    static constexpr uint16_t PROTOCOL_SLARP = 0x8035; //!< payload is a SlarpHeader
    static constexpr uint16_t PROTOCOL_CDP = 0x2000;   //!< Cisco Discovery Protocol

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the address.
     * @param address ADDRESS_UNICAST or ADDRESS_MULTICAST
     */
    void SetAddress(uint8_t address);

    /**
     * @brief The address.
     * @return ADDRESS_UNICAST or ADDRESS_MULTICAST, if the header is well formed
     */
    uint8_t GetAddress() const;

    /**
     * @brief The control byte.
     * @return 0 in every frame that we send and in every capture; receivers ignore it
     */
    uint8_t GetControl() const;

    /**
     * @brief Set the type of the payload.
     * @param protocol an EtherType
     */
    void SetProtocol(uint16_t protocol);

    /**
     * @brief The type of the payload.
     * @return an EtherType
     */
    uint16_t GetProtocol() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     * @return TRUNCATED or BAD_ADDRESS, none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header.
     * @param start where it begins
     * @return bytes consumed; 0 if the header is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

    /**
     * @brief Read a header from bytes, which is cheaper than taking it off an ns-3 packet.
     * @param bytes where it begins
     * @param size how many bytes there are
     * @return as Deserialize
     */
    uint32_t Read(const uint8_t* bytes, uint32_t size);

    /**
     * @brief Write the header as bytes.
     * @param bytes room for SIZE of them
     */
    void Write(uint8_t* bytes) const;

  private:
    /**
     * @brief Read the fields.
     * @param bytes where the header begins
     * @param size how many bytes there are
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(const uint8_t* bytes, uint32_t size);

    uint8_t m_address{ADDRESS_UNICAST}; //!< Address
    uint8_t m_control{0};               //!< Control
    uint16_t m_protocol{PROTOCOL_IPV4}; //!< Protocol
    std::optional<DropReason> m_error;  //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_HDLC_HEADER_H */
