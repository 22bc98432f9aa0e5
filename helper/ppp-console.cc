/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-console.h"

#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-options.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

using State = PppControlProtocol::State;

/// Bytes of a rejected packet that are printed. Assumed: routers print at least the header.
constexpr std::size_t QUOTED_BYTES = 32;

/**
 * @brief The short name of an interface, as most debug lines have it.
 * @param name its name, such as "Serial0/0/0"
 * @return its first two letters and its number, such as "Se0/0/0"
 */
std::string
Shorten(const std::string& name)
{
    const std::size_t number = std::min(name.size(), name.find_first_of("0123456789"));
    return name.substr(0, std::min<std::size_t>(number, 2)) + name.substr(number);
}

/**
 * @brief The name of a protocol.
 * @param protocol PPP protocol number
 * @return a name such as "IPCP"; the number if it has none here
 */
std::string
GetProtocolName(uint16_t protocol)
{
    switch (protocol)
    {
    case PppFrameHeader::PROTOCOL_LCP:
        return "LCP";
    case PppFrameHeader::PROTOCOL_IPCP:
        return "IPCP";
    case PppFrameHeader::PROTOCOL_IPV6CP:
        return "IPV6CP";
    case PppFrameHeader::PROTOCOL_CDPCP:
        return "CDPCP";
    default:
        return ConsoleTranscript::Format("0x%04X", protocol);
    }
}

/**
 * @brief Bytes as routers print them.
 * @param bytes the bytes
 * @return "0x" and two digits for each
 */
std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    std::string hex = "0x";
    for (const uint8_t byte : bytes)
    {
        hex += ConsoleTranscript::Format("%02X", byte);
    }
    return hex;
}

/**
 * @brief The data of a control packet.
 * @param packet the packet, from its code on
 * @return what follows its header
 */
std::vector<uint8_t>
GetData(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    bytes.erase(bytes.begin(),
                bytes.begin() + std::min<uint32_t>(PppControlHeader::SIZE, packet->GetSize()));
    return bytes;
}

/**
 * @brief An option of LCP in words.
 * @param option the option
 * @return name and value; empty if it is unknown or malformed
 */
std::string
DescribeLcpOption(const PppOptions::Option& option)
{
    const auto number = [&option](std::size_t size) { return option.GetNumber(size); };
    switch (option.type)
    {
    case PppOptions::LCP_MRU:
        if (const auto mru = number(PppOptions::MRU_SIZE))
        {
            return ConsoleTranscript::Format("MRU %u", static_cast<unsigned>(*mru));
        }
        break;
    case PppOptions::LCP_ACCM:
        if (const auto accm = number(PppOptions::ACCM_SIZE))
        {
            return ConsoleTranscript::Format("ACCM 0x%08X", static_cast<unsigned>(*accm));
        }
        break;
    case PppOptions::LCP_AUTH:
        if (number(2).value_or(0) == PppFrameHeader::PROTOCOL_PAP)
        {
            return "AuthProto PAP";
        }
        if (number(3).value_or(0) >> 8 == PppFrameHeader::PROTOCOL_CHAP)
        {
            return "AuthProto CHAP";
        }
        break;
    case PppOptions::LCP_MAGIC:
        if (const auto magic = number(PppOptions::MAGIC_SIZE))
        {
            return ConsoleTranscript::Format("MagicNumber 0x%08X", static_cast<unsigned>(*magic));
        }
        break;
    case PppOptions::LCP_PFC:
        return "PFC";
    case PppOptions::LCP_ACFC:
        return "ACFC";
    default:
        break;
    }
    return "";
}

/**
 * @brief An option in words.
 * @param protocol PPP protocol number of the protocol that it belongs to
 * @param option the option
 * @return name, value, and in brackets its bytes
 */
std::string
DescribeOption(uint16_t protocol, const PppOptions::Option& option)
{
    std::string text;
    if (protocol == PppFrameHeader::PROTOCOL_LCP)
    {
        text = DescribeLcpOption(option);
    }
    else if (protocol == PppFrameHeader::PROTOCOL_IPCP && option.type == PppOptions::IPCP_ADDRESS)
    {
        if (const auto address = option.GetNumber(PppOptions::ADDRESS_SIZE))
        {
            text = "Address " +
                   ConsoleTranscript::ToText(Ipv4Address(static_cast<uint32_t>(*address)));
        }
    }
    else if (protocol == PppFrameHeader::PROTOCOL_IPV6CP && option.type == PppOptions::IPV6CP_ID)
    {
        if (const auto id = option.GetNumber(PppOptions::IDENTIFIER_SIZE))
        {
            // Assumed, as no public transcript has this line: all four digits of each group.
            text = ConsoleTranscript::Format("Interface-Id %04X:%04X:%04X:%04X",
                                             static_cast<unsigned>(*id >> 48 & 0xffff),
                                             static_cast<unsigned>(*id >> 32 & 0xffff),
                                             static_cast<unsigned>(*id >> 16 & 0xffff),
                                             static_cast<unsigned>(*id & 0xffff));
        }
    }
    if (text.empty())
    {
        text = ConsoleTranscript::Format("Type %u", option.type); // assumed likewise
    }
    PppOptions bytes;
    bytes.Add(option);
    return text + " (" + ToHex(bytes.Serialize()) + ")";
}

} // namespace

PppConsole::PppConsole(ConsoleTranscript& transcript)
    : PppConsole(transcript, Debug())
{
}

PppConsole::PppConsole(ConsoleTranscript& transcript, const Debug& debug)
    : SerialConsole(transcript),
      m_debug(debug)
{
}

PppConsole::~PppConsole()
{
    for (auto& link : m_links)
    {
        link.check.Cancel();
    }
}

void
PppConsole::Watch(Ptr<PppNetDevice> device, const std::string& router)
{
    // The base class first: %LINK messages come before what follows from them.
    Interface* interface = WatchInterface(device, router);
    m_links.push_back({interface, device, Shorten(device->GetName()), m_debug, false, EventId()});
    Link* link = &m_links.back();
    if (m_debug.packets || m_debug.negotiation)
    {
        device->TraceConnectWithoutContext("Control",
                                           MakeBoundCallback(&PppConsole::Control, link));
    }
    if (m_debug.packets)
    {
        device->TraceConnectWithoutContext("EchoReply",
                                           MakeBoundCallback(&PppConsole::EchoReply, link));
    }
    if (m_debug.negotiation)
    {
        device->TraceConnectWithoutContext("Timeout",
                                           MakeBoundCallback(&PppConsole::Timeout, link));
        device->TraceConnectWithoutContext("LayerState",
                                           MakeBoundCallback(&PppConsole::LayerState, link));
        device->TraceConnectWithoutContext("AdminState",
                                           MakeBoundCallback(&PppConsole::Signal, link));
        device->TraceConnectWithoutContext("Carrier", MakeBoundCallback(&PppConsole::Signal, link));
    }
}

// ---- packets ----

void
PppConsole::SayOf(const Link* link, const std::string& text)
{
    Say(link->interface, link->name + " " + text);
}

void
PppConsole::Control(Link* link, const PppNetDevice::ControlRecord& record)
{
    PppControlHeader header;
    record.packet->PeekHeader(header);
    const uint8_t code = header.GetCode();
    const bool lcp = record.protocol == PppFrameHeader::PROTOCOL_LCP;
    if (lcp && code >= PppControlHeader::ECHO_REQUEST && code <= PppControlHeader::DISCARD_REQUEST)
    {
        if (link->debug.packets)
        {
            SayEcho(link, record, header);
        }
        return;
    }
    if (!link->debug.negotiation)
    {
        return;
    }
    if (lcp && code == PppControlHeader::CONFIGURE_REQUEST &&
        record.direction == PppControlProtocol::Direction::SENT &&
        record.state != State::REQ_SENT && record.state != State::ACK_RCVD &&
        record.state != State::ACK_SENT)
    {
        const bool peer = record.state == State::OPENED || record.state == State::STOPPED;
        if (!link->check.IsExpired())
        {
            // terminated only just now, and nobody has looked yet
            link->check.Cancel();
            SayTerminated(link);
        }
        link->terminating = false;
        SayOf(link, std::string("PPP: Phase is ESTABLISHING") + (peer ? "" : ", Active Open"));
    }
    SayNegotiation(link, record, header);
    if (lcp &&
        (code == PppControlHeader::TERMINATE_REQUEST || code == PppControlHeader::TERMINATE_ACK))
    {
        CheckLater(link);
    }
}

void
PppConsole::SayEcho(const Link* link,
                    const PppNetDevice::ControlRecord& record,
                    const PppControlHeader& header)
{
    // Own requests are the router's own process's; all others are fast-switched.
    const bool sent = record.direction == PppControlProtocol::Direction::SENT;
    const bool own = sent && header.GetCode() != PppControlHeader::ECHO_REPLY;
    std::string text = ConsoleTranscript::Format("%s: %s %s [%s] id %u len %u",
                                                 own ? "LCP" : "LCP-FS",
                                                 sent ? "O" : "I",
                                                 PppControlHeader::GetCodeName(header.GetCode()),
                                                 ToConsoleName(record.state),
                                                 header.GetIdentifier(),
                                                 header.GetLength());
    std::vector<uint8_t> magic = GetData(record.packet);
    if (magic.size() >= PppOptions::MAGIC_SIZE)
    {
        magic.resize(PppOptions::MAGIC_SIZE);
        text += " magic " + ToHex(magic);
    }
    SayOf(link, text);
}

void
PppConsole::SayNegotiation(const Link* link,
                           const PppNetDevice::ControlRecord& record,
                           const PppControlHeader& header)
{
    const uint8_t code = header.GetCode();
    const std::string protocol = GetProtocolName(record.protocol);
    const bool sent = record.direction == PppControlProtocol::Direction::SENT;
    std::vector<uint8_t> data = GetData(record.packet);
    std::string text = protocol + ConsoleTranscript::Format(": %s %s [%s] id %u len %u",
                                                            sent ? "O" : "I",
                                                            PppControlHeader::GetCodeName(code),
                                                            ToConsoleName(record.state),
                                                            header.GetIdentifier(),
                                                            header.GetLength());
    if (code == PppControlHeader::PROTOCOL_REJECT && data.size() >= 2)
    {
        // From memory.
        const std::string rejected = GetProtocolName(static_cast<uint16_t>(data[0] << 8 | data[1]));
        data.resize(std::min(data.size(), QUOTED_BYTES));
        text += " protocol " + rejected + " (" + ToHex(data) + ")";
    }
    SayOf(link, text);
    if (code < PppControlHeader::CONFIGURE_REQUEST || code > PppControlHeader::CONFIGURE_REJECT)
    {
        return;
    }
    PppOptions options;
    if (options.Parse(data.data(), data.size()))
    {
        return; // malformed
    }
    for (const PppOptions::Option& option : options.GetAll())
    {
        SayOf(link, protocol + ":    " + DescribeOption(record.protocol, option));
    }
}

void
PppConsole::EchoReply(Link* link, uint8_t received, uint8_t sent)
{
    SayOf(link,
          ConsoleTranscript::Format("LCP-FS: Received id %u, sent id %u, line %s",
                                    received,
                                    sent,
                                    link->device->IsLineUp() ? "up" : "down"));
}

// ---- states ----

void
PppConsole::Timeout(Link* link, uint16_t protocol, PppControlProtocol::State state)
{
    SayOf(link, GetProtocolName(protocol) + ": TIMEout: State " + ToConsoleName(state));
    CheckLater(link);
}

void
PppConsole::LayerState(Link* link, uint16_t protocol, bool opened)
{
    const bool lcp = protocol == PppFrameHeader::PROTOCOL_LCP;
    if (opened)
    {
        SayOf(link, GetProtocolName(protocol) + ": State is Open");
        if (lcp)
        {
            SayOf(link, "PPP: Phase is UP");
        }
    }
    else if (lcp)
    {
        LeaveOpened(link);
    }
    else if (link->device->GetLcp()->IsOpened())
    {
        // Otherwise it was told with LCP. Assumed: also if only this protocol starts over.
        SayOf(link, GetProtocolName(protocol) + ": State is Closed");
    }
}

void
PppConsole::LeaveOpened(Link* link)
{
    // The network protocols leave Opened after LCP, but are told of before it.
    const PppControlProtocol* const networks[] = {link->device->GetIpcp(),
                                                  link->device->GetIpv6cp()};
    for (const PppControlProtocol* network : networks)
    {
        if (network->IsOpened())
        {
            SayOf(link, GetProtocolName(network->GetProtocol()) + ": State is Closed");
        }
    }
    const State state = link->device->GetLcp()->GetState();
    if (state == State::REQ_SENT || state == State::ACK_SENT)
    {
        return; // the peer negotiates anew: on to ESTABLISHING
    }
    SayOf(link, "PPP: Phase is TERMINATING");
    link->terminating = true;
    if (state != State::CLOSING && state != State::STOPPING)
    {
        Check(link); // at once, because a negotiation may begin before anything else happens
    }
}

void
PppConsole::Signal(Link* link, bool /* up */)
{
    CheckLater(link);
}

void
PppConsole::CheckLater(Link* link)
{
    if (link->terminating && link->check.IsExpired())
    {
        link->check = Simulator::ScheduleNow(&PppConsole::Check, link);
    }
}

void
PppConsole::Check(Link* link)
{
    const State state = link->device->GetLcp()->GetState();
    if (state != State::CLOSING && state != State::STOPPING)
    {
        SayTerminated(link);
    }
}

void
PppConsole::SayTerminated(Link* link)
{
    link->terminating = false;
    SayOf(link, "LCP: State is Closed");
    SayOf(link, "PPP: Phase is DOWN");
}

// ---- show interfaces serial ----

std::vector<std::string>
PppConsole::DescribeEncapsulation(Ptr<SerialNetDevice> device) const
{
    // As routers print it whose "show interfaces" says HD64570, and whether it is connected.
    Ptr<PppNetDevice> ppp = DynamicCast<PppNetDevice>(device);
    const LcpProtocol* lcp = ppp->GetLcp();
    std::vector<std::string> lines = {
        "  Encapsulation PPP, loopback not set, " + DescribeKeepalive(device),
        std::string("  LCP ") + ToConsoleName(lcp ? lcp->GetState() : State::INITIAL)};
    std::string open;
    const PppControlProtocol* const networks[] = {ppp->GetIpcp(), ppp->GetIpv6cp()};
    for (const PppControlProtocol* network : networks)
    {
        if (network && network->IsOpened())
        {
            open += (open.empty() ? "  Open: " : ", ") + GetProtocolName(network->GetProtocol());
        }
    }
    if (!open.empty())
    {
        lines.push_back(open);
    }
    return lines;
}

bool
PppConsole::IsLooped(Ptr<SerialNetDevice> device) const
{
    const LcpProtocol* lcp = DynamicCast<PppNetDevice>(device)->GetLcp();
    return lcp && lcp->IsLooped();
}

} // namespace keepalive
} // namespace ns3
