/* SPDX-License-Identifier: GPL-2.0-only */

#include "real-time.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* SIMULATOR = "ns3::RealtimeSimulatorImpl"; //!< ns-3's simulator for this
constexpr double LOOK = 0.1; //!< from one look at the clock to the next, seconds

} // namespace

void
RealTime::Select()
{
    TypeId simulator;
    if (!TypeId::LookupByNameFailSafe(SIMULATOR, &simulator))
    {
        throw std::runtime_error("this ns-3 was built without its real-time simulator");
    }
    GlobalValue::Bind("SimulatorImplementationType", StringValue(SIMULATOR));
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
}

RealTime::RealTime()
{
    Simulator::ScheduleNow(&RealTime::Compare, this);
}

void
RealTime::Compare()
{
    const Clock::time_point now = Clock::now();
    if (!m_start)
    {
        m_start = now - std::chrono::nanoseconds(Simulator::Now().GetNanoSeconds());
    }
    const Time passed =
        NanoSeconds(std::chrono::duration_cast<std::chrono::nanoseconds>(now - *m_start).count());
    m_lateness = std::max(m_lateness, passed - Simulator::Now());
    Simulator::Schedule(Seconds(LOOK), &RealTime::Compare, this);
}

Time
RealTime::GetLateness() const
{
    return m_lateness;
}

} // namespace keepalive
} // namespace ns3
