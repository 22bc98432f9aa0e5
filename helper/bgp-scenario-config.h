/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SCENARIO_CONFIG_H
#define KEEPALIVE_BGP_SCENARIO_CONFIG_H

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
 * @brief Everything that can be chosen in a BgpScenario. The defaults are those of a small lab.
 *
 * What fails is the direct link R1-R2, or R2. Losses are those of that link, and the load is on it,
 * towards R2. What is shut is the session, at R2. A loopback plug is at R2.
 */
struct BgpScenarioConfig : ScenarioConfig
{
    /// How one router is configured, for all its sessions.
    struct End
    {
        std::string profile{"cisco"}; //!< name of a BgpProfile: whose BGP it is
        Time holdTime{Seconds(-1)};   //!< proposed, whole seconds; negative for the profile's
        Time keepaliveTime{
            Seconds(-1)};    //!< wanted; negative for the profile's or a third of holdTime
        bool passive{false}; //!< waits for its neighbour on the direct link to connect
    };

    /// The TCP of all routers.
    struct Tcp
    {
        std::string profile{"linux"}; //!< name of a TcpKeepaliveProfile
        bool keepalive{false};        //!< SO_KEEPALIVE
        Time idle;                    //!< silence before a probe; zero for the profile's
        Time interval;                //!< time between probes; zero for the profile's
        uint32_t probes{0};           //!< unanswered ones that end it; zero for the profile's
        Time userTimeout;             //!< TCP_USER_TIMEOUT; zero for none
        Time rtoMin;                  //!< least retransmission timeout; zero for the profile's
    };

    BgpScenarioConfig()
        : ScenarioConfig(DataRate("80kb/s"), 500)
    {
    }

    End r1;  //!< R1, and B towards it
    End r2;  //!< R2, and B towards it
    Tcp tcp; //!< of all three

    Time advertisementInterval; //!< least time between UPDATEs; zero for none
    uint32_t prefixes{0};       //!< of a table that R2 announces besides its user network
    bool fastFallover{true};    //!< an interface that goes down ends its session at once
    bool randomPhase{true};     //!< start at a random phase, as routers do; else all at 0

    DataRate linkRate{"10Mb/s"};     //!< of every link
    Time linkDelay{MilliSeconds(5)}; //!< of every link, one way
    uint32_t queuePackets{50};       //!< queue of the congested link
    bool priority{false};            //!< BGP before everything else in that queue
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SCENARIO_CONFIG_H */
