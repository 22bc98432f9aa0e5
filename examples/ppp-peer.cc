/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A simulated router that speaks PPP with a real peer, in real time.
 *
 *    R1 ======== serial line ======== bridge - - - pseudo-terminal - - - peer, a real program
 *
 * By default the peer is Debian's slirp, a PPP stack that needs neither privileges nor a network.
 * LCP opens, both ends send Echo-Requests and answer those of the other, and at 10 s the peer is
 * stopped with SIGSTOP: R1 takes its line down 6 to 8 s later, and brings it up again soon after
 * the peer goes on at 20 s. Expected output: `debug ppp negotiation` and `debug ppp packet` of R1,
 * `show interfaces serial`, then the detection time beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, frames.csv, failures.csv,
 * mistakes.csv, summary.csv, traffic.csv (empty: there is none), peer.log (what the peer had to say
 * on its error output), and with --pcap ppp-peer.pcap.
 *
 * Exit status: 0 if LCP opened, and every detection time agrees with the closed form; 1 if not; 2
 * for bad options, with nothing written.
 */

#include "lab-run.h"
#include "option-types.h"
#include "peer-lab.h"
#include "program-options.h"
#include "real-time.h"
#include "scenario-report.h"

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/frame-log.h"
#include "ns3/ppp-console.h"
#include "ns3/pty.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/traffic-monitor.h"

#include <iostream>
#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// The peer: no header compression, of which R1 knows nothing, and no end by typing zeroes.
constexpr const char* SLIRP = "slirp-fullbolt ppp nozeros -vj 'lcp-echo-interval 1' "
                              "'lcp-echo-failure 3'";

constexpr double LONGEST_RUN = 86400;   //!< a day, seconds
constexpr double DEFAULT_DURATION = 30; //!< seconds
constexpr double DEFAULT_STOP_AT = 10;  //!< seconds
constexpr double DEFAULT_STOP_FOR = 10; //!< seconds

/// What the options say, besides the lab itself.
struct Run
{
    std::string tty;     //!< existing terminal; empty for a command
    std::string command; //!< the peer
    Time duration;       //!< how long
    Time tolerance;      //!< how far a detection may lie from the closed form
};

/**
 * @brief Add the options of this program.
 * @param options the program's options
 */
void
AddOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("command", Word(SLIRP, "COMMAND"), "the peer: speaks PPP on its standard input and output");
    add("tty", Word("", "PATH"), "talk on this terminal, instead of starting a peer");
    add("profile", Word("ios", "ios|pppd|linux"), "whose rule judges, and how its requests look");
    add("interval", Number(2, "SECONDS"), "time between R1's keepalives, 0 for none");
    add("retries", Number(3, "N"), "unanswered ones that bring the line down");
    add("restart-timer", Number(2, "SECONDS"), "from a Configure-Request to its repetition");
    add("clock-rate", Word("115200b/s", "RATE"), "clock rate of the simulated line");
    add("local-address", Word("10.0.2.15", "ADDRESS"), "R1's own; 0.0.0.0 to ask the peer for one");
    add("remote-address",
        Word("10.0.2.2", "ADDRESS"),
        "what R1 gives a peer that asks; 0.0.0.0: none");
    add("duration", Number(DEFAULT_DURATION, "SECONDS"), "how long it runs");
    add("stop-peer-at",
        Number(DEFAULT_STOP_AT, "SECONDS"),
        "when the peer is stopped, with SIGSTOP; 0 for never, as with --tty");
    add("resume-peer-after",
        Number(DEFAULT_STOP_FOR, "SECONDS"),
        "time after which it goes on, with SIGCONT; 0 for never");
    add("tolerance",
        Number(0.5, "SECONDS"),
        "what a slow machine may add to a detection time, or take from it");
    add("pcap", Switch(), "write a packet capture of R1, with frame check sequences");
}

/**
 * @brief Make a configuration of what was given.
 * @param options the program's options, parsed
 * @param config filled in: the lab
 * @return the rest
 * @throw UsageError naming what is wrong
 */
Run
ReadOptions(const ProgramOptions& options, PeerLab::Config& config)
{
    Run run;
    run.tty = options.Get<std::string>("tty");
    run.command = options.Get<std::string>("command");
    for (const char* name : {"command", "stop-peer-at", "resume-peer-after"})
    {
        if (!run.tty.empty() && options.IsGiven(name))
        {
            throw UsageError(std::string("option --") + name +
                             ": only for a peer that is started here, not with --tty");
        }
    }
    if (run.tty.empty() && run.command.find_first_not_of(" \t\n") == std::string::npos)
    {
        throw UsageError("option --command: there is no command");
    }
    config.rule = options.Choose<PppNetDevice::VerdictRule>(
        "profile",
        {{"ios", PppNetDevice::IOS}, {"pppd", PppNetDevice::PPPD}, {"linux", PppNetDevice::LINUX}});
    config.interval = Seconds(options.GetBetween("interval", 0, 32767));
    config.retries = static_cast<uint32_t>(ReadWhole(options, "retries", 1, 255));
    config.restartTimer = Seconds(options.GetBetween("restart-timer", 0.01, 1000));
    config.clock = ReadRate(options, "clock-rate", false);
    if (config.clock.GetBitRate() < SerialNetDevice::MIN_CLOCK_RATE)
    {
        throw UsageError("option --clock-rate=" + options.Get<std::string>("clock-rate") +
                         ": out of range, must be 1200b/s or more");
    }
    config.localAddress = ReadAddress(options, "local-address");
    config.remoteAddress = ReadAddress(options, "remote-address");
    run.duration = Seconds(options.GetBetween("duration", 0.1, LONGEST_RUN));
    run.tolerance = Seconds(options.GetBetween("tolerance", 0, LONGEST_RUN));
    const double stopAt = options.GetBetween("stop-peer-at", 0, LONGEST_RUN);
    const double stopFor = options.GetBetween("resume-peer-after", 0, LONGEST_RUN);
    config.stopPeerAt = Seconds(run.tty.empty() ? stopAt : 0);
    config.stopPeerFor = Seconds(stopFor);
    return run;
}

/**
 * @brief The peer hung up. A trace sink.
 * @param transcript where to say so
 */
void
SayHungUp(ConsoleTranscript* transcript, int /* error */)
{
    transcript->Print("! " + ConsoleTranscript::Timestamp(Simulator::Now()) + " the peer hung up");
}

/**
 * @brief Find or start the peer.
 * @param pty where it is
 * @param run what was asked for
 * @param log file of its error output
 * @throw std::runtime_error if there is no peer
 */
void
OpenPeer(Pty& pty, const Run& run, const std::filesystem::path& log)
{
    std::optional<std::string> wrong = run.tty.empty() ? pty.Open() : pty.OpenTty(run.tty);
    if (!wrong && run.tty.empty())
    {
        wrong = pty.Start(run.command, log.string());
    }
    if (wrong)
    {
        throw std::runtime_error(*wrong);
    }
}

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
PppPeer(int argc, char* argv[])
{
    ProgramOptions options("A simulated router that speaks PPP with a real peer, in real time.");
    AddOptions(options);
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    PeerLab::Config config;
    const Run run = ReadOptions(options, config);
    options.PassToNs3([&config]() {
        Pty nobody;
        PeerLab trial(config, nobody);
        Simulator::Stop(Seconds(0));
        Simulator::Run();
    });
    RealTime::Select();

    std::cout << std::unitbuf; // somebody may be watching
    LabRun files("ppp-peer", options);
    Pty pty;
    OpenPeer(pty, run, files.GetDirectory() / "peer.log");
    PeerLab lab(config, pty);
    PppConsole console(files.GetTranscript());
    console.Watch(lab.GetDevice(), "R1");
    files.Watch(lab.GetInjector());
    lab.GetBridge()->TraceConnectWithoutContext(
        "Hangup",
        MakeBoundCallback(&SayHungUp, &files.GetTranscript()));
    files.GetEvents().Watch(lab.GetDevice(), "R1");
    files.GetEvents().Watch(lab.GetBridge(), "peer");
    FrameLog frames(files.AddFile("frames.csv"));
    frames.Watch(lab.GetDevice(), "R1", lab.GetBridge(), "peer");
    if (files.GetPcapPrefix())
    {
        lab.EnablePcap(*files.GetPcapPrefix() + ".pcap");
    }

    Simulator::Stop(run.duration);
    Simulator::Run();

    lab.Finish();
    frames.Finish();
    console.ShowInterfaces();
    files.Close();
    const std::vector<ResultsWriter::EndDescription> ends = {{"ppp",
                                                              config.interval,
                                                              config.retries,
                                                              options.Get<std::string>("profile"),
                                                              lab.GetLaw(),
                                                              lab.GetDevice()->GetCounters()}};
    const uint32_t outside = WriteTables(files.GetDirectory(),
                                         RngSeedManager::GetRun(),
                                         Simulator::Now(),
                                         lab.GetRecorder(),
                                         TrafficMonitor(Seconds(1)),
                                         ends,
                                         run.tolerance);
    if (!files.IsQuiet())
    {
        PrintSummary(lab.GetRecorder(), ends);
        std::cout << "echoes: " << lab.GetDevice()->GetCounters().keepalivesSent << " sent, "
                  << lab.GetDevice()->GetCounters().keepalivesHeard << " answered, "
                  << lab.GetDevice()->GetCounters().reflected
                  << " of the peer's answered; at worst " << lab.GetLateness().GetMilliSeconds()
                  << " ms behind the clock\nresults in " << files.GetDirectory().string() << '\n';
    }
    const std::optional<int> status = pty.GetExitStatus();
    if (status)
    {
        std::cerr << "ppp-peer: the peer ended, with status " << *status << ", see "
                  << (files.GetDirectory() / "peer.log").string() << '\n';
    }
    if (!lab.HasOpened())
    {
        std::cerr << "ppp-peer: LCP never opened\n";
        return 1;
    }
    return ReportContradictions("ppp-peer", outside, files.GetDirectory());
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("ppp-peer", &PppPeer, argc, argv);
}
