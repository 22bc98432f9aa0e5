/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_FRAME_HEADER_H
#define KEEPALIVE_PPP_FRAME_HEADER_H

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
 * @brief What precedes every PPP packet on an HDLC line: address, control and protocol.
 *
 * Address 0xff and control 0x03 (RFC 1662 section 3.1), then the protocol (RFC 1661 section 2). The
 * peer may leave out address and control (ACFC) and shorten the protocol to one byte (PFC) once it
 * has been told that it may; this header reads and writes all four combinations and leaves it to
 * its user which of them were agreed on. LCP packets are never compressed (RFC 1661 sections 6.5
 * and 6.6).
 *
 * Flags, octet stuffing and the frame check sequence are the line's.
 */
class PppFrameHeader : public Header
{
  public:
    static constexpr uint8_t ADDRESS = 0xff; //!< All-Stations, RFC 1662 section 3.1
    static constexpr uint8_t CONTROL = 0x03; //!< Unnumbered Information, RFC 1662 section 3.1

    static constexpr uint16_t PROTOCOL_IPV4 = 0x0021;   //!< RFC 1332
    static constexpr uint16_t PROTOCOL_IPV6 = 0x0057;   //!< RFC 5072
    static constexpr uint16_t PROTOCOL_CDP = 0x0207;    //!< Cisco Discovery Protocol
    static constexpr uint16_t PROTOCOL_IPCP = 0x8021;   //!< RFC 1332
    static constexpr uint16_t PROTOCOL_IPV6CP = 0x8057; //!< RFC 5072
    static constexpr uint16_t PROTOCOL_CDPCP = 0x8207;  //!< Cisco Discovery Control Protocol
    static constexpr uint16_t PROTOCOL_LCP = 0xc021;    //!< RFC 1661 section 5
    static constexpr uint16_t PROTOCOL_PAP = 0xc023;    //!< RFC 1334
    static constexpr uint16_t PROTOCOL_CHAP = 0xc223;   //!< RFC 1994

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the protocol of the packet behind this header.
     * @param protocol a number assigned for PPP; not an EtherType
     */
    void SetProtocol(uint16_t protocol);

    /**
     * @brief The protocol of the packet behind this header.
     * @return a number assigned for PPP, even if it is one that RFC 1661 section 2 forbids
     */
    uint16_t GetProtocol() const;

    /**
     * @brief Leave out address and control, ACFC.
     * @param omit true to leave them out
     */
    void OmitAddress(bool omit);

    /**
     * @brief Whether address and control are there.
     * @return false if they are left out
     */
    bool HasAddress() const;

    /**
     * @brief Send the protocol as one byte, PFC, if its number allows: below 0x100 and odd.
     * @param compress true to compress
     */
    void CompressProtocol(bool compress);

    /**
     * @brief Whether the protocol takes one byte.
     * @return true if it does
     */
    bool IsProtocolCompressed() const;

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
     * @param start where the header begins
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

    uint16_t m_protocol{PROTOCOL_LCP}; //!< Protocol
    bool m_address{true};              //!< address and control are there
    bool m_compress{false};            //!< one byte of protocol where possible
    std::optional<DropReason> m_error; //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_FRAME_HEADER_H */
