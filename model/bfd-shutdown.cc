/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-shutdown.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BfdShutdown);

TypeId
BfdShutdown::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BfdShutdown")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BfdShutdown>();
    return tid;
}

BfdShutdown::BfdShutdown() = default;

BfdShutdown::~BfdShutdown() = default;

void
BfdShutdown::SetSession(Ptr<BfdSession> session)
{
    m_session = session;
}

std::string
BfdShutdown::GetKind() const
{
    return "shutdown";
}

void
BfdShutdown::DoFail()
{
    m_session->SetAdminDown(true);
}

void
BfdShutdown::DoRepair()
{
    m_session->SetAdminDown(false);
}

void
BfdShutdown::DoDispose()
{
    m_session = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
