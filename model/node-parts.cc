/* SPDX-License-Identifier: GPL-2.0-only */

#include "node-parts.h"

#include "node-part.h"

#include "ns3/abort.h"
#include "ns3/application.h"
#include "ns3/net-device.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

void
NodeParts::Add(Ptr<Object> part)
{
    NS_ABORT_MSG_IF(!ToPart(part),
                    "a " << part->GetInstanceTypeId().GetName()
                         << " can neither crash nor hang: it is no NodePart");
    if (std::find(m_parts.begin(), m_parts.end(), part) == m_parts.end())
    {
        m_parts.push_back(part);
    }
}

void
NodeParts::AddAllOf(Ptr<Node> node)
{
    for (uint32_t i = 0; i < node->GetNDevices(); i++)
    {
        AddAggregated(node->GetDevice(i));
    }
    AddAggregated(node);
    for (uint32_t i = 0; i < node->GetNApplications(); i++)
    {
        AddAggregated(node->GetApplication(i));
    }
}

void
NodeParts::AddAggregated(Ptr<const Object> object)
{
    Object::AggregateIterator aggregated = object->GetAggregateIterator();
    while (aggregated.HasNext())
    {
        Ptr<Object> part = ConstCast<Object>(aggregated.Next());
        if (ToPart(part))
        {
            Add(part);
        }
    }
}

void
NodeParts::PowerOff()
{
    for (auto part = m_parts.rbegin(); part != m_parts.rend(); ++part)
    {
        ToPart(*part)->SetPowered(false);
    }
}

void
NodeParts::PowerOn()
{
    for (const auto& part : m_parts)
    {
        ToPart(part)->SetPowered(true);
    }
}

void
NodeParts::SetControlPlaneStalled(bool stalled)
{
    for (const auto& part : m_parts)
    {
        ToPart(part)->SetControlPlaneStalled(stalled);
    }
}

void
NodeParts::Clear()
{
    m_parts.clear();
}

NodePart*
NodeParts::ToPart(const Ptr<Object>& object)
{
    return dynamic_cast<NodePart*>(PeekPointer(object));
}

} // namespace keepalive
} // namespace ns3
