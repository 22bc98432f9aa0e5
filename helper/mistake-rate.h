/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MISTAKE_RATE_H
#define KEEPALIVE_MISTAKE_RATE_H

#include "ns3/loss-chain.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The rate of mistakes lambda_M of a scenario, where it has a closed form: what that of all
 *        mechanisms is made of.
 *
 * lambda_M = 1 / E(T_MR), mistakes for each second in which one is possible, in the long run. It
 * begins with a network that works, and holds until the first failure; so it takes a failure that
 * is not over before it must have been noticed. A run that is short beside E(T_MR) has fewer
 * mistakes: to the first one it takes longer than lambda_M says, by as long as a mistake takes to
 * come about and to end.
 *
 * A line that trusts its peer again with the next keepalive is recurrent: lambda_M is exact. A
 * session that has to be set up again is not: how long that takes with losses has no closed form.
 * Its lambda_M is one over the mean time from a fresh session to its end (OfSessions), and given
 * only where setting it up is no more than a hundredth of that.
 */
class MistakeRate
{
  public:
    MistakeRate() = delete;

    /**
     * @brief Whether it is nothing but random losses that can feign a failure.
     * @param config the configuration
     * @return false if there is congestion, or a failure that nobody need notice, that comes again,
     *         or that is over too soon
     */
    static bool IsUndisturbed(const ScenarioConfig& config);

    /**
     * @brief The same network without losses, in which a link fails at last: an end that has a law
     *        of detection there makes no mistakes there.
     * @tparam Config a ScenarioConfig
     * @param config the configuration
     * @return the other one
     */
    template <typename Config>
    static Config WithoutLosses(Config config)
    {
        constexpr double settled = 1e6; // seconds, when any mechanism is
        config.loss = 0;
        config.burstStart = 0;
        config.goodTime = config.badTime = Time();
        config.failure = ScenarioConfig::Failure::SILENT;
        config.schedule = FailurePlan::Schedule::ONCE;
        config.failAt = Seconds(settled);
        config.failFor = Time();
        return config;
    }

    /**
     * @brief The probability that a packet and its answer do not both arrive.
     * @param config the configuration, with independent losses
     * @return q = 1 - (1 - p)^2
     */
    static double GetRoundTripLoss(const ScenarioConfig& config);

    /**
     * @brief Runs of requests without answer. Exact.
     * @param config the configuration: losses are independent, or of bursts that move with time; or
     *        with packets, which are then the only ones on the link
     * @param interval between requests, seconds
     * @param run k, how many in a row make a mistake
     * @param mutual whether the other end asks as often, of which losses in bursts know
     * @return lambda_M, per second
     */
    static double OfRoundTrips(const ScenarioConfig& config,
                               double interval,
                               uint32_t run,
                               bool mutual);

    /**
     * @brief Runs of packets that did not arrive. Exact.
     * @param config the configuration, as above
     * @param interval between packets, seconds
     * @param run k, how many in a row make a mistake
     * @return lambda_M, per second
     */
    static double OfPackets(const ScenarioConfig& config, double interval, uint32_t run);

    /**
     * @brief A session that the mistake of either end ends for both.
     * @param first rate of mistakes of one end alone, per second
     * @param second that of the other end
     * @param restart how long it takes to set it up again, at most, seconds
     * @return lambda_M of both, per second: the sum; none if mistakes are too frequent for that
     */
    static std::optional<double> OfSessions(double first, double second, double restart);

  private:
    /**
     * @brief How the configuration loses packets in bursts.
     * @param config the configuration
     * @param interval between packets, seconds
     * @return the channel
     */
    static LossChain::Channel GetChannel(const ScenarioConfig& config, double interval);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MISTAKE_RATE_H */
