/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_CONTROL_HEADER_H
#define KEEPALIVE_PPP_CONTROL_HEADER_H

#include "drop-reason.h"

#include "ns3/header.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The header of the packets of LCP and of every network control protocol.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |     Code      |  Identifier   |            Length             |
  @endverbatim
 *
 * RFC 1661 section 5. The length counts this header and its data. What follows behind is padding,
 * which whoever reads the packet has to ignore.
 */
class PppControlHeader : public Header
{
  public:
    static constexpr uint32_t SIZE = 4; //!< bytes of the header

    static constexpr uint8_t CONFIGURE_REQUEST = 1; //!< RFC 1661 section 5.1
    static constexpr uint8_t CONFIGURE_ACK = 2;     //!< RFC 1661 section 5.2
    static constexpr uint8_t CONFIGURE_NAK = 3;     //!< RFC 1661 section 5.3
    static constexpr uint8_t CONFIGURE_REJECT = 4;  //!< RFC 1661 section 5.4
    static constexpr uint8_t TERMINATE_REQUEST = 5; //!< RFC 1661 section 5.5
    static constexpr uint8_t TERMINATE_ACK = 6;     //!< RFC 1661 section 5.5
    static constexpr uint8_t CODE_REJECT = 7;       //!< RFC 1661 section 5.6
    static constexpr uint8_t PROTOCOL_REJECT = 8;   //!< LCP only, RFC 1661 section 5.7
    static constexpr uint8_t ECHO_REQUEST = 9;      //!< LCP only, RFC 1661 section 5.8
    static constexpr uint8_t ECHO_REPLY = 10;       //!< LCP only, RFC 1661 section 5.8
    static constexpr uint8_t DISCARD_REQUEST = 11;  //!< LCP only, RFC 1661 section 5.9

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the kind of packet.
     * @param code one of the constants, or any other number
     */
    void SetCode(uint8_t code);

    /**
     * @brief The kind of packet.
     * @return the code, known or not
     */
    uint8_t GetCode() const;

    /**
     * @brief Set what pairs requests and answers.
     * @param identifier the identifier
     */
    void SetIdentifier(uint8_t identifier);

    /**
     * @brief What pairs requests and answers.
     * @return the identifier
     */
    uint8_t GetIdentifier() const;

    /**
     * @brief Set how much data belongs to the packet.
     * @param size bytes behind this header, at most 65531
     */
    void SetDataSize(uint16_t size);

    /**
     * @brief How much data belongs to the packet.
     * @return bytes behind this header, padding left out
     */
    uint16_t GetDataSize() const;

    /**
     * @brief The Length field, as consoles print it.
     * @return bytes of header and data
     */
    uint16_t GetLength() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     * @return TRUNCATED; or BAD_LENGTH if the Length is below 4 or above what is there; none if the
     *         header is well formed
     */
    std::optional<DropReason> GetError() const;

    /**
     * @brief Make a whole packet.
     * @param code its code
     * @param identifier its identifier
     * @param data what follows the header, at most 65531 bytes
     * @return the packet
     */
    static Ptr<Packet> MakePacket(uint8_t code,
                                  uint8_t identifier,
                                  const std::vector<uint8_t>& data);

    /**
     * @brief The short name of a code, as the consoles of routers print it.
     * @param code the code
     * @return a name such as "CONFREQ"; "UNKNOWN" for codes that have none here
     */
    static const char* GetCodeName(uint8_t code);

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header.
     * @param start where the header begins; everything behind it is its data, and padding
     * @return bytes consumed; 0 if the header is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    uint8_t m_code{CONFIGURE_REQUEST}; //!< Code
    uint8_t m_identifier{0};           //!< Identifier
    uint16_t m_length{SIZE};           //!< Length
    std::optional<DropReason> m_error; //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_CONTROL_HEADER_H */
