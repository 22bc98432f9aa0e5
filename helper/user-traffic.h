/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_USER_TRAFFIC_H
#define KEEPALIVE_USER_TRAFFIC_H

#include "ns3/data-rate.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/traffic-monitor.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What users send while things fail: packets at a constant rate, both ways.
 */
class UserTraffic
{
  public:
    /// Where the users are.
    struct Host
    {
        Ptr<Node> node;      //!< the host
        Ipv4Address address; //!< what the others send to
        std::string router;  //!< name of the router that it is behind, such as "R1"
    };

    /**
     * @brief Describe the traffic.
     * @param rate of each of the two flows; zero for no traffic
     * @param packetSize bytes of UDP payload
     */
    UserTraffic(DataRate rate, uint32_t packetSize);

    /**
     * @brief Install both flows, and have them watched if there are any.
     * @param first sends flow 0, such as "R1->R2"
     * @param second sends flow 1, such as "R2->R1"
     * @param stream first random stream to use
     * @param monitor watches them
     * @return how many random streams were used
     */
    int64_t Install(const Host& first,
                    const Host& second,
                    int64_t stream,
                    TrafficMonitor& monitor) const;

  private:
    /**
     * @brief Install one flow.
     * @param from sends
     * @param to receives
     * @param stream first random stream to use
     * @param monitor watches it
     * @return how many random streams were used
     */
    int64_t InstallFlow(const Host& from,
                        const Host& to,
                        int64_t stream,
                        TrafficMonitor& monitor) const;

    DataRate m_rate;       //!< of each flow
    uint32_t m_packetSize; //!< bytes of UDP payload
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_USER_TRAFFIC_H */
