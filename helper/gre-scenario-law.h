/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_SCENARIO_LAW_H
#define KEEPALIVE_GRE_SCENARIO_LAW_H

#include "ns3/detection-law.h"
#include "ns3/gre-scenario-config.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a GreScenario before it is run.
 *
 * It works from the configuration alone: from timers, delays, rates and the place of the failure
 * it finds which hop of a keepalive's round trip is the last one that the failure can catch.
 */
class GreScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration
     */
    explicit GreScenarioLaw(const GreScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end GreScenario::R1 or R2
     * @return the law; none if the end sends no keepalives or is not expected to notice, or if
     *         loss, congestion or the schedule leave no closed form
     */
    std::optional<DetectionLaw> Get(uint32_t end) const;

    /**
     * @brief How far a detection may lie from the law, because user traffic delays keepalives in
     *        queues and the law knows only empty ones.
     * @return the slack; a microsecond if there is no user traffic
     */
    Time GetSlack() const;

    /**
     * @brief Round trip of a keepalive through empty queues.
     * @param end GreScenario::R1 or R2, the one that sends it
     * @return the time
     */
    Time GetRoundTrip(uint32_t end) const;

  private:
    /// One wire that a keepalive passes.
    struct Hop
    {
        bool coreR2;   //!< link C-R2, else R1-C
        bool towardR2; //!< direction
        Time transmit; //!< time to send it
    };

    /**
     * @brief The wires that a keepalive of an end passes, out and back.
     * @param end which end
     * @return four hops
     */
    std::vector<Hop> GetHops(uint32_t end) const;

    /**
     * @brief How long after its send a keepalive can still be caught by the failure.
     * @param end which end sends it
     * @return the time; none if the failure catches none
     */
    std::optional<Time> GetCrossing(uint32_t end) const;

    GreScenarioConfig m_config; //!< what is considered
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_SCENARIO_LAW_H */
