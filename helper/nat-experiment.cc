/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-experiment.h"

#include "ns3/dpd-decision.h"
#include "ns3/dpd-scenario-law.h"
#include "ns3/mistake-rate.h"
#include "ns3/nat-law.h"
#include "ns3/nstime.h"
#include "ns3/tcp-keepalive-law.h"
#include "ns3/tcp-scenario-law.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

using Mechanism = NatScenarioConfig::Mechanism;

/**
 * @brief Describe R1 or R2.
 * @param config the configuration; there is a mechanism
 * @param law its closed form
 * @param number R1 or R2
 * @return all but the slack
 */
Experiment::End
DescribeEnd(const NatScenarioConfig& config, const NatScenarioLaw& law, uint32_t number)
{
    const bool first = number == NatScenario::R1;
    const bool keepalive = first ? config.r1.keepalive : config.r2.keepalive;
    Experiment::End end;
    end.name = first ? "R1" : "R2";
    end.rule = config.profile;
    end.law = law.Get(number);
    if (config.mechanism == Mechanism::TCP)
    {
        const TcpKeepaliveLaw::Timers timers =
            TcpScenarioLaw::GetTimers(NatScenarioLaw::MakeTcpConfig(config).r1);
        end.mechanism = "tcp";
        end.interval = timers.idle;
        end.retries = timers.probes;
    }
    else
    {
        const DpdDecision::Settings settings =
            DpdScenarioLaw::GetSettings(NatScenarioLaw::MakeDpdConfig(config).r1);
        end.mechanism = "dpd";
        end.interval = NanoSeconds(settings.delay).GetSeconds();
        end.retries = settings.retries;
    }
    if (!keepalive)
    {
        end.interval = 0;
    }
    return end;
}

/**
 * @brief Describe the binding.
 * @param config the configuration
 * @param law its closed form
 * @return all but the slack
 */
Experiment::End
DescribeBinding(const NatScenarioConfig& config, const NatScenarioLaw& law)
{
    const std::optional<NatLaw> binding = law.GetBindingLaw();
    Experiment::End end;
    end.name = "binding";
    end.mechanism = "nat";
    end.interval = config.mechanism == Mechanism::TCP ? 0 : config.natKeepalive.GetSeconds();
    end.retries = binding ? static_cast<uint32_t>(binding->GetLossesToEnd()) : 0;
    end.rule = config.nat.profile;
    return end;
}

/**
 * @brief The rate of mistakes of R1 and R2.
 * @param config the configuration
 * @param law its closed form
 * @return 0; none if anything is lost, or the binding now and then
 */
std::optional<double>
GetEndRate(const NatScenarioConfig& config, const NatScenarioLaw& law)
{
    return !config.HasLoss() && MistakeRate::IsUndisturbed(config) && law.IsKept()
               ? std::make_optional(0.0)
               : std::nullopt;
}

/**
 * @brief How often the binding is lost.
 * @param config the configuration
 * @param law its closed form
 * @return lambda_M, per second, in the long run; 0 if what is lost is lost behind the box
 */
std::optional<double>
GetBindingRate(const NatScenarioConfig& config, const NatScenarioLaw& law)
{
    const std::optional<NatLaw> binding = law.GetBindingLaw();
    const double loss = config.inside ? config.loss : 0;
    if (binding)
    {
        return 1 / binding->GetMeanTimeBetweenEnds(loss);
    }
    return GetEndRate(config, law);
}

} // namespace

std::vector<Experiment::End>
NatExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    if (config.mechanism != Mechanism::NONE)
    {
        ends.push_back(DescribeEnd(config, law, Scenario::R1));
        ends.push_back(DescribeEnd(config, law, Scenario::R2));
    }
    ends.push_back(DescribeBinding(config, law));
    for (auto& end : ends)
    {
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetEndRate(config, law);
    }
    ends.back().mistakeRate = GetBindingRate(config, law);
    return ends;
}

InterfaceCounters
NatExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetCounters(end);
}

} // namespace keepalive
} // namespace ns3
