/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A BFD session between two routers, and a failure of their link or of one of them.
 *
 *    H1 ------------ R1 ================== R2 ------------ H2
 *    10.1.0.1        |     what fails      |         10.2.0.2
 *
 * By default both routers send every 300 ms, less jitter, and three packets may go missing. The
 * link is cut silently at 60 s. Expected output: the consoles of R1 and R2, whose sessions go down
 * 0.6 to 0.9 s after the cut, then `show bfd neighbors details`, then the detection time of each
 * end beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, states.csv, and with --pcap captures of both ends of the link.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "bfd-options.h"
#include "lab-run.h"
#include "program-options.h"

#include "ns3/bfd-console.h"
#include "ns3/bfd-experiment.h"
#include "ns3/bfd-header.h"
#include "ns3/bfd-scenario.h"

#include <list>
#include <optional>
#include <string>
#include <utility>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// What files say of one end of the session, besides its ups and downs.
struct EndLog
{
    EventLog* events;    //!< events.csv: its packets
    EventLog* states;    //!< states.csv: the states of its state machine, and what its packets say
    std::string name;    //!< of the end
    uint64_t unheard{0}; //!< packets sent since the peer was last heard

    /**
     * @brief Log a packet: events keepalive-tx and keepalive-rx, the value being the packets sent
     *        since the peer was last heard; what is more in states.csv, as events poll and final.
     * @param end the end
     * @param sent whether it was sent
     * @param header the packet
     */
    static void Packet(EndLog* end, bool sent, const BfdHeader& header)
    {
        end->unheard = sent ? end->unheard + 1 : 0;
        end->events->Write(end->name, sent ? "keepalive-tx" : "keepalive-rx", "", end->unheard);
        const std::string direction = sent ? "-tx" : "-rx";
        for (const auto& [flag, event] :
             {std::pair(BfdHeader::POLL, "poll"), std::pair(BfdHeader::FINAL, "final")})
        {
            if (header.HasFlag(flag))
            {
                end->states->Write(end->name,
                                   event + direction,
                                   ToString(header.GetState()),
                                   header.GetDesiredMinTx());
            }
        }
    }

    /**
     * @brief Trace sink.
     * @param end the end
     * @param header what was sent
     */
    static void PacketTx(EndLog* end, const BfdHeader& header)
    {
        Packet(end, true, header);
    }

    /**
     * @brief Trace sink.
     * @param end the end
     * @param header what was received
     */
    static void PacketRx(EndLog* end, const BfdHeader& header)
    {
        Packet(end, false, header);
    }

    /**
     * @brief Trace sink: event state, with the new state as detail.
     * @param end the end
     * @param to the new state
     */
    static void State(EndLog* end, BfdState, BfdState to)
    {
        end->states->Write(end->name, "state", ToString(to), std::nullopt);
    }
};

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Bfd(int argc, char* argv[])
{
    ProgramOptions options("A BFD session between two routers, and a failure. Without --fail-for "
                           "it lasts until both ends must have noticed.");
    AddBfdOptions(options);
    LabRun::AddOptions(options, "write packet captures of both ends of the link");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const BfdScenarioConfig config = ReadBfdOptions(options);
    LabRun::TryNs3Options<BfdScenario>(options, config);

    LabRun run("bfd", options);
    EventLog states(run.AddFile("states.csv")); // this and the next outlive the simulation
    std::list<EndLog> logs;
    BfdConsole console(run.GetTranscript());
    BfdScenario scenario(config);
    for (const uint32_t end : {BfdScenario::R1, BfdScenario::R2})
    {
        const std::string& name = scenario.GetRecorder().GetName(end);
        Ptr<BfdSession> session = scenario.GetSession(end);
        console.Watch(session, name);
        run.GetEvents().Watch(session, name, {"LineProtocol", "", "", ""});
        logs.push_back({&run.GetEvents(), &states, name, 0});
        EndLog* log = &logs.back();
        session->TraceConnectWithoutContext("PacketTx", MakeBoundCallback(&EndLog::PacketTx, log));
        session->TraceConnectWithoutContext("PacketRx", MakeBoundCallback(&EndLog::PacketRx, log));
        session->TraceConnectWithoutContext("State", MakeBoundCallback(&EndLog::State, log));
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowNeighbors();
    return run.Finish<BfdExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("bfd", &Bfd, argc, argv);
}
