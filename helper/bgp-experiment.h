/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_EXPERIMENT_H
#define KEEPALIVE_BGP_EXPERIMENT_H

#include "ns3/bgp-scenario-config.h"
#include "ns3/bgp-scenario-law.h"
#include "ns3/bgp-scenario.h"
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
 * @brief What a ScenarioExperiment needs to know of a BGP session.
 */
struct BgpExperiment
{
    using Scenario = BgpScenario;     //!< what is run
    using Config = BgpScenarioConfig; //!< everything that can be chosen
    using Law = BgpScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2: as interval the time between its KEEPALIVEs, as retries the
     * number of its peer's that fit into the hold time, as rule the profile
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

#endif /* KEEPALIVE_BGP_EXPERIMENT_H */
