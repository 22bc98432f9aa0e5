/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_OPTIONS_H
#define KEEPALIVE_BGP_OPTIONS_H

#include "program-options.h"

#include "ns3/bgp-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a BgpScenario.
 * @param options the program's options
 */
void AddBgpOptions(ProgramOptions& options);

/**
 * @brief Make a scenario of what was given.
 * @param options the program's options, parsed
 * @return the scenario
 * @throw UsageError naming what is wrong
 */
BgpScenarioConfig ReadBgpOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_OPTIONS_H */
