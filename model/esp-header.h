/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ESP_HEADER_H
#define KEEPALIVE_ESP_HEADER_H

#include "ns3/header.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The part of ESP that is in the clear: SPI and sequence number (RFC 4303 section 2).
 *
 * All that follows is encrypted, and opaque here.
 */
class EspHeader : public Header
{
  public:
    static constexpr uint32_t SIZE = 8; //!< octets

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the SPI.
     * @param spi the name of the SA; not zero: on UDP 4500 zero marks IKE
     */
    void SetSpi(uint32_t spi);

    /**
     * @brief The SPI.
     * @return the name of the SA
     */
    uint32_t GetSpi() const;

    /**
     * @brief Set the sequence number.
     * @param number the number; the first packet of an SA has 1
     */
    void SetSequenceNumber(uint32_t number);

    /**
     * @brief The sequence number.
     * @return the number
     */
    uint32_t GetSequenceNumber() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header.
     * @param start where it begins
     * @return bytes consumed; 0 if there are too few
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    uint32_t m_spi{0};      //!< SPI
    uint32_t m_sequence{0}; //!< Sequence Number
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ESP_HEADER_H */
