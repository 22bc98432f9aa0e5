/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-plan.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <vector>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double LONGEST_RUN = 4e9; //!< seconds; half of what 63 bits of nanoseconds hold
constexpr double MARGIN = 10;       //!< seconds on top of the longest detection

/**
 * @brief An exponential random variable.
 * @param mean its mean
 * @return the variable, in seconds
 */
Ptr<ExponentialRandomVariable>
MakeExponential(Time mean)
{
    Ptr<ExponentialRandomVariable> variable = CreateObject<ExponentialRandomVariable>();
    variable->SetAttribute("Mean", DoubleValue(mean.GetSeconds()));
    return variable;
}

} // namespace

FailurePlan::Needs
FailurePlan::Needs::OfProbing(Time intervalA, Time intervalB, double longestDetection)
{
    Needs needs;
    needs.settle = longestDetection + MARGIN;
    // After a repair both ends recover within an interval; two more make sure of it.
    needs.recovery = std::max(intervalA, intervalB).GetSeconds() * 3;
    needs.window = GetCommonPeriod(intervalA, intervalB).GetSeconds();
    return needs;
}

Time
FailurePlan::GetCommonPeriod(Time a, Time b)
{
    const Time longer = std::max(a, b);
    const Time shorter = std::min(a, b);
    if (longer.IsZero())
    {
        return Seconds(1);
    }
    if (shorter.IsZero())
    {
        return longer;
    }
    const int64_t repeats =
        shorter.GetTimeStep() / std::gcd(longer.GetTimeStep(), shorter.GetTimeStep());
    // A thousand of 1e9 s, the longest interval that programs take, would not fit.
    return longer.GetSeconds() > 1e6 ? longer : longer * std::min<int64_t>(repeats, 1000);
}

double
FailurePlan::EstimateDuration(const Needs& needs) const
{
    double each = needs.settle + failFor.GetSeconds() + needs.recovery;
    if (schedule == Schedule::RANDOM)
    {
        each += needs.window;
    }
    else if (schedule == Schedule::FLAPPING)
    {
        each += flapUp.GetSeconds();
    }
    else if (schedule == Schedule::PROCESS)
    {
        each += 10 * (mtbf + mttr).GetSeconds();
    }
    return failAt.GetSeconds() + stop.GetSeconds() + each * std::max(1U, failures);
}

std::optional<std::string>
FailurePlan::Check(const std::string& targetName, bool fails, const Needs& needs) const
{
    const double seconds = EstimateDuration(needs);
    if (seconds > LONGEST_RUN)
    {
        std::ostringstream wrong;
        wrong << "a run of " << seconds << " s: with these times, longer than ns-3 can count ("
              << LONGEST_RUN << " s)";
        return wrong.str();
    }
    if (schedule == Schedule::SCRIPT)
    {
        std::istringstream text(script);
        std::vector<FailureInjector::ScriptLine> lines;
        const std::optional<std::string> bad =
            FailureInjector::ParseScript(text, {targetName}, lines);
        if (bad)
        {
            return "failure script, " + *bad + " (what fails is \"" + targetName + "\")";
        }
    }
    if (failures == 0 && fails)
    {
        return "a number of failures of 0: to have none, choose the failure none";
    }
    return std::nullopt;
}

Time
FailurePlan::Apply(Ptr<FailureInjector> injector,
                   Ptr<FailureTarget> target,
                   const Needs& needs,
                   int64_t stream) const
{
    injector->AssignStreams(stream);
    Time end = failAt + Seconds(needs.settle);
    if (target)
    {
        end = ApplySchedule(injector, target, needs);
    }
    if (schedule == Schedule::PROCESS)
    {
        injector->AssignStreams(stream); // again, for the random variables of the process
    }
    return stop.IsStrictlyPositive() ? stop : end;
}

Time
FailurePlan::ApplySchedule(Ptr<FailureInjector> injector,
                           Ptr<FailureTarget> target,
                           const Needs& needs) const
{
    const Time settle = Seconds(needs.settle);
    const Time recovery = Seconds(needs.recovery);
    const bool forEver = failFor.IsZero();
    switch (schedule)
    {
    case Schedule::ONCE:
        break;
    case Schedule::RANDOM: {
        const Time window = Seconds(needs.window);
        const Time duration = forEver ? settle : failFor;
        const Time period = window + duration + recovery;
        injector->ScheduleRandom(target, failAt, window, duration, period, failures);
        return failAt + period * static_cast<int64_t>(failures);
    }
    case Schedule::FLAPPING:
        injector->ScheduleFlapping(target, failAt, failFor, flapUp, failures);
        return failAt + (failFor + flapUp) * static_cast<int64_t>(failures) + recovery;
    case Schedule::PROCESS:
        injector->ScheduleProcess(target, Seconds(0), MakeExponential(mtbf), MakeExponential(mttr));
        return (mtbf + mttr) * 10;
    case Schedule::SCRIPT: {
        std::istringstream text(script);
        const std::optional<std::string> wrong = injector->ScheduleScript(text, {target});
        NS_ABORT_MSG_IF(wrong, "failure script: " << *wrong);
        return injector->GetLastScheduled() + settle + recovery;
    }
    }
    injector->Schedule(target, failAt, failFor);
    return failAt + (forEver ? settle : failFor + recovery) + Seconds(10);
}

} // namespace keepalive
} // namespace ns3
