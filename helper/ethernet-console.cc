/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-console.h"

#include "ns3/channel.h"
#include "ns3/data-rate.h"
#include "ns3/ipv4.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/string.h"

#include <algorithm>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief What "show interfaces" says of an interface's state.
 * @param keepalive its keepalive
 * @return the rest of the first line
 */
std::string
DescribeState(Ptr<const EthernetKeepalive> keepalive)
{
    const std::string line =
        std::string(", line protocol is ") + (keepalive->IsLineUp() ? "up" : "down");
    if (!keepalive->IsAdminUp())
    {
        return "administratively down" + line;
    }
    if (keepalive->IsErrDisabled())
    {
        return "down" + line + " (err-disabled)";
    }
    return (keepalive->HasCarrier() ? "up" : "down") + line;
}

} // namespace

EthernetConsole::EthernetConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
EthernetConsole::Watch(Ptr<EthernetKeepalive> keepalive,
                       const std::string& router,
                       const std::string& name)
{
    m_interfaces.push_back({&m_transcript, keepalive, router, name});
    Interface* interface = &m_interfaces.back();
    keepalive->TraceConnectWithoutContext("Loop",
                                          MakeBoundCallback(&EthernetConsole::Loop, interface));
    keepalive->TraceConnectWithoutContext(
        "ErrDisable",
        MakeBoundCallback(&EthernetConsole::ErrDisable, interface));
    keepalive->TraceConnectWithoutContext("AdminState",
                                          MakeBoundCallback(&EthernetConsole::Admin, interface));
    keepalive->TraceConnectWithoutContext("LineProtocol",
                                          MakeBoundCallback(&EthernetConsole::Line, interface));
    keepalive->TraceConnectWithoutContext("Ping",
                                          MakeBoundCallback(&EthernetConsole::Ping, interface));
}

// ---- messages ----

void
EthernetConsole::Say(const Interface* interface, const std::string& text)
{
    interface->transcript->Message(interface->router, text);
}

void
EthernetConsole::Loop(Interface* interface, Ptr<const Packet>)
{
    Say(interface,
        "%ETHCNTR-3-LOOP_BACK_DETECTED: Keepalive packet loop-back detected on " + interface->name);
}

void
EthernetConsole::ErrDisable(Interface* interface, bool disabled)
{
    const std::string name = ShortName(interface->name);
    if (disabled)
    {
        Say(interface,
            "%PM-4-ERR_DISABLE: loopback error detected on " + name + ", putting " + name +
                " in err-disable state");
    }
    else if (interface->keepalive->IsAdminUp() && interface->keepalive->IsPowered())
    {
        Say(interface,
            "%PM-4-ERR_RECOVER: Attempting to recover from loopback err-disable state on " + name);
    }
}

void
EthernetConsole::Admin(Interface* interface, bool up)
{
    Say(interface,
        up ? "%LINK-3-UPDOWN: Interface " + interface->name + ", changed state to up"
           : "%LINK-5-CHANGED: Interface " + interface->name +
                 ", changed state to administratively down");
}

void
EthernetConsole::Line(Interface* interface, const DetectionEvent& event)
{
    const std::string state = event.up ? "up" : "down";
    bool link = false; // the interface itself goes down, or comes up
    switch (event.cause)
    {
    case LineCause::NODE_CRASHED:
        return; // a dead router prints nothing
    case LineCause::NODE_BOOTED:
    case LineCause::CARRIER_LOST:
    case LineCause::CARRIER_RESTORED:
    case LineCause::ERR_DISABLED:
    case LineCause::ERR_DISABLE_RECOVERED:
        link = true;
        break;
    default:
        break;
    }
    if (link)
    {
        Say(interface,
            "%LINK-3-UPDOWN: Interface " + interface->name + ", changed state to " + state);
    }
    Say(interface,
        "%LINEPROTO-5-UPDOWN: Line protocol on Interface " + interface->name +
            ", changed state to " + state);
}

void
EthernetConsole::Ping(Interface* interface, const EthernetPingResult& result)
{
    const double milliseconds = result.roundTrip.GetSeconds() * 1000;
    Say(interface,
        "loopback ping to " + ToText(result.peer) + ": " +
            (result.answered
                 ? ConsoleTranscript::Format("reply %u after %.3f ms",
                                             static_cast<unsigned>(result.receiptNumber),
                                             milliseconds)
                 : ConsoleTranscript::Format("no reply %u within %.0f ms",
                                             static_cast<unsigned>(result.receiptNumber),
                                             milliseconds)));
}

// ---- show interfaces ----

void
EthernetConsole::ShowInterfaces()
{
    for (const auto& interface : m_interfaces)
    {
        ShowInterface(interface);
    }
}

void
EthernetConsole::ShowInterface(const Interface& interface)
{
    Ptr<EthernetKeepalive> keepalive = interface.keepalive;
    Ptr<NetDevice> device = keepalive->GetDevice();
    m_transcript.Print("");
    if (!keepalive->IsPowered())
    {
        m_transcript.Print("! " + interface.router + " has no power");
        return;
    }
    m_transcript.Print(interface.router + "#show interfaces " + interface.name);
    m_transcript.Print(interface.name + " is " + DescribeState(keepalive));
    const std::string address = ToText(Mac48Address::ConvertFrom(device->GetAddress()));
    m_transcript.Print("  Hardware is Fast Ethernet, address is " + address + " (bia " + address +
                       ")");
    if (device->GetNode()->GetObject<Ipv4>())
    {
        m_transcript.Print(ConsoleTranscript::InternetAddress(device));
    }
    DataRateValue rate(DataRate(0));
    device->GetChannel()->GetAttributeFailSafe("DataRate", rate);
    m_transcript.Print(
        ConsoleTranscript::Format("  MTU %u bytes, BW %llu Kbit/sec",
                                  device->GetMtu(),
                                  static_cast<unsigned long long>(rate.Get().GetBitRate() / 1000)));
    m_transcript.Print("  Encapsulation ARPA, loopback not set");
    const Time interval = keepalive->GetKeepalive().interval;
    m_transcript.Print(interval.IsStrictlyPositive()
                           ? "  Keepalive set (" + ConsoleTranscript::ShortSeconds(interval) +
                                 " sec)"
                           : std::string("  Keepalive not set"));
    StringValue returns;
    keepalive->GetAttribute("Return", returns);
    m_transcript.Print(returns.Get() == "None" ? "  Full-duplex" : "  Half-duplex");
    const EthernetKeepalive::Counters& counters = keepalive->GetCounters();
    m_transcript.Print(ConsoleTranscript::Format(
        "     %llu keepalives sent, %llu heard, %llu from outside, %llu err-disables",
        static_cast<unsigned long long>(counters.keepalivesSent),
        static_cast<unsigned long long>(counters.keepalivesHeard),
        static_cast<unsigned long long>(counters.loops),
        static_cast<unsigned long long>(counters.errDisables)));
}

std::string
EthernetConsole::ShortName(const std::string& name)
{
    const std::size_t number = std::min(name.size(), name.find_first_of("0123456789"));
    return name.substr(0, 2) + name.substr(number);
}

std::string
EthernetConsole::ToText(Mac48Address address)
{
    uint8_t octets[6];
    address.CopyTo(octets);
    return ConsoleTranscript::Format("%02x%02x.%02x%02x.%02x%02x",
                                     octets[0],
                                     octets[1],
                                     octets[2],
                                     octets[3],
                                     octets[4],
                                     octets[5]);
}

} // namespace keepalive
} // namespace ns3
