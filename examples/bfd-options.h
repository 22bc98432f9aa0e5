/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_OPTIONS_H
#define KEEPALIVE_BFD_OPTIONS_H

#include "program-options.h"

#include "ns3/bfd-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a BfdScenario to a program.
 * @param options the program's options
 */
void AddBfdOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 *
 * R2 has what R1 has, unless told otherwise. A first failure that is not given a time comes at 60
 * s, or once the session is up for certain; one without a duration lasts until both ends must have
 * noticed, and 30 s more.
 *
 * @param options the program's options, parsed
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
BfdScenarioConfig ReadBfdOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_OPTIONS_H */
