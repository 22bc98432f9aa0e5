/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_SCENARIO_H
#define KEEPALIVE_GRE_SCENARIO_H

#include "ns3/detection-recorder.h"
#include "ns3/failure-injector.h"
#include "ns3/gre-scenario-config.h"
#include "ns3/gre-topology.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/ptr.h"
#include "ns3/traffic-monitor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
 *
 * Every random variable has its own stream: the same configuration and RngRun give the same run,
 * bit for bit, first or hundredth in a process. One scenario at a time: it calls
 * Simulator::Destroy when it is destroyed.
 */
class GreScenario
{
  public:
    static constexpr uint32_t R1 = 0; //!< number of the end at R1
    static constexpr uint32_t R2 = 1; //!< number of the end at R2

    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit GreScenario(const GreScenarioConfig& config);
    ~GreScenario();

    GreScenario(const GreScenario&) = delete;
    GreScenario& operator=(const GreScenario&) = delete;

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

    /// Run it to its end.
    void Run();

    /**
     * @brief One end of the tunnel that carries the traffic.
     * @param end R1 or R2
     * @return the device
     */
    Ptr<GreTunnelDevice> GetTunnel(uint32_t end) const;

    /**
     * @brief What makes things fail.
     * @return the injector
     */
    Ptr<FailureInjector> GetInjector() const;

    /**
     * @brief What the ends made of it.
     * @return the recorder; complete after Run
     */
    const DetectionRecorder& GetRecorder() const;

    /**
     * @brief What became of the user traffic: flow 0 from R1, flow 1 from R2.
     * @return the monitor; complete after Run; it watches no flow if there is no traffic
     */
    const TrafficMonitor& GetTraffic() const;

    /**
     * @brief Write the frames of the core links and of the tunnel to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief When the run ends.
     * @return the time
     */
    Time GetStop() const;

    /**
     * @brief The configuration.
     * @return what was built
     */
    const GreScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief Refuse a configuration that cannot be built.
     * @param config the configuration
     * @return the same; aborts, saying what is wrong
     */
    static const GreScenarioConfig& Checked(const GreScenarioConfig& config);

    // in the order of the constructor
    void BuildImpairments();
    void BuildFailures();
    void BuildTraffic();

    /**
     * @brief What fails, as configured.
     * @return the target
     */
    Ptr<FailureTarget> MakeTarget();

    GreScenarioConfig m_config;      //!< what to build
    GreTopology m_net;               //!< the network
    Ptr<FailureInjector> m_injector; //!< what makes things fail
    DetectionRecorder m_recorder;    //!< what the ends make of it
    TrafficMonitor m_traffic;        //!< what becomes of traffic
    Time m_stop;                     //!< end of the run
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_SCENARIO_H */
