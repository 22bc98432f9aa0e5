/* SPDX-License-Identifier: GPL-2.0-only */

#include "outage-error-model.h"

#include "ns3/channel.h"
#include "ns3/log.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveOutageErrorModel");

NS_OBJECT_ENSURE_REGISTERED(OutageErrorModel);

TypeId
OutageErrorModel::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::OutageErrorModel")
                            .SetParent<ErrorModel>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<OutageErrorModel>();
    return tid;
}

OutageErrorModel::OutageErrorModel() = default;

OutageErrorModel::~OutageErrorModel() = default;

void
OutageErrorModel::SetWire(Ptr<Channel> channel, DataRate rate)
{
    m_channel = channel;
    m_rate = rate;
}

void
OutageErrorModel::SetNext(Ptr<ErrorModel> next)
{
    m_next = next;
}

Ptr<ErrorModel>
OutageErrorModel::GetNext() const
{
    return m_next;
}

void
OutageErrorModel::Cut(bool deliverInFlight)
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
OutageErrorModel::Restore()
{
    NS_ASSERT_MSG(m_cuts > 0, "restoring a wire that is whole");
    if (--m_cuts == 0)
    {
        m_outages.back().end = Simulator::Now();
    }
}

bool
OutageErrorModel::IsCut() const
{
    return m_cuts > 0;
}

uint64_t
OutageErrorModel::GetLostFrames() const
{
    return m_lostFrames;
}

bool
OutageErrorModel::DoCorrupt(Ptr<Packet> packet)
{
    if (IsLost(packet))
    {
        m_lostFrames++;
        return true;
    }
    return m_next && m_next->IsCorrupt(packet);
}

bool
OutageErrorModel::IsLost(Ptr<const Packet> packet)
{
    if (m_outages.empty())
    {
        return false; // never cut, or long ago: nothing to compute
    }
    TimeValue delay;
    if (m_channel)
    {
        m_channel->GetAttributeFailSafe("Delay", delay);
    }
    const Time transmission =
        m_rate.GetBitRate() > 0 ? m_rate.CalculateBytesTxTime(packet->GetSize()) : Time(0);
    const Time arrived = Simulator::Now();
    const Time lastBitLeft = arrived - delay.Get();
    const Time firstBitLeft = lastBitLeft - transmission;

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

void
OutageErrorModel::DoReset()
{
    if (m_next)
    {
        m_next->Reset();
    }
}

} // namespace keepalive
} // namespace ns3
