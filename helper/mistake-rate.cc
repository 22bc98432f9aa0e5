/* SPDX-License-Identifier: GPL-2.0-only */

#include "mistake-rate.h"

#include "loss-run-law.h"

#include <cstddef>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double RARE = 0.01; //!< share of a session's life that setting it up may take

/**
 * @brief Round trips over two channels that move with time, each by itself, whether or not a packet
 *        is in them.
 * @param channel both of them, seen by packets at equal distances
 * @return the chain: states as of LossChain::OfRoundTrips
 */
LossChain
MakeTimedRoundTrips(const LossChain::Channel& channel)
{
    constexpr std::size_t states = 4; // bit 0: bad back, bit 1: bad there
    const double move[2][2] = {{1 - channel.goodToBad, channel.goodToBad},
                               {channel.badToGood, 1 - channel.badToGood}};
    LossChain chain;
    chain.fail.assign(states, std::vector<double>(states));
    chain.succeed = chain.fail;
    for (std::size_t from = 0; from < states; from++)
    {
        for (std::size_t to = 0; to < states; to++)
        {
            const double probability = move[from & 1][to & 1] * move[from >> 1][to >> 1];
            (to == 0 ? chain.succeed : chain.fail)[from][to] = probability;
        }
    }
    return chain;
}

/**
 * @brief Mistakes for each second.
 * @param law of the trials
 * @param interval between trials, seconds
 * @return one over the mean recurrence
 */
double
ToRate(const LossRunLaw& law, double interval)
{
    return 1 / (law.GetMeanRecurrence() * interval);
}

} // namespace

bool
MistakeRate::IsUndisturbed(const ScenarioConfig& config)
{
    using Failure = ScenarioConfig::Failure;
    if (config.load > 0)
    {
        return false;
    }
    switch (config.failure)
    {
    case Failure::NONE:
        return true;
    case Failure::DELAY_STEP:
    case Failure::BINDING_LOSS:
        return false;
    case Failure::SILENT:
    case Failure::ONE_WAY_TO_R1:
    case Failure::ONE_WAY_TO_R2:
    case Failure::CARRIER:
    case Failure::SHUTDOWN:
    case Failure::CRASH:
    case Failure::STALL:
    case Failure::LOOPBACK:
        break;
    }
    const bool lonely = config.schedule == FailurePlan::Schedule::ONCE ||
                        (config.schedule == FailurePlan::Schedule::RANDOM && config.failures == 1);
    return lonely && config.failFor.IsZero();
}

double
MistakeRate::GetRoundTripLoss(const ScenarioConfig& config)
{
    return config.loss * (2 - config.loss);
}

double
MistakeRate::OfRoundTrips(const ScenarioConfig& config, double interval, uint32_t run, bool mutual)
{
    if (!config.HasBursts())
    {
        return ToRate(LossRunLaw(run, GetRoundTripLoss(config)), interval);
    }
    const LossChain::Channel channel = GetChannel(config, interval);
    if (config.HasTimedLoss())
    {
        return ToRate(LossRunLaw(run, MakeTimedRoundTrips(channel)), interval);
    }
    return ToRate(LossRunLaw(run,
                             mutual ? LossChain::OfMutualRoundTrips(channel, channel)
                                    : LossChain::OfRoundTrips(channel, channel)),
                  interval);
}

double
MistakeRate::OfPackets(const ScenarioConfig& config, double interval, uint32_t run)
{
    if (!config.HasBursts())
    {
        return ToRate(LossRunLaw(run, config.loss), interval);
    }
    return ToRate(LossRunLaw(run, GetChannel(config, interval)), interval);
}

std::optional<double>
MistakeRate::OfSessions(double first, double second, double restart)
{
    const double sum = first + second;
    return sum * restart <= RARE ? std::make_optional(sum) : std::nullopt;
}

LossChain::Channel
MistakeRate::GetChannel(const ScenarioConfig& config, double interval)
{
    if (config.HasTimedLoss())
    {
        return LossChain::Channel::OfOutages(config.goodTime.GetSeconds(),
                                             config.badTime.GetSeconds(),
                                             interval);
    }
    LossChain::Channel channel;
    channel.goodToBad = config.burstStart;
    channel.badToGood = config.burstEnd;
    return channel;
}

} // namespace keepalive
} // namespace ns3
