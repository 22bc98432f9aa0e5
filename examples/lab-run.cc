/* SPDX-License-Identifier: GPL-2.0-only */

#include "lab-run.h"

#include "option-types.h"
#include "scenario-report.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/results-writer.h"
#include "ns3/rng-seed-manager.h"

#include <cstddef>
#include <iostream>

namespace ns3
{
namespace keepalive
{

void
LabRun::AddOptions(ProgramOptions& options, const char* pcap)
{
    options.Add().add_options()("pcap", Switch(), pcap);
}

LabRun::LabRun(const char* program, const ProgramOptions& options)
    : m_program(program),
      m_quiet(options.Get<bool>("quiet")),
      m_pcap(options.Get<bool>("pcap")),
      m_directory(options.MakeOutputDirectory()),
      m_events(AddFile("events.csv"))
{
    OutputFile ini(m_directory, "config.ini"); // closed before the run, which may not end well
    ini.Get() << options.ToIni();
    ini.Close();
    m_transcript.AddStream(AddFile("transcript.txt"));
    if (!m_quiet)
    {
        m_transcript.AddStream(std::cout);
    }
    // Valid checksums on every hop, so that captures are what a real network would show.
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
}

ConsoleTranscript&
LabRun::GetTranscript()
{
    return m_transcript;
}

EventLog&
LabRun::GetEvents()
{
    return m_events;
}

std::ostream&
LabRun::AddFile(const std::string& name)
{
    m_files.emplace_back(m_directory, name);
    return m_files.back().Get();
}

void
LabRun::Watch(const Scenario& scenario)
{
    Watch(scenario.GetInjector());
}

void
LabRun::Watch(Ptr<FailureInjector> injector)
{
    m_transcript.Watch(injector);
    m_events.Watch(injector);
}

const std::filesystem::path&
LabRun::GetDirectory() const
{
    return m_directory;
}

bool
LabRun::IsQuiet() const
{
    return m_quiet;
}

std::optional<std::string>
LabRun::GetPcapPrefix() const
{
    return m_pcap ? std::make_optional((m_directory / m_program).string()) : std::nullopt;
}

void
LabRun::Close()
{
    for (auto& file : m_files)
    {
        file.Close();
    }
}

int
LabRun::Finish(const Scenario& scenario,
               const std::vector<Experiment::End>& ends,
               const std::vector<InterfaceCounters>& counters)
{
    Close();
    std::vector<ResultsWriter::EndDescription> described;
    for (std::size_t i = 0; i < ends.size(); i++)
    {
        described.push_back({ends[i].mechanism,
                             Seconds(ends[i].interval),
                             ends[i].retries,
                             ends[i].rule,
                             ends[i].law,
                             counters[i]});
    }
    const uint32_t outside = WriteTables(m_directory,
                                         RngSeedManager::GetRun(),
                                         scenario.GetStop(),
                                         scenario.GetRecorder(),
                                         scenario.GetTraffic(),
                                         described,
                                         Seconds(ends.front().slack)); // of all ends
    if (!m_quiet)
    {
        PrintSummary(scenario.GetRecorder(), described);
        std::cout << "results in " << m_directory.string() << '\n';
    }
    return ReportContradictions(m_program.c_str(), outside, m_directory);
}

} // namespace keepalive
} // namespace ns3
