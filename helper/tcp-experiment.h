/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_EXPERIMENT_H
#define KEEPALIVE_TCP_EXPERIMENT_H

#include "ns3/experiment.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/tcp-scenario-config.h"
#include "ns3/tcp-scenario-law.h"
#include "ns3/tcp-scenario.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a ScenarioExperiment needs to know of a TCP connection with keepalives.
 */
struct TcpExperiment
{
    using Scenario = TcpScenario;     //!< what is run
    using Config = TcpScenarioConfig; //!< everything that can be chosen
    using Law = TcpScenarioLaw;       //!< what theory says of it

    /**
     * @brief What is known of the ends before any run.
     * @param config the configuration; it can be built
     * @return one for R1, one for R2: as interval the idle time, as retries the number of probes,
     * as rule the profile
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

#endif /* KEEPALIVE_TCP_EXPERIMENT_H */
