/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-binding-monitor.h"

#include "ns3/node.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NatBindingMonitor);

TypeId
NatBindingMonitor::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::NatBindingMonitor")
                            .SetParent<Object>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<NatBindingMonitor>()
                            .AddTraceSource("LineProtocol",
                                            "The binding was made, or is gone.",
                                            MakeTraceSourceAccessor(&NatBindingMonitor::m_report),
                                            "ns3::keepalive::DetectionEvent::TracedCallback");
    return tid;
}

NatBindingMonitor::NatBindingMonitor()
    : m_line("nat")
{
    m_line.Initialize(false);
    m_line.SetReport(MakeCallback(&NatBindingMonitor::Report, this));
}

NatBindingMonitor::~NatBindingMonitor() = default;

void
NatBindingMonitor::Watch(Ptr<NatBox> box, Ipv4Address host, uint8_t protocol)
{
    m_box = box;
    m_host = host.Get();
    m_protocol = protocol;
    box->TraceConnectWithoutContext("BindingCreated",
                                    MakeCallback(&NatBindingMonitor::Created, this));
    box->TraceConnectWithoutContext("BindingExpired",
                                    MakeCallback(&NatBindingMonitor::Ended, this));
}

void
NatBindingMonitor::Created(const NatBinding& binding)
{
    if (binding.internal.address != m_host || binding.protocol != m_protocol)
    {
        return;
    }
    m_binding = binding;
    // That is what it is to the host: its packets get through, and are answered.
    m_line.Set(true, LineCause::SESSION_ESTABLISHED);
}

void
NatBindingMonitor::Ended(const NatBinding& binding)
{
    // An older one, of a connection that was given up, does not matter.
    if (m_binding && m_binding->protocol == binding.protocol &&
        m_binding->internal == binding.internal && m_binding->external == binding.external &&
        m_binding->created == binding.created)
    {
        m_binding.reset();
        m_line.Set(false, LineCause::BINDING_EXPIRED);
    }
}

const std::optional<NatBinding>&
NatBindingMonitor::GetBinding() const
{
    return m_binding;
}

void
NatBindingMonitor::Report(DetectionEvent& event)
{
    event.nodeId = m_box->GetObject<Node>()->GetId();
    m_report(event);
}

void
NatBindingMonitor::DoDispose()
{
    m_box = nullptr;
    Object::DoDispose();
}

} // namespace keepalive
} // namespace ns3
