/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINGERING_CONNECTIONS_H
#define KEEPALIVE_LINGERING_CONNECTIONS_H

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"

#include <cstdint>
#include <list>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief TCP connections that are over for the process that had them, but not for the kernel: it
 *        goes on delivering what it was given, the last words above all, for some time.
 *
 * They belong to the node, not to the session that closed them: when the node loses its power they
 * are gone, and nothing of an earlier life is sent in the next one.
 */
class LingeringConnections
{
  public:
    LingeringConnections() = default;
    ~LingeringConnections();

    LingeringConnections(const LingeringConnections&) = delete;
    LingeringConnections& operator=(const LingeringConnections&) = delete;

    /**
     * @brief Close a connection in good order.
     * @param socket its socket, which calls nobody any more
     * @param lastWords sent before the end if there is room for all of them; may be empty
     * @param delay when that happens, from now on; until then what arrives is read
     * @param lingerTime how long TCP tries to deliver afterwards; then it gives the connection up
     */
    void Close(Ptr<Socket> socket, std::vector<uint8_t> lastWords, Time delay, Time lingerTime);

    /// The node lost its power: they are gone, and nobody is told.
    void Forget();

  private:
    /// A connection that is being closed.
    struct Connection
    {
        Ptr<Socket> socket;             //!< its socket
        std::vector<uint8_t> lastWords; //!< to be sent yet
        Time lingerTime;                //!< from their sending on
        EventId next;                   //!< the end of the delay, or of the linger time
    };

    using Position = std::list<Connection>::iterator; //!< in m_connections

    /**
     * @brief The delay is over: send the last words, and close.
     * @param position which connection
     */
    void SayLastWords(Position position);
    /**
     * @brief It lingered long enough.
     * @param position which connection
     */
    void GiveUp(Position position);

    std::list<Connection> m_connections; //!< all that may still send something
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINGERING_CONNECTIONS_H */
