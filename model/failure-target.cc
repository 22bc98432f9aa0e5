/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-target.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(FailureTarget);

TypeId
FailureTarget::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::FailureTarget").SetParent<Object>().SetGroupName("Keepalive");
    return tid;
}

void
FailureTarget::Fail()
{
    if (m_reasons++ == 0)
    {
        DoFail();
    }
}

void
FailureTarget::Repair()
{
    if (m_reasons > 0 && --m_reasons == 0)
    {
        DoRepair();
    }
}

uint32_t
FailureTarget::GetNReasons() const
{
    return m_reasons;
}

bool
FailureTarget::HasFailed() const
{
    return m_reasons > 0;
}

std::string
FailureTarget::GetName() const
{
    return m_name;
}

void
FailureTarget::SetName(const std::string& name)
{
    m_name = name;
}

bool
FailureTarget::IsOutage() const
{
    return true;
}

} // namespace keepalive
} // namespace ns3
