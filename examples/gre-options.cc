/* SPDX-License-Identifier: GPL-2.0-only */

#include "gre-options.h"

#include "ns3/failure-injector.h"
#include "ns3/gre-scenario.h"
#include "ns3/link-cut.h"

#include <arpa/inet.h>
#include <cmath>
#include <fstream>
#include <sstream>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double LONGEST = 1e9; //!< seconds: what a single option may say

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
 * @brief An option that takes a number.
 * @param value its default
 * @param unit what --help calls the number
 * @return Boost's description
 */
po::typed_value<double>*
Number(double value, const char* unit)
{
    std::ostringstream text;
    text << value;
    return po::value<double>()->default_value(value, text.str())->value_name(unit);
}

/**
 * @brief An option that takes a word.
 * @param value its default
 * @param words what --help says of the words
 * @return Boost's description
 */
po::typed_value<std::string>*
Word(const char* value, const char* words)
{
    return po::value<std::string>()->default_value(value)->value_name(words);
}

/**
 * @brief An option that is on or off.
 * @return Boost's description
 */
po::typed_value<bool>*
Switch()
{
    return po::value<bool>()
        ->default_value(false, "no")
        ->implicit_value(true)
        ->value_name("yes|no");
}

/**
 * @brief An option that takes a list, comma-separated or repeated.
 * @param options the program's options
 * @param name name of the option
 * @return its members
 */
std::vector<std::string>
ReadList(const ProgramOptions& options, const std::string& name)
{
    std::vector<std::string> members;
    if (!options.IsGiven(name))
    {
        return members;
    }
    for (const auto& given : options.Get<std::vector<std::string>>(name))
    {
        std::istringstream list(given);
        std::string member;
        while (std::getline(list, member, ','))
        {
            members.push_back(member);
        }
    }
    return members;
}

/**
 * @brief An option that is an IPv4 address.
 * @param options the program's options
 * @param name name of the option
 * @return the address
 */
Ipv4Address
ReadAddress(const ProgramOptions& options, const std::string& name)
{
    const auto text = options.Get<std::string>(name);
    in_addr parsed;
    if (inet_pton(AF_INET, text.c_str(), &parsed) != 1)
    {
        throw UsageError("option --" + name + "=" + text + ": not an IPv4 address");
    }
    return Ipv4Address(text.c_str());
}

/**
 * @brief An option that is a rate.
 * @param options the program's options
 * @param name name of the option
 * @param zero whether 0 is allowed
 * @return the rate
 */
DataRate
ReadRate(const ProgramOptions& options, const std::string& name, bool zero)
{
    const auto text = options.Get<std::string>(name);
    DataRateValue value;
    const bool sound = text == "0" || value.DeserializeFromString(text, MakeDataRateChecker());
    const DataRate rate = text == "0" ? DataRate(0) : value.Get();
    if (!sound || (rate.GetBitRate() == 0 && !zero))
    {
        throw UsageError("option --" + name + "=" + text +
                         ": expected a rate such as 500kb/s or 10Mb/s");
    }
    return rate;
}

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
                             ? options.GetBetween(retries, 1, profile.maxRetries)
                             : profile.retries;
    if (count != std::floor(count))
    {
        throw UsageError("option --" + retries + ": must be a whole number");
    }
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
        {{"cisco", {KeepaliveProcess::CISCO, 5, 4, 32767, 255, 0, 0, LONGEST, true}},
         {"huawei-send", {KeepaliveProcess::HUAWEI_SEND, 5, 3, 32767, 255, 0, 0, LONGEST, true}},
         {"huawei-expiry",
          {KeepaliveProcess::HUAWEI_EXPIRY, 5, 3, 32767, 255, 0, 0, LONGEST, true}},
         {"h3c", {KeepaliveProcess::HOLD_TIME, 10, 3, 32767, 255, 0, 0, LONGEST, true}},
         {"junos", {KeepaliveProcess::HOLD_TIME, 1, 3, 50, 255, 5, 5, 250, true}},
         {"free", {KeepaliveProcess::CISCO, 5, 4, LONGEST, 1e6, 0, 0, LONGEST, false}}});
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
    const auto ends =
        options.Choose<int>("keepalive", {{"both", 3}, {"r1", 1}, {"r2", 2}, {"none", 0}});
    if ((ends & 1) == 0)
    {
        config.r1.interval = Seconds(0);
    }
    if ((ends & 2) == 0)
    {
        config.r2.interval = Seconds(0);
    }
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
    for (const auto& text : ReadList(options, "key"))
    {
        std::size_t used = 0;
        unsigned long long key = UINT64_MAX;
        try
        {
            key = std::stoull(text, &used, 0);
        }
        catch (const std::exception&)
        {
            used = std::string::npos;
        }
        if (used != text.size() || key > UINT32_MAX || text[0] == '-')
        {
            throw UsageError("option --key=" + text +
                             ": out of range, must be a number from 0 to 4294967295");
        }
        config.keys.push_back(static_cast<uint32_t>(key));
    }
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
    config.loss = options.GetBetween("loss", 0, 1);
    config.burstStart = options.GetBetween("burst-start", 0, 1);
    config.burstEnd = options.GetBetween("burst-end", 0, 1);
    config.load = options.GetBetween("load", 0, 100);
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
    config.trafficRate = ReadRate(options, "traffic-rate", true);
    config.trafficPacketSize =
        static_cast<uint32_t>(options.GetBetween("traffic-packet-size", 1, 1400));
    config.trafficBin = Seconds(options.GetBetween("traffic-bin", 0.001, 1e6));
}

/**
 * @brief Failure options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadFailure(const ProgramOptions& options, GreScenarioConfig& config)
{
    using Failure = GreScenarioConfig::Failure;
    using Schedule = GreScenarioConfig::Schedule;
    config.failure = options.Choose<Failure>("failure",
                                             {{"none", Failure::NONE},
                                              {"silent", Failure::SILENT},
                                              {"one-way-to-r1", Failure::ONE_WAY_TO_R1},
                                              {"one-way-to-r2", Failure::ONE_WAY_TO_R2},
                                              {"carrier", Failure::CARRIER},
                                              {"shutdown", Failure::SHUTDOWN},
                                              {"crash", Failure::CRASH},
                                              {"stall", Failure::STALL},
                                              {"delay-step", Failure::DELAY_STEP}});
    config.failCoreR2 = options.Choose<bool>("link", {{"r1-core", false}, {"core-r2", true}});
    config.schedule = options.Choose<Schedule>("schedule",
                                               {{"once", Schedule::ONCE},
                                                {"random", Schedule::RANDOM},
                                                {"flapping", Schedule::FLAPPING},
                                                {"process", Schedule::PROCESS},
                                                {"script", Schedule::SCRIPT}});
    config.failures = static_cast<uint32_t>(options.GetBetween("failures", 1, 1e6));
    if (config.failures > 1 && config.schedule == Schedule::ONCE)
    {
        config.schedule = Schedule::RANDOM;
    }
    config.failAt = Seconds(options.GetBetween("fail-at", 0, LONGEST));
    config.failFor = Seconds(options.GetBetween("fail-for", 0, LONGEST));
    if (config.schedule == Schedule::FLAPPING && config.failFor.IsZero())
    {
        throw UsageError("option --fail-for=0: a flapping link needs a time above 0");
    }
    config.flapUp = Seconds(options.GetBetween("flap-up", 1e-6, LONGEST));
    config.mtbf = Seconds(options.GetBetween("mtbf", 1e-6, LONGEST));
    config.mttr = Seconds(options.GetBetween("mttr", 1e-6, LONGEST));
    config.delayStep = Seconds(options.GetBetween("delay-step", 0, 1000));
    config.inFlight = options.Choose<LinkCut::InFlight>(
        "in-flight",
        {{"lost", LinkCut::InFlight::LOST}, {"delivered", LinkCut::InFlight::DELIVERED}});
    config.stop = Seconds(options.GetBetween("stop", 0, LONGEST));

    if (options.IsGiven("script"))
    {
        const auto file = options.Get<std::string>("script");
        std::ifstream in(file);
        std::ostringstream text;
        if (!in)
        {
            throw UsageError("option --script=" + file + ": cannot read this file");
        }
        if (!(text << in.rdbuf()))
        {
            throw UsageError("option --script=" + file + ": this file is empty");
        }
        config.schedule = Schedule::SCRIPT;
        config.script = text.str();
    }
    else if (config.schedule == Schedule::SCRIPT)
    {
        throw UsageError("option --schedule=script: needs --script=FILE");
    }
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
        po::value<std::vector<std::string>>()->value_name("KEY[,KEY...]"),
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
    add("loss", Number(0, "P"), "probability that link R1-C loses a packet, each way");
    add("burst-start", Number(0, "P"), "Gilbert-Elliott loss instead: good to bad, per packet");
    add("burst-end", Number(1, "P"), "Gilbert-Elliott loss: bad to good, per packet");
    add("load", Number(0, "SHARE"), "Poisson traffic from C to R2, as a share of the link's rate");
    add("queue", Number(50, "PACKETS"), "length of the queue that it fills");
    add("priority", Switch(), "keepalives go first in that queue (sets keepalive-tos to 0xd0)");
    add("routing", Word("static", "static|rip"), "how traffic finds the backup path");
    add("traffic-rate", Word("80kb/s", "RATE"), "user traffic, each way; 0 for none");
    add("traffic-packet-size", Number(500, "BYTES"), "size of its packets");
    add("traffic-bin", Number(1, "SECONDS"), "width of the bins of traffic.csv");

    add("failure",
        Word("silent", "KIND"),
        "none, silent, one-way-to-r1, one-way-to-r2, carrier, shutdown, crash, stall, delay-step");
    add("link", Word("r1-core", "r1-core|core-r2"), "which link fails");
    add("schedule", Word("once", "HOW"), "once, random, flapping, process or script");
    add("fail-at", Number(60, "SECONDS"), "when it first fails");
    add("fail-for", Number(60, "SECONDS"), "how long it stays failed, 0 for ever");
    add("failures", Number(1, "N"), "how many failures; more than one are at random phases");
    add("flap-up", Number(60, "SECONDS"), "for flapping: time between failures");
    add("mtbf", Number(600, "SECONDS"), "for process: mean time to failure");
    add("mttr", Number(60, "SECONDS"), "for process: mean time to repair");
    add("script",
        po::value<std::string>()->value_name("FILE"),
        "failures and repairs, one \"time,target,down|up\" a line");
    add("delay-step", Number(0.5, "SECONDS"), "for delay-step: the delay to step to");
    add("in-flight", Word("lost", "lost|delivered"), "frames on the wire at a cut");
    add("stop", Number(0, "SECONDS"), "end of the run, 0 for soon after the last failure");
}

GreScenarioConfig
ReadGreOptions(const ProgramOptions& options)
{
    GreScenarioConfig config;
    ReadKeepalive(options, config);
    ReadTunnel(options, config);
    ReadNetwork(options, config);
    ReadFailure(options, config);
    // Without a duration, many failures last just long enough to be noticed.
    if (config.schedule == GreScenarioConfig::Schedule::RANDOM && !options.IsGiven("fail-for"))
    {
        config.failFor = Seconds(0);
    }
    const std::optional<std::string> wrong = GreScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
