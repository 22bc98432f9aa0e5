/* SPDX-License-Identifier: GPL-2.0-only */

#include "rate-window.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

void
RateWindow::Add(uint32_t bytes)
{
    m_packets.emplace_back(Simulator::Now(), bytes);
    m_bytes += bytes;
    Prune();
}

double
RateWindow::GetBitRate()
{
    Prune();
    return static_cast<double>(m_bytes) * 8 / LENGTH;
}

double
RateWindow::GetPacketRate()
{
    Prune();
    return static_cast<double>(m_packets.size()) / LENGTH;
}

uint64_t
RateWindow::CountPackets(Time age)
{
    Prune();
    uint64_t count = 0;
    for (auto packet = m_packets.rbegin();
         packet != m_packets.rend() && packet->first + age >= Simulator::Now();
         ++packet)
    {
        count++;
    }
    return count;
}

void
RateWindow::Prune()
{
    while (!m_packets.empty() && m_packets.front().first + Seconds(LENGTH) < Simulator::Now())
    {
        m_bytes -= m_packets.front().second;
        m_packets.pop_front();
    }
}

} // namespace keepalive
} // namespace ns3
