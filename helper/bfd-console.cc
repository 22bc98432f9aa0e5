/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-console.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Why a session went down, as the console says it.
 * @param cause why
 * @return words
 */
std::string
DescribeCause(LineCause cause)
{
    switch (cause)
    {
    case LineCause::DETECTION_TIME_EXPIRED:
        return "DETECT TIMER EXPIRED";
    case LineCause::PEER_SIGNALED_DOWN:
        return "RX DOWN";
    case LineCause::PEER_ADMIN_DOWN:
        return "RX ADMINDOWN";
    case LineCause::ADMIN_SHUTDOWN:
        return "ADMIN DOWN";
    default:
        return ToString(cause);
    }
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

/**
 * @brief A time as printf takes it.
 * @param time the time
 * @return whole milliseconds
 */
long long
Milliseconds(Time time)
{
    return time.GetMilliSeconds();
}

/**
 * @brief A bit as IOS prints it.
 * @param header the packet
 * @param flag which
 * @return 0 or 1
 */
int
Bit(const BfdHeader& header, BfdHeader::Flag flag)
{
    return header.HasFlag(flag) ? 1 : 0;
}

} // namespace

BfdConsole::BfdConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
BfdConsole::Watch(Ptr<BfdSession> session, const std::string& router)
{
    const auto handle =
        1 + std::count_if(m_sessions.begin(), m_sessions.end(), [&router](const Session& other) {
            return other.router == router;
        });
    m_sessions.emplace_back();
    Session* known = &m_sessions.back();
    known->transcript = &m_transcript;
    known->session = session;
    known->router = router;
    known->handle = static_cast<uint32_t>(handle);
    session->TraceConnectWithoutContext("LineProtocol",
                                        MakeBoundCallback(&BfdConsole::Line, known));
    session->TraceConnectWithoutContext("PacketTx",
                                        MakeBoundCallback(&BfdConsole::PacketTx, known));
    session->TraceConnectWithoutContext("PacketRx",
                                        MakeBoundCallback(&BfdConsole::PacketRx, known));
}

// ---- messages ----

void
BfdConsole::Line(Session* session, const DetectionEvent& event)
{
    if (event.cause == LineCause::NODE_CRASHED)
    {
        // A dead router prints nothing, and forgets what it counted.
        session->dead = true;
        session->created = false;
        session->received = Count();
        session->sent = Count();
        session->lastPacket = BfdHeader();
        return;
    }
    if (event.up)
    {
        session->up = event.when;
        session->transcript->Message(session->router,
                                     "%BFDFSM-6-BFD_SESS_UP: BFD-SYSLOG: " + Name(*session) +
                                         " is going UP");
        return;
    }
    session->transcript->Message(session->router,
                                 "%BFDFSM-6-BFD_SESS_DOWN: BFD-SYSLOG: " + Name(*session) +
                                     ",is going Down Reason: " + DescribeCause(event.cause));
}

void
BfdConsole::PacketTx(Session* session, const BfdHeader&)
{
    Create(session);
    session->sent.Add();
}

void
BfdConsole::PacketRx(Session* session, const BfdHeader& header)
{
    Create(session);
    session->received.Add();
    session->lastPacket = header;
}

void
BfdConsole::Create(Session* session)
{
    session->dead = false;
    if (session->created)
    {
        return;
    }
    session->created = true;
    session->transcript->Message(
        session->router,
        "%BFD-6-BFD_SESS_CREATED: BFD-SYSLOG: bfd_session_created, neigh " +
            ConsoleTranscript::ToText(session->session->GetRemoteAddress()) +
            ConsoleTranscript::Format(", handle:%u", session->handle));
}

std::string
BfdConsole::Name(const Session& session)
{
    return ConsoleTranscript::Format("BFD session ld:%u handle:%u",
                                     session.session->GetDiscriminator(),
                                     session.handle);
}

void
BfdConsole::Count::Add()
{
    const Time now = Simulator::Now();
    if (packets > 0)
    {
        const Time gap = now - last;
        shortest = packets == 1 ? gap : Min(shortest, gap);
        longest = Max(longest, gap);
        sum += gap;
    }
    packets++;
    last = now;
}

// ---- show bfd neighbors details ----

void
BfdConsole::ShowNeighbors()
{
    for (const auto& session : m_sessions)
    {
        Show(session);
    }
}

void
BfdConsole::Show(const Session& known)
{
    m_transcript.Print("");
    if (known.dead)
    {
        m_transcript.Print("! " + known.router + " has no power");
        return;
    }
    m_transcript.Print(known.router + "#show bfd neighbors details");
    const Ptr<BfdSession>& session = known.session;
    const BfdTiming& timing = session->GetTiming();
    const BfdTiming::Parameters own = timing.GetAdvertised();
    const BfdTiming::Parameters& remote = timing.GetRemote();
    const bool up = session->IsUp();
    const std::string numbers = ConsoleTranscript::Format("%u/%u",
                                                          session->GetDiscriminator(),
                                                          session->GetRemoteDiscriminator());
    const std::string holdown = ConsoleTranscript::Format("%lld (%u )",
                                                          Milliseconds(session->GetTimeLeft()),
                                                          remote.detectMult);
    constexpr const char* ROW = "%-15s %-15s %-7s %-9s %-14s %s";
    m_transcript.Print(ConsoleTranscript::Format(ROW,
                                                 "OurAddr",
                                                 "NeighAddr",
                                                 "LD/RD",
                                                 "RH/RS",
                                                 "Holdown(mult)",
                                                 "State"));
    m_transcript.Print(
        ConsoleTranscript::Format(ROW,
                                  ConsoleTranscript::ToText(session->GetLocalAddress()).c_str(),
                                  ConsoleTranscript::ToText(session->GetRemoteAddress()).c_str(),
                                  numbers.c_str(),
                                  ToString(session->GetRemoteState()),
                                  holdown.c_str(),
                                  ToString(session->GetState())));
    m_transcript.Print(std::string("Session state is ") + (up ? "UP" : "DOWN") +
                       " and not using echo function.");
    m_transcript.Print(ConsoleTranscript::Format("Local Diag: %u, Demand mode: 0, Poll bit: %u",
                                                 static_cast<unsigned>(session->GetDiagnostic()),
                                                 timing.IsPolling() ? 1U : 0U));
    m_transcript.Print(ConsoleTranscript::Format("MinTxInt: %u, MinRxInt: %u, Multiplier: %u",
                                                 own.desiredMinTx,
                                                 own.requiredMinRx,
                                                 own.detectMult));
    m_transcript.Print(ConsoleTranscript::Format("Received MinRxInt: %u, Received Multiplier: %u",
                                                 remote.requiredMinRx,
                                                 remote.detectMult));
    m_transcript.Print(ConsoleTranscript::Format("Holdown (hits): %lld, Hello (hits): %lld(%llu)",
                                                 Milliseconds(session->GetDetectionTime()),
                                                 Milliseconds(session->GetTransmitInterval()),
                                                 Number(known.sent.packets)));
    m_transcript.Print(known.received.Describe("Rx"));
    m_transcript.Print(known.sent.Describe("Tx"));
    if (up)
    {
        m_transcript.Print("Uptime: " +
                           ConsoleTranscript::Timestamp(Simulator::Now() - known.up).substr(0, 8));
    }
    if (known.received.packets > 0)
    {
        ShowPacket(known.lastPacket);
    }
}

std::string
BfdConsole::Count::Describe(const char* direction) const
{
    const int64_t gaps = packets > 1 ? static_cast<int64_t>(packets) - 1 : 1;
    std::string text =
        ConsoleTranscript::Format("%s Count: %llu, %s Interval (ms) min/max/avg: %lld/%lld/%lld",
                                  direction,
                                  Number(packets),
                                  direction,
                                  Milliseconds(shortest),
                                  Milliseconds(longest),
                                  Milliseconds(sum / gaps));
    if (packets > 0)
    {
        text +=
            ConsoleTranscript::Format(" last: %lld ms ago", Milliseconds(Simulator::Now() - last));
    }
    return text;
}

void
BfdConsole::ShowPacket(const BfdHeader& header)
{
    const auto row = [this](const char* prefix, const std::string& left, const std::string& right) {
        m_transcript.Print(
            ConsoleTranscript::Format("%-13s%-24s- %s", prefix, left.c_str(), right.c_str()));
    };
    const auto number = [](const char* name, uint32_t value) {
        return ConsoleTranscript::Format("%s: %u", name, value);
    };
    row("Last packet: ",
        "Version: 1",
        number("Diagnostic", static_cast<uint32_t>(header.GetDiagnostic())));
    row("",
        std::string("State bit: ") + ToString(header.GetState()),
        number("Demand bit", Bit(header, BfdHeader::DEMAND)));
    row("",
        number("Poll bit", Bit(header, BfdHeader::POLL)),
        number("Final bit", Bit(header, BfdHeader::FINAL)));
    row("",
        number("Multiplier", header.GetDetectMult()),
        number("Length", header.GetSerializedSize()));
    row("",
        number("My Discr.", header.GetMyDiscriminator()),
        number("Your Discr.", header.GetYourDiscriminator()));
    row("",
        number("Min tx interval", header.GetDesiredMinTx()),
        number("Min rx interval", header.GetRequiredMinRx()));
    m_transcript.Print("             " +
                       number("Min Echo interval", header.GetRequiredMinEchoRx()));
}

} // namespace keepalive
} // namespace ns3
