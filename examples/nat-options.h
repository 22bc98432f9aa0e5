/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_OPTIONS_H
#define KEEPALIVE_NAT_OPTIONS_H

#include "program-options.h"

#include "ns3/nat-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a NatScenario to a program.
 * @param options the program's options
 */
void AddNatOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 *
 * Timers that are not given are those of the profile; of TCP, unless one is named, those of a small
 * lab. A failure whose duration is not given lasts until both ends must have noticed, and 30 s
 * more; a loss of bindings is over at once.
 *
 * @param options the program's options, parsed
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
NatScenarioConfig ReadNatOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_OPTIONS_H */
