/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-experiment.h"

#include "ns3/mistake-rate.h"
#include "ns3/tcp-keepalive-decision.h"
#include "ns3/tcp-keepalive-law.h"
#include "ns3/tcp-keepalive-profile.h"

#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Whether an end knows by nothing but answers that its peer is there, and counts probes.
 * @param own the end
 * @param peer the other one
 * @return true if so
 */
bool
CountsAnswers(const TcpScenarioConfig::End& own, const TcpScenarioConfig::End& peer)
{
    const TcpKeepaliveProfile& profile = *TcpKeepaliveProfile::Find(own.profile);
    const bool octet = peer.garbage || TcpKeepaliveProfile::Find(peer.profile)->garbageOctet;
    return profile.rule != TcpKeepaliveDecision::Rule::BACKOFF && own.dataPeriod.IsZero() &&
           (!peer.keepalive || (!profile.anySegmentIsLife && !octet));
}

/**
 * @brief How often an end gives up the connection by mistake, if its peer does not.
 * @param config the configuration, with independent losses
 * @param end the end
 * @return per second; 0 if it has no keepalives
 */
double
GetOwnRate(const TcpScenarioConfig& config, const TcpScenarioConfig::End& end)
{
    // COUNT and SILENCE send the same probes.
    const TcpKeepaliveLaw law(TcpKeepaliveLaw::Rule::COUNT, TcpScenarioLaw::GetTimers(end));
    const double loss = MistakeRate::GetRoundTripLoss(config);
    return end.keepalive ? 1 / law.GetMeanTimeToFalseEnd(loss) : 0;
}

/**
 * @brief The rate of mistakes. An end that gives the connection up resets it, and R1 makes a new
 *        one; a peer with keepalives of its own hears of that in time.
 * @param config the configuration
 * @param number R1 or R2
 * @return lambda_M, per second; none if anything but answers keeps the connection alive, or if the
 *         end may be left with a connection that is dead
 */
std::optional<double>
GetMistakeRate(const TcpScenarioConfig& config, uint32_t number)
{
    if (!MistakeRate::IsUndisturbed(config) || config.HasUsers() || config.HasBursts() ||
        !CountsAnswers(config.r1, config.r2) || !CountsAnswers(config.r2, config.r1))
    {
        return std::nullopt;
    }
    const TcpScenarioConfig perfect = MistakeRate::WithoutLosses(config); // outlives its law
    const TcpScenarioLaw law(perfect);
    if ((config.r1.keepalive && !law.Get(TcpScenario::R1)) ||
        (config.r2.keepalive && !law.Get(TcpScenario::R2)))
    {
        return std::nullopt;
    }
    if (!config.HasLoss())
    {
        return 0;
    }
    if (!config.r1.keepalive || (number == TcpScenario::R2 && !config.r2.keepalive))
    {
        return std::nullopt;
    }
    const double passes = 1 - MistakeRate::GetRoundTripLoss(config);
    const double restart = (config.reconnectDelay + config.connectTimeout).GetSeconds() / passes;
    return MistakeRate::OfSessions(GetOwnRate(config, config.r1),
                                   GetOwnRate(config, config.r2),
                                   restart);
}

} // namespace

std::vector<Experiment::End>
TcpExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const Config::End& which = number == Scenario::R1 ? config.r1 : config.r2;
        const TcpKeepaliveLaw::Timers timers = Law::GetTimers(which);
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = "tcp";
        end.interval = which.keepalive ? timers.idle : 0;
        end.retries = timers.probes;
        end.rule = which.profile;
        end.law = law.Get(number);
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config, number);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
TcpExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetEnd(end)->GetCounters();
}

} // namespace keepalive
} // namespace ns3
