/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A simulated station with a TCP connection to a real peer, in real time.
 *
 *    R1 ======== interface of this machine ======== peer: the kernel here, or anybody beyond
 *
 * R1 has an address of its own in the network of the interface. It connects to the peer, or waits
 * for it with --role=server, and sends keepalive probes as a socket with SO_KEEPALIVE does. It has
 * nothing else to say. The run ends when the connection does, or after --duration. Expected output:
 * what its keepalives do, line by line, then a summary.
 *
 * The interface is a TAP (--tap) or one end of a veth pair (--interface). All that is needed can be
 * had by any user, in a network namespace of his own:
 *
 *    unshare --user --map-root-user --net
 *    ip link add name k0 type veth peer name sim
 *    ip address add 10.0.0.1/24 dev k0; ip link set k0 up; ip link set sim up
 *    ethtool -K k0 tx off
 *    nc -l -k -p 5000 &
 *    keepalive-tcp-peer --interface=sim --address=10.0.0.2 --peer=10.0.0.1 --port=5000
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, and with --pcap tcp-peer.pcap.
 *
 * Exit status: 0 if there was a connection, and a silent peer was given up when the keepalives say;
 * 1 if not; 2 for bad options, with nothing written.
 */

#include "ethernet-lab.h"
#include "ethernet-options.h"
#include "lab-run.h"
#include "option-types.h"
#include "program-options.h"
#include "real-time.h"
#include "tcp-session.h"

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/simulator.h"
#include "ns3/tcp-keepalive-profile.h"

#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double LONGEST_RUN = 86400;   //!< a day, seconds
constexpr double DEFAULT_DURATION = 30; //!< seconds
constexpr double HIGHEST_PORT = 65535;  //!< of TCP

/// What the options say.
struct Run
{
    EthernetOptions ethernet;   //!< where the station is
    TcpSession::Config session; //!< its connection
    Time duration;              //!< how long
    Time tolerance;             //!< how far a detection may lie from the closed form
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
    add("role", Word("client", "client|server"), "connect to the peer, or wait for it");
    add("peer", Word("10.0.0.1", "ADDRESS"), "the peer of a client");
    add("port", Number(5000, "PORT"), "the server's, whoever that is");
    add("profile", Word("linux", "NAME"), "whose TCP it is");
    add("keepalive", Word("on", "on|off"), "whether R1 sends probes, as with SO_KEEPALIVE");
    add("idle",
        Number(2, "SECONDS"),
        "silence until the first probe, as TCP_KEEPIDLE; 0 for the profile's");
    add("interval",
        Number(1, "SECONDS"),
        "from a probe to the next, as TCP_KEEPINTVL; 0 for the profile's");
    add("probes",
        Number(3, "N"),
        "unanswered ones that end the connection, as TCP_KEEPCNT; 0 for the profile's");
    add("user-timeout", Number(0, "SECONDS"), "as TCP_USER_TIMEOUT, 0 for none");
    add("garbage", Switch(), "probes carry an octet, for peers that answer no others");
    add("duration", Number(DEFAULT_DURATION, "SECONDS"), "how long it runs at most");
    add("tolerance",
        Number(0.1, "SECONDS"),
        "what a slow machine may add to a detection time, or take from it");
}

/**
 * @brief Read what R1's TCP is told.
 * @param options the program's options, parsed
 * @param run filled in
 * @throw UsageError naming what is wrong
 */
void
ReadSession(const ProgramOptions& options, Run& run)
{
    TcpSession::Config& config = run.session;
    config.server = options.Choose<bool>("role", {{"client", false}, {"server", true}});
    if (config.server && options.IsGiven("peer"))
    {
        throw UsageError("option --peer: only for --role=client");
    }
    const auto port = static_cast<uint16_t>(ReadWhole(options, "port", 1, HIGHEST_PORT));
    config.local = InetSocketAddress(run.ethernet.lab.address, config.server ? port : 0);
    if (!config.server)
    {
        config.remote = InetSocketAddress(run.ethernet.ReadNeighbor(options, "peer"), port);
    }
    config.profile = ReadName(options, "profile", TcpKeepaliveProfile::GetNames());
    config.enabled = options.Choose<bool>("keepalive", {{"on", true}, {"off", false}});
    config.idle = Seconds(options.GetBetween("idle", 0, LONGEST_RUN));
    config.interval = Seconds(options.GetBetween("interval", 0, LONGEST_RUN));
    config.probes = static_cast<uint32_t>(ReadWhole(options, "probes", 0, 255));
    config.userTimeout = Seconds(options.GetBetween("user-timeout", 0, LONGEST_RUN));
    config.garbage = options.Get<bool>("garbage");
    run.duration = Seconds(options.GetBetween("duration", 0.1, LONGEST_RUN));
    run.tolerance = Seconds(options.GetBetween("tolerance", 0, LONGEST_RUN));
}

/**
 * @brief Print what happened, and judge it.
 * @param report what happened
 * @param law how long it takes to give up a silent peer, if that is known
 * @param tolerance how far it may lie from that
 * @param quiet whether to print only what is wrong
 * @return exit status
 */
int
Summarise(const TcpSession::Report& report, std::optional<Time> law, Time tolerance, bool quiet)
{
    if (!report.connected)
    {
        std::cerr << "tcp-peer: there was no connection\n";
        return 1;
    }
    if (!quiet)
    {
        std::cout << "probes: " << report.probesSent << " sent, " << report.probesAnswered
                  << " answered; " << report.probesReceived << " received, " << report.probesReplied
                  << " replied to\n";
    }
    if (report.end != TcpEndCause::KEEPALIVE || !law)
    {
        return 0;
    }
    if (!quiet)
    {
        std::cout << "given up after " << report.silence.GetSeconds()
                  << " s of silence; the law is " << law->GetSeconds() << " s\n";
    }
    if (Abs(report.silence - *law) > tolerance)
    {
        std::cerr << "tcp-peer: given up after " << report.silence.GetSeconds() << " s, not "
                  << law->GetSeconds() << " s\n";
        return 1;
    }
    return 0;
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
TcpPeer(int argc, char* argv[])
{
    ProgramOptions options(
        "A simulated station with a TCP connection to a real peer, in real time.");
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
        TcpSession session(trial.GetNode(), run.session, nobody, nothing);
        Simulator::Stop(Seconds(0));
        Simulator::Run();
    });
    RealTime::Select();
    const int port = run.ethernet.Open();

    std::cout << std::unitbuf; // somebody may be watching
    LabRun files("tcp-peer", options);
    EthernetLab lab(run.ethernet.lab, port);
    TcpSession session(lab.GetNode(), run.session, files.GetTranscript(), files.GetEvents());
    files.Watch(lab.GetInjector());
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
    return Summarise(session.GetReport(),
                     session.GetDetectionTime(),
                     run.tolerance,
                     files.IsQuiet());
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("tcp-peer", &TcpPeer, argc, argv);
}
