/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SCENARIO_LAW_H
#define KEEPALIVE_TCP_SCENARIO_LAW_H

#include "ns3/detection-bounds.h"
#include "ns3/nstime.h"
#include "ns3/tcp-keepalive-law.h"
#include "ns3/tcp-scenario-config.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a TcpScenario before it is run.
 *
 * It works from the configuration alone: TcpKeepaliveLaw, with the place of the failure on a
 * probe's round trip. An end that is no longer heard, but hears, learns of the failure from the
 * reset of its peer, if that gives up first.
 *
 * Where the probes of the peer count as signs of life, because the stack counts any segment or the
 * probes carry an octet, there is a law only for ends that are configured alike: their probes cross
 * each other.
 */
class TcpScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration; its profiles exist
     */
    explicit TcpScenarioLaw(const TcpScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end TcpScenario::R1 or R2
     * @return none if nothing fails, if the end never notices, or if the scenario has more
     *         randomness than the law: loss, load, application data
     */
    std::optional<DetectionBounds> Get(uint32_t end) const;

    /**
     * @brief How far an observation may lie outside the closed form.
     * @return the time that packets may delay each other, and rounding
     */
    Time GetSlack() const;

    /**
     * @brief The time between two probes of an end that are answered.
     * @param end which
     * @return seconds; 0 if it sends none
     */
    double GetCycle(uint32_t end) const;

    /**
     * @brief How long an end may take to notice any failure of the path.
     * @param end which
     * @return seconds; 0 if its keepalives never do
     */
    double GetLongestDetection(uint32_t end) const;

    /**
     * @brief The timers in force at an end: as configured, or else as its profile has them.
     * @param end how it is configured
     * @return the timers
     */
    static TcpKeepaliveLaw::Timers GetTimers(const TcpScenarioConfig::End& end);

  private:
    /// What the failure takes from one end.
    struct Loss
    {
        bool outgoing{false}; //!< the peer no longer hears it
        bool incoming{false}; //!< it no longer hears the peer
        bool atPeer{false};   //!< it is the peer itself that is gone
    };

    /**
     * @brief What the failure takes from an end.
     * @param end which
     * @return what; neither direction if nothing that keepalives could notice
     */
    Loss GetLoss(uint32_t end) const;
    /**
     * @brief The law of an end's own keepalives.
     * @param end which
     * @param crossing how late in a probe's round trip the failure still catches it, seconds
     * @return the law
     */
    TcpKeepaliveLaw MakeLaw(uint32_t end, double crossing) const;
    /**
     * @brief What an end's own keepalives say.
     * @param end which
     * @return the bounds, none if they do not notice
     */
    std::optional<DetectionBounds> GetOwn(uint32_t end) const;
    /**
     * @brief How late in a probe's round trip the failure still catches it or its answer.
     * @param end who probes
     * @param loss what the failure takes from it
     * @return seconds
     */
    double GetCrossing(uint32_t end, const Loss& loss) const;
    /**
     * @brief How an end is configured.
     * @param end which
     * @return its configuration
     */
    const TcpScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief Whether the probes of the peer count as signs of life.
     * @param end which
     * @return true if the peer sends any, and they do
     */
    bool CountsProbes(uint32_t end) const;
    /**
     * @brief Whether both ends send the same probes at the same times.
     * @return true if so
     */
    bool IsAlike() const;
    /**
     * @brief Time that a packet takes from a host to its router, or back.
     * @param bytes size of the IP packet
     * @return seconds
     */
    double GetLanTime(uint32_t bytes) const;
    /**
     * @brief Time that a packet takes from router to router.
     * @param bytes size of the IP packet
     * @return seconds
     */
    double GetLinkTime(uint32_t bytes) const;
    /**
     * @brief Time from a probe to its answer.
     * @param end who probes
     * @return seconds
     */
    double GetRoundTrip(uint32_t end) const;

    const TcpScenarioConfig& m_config; //!< the configuration
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SCENARIO_LAW_H */
