/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-station.h"

#include "ns3/bgp-notification.h"
#include "ns3/bgp-routing.h"
#include "ns3/boolean.h"
#include "ns3/control-plane-stall.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr const char* NAME = "R1";      //!< the station, in all that is written
constexpr int16_t ROUTING_PRIORITY = 5; //!< of BGP's routes; above static ones

/**
 * @brief A block of addresses as text.
 * @param network its first address
 * @param mask its mask
 * @return address and length
 */
std::string
ToText(Ipv4Address network, Ipv4Mask mask)
{
    return ConsoleTranscript::ToText(network) + "/" + std::to_string(mask.GetPrefixLength());
}

} // namespace

BgpStation::BgpStation(Ptr<Node> node,
                       const Config& config,
                       Ptr<FailureInjector> injector,
                       ConsoleTranscript& transcript,
                       EventLog& events)
    : m_transcript(transcript),
      m_events(events),
      m_speaker(CreateObject<BgpSpeaker>())
{
    // The real peer's timer for retransmissions is as short as our usual delay of acknowledgements.
    TcpKeepaliveHelper tcp;
    tcp.SetAttribute("DelAckCount", UintegerValue(1));
    tcp.Install(node);
    Ptr<BgpRouting> routing = CreateObject<BgpRouting>();
    DynamicCast<Ipv4ListRouting>(node->GetObject<Ipv4>()->GetRoutingProtocol())
        ->AddRoutingProtocol(routing, ROUTING_PRIORITY);

    m_speaker->SetAttribute("As", UintegerValue(config.as));
    m_speaker->SetAttribute("RouterId", Ipv4AddressValue(config.address));
    for (const BgpPrefix& prefix : config.prefixes)
    {
        m_speaker->Announce(prefix);
    }
    Ptr<BgpNeighbor> neighbor = m_speaker->AddNeighbor(config.peer, config.peerAs);
    neighbor->SetAttribute("LocalAddress", Ipv4AddressValue(config.address));
    neighbor->SetAttribute("Passive", BooleanValue(config.passive));
    neighbor->SetAttribute("Profile", StringValue(config.profile));
    neighbor->SetAttribute("HoldTime", TimeValue(config.hold));
    neighbor->SetAttribute("KeepaliveTime", TimeValue(config.keepalive));
    node->AddApplication(m_speaker);
    if (config.stallAt.IsStrictlyPositive())
    {
        Ptr<ControlPlaneStall> stall = CreateObject<ControlPlaneStall>();
        stall->SetName(NAME);
        stall->AddPart(m_speaker);
        injector->Schedule(stall, config.stallAt, config.stallFor);
    }

    m_events.Watch(injector);
    m_transcript.Watch(injector);
    const auto connect = [&neighbor](const char* source, const CallbackBase& sink) {
        neighbor->TraceConnectWithoutContext(source, sink);
    };
    connect("LineProtocol", MakeCallback(&BgpStation::LineChanged, this));
    connect("State", MakeCallback(&BgpStation::StateChanged, this));
    connect("MessageTx", MakeCallback(&BgpStation::MessageSent, this));
    connect("MessageRx", MakeCallback(&BgpStation::MessageReceived, this));
    connect("NotificationTx", MakeCallback(&BgpStation::NotificationSent, this));
    connect("NotificationRx", MakeCallback(&BgpStation::NotificationReceived, this));
    routing->TraceConnectWithoutContext("RouteAdded", MakeCallback(&BgpStation::RouteAdded, this));
    routing->TraceConnectWithoutContext("RouteRemoved",
                                        MakeCallback(&BgpStation::RouteRemoved, this));
}

// ---- what is told ----

void
BgpStation::StateChanged(BgpState from, BgpState to)
{
    m_transcript.Message(NAME, std::string("BGP: ") + ToString(from) + " -> " + ToString(to));
    m_events.Write(NAME, "state", ToString(to), std::nullopt);
}

void
BgpStation::LineChanged(const DetectionEvent& event)
{
    m_hasBeenUp = m_hasBeenUp || event.up;
    m_transcript.Message(NAME,
                         std::string("BGP: session ") + (event.up ? "up: " : "down: ") +
                             ToString(event.cause));
    m_events.Hear(NAME, event);
    if (event.up)
    {
        const Ptr<BgpSession> session = m_speaker->GetNeighbors().front()->GetSession();
        m_events.Write(NAME, "hold-time", "", session->GetAgreement().GetHoldTime());
    }
}

void
BgpStation::MessageSent(BgpMessageType type, uint32_t size)
{
    m_events.Write(NAME, "message-tx", ToString(type), size);
}

void
BgpStation::MessageReceived(BgpMessageType type, uint32_t size)
{
    m_events.Write(NAME, "message-rx", ToString(type), size);
}

void
BgpStation::NotificationSent(const BgpError& error)
{
    SayNotification(error, "sent", "notification-tx");
}

void
BgpStation::NotificationReceived(const BgpError& error)
{
    SayNotification(error, "received", "notification-rx");
}

void
BgpStation::SayNotification(const BgpError& error, const char* verb, const char* event)
{
    const std::string text = std::to_string(error.code) + "/" + std::to_string(error.subcode);
    m_transcript.Message(NAME,
                         std::string("BGP: NOTIFICATION ") + verb + ": " + text + " (" +
                             BgpNotification{error}.Describe() + ")");
    m_events.Write(NAME, event, text, std::nullopt);
}

void
BgpStation::RouteAdded(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop)
{
    const BgpPrefix prefix{network.Get(), static_cast<uint8_t>(mask.GetPrefixLength())};
    std::string path;
    for (const auto& segment : m_speaker->GetRib().GetBest(prefix)->attributes->asPath)
    {
        for (const uint32_t as : segment.numbers)
        {
            path += " " + std::to_string(as);
        }
    }
    const std::string text =
        ToText(network, mask) + " via " + ConsoleTranscript::ToText(nextHop) + " path" + path;
    m_transcript.Message(NAME, "BGP: route to " + text);
    m_events.Write(NAME, "route-added", text, std::nullopt);
}

void
BgpStation::RouteRemoved(Ipv4Address network, Ipv4Mask mask, Ipv4Address)
{
    m_transcript.Message(NAME, "BGP: no route to " + ToText(network, mask));
    m_events.Write(NAME, "route-removed", ToText(network, mask), std::nullopt);
}

bool
BgpStation::HasBeenUp() const
{
    return m_hasBeenUp;
}

} // namespace keepalive
} // namespace ns3
