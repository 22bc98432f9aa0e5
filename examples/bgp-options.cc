/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-options.h"

#include "failure-options.h"
#include "option-types.h"
#include "scenario-options.h"

#include "ns3/bgp-profile.h"
#include "ns3/bgp-scenario-law.h"
#include "ns3/bgp-scenario.h"
#include "ns3/bgp-table-generator.h"
#include "ns3/tcp-keepalive-profile.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double SHORTEST = 1e-3;        //!< timer of TCP that an option takes, seconds
constexpr double LONGEST_DELAY = 10;     //!< of a link, seconds
constexpr double MOST_HOLD_TIME = 65535; //!< what an OPEN can say, seconds
constexpr double LEAST_HOLD_TIME = 3;    //!< RFC 4271 section 4.2, besides 0
constexpr double AFTERWARDS = 30;        //!< seconds that a failure outlasts the longest detection
constexpr double EARLIEST_FAILURE = 60;  //!< seconds, if the session is up by then

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
 * @brief Read a timer of BGP: 0, or from some minimum on.
 * @param options the program's options
 * @param name name of the option
 * @param least least value besides 0, seconds
 * @param whole whether it takes whole seconds only
 * @return the time
 */
Time
ReadTimer(const ProgramOptions& options, const std::string& name, double least, bool whole)
{
    const auto seconds = options.Get<double>(name);
    const bool possible = seconds == 0 || (seconds >= least && seconds <= MOST_HOLD_TIME);
    if (!possible || (whole && seconds != std::floor(seconds)))
    {
        std::ostringstream wrong;
        wrong << "option --" << name << "=" << seconds << ": must be 0 or " << least << " to "
              << MOST_HOLD_TIME << (whole ? " whole" : "") << " seconds";
        throw UsageError(wrong.str());
    }
    return Seconds(seconds);
}

/**
 * @brief How one router is configured.
 * @param options the program's options
 * @param suffix of the names of its options
 * @param end filled in; what is not given stays
 */
void
ReadEnd(const ProgramOptions& options, const std::string& suffix, BgpScenarioConfig::End& end)
{
    if (options.IsGiven("profile" + suffix))
    {
        // Whoever names an implementation wants its timers.
        end.profile = ReadName(options, "profile" + suffix, BgpProfile::GetNames());
        end.holdTime = Seconds(-1);
        end.keepaliveTime = Seconds(-1);
    }
    if (options.IsGiven("hold" + suffix))
    {
        end.holdTime = ReadTimer(options, "hold" + suffix, LEAST_HOLD_TIME, true);
        end.keepaliveTime = Seconds(-1);
    }
    if (options.IsGiven("keepalive" + suffix))
    {
        end.keepaliveTime =
            ReadTimer(options, "keepalive" + suffix, BgpProfile::SHORTEST_KEEPALIVE_TIME, false);
    }
}

/**
 * @brief BGP at both ends.
 * @param options the program's options
 * @param config filled in
 */
void
ReadSession(const ProgramOptions& options, BgpScenarioConfig& config)
{
    ReadEnd(options, "", config.r1);
    config.r2 = config.r1;
    ReadEnd(options, "-b", config.r2);
    const int passive = options.Choose<int>("passive", {{"none", 0}, {"r1", 1}, {"r2", 2}});
    config.r1.passive = passive == 1;
    config.r2.passive = passive == 2;
    config.advertisementInterval = Seconds(options.GetBetween("advertisement-interval", 0, 3600));
    config.prefixes =
        static_cast<uint32_t>(ReadWhole(options, "prefixes", 0, BgpTableGenerator::MAX_ENTRIES));
    config.fastFallover = options.Choose<bool>("fallover", {{"yes", true}, {"no", false}});
    config.randomPhase = options.Choose<bool>("phase", {{"random", true}, {"zero", false}});
}

/**
 * @brief The TCP below it.
 * @param options the program's options
 * @param tcp filled in
 */
void
ReadTcp(const ProgramOptions& options, BgpScenarioConfig::Tcp& tcp)
{
    tcp.profile = ReadName(options, "tcp-profile", TcpKeepaliveProfile::GetNames());
    const std::vector<std::string> keepalive = ReadList(options, "tcp-keepalive");
    if (!keepalive.empty())
    {
        tcp.keepalive = true;
        const std::vector<uint32_t> numbers = ReadNumberList(options, "tcp-keepalive");
        const bool sound =
            numbers.size() == 3 && std::all_of(numbers.begin(), numbers.end(), [](uint32_t number) {
                return number >= 1 && number <= 32767;
            });
        if (!sound)
        {
            throw UsageError("option --tcp-keepalive: must be IDLE,INTERVAL,PROBES, each 1 to "
                             "32767, such as 60,10,3");
        }
        tcp.idle = Seconds(numbers[0]);
        tcp.interval = Seconds(numbers[1]);
        tcp.probes = numbers[2];
    }
    tcp.userTimeout = Seconds(options.GetBetween("user-timeout", 0, LONGEST_OPTION));
    if (options.IsGiven("min-rto"))
    {
        const Time most = NanoSeconds(TcpKeepaliveProfile::Find(tcp.profile)->rtoMax);
        tcp.rtoMin = Seconds(options.GetBetween("min-rto", SHORTEST, most.GetSeconds()));
    }
}

/**
 * @brief The network.
 * @param options the program's options
 * @param config filled in
 */
void
ReadNetwork(const ProgramOptions& options, BgpScenarioConfig& config)
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
ChooseTimes(const ProgramOptions& options, BgpScenarioConfig& config)
{
    using Failure = ScenarioConfig::Failure;
    if (!options.IsGiven("fail-at"))
    {
        config.failAt = Max(Seconds(EARLIEST_FAILURE), BgpScenario::GetEarliestFailure(config));
    }
    const BgpScenarioLaw law(config);
    const double longest = std::max(law.GetLongestDetection(0), law.GetLongestDetection(1));
    const bool told = config.failure == Failure::SHUTDOWN ||
                      (config.failure == Failure::CARRIER && config.fastFallover);
    const bool noticed = !told && config.failure != Failure::DELAY_STEP;
    if (!options.IsGiven("fail-for") && config.schedule == FailurePlan::Schedule::ONCE && noticed &&
        longest > 0)
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
    add("profile",
        Word("cisco", "NAME"),
        "rfc4271, cisco, juniper, huawei, frr, frr-datacenter, bird, gobgp, exabgp: that "
        "implementation, with its timers (Cisco: hold time 180 s, KEEPALIVEs every 60 s)");
    add("hold",
        Number(180, "SECONDS"),
        "hold time to propose, 0 for no limit, otherwise that of the profile");
    add("keepalive",
        Number(60, "SECONDS"),
        "time between KEEPALIVEs; otherwise a third of --hold, or that of the profile");
    add("profile-b", Word("cisco", "NAME"), "the same for R2, if other than R1's");
    add("hold-b", Number(180, "SECONDS"), "the same for R2, if other than R1's");
    add("keepalive-b", Number(60, "SECONDS"), "the same for R2, if other than R1's");
    add("passive", Word("none", "r1|r2|none"), "which router waits for the other to connect");
    add("advertisement-interval", Number(0, "SECONDS"), "least time between UPDATEs");
    add("prefixes", Number(0, "N"), "routes that R2 announces besides its own network");
    add("fallover", Word("yes", "yes|no"), "an interface that goes down ends its session at once");
    add("phase", Word("random", "random|zero"), "when the routers boot");
    add("tcp-profile",
        Word("linux", "NAME"),
        "linux, windows-vista, windows-xp, freebsd, macos, solaris, rfc1122: TCP of that stack");
    add("tcp-keepalive", List("IDLE,INTERVAL,PROBES"), "TCP keepalives below BGP, seconds");
    add("user-timeout",
        Number(0, "SECONDS"),
        "unacknowledged data ends the session after this time, 0 for never");
    add("min-rto",
        Number(0.2, "SECONDS"),
        "least retransmission timeout; otherwise that of the TCP profile");
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
    add("link-delay", Number(0.005, "SECONDS"), "one-way delay of every link");
    AddLossOptions(options,
                   "probability that link R1-R2 loses a packet, each way",
                   "packet",
                   "Poisson traffic from R1 to R2, as a share of the link's rate");
    add("queue", Number(50, "PACKETS"), "length of the queue that it fills");
    add("priority", Switch(), "BGP goes first in that queue (TOS 0xd0 instead of 0xc0)");
    AddTrafficOptions(options, "80kb/s", 500);
}

} // namespace

void
AddBgpOptions(ProgramOptions& options)
{
    AddEndOptions(options);
    AddNetworkOptions(options);
    AddFailureOption(options, GetKinds());
    AddFailurePlanOptions(options);
    AddLinkFailureOptions(options);
}

BgpScenarioConfig
ReadBgpOptions(const ProgramOptions& options)
{
    BgpScenarioConfig config;
    ReadSession(options, config);
    ReadTcp(options, config.tcp);
    ReadNetwork(options, config);
    ReadFailure(options, GetKinds(), config);
    ReadFailurePlan(options, config);
    ChooseTimes(options, config);
    const std::optional<std::string> wrong = BgpScenario::Check(config);
    if (wrong)
    {
        throw UsageError(*wrong);
    }
    return config;
}

} // namespace keepalive
} // namespace ns3
