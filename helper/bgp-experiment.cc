/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-experiment.h"

#include "ns3/mistake-rate.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The rate of mistakes. Losses have no closed form here: that of BgpLaw takes for granted
 *        that only data is lost, and that TCP neither probes for the loss of the last segment nor
 *        holds back acknowledgments or data.
 * @param config the configuration
 * @param number R1 or R2
 * @return 0; none if anything is lost, or may be late
 */
std::optional<double>
GetMistakeRate(const BgpScenarioConfig& config, uint32_t number)
{
    const BgpScenarioConfig perfect = MistakeRate::WithoutLosses(config); // outlives its law
    const BgpScenarioLaw law(perfect);
    const bool timely = law.GetHoldTime() == 0 || law.Get(number);
    return timely && !config.HasLoss() && MistakeRate::IsUndisturbed(config)
               ? std::make_optional(0.0)
               : std::nullopt;
}

} // namespace

std::vector<Experiment::End>
BgpExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const double heard = law.GetKeepaliveTime(1 - number);
        const std::optional<BgpLaw> closed = law.Get(number);
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = "bgp";
        end.interval = law.GetKeepaliveTime(number);
        end.retries = heard > 0 ? static_cast<uint32_t>(law.GetHoldTime() / heard) : 0;
        end.rule = number == Scenario::R1 ? config.r1.profile : config.r2.profile;
        end.law = closed ? std::make_optional(closed->GetBounds()) : std::nullopt;
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config, number);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
BgpExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetCounters(end);
}

} // namespace keepalive
} // namespace ns3
