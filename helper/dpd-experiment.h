/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_EXPERIMENT_H
#define KEEPALIVE_DPD_EXPERIMENT_H

#include "ns3/dpd-scenario-config.h"
#include "ns3/dpd-scenario-law.h"
#include "ns3/dpd-scenario.h"
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
 * @brief What a ScenarioExperiment needs to know of an IKE SA with dead peer detection.
 */
struct DpdExperiment
{
    using Scenario = DpdScenario;     //!< what is run
    using Config = DpdScenarioConfig; //!< everything that can be chosen
    using Law = DpdScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2: as interval the delay, as retries the unanswered requests, as
     * rule the profile
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

#endif /* KEEPALIVE_DPD_EXPERIMENT_H */
