/* SPDX-License-Identifier: GPL-2.0-only */

#include "traffic-monitor.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>

namespace ns3
{
namespace keepalive
{

namespace
{

/// What has been underway for longer when a failure happens was lost before it.
const Time LONGEST_TRANSIT = Seconds(1);

} // namespace

TrafficMonitor::TrafficMonitor(Time bin)
    : m_bin(bin)
{
}

std::optional<Time>
TrafficMonitor::BlackHole::GetDuration() const
{
    if (packetsLost == 0)
    {
        return Time(0);
    }
    return ended ? std::optional<Time>(*ended - began) : std::nullopt;
}

uint32_t
TrafficMonitor::Watch(Ptr<Application> source, Ptr<Application> sink, const std::string& name)
{
    const auto number = static_cast<uint32_t>(m_flows.size());
    m_flows.push_back({this, number, name, {}, {}, {}, {}});
    Flow* flow = &m_flows.back();
    source->TraceConnectWithoutContext("Tx", MakeBoundCallback(&TrafficMonitor::Tx, flow));
    sink->TraceConnectWithoutContext("Rx", MakeBoundCallback(&TrafficMonitor::Rx, flow));
    return number;
}

void
TrafficMonitor::Watch(Ptr<FailureInjector> injector)
{
    injector->TraceConnectWithoutContext("Failure", MakeCallback(&TrafficMonitor::Failure, this));
}

void
TrafficMonitor::Tx(Flow* flow, Ptr<const Packet> packet)
{
    flow->underway[packet->GetUid()] = Simulator::Now();
    flow->monitor->Count(flow->sentBits, packet->GetSize() * 8ULL);
}

void
TrafficMonitor::Rx(Flow* flow, Ptr<const Packet> packet, const Address&)
{
    flow->monitor->Count(flow->receivedBits, packet->GetSize() * 8ULL);
    const auto found = flow->underway.find(packet->GetUid());
    if (found == flow->underway.end())
    {
        return;
    }
    const Time sentAt = found->second;
    flow->underway.erase(found);
    if (!flow->openHole || sentAt < flow->monitor->m_blackHoles[*flow->openHole].began)
    {
        return;
    }
    // The first one through. What was sent before it and has not arrived is lost.
    BlackHole& hole = flow->monitor->m_blackHoles[*flow->openHole];
    flow->openHole = std::nullopt;
    hole.ended = sentAt;
    hole.packetsLost = flow->Forget(sentAt);
}

void
TrafficMonitor::Failure(const FailureEvent& event)
{
    if (!event.failed)
    {
        return;
    }
    for (auto& flow : m_flows)
    {
        if (flow.openHole)
        {
            // Still dark from the failure before: what it swallowed is not this one's.
            m_blackHoles[*flow.openHole].packetsLost = flow.Forget(event.when);
            m_blackHoles[*flow.openHole].ended = event.when;
        }
        else
        {
            // What was lost long before, to chance or congestion, is not this failure's either.
            flow.Forget(event.when - LONGEST_TRANSIT);
        }
        BlackHole hole;
        hole.failure = event.number;
        hole.flow = flow.number;
        hole.began = event.when;
        flow.openHole = m_blackHoles.size();
        m_blackHoles.push_back(hole);
    }
}

void
TrafficMonitor::Finish()
{
    for (auto& flow : m_flows)
    {
        if (flow.openHole)
        {
            m_blackHoles[*flow.openHole].packetsLost = flow.Forget(Simulator::Now());
            flow.openHole = std::nullopt;
        }
    }
}

uint64_t
TrafficMonitor::Flow::Forget(Time before)
{
    uint64_t forgotten = 0;
    for (auto i = underway.begin(); i != underway.end();)
    {
        if (i->second < before)
        {
            forgotten++;
            i = underway.erase(i);
        }
        else
        {
            ++i;
        }
    }
    return forgotten;
}

const std::vector<TrafficMonitor::BlackHole>&
TrafficMonitor::GetBlackHoles() const
{
    return m_blackHoles;
}

const TrafficMonitor::BlackHole*
TrafficMonitor::Find(uint32_t failure, uint32_t flow) const
{
    const auto found = std::find_if(m_blackHoles.begin(),
                                    m_blackHoles.end(),
                                    [failure, flow](const BlackHole& hole) {
                                        return hole.failure == failure && hole.flow == flow;
                                    });
    return found == m_blackHoles.end() ? nullptr : &*found;
}

void
TrafficMonitor::Count(std::vector<uint64_t>& bins, uint64_t bits) const
{
    const auto bin = static_cast<std::size_t>(Simulator::Now().GetTimeStep() / m_bin.GetTimeStep());
    if (bins.size() <= bin)
    {
        bins.resize(bin + 1, 0);
    }
    bins[bin] += bits;
}

void
TrafficMonitor::WriteThroughput(std::ostream& out) const
{
    out << "time_s,flow,sent_bit_per_s,received_bit_per_s\n" << std::setprecision(15);
    const double width = m_bin.GetSeconds();
    for (const auto& flow : m_flows)
    {
        const std::size_t bins = std::max(flow.sentBits.size(), flow.receivedBits.size());
        for (std::size_t bin = 0; bin < bins; bin++)
        {
            const uint64_t sent = bin < flow.sentBits.size() ? flow.sentBits[bin] : 0;
            const uint64_t received = bin < flow.receivedBits.size() ? flow.receivedBits[bin] : 0;
            out << static_cast<double>(bin) * width << ',' << flow.name << ','
                << static_cast<double>(sent) / width << ',' << static_cast<double>(received) / width
                << '\n';
        }
    }
}

} // namespace keepalive
} // namespace ns3
