/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-keepalive.h"

#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveNatKeepalive");

NS_OBJECT_ENSURE_REGISTERED(NatKeepalive);

namespace
{

/**
 * @brief What a clock shows that counts whole seconds.
 * @param time the time
 * @return the whole seconds
 */
int64_t
WholeSeconds(Time time)
{
    return time.GetNanoSeconds() / 1000000000;
}

} // namespace

TypeId
NatKeepalive::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::NatKeepalive")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<NatKeepalive>()
            .AddAttribute("Interval",
                          "Time without anything sent behind which a keepalive is sent (RFC 3948 "
                          "section 4: 20 s by default). Must be shorter than the timeout of the "
                          "binding; for a keepalive to be lost without harm, shorter than half of "
                          "it.",
                          TimeValue(Seconds(20)),
                          MakeTimeAccessor(&NatKeepalive::m_interval),
                          MakeTimeChecker(Seconds(5), Seconds(3600)))
            .AddAttribute("WholeSeconds",
                          "Look only once an interval, at a clock that counts whole seconds, as "
                          "strongSwan does: a keepalive may then go up to 1 s too early or, from "
                          "the end of the interval on, too late.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&NatKeepalive::m_wholeSeconds),
                          MakeBooleanChecker())
            .AddTraceSource("KeepaliveTx",
                            "A keepalive was sent.",
                            MakeTraceSourceAccessor(&NatKeepalive::m_keepaliveTx),
                            "ns3::keepalive::NatKeepalive::KeepaliveTxTracedCallback");
    return tid;
}

NatKeepalive::NatKeepalive()
{
    m_timer.SetExpired(MakeCallback(&NatKeepalive::Due, this));
}

NatKeepalive::~NatKeepalive() = default;

void
NatKeepalive::DoDispose()
{
    Stop();
    m_send = MakeNullCallback<void, Ptr<Packet>>();
    Object::DoDispose();
}

void
NatKeepalive::SetSend(Callback<void, Ptr<Packet>> send)
{
    m_send = send;
}

void
NatKeepalive::Start()
{
    if (m_started)
    {
        return;
    }
    m_started = true;
    m_lastSent = Simulator::Now();
    Arm();
}

void
NatKeepalive::Stop()
{
    m_started = false;
    m_overdue = false;
    m_timer.Stop();
    m_look.Cancel();
}

bool
NatKeepalive::IsStarted() const
{
    return m_started;
}

void
NatKeepalive::NotifySent()
{
    m_lastSent = Simulator::Now();
    if (m_wholeSeconds)
    {
        return; // it is seen at the next look, which may be overdue
    }
    m_overdue = false;
    if (IsRunning())
    {
        m_timer.Restart(m_interval);
    }
}

void
NatKeepalive::Arm()
{
    m_overdue = false;
    if (!IsRunning())
    {
        return;
    }
    if (m_wholeSeconds)
    {
        m_look.Cancel();
        m_look = Simulator::Schedule(m_interval, &NatKeepalive::Look, this);
        return;
    }
    m_timer.Restart(m_interval);
}

void
NatKeepalive::Look()
{
    const int64_t silence = WholeSeconds(Simulator::Now()) - WholeSeconds(m_lastSent);
    const Time left = m_interval - Seconds(silence);
    if (left.IsStrictlyPositive())
    {
        m_look = Simulator::Schedule(left, &NatKeepalive::Look, this);
        return;
    }
    Due();
}

void
NatKeepalive::Due()
{
    if (m_stalled)
    {
        m_overdue = true;
        return;
    }
    Send();
    Arm();
}

void
NatKeepalive::Send()
{
    NS_LOG_FUNCTION(this);
    Ptr<Packet> packet = Create<Packet>(&OCTET, 1);
    m_lastSent = Simulator::Now();
    m_keepaliveTx(packet);
    if (!m_send.IsNull())
    {
        m_send(packet->Copy());
    }
}

bool
NatKeepalive::IsRunning() const
{
    return m_started && m_powered;
}

bool
NatKeepalive::IsKeepalive(Ptr<const Packet> payload)
{
    uint8_t octet = 0;
    return payload->GetSize() == 1 && payload->CopyData(&octet, 1) == 1 && octet == OCTET;
}

void
NatKeepalive::SetPowered(bool powered)
{
    if (powered == m_powered)
    {
        return;
    }
    m_powered = powered;
    m_stalled = false;
    if (m_powered)
    {
        m_lastSent = Simulator::Now();
        Arm();
        return;
    }
    m_overdue = false;
    m_timer.Stop();
    m_look.Cancel();
}

void
NatKeepalive::SetControlPlaneStalled(bool stalled)
{
    m_stalled = stalled && m_powered;
    if (m_stalled || !m_overdue)
    {
        return;
    }
    m_overdue = false;
    if (m_wholeSeconds)
    {
        Look(); // the kernel may have sent something meanwhile
        return;
    }
    Due();
}

} // namespace keepalive
} // namespace ns3
