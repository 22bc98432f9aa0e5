/* SPDX-License-Identifier: GPL-2.0-only */

#include "link-cut.h"

#include "ipv4-line-binder.h"
#include "outage-error-model.h"

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
LinkCut::AddDirection(Ptr<OutageErrorModel> direction)
{
    m_directions.push_back(direction);
}

void
LinkCut::AddCarrier(Ptr<Ipv4LineBinder> binder)
{
    m_carriers.push_back(binder);
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
        direction->Cut(m_inFlight == InFlight::DELIVERED);
    }
    for (const auto& carrier : m_carriers)
    {
        carrier->HoldDown();
    }
}

void
LinkCut::DoRepair()
{
    for (const auto& direction : m_directions)
    {
        direction->Restore();
    }
    for (const auto& carrier : m_carriers)
    {
        carrier->Release();
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
