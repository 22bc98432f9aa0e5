/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-console.h"

#include "ns3/esp-header.h"
#include "ns3/ike-header.h"
#include "ns3/ike-port.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/nat-keepalive.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint8_t IKE_VERSION_2 = 0x20; //!< as the ISAKMP header has it

/**
 * @brief An end as `show ip nat translations` has it.
 * @param end the end
 * @return ADDRESS:PORT
 */
std::string
ToText(const NatEndpoint& end)
{
    return ConsoleTranscript::ToText(Ipv4Address(end.address)) + ":" + std::to_string(end.port);
}

/**
 * @brief One direction of a flow, as conntrack has it.
 * @param from where it comes from
 * @param to where it goes to
 * @return src=... dst=... sport=... dport=...
 */
std::string
ToTuple(const NatEndpoint& from, const NatEndpoint& to)
{
    return "src=" + ConsoleTranscript::ToText(Ipv4Address(from.address)) +
           " dst=" + ConsoleTranscript::ToText(Ipv4Address(to.address)) +
           " sport=" + std::to_string(from.port) + " dport=" + std::to_string(to.port);
}

/**
 * @brief The name of a protocol.
 * @param protocol IP protocol number
 * @return such as "udp"
 */
std::string
ToProtocol(uint8_t protocol)
{
    switch (protocol)
    {
    case NatPacket::ICMP:
        return "icmp";
    case NatPacket::TCP:
        return "tcp";
    case NatPacket::UDP:
        return "udp";
    default:
        return "unknown";
    }
}

/**
 * @brief An IKE message as tcpdump prints it.
 * @param message it, from the ISAKMP header on
 * @return the text
 */
std::string
DescribeIke(Ptr<Packet> message)
{
    IkeHeader header;
    if (message->RemoveHeader(header) == 0)
    {
        return "isakmp: [|isakmp]";
    }
    const bool second = header.GetVersion() >= IKE_VERSION_2;
    switch (header.GetExchange())
    {
    case IkeHeader::EXCHANGE_INFORMATIONAL_1:
        return "isakmp: phase 2/others ? inf[E]";
    case IkeHeader::EXCHANGE_INFORMATIONAL:
        return "isakmp: child_sa  inf2";
    default:
        return second ? "isakmp: parent_sa ikev2_init" : "isakmp: phase 1 ? ident";
    }
}

/**
 * @brief What a UDP payload on port 4500 is, as tcpdump prints it.
 * @param payload the payload
 * @return the text
 */
std::string
DescribePayload(Ptr<Packet> payload)
{
    if (NatKeepalive::IsKeepalive(payload))
    {
        return "isakmp-nat-keep-alive";
    }
    uint8_t marker[IkePort::NON_ESP_MARKER_SIZE] = {};
    const uint32_t size = payload->GetSize();
    const bool whole = payload->CopyData(marker, sizeof marker) == sizeof marker;
    if (whole &&
        std::all_of(std::begin(marker), std::end(marker), [](uint8_t octet) { return octet == 0; }))
    {
        payload->RemoveAtStart(sizeof marker);
        return "NONESP-encap: " + DescribeIke(payload);
    }
    EspHeader esp;
    if (payload->RemoveHeader(esp) == 0)
    {
        return "UDP-encap: [|ESP]";
    }
    return ConsoleTranscript::Format("UDP-encap: ESP(spi=0x%08x,seq=0x%x), length %u",
                                     esp.GetSpi(),
                                     esp.GetSequenceNumber(),
                                     size);
}

} // namespace

NatConsole::NatConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
NatConsole::Watch(Ptr<NatBox> box, const std::string& name)
{
    m_boxes.push_back({&m_transcript, box, name, {}});
    Box* watched = &m_boxes.back();
    box->TraceConnectWithoutContext("BindingCreated",
                                    MakeBoundCallback(&NatConsole::Created, watched));
    box->TraceConnectWithoutContext("Translate",
                                    MakeBoundCallback(&NatConsole::Translated, watched));
    box->TraceConnectWithoutContext("BindingExpired",
                                    MakeBoundCallback(&NatConsole::Ended, watched));
}

void
NatConsole::Watch(Ptr<DpdAgent> agent, const std::string& name)
{
    m_hosts.push_back({&m_transcript, name});
    Host* host = &m_hosts.back();
    Ptr<Ipv4L3Protocol> ipv4 = agent->GetNode()->GetObject<Ipv4L3Protocol>();
    ipv4->TraceConnectWithoutContext("Tx", MakeBoundCallback(&NatConsole::Sent, host));
    ipv4->TraceConnectWithoutContext("Rx", MakeBoundCallback(&NatConsole::Received, host));
    agent->TraceConnectWithoutContext("LineProtocol", MakeBoundCallback(&NatConsole::Line, host));
    agent->GetAssociation()->TraceConnectWithoutContext(
        "Move",
        MakeBoundCallback(&NatConsole::Moved, host));
}

// ---- conntrack ----

void
NatConsole::Created(Box* box, const NatBinding& binding)
{
    const NatTcpState::State state = box->box->GetTcpState(ToPacket(binding));
    box->known.push_back({binding, false, state});
    Print(box, "    [NEW]", box->known.back());
}

void
NatConsole::Translated(Box* box, Ptr<const Packet>, const NatTranslation& translation)
{
    using Direction = NatTranslation::Direction;
    NatBinding binding;
    binding.protocol = translation.protocol;
    const bool outbound = translation.direction == Direction::OUTBOUND;
    binding.internal = outbound ? translation.source : translation.newDestination;
    binding.external = outbound ? translation.newSource : translation.destination;
    const auto known = Find(box, binding);
    if (known == box->known.end())
    {
        return;
    }
    const bool replied = known->replied || translation.direction == Direction::INBOUND;
    const NatTcpState::State state = box->box->GetTcpState(ToPacket(known->binding));
    if (replied != known->replied || state != known->state)
    {
        known->replied = replied;
        known->state = state;
        Print(box, " [UPDATE]", *known);
    }
}

void
NatConsole::Ended(Box* box, const NatBinding& binding)
{
    const auto known = Find(box, binding);
    if (known != box->known.end())
    {
        Print(box, "[DESTROY]", *known);
        box->known.erase(known);
    }
}

std::vector<NatConsole::Known>::iterator
NatConsole::Find(Box* box, const NatBinding& binding)
{
    return std::find_if(box->known.begin(), box->known.end(), [&binding](const Known& known) {
        return known.binding.protocol == binding.protocol &&
               known.binding.internal == binding.internal &&
               known.binding.external == binding.external;
    });
}

void
NatConsole::Print(Box* box, const char* kind, const Known& known)
{
    const NatBinding& binding = known.binding;
    const NatPacket packet = ToPacket(binding);
    std::string text = kind;
    text += ConsoleTranscript::Format(" %-8s %u",
                                      ToProtocol(binding.protocol).c_str(),
                                      binding.protocol);
    const std::optional<Time> deadline = box->box->GetDeadline(packet);
    if (deadline)
    {
        const Time left = *deadline - Simulator::Now();
        text += " " + std::to_string(static_cast<int64_t>(left.GetSeconds()));
    }
    if (binding.protocol == NatPacket::TCP && deadline)
    {
        text += std::string(" ") + NatTcpState::ToString(known.state);
    }
    text += " " + ToTuple(binding.internal, binding.remote);
    text += known.replied ? "" : " [UNREPLIED]";
    text += " " + ToTuple(binding.remote, binding.external);
    box->transcript->Message(box->name, text);
}

NatPacket
NatConsole::ToPacket(const NatBinding& binding)
{
    NatPacket packet;
    packet.protocol = binding.protocol;
    packet.source = binding.internal;
    packet.destination = binding.remote;
    return packet;
}

// ---- tcpdump ----

void
NatConsole::Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Datagram(host, "Out", packet);
}

void
NatConsole::Received(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Datagram(host, "In ", packet);
}

void
NatConsole::Datagram(Host* host, const char* direction, Ptr<const Packet> packet)
{
    Ptr<Packet> datagram = packet->Copy();
    Ipv4Header ip;
    UdpHeader udp;
    datagram->RemoveHeader(ip);
    if (ip.GetProtocol() != UdpL4Protocol::PROT_NUMBER || ip.GetFragmentOffset() > 0)
    {
        return;
    }
    datagram->RemoveHeader(udp);
    if (udp.GetSourcePort() != IkePort::NAT_PORT && udp.GetDestinationPort() != IkePort::NAT_PORT)
    {
        return;
    }
    host->transcript->Message(
        host->name,
        std::string(direction) + " IP " + ConsoleTranscript::ToText(ip.GetSource()) + "." +
            std::to_string(udp.GetSourcePort()) + " > " +
            ConsoleTranscript::ToText(ip.GetDestination()) + "." +
            std::to_string(udp.GetDestinationPort()) + ": " + DescribePayload(datagram));
}

// ---- the IKE program ----

void
NatConsole::Line(Host* host, const DetectionEvent& event)
{
    host->transcript->Message(host->name,
                              std::string("ike: ") +
                                  (event.up ? "the peer is back: " : "the peer is given up: ") +
                                  ToString(event.cause));
}

void
NatConsole::Moved(Host* host, const IkeEndpoint& from, const IkeEndpoint& to)
{
    const auto text = [](const IkeEndpoint& end) {
        return ConsoleTranscript::ToText(end.address) + "[" + std::to_string(end.port) + "]";
    };
    host->transcript->Message(host->name,
                              "ike: the peer moved from " + text(from) + " to " + text(to));
}

// ---- show ip nat translations ----

void
NatConsole::ShowTranslations()
{
    for (auto& box : m_boxes)
    {
        m_transcript.Print(box.name + "#show ip nat translations verbose");
        m_transcript.Print("Pro Inside global         Inside local          Outside local         "
                           "Outside global");
        for (const NatBinding& binding : box.box->GetBindings())
        {
            const std::string remote = ToText(binding.remote);
            m_transcript.Print(ConsoleTranscript::Format("%-3s %-21s %-21s %-21s %s",
                                                         ToProtocol(binding.protocol).c_str(),
                                                         ToText(binding.external).c_str(),
                                                         ToText(binding.internal).c_str(),
                                                         remote.c_str(),
                                                         remote.c_str()));
            const std::optional<Time> deadline = box.box->GetDeadline(ToPacket(binding));
            const Time created = NanoSeconds(binding.created);
            m_transcript.Print("    create " + ConsoleTranscript::Ago(created) + ", left " +
                               (deadline
                                    ? ConsoleTranscript::Timestamp(*deadline - Simulator::Now())
                                    : std::string("never")));
        }
    }
}

} // namespace keepalive
} // namespace ns3
