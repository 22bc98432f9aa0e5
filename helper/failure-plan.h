/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_PLAN_H
#define KEEPALIVE_FAILURE_PLAN_H

#include "ns3/failure-injector.h"
#include "ns3/failure-target.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief When something fails, how often, and how long a run must be to see what follows.
 *
 * Every scenario has one; what fails is the scenario's own affair.
 */
struct FailurePlan
{
    /// When it fails.
    enum class Schedule
    {
        ONCE,     //!< at failAt, for failFor
        RANDOM,   //!< failures times, each at a random phase of the keepalives
        FLAPPING, //!< failures times, failFor down and flapUp up
        PROCESS,  //!< exponential times, means mtbf and mttr
        SCRIPT    //!< as the script says
    };

    /**
     * @brief What the mechanism needs of a plan. Seconds as double, which a plan that is yet to be
     *        checked cannot overflow.
     */
    struct Needs
    {
        double settle{0};   //!< the longest detection, with a margin
        double recovery{0}; //!< from a repair until every end has recovered for certain
        double window{1};   //!< a time in which the phases of all ends have passed, above zero

        /**
         * @brief Those of two ends that probe periodically and recover with the next answer.
         * @param intervalA time between the probes of one end; zero if it sends none
         * @param intervalB time between the probes of the other end; zero if it sends none
         * @param longestDetection the longest time that either may take to notice, seconds
         * @return 10 s on top of the detection, three of the longer interval, the common period
         */
        static Needs OfProbing(Time intervalA, Time intervalB, double longestDetection);
    };

    Schedule schedule{Schedule::ONCE}; //!< when
    Time failAt{Seconds(60)};          //!< first failure
    Time failFor{Seconds(60)};         //!< duration; zero for ever
    uint32_t failures{1};              //!< how many, for RANDOM and FLAPPING
    Time flapUp{Seconds(60)};          //!< time between, for FLAPPING
    Time mtbf{Seconds(600)};           //!< mean time to failure, for PROCESS
    Time mttr{Seconds(60)};            //!< mean time to repair, for PROCESS
    std::string script;                //!< text of the script, for SCRIPT
    Time stop;                         //!< end; zero for soon after the last failure

    /**
     * @brief A time in which two periodic processes pass through all their phases, both of them.
     * @param a period of one; zero if there is none
     * @param b period of the other; zero if there is none
     * @return their least common multiple, or a thousand of the longer if that is less; 1 s for
     *         none
     */
    static Time GetCommonPeriod(Time a, Time b);

    /**
     * @brief What is wrong with the plan, if anything.
     * @param targetName what scripts call what fails
     * @param fails whether anything is to fail at all
     * @param needs what the mechanism needs
     * @return one line naming the option and the values, none if it can be applied
     */
    std::optional<std::string> Check(const std::string& targetName,
                                     bool fails,
                                     const Needs& needs) const;

    /**
     * @brief How long a run would be, or a little longer, in numbers that do not overflow.
     * @param needs what the mechanism needs
     * @return seconds
     */
    double EstimateDuration(const Needs& needs) const;

    /**
     * @brief Schedule the failures.
     * @param injector what makes things fail
     * @param target what fails; null if nothing does
     * @param needs what the mechanism needs
     * @param stream first random stream of the injector
     * @return when the run ends
     */
    Time Apply(Ptr<FailureInjector> injector,
               Ptr<FailureTarget> target,
               const Needs& needs,
               int64_t stream) const;

  private:
    /**
     * @brief Schedule the failures of a target.
     * @param injector what makes things fail
     * @param target what fails
     * @param needs what the mechanism needs
     * @return when the run ends, if stop does not say otherwise
     */
    Time ApplySchedule(Ptr<FailureInjector> injector,
                       Ptr<FailureTarget> target,
                       const Needs& needs) const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_PLAN_H */
