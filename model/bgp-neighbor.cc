/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-neighbor.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBgpNeighbor");
NS_OBJECT_ENSURE_REGISTERED(BgpNeighbor);

TypeId
BgpNeighbor::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BgpNeighbor")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<BgpNeighbor>()
            .AddAttribute("RemoteAddress",
                          "Address of the neighbour.",
                          Ipv4AddressValue(),
                          MakeIpv4AddressAccessor(&BgpNeighbor::m_remoteAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("RemotePort",
                          "TCP port at which the neighbour listens.",
                          UintegerValue(179),
                          MakeUintegerAccessor(&BgpNeighbor::m_remotePort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("RemoteAs",
                          "AS number that the neighbour must have; 0 for any.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&BgpNeighbor::m_remoteAs),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("LocalAddress",
                          "Address to connect from; 0.0.0.0 for the one that routing chooses.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&BgpNeighbor::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("LocalPort",
                          "TCP port to connect from; 0 for any.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&BgpNeighbor::m_localPort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("Profile",
                          "Whose timers and habits: rfc4271, cisco, juniper, huawei, frr, "
                          "frr-datacenter, bird, gobgp or exabgp.",
                          StringValue("rfc4271"),
                          MakeStringAccessor(&BgpNeighbor::m_profileName),
                          MakeStringChecker())
            .AddAttribute("HoldTime",
                          "Hold time to propose, in whole seconds: 0 for no limit to silence, else "
                          "3 s or more (a neighbour refuses 1 s and 2 s); -1 s for that of the "
                          "profile.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighbor::m_holdTime),
                          MakeTimeChecker(Seconds(-1), Seconds(65535)))
            .AddAttribute("KeepaliveTime",
                          "Time between KEEPALIVEs that is wanted; the hold time agreed on may "
                          "shorten it. -1 s for that of the profile, or a third of HoldTime if "
                          "that is set.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighbor::m_keepaliveTime),
                          MakeTimeChecker(Seconds(-1), Seconds(65535)))
            .AddAttribute("ConnectRetryTime",
                          "Time after which a connection is tried anew; -1 s for the profile's.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighbor::m_connectRetryTime),
                          MakeTimeChecker(Seconds(-1)))
            .AddAttribute("IdleHoldTime",
                          "Time after which a session that ended starts again; -1 s for the "
                          "profile's.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighbor::m_idleHoldTime),
                          MakeTimeChecker(Seconds(-1)))
            .AddAttribute("Passive",
                          "Never connect, wait for the neighbour to do so.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BgpNeighbor::m_passive),
                          MakeBooleanChecker())
            .AddAttribute("AdvertisementInterval",
                          "Least time between two rounds of UPDATEs "
                          "(MinRouteAdvertisementIntervalTimer of RFC 4271 section 9.2.1.1, which "
                          "suggests 30 s; many implementations use 0).",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&BgpNeighbor::m_advertisementInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("FastExternalFallover",
                          "End the session with a neighbour of another AS at once when the "
                          "interface towards it goes down, as Cisco IOS and FRR do by default.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&BgpNeighbor::m_fastExternalFallover),
                          MakeBooleanChecker())
            .AddAttribute("Ttl",
                          "IP time to live of the session: 1 reaches the next node only.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&BgpNeighbor::m_ttl),
                          MakeUintegerChecker<uint8_t>(1))
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
    Object::DoDispose();
}

void
BgpNeighbor::Start(const BgpSession::Config& config, Owner* owner, uint32_t number)
{
    const BgpProfile* profile = BgpProfile::Find(m_profileName);
    NS_ABORT_MSG_IF(!profile, "BGP profile \"" << m_profileName << "\": there is none");
    m_owner = owner;
    m_number = number;
    m_config = config;
    m_config.tcp.ttl = m_ttl;
    m_config.profile = *profile;
    m_config.fsm = profile->GetFsmOptions();
    m_config.fsm.passive = m_passive;
    m_config.local = InetSocketAddress(m_localAddress, m_localPort);
    m_config.remote = InetSocketAddress(m_remoteAddress, m_remotePort);
    BgpAgreement::Terms& terms = m_config.terms;
    terms.peerAs = m_remoteAs;
    terms.holdTime = profile->holdTime;
    terms.keepaliveTime = profile->keepaliveTime;
    if (!m_holdTime.IsStrictlyNegative())
    {
        terms.holdTime = static_cast<uint16_t>(m_holdTime.GetSeconds());
        terms.keepaliveTime = terms.holdTime / 3.0;
    }
    if (!m_keepaliveTime.IsStrictlyNegative())
    {
        terms.keepaliveTime = m_keepaliveTime.GetSeconds();
    }
    if (!m_connectRetryTime.IsStrictlyNegative())
    {
        m_config.profile.connectRetryTime = m_connectRetryTime.GetSeconds();
    }
    if (!m_idleHoldTime.IsStrictlyNegative())
    {
        m_config.profile.idleHoldTime = std::max(m_idleHoldTime, NanoSeconds(1)).GetSeconds();
    }
    m_session = MakeSession();
    m_session->Start(false, m_passive);
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
    for (const auto& session : {m_second, m_session})
    {
        if (session)
        {
            session->Stop(BgpEvent::MANUAL_STOP, cease);
        }
    }
}

void
BgpNeighbor::Reset(BgpError::CeaseSubcode cease)
{
    Stop(cease);
    if (m_session)
    {
        m_session->Start(false, m_passive);
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
        m_lastFlush = Simulator::Now() - m_advertisementInterval; // the first one need not wait
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
    if (to != BgpState::IDLE || !m_second)
    {
        return;
    }
    if (PeekPointer(m_second) == &session)
    {
        Retire(std::exchange(m_second, nullptr));
    }
    else if (session.GetCause() != LineCause::ADMIN_SHUTDOWN)
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
    if (m_flush.IsExpired() && IsEstablished() && m_adjRibOut.HasChanges())
    {
        const Time wait = m_lastFlush + m_advertisementInterval - Simulator::Now();
        m_flush = Simulator::Schedule(std::max(wait, Time()), &BgpNeighbor::SendChanges, this);
    }
}

void
BgpNeighbor::SendChanges()
{
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
    if (!m_fastExternalFallover || m_stalled || GetRemoteAs() == m_config.terms.as)
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
}

void
BgpNeighbor::Forget()
{
    m_flush.Cancel();
    m_stalled = false;
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

Ipv4Address
BgpNeighbor::GetRemoteAddress() const
{
    return m_remoteAddress;
}

uint32_t
BgpNeighbor::GetRemoteAs() const
{
    const Ptr<BgpSession> session = GetSession();
    return session && session->GetAgreement().GetPeer() ? session->GetAgreement().GetPeer()->GetAs()
                                                        : m_remoteAs;
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
