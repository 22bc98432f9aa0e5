/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-net-device.h"

#include "inner-header.h"
#include "line-address.h"
#include "ppp-control-header.h"
#include "ppp-frame-header.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepalivePppNetDevice");

NS_OBJECT_ENSURE_REGISTERED(PppNetDevice);

namespace
{

constexpr int64_t PROTOCOL_STREAMS = 2; //!< random streams of LCP and IPV6CP

} // namespace

TypeId
PppNetDevice::GetTypeId()
{
    static TypeId tid =
        AddPppAttributes(TypeId("ns3::keepalive::PppNetDevice").SetParent<PppConfiguredDevice>())
            .SetGroupName("Keepalive")
            .AddConstructor<PppNetDevice>()
            .AddTraceSource("Control",
                            "A packet of LCP, IPCP or IPV6CP arrived or is about to be sent.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_controlTrace),
                            "ns3::keepalive::PppNetDevice::ControlTracedCallback")
            .AddTraceSource("Timeout",
                            "The Restart timer of LCP, IPCP or IPV6CP expired.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_timeoutTrace),
                            "ns3::keepalive::PppNetDevice::TimeoutTracedCallback")
            .AddTraceSource("EchoReply",
                            "An Echo-Reply arrived: its identifier and that of the last request.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_echoReplyTrace),
                            "ns3::keepalive::PppNetDevice::EchoReplyTracedCallback")
            .AddTraceSource("LayerState",
                            "LCP, IPCP or IPV6CP reached state Opened, or left it.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_layerStateTrace),
                            "ns3::keepalive::PppNetDevice::LayerStateTracedCallback");
    return tid;
}

PppNetDevice::PppNetDevice()
{
    SetTrusting(false); // the line protocol is up when LCP is Opened
}

PppNetDevice::~PppNetDevice() = default;

void
PppNetDevice::DoInitialize()
{
    CreateProtocols();
    SerialNetDevice::DoInitialize();
}

void
PppNetDevice::DoDispose()
{
    ForgetState(); // so that nobody is told that the link goes down
    SerialNetDevice::DoDispose();
    m_ipv6cp.reset();
    m_ipcp.reset();
    m_lcp.reset();
}

// ---- down the stack ----

std::optional<DropReason>
PppNetDevice::Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber)
{
    const bool ipv4 = protocolNumber == ETHERTYPE_IPV4;
    if (!ipv4 && protocolNumber != ETHERTYPE_IPV6)
    {
        return DropReason::UNSUPPORTED_PROTOCOL;
    }
    if (!(ipv4 ? m_ipcp->IsOpened() : m_ipv6cp->IsOpened()))
    {
        return DropReason::NOT_OPENED;
    }
    const LcpProtocol::Negotiated& remote = m_lcp->GetRemote();
    PppFrameHeader header;
    header.SetProtocol(ipv4 ? PppFrameHeader::PROTOCOL_IPV4 : PppFrameHeader::PROTOCOL_IPV6);
    header.OmitAddress(remote.acfc);
    header.CompressProtocol(remote.pfc);
    packet->AddHeader(header);
    return std::nullopt;
}

void
PppNetDevice::SendControl(uint16_t protocol, Ptr<Packet> packet)
{
    uint8_t code = 0;
    packet->CopyData(&code, 1);
    PppFrameHeader header;
    header.SetProtocol(protocol); // control packets are never compressed
    packet->AddHeader(header);
    const bool lcp = protocol == PppFrameHeader::PROTOCOL_LCP;
    if (lcp && code == PppControlHeader::ECHO_REQUEST)
    {
        m_keepaliveTxTrace(packet, GetKeepaliveCount());
    }
    const uint32_t bytes = packet->GetSize();
    if (SendControlFrame(packet) && lcp)
    {
        m_counters.keepalivesSent += code == PppControlHeader::ECHO_REQUEST ? 1 : 0;
        m_counters.keepaliveBytes += code == PppControlHeader::ECHO_REQUEST ? bytes : 0;
        m_counters.reflected += code == PppControlHeader::ECHO_REPLY ? 1 : 0;
    }
}

// ---- up the stack ----

void
PppNetDevice::ReceiveFrame(Ptr<Packet> frame)
{
    const uint32_t bytes = frame->GetSize();
    m_receivedBytes = bytes;
    if (!m_keepaliveRxTrace.IsEmpty())
    {
        m_receiving = frame->Copy();
    }
    PppFrameHeader header;
    frame->RemoveHeader(header);
    if (header.GetError())
    {
        DropRx(frame, *header.GetError());
        return;
    }
    switch (header.GetProtocol())
    {
    case PppFrameHeader::PROTOCOL_LCP:
        ReceiveControl(*m_lcp, frame, bytes);
        return;
    case PppFrameHeader::PROTOCOL_IPCP:
        if (CarriesIpv4())
        {
            ReceiveControl(*m_ipcp, frame, bytes);
            return;
        }
        break;
    case PppFrameHeader::PROTOCOL_IPV6CP:
        if (CarriesIpv6())
        {
            ReceiveControl(*m_ipv6cp, frame, bytes);
            return;
        }
        break;
    case PppFrameHeader::PROTOCOL_IPV4:
        ReceiveUser(frame, bytes, ETHERTYPE_IPV4);
        return;
    case PppFrameHeader::PROTOCOL_IPV6:
        ReceiveUser(frame, bytes, ETHERTYPE_IPV6);
        return;
    default:
        break;
    }
    if (!GetProcess().IsStalled())
    {
        m_lcp->SendProtocolReject(header.GetProtocol(), frame);
    }
    DropRx(frame, DropReason::UNSUPPORTED_PROTOCOL);
}

void
PppNetDevice::ReceiveControl(PppControlProtocol& protocol, Ptr<Packet> packet, uint32_t bytes)
{
    // RFC 1661 section 3.5: before LCP is Opened, all that is not of LCP is silently discarded.
    if (&protocol != m_lcp.get() && !m_lcp->IsOpened())
    {
        DropRx(packet, DropReason::NOT_OPENED);
        return;
    }
    m_dropped = false;
    protocol.Receive(packet);
    if (!m_dropped)
    {
        CountRx(bytes);
    }
}

void
PppNetDevice::ReceiveUser(Ptr<Packet> packet, uint32_t bytes, uint16_t protocolNumber)
{
    const bool ipv4 = protocolNumber == ETHERTYPE_IPV4;
    std::optional<DropReason> refused = ipv4 ? CheckIpv4Header(packet) : CheckIpv6Header(packet);
    if (!(ipv4 ? m_ipcp->IsOpened() : m_ipv6cp->IsOpened()))
    {
        refused = DropReason::NOT_OPENED;
    }
    if (refused)
    {
        DropRx(packet, *refused);
        return;
    }
    m_heardTraffic = true;
    Deliver(packet, bytes, protocolNumber);
}

void
PppNetDevice::ControlDropped(uint16_t /* protocol */, Ptr<const Packet> packet, DropReason reason)
{
    m_dropped = true;
    DropRx(packet, reason);
}

// ---- keepalive ----

void
PppNetDevice::StartKeepalive()
{
    m_heardTraffic = false;
    GetProcess().Start(GetKeepalive());
}

bool
PppNetDevice::IsProbeNeeded()
{
    const bool heard = m_heardTraffic;
    m_heardTraffic = false;
    return GetVerdictRule() != PPPD_ADAPTIVE || !heard;
}

void
PppNetDevice::SendProbe()
{
    const std::optional<uint8_t> identifier = m_lcp->SendEchoRequest();
    m_lastEchoId = identifier.value_or(m_lastEchoId);
    if (!identifier)
    {
        GetProcess().Stop(); // the peer does not know echoes: nothing to count
    }
}

void
PppNetDevice::EchoReplied(uint8_t identifier, uint32_t /* magic */)
{
    m_echoReplyTrace(identifier, m_lastEchoId);
    const bool late = identifier != m_lastEchoId;
    if (late && (GetVerdictRule() == IOS || GetVerdictRule() == LINUX))
    {
        return;
    }
    m_counters.keepalivesHeard++;
    m_counters.keepaliveBytes += m_receivedBytes;
    if (m_receiving)
    {
        m_keepaliveRxTrace(m_receiving, GetKeepaliveCount());
    }
    GetProcess().OnReply();
}

void
PppNetDevice::HandleVerdict(LinkTransition transition, LineCause cause)
{
    if (transition != LinkTransition::WENT_DOWN)
    {
        return; // it comes up by negotiation, not by a reply
    }
    NS_LOG_INFO(GetName() << " gives up on its peer: " << ToString(cause));
    m_downCause = cause;
    if (GetVerdictRule() == PPPD || GetVerdictRule() == PPPD_ADAPTIVE)
    {
        m_lcp->Close();
    }
    else
    {
        m_lcp->Down();
        if (IsRunning()) // whoever heard of it may have shut the interface
        {
            m_lcp->Up();
        }
    }
}

// ---- the link ----

void
PppNetDevice::StartProtocol()
{
    m_lcp->Open();
    m_lcp->Up();
}

void
PppNetDevice::StopProtocol()
{
    m_reopenEvent.Cancel();
    if (m_lcp && m_lcp->GetState() != PppControlProtocol::State::INITIAL)
    {
        if (TerminatesOnShutdown() && IsPowered() && !IsAdminUp() && m_lcp->IsOpened() &&
            !GetProcess().IsStalled())
        {
            MakeWayForLastFrame(); // the Terminate-Request
            m_lcp->Close();
        }
        m_lcp->Down();
    }
    GetProcess().Stop();
    SerialNetDevice::StopProtocol();
}

void
PppNetDevice::ForgetState()
{
    if (m_lcp)
    {
        m_lcp->Reset();
        m_ipcp->Reset();
        m_ipv6cp->Reset();
    }
}

void
PppNetDevice::ThisLayerUp(uint16_t protocol)
{
    m_layerStateTrace(protocol, true);
    if (!IsRunning())
    {
        return; // whoever heard of it has shut the interface
    }
    if (protocol == PppFrameHeader::PROTOCOL_IPCP)
    {
        AdoptAddress();
    }
    if (protocol != PppFrameHeader::PROTOCOL_LCP)
    {
        return;
    }
    m_downCause = LineCause::LCP_CLOSED; // unless something else turns out to be
    StartKeepalive();
    m_ipcp->SetPeerMru(m_lcp->GetRemote().mru);
    m_ipv6cp->SetPeerMru(m_lcp->GetRemote().mru);
    if (CarriesIpv4())
    {
        m_ipcp->Open();
        m_ipcp->Up();
    }
    if (CarriesIpv6())
    {
        m_ipv6cp->Open();
        m_ipv6cp->Up();
    }
    GetLineProtocol().Set(true, LineCause::LCP_OPENED);
}

void
PppNetDevice::ThisLayerDown(uint16_t protocol)
{
    m_layerStateTrace(protocol, false);
    if (protocol != PppFrameHeader::PROTOCOL_LCP)
    {
        return;
    }
    GetProcess().Stop();
    for (PppControlProtocol* network : {static_cast<PppControlProtocol*>(m_ipcp.get()),
                                        static_cast<PppControlProtocol*>(m_ipv6cp.get())})
    {
        if (network->GetState() != PppControlProtocol::State::INITIAL)
        {
            network->Down();
        }
    }
    if (IsRunning()) // otherwise whatever stopped us has a cause of its own
    {
        GetLineProtocol().Set(false, m_downCause);
    }
}

void
PppNetDevice::ThisLayerFinished(uint16_t protocol)
{
    // A link that this end closed stays closed, unless somebody opens it again. Others retry.
    if (protocol == PppFrameHeader::PROTOCOL_LCP && IsRunning() &&
        m_lcp->GetState() == PppControlProtocol::State::CLOSED)
    {
        m_reopenEvent.Cancel();
        m_reopenEvent = Simulator::Schedule(GetRetryAfter(), &PppNetDevice::Reopen, this);
    }
}

void
PppNetDevice::Reopen()
{
    m_lcp->Open();
}

void
PppNetDevice::LineLooped()
{
    if (m_lcp->IsOpened())
    {
        NS_LOG_INFO(GetName() << " hears itself");
        m_downCause = LineCause::LOOP_DETECTED;
        m_lcp->Down();
        m_lcp->Up();
    }
}

void
PppNetDevice::ProtocolRejected(uint16_t protocol)
{
    if (protocol == PppFrameHeader::PROTOCOL_IPCP)
    {
        m_ipcp->HandleProtocolReject();
    }
    else if (protocol == PppFrameHeader::PROTOCOL_IPV6CP)
    {
        m_ipv6cp->HandleProtocolReject();
    }
}

void
PppNetDevice::AdoptAddress()
{
    const Ipv4Address own = m_ipcp->GetLocalAddress();
    // One host at each end of the line: no network between them, but a route to the other one.
    if (own != Ipv4Address::GetAny() &&
        AdoptLineAddress(this,
                         Ipv4InterfaceAddress(own, Ipv4Mask::GetOnes()),
                         m_ipcp->GetRemoteAddress()))
    {
        NS_LOG_INFO(GetName() << " takes the address " << own << " from its peer");
    }
}

// ---- what consoles show ----

void
PppNetDevice::ControlTrace(uint16_t protocol,
                           PppControlProtocol::Direction direction,
                           Ptr<const Packet> packet,
                           PppControlProtocol::State state)
{
    m_controlTrace({protocol, direction, state, packet});
}

// ---- configuration ----

void
PppNetDevice::CreateProtocols()
{
    LcpProtocol::Owner& owner = *this;
    m_lcp = std::make_unique<LcpProtocol>(owner, GetLcpConfig());
    m_ipcp = std::make_unique<IpcpProtocol>(owner, GetIpcpConfig());
    m_ipv6cp = std::make_unique<Ipv6cpProtocol>(owner, GetIpv6cpConfig());
    if (m_stream >= 0)
    {
        const int64_t used = m_lcp->AssignStreams(m_stream);
        m_ipv6cp->AssignStreams(m_stream + used);
    }
    SetControlPlaneStalled(GetProcess().IsStalled()); // it may be so from the beginning
}

int64_t
PppNetDevice::AssignStreams(int64_t stream)
{
    const int64_t used = SerialNetDevice::AssignStreams(stream);
    m_stream = stream + used; // for protocols that are created when the simulation begins
    return used + PROTOCOL_STREAMS;
}

void
PppNetDevice::SetControlPlaneStalled(bool stalled)
{
    SerialNetDevice::SetControlPlaneStalled(stalled);
    if (m_lcp)
    {
        m_lcp->SetStalled(stalled);
        m_ipcp->SetStalled(stalled);
        m_ipv6cp->SetStalled(stalled);
    }
}

void
PppNetDevice::RestartKeepalive()
{
    // The line protocol follows the link, whatever becomes of the keepalives.
    if (IsRunning() && m_lcp->IsOpened())
    {
        GetProcess().Stop();
        StartKeepalive();
    }
}

} // namespace keepalive
} // namespace ns3
