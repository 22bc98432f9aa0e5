/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-line.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveEthernetLine");

NS_OBJECT_ENSURE_REGISTERED(EthernetLine);

TypeId
EthernetLine::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::EthernetLine")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddAttribute("ErrDisableRecovery",
                          "How long a port stays err-disabled; 300 s in IOS where recovery is "
                          "enabled. Zero, the default as in IOS, means until the operator acts.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&EthernetLine::m_errDisableRecovery),
                          MakeTimeChecker(Time(0)))
            .AddTraceSource("LineProtocol",
                            "This end now trusts, or no longer trusts, its line.",
                            MakeTraceSourceAccessor(&EthernetLine::m_lineProtocolTrace),
                            "ns3::keepalive::DetectionEvent::TracedCallback")
            .AddTraceSource("ErrDisable",
                            "The port was err-disabled, or is no longer.",
                            MakeTraceSourceAccessor(&EthernetLine::m_errDisableTrace),
                            "ns3::keepalive::EthernetLine::ErrDisableTracedCallback")
            .AddTraceSource("AdminState",
                            "The operator shut the interface, or enabled it again.",
                            MakeTraceSourceAccessor(&EthernetLine::m_adminStateTrace),
                            "ns3::keepalive::EthernetLine::AdminStateTracedCallback");
    return tid;
}

EthernetLine::EthernetLine(const std::string& mechanism)
    : m_line(mechanism)
{
    m_line.SetReport(MakeCallback(&EthernetLine::ReportLine, this));
}

EthernetLine::~EthernetLine() = default;

void
EthernetLine::AttachLine(Ptr<NetDevice> device)
{
    NS_LOG_FUNCTION(this << device);
    NS_ABORT_MSG_IF(m_device, "this line has a device already, and keeps it");
    NS_ABORT_MSG_IF(device->GetObject<EthernetLine>(), "this device has a line already");
    m_device = device;
    m_deviceUp = device->IsLinkUp();
    device->AddLinkChangeCallback(MakeCallback(&EthernetLine::CheckCarrier, this));
    m_line.Initialize(IsAble());
    // The device now initializes, and disposes of, this object with itself.
    device->AggregateObject(this);
    if (device->IsInitialized())
    {
        Initialize();
    }
}

void
EthernetLine::DoInitialize()
{
    NS_LOG_FUNCTION(this);
    m_initialized = true;
    UpdateRunning(LineCause::NODE_BOOTED);
    Object::DoInitialize();
}

void
EthernetLine::DoDispose()
{
    NS_LOG_FUNCTION(this);
    if (m_running)
    {
        m_running = false;
        StopProtocol();
    }
    m_initialized = false;
    Simulator::Cancel(m_recovery);
    m_device = nullptr;
    Object::DoDispose();
}

Ptr<NetDevice>
EthernetLine::GetDevice() const
{
    return m_device;
}

// ---- operator, carrier, power, stall ----

void
EthernetLine::Shutdown()
{
    NS_LOG_FUNCTION(this);
    if (!m_adminUp)
    {
        return;
    }
    m_adminUp = false;
    m_adminStateTrace(false);
    ClearErrDisable();
    UpdateRunning(LineCause::ADMIN_SHUTDOWN);
}

void
EthernetLine::NoShutdown()
{
    NS_LOG_FUNCTION(this);
    if (m_adminUp)
    {
        return;
    }
    m_adminUp = true;
    m_adminStateTrace(true);
    UpdateRunning(LineCause::ADMIN_ENABLED);
}

bool
EthernetLine::IsAdminUp() const
{
    return m_adminUp;
}

void
EthernetLine::DropCarrier()
{
    m_carrierDrops++;
    UpdateRunning(LineCause::CARRIER_LOST);
}

void
EthernetLine::RestoreCarrier()
{
    if (m_carrierDrops > 0)
    {
        m_carrierDrops--;
    }
    UpdateRunning(LineCause::CARRIER_RESTORED);
}

bool
EthernetLine::HasCarrier() const
{
    return m_deviceUp && m_carrierDrops == 0;
}

void
EthernetLine::CheckCarrier()
{
    m_deviceUp = m_device && m_device->IsLinkUp();
    UpdateRunning(m_deviceUp ? LineCause::CARRIER_RESTORED : LineCause::CARRIER_LOST);
}

void
EthernetLine::SetPowered(bool powered)
{
    NS_LOG_FUNCTION(this << powered);
    if (m_powered == powered)
    {
        return;
    }
    m_powered = powered;
    if (powered)
    {
        SetControlPlaneStalled(false); // a reboot ends a stall
    }
    else
    {
        ClearErrDisable();
        ForgetState();
    }
    UpdateRunning(powered ? LineCause::NODE_BOOTED : LineCause::NODE_CRASHED);
}

bool
EthernetLine::IsPowered() const
{
    return m_powered;
}

void
EthernetLine::SetControlPlaneStalled(bool stalled)
{
    m_stalled = stalled;
    if (!stalled && m_recoveryDue)
    {
        Recover();
    }
}

// ---- err-disable ----

void
EthernetLine::ErrDisable()
{
    if (!m_running)
    {
        return;
    }
    m_errDisabled = true;
    if (m_errDisableRecovery.IsStrictlyPositive())
    {
        m_recovery = Simulator::Schedule(m_errDisableRecovery, &EthernetLine::Recover, this);
    }
    m_errDisableTrace(true);
    UpdateRunning(LineCause::ERR_DISABLED);
}

bool
EthernetLine::IsErrDisabled() const
{
    return m_errDisabled;
}

void
EthernetLine::ClearErrDisable()
{
    Simulator::Cancel(m_recovery);
    m_recoveryDue = false;
    if (m_errDisabled)
    {
        m_errDisabled = false;
        m_errDisableTrace(false);
    }
}

void
EthernetLine::Recover()
{
    if (m_stalled)
    {
        m_recoveryDue = true;
        return;
    }
    ClearErrDisable();
    UpdateRunning(LineCause::ERR_DISABLE_RECOVERED);
}

// ---- the line protocol ----

bool
EthernetLine::IsAble() const
{
    return m_device && m_powered && m_adminUp && HasCarrier() && !m_errDisabled;
}

void
EthernetLine::UpdateRunning(LineCause cause)
{
    const bool able = IsAble();
    const bool run = m_initialized && able;
    if (!m_initialized && m_device)
    {
        m_line.Set(able, cause); // so that routing is right from the start
    }
    if (run == m_running)
    {
        return;
    }
    m_running = run;
    if (!run)
    {
        StopProtocol();
        m_line.Set(false, cause);
        return;
    }
    // The line comes up before the protocol starts, so that its first verdict is not overwritten.
    m_line.Set(true, cause);
    if (m_running) // whoever heard of it may have shut the interface
    {
        StartProtocol();
    }
}

bool
EthernetLine::IsRunning() const
{
    return m_running;
}

std::optional<DropReason>
EthernetLine::FindFault() const
{
    if (!m_initialized || !m_powered || !m_adminUp)
    {
        return DropReason::ADMIN_DOWN;
    }
    if (m_errDisabled)
    {
        return DropReason::ERR_DISABLED;
    }
    if (!HasCarrier())
    {
        return DropReason::NO_CARRIER;
    }
    if (m_stalled)
    {
        return DropReason::STALLED;
    }
    return std::nullopt;
}

LineProtocol&
EthernetLine::GetLineProtocol()
{
    return m_line;
}

bool
EthernetLine::IsLineUp() const
{
    return m_line.IsUp();
}

Time
EthernetLine::GetLastLineChange() const
{
    return m_line.GetLastChange();
}

const std::string&
EthernetLine::GetMechanism() const
{
    return m_line.GetMechanism();
}

void
EthernetLine::AddLinkChangeCallback(Callback<void> callback)
{
    m_line.AddLinkChangeCallback(callback);
}

void
EthernetLine::ReportLine(DetectionEvent& event)
{
    if (m_device)
    {
        event.nodeId = m_device->GetNode() ? m_device->GetNode()->GetId() : 0;
        event.ifIndex = m_device->GetIfIndex();
    }
    m_lineProtocolTrace(event);
}

} // namespace keepalive
} // namespace ns3
