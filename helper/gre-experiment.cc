/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-experiment.h"

#include "ns3/keepalive-process.h"
#include "ns3/mistake-rate.h"

#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Name of a verdict rule in tables.
 * @param rule the rule
 * @return its name
 */
std::string
RuleName(KeepaliveProcess::VerdictRule rule)
{
    switch (rule)
    {
    case KeepaliveProcess::HUAWEI_SEND:
        return "huawei-send";
    case KeepaliveProcess::HUAWEI_EXPIRY:
        return "huawei-expiry";
    case KeepaliveProcess::HOLD_TIME:
        return "hold-time";
    case KeepaliveProcess::CISCO:
    case KeepaliveProcess::HOLD_TIME_AT_TICK: // not offered by tunnels
    case KeepaliveProcess::BY_OWNER:          // not offered by tunnels
        break;
    }
    return "cisco";
}

/**
 * @brief The rate of mistakes of an end. A tunnel that is down comes up with the next answer.
 * @param config the configuration
 * @param number R1 or R2
 * @return lambda_M, per second; none if keepalives cannot come back, if packets of others move
 *         losses in bursts, or if users decide whether an answer is in time
 */
std::optional<double>
GetMistakeRate(const GreScenarioConfig& config, uint32_t number)
{
    const bool first = number == GreScenario::R1;
    const GreScenarioConfig::End& own = first ? config.r1 : config.r2;
    const GreScenarioConfig::End& peer = first ? config.r2 : config.r1;
    if (own.interval.IsZero())
    {
        return 0;
    }
    const GreScenarioConfig perfect = MistakeRate::WithoutLosses(config);
    const std::optional<DetectionLaw> law = GreScenarioLaw(perfect).Get(number);
    const bool idle = !config.HasUsers();
    const bool lonely = idle && config.keys.size() < 2 &&
                        config.routing == GreScenarioConfig::Routing::STATIC &&
                        (peer.interval.IsZero() || peer.interval == own.interval);
    const bool tie = config.rule == KeepaliveProcess::HOLD_TIME; // if there is one, or nearly
    if (!MistakeRate::IsUndisturbed(config) || !law || law->GetLossesToMistake() == 0 ||
        (config.HasPacketBursts() && !lonely) || (tie && !idle))
    {
        return std::nullopt;
    }
    return MistakeRate::OfRoundTrips(config,
                                     own.interval.GetSeconds(),
                                     law->GetLossesToMistake(),
                                     !peer.interval.IsZero());
}

} // namespace

std::vector<Experiment::End>
GreExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const Config::End& keepalive = number == Scenario::R1 ? config.r1 : config.r2;
        const std::optional<DetectionLaw> closed = law.Get(number);
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = "gre";
        end.interval = keepalive.interval.GetSeconds();
        end.retries = keepalive.retries;
        end.rule = RuleName(config.rule);
        end.law = closed ? std::make_optional(closed->GetBounds()) : std::nullopt;
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config, number);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
GreExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetTunnel(end)->GetCounters();
}

} // namespace keepalive
} // namespace ns3
