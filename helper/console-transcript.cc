/* SPDX-License-Identifier: GPL-2.0-only */

#include "console-transcript.h"

#include "ns3/boolean.h"
#include "ns3/integer.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace ns3
{
namespace keepalive
{

namespace
{

const Time RATE_WINDOW = Seconds(30); //!< "30 second input rate"

/**
 * @brief Format as printf does.
 * @param format the format
 * @return the text
 */
__attribute__((format(printf, 1, 2))) std::string
Format(const char* format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return text;
}

/**
 * @brief How long ago something was, as routers print it.
 * @param when the time; zero means never
 * @return HH:MM:SS or "never"
 */
std::string
Ago(Time when)
{
    if (when.IsZero())
    {
        return "never";
    }
    return ConsoleTranscript::Timestamp(Simulator::Now() - when).substr(0, 8);
}

/**
 * @brief A duration in seconds without useless decimals: 5, 0.5, 0.125.
 * @param time the duration
 * @return the number
 */
std::string
ShortSeconds(Time time)
{
    return Format("%.6g", time.GetSeconds());
}

/**
 * @brief An address as text.
 * @param address the address
 * @return dotted decimal
 */
std::string
ToText(Ipv4Address address)
{
    const uint32_t a = address.Get();
    return Format("%u.%u.%u.%u", a >> 24, (a >> 16) & 0xff, (a >> 8) & 0xff, a & 0xff);
}

/**
 * @brief A keepalive as routers print it.
 * @param keepalive the keepalive, from its inner IP header on
 * @return SOURCE->DESTINATION (len=L ttl=T)
 */
std::string
DescribeKeepalive(Ptr<const Packet> keepalive)
{
    Ipv4Header header;
    keepalive->PeekHeader(header);
    return ToText(header.GetSource()) + "->" + ToText(header.GetDestination()) +
           Format(" (len=%u ttl=%u)", keepalive->GetSize(), header.GetTtl());
}

/**
 * @brief The Internet address line of a device.
 * @param device the device
 * @return the whole line
 */
std::string
InternetAddress(Ptr<GreTunnelDevice> device)
{
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    const int32_t interface = ipv4 ? ipv4->GetInterfaceForDevice(device) : -1;
    if (interface < 0 || ipv4->GetNAddresses(interface) == 0)
    {
        return "  Internet address not set";
    }
    const Ipv4InterfaceAddress address = ipv4->GetAddress(interface, 0);
    return "  Internet address is " + ToText(address.GetLocal()) + "/" +
           std::to_string(address.GetMask().GetPrefixLength());
}

} // namespace

// ---- what is watched ----

void
ConsoleTranscript::AddStream(std::ostream& out)
{
    m_streams.push_back(&out);
}

void
ConsoleTranscript::Watch(Ptr<GreTunnelDevice> device, const std::string& router)
{
    m_consoles.push_back({this, device, router, {}, {}});
    Console* console = &m_consoles.back();
    device->TraceConnectWithoutContext("LineProtocol",
                                       MakeBoundCallback(&ConsoleTranscript::Line, console));
    device->TraceConnectWithoutContext("AdminState",
                                       MakeBoundCallback(&ConsoleTranscript::Admin, console));
    device->TraceConnectWithoutContext("KeepaliveTx",
                                       MakeBoundCallback(&ConsoleTranscript::Tx, console));
    device->TraceConnectWithoutContext("KeepaliveRx",
                                       MakeBoundCallback(&ConsoleTranscript::Rx, console));
    device->TraceConnectWithoutContext("BytesTx",
                                       MakeBoundCallback(&ConsoleTranscript::CountTx, console));
    device->TraceConnectWithoutContext("BytesRx",
                                       MakeBoundCallback(&ConsoleTranscript::CountRx, console));
}

void
ConsoleTranscript::Watch(Ptr<FailureInjector> injector)
{
    injector->TraceConnectWithoutContext("Failure",
                                         MakeCallback(&ConsoleTranscript::Failure, this));
}

// ---- messages ----

void
ConsoleTranscript::Tx(Console* console, Ptr<const Packet> keepalive, uint32_t counter)
{
    console->transcript->Message(console->router,
                                 console->device->GetName() + ": sending keepalive, " +
                                     DescribeKeepalive(keepalive) +
                                     Format(", counter=%u", counter));
}

void
ConsoleTranscript::Rx(Console* console, Ptr<const Packet> keepalive, uint32_t)
{
    console->transcript->Message(console->router,
                                 console->device->GetName() + ": keepalive received, " +
                                     DescribeKeepalive(keepalive) + ", resetting counter");
}

void
ConsoleTranscript::CountTx(Console* console, uint32_t bytes)
{
    console->output.Add(bytes);
}

void
ConsoleTranscript::CountRx(Console* console, uint32_t bytes)
{
    console->input.Add(bytes);
}

void
ConsoleTranscript::Line(Console* console, const DetectionEvent& event)
{
    ConsoleTranscript* transcript = console->transcript;
    const std::string name = console->device->GetName();
    if (event.cause == LineCause::NODE_CRASHED)
    {
        return; // a dead router prints nothing
    }
    if (event.cause == LineCause::NODE_BOOTED)
    {
        transcript->Message(console->router,
                            "%LINK-3-UPDOWN: Interface " + name + ", changed state to up");
    }
    transcript->Message(console->router,
                        "%LINEPROTO-5-UPDOWN: Line protocol on Interface " + name +
                            ", changed state to " + (event.up ? "up" : "down"));
}

void
ConsoleTranscript::Admin(Console* console, bool up)
{
    const std::string name = console->device->GetName();
    console->transcript->Message(console->router,
                                 up ? "%LINK-3-UPDOWN: Interface " + name + ", changed state to up"
                                    : "%LINK-5-CHANGED: Interface " + name +
                                          ", changed state to administratively down");
}

void
ConsoleTranscript::Failure(const FailureEvent& event)
{
    Print("! " + Timestamp(event.when) + ": " + event.target +
          (event.failed ? " fails (" : " is repaired (") + event.kind + ")");
}

void
ConsoleTranscript::Message(const std::string& router, const std::string& text)
{
    Print(router + ": " + Timestamp(Simulator::Now()) + ": " + text);
}

void
ConsoleTranscript::Print(const std::string& line)
{
    for (auto* stream : m_streams)
    {
        *stream << line << '\n';
    }
}

std::string
ConsoleTranscript::Timestamp(Time time)
{
    const int64_t ms = time.GetMilliSeconds();
    return Format("%02lld:%02lld:%02lld.%03lld",
                  static_cast<long long>(ms / 3600000),
                  static_cast<long long>(ms / 60000 % 60),
                  static_cast<long long>(ms / 1000 % 60),
                  static_cast<long long>(ms % 1000));
}

// ---- show interfaces tunnel ----

void
ConsoleTranscript::ShowInterfaces()
{
    for (auto& console : m_consoles)
    {
        ShowInterface(console);
    }
}

void
ConsoleTranscript::ShowInterface(Console& console)
{
    // Fields and order as a Cisco 7505 prints them. What this model has not is printed as routers
    // print it when there is none: errors, queues and throttles are 0.
    Ptr<GreTunnelDevice> device = console.device;
    const InterfaceCounters& counters = device->GetCounters();
    const KeepaliveProcess::Config& keepalive = device->GetKeepalive();
    const std::string name = device->GetName();
    const std::string number = name.substr(std::min(name.size(), name.find_first_of("0123456789")));

    BooleanValue checksum;
    BooleanValue sequencing;
    IntegerValue tos;
    UintegerValue ttl;
    device->GetAttribute("Checksum", checksum);
    device->GetAttribute("SequenceNumbers", sequencing);
    device->GetAttribute("Tos", tos);
    device->GetAttribute("Ttl", ttl);
    const std::string key =
        device->GetKey() ? Format("key 0x%X", *device->GetKey()) : std::string("key disabled");
    const auto tosBits = static_cast<unsigned>(std::max<int64_t>(0, tos.Get()));

    Print("");
    if (!device->IsPowered())
    {
        Print("! " + console.router + " has no power");
        return;
    }
    Print(console.router + "#show interfaces tunnel " + number);
    Print(name + " is " + (device->IsAdminUp() ? "up" : "administratively down") +
          ", line protocol is " + (device->IsLineUp() ? "up" : "down"));
    Print("  Hardware is Tunnel");
    Print(InternetAddress(device));
    Print(Format("  MTU %u bytes, BW 9 Kbit, DLY 500000 usec, rely 255/255, load 1/255",
                 device->GetMtu()));
    Print("  Encapsulation TUNNEL, loopback not set");
    Print(keepalive.interval.IsStrictlyPositive()
              ? "  Keepalive set (" + ShortSeconds(keepalive.interval) + " sec), retries " +
                    std::to_string(keepalive.retries)
              : std::string("  Keepalive not set"));
    Print("  Tunnel source " + ToText(device->GetLocal()) + ", destination " +
          ToText(device->GetRemote()));
    Print("  Tunnel protocol/transport GRE/IP, " + key + ", sequencing " +
          (sequencing.Get() ? "enabled" : "disabled"));
    Print(Format("  Tunnel TOS 0x%X, Tunnel TTL %u", tosBits, static_cast<unsigned>(ttl.Get())));
    Print(std::string("  Checksumming of packets ") + (checksum.Get() ? "enabled" : "disabled") +
          ", fast tunneling enabled");
    Print("  Last input " + Ago(counters.lastInput) + ", output " + Ago(counters.lastOutput) +
          ", output hang never");
    Print("  Last clearing of \"show interface\" counters never");
    Print("  Queueing strategy: fifo");
    Print(Format("  Output queue 0/0, %llu drops; input queue 0/75, %llu drops",
                 static_cast<unsigned long long>(counters.txDrops),
                 static_cast<unsigned long long>(counters.rxDrops)));
    Print("  30 second input rate " + console.input.Print());
    Print("  30 second output rate " + console.output.Print());
    Print(Format("    %llu packets input, %llu bytes, 0 no buffer",
                 static_cast<unsigned long long>(counters.rxPackets),
                 static_cast<unsigned long long>(counters.rxBytes)));
    Print("    Received 0 broadcasts, 0 runts, 0 giants, 0 throttles");
    Print("    0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored, 0 abort");
    Print(Format("    %llu packets output, %llu bytes, 0 underruns",
                 static_cast<unsigned long long>(counters.txPackets),
                 static_cast<unsigned long long>(counters.txBytes)));
    Print("    0 output errors, 0 collisions, 0 interface resets");
    Print("    0 output buffer failures, 0 output buffers swapped out");
}

void
ConsoleTranscript::RateWindow::Add(uint32_t bytes)
{
    m_packets.emplace_back(Simulator::Now(), bytes);
    m_bytes += bytes;
    Prune();
}

std::string
ConsoleTranscript::RateWindow::Print()
{
    Prune();
    const double seconds = RATE_WINDOW.GetSeconds();
    return Format("%.0f bits/sec, %.0f packets/sec",
                  static_cast<double>(m_bytes) * 8 / seconds,
                  static_cast<double>(m_packets.size()) / seconds);
}

void
ConsoleTranscript::RateWindow::Prune()
{
    while (!m_packets.empty() && m_packets.front().first + RATE_WINDOW < Simulator::Now())
    {
        m_bytes -= m_packets.front().second;
        m_packets.pop_front();
    }
}

} // namespace keepalive
} // namespace ns3
