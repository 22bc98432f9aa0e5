/* SPDX-License-Identifier: GPL-2.0-only */

#include "link-cut.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(LinkCut);

TypeId
LinkCut::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::LinkCut")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<LinkCut>();
    return tid;
}

LinkCut::LinkCut() = default;

LinkCut::~LinkCut() = default;

void
LinkCut::AddDirection(const WireDirection& direction)
{
    m_directions.push_back(direction);
}

void
LinkCut::AddCarrier(Callback<void> lost, Callback<void> restored)
{
    m_carriers.emplace_back(lost, restored);
}

void
LinkCut::SetInFlight(InFlight inFlight)
{
    m_inFlight = inFlight;
}

std::string
LinkCut::GetKind() const
{
    return m_kind;
}

void
LinkCut::SetKind(const std::string& kind)
{
    m_kind = kind;
}

void
LinkCut::DoFail()
{
    for (const auto& direction : m_directions)
    {
        direction.Cut(m_inFlight == InFlight::DELIVERED);
    }
    for (const auto& carrier : m_carriers)
    {
        carrier.first();
    }
}

void
LinkCut::DoRepair()
{
    for (const auto& direction : m_directions)
    {
        direction.Restore();
    }
    for (const auto& carrier : m_carriers)
    {
        carrier.second();
    }
}

void
LinkCut::DoDispose()
{
    m_directions.clear();
    m_carriers.clear();
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
