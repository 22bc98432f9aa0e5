/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_EXPERIMENT_H
#define KEEPALIVE_NAT_EXPERIMENT_H

#include "ns3/experiment.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nat-scenario-config.h"
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a ScenarioExperiment needs to know of a flow through a NAT or firewall.
 */
struct NatExperiment
{
    using Scenario = NatScenario;     //!< what is run
    using Config = NatScenarioConfig; //!< everything that can be chosen
    using Law = NatScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2, if there is a mechanism: of TCP as interval the idle time, as
     * retries the number of probes; of DPD the delay, and the requests behind the first. The last
     * one is the binding: as interval that of NAT keepalives, as retries the losses in a row that
     *         end it, 0 if there is no law
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

#endif /* KEEPALIVE_NAT_EXPERIMENT_H */
