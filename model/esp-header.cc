/* SPDX-License-Identifier: GPL-2.0-only */

#include "esp-header.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(EspHeader);

TypeId
EspHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::EspHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<EspHeader>();
    return tid;
}

TypeId
EspHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
EspHeader::SetSpi(uint32_t spi)
{
    m_spi = spi;
}

uint32_t
EspHeader::GetSpi() const
{
    return m_spi;
}

void
EspHeader::SetSequenceNumber(uint32_t number)
{
    m_sequence = number;
}

uint32_t
EspHeader::GetSequenceNumber() const
{
    return m_sequence;
}

void
EspHeader::Print(std::ostream& os) const
{
    os << "spi " << m_spi << " sequence " << m_sequence;
}

uint32_t
EspHeader::GetSerializedSize() const
{
    return SIZE;
}

void
EspHeader::Serialize(Buffer::Iterator start) const
{
    start.WriteHtonU32(m_spi);
    start.WriteHtonU32(m_sequence);
}

uint32_t
EspHeader::Deserialize(Buffer::Iterator start)
{
    *this = EspHeader();
    if (start.GetRemainingSize() < SIZE)
    {
        return 0;
    }
    m_spi = start.ReadNtohU32();
    m_sequence = start.ReadNtohU32();
    return SIZE;
}

} // namespace keepalive
} // namespace ns3
