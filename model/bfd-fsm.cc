/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-fsm.h"

namespace ns3
{
namespace keepalive
{

BfdFsm::Verdict
BfdFsm::OnPacket(BfdState peer)
{
    switch (m_state)
    {
    case BfdState::ADMIN_DOWN:
        return Verdict::DISCARDED;
    case BfdState::DOWN:
        if (peer == BfdState::DOWN)
        {
            return Change(BfdState::INIT, m_diagnostic);
        }
        if (peer == BfdState::INIT)
        {
            return Change(BfdState::UP, BfdDiagnostic::NONE);
        }
        return Verdict::UNCHANGED;
    case BfdState::INIT:
        if (peer == BfdState::INIT || peer == BfdState::UP)
        {
            return Change(BfdState::UP, BfdDiagnostic::NONE);
        }
        if (peer == BfdState::ADMIN_DOWN)
        {
            return Change(BfdState::DOWN, BfdDiagnostic::NEIGHBOR_SIGNALED_SESSION_DOWN);
        }
        return Verdict::UNCHANGED;
    case BfdState::UP:
        if (peer == BfdState::DOWN || peer == BfdState::ADMIN_DOWN)
        {
            return Change(BfdState::DOWN, BfdDiagnostic::NEIGHBOR_SIGNALED_SESSION_DOWN);
        }
        return Verdict::UNCHANGED;
    }
    return Verdict::UNCHANGED;
}

BfdFsm::Verdict
BfdFsm::OnDetectionTimeExpired()
{
    if (m_state == BfdState::INIT || m_state == BfdState::UP)
    {
        return Change(BfdState::DOWN, BfdDiagnostic::CONTROL_DETECTION_TIME_EXPIRED);
    }
    return Verdict::UNCHANGED;
}

BfdFsm::Verdict
BfdFsm::SetAdminDown(bool adminDown)
{
    if (adminDown == (m_state == BfdState::ADMIN_DOWN))
    {
        return Verdict::UNCHANGED;
    }
    return adminDown ? Change(BfdState::ADMIN_DOWN, BfdDiagnostic::ADMINISTRATIVELY_DOWN)
                     : Change(BfdState::DOWN, BfdDiagnostic::NONE);
}

BfdState
BfdFsm::GetState() const
{
    return m_state;
}

BfdDiagnostic
BfdFsm::GetDiagnostic() const
{
    return m_diagnostic;
}

BfdFsm::Verdict
BfdFsm::Change(BfdState state, BfdDiagnostic diagnostic)
{
    m_state = state;
    m_diagnostic = diagnostic;
    return Verdict::CHANGED;
}

} // namespace keepalive
} // namespace ns3
