/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_SCENARIO_LAW_H
#define KEEPALIVE_DPD_SCENARIO_LAW_H

#include "ns3/detection-bounds.h"
#include "ns3/dpd-decision.h"
#include "ns3/dpd-law.h"
#include "ns3/dpd-profile.h"
#include "ns3/dpd-scenario-config.h"
#include "ns3/ike-cipher-suite.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a DpdScenario before it is run.
 *
 * It works from the configuration alone: DpdLaw, with the place of the failure on a request's round
 * trip, and with what an end hears of its peer meanwhile. Most gateways do not ask a peer that they
 * hear often enough: be it data, or the requests of a peer that asks more often. Two ends that are
 * configured alike ask at the same times.
 *
 * An end that still hears its peer, but is not heard, has no closed form: the peer's requests and
 * its attempts to set up another SA keep it content, unless the peer is silent by nature.
 */
class DpdScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration; its profiles exist
     */
    explicit DpdScenarioLaw(const DpdScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end DpdScenario::R1 or R2
     * @return none if nothing fails, if the end never notices, or if the scenario has more
     *         randomness than the law
     */
    std::optional<DetectionBounds> Get(uint32_t end) const;

    /**
     * @brief How far an observation may lie outside the closed form.
     * @return the time that packets may delay each other, a round trip where requests of both ends
     *         cross, and rounding
     */
    Time GetSlack() const;

    /**
     * @brief The time between two requests of an end that are answered, if it hears nothing else.
     * @param end which
     * @return seconds; 0 if it sends none
     */
    double GetCycle(uint32_t end) const;

    /**
     * @brief How long an end may take to notice any failure of the path, or a little less than
     *        that.
     * @param end which
     * @return seconds; 0 if it never does
     */
    double GetLongestDetection(uint32_t end) const;

    /**
     * @brief The law of an end's own requests.
     * @param end which
     * @param crossing how late in a request's round trip the failure still catches it, seconds
     * @return the law
     */
    DpdLaw MakeLaw(uint32_t end, double crossing = 0) const;

    /**
     * @brief The timers in force at an end: as configured, or else as its profile has them.
     * @param end how it is configured
     * @return the timers
     */
    static DpdDecision::Settings GetSettings(const DpdScenarioConfig::End& end);

    /**
     * @brief The cipher suite of the association.
     * @param config the configuration
     * @return the suite, none if there is none of that name for that version of IKE
     */
    static const IkeCipherSuite* GetSuite(const DpdScenarioConfig& config);

  private:
    /// What the failure takes from one end.
    struct Loss
    {
        bool outgoing{false}; //!< the peer no longer hears it
        bool incoming{false}; //!< it no longer hears the peer
        bool atPeer{false};   //!< it is the peer itself that fails
    };

    /**
     * @brief What the failure takes from an end.
     * @param end which
     * @return what; neither direction if nothing that could be noticed
     */
    Loss GetLoss(uint32_t end) const;
    /**
     * @brief How late in a request's round trip the failure still catches it or its answer.
     * @param loss what the failure takes from the end
     * @return seconds
     */
    double GetCrossing(const Loss& loss) const;
    /**
     * @brief Time from where the failure strikes to the end.
     * @param loss what the failure takes from the end
     * @param bytes size of the IP packet that is under way
     * @return seconds
     */
    double GetTransit(const Loss& loss, uint32_t bytes) const;
    /**
     * @brief Whether an end does not ask because it hears its peer.
     * @param end which
     * @return true if it waits for a silence
     */
    bool IsQuiet(uint32_t end) const;
    /**
     * @brief How often an end hears data that it takes for a sign of life.
     * @param end which
     * @return seconds between packets; 0 for none
     */
    double GetDataHeard(uint32_t end) const;
    /**
     * @brief The bounds of an end that hears data often enough.
     * @param end which
     * @param loss what the failure takes from it
     * @return the bounds, none if there is no closed form
     */
    std::optional<DetectionBounds> GetWithData(uint32_t end, const Loss& loss) const;
    /**
     * @brief The bounds of an end that hears no data.
     * @param end which
     * @param loss what the failure takes from it
     * @return the bounds, none if there is no closed form
     */
    std::optional<DetectionBounds> GetWithoutData(uint32_t end, const Loss& loss) const;
    /**
     * @brief Whether both ends are configured alike.
     * @return true if so
     */
    bool IsAlike() const;
    /**
     * @brief How an end is configured.
     * @param end which
     * @return its configuration
     */
    const DpdScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief Size of a request or its answer.
     * @return bytes of the IP packet
     */
    uint32_t GetMessageSize() const;
    /**
     * @brief Size of a packet of users within ESP.
     * @return bytes of the IP packet, or a little more
     */
    uint32_t GetDataSize() const;
    /**
     * @brief Time that a packet takes from a gateway to its router, or back.
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
     * @brief Time from a request to its answer.
     * @return seconds
     */
    double GetRoundTrip() const;

    const DpdScenarioConfig& m_config; //!< the configuration
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_SCENARIO_LAW_H */
