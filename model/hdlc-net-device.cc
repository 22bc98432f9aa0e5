/* SPDX-License-Identifier: GPL-2.0-only */

#include "hdlc-net-device.h"

#include "inner-header.h"
#include "line-address.h"
#include "ns3-compat.h"
#include "slarp-header.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <optional>
#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveHdlcNetDevice");

NS_OBJECT_ENSURE_REGISTERED(HdlcNetDevice);

namespace
{

constexpr uint32_t POINT_TO_POINT_HOSTS = 3; //!< host bits of a /30: the ends are 1 and 2

} // namespace

TypeId
HdlcNetDevice::GetTypeId()
{
    static TypeId tid =
        AddKeepaliveAttributes(TypeId("ns3::keepalive::HdlcNetDevice").SetParent<SerialNetDevice>(),
                               Seconds(10),
                               3)
            .SetGroupName("Keepalive")
            .AddConstructor<HdlcNetDevice>()
            .AddAttribute("VerdictRule",
                          "Whose rule decides when the line protocol goes down and comes up, and "
                          "how keepalives are numbered: see SequenceGapCounter. HoldTime matters "
                          "for Linux only, where zero means 2.5 intervals.",
                          EnumValue(HdlcNetDevice::IOS),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(HdlcNetDevice::VerdictRule,
                                                       &HdlcNetDevice::SetVerdictRule,
                                                       &HdlcNetDevice::GetVerdictRule),
                          MakeEnumChecker(HdlcNetDevice::IOS,
                                          "Ios",
                                          HdlcNetDevice::NOKIA,
                                          "Nokia",
                                          HdlcNetDevice::LINUX,
                                          "Linux",
                                          HdlcNetDevice::FREEBSD,
                                          "FreeBsd",
                                          HdlcNetDevice::SPPP,
                                          "Sppp",
                                          HdlcNetDevice::H3C,
                                          "H3c",
                                          HdlcNetDevice::JUNOS,
                                          "Junos"))
            .AddAttribute("SlarpSize",
                          "Bytes of a SLARP body: 20 as IOS sends it, 18 as Linux does, or 14 "
                          "without uptime. All are accepted.",
                          UintegerValue(SlarpHeader::BODY_SIZE_IOS),
                          MakeUintegerAccessor(&HdlcNetDevice::m_slarpSize),
                          MakeUintegerChecker<uint32_t>(SlarpHeader::BODY_SIZE_I4L,
                                                        SlarpHeader::BODY_SIZE_IOS))
            .AddAttribute("DownWhenLooped",
                          "Take the line protocol down when this end hears itself.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&HdlcNetDevice::m_downWhenLooped),
                          MakeBooleanChecker())
            .AddAttribute("AddressDiscovery",
                          "Without an IPv4 address, ask the peer for its own and take the other "
                          "one of its /30.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&HdlcNetDevice::m_addressDiscovery),
                          MakeBooleanChecker())
            .AddTraceSource("KeepaliveTick",
                            "The sequence numbers and the verdict on them, before a keepalive.",
                            MakeTraceSourceAccessor(&HdlcNetDevice::m_tickTrace),
                            "ns3::keepalive::HdlcNetDevice::TickTracedCallback")
            .AddTraceSource("InterfaceReset",
                            "The interface resets itself because keepalives are missing.",
                            MakeTraceSourceAccessor(&HdlcNetDevice::m_resetTrace),
                            "ns3::keepalive::HdlcNetDevice::ResetTracedCallback")
            .AddTraceSource("AddressDiscovered",
                            "This end derived its IPv4 address from its peer's.",
                            MakeTraceSourceAccessor(&HdlcNetDevice::m_addressDiscovered),
                            "ns3::keepalive::HdlcNetDevice::AddressTracedCallback");
    return tid;
}

HdlcNetDevice::HdlcNetDevice()
    : SerialNetDevice("hdlc"),
      m_bootTime(Time(0))
{
    SetProcessRule(KeepaliveProcess::BY_OWNER);
    m_slarpFrameHeader.SetAddress(HdlcHeader::ADDRESS_MULTICAST);
    m_slarpFrameHeader.SetProtocol(HdlcHeader::PROTOCOL_SLARP);
}

HdlcNetDevice::~HdlcNetDevice() = default;

void
HdlcNetDevice::StartProtocol()
{
    NS_ABORT_MSG_IF(m_rule == NOKIA && GetKeepalive().retries < 2,
                    "1 retry with the rule Nokia on " << GetName()
                                                      << ": it would be down for ever; 2 or more");
    ResetCounter();
    SerialNetDevice::StartProtocol();
    if (IsSearchingAddress() && !GetProcess().IsStalled())
    {
        SendSlarp(SlarpHeader());
    }
}

// ---- down the stack ----

std::optional<DropReason>
HdlcNetDevice::Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber)
{
    if (protocolNumber != HdlcHeader::PROTOCOL_IPV4 && protocolNumber != HdlcHeader::PROTOCOL_IPV6)
    {
        return DropReason::UNSUPPORTED_PROTOCOL;
    }
    HdlcHeader header;
    header.SetProtocol(protocolNumber);
    packet->AddHeader(header);
    return std::nullopt;
}

// ---- keepalive ----

void
HdlcNetDevice::SendProbe()
{
    const uint64_t starts = m_starts;
    const bool silent = m_rule == LINUX && Simulator::Now() - m_lastAccepted > GetSilenceAllowed();
    const SequenceGapCounter::Tick tick = m_sequence.OnTick(silent);
    if (tick.reset)
    {
        m_resets++;
        m_resetTrace(m_resets);
    }
    if (IsLineUp()) // a tick may end a loop as well, but only a keepalive brings the line up
    {
        UpdateLine(m_rule == LINUX ? LineCause::HOLD_TIME_EXPIRED : LineCause::SEQUENCE_GAP);
    }
    if (IsRunning() && m_starts == starts && !m_tickTrace.IsEmpty())
    {
        m_tickTrace({m_sequence.GetMySequence(),
                     m_sequence.GetMineSeen(),
                     m_sequence.GetYourSeen(),
                     m_sequence.IsFresh(),
                     IsLineUp(),
                     m_sequence.IsLooped()});
    }
    if (!IsRunning() || m_starts != starts)
    {
        return; // whoever heard of it shut the interface, or started it over
    }

    SlarpHeader slarp;
    const uint32_t sequence = m_sequence.NextSequence();
    slarp.SetKeepalive(sequence, m_sequence.GetYourSeen());
    slarp.SetUptime(static_cast<uint32_t>((Simulator::Now() - *m_bootTime).GetMilliSeconds()));
    Ptr<Packet> frame = SendSlarp(std::move(slarp));
    if (frame)
    {
        m_counters.keepalivesSent++;
        m_counters.keepaliveBytes += frame->GetSize();
    }
    if (IsSearchingAddress())
    {
        SendSlarp(SlarpHeader());
    }
}

Ptr<Packet>
HdlcNetDevice::SendSlarp(SlarpHeader&& slarp)
{
    slarp.SetBodySize(m_slarpSize);
    Ptr<Packet> frame;
    if (m_printable)
    {
        frame = Create<Packet>();
        frame->AddHeader(slarp);
        frame->AddHeader(m_slarpFrameHeader);
    }
    else
    {
        // The same bytes, at a third of the cost.
        uint8_t bytes[HdlcHeader::SIZE + SlarpHeader::BODY_SIZE_IOS];
        m_slarpFrameHeader.Write(bytes);
        slarp.Write(bytes + HdlcHeader::SIZE);
        frame = Create<Packet>(bytes, HdlcHeader::SIZE + slarp.GetBodySize());
    }
    if (slarp.GetType() == SlarpHeader::Type::KEEPALIVE)
    {
        m_keepaliveTxTrace(frame, m_sequence.GetGap());
    }
    return SendControlFrame(frame) ? frame : nullptr;
}

// ---- up the stack ----

void
HdlcNetDevice::ReceiveFrame(Ptr<Packet> frame)
{
    // Most frames are keepalives. Those are read where they lie.
    uint8_t bytes[HdlcHeader::SIZE + SlarpHeader::BODY_SIZE_IOS];
    const uint32_t size = frame->CopyData(bytes, sizeof(bytes));
    HdlcHeader header;
    header.Read(bytes, size);
    if (header.GetError())
    {
        DropRx(frame, *header.GetError());
        return;
    }
    if (header.GetProtocol() == HdlcHeader::PROTOCOL_SLARP)
    {
        SlarpHeader slarp;
        slarp.Read(bytes + HdlcHeader::SIZE, size - HdlcHeader::SIZE);
        HandleSlarp(slarp, frame);
        return;
    }
    const uint32_t frameSize = frame->GetSize();
    frame->RemoveHeader(header);
    std::optional<DropReason> refused = DropReason::UNSUPPORTED_PROTOCOL;
    if (header.GetProtocol() == HdlcHeader::PROTOCOL_IPV4)
    {
        refused = CheckIpv4Header(bytes + HdlcHeader::SIZE,
                                  size - HdlcHeader::SIZE,
                                  frameSize - HdlcHeader::SIZE);
    }
    else if (header.GetProtocol() == HdlcHeader::PROTOCOL_IPV6)
    {
        refused = CheckIpv6Header(frame);
    }
    if (refused)
    {
        DropRx(frame, *refused);
        return;
    }
    Deliver(frame, frameSize, header.GetProtocol());
}

void
HdlcNetDevice::HandleSlarp(const SlarpHeader& slarp, Ptr<Packet> frame)
{
    if (slarp.GetError())
    {
        DropRx(frame, *slarp.GetError());
        return;
    }
    if (GetProcess().IsStalled())
    {
        DropRx(frame, DropReason::STALLED);
        return;
    }
    switch (slarp.GetType())
    {
    case SlarpHeader::Type::KEEPALIVE:
        HandleKeepalive(slarp, frame);
        break;
    case SlarpHeader::Type::REQUEST:
        CountRx(frame->GetSize());
        HandleRequest();
        break;
    case SlarpHeader::Type::REPLY:
        CountRx(frame->GetSize());
        HandleReply(slarp.GetAddress(), slarp.GetMask());
        break;
    }
}

void
HdlcNetDevice::HandleKeepalive(const SlarpHeader& slarp, Ptr<Packet> frame)
{
    if (!GetProcess().IsRunning())
    {
        DropRx(frame, DropReason::UNSUPPORTED_PROTOCOL); // keepalive disable
        return;
    }
    const uint32_t bytes = frame->GetSize();
    CountRx(bytes);
    m_counters.keepalivesHeard++;
    m_counters.keepaliveBytes += bytes;
    if (!m_keepaliveRxTrace.IsEmpty())
    {
        m_keepaliveRxTrace(frame, m_sequence.GetGap());
    }
    const SequenceGapCounter::Arrival arrival =
        m_sequence.OnKeepalive(slarp.GetSequence(), slarp.GetReturnedSequence());
    if (arrival.accepted)
    {
        m_lastAccepted = Simulator::Now();
        GetProcess().OnReply();
    }
    if (arrival.accepted || IsLineUp()) // the end of a loop alone brings no line up
    {
        UpdateLine(LineCause::SEQUENCE_ACKNOWLEDGED);
    }
}

void
HdlcNetDevice::UpdateLine(LineCause cause)
{
    if (!GetProcess().IsRunning())
    {
        return; // whoever heard of it before stopped the keepalives
    }
    const bool loopedDown = m_downWhenLooped && m_sequence.IsLooped();
    const bool up = m_sequence.IsUp() && !loopedDown;
    if (up != IsLineUp())
    {
        GetLineProtocol().Set(up, loopedDown ? LineCause::LOOP_DETECTED : cause);
    }
}

// ---- address discovery ----

void
HdlcNetDevice::HandleRequest()
{
    m_sequence.OnPeerRestart();
    const std::optional<Ipv4InterfaceAddress> own = GetLineAddress(this);
    if (own)
    {
        SlarpHeader reply;
        reply.SetReply(own->GetLocal(), own->GetMask());
        SendSlarp(std::move(reply));
    }
}

void
HdlcNetDevice::HandleReply(Ipv4Address address, Ipv4Mask mask)
{
    // The ends of a /30 are 1 and 2, so each has the other's with both bits inverted.
    const uint32_t host = address.Get() & POINT_TO_POINT_HOSTS;
    if (!IsSearchingAddress() || mask.Get() != ~POINT_TO_POINT_HOSTS || host == 0 ||
        host == POINT_TO_POINT_HOSTS)
    {
        return;
    }
    const Ipv4Address own(address.Get() ^ POINT_TO_POINT_HOSTS);
    AdoptLineAddress(this, Ipv4InterfaceAddress(own, mask), address);
    NS_LOG_INFO(GetName() << " takes the address " << own << " from its peer's " << address);
    m_addressDiscovered(own, mask);
}

bool
HdlcNetDevice::IsSearchingAddress() const
{
    if (!m_addressDiscovery)
    {
        return false;
    }
    Ptr<NetDevice> self = const_cast<HdlcNetDevice*>(this);
    return GetNode()->GetObject<Ipv4>() && !GetLineAddress(self);
}

// ---- configuration ----

void
HdlcNetDevice::RestartKeepalive()
{
    SetTrusting(m_rule != LINUX || GetKeepalive().interval.IsZero());
    ResetCounter();
    SerialNetDevice::RestartKeepalive();
}

void
HdlcNetDevice::ResetCounter()
{
    // The enums have the same values in the same order.
    m_sequence = SequenceGapCounter(static_cast<SequenceGapCounter::Rule>(m_rule),
                                    GetKeepalive().retries,
                                    GetKeepalive().upCount);
    m_lastAccepted = Simulator::Now();
    m_starts++;
}

void
HdlcNetDevice::UpdateSignals()
{
    // The uptime in keepalives is the node's: it survives a shutdown, but not a loss of power.
    if (!IsPowered())
    {
        m_bootTime.reset();
    }
    else if (!m_bootTime)
    {
        m_bootTime = Simulator::Now();
    }
    SerialNetDevice::UpdateSignals();
}

Time
HdlcNetDevice::GetSilenceAllowed() const
{
    const KeepaliveProcess::Config& config = GetKeepalive();
    return config.holdTime.IsStrictlyPositive() ? config.holdTime : config.interval * 5 / 2;
}

void
HdlcNetDevice::SetVerdictRule(VerdictRule rule)
{
    m_rule = rule;
    RestartKeepalive();
}

HdlcNetDevice::VerdictRule
HdlcNetDevice::GetVerdictRule() const
{
    return m_rule;
}

const SequenceGapCounter&
HdlcNetDevice::GetSequence() const
{
    return m_sequence;
}

uint64_t
HdlcNetDevice::GetResets() const
{
    return m_resets;
}

} // namespace keepalive
} // namespace ns3
