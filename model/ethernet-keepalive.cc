/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-keepalive.h"

#include "ns3-compat.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveEthernetKeepalive");

NS_OBJECT_ENSURE_REGISTERED(EthernetKeepalive);

TypeId
EthernetKeepalive::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::EthernetKeepalive")
            .SetParent<EthernetLine>()
            .SetGroupName("Keepalive")
            .AddConstructor<EthernetKeepalive>()
            .AddAttribute("KeepaliveInterval",
                          "Time between keepalives. Zero switches them off.",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&EthernetKeepalive::SetKeepaliveInterval,
                                           &EthernetKeepalive::GetKeepaliveInterval),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("KeepaliveRetries",
                          "Keepalives not heard that bring the line protocol down.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&EthernetKeepalive::SetKeepaliveRetries,
                                               &EthernetKeepalive::GetKeepaliveRetries),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("KeepaliveUpCount",
                          "Keepalives heard in a row that bring the line protocol up again. Takes "
                          "effect when the keepalives start.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&EthernetKeepalive::SetUpCount,
                                               &EthernetKeepalive::GetUpCount),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute(
                "HoldTime",
                "For the rule HoldTime: silence that brings the line protocol down. Zero "
                "means interval times retries.",
                TimeValue(Time(0)),
                MakeTimeAccessor(&EthernetKeepalive::SetHoldTime, &EthernetKeepalive::GetHoldTime),
                MakeTimeChecker(Time(0)))
            .AddAttribute("VerdictRule",
                          "When the line protocol goes down: at the attempt to send after the "
                          "retries (Cisco), at the last of them (HuaweiSend), one interval later "
                          "(HuaweiExpiry), or after a time of silence (HoldTime).",
                          EnumValue(KeepaliveProcess::CISCO),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(KeepaliveProcess::VerdictRule,
                                                       &EthernetKeepalive::SetRule,
                                                       &EthernetKeepalive::GetRule),
                          MakeEnumChecker(KeepaliveProcess::CISCO,
                                          "Cisco",
                                          KeepaliveProcess::HUAWEI_SEND,
                                          "HuaweiSend",
                                          KeepaliveProcess::HUAWEI_EXPIRY,
                                          "HuaweiExpiry",
                                          KeepaliveProcess::HOLD_TIME,
                                          "HoldTime"))
            .AddAttribute("KeepaliveStartPhase",
                          "Share of the interval that passes before the first keepalive.",
                          StringValue("ns3::UniformRandomVariable"),
                          MakePointerAccessor(&EthernetKeepalive::SetStartPhase,
                                              &EthernetKeepalive::GetStartPhase),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute(
                "KeepaliveJitter",
                "Factor on each interval. Null, the default, means none.",
                PointerValue(),
                MakePointerAccessor(&EthernetKeepalive::SetJitter, &EthernetKeepalive::GetJitter),
                MakePointerChecker<RandomVariableStream>())
            .AddAttribute("Return",
                          "What brings a keepalive back: the medium, which the interface hears "
                          "while it sends; the controller, whatever the cable does; or nothing, "
                          "as on full duplex, where misses then do not count.",
                          EnumValue(HALF_DUPLEX_MEDIUM),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(EthernetKeepalive::Return,
                                                       &EthernetKeepalive::SetReturn,
                                                       &EthernetKeepalive::GetReturn),
                          MakeEnumChecker(HALF_DUPLEX_MEDIUM,
                                          "HalfDuplexMedium",
                                          CONTROLLER_LOOPBACK,
                                          "ControllerLoopback",
                                          NONE,
                                          "None"))
            .AddAttribute("LoopDetection",
                          "Err-disable the port when a keepalive comes back from outside.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&EthernetKeepalive::m_loopDetection),
                          MakeBooleanChecker())
            .AddAttribute("PingTimeout",
                          "How long the answer to a layer-2 ping is waited for.",
                          TimeValue(Seconds(2)),
                          MakeTimeAccessor(&EthernetKeepalive::m_pingTimeout),
                          MakeTimeChecker(TimeStep(1)))
            .AddTraceSource("KeepaliveTx",
                            "A keepalive is about to be sent; if it cannot be, a Drop follows.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_keepaliveTxTrace),
                            "ns3::keepalive::EthernetKeepalive::KeepaliveTracedCallback")
            .AddTraceSource("KeepaliveRx",
                            "A keepalive of this interface was heard, on its way out or back.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_keepaliveRxTrace),
                            "ns3::keepalive::EthernetKeepalive::KeepaliveTracedCallback")
            .AddTraceSource("Loop",
                            "A keepalive came back from outside to the port that sent it.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_loopTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Forward",
                            "A frame was sent on for another station that had asked for it.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_forwardTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Ping",
                            "A layer-2 ping was answered, or given up.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_pingTrace),
                            "ns3::keepalive::EthernetPingResult::TracedCallback")
            .AddTraceSource("Drop",
                            "A frame of the protocol went no further, with the reason.",
                            MakeTraceSourceAccessor(&EthernetKeepalive::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

EthernetKeepalive::EthernetKeepalive()
    : EthernetLine("ethernet"),
      m_process(*this),
      m_station(*this)
{
    m_ping.SetReport(MakeCallback(&EthernetKeepalive::ReportPing, this));
}

EthernetKeepalive::~EthernetKeepalive() = default;

void
EthernetKeepalive::Attach(Ptr<NetDevice> device)
{
    NS_LOG_FUNCTION(this << device);
    m_station.Attach(device);
    AttachLine(device); // last, because on a device that works already it starts at once
}

void
EthernetKeepalive::DoDispose()
{
    NS_LOG_FUNCTION(this);
    EthernetLine::DoDispose();
    m_process.Stop();
    m_ping.Clear();
    m_station.Detach();
    m_phase = nullptr;
    m_jitter = nullptr;
}

// ---- keepalives ----

void
EthernetKeepalive::StartProtocol()
{
    KeepaliveProcess::Config config = m_config;
    if (m_return == NONE)
    {
        config.rule = KeepaliveProcess::BY_OWNER; // which never judges: nothing can come back
    }
    m_station.Forget();
    m_process.Start(config);
}

void
EthernetKeepalive::StopProtocol()
{
    m_process.Stop();
}

void
EthernetKeepalive::ForgetState()
{
    m_ping.Clear();
}

void
EthernetKeepalive::SendProbe()
{
    const Ptr<const Packet> frame = m_station.MakeKeepalive();
    m_keepaliveTxTrace(frame, GetKeepaliveCount());
    if (!m_station.Send(frame, true))
    {
        return;
    }
    m_counters.keepalivesSent++;
    if (m_return == CONTROLLER_LOOPBACK && m_station.IsReceiverOn())
    {
        Hear(frame);
    }
}

void
EthernetKeepalive::HandleKeepaliveSent(Ptr<const Packet> frame)
{
    if (m_return != HALF_DUPLEX_MEDIUM)
    {
        return;
    }
    const std::optional<DropReason> fault = GetFault();
    if (fault)
    {
        HandleDrop(frame, *fault);
        return;
    }
    Hear(frame);
}

void
EthernetKeepalive::Hear(Ptr<const Packet> frame)
{
    m_counters.keepalivesHeard++;
    m_keepaliveRxTrace(frame, GetKeepaliveCount());
    m_process.OnReply();
}

void
EthernetKeepalive::HandleVerdict(LinkTransition transition, LineCause cause)
{
    GetLineProtocol().Apply(transition, cause);
}

// ---- what arrives from outside ----

void
EthernetKeepalive::HandleReply(Mac48Address source, uint16_t receiptNumber, Ptr<const Packet> frame)
{
    if (source != m_station.GetAddress())
    {
        if (!m_ping.Answer(receiptNumber))
        {
            HandleDrop(frame, DropReason::BAD_IDENTIFIER);
        }
        return;
    }
    if (!m_loopDetection)
    {
        Hear(frame);
        return;
    }
    m_counters.keepalivesHeard++;
    m_counters.loops++;
    m_keepaliveRxTrace(frame, GetKeepaliveCount());
    m_loopTrace(frame);
    if (IsRunning()) // whoever heard of it may have shut the interface
    {
        m_counters.errDisables++;
        ErrDisable();
    }
}

void
EthernetKeepalive::HandleForwarded(Ptr<const Packet> frame)
{
    m_counters.forwarded++;
    m_forwardTrace(frame);
}

void
EthernetKeepalive::HandleDrop(Ptr<const Packet> frame, DropReason reason)
{
    NS_LOG_INFO(this << " drops a frame: " << ToString(reason));
    m_counters.drops++;
    m_dropTrace(frame, reason);
}

std::optional<uint16_t>
EthernetKeepalive::Ping(Mac48Address peer, uint32_t dataSize)
{
    return PingVia({peer}, dataSize);
}

std::optional<uint16_t>
EthernetKeepalive::PingVia(const std::vector<Mac48Address>& route, uint32_t dataSize)
{
    NS_ABORT_MSG_IF(!m_station.GetDevice(), "there is no device to ping from");
    NS_ABORT_MSG_IF(route.empty(), "a ping needs a station to send it back");
    // The first station is where the frame goes; each is told of the next, the last one of us.
    EthernetLoopHeader header;
    for (std::size_t i = 1; i < route.size(); i++)
    {
        NS_ABORT_MSG_IF(route[i].IsGroup(), "no station forwards to the group " << route[i]);
        header.AddForward(route[i]);
    }
    header.AddForward(m_station.GetAddress());

    const std::optional<uint16_t> receiptNumber = m_ping.Start(route[0], m_pingTimeout);
    if (!receiptNumber)
    {
        return std::nullopt;
    }
    header.SetReply(*receiptNumber);
    if (!m_station.Send(m_station.MakeRequest(header, route[0], dataSize), false))
    {
        m_ping.Cancel(*receiptNumber);
        return std::nullopt;
    }
    return receiptNumber;
}

void
EthernetKeepalive::ReportPing(const EthernetPingResult& result)
{
    m_pingTrace(result);
}

// ---- stall and configuration ----

void
EthernetKeepalive::SetControlPlaneStalled(bool stalled)
{
    m_process.SetStalled(stalled);
    EthernetLine::SetControlPlaneStalled(stalled);
}

std::optional<DropReason>
EthernetKeepalive::GetFault() const
{
    return FindFault();
}

void
EthernetKeepalive::SetKeepalive(Time interval, uint32_t retries)
{
    m_config.interval = interval;
    m_config.retries = retries;
    RestartKeepalive();
}

const KeepaliveProcess::Config&
EthernetKeepalive::GetKeepalive() const
{
    return m_config;
}

uint32_t
EthernetKeepalive::GetKeepaliveCount() const
{
    return m_return == NONE ? 0 : m_process.GetCount();
}

const EthernetKeepalive::Counters&
EthernetKeepalive::GetCounters() const
{
    return m_counters;
}

int64_t
EthernetKeepalive::AssignStreams(int64_t stream)
{
    return m_process.AssignStreams(stream);
}

void
EthernetKeepalive::RestartKeepalive()
{
    if (!IsRunning())
    {
        return;
    }
    StopProtocol();
    // The process starts over, so the line must not stay as it was before.
    GetLineProtocol().Set(true, LineCause::KEEPALIVE_RECONFIGURED);
    if (IsRunning()) // whoever heard of it may have shut the interface
    {
        StartProtocol();
    }
}

void
EthernetKeepalive::SetReturn(Return path)
{
    m_return = path;
    RestartKeepalive();
}

EthernetKeepalive::Return
EthernetKeepalive::GetReturn() const
{
    return m_return;
}

void
EthernetKeepalive::SetRule(KeepaliveProcess::VerdictRule rule)
{
    m_config.rule = rule;
    RestartKeepalive();
}

KeepaliveProcess::VerdictRule
EthernetKeepalive::GetRule() const
{
    return m_config.rule;
}

void
EthernetKeepalive::SetKeepaliveInterval(Time interval)
{
    m_config.interval = interval;
    RestartKeepalive();
}

Time
EthernetKeepalive::GetKeepaliveInterval() const
{
    return m_config.interval;
}

void
EthernetKeepalive::SetKeepaliveRetries(uint32_t retries)
{
    m_config.retries = retries;
    RestartKeepalive();
}

uint32_t
EthernetKeepalive::GetKeepaliveRetries() const
{
    return m_config.retries;
}

void
EthernetKeepalive::SetUpCount(uint32_t upCount)
{
    m_config.upCount = upCount;
}

uint32_t
EthernetKeepalive::GetUpCount() const
{
    return m_config.upCount;
}

void
EthernetKeepalive::SetHoldTime(Time holdTime)
{
    m_config.holdTime = holdTime;
    RestartKeepalive();
}

Time
EthernetKeepalive::GetHoldTime() const
{
    return m_config.holdTime;
}

void
EthernetKeepalive::SetStartPhase(Ptr<RandomVariableStream> phase)
{
    m_phase = phase;
    m_process.SetStartPhase(phase);
}

Ptr<RandomVariableStream>
EthernetKeepalive::GetStartPhase() const
{
    return m_phase;
}

void
EthernetKeepalive::SetJitter(Ptr<RandomVariableStream> jitter)
{
    m_jitter = jitter;
    m_process.SetJitter(jitter);
}

Ptr<RandomVariableStream>
EthernetKeepalive::GetJitter() const
{
    return m_jitter;
}

} // namespace keepalive
} // namespace ns3
