/* SPDX-License-Identifier: GPL-2.0-only */

#include "mismatch-experiment.h"

#include "serial-helper.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/hdlc-header.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/slarp-header.h"

#include <algorithm>
#include <numeric>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t FIRST_STREAM = 1000000;      //!< of the first replication
constexpr int64_t STREAMS_OF_REPLICATION = 16; //!< more than two ends and a line use
constexpr int64_t LONGEST_CYCLE = 100;         //!< keepalives of the slower end
constexpr int64_t LEAST_INTERVALS = 10;        //!< keepalives of the slower end
constexpr uint32_t FRAMING = 3;                //!< bytes: frame check sequence and flag

/**
 * @brief Counts what R1 does.
 */
class Counter
{
  public:
    /**
     * @brief Start counting now.
     * @param device R1
     */
    explicit Counter(Ptr<HdlcNetDevice> device)
        : m_device(device),
          m_began(Simulator::Now()),
          m_changed(Simulator::Now()),
          m_up(device->IsLineUp())
    {
        device->TraceConnectWithoutContext("KeepaliveTick", MakeCallback(&Counter::Tick, this));
        device->TraceConnectWithoutContext("LineProtocol", MakeCallback(&Counter::Line, this));
        device->TraceConnectWithoutContext("InterfaceReset", MakeCallback(&Counter::Reset, this));
    }

    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;

    /**
     * @brief Stop counting.
     * @return what was counted
     */
    MismatchExperiment::Totals Finish()
    {
        Settle();
        m_totals.observed = Simulator::Now() - m_began;
        return m_totals;
    }

  private:
    /**
     * @brief Trace sink of ticks.
     * @param tick what the tick found
     */
    void Tick(const HdlcNetDevice::TickRecord& tick)
    {
        m_totals.ticks++;
        m_totals.ticksDown += tick.lineUp ? 0 : 1;
    }

    /**
     * @brief Trace sink of line changes.
     * @param event the change
     */
    void Line(const DetectionEvent& event)
    {
        Settle();
        m_up = event.up;
        m_totals.flaps += event.up ? 0 : 1;
    }

    /// Trace sink of resets.
    void Reset(uint64_t)
    {
        m_totals.resets++;
    }

    /// Count the time since the last change.
    void Settle()
    {
        if (!m_up)
        {
            m_totals.down += Simulator::Now() - m_changed;
        }
        m_changed = Simulator::Now();
    }

    Ptr<HdlcNetDevice> m_device;         //!< R1
    Time m_began;                        //!< when counting began
    Time m_changed;                      //!< when the line last changed
    bool m_up;                           //!< whether it is up
    MismatchExperiment::Totals m_totals; //!< what was counted
};

/**
 * @brief A random variable that is uniform on a part of [0, 1).
 * @param part which one
 * @param parts how many there are
 * @return the variable
 */
Ptr<UniformRandomVariable>
CreatePhase(uint32_t part, uint32_t parts)
{
    Ptr<UniformRandomVariable> phase = CreateObject<UniformRandomVariable>();
    phase->SetAttribute("Min", DoubleValue(static_cast<double>(part) / parts));
    phase->SetAttribute("Max", DoubleValue((part + 1.0) / parts));
    return phase;
}

/**
 * @brief A random variable that is always 0.
 * @return the variable
 */
Ptr<ConstantRandomVariable>
CreateNoPhase()
{
    Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
    phase->SetAttribute("Constant", DoubleValue(0));
    return phase;
}

} // namespace

// ---- totals ----

void
MismatchExperiment::Totals::Add(const Totals& other)
{
    ticks += other.ticks;
    ticksDown += other.ticksDown;
    flaps += other.flaps;
    resets += other.resets;
    down += other.down;
    observed += other.observed;
}

double
MismatchExperiment::Totals::GetShareOfTicksDown() const
{
    return ticks > 0 ? static_cast<double>(ticksDown) / static_cast<double>(ticks) : 0;
}

double
MismatchExperiment::Totals::GetShareOfTimeDown() const
{
    return observed.IsZero() ? 0 : down.GetSeconds() / observed.GetSeconds();
}

double
MismatchExperiment::Totals::GetPerHour(uint64_t count) const
{
    return observed.IsZero() ? 0 : static_cast<double>(count) / observed.GetSeconds() * 3600;
}

// ---- experiment ----

MismatchExperiment::MismatchExperiment(const Config& config)
    : m_config(config)
{
    NS_ABORT_MSG_IF(!config.localInterval.IsStrictlyPositive() ||
                        !config.peerInterval.IsStrictlyPositive() ||
                        config.linkRate.GetBitRate() == 0 || config.replications == 0,
                    "intervals, rate and replications must be above zero");
}

Time
MismatchExperiment::GetDefaultDuration(Time localInterval, Time peerInterval)
{
    const Time slower = std::max(localInterval, peerInterval);
    const int64_t phases = std::min(localInterval, peerInterval).GetTimeStep() /
                           std::gcd(localInterval.GetTimeStep(), peerInterval.GetTimeStep());
    if (phases > LONGEST_CYCLE)
    {
        return slower * LONGEST_CYCLE;
    }
    return slower * (phases * ((LEAST_INTERVALS + phases - 1) / phases));
}

Time
MismatchExperiment::GetDuration() const
{
    return m_config.duration.IsZero()
               ? GetDefaultDuration(m_config.localInterval, m_config.peerInterval)
               : m_config.duration;
}

Time
MismatchExperiment::GetWarmUp() const
{
    // Both ends have heard each other twice, and what was outstanding until then has had its tick.
    return (m_config.localInterval + m_config.peerInterval + GetRoundTrip()) * 3 +
           m_config.localInterval * m_config.retries;
}

Time
MismatchExperiment::GetRoundTrip() const
{
    const uint32_t bytes =
        HdlcHeader().GetSerializedSize() + SlarpHeader().GetSerializedSize() + FRAMING;
    return (m_config.linkRate.CalculateBytesTxTime(bytes) + m_config.linkDelay) * 2;
}

MismatchExperiment::Totals
MismatchExperiment::RunReplication(uint32_t replication) const
{
    Simulator::Destroy();
    NodeContainer nodes;
    nodes.Create(2);
    SerialHelper serial("ns3::keepalive::HdlcNetDevice");
    serial.DisableFlowControl();
    serial.SetDeviceAttribute("DataRate", DataRateValue(m_config.linkRate));
    serial.SetDeviceAttribute("VerdictRule", EnumValue(m_config.rule));
    serial.SetChannelAttribute("Delay", TimeValue(m_config.linkDelay));
    Ptr<SerialChannel> line = serial.CreateChannel();

    serial.SetKeepalive(m_config.localInterval, m_config.retries);
    serial.SetDeviceAttribute(
        "KeepaliveStartPhase",
        PointerValue(CreatePhase(replication % m_config.replications, m_config.replications)));
    Ptr<SerialNetDevice> local = serial.InstallEnd(nodes.Get(0), line);
    serial.SetKeepalive(m_config.peerInterval, m_config.retries);
    serial.SetDeviceAttribute("KeepaliveStartPhase", PointerValue(CreateNoPhase()));
    Ptr<SerialNetDevice> peer = serial.InstallEnd(nodes.Get(1), line);

    NetDeviceContainer ends(local);
    ends.Add(peer);
    serial.AssignStreams(ends, FIRST_STREAM + STREAMS_OF_REPLICATION * replication);

    Simulator::Stop(GetWarmUp());
    Simulator::Run();
    Counter counter(DynamicCast<HdlcNetDevice>(local));
    Simulator::Stop(GetDuration());
    Simulator::Run();
    const Totals totals = counter.Finish();
    Simulator::Destroy();
    return totals;
}

MismatchExperiment::Totals
MismatchExperiment::Run() const
{
    Totals totals;
    for (uint32_t i = 0; i < m_config.replications; i++)
    {
        totals.Add(RunReplication(i));
    }
    return totals;
}

MismatchLaw
MismatchExperiment::GetLaw() const
{
    // The enums have the same values in the same order.
    return MismatchLaw(static_cast<SequenceGapCounter::Rule>(m_config.rule),
                       m_config.localInterval.GetSeconds(),
                       m_config.peerInterval.GetSeconds(),
                       m_config.retries,
                       GetRoundTrip().GetSeconds());
}

} // namespace keepalive
} // namespace ns3
