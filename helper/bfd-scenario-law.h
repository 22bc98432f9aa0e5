/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SCENARIO_LAW_H
#define KEEPALIVE_BFD_SCENARIO_LAW_H

#include "ns3/bfd-law.h"
#include "ns3/bfd-scenario-config.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What theory says of a BfdScenario before it is run.
 *
 * It works from the configuration alone: what both ends agree on, which of them the failure makes
 * deaf, and how far from it that end is.
 */
class BfdScenarioLaw
{
  public:
    /**
     * @brief Consider a configuration.
     * @param config the configuration; its timers are acceptable
     */
    explicit BfdScenarioLaw(const BfdScenarioConfig& config);

    /**
     * @brief The closed form for an end, for the failure that is configured.
     *
     * An end that hears nothing any more has the law of its Detection Time. It says so at once: one
     * that still hears, but is not heard, has the law of its peer, later by the way of one packet.
     * Only a passive end falls silent, as it has nobody to talk to any more (RFC 5880 section
     * 6.8.7), so that its peer has to wait for a Detection Time, too: for both there is no closed
     * form.
     *
     * @param end BfdScenario::R1 or R2
     * @return the law; none if the end does not notice or is told by an operator, if the repair may
     *         come first, or if loss, congestion, the schedule or timers that change leave no
     * closed form
     */
    std::optional<BfdLaw> Get(uint32_t end) const;

    /**
     * @brief How far a detection may lie from the law, because user traffic delays packets, and the
     *        law knows only empty queues.
     * @return the slack
     */
    Time GetSlack() const;

    /**
     * @brief The time between packets of an end before jitter, in the session that the first
     * failure finds.
     * @param end BfdScenario::R1 or R2
     * @return seconds
     */
    double GetInterval(uint32_t end) const;

    /**
     * @brief How long an end may take to notice any failure of the link.
     * @param end BfdScenario::R1 or R2
     * @return seconds, or a little more
     */
    double GetLongestDetection(uint32_t end) const;

    /**
     * @brief How long after the start, or after a repair, the session is up for certain and both
     *        ends keep the times that they agreed on.
     * @return seconds
     */
    double GetHandshake() const;

  private:
    /// What R1 and R2 are configured to, at some time.
    struct Timers
    {
        double minTx[2]; //!< bfd.DesiredMinTxInterval, seconds
        double minRx[2]; //!< bfd.RequiredMinRxInterval, seconds

        /**
         * @brief What both agree on (RFC 5880 section 6.8.7).
         * @param end which
         * @return the time between its packets, before jitter, seconds
         */
        double GetInterval(uint32_t end) const;
    };

    /**
     * @brief The timers at the beginning.
     * @return the timers
     */
    Timers GetFirst() const;
    /**
     * @brief The timers at the end.
     * @return the timers, those of the beginning if none change
     */
    Timers GetLast() const;
    /**
     * @brief Whether the first failure comes after the change of timers, if there is one.
     * @return true if so
     */
    bool IsChangedBefore() const;
    /**
     * @brief Whether a failure may meet the change of timers.
     * @return true if so: there is no law then
     */
    bool MeetsChange() const;
    /**
     * @brief How an end is configured.
     * @param end which
     * @return its configuration
     */
    const BfdScenarioConfig::End& GetEnd(uint32_t end) const;
    /**
     * @brief Whether an end no longer hears its peer.
     * @param end which
     * @return true if so
     */
    bool IsDeaf(uint32_t end) const;
    /**
     * @brief How long what got past the failure is on its way.
     * @return seconds
     */
    double GetDelayBehindFailure() const;
    /**
     * @brief What BFD itself puts on the link: packets that queue up have no closed form.
     * @return bit/s each way, at most
     */
    double GetOwnRate() const;
    /**
     * @brief The time that a packet takes from end to end.
     * @return seconds
     */
    double GetOneWay() const;

    const BfdScenarioConfig& m_config; //!< what is considered
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SCENARIO_LAW_H */
