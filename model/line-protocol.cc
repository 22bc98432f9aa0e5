/* SPDX-License-Identifier: GPL-2.0-only */

#include "line-protocol.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveLineProtocol");

const char*
ToString(LineCause cause)
{
    switch (cause)
    {
    case LineCause::KEEPALIVE_UNANSWERED:
        return "keepalive-unanswered";
    case LineCause::HOLD_TIME_EXPIRED:
        return "hold-time-expired";
    case LineCause::KEEPALIVE_ANSWERED:
        return "keepalive-answered";
    case LineCause::KEEPALIVE_RECONFIGURED:
        return "keepalive-reconfigured";
    case LineCause::ADMIN_SHUTDOWN:
        return "admin-shutdown";
    case LineCause::ADMIN_ENABLED:
        return "admin-enabled";
    case LineCause::NODE_CRASHED:
        return "node-crashed";
    case LineCause::NODE_BOOTED:
        return "node-booted";
    case LineCause::CARRIER_LOST:
        return "carrier-lost";
    case LineCause::CARRIER_RESTORED:
        return "carrier-restored";
    case LineCause::SEQUENCE_GAP:
        return "sequence-gap";
    case LineCause::SEQUENCE_ACKNOWLEDGED:
        return "sequence-acknowledged";
    case LineCause::LOOP_DETECTED:
        return "loop-detected";
    case LineCause::LCP_OPENED:
        return "lcp-opened";
    case LineCause::LCP_CLOSED:
        return "lcp-closed";
    case LineCause::SESSION_ESTABLISHED:
        return "session-established";
    case LineCause::NOTIFICATION_RECEIVED:
        return "notification-received";
    case LineCause::PROTOCOL_ERROR:
        return "protocol-error";
    case LineCause::SESSION_COLLISION:
        return "session-collision";
    case LineCause::SEND_HOLD_TIME_EXPIRED:
        return "send-hold-time-expired";
    case LineCause::TCP_KEEPALIVE:
        return "tcp-keepalive";
    case LineCause::TCP_USER_TIMEOUT:
        return "tcp-user-timeout";
    case LineCause::TCP_RETRANSMISSIONS:
        return "tcp-retransmissions";
    case LineCause::TCP_REFUSED:
        return "tcp-refused";
    case LineCause::TCP_RESET:
        return "tcp-reset";
    case LineCause::TCP_CLOSED:
        return "tcp-closed";
    case LineCause::ERR_DISABLED:
        return "err-disabled";
    case LineCause::ERR_DISABLE_RECOVERED:
        return "err-disable-recovered";
    case LineCause::NOT_ESTABLISHED:
        return "not-established";
    case LineCause::PEER_SIGNALED_DOWN:
        return "peer-signaled-down";
    case LineCause::PEER_ADMIN_DOWN:
        return "peer-admin-down";
    case LineCause::BFD_DOWN:
        return "bfd-down";
    case LineCause::DETECTION_TIME_EXPIRED:
        return "detection-time-expired";
    case LineCause::BINDING_EXPIRED:
        return "binding-expired";
    }
    return "unknown";
}

LineProtocol::LineProtocol(std::string mechanism)
    : m_mechanism(std::move(mechanism))
{
}

void
LineProtocol::SetReport(Callback<void, DetectionEvent&> report)
{
    m_report = report;
}

void
LineProtocol::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

void
LineProtocol::Apply(LinkTransition transition, LineCause cause)
{
    switch (transition)
    {
    case LinkTransition::NONE:
        break;
    case LinkTransition::WENT_DOWN:
        Set(false, cause);
        break;
    case LinkTransition::WENT_UP:
        Set(true, cause);
        break;
    }
}

void
LineProtocol::Set(bool up, LineCause cause)
{
    m_wanted = up;
    Update(cause);
}

void
LineProtocol::SetHeldDown(bool held, LineCause cause)
{
    m_held = held;
    Update(cause);
}

void
LineProtocol::Update(LineCause cause)
{
    const bool up = m_wanted && !m_held;
    if (m_up == up)
    {
        return;
    }
    m_up = up;
    m_lastChange = Simulator::Now();
    NS_LOG_INFO(m_mechanism << " line protocol " << (up ? "up" : "down") << ": "
                            << ToString(cause));

    if (!m_report.IsNull())
    {
        DetectionEvent event;
        event.when = m_lastChange;
        event.mechanism = m_mechanism;
        event.up = up;
        event.cause = cause;
        m_report(event);
    }
    m_linkChange();
}

void
LineProtocol::Initialize(bool up)
{
    m_wanted = up;
    m_up = up && !m_held;
}

bool
LineProtocol::IsUp() const
{
    return m_up;
}

Time
LineProtocol::GetLastChange() const
{
    return m_lastChange;
}

const std::string&
LineProtocol::GetMechanism() const
{
    return m_mechanism;
}

} // namespace keepalive
} // namespace ns3
