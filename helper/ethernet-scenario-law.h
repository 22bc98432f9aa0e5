/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_SCENARIO_LAW_H
#define KEEPALIVE_ETHERNET_SCENARIO_LAW_H

#include "ns3/detection-bounds.h"
#include "ns3/ethernet-scenario-config.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of an EthernetScenario before it is run.
 *
 * It works from the configuration alone. T is the interval and R the retries of whoever notices, in
 * time R T to (R + 1) T for silence and 0 to T for a loop, uniformly. Who notices what:
 *
 * | what fails                   | that end, half duplex | that end, controller | others        |
 * |------------------------------|-----------------------|----------------------|---------------|
 * | adapter                      | silence               | silence              | never         |
 * | cable, towards the end       | silence               | never                | never         |
 * | cable, both ways             | silence               | never                | never         |
 * | cable, towards S1 only       | never                 | never                | never         |
 * | cable or interface, signalled| at once, without law  | at once, without law | never         |
 * | the end itself               | never                 | never                | never         |
 * | cable S1-S2, looped          | never                 | never                | S1: a loop    |
 *
 * A full-duplex end notices what is signalled, and nothing else. On a half-duplex cable an end that
 * is no longer heard hears itself still, as the transceiver of 10BASE-T sees to. A frame takes time
 * on the medium, by which silence is noticed earlier and a loop later.
 *
 * Losses do not matter: a keepalive does not travel. A port of S1 that is err-disabled for less
 * time than the loop lasts is shut again and again, and one that stays so has nothing more to
 * notice: there is no law for these.
 */
class EthernetScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration
     */
    explicit EthernetScenarioLaw(const EthernetScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end EthernetScenario::R1, R2 or S1
     * @return none if nothing fails, if the end never notices or is told at once, or if the
     *         scenario has more randomness than the law: load, or a medium that is hardly ever free
     */
    std::optional<DetectionBounds> Get(uint32_t end) const;

    /**
     * @brief How far an observation may lie outside the closed form.
     * @return the time that other frames may occupy the medium, and rounding
     */
    Time GetSlack() const;

    /**
     * @brief The longest time that an end takes to notice what its keepalives can show.
     * @param end which
     * @return seconds, whatever fails; 0 if it sends none
     */
    double GetLongestDetection(uint32_t end) const;

  private:
    /**
     * @brief Whether an end no longer hears itself while the failure lasts.
     * @param end R1 or R2
     * @return true if so, and it expects to
     */
    bool IsDeaf(uint32_t end) const;
    /**
     * @brief Whether S1's port hears itself while the failure lasts.
     * @return true if so, and it sends keepalives
     */
    bool IsLooped() const;
    /**
     * @brief Whether S1's port is err-disabled once for each failure, and works before the next.
     * @return true if so
     */
    bool IsShutOnce() const;
    /**
     * @brief How an end is configured.
     * @param end R1 or R2
     * @return its configuration
     */
    const EthernetScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief The law of an end that no longer hears itself.
     * @param end R1 or R2
     * @return the bounds
     */
    DetectionBounds GetSilence(uint32_t end) const;
    /**
     * @brief The law of S1's port.
     * @return the bounds
     */
    DetectionBounds GetLoop() const;
    /**
     * @brief How long a keepalive occupies the medium.
     * @return seconds
     */
    double GetTransmission() const;
    /**
     * @brief How long a frame keeps others from a medium: until the last of it is everywhere.
     * @param bytes of the frame, with its check sequence
     * @return seconds
     */
    double GetOccupancy(uint32_t bytes) const;
    /**
     * @brief How much of the time keepalives and pings occupy a medium.
     * @return share of the busier cable of an end; more than 1 if they queue up
     */
    double GetOwnShare() const;
    /**
     * @brief How much of the time user traffic occupies a medium.
     * @return share, likewise
     */
    double GetUserShare() const;

    const EthernetScenarioConfig& m_config; //!< the configuration
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_SCENARIO_LAW_H */
