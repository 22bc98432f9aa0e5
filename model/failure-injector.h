/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_INJECTOR_H
#define KEEPALIVE_FAILURE_INJECTOR_H

#include "failure-target.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Ground truth: something failed, or was repaired. No detector ever sees this.
 */
struct FailureEvent
{
    Time when;          //!< when it happened
    uint32_t number{0}; //!< which failure, from 0 in order of occurrence; repairs repeat it
    std::string kind;   //!< kind of failure, such as "silent"
    std::string target; //!< what failed, such as "R1-C"
    bool failed{true};  //!< true for a failure, false for the repair
    bool outage{true};  //!< whether a suspicion would be right while it lasts

    /**
     * @brief Signature of the Failure trace source.
     * @param event what happened
     */
    typedef void (*TracedCallback)(const FailureEvent& event);
};

/**
 * @ingroup keepalive
 * @brief Makes things fail: at given times, at random times, again and again, or by a script.
 *
 * Every failure and every repair fires the trace source Failure, which is the ground truth that
 * detection times are measured against. Failures of one target that overlap are one failure, which
 * ends when the last of them does; in a script, too, each "up" ends one "down".
 *
 * Keep a reference to the injector while it has work to do: what is scheduled goes with it.
 */
class FailureInjector : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FailureInjector();
    ~FailureInjector() override;

    /**
     * @brief One failure at a given time.
     * @param target what fails
     * @param at when, from the start of the simulation
     * @param duration how long; zero for ever
     */
    void Schedule(Ptr<FailureTarget> target, Time at, Time duration);

    /**
     * @brief Many failures, each at a uniformly random instant of its own window.
     *
     * Failure i begins at first + i * period + U, with U uniform on [0, window). To catch a
     * mechanism at a uniformly random phase, the window should be its interval or a multiple.
     *
     * @param target what fails
     * @param first when the first window begins
     * @param window length of each window, above zero
     * @param duration how long each failure lasts
     * @param period from window to window; at least window + duration
     * @param count how many failures
     */
    void ScheduleRandom(Ptr<FailureTarget> target,
                        Time first,
                        Time window,
                        Time duration,
                        Time period,
                        uint32_t count);

    /**
     * @brief Regular flapping.
     * @param target what fails
     * @param first when it first fails
     * @param down how long it stays down each time, above zero
     * @param up how long it works in between, above zero
     * @param count how many failures
     */
    void ScheduleFlapping(Ptr<FailureTarget> target,
                          Time first,
                          Time down,
                          Time up,
                          uint32_t count);

    /**
     * @brief Failures and repairs as a renewal process, until the simulation ends.
     * @param target what fails
     * @param from when the first time to failure begins
     * @param timeToFailure seconds from repair to failure, such as exponential with mean MTBF
     * @param timeToRepair seconds from failure to repair, such as exponential with mean MTTR
     */
    void ScheduleProcess(Ptr<FailureTarget> target,
                         Time from,
                         Ptr<RandomVariableStream> timeToFailure,
                         Ptr<RandomVariableStream> timeToRepair);

    /// One line of a script.
    struct ScriptLine
    {
        Time at;            //!< when
        std::string target; //!< what
        bool fail;          //!< down rather than up
    };

    /**
     * @brief Read a script of failures and repairs.
     *
     * One event a line, `time,target,down` or `time,target,up`, with the time in seconds; empty
     * lines and lines that begin with # count for nothing.
     *
     * @param script the script
     * @param names the targets that it may name
     * @param lines filled in, in the order of the script
     * @return what is wrong and in which line, none if nothing
     */
    static std::optional<std::string> ParseScript(std::istream& script,
                                                  const std::vector<std::string>& names,
                                                  std::vector<ScriptLine>& lines);

    /**
     * @brief Failures and repairs from a script, as ParseScript reads it.
     * @param script the script; nothing is scheduled unless all of it is sound
     * @param targets the targets that it may name
     * @return what is wrong and in which line, none if nothing
     */
    std::optional<std::string> ScheduleScript(std::istream& script,
                                              const std::vector<Ptr<FailureTarget>>& targets);

    /**
     * @brief When the last failure or repair is scheduled; processes apart, which never end.
     * @return the time, zero if there is none
     */
    Time GetLastScheduled() const;

    /**
     * @brief How many failures have begun.
     * @return the number
     */
    uint32_t GetNFailures() const;

    /**
     * @brief Fix the random streams, processes included that are scheduled already.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /// A renewal process.
    struct Process
    {
        Ptr<FailureTarget> target;               //!< what fails
        Ptr<RandomVariableStream> timeToFailure; //!< seconds
        Ptr<RandomVariableStream> timeToRepair;  //!< seconds
        bool down{false};                        //!< it holds the target down
    };

    void DoDispose() override;

    /**
     * @brief Schedule one change of one target.
     * @param at when
     * @param target what
     * @param fail true to break it
     */
    void ScheduleChange(Time at, Ptr<FailureTarget> target, bool fail);
    /**
     * @brief Break a target and tell.
     * @param target what
     */
    void Fail(Ptr<FailureTarget> target);
    /**
     * @brief Mend a target and tell.
     * @param target what
     */
    void Repair(Ptr<FailureTarget> target);
    /**
     * @brief Fire the trace.
     * @param target what changes
     * @param failed true for a failure, false for the repair
     */
    void Report(Ptr<FailureTarget> target, bool failed);
    /**
     * @brief Begin a process, drawing its first time to failure.
     * @param process index into m_processes
     */
    void StartProcess(std::size_t process);
    /**
     * @brief A process changes its target and draws the time to the next change.
     * @param process index into m_processes
     */
    void StepProcess(std::size_t process);

    Ptr<UniformRandomVariable> m_uniform;               //!< random instants
    std::vector<EventId> m_events;                      //!< everything scheduled
    std::vector<Process> m_processes;                   //!< renewal processes
    std::map<Ptr<FailureTarget>, uint32_t> m_numbers;   //!< number of each target's last failure
    Time m_lastScheduled;                               //!< last failure or repair scheduled
    uint32_t m_nFailures{0};                            //!< failures so far
    TracedCallback<const FailureEvent&> m_failureTrace; //!< ground truth
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_INJECTOR_H */
