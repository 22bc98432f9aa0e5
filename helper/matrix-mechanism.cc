/* SPDX-License-Identifier: GPL-2.0-only */

#include "matrix-mechanism.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

using Verdict = MatrixCell::Verdict;

const char*
ToString(MatrixCell::Verdict verdict)
{
    switch (verdict)
    {
    case MatrixCell::Verdict::NOT_APPLICABLE:
        return "not-applicable";
    case MatrixCell::Verdict::NEVER:
        return "never";
    case MatrixCell::Verdict::NOTICES:
        return "notices";
    case MatrixCell::Verdict::SOMETIMES:
        return "sometimes";
    case MatrixCell::Verdict::ITSELF:
        return "itself";
    case MatrixCell::Verdict::MISTAKES:
        return "mistakes";
    case MatrixCell::Verdict::TRUSTS:
        break;
    }
    return "trusts";
}

std::optional<uint32_t>
MatrixMechanism::Find(const DetectionRecorder& recorder, const std::string& name)
{
    for (uint32_t end = 0; end < recorder.GetNEnds(); end++)
    {
        if (recorder.GetName(end) == name)
        {
            return end;
        }
    }
    return std::nullopt;
}

MatrixCell::End
MatrixMechanism::Judge(const DetectionRecorder& recorder,
                       std::optional<uint32_t> number,
                       Failure failure,
                       const std::vector<Experiment::End>& known)
{
    MatrixCell::End end;
    if (!number)
    {
        end.verdict = failure == Failure::NONE ? Verdict::TRUSTS : Verdict::NEVER;
        return end;
    }
    if (failure == Failure::NONE)
    {
        for (const auto& row : recorder.GetMistakeRows())
        {
            if (row.end == *number)
            {
                end.noticed++;
                end.causes.insert(row.cause);
            }
        }
        end.verdict = end.noticed > 0 ? Verdict::MISTAKES : Verdict::TRUSTS;
        return end;
    }
    end.law = known.at(*number).law;
    bool own = false;
    const auto& rows = recorder.GetFailureRows();
    for (auto row = rows.begin(); row != rows.end(); ++row)
    {
        if (row->end != *number)
        {
            continue;
        }
        own = own || row->own;
        end.failures++;
        const std::optional<Suspicion> suspicion =
            failure == Failure::BINDING_LOSS ? FindAftermath(recorder, *row) : FindDetection(*row);
        if (!row->own && suspicion)
        {
            Count(*suspicion, known.at(*number).slack, end);
        }
    }
    if (own)
    {
        end.verdict = Verdict::ITSELF;
    }
    else if (end.noticed == 0)
    {
        end.verdict = Verdict::NEVER;
    }
    else
    {
        end.verdict = end.noticed == end.failures ? Verdict::NOTICES : Verdict::SOMETIMES;
    }
    return end;
}

std::optional<MatrixMechanism::Suspicion>
MatrixMechanism::FindDetection(const DetectionRecorder::FailureRow& row)
{
    const std::optional<Time> time = row.GetDetectionTime();
    return time ? std::make_optional(Suspicion{time->GetSeconds(), row.cause}) : std::nullopt;
}

std::optional<MatrixMechanism::Suspicion>
MatrixMechanism::FindAftermath(const DetectionRecorder& recorder,
                               const DetectionRecorder::FailureRow& row)
{
    std::optional<Time> next;
    for (const auto& other : recorder.GetFailureRows())
    {
        if (other.end == row.end && other.began > row.began && (!next || other.began < *next))
        {
            next = other.began;
        }
    }
    for (const auto& mistake : recorder.GetMistakeRows())
    {
        if (mistake.end == row.end && mistake.suspected >= row.began &&
            (!next || mistake.suspected < *next))
        {
            return Suspicion{(mistake.suspected - row.began).GetSeconds(), mistake.cause};
        }
    }
    return std::nullopt;
}

void
MatrixMechanism::Count(const Suspicion& suspicion, double slack, MatrixCell::End& end)
{
    const double seconds = suspicion.seconds;
    end.shortest = end.noticed > 0 ? std::min(end.shortest, seconds) : seconds;
    end.longest = std::max(end.longest, seconds);
    end.noticed++;
    end.mean += (seconds - end.mean) / end.noticed;
    end.causes.insert(suspicion.cause);
    if (end.law && (seconds < end.law->lower - slack || seconds > end.law->upper + slack))
    {
        end.outside++;
    }
}

} // namespace keepalive
} // namespace ns3
