/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A simulated router with a BGP session to a real one, in real time.
 *
 *    R1 ======== interface of this machine ======== neighbour: FRR, BIRD or another
 *
 * R1 has an address of its own in the network of the interface. It connects to its neighbour, or
 * waits for it with --passive, announces --announce, and takes what it is told. Its cable can be
 * cut, and its process can hang while its TCP goes on. Expected output: states, messages that end
 * the session, and routes, line by line.
 *
 * The interface is a TAP (--tap) or one end of a veth pair (--interface), as for tcp-peer, which
 * says how any user can have one.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, and with --pcap bgp-peer.pcap.
 *
 * Exit status: 0 if the session was established; 1 if not; 2 for bad options, with nothing written.
 */

#include "bgp-station.h"
#include "ethernet-lab.h"
#include "ethernet-options.h"
#include "lab-run.h"
#include "option-types.h"
#include "program-options.h"
#include "real-time.h"

#include "ns3/bgp-profile.h"
#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/simulator.h"

#include <arpa/inet.h>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr double LONGEST_RUN = 86400;     //!< a day, seconds
constexpr double DEFAULT_DURATION = 60;   //!< seconds
constexpr double HIGHEST_AS = 4294967295; //!< of four octets
constexpr double LONGEST_HOLD = 65535;    //!< seconds, of two octets
constexpr double LEAST_HOLD = 3;          //!< seconds, but for 0 (RFC 4271 section 4.2)

/// What the options say.
struct Run
{
    EthernetOptions ethernet;   //!< where the station is
    BgpStation::Config session; //!< its session
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
    add("as", Number(65002, "AS"), "R1's AS");
    add("peer", Word("10.0.0.1", "ADDRESS"), "the neighbour");
    add("peer-as", Number(65001, "AS"), "its AS; 0 for any");
    add("passive", Switch(), "wait for the neighbour to connect");
    add("announce", List("ADDRESS/LENGTH"), "prefixes that R1 announces");
    add("profile", Word("rfc4271", "NAME"), "whose timers and habits");
    add("hold", Number(9, "SECONDS"), "hold time to propose, 0 for none; -1 for the profile's");
    add("keepalive",
        Number(-1, "SECONDS"),
        "between KEEPALIVEs; -1 for a third of --hold, or the profile's");
    add("stall-at", Number(0, "SECONDS"), "when R1's process hangs, and its TCP goes on; 0: never");
    add("stall-for", Number(0, "SECONDS"), "time after which it goes on as well; 0 for never");
    add("duration", Number(DEFAULT_DURATION, "SECONDS"), "how long it runs");
}

/**
 * @brief Read a prefix.
 * @param text address and length
 * @return the prefix
 * @throw UsageError if it is none
 */
BgpPrefix
ReadPrefix(const std::string& text)
{
    const std::size_t slash = text.find('/');
    const std::string digits = slash == std::string::npos ? "" : text.substr(slash + 1);
    const bool number = !digits.empty() && digits.size() <= 2 &&
                        digits.find_first_not_of("0123456789") == std::string::npos;
    const int length = number ? std::stoi(digits) : -1;
    struct in_addr address = {};
    if (length < 0 || length > 32 ||
        inet_pton(AF_INET, text.substr(0, slash).c_str(), &address) != 1)
    {
        throw UsageError("option --announce=" + text + ": no prefix such as 198.51.100.0/24");
    }
    return BgpPrefix::Of(ntohl(address.s_addr), static_cast<uint8_t>(length));
}

/**
 * @brief Read what R1's BGP is told.
 * @param options the program's options, parsed
 * @param run filled in
 * @throw UsageError naming what is wrong
 */
void
ReadSession(const ProgramOptions& options, Run& run)
{
    BgpStation::Config& config = run.session;
    config.as = static_cast<uint32_t>(ReadWhole(options, "as", 1, HIGHEST_AS));
    config.address = run.ethernet.lab.address;
    config.peer = run.ethernet.ReadNeighbor(options, "peer");
    config.peerAs = static_cast<uint32_t>(ReadWhole(options, "peer-as", 0, HIGHEST_AS));
    config.passive = options.Get<bool>("passive");
    for (const auto& text : ReadList(options, "announce"))
    {
        config.prefixes.push_back(ReadPrefix(text));
    }
    config.profile = ReadName(options, "profile", BgpProfile::GetNames());
    const double hold = ReadWhole(options, "hold", -1, LONGEST_HOLD);
    if (hold > 0 && hold < LEAST_HOLD)
    {
        throw UsageError("option --hold=" + std::to_string(static_cast<int>(hold)) +
                         ": out of range, must be 0, or 3 to 65535: no neighbour accepts 1 or 2");
    }
    config.hold = Seconds(hold);
    config.keepalive = Seconds(options.GetBetween("keepalive", -1, LONGEST_HOLD));
    config.stallAt = Seconds(options.GetBetween("stall-at", 0, LONGEST_RUN));
    config.stallFor = Seconds(options.GetBetween("stall-for", 0, LONGEST_RUN));
    run.duration = Seconds(options.GetBetween("duration", 0.1, LONGEST_RUN));
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
BgpPeer(int argc, char* argv[])
{
    ProgramOptions options("A simulated router with a BGP session to a real one, in real time.");
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
        BgpStation station(trial.GetNode(), run.session, trial.GetInjector(), nobody, nothing);
        Simulator::Stop(Seconds(0));
        Simulator::Run();
    });
    RealTime::Select();
    const int port = run.ethernet.Open();

    std::cout << std::unitbuf; // somebody may be watching
    LabRun files("bgp-peer", options);
    EthernetLab lab(run.ethernet.lab, port);
    BgpStation station(lab.GetNode(),
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
        std::cerr << "bgp-peer: the session was never established\n";
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("bgp-peer", &BgpPeer, argc, argv);
}
