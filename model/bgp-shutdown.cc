/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-shutdown.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BgpShutdown);

TypeId
BgpShutdown::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BgpShutdown")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BgpShutdown>();
    return tid;
}

BgpShutdown::BgpShutdown() = default;

BgpShutdown::~BgpShutdown() = default;

void
BgpShutdown::SetNeighbor(Ptr<BgpNeighbor> neighbor)
{
    m_neighbor = neighbor;
}

std::string
BgpShutdown::GetKind() const
{
    return "shutdown";
}

void
BgpShutdown::DoFail()
{
    m_neighbor->Stop(BgpError::ADMIN_SHUTDOWN);
}

void
BgpShutdown::DoRepair()
{
    // There is no session to be reset any more; what is left of a reset is the start.
    m_neighbor->Reset(BgpError::ADMIN_RESET);
}

void
BgpShutdown::DoDispose()
{
    m_neighbor = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
