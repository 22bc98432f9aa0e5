/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/dpd-profile.h"
#include "ns3/nat-profile.h"
#include "ns3/nat-scenario-law.h"
#include "ns3/nat-scenario.h"
#include "ns3/tcp-keepalive-profile.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

using Failure = ScenarioConfig::Failure;
using Mechanism = NatScenarioConfig::Mechanism;

constexpr double SHORTEST = 1e-3;          //!< timer that an option takes, seconds
constexpr double SHORTEST_KEEPALIVE = 5;   //!< NAT keepalive that an option takes, seconds
constexpr double LONGEST_KEEPALIVE = 3600; //!< NAT keepalive that an option takes, seconds
constexpr double MOST_PROBES = 255;        //!< that an option takes
constexpr double AFTERWARDS = 30;          //!< seconds that a failure outlasts the detection
const Time AT_ONCE = MilliSeconds(1);      //!< duration of a loss of bindings

// The timers of TCP in a small lab.
constexpr double LAB_IDLE = 60;     //!< seconds
constexpr double LAB_INTERVAL = 10; //!< seconds
constexpr uint32_t LAB_PROBES = 3;  //!< number of probes

/**
 * @brief The kinds of failure there are.
 * @return all but those of interfaces that can be shut
 */
FailureKinds
GetKinds()
{
    return GetFailureKinds({Failure::SHUTDOWN});
}

/**
 * @brief Read a timer that only one mechanism has.
 * @param options the program's options
 * @param name name of the option
 * @param has whether the mechanism chosen has it
 * @param mechanism name of the mechanism that has it
 * @param timer filled in; what is not given stays
 */
void
ReadTimer(const ProgramOptions& options,
          const std::string& name,
          bool has,
          const std::string& mechanism,
          std::optional<Time>& timer)
{
    if (!options.IsGiven(name))
    {
        return;
    }
    const double value = options.GetBetween(name, SHORTEST, LONGEST_OPTION);
    if (!has)
    {
        throw UsageError("option --" + name + ": needs --mechanism=" + mechanism);
    }
    timer = Seconds(value);
}

/**
 * @brief Read a number that only one mechanism has.
 * @param options the program's options
 * @param name name of the option
 * @param least least value
 * @param has whether the mechanism chosen has it
 * @param mechanism name of the mechanism that has it
 * @param number filled in; what is not given stays
 */
void
ReadNumber(const ProgramOptions& options,
           const std::string& name,
           double least,
           bool has,
           const std::string& mechanism,
           std::optional<uint32_t>& number)
{
    if (!options.IsGiven(name))
    {
        return;
    }
    const double value = ReadWhole(options, name, least, MOST_PROBES);
    if (!has)
    {
        throw UsageError("option --" + name + ": needs --mechanism=" + mechanism);
    }
    number = static_cast<uint32_t>(value);
}

/**
 * @brief What the ends have.
 * @param options the program's options
 * @param config filled in
 */
void
ReadMechanism(const ProgramOptions& options, NatScenarioConfig& config)
{
    config.mechanism = options.Choose<Mechanism>(
        "mechanism",
        {{"dpd", Mechanism::DPD}, {"tcp", Mechanism::TCP}, {"none", Mechanism::NONE}});
    const bool tcp = config.mechanism == Mechanism::TCP;
    const bool dpd = config.mechanism == Mechanism::DPD;
    const bool named = options.IsGiven("profile");
    if (tcp)
    {
        config.profile =
            named ? ReadName(options, "profile", TcpKeepaliveProfile::GetNames()) : "linux";
        if (!named)
        {
            config.idle = Seconds(LAB_IDLE);
            config.interval = Seconds(LAB_INTERVAL);
            config.probes = LAB_PROBES;
        }
    }
    else if (named)
    {
        config.profile = ReadName(options, "profile", DpdProfile::GetNames());
    }
    ReadTimer(options, "idle", tcp, "tcp", config.idle);
    ReadTimer(options, "interval", tcp, "tcp", config.interval);
    ReadNumber(options, "probes", 1, tcp, "tcp", config.probes);
    ReadTimer(options, "delay", dpd, "dpd", config.idle);
    ReadTimer(options, "retry", dpd, "dpd", config.interval);
    ReadNumber(options, "retries", 1, dpd, "dpd", config.probes);

    Time r1 = Seconds(1);
    Time r2 = Seconds(1);
    ReadKeepaliveEnds(options, r1, r2);
    config.r1.keepalive = !r1.IsZero();
    config.r2.keepalive = !r2.IsZero();
}

/**
 * @brief What keeps the binding, and who uses it.
 * @param options the program's options
 * @param config filled in
 */
void
ReadFlow(const ProgramOptions& options, NatScenarioConfig& config)
{
    const double keepalive = options.GetBetween("nat-keepalive", 0, LONGEST_KEEPALIVE);
    if (keepalive > 0 && keepalive < SHORTEST_KEEPALIVE)
    {
        std::ostringstream wrong;
        wrong << "option --nat-keepalive=" << keepalive << ": out of range, must be 0 or "
              << SHORTEST_KEEPALIVE << " to " << LONGEST_KEEPALIVE;
        throw UsageError(wrong.str());
    }
    if (options.IsGiven("nat-keepalive") && config.mechanism == Mechanism::TCP)
    {
        throw UsageError("option --nat-keepalive: needs --mechanism=dpd or none; TCP has none");
    }
    config.natKeepalive = Seconds(keepalive);
    config.r1.dataPeriod = Seconds(options.GetBetween("app-data", 0, LONGEST_OPTION));
    config.r2.dataPeriod = Seconds(options.GetBetween("app-data-b", 0, LONGEST_OPTION));
    config.dataSize =
        static_cast<uint32_t>(ReadWhole(options, "app-data-size", NatCalls::LEAST_SIZE, 1300));
    if (options.IsGiven("app-data-size") && config.r1.dataPeriod.IsZero() &&
        config.r2.dataPeriod.IsZero())
    {
        throw UsageError("option --app-data-size=" + std::to_string(config.dataSize) +
                         ": needs --app-data=SECONDS or --app-data-b=SECONDS, above 0");
    }
}

/**
 * @brief The NAT or firewall.
 * @param options the program's options
 * @param box filled in; what is not given stays
 */
void
ReadBox(const ProgramOptions& options, NatScenarioConfig::Box& box)
{
    box.profile = ReadName(options, "nat-profile", NatProfile::GetNames());
    box.firewall = options.Get<bool>("firewall");
    const std::vector<std::pair<std::string, NatSettings::Behavior>> behaviors{
        {"profile", NatSettings::BEHAVIOR_OF_PROFILE},
        {"endpoint-independent", NatSettings::ENDPOINT_INDEPENDENT},
        {"address-dependent", NatSettings::ADDRESS_DEPENDENT},
        {"address-and-port-dependent", NatSettings::ADDRESS_AND_PORT_DEPENDENT}};
    box.mapping = options.Choose<NatSettings::Behavior>("mapping", behaviors);
    box.filtering = options.Choose<NatSettings::Behavior>("filtering", behaviors);
    box.refresh =
        options.Choose<NatSettings::Refresh>("refresh",
                                             {{"profile", NatSettings::REFRESH_OF_PROFILE},
                                              {"outbound", NatSettings::OUTBOUND},
                                              {"both", NatSettings::BOTH}});
    box.unknown =
        options.Choose<NatSettings::Unknown>("unknown",
                                             {{"profile", NatSettings::UNKNOWN_OF_PROFILE},
                                              {"drop", NatSettings::SILENT_DROP},
                                              {"rst", NatSettings::RST}});
    box.preservePorts =
        options.Choose<NatSettings::Switch>("preserve-ports",
                                            {{"profile", NatSettings::SWITCH_OF_PROFILE},
                                             {"yes", NatSettings::ON},
                                             {"no", NatSettings::OFF}});
    box.udpTimeout = Seconds(options.GetBetween("udp-timeout", 0, LONGEST_OPTION));
    box.tcpTimeout = Seconds(options.GetBetween("tcp-timeout", 0, LONGEST_OPTION));
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, NatScenarioConfig& config)
{
    config.reconnectDelay =
        Seconds(options.GetBetween("reconnect-delay", SHORTEST, LONGEST_OPTION));
    config.longestReconnectDelay = std::max(config.reconnectDelay, config.longestReconnectDelay);
    config.reestablishDelay =
        Seconds(options.GetBetween("reestablish-delay", SHORTEST, LONGEST_OPTION));
    config.linkRate = ReadRate(options, "link-rate", false);
    config.linkDelay = Seconds(options.GetBetween("link-delay", 0, 1000));
    config.lanRate = ReadRate(options, "lan-rate", false);
    config.lanDelay = Seconds(options.GetBetween("lan-delay", 0, 1000));
    config.inside = options.Choose<bool>("link", {{"outside", false}, {"inside", true}});
    ReadLoss(options, config);
}

/**
 * @brief Without a duration, a failure lasts until it is noticed for certain.
 * @param options the program's options
 * @param config filled in
 */
void
ChooseDuration(const ProgramOptions& options, NatScenarioConfig& config)
{
    if (options.IsGiven("fail-for"))
    {
        return;
    }
    if (config.failure == Failure::BINDING_LOSS)
    {
        config.failFor = AT_ONCE;
        return;
    }
    const double longest = NatScenarioLaw(config).GetLongestDetection();
    const bool noticed = config.failure != Failure::STALL && config.failure != Failure::DELAY_STEP;
    if (config.schedule == FailurePlan::Schedule::ONCE && noticed && longest > 0 &&
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
    auto add = options.Add().add_options();
    add("mechanism",
        Word("dpd", "dpd|tcp|none"),
        "what the ends have: IKE dead peer detection on UDP 4500, a TCP connection with "
        "keepalives, or data in UDP only");
    add("profile",
        Word("cisco-periodic", "NAME"),
        "dpd: cisco-periodic, cisco-on-demand, strongswan-ikev1, strongswan-ikev2, libreswan, "
        "libreswan-ikev2, racoon; tcp: linux, windows-vista, windows-xp, freebsd, macos, solaris, "
        "rfc1122");
    add("keepalive", Word("both", "both|r1|r2|none"), "which ends have DPD or TCP keepalives");
    add("delay", Number(10, "SECONDS"), "dpd: before it asks");
    add("retry", Number(2, "SECONDS"), "dpd: between requests that are not answered");
    add("retries", Number(5, "N"), "dpd: requests behind the first one");
    add("idle", Number(LAB_IDLE, "SECONDS"), "tcp: silence before the first probe");
    add("interval", Number(LAB_INTERVAL, "SECONDS"), "tcp: time between probes");
    add("probes", Number(LAB_PROBES, "N"), "tcp: unanswered probes that end the connection");
    add("nat-keepalive",
        Number(20, "SECONDS"),
        "R1 sends an octet 0xFF after this time without any other packet, 5 to 3600, 0 for never");
    add("app-data", Number(0, "SECONDS"), "time between the data of R1, 0 for none");
    add("app-data-b", Number(0, "SECONDS"), "the same of R2: it calls in. Does it arrive?");
    add("app-data-size", Number(100, "OCTETS"), "size of such data");
    add("reestablish-delay", Number(5, "SECONDS"), "dpd: between attempts to be heard again");
    add("reconnect-delay", Number(1, "SECONDS"), "tcp: until R1 connects again; doubles up to 8 s");
}

/**
 * @brief Add the options of the box.
 * @param options the program's options
 */
void
AddBoxOptions(ProgramOptions& options)
{
    const char* behavior = "profile|endpoint-independent|address-dependent|"
                           "address-and-port-dependent";
    auto add = options.Add().add_options();
    add("nat-profile",
        Word("home-gateway", "NAME"),
        "rfc (UDP 5 min, TCP 2 h 4 min), linux-conntrack (30 or 120 s, 5 days), home-gateway "
        "(30 s, 1 h)");
    add("firewall", Switch(), "it filters, but does not translate");
    add("mapping", Word("profile", behavior), "when flows share a port outside (RFC 4787)");
    add("filtering", Word("profile", behavior), "who may send to it");
    add("refresh", Word("profile", "profile|outbound|both"), "which packets prolong a binding");
    add("udp-timeout", Number(0, "SECONDS"), "of UDP, answered or not; 0 for the profile's");
    add("tcp-timeout", Number(0, "SECONDS"), "of established TCP; 0 for the profile's");
    add("unknown", Word("profile", "profile|drop|rst"), "what a TCP segment without binding gets");
    add("preserve-ports", Word("profile", "profile|yes|no"), "the port inside is tried first");
}

/**
 * @brief Add the options of the network.
 * @param options the program's options
 */
void
AddNetworkOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("link-rate", Word("10Mb/s", "RATE"), "of the link N-B");
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of the link N-B");
    add("lan-rate", Word("100Mb/s", "RATE"), "of the links R1-N and B-R2");
    add("lan-delay", Number(0.001, "SECONDS"), "one-way delay of the links R1-N and B-R2");
    add("link",
        Word("outside", "outside|inside"),
        "which link fails, loses and is loaded: N-B or R1-N");
    AddLossOptions(options,
                   "probability that a packet is lost on that link, each way",
                   "packet",
                   "Poisson traffic on that link, towards R2, as a share of its rate");
}

} // namespace

void
AddNatOptions(ProgramOptions& options)
{
    AddEndOptions(options);
    AddBoxOptions(options);
    AddNetworkOptions(options);
    AddFailureOption(options, GetKinds(), "binding-loss");
    options.Add().add_options()("at", Word("r2", "r1|r2|nat"), "where a crash or stall is");
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

NatScenarioConfig
ReadNatOptions(const ProgramOptions& options)
{
    using Place = NatScenarioConfig::Place;
    NatScenarioConfig config;
    ReadMechanism(options, config);
    ReadFlow(options, config);
    ReadBox(options, config.nat);
    ReadNetwork(options, config);
    ReadFailure(options, GetKinds(), config);
    config.at =
        options.Choose<Place>("at", {{"r1", Place::R1}, {"r2", Place::R2}, {"nat", Place::NAT}});
    ReadFailurePlan(options, config);
    // What follows counts with the configuration, which must be sound for that.
    for (const bool chosen : {false, true})
    {
        if (chosen)
        {
            ChooseDuration(options, config);
        }
        const std::optional<std::string> wrong = NatScenario::Check(config);
        if (wrong)
        {
            throw UsageError(*wrong);
        }
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
