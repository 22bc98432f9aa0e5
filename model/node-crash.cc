/* SPDX-License-Identifier: GPL-2.0-only */

#include "node-crash.h"

#include "keepalive-net-device.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NodeCrash);

TypeId
NodeCrash::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::NodeCrash")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<NodeCrash>();
    return tid;
}

NodeCrash::NodeCrash() = default;

NodeCrash::~NodeCrash() = default;

void
NodeCrash::AddIncoming(const WireDirection& direction)
{
    m_incoming.push_back(direction);
}

void
NodeCrash::AddOutgoing(const WireDirection& direction)
{
    m_outgoing.push_back(direction);
}

void
NodeCrash::AddDevice(Ptr<KeepaliveNetDevice> device)
{
    AddPart(device);
}

void
NodeCrash::AddPart(Ptr<Object> part)
{
    m_parts.Add(part);
}

void
NodeCrash::AddPartsOf(Ptr<Node> node)
{
    m_parts.AddAllOf(node);
}

std::string
NodeCrash::GetKind() const
{
    return "crash";
}

void
NodeCrash::DoFail()
{
    for (const auto& direction : m_incoming)
    {
        direction.Cut(false);
    }
    for (const auto& direction : m_outgoing)
    {
        direction.Cut(true);
    }
    m_parts.PowerOff();
}

void
NodeCrash::DoRepair()
{
    // The wires first: a booting interface may send at once.
    for (const auto& direction : m_incoming)
    {
        direction.Restore();
    }
    for (const auto& direction : m_outgoing)
    {
        direction.Restore();
    }
    m_parts.PowerOn();
}

void
NodeCrash::DoDispose()
{
    m_incoming.clear();
    m_outgoing.clear();
    m_parts.Clear();
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
