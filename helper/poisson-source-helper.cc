/* SPDX-License-Identifier: GPL-2.0-only */

#include "poisson-source-helper.h"

#include "ns3/poisson-source.h"

namespace ns3
{
namespace keepalive
{

PoissonSourceHelper::PoissonSourceHelper(const Address& remote)
{
    m_factory.SetTypeId(PoissonSource::GetTypeId());
    m_factory.Set("Remote", AddressValue(remote));
}

void
PoissonSourceHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

ApplicationContainer
PoissonSourceHelper::Install(const NodeContainer& nodes) const
{
    ApplicationContainer applications;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Ptr<PoissonSource> source = m_factory.Create<PoissonSource>();
        (*node)->AddApplication(source);
        applications.Add(source);
    }
    return applications;
}

int64_t
PoissonSourceHelper::AssignStreams(const ApplicationContainer& applications, int64_t stream)
{
    int64_t used = 0;
    for (auto application = applications.Begin(); application != applications.End(); ++application)
    {
        Ptr<PoissonSource> source = DynamicCast<PoissonSource>(*application);
        if (source)
        {
            used += source->AssignStreams(stream + used);
        }
    }
    return used;
}

} // namespace keepalive
} // namespace ns3
