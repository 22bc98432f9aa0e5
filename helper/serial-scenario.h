/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_SCENARIO_H
#define KEEPALIVE_SERIAL_SCENARIO_H

#include "ns3/ptr.h"
#include "ns3/scenario.h"
#include "ns3/serial-net-device.h"
#include "ns3/serial-scenario-config.h"
#include "ns3/serial-topology.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One run: two routers, a serial line with HDLC or PPP, user traffic and a failure.
 *
 * Two networks with a host each reach each other over the line; when its line protocol is down,
 * the path over B is the backup.
 */
class SerialScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit SerialScenario(const SerialScenarioConfig& config);

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const SerialScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "R1-R2"
     */
    static std::string GetTargetName(const SerialScenarioConfig& config);

    /**
     * @brief One end of the line.
     * @param end R1 or R2
     * @return the device
     */
    Ptr<SerialNetDevice> GetEnd(uint32_t end) const;

    /**
     * @brief Write the frames at both ends of the line to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const SerialScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief Where failures strike, as configured.
     * @return the points
     */
    FailurePoints GetFailurePoints() const;

    SerialScenarioConfig m_config; //!< what to build
    SerialTopology m_net;          //!< the network
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_SCENARIO_H */
