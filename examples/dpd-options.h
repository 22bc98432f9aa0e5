/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_OPTIONS_H
#define KEEPALIVE_DPD_OPTIONS_H

#include "program-options.h"

#include "ns3/dpd-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a DpdScenario to a program.
 * @param options the program's options
 */
void AddDpdOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 *
 * Timers that are not given are those of the profile. A failure whose duration is not given lasts
 * until both ends must have noticed, and 30 s more.
 *
 * @param options the program's options, parsed
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
DpdScenarioConfig ReadDpdOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_OPTIONS_H */
