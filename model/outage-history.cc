/* SPDX-License-Identifier: GPL-2.0-only */

#include "outage-history.h"

#include "ns3/assert.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

void
OutageHistory::Cut(bool deliverInFlight)
{
    if (m_cuts++ == 0)
    {
        m_outages.push_back({Simulator::Now(), Time::Max(), deliverInFlight});
    }
    else
    {
        // The harsher of two cuts at a time decides.
        m_outages.back().deliverInFlight = m_outages.back().deliverInFlight && deliverInFlight;
    }
}

void
OutageHistory::Restore()
{
    NS_ASSERT_MSG(m_cuts > 0, "restoring a wire that is whole");
    if (--m_cuts == 0)
    {
        m_outages.back().end = Simulator::Now();
    }
}

bool
OutageHistory::IsCut() const
{
    return m_cuts > 0;
}

bool
OutageHistory::IsEmpty() const
{
    return m_outages.empty();
}

bool
OutageHistory::IsLost(Time firstBitLeft, Time lastBitLeft)
{
    const Time arrived = Simulator::Now();
    // Frames arrive in order: an outage that was over before this one left concerns no later one.
    while (!m_outages.empty() && m_outages.front().end <= firstBitLeft)
    {
        m_outages.pop_front();
    }
    for (const auto& outage : m_outages)
    {
        const Time exposed = outage.deliverInFlight ? lastBitLeft : arrived;
        if (firstBitLeft < outage.end &&
            (outage.deliverInFlight ? exposed > outage.begin : exposed >= outage.begin))
        {
            return true;
        }
    }
    return false;
}

} // namespace keepalive
} // namespace ns3
