/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-experiment.h"

#include "ns3/bfd-law.h"
#include "ns3/mistake-rate.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The rate of mistakes. That of either end is that of both: it says so in its packets.
 * @param config the configuration
 * @return lambda_M, per second; none with bursts, or if timers change
 */
std::optional<double>
GetMistakeRate(const BfdScenarioConfig& config)
{
    // Three packets, one a second and each lost with the same probability, make a session. Three
    // more and the Poll Sequence of both ends make it fast.
    constexpr double restart = 8;
    const BfdScenarioConfig perfect = MistakeRate::WithoutLosses(config); // outlives its law
    const BfdScenarioLaw law(perfect);
    if (!MistakeRate::IsUndisturbed(config) || config.HasBursts() ||
        !config.renegotiateAt.IsZero() || config.HasUsers() || !law.Get(BfdScenario::R1) ||
        !law.Get(BfdScenario::R2))
    {
        return std::nullopt;
    }
    if (!config.HasLoss())
    {
        return 0;
    }
    const BfdLaw first(law.GetInterval(BfdScenario::R2), config.r2.multiplier);
    const BfdLaw second(law.GetInterval(BfdScenario::R1), config.r1.multiplier);
    return MistakeRate::OfSessions(1 / first.GetMeanTimeToMistake(config.loss),
                                   1 / second.GetMeanTimeToMistake(config.loss),
                                   restart / (1 - config.loss));
}

} // namespace

std::vector<Experiment::End>
BfdExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const std::optional<BfdLaw> closed = law.Get(number);
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = "bfd";
        end.interval = law.GetInterval(number);
        end.retries = number == Scenario::R1 ? config.r2.multiplier : config.r1.multiplier;
        end.rule = "asynchronous";
        end.law = closed ? std::make_optional(closed->GetBounds()) : std::nullopt;
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
BfdExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetCounters(end);
}

} // namespace keepalive
} // namespace ns3
