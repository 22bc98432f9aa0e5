/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SCENARIO_CONFIG_H
#define KEEPALIVE_BFD_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in a BfdScenario. The defaults are 3 times 300 ms.
 *
 * What fails is the link R1-R2, or R2. Losses are those of that link, and the load is on it,
 * towards R2. What is shut is the session, at R2. A loopback plug is at R2. There is no
 * failure BINDING_LOSS.
 */
struct BfdScenarioConfig : ScenarioConfig
{
    /// How one router is configured.
    struct End
    {
        Time minTx{MilliSeconds(300)}; //!< bfd.DesiredMinTxInterval: it sends no more often
        Time minRx{MilliSeconds(300)}; //!< bfd.RequiredMinRxInterval: it takes no more often
        uint32_t multiplier{3};        //!< bfd.DetectMult: packets of this end that may be lost
        bool passive{false};           //!< waits for the other end to begin
    };

    BfdScenarioConfig()
        : ScenarioConfig(DataRate("80kb/s"), 500)
    {
    }

    End r1;                //!< R1
    End r2;                //!< R2
    bool offloaded{false}; //!< line cards do it, whether or not the control plane hangs (C bit)

    Time renegotiateAt; //!< R1 changes its timers while the session is up; zero for never
    Time renegotiateTx{MilliSeconds(300)}; //!< to this minTx
    Time renegotiateRx{MilliSeconds(300)}; //!< and this minRx

    DataRate linkRate{"10Mb/s"};     //!< of every link
    Time linkDelay{MilliSeconds(1)}; //!< of every link, one way
    uint32_t queuePackets{50};       //!< queue of the congested link
    bool priority{false};            //!< BFD before everything else in that queue
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SCENARIO_CONFIG_H */
