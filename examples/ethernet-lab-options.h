/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LAB_OPTIONS_H
#define KEEPALIVE_ETHERNET_LAB_OPTIONS_H

#include "program-options.h"

#include "ns3/ethernet-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief Add the options of an EthernetScenario to a program.
 * @param options the program's options
 */
void AddEthernetLabOptions(ProgramOptions& options);

/**
 * @brief Make a configuration of what was given.
 *
 * A failure whose duration is not given lasts until whoever can notice it must have, and 30 s more.
 *
 * @param options the program's options, parsed
 * @return the configuration, checked
 * @throw UsageError naming what is wrong
 */
EthernetScenarioConfig ReadEthernetLabOptions(const ProgramOptions& options);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LAB_OPTIONS_H */
