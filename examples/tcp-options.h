/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_OPTIONS_H
#define KEEPALIVE_TCP_OPTIONS_H

#include "program-options.h"

#include "ns3/tcp-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of a TcpScenario to a program.
 * @param options the program's options
 */
void AddTcpOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 *
 * Timers that are not given are those of the profile, if one is named, else those of a small lab.
 * A failure whose duration is not given lasts until both ends must have noticed, and 30 s more.
 *
 * @param options the program's options, parsed
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
TcpScenarioConfig ReadTcpOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_OPTIONS_H */
