/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCENARIO_H
#define KEEPALIVE_SCENARIO_H

#include "ns3/data-rate.h"
#include "ns3/detection-recorder.h"
#include "ns3/failure-injector.h"
#include "ns3/failure-target.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device-container.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/scenario-config.h"
#include "ns3/traffic-monitor.h"
#include "ns3/user-traffic.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One run of one network: what all scenarios have in common.
 *
 * Two ends watch each other; something fails; the recorder says what the ends made of it, and the
 * monitor what became of user traffic. A derived class builds its network in its constructor, gives
 * its ends to m_recorder, and calls BuildLoss, BuildCrossTraffic, BuildFailures and BuildTraffic.
 *
 * Every random variable has its own stream: the same configuration and RngRun give the same run,
 * bit for bit, first or hundredth in a process. One scenario at a time: it calls
 * Simulator::Destroy when it is destroyed.
 */
class Scenario
{
  public:
    static constexpr uint32_t R1 = 0; //!< number of the end at R1
    static constexpr uint32_t R2 = 1; //!< number of the end at R2

    Scenario(const Scenario&) = delete;
    Scenario& operator=(const Scenario&) = delete;

    /// Run it to its end.
    void Run();

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
     * @brief When the run ends.
     * @return the time
     */
    Time GetStop() const;

  protected:
    /// Where failures strike. What a scenario has not stays null, and its Check refuses it.
    struct FailurePoints
    {
        std::string name;         //!< what tables call what fails
        Ptr<NetDevice> nearR1;    //!< end of the link that fails, on the side of R1
        Ptr<NetDevice> nearR2;    //!< its other end
        Ptr<NetDevice> interface; //!< what is shut, or gets the loopback plug
        Ptr<Node> node;           //!< what crashes or hangs
    };

    /// Packets that compete with keepalives, as IP and the wire see them.
    struct CrossTraffic
    {
        Ptr<Node> from;      //!< sends
        Ptr<Node> to;        //!< receives
        Ipv4Address address; //!< what is sent to
        DataRate wire;       //!< rate of the link that it loads
        uint32_t packetSize; //!< bytes of a packet
        uint32_t framing;    //!< bytes that the link adds to it
    };

    /**
     * @brief Begin with an empty network.
     * @param config the configuration
     * @param wrong what is wrong with it; aborts if anything is
     */
    Scenario(const ScenarioConfig& config, const std::optional<std::string>& wrong);

    /// Destroys the simulation.
    ~Scenario();

    /**
     * @brief Destroy the simulation. Only a derived class with trace sinks of its own need call
     *        this, in its destructor: a network that is being destroyed may still fire traces. To
     *        do it again changes nothing.
     */
    void Destroy();

    /**
     * @brief Lose packets as configured.
     * @param config the configuration
     * @param receivers the devices that lose what arrives, each with random variables of its own
     */
    void BuildLoss(const ScenarioConfig& config, const NetDeviceContainer& receivers);

    /**
     * @brief Load a link as configured, with Poisson traffic.
     * @param config the configuration
     * @param traffic from where to where
     */
    static void BuildCrossTraffic(const ScenarioConfig& config, const CrossTraffic& traffic);

    /**
     * @brief What tables and scripts call what fails.
     * @param failure what fails
     * @param link name of the link, for failures of links and for none
     * @param router name of the router, for failures of nodes
     * @param interface name of the interface, for failures of interfaces
     * @return one of the names
     */
    static std::string ChooseTargetName(ScenarioConfig::Failure failure,
                                        const std::string& link,
                                        const std::string& router,
                                        const std::string& interface);

    /**
     * @brief What fails, as configured.
     * @param config the configuration
     * @param points where
     * @return the target, null for nothing
     */
    static Ptr<FailureTarget> MakeTarget(const ScenarioConfig& config, const FailurePoints& points);

    /**
     * @brief Let it fail, and set the end of the run.
     * @param config the configuration
     * @param target what fails, null for nothing
     * @param needs what the mechanism needs of a failure plan
     */
    void BuildFailures(const ScenarioConfig& config,
                       Ptr<FailureTarget> target,
                       const FailurePlan::Needs& needs);

    /**
     * @brief Let users talk, as configured.
     * @param config the configuration
     * @param first the users behind R1
     * @param second the users behind R2
     */
    void BuildTraffic(const ScenarioConfig& config,
                      const UserTraffic::Host& first,
                      const UserTraffic::Host& second);

    Ptr<FailureInjector> m_injector; //!< what makes things fail
    DetectionRecorder m_recorder;    //!< what the ends make of it
    TrafficMonitor m_traffic;        //!< what becomes of traffic

  private:
    Time m_stop; //!< end of the run
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCENARIO_H */
