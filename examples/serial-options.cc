/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/serial-scenario.h"

#include <cmath>
#include <cstdio>

namespace ns3
{
namespace keepalive
{

namespace
{

using Encapsulation = SerialScenarioConfig::Encapsulation;

/// What an implementation's command line stands for: rule, defaults and ranges.
struct Profile
{
    HdlcNetDevice::VerdictRule hdlc; //!< its rule, if the line speaks HDLC
    PppNetDevice::VerdictRule ppp;   //!< its rule, if the line speaks PPP
    double interval;                 //!< default, seconds
    double retries;                  //!< default
    double maxInterval;              //!< largest interval, seconds
    double maxRetries;               //!< largest number of retries
    double holdTime;                 //!< default, seconds; 0 if the rule has none
    bool whole;                      //!< takes whole seconds only
};

/**
 * @brief The implementations that a program knows, by name.
 * @param encapsulation what the line speaks
 * @return their profiles
 */
std::vector<std::pair<std::string, Profile>>
GetProfiles(Encapsulation encapsulation)
{
    using Hdlc = HdlcNetDevice;
    using Ppp = PppNetDevice;
    if (encapsulation == Encapsulation::HDLC)
    {
        return {{"ios", {Hdlc::IOS, Ppp::IOS, 10, 3, 32767, 255, 0, true}},
                {"nokia", {Hdlc::NOKIA, Ppp::IOS, 10, 3, 300, 255, 0, true}},
                {"linux", {Hdlc::LINUX, Ppp::IOS, 10, 3, 32767, 255, 25, true}},
                {"freebsd", {Hdlc::FREEBSD, Ppp::IOS, 10, 3, 32767, 255, 0, true}},
                {"sppp", {Hdlc::SPPP, Ppp::IOS, 10, 3, 32767, 255, 0, true}},
                {"h3c", {Hdlc::H3C, Ppp::IOS, 10, 5, 32767, 255, 0, true}},
                {"junos", {Hdlc::JUNOS, Ppp::IOS, 10, 3, 32767, 255, 0, true}},
                {"free", {Hdlc::IOS, Ppp::IOS, 10, 3, LONGEST_OPTION, 1e6, 0, false}}};
    }
    return {{"ios", {Hdlc::IOS, Ppp::IOS, 10, 5, 32767, 255, 0, true}},
            {"pppd", {Hdlc::IOS, Ppp::PPPD, 30, 4, 32767, 255, 0, true}},
            {"pppd-adaptive", {Hdlc::IOS, Ppp::PPPD_ADAPTIVE, 30, 4, 32767, 255, 0, true}},
            {"linux", {Hdlc::IOS, Ppp::LINUX, 10, 5, 32767, 255, 60, true}},
            {"freebsd", {Hdlc::IOS, Ppp::IOS, 10, 3, 32767, 255, 0, true}},
            {"free", {Hdlc::IOS, Ppp::IOS, 10, 5, LONGEST_OPTION, 1e6, 0, false}}};
}

/**
 * @brief The "keepalive" command of one end.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param profile ranges
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options,
        const std::string& suffix,
        const Profile& profile,
        SerialScenarioConfig::End& end)
{
    const std::string interval = "interval" + suffix;
    if (options.IsGiven(interval))
    {
        const auto seconds = options.Get<double>(interval);
        if (profile.whole && seconds != std::floor(seconds))
        {
            throw UsageError("option --" + interval + "=" + std::to_string(seconds) +
                             ": out of range, must be whole seconds, unless --profile=free");
        }
        end.interval = Seconds(options.GetBetween(interval, 0, profile.maxInterval));
    }
    const std::string retries = "retries" + suffix;
    if (options.IsGiven(retries))
    {
        end.retries = static_cast<uint32_t>(ReadWhole(options, retries, 1, profile.maxRetries));
    }
}

/**
 * @brief When an end sends its first keepalive.
 * @param options the program's options
 * @param name name of the option
 * @param random whether to draw it if it is not given
 * @param end filled in
 */
void
ReadFirst(const ProgramOptions& options,
          const std::string& name,
          bool random,
          SerialScenarioConfig::End& end)
{
    if (!options.IsGiven(name))
    {
        end.phase = random ? -1 : 0;
        return;
    }
    const double interval = end.interval.GetSeconds();
    const double first = options.GetBetween(name, 0, LONGEST_OPTION);
    if (first >= interval)
    {
        throw UsageError("option --" + name + "=" + std::to_string(first) +
                         ": out of range, must be less than the interval of " +
                         std::to_string(interval) + " s");
    }
    end.phase = first / interval;
}

/**
 * @brief Keepalive options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadKeepalive(const ProgramOptions& options, SerialScenarioConfig& config)
{
    const bool hdlc = config.encapsulation == Encapsulation::HDLC;
    const auto profile = options.Choose<Profile>("profile", GetProfiles(config.encapsulation));
    config.profile = options.Get<std::string>("profile");
    config.hdlcRule = profile.hdlc;
    config.pppRule = profile.ppp;
    config.r1.interval = Seconds(profile.interval);
    config.r1.retries = static_cast<uint32_t>(profile.retries);
    ReadEnd(options, "", profile, config.r1);
    config.r2 = config.r1;
    ReadEnd(options, "-b", profile, config.r2);
    config.holdTime =
        Seconds(options.IsGiven("hold-time") ? options.GetBetween("hold-time", 1e-6, LONGEST_OPTION)
                                             : profile.holdTime);

    const auto random = options.Choose<bool>("phase", {{"random", true}, {"zero", false}});
    ReadFirst(options, "first-1", random, config.r1);
    ReadFirst(options, "first-2", random, config.r2);
    if (options.Choose<bool>("timing", {{"exact", false}, {"measured", true}}))
    {
        // Measured: HDLC in the transcripts of Cisco's document on keepalives, PPP in captures.
        config.r1.stretchMin = hdlc ? 1.002 : 1.021;
        config.r1.stretchMax = hdlc ? 1.004 : 1.027;
        config.r2.stretchMin = hdlc ? 1.0012 : 1.021;
        config.r2.stretchMax = hdlc ? 1.0020 : 1.027;
    }

    ReadKeepaliveEnds(options, config.r1.interval, config.r2.interval);
    config.r1.name = options.Get<std::string>("name-1");
    config.r2.name = options.Get<std::string>("name-2");
    if (hdlc)
    {
        config.upCount = static_cast<uint32_t>(ReadWhole(options, "up-count", 1, 255));
        config.downWhenLooped = options.Get<bool>("down-when-looped");
        config.slarpSize =
            options.Choose<uint32_t>("slarp-size", {{"14", 14}, {"18", 18}, {"20", 20}});
    }
    else
    {
        config.r1.magic = static_cast<uint32_t>(ReadWhole(options, "magic-1", 0, UINT32_MAX));
        config.r2.magic = static_cast<uint32_t>(ReadWhole(options, "magic-2", 0, UINT32_MAX));
    }
}

/**
 * @brief Line options.
 * @param options the program's options
 * @param config filled in
 */
void
ReadLine(const ProgramOptions& options, SerialScenarioConfig& config)
{
    config.clock = ReadRate(options, "clock-rate", false);
    if (config.clock.GetBitRate() < SerialNetDevice::MIN_CLOCK_RATE)
    {
        throw UsageError("option --clock-rate=" + options.Get<std::string>("clock-rate") +
                         ": out of range, must be 1200b/s or more");
    }
    config.delay = Seconds(options.GetBetween("line-delay", 0, 1000));
    config.fcs =
        options.Choose<FcsType>("fcs", {{"16", FCS_16}, {"32", FCS_32}, {"none", FCS_NONE}});
    config.bitStuffing = options.Get<bool>("bit-stuffing");
    config.captureFcs = options.Get<bool>("capture-fcs");
    config.queuePackets = static_cast<uint32_t>(ReadWhole(options, "queue", 1, 1e6));
    config.controlPriority = options.Get<bool>("priority");
    config.dtrDrivesCarrier = options.Get<bool>("null-modem");
    config.bitErrorRate = options.GetBetween("bit-error-rate", 0, 0.5);
    ReadLoss(options, config);
    ReadTraffic(options, config);
}

/**
 * @brief Add the options of the keepalives.
 * @param options the program's options
 * @param encapsulation what the line speaks
 */
void
AddKeepaliveOptions(ProgramOptions& options, Encapsulation encapsulation)
{
    const bool hdlc = encapsulation == Encapsulation::HDLC;
    const double retries = hdlc ? 3 : 5;
    auto add = options.Add().add_options();
    add("profile",
        Word("ios", "NAME"),
        hdlc ? "ios, nokia, linux, freebsd, sppp, h3c, junos: rule, defaults and ranges of that "
               "implementation; free: those of ios, with any interval"
             : "ios, pppd, pppd-adaptive, linux, freebsd: rule, defaults and ranges of that "
               "implementation; free: those of ios, with any interval");
    add("keepalive", Word("both", "both|r1|r2|none"), "which ends have keepalives switched on");
    add("interval", Number(10, "SECONDS"), "time between keepalives, 0 for none");
    add("retries", Number(retries, "N"), "count that brings the line down");
    add("interval-b", Number(10, "SECONDS"), "the same for R2, if other than R1's");
    add("retries-b", Number(retries, "N"), "the same for R2, if other than R1's");
    add("hold-time", Number(0, "SECONDS"), "for linux: silence allowed");
    if (hdlc)
    {
        add("up-count", Number(1, "N"), "good keepalives that bring the line up again");
        add("down-when-looped", Switch(), "a looped line goes down");
        add("slarp-size", Word("20", "14|18|20"), "bytes of a SLARP packet");
    }
    else
    {
        add("magic-1", Number(0, "N"), "first Magic-Number of R1, 0 for a random one");
        add("magic-2", Number(0, "N"), "first Magic-Number of R2, 0 for a random one");
    }
    add("timing",
        Word("exact", "exact|measured"),
        "timers as configured, or a little long, as measured at real routers");
    add("phase", Word("random", "random|zero"), "when the first keepalive is sent");
    add("first-1",
        Number(0, "SECONDS"),
        "when R1 sends its first one, from the start or LCP's Open");
    add("first-2", Number(0, "SECONDS"), "when R2 sends its first one");
    add("name-1", Word("Serial0/0", "NAME"), "name of R1's interface");
    add("name-2", Word("Serial2/0", "NAME"), "name of R2's interface");
    add("time-of-day", Word("00:00:00", "HH:MM:SS"), "the routers' clocks at the start");
}

/**
 * @brief Add the options of the line.
 * @param options the program's options
 */
void
AddLineOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("clock-rate", Word("64kb/s", "RATE"), "clock rate of the line, 1200b/s or more");
    add("line-delay", Number(0.005, "SECONDS"), "one-way delay of the line");
    add("fcs", Word("16", "16|32|none"), "bits of the frame check sequence");
    add("bit-stuffing", Switch(), "frames take the time of inserted bits, too");
    add("capture-fcs", Switch(), "captures contain the frame check sequence");
    add("queue", Number(40, "PACKETS"), "length of the queue of each end");
    add("priority", Switch(), "keepalives go first in that queue");
    add("null-modem", Switch(), "an end that is shut or dead takes the carrier of the other");
    add("bit-error-rate", Number(0, "P"), "probability of an error per bit, each way");
    AddLossOptions(options,
                   "probability that a frame is lost, each way",
                   "frame",
                   "Poisson traffic from R1 to R2, as a share of the line's rate");
    AddTrafficOptions(options, "16kb/s", 200);
}

} // namespace

void
AddSerialOptions(ProgramOptions& options, SerialScenarioConfig::Encapsulation encapsulation)
{
    AddKeepaliveOptions(options, encapsulation);
    AddLineOptions(options);
    AddFailureOption(options, GetFailureKinds({ScenarioConfig::Failure::BINDING_LOSS}));
    options.Add().add_options()("at",
                                Word("r2", "r1|r2"),
                                "where a shutdown, crash, stall or loopback plug is");
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

SerialScenarioConfig
ReadSerialOptions(const ProgramOptions& options, SerialScenarioConfig::Encapsulation encapsulation)
{
    SerialScenarioConfig config;
    config.encapsulation = encapsulation;
    ReadKeepalive(options, config);
    ReadLine(options, config);
    ReadFailure(options, GetFailureKinds({ScenarioConfig::Failure::BINDING_LOSS}), config);
    config.failR1 = options.Choose<bool>("at", {{"r1", true}, {"r2", false}});
    ReadFailurePlan(options, config);
    const std::optional<std::string> wrong = SerialScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

Time
ReadTimeOfDay(const ProgramOptions& options)
{
    const auto text = options.Get<std::string>("time-of-day");
    int hours = 0;
    int minutes = 0;
    double seconds = 0;
    char rest = 0;
    const int read = std::sscanf(text.c_str(), "%2d:%2d:%lf%c", &hours, &minutes, &seconds, &rest);
    if (read != 3 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 ||
        !(seconds < 60))
    {
        throw UsageError("option --time-of-day=" + text +
                         ": expected a time from 00:00:00 to 23:59:59.999");
    }
    return Seconds(hours * 3600.0 + minutes * 60.0 + seconds);
}

} // namespace keepalive
} // namespace ns3
