/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-segment-socket.h"

#include "ns3/ipv4-end-point.h"
#include "ns3/ipv6-end-point.h"
#include "ns3/log.h"
#include "ns3/socket.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-option-rfc793.h"
#include "ns3/tcp-rx-buffer.h"
#include "ns3/tcp-tx-buffer.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveTcpSegmentSocket");

namespace
{

constexpr uint8_t ECN_BITS = 0x03; //!< of the type of service

} // namespace

TcpSegmentSocket::TcpSegmentSocket()
{
    GuardWindow();
}

TcpSegmentSocket::TcpSegmentSocket(const TcpSegmentSocket& socket)
    : TcpSocketBase(socket)
{
    GuardWindow();
}

TcpSegmentSocket::~TcpSegmentSocket() = default;

void
TcpSegmentSocket::GuardWindow()
{
    m_txBuffer->SetRWndCallback(MakeCallback(&TcpSegmentSocket::GetUsableWindow, this));
}

uint32_t
TcpSegmentSocket::GetUsableWindow() const
{
    const uint32_t window = m_rWnd.Get();
    return window > 0 && window == UnAckDataCount() ? window - 1 : window;
}

bool
TcpSegmentSocket::IsFinOutstanding() const
{
    return m_state == FIN_WAIT_1 || m_state == CLOSING || m_state == LAST_ACK;
}

SequenceNumber32
TcpSegmentSocket::GetSndNxt() const
{
    // The sequence number to send next goes back during a retransmission and stops at a SYN or FIN.
    const SequenceNumber32 next =
        std::max(m_tcb->m_highTxMark.Get(), m_tcb->m_nextTxSequence.Get());
    if (IsFinOutstanding())
    {
        // TcpSocketBase may have counted the FIN, if its acknowledgment is being processed.
        return std::max(m_tcb->m_highTxMark.Get() + SequenceNumber32(1), next);
    }
    const bool syn = m_state == SYN_SENT || m_state == SYN_RCVD;
    return next + SequenceNumber32(syn ? 1 : 0);
}

TcpHeader
TcpSegmentSocket::SendSegment(uint8_t flags,
                              SequenceNumber32 seq,
                              Ptr<Packet> payload,
                              const std::optional<TcpOptionSack::SackBlock>& duplicate)
{
    TcpHeader header;
    if (!m_endPoint && !m_endPoint6)
    {
        return header;
    }
    AddTags(payload);
    header.SetFlags(flags);
    header.SetSequenceNumber(seq);
    header.SetAckNumber(m_tcb->m_rxBuffer->NextRxSequence());
    header.SetSourcePort(m_endPoint ? m_endPoint->GetLocalPort() : m_endPoint6->GetLocalPort());
    header.SetDestinationPort(m_endPoint ? m_endPoint->GetPeerPort() : m_endPoint6->GetPeerPort());
    header.SetWindowSize(AdvertisedWindowSize());
    AddOptions(header);
    if (flags & TcpHeader::ACK)
    {
        // It does what a delayed acknowledgment was to do.
        m_delAckEvent.Cancel();
        m_delAckCount = 0;
        m_highTxAck = std::max(m_highTxAck, header.GetAckNumber());
        m_lastAckSent = header.GetAckNumber();
    }
    if (duplicate)
    {
        auto option = CreateObject<TcpOptionSack>();
        option->AddSackBlock(*duplicate);
        header.AppendOption(CreateObject<TcpOptionNOP>()); // aligned, as other stacks send it
        header.AppendOption(CreateObject<TcpOptionNOP>());
        header.AppendOption(option);
    }
    else if (!(flags & TcpHeader::RST) && m_sackEnabled && m_tcb->m_rxBuffer->GetSackListSize() > 0)
    {
        AddOptionSack(header);
    }
    m_sending++;
    m_txTrace(payload, header, this);
    m_sending--;
    if (m_endPoint)
    {
        m_tcp->SendPacket(payload,
                          header,
                          m_endPoint->GetLocalAddress(),
                          m_endPoint->GetPeerAddress(),
                          m_boundnetdevice);
    }
    else if (m_endPoint6)
    {
        m_tcp->SendPacket(payload,
                          header,
                          m_endPoint6->GetLocalAddress(),
                          m_endPoint6->GetPeerAddress(),
                          m_boundnetdevice);
    }
    return header;
}

void
TcpSegmentSocket::AddTags(Ptr<Packet> packet) const
{
    // Not AddSocketTags: it marks payload ECN-capable, which RFC 3168 section 6.1.6 forbids for
    // probes, and its parameters differ between versions of ns-3.
    if (GetIpTos() & ~ECN_BITS)
    {
        SocketIpTosTag tag;
        tag.SetTos(GetIpTos() & ~ECN_BITS);
        packet->AddPacketTag(tag);
    }
    if (IsManualIpv6Tclass())
    {
        SocketIpv6TclassTag tag;
        tag.SetTclass(GetIpv6Tclass() & ~ECN_BITS);
        packet->AddPacketTag(tag);
    }
    if (IsManualIpTtl())
    {
        SocketIpTtlTag tag;
        tag.SetTtl(GetIpTtl());
        packet->AddPacketTag(tag);
    }
    if (IsManualIpv6HopLimit())
    {
        SocketIpv6HopLimitTag tag;
        tag.SetHopLimit(GetIpv6HopLimit());
        packet->AddPacketTag(tag);
    }
    if (GetPriority())
    {
        SocketPriorityTag tag;
        tag.SetPriority(GetPriority());
        packet->ReplacePacketTag(tag);
    }
}

void
TcpSegmentSocket::RefuseSegment(const TcpHeader& header, const Address& from, const Address& to)
{
    NS_LOG_INFO("reset for a segment of no connection");
    TcpHeader reset;
    reset.SetFlags(TcpHeader::RST);
    reset.SetSequenceNumber(header.GetAckNumber());
    reset.SetSourcePort(header.GetDestinationPort());
    reset.SetDestinationPort(header.GetSourcePort());
    Ptr<Packet> packet = Create<Packet>();
    m_txTrace(packet, reset, this);
    m_tcp->SendPacket(packet, reset, to, from, m_boundnetdevice);
}

} // namespace keepalive
} // namespace ns3
