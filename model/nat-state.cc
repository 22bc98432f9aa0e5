/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-state.h"

#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NatState);

TypeId
NatState::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::NatState")
            .SetParent<NatSettings>()
            .SetGroupName("Keepalive")
            .AddConstructor<NatState>()
            .AddTraceSource("BindingCreated",
                            "A binding was made.",
                            MakeTraceSourceAccessor(&NatState::m_bindingCreated),
                            "ns3::keepalive::NatBinding::TracedCallback")
            .AddTraceSource("BindingExpired",
                            "A binding ended. Told one unit of time behind the last instant at "
                            "which it was there, which is in the binding.",
                            MakeTraceSourceAccessor(&NatState::m_bindingExpired),
                            "ns3::keepalive::NatBinding::TracedCallback");
    return tid;
}

NatState::NatState() = default;

NatState::~NatState() = default;

void
NatState::DoDispose()
{
    m_event.Cancel();
    m_table.reset();
    NatSettings::DoDispose();
}

int64_t
NatState::GetNow()
{
    return Simulator::Now().GetNanoSeconds();
}

void
NatState::ReservePort(uint8_t protocol, uint16_t port)
{
    m_reserved.emplace_back(protocol, port);
    if (m_table)
    {
        m_table->Reserve(protocol, port);
    }
}

bool
NatState::IsReserved(uint8_t protocol, uint16_t port) const
{
    return std::find(m_reserved.begin(), m_reserved.end(), std::pair(protocol, port)) !=
           m_reserved.end();
}

bool
NatState::IsPowered() const
{
    return m_powered;
}

const NatProfile&
NatState::GetBehavior() const
{
    return m_profile;
}

NatTable&
NatState::GetTable(Ipv4Address external)
{
    if (!m_table)
    {
        m_profile = GetProfile();
        m_table = std::make_unique<NatTable>(m_profile, IsFirewall());
        for (const auto& [protocol, port] : m_reserved)
        {
            m_table->Reserve(protocol, port);
        }
    }
    m_table->SetExternalAddress(external.Get());
    return *m_table;
}

void
NatState::Follow(const NatTable::Verdict& verdict)
{
    Tell();
    if (verdict.created)
    {
        m_bindingCreated(*verdict.created);
    }
    // Who was told may have switched the router off.
    const auto deadline = m_table ? m_table->GetNextDeadline() : std::nullopt;
    if (!deadline)
    {
        return;
    }
    // A packet at the very deadline still finds the flow: it is gone behind it.
    const Time wakeUp = Max(NanoSeconds(*deadline), Simulator::Now()) + TimeStep(1);
    if (m_event.IsExpired() || wakeUp < m_wakeUp)
    {
        m_event.Cancel();
        m_wakeUp = wakeUp;
        m_event = Simulator::Schedule(wakeUp - Simulator::Now(), &NatState::Wake, this);
    }
}

void
NatState::Tell()
{
    for (const NatBinding& binding : m_table->TakeEnded())
    {
        m_bindingExpired(binding);
    }
}

void
NatState::Wake()
{
    if (m_table)
    {
        m_table->Expire(GetNow());
        Follow(NatTable::Verdict());
    }
}

void
NatState::Flush()
{
    if (m_table)
    {
        m_table->Flush(GetNow());
        Tell();
    }
    m_event.Cancel();
}

std::vector<NatBinding>
NatState::GetBindings()
{
    Wake();
    return m_table ? m_table->GetBindings() : std::vector<NatBinding>();
}

std::size_t
NatState::GetNBindings()
{
    Wake();
    return m_table ? m_table->GetNBindings() : 0;
}

std::optional<Time>
NatState::GetDeadline(const NatPacket& packet)
{
    Wake();
    const auto deadline = m_table ? m_table->GetDeadline(packet) : std::nullopt;
    return deadline ? std::optional<Time>(NanoSeconds(*deadline)) : std::nullopt;
}

NatTcpState::State
NatState::GetTcpState(const NatPacket& packet)
{
    Wake();
    return m_table ? m_table->GetTcpState(packet) : NatTcpState::State::NONE;
}

void
NatState::SetPowered(bool powered)
{
    if (powered == m_powered)
    {
        return;
    }
    m_powered = powered;
    Flush();
    m_table.reset();
}

void
NatState::SetControlPlaneStalled(bool)
{
    // Bindings are made and kept by the data plane.
}

} // namespace keepalive
} // namespace ns3
