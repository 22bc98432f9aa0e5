/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_SCENARIO_CONFIG_H
#define KEEPALIVE_ETHERNET_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/ethernet-keepalive.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in an EthernetScenario. The defaults are those of IOS.
 *
 * What fails is the cable between S1 and one end, or that end, or the cable S1-S2, which is looped.
 * Losses are those of the same cable as the failures of cables, and the load is from R1 to R2.
 * There are no failures DELAY_STEP and BINDING_LOSS, and frames in flight at a cut are lost.
 */
struct EthernetScenarioConfig : ScenarioConfig
{
    /// What one end is configured to.
    struct End
    {
        Time interval{Seconds(10)}; //!< time between keepalives; zero for none
        uint32_t retries{5};        //!< unanswered ones that bring the line protocol down
        EthernetKeepalive::Return returns{
            EthernetKeepalive::HALF_DUPLEX_MEDIUM}; //!< how its own frames come back
    };

    EthernetScenarioConfig()
        : ScenarioConfig(DataRate(0), 500)
    {
    }

    End r1; //!< R1
    End r2; //!< R2

    Time portInterval{Seconds(10)}; //!< time between keepalives of S1's ports; zero for none
    Time recovery;                  //!< until a port that was shut for a loop is tried again; zero
                                    //!< for never

    Time pingPeriod;              //!< of R1 pinging R2 in layer 2; zero for never
    DataRate rate{"10Mb/s"};      //!< of all cables
    Time delay{NanoSeconds(500)}; //!< of all cables, one way: 100 m
    uint32_t queuePackets{100};   //!< queue of each device

    bool failR1{false};  //!< it is R1 or its cable that fails, rather than R2 or its cable
    bool adapter{false}; //!< for failures of a cable: it is the end's adapter that fails, instead
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_SCENARIO_CONFIG_H */
