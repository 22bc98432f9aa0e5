/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-speaker.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-packet-info-tag.h"
#include "ns3/ipv4.h"
#include "ns3/log.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBfdSpeaker");
NS_OBJECT_ENSURE_REGISTERED(BfdSpeaker);

TypeId
BfdSpeaker::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BfdSpeaker")
            .SetParent<Application>()
            .SetGroupName("Keepalive")
            .AddConstructor<BfdSpeaker>()
            .AddAttribute("Offloaded",
                          "BFD runs in a line card, goes on while the control plane hangs, and "
                          "says so (C bit). Otherwise it hangs with it. To be set before the "
                          "start.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BfdSpeaker::m_offloaded),
                          MakeBooleanChecker())
            .AddAttribute("Tos",
                          "IP type of service of the packets; 0xc0, internetwork control (CS6), "
                          "lets them survive congestion.",
                          UintegerValue(0xc0),
                          MakeUintegerAccessor(&BfdSpeaker::m_tos),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("Protocol",
                          "Socket factory of the sessions, for UDP or what looks like it.",
                          TypeIdValue(UdpSocketFactory::GetTypeId()),
                          MakeTypeIdAccessor(&BfdSpeaker::m_protocol),
                          MakeTypeIdChecker())
            .AddTraceSource("Drop",
                            "A packet was discarded before it was known to which session it "
                            "belongs, or could not be sent.",
                            MakeTraceSourceAccessor(&BfdSpeaker::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

BfdSpeaker::BfdSpeaker() = default;

BfdSpeaker::~BfdSpeaker() = default;

void
BfdSpeaker::DoDispose()
{
    m_running = false;
    for (const Entry& entry : m_sessions)
    {
        entry.session->Dispose();
    }
    CloseAll();
    m_sessions.clear();
    Application::DoDispose();
}

void
BfdSpeaker::AddSession(Ptr<BfdSession> session)
{
    m_sessions.push_back({session, nullptr, 0});
    if (m_running && m_powered)
    {
        StartSession(m_sessions.size() - 1);
    }
}

void
BfdSpeaker::StartApplication()
{
    m_running = true;
    if (m_powered)
    {
        Boot();
    }
}

void
BfdSpeaker::StopApplication()
{
    m_running = false;
    Silence(LineCause::ADMIN_SHUTDOWN);
}

void
BfdSpeaker::Boot()
{
    for (std::size_t i = 0; i < m_sessions.size() && m_running && m_powered; i++)
    {
        StartSession(i);
    }
}

void
BfdSpeaker::StartSession(std::size_t i)
{
    const Ptr<BfdSession> session = m_sessions[i].session;
    NS_ABORT_MSG_IF(session->GetRemoteAddress() == Ipv4Address::GetAny(),
                    "a BFD session needs a RemoteAddress");
    Listen(session->IsMultiHop());

    Ptr<Socket> socket = Socket::CreateSocket(GetNode(), m_protocol);
    socket->SetIpTtl(TTL);
    uint32_t tries = LAST_SOURCE_PORT - FIRST_SOURCE_PORT + 1;
    uint16_t port = 0;
    do
    {
        NS_ABORT_MSG_IF(tries-- == 0, "no source port is left for a BFD session");
        port = m_nextPort;
        m_nextPort = port == LAST_SOURCE_PORT ? FIRST_SOURCE_PORT : port + 1;
    } while (socket->Bind(InetSocketAddress(session->GetLocalAddress(), port)) != 0);
    socket->ShutdownRecv();
    m_sessions[i].socket = socket;
    m_sessions[i].port = port;

    m_lastDiscriminator++; // goes on after a crash: an old packet finds no session
    m_byDiscriminator[m_lastDiscriminator] = i;
    session->Start(this, m_lastDiscriminator, m_offloaded);
    if (m_stalled && !m_offloaded)
    {
        session->SetStalled(true);
    }
}

void
BfdSpeaker::Listen(bool multiHop)
{
    Ptr<Socket>& socket = multiHop ? m_multiHop : m_singleHop;
    if (socket)
    {
        return;
    }
    const uint16_t port = multiHop ? MULTI_HOP_PORT : SINGLE_HOP_PORT;
    socket = Socket::CreateSocket(GetNode(), m_protocol);
    socket->SetIpRecvTtl(true);
    socket->SetRecvPktInfo(true);
    NS_ABORT_MSG_IF(socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port)) != 0,
                    "BFD port " << port << " is taken");
    socket->SetRecvCallback(MakeCallback(&BfdSpeaker::HandleRead, this));
}

void
BfdSpeaker::Silence(LineCause cause)
{
    // First the sockets: who hears of the end cannot make a session speak.
    CloseAll();
    for (std::size_t i = 0; i < m_sessions.size(); i++)
    {
        const Ptr<BfdSession> session = m_sessions[i].session;
        session->Stop(cause);
    }
}

void
BfdSpeaker::CloseAll()
{
    m_byDiscriminator.clear();
    for (Entry& entry : m_sessions)
    {
        if (entry.socket)
        {
            entry.socket->Close();
        }
        entry.socket = nullptr;
        entry.port = 0;
    }
    for (Ptr<Socket>* socket : {&m_singleHop, &m_multiHop})
    {
        if (*socket)
        {
            (*socket)->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
            (*socket)->Close();
            *socket = nullptr;
        }
    }
}

void
BfdSpeaker::SendBfdPacket(BfdSession& session, Ptr<Packet> packet)
{
    const auto found = m_byDiscriminator.find(session.GetDiscriminator());
    if (found == m_byDiscriminator.end())
    {
        m_dropTrace(packet, DropReason::ADMIN_DOWN);
        return;
    }
    InetSocketAddress to(session.GetRemoteAddress(),
                         session.IsMultiHop() ? MULTI_HOP_PORT : SINGLE_HOP_PORT);
    KEEPALIVE_SET_ADDRESS_TOS(to, m_tos);
    const Ptr<Socket> socket = m_sessions[found->second].socket;
    socket->SetIpTos(m_tos);
    if (socket->SendTo(packet->Copy(), 0, to) < 0)
    {
        m_dropTrace(packet, DropReason::NO_ROUTE);
    }
}

void
BfdSpeaker::Locate(const BfdSession& session, DetectionEvent& event) const
{
    event.nodeId = GetNode()->GetId();
    const Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    for (uint32_t i = 0; ipv4 && i < ipv4->GetNInterfaces(); i++)
    {
        for (uint32_t j = 0; j < ipv4->GetNAddresses(i); j++)
        {
            const Ipv4InterfaceAddress own = ipv4->GetAddress(i, j);
            if (own.GetLocal() == session.GetLocalAddress() ||
                own.GetMask().IsMatch(own.GetLocal(), session.GetRemoteAddress()))
            {
                event.ifIndex = ipv4->GetNetDevice(i)->GetIfIndex();
                return;
            }
        }
    }
}

void
BfdSpeaker::HandleRead(Ptr<Socket> socket)
{
    // Whoever hears of a packet may end all this; the node may even have booted again since.
    while (!IsHanging() && (socket == m_singleHop || socket == m_multiHop))
    {
        Address from;
        const Ptr<Packet> packet = socket->RecvFrom(from);
        if (!packet)
        {
            return;
        }
        HandlePacket(packet, InetSocketAddress::ConvertFrom(from).GetIpv4(), socket == m_multiHop);
    }
}

void
BfdSpeaker::HandlePacket(Ptr<Packet> packet, Ipv4Address from, bool multiHop)
{
    SocketIpTtlTag ttl;
    const bool knowsTtl = packet->RemovePacketTag(ttl);
    Ipv4PacketInfoTag info;
    packet->RemovePacketTag(info);
    if (!multiHop && (!knowsTtl || ttl.GetTtl() != TTL))
    {
        m_dropTrace(packet, DropReason::BAD_TTL);
        return;
    }
    BfdHeader header;
    packet->PeekHeader(header);
    if (header.GetError())
    {
        m_dropTrace(packet, *header.GetError());
        return;
    }

    Ptr<BfdSession> session;
    if (header.GetYourDiscriminator() != 0)
    {
        const auto found = m_byDiscriminator.find(header.GetYourDiscriminator());
        session = found == m_byDiscriminator.end() ? nullptr : m_sessions[found->second].session;
    }
    else if (header.GetState() != BfdState::DOWN && header.GetState() != BfdState::ADMIN_DOWN)
    {
        m_dropTrace(packet, DropReason::BAD_STATE);
        return;
    }
    else
    {
        session = FindByAddress(from, info.GetAddress(), multiHop);
    }
    if (!session || session->IsMultiHop() != multiHop)
    {
        m_dropTrace(packet, DropReason::BAD_DISCRIMINATOR);
        return;
    }
    session->Receive(header, packet);
}

Ptr<BfdSession>
BfdSpeaker::FindByAddress(Ipv4Address from, Ipv4Address to, bool multiHop) const
{
    for (const Entry& entry : m_sessions)
    {
        const Ipv4Address local = entry.session->GetLocalAddress();
        if (entry.session->IsMultiHop() == multiHop && entry.session->GetRemoteAddress() == from &&
            (local == Ipv4Address::GetAny() || local == to))
        {
            return entry.session;
        }
    }
    return nullptr;
}

void
BfdSpeaker::SetPowered(bool powered)
{
    if (m_powered == powered)
    {
        return;
    }
    m_powered = powered;
    m_stalled = false;
    if (!powered)
    {
        Silence(LineCause::NODE_CRASHED);
    }
    else if (m_running)
    {
        Boot();
    }
}

void
BfdSpeaker::SetControlPlaneStalled(bool stalled)
{
    if (m_stalled == stalled || !m_powered)
    {
        return;
    }
    m_stalled = stalled;
    if (m_offloaded)
    {
        return;
    }
    for (std::size_t i = 0; i < m_sessions.size() && m_stalled == stalled; i++)
    {
        const Ptr<BfdSession> session = m_sessions[i].session;
        session->SetStalled(stalled);
    }
    for (const Ptr<Socket>& socket : {m_singleHop, m_multiHop})
    {
        if (socket)
        {
            HandleRead(socket);
        }
    }
}

bool
BfdSpeaker::IsHanging() const
{
    return m_stalled && !m_offloaded;
}

uint32_t
BfdSpeaker::GetNSessions() const
{
    return static_cast<uint32_t>(m_sessions.size());
}

Ptr<BfdSession>
BfdSpeaker::GetSession(uint32_t i) const
{
    return m_sessions.at(i).session;
}

uint16_t
BfdSpeaker::GetSourcePort(uint32_t i) const
{
    return m_sessions.at(i).port;
}

int64_t
BfdSpeaker::AssignStreams(int64_t stream)
{
    int64_t used = 0;
    for (const Entry& entry : m_sessions)
    {
        used += entry.session->AssignStreams(stream + used);
    }
    return used;
}

} // namespace keepalive
} // namespace ns3
