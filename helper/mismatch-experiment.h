/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MISMATCH_EXPERIMENT_H
#define KEEPALIVE_MISMATCH_EXPERIMENT_H

#include "mismatch-law.h"

#include "ns3/data-rate.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What two ends of a line with different timers do to it while nothing fails.
 *
 * R1 has the own interval, R2 the peer's; what R1's line protocol does is counted. Only the phase
 * of one end's ticks against the other's matters, and it is what replications vary: R2 starts at 0,
 * and R1 in the i-th of N equal parts of its interval, at a random point of it. So N phases are
 * spread more evenly than if each were drawn from the whole interval, and a verdict that depends on
 * the phase is off by 1 in N at most.
 *
 * A replication is a simulation of its own, with streams of its own: its result does not depend on
 * the others, nor on other experiments.
 */
class MismatchExperiment
{
  public:
    /// What is configured.
    struct Config
    {
        HdlcNetDevice::VerdictRule rule{HdlcNetDevice::IOS}; //!< rule of both ends
        Time localInterval{Seconds(10)};                     //!< Ta, of R1
        Time peerInterval{Seconds(10)};                      //!< Tb, of R2
        uint32_t retries{3};                                 //!< N, of both ends
        DataRate linkRate{"64kb/s"};                         //!< clock of the line
        Time linkDelay{MilliSeconds(5)};                     //!< one-way delay of the line
        uint32_t replications{DEFAULT_REPLICATIONS};         //!< phases
        Time duration{Seconds(0)};                           //!< counted; 0: GetDefaultDuration
    };

    /// What is counted at R1.
    struct Totals
    {
        uint64_t ticks{0};     //!< ticks
        uint64_t ticksDown{0}; //!< those that print "line down"
        uint64_t flaps{0};     //!< times the line protocol went down
        uint64_t resets{0};    //!< interface resets
        Time down;             //!< time in which the line protocol was down
        Time observed;         //!< time that was counted

        /**
         * @brief Add another replication.
         * @param other its totals
         */
        void Add(const Totals& other);

        /**
         * @brief Ticks that print "line down".
         * @return their share, 0 to 1
         */
        double GetShareOfTicksDown() const;

        /**
         * @brief Time in which the line protocol is down.
         * @return its share, 0 to 1
         */
        double GetShareOfTimeDown() const;

        /**
         * @brief A rate.
         * @param count how often something happened
         * @return how often in an hour
         */
        double GetPerHour(uint64_t count) const;
    };

    static constexpr uint32_t DEFAULT_REPLICATIONS = 200; //!< off by 0.5 percentage points at most

    /**
     * @brief Prepare; nothing is simulated yet.
     * @param config what is configured; intervals, rate and replications above zero
     */
    explicit MismatchExperiment(const Config& config);

    /**
     * @brief How long to count so that all phases that a line has pass.
     *
     * Ticks and keepalives of the peer are in the same phase again after the least common multiple
     * of the intervals: the answer, or as many of these as last ten of the slower interval. Where
     * the slower end needs more than a hundred keepalives for that, a hundred of them: the phases
     * of replications cover the rest.
     *
     * @param localInterval Ta
     * @param peerInterval Tb
     * @return the duration
     */
    static Time GetDefaultDuration(Time localInterval, Time peerInterval);

    /**
     * @brief How long each replication counts.
     * @return the duration
     */
    Time GetDuration() const;

    /**
     * @brief The time before counting starts: by then what the start has left is over.
     * @return the time
     */
    Time GetWarmUp() const;

    /**
     * @brief A keepalive there and one back.
     * @return R
     */
    Time GetRoundTrip() const;

    /**
     * @brief Simulate one replication; the simulator is destroyed before and after.
     * @param replication its number, from 0 on
     * @return what was counted
     */
    Totals RunReplication(uint32_t replication) const;

    /**
     * @brief Simulate all replications.
     * @return what was counted in all
     */
    Totals Run() const;

    /**
     * @brief What theory says.
     * @return the closed form
     */
    MismatchLaw GetLaw() const;

  private:
    Config m_config; //!< what is configured
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MISMATCH_EXPERIMENT_H */
