/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-keepalive-application.h"

#include "tcp-keepalive-socket-factory.h"
#include "tcp-line-cause.h"

#include "ns3/abort.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(TcpKeepaliveApplication);

TypeId
TcpKeepaliveApplication::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::TcpKeepaliveApplication")
            .SetParent<Application>()
            .SetGroupName("Keepalive")
            .AddConstructor<TcpKeepaliveApplication>()
            .AddAttribute("Remote",
                          "Address and port to connect to. Without it, wait for clients.",
                          AddressValue(),
                          MakeAddressAccessor(&TcpKeepaliveApplication::m_remote),
                          MakeAddressChecker())
            .AddAttribute("Local",
                          "Address and port to connect from, or to wait at. Without it, any.",
                          AddressValue(),
                          MakeAddressAccessor(&TcpKeepaliveApplication::m_local),
                          MakeAddressChecker())
            .AddAttribute("Tos",
                          "IP type of service of the connections.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&TcpKeepaliveApplication::m_tos),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("ReconnectDelay",
                          "Time from the end of a connection until a client connects again. It "
                          "doubles with each attempt that fails.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&TcpKeepaliveApplication::m_reconnectDelay),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("LongestReconnectDelay",
                          "Where doubling stops.",
                          TimeValue(Seconds(8)),
                          MakeTimeAccessor(&TcpKeepaliveApplication::m_longestReconnectDelay),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("ConnectTimeout",
                          "Time after which a client gives up an attempt to connect and begins "
                          "another one. TCP itself may give up earlier.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&TcpKeepaliveApplication::m_connectTimeout),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("DataPeriod",
                          "Time between writes, on each connection. Zero for none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&TcpKeepaliveApplication::m_dataPeriod),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("DataSize",
                          "Octets of one write.",
                          UintegerValue(100),
                          MakeUintegerAccessor(&TcpKeepaliveApplication::m_dataSize),
                          MakeUintegerChecker<uint32_t>(1))
            .AddTraceSource("LineProtocol",
                            "It has a connection, or has none any more; and why.",
                            MakeTraceSourceAccessor(&TcpKeepaliveApplication::m_lineTrace),
                            "ns3::keepalive::DetectionEvent::TracedCallback")
            .AddTraceSource("Connection",
                            "A connection began, ended, or could not be made.",
                            MakeTraceSourceAccessor(&TcpKeepaliveApplication::m_connectionTrace),
                            "ns3::keepalive::TcpKeepaliveApplication::ConnectionTracedCallback")
            .AddTraceSource("Probe",
                            "A keepalive probe was sent on a connection.",
                            MakeTraceSourceAccessor(&TcpKeepaliveApplication::m_probeTrace),
                            "ns3::keepalive::TcpKeepaliveApplication::ProbeTracedCallback")
            .AddTraceSource("KeepaliveTx",
                            "A keepalive probe was sent on any of the connections.",
                            MakeTraceSourceAccessor(&TcpKeepaliveApplication::m_keepaliveTxTrace),
                            "ns3::keepalive::TcpKeepaliveSocket::KeepaliveTracedCallback")
            .AddTraceSource("KeepaliveRx",
                            "A sign of life came while probes were unanswered.",
                            MakeTraceSourceAccessor(&TcpKeepaliveApplication::m_keepaliveRxTrace),
                            "ns3::keepalive::TcpKeepaliveSocket::KeepaliveTracedCallback");
    return tid;
}

TcpKeepaliveApplication::TcpKeepaliveApplication() = default;

TcpKeepaliveApplication::~TcpKeepaliveApplication() = default;

void
TcpKeepaliveApplication::DoDispose()
{
    m_running = false;
    m_next.Cancel();
    m_purge.Cancel();
    m_listener = nullptr;
    for (auto& connection : m_connections)
    {
        connection.event.Cancel();
        connection.ended = true;
        connection.socket = nullptr;
    }
    Application::DoDispose(); // the list stays: its sinks may still be called
}

// ---- connecting ----

void
TcpKeepaliveApplication::StartApplication()
{
    m_running = true;
    if (m_powered)
    {
        Open();
    }
}

void
TcpKeepaliveApplication::StopApplication()
{
    m_running = false;
    Leave(false);
}

void
TcpKeepaliveApplication::Leave(bool forget)
{
    const auto leave = [forget](Ptr<TcpKeepaliveSocket> socket) {
        forget ? socket->Forget() : static_cast<void>(socket->Close());
    };
    m_next.Cancel();
    if (m_listener)
    {
        leave(m_listener);
        m_listener = nullptr;
    }
    for (auto& connection : m_connections)
    {
        connection.event.Cancel();
        if (!connection.ended)
        {
            leave(connection.socket);
        }
    }
}

void
TcpKeepaliveApplication::Open()
{
    m_backoff = m_reconnectDelay;
    if (IsServer())
    {
        Listen();
    }
    else
    {
        Connect();
    }
}

void
TcpKeepaliveApplication::Listen()
{
    m_listener = CreateSocket();
    NS_ABORT_MSG_IF(!Bind(m_listener), "TcpKeepaliveApplication: its local address is taken");
    m_listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                  MakeCallback(&TcpKeepaliveApplication::Accepted, this));
    m_listener->Listen();
}

void
TcpKeepaliveApplication::Connect()
{
    if (m_stalled)
    {
        return; // once it goes on
    }
    Connection* attempt = Follow(CreateSocket());
    attempt->socket->SetConnectCallback(MakeCallback(&TcpKeepaliveApplication::Connected, this),
                                        MakeNullCallback<void, Ptr<Socket>>());
    attempt->event = Simulator::Schedule(m_connectTimeout, &TcpKeepaliveApplication::GiveUp, this);
    // A port may still be taken by the connection before, and there may be no route.
    if (!Bind(attempt->socket) || attempt->socket->Connect(m_remote) != 0)
    {
        attempt->socket->Close(); // or its port is taken for ever
        HandleEnd(attempt, TcpEndCause::CONNECT_TIMEOUT);
        return;
    }
    attempt->socket->SetIpTos(m_tos); // before ns-3.42 to connect sets it to that of the address
}

void
TcpKeepaliveApplication::GiveUp()
{
    for (auto& connection : m_connections)
    {
        if (!connection.established && !connection.ended)
        {
            connection.socket->Abort(); // which lets HandleEnd know
        }
    }
}

void
TcpKeepaliveApplication::ConnectLater(Time wait)
{
    m_next.Cancel();
    if (m_running && m_powered && !m_stalled && !IsServer())
    {
        m_next = Simulator::Schedule(wait, &TcpKeepaliveApplication::Connect, this);
    }
}

Ptr<TcpKeepaliveSocket>
TcpKeepaliveApplication::CreateSocket() const
{
    Ptr<TcpKeepaliveSocket> socket = DynamicCast<TcpKeepaliveSocket>(
        Socket::CreateSocket(GetNode(), TcpKeepaliveSocketFactory::GetTypeId()));
    socket->SetIpTos(m_tos);
    return socket;
}

bool
TcpKeepaliveApplication::Bind(Ptr<TcpKeepaliveSocket> socket) const
{
    if (!m_local.IsInvalid())
    {
        return socket->Bind(m_local) == 0;
    }
    return (Inet6SocketAddress::IsMatchingType(m_remote) ? socket->Bind6() : socket->Bind()) == 0;
}

TcpKeepaliveApplication::Connection*
TcpKeepaliveApplication::Follow(Ptr<TcpKeepaliveSocket> socket)
{
    m_connections.push_back({this, socket, false, false, false, false, EventId()});
    Connection* connection = &m_connections.back();
    socket->SetRecvCallback(MakeCallback(&TcpKeepaliveApplication::Readable, this));
    socket->SetCloseCallbacks(MakeCallback(&TcpKeepaliveApplication::PeerClosed, this),
                              MakeNullCallback<void, Ptr<Socket>>());
    socket->TraceConnectWithoutContext(
        "ConnectionEnd",
        MakeBoundCallback(&TcpKeepaliveApplication::Ended, connection));
    socket->TraceConnectWithoutContext(
        "KeepaliveTx",
        MakeBoundCallback(&TcpKeepaliveApplication::ProbeSent, connection));
    socket->TraceConnectWithoutContext(
        "KeepaliveRx",
        MakeBoundCallback(&TcpKeepaliveApplication::ProbeAnswered, connection));
    return connection;
}

void
TcpKeepaliveApplication::Connected(Ptr<Socket> socket)
{
    for (auto& connection : m_connections)
    {
        if (connection.socket == socket)
        {
            m_backoff = m_reconnectDelay;
            return HandleEstablished(&connection);
        }
    }
}

void
TcpKeepaliveApplication::Accepted(Ptr<Socket> socket, const Address&)
{
    HandleEstablished(Follow(DynamicCast<TcpKeepaliveSocket>(socket)));
}

void
TcpKeepaliveApplication::HandleEstablished(Connection* connection)
{
    connection->event.Cancel();
    connection->established = true;
    Learn(LineCause::SESSION_ESTABLISHED);
}

void
TcpKeepaliveApplication::Readable(Ptr<Socket> socket)
{
    for (auto& connection : m_connections)
    {
        if (connection.socket == socket && !m_stalled)
        {
            Read(connection);
        }
    }
}

void
TcpKeepaliveApplication::Read(Connection& connection)
{
    while (Ptr<Packet> packet = connection.socket->Recv(UINT32_MAX, 0))
    {
        if (packet->GetSize() == 0)
        {
            return; // the peer's end of file
        }
        m_read += packet->GetSize();
    }
}

void
TcpKeepaliveApplication::Write(Connection* connection)
{
    if (!m_stalled)
    {
        connection->socket->Send(Create<Packet>(m_dataSize)); // more than fits in is lost
    }
    connection->event =
        Simulator::Schedule(m_dataPeriod, &TcpKeepaliveApplication::Write, this, connection);
}

void
TcpKeepaliveApplication::ProbeSent(Connection* connection,
                                   Ptr<const Packet> segment,
                                   uint32_t unanswered)
{
    TcpKeepaliveApplication* self = connection->application;
    self->m_counters.keepalivesSent++;
    self->m_counters.keepaliveBytes += segment->GetSize() + IP_HEADER;
    self->m_probeTrace(connection->socket, unanswered);
    self->m_keepaliveTxTrace(segment, unanswered);
}

void
TcpKeepaliveApplication::ProbeAnswered(Connection* connection,
                                       Ptr<const Packet> segment,
                                       uint32_t unanswered)
{
    TcpKeepaliveApplication* self = connection->application;
    self->m_counters.keepalivesHeard++;
    self->m_counters.keepaliveBytes += segment->GetSize() + IP_HEADER;
    self->m_keepaliveRxTrace(segment, unanswered);
}

// ---- the end ----

void
TcpKeepaliveApplication::PeerClosed(Ptr<Socket> socket)
{
    for (auto& connection : m_connections)
    {
        connection.peerClosed = connection.peerClosed || connection.socket == socket;
    }
    if (!m_stalled) // or it has not read that yet
    {
        socket->Close();
    }
}

void
TcpKeepaliveApplication::Ended(Connection* connection, TcpEndCause cause)
{
    if (!connection->ended)
    {
        connection->application->HandleEnd(connection, cause);
    }
}

void
TcpKeepaliveApplication::HandleEnd(Connection* connection, TcpEndCause cause)
{
    connection->ended = true;
    connection->event.Cancel();
    m_purge.Cancel();
    m_purge = Simulator::ScheduleNow(&TcpKeepaliveApplication::Purge, this);
    if (!connection->established)
    {
        m_connectionTrace(connection->socket, cause);
        ConnectLater(m_backoff);
        m_backoff = std::min(m_backoff * 2, std::max(m_longestReconnectDelay, m_reconnectDelay));
        return;
    }
    if (!m_powered)
    {
        return; // nobody is left to learn of it
    }
    m_lastCause = ToLineCause(cause);
    Learn(m_lastCause);
    ConnectLater(m_reconnectDelay);
}

void
TcpKeepaliveApplication::Learn(LineCause cause)
{
    if (m_stalled)
    {
        return;
    }
    bool up = false;
    for (auto& connection : m_connections)
    {
        const bool lives = connection.established && !connection.ended;
        if (lives && !connection.known)
        {
            connection.known = true;
            m_connectionTrace(connection.socket, TcpEndCause::NONE);
            if (m_dataPeriod.IsStrictlyPositive())
            {
                connection.event = Simulator::Schedule(m_dataPeriod,
                                                       &TcpKeepaliveApplication::Write,
                                                       this,
                                                       &connection);
            }
        }
        else if (connection.ended && connection.known)
        {
            connection.known = false;
            m_connectionTrace(connection.socket, connection.socket->GetEndCause());
        }
        up = up || lives;
    }
    if (up != m_up)
    {
        m_up = up;
        m_lineTrace({Simulator::Now(), GetNode()->GetId(), 0, "tcp", up, cause});
    }
}

void
TcpKeepaliveApplication::Purge()
{
    // Not earlier: it is their sockets that tell of the end.
    m_connections.remove_if(
        [](const Connection& connection) { return connection.ended && !connection.known; });
}

void
TcpKeepaliveApplication::SetPowered(bool powered)
{
    if (powered == m_powered)
    {
        return;
    }
    m_powered = powered;
    if (powered)
    {
        if (m_running)
        {
            Open();
        }
        return;
    }
    m_stalled = false;
    Leave(true);
    Learn(LineCause::NODE_CRASHED);
}

void
TcpKeepaliveApplication::SetControlPlaneStalled(bool stalled)
{
    if (stalled == m_stalled || !m_powered)
    {
        return;
    }
    m_stalled = stalled;
    if (stalled)
    {
        return;
    }
    Learn(m_lastCause);
    m_purge.Cancel();
    m_purge = Simulator::ScheduleNow(&TcpKeepaliveApplication::Purge, this);
    bool lost = m_running && !IsServer() && m_next.IsExpired();
    for (auto& connection : m_connections)
    {
        if (!connection.ended)
        {
            lost = false;
            Read(connection);
        }
        if (!connection.ended && connection.peerClosed)
        {
            connection.socket->Close();
        }
    }
    if (lost)
    {
        Connect();
    }
}

} // namespace keepalive
} // namespace ns3
