/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-neighbor.h"

#include "ns3/inet-socket-address.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BgpNeighbor);

TypeId
BgpNeighbor::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BgpNeighbor")
            .SetParent<BgpNeighborSettings>()
            .SetGroupName("Keepalive")
            .AddConstructor<BgpNeighbor>()
            .AddTraceSource("LineProtocol",
                            "The session came up, or went down, and why.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_lineProtocolTrace),
                            "ns3::keepalive::DetectionEvent::TracedCallback")
            .AddTraceSource("State",
                            "A state machine of the session changed its state.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_stateTrace),
                            "ns3::keepalive::BgpNeighbor::StateTracedCallback")
            .AddTraceSource("MessageTx",
                            "A message was handed to TCP.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_messageTxTrace),
                            "ns3::keepalive::BgpNeighbor::MessageTracedCallback")
            .AddTraceSource("MessageRx",
                            "A message arrived.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_messageRxTrace),
                            "ns3::keepalive::BgpNeighbor::MessageTracedCallback")
            .AddTraceSource("NotificationTx",
                            "A NOTIFICATION was sent: the session ends.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_notificationTxTrace),
                            "ns3::keepalive::BgpNeighbor::NotificationTracedCallback")
            .AddTraceSource("NotificationRx",
                            "A NOTIFICATION arrived: the session ends.",
                            MakeTraceSourceAccessor(&BgpNeighbor::m_notificationRxTrace),
                            "ns3::keepalive::BgpNeighbor::NotificationTracedCallback");
    return tid;
}

BgpNeighbor::BgpNeighbor()
    : m_jitter(CreateObject<UniformRandomVariable>()),
      m_line("bgp")
{
    m_line.Initialize(false);
    m_line.SetReport(MakeCallback(&BgpNeighbor::Report, this));
}

BgpNeighbor::~BgpNeighbor() = default;

void
BgpNeighbor::DoDispose()
{
    m_flush.Cancel();
    m_bury.Cancel();
    for (const auto& session : {m_session, m_second})
    {
        if (session)
        {
            session->Dispose();
        }
    }
    Bury();
    m_session = nullptr;
    m_second = nullptr;
    m_owner = nullptr;
    m_jitter = nullptr;
    BgpNeighborSettings::DoDispose();
}

void
BgpNeighbor::Start(const BgpSession::Config& config, Owner* owner, uint32_t number)
{
    m_owner = owner;
    m_number = number;
    m_config = Complete(config);
    m_running = true;
    if (m_session)
    {
        Retire(m_session); // of the life before
    }
    m_session = MakeSession();
    if (!m_shut)
    {
        m_session->Start(false, IsPassive());
    }
}

Ptr<BgpSession>
BgpNeighbor::MakeSession()
{
    Ptr<BgpSession> session = CreateObject<BgpSession>();
    session->Configure(m_config, this, m_jitter);
    session->SetStalled(m_stalled);
    return session;
}

void
BgpNeighbor::Stop(BgpError::CeaseSubcode cease)
{
    m_shut = true;
    End(cease);
}

void
BgpNeighbor::Reset(BgpError::CeaseSubcode cease)
{
    m_shut = false;
    End(cease);
    if (m_running && m_session)
    {
        m_session->Start(false, IsPassive());
    }
}

void
BgpNeighbor::Leave()
{
    m_running = false;
    End(BgpError::PEER_DECONFIGURED);
}

void
BgpNeighbor::End(BgpError::CeaseSubcode cease)
{
    for (const auto& session : {m_second, m_session})
    {
        if (session)
        {
            session->Stop(BgpEvent::MANUAL_STOP, cease);
        }
    }
}

void
BgpNeighbor::Accept(Ptr<Socket> socket)
{
    if (m_session && m_session->GetState() == BgpState::ACTIVE)
    {
        m_session->Adopt(socket);
        return;
    }
    if (!m_session || m_session->GetState() == BgpState::IDLE || m_second)
    {
        BgpConnection::Refuse(socket); // RFC 4271 section 8.2.2, Idle
        return;
    }
    const Ptr<BgpSession> session = MakeSession();
    m_second = session; // and perhaps not any more, if who hears of the start ends it
    session->Start(true, true);
    session->Adopt(socket);
}

bool
BgpNeighbor::ResolveCollision(BgpSession& session)
{
    Ptr<BgpSession> other = PeekPointer(m_session) == &session ? m_second : m_session;
    if (!other)
    {
        return true;
    }
    if (other->GetState() < BgpState::OPEN_SENT)
    {
        // No collision yet, but our KEEPALIVE will commit us: the neighbour may be Established when
        // the other connection comes about, and would then keep this one, whatever we do.
        other->Stop(BgpEvent::OPEN_COLLISION_DUMP, BgpError::COLLISION_RESOLUTION);
        return true;
    }
    if (other->GetState() == BgpState::ESTABLISHED)
    {
        return false;
    }
    // Section 6.8: who has the higher identifier, or else AS (RFC 6286 section 2.3), keeps his own.
    const BgpOpen& peer = *session.GetAgreement().GetPeer();
    const bool keepIncoming = std::make_pair(m_config.terms.identifier, m_config.terms.as) <
                              std::make_pair(peer.identifier, peer.GetAs());
    if (session.IsIncoming() != keepIncoming)
    {
        return false;
    }
    other->Stop(BgpEvent::OPEN_COLLISION_DUMP, BgpError::COLLISION_RESOLUTION);
    return true;
}

void
BgpNeighbor::HandleState(BgpSession& session, BgpState from)
{
    const BgpState to = session.GetState();
    m_stateTrace(from, to);
    if (session.GetState() != to)
    {
        return; // the node crashed over it
    }
    if (to == BgpState::ESTABLISHED)
    {
        m_adjRibOut.Clear();
        m_lastFlush = Simulator::Now() - GetAdvertisementInterval(); // the first one need not wait
        m_line.Set(true, session.GetCause());
        m_owner->HandleUp(*this);
        return;
    }
    if (from == BgpState::ESTABLISHED)
    {
        m_flush.Cancel();
        m_adjRibOut.Clear();
        m_line.Set(false, session.GetCause());
        m_owner->HandleDown(*this);
    }
    if (PeekPointer(m_second) == &session)
    {
        // It was there for its connection only. In Active after that, it would keep out the
        // neighbour's next one, and connect some day (RFC 4271 section 8.2.1: one machine "for each
        // incoming TCP connection").
        if (to == BgpState::IDLE || (to == BgpState::ACTIVE && from != BgpState::IDLE))
        {
            Retire(std::exchange(m_second, nullptr));
        }
        return;
    }
    if (to == BgpState::IDLE && m_second && session.GetCause() != LineCause::ADMIN_SHUTDOWN)
    {
        Retire(std::exchange(m_session, std::exchange(m_second, nullptr)));
    }
}

void
BgpNeighbor::Retire(Ptr<BgpSession> session)
{
    session->Detach();
    m_retired.push_back(session);
    // Now it may be in the middle of telling us.
    if (m_bury.IsExpired())
    {
        m_bury = Simulator::ScheduleNow(&BgpNeighbor::Bury, this);
    }
}

void
BgpNeighbor::Bury()
{
    for (const auto& session : m_retired)
    {
        session->Dispose();
    }
    m_retired.clear();
}

void
BgpNeighbor::HandleUpdate(BgpSession&, const BgpUpdate& update)
{
    m_owner->HandleUpdate(*this, update);
}

void
BgpNeighbor::HandleMessage(BgpSession&, bool sent, BgpMessageType type, uint32_t size)
{
    (sent ? m_messageTxTrace : m_messageRxTrace)(type, size);
}

void
BgpNeighbor::HandleNotification(BgpSession&, bool sent, const BgpError& error)
{
    (sent ? m_notificationTxTrace : m_notificationRxTrace)(error);
}

void
BgpNeighbor::Report(DetectionEvent& event)
{
    event.nodeId = m_config.tcp.node->GetId();
    m_lineProtocolTrace(event);
}

BgpAdjRibOut&
BgpNeighbor::GetAdjRibOut()
{
    return m_adjRibOut;
}

void
BgpNeighbor::Flush()
{
    if (!m_stalled && m_flush.IsExpired() && IsEstablished() && m_adjRibOut.HasChanges())
    {
        const Time wait = m_lastFlush + GetAdvertisementInterval() - Simulator::Now();
        m_flush = Simulator::Schedule(std::max(wait, Time()), &BgpNeighbor::SendChanges, this);
    }
}

void
BgpNeighbor::SendChanges()
{
    if (m_stalled)
    {
        return; // it will when it goes on
    }
    const Ptr<BgpSession> session = GetSession();
    BgpAdjRibOut::Export settings;
    settings.as = m_config.terms.as;
    settings.external = session->GetAgreement().IsExternal();
    settings.fourOctetAs = session->GetAgreement().HasFourOctetAs();
    Address local;
    session->GetConnection().GetSocket()->GetSockName(local);
    settings.nextHop = InetSocketAddress::ConvertFrom(local).GetIpv4().Get();
    const auto messages = m_adjRibOut.Take(settings);
    if (!messages.empty())
    {
        m_lastFlush = Simulator::Now();
        session->SendUpdates(messages);
    }
}

void
BgpNeighbor::HandleInterfaceDown()
{
    // A process that hangs does not hear of it; its timers will tell.
    if (!HasFastExternalFallover() || m_stalled || !IsExternal())
    {
        return;
    }
    for (const auto& session : {m_second, m_session})
    {
        if (session)
        {
            session->LoseLink();
        }
    }
}

void
BgpNeighbor::HandleBfdDown()
{
    m_bfdDown = m_stalled; // a process that hangs hears of it when it goes on
    for (const auto& session : {m_second, m_session})
    {
        if (session && !m_stalled && session->GetState() >= BgpState::OPEN_SENT)
        {
            session->Stop(BgpEvent::AUTOMATIC_STOP, BgpError::BFD_DOWN);
        }
    }
}

void
BgpNeighbor::SetStalled(bool stalled)
{
    m_stalled = stalled;
    for (const auto& session : {m_session, m_second})
    {
        if (session)
        {
            session->SetStalled(stalled);
        }
    }
    if (stalled)
    {
        return;
    }
    if (m_bfdDown)
    {
        HandleBfdDown();
    }
    Flush();
}

void
BgpNeighbor::Forget()
{
    m_flush.Cancel();
    m_running = false;
    m_stalled = false;
    m_bfdDown = false;
    for (const auto& session : {m_second, m_session})
    {
        if (session)
        {
            session->Forget();
        }
    }
}

bool
BgpNeighbor::IsEstablished() const
{
    return m_line.IsUp();
}

Ptr<BgpSession>
BgpNeighbor::GetSession() const
{
    const bool second = m_second && m_second->GetState() > m_session->GetState();
    return second ? m_second : m_session;
}

uint32_t
BgpNeighbor::GetRemoteAs() const
{
    const Ptr<BgpSession> session = GetSession();
    return session && session->GetAgreement().GetPeer() ? session->GetAgreement().GetPeer()->GetAs()
                                                        : GetConfiguredAs();
}

bool
BgpNeighbor::IsExternal() const
{
    return GetRemoteAs() != m_config.terms.as;
}

uint32_t
BgpNeighbor::GetNumber() const
{
    return m_number;
}

Time
BgpNeighbor::GetLastChange() const
{
    return m_line.GetLastChange();
}

int64_t
BgpNeighbor::AssignStreams(int64_t stream)
{
    m_jitter->SetStream(stream);
    return 1;
}

} // namespace keepalive
} // namespace ns3
