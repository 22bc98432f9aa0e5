/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-answering-socket.h"

#include "ns3/simulator.h"
#include "ns3/tcp-option-sack.h"
#include "ns3/tcp-option-ts.h"
#include "ns3/tcp-rx-buffer.h"
#include "ns3/tcp-tx-buffer.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

TcpAnsweringSocket::TcpAnsweringSocket() = default;

TcpAnsweringSocket::TcpAnsweringSocket(const TcpAnsweringSocket& socket) = default;

TcpAnsweringSocket::~TcpAnsweringSocket() = default;

void
TcpAnsweringSocket::DoForwardUp(Ptr<Packet> packet, const Address& from, const Address& to)
{
    const Ptr<TcpSocket> self = this; // the segment may end the connection
    TcpHeader header;
    packet->PeekHeader(header);
    if (IsSynchronized())
    {
        DropUselessSack(packet, header);
        HandleSegment(packet, header, from, to);
        return;
    }
    if (m_state == TIME_WAIT && (header.GetFlags() & TcpHeader::FIN))
    {
        SendEmptyPacket(TcpHeader::ACK); // our last one was lost
    }
    if (!HandleUnconnected(header, from, to))
    {
        if (m_state == LISTEN)
        {
            ProcessListening(packet, from, to);
            return;
        }
        ProcessSegment(packet, from, to);
    }
}

void
TcpAnsweringSocket::ProcessListening(Ptr<Packet> packet, const Address& from, const Address& to)
{
    const bool sack = m_sackEnabled;
    const bool timestamp = m_timestampEnabled;
    const bool scaling = m_winScalingEnabled;
    m_sndWindShift = 0;
    ProcessSegment(packet, from, to);
    m_sackEnabled = sack;
    m_timestampEnabled = timestamp;
    m_winScalingEnabled = scaling;
    m_txBuffer->SetSackEnabled(sack);
}

void
TcpAnsweringSocket::DropUselessSack(Ptr<Packet> packet, TcpHeader& header) const
{
    if (!header.HasOption(TcpOption::SACK))
    {
        return;
    }
    const SequenceNumber32 una = m_txBuffer->HeadSequence();
    const bool inFlight =
        m_sackEnabled && m_txBuffer->Size() != 0 && una < m_tcb->m_highTxMark.Get();
    const auto sack = DynamicCast<const TcpOptionSack>(header.GetOption(TcpOption::SACK));
    Ptr<TcpOptionSack> useful = CreateObject<TcpOptionSack>();
    for (const auto& block : sack->GetSackList())
    {
        if (inFlight && block.first > std::max(una, header.GetAckNumber()))
        {
            useful->AddSackBlock(block);
        }
    }
    uint32_t options = 0;
    for (const auto& option : header.GetOptionList())
    {
        options += option->GetKind() == TcpOption::SACK;
    }
    if (options == 1 && useful->GetNumSackBlocks() > 0 &&
        useful->GetNumSackBlocks() == sack->GetNumSackBlocks())
    {
        return;
    }
    TcpHeader changed;
    changed.SetSourcePort(header.GetSourcePort());
    changed.SetDestinationPort(header.GetDestinationPort());
    changed.SetSequenceNumber(header.GetSequenceNumber());
    changed.SetAckNumber(header.GetAckNumber());
    changed.SetFlags(header.GetFlags());
    changed.SetWindowSize(header.GetWindowSize());
    changed.SetUrgentPointer(header.GetUrgentPointer());
    for (const auto& option : header.GetOptionList())
    {
        const uint8_t kind = option->GetKind();
        if (kind != TcpOption::SACK && kind != TcpOption::NOP && kind != TcpOption::END)
        {
            changed.AppendOption(option);
        }
    }
    if (useful->GetNumSackBlocks() > 0)
    {
        changed.AppendOption(useful);
    }
    packet->RemoveHeader(header);
    packet->AddHeader(changed);
    packet->PeekHeader(header);
}

void
TcpAnsweringSocket::HandleSegment(Ptr<Packet> packet,
                                  const TcpHeader& header,
                                  const Address& from,
                                  const Address& to)
{
    using Fate = TcpSegmentCheck::Fate;
    const uint32_t length = packet->GetSize() - header.GetSerializedSize();
    const TcpSegmentCheck::Verdict verdict = CheckSegment(header, length);
    const bool reset = header.GetFlags() & TcpHeader::RST;
    if (verdict.life || (GetProfile().anySegmentIsLife && !reset))
    {
        HandleLife(packet);
        if (!IsSynchronized())
        {
            return; // a sink of KeepaliveRx ended it
        }
    }
    const bool last = m_state == LAST_ACK || m_state == CLOSING;
    switch (verdict.fate)
    {
    case Fate::PROCESS:
        if (last && header.GetAckNumber() < GetSndNxt())
        {
            ProcessAcknowledgment(packet, header, from, to); // not that of our FIN
        }
        else if ((m_state == FIN_WAIT_1 || m_state == FIN_WAIT_2) &&
                 (header.GetFlags() & TcpHeader::FIN))
        {
            ProcessFin(packet, header, from, to);
        }
        else
        {
            ProcessSegment(packet, from, to);
        }
        return;
    case Fate::DUPLICATE:
        EchoTimestamp(header);
        ProcessAcknowledgment(packet, header, from, to);
        AnswerDuplicate(header, length);
        return;
    case Fate::OUTSIDE:
        ProcessAcknowledgment(packet, header, from, to);
        SendEmptyPacket(TcpHeader::ACK);
        return;
    case Fate::OUTSIDE_EMPTY:
        ProcessAcknowledgment(packet, header, from, to);
        AnswerWithinLimit();
        return;
    case Fate::CHALLENGE:
        m_rxTrace(Create<Packet>(), header, this);
        AnswerWithinLimit();
        return;
    case Fate::RESET:
        m_rxTrace(Create<Packet>(), header, this);
        End(TcpEndCause::RESET_BY_PEER, false, true);
        return;
    case Fate::DROP:
        m_rxTrace(Create<Packet>(), header, this);
        return;
    }
}

TcpSegmentCheck::Verdict
TcpAnsweringSocket::CheckSegment(const TcpHeader& header, uint32_t length) const
{
    const uint8_t flags = header.GetFlags();
    TcpSegmentCheck::Segment segment;
    segment.seq = header.GetSequenceNumber().GetValue();
    segment.ack = header.GetAckNumber().GetValue();
    segment.length = length;
    segment.hasAck = flags & TcpHeader::ACK;
    segment.syn = flags & TcpHeader::SYN;
    segment.fin = flags & TcpHeader::FIN;
    segment.rst = flags & TcpHeader::RST;
    if (m_timestampEnabled && header.HasOption(TcpOption::TS))
    {
        const auto ts = DynamicCast<const TcpOptionTS>(header.GetOption(TcpOption::TS));
        segment.stale = TcpSegmentCheck::IsBefore(ts->GetTimestamp(), m_tcb->m_rcvTimestampValue);
    }
    TcpSegmentCheck::Window window;
    window.lastAckSent = m_lastAckSent.GetValue();
    window.rcvNxt = m_tcb->m_rxBuffer->NextRxSequence().GetValue();
    // After a FIN the buffer ends where the FIN was, one before what is expected.
    window.rcvEnd =
        std::max(m_tcb->m_rxBuffer->MaxRxSequence(), m_tcb->m_rxBuffer->NextRxSequence())
            .GetValue();
    window.sndUna = m_txBuffer->HeadSequence().GetValue();
    window.sndNxt = GetSndNxt().GetValue();
    return TcpSegmentCheck::Check(segment, window);
}

void
TcpAnsweringSocket::ProcessAcknowledgment(Ptr<Packet> packet,
                                          const TcpHeader& header,
                                          const Address& from,
                                          const Address& to)
{
    const SequenceNumber32 ack = header.GetAckNumber();
    const bool isNew = ack > m_txBuffer->HeadSequence() && ack <= GetSndNxt();
    const bool last = m_state == LAST_ACK || m_state == CLOSING;
    if (!isNew || (last && ack < GetSndNxt()))
    {
        Ptr<Packet> payload = packet->Copy();
        TcpHeader removed;
        payload->RemoveHeader(removed);
        m_rxTrace(payload, header, this);
        if (isNew)
        {
            // TcpSocketBase would take it for the acknowledgment of our FIN.
            ReceivedAck(Create<Packet>(), header);
        }
        return;
    }
    TcpHeader plain = header;
    plain.SetFlags(TcpHeader::ACK);
    if (last)
    {
        plain.SetSequenceNumber(m_tcb->m_rxBuffer->NextRxSequence());
    }
    Ptr<Packet> acknowledgment = Create<Packet>();
    acknowledgment->AddHeader(plain);
    ProcessSegment(acknowledgment, from, to);
}

void
TcpAnsweringSocket::ProcessFin(Ptr<Packet> packet,
                               const TcpHeader& header,
                               const Address& from,
                               const Address& to)
{
    TcpHeader part = header;
    Ptr<Packet> payload = packet->Copy();
    payload->RemoveHeader(part);
    const SequenceNumber32 fin = header.GetSequenceNumber() + payload->GetSize();
    if (payload->GetSize() > 0 || fin != m_tcb->m_rxBuffer->NextRxSequence())
    {
        part.SetFlags(header.GetFlags() & ~TcpHeader::FIN);
        payload->AddHeader(part);
        ProcessSegment(payload, from, to);
    }
    if (IsSynchronized() && fin == m_tcb->m_rxBuffer->NextRxSequence())
    {
        part.SetFlags(header.GetFlags());
        part.SetSequenceNumber(fin);
        Ptr<Packet> last = Create<Packet>();
        last->AddHeader(part);
        ProcessSegment(last, from, to);
    }
}

void
TcpAnsweringSocket::EchoTimestamp(const TcpHeader& header)
{
    if (!m_timestampEnabled || !header.HasOption(TcpOption::TS) ||
        header.GetSequenceNumber() > m_lastAckSent)
    {
        return;
    }
    const auto ts = DynamicCast<const TcpOptionTS>(header.GetOption(TcpOption::TS));
    if (!TcpSegmentCheck::IsBefore(ts->GetTimestamp(), m_tcb->m_rcvTimestampValue))
    {
        m_tcb->m_rcvTimestampValue = ts->GetTimestamp();
        m_timestampToEcho = ts->GetTimestamp();
    }
}

void
TcpAnsweringSocket::AnswerWithinLimit()
{
    const Time now = Simulator::Now();
    const Time limit = NanoSeconds(GetProfile().answerInterval);
    if (m_hasAnswered && now - m_lastAnswer < limit)
    {
        return;
    }
    m_hasAnswered = true;
    m_lastAnswer = now;
    SendEmptyPacket(TcpHeader::ACK);
}

void
TcpAnsweringSocket::AnswerDuplicate(const TcpHeader& header, uint32_t length)
{
    if (!m_sackEnabled || length == 0)
    {
        SendEmptyPacket(TcpHeader::ACK);
        return;
    }
    const SequenceNumber32 seq = header.GetSequenceNumber();
    SendSegment(TcpHeader::ACK,
                GetSndNxt(),
                Create<Packet>(),
                TcpOptionSack::SackBlock(seq, seq + SequenceNumber32(length)));
}

} // namespace keepalive
} // namespace ns3
