/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief What keepalives cost the simulator, as ratios against a baseline in the same run.
 *
 * GRE:
 * 1. One keepalive round trip against one round trip of ns-3's own UdpEcho, between the same two
 *    nodes on the same wire.
 * 2. One keepalive round trip among 10, 1,000 and 10,000 tunnels between the same two nodes, told
 *    apart by key and without addresses of their own, and the memory that a tunnel takes.
 * 3. What it adds to give every tunnel an address.
 *
 * Serial lines:
 * 4. One HDLC keepalive (tick, verdict, transmission, reception) against the bare scheduler doing
 *    the same number of events, one of them with a packet of 24 bytes.
 * 5. Forwarding an IP packet over serial lines against ns-3's PointToPointNetDevice.
 * 6. A simulated day of 1,000 lines, with time and memory.
 *
 * BGP:
 * 7. One KEEPALIVE against as many bytes that ns-3's own OnOffApplication sends as often, over
 *    ns-3's own TCP and over that of BgpSpeaker.
 * 8. A simulated hour of a hub with 1,000 sessions, with time, events and memory.
 * 9. A table of 100,000 prefixes that is announced, with time and memory.
 *
 * Sweeps:
 * 10. One run in a sweep against one process for each run, and against the bare simulation.
 * 11. Two workers against one.
 * 12. A sweep of 100,000 short runs, with speed and memory.
 *
 * Absolute times depend on the machine and on its mood. So each figure is measured in several
 * rounds, baseline and candidate in turn, and the median of the ratios counts.
 */

#include "bench-bgp.h"
#include "bench-gre.h"
#include "bench-serial.h"
#include "bench-sweep.h"
#include "option-types.h"
#include "program-options.h"

#include <iomanip>
#include <iostream>

using namespace ns3;
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
Bench(int argc, char* argv[])
{
    ProgramOptions options(
        "What keepalives cost the simulator, as ratios. Leaves no files behind.");
    options.Add().add_options()("rounds",
                                Number(7, "N"),
                                "how often each figure is measured; the median counts")(
        "what",
        Word("all", "all|bgp|gre|serial|sweep"),
        "what to measure")("runs",
                           Number(100000, "N"),
                           "runs of the sweep whose memory is watched");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const auto what =
        options.Choose<int>("what",
                            {{"all", 15}, {"gre", 1}, {"serial", 2}, {"bgp", 4}, {"sweep", 8}});
    const auto rounds = static_cast<uint32_t>(ReadWhole(options, "rounds", 1, 1000));
    const auto runs = static_cast<uint32_t>(ReadWhole(options, "runs", 1, 1e9));
    options.PassToNs3([]() {
        TryGreBench();
        TrySerialBench();
        TryBgpBench();
        TrySweepBench();
    });
    // Only a young process shows it, so this comes first.
    const double lineMemory = (what & 2) != 0 ? MeasureLineMemory() : 0;
    const BgpMemory bgpMemory = (what & 4) != 0 ? MeasureBgpMemory() : BgpMemory{};
    std::cout << std::fixed << std::setprecision(2);
    if ((what & 1) != 0)
    {
        RunGreBench(rounds);
    }
    if ((what & 2) != 0)
    {
        RunSerialBench(rounds, lineMemory);
    }
    if ((what & 4) != 0)
    {
        RunBgpBench(rounds, bgpMemory);
    }
    if (what == 15 && !HasSweepPrograms())
    {
        std::cout << "\nsweeps are not measured: keepalive-{sweep,gre,hdlc} are not beside this "
                     "program\n";
    }
    else if ((what & 8) != 0)
    {
        RunSweepBench(rounds, runs);
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("bench", &Bench, argc, argv);
}
