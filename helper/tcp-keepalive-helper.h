/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_HELPER_H
#define KEEPALIVE_TCP_KEEPALIVE_HELPER_H

#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Gives nodes TCP sockets with keepalives.
 *
 * @code
   TcpKeepaliveHelper tcp("linux");
   tcp.SetAttribute("KeepaliveEnabled", BooleanValue(true));
   tcp.SetAttribute("KeepaliveIdle", TimeValue(Seconds(60)));
   tcp.Install(nodes); // after InternetStackHelper
   BulkSendHelper source("ns3::keepalive::TcpKeepaliveSocketFactory", address);
   @endcode
 */
class TcpKeepaliveHelper
{
  public:
    /**
     * @brief Choose what stack the nodes have.
     * @param profile name of a TcpKeepaliveProfile
     */
    explicit TcpKeepaliveHelper(const std::string& profile = "linux");

    /**
     * @brief Choose what stack the nodes have that are installed from now on.
     * @param name name of a TcpKeepaliveProfile; aborts if there is none of that name
     */
    void SetProfile(const std::string& name);

    /**
     * @brief Set an attribute of the sockets of the nodes installed from now on.
     * @param name name of an attribute of TcpKeepaliveSocket or its bases
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Give a node the socket factory, or another configuration of it.
     * @param node a node with an internet stack
     */
    void Install(Ptr<Node> node) const;

    /**
     * @brief Give nodes the socket factory, or another configuration of it.
     * @param nodes nodes with an internet stack
     */
    void Install(const NodeContainer& nodes) const;

  private:
    ObjectFactory m_socketFactory; //!< makes the sockets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_HELPER_H */
