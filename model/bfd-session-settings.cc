/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-session-settings.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BfdSessionSettings);

namespace
{

/// The greatest interval that fits its field.
constexpr int64_t GREATEST_INTERVAL = UINT32_MAX;

/**
 * @brief A time on the wire.
 * @param time the time; what it has below a microsecond is cut off
 * @return the nearest number of microseconds that there may be
 */
uint32_t
ToMicroseconds(Time time)
{
    return static_cast<uint32_t>(std::clamp<int64_t>(time.GetMicroSeconds(), 1, GREATEST_INTERVAL));
}

/**
 * @brief Draw a share.
 * @param variable drawn from
 * @return a number from 0 to 1, whatever is drawn
 */
double
DrawShare(const Ptr<RandomVariableStream>& variable)
{
    return std::clamp(variable->GetValue(), 0.0, 1.0);
}

} // namespace

TypeId
BfdSessionSettings::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BfdSessionSettings")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddAttribute("RemoteAddress",
                          "Address of the peer.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&BfdSessionSettings::m_remoteAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("LocalAddress",
                          "Our own address; 0.0.0.0 if the route is to decide.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&BfdSessionSettings::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("MultiHop",
                          "There may be routers between the ends (RFC 5883): another port, and "
                          "any TTL will do.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BfdSessionSettings::m_multiHop),
                          MakeBooleanChecker())
            .AddAttribute("Passive",
                          "Say nothing before the peer is heard (RFC 5880 section 6.1).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BfdSessionSettings::m_passive),
                          MakeBooleanChecker())
            .AddAttribute("DesiredMinTxInterval",
                          "How fast we would like to send, before jitter. While the session is "
                          "not Up, 1 s if that is slower.",
                          TimeValue(MilliSeconds(300)),
                          MakeTimeAccessor(&BfdSessionSettings::SetDesiredMinTxInterval,
                                           &BfdSessionSettings::GetDesiredMinTxInterval),
                          MakeTimeChecker(MicroSeconds(1), MicroSeconds(GREATEST_INTERVAL)))
            .AddAttribute("RequiredMinRxInterval",
                          "How fast we are able to receive. 0, by which a peer is told to send "
                          "nothing, is not allowed: nothing could be detected.",
                          TimeValue(MilliSeconds(300)),
                          MakeTimeAccessor(&BfdSessionSettings::SetRequiredMinRxInterval,
                                           &BfdSessionSettings::GetRequiredMinRxInterval),
                          MakeTimeChecker(MicroSeconds(1), MicroSeconds(GREATEST_INTERVAL)))
            .AddAttribute("DetectMult",
                          "How many of our intervals the peer lets pass in silence.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&BfdSessionSettings::SetDetectMult,
                                               &BfdSessionSettings::GetDetectMult),
                          MakeUintegerChecker<uint8_t>(1))
            .AddAttribute("StartPhase",
                          "Share of the first interval that passes before the first packet, from "
                          "0 to 1.",
                          StringValue("ns3::UniformRandomVariable"),
                          MakePointerAccessor(&BfdSessionSettings::m_phase),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("Jitter",
                          "Where each gap lies between the least and the greatest that RFC 5880 "
                          "section 6.8.7 allows, from 0 to 1: 75 to 100 % of the interval, or 75 "
                          "to 90 % if DetectMult is 1.",
                          StringValue("ns3::UniformRandomVariable"),
                          MakePointerAccessor(&BfdSessionSettings::m_jitter),
                          MakePointerChecker<RandomVariableStream>());
    return tid;
}

BfdSessionSettings::BfdSessionSettings() = default;

BfdSessionSettings::~BfdSessionSettings() = default;

void
BfdSessionSettings::DoDispose()
{
    m_phase = nullptr;
    m_jitter = nullptr;
    Object::DoDispose();
}

void
BfdSessionSettings::SetTimers(Time desiredMinTx, Time requiredMinRx)
{
    m_timers.desiredMinTx = ToMicroseconds(desiredMinTx);
    m_timers.requiredMinRx = ToMicroseconds(requiredMinRx);
    HandleTimers();
}

void
BfdSessionSettings::SetDesiredMinTxInterval(Time interval)
{
    m_timers.desiredMinTx = ToMicroseconds(interval);
    HandleTimers();
}

void
BfdSessionSettings::SetRequiredMinRxInterval(Time interval)
{
    m_timers.requiredMinRx = ToMicroseconds(interval);
    HandleTimers();
}

void
BfdSessionSettings::SetDetectMult(uint8_t multiplier)
{
    m_timers.detectMult = std::max<uint8_t>(multiplier, 1); // peers discard what says 0
    HandleTimers();
}

void
BfdSessionSettings::SetAdminDown(bool adminDown)
{
    m_adminDown = adminDown;
    HandleAdminDown();
}

bool
BfdSessionSettings::IsAdminDown() const
{
    return m_adminDown;
}

Ipv4Address
BfdSessionSettings::GetRemoteAddress() const
{
    return m_remoteAddress;
}

Ipv4Address
BfdSessionSettings::GetLocalAddress() const
{
    return m_localAddress;
}

bool
BfdSessionSettings::IsMultiHop() const
{
    return m_multiHop;
}

Time
BfdSessionSettings::GetDesiredMinTxInterval() const
{
    return MicroSeconds(m_timers.desiredMinTx);
}

Time
BfdSessionSettings::GetRequiredMinRxInterval() const
{
    return MicroSeconds(m_timers.requiredMinRx);
}

uint8_t
BfdSessionSettings::GetDetectMult() const
{
    return m_timers.detectMult;
}

int64_t
BfdSessionSettings::AssignStreams(int64_t stream)
{
    m_phase->SetStream(stream);
    m_jitter->SetStream(stream + 1);
    return 2;
}

const BfdTiming::Parameters&
BfdSessionSettings::GetTimers() const
{
    return m_timers;
}

bool
BfdSessionSettings::IsPassive() const
{
    return m_passive;
}

double
BfdSessionSettings::DrawStartPhase() const
{
    return DrawShare(m_phase);
}

double
BfdSessionSettings::DrawJitter() const
{
    return DrawShare(m_jitter);
}

} // namespace keepalive
} // namespace ns3
