/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-wire.h"

#include "serial-net-device.h"

#include "ns3/assert.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveSerialWire");

NS_OBJECT_ENSURE_REGISTERED(SerialWire);

TypeId
SerialWire::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::SerialWire")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<SerialWire>()
            .AddAttribute("Delay",
                          "Propagation delay.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&SerialWire::m_delay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "BitErrorRate",
                "Probability that a bit arrives wrong, independently of all others. One "
                "wrong bit is enough for the frame check sequence.",
                DoubleValue(0),
                MakeDoubleAccessor(&SerialWire::SetBitErrorRate, &SerialWire::GetBitErrorRate),
                MakeDoubleChecker<double>(0, 1))
            .AddAttribute("ErrorModel",
                          "Any other error model; the frames that it corrupts arrive with a wrong "
                          "frame check sequence. Null, the default, for none.",
                          PointerValue(),
                          MakePointerAccessor(&SerialWire::m_errorModel),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute("DtrDrivesCarrier",
                          "The receiver has a carrier only while the sender asserts DTR, as on a "
                          "null modem cable. A line with modems of its own keeps its carrier, and "
                          "the receiver does not see that the sender is shut or dead.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&SerialWire::SetDtrDrivesCarrier,
                                              &SerialWire::GetDtrDrivesCarrier),
                          MakeBooleanChecker())
            .AddTraceSource("Drop",
                            "A frame was lost to a cut, with the reason.",
                            MakeTraceSourceAccessor(&SerialWire::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

SerialWire::SerialWire() = default;

SerialWire::~SerialWire() = default;

void
SerialWire::DoDispose()
{
    m_receiver = nullptr;
    m_loopback = nullptr;
    m_errorModel = nullptr;
    m_bitErrors = nullptr;
    Object::DoDispose();
}

void
SerialWire::SetReceiver(Ptr<SerialNetDevice> receiver)
{
    m_receiver = receiver;
    UpdateCarrier();
}

void
SerialWire::SetLoopback(Ptr<SerialNetDevice> sender)
{
    Abort();
    m_loopback = sender;
}

// ---- the way of a frame ----

void
SerialWire::Transmit(Ptr<Packet> frame, Time duration, uint32_t bits)
{
    const bool looped = m_loopback != nullptr;
    SerialNetDevice* receiver = PeekPointer(looped ? m_loopback : m_receiver);
    if (!receiver)
    {
        Lose(frame); // nobody is at the other end
        return;
    }
    const Time now = Simulator::Now();
    m_transmitted++;
    m_lastBitLeft = now + duration;
    m_arrivalBefore = m_lastArrival;
    // A delay that steps down does not let frames overtake each other.
    m_lastArrival = std::max(m_lastBitLeft + m_delay, m_lastArrival);
    const Transmission
        transmission{m_transmitted, frame, receiver, looped, now, m_lastBitLeft, bits};
    Simulator::ScheduleWithContext(receiver->GetNode()->GetId(),
                                   m_lastArrival - now,
                                   &SerialWire::Arrive,
                                   this,
                                   transmission);
}

void
SerialWire::Arrive(const Transmission& transmission)
{
    if (!m_receiver)
    {
        return; // the simulation is being taken down
    }
    if (IsLost(transmission))
    {
        Lose(transmission.frame);
        return;
    }
    transmission.receiver->Receive(transmission.frame,
                                   !HasBitErrors(transmission.frame, transmission.bits));
}

bool
SerialWire::IsLost(const Transmission& transmission)
{
    if (!m_aborted.empty() && m_aborted.erase(transmission.number) > 0)
    {
        return true;
    }
    return !transmission.looped && !m_outages.IsEmpty() &&
           m_outages.IsLost(transmission.firstBitLeft, transmission.lastBitLeft);
}

void
SerialWire::Lose(Ptr<const Packet> frame)
{
    NS_LOG_INFO("a cut takes a frame of " << frame->GetSize() << " bytes");
    m_lostFrames++;
    m_dropTrace(frame, DropReason::WIRE_CUT);
}

bool
SerialWire::HasBitErrors(Ptr<Packet> frame, uint32_t bits)
{
    if (m_errorModel && m_errorModel->IsCorrupt(frame))
    {
        return true;
    }
    if (m_bitErrorRate <= 0)
    {
        return false;
    }
    // 1 - (1 - p)^n, exact for the small p that lines have
    const double hit = -std::expm1(bits * std::log1p(-m_bitErrorRate));
    return m_bitErrors->GetValue() < hit;
}

// ---- cuts ----

void
SerialWire::Cut(bool deliverInFlight)
{
    m_outages.Cut(deliverInFlight);
}

void
SerialWire::Restore()
{
    m_outages.Restore();
}

void
SerialWire::Abort()
{
    if (Simulator::Now() < m_lastBitLeft)
    {
        m_aborted.insert(m_transmitted);
        m_lastArrival = m_arrivalBefore; // what follows does not wait for its end
    }
}

bool
SerialWire::IsCut() const
{
    return m_outages.IsCut();
}

uint64_t
SerialWire::GetLostFrames() const
{
    return m_lostFrames;
}

// ---- carrier ----

void
SerialWire::DropCarrier()
{
    m_carrierLosses++;
    UpdateCarrier();
}

void
SerialWire::RestoreCarrier()
{
    NS_ASSERT_MSG(m_carrierLosses > 0, "restoring a carrier that is there");
    m_carrierLosses--;
    UpdateCarrier();
}

void
SerialWire::SetDtr(bool asserted)
{
    m_dtr = asserted;
    UpdateCarrier();
}

bool
SerialWire::IsDtrAsserted() const
{
    return m_dtr;
}

bool
SerialWire::HasCarrier() const
{
    return m_carrierLosses == 0 && (m_dtr || !m_dtrDrivesCarrier);
}

void
SerialWire::UpdateCarrier()
{
    const bool carrier = HasCarrier();
    if (carrier != m_carrier && m_receiver)
    {
        m_carrier = carrier;
        const uint32_t context = Simulator::GetContext();
        Ptr<Node> node = m_receiver->GetNode();
        if (!node || context == Simulator::NO_CONTEXT || context == node->GetId())
        {
            m_receiver->HandleCarrier(carrier);
            return;
        }
        // The other end dropped its DTR. What follows happens at this one, and in its context.
        Simulator::ScheduleWithContext(node->GetId(),
                                       Seconds(0),
                                       &SerialNetDevice::HandleCarrier,
                                       m_receiver,
                                       carrier);
    }
}

// ---- configuration ----

void
SerialWire::SetBitErrorRate(double rate)
{
    m_bitErrorRate = rate;
    if (rate > 0 && !m_bitErrors)
    {
        m_bitErrors = CreateObject<UniformRandomVariable>();
    }
}

double
SerialWire::GetBitErrorRate() const
{
    return m_bitErrorRate;
}

void
SerialWire::SetDtrDrivesCarrier(bool on)
{
    m_dtrDrivesCarrier = on;
    UpdateCarrier();
}

bool
SerialWire::GetDtrDrivesCarrier() const
{
    return m_dtrDrivesCarrier;
}

int64_t
SerialWire::AssignStreams(int64_t stream)
{
    if (!m_bitErrors)
    {
        m_bitErrors = CreateObject<UniformRandomVariable>();
    }
    m_bitErrors->SetStream(stream);
    return 1;
}

} // namespace keepalive
} // namespace ns3
