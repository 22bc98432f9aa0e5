/* SPDX-License-Identifier: GPL-2.0-only */

#include "console-transcript.h"

#include "rate-window.h"

#include "ns3/ipv4.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace ns3
{
namespace keepalive
{

void
ConsoleTranscript::AddStream(std::ostream& out)
{
    m_streams.push_back(&out);
}

void
ConsoleTranscript::SetClock(Time timeOfDay)
{
    m_clock = timeOfDay;
}

void
ConsoleTranscript::Watch(Ptr<FailureInjector> injector)
{
    injector->TraceConnectWithoutContext("Failure",
                                         MakeCallback(&ConsoleTranscript::Failure, this));
}

// ---- lines ----

void
ConsoleTranscript::Failure(const FailureEvent& event)
{
    Print("! " + Timestamp(ToClock(event.when)) + ": " + event.target +
          (event.failed ? " fails (" : " is repaired (") + event.kind + ")");
}

void
ConsoleTranscript::Message(const std::string& router, const std::string& text)
{
    Print(router + ": " + Timestamp(ToClock(Simulator::Now())) + ": " + text);
}

void
ConsoleTranscript::Print(const std::string& line)
{
    for (auto* stream : m_streams)
    {
        *stream << line << '\n';
    }
}

Time
ConsoleTranscript::ToClock(Time time) const
{
    if (!m_clock)
    {
        return time;
    }
    return TimeStep((*m_clock + time).GetTimeStep() % Hours(24).GetTimeStep());
}

// ---- show interfaces ----

bool
ConsoleTranscript::BeginShow(const std::string& router,
                             const std::string& kind,
                             Ptr<const KeepaliveNetDevice> device)
{
    Print("");
    if (!device->IsPowered())
    {
        Print("! " + router + " has no power");
        return false;
    }
    const std::string name = device->GetName();
    Print(router + "#show interfaces " + kind + " " +
          name.substr(std::min(name.size(), name.find_first_of("0123456789"))));
    return true;
}

void
ConsoleTranscript::PrintTraffic(const Traffic& traffic)
{
    // What this model has not is printed as routers print it when there is none: 0.
    const InterfaceCounters& counters = traffic.counters;
    const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
    Print("  Last input " + Ago(counters.lastInput) + ", output " + Ago(counters.lastOutput) +
          ", output hang never");
    Print("  Last clearing of \"show interface\" counters never");
    Print("  Queueing strategy: fifo");
    // Frames with errors never came to the input queue.
    Print(Format("  Output queue %u/%u, %llu drops; input queue 0/75, %llu drops",
                 traffic.queued,
                 traffic.queueLimit,
                 number(counters.txDrops),
                 number(counters.rxDrops - traffic.crcErrors)));
    Print(Format("  30 second input rate %.0f bits/sec, %.0f packets/sec",
                 traffic.input.GetBitRate(),
                 traffic.input.GetPacketRate()));
    Print(Format("  30 second output rate %.0f bits/sec, %.0f packets/sec",
                 traffic.output.GetBitRate(),
                 traffic.output.GetPacketRate()));
    Print(Format("    %llu packets input, %llu bytes, 0 no buffer",
                 number(counters.rxPackets),
                 number(counters.rxBytes)));
    Print("    Received 0 broadcasts, 0 runts, 0 giants, 0 throttles");
    Print(Format("    %llu input errors, %llu CRC, 0 frame, 0 overrun, 0 ignored, 0 abort",
                 number(traffic.crcErrors),
                 number(traffic.crcErrors)));
    Print(Format("    %llu packets output, %llu bytes, 0 underruns",
                 number(counters.txPackets),
                 number(counters.txBytes)));
    Print(
        Format("    0 output errors, 0 collisions, %llu interface resets", number(traffic.resets)));
    Print("    0 output buffer failures, 0 output buffers swapped out");
}

std::string
ConsoleTranscript::InternetAddress(Ptr<NetDevice> device)
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

// ---- text ----

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

std::string
ConsoleTranscript::Format(const char* format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return text;
}

std::string
ConsoleTranscript::Ago(Time when)
{
    if (when.IsZero())
    {
        return "never";
    }
    return Timestamp(Simulator::Now() - when).substr(0, 8);
}

std::string
ConsoleTranscript::ShortSeconds(Time time)
{
    return Format("%.6g", time.GetSeconds());
}

std::string
ConsoleTranscript::ToText(Ipv4Address address)
{
    const uint32_t a = address.Get();
    return Format("%u.%u.%u.%u", a >> 24, (a >> 16) & 0xff, (a >> 8) & 0xff, a & 0xff);
}

} // namespace keepalive
} // namespace ns3
