/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-experiment.h"

#include "ns3/dpd-law.h"
#include "ns3/mistake-rate.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief The rate of mistakes of an end. It gives its peer up alone, and sets up another SA: how
 *        long that takes is known, so that the rate is exact.
 * @param config the configuration
 * @param number R1 or R2
 * @return lambda_M, per second; none if anything but answers tells that the peer lives
 */
std::optional<double>
GetMistakeRate(const DpdScenarioConfig& config, uint32_t number)
{
    const bool first = number == DpdScenario::R1;
    const DpdScenarioConfig::End& own = first ? config.r1 : config.r2;
    const DpdScenarioConfig::End& peer = first ? config.r2 : config.r1;
    const bool idle = !config.HasUsers() && own.dataPeriod.IsZero() && peer.dataPeriod.IsZero();
    if (!MistakeRate::IsUndisturbed(config) || !idle)
    {
        return std::nullopt;
    }
    const DpdScenarioConfig perfect = MistakeRate::WithoutLosses(config); // outlives its law
    const DpdScenarioLaw law(perfect);
    const bool asks = law.GetCycle(number) > 0;
    if (!asks || !config.HasLoss())
    {
        return !asks || law.Get(number) ? std::make_optional(0.0) : std::nullopt;
    }
    const bool heard = law.GetCycle(1 - number) > 0;
    if (!law.Get(number) || heard || config.HasBursts() || config.reestablishDelay.IsZero())
    {
        return std::nullopt;
    }
    // At a mistake it asks for a new SA at once and again until it is answered; a delay after that
    // begins the first series of requests.
    const double loss = MistakeRate::GetRoundTripLoss(config);
    const DpdLaw requests = law.MakeLaw(number);
    const double setUp = config.reestablishDelay.GetSeconds() * loss / (1 - loss);
    return 1 / (setUp + requests.GetTimers().delay + requests.GetMeanTimeToMistake(loss));
}

} // namespace

std::vector<Experiment::End>
DpdExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const Config::End& which = number == Scenario::R1 ? config.r1 : config.r2;
        const DpdLaw own = law.MakeLaw(number);
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = "dpd";
        end.interval = which.dpd ? own.GetTimers().delay : 0;
        end.retries = static_cast<uint32_t>(own.GetRequests());
        end.rule = which.profile;
        end.law = law.Get(number);
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config, number);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
DpdExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetCounters(end);
}

} // namespace keepalive
} // namespace ns3
