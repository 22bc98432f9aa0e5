/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SCENARIO_CONFIG_H
#define KEEPALIVE_TCP_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in a TcpScenario. The defaults are those of a small lab.
 *
 * What fails is the link A-B between the routers, or one end. Losses are those of that link, and
 * the load is on it. A loopback plug is at B. There is no failure SHUTDOWN.
 */
struct TcpScenarioConfig : ScenarioConfig
{
    /// What one end of the connection is configured to.
    struct End
    {
        std::string profile{"linux"}; //!< name of a TcpKeepaliveProfile: what stack it is
        bool keepalive{true};         //!< it sends probes
        Time idle{Seconds(60)};       //!< silence before the first one; zero for the profile's
        Time interval{Seconds(10)};   //!< time between them; zero for the profile's
        uint32_t probes{3};           //!< unanswered ones that end it; zero for the profile's
        Time userTimeout;             //!< TCP_USER_TIMEOUT; zero for none
        bool garbage{false};          //!< probes carry an octet, whatever the profile says
        Time dataPeriod;              //!< time between writes of the application; zero for none
        uint32_t dataSize{100};       //!< octets of one
    };

    TcpScenarioConfig()
        : ScenarioConfig(DataRate(0), 500)
    {
    }

    End r1; //!< R1, the client
    End r2; //!< R2, the server

    Time reconnectDelay{Seconds(1)};        //!< of R1, from the end of a connection; doubles
    Time longestReconnectDelay{Seconds(8)}; //!< where doubling stops
    Time connectTimeout{Seconds(5)};        //!< of R1, for an attempt
    uint16_t port{40000};                   //!< R2 listens there

    DataRate linkRate{"10Mb/s"};     //!< of the link A-B
    Time linkDelay{MilliSeconds(5)}; //!< of the link A-B, one way
    DataRate lanRate{"100Mb/s"};     //!< of the links R1-A and B-R2
    Time lanDelay{MilliSeconds(1)};  //!< of the links R1-A and B-R2, one way
    uint32_t queuePackets{50};       //!< queue of A towards B
    bool priority{false};            //!< the connection before everything else in that queue

    bool failR1{false}; //!< a crash or stall is at R1, rather than at R2
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SCENARIO_CONFIG_H */
