/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_SCENARIO_H
#define KEEPALIVE_ETHERNET_SCENARIO_H

#include "ns3/ethernet-keepalive.h"
#include "ns3/ethernet-scenario-config.h"
#include "ns3/ethernet-topology.h"
#include "ns3/link-cut.h"
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
 * @brief One run: two routers on an Ethernet, and a failure of a cable, of a router, or a loop.
 *
 * Three ends are observed: R1, R2, and S1, which is its port towards S2. Keepalives of R1 and R2
 * never leave their own cable: neither learns from them what becomes of the other. S1 notices
 * nothing but loops.
 */
class EthernetScenario : public Scenario
{
  public:
    static constexpr uint32_t S1 = 2;     //!< number of the end that is S1's port towards S2
    static constexpr uint32_t N_ENDS = 3; //!< how many

    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit EthernetScenario(const EthernetScenarioConfig& config);
    ~EthernetScenario();

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const EthernetScenarioConfig& config);

    /**
     * @brief The longest time that anybody takes whose keepalives could show the failure: the ends,
     *        or S1 for a loop.
     * @param config the configuration
     * @return seconds; 0 if nobody sends any. Whether they do notice, EthernetScenarioLaw says
     */
    static double GetLongestDetection(const EthernetScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "R2-S1"
     */
    static std::string GetTargetName(const EthernetScenarioConfig& config);

    /**
     * @brief The keepalive of an end.
     * @param end R1, R2 or S1
     * @return its keepalive
     */
    Ptr<EthernetKeepalive> GetEnd(uint32_t end) const;

    /**
     * @brief The keepalive of any port of S1.
     * @param port EthernetTopology::PORT_R1, PORT_R2 or PORT_S2
     * @return its keepalive
     */
    Ptr<EthernetKeepalive> GetPort(uint32_t port) const;

    /**
     * @brief Write the frames of both ends, and of S1's port towards S2, to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const EthernetScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeEthernetTarget() const;

    /**
     * @brief A cable is cut: let those notice it who can.
     * @param cut the cut of the cable
     * @param end the end that it happens at
     */
    void CompleteCut(Ptr<LinkCut> cut, Ptr<EthernetKeepalive> end) const;

    /// R1 pings R2, and again later. A scheduled event.
    void Ping();

    EthernetScenarioConfig m_config; //!< what to build
    EthernetTopology m_net;          //!< the network
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_SCENARIO_H */
