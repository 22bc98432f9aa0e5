/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-calls.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NatCalls::NatCalls(Ptr<DpdAgent> caller, Ptr<DpdAgent> called, Time period, uint32_t size)
    : m_caller(caller),
      m_period(period),
      m_size(size)
{
    if (period.IsStrictlyPositive())
    {
        called->TraceConnectWithoutContext("DataRx", MakeCallback(&NatCalls::Arrive, this));
        Simulator::Schedule(period, &NatCalls::Make, this);
    }
}

void
NatCalls::Make()
{
    std::vector<uint8_t> octets(m_size, 0);
    for (uint32_t i = 0; i < LEAST_SIZE; i++)
    {
        octets[i] = static_cast<uint8_t>(m_calls.size() >> 8 * (LEAST_SIZE - 1 - i));
    }
    m_calls.push_back({Simulator::Now(), std::nullopt});
    // Without an SA it goes nowhere: that is a call that does not arrive, too.
    m_caller->SendData(Create<Packet>(octets.data(), m_size));
    Simulator::Schedule(m_period, &NatCalls::Make, this);
}

void
NatCalls::Arrive(Ptr<const Packet> data)
{
    uint8_t octets[LEAST_SIZE] = {};
    if (data->CopyData(octets, LEAST_SIZE) < LEAST_SIZE)
    {
        return; // not a call
    }
    uint32_t number = 0;
    for (const uint8_t octet : octets)
    {
        number = number << 8 | octet;
    }
    if (number < m_calls.size())
    {
        m_calls[number].arrived = Simulator::Now();
    }
}

const std::vector<NatCalls::Call>&
NatCalls::GetCalls() const
{
    return m_calls;
}

void
NatCalls::Write(std::ostream& out, const std::string& name) const
{
    uint32_t number = 0;
    for (const Call& call : m_calls)
    {
        out << name << ',' << number++ << ',' << call.sent.GetSeconds() << ',';
        if (call.arrived)
        {
            out << call.arrived->GetSeconds();
        }
        out << '\n';
    }
}

} // namespace keepalive
} // namespace ns3
