/* SPDX-License-Identifier: GPL-2.0-only */

#include "scenario-options.h"

#include "option-types.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/range/adaptor/map.hpp>

namespace ns3
{
namespace keepalive
{

FailureKinds
GetFailureKinds(std::initializer_list<ScenarioConfig::Failure> without)
{
    using Failure = ScenarioConfig::Failure;
    FailureKinds kinds{{"none", Failure::NONE},
                       {"silent", Failure::SILENT},
                       {"one-way-to-r1", Failure::ONE_WAY_TO_R1},
                       {"one-way-to-r2", Failure::ONE_WAY_TO_R2},
                       {"carrier", Failure::CARRIER},
                       {"shutdown", Failure::SHUTDOWN},
                       {"crash", Failure::CRASH},
                       {"stall", Failure::STALL},
                       {"loopback", Failure::LOOPBACK},
                       {"delay-step", Failure::DELAY_STEP},
                       {"binding-loss", Failure::BINDING_LOSS}};
    for (const Failure missing : without)
    {
        kinds.erase(std::remove_if(kinds.begin(),
                                   kinds.end(),
                                   [missing](const auto& kind) { return kind.second == missing; }),
                    kinds.end());
    }
    return kinds;
}

void
ReadKeepaliveEnds(const ProgramOptions& options, Time& interval1, Time& interval2)
{
    const auto ends =
        options.Choose<int>("keepalive", {{"both", 3}, {"r1", 1}, {"r2", 2}, {"none", 0}});
    if ((ends & 1) == 0)
    {
        interval1 = Seconds(0);
    }
    if ((ends & 2) == 0)
    {
        interval2 = Seconds(0);
    }
}

void
AddLossOptions(ProgramOptions& options, const char* loss, const std::string& unit, const char* load)
{
    const std::string start = "Gilbert-Elliott loss instead: good to bad, per " + unit;
    const std::string end = "Gilbert-Elliott loss: bad to good, per " + unit;
    auto add = options.Add().add_options();
    add("loss", Number(0, "P"), loss);
    add("burst-start", Number(0, "P"), start.c_str());
    add("burst-end", Number(1, "P"), end.c_str());
    add("good-time", Number(0, "SECONDS"), "losses by time instead: mean time without any");
    add("bad-time", Number(0, "SECONDS"), "mean time in which everything is lost; 0 for off");
    add("load", Number(0, "SHARE"), load);
}

void
ReadLoss(const ProgramOptions& options, ScenarioConfig& config)
{
    config.loss = options.GetBetween("loss", 0, 1);
    config.burstStart = options.GetBetween("burst-start", 0, 1);
    config.burstEnd = options.GetBetween("burst-end", 0, 1);
    config.goodTime = Seconds(options.GetBetween("good-time", 0, LONGEST_OPTION));
    config.badTime = Seconds(options.GetBetween("bad-time", 0, LONGEST_OPTION));
    if (config.goodTime.IsZero() != config.badTime.IsZero())
    {
        throw UsageError("options --good-time and --bad-time: give both above 0, or neither");
    }
    config.load = options.GetBetween("load", 0, 100);
}

void
AddTrafficOptions(ProgramOptions& options, const char* rate, uint32_t packetSize)
{
    auto add = options.Add().add_options();
    add("traffic-rate", Word(rate, "RATE"), "user traffic, each way; 0 for none");
    add("traffic-packet-size", Number(packetSize, "BYTES"), "size of its packets");
    add("traffic-bin", Number(1, "SECONDS"), "width of the bins of traffic.csv");
}

void
ReadTraffic(const ProgramOptions& options, ScenarioConfig& config)
{
    config.trafficRate = ReadRate(options, "traffic-rate", true);
    config.trafficPacketSize =
        static_cast<uint32_t>(ReadWhole(options, "traffic-packet-size", 1, 1400));
    config.trafficBin = Seconds(options.GetBetween("traffic-bin", 0.001, 1e6));
}

void
AddFailureOption(ProgramOptions& options, const FailureKinds& kinds, const char* standard)
{
    const std::string words = boost::algorithm::join(kinds | boost::adaptors::map_keys, ", ");
    options.Add().add_options()("failure", Word(standard, "KIND"), words.c_str());
}

void
AddLinkFailureOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("delay-step", Number(0.5, "SECONDS"), "for delay-step: the delay to step to");
    add("in-flight", Word("lost", "lost|delivered"), "frames on the wire at a cut");
}

void
ReadFailure(const ProgramOptions& options, const FailureKinds& kinds, ScenarioConfig& config)
{
    config.failure = options.Choose<ScenarioConfig::Failure>("failure", kinds);
    config.delayStep = Seconds(options.GetBetween("delay-step", 0, 1000));
    config.inFlight = options.Choose<LinkCut::InFlight>(
        "in-flight",
        {{"lost", LinkCut::InFlight::LOST}, {"delivered", LinkCut::InFlight::DELIVERED}});
}

} // namespace keepalive
} // namespace ns3
