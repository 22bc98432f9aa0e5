/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-injector.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveFailureInjector");

NS_OBJECT_ENSURE_REGISTERED(FailureInjector);

namespace
{

constexpr double LATEST_SECONDS = 1e9; //!< latest time in a script; ns-3 counts to 9e9

} // namespace

TypeId
FailureInjector::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::FailureInjector")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<FailureInjector>()
            .AddTraceSource("Failure",
                            "Something failed or was repaired: the ground truth.",
                            MakeTraceSourceAccessor(&FailureInjector::m_failureTrace),
                            "ns3::keepalive::FailureEvent::TracedCallback");
    return tid;
}

FailureInjector::FailureInjector()
    : m_uniform(CreateObject<UniformRandomVariable>())
{
}

FailureInjector::~FailureInjector() = default;

void
FailureInjector::DoDispose()
{
    for (auto& event : m_events)
    {
        event.Cancel();
    }
    m_events.clear();
    m_processes.clear();
    m_numbers.clear();
    m_uniform = nullptr;
    Object::DoDispose();
}

int64_t
FailureInjector::AssignStreams(int64_t stream)
{
    int64_t next = stream;
    m_uniform->SetStream(next++);
    for (auto& process : m_processes)
    {
        process.timeToFailure->SetStream(next++);
        process.timeToRepair->SetStream(next++);
    }
    return next - stream;
}

// ---- when ----

void
FailureInjector::Schedule(Ptr<FailureTarget> target, Time at, Time duration)
{
    ScheduleChange(at, target, true);
    if (duration.IsStrictlyPositive())
    {
        ScheduleChange(at + duration, target, false);
    }
}

void
FailureInjector::ScheduleRandom(Ptr<FailureTarget> target,
                                Time first,
                                Time window,
                                Time duration,
                                Time period,
                                uint32_t count)
{
    NS_ABORT_MSG_IF(!window.IsStrictlyPositive(), "the window of random failures must be above 0");
    NS_ABORT_MSG_IF(period < window + duration,
                    "random failures of " << duration.As(Time::S) << " in windows of "
                                          << window.As(Time::S) << " every " << period.As(Time::S)
                                          << " would overlap");
    for (uint32_t i = 0; i < count; i++)
    {
        const Time begin = first + period * static_cast<int64_t>(i) +
                           Seconds(m_uniform->GetValue(0.0, window.GetSeconds()));
        Schedule(target, begin, duration);
    }
}

void
FailureInjector::ScheduleFlapping(Ptr<FailureTarget> target,
                                  Time first,
                                  Time down,
                                  Time up,
                                  uint32_t count)
{
    NS_ABORT_MSG_IF(!down.IsStrictlyPositive() || !up.IsStrictlyPositive(),
                    "flapping needs times down and up above 0");
    for (uint32_t i = 0; i < count; i++)
    {
        Schedule(target, first + (down + up) * static_cast<int64_t>(i), down);
    }
}

void
FailureInjector::ScheduleProcess(Ptr<FailureTarget> target,
                                 Time from,
                                 Ptr<RandomVariableStream> timeToFailure,
                                 Ptr<RandomVariableStream> timeToRepair)
{
    m_processes.push_back({target, timeToFailure, timeToRepair, false});
    m_events.push_back(Simulator::Schedule(from - Simulator::Now(),
                                           &FailureInjector::StartProcess,
                                           this,
                                           m_processes.size() - 1));
}

std::optional<std::string>
FailureInjector::ParseScript(std::istream& script,
                             const std::vector<std::string>& names,
                             std::vector<ScriptLine>& lines)
{
    std::string line;
    for (uint32_t number = 1; std::getline(script, line); number++)
    {
        if (!line.empty() && line.back() == '\r')
        {
            line.pop_back();
        }
        if (line.empty() || line[0] == '#')
        {
            continue;
        }
        const std::string where = "line " + std::to_string(number) + ": ";
        std::istringstream fields(line);
        double seconds;
        char comma;
        std::string name;
        std::string state;
        if (!(fields >> seconds >> comma) || comma != ',' ||
            !std::getline(fields >> std::ws, name, ',') || !std::getline(fields >> std::ws, state))
        {
            return where + "expected time,target,down or time,target,up, got \"" + line + "\"";
        }
        if (!(seconds >= 0 && seconds <= LATEST_SECONDS))
        {
            return where + "the time must be 0 to 1e9 seconds";
        }
        if (std::find(names.begin(), names.end(), name) == names.end())
        {
            return where + "no target named \"" + name + "\"";
        }
        if (state != "down" && state != "up")
        {
            return where + "expected down or up, got \"" + state + "\"";
        }
        lines.push_back({Seconds(seconds), name, state == "down"});
    }
    return std::nullopt;
}

std::optional<std::string>
FailureInjector::ScheduleScript(std::istream& script,
                                const std::vector<Ptr<FailureTarget>>& targets)
{
    std::map<std::string, Ptr<FailureTarget>> byName;
    std::vector<std::string> names;
    for (const auto& target : targets)
    {
        byName[target->GetName()] = target;
        names.push_back(target->GetName());
    }
    std::vector<ScriptLine> lines;
    const std::optional<std::string> wrong = ParseScript(script, names, lines);
    if (!wrong)
    {
        for (const auto& line : lines)
        {
            ScheduleChange(line.at, byName[line.target], line.fail);
        }
    }
    return wrong;
}

Time
FailureInjector::GetLastScheduled() const
{
    return m_lastScheduled;
}

void
FailureInjector::ScheduleChange(Time at, Ptr<FailureTarget> target, bool fail)
{
    m_lastScheduled = std::max(m_lastScheduled, at);
    m_events.push_back(Simulator::Schedule(at - Simulator::Now(),
                                           fail ? &FailureInjector::Fail : &FailureInjector::Repair,
                                           this,
                                           target));
}

void
FailureInjector::StartProcess(std::size_t process)
{
    m_events.push_back(Simulator::Schedule(Seconds(m_processes[process].timeToFailure->GetValue()),
                                           &FailureInjector::StepProcess,
                                           this,
                                           process));
}

void
FailureInjector::StepProcess(std::size_t process)
{
    Process& p = m_processes[process];
    p.down = !p.down;
    const double next = p.down ? p.timeToRepair->GetValue() : p.timeToFailure->GetValue();
    m_events.push_back(
        Simulator::Schedule(Seconds(next), &FailureInjector::StepProcess, this, process));
    if (p.down)
    {
        Fail(p.target);
    }
    else
    {
        Repair(p.target);
    }
}

// ---- what ----

void
FailureInjector::Fail(Ptr<FailureTarget> target)
{
    // Told first, done second: what the failure itself changes, such as a line that is shut, comes
    // after the failure in every log.
    if (!target->HasFailed())
    {
        m_numbers[target] = m_nFailures++;
        Report(target, true);
    }
    target->Fail();
}

void
FailureInjector::Repair(Ptr<FailureTarget> target)
{
    if (target->GetNReasons() == 1)
    {
        Report(target, false);
    }
    target->Repair();
}

void
FailureInjector::Report(Ptr<FailureTarget> target, bool failed)
{
    FailureEvent event;
    event.when = Simulator::Now();
    event.number = m_numbers[target];
    event.kind = target->GetKind();
    event.target = target->GetName();
    event.failed = failed;
    event.outage = target->IsOutage();
    NS_LOG_INFO(event.target << (event.failed ? " fails: " : " is repaired: ") << event.kind);
    m_failureTrace(event);
}

uint32_t
FailureInjector::GetNFailures() const
{
    return m_nFailures;
}

} // namespace keepalive
} // namespace ns3
