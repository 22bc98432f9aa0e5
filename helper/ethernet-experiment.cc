/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-experiment.h"

#include "ns3/ethernet-keepalive.h"
#include "ns3/mistake-rate.h"

#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief How an end gets its keepalives back, in tables.
 * @param returns how
 * @return the word that the option return takes
 */
std::string
DescribeReturn(EthernetKeepalive::Return returns)
{
    switch (returns)
    {
    case EthernetKeepalive::HALF_DUPLEX_MEDIUM:
        return "half-duplex";
    case EthernetKeepalive::CONTROLLER_LOOPBACK:
        return "controller";
    case EthernetKeepalive::NONE:
        break;
    }
    return "none";
}

/**
 * @brief The rate of mistakes. Losses feign nothing: a keepalive does not travel.
 * @param config the configuration
 * @return 0; none if other frames may keep a keepalive from the medium
 */
std::optional<double>
GetMistakeRate(const EthernetScenarioConfig& config)
{
    const bool idle = !config.HasUsers() && config.pingPeriod.IsZero();
    return idle && MistakeRate::IsUndisturbed(config) ? std::make_optional(0.0) : std::nullopt;
}

} // namespace

std::vector<Experiment::End>
EthernetExperiment::Describe(const Config& config)
{
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2, Scenario::S1})
    {
        Experiment::End end;
        end.mechanism = "ethernet";
        if (number == Scenario::S1)
        {
            end.name = "S1";
            end.interval = config.portInterval.GetSeconds();
            end.retries = 1;
            end.rule = "loop";
        }
        else
        {
            const Config::End& which = number == Scenario::R1 ? config.r1 : config.r2;
            end.name = number == Scenario::R1 ? "R1" : "R2";
            end.interval = which.interval.GetSeconds();
            end.retries = which.retries;
            end.rule = DescribeReturn(which.returns);
        }
        end.law = law.Get(number);
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
EthernetExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    // What was heard is what was sent, and takes no room of its own.
    constexpr uint64_t FRAME = 64; // bytes, with the frame check sequence
    const EthernetKeepalive::Counters& counters = scenario.GetEnd(end)->GetCounters();
    InterfaceCounters interface;
    interface.keepalivesSent = counters.keepalivesSent;
    interface.keepalivesHeard = counters.keepalivesHeard;
    interface.keepaliveBytes = counters.keepalivesSent * FRAME;
    return interface;
}

} // namespace keepalive
} // namespace ns3
