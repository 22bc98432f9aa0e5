/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_OPTIONS_H
#define KEEPALIVE_GRE_OPTIONS_H

#include "program-options.h"

#include "ns3/gre-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a GreScenario to a program.
 * @param options the program's options
 */
void AddGreOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 * @param options the program's options, parsed
 * @return the configuration, which can be built
 * @throw UsageError naming what is wrong
 */
GreScenarioConfig ReadGreOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_OPTIONS_H */
