/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_OCTET_HEADER_H
#define KEEPALIVE_OCTET_HEADER_H

#include "ns3/header.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Octets of any meaning as a header, to put them in front of a packet that keeps its tags.
 *
 * It cannot be told from the octets how many they are: it is added, and never removed.
 */
class OctetHeader : public Header
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OctetHeader();

    /**
     * @brief Create a header.
     * @param octets its octets
     */
    explicit OctetHeader(const std::vector<uint8_t>& octets);

    ~OctetHeader() override;

    // Inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    std::vector<uint8_t> m_octets; //!< the octets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_OCTET_HEADER_H */
