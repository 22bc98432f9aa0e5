/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-console.h"

#include "ns3/bgp-notification.h"
#include "ns3/bgp-session.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Why a session went down, as the console says it.
 * @param cause why
 * @param notified the peer was told
 * @return words
 */
std::string
DescribeCause(LineCause cause, bool notified)
{
    switch (cause)
    {
    case LineCause::SEND_HOLD_TIME_EXPIRED:
        // RFC 9687 leaves it open whether to tell who does not read; the words are those of its
        // NOTIFICATION.
        return notified ? "BGP Notification sent" : "Send hold timer expired";
    case LineCause::HOLD_TIME_EXPIRED:
    case LineCause::PROTOCOL_ERROR:
        return "BGP Notification sent";
    case LineCause::NOTIFICATION_RECEIVED:
        return "BGP Notification received";
    case LineCause::TCP_CLOSED:
    case LineCause::TCP_RESET:
        return "Peer closed the session";
    case LineCause::ADMIN_SHUTDOWN:
        return "Admin. shutdown";
    case LineCause::CARRIER_LOST:
        return "Interface flap";
    case LineCause::BFD_DOWN:
        return "BFD adjacency down";
    case LineCause::TCP_KEEPALIVE:
    case LineCause::TCP_USER_TIMEOUT:
    case LineCause::TCP_RETRANSMISSIONS:
    case LineCause::TCP_REFUSED:
        break;
    default:
        return ToString(cause);
    }
    return std::string("TCP gave up (") + ToString(cause) + ")"; // not the words of any router
}

/**
 * @brief A count as printf takes it.
 * @param value the count
 * @return the same
 */
unsigned long long
Number(uint64_t value)
{
    return value;
}

} // namespace

BgpConsole::BgpConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
BgpConsole::Watch(Ptr<BgpNeighbor> neighbor, const std::string& router)
{
    m_neighbors.emplace_back();
    Neighbor* known = &m_neighbors.back();
    known->transcript = &m_transcript;
    known->neighbor = neighbor;
    known->router = router;
    neighbor->TraceConnectWithoutContext("LineProtocol",
                                         MakeBoundCallback(&BgpConsole::Line, known));
    neighbor->TraceConnectWithoutContext("MessageTx",
                                         MakeBoundCallback(&BgpConsole::MessageTx, known));
    neighbor->TraceConnectWithoutContext("MessageRx",
                                         MakeBoundCallback(&BgpConsole::MessageRx, known));
    neighbor->TraceConnectWithoutContext("NotificationTx",
                                         MakeBoundCallback(&BgpConsole::NotificationTx, known));
    neighbor->TraceConnectWithoutContext("NotificationRx",
                                         MakeBoundCallback(&BgpConsole::NotificationRx, known));
}

// ---- messages ----

void
BgpConsole::Line(Neighbor* neighbor, const DetectionEvent& event)
{
    neighbor->dead = event.cause == LineCause::NODE_CRASHED;
    if (neighbor->dead)
    {
        // A dead router prints nothing, and forgets what it counted.
        neighbor->counts.clear();
        neighbor->lastRead = neighbor->lastWrite = neighbor->resetAt = Time();
        neighbor->established = neighbor->dropped = 0;
        neighbor->lastReset.clear();
        return;
    }
    const std::string address = ConsoleTranscript::ToText(neighbor->neighbor->GetRemoteAddress());
    std::string words = "Up";
    if (event.up)
    {
        neighbor->established++;
        neighbor->notified = false;
    }
    else
    {
        neighbor->dropped++;
        neighbor->resetAt = event.when;
        neighbor->lastReset = DescribeCause(event.cause, neighbor->notified);
        words = "Down " + neighbor->lastReset;
    }
    neighbor->transcript->Message(neighbor->router,
                                  "%BGP-5-ADJCHANGE: neighbor " + address + " " + words);
}

void
BgpConsole::MessageTx(Neighbor* neighbor, BgpMessageType type, uint32_t)
{
    neighbor->dead = false;
    neighbor->counts[type].sent++;
    neighbor->lastWrite = Simulator::Now();
}

void
BgpConsole::MessageRx(Neighbor* neighbor, BgpMessageType type, uint32_t)
{
    neighbor->counts[type].rcvd++;
    neighbor->lastRead = Simulator::Now();
}

void
BgpConsole::NotificationTx(Neighbor* neighbor, const BgpError& error)
{
    neighbor->notified = true;
    const std::string address = ConsoleTranscript::ToText(neighbor->neighbor->GetRemoteAddress());
    neighbor->transcript->Message(neighbor->router,
                                  "%BGP-3-NOTIFICATION: sent to neighbor " + address + " " +
                                      Describe(error));
}

void
BgpConsole::NotificationRx(Neighbor* neighbor, const BgpError& error)
{
    const std::string address = ConsoleTranscript::ToText(neighbor->neighbor->GetRemoteAddress());
    neighbor->transcript->Message(neighbor->router,
                                  "%BGP-3-NOTIFICATION: received from neighbor " + address + " " +
                                      Describe(error));
}

std::string
BgpConsole::Describe(const BgpError& error)
{
    std::string words;
    if (error.code == BgpError::HOLD_TIMER)
    {
        words = "hold time expired";
    }
    else if (error.code == BgpError::OPEN_MESSAGE && error.subcode == BgpError::BAD_PEER_AS)
    {
        words = "peer in wrong AS";
    }
    else
    {
        // Of most errors the words of IOS are not known: those of the registry at IANA.
        words = BgpNotification{{error.code, error.subcode, {}}}.Describe();
        words = words.substr(words.find('/') == std::string::npos ? 0 : words.find('/') + 1);
    }
    std::string text = ConsoleTranscript::Format("%u/%u (%s) %zu bytes",
                                                 error.code,
                                                 error.subcode,
                                                 words.c_str(),
                                                 error.data.size());
    for (std::size_t i = 0; i < error.data.size(); i++)
    {
        text += ConsoleTranscript::Format("%s%02X", i == 0 ? " " : "", error.data[i]);
    }
    return text;
}

// ---- show bgp neighbors ----

void
BgpConsole::ShowNeighbors()
{
    for (const auto& neighbor : m_neighbors)
    {
        Show(neighbor);
    }
}

void
BgpConsole::Show(const Neighbor& neighbor)
{
    m_transcript.Print("");
    if (neighbor.dead)
    {
        m_transcript.Print("! " + neighbor.router + " has no power");
        return;
    }
    const Ptr<BgpSession> session = neighbor.neighbor->GetSession();
    const std::string address = ConsoleTranscript::ToText(neighbor.neighbor->GetRemoteAddress());
    m_transcript.Print(neighbor.router + "#show bgp neighbors " + address);
    if (!session)
    {
        m_transcript.Print("% BGP not active"); // yet: it has not booted
        return;
    }
    const BgpAgreement& agreement = session->GetAgreement();
    const uint32_t identifier = agreement.GetPeer() ? agreement.GetPeer()->identifier : 0;
    const bool up = neighbor.neighbor->IsEstablished();
    m_transcript.Print("BGP neighbor is " + address + ",  remote AS " +
                       std::to_string(neighbor.neighbor->GetRemoteAs()) +
                       (neighbor.neighbor->IsExternal() ? ", external link" : ", internal link"));
    m_transcript.Print("  BGP version 4, remote router ID " +
                       ConsoleTranscript::ToText(Ipv4Address(up ? identifier : 0)));
    m_transcript.Print(
        std::string("  BGP state = ") + ToString(session->GetState()) +
        (up ? ", up for " + Uptime(Simulator::Now() - neighbor.neighbor->GetLastChange()) : ""));
    m_transcript.Print("  Last read " + ConsoleTranscript::Ago(neighbor.lastRead) +
                       ", last write " + ConsoleTranscript::Ago(neighbor.lastWrite) +
                       ConsoleTranscript::Format(", hold time is %u, keepalive interval is %.0f "
                                                 "seconds",
                                                 agreement.GetHoldTime(),
                                                 agreement.GetKeepaliveTime()));
    ShowCounts(neighbor);
    m_transcript.Print(ConsoleTranscript::Format("  Connections established %u; dropped %u",
                                                 neighbor.established,
                                                 neighbor.dropped));
    m_transcript.Print(neighbor.lastReset.empty()
                           ? std::string("  Last reset never")
                           : "  Last reset " + Uptime(Simulator::Now() - neighbor.resetAt) +
                                 ", due to " + neighbor.lastReset);
}

void
BgpConsole::ShowCounts(const Neighbor& neighbor)
{
    constexpr std::pair<BgpMessageType, const char*> ROWS[] = {
        {BgpMessageType::OPEN, "Opens"},
        {BgpMessageType::NOTIFICATION, "Notifications"},
        {BgpMessageType::UPDATE, "Updates"},
        {BgpMessageType::KEEPALIVE, "Keepalives"},
        {BgpMessageType::ROUTE_REFRESH, "Route Refresh"}};
    m_transcript.Print("  Message statistics:");
    m_transcript.Print(ConsoleTranscript::Format("    %-16s%10s %10s", "", "Sent", "Rcvd"));
    Count total;
    for (const auto& [type, name] : ROWS)
    {
        const auto found = neighbor.counts.find(type);
        const Count count = found == neighbor.counts.end() ? Count() : found->second;
        const std::string label = std::string(name) + ":";
        total.sent += count.sent;
        total.rcvd += count.rcvd;
        m_transcript.Print(ConsoleTranscript::Format("    %-16s%10llu %10llu",
                                                     label.c_str(),
                                                     Number(count.sent),
                                                     Number(count.rcvd)));
    }
    m_transcript.Print(ConsoleTranscript::Format("    %-16s%10llu %10llu",
                                                 "Total:",
                                                 Number(total.sent),
                                                 Number(total.rcvd)));
}

std::string
BgpConsole::Uptime(Time time)
{
    const auto hours = static_cast<long long>(time.GetSeconds() / 3600);
    if (hours < 24)
    {
        return ConsoleTranscript::Timestamp(time).substr(0, 8);
    }
    if (hours < 7 * 24)
    {
        return ConsoleTranscript::Format("%lldd%02lldh", hours / 24, hours % 24);
    }
    return ConsoleTranscript::Format("%lldw%lldd", hours / 168, hours / 24 % 7);
}

} // namespace keepalive
} // namespace ns3
