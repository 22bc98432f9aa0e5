/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_MECHANISM_H
#define KEEPALIVE_SWEEP_MECHANISM_H

#include "program-options.h"
#include "sweep-plan.h"

#include "ns3/experiment.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The mechanisms that a sweep can compare, and what each makes of a setting.
 *
 * A setting is one of
 * - a common name such as retries, which SweepTranslation turns into what the mechanism's lab
 *   program calls it;
 * - an option of that program, such as link-rate;
 * - such an option for one mechanism alone, such as gre.link-rate, which wins over the other two.
 */
class SweepMechanism
{
  public:
    /**
     * @brief The mechanisms.
     * @return their names, such as "gre"
     */
    static const std::vector<std::string>& GetNames();

    /**
     * @brief Whether a setting means anything to a mechanism.
     * @param mechanism one of GetNames()
     * @param name of the setting
     * @return true if it does
     */
    static bool HasFactor(const std::string& mechanism, const std::string& name);

    /**
     * @brief Whether a setting is a list by itself, so that its commas are part of the value.
     * @param name of the setting
     * @return true for key and tcp-keepalive
     */
    static bool IsList(const std::string& name);

    /**
     * @brief What a mechanism's lab program would be given.
     * @param mechanism one of GetNames()
     * @param settings as the plan has them; what the mechanism does not have is passed over
     * @return names and values of its options
     * @throw UsageError if they contradict each other
     */
    static SweepPlan::Settings Translate(const std::string& mechanism,
                                         const SweepPlan::Settings& settings);

    /**
     * @brief Make the experiment.
     * @param mechanism one of GetNames()
     * @param settings as the plan has them; what the mechanism does not have is passed over
     * @return the experiment, which can be run
     * @throw UsageError if the mechanism refuses them, naming its option, value and range
     */
    static std::unique_ptr<Experiment> Make(const std::string& mechanism,
                                            const SweepPlan::Settings& settings);

    /**
     * @brief The options of a mechanism's lab program.
     * @param mechanism one of GetNames()
     * @return their descriptions, without those that every program has
     */
    static const boost::program_options::options_description& GetOptions(
        const std::string& mechanism);
};

/**
 * @brief A point in words.
 * @param plan the plan
 * @param point which of its points
 * @return such as "point 3 (mechanism=gre, interval=1)"
 */
std::string DescribePoint(const SweepPlan& plan, uint32_t point);

/**
 * @brief All settings of a point: those that are common to all, then its own.
 * @param plan the plan
 * @param point which of its points
 * @return the settings
 */
SweepPlan::Settings GetSettings(const SweepPlan& plan, uint32_t point);

/**
 * @brief What is run at a point. The plan is enough: nothing of a command line is needed.
 * @param plan the plan
 * @param point which of its points
 * @return the experiment
 * @throw UsageError naming the point, if the mechanism refuses it
 */
std::unique_ptr<Experiment> MakeExperiment(const SweepPlan& plan, uint32_t point);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_MECHANISM_H */
