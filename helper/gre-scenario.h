/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_SCENARIO_H
#define KEEPALIVE_GRE_SCENARIO_H

#include "ns3/gre-scenario-config.h"
#include "ns3/gre-topology.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/ptr.h"
#include "ns3/scenario.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The reusable experiment: two routers, a tunnel through a core, a backup path, a failure.
 *
 * The network is a GreTopology. The tunnel runs over the core C and carries user traffic both ways;
 * the path over B is the backup. What happens on the way over C is the experiment: the backup never
 * fails, so that it is there to be used.
 */
class GreScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit GreScenario(const GreScenarioConfig& config);

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const GreScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "R1-C"
     */
    static std::string GetTargetName(const GreScenarioConfig& config);

    /**
     * @brief One end of the tunnel that carries the traffic.
     * @param end R1 or R2
     * @return the device
     */
    Ptr<GreTunnelDevice> GetTunnel(uint32_t end) const;

    /**
     * @brief Write the frames of the core links and of the tunnel to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const GreScenarioConfig& GetConfig() const;

  private:
    /// Limit the queue of link C-R2, and let keepalives pass first if so configured.
    void BuildQueue();

    /**
     * @brief Where failures strike, as configured.
     * @return the points
     */
    FailurePoints GetFailurePoints() const;

    GreScenarioConfig m_config; //!< what to build
    GreTopology m_net;          //!< the network
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_SCENARIO_H */
