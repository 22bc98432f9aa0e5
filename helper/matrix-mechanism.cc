/* SPDX-License-Identifier: GPL-2.0-only */

#include "matrix-mechanism.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

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
                       bool disturbed,
                       const std::optional<DetectionBounds>& law,
                       double slack)
{
    using Verdict = MatrixCell::Verdict;
    MatrixCell::End end;
    if (!number)
    {
        end.verdict = disturbed ? Verdict::TRUSTS : Verdict::NEVER;
        return end;
    }
    if (disturbed)
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
    bool own = false;
    for (const auto& row : recorder.GetFailureRows())
    {
        if (row.end != *number)
        {
            continue;
        }
        own = own || row.own;
        end.failures++;
        const std::optional<Time> detection = row.GetDetectionTime();
        if (row.own || !detection)
        {
            continue;
        }
        const double seconds = detection->GetSeconds();
        end.shortest = end.noticed > 0 ? std::min(end.shortest, seconds) : seconds;
        end.longest = std::max(end.longest, seconds);
        end.noticed++;
        end.mean += (seconds - end.mean) / end.noticed;
        end.causes.insert(row.cause);
        end.outside +=
            law && (seconds < law->lower - slack || seconds > law->upper + slack) ? 1 : 0;
    }
    end.law = law;
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

} // namespace keepalive
} // namespace ns3
