/* SPDX-License-Identifier: GPL-2.0-only */

#include "probing-net-device.h"

#include "ns3-compat.h"

#include "ns3/enum.h"
#include "ns3/nstime.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(ProbingNetDevice);

TypeId
ProbingNetDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::ProbingNetDevice")
                            .SetParent<KeepaliveNetDevice>()
                            .SetGroupName("Keepalive");
    return tid;
}

TypeId
ProbingNetDevice::AddKeepaliveAttributes(TypeId tid, Time interval, uint32_t retries)
{
    return tid
        .AddAttribute("KeepaliveInterval",
                      "Time between keepalives. Zero switches them off.",
                      TimeValue(interval),
                      MakeTimeAccessor(&ProbingNetDevice::SetKeepaliveInterval,
                                       &ProbingNetDevice::GetKeepaliveInterval),
                      MakeTimeChecker(Time(0)))
        .AddAttribute("KeepaliveRetries",
                      "Unanswered keepalives that bring the line protocol down.",
                      UintegerValue(retries),
                      MakeUintegerAccessor(&ProbingNetDevice::SetKeepaliveRetries,
                                           &ProbingNetDevice::GetKeepaliveRetries),
                      MakeUintegerChecker<uint32_t>(1))
        .AddAttribute(
            "KeepaliveUpCount",
            "Keepalives answered in a row that bring the line protocol up again. Takes "
            "effect when the keepalives start.",
            UintegerValue(1),
            MakeUintegerAccessor(&ProbingNetDevice::SetUpCount, &ProbingNetDevice::GetUpCount),
            MakeUintegerChecker<uint32_t>(1))
        .AddAttribute(
            "HoldTime",
            "For the rule HoldTime: silence that brings the line protocol down. Zero "
            "means interval times retries, as H3C has it.",
            TimeValue(Time(0)),
            MakeTimeAccessor(&ProbingNetDevice::SetHoldTime, &ProbingNetDevice::GetHoldTime),
            MakeTimeChecker(Time(0)))
        .AddAttribute(
            "KeepaliveStartPhase",
            "Share of the interval that passes before the first keepalive.",
            StringValue("ns3::UniformRandomVariable"),
            MakePointerAccessor(&ProbingNetDevice::SetStartPhase, &ProbingNetDevice::GetStartPhase),
            MakePointerChecker<RandomVariableStream>())
        .AddAttribute(
            "KeepaliveJitter",
            "Factor on each interval. Null, the default, means none.",
            PointerValue(),
            MakePointerAccessor(&ProbingNetDevice::SetJitter, &ProbingNetDevice::GetJitter),
            MakePointerChecker<RandomVariableStream>());
}

TypeId
ProbingNetDevice::AddVendorRules(TypeId tid)
{
    return tid.AddAttribute("VerdictRule",
                            "When the line protocol goes down: at the attempt to send after the "
                            "retries (Cisco), at the last of them (HuaweiSend), one interval later "
                            "(HuaweiExpiry), or after a time of silence (HoldTime).",
                            EnumValue(KeepaliveProcess::CISCO),
                            KEEPALIVE_MAKE_ENUM_ACCESSOR(KeepaliveProcess::VerdictRule,
                                                         &ProbingNetDevice::SetProcessRule,
                                                         &ProbingNetDevice::GetProcessRule),
                            MakeEnumChecker(KeepaliveProcess::CISCO,
                                            "Cisco",
                                            KeepaliveProcess::HUAWEI_SEND,
                                            "HuaweiSend",
                                            KeepaliveProcess::HUAWEI_EXPIRY,
                                            "HuaweiExpiry",
                                            KeepaliveProcess::HOLD_TIME,
                                            "HoldTime"));
}

ProbingNetDevice::ProbingNetDevice(const std::string& mechanism, const char* name)
    : KeepaliveNetDevice(mechanism, name),
      m_process(*this)
{
}

ProbingNetDevice::~ProbingNetDevice() = default;

void
ProbingNetDevice::DoDispose()
{
    KeepaliveNetDevice::DoDispose();
    m_phase = nullptr;
    m_jitter = nullptr;
}

void
ProbingNetDevice::StartProtocol()
{
    m_process.Start(m_config);
}

void
ProbingNetDevice::StopProtocol()
{
    m_process.Stop();
}

KeepaliveProcess&
ProbingNetDevice::GetProcess()
{
    return m_process;
}

void
ProbingNetDevice::HandleVerdict(LinkTransition transition, LineCause cause)
{
    GetLineProtocol().Apply(transition, cause);
}

void
ProbingNetDevice::SetControlPlaneStalled(bool stalled)
{
    m_process.SetStalled(stalled);
}

void
ProbingNetDevice::SetKeepalive(Time interval, uint32_t retries)
{
    m_config.interval = interval;
    m_config.retries = retries;
    RestartKeepalive();
}

const KeepaliveProcess::Config&
ProbingNetDevice::GetKeepalive() const
{
    return m_config;
}

uint32_t
ProbingNetDevice::GetKeepaliveCount() const
{
    return m_process.GetCount();
}

void
ProbingNetDevice::RestartKeepalive()
{
    if (!IsRunning())
    {
        return;
    }
    m_process.Stop();
    // The process starts over, so the line must not stay as it was before.
    GetLineProtocol().Set(IsTrusting(), LineCause::KEEPALIVE_RECONFIGURED);
    if (IsRunning()) // whoever heard of it may have shut the interface
    {
        m_process.Start(m_config);
    }
}

int64_t
ProbingNetDevice::AssignStreams(int64_t stream)
{
    return m_process.AssignStreams(stream);
}

void
ProbingNetDevice::SetKeepaliveInterval(Time interval)
{
    SetKeepalive(interval, m_config.retries);
}

Time
ProbingNetDevice::GetKeepaliveInterval() const
{
    return m_config.interval;
}

void
ProbingNetDevice::SetKeepaliveRetries(uint32_t retries)
{
    SetKeepalive(m_config.interval, retries);
}

uint32_t
ProbingNetDevice::GetKeepaliveRetries() const
{
    return m_config.retries;
}

void
ProbingNetDevice::SetProcessRule(KeepaliveProcess::VerdictRule rule)
{
    m_config.rule = rule;
    RestartKeepalive();
}

KeepaliveProcess::VerdictRule
ProbingNetDevice::GetProcessRule() const
{
    return m_config.rule;
}

void
ProbingNetDevice::SetUpCount(uint32_t upCount)
{
    m_config.upCount = upCount;
}

uint32_t
ProbingNetDevice::GetUpCount() const
{
    return m_config.upCount;
}

void
ProbingNetDevice::SetHoldTime(Time holdTime)
{
    m_config.holdTime = holdTime;
    RestartKeepalive();
}

Time
ProbingNetDevice::GetHoldTime() const
{
    return m_config.holdTime;
}

void
ProbingNetDevice::SetStartPhase(Ptr<RandomVariableStream> phase)
{
    m_phase = phase;
    m_process.SetStartPhase(phase);
}

Ptr<RandomVariableStream>
ProbingNetDevice::GetStartPhase() const
{
    return m_phase;
}

void
ProbingNetDevice::SetJitter(Ptr<RandomVariableStream> jitter)
{
    m_jitter = jitter;
    m_process.SetJitter(jitter);
}

Ptr<RandomVariableStream>
ProbingNetDevice::GetJitter() const
{
    return m_jitter;
}

} // namespace keepalive
} // namespace ns3
