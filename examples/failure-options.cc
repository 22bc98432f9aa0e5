/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-options.h"

#include "option-types.h"

#include <fstream>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Read the file of --script, if there is one.
 * @param options the program's options
 * @param plan filled in
 */
void
ReadScript(const ProgramOptions& options, FailurePlan& plan)
{
    if (!options.IsGiven("script"))
    {
        if (plan.schedule == FailurePlan::Schedule::SCRIPT)
        {
            throw UsageError("option --schedule=script: needs --script=FILE");
        }
        return;
    }
    const auto file = options.Get<std::string>("script");
    std::ifstream in(file);
    std::ostringstream text;
    if (!in)
    {
        throw UsageError("option --script=" + file + ": cannot read this file");
    }
    if (!(text << in.rdbuf()))
    {
        throw UsageError("option --script=" + file + ": this file is empty");
    }
    plan.schedule = FailurePlan::Schedule::SCRIPT;
    plan.script = text.str();
}

} // namespace

void
AddFailurePlanOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("schedule", Word("once", "HOW"), "once, random, flapping, process or script");
    add("fail-at", Number(60, "SECONDS"), "when it first fails");
    add("fail-for", Number(60, "SECONDS"), "how long it stays failed, 0 for ever");
    add("failures", Number(1, "N"), "how many failures; more than one are at random phases");
    add("flap-up", Number(60, "SECONDS"), "for flapping: time between failures");
    add("mtbf", Number(600, "SECONDS"), "for process: mean time to failure");
    add("mttr", Number(60, "SECONDS"), "for process: mean time to repair");
    add("script",
        boost::program_options::value<std::string>()->value_name("FILE"),
        "failures and repairs, one \"time,target,down|up\" a line");
    add("stop", Number(0, "SECONDS"), "end of the run, 0 for soon after the last failure");
}

void
ReadFailurePlan(const ProgramOptions& options, FailurePlan& plan)
{
    using Schedule = FailurePlan::Schedule;
    plan.schedule = options.Choose<Schedule>("schedule",
                                             {{"once", Schedule::ONCE},
                                              {"random", Schedule::RANDOM},
                                              {"flapping", Schedule::FLAPPING},
                                              {"process", Schedule::PROCESS},
                                              {"script", Schedule::SCRIPT}});
    plan.failures = static_cast<uint32_t>(options.GetBetween("failures", 1, 1e6));
    if (plan.failures > 1 && plan.schedule == Schedule::ONCE)
    {
        plan.schedule = Schedule::RANDOM;
    }
    plan.failAt = Seconds(options.GetBetween("fail-at", 0, LONGEST_OPTION));
    plan.failFor = Seconds(options.GetBetween("fail-for", 0, LONGEST_OPTION));
    if (plan.schedule == Schedule::FLAPPING && plan.failFor.IsZero())
    {
        throw UsageError("option --fail-for=0: a flapping link needs a time above 0");
    }
    plan.flapUp = Seconds(options.GetBetween("flap-up", 1e-6, LONGEST_OPTION));
    plan.mtbf = Seconds(options.GetBetween("mtbf", 1e-6, LONGEST_OPTION));
    plan.mttr = Seconds(options.GetBetween("mttr", 1e-6, LONGEST_OPTION));
    plan.stop = Seconds(options.GetBetween("stop", 0, LONGEST_OPTION));
    ReadScript(options, plan);
    // Without a duration, many failures last just long enough to be noticed.
    if (plan.schedule == Schedule::RANDOM && !options.IsGiven("fail-for"))
    {
        plan.failFor = Seconds(0);
    }
}

} // namespace keepalive
} // namespace ns3
