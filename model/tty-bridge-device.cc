/* SPDX-License-Identifier: GPL-2.0-only */

#include "tty-bridge-device.h"

#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveTtyBridgeDevice");

NS_OBJECT_ENSURE_REGISTERED(TtyBridgeDevice);

namespace
{

constexpr std::size_t HEADER_SIZE = 4;  //!< address, control and protocol
constexpr std::size_t READ_SIZE = 4096; //!< bytes read at once
constexpr uint32_t READS_PER_POLL = 16; //!< so that a flood does not stop the simulation
constexpr uint32_t LEAST_BUFFER = 4096; //!< room for any frame of 1500 bytes, however escaped

/**
 * @brief Whether an error means no more than "later".
 * @param error error number
 * @return true to try again
 */
bool
IsTransient(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

TypeId
TtyBridgeDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::TtyBridgeDevice")
            .SetParent<SerialNetDevice>()
            .SetGroupName("Keepalive")
            .AddConstructor<TtyBridgeDevice>()
            .AddAttribute("PollInterval",
                          "Time from one look at the descriptor to the next.",
                          TimeValue(MilliSeconds(1)),
                          MakeTimeAccessor(&TtyBridgeDevice::m_pollInterval),
                          MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("WriteBuffer",
                          "Most bytes that wait to be written. What finds no room is dropped.",
                          UintegerValue(65536),
                          MakeUintegerAccessor(&TtyBridgeDevice::m_writeBuffer),
                          MakeUintegerChecker<uint32_t>(LEAST_BUFFER))
            .AddTraceSource("Hangup",
                            "Whoever was behind the descriptor is gone.",
                            MakeTraceSourceAccessor(&TtyBridgeDevice::m_hangupTrace),
                            "ns3::keepalive::TtyBridgeDevice::HangupTracedCallback");
    return tid;
}

TtyBridgeDevice::TtyBridgeDevice()
    : SerialNetDevice("tty"),
      m_decoder(0)
{
}

TtyBridgeDevice::~TtyBridgeDevice() = default;

void
TtyBridgeDevice::DoDispose()
{
    m_pollEvent.Cancel();
    m_connected = false;
    m_unwritten.clear();
    SerialNetDevice::DoDispose();
}

void
TtyBridgeDevice::SetDescriptor(int descriptor)
{
    NS_LOG_FUNCTION(this << descriptor);
    m_descriptor = descriptor;
    m_connected = descriptor >= 0;
    m_socket = false;
    if (m_connected)
    {
        struct stat status = {};
        m_socket = fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
        fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    }
    ResetStreams();
    UpdateSignals();
    m_pollEvent.Cancel();
    if (IsRunning() && m_connected)
    {
        m_pollEvent = Simulator::ScheduleNow(&TtyBridgeDevice::Poll, this);
    }
}

void
TtyBridgeDevice::ResetStreams()
{
    m_unwritten.clear();
    m_decoder = AsyncHdlcCodec(GetMtu() + HEADER_SIZE);
}

// ---- from the line to the descriptor ----

void
TtyBridgeDevice::ReceiveFrame(Ptr<Packet> frame)
{
    if (!m_connected)
    {
        DropRx(frame, DropReason::NO_CARRIER);
        return;
    }
    std::vector<uint8_t> bytes(frame->GetSize());
    frame->CopyData(bytes.data(), frame->GetSize());
    const std::vector<uint8_t> encoded = AsyncHdlcCodec::Encode(bytes.data(), bytes.size());
    if (m_unwritten.size() + encoded.size() > m_writeBuffer)
    {
        DropRx(frame, DropReason::QUEUE_FULL);
        return;
    }
    CountRx(frame->GetSize());
    m_unwritten.insert(m_unwritten.end(), encoded.begin(), encoded.end());
    Flush();
}

void
TtyBridgeDevice::Flush()
{
    while (m_connected && !m_unwritten.empty())
    {
        const long written = Write();
        if (written < 0)
        {
            if (!IsTransient(errno))
            {
                HangUp(errno);
            }
            return;
        }
        m_unwritten.erase(m_unwritten.begin(), m_unwritten.begin() + written);
        if (written == 0)
        {
            return;
        }
    }
}

long
TtyBridgeDevice::Write() const
{
    if (m_socket)
    {
        return send(m_descriptor, m_unwritten.data(), m_unwritten.size(), MSG_NOSIGNAL);
    }
    return write(m_descriptor, m_unwritten.data(), m_unwritten.size());
}

// ---- from the descriptor to the line ----

void
TtyBridgeDevice::Poll()
{
    Flush();
    Read();
    if (m_connected && IsRunning() && m_pollEvent.IsExpired())
    {
        m_pollEvent = Simulator::Schedule(m_pollInterval, &TtyBridgeDevice::Poll, this);
    }
}

void
TtyBridgeDevice::Read()
{
    for (uint32_t i = 0; i < READS_PER_POLL && m_connected && IsRunning(); i++)
    {
        uint8_t bytes[READ_SIZE];
        const long size = read(m_descriptor, bytes, sizeof(bytes));
        if (size < 0 && IsTransient(errno))
        {
            return;
        }
        if (size <= 0)
        {
            HangUp(size < 0 ? errno : 0);
            return;
        }
        for (long j = 0; j < size; j++)
        {
            const std::optional<AsyncHdlcCodec::Arrival> arrival = m_decoder.Decode(bytes[j]);
            if (arrival)
            {
                Forward(*arrival);
            }
        }
    }
}

void
TtyBridgeDevice::Forward(const AsyncHdlcCodec::Arrival& arrival)
{
    const auto size = static_cast<uint32_t>(arrival.frame.size());
    Ptr<Packet> frame = size > 0 ? Create<Packet>(arrival.frame.data(), size) : Create<Packet>();
    if (arrival.error)
    {
        DropTx(frame, *arrival.error);
        return;
    }
    SendControlFrame(frame);
}

void
TtyBridgeDevice::HangUp(int error)
{
    NS_LOG_INFO(GetName() << ": whoever was there hung up, error " << error);
    m_connected = false;
    m_pollEvent.Cancel();
    m_unwritten.clear();
    UpdateSignals();
    m_hangupTrace(error);
}

// ---- line state ----

void
TtyBridgeDevice::StartProtocol()
{
    SerialNetDevice::StartProtocol();
    ResetStreams();
    if (m_connected)
    {
        m_pollEvent.Cancel();
        m_pollEvent = Simulator::ScheduleNow(&TtyBridgeDevice::Poll, this);
    }
}

void
TtyBridgeDevice::StopProtocol()
{
    m_pollEvent.Cancel();
    m_unwritten.clear();
    SerialNetDevice::StopProtocol();
}

void
TtyBridgeDevice::UpdateSignals()
{
    if (m_connected)
    {
        SerialNetDevice::UpdateSignals();
    }
    else if (GetSerialChannel())
    {
        GetSerialChannel()->GetWireFrom(this)->SetDtr(false);
    }
}

void
TtyBridgeDevice::SendProbe()
{
}

std::optional<DropReason>
TtyBridgeDevice::Encapsulate(Ptr<Packet> /* packet */, uint16_t /* protocolNumber */)
{
    return DropReason::UNSUPPORTED_PROTOCOL;
}

// ---- state ----

bool
TtyBridgeDevice::IsConnected() const
{
    return m_connected;
}

std::size_t
TtyBridgeDevice::GetPendingBytes() const
{
    return m_unwritten.size();
}

uint64_t
TtyBridgeDevice::GetNoiseBytes() const
{
    return m_decoder.GetNoiseBytes();
}

} // namespace keepalive
} // namespace ns3
