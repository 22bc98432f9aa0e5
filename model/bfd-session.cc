/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-session.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBfdSession");
NS_OBJECT_ENSURE_REGISTERED(BfdSession);

TypeId
BfdSession::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BfdSession")
            .SetParent<BfdSessionSettings>()
            .SetGroupName("Keepalive")
            .AddConstructor<BfdSession>()
            .AddTraceSource("LineProtocol",
                            "The session came Up, or is no longer Up.",
                            MakeTraceSourceAccessor(&BfdSession::m_lineProtocolTrace),
                            "ns3::keepalive::DetectionEvent::TracedCallback")
            .AddTraceSource("State",
                            "The state changed.",
                            MakeTraceSourceAccessor(&BfdSession::m_stateTrace),
                            "ns3::keepalive::BfdSession::StateTracedCallback")
            .AddTraceSource("PacketTx",
                            "A packet was sent.",
                            MakeTraceSourceAccessor(&BfdSession::m_packetTxTrace),
                            "ns3::keepalive::BfdHeader::TracedCallback")
            .AddTraceSource("PacketRx",
                            "A packet arrived that was not discarded.",
                            MakeTraceSourceAccessor(&BfdSession::m_packetRxTrace),
                            "ns3::keepalive::BfdHeader::TracedCallback")
            .AddTraceSource("Drop",
                            "A packet of the peer was discarded.",
                            MakeTraceSourceAccessor(&BfdSession::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

BfdSession::BfdSession()
    : m_line("bfd")
{
    m_line.Initialize(false);
    m_line.SetReport(MakeCallback(&BfdSession::Complete, this));
    m_detection.SetExpired(MakeCallback(&BfdSession::HandleSilence, this));
}

BfdSession::~BfdSession() = default;

void
BfdSession::DoDispose()
{
    m_running = false;
    m_owner = nullptr;
    m_due.Cancel();
    m_detection.Stop();
    BfdSessionSettings::DoDispose();
}

void
BfdSession::Start(Owner* owner, uint32_t discriminator, bool controlPlaneIndependent)
{
    m_running = true;
    m_owner = owner;
    m_discriminator = discriminator;
    m_controlPlaneIndependent = controlPlaneIndependent;
    m_fsm = BfdFsm();
    m_timing = BfdTiming(GetTimers());
    m_lastSent = BfdHeader();
    m_lastTx = Simulator::Now();
    m_lastHeard = Time(0);
    m_stalled = false;
    m_silenceWhileStalled = false;
    if (IsSending())
    {
        // Routers do not boot together: the first packet comes after a share of the interval.
        m_interval = GetTransmitInterval();
        ScheduleDue(Simulator::Now(), DrawStartPhase());
    }
    HandleAdminDown();
}

void
BfdSession::Stop(LineCause cause)
{
    if (!m_running)
    {
        return;
    }
    m_running = false;
    m_due.Cancel();
    m_interval = Time(0);
    m_detection.Stop();
    m_fsm = BfdFsm();
    m_timing = BfdTiming(GetTimers());
    m_discriminator = 0;
    ForgetPeer();
    m_cause = cause;
    Report();
}

void
BfdSession::HandleTimers()
{
    if (!m_running || m_stalled)
    {
        return; // at the start, or when the process goes on
    }
    if (m_timing.Configure(GetTimers()))
    {
        SendAtOnce(0);
    }
    Refresh();
}

void
BfdSession::HandleAdminDown()
{
    if (!m_running || m_stalled || m_fsm.SetAdminDown(IsAdminDown()) != BfdFsm::Verdict::CHANGED)
    {
        return;
    }
    m_timing.SetUp(false);
    if (IsAdminDown())
    {
        // At the slow rate that has just begun the peer hears of it as often as it may miss it.
        m_farewellEnd = Simulator::Now() + MicroSeconds(m_timing.GetRemoteDetectionTime());
        m_cause = LineCause::ADMIN_SHUTDOWN;
    }
    else
    {
        ForgetPeer(); // what was discarded meanwhile restarted no detection time
        m_cause = LineCause::ADMIN_ENABLED;
    }
    Settle(false);
}

void
BfdSession::SetStalled(bool stalled)
{
    if (m_stalled == stalled || !m_running)
    {
        return;
    }
    m_stalled = stalled;
    if (stalled)
    {
        Reschedule();
        return;
    }
    if (std::exchange(m_silenceWhileStalled, false))
    {
        HandleSilence();
    }
    HandleAdminDown();
    HandleTimers();
}

void
BfdSession::Receive(const BfdHeader& header, Ptr<const Packet> packet)
{
    if (!m_running)
    {
        m_dropTrace(packet, DropReason::ADMIN_DOWN);
        return;
    }
    if (header.HasFlag(BfdHeader::AUTHENTICATION_PRESENT))
    {
        m_dropTrace(packet, DropReason::AUTHENTICATION);
        return;
    }

    // The order of RFC 5880 section 6.8.6: a session that is shut learns, too.
    m_peer = header;
    const bool changed = m_timing.OnPacket(
        {header.GetDesiredMinTx(), header.GetRequiredMinRx(), header.GetDetectMult()},
        header.HasFlag(BfdHeader::FINAL));
    switch (m_fsm.OnPacket(header.GetState()))
    {
    case BfdFsm::Verdict::DISCARDED:
        Reschedule();
        m_dropTrace(packet, DropReason::BAD_STATE);
        return;
    case BfdFsm::Verdict::UNCHANGED:
        break;
    case BfdFsm::Verdict::CHANGED:
        m_cause = m_fsm.GetState() != BfdState::DOWN          ? LineCause::SESSION_ESTABLISHED
                  : header.GetState() == BfdState::ADMIN_DOWN ? LineCause::PEER_ADMIN_DOWN
                                                              : LineCause::PEER_SIGNALED_DOWN;
        break;
    }
    m_lastHeard = Simulator::Now();
    m_packetRxTrace(header);
    if (changed)
    {
        SendAtOnce(0); // a change that had waited
    }
    Settle(header.HasFlag(BfdHeader::POLL));
}

void
BfdSession::HandleSilence()
{
    if (m_stalled)
    {
        m_silenceWhileStalled = true;
        return;
    }
    ForgetPeer();
    if (m_fsm.OnDetectionTimeExpired() == BfdFsm::Verdict::CHANGED)
    {
        m_cause = LineCause::DETECTION_TIME_EXPIRED;
    }
    Settle(false);
}

void
BfdSession::ForgetPeer()
{
    m_peer = BfdHeader();
    m_timing.ForgetPeer();
}

void
BfdSession::Settle(bool answer)
{
    if (m_fsm.GetState() != BfdState::UP)
    {
        m_timing.SetUp(false);
    }
    const bool news = m_fsm.GetState() != m_lastSent.GetState() ||
                      m_fsm.GetDiagnostic() != m_lastSent.GetDiagnostic() ||
                      m_peer.GetMyDiscriminator() != m_lastSent.GetYourDiscriminator();
    if (answer || news)
    {
        SendAtOnce(answer ? BfdHeader::FINAL : 0);
    }
    // Only now: the packet that says Up still advertises the interval of slow start.
    m_timing.SetUp(m_fsm.GetState() == BfdState::UP);
    Refresh();
    Report();
}

void
BfdSession::Refresh()
{
    if (!m_running)
    {
        return; // whoever saw a packet leave ended the session
    }
    Reschedule();
    const Time detectionTime = GetDetectionTime();
    if (detectionTime.IsZero())
    {
        m_detection.Stop();
        return;
    }
    const Time left = m_lastHeard + detectionTime - Simulator::Now();
    m_detection.Restart(std::max(left, TimeStep(1)));
}

void
BfdSession::Report()
{
    const BfdState to = m_fsm.GetState();
    if (to == m_reported)
    {
        return;
    }
    const BfdState from = m_reported;
    m_reported = to;
    NS_LOG_INFO("session " << m_discriminator << ": " << ToString(from) << " -> " << ToString(to)
                           << ", " << ToString(m_fsm.GetDiagnostic()));
    m_stateTrace(from, to);
    if (m_reported == to) // unless whoever heard of it changed it again
    {
        m_line.Set(to == BfdState::UP, m_cause);
    }
}

void
BfdSession::Complete(DetectionEvent& event)
{
    m_lineCause = event.cause;
    if (m_owner)
    {
        m_owner->Locate(*this, event);
    }
    m_lineProtocolTrace(event);
}

void
BfdSession::Reschedule()
{
    if (!IsSending())
    {
        m_due.Cancel();
        m_interval = Time(0);
        return;
    }
    const Time interval = GetTransmitInterval();
    if (interval != m_interval)
    {
        // "The local system cannot wait longer than the new interval between the previous packet
        // transmission and the next one" (RFC 5880 section 6.8.3).
        BeginGap(m_lastTx);
    }
}

void
BfdSession::BeginGap(Time from)
{
    const BfdTiming::Range range = m_timing.GetJitter();
    m_interval = GetTransmitInterval();
    ScheduleDue(from, range.least + (range.greatest - range.least) * DrawJitter());
}

void
BfdSession::ScheduleDue(Time from, double factor)
{
    const double gap = static_cast<double>(m_interval.GetTimeStep()) * factor + 0.5;
    const Time due = from + std::max(TimeStep(static_cast<uint64_t>(gap)), TimeStep(1));
    m_due.Cancel();
    m_due = Simulator::Schedule(std::max(due - Simulator::Now(), Time(0)),
                                &BfdSession::HandleDue,
                                this);
}

void
BfdSession::HandleDue()
{
    if (!IsSending())
    {
        m_interval = Time(0);
        return; // the farewell is over
    }
    BeginGap(Simulator::Now());
    Send(m_timing.IsPolling() ? BfdHeader::POLL : 0);
}

bool
BfdSession::MaySend() const
{
    const bool shut = m_fsm.GetState() == BfdState::ADMIN_DOWN;
    return m_running && !m_stalled && !(IsPassive() && m_peer.GetMyDiscriminator() == 0) &&
           !(shut && Simulator::Now() > m_farewellEnd);
}

bool
BfdSession::IsSending() const
{
    const bool bothUp = m_fsm.GetState() == BfdState::UP && m_peer.GetState() == BfdState::UP;
    const bool unwanted = m_peer.HasFlag(BfdHeader::DEMAND) && bothUp && !m_timing.IsPolling();
    return MaySend() && !unwanted && m_timing.GetTransmitInterval() != 0;
}

void
BfdSession::SendAtOnce(uint8_t flag)
{
    if (!MaySend())
    {
        return;
    }
    if (flag != BfdHeader::FINAL && m_timing.IsPolling())
    {
        // It stands for the next periodic packet: Polls come no faster than these.
        BeginGap(Simulator::Now());
        flag = BfdHeader::POLL;
    }
    Send(flag);
}

void
BfdSession::Send(uint8_t flag)
{
    const BfdTiming::Parameters parameters = m_timing.GetAdvertised();
    BfdHeader header;
    header.SetDiagnostic(m_fsm.GetDiagnostic());
    header.SetState(m_fsm.GetState());
    header.SetFlag(BfdHeader::POLL, flag == BfdHeader::POLL);
    header.SetFlag(BfdHeader::FINAL, flag == BfdHeader::FINAL);
    header.SetFlag(BfdHeader::CONTROL_PLANE_INDEPENDENT, m_controlPlaneIndependent);
    header.SetDetectMult(parameters.detectMult);
    header.SetMyDiscriminator(m_discriminator);
    header.SetYourDiscriminator(m_peer.GetMyDiscriminator());
    header.SetDesiredMinTx(parameters.desiredMinTx);
    header.SetRequiredMinRx(parameters.requiredMinRx);
    m_lastSent = header;
    m_lastTx = Simulator::Now();

    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(header);
    m_owner->SendBfdPacket(*this, packet);
    m_packetTxTrace(header);
}

void
BfdSession::AddLinkChangeCallback(Callback<void> callback)
{
    m_line.AddLinkChangeCallback(callback);
}

bool
BfdSession::IsUp() const
{
    return m_line.IsUp();
}

LineCause
BfdSession::GetCause() const
{
    return m_lineCause;
}

BfdState
BfdSession::GetState() const
{
    return m_fsm.GetState();
}

BfdDiagnostic
BfdSession::GetDiagnostic() const
{
    return m_fsm.GetDiagnostic();
}

BfdState
BfdSession::GetRemoteState() const
{
    return m_peer.GetState();
}

BfdDiagnostic
BfdSession::GetRemoteDiagnostic() const
{
    return m_peer.GetDiagnostic();
}

uint32_t
BfdSession::GetDiscriminator() const
{
    return m_discriminator;
}

uint32_t
BfdSession::GetRemoteDiscriminator() const
{
    return m_peer.GetMyDiscriminator();
}

const BfdTiming&
BfdSession::GetTiming() const
{
    return m_timing;
}

Time
BfdSession::GetTransmitInterval() const
{
    return MicroSeconds(m_timing.GetTransmitInterval());
}

Time
BfdSession::GetDetectionTime() const
{
    return MicroSeconds(m_timing.GetDetectionTime());
}

Time
BfdSession::GetTimeLeft() const
{
    return m_detection.GetTimeLeft();
}

Time
BfdSession::GetLastHeard() const
{
    return m_lastHeard;
}

Time
BfdSession::GetLastChange() const
{
    return m_line.GetLastChange();
}

} // namespace keepalive
} // namespace ns3
