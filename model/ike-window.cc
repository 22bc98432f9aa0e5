/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-window.h"

namespace ns3
{
namespace keepalive
{

void
IkeWindow::Start(uint32_t ownNext, uint32_t peerNext)
{
    *this = IkeWindow();
    m_ownNext = ownNext;
    m_peerNext = peerNext;
}

uint32_t
IkeWindow::OnRequestSent()
{
    m_outstanding = true;
    return m_ownNext++;
}

bool
IkeWindow::OnResponse(uint32_t id)
{
    const bool expected = m_outstanding && id == m_ownNext - 1;
    m_outstanding = m_outstanding && !expected;
    return expected;
}

IkeWindow::Verdict
IkeWindow::OnRequest(uint32_t id)
{
    if (id == m_peerNext)
    {
        m_peerNext++;
        m_answered = true;
        return Verdict::ANSWER;
    }
    return m_answered && id == m_peerNext - 1 ? Verdict::REPEAT : Verdict::DROP;
}

} // namespace keepalive
} // namespace ns3
