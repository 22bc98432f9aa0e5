/* SPDX-License-Identifier: GPL-2.0-only */

#include "script-packet.h"

#include "ns3/icmpv4.h"
#include "ns3/ipv4-address.h"
#include "ns3/nat-packet.h"
#include "ns3/sequence-number.h"
#include "ns3/tcp-header.h"
#include "ns3/udp-header.h"

#include <iomanip>
#include <sstream>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

// Types and codes of ICMP (RFC 792): ns-3 has names, but not the same ones in all versions.
constexpr uint8_t ECHO_REPLY = 0;       //!< type
constexpr uint8_t UNREACHABLE = 3;      //!< type
constexpr uint8_t HOST_UNREACHABLE = 1; //!< code
constexpr uint8_t ECHO = 8;             //!< type
constexpr uint8_t TIME_EXCEEDED = 11;   //!< type

/// The flags of TCP, each with its letter.
constexpr std::pair<char, uint8_t> FLAGS[] = {{'S', TcpHeader::SYN},
                                              {'F', TcpHeader::FIN},
                                              {'R', TcpHeader::RST},
                                              {'A', TcpHeader::ACK}};

/**
 * @brief Put a UDP header in front of a payload.
 * @param packet the payload
 * @param source where it comes from
 * @param destination where it goes to
 */
void
AddUdp(Ptr<Packet> packet, const NatEndpoint& source, const NatEndpoint& destination)
{
    UdpHeader header;
    header.SetSourcePort(source.port);
    header.SetDestinationPort(destination.port);
    header.EnableChecksums();
    header.InitializeChecksum(Ipv4Address(source.address),
                              Ipv4Address(destination.address),
                              NatPacket::UDP);
    packet->AddHeader(header);
}

/**
 * @brief Put a TCP header in front of a payload.
 * @param packet the payload
 * @param line what it says
 * @param source where it comes from
 * @param destination where it goes to
 */
void
AddTcp(Ptr<Packet> packet,
       const PacketScript::Line& line,
       const NatEndpoint& source,
       const NatEndpoint& destination)
{
    uint8_t flags = 0;
    for (const auto& [letter, flag] : FLAGS)
    {
        flags |= line.flags.find(letter) == std::string::npos ? 0 : flag;
    }
    TcpHeader header;
    header.SetSourcePort(source.port);
    header.SetDestinationPort(destination.port);
    header.SetFlags(flags);
    header.SetSequenceNumber(SequenceNumber32(line.sequence));
    header.SetAckNumber(SequenceNumber32(line.acknowledgment));
    header.SetWindowSize(line.window);
    header.EnableChecksums();
    header.InitializeChecksum(Ipv4Address(source.address),
                              Ipv4Address(destination.address),
                              NatPacket::TCP);
    packet->AddHeader(header);
}

/**
 * @brief Put the headers of an ICMP echo or reply in front of a payload.
 * @param packet the payload, replaced
 * @param type of ICMP
 * @param identifier its identifier
 */
void
AddEcho(Ptr<Packet>& packet, uint8_t type, uint16_t identifier)
{
    Icmpv4Echo echo;
    echo.SetIdentifier(identifier);
    echo.SetSequenceNumber(1);
    echo.SetData(packet);
    Icmpv4Header header;
    header.SetType(type);
    header.SetCode(0);
    header.EnableChecksum();
    packet = Create<Packet>();
    packet->AddHeader(echo);
    packet->AddHeader(header);
}

/**
 * @brief Make an ICMP error.
 * @param packet filled in
 * @param about the packet that it is about
 */
void
AddUnreachable(Ptr<Packet>& packet, Ptr<const Packet> about)
{
    Ptr<Packet> inner = about->Copy();
    Ipv4Header innerHeader;
    innerHeader.EnableChecksum();
    inner->RemoveHeader(innerHeader);
    Icmpv4DestinationUnreachable error;
    error.SetNextHopMtu(0); // of which ns-3 makes anything
    error.SetHeader(innerHeader);
    error.SetData(inner);
    Icmpv4Header header;
    header.SetType(UNREACHABLE);
    header.SetCode(HOST_UNREACHABLE);
    header.EnableChecksum();
    packet = Create<Packet>();
    packet->AddHeader(error);
    packet->AddHeader(header);
}

/**
 * @brief Look at an ICMP message.
 * @param packet the message
 * @param read filled in
 */
void
ReadIcmp(Ptr<Packet> packet, ScriptPacket& read)
{
    Icmpv4Header header;
    packet->RemoveHeader(header);
    const uint8_t type = header.GetType();
    read.protocol = "icmp";
    if (type == ECHO || type == ECHO_REPLY)
    {
        Icmpv4Echo echo;
        packet->RemoveHeader(echo);
        (type == ECHO ? read.source : read.destination).port = echo.GetIdentifier();
        read.flags = type == ECHO ? "echo" : "echo-reply";
        return;
    }
    std::ostringstream flags;
    if (type == UNREACHABLE)
    {
        flags << "unreachable";
    }
    else if (type == TIME_EXCEEDED)
    {
        flags << "time-exceeded";
    }
    else
    {
        flags << "type-" << unsigned{type};
    }
    flags << '/' << unsigned{header.GetCode()};
    read.flags = flags.str();
}

} // namespace

Ptr<Packet>
ScriptPacket::Make(const PacketScript::Line& line,
                   uint16_t identification,
                   const NatEndpoint& source,
                   const NatEndpoint& destination,
                   Ptr<const Packet> about)
{
    const std::vector<uint8_t> payload(line.size, 0xff);
    Ptr<Packet> packet = Create<Packet>(payload.data(), line.size);
    uint8_t protocol = NatPacket::ICMP;
    switch (line.kind)
    {
    case PacketScript::Kind::UDP:
        protocol = NatPacket::UDP;
        AddUdp(packet, source, destination);
        break;
    case PacketScript::Kind::TCP:
        protocol = NatPacket::TCP;
        AddTcp(packet, line, source, destination);
        break;
    case PacketScript::Kind::ECHO:
        AddEcho(packet, ECHO, source.port);
        break;
    case PacketScript::Kind::ECHO_REPLY:
        AddEcho(packet, ECHO_REPLY, destination.port);
        break;
    case PacketScript::Kind::UNREACHABLE:
        AddUnreachable(packet, about);
        break;
    case PacketScript::Kind::FLUSH:
        break;
    }
    Ipv4Header header;
    header.SetSource(Ipv4Address(source.address));
    header.SetDestination(Ipv4Address(destination.address));
    header.SetProtocol(protocol);
    header.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    header.SetIdentification(identification);
    header.SetTtl(line.ttl);
    header.EnableChecksum();
    packet->AddHeader(header);
    return packet;
}

ScriptPacket
ScriptPacket::Read(Ptr<const Packet> packet)
{
    ScriptPacket read;
    read.packet = packet->Copy();
    Ptr<Packet> rest = packet->Copy();
    rest->RemoveHeader(read.header);
    read.source.address = read.header.GetSource().Get();
    read.destination.address = read.header.GetDestination().Get();
    switch (read.header.GetProtocol())
    {
    case NatPacket::UDP: {
        UdpHeader header;
        rest->RemoveHeader(header);
        read.protocol = "udp";
        read.source.port = header.GetSourcePort();
        read.destination.port = header.GetDestinationPort();
        break;
    }
    case NatPacket::TCP: {
        TcpHeader header;
        rest->RemoveHeader(header);
        read.protocol = "tcp";
        read.source.port = header.GetSourcePort();
        read.destination.port = header.GetDestinationPort();
        for (const auto& [letter, flag] : FLAGS)
        {
            read.flags += (header.GetFlags() & flag) != 0 ? std::string(1, letter) : "";
        }
        break;
    }
    case NatPacket::ICMP:
        ReadIcmp(rest, read);
        break;
    default:
        read.protocol = std::to_string(read.header.GetProtocol());
        break;
    }
    return read;
}

bool
ScriptPacket::IsOfScript() const
{
    return header.GetTtl() <= PacketScript::LIMIT;
}

std::string
ScriptPacket::GetOctets() const
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), packet->GetSize());
    std::ostringstream text;
    text << std::hex << std::setfill('0');
    for (const uint8_t octet : octets)
    {
        text << std::setw(2) << unsigned{octet};
    }
    return text.str();
}

std::string
ToString(const NatEndpoint& end)
{
    std::ostringstream text;
    text << Ipv4Address(end.address) << ':' << end.port;
    return text.str();
}

} // namespace keepalive
} // namespace ns3
