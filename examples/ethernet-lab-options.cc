/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-lab-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/ethernet-scenario.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double SHORTEST = 1e-3;     //!< interval that an option takes, seconds
constexpr double MOST_RETRIES = 255;  //!< that an option takes
constexpr double SHORTEST_PING = 0.1; //!< time between pings that an option takes, seconds
constexpr double AFTERWARDS = 30;     //!< seconds that a failure outlasts the longest detection

/**
 * @brief The kinds of failure there are.
 * @return those of cables, hosts and ports; not a delay that steps: cables of a LAN are short
 */
FailureKinds
GetKinds()
{
    return GetFailureKinds(
        {ScenarioConfig::Failure::DELAY_STEP, ScenarioConfig::Failure::BINDING_LOSS});
}

/**
 * @brief What one end is configured to.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options, const std::string& suffix, EthernetScenarioConfig::End& end)
{
    const bool all = suffix.empty();
    if (all || options.IsGiven("interval" + suffix))
    {
        end.interval = Seconds(options.GetBetween("interval" + suffix, SHORTEST, LONGEST_OPTION));
    }
    if (all || options.IsGiven("retries" + suffix))
    {
        end.retries =
            static_cast<uint32_t>(ReadWhole(options, "retries" + suffix, 1, MOST_RETRIES));
    }
    if (all || options.IsGiven("return" + suffix))
    {
        end.returns = options.Choose<EthernetKeepalive::Return>(
            "return" + suffix,
            {{"half-duplex", EthernetKeepalive::HALF_DUPLEX_MEDIUM},
             {"controller", EthernetKeepalive::CONTROLLER_LOOPBACK},
             {"none", EthernetKeepalive::NONE}});
    }
}

/**
 * @brief The ends.
 * @param options the program's options
 * @param config filled in
 */
void
ReadEnds(const ProgramOptions& options, EthernetScenarioConfig& config)
{
    ReadEnd(options, "", config.r1);
    config.r2 = config.r1;
    ReadEnd(options, "-b", config.r2);
    ReadKeepaliveEnds(options, config.r1.interval, config.r2.interval);
    config.pingPeriod = Seconds(options.GetBetween("ping", 0, LONGEST_OPTION));
    if (config.pingPeriod.IsStrictlyPositive())
    {
        config.pingPeriod = Seconds(options.GetBetween("ping", SHORTEST_PING, LONGEST_OPTION));
    }
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, EthernetScenarioConfig& config)
{
    const double ports = options.GetBetween("port-interval", 0, LONGEST_OPTION);
    config.portInterval =
        Seconds(ports > 0 ? options.GetBetween("port-interval", SHORTEST, LONGEST_OPTION) : 0);
    config.recovery = Seconds(options.GetBetween("recovery", 0, LONGEST_OPTION));
    config.rate = ReadRate(options, "rate", false);
    config.delay = Seconds(options.GetBetween("delay", 0, 1e-3));
    config.queuePackets = static_cast<uint32_t>(ReadWhole(options, "queue", 1, 1e6));
    ReadLoss(options, config);
    ReadTraffic(options, config);
}

/**
 * @brief What fails, and where.
 * @param options the program's options
 * @param config filled in
 */
void
ReadWhatFails(const ProgramOptions& options, EthernetScenarioConfig& config)
{
    config.failure = options.Choose<ScenarioConfig::Failure>("failure", GetKinds());
    config.failR1 = options.Choose<bool>("at", {{"r1", true}, {"r2", false}});
    config.adapter = options.Get<bool>("adapter");
    ReadFailurePlan(options, config);
    // Without a duration, a failure lasts until it is noticed for certain.
    const double longest = EthernetScenario::GetLongestDetection(config);
    if (!options.IsGiven("fail-for") && config.schedule == FailurePlan::Schedule::ONCE &&
        longest > 0 && longest < LONGEST_OPTION)
    {
        config.failFor = Seconds(std::ceil(longest) + AFTERWARDS);
    }
}

} // namespace

void
AddEthernetLabOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("keepalive", Word("both", "both|r1|r2|none"), "which ends send keepalives");
    add("interval", Number(10, "SECONDS"), "time between them");
    add("retries", Number(5, "N"), "unanswered ones that bring the line protocol down");
    add("return",
        Word("half-duplex", "HOW"),
        "how an end gets its own keepalives back: half-duplex (it hears itself on the medium), "
        "controller (they never leave it), none (full duplex; it expects none)");
    add("interval-b", Number(10, "SECONDS"), "the same for R2, if other than R1's");
    add("retries-b", Number(5, "N"), "the same for R2, if other than R1's");
    add("return-b", Word("half-duplex", "HOW"), "the same for R2, if other than R1's");
    add("port-interval",
        Number(10, "SECONDS"),
        "time between keepalives of S1's ports, which look for loops; 0 for none");
    add("recovery",
        Number(0, "SECONDS"),
        "until S1 tries a port again that it shut for a loop (errdisable recovery); 0 for never");
    add("ping", Number(0, "SECONDS"), "R1 pings R2 in layer 2 this often; 0 for never");
    add("rate", Word("10Mb/s", "RATE"), "of the cables");
    add("delay", Number(5e-7, "SECONDS"), "of each cable, one way");
    add("queue", Number(100, "FRAMES"), "queue of each device");
    AddLossOptions(options,
                   "probability that a frame is lost on the cable that --at says, each way",
                   "frame",
                   "Poisson traffic from R1 to R2, as a share of the rate of the cables");
    AddTrafficOptions(options, "0", 500);
    AddFailureOption(options, GetKinds());
    auto more = options.Add().add_options();
    more("at", Word("r2", "r1|r2"), "which end, or the cable of which end, fails");
    more("adapter", Switch(), "for failures of a cable: the adapter of that end fails, instead");
    AddFailurePlanOptions(options);
}

EthernetScenarioConfig
ReadEthernetLabOptions(const ProgramOptions& options)
{
    EthernetScenarioConfig config;
    ReadEnds(options, config);
    ReadNetwork(options, config);
    ReadWhatFails(options, config);
    const std::optional<std::string> wrong = EthernetScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
