/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SCENARIO_H
#define KEEPALIVE_BGP_SCENARIO_H

#include "ns3/bgp-neighbor.h"
#include "ns3/bgp-scenario-config.h"
#include "ns3/bgp-speaker.h"
#include "ns3/bgp-topology.h"
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
 * @brief One run: a BGP session over a direct link that fails, and a detour through a third AS.
 *
 * The network is a BgpTopology. The session R1-R2 is watched, and its link, or R2, is what fails.
 * The detour never fails, so that it is there to be used.
 *
 * Nothing is observed of an end before its session is up for the first time.
 */
class BgpScenario : public Scenario
{
  public:
    /**
     * @brief Build it.
     * @param config what to build
     */
    explicit BgpScenario(const BgpScenarioConfig& config);
    ~BgpScenario();

    /**
     * @brief What is wrong with a configuration, if anything.
     * @param config the configuration
     * @return one line naming the option and the values, none if it can be built
     */
    static std::optional<std::string> Check(const BgpScenarioConfig& config);

    /**
     * @brief When the session is up for certain, if nothing is lost: no failure may come before.
     * @param config the configuration; its profiles exist
     * @return the time, in whole seconds
     */
    static Time GetEarliestFailure(const BgpScenarioConfig& config);

    /**
     * @brief What tables and scripts call what fails.
     * @param config the configuration
     * @return a name such as "R1-R2"
     */
    static std::string GetTargetName(const BgpScenarioConfig& config);

    /**
     * @brief One end of the session.
     * @param end R1 or R2
     * @return its peer, as this end is configured with it
     */
    Ptr<BgpNeighbor> GetNeighbor(uint32_t end) const;

    /**
     * @brief The speaker at one end.
     * @param end R1 or R2
     * @return the speaker
     */
    Ptr<BgpSpeaker> GetSpeaker(uint32_t end) const;

    /**
     * @brief What one end sent and received in its session: messages are packets here, and their
     *        bytes are those of BGP alone.
     * @param end R1 or R2
     * @return the counters
     */
    const InterfaceCounters& GetCounters(uint32_t end) const;

    /**
     * @brief Write the packets of the direct link and of the detour, at R1, to capture files.
     * @param prefix path and beginning of the file names
     */
    void EnablePcap(const std::string& prefix);

    /**
     * @brief The configuration.
     * @return what was built
     */
    const BgpScenarioConfig& GetConfig() const;

  private:
    /**
     * @brief What fails, as configured.
     * @return the target, null for nothing
     */
    Ptr<FailureTarget> MakeBgpTarget() const;

    // trace sinks
    static void MessageTx(InterfaceCounters* counters, BgpMessageType type, uint32_t size);
    static void MessageRx(InterfaceCounters* counters, BgpMessageType type, uint32_t size);

    BgpScenarioConfig m_config;      //!< what to build
    BgpTopology m_net;               //!< the network
    InterfaceCounters m_counters[2]; //!< of both ends
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SCENARIO_H */
