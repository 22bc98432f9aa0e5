/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-channel.h"

#include "serial-net-device.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(SerialChannel);

TypeId
SerialChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::SerialChannel")
            .SetParent<Channel>()
            .SetGroupName("Keepalive")
            .AddConstructor<SerialChannel>()
            .AddAttribute("Delay",
                          "Propagation delay of both wires.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&SerialChannel::SetDelay, &SerialChannel::GetDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("BitErrorRate",
                          "Probability of an error per bit, on both wires.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&SerialChannel::SetBitErrorRate,
                                             &SerialChannel::GetBitErrorRate),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("DtrDrivesCarrier",
                          "DTR of each end is the carrier of the other, as on a null modem cable.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&SerialChannel::SetDtrDrivesCarrier,
                                              &SerialChannel::GetDtrDrivesCarrier),
                          MakeBooleanChecker());
    return tid;
}

SerialChannel::SerialChannel()
{
    for (auto& wire : m_wires)
    {
        wire = CreateObject<SerialWire>();
    }
}

SerialChannel::~SerialChannel() = default;

void
SerialChannel::DoDispose()
{
    for (std::size_t i = 0; i < 2; i++)
    {
        m_devices[i] = nullptr;
        m_wires[i]->Dispose();
    }
    Channel::DoDispose();
}

void
SerialChannel::Attach(Ptr<SerialNetDevice> device)
{
    NS_ABORT_MSG_IF(m_nDevices == 2, "a serial line has two ends only");
    // What the first end sends the second one receives, and the other way round.
    m_devices[m_nDevices] = device;
    m_wires[1 - m_nDevices]->SetReceiver(device);
    m_nDevices++;
}

void
SerialChannel::InsertLoopbackPlug(Ptr<SerialNetDevice> device)
{
    GetWireFrom(device)->SetLoopback(device);
    GetWireTo(device)->Cut(false);
}

void
SerialChannel::RemoveLoopbackPlug(Ptr<SerialNetDevice> device)
{
    GetWireFrom(device)->SetLoopback(nullptr);
    GetWireTo(device)->Restore();
}

Ptr<SerialWire>
SerialChannel::GetWireFrom(Ptr<const NetDevice> device) const
{
    return m_wires[device == m_devices[0] ? 0 : 1];
}

Ptr<SerialWire>
SerialChannel::GetWireTo(Ptr<const NetDevice> device) const
{
    return m_wires[device == m_devices[0] ? 1 : 0];
}

std::size_t
SerialChannel::GetNDevices() const
{
    return m_nDevices;
}

Ptr<NetDevice>
SerialChannel::GetDevice(std::size_t i) const
{
    NS_ABORT_MSG_IF(i >= m_nDevices, "no device " << i << " on this serial line");
    return m_devices[i];
}

int64_t
SerialChannel::AssignStreams(int64_t stream)
{
    int64_t used = 0;
    for (const auto& wire : m_wires)
    {
        used += wire->AssignStreams(stream + used);
    }
    return used;
}

void
SerialChannel::SetDelay(Time delay)
{
    for (const auto& wire : m_wires)
    {
        wire->SetAttribute("Delay", TimeValue(delay));
    }
}

Time
SerialChannel::GetDelay() const
{
    TimeValue delay;
    m_wires[0]->GetAttribute("Delay", delay);
    return delay.Get();
}

void
SerialChannel::SetBitErrorRate(double rate)
{
    for (const auto& wire : m_wires)
    {
        wire->SetAttribute("BitErrorRate", DoubleValue(rate));
    }
}

double
SerialChannel::GetBitErrorRate() const
{
    DoubleValue rate;
    m_wires[0]->GetAttribute("BitErrorRate", rate);
    return rate.Get();
}

void
SerialChannel::SetDtrDrivesCarrier(bool on)
{
    for (const auto& wire : m_wires)
    {
        wire->SetAttribute("DtrDrivesCarrier", BooleanValue(on));
    }
}

bool
SerialChannel::GetDtrDrivesCarrier() const
{
    BooleanValue on;
    m_wires[0]->GetAttribute("DtrDrivesCarrier", on);
    return on.Get();
}

} // namespace keepalive
} // namespace ns3
