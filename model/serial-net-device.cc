/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-net-device.h"

#include "ns3-compat.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/enum.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <vector>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveSerialNetDevice");

NS_OBJECT_ENSURE_REGISTERED(SerialNetDevice);

namespace
{

constexpr uint32_t FLAG_BITS = 8; //!< one flag between two frames, RFC 1662 section 3.1

/**
 * @brief The bytes of a packet.
 * @param packet the packet
 * @return its bytes
 */
std::vector<uint8_t>
GetBytes(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

} // namespace

TypeId
SerialNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::SerialNetDevice")
            .SetParent<ProbingNetDevice>()
            .SetGroupName("Keepalive")
            .AddAttribute("Mtu",
                          "Largest packet that the line takes, in bytes.",
                          UintegerValue(1500),
                          MakeUintegerAccessor(&NetDevice::SetMtu, &NetDevice::GetMtu),
                          MakeUintegerChecker<uint16_t>(68))
            .AddAttribute(
                "DataRate",
                "Clock rate of the line. Serial interfaces offer 1200 bit/s and more.",
                DataRateValue(DataRate("64kb/s")),
                MakeDataRateAccessor(&SerialNetDevice::SetDataRate, &SerialNetDevice::GetDataRate),
                MakeDataRateChecker())
            .AddAttribute("TxQueue",
                          "The packets that wait for the line.",
                          PointerValue(),
                          MakePointerAccessor(&SerialNetDevice::m_queue),
                          MakePointerChecker<Queue<Packet>>())
            .AddAttribute("Fcs",
                          "Frame check sequence: of 16 bits, of 32 bits, or none at all.",
                          EnumValue(FCS_16),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(FcsType, &SerialNetDevice::m_fcs),
                          MakeEnumChecker(FCS_16, "Fcs16", FCS_32, "Fcs32", FCS_NONE, "None"))
            .AddAttribute("BitStuffing",
                          "Let each frame take the time of the zero bits that bit stuffing inserts "
                          "into it: 1 in 62 of random data, at most 1 in 5.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&SerialNetDevice::m_bitStuffing),
                          MakeBooleanChecker())
            .AddAttribute("CaptureFcs",
                          "Whether packet captures contain the frame check sequence.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&SerialNetDevice::m_captureFcs),
                          MakeBooleanChecker())
            .AddAttribute("ControlPriority",
                          "Keepalives and other control frames go before the packets in the queue.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&SerialNetDevice::m_controlPriority),
                          MakeBooleanChecker())
            .AddTraceSource("MacTxDrop",
                            "A packet or a control frame was not accepted for sending.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_macTxDropTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyTxBegin",
                            "The first bit of a frame is sent.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_phyTxBeginTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyTxEnd",
                            "The last bit of a frame was sent.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_phyTxEndTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyRxEnd",
                            "The last bit of a frame arrived, and the frame is sound.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_phyRxEndTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyRxDrop",
                            "A frame arrived with bit errors, or at an interface that is down.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_phyRxDropTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Sniffer",
                            "A frame as a packet capture sees it; the same as PromiscSniffer.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_nonPromiscSnifferTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Carrier",
                            "The line has a carrier now, or no longer has one.",
                            MakeTraceSourceAccessor(&SerialNetDevice::m_carrierTrace),
                            "ns3::keepalive::SerialNetDevice::CarrierTracedCallback");
    return tid;
}

SerialNetDevice::SerialNetDevice(const std::string& mechanism)
    : ProbingNetDevice(mechanism, "Serial0/0")
{
    SetAddress(Mac48Address::Allocate());
}

SerialNetDevice::~SerialNetDevice() = default;

void
SerialNetDevice::DoInitialize()
{
    if (!m_queue)
    {
        m_queue = CreateObject<DropTailQueue<Packet>>();
    }
    NS_ABORT_MSG_IF(!m_channel, "the serial interface " << GetName() << " has no line");
    ProbingNetDevice::DoInitialize();
}

void
SerialNetDevice::DoDispose()
{
    // First of all the queue: taking packets out of it would wake a traffic control layer that may
    // be gone already.
    m_queue = nullptr;
    m_controlQueue = nullptr;
    m_wire = nullptr;
    ProbingNetDevice::DoDispose();
    m_completeEvent.Cancel();
    m_channel = nullptr;
    m_sending = nullptr;
}

// ---- down the stack ----

bool
SerialNetDevice::Send(Ptr<Packet> packet, const Address& /* dest */, uint16_t protocolNumber)
{
    std::optional<DropReason> refused;
    if (!IsRunning())
    {
        refused = GetReasonOfStop();
    }
    else if (!IsLineUp())
    {
        refused = DropReason::LINE_DOWN;
    }
    else if (packet->GetSize() > GetMtu())
    {
        refused = DropReason::TOO_BIG;
    }
    else
    {
        refused = Encapsulate(packet, protocolNumber);
        if (!refused)
        {
            m_macTxTrace(packet);
            return Enqueue(m_queue, packet);
        }
    }
    Refuse(packet, *refused);
    return false;
}

void
SerialNetDevice::Refuse(Ptr<const Packet> frame, DropReason reason)
{
    m_macTxDropTrace(frame);
    DropTx(frame, reason);
}

bool
SerialNetDevice::SendControlFrame(Ptr<Packet> frame)
{
    if (!IsRunning() && !m_letFrameFinish)
    {
        Refuse(frame, GetReasonOfStop()); // whoever heard of it has shut the interface
        return false;
    }
    if (IsIdle())
    {
        TransmitStart(frame, false);
        return true;
    }
    if (!m_controlPriority)
    {
        return Enqueue(m_queue, frame);
    }
    if (!m_controlQueue)
    {
        m_controlQueue = CreateObject<DropTailQueue<Packet>>();
    }
    return Enqueue(m_controlQueue, frame);
}

bool
SerialNetDevice::Enqueue(Ptr<Queue<Packet>> queue, Ptr<Packet> frame)
{
    if (!queue->Enqueue(frame))
    {
        Refuse(frame, DropReason::QUEUE_FULL);
        return false;
    }
    TransmitNext();
    return true;
}

bool
SerialNetDevice::IsIdle() const
{
    return m_completeEvent.IsExpired() && Simulator::Now() >= m_idleAt && m_queue->IsEmpty() &&
           (!m_controlQueue || m_controlQueue->IsEmpty());
}

void
SerialNetDevice::TransmitNext()
{
    if (!m_completeEvent.IsExpired())
    {
        return; // when the line is free
    }
    if (Simulator::Now() < m_idleAt)
    {
        m_completeEvent = Simulator::Schedule(m_idleAt - Simulator::Now(),
                                              &SerialNetDevice::TransmitComplete,
                                              this);
        return;
    }
    Ptr<Packet> frame;
    if (m_controlQueue)
    {
        frame = m_controlQueue->Dequeue();
    }
    if (!frame)
    {
        frame = m_queue->Dequeue();
    }
    if (frame)
    {
        TransmitStart(frame, !m_queue->IsEmpty() || (m_controlQueue && !m_controlQueue->IsEmpty()));
    }
}

void
SerialNetDevice::TransmitStart(Ptr<Packet> frame, bool moreWait)
{
    const uint32_t bits = GetBitsOnLine(frame);
    if (bits != m_lastBits)
    {
        // Most frames are as long as the one before, and ns-3 divides by 128 bits.
        m_lastBits = bits;
        m_lastDuration = m_rate.CalculateBitsTxTime(bits);
    }
    const Time duration = m_lastDuration;
    m_idleAt = Simulator::Now() + duration;
    // First of all: whoever hears of the frame may shut the interface, and so break it off.
    m_wire->Transmit(frame, duration, bits);
    if (!m_phyTxEndTrace.IsEmpty())
    {
        m_sending = frame->Copy();
    }
    // An event for the end only if anybody waits for it.
    if ((m_sending || moreWait) && m_completeEvent.IsExpired())
    {
        m_completeEvent = Simulator::Schedule(duration, &SerialNetDevice::TransmitComplete, this);
    }
    CountTx(frame->GetSize());
    if (!m_phyTxBeginTrace.IsEmpty())
    {
        m_phyTxBeginTrace(frame);
    }
    Sniff(frame);
}

void
SerialNetDevice::TransmitComplete()
{
    if (m_sending)
    {
        Ptr<const Packet> sent = m_sending;
        m_sending = nullptr;
        m_phyTxEndTrace(sent);
    }
    TransmitNext();
}

void
SerialNetDevice::AbortTransmission()
{
    if (!m_letFrameFinish)
    {
        m_completeEvent.Cancel();
        m_sending = nullptr;
        if (m_wire && Simulator::Now() < m_idleAt)
        {
            m_wire->Abort();
            m_idleAt = Simulator::Now();
        }
    }
    m_letFrameFinish = false;
    for (const auto& queue : {m_controlQueue, m_queue})
    {
        while (queue && !queue->IsEmpty())
        {
            Ptr<Packet> frame = queue->Dequeue();
            DropTx(frame, GetReasonOfStop());
        }
    }
}

uint32_t
SerialNetDevice::GetBitsOnLine(Ptr<const Packet> frame) const
{
    const uint32_t bits = (frame->GetSize() + GetFcsSize(m_fcs)) * 8 + FLAG_BITS;
    if (!m_bitStuffing)
    {
        return bits;
    }
    std::vector<uint8_t> bytes = GetBytes(frame);
    AppendFcs(m_fcs, bytes);
    return bits + CountStuffedBits(bytes.data(), bytes.size());
}

void
SerialNetDevice::Sniff(Ptr<Packet> frame)
{
    if (m_snifferTrace.IsEmpty() && m_nonPromiscSnifferTrace.IsEmpty())
    {
        return;
    }
    Ptr<Packet> seen = frame;
    if (m_captureFcs && m_fcs != FCS_NONE)
    {
        std::vector<uint8_t> bytes = GetBytes(frame);
        AppendFcs(m_fcs, bytes);
        seen = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    }
    m_snifferTrace(seen);
    m_nonPromiscSnifferTrace(seen);
}

// ---- up the stack ----

void
SerialNetDevice::Receive(Ptr<Packet> frame, bool sound)
{
    if (!IsRunning())
    {
        m_phyRxDropTrace(frame);
        DropRx(frame, GetReasonOfStop());
        return;
    }
    if (!sound)
    {
        m_fcsErrors++;
        m_phyRxDropTrace(frame);
        DropRx(frame, DropReason::BAD_FCS);
        return;
    }
    if (!m_phyRxEndTrace.IsEmpty())
    {
        m_phyRxEndTrace(frame);
    }
    Sniff(frame);
    ReceiveFrame(frame);
}

void
SerialNetDevice::Deliver(Ptr<Packet> packet, uint32_t bytes, uint16_t protocolNumber)
{
    if (!IsLineUp())
    {
        DropRx(packet, DropReason::LINE_DOWN);
        return;
    }
    CountRx(bytes);
    ForwardUp(packet, protocolNumber);
}

// ---- line state ----

void
SerialNetDevice::HandleCarrier(bool carrier)
{
    NS_LOG_FUNCTION(this << carrier);
    m_carrierTransitions++;
    m_carrierTrace(carrier);
    SetPhysicalUp(carrier);
}

void
SerialNetDevice::StopProtocol()
{
    ProbingNetDevice::StopProtocol();
    AbortTransmission();
}

void
SerialNetDevice::UpdateSignals()
{
    if (m_wire)
    {
        m_wire->SetDtr(IsAdminUp() && IsPowered());
    }
}

bool
SerialNetDevice::HasCarrier() const
{
    return IsPhysicalUp();
}

// ---- configuration ----

void
SerialNetDevice::Attach(Ptr<SerialChannel> channel)
{
    channel->Attach(this);
    m_channel = channel;
    m_wire = channel->GetWireFrom(this);
    UpdateSignals(); // the interface may have been shut before
}

Ptr<SerialChannel>
SerialNetDevice::GetSerialChannel() const
{
    return m_channel;
}

Ptr<Channel>
SerialNetDevice::GetChannel() const
{
    return m_channel;
}

void
SerialNetDevice::SetQueue(Ptr<Queue<Packet>> queue)
{
    m_queue = queue;
}

Ptr<Queue<Packet>>
SerialNetDevice::GetQueue() const
{
    return m_queue;
}

void
SerialNetDevice::SetDataRate(DataRate rate)
{
    NS_ABORT_MSG_IF(rate.GetBitRate() < MIN_CLOCK_RATE,
                    "a clock of " << rate.GetBitRate() << " bit/s on " << GetName()
                                  << ": serial lines have 1200 bit/s or more");
    m_rate = rate;
    m_lastBits = 0;
}

DataRate
SerialNetDevice::GetDataRate() const
{
    return m_rate;
}

uint64_t
SerialNetDevice::GetFcsErrors() const
{
    return m_fcsErrors;
}

uint64_t
SerialNetDevice::GetCarrierTransitions() const
{
    return m_carrierTransitions;
}

} // namespace keepalive
} // namespace ns3
