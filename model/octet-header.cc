/* SPDX-License-Identifier: GPL-2.0-only */

#include "octet-header.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(OctetHeader);

TypeId
OctetHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::OctetHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<OctetHeader>();
    return tid;
}

OctetHeader::OctetHeader() = default;

OctetHeader::OctetHeader(const std::vector<uint8_t>& octets)
    : m_octets(octets)
{
}

OctetHeader::~OctetHeader() = default;

TypeId
OctetHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
OctetHeader::Print(std::ostream& os) const
{
    os << m_octets.size() << " octets";
}

uint32_t
OctetHeader::GetSerializedSize() const
{
    return static_cast<uint32_t>(m_octets.size());
}

void
OctetHeader::Serialize(Buffer::Iterator start) const
{
    start.Write(m_octets.data(), GetSerializedSize());
}

uint32_t
OctetHeader::Deserialize(Buffer::Iterator start)
{
    start.Read(m_octets.data(), GetSerializedSize());
    return GetSerializedSize();
}

} // namespace keepalive
} // namespace ns3
