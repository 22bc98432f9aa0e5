/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/bfd-scenario-law.h"
#include "ns3/bfd-scenario.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double SHORTEST = BfdScenario::SHORTEST_INTERVAL; //!< seconds
constexpr double LONGEST = BfdScenario::LONGEST_INTERVAL;   //!< seconds
constexpr double LONGEST_DELAY = 10;                        //!< of a link, seconds
constexpr double AFTERWARDS = 30;       //!< seconds that a failure outlasts the longest detection
constexpr double EARLIEST_FAILURE = 60; //!< seconds, if the session is up by then

/**
 * @brief The kinds of failure there are.
 * @return all but that of a NAT
 */
FailureKinds
GetKinds()
{
    return GetFailureKinds({ScenarioConfig::Failure::BINDING_LOSS});
}

/**
 * @brief Read a timer.
 * @param options the program's options
 * @param name name of the option
 * @return the time, in whole microseconds, as packets have it
 */
Time
ReadTimer(const ProgramOptions& options, const std::string& name)
{
    return MicroSeconds(std::llround(options.GetBetween(name, SHORTEST, LONGEST) * 1e6));
}

/**
 * @brief How one router is configured.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options, const std::string& suffix, BfdScenarioConfig::End& end)
{
    if (options.IsGiven("min-tx" + suffix))
    {
        end.minTx = ReadTimer(options, "min-tx" + suffix);
    }
    if (options.IsGiven("min-rx" + suffix))
    {
        end.minRx = ReadTimer(options, "min-rx" + suffix);
    }
    if (options.IsGiven("multiplier" + suffix))
    {
        end.multiplier = static_cast<uint32_t>(
            ReadWhole(options, "multiplier" + suffix, 1, BfdScenario::MOST_MULTIPLIER));
    }
}

/**
 * @brief One of the new timers of R1.
 * @param options the program's options
 * @param name name of the option
 * @param timer filled in; what is not given stays
 */
void
ReadNewTimer(const ProgramOptions& options, const std::string& name, Time& timer)
{
    if (!options.IsGiven(name))
    {
        return;
    }
    timer = ReadTimer(options, name);
    if (options.Get<double>("renegotiate-at") == 0)
    {
        throw UsageError("option --" + name + ": needs --renegotiate-at=SECONDS, above 0");
    }
}

/**
 * @brief The new timers of R1: what does not change is what it has already.
 * @param options the program's options
 * @param config filled in
 */
void
ReadRenegotiation(const ProgramOptions& options, BfdScenarioConfig& config)
{
    config.renegotiateAt = Seconds(options.GetBetween("renegotiate-at", 0, LONGEST_OPTION));
    config.renegotiateTx = config.r1.minTx;
    config.renegotiateRx = config.r1.minRx;
    ReadNewTimer(options, "renegotiate-tx", config.renegotiateTx);
    ReadNewTimer(options, "renegotiate-rx", config.renegotiateRx);
}

/**
 * @brief BFD at both ends.
 * @param options the program's options
 * @param config filled in
 */
void
ReadSession(const ProgramOptions& options, BfdScenarioConfig& config)
{
    ReadEnd(options, "", config.r1);
    config.r2 = config.r1;
    ReadEnd(options, "-b", config.r2);
    const int passive = options.Choose<int>("passive", {{"none", 0}, {"r1", 1}, {"r2", 2}});
    config.r1.passive = passive == 1;
    config.r2.passive = passive == 2;
    config.offloaded = options.Get<bool>("offloaded");
    ReadRenegotiation(options, config);
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, BfdScenarioConfig& config)
{
    config.linkRate = ReadRate(options, "link-rate", false);
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, LONGEST_DELAY));
    config.queuePackets = static_cast<uint32_t>(ReadWhole(options, "queue", 1, 1e6));
    config.priority = options.Get<bool>("priority");
    ReadLoss(options, config);
    ReadTraffic(options, config);
}

/**
 * @brief Choose what was not given: the first failure finds the session up, and lasts until it is
 *        noticed for certain.
 * @param options the program's options
 * @param config filled in
 */
void
ChooseTimes(const ProgramOptions& options, BfdScenarioConfig& config)
{
    using Failure = ScenarioConfig::Failure;
    if (!options.IsGiven("fail-at"))
    {
        config.failAt = Max(Seconds(EARLIEST_FAILURE), BfdScenario::GetEarliestFailure(config));
    }
    const BfdScenarioLaw law(config);
    const double longest = std::max(law.GetLongestDetection(0), law.GetLongestDetection(1));
    const bool noticed =
        config.failure != Failure::SHUTDOWN && config.failure != Failure::DELAY_STEP;
    if (!options.IsGiven("fail-for") && config.schedule == FailurePlan::Schedule::ONCE && noticed)
    {
        config.failFor = Seconds(std::ceil(longest) + AFTERWARDS);
    }
}

/**
 * @brief Add the options of the routers.
 * @param options the program's options
 */
void
AddEndOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("min-tx", Number(0.3, "SECONDS"), "R1 sends no more often (Desired Min TX Interval)");
    add("min-rx", Number(0.3, "SECONDS"), "R1 takes no more often (Required Min RX Interval)");
    add("multiplier", Number(3, "N"), "packets of R1 that may go missing (Detect Mult)");
    add("min-tx-b", Number(0.3, "SECONDS"), "the same for R2, if other than R1's");
    add("min-rx-b", Number(0.3, "SECONDS"), "the same for R2, if other than R1's");
    add("multiplier-b", Number(3, "N"), "the same for R2, if other than R1's");
    add("passive", Word("none", "r1|r2|none"), "which router waits for the other to begin");
    add("offloaded", Switch(), "line cards run BFD: a hanging control plane does not end it");
    add("renegotiate-at",
        Number(0, "SECONDS"),
        "R1 changes its timers then, while the session is up; 0 for never");
    add("renegotiate-tx", Number(0.3, "SECONDS"), "its new --min-tx; otherwise the old one");
    add("renegotiate-rx", Number(0.3, "SECONDS"), "its new --min-rx; otherwise the old one");
}

/**
 * @brief Add the options of the network.
 * @param options the program's options
 */
void
AddNetworkOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("link-rate", Word("10Mb/s", "RATE"), "bit rate of every link");
    add("link-delay", Number(0.001, "SECONDS"), "one-way delay of every link");
    AddLossOptions(options,
                   "probability that link R1-R2 loses a packet, each way",
                   "packet",
                   "Poisson traffic from R1 to R2, as a share of the link's rate");
    add("queue", Number(50, "PACKETS"), "length of the queue that it fills");
    add("priority", Switch(), "BFD goes first in that queue (TOS 0xd0 instead of 0xc0)");
    AddTrafficOptions(options, "80kb/s", 500);
}

} // namespace

void
AddBfdOptions(ProgramOptions& options)
{
    AddEndOptions(options);
    AddNetworkOptions(options);
    AddFailureOption(options, GetKinds());
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

BfdScenarioConfig
ReadBfdOptions(const ProgramOptions& options)
{
    BfdScenarioConfig config;
    ReadSession(options, config);
    ReadNetwork(options, config);
    ReadFailure(options, GetKinds(), config);
    ReadFailurePlan(options, config);
    ChooseTimes(options, config);
    const std::optional<std::string> wrong = BfdScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
