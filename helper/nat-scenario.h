/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_SCENARIO_H
#define KEEPALIVE_NAT_SCENARIO_H

#include "ns3/dpd-agent.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nat-binding-monitor.h"
#include "ns3/nat-box.h"
#include "ns3/nat-calls.h"
#include "ns3/nat-keepalive.h"
#include "ns3/nat-scenario-config.h"
#include "ns3/nat-topology.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/scenario.h"
#include "ns3/tcp-keepalive-application.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One run: a flow through a NAT or firewall, what keeps its binding alive, and a failure.
 *
 * The recorder has as ends R1 and R2, if the mechanism tells them anything, and at last "binding",
 * which is no end but the truth: see NatBindingMonitor. Nothing is observed of it before it first
 * exists. Its mistakes are the losses of the binding. Nobody else learns of these at once: what the
 * ends make of them is in their own rows, if they notice at all.
 *
 * A loss of bindings (failure BINDING_LOSS) is an outage as long as it lasts, like any other. It
 * ought to be short, since the next packet from inside ends it.
 */
class NatScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit NatScenario(const NatScenarioConfig& config);

    /// Ends the simulation before what listens to it.
    ~NatScenario();

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const NatScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "N-B"
     */
    static std::string GetTargetName(const NatScenarioConfig& config);

    /**
     * @brief The number of the end "binding".
     * @return the last one of the recorder
     */
    uint32_t GetBindingEnd() const;

    /**
     * @brief What runs at an end, whatever it is.
     * @param end R1 or R2
     * @return the DpdAgent or TcpKeepaliveApplication
     */
    Ptr<Object> GetEnd(uint32_t end) const;

    /**
     * @brief One end of the SA.
     * @param end R1 or R2
     * @return the agent, null with TCP
     */
    Ptr<DpdAgent> GetAgent(uint32_t end) const;

    /**
     * @brief One end of the TCP connection.
     * @param end R1 or R2
     * @return the application, null without TCP
     */
    Ptr<TcpKeepaliveApplication> GetProgram(uint32_t end) const;

    /**
     * @brief The NAT or firewall.
     * @return the box
     */
    Ptr<NatBox> GetBox() const;

    /**
     * @brief What keeps the binding alive at R1.
     * @return it, null with TCP; stopped if there are to be none
     */
    Ptr<NatKeepalive> GetKeepalive() const;

    /**
     * @brief The truth about the binding.
     * @return what watches it
     */
    Ptr<NatBindingMonitor> GetBinding() const;

    /**
     * @brief What one end sent to the other: did it arrive?
     * @param end R1 or R2: who called
     * @return the calls; none with TCP
     */
    const NatCalls* GetCalls(uint32_t end) const;

    /**
     * @brief What the keepalives of an end did: DPD's requests and their answers, or TCP's probes.
     * @param end number of the end in the recorder; of the binding: NAT keepalives sent
     * @return the counters
     */
    InterfaceCounters GetCounters(uint32_t end) const;

    /**
     * @brief Write the packets of both ends to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const NatScenarioConfig& GetConfig() const;

  private:
    // trace sinks: what is counted
    static void CountTx(InterfaceCounters* counters, Ptr<const Packet> message, uint32_t number);
    static void CountRx(InterfaceCounters* counters, Ptr<const Packet> message, uint32_t number);
    static void CountNat(InterfaceCounters* counters, Ptr<const Packet> octet);

    // in the order of the constructor
    void BuildEnds();
    void BuildCalls();
    void BuildLink();

    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeNatTarget() const;

    NatScenarioConfig m_config;                       //!< what to build
    NatTopology m_net;                                //!< the network
    Ptr<NatBindingMonitor> m_binding;                 //!< the truth
    std::array<std::unique_ptr<NatCalls>, 2> m_calls; //!< of R1 and R2
    std::array<InterfaceCounters, 3> m_counters;      //!< of R1's and R2's DPD, of NAT keepalives
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_SCENARIO_H */
