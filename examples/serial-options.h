/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_OPTIONS_H
#define KEEPALIVE_SERIAL_OPTIONS_H

#include "program-options.h"

#include "ns3/nstime.h"
#include "ns3/serial-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a SerialScenario to a program.
 * @param options the program's options
 * @param encapsulation what the line speaks: some options and defaults are of one of them only
 */
void AddSerialOptions(ProgramOptions& options, SerialScenarioConfig::Encapsulation encapsulation);

/**
 * @brief Make a configuration of what was given.
 * @param options the program's options, parsed
 * @param encapsulation what the line speaks
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
SerialScenarioConfig ReadSerialOptions(const ProgramOptions& options,
                                       SerialScenarioConfig::Encapsulation encapsulation);

/**
 * @brief The time of day at which the simulation begins, for consoles.
 * @param options the program's options, parsed
 * @return the time of day
 * @throw UsageError if it is none
 */
Time ReadTimeOfDay(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_OPTIONS_H */
