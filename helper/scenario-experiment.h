/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCENARIO_EXPERIMENT_H
#define KEEPALIVE_SCENARIO_EXPERIMENT_H

#include "ns3/experiment.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/recorded-result.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A Scenario as an Experiment: one configuration that can be run again and again.
 *
 * What it needs of a mechanism is a class such as GreExperiment, with
 * - Scenario: what is run; made of a Config;
 * - Config: everything that can be chosen;
 * - Describe(config): what is known of the ends before any run;
 * - GetCounters(scenario, end): what the interface of an end did, after the run.
 *
 * @tparam Traits that class
 */
template <typename Traits>
class ScenarioExperiment : public Experiment
{
  public:
    /**
     * @brief Describe the experiment.
     * @param config what to build; a run aborts if Scenario::Check finds anything wrong with it
     */
    explicit ScenarioExperiment(typename Traits::Config config)
        : m_config(std::move(config))
    {
    }

    std::vector<End> Describe() const override
    {
        return Traits::Describe(m_config);
    }

    ExperimentResult Run(uint64_t run) const override
    {
        RngSeedManager::SetRun(run);
        typename Traits::Scenario scenario(m_config);
        scenario.Run();
        return RecordedResult::Make(scenario.GetRecorder(),
                                    scenario.GetStop(),
                                    Simulator::GetEventCount(),
                                    CollectCounters(scenario));
    }

    /**
     * @brief What the keepalives of all ends did.
     * @param scenario the scenario, run
     * @return one for each end of its recorder
     */
    static std::vector<InterfaceCounters> CollectCounters(const typename Traits::Scenario& scenario)
    {
        std::vector<InterfaceCounters> counters;
        for (uint32_t end = 0; end < scenario.GetRecorder().GetNEnds(); end++)
        {
            counters.push_back(Traits::GetCounters(scenario, end));
        }
        return counters;
    }

  private:
    typename Traits::Config m_config; //!< what to build
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCENARIO_EXPERIMENT_H */
