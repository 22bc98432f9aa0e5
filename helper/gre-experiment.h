/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_EXPERIMENT_H
#define KEEPALIVE_GRE_EXPERIMENT_H

#include "ns3/experiment.h"
#include "ns3/gre-scenario-config.h"
#include "ns3/gre-scenario-law.h"
#include "ns3/gre-scenario.h"
#include "ns3/keepalive-net-device.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a ScenarioExperiment needs to know of a GRE tunnel.
 */
struct GreExperiment
{
    using Scenario = GreScenario;     //!< what is run
    using Config = GreScenarioConfig; //!< everything that can be chosen
    using Law = GreScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2: with the rule of both
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

#endif /* KEEPALIVE_GRE_EXPERIMENT_H */
