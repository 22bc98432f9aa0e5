/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_TOPOLOGY_H
#define KEEPALIVE_TCP_TOPOLOGY_H

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"
#include "ns3/tcp-keepalive-application.h"
#include "ns3/tcp-scenario-config.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Two hosts with a TCP connection between them, and two routers on the way.
 *
 * @verbatim
   R1 ---------------- A ---------------- B ---------------- R2
   10.1.0.1   10.1.0.2   10.0.0.1  10.0.0.2   10.2.0.1   10.2.0.2
   client              |    what fails    |             server
   @endverbatim
 *
 * The ends are called R1 and R2, as in all scenarios: to TCP they are hosts, be they routers or
 * not. A and B forward, and know nothing of connections. There is no other way.
 */
class TcpTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t R1 = 0; //!< the client
    static constexpr uint32_t A = 1;  //!< its router
    static constexpr uint32_t B = 2;  //!< the server's router
    static constexpr uint32_t R2 = 3; //!< the server

    static const char* const ADDRESS_R1; //!< of the client
    static const char* const ADDRESS_R2; //!< of the server

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit TcpTopology(const TcpScenarioConfig& config);

    NodeContainer nodes;                 //!< all nodes
    NetDeviceContainer r1a;              //!< link
    NetDeviceContainer ab;               //!< link
    NetDeviceContainer br2;              //!< link
    Ptr<TcpKeepaliveApplication> client; //!< at R1
    Ptr<TcpKeepaliveApplication> server; //!< at R2

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildQueue();
    void BuildConnection();

    /**
     * @brief Build one end of the connection.
     * @param node its host
     * @param end how it is configured
     * @return the application
     */
    Ptr<TcpKeepaliveApplication> InstallEnd(Ptr<Node> node,
                                            const TcpScenarioConfig::End& end) const;

    const TcpScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_TOPOLOGY_H */
