/* SPDX-License-Identifier: GPL-2.0-only */

#include "lingering-connections.h"

#include "tcp-keepalive-socket.h"

#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Read what arrives on a connection that is over: TCP resets one that is closed with data
 *        unread, and the last words would be lost.
 * @param socket the socket
 */
void
Drain(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        if (packet->GetSize() == 0)
        {
            break;
        }
    }
}

} // namespace

LingeringConnections::~LingeringConnections()
{
    for (Connection& connection : m_connections)
    {
        connection.next.Cancel();
    }
}

void
LingeringConnections::Close(Ptr<Socket> socket,
                            std::vector<uint8_t> lastWords,
                            Time delay,
                            Time lingerTime)
{
    socket->SetRecvCallback(MakeCallback(&Drain));
    const Position position =
        m_connections.insert(m_connections.end(),
                             Connection{socket, std::move(lastWords), lingerTime, EventId()});
    if (delay.IsStrictlyPositive())
    {
        position->next =
            Simulator::Schedule(delay, &LingeringConnections::SayLastWords, this, position);
        return;
    }
    SayLastWords(position);
}

void
LingeringConnections::SayLastWords(Position position)
{
    const Ptr<Socket> socket = position->socket;
    const std::vector<uint8_t> words = std::exchange(position->lastWords, {});
    // Before anything is sent: whoever sees it may take the power away.
    position->next =
        Simulator::Schedule(position->lingerTime, &LingeringConnections::GiveUp, this, position);
    Drain(socket);
    if (!words.empty() && socket->GetTxAvailable() >= words.size())
    {
        socket->Send(Create<Packet>(words.data(), static_cast<uint32_t>(words.size())));
    }
    socket->Close();
}

void
LingeringConnections::GiveUp(Position position)
{
    const Ptr<Socket> socket = position->socket;
    m_connections.erase(position);
    if (Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(socket))
    {
        tcp->Abort();
    }
}

void
LingeringConnections::Forget()
{
    for (Connection& connection : std::exchange(m_connections, {}))
    {
        connection.next.Cancel();
        if (Ptr<TcpKeepaliveSocket> tcp = DynamicCast<TcpKeepaliveSocket>(connection.socket))
        {
            tcp->Forget();
        }
    }
}

} // namespace keepalive
} // namespace ns3
