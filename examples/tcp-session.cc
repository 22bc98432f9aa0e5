/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-session.h"

#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-keepalive-socket-factory.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* NAME = "R1"; //!< the station, in all that is written
constexpr int64_t AFTERMATH = 100; //!< what is still shown after the end, milliseconds

/**
 * @brief Where a connection leads.
 * @param address address and port
 * @return as text
 */
std::string
ToText(const InetSocketAddress& address)
{
    return ConsoleTranscript::ToText(address.GetIpv4()) + ":" + std::to_string(address.GetPort());
}

/**
 * @brief Whether a segment has flags that no keepalive probe has.
 * @param header its header
 * @return true if it has
 */
bool
IsControl(const TcpHeader& header)
{
    return (header.GetFlags() & (TcpHeader::SYN | TcpHeader::FIN | TcpHeader::RST)) != 0;
}

} // namespace

TcpSession::TcpSession(Ptr<Node> node,
                       const Config& config,
                       ConsoleTranscript& transcript,
                       EventLog& events)
    : m_node(node),
      m_config(config),
      m_transcript(transcript),
      m_events(events)
{
    TcpKeepaliveHelper().Install(node);
    Simulator::ScheduleNow(&TcpSession::Open, this);
}

// ---- the connection ----

void
TcpSession::Open()
{
    Ptr<TcpKeepaliveSocket> socket = DynamicCast<TcpKeepaliveSocket>(
        Socket::CreateSocket(m_node, TcpKeepaliveSocketFactory::GetTypeId()));
    // The real peer's timer for retransmissions is as short as our usual delay of acknowledgements.
    socket->SetAttribute("DelAckCount", UintegerValue(1));
    socket->SetAttribute("Profile", StringValue(m_config.profile));
    socket->SetAttribute("KeepaliveEnabled", BooleanValue(m_config.enabled));
    socket->SetAttribute("KeepaliveIdle", TimeValue(m_config.idle));
    socket->SetAttribute("KeepaliveInterval", TimeValue(m_config.interval));
    socket->SetAttribute("KeepaliveProbes", UintegerValue(m_config.probes));
    socket->SetAttribute("UserTimeout", TimeValue(m_config.userTimeout));
    socket->SetAttribute("GarbageOctet", BooleanValue(m_config.garbage));
    Watch(socket);
    socket->Bind(m_config.local);
    if (m_config.server)
    {
        m_listener = socket;
        socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&TcpSession::Accepted, this));
        socket->Listen();
        Say("listening on " + ToText(m_config.local), "listening");
        return;
    }
    Use(socket);
    socket->SetConnectCallback(MakeCallback(&TcpSession::Connected, this),
                               MakeCallback(&TcpSession::Failed, this));
    socket->Connect(m_config.remote);
}

void
TcpSession::Watch(Ptr<Socket> socket)
{
    socket->TraceConnectWithoutContext("Rx", MakeCallback(&TcpSession::Segment, this));
    socket->TraceConnectWithoutContext("Tx", MakeCallback(&TcpSession::OwnSegment, this));
    socket->TraceConnectWithoutContext("KeepaliveTx", MakeCallback(&TcpSession::ProbeSent, this));
    socket->TraceConnectWithoutContext("KeepaliveRx",
                                       MakeCallback(&TcpSession::ProbeAnswered, this));
    socket->TraceConnectWithoutContext("ConnectionEnd", MakeCallback(&TcpSession::Ended, this));
}

void
TcpSession::Use(Ptr<Socket> socket)
{
    m_socket = DynamicCast<TcpKeepaliveSocket>(socket);
    socket->SetRecvCallback(MakeCallback(&TcpSession::Readable, this));
    socket->SetCloseCallbacks(MakeCallback(&TcpSession::PeerClosed, this),
                              MakeNullCallback<void, Ptr<Socket>>());
}

void
TcpSession::Accepted(Ptr<Socket> socket, const Address& peer)
{
    Use(socket);
    m_listener->Close(); // one is enough
    m_report.connected = true;
    Say("connected by " + ToText(InetSocketAddress::ConvertFrom(peer)), "connected", "passive");
}

void
TcpSession::Connected(Ptr<Socket>)
{
    m_report.connected = true;
    Say("connected to " + ToText(m_config.remote), "connected", "active");
}

void
TcpSession::Failed(Ptr<Socket>)
{
    Say("could not connect to " + ToText(m_config.remote), "connect-failed");
}

void
TcpSession::Readable(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        if (packet->GetSize() == 0)
        {
            return;
        }
        Say("received " + std::to_string(packet->GetSize()) + " octets",
            "data",
            "",
            packet->GetSize());
    }
}

void
TcpSession::PeerClosed(Ptr<Socket> socket)
{
    socket->Close();
}

// ---- its segments ----

void
TcpSession::Segment(Ptr<const Packet> packet, const TcpHeader& header, Ptr<const TcpSocketBase>)
{
    m_probed.reset();
    if (packet->GetSize() <= 1 && !IsControl(header) &&
        header.GetSequenceNumber() + 1 == m_expected)
    {
        m_probed = Simulator::Now();
        ++m_report.probesReceived;
        Say("probe received", "probe-received", "", m_report.probesReceived);
    }
}

void
TcpSession::OwnSegment(Ptr<const Packet>, const TcpHeader& header, Ptr<const TcpSocketBase>)
{
    m_expected = header.GetAckNumber();
    if (m_probed == Simulator::Now())
    {
        ++m_report.probesReplied;
        Say("probe replied to", "probe-replied", "", m_report.probesReplied);
    }
    m_probed.reset();
}

void
TcpSession::ProbeSent(Ptr<const Packet>, uint32_t unanswered)
{
    ++m_report.probesSent;
    Say("probe sent, " + std::to_string(unanswered) + " unanswered",
        "keepalive-tx",
        "",
        unanswered);
}

void
TcpSession::ProbeAnswered(Ptr<const Packet>, uint32_t unanswered)
{
    ++m_report.probesAnswered;
    Say("probe answered", "keepalive-rx", "", unanswered);
}

void
TcpSession::Ended(TcpEndCause cause)
{
    if (!m_socket)
    {
        return; // an attempt of the peer that came to nothing
    }
    m_report.end = cause;
    m_report.silence = Simulator::Now() - m_socket->GetLastLife();
    Say(std::string("connection ended: ") + ToString(cause), "connection-end", ToString(cause));
    Simulator::Stop(MilliSeconds(AFTERMATH));
}

// ---- the report ----

void
TcpSession::Say(const std::string& text,
                const char* event,
                const std::string& detail,
                std::optional<uint64_t> value)
{
    m_transcript.Message(NAME, "TCP: " + text);
    m_events.Write(NAME, event, detail, value);
}

std::optional<Time>
TcpSession::GetDetectionTime() const
{
    const TcpKeepaliveProfile& profile = *TcpKeepaliveProfile::Find(m_config.profile);
    if (!m_config.enabled || profile.rule == TcpKeepaliveDecision::Rule::BACKOFF ||
        !m_config.userTimeout.IsZero())
    {
        return std::nullopt;
    }
    const Time idle = m_config.idle.IsZero() ? NanoSeconds(profile.idle) : m_config.idle;
    const Time interval =
        m_config.interval.IsZero() ? NanoSeconds(profile.interval) : m_config.interval;
    const uint32_t probes = m_config.probes == 0 ? profile.probes : m_config.probes;
    return idle + static_cast<int64_t>(probes) * interval;
}

const TcpSession::Report&
TcpSession::GetReport() const
{
    return m_report;
}

} // namespace keepalive
} // namespace ns3
