/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/gre-scenario.h"

#include <cmath>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

/// What a vendor's command line stands for: rule, ranges and, where the seed's are not, defaults.
struct Profile
{
    KeepaliveProcess::VerdictRule rule; //!< when its line protocol goes down
    double interval;                    //!< default, seconds
    double retries;                     //!< default
    double maxInterval;                 //!< largest interval, seconds
    double maxRetries;                  //!< largest number of retries
    double holdTime;                    //!< default, seconds; 0 for interval times retries
    double minHoldTime;                 //!< least hold time, seconds, of those above 0
    double maxHoldTime;                 //!< largest hold time, seconds
    bool whole;                         //!< takes whole seconds only
};

/**
 * @brief The "keepalive" command of one end.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param profile ranges and defaults
 * @return interval and retries
 */
GreScenarioConfig::End
ReadEnd(const ProgramOptions& options, const std::string& suffix, const Profile& profile)
{
    const std::string interval = "interval" + suffix;
    const double seconds =
        options.IsGiven(interval) ? options.Get<double>(interval) : profile.interval;
    if (!(seconds >= 0 && seconds <= profile.maxInterval) ||
        (profile.whole && seconds != std::floor(seconds)))
    {
        std::ostringstream wrong;
        wrong << "option --" << interval << "=" << seconds << ": out of range, must be "
              << (profile.whole ? "whole seconds, " : "") << "0 (off) or "
              << (profile.whole ? "1 to " : "up to ") << profile.maxInterval
              << (profile.whole ? ", unless --profile=free" : "");
        throw UsageError(wrong.str());
    }
    const std::string retries = "retries" + suffix;
    const double count = options.IsGiven(retries)
                             ? ReadWhole(options, retries, 1, profile.maxRetries)
                             : profile.retries;
    return {Seconds(seconds), static_cast<uint32_t>(count)};
}

/**
 * @brief Keepalive options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadKeepalive(const ProgramOptions& options, GreScenarioConfig& config)
{
    // Defaults are those of the vendors' manuals; Cisco's are those of the example in its document.
    const auto profile = options.Choose<Profile>(
        "profile",
        {{"cisco", {KeepaliveProcess::CISCO, 5, 4, 32767, 255, 0, 0, LONGEST_OPTION, true}},
         {"huawei-send",
          {KeepaliveProcess::HUAWEI_SEND, 5, 3, 32767, 255, 0, 0, LONGEST_OPTION, true}},
         {"huawei-expiry",
          {KeepaliveProcess::HUAWEI_EXPIRY, 5, 3, 32767, 255, 0, 0, LONGEST_OPTION, true}},
         {"h3c", {KeepaliveProcess::HOLD_TIME, 10, 3, 32767, 255, 0, 0, LONGEST_OPTION, true}},
         {"junos", {KeepaliveProcess::HOLD_TIME, 1, 3, 50, 255, 5, 5, 250, true}},
         {"free",
          {KeepaliveProcess::CISCO, 5, 4, LONGEST_OPTION, 1e6, 0, 0, LONGEST_OPTION, false}}});
    config.rule = profile.rule;
    if (options.IsGiven("rule"))
    {
        config.rule = options.Choose<KeepaliveProcess::VerdictRule>(
            "rule",
            {{"cisco", KeepaliveProcess::CISCO},
             {"huawei-send", KeepaliveProcess::HUAWEI_SEND},
             {"huawei-expiry", KeepaliveProcess::HUAWEI_EXPIRY},
             {"hold-time", KeepaliveProcess::HOLD_TIME}});
    }
    config.r1 = ReadEnd(options, "", profile);
    config.r2 = config.r1;
    if (options.IsGiven("interval-b") || options.IsGiven("retries-b"))
    {
        const GreScenarioConfig::End other = ReadEnd(options, "-b", profile);
        config.r2.interval = options.IsGiven("interval-b") ? other.interval : config.r1.interval;
        config.r2.retries = options.IsGiven("retries-b") ? other.retries : config.r1.retries;
    }
    ReadKeepaliveEnds(options, config.r1.interval, config.r2.interval);
    config.holdTime =
        Seconds(options.IsGiven("hold-time")
                    ? options.GetBetween("hold-time", profile.minHoldTime, profile.maxHoldTime)
                    : profile.holdTime);
    config.keepalivePriority =
        static_cast<int32_t>(options.GetBetween("keepalive-priority", -1, 15));
    config.randomPhase = options.Choose<bool>("phase", {{"random", true}, {"zero", false}});
}

/**
 * @brief Tunnel options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadTunnel(const ProgramOptions& options, GreScenarioConfig& config)
{
    config.address1 = ReadAddress(options, "address-1");
    config.address2 = ReadAddress(options, "address-2");
    config.keys = ReadNumberList(options, "key");
    config.checksum = options.Get<bool>("checksum");
    config.sequenceNumbers = options.Get<bool>("sequence");
    config.tos = static_cast<int32_t>(options.GetBetween("tos", -1, 255));
    config.ttl = static_cast<uint32_t>(options.GetBetween("ttl", 1, 255));
    config.keepaliveTos = static_cast<uint32_t>(options.GetBetween("keepalive-tos", 0, 255));
    config.dropPayloadToEncapsulator = options.Get<bool>("rfc2784-strict");
    config.strictReversePath = options.Get<bool>("strict-rpf");
    config.dropLocalSource = options.Get<bool>("drop-local-source");
}

/**
 * @brief Network options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, GreScenarioConfig& config)
{
    config.linkRate = ReadRate(options, "link-rate", false);
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, 1000));
    ReadLoss(options, config);
    config.priority = options.Get<bool>("priority");
    if (config.priority && !options.IsGiven("keepalive-tos"))
    {
        // CS6 alone is no priority in ns-3, nor in Linux, which look at the old TOS bits: "low
        // delay" is what puts a packet into the first band.
        config.keepaliveTos = 0xd0;
    }
    config.queuePackets = static_cast<uint32_t>(options.GetBetween("queue", 1, 1e6));
    config.routing = options.Choose<GreScenarioConfig::Routing>(
        "routing",
        {{"static", GreScenarioConfig::Routing::STATIC}, {"rip", GreScenarioConfig::Routing::RIP}});
    ReadTraffic(options, config);
}

/**
 * @brief The kinds of failure of a GreScenario.
 * @return all but that of a NAT
 */
FailureKinds
GetGreFailureKinds()
{
    return GetFailureKinds({ScenarioConfig::Failure::BINDING_LOSS});
}

} // namespace

void
AddGreOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("profile",
        Word("cisco", "NAME"),
        "cisco, huawei-send, huawei-expiry, h3c, junos: that vendor's verdict rule and ranges; "
        "free: "
        "any interval and number");
    add("keepalive", Word("both", "both|r1|r2|none"), "which ends send keepalives");
    add("interval", Number(5, "SECONDS"), "time between keepalives, 0 for none");
    add("retries", Number(4, "N"), "unanswered keepalives that bring the line down");
    add("interval-b", Number(5, "SECONDS"), "the same for R2, if other than R1's");
    add("retries-b", Number(4, "N"), "the same for R2, if other than R1's");
    add("rule",
        Word("cisco", "NAME"),
        "cisco, huawei-send, huawei-expiry or hold-time; otherwise that of the profile");
    add("hold-time",
        Number(0, "SECONDS"),
        "for hold-time: silence allowed, 0 for interval*retries");
    add("phase", Word("random", "random|zero"), "when the first keepalive is sent");

    add("address-1", Word("128.8.8.8", "ADDRESS"), "tunnel source of R1");
    add("address-2", Word("129.9.9.9", "ADDRESS"), "tunnel source of R2");
    add("key",
        List("KEY[,KEY...]"),
        "RFC 2890 keys: one tunnel for each, the first one carries the traffic");
    add("checksum", Switch(), "GRE checksums");
    add("sequence", Switch(), "GRE sequence numbers");
    add("tos", Number(-1, "N"), "TOS of the tunnel, -1 to copy the payload's");
    add("ttl", Number(255, "N"), "TTL of the tunnel");
    add("keepalive-priority",
        Number(-1, "N"),
        "queueing priority of keepalives at R1 and R2, -1 from TOS");
    add("keepalive-tos", Number(0xc0, "N"), "TOS of keepalives");
    add("rfc2784-strict", Switch(), "R2 drops what is addressed to the encapsulator (section 3.1)");
    add("strict-rpf", Switch(), "R2 checks the reverse path of what leaves the tunnel");
    add("drop-local-source", Switch(), "R2 drops its own source address, as Linux does");

    add("link-rate", Word("10Mb/s", "RATE"), "bit rate of every link");
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of every link");
    AddLossOptions(options,
                   "probability that link R1-C loses a packet, each way",
                   "packet",
                   "Poisson traffic from C to R2, as a share of the link's rate");
    add("queue", Number(50, "PACKETS"), "length of the queue that it fills");
    add("priority", Switch(), "keepalives go first in that queue (sets keepalive-tos to 0xd0)");
    add("routing", Word("static", "static|rip"), "how traffic finds the backup path");
    AddTrafficOptions(options, "80kb/s", 500);

    AddFailureOption(options, GetGreFailureKinds());
    add("link", Word("r1-core", "r1-core|core-r2"), "which link fails");
    AddLinkFailureOptions(options);
    AddFailurePlanOptions(options);
}

GreScenarioConfig
ReadGreOptions(const ProgramOptions& options)
{
    GreScenarioConfig config;
    ReadKeepalive(options, config);
    ReadTunnel(options, config);
    ReadNetwork(options, config);
    ReadFailure(options, GetGreFailureKinds(), config);
    config.failCoreR2 = options.Choose<bool>("link", {{"r1-core", false}, {"core-r2", true}});
    ReadFailurePlan(options, config);
    const std::optional<std::string> wrong = GreScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
