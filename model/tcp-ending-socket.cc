/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-ending-socket.h"

#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-rx-buffer.h"
#include "ns3/tcp-tx-buffer.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveTcpEndingSocket");

TcpEndingSocket::TcpEndingSocket()
{
    m_state.ConnectWithoutContext(MakeCallback(&TcpEndingSocket::HandleState, this));
}

TcpEndingSocket::TcpEndingSocket(const TcpEndingSocket& socket)
    : TcpSegmentSocket(socket),
      m_endTrace(socket.m_endTrace)
{
    m_state.ConnectWithoutContext(MakeCallback(&TcpEndingSocket::HandleState, this));
}

TcpEndingSocket::~TcpEndingSocket() = default;

int
TcpEndingSocket::Connect(const Address& address)
{
    if (m_ending || (m_state == CLOSED && m_used))
    {
        m_errno = m_ending ? ERROR_AGAIN : ERROR_INVAL;
        return -1;
    }
    if (m_state == CLOSED)
    {
        if (m_reported)
        {
            // Of an attempt that failed: nothing was sent or received but SYNs.
            m_shutdownSend = false;
            m_closeOnEmpty = false;
            m_closeNotified = false;
        }
        m_endCause = TcpEndCause::NONE;
        m_reported = false;
        m_connectTimestamp = TcpOptionTS::NowToTsValue();
    }
    return TcpSegmentSocket::Connect(address);
}

bool
TcpEndingSocket::HandleUnconnected(const TcpHeader& header, const Address& from, const Address& to)
{
    const uint8_t flags = header.GetFlags();
    switch (m_state)
    {
    case LISTEN:
        if (flags & TcpHeader::RST)
        {
            return true;
        }
        if (flags & TcpHeader::ACK)
        {
            // A segment of a connection that is no more: its sender must hear of that.
            RefuseSegment(header, from, to);
            return true;
        }
        // The timestamps of one client mean nothing to the next.
        m_tcb->m_rcvTimestampValue = 0;
        return false;
    case SYN_SENT:
        return HandleSynSent(header, from, to);
    case SYN_RCVD:
        if (flags & TcpHeader::RST)
        {
            if (header.GetSequenceNumber() == m_tcb->m_rxBuffer->NextRxSequence())
            {
                End(TcpEndCause::RESET_BY_PEER, false, false);
            }
            return true;
        }
        // Without SYN and ACK it belongs to no handshake; TcpSocketBase would be established by it.
        return !(flags & (TcpHeader::SYN | TcpHeader::ACK));
    default:
        return false;
    }
}

bool
TcpEndingSocket::HandleSynSent(const TcpHeader& header, const Address& from, const Address& to)
{
    const uint8_t flags = header.GetFlags();
    if (!(flags & TcpHeader::ACK))
    {
        // A reset that acknowledges nothing may be anybody's; what is no SYN is no answer.
        return (flags & TcpHeader::RST) || !(flags & TcpHeader::SYN);
    }
    bool acceptable = header.GetAckNumber() == GetSndNxt();
    if (acceptable && !(flags & TcpHeader::RST) && header.HasOption(TcpOption::TS))
    {
        // Sequence numbers begin at 0 always; it is the timestamp that tells an old connection.
        const auto ts = DynamicCast<const TcpOptionTS>(header.GetOption(TcpOption::TS));
        acceptable = ts->GetEcho() == 0 || ts->GetEcho() >= m_connectTimestamp;
    }
    if (flags & TcpHeader::RST)
    {
        if (acceptable)
        {
            End(TcpEndCause::REFUSED, false, true);
        }
        return true;
    }
    if (!acceptable)
    {
        RefuseSegment(header, from, to);
        return true;
    }
    return !(flags & TcpHeader::SYN);
}

void
TcpEndingSocket::HandleState(TcpStates_t before, TcpStates_t after)
{
    const bool connecting = before == SYN_SENT || before == SYN_RCVD;
    if (before == SYN_RCVD && after != CLOSED)
    {
        // Our SYN was acknowledged. TcpSocketBase notes that of its own connects only, and asserts,
        // in builds that do, that what fills the window exactly goes beyond it.
        m_highRxAckMark = GetSndNxt();
    }
    if (connecting && after != SYN_RCVD && after != CLOSED)
    {
        m_used = true;
        HandleEstablished(); // a FIN may complete the handshake: straight to CLOSE-WAIT
    }
    switch (after)
    {
    case FIN_WAIT_2:
        StartFinTimer();
        break;
    case TIME_WAIT:
        Report(TcpEndCause::CLOSED);
        break;
    case CLOSED:
        if (connecting)
        {
            Report(TcpEndCause::CONNECT_TIMEOUT);
        }
        else if (before != LISTEN)
        {
            Report(TcpEndCause::CLOSED);
        }
        break;
    default:
        break;
    }
}

void
TcpEndingSocket::Report(TcpEndCause cause)
{
    HandleEnded();
    if (m_reported)
    {
        return;
    }
    m_reported = true;
    if (m_endCause == TcpEndCause::NONE)
    {
        m_endCause = cause;
    }
    // The state changes after its sinks were called: to them there still is a connection.
    const bool ending = m_ending;
    m_ending = true;
    m_endTrace(m_endCause);
    m_ending = ending;
}

void
TcpEndingSocket::StartFinTimer()
{
    const Time timeout = GetFinTimeout();
    if (m_orphaned && timeout.IsStrictlyPositive() && m_timewaitEvent.IsExpired())
    {
        // TcpSocketBase uses this event in TIME-WAIT only, and stops it when it has to.
        m_timewaitEvent = Simulator::Schedule(timeout,
                                              &TcpEndingSocket::End,
                                              this,
                                              TcpEndCause::CLOSED,
                                              false,
                                              false);
    }
}

TcpEndCause
TcpEndingSocket::GetEndCause() const
{
    return m_endCause;
}

int
TcpEndingSocket::Close()
{
    if (m_ending)
    {
        return 0;
    }
    if (m_state == CLOSED || m_state == LISTEN || m_state == SYN_SENT)
    {
        // TcpSocketBase keeps the port, tells the application of itself, or sends a reset.
        End(TcpEndCause::ABORTED, false, false);
        return 0;
    }
    if (m_state == CLOSING)
    {
        return 0; // closed already
    }
    m_orphaned = true;
    if (m_state == FIN_WAIT_2)
    {
        StartFinTimer(); // until now only sending was shut down
    }
    if (m_tcb->m_rxBuffer->Size() == 0)
    {
        return TcpSegmentSocket::Close();
    }
    if (IsSynchronized() && m_tcb->m_rxBuffer->Available() == 0)
    {
        // All of it is out of order: nobody could have read it, and nothing is lost.
        if (m_txBuffer->SizeFromSequence(m_tcb->m_nextTxSequence) > 0)
        {
            m_closeOnEmpty = true;
            return 0;
        }
        return DoClose();
    }
    if (m_state == CLOSE_WAIT || m_state == ESTABLISHED || m_state == FIN_WAIT_1 ||
        m_state == FIN_WAIT_2)
    {
        // RFC 1122 section 4.2.2.13: what was received and not read is lost, say so.
        End(TcpEndCause::ABORTED, true, false);
    }
    return 0;
}

void
TcpEndingSocket::Abort()
{
    // RFC 9293 section 3.10.5: nobody hears of a connection that never was, or is over.
    const bool reset =
        IsSynchronized() ? m_state != CLOSING && m_state != LAST_ACK : m_state == SYN_RCVD;
    End(TcpEndCause::ABORTED, reset, false);
}

void
TcpEndingSocket::Forget()
{
    End(TcpEndCause::ABORTED, false, false);
}

void
TcpEndingSocket::End(TcpEndCause cause, bool reset, bool notify)
{
    if (m_ending)
    {
        return; // a sink of ConnectionEnd, or of our own reset
    }
    const Ptr<TcpEndingSocket> self = this; // the last reference may be that of the endpoint
    if (m_sending > 0)
    {
        // A sink of Tx: until the segment is sent, TcpSocketBase needs the endpoint.
        Simulator::ScheduleNow(&TcpEndingSocket::End, self, cause, reset, notify);
        return;
    }
    if (m_state == CLOSED)
    {
        DeallocateEndPoint(); // it may be bound
        return;
    }
    if (m_endPoint || m_endPoint6)
    {
        // The caller may be a callback or sink that gives its reference up: events and traces of
        // this socket that are under way go on with it.
        Simulator::ScheduleNow(&TcpEndingSocket::Release, self);
    }
    m_ending = true;
    NS_LOG_INFO("connection ends: " << ToString(cause));
    const bool connecting = m_state == SYN_SENT;
    if (reset)
    {
        SendSegment(TcpHeader::RST | TcpHeader::ACK, GetSndNxt(), Create<Packet>());
    }
    if (!m_reported && m_state != LISTEN)
    {
        m_endCause = cause;
    }
    m_errno = ERROR_NOTCONN;
    DeallocateEndPoint();
    m_state = CLOSED;
    m_ending = false;
    if (!notify)
    {
        return;
    }
    if (connecting)
    {
        NotifyConnectionFailed();
        return;
    }
    m_closeNotified = true;
    NotifyErrorClose();
}

void
TcpEndingSocket::Release(Ptr<TcpEndingSocket> /* socket */)
{
}

bool
TcpEndingSocket::IsSynchronized() const
{
    switch (m_state)
    {
    case ESTABLISHED:
    case CLOSE_WAIT:
    case FIN_WAIT_1:
    case FIN_WAIT_2:
    case CLOSING:
    case LAST_ACK:
        return m_endPoint || m_endPoint6;
    default:
        return false;
    }
}

bool
TcpEndingSocket::IsDataOutstanding() const
{
    return IsFinOutstanding() || (m_state != CLOSED && m_txBuffer->Size() != 0);
}

void
TcpEndingSocket::SendEmptyPacket(uint8_t flags)
{
    if (flags & (TcpHeader::SYN | TcpHeader::FIN))
    {
        if ((flags & TcpHeader::SYN) && m_synCount == 0)
        {
            // TcpSocketBase calls back first: Close and Connect would meet an attempt.
            End(TcpEndCause::CONNECT_TIMEOUT, false, false);
            NotifyConnectionFailed();
            return;
        }
        const Time rto = m_rto;
        m_sending++;
        TcpSegmentSocket::SendEmptyPacket(flags);
        m_sending--;
        if (flags & TcpHeader::FIN)
        {
            m_rto = rto; // TcpSocketBase forgets the backoff whenever it sends
        }
        m_lastAckSent = m_tcb->m_rxBuffer->NextRxSequence();
        return;
    }
    if (flags & TcpHeader::RST)
    {
        flags |= TcpHeader::ACK;
        if (m_endCause == TcpEndCause::NONE)
        {
            m_endCause = TcpEndCause::ABORTED;
        }
    }
    SendSegment(flags, GetSndNxt(), Create<Packet>());
}

uint32_t
TcpEndingSocket::SendDataPacket(SequenceNumber32 seq, uint32_t maxSize, bool withAck)
{
    if (!m_endPoint && !m_endPoint6)
    {
        // The application was asked for more to send and ended it. TcpSocketBase goes on for as
        // long as there is a window.
        m_rWnd = 0;
        return maxSize;
    }
    if (withAck)
    {
        m_lastAckSent = m_tcb->m_rxBuffer->NextRxSequence();
        m_highTxAck = std::max(m_highTxAck, m_lastAckSent);
    }
    m_sending++;
    const uint32_t sent = TcpSegmentSocket::SendDataPacket(seq, maxSize, withAck);
    m_sending--;
    return sent;
}

} // namespace keepalive
} // namespace ns3
