/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-console.h"

#include "ns3/boolean.h"
#include "ns3/integer.h"
#include "ns3/ipv4-header.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

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
    return ConsoleTranscript::ToText(header.GetSource()) + "->" +
           ConsoleTranscript::ToText(header.GetDestination()) +
           ConsoleTranscript::Format(" (len=%u ttl=%u)", keepalive->GetSize(), header.GetTtl());
}

} // namespace

GreConsole::GreConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
GreConsole::Watch(Ptr<GreTunnelDevice> device, const std::string& router)
{
    m_tunnels.push_back({&m_transcript, device, router, {}, {}});
    Tunnel* tunnel = &m_tunnels.back();
    device->TraceConnectWithoutContext("LineProtocol",
                                       MakeBoundCallback(&GreConsole::Line, tunnel));
    device->TraceConnectWithoutContext("AdminState", MakeBoundCallback(&GreConsole::Admin, tunnel));
    device->TraceConnectWithoutContext("KeepaliveTx", MakeBoundCallback(&GreConsole::Tx, tunnel));
    device->TraceConnectWithoutContext("KeepaliveRx", MakeBoundCallback(&GreConsole::Rx, tunnel));
    device->TraceConnectWithoutContext("BytesTx", MakeBoundCallback(&GreConsole::CountTx, tunnel));
    device->TraceConnectWithoutContext("BytesRx", MakeBoundCallback(&GreConsole::CountRx, tunnel));
}

// ---- messages ----

void
GreConsole::Tx(Tunnel* tunnel, Ptr<const Packet> keepalive, uint32_t counter)
{
    tunnel->transcript->Message(tunnel->router,
                                tunnel->device->GetName() + ": sending keepalive, " +
                                    DescribeKeepalive(keepalive) +
                                    ConsoleTranscript::Format(", counter=%u", counter));
}

void
GreConsole::Rx(Tunnel* tunnel, Ptr<const Packet> keepalive, uint32_t)
{
    tunnel->transcript->Message(tunnel->router,
                                tunnel->device->GetName() + ": keepalive received, " +
                                    DescribeKeepalive(keepalive) + ", resetting counter");
}

void
GreConsole::CountTx(Tunnel* tunnel, uint32_t bytes)
{
    tunnel->output.Add(bytes);
}

void
GreConsole::CountRx(Tunnel* tunnel, uint32_t bytes)
{
    tunnel->input.Add(bytes);
}

void
GreConsole::Line(Tunnel* tunnel, const DetectionEvent& event)
{
    ConsoleTranscript* transcript = tunnel->transcript;
    const std::string name = tunnel->device->GetName();
    if (event.cause == LineCause::NODE_CRASHED)
    {
        return; // a dead router prints nothing
    }
    if (event.cause == LineCause::NODE_BOOTED)
    {
        transcript->Message(tunnel->router,
                            "%LINK-3-UPDOWN: Interface " + name + ", changed state to up");
    }
    transcript->Message(tunnel->router,
                        "%LINEPROTO-5-UPDOWN: Line protocol on Interface " + name +
                            ", changed state to " + (event.up ? "up" : "down"));
}

void
GreConsole::Admin(Tunnel* tunnel, bool up)
{
    const std::string name = tunnel->device->GetName();
    tunnel->transcript->Message(tunnel->router,
                                up ? "%LINK-3-UPDOWN: Interface " + name + ", changed state to up"
                                   : "%LINK-5-CHANGED: Interface " + name +
                                         ", changed state to administratively down");
}

// ---- show interfaces tunnel ----

void
GreConsole::ShowInterfaces()
{
    for (auto& tunnel : m_tunnels)
    {
        ShowInterface(tunnel);
    }
}

void
GreConsole::ShowInterface(Tunnel& tunnel)
{
    // Fields and order as a Cisco 7505 prints them.
    Ptr<GreTunnelDevice> device = tunnel.device;
    if (!m_transcript.BeginShow(tunnel.router, "tunnel", device))
    {
        return;
    }
    BooleanValue checksum;
    BooleanValue sequencing;
    IntegerValue tos;
    UintegerValue ttl;
    device->GetAttribute("Checksum", checksum);
    device->GetAttribute("SequenceNumbers", sequencing);
    device->GetAttribute("Tos", tos);
    device->GetAttribute("Ttl", ttl);
    const KeepaliveProcess::Config& keepalive = device->GetKeepalive();
    const std::string key = device->GetKey()
                                ? ConsoleTranscript::Format("key 0x%X", *device->GetKey())
                                : std::string("key disabled");
    const auto tosBits = static_cast<unsigned>(std::max<int64_t>(0, tos.Get()));

    m_transcript.Print(device->GetName() + " is " +
                       (device->IsAdminUp() ? "up" : "administratively down") +
                       ", line protocol is " + (device->IsLineUp() ? "up" : "down"));
    m_transcript.Print("  Hardware is Tunnel");
    m_transcript.Print(ConsoleTranscript::InternetAddress(device));
    m_transcript.Print(ConsoleTranscript::Format(
        "  MTU %u bytes, BW 9 Kbit, DLY 500000 usec, rely 255/255, load 1/255",
        device->GetMtu()));
    m_transcript.Print("  Encapsulation TUNNEL, loopback not set");
    m_transcript.Print(keepalive.interval.IsStrictlyPositive()
                           ? "  Keepalive set (" +
                                 ConsoleTranscript::ShortSeconds(keepalive.interval) +
                                 " sec), retries " + std::to_string(keepalive.retries)
                           : std::string("  Keepalive not set"));
    m_transcript.Print("  Tunnel source " + ConsoleTranscript::ToText(device->GetLocal()) +
                       ", destination " + ConsoleTranscript::ToText(device->GetRemote()));
    m_transcript.Print("  Tunnel protocol/transport GRE/IP, " + key + ", sequencing " +
                       (sequencing.Get() ? "enabled" : "disabled"));
    m_transcript.Print(ConsoleTranscript::Format("  Tunnel TOS 0x%X, Tunnel TTL %u",
                                                 tosBits,
                                                 static_cast<unsigned>(ttl.Get())));
    m_transcript.Print(std::string("  Checksumming of packets ") +
                       (checksum.Get() ? "enabled" : "disabled") + ", fast tunneling enabled");
    m_transcript.PrintTraffic({device->GetCounters(), tunnel.input, tunnel.output});
}

} // namespace keepalive
} // namespace ns3
