/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-timeout-socket.h"

#include "ns3/log.h"
#include "ns3/rtt-estimator.h"
#include "ns3/simulator.h"
#include "ns3/tcp-tx-buffer.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveTcpTimeoutSocket");

namespace
{

constexpr uint32_t NS3_DATA_RETRIES = 6; //!< default of the attribute DataRetries
constexpr uint32_t NS3_CONN_COUNT = 6;   //!< default of the attribute ConnCount
constexpr uint32_t NS3_CONN_TIMEOUT = 3; //!< default of the attribute ConnTimeout, in seconds
constexpr uint32_t PLENTY = 1000;        //!< retries that TcpSocketBase is told are left

} // namespace

TcpTimeoutSocket::TcpTimeoutSocket()
    : m_profile(TcpKeepaliveProfile::Find("linux"))
{
    ConfigureLimit();
}

TcpTimeoutSocket::TcpTimeoutSocket(const TcpTimeoutSocket& socket)
    : TcpEndingSocket(socket),
      m_profile(socket.m_profile),
      m_userTimeout(socket.m_userTimeout),
      m_rtoMin(socket.m_rtoMin),
      m_rtoMax(socket.m_rtoMax),
      m_constructed(true),
      m_dataRetriesChosen(socket.m_dataRetriesChosen),
      m_connTimeoutChosen(socket.m_connTimeoutChosen),
      m_connCountChosen(socket.m_connCountChosen)
{
    ConfigureLimit();
}

TcpTimeoutSocket::~TcpTimeoutSocket() = default;

bool
TcpTimeoutSocket::SetProfile(std::string name)
{
    const TcpKeepaliveProfile* profile = TcpKeepaliveProfile::Find(name);
    if (!profile)
    {
        return false;
    }
    m_profile = profile;
    ConfigureLimit();
    HandleSettings();
    return true;
}

std::string
TcpTimeoutSocket::GetProfileName() const
{
    return m_profile->name;
}

const TcpKeepaliveProfile&
TcpTimeoutSocket::GetProfile() const
{
    return *m_profile;
}

void
TcpTimeoutSocket::SetUserTimeout(Time timeout)
{
    m_userTimeout = timeout;
    ConfigureLimit();
    HandleSettings();
}

Time
TcpTimeoutSocket::GetUserTimeout() const
{
    return m_userTimeout;
}

void
TcpTimeoutSocket::SetRtoMin(Time timeout)
{
    m_rtoMin = timeout;
    ConfigureLimit();
}

Time
TcpTimeoutSocket::GetRtoMin() const
{
    return m_rtoMin.IsZero() ? NanoSeconds(m_profile->rtoMin) : m_rtoMin;
}

void
TcpTimeoutSocket::SetRtoMax(Time timeout)
{
    m_rtoMax = timeout;
    ConfigureLimit();
}

Time
TcpTimeoutSocket::GetRtoMax() const
{
    return m_rtoMax.IsZero() ? NanoSeconds(m_profile->rtoMax) : m_rtoMax;
}

template <class T>
bool
TcpTimeoutSocket::IsChosen(T value, T ns3Default) const
{
    return m_constructed || value != ns3Default;
}

void
TcpTimeoutSocket::SetDataRetries(uint32_t retries)
{
    TcpEndingSocket::SetDataRetries(retries);
    m_dataRetriesChosen = IsChosen(retries, NS3_DATA_RETRIES);
    ConfigureLimit();
}

uint32_t
TcpTimeoutSocket::GetDataRetries() const
{
    return m_dataRetriesChosen ? TcpEndingSocket::GetDataRetries() : m_profile->retries;
}

void
TcpTimeoutSocket::SetConnTimeout(Time timeout)
{
    TcpEndingSocket::SetConnTimeout(timeout);
    m_connTimeoutChosen |= IsChosen(timeout, Seconds(NS3_CONN_TIMEOUT));
}

void
TcpTimeoutSocket::SetSynRetries(uint32_t count)
{
    TcpEndingSocket::SetSynRetries(count);
    m_connCountChosen |= IsChosen(count, NS3_CONN_COUNT);
}

void
TcpTimeoutSocket::NotifyConstructionCompleted()
{
    TcpEndingSocket::NotifyConstructionCompleted();
    m_constructed = true;
}

void
TcpTimeoutSocket::ConfigureLimit()
{
    TcpRetransmissionLimit::Settings settings = m_profile->GetRetransmissionLimit();
    settings.retries = GetDataRetries();
    settings.shortest = GetRtoMin().GetNanoSeconds();
    settings.longest = GetRtoMax().GetNanoSeconds();
    settings.userTimeout = m_userTimeout.GetNanoSeconds();
    m_limit.Configure(settings);
    m_windowLimit.Configure(settings);
}

void
TcpTimeoutSocket::SetConnectTimers()
{
    if (!m_connCountChosen)
    {
        m_synRetries = m_profile->connectAttempts;
    }
    if (!m_connTimeoutChosen)
    {
        m_cnTimeout = NanoSeconds(m_profile->connectTimeout);
    }
}

int
TcpTimeoutSocket::Connect(const Address& address)
{
    SetConnectTimers();
    return TcpEndingSocket::Connect(address);
}

void
TcpTimeoutSocket::CompleteFork(Ptr<Packet> packet,
                               const TcpHeader& header,
                               const Address& from,
                               const Address& to)
{
    SetConnectTimers();
    TcpEndingSocket::CompleteFork(packet, header, from, to);
}

void
TcpTimeoutSocket::HandleEstablished()
{
    m_limit.OnProgress();
    m_tailProbed = false;
    m_rto = ComputeRto(); // so far it was the backoff of the SYNs
}

Time
TcpTimeoutSocket::ComputeRto() const
{
    const Time variance = NanoSeconds(m_profile->varianceMin);
    Time rto = m_rtt->GetEstimate() + Max(variance, m_rtt->GetVariation() * 4);
    rto = Max(rto, GetRtoMin());
    if (m_profile->tick > 0)
    {
        const int64_t ticks = (rto.GetNanoSeconds() + m_profile->tick - 1) / m_profile->tick;
        rto = NanoSeconds(ticks * m_profile->tick);
    }
    return Min(rto, GetRtoMax());
}

void
TcpTimeoutSocket::EstimateRtt(const TcpHeader& header)
{
    const Time before = m_rto;
    TcpEndingSocket::EstimateRtt(header);
    if (m_rto != before)
    {
        m_rto = ComputeRto(); // there was a sample: our bounds, not those of TcpSocketBase
    }
}

bool
TcpTimeoutSocket::IsInFlight() const
{
    const bool data =
        m_txBuffer->Size() != 0 && m_txBuffer->HeadSequence() < m_tcb->m_highTxMark.Get();
    return data || IsFinOutstanding();
}

int
TcpTimeoutSocket::Send(Ptr<Packet> packet, uint32_t flags)
{
    const int sent = TcpEndingSocket::Send(packet, flags);
    if (IsSynchronized() && (m_persisting || IsWindowTooSmall()) && m_persistEvent.IsExpired())
    {
        UpdatePersist();
    }
    return sent;
}

uint32_t
TcpTimeoutSocket::SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck)
{
    if (!IsInFlight())
    {
        m_firstSent = Simulator::Now();
    }
    return TcpEndingSocket::SendDataPacket(seq, maxSize, withAck);
}

void
TcpTimeoutSocket::SendEmptyPacket(uint8_t flags)
{
    const bool stopped = m_retxEvent.IsExpired();
    if ((flags & TcpHeader::FIN) && !IsInFlight())
    {
        m_firstSent = Simulator::Now();
    }
    TcpEndingSocket::SendEmptyPacket(flags);
    if ((flags & TcpHeader::FIN) && stopped)
    {
        Rearm(m_rto); // TcpSocketBase would repeat it for ever
    }
}

void
TcpTimeoutSocket::Rearm(Time timeout)
{
    if (!m_endPoint && !m_endPoint6)
    {
        return; // a callback ended the connection
    }
    const int64_t clamped =
        m_limit.Clamp(Simulator::Now().GetNanoSeconds(), timeout.GetNanoSeconds());
    m_retxEvent.Cancel();
    m_retxEvent = Simulator::Schedule(NanoSeconds(clamped), &TcpTimeoutSocket::ReTxTimeout, this);
}

void
TcpTimeoutSocket::NewAck(const SequenceNumber32& ack, bool resetRto)
{
    TcpEndingSocket::NewAck(ack, resetRto);
    m_limit.OnProgress();
    m_tailProbed = false;
    m_firstSent = Simulator::Now();
    if (m_txBuffer->Size() == 0 && m_closeOnEmpty &&
        (m_state == ESTABLISHED || m_state == CLOSE_WAIT))
    {
        DoClose(); // the FIN was to go with data that is acknowledged by now
    }
    if (!resetRto)
    {
        return;
    }
    m_rto = ComputeRto();
    if (!m_retxEvent.IsExpired() || IsInFlight())
    {
        Rearm(m_rto);
    }
}

void
TcpTimeoutSocket::ReTxTimeout()
{
    if (!IsSynchronized())
    {
        return; // SYNs have a timer of their own
    }
    if (!IsInFlight())
    {
        SendPendingData(m_connected);
        return;
    }
    if (SendTailLossProbe())
    {
        return;
    }
    const Time now = Simulator::Now();
    const TcpEndCause cause =
        m_limit.OnTimeout(now.GetNanoSeconds(), (now - m_firstSent).GetNanoSeconds());
    if (cause != TcpEndCause::NONE)
    {
        End(cause, false, true); // silently: nothing reached the peer for long
        return;
    }
    const Time backedOff = Min(m_rto + m_rto, GetRtoMax());
    Retransmit(false);
    m_rto = backedOff;
    Rearm(m_rto);
}

bool
TcpTimeoutSocket::SendTailLossProbe()
{
    const bool lone = m_txBuffer->Size() == 0 || UnAckDataCount() <= m_tcb->m_segmentSize;
    if (!m_profile->tailLossProbe || !m_sackEnabled || m_tailProbed || !lone ||
        m_tcb->m_congState != TcpSocketState::CA_OPEN)
    {
        return false;
    }
    // RFC 8985 section 7. For a lone segment Linux waits as long as for a retransmission.
    m_tailProbed = true;
    Retransmit(true);
    Rearm(m_rto);
    return true;
}

void
TcpTimeoutSocket::Retransmit(bool tail)
{
    if (m_txBuffer->Size() == 0)
    {
        SendEmptyPacket(TcpHeader::FIN);
    }
    else if (tail)
    {
        SendFirst();
    }
    else
    {
        m_dataRetrCount = PLENTY;
        TcpEndingSocket::ReTxTimeout();
        if (IsSynchronized() && BytesInFlight() == 0)
        {
            SendFirst(); // TcpSocketBase avoids silly windows even with what was sent before
        }
    }
}

void
TcpTimeoutSocket::SendFirst()
{
    const uint32_t size = std::min(UnAckDataCount(), m_tcb->m_segmentSize);
    SendDataPacket(m_txBuffer->HeadSequence(), size, true);
}

void
TcpTimeoutSocket::LastAckTimeout()
{
    // The retransmission timer repeats the FIN.
}

void
TcpTimeoutSocket::ProcessSegment(Ptr<Packet> packet, const Address& from, const Address& to)
{
    const bool wasRunning = !m_retxEvent.IsExpired();
    const Time left = Simulator::GetDelayLeft(m_retxEvent);
    TcpEndingSocket::DoForwardUp(packet, from, to);
    if (!m_endPoint && !m_endPoint6)
    {
        CancelAllTimers(); // a sink of Rx may end a connection before they are started
    }
    if (!IsSynchronized())
    {
        return;
    }
    if (wasRunning && m_retxEvent.IsExpired() && m_rWnd.Get() == 0 && IsInFlight())
    {
        Rearm(left); // TcpSocketBase does not retransmit into a closed window
    }
    UpdatePersist();
}

void
TcpTimeoutSocket::UpdatePersist()
{
    if (m_rWnd.Get() != 0 && !IsWindowTooSmall())
    {
        m_persisting = false;
        m_persistEvent.Cancel();
        return;
    }
    const bool wanted = m_txBuffer->Size() != 0 && !IsInFlight();
    if (m_persisting && m_rWnd.Get() != 0 && m_persistAt > Simulator::Now())
    {
        const Time left = m_persistAt - Simulator::Now();
        m_persistEvent = Simulator::Schedule(left, &TcpTimeoutSocket::PersistTimeout, this);
        return;
    }
    if (!m_persisting || !wanted)
    {
        m_persistEvent.Cancel(); // TcpSocketBase has started it
    }
    m_persisting = true;
    if (wanted && m_persistEvent.IsExpired())
    {
        m_windowLimit.Begin();
        m_persistAt = Simulator::Now() + m_rto;
        m_persistEvent = Simulator::Schedule(m_rto, &TcpTimeoutSocket::PersistTimeout, this);
    }
}

bool
TcpTimeoutSocket::IsWindowTooSmall() const
{
    const uint32_t window = m_rWnd.Get();
    return !IsInFlight() && window < m_tcb->m_segmentSize && window < m_txBuffer->Size();
}

void
TcpTimeoutSocket::HandleWindowLife()
{
    m_windowLimit.OnLife();
}

void
TcpTimeoutSocket::PersistTimeout()
{
    if (!IsSynchronized() || m_txBuffer->Size() == 0 || IsInFlight())
    {
        return;
    }
    if (m_rWnd.Get() != 0)
    {
        m_persisting = false; // as much as fits: RFC 9293 section 3.8.6.2.1
        m_tcb->m_nextTxSequence += SendDataPacket(m_tcb->m_nextTxSequence, m_rWnd.Get(), true);
        return;
    }
    const int64_t now = Simulator::Now().GetNanoSeconds();
    const TcpEndCause cause = m_windowLimit.OnTimer(now);
    if (cause != TcpEndCause::NONE)
    {
        End(cause, false, true); // silently, as after retransmissions
        return;
    }
    SendWindowProbe();
    const Time wait = NanoSeconds(m_windowLimit.GetWait(now, ComputeRto().GetNanoSeconds()));
    m_persistEvent = Simulator::Schedule(wait, &TcpTimeoutSocket::PersistTimeout, this);
}

Time
TcpTimeoutSocket::GetFinTimeout() const
{
    return NanoSeconds(m_profile->finTimeout);
}

void
TcpTimeoutSocket::HandleEnded()
{
    m_persisting = false;
    m_tailProbed = false;
    m_limit.OnProgress();
}

} // namespace keepalive
} // namespace ns3
