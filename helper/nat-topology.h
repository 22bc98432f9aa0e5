/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_TOPOLOGY_H
#define KEEPALIVE_NAT_TOPOLOGY_H

#include "ns3/dpd-agent.h"
#include "ns3/ike-datagram.h"
#include "ns3/nat-box.h"
#include "ns3/nat-keepalive.h"
#include "ns3/nat-scenario-config.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/ptr.h"
#include "ns3/tcp-keepalive-application.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A host inside, a NAT or firewall, a router of the Internet, and a host outside.
 *
 * @verbatim
   R1 ---------------- N ---------------- B ---------------- R2
   10.1.0.1   10.1.0.2   10.0.0.1  10.0.0.2   10.2.0.1   10.2.0.2
   inside             NAT                                outside
   @endverbatim
 *
 * B knows no way to 10.1.0.0/24: from outside R1 is reached by an address and port of N, or not at
 * all. If N is a mere firewall, B does know, and N asks its bindings.
 *
 * Both ends have an IKE SA on UDP port 4500, or R1 is a TCP client and R2 its server. The binding
 * exists from the start: R1 sends one packet, as if the SA had just been set up.
 */
class NatTopology
{
  public:
    // The nodes, in the order in which they are created.
    static constexpr uint32_t R1 = 0; //!< the end inside
    static constexpr uint32_t N = 1;  //!< the NAT box
    static constexpr uint32_t B = 2;  //!< a router
    static constexpr uint32_t R2 = 3; //!< the end outside

    static const char* const ADDRESS_R1;  //!< of R1
    static const char* const ADDRESS_NAT; //!< of N, outside
    static const char* const ADDRESS_R2;  //!< of R2

    /**
     * @brief Build it.
     * @param config what of it can be chosen; checked already
     */
    explicit NatTopology(const NatScenarioConfig& config);

    NodeContainer nodes;                                  //!< all nodes
    NetDeviceContainer r1n;                               //!< link
    NetDeviceContainer nb;                                //!< link
    NetDeviceContainer br2;                               //!< link
    Ptr<NatBox> box;                                      //!< at N
    Ptr<NatKeepalive> keepalive;                          //!< at R1; null with TCP
    std::array<Ptr<DpdAgent>, 2> agents;                  //!< R1's and R2's; null with TCP
    std::array<Ptr<TcpKeepaliveApplication>, 2> programs; //!< R1's and R2's; null without TCP

  private:
    // in the order of the constructor
    void BuildNodes();
    void BuildBox();
    void BuildAssociation();
    void BuildNatKeepalive();
    void BuildConnection();

    /**
     * @brief Configure one end of the SA.
     * @param agent the end
     * @param end how
     */
    void Configure(Ptr<DpdAgent> agent, const NatScenarioConfig::End& end) const;

    /**
     * @brief Build one end of a TCP connection.
     * @param node its host
     * @param end how it is configured
     * @return the application
     */
    Ptr<TcpKeepaliveApplication> InstallEnd(Ptr<Node> node,
                                            const NatScenarioConfig::End& end) const;

    // what NAT keepalives have to do with an SA
    static void SendKeepalive(Ptr<IkeAssociation> association, Ptr<Packet> octet);
    static void Sent(NatKeepalive* keepalive, Ptr<const Packet> datagram, IkeDatagram kind);

    /// R1's first packet: the last of the setup of the SA.
    static void SendFirst(Ptr<DpdAgent> agent);

    const NatScenarioConfig& m_config; //!< what can be chosen
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_TOPOLOGY_H */
