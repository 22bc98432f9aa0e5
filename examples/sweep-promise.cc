/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-promise.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double YEAR = 365.25 * 86400; //!< seconds

/// What a promise consists of.
struct Part
{
    const char* option;                         //!< name of the option
    std::optional<double> SweepPromise::*value; //!< where it is kept
    const char* help;                           //!< what it asks for
};

const Part PARTS[] = {
    {"promise-detect",
     &SweepPromise::detect,
     "asks which timers detect every failure within this time, s"},
    {"promise-mistakes",
     &SweepPromise::mistakes,
     "asks at which ends make fewer mistakes than this a year"},
    {"promise-overhead",
     &SweepPromise::overhead,
     "asks which cost fewer keepalives than this, bit/s"},
};

/**
 * @brief The larger of two, one of which may be unknown.
 * @param a the one so far
 * @param b another
 * @return the larger; whichever is known if one is not
 */
std::optional<double>
Larger(std::optional<double> a, std::optional<double> b)
{
    return a && b ? std::max(a, b) : (a ? a : b);
}

/**
 * @brief Several verdicts as one.
 * @param verdicts the verdicts
 * @return NO if one is NO, else UNKNOWN if one is, else YES if one is
 */
SweepPromise::Verdict
Combine(const std::vector<SweepPromise::Verdict>& verdicts)
{
    using Verdict = SweepPromise::Verdict;
    for (const Verdict verdict : {Verdict::NO, Verdict::UNKNOWN, Verdict::YES})
    {
        if (std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end())
        {
            return verdict;
        }
    }
    return Verdict::NOT_ASKED;
}

} // namespace

void
SweepPromise::AddOptions(ProgramOptions& options)
{
    for (const Part& part : PARTS)
    {
        options.Add().add_options()(part.option,
                                    boost::program_options::value<double>(),
                                    part.help);
    }
}

SweepPromise
SweepPromise::Read(const ProgramOptions& options)
{
    SweepPromise promise;
    for (const Part& part : PARTS)
    {
        if (options.IsGiven(part.option))
        {
            promise.*part.value = options.GetBetween(part.option, 0, 1e18);
        }
    }
    return promise;
}

SweepPromise
SweepPromise::FromConfiguration(const std::string& ini)
{
    namespace po = boost::program_options;
    po::options_description options;
    for (const Part& part : PARTS)
    {
        options.add_options()(part.option, po::value<double>());
    }
    SweepPromise promise;
    try
    {
        std::istringstream stream(ini);
        po::variables_map values;
        po::store(po::parse_config_file(stream, options, true), values);
        for (const Part& part : PARTS)
        {
            if (values.count(part.option) > 0)
            {
                promise.*part.value = values[part.option].as<double>();
            }
        }
    }
    catch (const po::error& error)
    {
        throw std::runtime_error(std::string("the configuration of the sweep: ") + error.what());
    }
    return promise;
}

bool
SweepPromise::IsAsked() const
{
    return detect || mistakes || overhead;
}

SweepPromise::Answer
SweepPromise::Judge(const std::vector<End>& ends) const
{
    Answer answer;
    bool beyond = false;
    for (const End& end : ends)
    {
        if (end.fails)
        {
            beyond = beyond || !end.percentile;
            answer.worst = Larger(answer.worst, end.worst);
            answer.percentile = Larger(answer.percentile, end.percentile);
        }
        answer.mistakesPerYear =
            Larger(answer.mistakesPerYear,
                   end.mistakes ? std::make_optional(*end.mistakes * YEAR) : std::nullopt);
        answer.mistakesPerYearHigh =
            std::max(answer.mistakesPerYearHigh, end.mistakesBetween.high * YEAR);
        answer.overhead = std::max(answer.overhead, end.overhead);
    }
    if (beyond)
    {
        // What one end has is not the worst if another does not get there at all.
        answer.percentile = std::nullopt;
    }
    answer.detects = JudgeDetection(ends);
    answer.accurate = JudgeMistakes(ends);
    if (overhead)
    {
        answer.cheap = answer.overhead < *overhead ? Verdict::YES : Verdict::NO;
    }
    answer.kept = Combine({answer.detects, answer.accurate, answer.cheap});
    return answer;
}

SweepPromise::Verdict
SweepPromise::JudgeDetection(const std::vector<End>& ends) const
{
    std::vector<Verdict> verdicts;
    for (const End& end : ends)
    {
        if (detect && end.fails)
        {
            const bool slow =
                (end.worst && *end.worst > *detect) || !end.percentile || *end.percentile > *detect;
            verdicts.push_back(slow ? Verdict::NO : Verdict::YES);
        }
    }
    return detect && verdicts.empty() ? Verdict::UNKNOWN : Combine(verdicts);
}

SweepPromise::Verdict
SweepPromise::JudgeMistakes(const std::vector<End>& ends) const
{
    std::vector<Verdict> verdicts;
    for (const End& end : ends)
    {
        if (!mistakes)
        {
            continue;
        }
        const ConfidenceInterval found{end.mistakesBetween.low * YEAR,
                                       end.mistakesBetween.high * YEAR};
        if (end.mistakes)
        {
            verdicts.push_back(*end.mistakes * YEAR < *mistakes ? Verdict::YES : Verdict::NO);
        }
        else if (found.high < *mistakes)
        {
            verdicts.push_back(Verdict::YES);
        }
        else
        {
            verdicts.push_back(found.low >= *mistakes ? Verdict::NO : Verdict::UNKNOWN);
        }
    }
    return Combine(verdicts);
}

const char*
ToString(SweepPromise::Verdict verdict)
{
    switch (verdict)
    {
    case SweepPromise::Verdict::YES:
        return "yes";
    case SweepPromise::Verdict::NO:
        return "no";
    case SweepPromise::Verdict::NOT_ASKED:
    case SweepPromise::Verdict::UNKNOWN:
        break;
    }
    return "";
}

} // namespace keepalive
} // namespace ns3
