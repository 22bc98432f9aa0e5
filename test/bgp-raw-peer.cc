/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-raw-peer.h"

#include "ns3/bgp-header.h"
#include "ns3/bgp-notification.h"
#include "ns3/bgp-open.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/packet.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-helper.h"
#include "ns3/tcp-keepalive-socket-factory.h"
#include "ns3/tcp-keepalive-socket.h"

#include <utility>
#include <variant>

namespace ns3
{
namespace keepalive
{
namespace tests
{

BgpRawPeer::BgpRawPeer(BgpTestNetwork& network, uint32_t speaker, uint32_t as)
    : node(CreateObject<Node>()),
      m_as(as)
{
    InternetStackHelper().Install(node);
    TcpKeepaliveHelper().Install(node);
    PointToPointHelper wire;
    wire.SetDeviceAttribute("DataRate", StringValue("1Gb/s"));
    wire.SetChannelAttribute("Delay", StringValue("5ms"));
    Ipv4AddressHelper addresses(Ipv4Address(0xc0a80000 + 256 * node->GetId()), "255.255.255.252");
    const auto interfaces = addresses.Assign(wire.Install(network.nodes.Get(speaker), node));
    speakerAddress = interfaces.GetAddress(0);
    address = interfaces.GetAddress(1);
    if (as == 0)
    {
        return;
    }
    // The helper knows what the neighbours of this network are like.
    Ptr<BgpSpeaker> other = CreateObject<BgpSpeaker>();
    other->SetAttribute("As", UintegerValue(as));
    neighbor =
        network.helper.Connect(network.speakers[speaker], speakerAddress, other, address).first;
    other->Dispose();
    neighbor->SetAttribute("Passive", BooleanValue(true));
    neighbor->TraceConnectWithoutContext("LineProtocol",
                                         MakeCallback(&BgpRawPeer::HandleLine, this));
    neighbor->TraceConnectWithoutContext("MessageTx", MakeCallback(&BgpRawPeer::HandleTx, this));
    neighbor->TraceConnectWithoutContext("NotificationTx",
                                         MakeCallback(&BgpRawPeer::HandleNotificationTx, this));
}

void
BgpRawPeer::Connect(Time when)
{
    Simulator::Schedule(when, &BgpRawPeer::DoConnect, this);
}

void
BgpRawPeer::Establish(Time when, Time interval, bool fourOctetAs)
{
    Connect(when);
    Say(when + MilliSeconds(10), MakeOpen(fourOctetAs)); // with the end of the handshake
    Simulator::Schedule(when + MilliSeconds(15), &BgpRawPeer::KeepAlive, this, interval);
}

void
BgpRawPeer::Say(Time when, std::vector<uint8_t> words)
{
    Simulator::Schedule(when, &BgpRawPeer::DoSay, this, std::move(words));
}

void
BgpRawPeer::Close(Time when, bool reset)
{
    Simulator::Schedule(when, &BgpRawPeer::DoClose, this, reset);
}

void
BgpRawPeer::BeDeaf(bool deaf)
{
    m_deaf = deaf;
}

std::vector<uint8_t>
BgpRawPeer::MakeOpen(bool fourOctetAs) const
{
    return BgpOpen::Make(m_as, 90, address.Get(), fourOctetAs).Encode();
}

std::string
BgpRawPeer::GetNotification() const
{
    std::string words;
    for (const BgpMessage& message : messages)
    {
        if (message.type == BgpMessageType::NOTIFICATION)
        {
            const auto read = BgpNotification::Decode(message.body.data(), message.body.size());
            words = read ? read->Describe() : "?";
        }
    }
    return words;
}

const BgpTestNetwork::Record*
BgpRawPeer::FindLast(const std::string& prefix) const
{
    const BgpTestNetwork::Record* last = nullptr;
    for (const auto& record : records)
    {
        if (record.what.compare(0, prefix.size(), prefix) == 0)
        {
            last = &record;
        }
    }
    return last;
}

void
BgpRawPeer::DoConnect()
{
    m_input.Clear();
    ended = false;
    socket = Socket::CreateSocket(node, TcpKeepaliveSocketFactory::GetTypeId());
    if (!m_deaf)
    {
        socket->SetRecvCallback(MakeCallback(&BgpRawPeer::HandleRead, this));
    }
    socket->SetCloseCallbacks(MakeCallback(&BgpRawPeer::HandleEnd, this),
                              MakeCallback(&BgpRawPeer::HandleEnd, this));
    socket->Bind();
    socket->Connect(InetSocketAddress(speakerAddress, 179));
}

void
BgpRawPeer::DoSay(std::vector<uint8_t> words)
{
    socket->Send(Create<Packet>(words.data(), static_cast<uint32_t>(words.size())));
}

void
BgpRawPeer::DoClose(bool reset)
{
    if (reset)
    {
        DynamicCast<TcpKeepaliveSocket>(socket)->Abort();
        return;
    }
    socket->Close();
}

void
BgpRawPeer::KeepAlive(Time interval)
{
    DoSay(EncodeBgpKeepalive());
    if (!interval.IsZero())
    {
        Simulator::Schedule(interval, &BgpRawPeer::KeepAlive, this, interval);
    }
}

void
BgpRawPeer::HandleRead(Ptr<Socket> from)
{
    while (Ptr<Packet> packet = from->Recv())
    {
        if (packet->GetSize() == 0)
        {
            break;
        }
        std::vector<uint8_t> piece(packet->GetSize());
        packet->CopyData(piece.data(), static_cast<uint32_t>(piece.size()));
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        m_input.Append(piece.data(), piece.size());
    }
    for (;;)
    {
        auto next = m_input.Next();
        const auto* message = std::get_if<BgpMessage>(&next);
        if (!message)
        {
            return;
        }
        messages.push_back(*message);
    }
}

void
BgpRawPeer::HandleEnd(Ptr<Socket> from)
{
    ended = ended || from == socket;
}

void
BgpRawPeer::Write(const std::string& what)
{
    records.push_back({Simulator::Now(), 0, 0, what});
}

void
BgpRawPeer::HandleLine(const DetectionEvent& event)
{
    Write(std::string(event.up ? "up " : "down ") + ToString(event.cause));
}

void
BgpRawPeer::HandleTx(BgpMessageType, uint32_t size)
{
    traced += size;
}

void
BgpRawPeer::HandleNotificationTx(const BgpError& error)
{
    Write("said " + BgpNotification{error}.Describe());
}

} // namespace tests
} // namespace keepalive
} // namespace ns3
