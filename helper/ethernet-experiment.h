/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_EXPERIMENT_H
#define KEEPALIVE_ETHERNET_EXPERIMENT_H

#include "ns3/ethernet-scenario-config.h"
#include "ns3/ethernet-scenario-law.h"
#include "ns3/ethernet-scenario.h"
#include "ns3/experiment.h"
#include "ns3/keepalive-net-device.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a ScenarioExperiment needs to know of Ethernet keepalives.
 */
struct EthernetExperiment
{
    using Scenario = EthernetScenario;     //!< what is run
    using Config = EthernetScenarioConfig; //!< everything that can be chosen
    using Law = EthernetScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2, with how its keepalives come back as rule; and one for S1's
     * port, with the rule loop
     */
    static std::vector<Experiment::End> Describe(const Config& config);

    /**
     * @brief What the keepalives of an end did.
     * @param scenario the scenario, run
     * @param end number of the end in the recorder
     * @return the counters
     */
    static InterfaceCounters GetCounters(const Scenario& scenario, uint32_t end);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_EXPERIMENT_H */
