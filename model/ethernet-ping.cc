/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-ping.h"

#include "ns3/simulator.h"

namespace ns3
{
namespace keepalive
{

EthernetPing::~EthernetPing()
{
    Clear();
}

void
EthernetPing::SetReport(Callback<void, const EthernetPingResult&> report)
{
    m_report = report;
}

std::optional<uint16_t>
EthernetPing::Start(Mac48Address peer, Time timeout)
{
    if (m_waiting.size() >= UINT16_MAX)
    {
        return std::nullopt;
    }
    do
    {
        m_lastNumber++;
    } while (m_lastNumber == 0 || m_waiting.count(m_lastNumber) != 0);
    const EventId event = Simulator::Schedule(timeout, &EthernetPing::GiveUp, this, m_lastNumber);
    m_waiting.emplace(m_lastNumber, Waiting{peer, Simulator::Now(), event});
    return m_lastNumber;
}

bool
EthernetPing::Answer(uint16_t receiptNumber)
{
    if (m_waiting.count(receiptNumber) == 0)
    {
        return false;
    }
    Finish(receiptNumber, true);
    return true;
}

void
EthernetPing::Cancel(uint16_t receiptNumber)
{
    const auto waiting = m_waiting.find(receiptNumber);
    if (waiting != m_waiting.end())
    {
        Simulator::Cancel(waiting->second.timeout);
        m_waiting.erase(waiting);
    }
}

void
EthernetPing::Clear()
{
    for (auto& waiting : m_waiting)
    {
        Simulator::Cancel(waiting.second.timeout);
    }
    m_waiting.clear();
    m_lastNumber = 0;
}

void
EthernetPing::GiveUp(uint16_t receiptNumber)
{
    Finish(receiptNumber, false);
}

void
EthernetPing::Finish(uint16_t receiptNumber, bool answered)
{
    const Waiting& waiting = m_waiting.at(receiptNumber);
    EthernetPingResult result;
    result.receiptNumber = receiptNumber;
    result.peer = waiting.peer;
    result.sent = waiting.sent;
    result.answered = answered;
    result.roundTrip = Simulator::Now() - waiting.sent;
    Cancel(receiptNumber);
    if (!m_report.IsNull())
    {
        m_report(result);
    }
}

} // namespace keepalive
} // namespace ns3
