/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_EXPERIMENT_H
#define KEEPALIVE_EXPERIMENT_H

#include "detection-bounds.h"
#include "experiment-result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Topology, mechanism, timers of both ends, impairments, fault and horizon: one description
 *        of a network that can be run again and again, whatever the mechanism.
 *
 * The same run number gives the same result, bit for bit, first or hundredth in a process.
 */
class Experiment
{
  public:
    /// What is known of an end before any run.
    struct End
    {
        std::string name;                   //!< such as "R1"
        std::string mechanism;              //!< such as "gre"
        double interval{0};                 //!< seconds between keepalives, 0 for none
        uint32_t retries{0};                //!< unanswered ones that bring the line down
        std::string rule;                   //!< verdict rule or profile, such as "cisco"
        std::optional<DetectionBounds> law; //!< closed form of T_D, if there is one
        double slack{0};                    //!< how far a T_D may lie from it, seconds
        std::optional<double> mistakeRate;  //!< closed form of lambda_M, per second, until the
                                            //!< first failure (MistakeRate): 0 if no mistake is
                                            //!< possible, none if there is no such form
    };

    virtual ~Experiment() = default;

    /**
     * @brief The ends, before any run.
     * @return one for each end of a result, in the same order
     */
    virtual std::vector<End> Describe() const = 0;

    /**
     * @brief Run it once. One at a time: it runs a whole simulation, and destroys it.
     * @param run RngRun, at least 1: runs of the same number use the same random numbers in every
     *        experiment (common random numbers)
     * @return what it yields
     */
    virtual ExperimentResult Run(uint64_t run) const = 0;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_EXPERIMENT_H */
