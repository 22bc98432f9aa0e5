/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A serial line with PPP keepalives, a backup path, user traffic, and a failure.
 *
 *    H1 ---------------- R1 ======== serial line ======== R2 ---------------- H2
 *                        |                                |
 *                        `--------------- B --------------'      B: the backup path
 *
 * By default both ends run "keepalive 10" as Cisco IOS does, and the line is cut silently at 60 s
 * for 60 s. Expected output: `debug ppp negotiation` and `debug ppp packet` of R1 and R2, whose
 * line protocols go down 50 to 60 s after the cut and come up by a new negotiation, then `show
 * interfaces serial`, then the detection time of each end beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, frames.csv, failures.csv,
 * mistakes.csv, summary.csv, traffic.csv, and with --pcap captures of both ends of the line.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "program-options.h"
#include "serial-lab.h"

using namespace ns3::keepalive;

namespace
{

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Ppp(int argc, char* argv[])
{
    return RunSerialLab("ppp",
                        "A serial line with PPP keepalives that fails, and a backup path.",
                        SerialScenarioConfig::Encapsulation::PPP,
                        argc,
                        argv);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("ppp", &Ppp, argc, argv);
}
