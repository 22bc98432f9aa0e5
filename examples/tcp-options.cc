/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/tcp-keepalive-profile.h"
#include "ns3/tcp-scenario.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double SHORTEST = 1e-3;   //!< timer that an option takes, seconds
constexpr double MOST_PROBES = 255; //!< that an option takes
constexpr double AFTERWARDS = 30;   //!< seconds that a failure outlasts the longest detection

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
 * @param shortest least value, seconds
 * @param timer filled in; what is not given stays
 */
void
ReadTimer(const ProgramOptions& options, const std::string& name, double shortest, Time& timer)
{
    if (options.IsGiven(name))
    {
        timer = Seconds(options.GetBetween(name, shortest, LONGEST_OPTION));
    }
}

/**
 * @brief What one end is configured to.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options, const std::string& suffix, TcpScenarioConfig::End& end)
{
    if (options.IsGiven("profile" + suffix))
    {
        // Whoever names a stack wants that stack's timers.
        end.profile = ReadName(options, "profile" + suffix, TcpKeepaliveProfile::GetNames());
        end.idle = Seconds(0);
        end.interval = Seconds(0);
        end.probes = 0;
    }
    ReadTimer(options, "idle" + suffix, SHORTEST, end.idle);
    ReadTimer(options, "interval" + suffix, SHORTEST, end.interval);
    ReadTimer(options, "user-timeout" + suffix, 0, end.userTimeout);
    ReadTimer(options, "app-data" + suffix, 0, end.dataPeriod);
    const std::string probes = "probes" + suffix;
    if (options.IsGiven(probes))
    {
        // Windows from Vista on does not let anybody choose.
        const bool fixed = end.profile == "windows-vista";
        const double number = fixed ? TcpKeepaliveProfile::Find(end.profile)->probes : 0;
        end.probes = static_cast<uint32_t>(
            ReadWhole(options, probes, fixed ? number : 1, fixed ? number : MOST_PROBES));
    }
    end.garbage = end.garbage || options.Get<bool>("garbage" + suffix);
}

/**
 * @brief Both ends.
 * @param options the program's options
 * @param config filled in
 */
void
ReadEnds(const ProgramOptions& options, TcpScenarioConfig& config)
{
    ReadEnd(options, "", config.r1);
    config.r2 = config.r1;
    config.r2.dataPeriod = Seconds(0);
    ReadEnd(options, "-b", config.r2);
    const auto size = static_cast<uint32_t>(ReadWhole(options, "app-data-size", 1, 65535));
    config.r1.dataSize = size;
    config.r2.dataSize = size;
    if (options.IsGiven("app-data-size") && config.r1.dataPeriod.IsZero() &&
        config.r2.dataPeriod.IsZero())
    {
        throw UsageError("option --app-data-size=" + std::to_string(size) +
                         ": needs --app-data=SECONDS or --app-data-b=SECONDS, above 0");
    }
    Time r1 = Seconds(1);
    Time r2 = Seconds(1);
    ReadKeepaliveEnds(options, r1, r2);
    config.r1.keepalive = !r1.IsZero();
    config.r2.keepalive = !r2.IsZero();
}

/**
 * @brief How the client connects again.
 * @param options the program's options
 * @param config filled in
 */
void
ReadConnecting(const ProgramOptions& options, TcpScenarioConfig& config)
{
    const double delay = options.GetBetween("reconnect-delay", SHORTEST, LONGEST_OPTION);
    double longest = options.GetBetween("longest-reconnect-delay", SHORTEST, LONGEST_OPTION);
    if (longest < delay)
    {
        if (options.IsGiven("longest-reconnect-delay"))
        {
            throw UsageError("option --longest-reconnect-delay=" + std::to_string(longest) +
                             ": out of range, must be at least the --reconnect-delay of " +
                             std::to_string(delay) + " s");
        }
        longest = delay;
    }
    config.reconnectDelay = Seconds(delay);
    config.longestReconnectDelay = Seconds(longest);
    config.connectTimeout =
        Seconds(options.GetBetween("connect-timeout", SHORTEST, LONGEST_OPTION));
    config.port = static_cast<uint16_t>(ReadWhole(options, "port", 1, 65535));
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, TcpScenarioConfig& config)
{
    config.linkRate = ReadRate(options, "link-rate", false);
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, 1000));
    config.lanDelay = Seconds(options.GetBetween("lan-delay", 0, 1000));
    config.queuePackets = static_cast<uint32_t>(ReadWhole(options, "queue", 1, 1e6));
    config.priority = options.Get<bool>("priority");
    ReadLoss(options, config);
    ReadTraffic(options, config);
}

/**
 * @brief Without a duration, a failure lasts until it is noticed for certain.
 * @param options the program's options
 * @param config filled in
 */
void
ChooseDuration(const ProgramOptions& options, TcpScenarioConfig& config)
{
    using Failure = ScenarioConfig::Failure;
    const double longest = TcpScenario::GetLongestDetection(config);
    const bool noticed = config.failure != Failure::STALL && config.failure != Failure::DELAY_STEP;
    if (!options.IsGiven("fail-for") && config.schedule == FailurePlan::Schedule::ONCE && noticed &&
        longest > 0 && longest < LONGEST_OPTION)
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
    auto add = options.Add().add_options();
    add("profile",
        Word("linux", "NAME"),
        "linux, windows-vista, windows-xp, freebsd, macos, solaris, rfc1122: TCP of that stack, "
        "with its timers (Linux: 7200, 75, 9); unless named, Linux with those of a small lab: "
        "60, 10, 3");
    add("keepalive", Word("both", "both|r1|r2|none"), "which ends have SO_KEEPALIVE set");
    add("idle", Number(60, "SECONDS"), "silence before the first probe (TCP_KEEPIDLE)");
    add("interval", Number(10, "SECONDS"), "time between probes (TCP_KEEPINTVL)");
    add("probes", Number(3, "N"), "unanswered probes that end the connection (TCP_KEEPCNT)");
    add("user-timeout",
        Number(0, "SECONDS"),
        "silence that ends it instead (TCP_USER_TIMEOUT), 0 for none");
    add("garbage", Switch(), "probes carry an octet, as those of Windows do");
    add("app-data", Number(0, "SECONDS"), "time between writes of R1's application, 0 for none");
    add("app-data-b", Number(0, "SECONDS"), "the same for R2's");
    add("app-data-size", Number(100, "OCTETS"), "size of a write");
    add("profile-b", Word("linux", "NAME"), "the same for R2, if other than R1's");
    add("idle-b", Number(60, "SECONDS"), "the same for R2, if other than R1's");
    add("interval-b", Number(10, "SECONDS"), "the same for R2, if other than R1's");
    add("probes-b", Number(3, "N"), "the same for R2, if other than R1's");
    add("user-timeout-b", Number(0, "SECONDS"), "the same for R2, if other than R1's");
    add("garbage-b", Switch(), "for R2, too, or only");
}

/**
 * @brief Add the options of the network.
 * @param options the program's options
 */
void
AddNetworkOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("reconnect-delay", Number(1, "SECONDS"), "until R1 connects again; doubles if that fails");
    add("longest-reconnect-delay", Number(8, "SECONDS"), "where doubling stops");
    add("connect-timeout", Number(5, "SECONDS"), "R1 gives up an attempt after this time");
    add("port", Number(40000, "PORT"), "R2 listens there");
    add("link-rate", Word("10Mb/s", "RATE"), "of the link A-B");
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of the link A-B");
    add("lan-delay", Number(0.001, "SECONDS"), "one-way delay of the links R1-A and B-R2");
    add("queue", Number(50, "PACKETS"), "queue of A towards B");
    add("priority", Switch(), "the connection goes first in that queue (TOS 0x10)");
    AddLossOptions(options,
                   "probability that a packet is lost on A-B, each way",
                   "packet",
                   "Poisson traffic from A to B, as a share of the link's rate");
    AddTrafficOptions(options, "0", 500);
}

} // namespace

void
AddTcpOptions(ProgramOptions& options)
{
    AddEndOptions(options);
    AddNetworkOptions(options);
    AddFailureOption(options, GetKinds());
    options.Add().add_options()("at", Word("r2", "r1|r2"), "where a crash or stall is");
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

TcpScenarioConfig
ReadTcpOptions(const ProgramOptions& options)
{
    TcpScenarioConfig config;
    ReadEnds(options, config);
    ReadConnecting(options, config);
    ReadNetwork(options, config);
    ReadFailure(options, GetKinds(), config);
    config.failR1 = options.Choose<bool>("at", {{"r1", true}, {"r2", false}});
    ReadFailurePlan(options, config);
    ChooseDuration(options, config);
    const std::optional<std::string> wrong = TcpScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
