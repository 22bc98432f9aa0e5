/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_SCENARIO_LAW_H
#define KEEPALIVE_BGP_SCENARIO_LAW_H

#include "ns3/bgp-law.h"
#include "ns3/bgp-profile.h"
#include "ns3/bgp-scenario-config.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a BgpScenario before it is run.
 *
 * It works from the configuration alone: what both ends agree on, how their implementations treat
 * their timers, and how far from the failure each end is.
 */
class BgpScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration; its profiles exist, its hold times are acceptable
     */
    explicit BgpScenarioLaw(const BgpScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     *
     * An end that hears nothing any more has the law of its hold timer. One that still hears, but
     * is not heard, has the law of its peer, later by the way of the NOTIFICATION.
     *
     * @param end BgpScenario::R1 or R2
     * @return the law; none if the end does not notice or is told at once, if TCP may be faster, if
     *         the repair may come first, or if loss, congestion or the schedule leave no closed
     * form
     */
    std::optional<BgpLaw> Get(uint32_t end) const;

    /**
     * @brief How far a detection may lie from the law, because user traffic and what else BGP sends
     *        delay KEEPALIVEs, and the law knows only empty queues.
     * @return the slack
     */
    Time GetSlack() const;

    /**
     * @brief The hold time that both ends agree on.
     * @return seconds, 0 for none
     */
    uint16_t GetHoldTime() const;

    /**
     * @brief The time between KEEPALIVEs of an end, before jitter, once both have agreed.
     * @param end BgpScenario::R1 or R2
     * @return seconds, 0 for none
     */
    double GetKeepaliveTime(uint32_t end) const;

    /**
     * @brief The mean time between KEEPALIVEs of an end.
     * @param end BgpScenario::R1 or R2
     * @return seconds, 0 for none
     */
    double GetMeanInterval(uint32_t end) const;

    /**
     * @brief Whether no two intervals of an end need be alike.
     * @param end BgpScenario::R1 or R2
     * @return true if its keepalive timer is jittered
     */
    bool IsJittered(uint32_t end) const;

    /**
     * @brief How long an end may take to notice any failure of the link.
     * @param end BgpScenario::R1 or R2
     * @return seconds, or a little more; 0 if it never does
     */
    double GetLongestDetection(uint32_t end) const;

    /**
     * @brief How long after a repair the session is back for certain: the longest time in which an
     *        end neither connects nor lets itself be connected to, and a handshake.
     * @return seconds
     */
    double GetLongestRecovery() const;

    /**
     * @brief How long after the start both ends have agreed and told each other all routes.
     * @return seconds
     */
    double GetHandshake() const;

    /**
     * @brief Implementation of an end.
     * @param end how it is configured
     * @return its profile
     */
    static const BgpProfile& GetProfile(const BgpScenarioConfig::End& end);

    /**
     * @brief The hold time that an end proposes.
     * @param end how it is configured
     * @return seconds; 0 for none
     */
    static uint16_t GetProposal(const BgpScenarioConfig::End& end);

  private:
    /**
     * @brief How an end is configured.
     * @param end which
     * @return its configuration
     */
    const BgpScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief Whether an end no longer hears its peer.
     * @param end which
     * @return true if so
     */
    bool IsDeaf(uint32_t end) const;
    /**
     * @brief The law of the hold timer of an end.
     * @param end which
     * @param delay from the place of the failure to the end, seconds
     * @return the law
     */
    BgpLaw MakeLaw(uint32_t end, double delay) const;
    /**
     * @brief How long what got past the failure is on its way.
     * @return seconds
     */
    double GetDelayBehindFailure() const;
    /**
     * @brief The least time from a failure to the end of the connection by TCP's own timers.
     * @return seconds
     */
    double GetShortestTcp() const;
    /**
     * @brief The time that a message takes from end to end.
     * @param bytes its IP packet
     * @return seconds
     */
    double GetOneWay(uint32_t bytes) const;

    const BgpScenarioConfig& m_config; //!< what is considered
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_SCENARIO_LAW_H */
