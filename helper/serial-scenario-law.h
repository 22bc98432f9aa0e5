/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_SCENARIO_LAW_H
#define KEEPALIVE_SERIAL_SCENARIO_LAW_H

#include "ns3/detection-bounds.h"
#include "ns3/nstime.h"
#include "ns3/serial-scenario-config.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a SerialScenario before it is run.
 *
 * It works from the configuration alone. HDLC: SequenceGapLaw, whose two phases are both random
 * only if the timers of the ends drift against each other; with exact timers their difference is
 * fixed for a whole run, and only the bounds hold. PPP: DetectionLaw, with the place of the failure
 * on a request's round trip.
 */
class SerialScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration
     */
    explicit SerialScenarioLaw(const SerialScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end SerialScenario::R1 or R2
     * @return none if nothing fails, if the end never notices or is told at once, or if the
     *         scenario has more randomness than the law: loss, bit errors, load
     */
    std::optional<DetectionBounds> Get(uint32_t end) const;

    /**
     * @brief How far an observation may lie outside the closed form.
     * @return the time that user packets may delay a keepalive, and what timers may stretch
     */
    Time GetSlack() const;

  private:
    /// What the failure takes from one end.
    struct Loss
    {
        bool outgoing{false}; //!< the peer no longer hears it, or is no longer able to
        bool incoming{false}; //!< it no longer hears the peer
        bool atSender{false}; //!< what has left arrives
        bool atPeer{false};   //!< it is the peer itself that no longer answers
    };

    /**
     * @brief What the failure takes from an end.
     * @param end which
     * @return what; neither direction if nothing that keepalives could notice
     */
    Loss GetLoss(uint32_t end) const;
    /**
     * @brief The law of HDLC.
     * @param end which
     * @return the bounds
     */
    std::optional<DetectionBounds> GetHdlc(uint32_t end) const;
    /**
     * @brief The law of PPP.
     * @param end which
     * @return the bounds
     */
    std::optional<DetectionBounds> GetPpp(uint32_t end) const;
    /**
     * @brief How an end is configured.
     * @param end which
     * @return its configuration
     */
    const SerialScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief Mean time between the keepalives of an end.
     * @param end which
     * @return seconds
     */
    double GetInterval(uint32_t end) const;
    /**
     * @brief How long a keepalive occupies the line, without stuffed bits.
     * @return seconds
     */
    double GetTransmission() const;
    /**
     * @brief How long a packet of a user is on the line.
     * @return bits, with the longest frame check sequence and without stuffed bits
     */
    double GetUserBits() const;
    /**
     * @brief The share of the line that users take.
     * @return 1 or more if it is too much for the line, and queues fill
     */
    double GetUtilisation() const;

    const SerialScenarioConfig& m_config; //!< the configuration
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_SCENARIO_LAW_H */
