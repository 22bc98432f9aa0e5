/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SCENARIO_H
#define KEEPALIVE_BFD_SCENARIO_H

#include "ns3/bfd-header.h"
#include "ns3/bfd-scenario-config.h"
#include "ns3/bfd-session.h"
#include "ns3/bfd-speaker.h"
#include "ns3/bfd-topology.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nstime.h"
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
 * @brief One run: a BFD session between two routers, and a failure of their link or of one of them.
 *
 * The network is a BfdTopology. Nothing is observed of an end before its session is up for the
 * first time.
 */
class BfdScenario : public Scenario
{
  public:
    static constexpr double SHORTEST_INTERVAL = 1e-3; //!< of a timer, seconds
    static constexpr double LONGEST_INTERVAL = 4294;  //!< what 32 bits of microseconds hold
    static constexpr uint32_t MOST_MULTIPLIER = 255;  //!< what 8 bits hold

    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit BfdScenario(const BfdScenarioConfig& config);
    ~BfdScenario();

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const BfdScenarioConfig& config);

    /**
     * @brief When the session is up for certain, if nothing is lost: no failure may come before.
     * @param config the configuration
     * @return the time, in whole seconds
     */
    static Time GetEarliestFailure(const BfdScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "R1-R2"
     */
    static std::string GetTargetName(const BfdScenarioConfig& config);

    /**
     * @brief The session at one end.
     * @param end R1 or R2
     * @return the session
     */
    Ptr<BfdSession> GetSession(uint32_t end) const;

    /**
     * @brief The speaker at one end.
     * @param end R1 or R2
     * @return the speaker
     */
    Ptr<BfdSpeaker> GetSpeaker(uint32_t end) const;

    /**
     * @brief What one end sent and received in its session, UDP and IP included.
     * @param end R1 or R2
     * @return the counters
     */
    const InterfaceCounters& GetCounters(uint32_t end) const;

    /**
     * @brief Write the packets of the link, at R1 and R2, to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const BfdScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeBfdTarget() const;

    // trace sinks
    static void PacketTx(InterfaceCounters* counters, const BfdHeader& header);
    static void PacketRx(InterfaceCounters* counters, const BfdHeader& header);

    BfdScenarioConfig m_config;      //!< what to build
    BfdTopology m_net;               //!< the network
    InterfaceCounters m_counters[2]; //!< of both ends
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SCENARIO_H */
