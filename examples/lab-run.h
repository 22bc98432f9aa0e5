/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LAB_RUN_H
#define KEEPALIVE_LAB_RUN_H

#include "output-file.h"
#include "program-options.h"

#include "ns3/console-transcript.h"
#include "ns3/event-log.h"
#include "ns3/experiment.h"
#include "ns3/failure-injector.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/scenario-experiment.h"
#include "ns3/scenario.h"
#include "ns3/simulator.h"

#include <filesystem>
#include <list>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief What every lab program does around its scenario: the output directory, the transcript, the
 *        tables, the summary.
 *
 * In this order: AddOptions, parse, TryNs3Options, make a LabRun, then the scenario, Watch it and
 * have its consoles print on GetTranscript, run it, Finish. A program without a scenario, which
 * runs in real time, Watches its injector and ends with Close.
 */
class LabRun
{
  public:
    /**
     * @brief Add the option that every lab program has: pcap.
     * @param options the program's options
     * @param pcap what --help says of it
     */
    static void AddOptions(ProgramOptions& options, const char* pcap);

    /**
     * @brief Hand options to ns-3, tried in a scenario that ends at once.
     * @tparam AnyScenario the scenario
     * @tparam AnyConfig its configuration
     * @param options the program's options, parsed
     * @param config the configuration
     * @throw UsageError if ns-3 refuses one
     */
    template <typename AnyScenario, typename AnyConfig>
    static void TryNs3Options(const ProgramOptions& options, const AnyConfig& config)
    {
        options.PassToNs3([&config]() {
            AnyScenario trial(config);
            Simulator::Stop(Seconds(0));
            trial.Run();
        });
    }

    /**
     * @brief Make the output directory and begin config.ini, transcript.txt and events.csv. Make it
     *        before the scenario, so that it outlives the simulation.
     * @param program name of the program, such as "gre"
     * @param options its options, parsed
     * @throw UsageError if the directory is not empty or cannot be made
     * @throw std::runtime_error if a file cannot be written
     */
    LabRun(const char* program, const ProgramOptions& options);

    LabRun(const LabRun&) = delete;
    LabRun& operator=(const LabRun&) = delete;

    /**
     * @brief Where consoles print.
     * @return the transcript
     */
    ConsoleTranscript& GetTranscript();

    /**
     * @brief What events.csv is written by.
     * @return the log
     */
    EventLog& GetEvents();

    /**
     * @brief One more file of the output directory; Finish closes it.
     * @param name its name
     * @return where to write
     * @throw std::runtime_error if it cannot be opened
     */
    std::ostream& AddFile(const std::string& name);

    /**
     * @brief Tell transcript and event log of failures. Of its ends the program tells them.
     * @param scenario the scenario
     */
    void Watch(const Scenario& scenario);

    /**
     * @brief Tell transcript and event log of failures, where there is no scenario.
     * @param injector what makes things fail
     */
    void Watch(Ptr<FailureInjector> injector);

    /**
     * @brief Where everything goes.
     * @return the output directory
     */
    const std::filesystem::path& GetDirectory() const;

    /**
     * @brief Whether nothing is to be printed.
     * @return true if so
     */
    bool IsQuiet() const;

    /**
     * @brief Where packet captures go.
     * @return path and beginning of the file names; none if captures are not asked for
     */
    std::optional<std::string> GetPcapPrefix() const;

    /**
     * @brief Close the files. Finish does so, too.
     * @throw std::runtime_error if one cannot be written
     */
    void Close();

    /**
     * @brief Close the files, write the tables, print the summary.
     * @tparam Traits what describes the ends, the same as of a ScenarioExperiment
     * @param scenario the scenario, run
     * @return exit status: 1 if an observation contradicts the closed form, else 0
     * @throw std::runtime_error if a file cannot be written
     */
    template <typename Traits>
    int Finish(const typename Traits::Scenario& scenario)
    {
        return Finish(scenario,
                      Traits::Describe(scenario.GetConfig()),
                      ScenarioExperiment<Traits>::CollectCounters(scenario));
    }

  private:
    /**
     * @brief Close the files, write the tables, print the summary.
     * @param scenario the scenario, run
     * @param ends what is known of the ends
     * @param counters what the interface of each did
     * @return as above
     */
    int Finish(const Scenario& scenario,
               const std::vector<Experiment::End>& ends,
               const std::vector<InterfaceCounters>& counters);

    const std::string m_program;             //!< name of the program
    const bool m_quiet;                      //!< print nothing
    const bool m_pcap;                       //!< write packet captures
    const std::filesystem::path m_directory; //!< where everything goes
    std::list<OutputFile> m_files;           //!< open files; a list, because streams do not move
    ConsoleTranscript m_transcript;          //!< what consoles show
    EventLog m_events;                       //!< everything that happens
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LAB_RUN_H */
