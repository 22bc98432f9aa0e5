/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_HEADER_H
#define KEEPALIVE_IKE_HEADER_H

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
 * @brief The header of every IKE message: RFC 2408 section 3.1 (IKEv1), RFC 7296 section 3.1.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |                     Initiator Cookie / SPI                    |
  |                                                               |
  |                     Responder Cookie / SPI                    |
  |                                                               |
  |  Next Payload | MjVer | MnVer | Exchange Type |     Flags     |
  |                          Message ID                           |
  |                            Length                             |
  @endverbatim
 *
 * On UDP 4500 a non-ESP marker comes before it, which is IkePort's.
 */
class IkeHeader : public Header
{
  public:
    static constexpr uint32_t SIZE = 28;       //!< octets
    static constexpr uint8_t VERSION_1 = 0x10; //!< IKEv1
    static constexpr uint8_t VERSION_2 = 0x20; //!< IKEv2

    static constexpr uint8_t EXCHANGE_MAIN_MODE = 2;       //!< IKEv1 Identity Protection
    static constexpr uint8_t EXCHANGE_INFORMATIONAL_1 = 5; //!< IKEv1 Informational
    static constexpr uint8_t EXCHANGE_SA_INIT = 34;        //!< IKE_SA_INIT
    static constexpr uint8_t EXCHANGE_INFORMATIONAL = 37;  //!< IKEv2 INFORMATIONAL

    static constexpr uint8_t FLAG_ENCRYPTED = 0x01; //!< IKEv1: the payloads are encrypted
    static constexpr uint8_t FLAG_INITIATOR = 0x08; //!< IKEv2: of who set the SA up
    static constexpr uint8_t FLAG_RESPONSE = 0x20;  //!< IKEv2: not a request

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the cookies, which IKEv2 calls SPIs.
     * @param initiator of the end that set the IKE SA up
     * @param responder of the other end; 0 in the first message
     */
    void SetCookies(uint64_t initiator, uint64_t responder);

    /**
     * @brief The cookie of the end that set the IKE SA up.
     * @return the cookie
     */
    uint64_t GetInitiatorCookie() const;

    /**
     * @brief The cookie of the other end.
     * @return the cookie; 0 in the first message
     */
    uint64_t GetResponderCookie() const;

    /**
     * @brief Set the type of the first payload.
     * @param payload an IkePayload type; 0 for none
     */
    void SetNextPayload(uint8_t payload);

    /**
     * @brief The type of the first payload.
     * @return an IkePayload type; 0 for none
     */
    uint8_t GetNextPayload() const;

    /**
     * @brief Set the version.
     * @param version VERSION_1 or VERSION_2
     */
    void SetVersion(uint8_t version);

    /**
     * @brief The version, minor version included.
     * @return 0x10 for IKEv1, 0x20 for IKEv2
     */
    uint8_t GetVersion() const;

    /**
     * @brief Set the exchange type and the flags.
     * @param exchange one of EXCHANGE_*
     * @param flags any of FLAG_*
     */
    void SetExchange(uint8_t exchange, uint8_t flags);

    /**
     * @brief The exchange type.
     * @return one of EXCHANGE_*, or another one
     */
    uint8_t GetExchange() const;

    /**
     * @brief The flags.
     * @return the octet
     */
    uint8_t GetFlags() const;

    /**
     * @brief Set the message ID.
     * @param id random for each IKEv1 informational message; counted in IKEv2
     */
    void SetMessageId(uint32_t id);

    /**
     * @brief The message ID.
     * @return the number
     */
    uint32_t GetMessageId() const;

    /**
     * @brief Set the length.
     * @param length octets of header and payloads
     */
    void SetLength(uint32_t length);

    /**
     * @brief The length.
     * @return octets of header and payloads
     */
    uint32_t GetLength() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     * @return TRUNCATED, BAD_VERSION or BAD_LENGTH (less than a header, or not the rest of the
     *         datagram), none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header, and compare its length with the datagram.
     * @param start where it begins; the datagram ends with the message
     * @return bytes consumed; 0 if it is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    /**
     * @brief Read the fields.
     * @param start where the header begins
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(Buffer::Iterator start);

    uint64_t m_initiator{0};           //!< Initiator Cookie
    uint64_t m_responder{0};           //!< Responder Cookie
    uint8_t m_next{0};                 //!< Next Payload
    uint8_t m_version{VERSION_1};      //!< MjVer and MnVer
    uint8_t m_exchange{0};             //!< Exchange Type
    uint8_t m_flags{0};                //!< Flags
    uint32_t m_messageId{0};           //!< Message ID
    uint32_t m_length{SIZE};           //!< Length
    std::optional<DropReason> m_error; //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_HEADER_H */
