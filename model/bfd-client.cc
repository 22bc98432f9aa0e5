/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-client.h"

#include "ns3/abort.h"
#include "ns3/callback.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BfdClient);

TypeId
BfdClient::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BfdClient").SetParent<Object>().SetGroupName("Keepalive");
    return tid;
}

BfdClient::BfdClient() = default;

BfdClient::~BfdClient() = default;

void
BfdClient::DoDispose()
{
    m_session = nullptr;
    Object::DoDispose();
}

void
BfdClient::Watch(Ptr<BfdSession> session)
{
    NS_ABORT_MSG_IF(m_session, "a BFD client watches one session");
    m_session = session;
    m_session->AddLinkChangeCallback(MakeCallback(&BfdClient::HandleLine, this));
    m_session->TraceConnectWithoutContext("State", MakeCallback(&BfdClient::HandleState, this));
    m_session->TraceConnectWithoutContext("PacketRx", MakeCallback(&BfdClient::HandlePacket, this));
}

void
BfdClient::HandleLine()
{
    if (!m_session)
    {
        return; // disposed of
    }
    if (m_session->IsUp())
    {
        Recover(LineCause::SESSION_ESTABLISHED);
        return;
    }
    switch (m_session->GetCause())
    {
    case LineCause::DETECTION_TIME_EXPIRED:
    case LineCause::PEER_SIGNALED_DOWN:
        m_failed = true;
        HandleFailure();
        break;
    default:
        break;
    }
}

void
BfdClient::HandleState(BfdState, BfdState to)
{
    if (to == BfdState::ADMIN_DOWN)
    {
        Recover(LineCause::ADMIN_SHUTDOWN);
    }
}

void
BfdClient::HandlePacket(const BfdHeader& header)
{
    if (header.GetState() == BfdState::ADMIN_DOWN)
    {
        Recover(LineCause::PEER_ADMIN_DOWN);
    }
}

void
BfdClient::Recover(LineCause cause)
{
    if (m_failed)
    {
        m_failed = false;
        HandleRecovery(cause);
    }
}

bool
BfdClient::IsFailed() const
{
    return m_failed;
}

void
BfdClient::SetPowered(bool powered)
{
    if (powered)
    {
        Recover(LineCause::NODE_BOOTED); // nothing is known any more
    }
}

void
BfdClient::SetControlPlaneStalled(bool)
{
}

} // namespace keepalive
} // namespace ns3
