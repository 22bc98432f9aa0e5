/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_SCENARIO_H
#define KEEPALIVE_DPD_SCENARIO_H

#include "ns3/dpd-agent.h"
#include "ns3/dpd-scenario-config.h"
#include "ns3/dpd-topology.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/scenario.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One run: an IKE SA between two gateways, and a failure on its way or at an end.
 *
 * An end is up while it has an SA, as far as it knows. The SA is there from the beginning; an end
 * that has given its peer up tries to set up another.
 */
class DpdScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit DpdScenario(const DpdScenarioConfig& config);
    ~DpdScenario();

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const DpdScenarioConfig& config);

    /**
     * @brief The longest time that either end takes to notice that its peer is gone.
     * @param config the configuration
     * @return seconds, or a little more; 0 if nobody ever does
     */
    static double GetLongestDetection(const DpdScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "A-B"
     */
    static std::string GetTargetName(const DpdScenarioConfig& config);

    /**
     * @brief The agent at one end.
     * @param end R1 or R2
     * @return the agent
     */
    Ptr<DpdAgent> GetEnd(uint32_t end) const;

    /**
     * @brief What an agent sent and heard: keepalives are its requests, what was heard are replies,
     *        reflected those that it answered; octets are those of IKE messages.
     * @param end R1 or R2
     * @return the counters
     */
    const InterfaceCounters& GetCounters(uint32_t end) const;

    /**
     * @brief Packets of users that went into the SA at an end, and that came out of it.
     * @param end R1 or R2
     * @return how many were sent, how many received
     */
    std::pair<uint64_t, uint64_t> GetData(uint32_t end) const;

    /**
     * @brief Write the packets of both ends to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const DpdScenarioConfig& GetConfig() const;

  private:
    /// What an end has done.
    struct Count
    {
        InterfaceCounters keepalives; //!< of messages
        uint64_t dataSent{0};         //!< packets of users
        uint64_t dataReceived{0};     //!< packets of users
    };

    // trace sinks
    static void RequestTx(Count* count, Ptr<const Packet> message, uint32_t number);
    static void ReplyRx(Count* count, Ptr<const Packet> message, uint32_t number);
    static void ReplyTx(Count* count, Ptr<const Packet> message, uint32_t number);
    static void DataRx(Count* count, Ptr<const Packet> data);

    /**
     * @brief Watch an agent, and let its users talk.
     * @param end R1 or R2
     * @param name its name
     */
    void BuildEnd(uint32_t end, const std::string& name);
    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeDpdTarget() const;
    /**
     * @brief The users of an end send a packet, and again later. A scheduled event.
     * @param end R1 or R2
     */
    void SendData(uint32_t end);
    /**
     * @brief How an end is configured.
     * @param end R1 or R2
     * @return its configuration
     */
    const DpdScenarioConfig::End& GetEndConfig(uint32_t end) const;

    DpdScenarioConfig m_config;      //!< what to build
    DpdTopology m_net;               //!< the network
    std::array<Count, 2> m_counts{}; //!< what the ends have done
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_SCENARIO_H */
