/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_SOCKET_FACTORY_H
#define KEEPALIVE_TCP_KEEPALIVE_SOCKET_FACTORY_H

#include "ns3/object-factory.h"
#include "ns3/socket-factory.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Creates TcpKeepaliveSockets on a node.
 *
 * Aggregated to a node by TcpKeepaliveHelper. Applications of ns-3 use it by name, as the value
 * "ns3::keepalive::TcpKeepaliveSocketFactory" of their attribute Protocol. Congestion control,
 * recovery and round-trip time estimation are those of the node's TcpL4Protocol.
 *
 * It is no TcpSocketFactory, so that a node may have both.
 */
class TcpKeepaliveSocketFactory : public SocketFactory
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    TcpKeepaliveSocketFactory();
    ~TcpKeepaliveSocketFactory() override;

    /**
     * @brief Set an attribute of the sockets created from now on.
     * @param name name of the attribute
     * @param value its value
     */
    void SetSocketAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set all attributes of the sockets created from now on at once.
     * @param factory has the attributes, and the type TcpKeepaliveSocket
     */
    void SetSocketAttributes(const ObjectFactory& factory);

    // inherited from SocketFactory
    Ptr<Socket> CreateSocket() override;

  private:
    ObjectFactory m_factory; //!< makes the sockets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_SOCKET_FACTORY_H */
