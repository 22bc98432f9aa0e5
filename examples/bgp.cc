/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive
 * @brief A BGP session over a direct link that fails, and a detour through a third AS.
 *
 *    H1 ------------ R1 ================== R2 ------------ H2
 *                 AS 65001   what fails  AS 65002
 *                    |                     |
 *                    `--------- B ---------'              B: AS 65003, the detour
 *
 * By default the routers have the timers of Cisco IOS: hold time 180 s, a KEEPALIVE every 60 s. The
 * direct link is cut silently as soon as the session is up for certain. Expected output: the
 * consoles of R1 and R2, whose sessions go down 120 to 180 s after the cut, then `show bgp
 * neighbors`, then the detection time of each end beside its closed form.
 *
 * Files written below --out: config.ini, transcript.txt, events.csv, failures.csv, mistakes.csv,
 * summary.csv, traffic.csv, messages.csv, and with --pcap captures of the direct link and of the
 * detour.
 *
 * Exit status: 0 if every detection time agrees with the closed form, or there is none; 1 if one
 * does not; 2 for bad options, with nothing written.
 */

#include "bgp-options.h"
#include "lab-run.h"
#include "program-options.h"

#include "ns3/bgp-console.h"
#include "ns3/bgp-experiment.h"
#include "ns3/bgp-scenario.h"

#include <list>
#include <optional>
#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/// What files say of one end of the session, besides its ups and downs.
struct EndLog
{
    EventLog* events;    //!< events.csv: its KEEPALIVEs
    EventLog* messages;  //!< messages.csv: all messages, and the states of its state machines
    std::string name;    //!< of the end
    uint64_t unheard{0}; //!< KEEPALIVEs sent since the peer was last heard

    /**
     * @brief Log a message: events message-tx and message-rx, with the type as detail and the bytes
     *        as value. Of KEEPALIVEs, events.csv counts those since the peer was last heard.
     * @param end the end
     * @param sent whether it was sent
     * @param type what it is
     * @param size its bytes
     */
    static void Message(EndLog* end, bool sent, BgpMessageType type, uint32_t size)
    {
        const bool keepalive = type == BgpMessageType::KEEPALIVE;
        end->unheard = sent ? end->unheard + (keepalive ? 1 : 0) : 0;
        if (keepalive)
        {
            end->events->Write(end->name, sent ? "keepalive-tx" : "keepalive-rx", "", end->unheard);
        }
        end->messages->Write(end->name, sent ? "message-tx" : "message-rx", ToString(type), size);
    }

    /**
     * @brief Trace sink.
     * @param end the end
     * @param type what was sent
     * @param size its bytes
     */
    static void MessageTx(EndLog* end, BgpMessageType type, uint32_t size)
    {
        Message(end, true, type, size);
    }

    /**
     * @brief Trace sink.
     * @param end the end
     * @param type what was received
     * @param size its bytes
     */
    static void MessageRx(EndLog* end, BgpMessageType type, uint32_t size)
    {
        Message(end, false, type, size);
    }

    /**
     * @brief Trace sink: event state, with the new state as detail.
     * @param end the end
     * @param to the new state
     */
    static void State(EndLog* end, BgpState, BgpState to)
    {
        end->messages->Write(end->name, "state", ToString(to), std::nullopt);
    }
};

/**
 * @brief The program.
 * @param argc from main
 * @param argv from main
 * @return exit status
 */
int
Bgp(int argc, char* argv[])
{
    ProgramOptions options("A BGP session over a link that fails, and a detour. Without --fail-at "
                           "and --fail-for it fails once the session is up for certain, until both "
                           "ends must have noticed.");
    AddBgpOptions(options);
    LabRun::AddOptions(options, "write packet captures of the direct link and of the detour");
    if (!options.Parse(argc, argv))
    {
        return 0;
    }
    const BgpScenarioConfig config = ReadBgpOptions(options);
    LabRun::TryNs3Options<BgpScenario>(options, config);

    LabRun run("bgp", options);
    EventLog messages(run.AddFile("messages.csv")); // this and the next outlive the simulation
    std::list<EndLog> logs;
    BgpConsole console(run.GetTranscript());
    BgpScenario scenario(config);
    for (const uint32_t end : {BgpScenario::R1, BgpScenario::R2})
    {
        const std::string& name = scenario.GetRecorder().GetName(end);
        Ptr<BgpNeighbor> neighbor = scenario.GetNeighbor(end);
        console.Watch(neighbor, name);
        run.GetEvents().Watch(neighbor, name, {"LineProtocol", "", "", ""});
        logs.push_back({&run.GetEvents(), &messages, name, 0});
        EndLog* log = &logs.back();
        neighbor->TraceConnectWithoutContext("MessageTx",
                                             MakeBoundCallback(&EndLog::MessageTx, log));
        neighbor->TraceConnectWithoutContext("MessageRx",
                                             MakeBoundCallback(&EndLog::MessageRx, log));
        neighbor->TraceConnectWithoutContext("State", MakeBoundCallback(&EndLog::State, log));
    }
    run.Watch(scenario);
    if (run.GetPcapPrefix())
    {
        scenario.EnablePcap(*run.GetPcapPrefix());
    }

    scenario.Run();

    console.ShowNeighbors();
    return run.Finish<BgpExperiment>(scenario);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("bgp", &Bgp, argc, argv);
}
