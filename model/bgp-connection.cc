/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-connection.h"

#include "ns3-compat.h"
#include "tcp-keepalive-socket.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveBgpConnection");

namespace
{

/**
 * @brief Let a socket live until all that is due now has run: ns-3 calls it without a reference,
 *        once its connection is made, and may be calling it right now.
 * @param socket the socket
 */
void
Keep(Ptr<Socket> /* socket */)
{
}

/**
 * @brief Why a connection ended.
 * @param socket its socket, of any kind
 * @param byPeer the peer closed it in good order
 * @return the cause, as far as the socket knows it
 */
TcpEndCause
GetCause(Ptr<Socket> socket, bool byPeer)
{
    Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(socket);
    if (tcp && tcp->GetEndCause() != TcpEndCause::NONE)
    {
        return tcp->GetEndCause();
    }
    return byPeer ? TcpEndCause::CLOSED : TcpEndCause::RETRANSMISSIONS;
}

} // namespace

BgpConnection::BgpConnection(Owner& owner)
    : m_owner(owner)
{
}

BgpConnection::~BgpConnection()
{
    Forget();
}

void
BgpConnection::SetSettings(const Settings& settings)
{
    m_settings = settings;
}

void
BgpConnection::Connect(InetSocketAddress local, InetSocketAddress remote)
{
    KEEPALIVE_SET_ADDRESS_TOS(local, m_settings.tos);
    KEEPALIVE_SET_ADDRESS_TOS(remote, m_settings.tos);
    Close();
    Ptr<Socket> socket = Socket::CreateSocket(m_settings.node, m_settings.protocol);
    Use(socket);
    m_connected = false;
    socket->SetConnectCallback(MakeCallback(&BgpConnection::HandleConnectSucceeded, this),
                               MakeCallback(&BgpConnection::HandleConnectFailed, this));
    if (socket->Bind(local) != 0 || socket->Connect(remote) != 0)
    {
        // Nobody expects to be called while still calling.
        m_deferred = Simulator::ScheduleNow(&BgpConnection::HandleConnectFailed, this, socket);
    }
}

void
BgpConnection::Adopt(Ptr<Socket> socket)
{
    Close();
    Use(socket);
    m_connected = true;
    m_deferred = Simulator::ScheduleNow(&BgpConnection::Read, this);
}

void
BgpConnection::Refuse(Ptr<Socket> socket)
{
    if (Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(socket))
    {
        tcp->Abort();
        return;
    }
    socket->Close();
}

void
BgpConnection::Use(Ptr<Socket> socket)
{
    m_socket = socket;
    socket->SetIpTos(m_settings.tos);
    socket->SetIpTtl(m_settings.ttl);
    socket->SetCloseCallbacks(MakeCallback(&BgpConnection::HandleNormalClose, this),
                              MakeCallback(&BgpConnection::HandleErrorClose, this));
    socket->SetRecvCallback(MakeCallback(&BgpConnection::HandleReadable, this));
    socket->SetSendCallback(MakeCallback(&BgpConnection::HandleWritable, this));
}

Ptr<Socket>
BgpConnection::Release()
{
    m_deferred.Cancel();
    Ptr<Socket> socket = m_socket;
    m_socket = nullptr;
    m_connected = false;
    m_connectPending = false;
    m_endPending = false;
    m_input.Clear();
    m_outbox.clear();
    m_taken = 0;
    m_backlog = 0;
    if (socket)
    {
        Simulator::ScheduleNow(&Keep, socket);
        const auto nobody = MakeNullCallback<void, Ptr<Socket>>();
        socket->SetConnectCallback(nobody, nobody);
        socket->SetCloseCallbacks(nobody, nobody);
        socket->SetRecvCallback(nobody);
        socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
    }
    return socket;
}

void
BgpConnection::Send(std::vector<uint8_t> message)
{
    if (!m_connected)
    {
        return;
    }
    m_backlog += message.size();
    m_outbox.push_back(std::move(message));
    Flush();
}

void
BgpConnection::Flush()
{
    while (m_connected && !m_silent && !m_outbox.empty())
    {
        const std::vector<uint8_t>& first = m_outbox.front();
        const auto left = static_cast<uint32_t>(first.size() - m_taken);
        const uint32_t size = std::min(m_socket->GetTxAvailable(), left);
        // Send calls the send callback in turn, which finds the buffer as full as it is.
        if (size == 0)
        {
            return;
        }
        Ptr<Socket> socket = m_socket;
        const int taken = socket->Send(Create<Packet>(first.data() + m_taken, size));
        if (taken <= 0 || m_socket != socket)
        {
            return;
        }
        m_taken += static_cast<uint32_t>(taken);
        m_backlog -= static_cast<uint32_t>(taken);
        if (m_taken == first.size())
        {
            m_outbox.pop_front();
            m_taken = 0;
            m_owner.HandleSendProgress();
        }
    }
}

void
BgpConnection::SetStalled(bool stalled)
{
    if (m_stalled == stalled)
    {
        return;
    }
    m_stalled = stalled;
    m_silent = stalled;
    if (!stalled && m_connectPending)
    {
        m_connectPending = false;
        m_owner.HandleConnected();
    }
    if (!stalled && m_socket)
    {
        // What TCP received meanwhile is there to be read at once.
        Read();
        Flush();
    }
}

void
BgpConnection::ResumeWriting()
{
    m_silent = false;
    Flush();
}

bool
BgpConnection::IsInputPending() const
{
    // A message of which only the beginning arrived does not count.
    return m_socket && m_socket->GetRxAvailable() > 0;
}

bool
BgpConnection::IsOpen() const
{
    return bool(m_socket);
}

Ptr<Socket>
BgpConnection::GetSocket() const
{
    return m_socket;
}

uint64_t
BgpConnection::GetBacklog() const
{
    return m_backlog;
}

void
BgpConnection::Close(std::vector<uint8_t> lastWords, Time delay)
{
    const bool connected = m_connected;
    if (m_taken > 0)
    {
        // The message that TCP has half of comes first, or the peer could not read what follows.
        const std::vector<uint8_t>& begun = m_outbox.front();
        lastWords.insert(lastWords.begin(), begun.begin() + m_taken, begun.end());
    }
    Ptr<Socket> socket = Release();
    if (!socket)
    {
        return;
    }
    if (!connected)
    {
        socket->Close();
        return;
    }
    m_settings.lingering->Close(socket, std::move(lastWords), delay, m_settings.lingerTime);
}

void
BgpConnection::Forget()
{
    Ptr<Socket> socket = Release();
    if (Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(socket))
    {
        tcp->Forget();
    }
}

void
BgpConnection::HandleConnectSucceeded(Ptr<Socket> socket)
{
    if (socket == m_socket)
    {
        m_connected = true;
        m_connectPending = m_stalled; // the kernel knows, the process will some day
        if (!m_stalled)
        {
            m_owner.HandleConnected();
        }
    }
}

void
BgpConnection::HandleConnectFailed(Ptr<Socket> socket)
{
    if (socket == m_socket && !m_connected)
    {
        End(false);
    }
}

void
BgpConnection::HandleReadable(Ptr<Socket> socket)
{
    if (socket == m_socket && m_connected)
    {
        Read();
    }
}

void
BgpConnection::HandleWritable(Ptr<Socket> socket, uint32_t)
{
    if (socket == m_socket)
    {
        Flush();
    }
}

void
BgpConnection::Read()
{
    Ptr<Socket> socket = m_socket;
    while (socket && socket == m_socket && !m_stalled)
    {
        std::variant<std::monostate, BgpMessage, BgpError> next = m_input.Next();
        if (const auto* message = std::get_if<BgpMessage>(&next))
        {
            m_owner.HandleMessage(*message);
            continue;
        }
        if (const auto* error = std::get_if<BgpError>(&next))
        {
            m_owner.HandleUnreadable(*error);
            return;
        }
        Ptr<Packet> packet = socket->Recv();
        if (packet && packet->GetSize() == 0)
        {
            End(true); // the peer closed it, perhaps before anybody here listened
            return;
        }
        if (!packet)
        {
            break;
        }
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
        m_input.Append(bytes.data(), bytes.size());
    }
    if (m_endPending && !m_stalled && socket == m_socket)
    {
        End(m_endByPeer);
    }
}

void
BgpConnection::HandleNormalClose(Ptr<Socket> socket)
{
    if (socket == m_socket)
    {
        End(true);
    }
}

void
BgpConnection::HandleErrorClose(Ptr<Socket> socket)
{
    if (socket == m_socket)
    {
        End(false);
    }
}

void
BgpConnection::End(bool byPeer)
{
    if (m_stalled)
    {
        m_endPending = true;
        m_endByPeer = byPeer;
        return;
    }
    const TcpEndCause cause = GetCause(m_socket, byPeer);
    NS_LOG_INFO("connection ended: " << ToString(cause));
    Ptr<Socket> socket = Release();
    // Our half of a connection that the peer closed is still open.
    m_settings.lingering->Close(socket, {}, Time(), m_settings.lingerTime);
    m_owner.HandleDisconnected(cause);
}

} // namespace keepalive
} // namespace ns3
