/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A simulated router with a BFD session to a real one, in real time.
 *
 *    R1 ======== interface of this machine ======== peer: FRR's bfdd or another
 *
 * R1 has an address of its own in the network of the interface. It begins the session, or waits for
 * its peer with --passive. Its cable can be cut, its process can hang, its operator can shut the
 * session, and its timers can be changed while the session is up. Expected output: states, ups and
 * downs, and the timers that were agreed on, line by line.
 *
 * The interface is a TAP (--tap) or one end of a veth pair (--interface), as for tcp-peer, which
 * says how any user can have one.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, and with --pcap bfd-peer.pcap.
 *
 * Exit status: 0 if the session was up; 1 if not; 2 for bad options, with nothing written.
 */

#include "bfd-station.h"
#include "ethernet-lab.h"
#include "ethernet-options.h"
#include "lab-run.h"
#include "option-types.h"
#include "program-options.h"
#include "real-time.h"

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/simulator.h"

#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>
#include <utility>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double LONGEST_RUN = 86400;          //!< a day, seconds
constexpr double DEFAULT_DURATION = 60;        //!< seconds
constexpr double SHORTEST_INTERVAL = 1e-3;     //!< seconds: no clock on a wall is better
constexpr double LONGEST_INTERVAL = 4294.9672; //!< seconds, of four octets of microseconds

/// What the options say.
struct Run
{
    EthernetOptions ethernet;   //!< where the station is
    BfdStation::Config session; //!< its session
    Time duration;              //!< how long
};

/**
 * @brief Add the options of this program.
 * @param options the program's options
 */
void
AddOptions(ProgramOptions& options)
{
    EthernetOptions::Add(options);
    auto add = options.Add().add_options();
    add("peer", Word("10.0.0.1", "ADDRESS"), "the peer");
    add("min-tx", Number(0.3, "SECONDS"), "R1 sends no more often (Desired Min TX Interval)");
    add("min-rx", Number(0.3, "SECONDS"), "R1 takes no more often (Required Min RX Interval)");
    add("multiplier", Number(3, "N"), "packets of R1 that may go missing (Detect Mult)");
    add("passive", Switch(), "wait for the peer to begin");
    add("renegotiate-at",
        Number(0, "SECONDS"),
        "R1 changes its timers then, while the session is up; 0 for never");
    add("renegotiate-tx", Number(0.3, "SECONDS"), "its new --min-tx; otherwise the old one");
    add("renegotiate-rx", Number(0.3, "SECONDS"), "its new --min-rx; otherwise the old one");
    add("stall-at", Number(0, "SECONDS"), "when R1's process hangs; 0: never");
    add("stall-for", Number(0, "SECONDS"), "time after which it goes on; 0 for never");
    add("shut-at", Number(0, "SECONDS"), "when R1's operator shuts the session; 0: never");
    add("shut-for", Number(0, "SECONDS"), "time after which he enables it; 0 for never");
    add("duration", Number(DEFAULT_DURATION, "SECONDS"), "how long it runs");
}

/**
 * @brief Read a timer.
 * @param options the program's options
 * @param name name of the option
 * @return the time, in whole microseconds, as packets have it
 */
Time
ReadTimer(const ProgramOptions& options, const std::string& name)
{
    return MicroSeconds(
        std::llround(options.GetBetween(name, SHORTEST_INTERVAL, LONGEST_INTERVAL) * 1e6));
}

/**
 * @brief Read a moment, or a length of time, within a run.
 * @param options the program's options
 * @param name name of the option
 * @return the time; zero for never
 */
Time
ReadMoment(const ProgramOptions& options, const std::string& name)
{
    return Seconds(options.GetBetween(name, 0, LONGEST_RUN));
}

/**
 * @brief Read the timers that R1 is to have later.
 * @param options the program's options
 * @param config filled in; its timers must have been read
 * @throw UsageError naming what is wrong
 */
void
ReadRenegotiation(const ProgramOptions& options, BfdStation::Config& config)
{
    config.renegotiateAt = ReadMoment(options, "renegotiate-at");
    config.renegotiateTx = config.minTx;
    config.renegotiateRx = config.minRx;
    for (const auto& [name, timer] : {std::pair("renegotiate-tx", &config.renegotiateTx),
                                      std::pair("renegotiate-rx", &config.renegotiateRx)})
    {
        if (!options.IsGiven(name))
        {
            continue;
        }
        *timer = ReadTimer(options, name);
        if (config.renegotiateAt.IsZero())
        {
            throw UsageError("option --" + std::string(name) +
                             ": needs --renegotiate-at=SECONDS, above 0");
        }
    }
}

/**
 * @brief Read what R1's BFD is told.
 * @param options the program's options
 * @param run filled in
 * @throw UsageError naming what is wrong
 */
void
ReadSession(const ProgramOptions& options, Run& run)
{
    BfdStation::Config& config = run.session;
    config.address = run.ethernet.lab.address;
    config.peer = run.ethernet.ReadNeighbor(options, "peer");
    config.minTx = ReadTimer(options, "min-tx");
    config.minRx = ReadTimer(options, "min-rx");
    config.multiplier = static_cast<uint8_t>(ReadWhole(options, "multiplier", 1, UINT8_MAX));
    config.passive = options.Get<bool>("passive");
    ReadRenegotiation(options, config);
    config.stallAt = ReadMoment(options, "stall-at");
    config.stallFor = ReadMoment(options, "stall-for");
    config.shutAt = ReadMoment(options, "shut-at");
    config.shutFor = ReadMoment(options, "shut-for");
    run.duration = Seconds(options.GetBetween("duration", 0.1, LONGEST_RUN));
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
BfdPeer(int argc, char* argv[])
{
    ProgramOptions options("A simulated router with a BFD session to a real one, in real time.");
    AddOptions(options);
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    Run run;
    run.ethernet = EthernetOptions::Read(options);
    ReadSession(options, run);
    options.PassToNs3([&run]() {
        ConsoleTranscript nobody;
        EventLog nothing(std::cout);
        EthernetLab trial(run.ethernet.lab, -1);
        BfdStation station(trial.GetNode(), run.session, trial.GetInjector(), nobody, nothing);
        Simulator::Stop(Seconds(0));
        Simulator::Run();
    });
    RealTime::Select();
    const int port = run.ethernet.Open();

    std::cout << std::unitbuf; // somebody may be watching
    LabRun files("bfd-peer", options);
    EthernetLab lab(run.ethernet.lab, port);
    BfdStation station(lab.GetNode(),
                       run.session,
                       lab.GetInjector(),
                       files.GetTranscript(),
                       files.GetEvents());
    if (files.GetPcapPrefix())
    {
        lab.EnablePcap(*files.GetPcapPrefix() + ".pcap");
    }
    Simulator::Stop(run.duration);
    Simulator::Run();

    files.Close();
    if (!files.IsQuiet())
    {
        std::cout << "at worst " << lab.GetLateness().GetMilliSeconds()
                  << " ms behind the clock\nresults in " << files.GetDirectory().string() << '\n';
    }
    if (!station.HasBeenUp())
    {
        std::cerr << "bfd-peer: the session was never up\n";
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("bfd-peer", &BfdPeer, argc, argv);
}
