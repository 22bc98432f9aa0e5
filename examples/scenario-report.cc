/* SPDX-License-Identifier: GPL-2.0-only */

#include "scenario-report.h"

#include "output-file.h"

#include <iomanip>
#include <iostream>

namespace ns3
{
namespace keepalive
{

void
PrintSummary(const DetectionRecorder& recorder,
             const std::vector<ResultsWriter::EndDescription>& ends)
{
    std::cout << std::fixed << std::setprecision(3) << '\n';
    for (uint32_t end = 0; end < ends.size(); end++)
    {
        const std::optional<DetectionBounds>& law = ends[end].law;
        const DetectionRecorder::EndSummary summary = recorder.Summarize(end);
        std::cout << summary.name << ": ";
        if (summary.detectionTime.count > 0)
        {
            std::cout << "noticed " << summary.detectionTime.count << " of " << summary.outages
                      << " outages after " << summary.detectionTime.mean << " s on average ("
                      << summary.detectionTime.minimum << " to " << summary.detectionTime.maximum
                      << ")";
        }
        else if (summary.outages > 0)
        {
            std::cout << "never noticed any of " << summary.outages << " outages";
        }
        else
        {
            std::cout << "nothing to notice";
        }
        if (law)
        {
            std::cout << "; closed form " << law->mean << " s (" << law->lower << " to "
                      << law->upper << ")";
        }
        std::cout << "; mistakes: " << summary.mistakes << '\n';
    }
    std::cout.unsetf(std::ios::fixed);
}

uint32_t
WriteTables(const std::filesystem::path& directory,
            uint64_t run,
            Time stop,
            const DetectionRecorder& recorder,
            const TrafficMonitor& traffic,
            const std::vector<ResultsWriter::EndDescription>& ends,
            Time slack)
{
    const ResultsWriter writer(run, stop, recorder, traffic, ends, slack);
    OutputFile failures(directory, "failures.csv");
    OutputFile mistakes(directory, "mistakes.csv");
    OutputFile summary(directory, "summary.csv");
    OutputFile throughput(directory, "traffic.csv");
    writer.WriteFailures(failures.Get());
    writer.WriteMistakes(mistakes.Get());
    writer.WriteSummary(summary.Get());
    traffic.WriteThroughput(throughput.Get());
    for (OutputFile* file : {&failures, &mistakes, &summary, &throughput})
    {
        file->Close();
    }
    return writer.CountOutsideLaw();
}

int
ReportContradictions(const char* program, uint32_t outside, const std::filesystem::path& directory)
{
    if (outside == 0)
    {
        return 0;
    }
    std::cerr << program << ": " << outside << " observations contradict the closed form, see "
              << (directory / "failures.csv").string() << '\n';
    return 1;
}

} // namespace keepalive
} // namespace ns3
