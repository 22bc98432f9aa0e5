/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_SCENARIO_LAW_H
#define KEEPALIVE_NAT_SCENARIO_LAW_H

#include "ns3/detection-bounds.h"
#include "ns3/dpd-scenario-config.h"
#include "ns3/nat-law.h"
#include "ns3/nat-scenario-config.h"
#include "ns3/nstime.h"
#include "ns3/tcp-scenario-config.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a NatScenario before it is run.
 *
 * As long as the binding is kept, the box is not there: the ends detect a failure of N-B, or of
 * each other, as they do in a TcpScenario or DpdScenario of the same shape. How long loss lets it
 * be kept is what NatLaw says.
 */
class NatScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration; its profiles exist
     */
    explicit NatScenarioLaw(const NatScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     * @param end number of the end in the recorder
     * @return none if nothing fails, if the end never notices, if the binding does not last, or if
     *         the scenario has more randomness than the law
     */
    std::optional<DetectionBounds> Get(uint32_t end) const;

    /**
     * @brief How far an observation may lie outside the closed form.
     * @return the time that packets may delay each other, and rounding
     */
    Time GetSlack() const;

    /**
     * @brief How long either end may take to notice any failure of the path.
     * @return seconds; 0 if neither ever does
     */
    double GetLongestDetection() const;

    /**
     * @brief Keepalive and binding.
     * @return the law of its losses; none unless what R1 sends is periodic, and lost independently
     */
    std::optional<NatLaw> GetBindingLaw() const;

    /**
     * @brief How long the binding lives when it is idle.
     * @return the least of the times that may be in force, seconds
     */
    double GetLifetime() const;

    /**
     * @brief Whether what R1 sends by itself keeps the binding, as long as nothing is lost.
     * @return true if it does
     */
    bool IsKept() const;

    /**
     * @brief The same ends without a box: the scenario of TCP.
     * @param config a configuration, of TCP
     * @return theirs
     */
    static TcpScenarioConfig MakeTcpConfig(const NatScenarioConfig& config);

    /**
     * @brief The same ends without a box: the scenario of DPD.
     * @param config a configuration, not of TCP
     * @return theirs
     */
    static DpdScenarioConfig MakeDpdConfig(const NatScenarioConfig& config);

  private:
    /**
     * @brief Whether the box's profile lets inbound packets prolong a binding.
     * @return true if it does
     */
    bool IsRefreshedInbound() const;

    /**
     * @brief The longest time for which R1 is silent, as long as nothing is lost.
     * @return seconds; infinite if it never speaks by itself
     */
    double GetLongestSilence() const;

    const NatScenarioConfig m_config; //!< what is considered
    const TcpScenarioConfig m_tcp;    //!< the same ends with TCP, without a box
    const DpdScenarioConfig m_dpd;    //!< the same ends with DPD, without a box
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_SCENARIO_LAW_H */
