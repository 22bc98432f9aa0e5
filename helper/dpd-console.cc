/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-console.h"

#include "ns3/ike-association.h"
#include "ns3/ike-header.h"
#include "ns3/ike-port.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

namespace ns3
{
namespace keepalive
{

DpdConsole::DpdConsole(ConsoleTranscript& transcript)
    : m_transcript(transcript)
{
}

void
DpdConsole::Watch(Ptr<DpdAgent> agent, const std::string& name, Ipv4Address address)
{
    StringValue profile;
    agent->GetAttribute("Profile", profile);
    const bool second = DpdProfile::Find(profile.Get())->ikeVersion == 2;
    Style style = Style::PLAIN;
    if (profile.Get().find("strongswan") == 0)
    {
        style = Style::CHARON;
    }
    else if (second)
    {
        style = Style::PLUTO;
    }
    m_gateways.push_back({&m_transcript, agent, name, address, style, second});
    Gateway* gateway = &m_gateways.back();
    const auto connect = [agent, gateway](const char* trace, const auto& sink) {
        agent->TraceConnectWithoutContext(trace, MakeBoundCallback(sink, gateway));
    };
    connect("RequestTx", &DpdConsole::RequestTx);
    connect("RequestRx", &DpdConsole::RequestRx);
    connect("ReplyTx", &DpdConsole::ReplyTx);
    connect("ReplyRx", &DpdConsole::ReplyRx);
    connect("SetupTx", &DpdConsole::SetupTx);
    connect("DataTx", &DpdConsole::DataTx);
    connect("DataRx", &DpdConsole::DataRx);
    connect("LineProtocol", &DpdConsole::Line);
}

// ---- asking ----

void
DpdConsole::RequestTx(Gateway* gateway, Ptr<const Packet> message, uint32_t number)
{
    const bool again = gateway->second && gateway->pending && number == gateway->number;
    gateway->asked++;
    gateway->number = number;
    gateway->pending = true;
    if (again)
    {
        gateway->repeats++;
        SayAgain(gateway);
    }
    else
    {
        gateway->repeats = 0;
        gateway->first = Simulator::Now();
        if (gateway->style == Style::CHARON)
        {
            Say(gateway, "[IKE] sending DPD request");
            SayMessage(gateway, "generating", message, false);
        }
        else if (gateway->style == Style::PLAIN)
        {
            Say(gateway,
                "DPD: sent R-U-THERE to " + GetPeer(gateway) + ", sequence number " +
                    std::to_string(number));
        }
    }
    SayPacket(gateway, message, true);
}

void
DpdConsole::SayAgain(Gateway* gateway)
{
    if (gateway->style == Style::CHARON)
    {
        Say(gateway,
            ConsoleTranscript::Format("[IKE] retransmit %u of request with message ID %u",
                                      gateway->repeats,
                                      gateway->number));
        return;
    }
    // It waits once more for as long as it has waited so far.
    Say(gateway,
        ConsoleTranscript::Format("\"peer\" #1: STATE_V2_ESTABLISHED_IKE_SA: retransmission; will "
                                  "wait %g seconds for response",
                                  (Simulator::Now() - gateway->first).GetSeconds()));
}

void
DpdConsole::ReplyRx(Gateway* gateway, Ptr<const Packet> message, uint32_t number)
{
    gateway->heard++;
    gateway->pending = false;
    SayPacket(gateway, message, false);
    SayMessage(gateway, "parsed", message, true);
    if (gateway->style == Style::PLAIN)
    {
        Say(gateway,
            "DPD: received R-U-THERE-ACK from " + GetPeer(gateway) + ", sequence number " +
                std::to_string(number));
    }
}

// ---- answering ----

void
DpdConsole::RequestRx(Gateway* gateway, Ptr<const Packet> message, uint32_t number)
{
    SayPacket(gateway, message, false);
    SayMessage(gateway, "parsed", message, false);
    if (gateway->style == Style::PLAIN)
    {
        Say(gateway,
            "DPD: received R-U-THERE from " + GetPeer(gateway) + ", sequence number " +
                std::to_string(number));
    }
}

void
DpdConsole::ReplyTx(Gateway* gateway, Ptr<const Packet> message, uint32_t number)
{
    gateway->answered++;
    SayMessage(gateway, "generating", message, true);
    SayPacket(gateway, message, true);
    if (gateway->style == Style::PLAIN)
    {
        Say(gateway,
            "DPD: sent R-U-THERE-ACK to " + GetPeer(gateway) + ", sequence number " +
                std::to_string(number));
    }
}

// ---- data ----

void
DpdConsole::DataTx(Gateway* gateway, Ptr<const Packet>)
{
    gateway->dataSent++;
}

void
DpdConsole::DataRx(Gateway* gateway, Ptr<const Packet>)
{
    gateway->dataReceived++;
}

// ---- the association ----

void
DpdConsole::Line(Gateway* gateway, const DetectionEvent& event)
{
    gateway->up = event.up;
    gateway->trying = false;
    if (event.up)
    {
        gateway->pending = false; // what is asked next is of another SA
        Say(gateway, "IKE SA with " + GetPeer(gateway) + " is up: " + ToString(event.cause));
    }
    else if (event.cause == LineCause::KEEPALIVE_UNANSWERED ||
             event.cause == LineCause::HOLD_TIME_EXPIRED)
    {
        SayDead(gateway, event);
    }
}

void
DpdConsole::SayDead(Gateway* gateway, const DetectionEvent& event)
{
    switch (gateway->style)
    {
    case Style::CHARON:
        Say(gateway,
            gateway->second ? ConsoleTranscript::Format("[IKE] giving up after %u retransmits",
                                                        gateway->repeats)
                            : "[JOB] DPD check timed out, enforcing DPD action");
        break;
    case Style::PLUTO:
        Say(gateway,
            ConsoleTranscript::Format(
                "\"peer\" #1: STATE_V2_ESTABLISHED_IKE_SA: %g second timeout exceeded after %u "
                "retransmits.  No response (or no acceptable response) to our IKEv2 message",
                NanoSeconds(gateway->agent->GetSettings().timeout).GetSeconds(),
                gateway->repeats));
        Say(gateway,
            "\"peer\" #1: liveness action - restarting all connections that share this peer");
        break;
    case Style::PLAIN:
        break;
    }
    Say(gateway, "IKE SA with " + GetPeer(gateway) + " is down: " + ToString(event.cause));
}

void
DpdConsole::SetupTx(Gateway* gateway, Ptr<const Packet>)
{
    if (!gateway->trying)
    {
        gateway->trying = true;
        Say(gateway, "tries to set up another IKE SA with " + GetPeer(gateway));
    }
}

void
DpdConsole::ShowAssociations()
{
    for (const Gateway& gateway : m_gateways)
    {
        m_transcript.Print(gateway.name + ": IKE SA with " + GetPeer(&gateway) +
                           (gateway.up ? ": up, " : ": down, ") + std::to_string(gateway.asked) +
                           " requests sent, " + std::to_string(gateway.heard) + " answered; " +
                           std::to_string(gateway.answered) + " requests of the peer answered; " +
                           std::to_string(gateway.dataSent) + " data packets sent, " +
                           std::to_string(gateway.dataReceived) + " received");
    }
}

// ---- words ----

void
DpdConsole::Say(Gateway* gateway, const std::string& text)
{
    gateway->transcript->Message(gateway->name, text);
}

void
DpdConsole::SayMessage(Gateway* gateway, const char* verb, Ptr<const Packet> message, bool reply)
{
    if (gateway->style != Style::CHARON)
    {
        return;
    }
    IkeHeader header;
    message->PeekHeader(header);
    // To charon all informational messages of IKEv1 are requests.
    const std::string text =
        gateway->second
            ? ConsoleTranscript::Format("[ENC] %s INFORMATIONAL %s %u [ ]",
                                        verb,
                                        reply ? "response" : "request",
                                        header.GetMessageId())
            : ConsoleTranscript::Format("[ENC] %s INFORMATIONAL_V1 request %u [ HASH N(%s) ]",
                                        verb,
                                        header.GetMessageId(),
                                        reply ? "DPD_ACK" : "DPD");
    Say(gateway, text);
}

void
DpdConsole::SayPacket(Gateway* gateway, Ptr<const Packet> message, bool sent)
{
    if (gateway->style != Style::CHARON)
    {
        return;
    }
    Ptr<IkeAssociation> association = gateway->agent->GetAssociation();
    const uint16_t port = association->IsNatTraversal() ? IkePort::NAT_PORT : IkePort::IKE_PORT;
    const std::string own =
        ConsoleTranscript::ToText(gateway->address) + "[" + std::to_string(port) + "]";
    const std::string peer =
        GetPeer(gateway) + "[" + std::to_string(association->GetRemote().port) + "]";
    Say(gateway,
        std::string("[NET] ") + (sent ? "sending" : "received") + " packet: from " +
            (sent ? own : peer) + " to " + (sent ? peer : own) + " (" +
            std::to_string(message->GetSize()) + " bytes)");
}

std::string
DpdConsole::GetPeer(const Gateway* gateway)
{
    return ConsoleTranscript::ToText(gateway->agent->GetAssociation()->GetRemote().address);
}

} // namespace keepalive
} // namespace ns3
