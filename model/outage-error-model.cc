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
    m_outages.Cut(deliverInFlight);
}

void
OutageErrorModel::Restore()
{
    m_outages.Restore();
}

bool
OutageErrorModel::IsCut() const
{
    return m_outages.IsCut();
}

void
OutageErrorModel::SetBypassed(bool bypassed)
{
    m_bypassed = bypassed;
}

uint64_t
OutageErrorModel::GetLostFrames() const
{
    return m_lostFrames;
}

bool
OutageErrorModel::DoCorrupt(Ptr<Packet> packet)
{
    if (m_bypassed)
    {
        return false;
    }
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
    if (m_outages.IsEmpty())
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
    const Time lastBitLeft = Simulator::Now() - delay.Get();
    return m_outages.IsLost(lastBitLeft - transmission, lastBitLeft);
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
