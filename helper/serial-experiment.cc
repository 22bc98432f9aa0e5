/* SPDX-License-Identifier: GPL-2.0-only */

#include "serial-experiment.h"

#include "ns3/hdlc-net-device.h"
#include "ns3/loss-run-law.h"
#include "ns3/mistake-rate.h"
#include "ns3/ppp-net-device.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Name of a verdict rule of HDLC in tables.
 * @param rule the rule
 * @return its name
 */
std::string
RuleName(HdlcNetDevice::VerdictRule rule)
{
    switch (rule)
    {
    case HdlcNetDevice::NOKIA:
        return "nokia";
    case HdlcNetDevice::LINUX:
        return "linux";
    case HdlcNetDevice::FREEBSD:
        return "freebsd";
    case HdlcNetDevice::SPPP:
        return "sppp";
    case HdlcNetDevice::H3C:
        return "h3c";
    case HdlcNetDevice::JUNOS:
        return "junos";
    case HdlcNetDevice::IOS:
        break;
    }
    return "ios";
}

/**
 * @brief Name of a verdict rule of PPP in tables.
 * @param rule the rule
 * @return its name
 */
std::string
RuleName(PppNetDevice::VerdictRule rule)
{
    switch (rule)
    {
    case PppNetDevice::PPPD:
        return "pppd";
    case PppNetDevice::PPPD_ADAPTIVE:
        return "pppd-adaptive";
    case PppNetDevice::LINUX:
        return "linux";
    case PppNetDevice::IOS:
        break;
    }
    return "ios";
}

/**
 * @brief Whether an HDLC end waits long enough for its peer, if nothing is lost.
 * @param config the configuration
 * @param end the end
 * @param run how many keepalives may be missing, unless the rule is that of Linux
 * @return true if so, wherever a round trip, shorter than an interval, falls
 */
bool
IsPatient(const SerialScenarioConfig& config, const SerialScenarioConfig::End& end, uint32_t run)
{
    constexpr double held = 2.5; // intervals, the default of the rule of Linux
    const double peer = std::max(config.r1.interval.GetSeconds() * config.r1.stretchMax,
                                 config.r2.interval.GetSeconds() * config.r2.stretchMax);
    const double own = end.interval.GetSeconds() * end.stretchMin;
    const double hold = config.holdTime.IsZero() ? held * own : config.holdTime.GetSeconds();
    const double limit = config.hdlcRule == HdlcNetDevice::LINUX ? hold : run * own;
    return peer + end.interval.GetSeconds() <= limit;
}

/**
 * @brief The rate of mistakes of HDLC, both ends having exact timers of the same interval T.
 *
 * In each interval a number goes to the peer and the peer's keepalive returns the last one that
 * arrived; each is lost with probability p, by itself. Numbers that cross on the line, which takes
 * phases less than a round trip apart, are neglected.
 *
 * - SPPP, JUNOS: N keepalives of the peer in a row are lost.
 * - IOS, NOKIA: the gap is K or more, K = N or N - 1, if in K intervals no keepalive of the peer
 *   came through from the first number on that did: with probability G = p^K (1 + K (1-p)). It is
 *   so in two neighbouring intervals with p G + (1-p) p^K (p + p^K (1-p)). The difference,
 *   (1-p)^2 p^K (K + 1 - p^K), is the probability that it begins.
 * - FREEBSD, H3C: a number is sent until it is returned, which takes (1+p) / (1-p) intervals on
 *   average, and more than K = N - 1 or N with probability G.
 *
 * @param config the configuration
 * @param end the end
 * @return lambda_M, per second; none for the rule of Linux, where it depends on phases
 */
std::optional<double>
GetHdlcRate(const SerialScenarioConfig& config, const SerialScenarioConfig::End& end)
{
    const double interval = end.interval.GetSeconds();
    const double arrives = 1 - config.loss;
    const bool earlier =
        config.hdlcRule == HdlcNetDevice::NOKIA || config.hdlcRule == HdlcNetDevice::FREEBSD;
    const uint32_t run = end.retries - (earlier ? 1 : 0);
    const double lost = std::pow(config.loss, run);
    const double gap = lost * (1 + run * arrives);
    const bool unheard =
        config.hdlcRule == HdlcNetDevice::SPPP || config.hdlcRule == HdlcNetDevice::JUNOS;
    const bool exact = config.r1.stretchMin == 1 && config.r1.stretchMax == 1 &&
                       config.r2.stretchMin == 1 && config.r2.stretchMax == 1 &&
                       config.r1.interval == config.r2.interval;
    if (!config.HasLoss())
    {
        return IsPatient(config, end, run) ? std::make_optional(0.0) : std::nullopt;
    }
    if (config.hdlcRule == HdlcNetDevice::LINUX || !exact || run == 0 || config.upCount > 1 ||
        (!unheard && (config.HasBursts() || run == 1)) ||
        (config.HasPacketBursts() && config.HasUsers()))
    {
        return std::nullopt;
    }
    switch (config.hdlcRule)
    {
    case HdlcNetDevice::SPPP:
    case HdlcNetDevice::JUNOS:
        return MistakeRate::OfPackets(config, interval, run);
    case HdlcNetDevice::FREEBSD:
    case HdlcNetDevice::H3C:
        return gap * arrives / (1 + config.loss) / interval;
    case HdlcNetDevice::IOS:
    case HdlcNetDevice::NOKIA:
    case HdlcNetDevice::LINUX:
        break;
    }
    return arrives * arrives * lost * (run + 1 - lost) / interval;
}

/**
 * @brief How often an end of a PPP link makes a mistake, if its peer makes none.
 * @param config the configuration, without bursts
 * @param end the end
 * @return per second; 0 if it has no keepalives
 */
double
GetPppRate(const SerialScenarioConfig& config, const SerialScenarioConfig::End& end)
{
    const double interval = end.interval.GetSeconds() * (end.stretchMin + end.stretchMax) / 2;
    if (end.interval.IsZero())
    {
        return 0;
    }
    // As many trials, and the interval behind the last one.
    const LossRunLaw law(end.retries, MistakeRate::GetRoundTripLoss(config));
    return 1 / (interval * (law.GetMeanTrials() + 1));
}

/**
 * @brief The rate of mistakes of an end. HDLC is recurrent; a mistake of PPP ends the link, and
 *        LCP negotiates it anew.
 * @param config the configuration
 * @param number R1 or R2
 * @return lambda_M, per second; none with bit errors, or a line that is too busy
 */
std::optional<double>
GetMistakeRate(const SerialScenarioConfig& config, uint32_t number)
{
    constexpr double restart = 3; // seconds, the restart timer of LCP
    const bool hdlc = config.encapsulation == SerialScenarioConfig::Encapsulation::HDLC;
    const SerialScenarioConfig::End& end = number == SerialScenario::R1 ? config.r1 : config.r2;
    if (hdlc && end.interval.IsZero())
    {
        return 0;
    }
    const SerialScenarioConfig perfect = MistakeRate::WithoutLosses(config); // outlives its law
    const SerialScenarioLaw law(perfect);
    bool timely = config.bitErrorRate <= 0 && MistakeRate::IsUndisturbed(config);
    for (const uint32_t which : {SerialScenario::R1, SerialScenario::R2})
    {
        const bool sends = !(which == SerialScenario::R1 ? config.r1 : config.r2).interval.IsZero();
        timely = timely && (sends ? law.Get(which).has_value() : !hdlc);
    }
    if (!timely)
    {
        return std::nullopt;
    }
    if (hdlc)
    {
        return GetHdlcRate(config, end);
    }
    const bool counts = config.pppRule == PppNetDevice::IOS || config.pppRule == PppNetDevice::PPPD;
    if (!config.HasLoss())
    {
        return 0;
    }
    if (!counts || config.HasBursts())
    {
        return std::nullopt;
    }
    const double passes = 1 - MistakeRate::GetRoundTripLoss(config);
    return MistakeRate::OfSessions(GetPppRate(config, config.r1),
                                   GetPppRate(config, config.r2),
                                   restart / passes);
}

} // namespace

std::vector<Experiment::End>
SerialExperiment::Describe(const Config& config)
{
    const bool hdlc = config.encapsulation == Config::Encapsulation::HDLC;
    const std::string rule = hdlc ? RuleName(config.hdlcRule) : RuleName(config.pppRule);
    const Law law(config);
    std::vector<Experiment::End> ends;
    for (const uint32_t number : {Scenario::R1, Scenario::R2})
    {
        const Config::End& keepalive = number == Scenario::R1 ? config.r1 : config.r2;
        Experiment::End end;
        end.name = number == Scenario::R1 ? "R1" : "R2";
        end.mechanism = hdlc ? "hdlc" : "ppp";
        end.interval = keepalive.interval.GetSeconds();
        end.retries = keepalive.retries;
        end.rule = config.profile.empty() ? rule : config.profile;
        end.law = law.Get(number);
        end.slack = law.GetSlack().GetSeconds();
        end.mistakeRate = GetMistakeRate(config, number);
        ends.push_back(end);
    }
    return ends;
}

InterfaceCounters
SerialExperiment::GetCounters(const Scenario& scenario, uint32_t end)
{
    return scenario.GetEnd(end)->GetCounters();
}

} // namespace keepalive
} // namespace ns3
