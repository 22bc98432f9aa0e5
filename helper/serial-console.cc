/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-console.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

const Time REPORT_DELAY = Seconds(1); //!< from a change of the line protocol to its message

/// "(disabled)": more errors than this within a keepalive interval, which is 10 s by default.
constexpr uint64_t DISABLING_ERRORS = 5000;

/**
 * @brief A share as routers print it.
 * @param share 0 or more; more than 1 counts as 1
 * @return n in n/255, at least 1
 */
unsigned
ToShareOf255(double share)
{
    return std::max(1U, static_cast<unsigned>(255 * std::min(share, 1.0)));
}

/**
 * @brief A control signal.
 * @param name its name
 * @param up whether it is asserted
 * @return NAME=up or NAME=down
 */
std::string
DescribeSignal(const char* name, bool up)
{
    return std::string(name) + (up ? "=up" : "=down");
}

} // namespace

SerialConsole::SerialConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

SerialConsole::~SerialConsole()
{
    for (auto& interface : m_interfaces)
    {
        interface.report.Cancel();
    }
}

SerialConsole::Interface*
SerialConsole::WatchInterface(Ptr<SerialNetDevice> device, const std::string& router)
{
    m_interfaces.push_back(
        {&m_transcript, device, router, Link::UNTOLD, device->IsLineUp(), EventId(), {}, {}, {}});
    Interface* interface = &m_interfaces.back();
    if (device->IsPowered())
    {
        // As it is now: what happened before was not seen.
        interface->toldLink = !device->IsAdminUp()   ? Link::ADMIN_DOWN
                              : device->HasCarrier() ? Link::UP
                                                     : Link::DOWN;
    }
    device->TraceConnectWithoutContext("LineProtocol",
                                       MakeBoundCallback(&SerialConsole::Line, interface));
    device->TraceConnectWithoutContext("AdminState",
                                       MakeBoundCallback(&SerialConsole::Admin, interface));
    device->TraceConnectWithoutContext("Power",
                                       MakeBoundCallback(&SerialConsole::Power, interface));
    device->TraceConnectWithoutContext("Carrier",
                                       MakeBoundCallback(&SerialConsole::Carrier, interface));
    device->TraceConnectWithoutContext("BytesTx",
                                       MakeBoundCallback(&SerialConsole::CountTx, interface));
    device->TraceConnectWithoutContext("BytesRx",
                                       MakeBoundCallback(&SerialConsole::CountRx, interface));
    device->TraceConnectWithoutContext("Drop", MakeBoundCallback(&SerialConsole::Drop, interface));
    return interface;
}

uint64_t
SerialConsole::GetResets(Ptr<SerialNetDevice> /* device */) const
{
    return 0;
}

// ---- messages ----

void
SerialConsole::Say(const Interface* interface, const std::string& text)
{
    if (interface->device->IsPowered())
    {
        interface->transcript->Message(interface->router, text);
    }
}

void
SerialConsole::Line(Interface* interface, const DetectionEvent& event)
{
    TellLink(interface, interface->device->HasCarrier());
    interface->report.Cancel();
    if (event.up != interface->toldUp)
    {
        interface->report = Simulator::Schedule(REPORT_DELAY, &SerialConsole::TellLine, interface);
    }
}

void
SerialConsole::TellLine(Interface* interface)
{
    interface->toldUp = interface->device->IsLineUp();
    Say(interface,
        "%LINEPROTO-5-UPDOWN: Line protocol on Interface " + interface->device->GetName() +
            ", changed state to " + (interface->toldUp ? "up" : "down"));
}

void
SerialConsole::Admin(Interface* interface, bool /* up */)
{
    TellLink(interface, interface->device->HasCarrier());
}

void
SerialConsole::Power(Interface* interface, bool /* powered */)
{
    TellLink(interface, interface->device->HasCarrier());
}

void
SerialConsole::Carrier(Interface* interface, bool carrier)
{
    TellLink(interface, carrier);
}

void
SerialConsole::TellLink(Interface* interface, bool carrier)
{
    Ptr<const SerialNetDevice> device = interface->device;
    if (!device->IsPowered())
    {
        Forget(interface);
        return;
    }
    const Link link = !device->IsAdminUp() ? Link::ADMIN_DOWN : carrier ? Link::UP : Link::DOWN;
    if (link == interface->toldLink)
    {
        return;
    }
    interface->toldLink = link;
    const char* told = link == Link::ADMIN_DOWN ? "%LINK-5-CHANGED" : "%LINK-3-UPDOWN";
    const char* state = link == Link::ADMIN_DOWN ? "administratively down"
                        : link == Link::UP       ? "up"
                                                 : "down";
    Say(interface,
        std::string(told) + ": Interface " + device->GetName() + ", changed state to " + state);
}

void
SerialConsole::Forget(Interface* interface)
{
    interface->report.Cancel();
    interface->toldLink = Link::UNTOLD;
    interface->toldUp = false;
}

void
SerialConsole::CountTx(Interface* interface, uint32_t bytes)
{
    interface->output.Add(bytes);
}

void
SerialConsole::CountRx(Interface* interface, uint32_t bytes)
{
    interface->input.Add(bytes);
}

void
SerialConsole::Drop(Interface* interface, Ptr<const Packet> packet, DropReason reason)
{
    if (reason == DropReason::BAD_FCS)
    {
        interface->errors.Add(packet->GetSize());
    }
}

// ---- show interfaces serial ----

void
SerialConsole::ShowInterfaces()
{
    for (auto& interface : m_interfaces)
    {
        ShowInterface(interface);
    }
}

std::string
SerialConsole::DescribeKeepalive(Ptr<const SerialNetDevice> device)
{
    const Time interval = device->GetKeepalive().interval;
    return interval.IsStrictlyPositive()
               ? "keepalive set (" + ConsoleTranscript::ShortSeconds(interval) + " sec)"
               : std::string("keepalive not set");
}

std::string
SerialConsole::DescribeState(Interface& interface) const
{
    Ptr<SerialNetDevice> device = interface.device;
    const std::string name = device->GetName();
    if (!device->IsAdminUp())
    {
        return name + " is administratively down, line protocol is down";
    }
    if (!device->HasCarrier())
    {
        return name + " is down, line protocol is down";
    }
    const bool up = device->IsLineUp();
    std::string state = name + " is up, line protocol is " + (up ? "up" : "down");
    if (IsLooped(device))
    {
        state += " (looped)";
    }
    else if (up)
    {
        state += " (connected)";
    }
    else if (interface.errors.CountPackets(Seconds(10)) > DISABLING_ERRORS)
    {
        state += " (disabled)";
    }
    return state;
}

void
SerialConsole::ShowInterface(Interface& interface)
{
    Ptr<SerialNetDevice> device = interface.device;
    if (!m_transcript.BeginShow(interface.router, "serial", device))
    {
        return;
    }
    // Reliability and load are those of the window of the rates; routers average them exponentially
    // over five minutes. Reliability: the frames accepted, of those and the ones with errors. Load:
    // that of the busier direction.
    const auto bandwidth = static_cast<double>(device->GetDataRate().GetBitRate());
    const double load =
        std::max(interface.input.GetBitRate(), interface.output.GetBitRate()) / bandwidth;
    const double sound = interface.input.GetPacketRate();
    const double errors = interface.errors.GetPacketRate();
    const double reliability = errors > 0 ? sound / (sound + errors) : 1;

    m_transcript.Print(DescribeState(interface));
    m_transcript.Print("  Hardware is HD64570");
    m_transcript.Print(ConsoleTranscript::InternetAddress(device));
    m_transcript.Print(ConsoleTranscript::Format(
        "  MTU %u bytes, BW %.0f Kbit, DLY 20000 usec, rely %u/255, load %u/255",
        device->GetMtu(),
        bandwidth / 1000,
        ToShareOf255(reliability),
        ToShareOf255(load)));
    for (const auto& line : DescribeEncapsulation(device))
    {
        m_transcript.Print(line);
    }
    // Before the simulation begins there may be no queue yet.
    Ptr<const Queue<Packet>> queue = device->GetQueue();
    m_transcript.PrintTraffic({device->GetCounters(),
                               interface.input,
                               interface.output,
                               queue ? queue->GetCurrentSize().GetValue() : 0,
                               queue ? queue->GetMaxSize().GetValue() : 0,
                               device->GetFcsErrors(),
                               GetResets(device)});
    m_transcript.Print(ConsoleTranscript::Format(
        "    %llu carrier transitions",
        static_cast<unsigned long long>(device->GetCarrierTransitions())));
    // DTR and RTS are this end's, and are asserted together. The others are the line's: what there
    // is besides its carrier comes and goes with it.
    const bool line = device->HasCarrier();
    const bool own = device->GetSerialChannel()->GetWireFrom(device)->IsDtrAsserted();
    m_transcript.Print("    " + DescribeSignal("DCD", line) + "  " + DescribeSignal("DSR", line) +
                       "  " + DescribeSignal("DTR", own) + "  " + DescribeSignal("RTS", own) +
                       "  " + DescribeSignal("CTS", line));
}

} // namespace keepalive
} // namespace ns3
