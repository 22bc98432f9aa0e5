/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SCENARIO_H
#define KEEPALIVE_TCP_SCENARIO_H

#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/scenario.h"
#include "ns3/tcp-keepalive-application.h"
#include "ns3/tcp-scenario-config.h"
#include "ns3/tcp-topology.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One run: a TCP connection between two hosts, and a failure on its way or at an end.
 *
 * R1 connects to R2, and again whenever its connection ends. An end is up while it has a
 * connection, as far as it knows; it goes down for whatever reason TCP gives it. Nothing is
 * observed of it before its first connection.
 */
class TcpScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit TcpScenario(const TcpScenarioConfig& config);

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const TcpScenarioConfig& config);

    /**
     * @brief The longest time that either end takes to notice that the path is gone.
     * @param config the configuration
     * @return seconds, or a little more; 0 if nobody ever does
     */
    static double GetLongestDetection(const TcpScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "A-B"
     */
    static std::string GetTargetName(const TcpScenarioConfig& config);

    /**
     * @brief The application at one end.
     * @param end R1 or R2
     * @return the application
     */
    Ptr<TcpKeepaliveApplication> GetEnd(uint32_t end) const;

    /**
     * @brief Write the packets of both ends to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const TcpScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeTcpTarget() const;

    TcpScenarioConfig m_config; //!< what to build
    TcpTopology m_net;          //!< the network
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SCENARIO_H */
