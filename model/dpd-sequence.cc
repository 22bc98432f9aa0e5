/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-sequence.h"

namespace ns3
{
namespace keepalive
{

void
DpdSequence::Start(uint32_t first, DpdProfile::RequestCheck check, uint32_t duplicates)
{
    *this = DpdSequence();
    m_next = first;
    m_check = check;
    m_duplicates = duplicates;
}

uint32_t
DpdSequence::OnRequestSent()
{
    m_outstanding = true;
    return m_next++;
}

bool
DpdSequence::OnAck(uint32_t number)
{
    const bool expected = m_outstanding && number == m_next - 1;
    m_outstanding = m_outstanding && !expected;
    return expected;
}

DpdSequence::Verdict
DpdSequence::OnRequest(uint32_t number)
{
    if (!m_last || static_cast<int32_t>(number - *m_last) > 0)
    {
        m_last = number;
        m_answered = 0;
        return {true, true};
    }
    switch (m_check)
    {
    case DpdProfile::RequestCheck::DUPLICATES:
        // An end that repeats a number never gets beyond this many: libreswan counts so.
        if (m_answered >= m_duplicates)
        {
            return {false, false};
        }
        m_answered++;
        return {true, true};
    case DpdProfile::RequestCheck::ANY:
        return {true, false};
    case DpdProfile::RequestCheck::NEWER:
        break;
    }
    return {false, false};
}

} // namespace keepalive
} // namespace ns3
