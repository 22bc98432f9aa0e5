/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-socket.h"

#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-tx-buffer.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveTcpKeepaliveSocket");

NS_OBJECT_ENSURE_REGISTERED(TcpKeepaliveSocket);

TypeId
TcpKeepaliveSocket::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::TcpKeepaliveSocket")
            .SetParent<TcpSocketBase>()
            .SetGroupName("Keepalive")
            .AddConstructor<TcpKeepaliveSocket>()
            .AddAttribute("Profile",
                          "The stack whose defaults hold for what the other attributes leave open: "
                          "linux, windows-vista, windows-xp, freebsd, macos, solaris or rfc1122. "
                          "The last two limit retransmissions and window probes by time, and "
                          "DataRetries has no effect with them.",
                          StringValue("linux"),
                          MakeStringAccessor(&TcpKeepaliveSocket::SetProfile,
                                             &TcpKeepaliveSocket::GetProfileName),
                          MakeStringChecker())
            .AddAttribute("KeepaliveEnabled",
                          "Send keepalive probes (SO_KEEPALIVE).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpKeepaliveSocket::SetKeepaliveEnabled,
                                              &TcpKeepaliveSocket::IsKeepaliveEnabled),
                          MakeBooleanChecker())
            .AddAttribute("KeepaliveIdle",
                          "Silence before the first probe (TCP_KEEPIDLE). Zero means as the "
                          "profile says.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&TcpKeepaliveSocket::SetKeepaliveIdle,
                                           &TcpKeepaliveSocket::GetKeepaliveIdle),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("KeepaliveInterval",
                          "Time between probes that are not answered (TCP_KEEPINTVL); with the "
                          "profile solaris the first of a series that doubles. Zero means as the "
                          "profile says.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&TcpKeepaliveSocket::SetKeepaliveInterval,
                                           &TcpKeepaliveSocket::GetKeepaliveInterval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("KeepaliveProbes",
                          "Unanswered probes that end the connection (TCP_KEEPCNT). Zero means as "
                          "the profile says. With the profile solaris any other number means a "
                          "fixed interval.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&TcpKeepaliveSocket::SetKeepaliveProbes,
                                               &TcpKeepaliveSocket::GetKeepaliveProbes),
                          MakeUintegerChecker<uint32_t>(0, 255))
            .AddAttribute("GarbageOctet",
                          "Put an octet into probes, so that stacks answer that answer data only. "
                          "Windows does so in any case.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&TcpKeepaliveSocket::SetGarbageOctet,
                                              &TcpKeepaliveSocket::HasGarbageOctet),
                          MakeBooleanChecker())
            .AddAttribute("UserTimeout",
                          "Time after which silence, unacknowledged data or a closed window ends "
                          "the connection (TCP_USER_TIMEOUT). Silence counts only if keepalives "
                          "are enabled, and once a probe was sent. Zero means no such limit.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&TcpKeepaliveSocket::SetUserTimeout,
                                           &TcpKeepaliveSocket::GetUserTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute(
                "RtoMin",
                "Least retransmission timeout. Zero means as the profile says.",
                TimeValue(Time(0)),
                MakeTimeAccessor(&TcpKeepaliveSocket::SetRtoMin, &TcpKeepaliveSocket::GetRtoMin),
                MakeTimeChecker(Time(0)))
            .AddAttribute(
                "RtoMax",
                "Greatest retransmission timeout. Zero means as the profile says.",
                TimeValue(Time(0)),
                MakeTimeAccessor(&TcpKeepaliveSocket::SetRtoMax, &TcpKeepaliveSocket::GetRtoMax),
                MakeTimeChecker(Time(0)))
            .AddTraceSource("ConnectionEnd",
                            "The connection ended, and why. A socket that listens tells of all "
                            "connections it accepted. Sinks cannot act on the socket: for them "
                            "Abort, Forget and Close do nothing, and Connect fails.",
                            MakeTraceSourceAccessor(&TcpKeepaliveSocket::m_endTrace),
                            "ns3::keepalive::TcpEndingSocket::ConnectionEndTracedCallback")
            .AddTraceSource("KeepaliveTx",
                            "A keepalive probe was sent.",
                            MakeTraceSourceAccessor(&TcpKeepaliveSocket::m_keepaliveTxTrace),
                            "ns3::keepalive::TcpKeepaliveSocket::KeepaliveTracedCallback")
            .AddTraceSource("KeepaliveRx",
                            "A sign of life came while probes were unanswered.",
                            MakeTraceSourceAccessor(&TcpKeepaliveSocket::m_keepaliveRxTrace),
                            "ns3::keepalive::TcpKeepaliveSocket::KeepaliveTracedCallback");
    return tid;
}

TcpKeepaliveSocket::TcpKeepaliveSocket()
    : m_decision(GetProfile().GetKeepalive())
{
    m_timer.SetExpired(MakeCallback(&TcpKeepaliveSocket::KeepaliveTimeout, this));
}

TcpKeepaliveSocket::TcpKeepaliveSocket(const TcpKeepaliveSocket& socket)
    : TcpAnsweringSocket(socket),
      m_decision(socket.m_decision.GetSettings()),
      m_enabled(socket.m_enabled),
      m_idle(socket.m_idle),
      m_interval(socket.m_interval),
      m_probes(socket.m_probes),
      m_garbageOctet(socket.m_garbageOctet),
      m_keepaliveTxTrace(socket.m_keepaliveTxTrace),
      m_keepaliveRxTrace(socket.m_keepaliveRxTrace)
{
    m_timer.SetExpired(MakeCallback(&TcpKeepaliveSocket::KeepaliveTimeout, this));
}

TcpKeepaliveSocket::~TcpKeepaliveSocket() = default;

void
TcpKeepaliveSocket::DoDispose()
{
    m_timer.Stop();
    TcpAnsweringSocket::DoDispose();
}

Ptr<TcpSocketBase>
TcpKeepaliveSocket::Fork()
{
    return CopyObject<TcpKeepaliveSocket>(this);
}

void
TcpKeepaliveSocket::SetKeepaliveEnabled(bool enabled)
{
    const bool starts = enabled && !m_enabled;
    m_enabled = enabled;
    if (!enabled)
    {
        m_timer.Stop();
    }
    else if (starts && IsSynchronized())
    {
        StartTimer(GetKeepaliveIdle());
    }
}

bool
TcpKeepaliveSocket::IsKeepaliveEnabled() const
{
    return m_enabled;
}

void
TcpKeepaliveSocket::SetKeepaliveIdle(Time idle)
{
    m_idle = idle;
    HandleSettings();
    if (m_enabled && IsSynchronized())
    {
        const int64_t silence = (Simulator::Now() - m_lastLife).GetNanoSeconds();
        StartTimer(NanoSeconds(m_decision.GetFirstWait(silence)));
    }
}

Time
TcpKeepaliveSocket::GetKeepaliveIdle() const
{
    return NanoSeconds(m_decision.GetSettings().idle);
}

void
TcpKeepaliveSocket::SetKeepaliveInterval(Time interval)
{
    m_interval = interval;
    HandleSettings();
}

Time
TcpKeepaliveSocket::GetKeepaliveInterval() const
{
    return NanoSeconds(m_decision.GetSettings().interval);
}

void
TcpKeepaliveSocket::SetKeepaliveProbes(uint32_t probes)
{
    m_probes = probes;
    HandleSettings();
}

uint32_t
TcpKeepaliveSocket::GetKeepaliveProbes() const
{
    return m_decision.GetSettings().probes;
}

void
TcpKeepaliveSocket::SetGarbageOctet(bool octet)
{
    m_garbageOctet = octet;
}

bool
TcpKeepaliveSocket::HasGarbageOctet() const
{
    return m_garbageOctet || GetProfile().garbageOctet;
}

void
TcpKeepaliveSocket::HandleSettings()
{
    TcpKeepaliveDecision::Settings settings = GetProfile().GetKeepalive();
    if (!m_idle.IsZero())
    {
        settings.idle = m_idle.GetNanoSeconds();
    }
    if (!m_interval.IsZero())
    {
        settings.interval = m_interval.GetNanoSeconds();
    }
    if (m_probes != 0)
    {
        settings.probes = m_probes;
        if (settings.rule == TcpKeepaliveDecision::Rule::BACKOFF)
        {
            settings.rule = TcpKeepaliveDecision::Rule::COUNT;
        }
    }
    settings.userTimeout = GetUserTimeout().GetNanoSeconds();
    m_decision.Configure(settings);
}

Time
TcpKeepaliveSocket::GetLastLife() const
{
    return m_lastLife;
}

uint32_t
TcpKeepaliveSocket::GetUnanswered() const
{
    return m_decision.GetUnanswered();
}

void
TcpKeepaliveSocket::HandleEstablished()
{
    TcpAnsweringSocket::HandleEstablished();
    m_lastLife = Simulator::Now();
    m_decision.OnLife();
    if (m_enabled)
    {
        StartTimer(GetKeepaliveIdle());
    }
}

void
TcpKeepaliveSocket::StartTimer(Time wait)
{
    m_timer.Restart(Max(wait, TimeStep(1))); // at once is the next moment: callers set attributes
}

void
TcpKeepaliveSocket::KeepaliveTimeout()
{
    if (!m_enabled || !IsSynchronized())
    {
        return;
    }
    const int64_t silence = (Simulator::Now() - m_lastLife).GetNanoSeconds();
    const TcpKeepaliveDecision::Verdict verdict = m_decision.OnTimer(silence, IsDataOutstanding());
    switch (verdict.action)
    {
    case TcpKeepaliveDecision::Action::ABORT:
        NS_LOG_INFO("the peer is given up after " << m_decision.GetUnanswered() << " probes");
        End(verdict.cause, true, true);
        return;
    case TcpKeepaliveDecision::Action::PROBE:
        m_keepaliveTxTrace(SendProbe(), m_decision.GetUnanswered());
        break;
    case TcpKeepaliveDecision::Action::WAIT:
        break;
    }
    if (m_enabled && IsSynchronized())
    {
        StartTimer(NanoSeconds(verdict.again));
    }
}

Ptr<Packet>
TcpKeepaliveSocket::SendProbe()
{
    static const uint8_t garbage = 0;
    Ptr<Packet> packet = HasGarbageOctet() ? Create<Packet>(&garbage, 1) : Create<Packet>();
    Ptr<Packet> probe = packet->Copy();
    const SequenceNumber32 una = m_txBuffer->HeadSequence();
    probe->AddHeader(SendSegment(TcpHeader::ACK, una - 1, packet));
    return probe;
}

void
TcpKeepaliveSocket::SendWindowProbe()
{
    SendProbe();
}

void
TcpKeepaliveSocket::HandleLife(Ptr<const Packet> packet)
{
    m_lastLife = Simulator::Now();
    HandleWindowLife();
    const uint32_t unanswered = m_decision.GetUnanswered();
    m_decision.OnLife();
    if (unanswered > 0)
    {
        m_keepaliveRxTrace(packet, unanswered);
    }
}

void
TcpKeepaliveSocket::HandleEnded()
{
    m_timer.Stop();
    TcpAnsweringSocket::HandleEnded();
}

} // namespace keepalive
} // namespace ns3
