/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-console.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

const char* const ORDINARY = "-"; //!< a segment that is not printed

/**
 * @brief An address and port as ss prints it.
 * @param address the address, of IPv4
 * @return ADDRESS:PORT
 */
std::string
ToText(const Address& address)
{
    const InetSocketAddress inet = InetSocketAddress::ConvertFrom(address);
    return ConsoleTranscript::ToText(inet.GetIpv4()) + ":" + std::to_string(inet.GetPort());
}

/**
 * @brief What a program reads in errno.
 * @param cause why its connection ended
 * @return a text as of strerror, and the name of the error
 */
std::string
DescribeError(TcpEndCause cause)
{
    switch (cause)
    {
    case TcpEndCause::KEEPALIVE:
    case TcpEndCause::USER_TIMEOUT:
    case TcpEndCause::RETRANSMISSIONS:
    case TcpEndCause::CONNECT_TIMEOUT:
        return "Connection timed out (ETIMEDOUT)";
    case TcpEndCause::REFUSED:
        return "Connection refused (ECONNREFUSED)";
    case TcpEndCause::RESET_BY_PEER:
        return "Connection reset by peer (ECONNRESET)";
    case TcpEndCause::NONE:
    case TcpEndCause::CLOSED:
    case TcpEndCause::ABORTED:
        break;
    }
    return "closed";
}

/**
 * @brief The flags of a segment as tcpdump prints them.
 * @param flags the flags
 * @return such as [S.]
 */
std::string
DescribeFlags(uint8_t flags)
{
    std::string text = "[";
    text += flags & TcpHeader::FIN ? "F" : "";
    text += flags & TcpHeader::SYN ? "S" : "";
    text += flags & TcpHeader::RST ? "R" : "";
    text += flags & TcpHeader::PSH ? "P" : "";
    text += flags & TcpHeader::ACK ? "." : "";
    return text + "]";
}

} // namespace

TcpConsole::TcpConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

TcpConsole::~TcpConsole()
{
    m_again.Cancel();
}

void
TcpConsole::Watch(Ptr<TcpKeepaliveApplication> application, const std::string& name)
{
    m_hosts.push_back({&m_transcript, application, name, {}, {}});
    Host* host = &m_hosts.back();
    application->TraceConnectWithoutContext("Connection",
                                            MakeBoundCallback(&TcpConsole::Connection, host));
    application->TraceConnectWithoutContext("Probe", MakeBoundCallback(&TcpConsole::Probe, host));
    Ptr<Ipv4L3Protocol> ipv4 = application->GetNode()->GetObject<Ipv4L3Protocol>();
    ipv4->TraceConnectWithoutContext("Tx", MakeBoundCallback(&TcpConsole::Sent, host));
    ipv4->TraceConnectWithoutContext("Rx", MakeBoundCallback(&TcpConsole::Received, host));
}

void
TcpConsole::ShowEvery(Time period)
{
    m_period = period;
    m_again.Cancel();
    m_again = Simulator::Schedule(period, &TcpConsole::ShowAgain, this);
}

// ---- the application ----

void
TcpConsole::Connection(Host* host, Ptr<TcpKeepaliveSocket> socket, TcpEndCause cause)
{
    const std::string who = host->application->IsServer() ? "server: " : "client: ";
    if (cause == TcpEndCause::NONE)
    {
        Address local;
        Address remote;
        socket->GetSockName(local);
        socket->GetPeerName(remote);
        const Known known{ToText(local), ToText(remote), Time(), 0};
        host->known[socket] = known;
        host->transcript->Message(
            host->name,
            who + (host->application->IsServer() ? "accepted " : "connected to ") + known.remote);
        host->transcript->Message(host->name, "ss: " + Describe(host, socket));
        return;
    }
    const auto known = host->known.find(socket);
    const bool established = known != host->known.end();
    if (established)
    {
        if (cause != TcpEndCause::ABORTED) // else with the power: nobody is left to tell
        {
            host->transcript->Message(host->name,
                                      who + known->second.remote + ": recv: " +
                                          DescribeError(cause) + ": " + ToString(cause));
        }
        host->known.erase(known);
        return;
    }
    host->transcript->Message(host->name,
                              who + "connect: " +
                                  (cause == TcpEndCause::ABORTED
                                       ? std::string("no answer, begins again")
                                       : DescribeError(cause) + ": " + ToString(cause)));
}

void
TcpConsole::Probe(Host* host, Ptr<TcpKeepaliveSocket> socket, uint32_t unanswered)
{
    const auto known = host->known.find(socket);
    if (known != host->known.end())
    {
        known->second.probed = Simulator::Now();
        known->second.probes = unanswered;
    }
}

// ---- tcpdump ----

void
TcpConsole::Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Segment(host, "Out", packet);
}

void
TcpConsole::Received(Host* host, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Segment(host, "In ", packet);
}

void
TcpConsole::Segment(Host* host, const char* direction, Ptr<const Packet> packet)
{
    Ptr<Packet> segment = packet->Copy();
    Ipv4Header ip;
    segment->RemoveHeader(ip);
    if (ip.GetProtocol() != TcpL4Protocol::PROT_NUMBER || ip.GetFragmentOffset() > 0)
    {
        return;
    }
    TcpHeader tcp;
    segment->RemoveHeader(tcp);
    const uint32_t length = segment->GetSize();
    const Flow flow{{ip.GetSource().Get(), tcp.GetSourcePort()},
                    {ip.GetDestination().Get(), tcp.GetDestinationPort()}};
    const std::string remark = Classify(host, flow, tcp, length);
    if (remark == ORDINARY)
    {
        return;
    }
    std::string text = std::string(direction) + " IP " + ConsoleTranscript::ToText(ip.GetSource()) +
                       "." + std::to_string(tcp.GetSourcePort()) + " > " +
                       ConsoleTranscript::ToText(ip.GetDestination()) + "." +
                       std::to_string(tcp.GetDestinationPort()) + ": Flags " +
                       DescribeFlags(tcp.GetFlags());
    const uint32_t seq = tcp.GetSequenceNumber().GetValue();
    text += ConsoleTranscript::Format(", seq %u:%u", seq, seq + length);
    if (tcp.GetFlags() & TcpHeader::ACK)
    {
        text += ConsoleTranscript::Format(", ack %u", tcp.GetAckNumber().GetValue());
    }
    text += ConsoleTranscript::Format(", win %u, length %u", tcp.GetWindowSize(), length);
    host->transcript->Message(host->name, text + (remark.empty() ? "" : " [" + remark + "]"));
}

std::string
TcpConsole::Classify(Host* host, const Flow& flow, const TcpHeader& header, uint32_t length)
{
    const uint8_t flags = header.GetFlags();
    const bool control = flags & (TcpHeader::SYN | TcpHeader::FIN | TcpHeader::RST);
    const SequenceNumber32 seq = header.GetSequenceNumber();
    const SequenceNumber32 end =
        seq + SequenceNumber32(length + (flags & (TcpHeader::SYN | TcpHeader::FIN) ? 1 : 0));
    FlowState& state = host->flows[flow];
    FlowState& reverse = host->flows[{flow.second, flow.first}];
    const bool answers = reverse.probed;
    reverse.probed = false;
    if (flags & TcpHeader::RST)
    {
        // The next connection with these ports begins anew.
        host->flows.erase(flow);
        host->flows.erase({flow.second, flow.first});
        return "";
    }
    if (flags & TcpHeader::SYN)
    {
        state.next = end;
        return "";
    }
    const SequenceNumber32 next = state.next;
    state.next = std::max(next, end);
    if (!control && length <= 1 && seq + SequenceNumber32(1) == next)
    {
        state.probed = true;
        return "keep-alive";
    }
    if (control)
    {
        return "";
    }
    if (length > 0)
    {
        return end <= next ? "retransmission" : ORDINARY;
    }
    return answers ? "keep-alive ACK" : ORDINARY;
}

// ---- ss ----

void
TcpConsole::ShowAgain()
{
    for (auto& host : m_hosts)
    {
        for (const auto& socket : host.application->GetConnections())
        {
            m_transcript.Message(host.name, "ss: " + Describe(&host, socket));
        }
    }
    m_again = Simulator::Schedule(m_period, &TcpConsole::ShowAgain, this);
}

void
TcpConsole::ShowConnections()
{
    for (auto& host : m_hosts)
    {
        m_transcript.Print(host.name + "$ ss -to");
        m_transcript.Print("State Recv-Q Send-Q Local Address:Port Peer Address:Port");
        for (const auto& socket : host.application->GetConnections())
        {
            m_transcript.Print(Describe(&host, socket));
        }
    }
}

std::string
TcpConsole::Describe(Host* host, Ptr<TcpKeepaliveSocket> socket)
{
    const auto known = host->known.find(socket);
    if (known == host->known.end())
    {
        return "ESTAB"; // the application hangs, and has not seen it yet
    }
    UintegerValue buffer;
    socket->GetAttribute("SndBufSize", buffer);
    const auto unsent = static_cast<uint32_t>(buffer.Get()) - socket->GetTxAvailable();
    std::string text = ConsoleTranscript::Format("ESTAB %u %u ", socket->GetRxAvailable(), unsent) +
                       known->second.local + " " + known->second.remote;
    const std::string timer = DescribeTimer(known->second, socket);
    return text + (timer.empty() ? "" : " " + timer);
}

std::string
TcpConsole::DescribeTimer(const Known& known, Ptr<TcpKeepaliveSocket> socket)
{
    if (socket->IsDataOutstanding())
    {
        return "timer:(on)";
    }
    BooleanValue enabled;
    socket->GetAttribute("KeepaliveEnabled", enabled);
    if (!enabled.Get())
    {
        return "";
    }
    TimeValue idle;
    TimeValue interval;
    StringValue profile;
    UintegerValue probes;
    socket->GetAttribute("KeepaliveIdle", idle);
    socket->GetAttribute("KeepaliveInterval", interval);
    socket->GetAttribute("KeepaliveProbes", probes);
    socket->GetAttribute("Profile", profile);
    const TcpKeepaliveProfile* stack = TcpKeepaliveProfile::Find(profile.Get());
    Time wait = interval.Get();
    if (stack->rule == TcpKeepaliveDecision::Rule::BACKOFF && probes.Get() == 0)
    {
        for (uint32_t i = 1; i < known.probes && wait < NanoSeconds(stack->longestInterval); i++)
        {
            wait = Min(wait * 2, NanoSeconds(stack->longestInterval));
        }
    }
    // Behind a probe the timer runs one interval, whether it is answered or not.
    const Time now = Simulator::Now();
    const bool waiting = known.probes > 0 && now < known.probed + wait;
    const Time left = waiting ? known.probed + wait - now
                              : Max(idle.Get() - (now - socket->GetLastLife()), Time(0));
    return "timer:(keepalive," + TimerText(left) + "," + std::to_string(socket->GetUnanswered()) +
           ")";
}

std::string
TcpConsole::TimerText(Time time)
{
    const int64_t all = time.GetMilliSeconds();
    const auto minutes = static_cast<unsigned>(all / 60000);
    const auto seconds = static_cast<unsigned>(all / 1000 % 60);
    const auto milliseconds = static_cast<unsigned>(all % 1000);
    if (minutes > 9)
    {
        return ConsoleTranscript::Format("%umin", minutes);
    }
    std::string text = minutes > 0 ? ConsoleTranscript::Format("%umin", minutes) : "";
    const bool fine = minutes == 0 && seconds <= 9 && milliseconds > 0;
    if (seconds > 0)
    {
        text += ConsoleTranscript::Format("%u", seconds) + (fine ? "." : "sec");
    }
    if (fine)
    {
        text += ConsoleTranscript::Format("%03ums", milliseconds);
    }
    return text.empty() ? "0sec" : text;
}

} // namespace keepalive
} // namespace ns3
