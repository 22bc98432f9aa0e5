/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_LAB_H
#define KEEPALIVE_SERIAL_LAB_H

#include "ns3/serial-scenario-config.h"

namespace ns3
{
namespace keepalive
{

/**
 * @brief The program behind keepalive-hdlc and keepalive-ppp.
 * @param name name of the program, such as "hdlc"
 * @param summary what --help says of it
 * @param encapsulation what the line speaks
 * @param argc from main
 * @param argv from main
 * @return exit status: 0 if every detection time agrees with the closed form, or there is none; 1
 *         if one does not
 * @throw UsageError for bad options, with nothing written
 */
int RunSerialLab(const char* name,
                 const char* summary,
                 SerialScenarioConfig::Encapsulation encapsulation,
                 int argc,
                 char* argv[]);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_LAB_H */
