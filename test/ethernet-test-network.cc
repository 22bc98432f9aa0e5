/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-test-network.h"

#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/double.h"
#include "ns3/ethernet-keepalive-helper.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

namespace ns3
{
namespace keepalive
{
namespace tests
{

namespace
{

/**
 * @brief A time as the record has it.
 * @param time the time
 * @return microseconds, with nanoseconds behind a point if there are any
 */
std::string
ToText(Time time)
{
    const int64_t nanoseconds = time.GetNanoSeconds();
    std::string text = std::to_string(nanoseconds / 1000);
    if (nanoseconds % 1000 != 0)
    {
        text += "." + std::to_string(1000 + nanoseconds % 1000).substr(1);
    }
    return text;
}

/**
 * @brief The bytes of a packet.
 * @param packet the packet
 * @return hexadecimal text
 */
std::string
ToText(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return ToHex(bytes);
}

/**
 * @brief The end of an address.
 * @param address the address
 * @return its last byte
 */
std::string
ToText(Mac48Address address)
{
    uint8_t bytes[6];
    address.CopyTo(bytes);
    return std::to_string(bytes[5]);
}

} // namespace

NetDeviceContainer
EthernetTestNetwork::Cable(const NodeContainer& nodes)
{
    CsmaHelper csma;
    csma.SetChannelAttribute("DataRate", StringValue("5120kbps"));
    csma.SetChannelAttribute("Delay", TimeValue(MicroSeconds(10)));
    NetDeviceContainer devices = csma.Install(nodes);
    for (uint32_t i = 0; i < devices.GetN(); i++)
    {
        uint8_t bytes[6] = {0, 0, 0, 0, 0, static_cast<uint8_t>(++m_devices)};
        Mac48Address address;
        address.CopyFrom(bytes);
        devices.Get(i)->SetAddress(address);
    }
    m_stream += csma.AssignStreams(devices, m_stream);
    return devices;
}

Ptr<EthernetKeepalive>
EthernetTestNetwork::Watch(const std::string& who, Ptr<NetDevice> device)
{
    Ptr<ConstantRandomVariable> phase = CreateObject<ConstantRandomVariable>();
    phase->SetAttribute("Constant", DoubleValue(0.3));
    EthernetKeepaliveHelper helper;
    helper.SetAttribute("KeepaliveStartPhase", PointerValue(phase));
    Ptr<EthernetKeepalive> keepalive = helper.Install(device);
    using Network = EthernetTestNetwork;
    keepalive->TraceConnect("LineProtocol", who, MakeCallback(&Network::LineProtocol, this));
    keepalive->TraceConnect("KeepaliveTx", who, MakeCallback(&Network::KeepaliveTx, this));
    keepalive->TraceConnect("KeepaliveRx", who, MakeCallback(&Network::KeepaliveRx, this));
    keepalive->TraceConnect("Loop", who, MakeCallback(&Network::Loop, this));
    keepalive->TraceConnect("ErrDisable", who, MakeCallback(&Network::ErrDisable, this));
    keepalive->TraceConnect("AdminState", who, MakeCallback(&Network::AdminState, this));
    keepalive->TraceConnect("Forward", who, MakeCallback(&Network::Forward, this));
    keepalive->TraceConnect("Ping", who, MakeCallback(&Network::Ping, this));
    keepalive->TraceConnect("Drop", who, MakeCallback(&Network::Drop, this));
    return keepalive;
}

Ptr<EthernetSwitch>
EthernetTestNetwork::Bridge(const std::string& who, Ptr<Node> node, bool learning)
{
    Ptr<EthernetSwitch> bridge = learning ? EthernetKeepaliveHelper::InstallSwitch(node)
                                          : EthernetKeepaliveHelper::InstallHub(node);
    bridge->TraceConnect("Frame", who, MakeCallback(&EthernetTestNetwork::Frame, this));
    bridge->TraceConnect("Learn", who, MakeCallback(&EthernetTestNetwork::Learn, this));
    bridge->TraceConnect("Drop", who, MakeCallback(&EthernetTestNetwork::Drop, this));
    return bridge;
}

void
EthernetTestNetwork::SendAt(Time at,
                            Ptr<NetDevice> device,
                            const std::string& source,
                            const std::string& destination,
                            const std::string& hex)
{
    Simulator::ScheduleWithContext(device->GetNode()->GetId(),
                                   at,
                                   &EthernetTestNetwork::Send,
                                   this,
                                   device,
                                   source,
                                   destination,
                                   hex);
}

void
EthernetTestNetwork::Send(Ptr<NetDevice> device,
                          std::string source,
                          std::string destination,
                          std::string hex)
{
    const std::vector<uint8_t> bytes = ToBytes(hex);
    device->SendFrom(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                     Mac48Address(source.c_str()),
                     Mac48Address(destination.c_str()),
                     EthernetLoopHeader::ETHER_TYPE);
}

void
EthernetTestNetwork::Listen(const std::string& who, Ptr<NetDevice> device)
{
    m_listeners[device] = who;
    device->GetNode()->RegisterProtocolHandler(MakeCallback(&EthernetTestNetwork::Hear, this),
                                               0,
                                               device,
                                               true);
}

void
EthernetTestNetwork::Hear(Ptr<NetDevice> device,
                          Ptr<const Packet> /* packet */,
                          uint16_t /* protocol */,
                          const Address& source,
                          const Address& destination,
                          NetDevice::PacketType /* type */)
{
    Record(m_listeners[device],
           "got " + ToText(Mac48Address::ConvertFrom(source)) + " to " +
               ToText(Mac48Address::ConvertFrom(destination)));
}

void
EthernetTestNetwork::Reflect(Ptr<NetDevice> device, Time from, Time to)
{
    m_spans[device] = Span{from, to};
    device->GetNode()->RegisterProtocolHandler(MakeCallback(&EthernetTestNetwork::SendBack, this),
                                               0,
                                               device,
                                               true);
}

void
EthernetTestNetwork::SendBack(Ptr<NetDevice> device,
                              Ptr<const Packet> packet,
                              uint16_t protocol,
                              const Address& source,
                              const Address& destination,
                              NetDevice::PacketType /* type */)
{
    const Span& span = m_spans[device];
    if (Simulator::Now() >= span.from && Simulator::Now() < span.to)
    {
        device->SendFrom(packet->Copy(), source, destination, protocol);
    }
}

void
EthernetTestNetwork::Capture(Ptr<NetDevice> device)
{
    device->TraceConnectWithoutContext("PhyTxBegin",
                                       MakeCallback(&EthernetTestNetwork::PhyTxBegin, this));
}

void
EthernetTestNetwork::PhyTxBegin(Ptr<const Packet> packet)
{
    m_frames.push_back(ToText(packet->CreateFragment(0, packet->GetSize() - 4)));
}

void
EthernetTestNetwork::RunUntil(Time until)
{
    Simulator::Stop(until - Simulator::Now());
    Simulator::Run();
}

std::string
EthernetTestNetwork::Find(const std::string& who, const std::string& what) const
{
    std::string found;
    for (const auto& line : m_lines)
    {
        if ((who.empty() || line.who == who) && line.what.compare(0, what.size(), what) == 0)
        {
            found += line.time + " " + line.who + " " + line.what + "\n";
        }
    }
    return found;
}

const std::vector<std::string>&
EthernetTestNetwork::GetFrames() const
{
    return m_frames;
}

Ptr<CsmaNetDevice>
EthernetTestNetwork::ToCsma(Ptr<NetDevice> device)
{
    return DynamicCast<CsmaNetDevice>(device);
}

void
EthernetTestNetwork::SetPlugged(Ptr<NetDevice> device, bool plugged)
{
    Ptr<CsmaChannel> channel = DynamicCast<CsmaChannel>(device->GetChannel());
    if (plugged)
    {
        channel->Reattach(ToCsma(device));
    }
    else
    {
        channel->Detach(ToCsma(device));
    }
}

// ---- trace sinks ----

void
EthernetTestNetwork::Record(const std::string& who, const std::string& what)
{
    m_lines.push_back(Line{ToText(Simulator::Now()), who, what});
}

void
EthernetTestNetwork::LineProtocol(std::string who, const DetectionEvent& event)
{
    Record(who, std::string("line ") + (event.up ? "up " : "down ") + ToString(event.cause));
}

void
EthernetTestNetwork::KeepaliveTx(std::string who, Ptr<const Packet>, uint32_t counter)
{
    Record(who, "tx " + std::to_string(counter));
}

void
EthernetTestNetwork::KeepaliveRx(std::string who, Ptr<const Packet>, uint32_t counter)
{
    Record(who, "rx " + std::to_string(counter));
}

void
EthernetTestNetwork::Loop(std::string who, Ptr<const Packet> frame)
{
    Record(who, "loop " + std::to_string(frame->GetSize()));
}

void
EthernetTestNetwork::ErrDisable(std::string who, bool disabled)
{
    Record(who, disabled ? "err-disable on" : "err-disable off");
}

void
EthernetTestNetwork::AdminState(std::string who, bool up)
{
    Record(who, up ? "admin up" : "admin down");
}

void
EthernetTestNetwork::Forward(std::string who, Ptr<const Packet> frame)
{
    Record(who, "forward " + std::to_string(frame->GetSize()));
}

void
EthernetTestNetwork::Ping(std::string who, const EthernetPingResult& result)
{
    Record(who,
           "ping " + std::to_string(result.receiptNumber) +
               (result.answered ? " answered " : " given up ") + ToText(result.roundTrip));
}

void
EthernetTestNetwork::Drop(std::string who, Ptr<const Packet>, DropReason reason)
{
    Record(who, std::string("drop ") + ToString(reason));
}

void
EthernetTestNetwork::Learn(std::string who, Mac48Address address, uint32_t port)
{
    Record(who, "learn " + ToText(address) + " on " + std::to_string(port));
}

void
EthernetTestNetwork::Frame(std::string who,
                           Ptr<const Packet>,
                           uint32_t port,
                           EthernetSwitch::Action action)
{
    static const std::map<EthernetSwitch::Action, std::string> names = {
        {EthernetSwitch::Action::FORWARDED, "forwarded"},
        {EthernetSwitch::Action::FLOODED, "flooded"},
        {EthernetSwitch::Action::FILTERED, "filtered"},
        {EthernetSwitch::Action::LOCAL, "local"},
        {EthernetSwitch::Action::BLOCKED, "blocked"}};
    Record(who, "frame " + std::to_string(port) + " " + names.at(action));
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
