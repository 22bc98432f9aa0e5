/* SPDX-License-Identifier: GPL-2.0-only */

#include "delay-step.h"

#include "ns3/channel.h"
#include "ns3/nstime.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(DelayStep);

TypeId
DelayStep::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::DelayStep")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<DelayStep>();
    return tid;
}

DelayStep::DelayStep() = default;

DelayStep::~DelayStep() = default;

void
DelayStep::SetChannel(Ptr<Channel> channel, Time delay)
{
    m_channel = channel;
    m_delay = delay;
}

bool
DelayStep::IsOutage() const
{
    return false;
}

std::string
DelayStep::GetKind() const
{
    return "delay-step";
}

void
DelayStep::DoFail()
{
    TimeValue before;
    m_channel->GetAttribute("Delay", before);
    m_before = before.Get();
    m_channel->SetAttribute("Delay", TimeValue(m_delay));
}

void
DelayStep::DoRepair()
{
    m_channel->SetAttribute("Delay", TimeValue(m_before));
}

void
DelayStep::DoDispose()
{
    m_channel = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
