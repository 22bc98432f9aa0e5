/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_SCENARIO_H
#define KEEPALIVE_SERIAL_SCENARIO_H

#include "ns3/detection-recorder.h"
#include "ns3/failure-injector.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/serial-net-device.h"
#include "ns3/serial-scenario-config.h"
#include "ns3/serial-topology.h"
#include "ns3/traffic-monitor.h"

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
 *
 * Every random variable has its own stream: the same configuration and RngRun give the same run,
 * bit for bit, first or hundredth in a process. One scenario at a time: it calls
 * Simulator::Destroy when it is destroyed.
 */
class SerialScenario
{
  public:
    static constexpr uint32_t R1 = 0; //!< number of the end at R1
    static constexpr uint32_t R2 = 1; //!< number of the end at R2

    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit SerialScenario(const SerialScenarioConfig& config);
    ~SerialScenario();

    SerialScenario(const SerialScenario&) = delete;
    SerialScenario& operator=(const SerialScenario&) = delete;

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

    /// Run it to its end.
    void Run();

    /**
     * @brief One end of the line.
     * @param end R1 or R2
     * @return the device
     */
    Ptr<SerialNetDevice> GetEnd(uint32_t end) const;

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
     * @brief Write the frames at both ends of the line to capture files.
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
    const SerialScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief Refuse a configuration that cannot be built.
     * @param config the configuration
     * @return the same; aborts, saying what is wrong
     */
    static const SerialScenarioConfig& Checked(const SerialScenarioConfig& config);

    // in the order of the constructor
    void BuildImpairments();
    void BuildFailures();
    void BuildTraffic();

    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeTarget();

    SerialScenarioConfig m_config;   //!< what to build
    SerialTopology m_net;            //!< the network
    Ptr<FailureInjector> m_injector; //!< what makes things fail
    DetectionRecorder m_recorder;    //!< what the ends make of it
    TrafficMonitor m_traffic;        //!< what becomes of traffic
    Time m_stop;                     //!< end of the run
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_SCENARIO_H */
