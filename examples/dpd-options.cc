/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/dpd-profile.h"
#include "ns3/dpd-scenario.h"
#include "ns3/ike-cipher-suite.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double SHORTEST = 1e-3;    //!< timer that an option takes, seconds
constexpr double MOST_RETRIES = 255; //!< that an option takes
constexpr double LONGEST_BASE = 100; //!< that an option takes
constexpr double AFTERWARDS = 30;    //!< seconds that a failure outlasts the longest detection

constexpr double CISCO_DELAY[] = {10, 3600}; //!< what IOS takes, seconds
constexpr double CISCO_RETRY[] = {2, 60};    //!< what IOS takes, seconds

/**
 * @brief The kinds of failure there are.
 * @return all but those of interfaces that can be shut and of a NAT
 */
FailureKinds
GetKinds()
{
    using Failure = ScenarioConfig::Failure;
    return GetFailureKinds({Failure::SHUTDOWN, Failure::BINDING_LOSS});
}

/**
 * @brief Read a timer that an end may have.
 * @param options the program's options
 * @param name name of the option
 * @param limits what the end takes, seconds
 * @param timer filled in; what is not given stays
 */
void
ReadTimer(const ProgramOptions& options,
          const std::string& name,
          const double (&limits)[2],
          std::optional<Time>& timer)
{
    if (options.IsGiven(name))
    {
        timer = Seconds(options.GetBetween(name, limits[0], limits[1]));
    }
}

/**
 * @brief What one end is configured to.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options, const std::string& suffix, DpdScenarioConfig::End& end)
{
    if (options.IsGiven("profile" + suffix))
    {
        // Whoever names a gateway wants that gateway's timers.
        end = DpdScenarioConfig::End();
        end.profile = ReadName(options, "profile" + suffix, DpdProfile::GetNames());
    }
    const bool cisco = end.profile.find("cisco") == 0;
    const double any[] = {SHORTEST, LONGEST_OPTION};
    ReadTimer(options, "delay" + suffix, cisco ? CISCO_DELAY : any, end.delay);
    ReadTimer(options, "retry" + suffix, cisco ? CISCO_RETRY : any, end.retry);
    ReadTimer(options, "timeout" + suffix, any, end.timeout);
    ReadTimer(options, "retransmit-timeout" + suffix, any, end.retransmitTimeout);
    if (options.IsGiven("base" + suffix))
    {
        end.base = options.GetBetween("base" + suffix, 1, LONGEST_BASE);
    }
    if (options.IsGiven("retries" + suffix))
    {
        end.retries =
            static_cast<uint32_t>(ReadWhole(options, "retries" + suffix, 1, MOST_RETRIES));
    }
    if (options.IsGiven("final-wait" + suffix))
    {
        end.finalWait = options.Choose<bool>("final-wait" + suffix, {{"yes", true}, {"no", false}});
    }
    if (options.IsGiven("mode" + suffix))
    {
        end.onDemand =
            options.Choose<bool>("mode" + suffix, {{"periodic", false}, {"on-demand", true}});
    }
    if (options.IsGiven("data" + suffix))
    {
        end.dataPeriod = Seconds(options.GetBetween("data" + suffix, 0, LONGEST_OPTION));
    }
}

/**
 * @brief Both ends.
 * @param options the program's options
 * @param config filled in
 */
void
ReadEnds(const ProgramOptions& options, DpdScenarioConfig& config)
{
    ReadEnd(options, "", config.r1);
    config.r2 = config.r1;
    config.r2.dataPeriod = Seconds(0);
    ReadEnd(options, "-b", config.r2);
    config.dataSize = static_cast<uint32_t>(ReadWhole(options, "data-size", 1, 1400));
    if (options.IsGiven("data-size") && config.r1.dataPeriod.IsZero() &&
        config.r2.dataPeriod.IsZero())
    {
        throw UsageError("option --data-size=" + std::to_string(config.dataSize) +
                         ": needs --data=SECONDS or --data-b=SECONDS, above 0");
    }
    const auto asks = options.Choose<std::pair<bool, bool>>("dpd",
                                                            {{"both", {true, true}},
                                                             {"r1", {true, false}},
                                                             {"r2", {false, true}},
                                                             {"none", {false, false}}});
    config.r1.dpd = asks.first;
    config.r2.dpd = asks.second;
}

/**
 * @brief What both ends agree on.
 * @param options the program's options
 * @param config filled in
 */
void
ReadAssociation(const ProgramOptions& options, DpdScenarioConfig& config)
{
    config.encapsulation =
        options.Choose<uint16_t>("encapsulation",
                                 {{"500", uint16_t{500}}, {"4500", uint16_t{4500}}});
    if (options.IsGiven("cipher"))
    {
        const uint8_t version = DpdProfile::Find(config.r1.profile)->ikeVersion;
        config.cipher = ReadName(options, "cipher", IkeCipherSuite::GetNames(version));
    }
    config.reestablishDelay =
        Seconds(options.GetBetween("reestablish-delay", SHORTEST, LONGEST_OPTION));
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, DpdScenarioConfig& config)
{
    config.linkRate = ReadRate(options, "link-rate", false);
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, 1000));
    config.lanDelay = Seconds(options.GetBetween("lan-delay", 0, 1000));
    config.queuePackets = static_cast<uint32_t>(ReadWhole(options, "queue", 1, 1e6));
    ReadLoss(options, config);
    ReadTraffic(options, config);
}

/**
 * @brief Without a duration, a failure lasts until it is noticed for certain.
 * @param options the program's options
 * @param config filled in
 */
void
ChooseDuration(const ProgramOptions& options, DpdScenarioConfig& config)
{
    const double longest = DpdScenario::GetLongestDetection(config);
    if (!options.IsGiven("fail-for") && config.schedule == FailurePlan::Schedule::ONCE &&
        config.failure != ScenarioConfig::Failure::DELAY_STEP && longest > 0 &&
        longest < LONGEST_OPTION)
    {
        config.failFor = Seconds(std::ceil(longest) + AFTERWARDS);
    }
}

/**
 * @brief Add the options of both ends.
 * @param options the program's options
 */
void
AddEndOptions(ProgramOptions& options)
{
    const char* other = "the same for R2, if other than R1's";
    auto add = options.Add().add_options();
    add("profile",
        Word("cisco-periodic", "NAME"),
        "cisco-periodic, cisco-on-demand, strongswan-ikev1, strongswan-ikev2, libreswan, "
        "libreswan-ikev2, racoon: a gateway of that kind, with its timers");
    add("dpd", Word("both", "both|r1|r2|none"), "which ends ask whether their peer is alive");
    add("mode",
        Word("periodic", "periodic|on-demand"),
        "ask anyway, or only when there is something to send; unless given, as the profile does");
    add("delay",
        Number(10, "SECONDS"),
        "time without a sign of life before an end asks (crypto isakmp keepalive, dpd_delay); "
        "this and the following: unless given, as the profile has it");
    add("retry", Number(2, "SECONDS"), "wait behind a request; of IKEv2 behind the first one");
    add("retries", Number(5, "N"), "requests or retransmissions behind the first one");
    add("base", Number(1.8, "FACTOR"), "from one wait to the next (strongswan-ikev2)");
    add("final-wait", Word("yes", "yes|no"), "the last of them is waited for, too");
    add("timeout",
        Number(150, "SECONDS"),
        "silence that ends the association (dpd_timeout); of IKEv2 it is ignored, as by "
        "strongSwan and libreswan");
    add("retransmit-timeout",
        Number(60, "SECONDS"),
        "retransmissions for so long (libreswan-ikev2)");
    add("data", Number(0, "SECONDS"), "time between packets of R1's users, in ESP; 0 for none");
    add("data-b", Number(0, "SECONDS"), "the same for R2's");
    add("data-size", Number(100, "OCTETS"), "size of such a packet");
    add("profile-b", Word("cisco-periodic", "NAME"), other);
    add("mode-b", Word("periodic", "periodic|on-demand"), other);
    add("delay-b", Number(10, "SECONDS"), other);
    add("retry-b", Number(2, "SECONDS"), other);
    add("retries-b", Number(5, "N"), other);
    add("base-b", Number(1.8, "FACTOR"), other);
    add("final-wait-b", Word("yes", "yes|no"), other);
    add("timeout-b", Number(150, "SECONDS"), other);
    add("retransmit-timeout-b", Number(60, "SECONDS"), other);
}

/**
 * @brief Add the options of the association and the network.
 * @param options the program's options
 */
void
AddNetworkOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("encapsulation", Word("500", "500|4500"), "UDP port of IKE; 4500 as behind a NAT");
    add("cipher",
        Word("", "NAME"),
        "what is negotiated, for sizes only: none, or a suite of the profile's IKE version; unless "
        "given, the usual one of the profile");
    add("reestablish-delay", Number(5, "SECONDS"), "between attempts to be heard again");
    add("link-rate", Word("10Mb/s", "RATE"), "of the link A-B");
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of the link A-B");
    add("lan-delay", Number(0.001, "SECONDS"), "one-way delay of the links R1-A and B-R2");
    add("queue", Number(50, "PACKETS"), "queue of A towards B");
    AddLossOptions(options,
                   "probability that a packet is lost on A-B, each way",
                   "packet",
                   "Poisson traffic from A to B, as a share of the link's rate");
    AddTrafficOptions(options, "0", 500);
}

} // namespace

void
AddDpdOptions(ProgramOptions& options)
{
    AddEndOptions(options);
    AddNetworkOptions(options);
    AddFailureOption(options, GetKinds());
    options.Add().add_options()("at", Word("r2", "r1|r2"), "where a crash or stall is");
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

DpdScenarioConfig
ReadDpdOptions(const ProgramOptions& options)
{
    DpdScenarioConfig config;
    ReadEnds(options, config);
    ReadAssociation(options, config);
    ReadNetwork(options, config);
    ReadFailure(options, GetKinds(), config);
    config.failR1 = options.Choose<bool>("at", {{"r1", true}, {"r2", false}});
    ReadFailurePlan(options, config);
    ChooseDuration(options, config);
    const std::optional<std::string> wrong = DpdScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
