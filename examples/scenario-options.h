/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCENARIO_OPTIONS_H
#define KEEPALIVE_SCENARIO_OPTIONS_H

#include "program-options.h"

#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/// What the option failure takes: words, each with what it stands for.
using FailureKinds = std::vector<std::pair<std::string, ScenarioConfig::Failure>>;

/**
 * @brief The kinds of failure that a program offers.
 * @param without those that its scenario does not have
 * @return all others, by name
 */
FailureKinds GetFailureKinds(std::initializer_list<ScenarioConfig::Failure> without);

/**
 * @brief Set the interval of ends without keepalives to zero, by the option keepalive, which takes
 *        both, r1, r2 or none.
 * @param options the program's options, parsed
 * @param interval1 time between the keepalives of R1
 * @param interval2 time between the keepalives of R2
 * @throw UsageError for any other word
 */
void ReadKeepaliveEnds(const ProgramOptions& options, Time& interval1, Time& interval2);

/**
 * @brief Add the options loss, burst-start, burst-end and load.
 * @param options the program's options
 * @param loss what --help says of the option loss
 * @param unit what is lost: "packet" or "frame"
 * @param load what --help says of the option load
 */
void AddLossOptions(ProgramOptions& options,
                    const char* loss,
                    const std::string& unit,
                    const char* load);

/**
 * @brief Read the options that AddLossOptions added.
 * @param options the program's options, parsed
 * @param config filled in
 * @throw UsageError naming what is wrong
 */
void ReadLoss(const ProgramOptions& options, ScenarioConfig& config);

/**
 * @brief Add the options traffic-rate, traffic-packet-size and traffic-bin.
 * @param options the program's options
 * @param rate default rate
 * @param packetSize default bytes of UDP payload
 */
void AddTrafficOptions(ProgramOptions& options, const char* rate, uint32_t packetSize);

/**
 * @brief Read the options that AddTrafficOptions added.
 * @param options the program's options, parsed
 * @param config filled in
 * @throw UsageError naming what is wrong
 */
void ReadTraffic(const ProgramOptions& options, ScenarioConfig& config);

/**
 * @brief Add the option failure.
 * @param options the program's options
 * @param kinds what it takes
 * @param standard its default
 */
void AddFailureOption(ProgramOptions& options,
                      const FailureKinds& kinds,
                      const char* standard = "silent");

/**
 * @brief Add the options delay-step and in-flight: what a failure does to its link.
 * @param options the program's options
 */
void AddLinkFailureOptions(ProgramOptions& options);

/**
 * @brief Read the options that AddFailureOption and AddLinkFailureOptions added.
 * @param options the program's options, parsed
 * @param kinds what the option failure takes
 * @param config filled in
 * @throw UsageError naming what is wrong
 */
void ReadFailure(const ProgramOptions& options, const FailureKinds& kinds, ScenarioConfig& config);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCENARIO_OPTIONS_H */
