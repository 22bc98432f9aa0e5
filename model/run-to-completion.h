/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_RUN_TO_COMPLETION_H
#define KEEPALIVE_RUN_TO_COMPLETION_H

#include <cstdint>
#include <functional>
#include <list>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Handles one input after the other, even those that come up while one is being handled.
 *
 * A protocol engine tells its owner what happened, and the owner may react by calling the engine
 * again, in the middle of what it was doing. Here such a call waits until that is done. Nothing is
 * scheduled: when the outermost call returns, everything has been handled, at the same instant.
 */
class RunToCompletion
{
  public:
    RunToCompletion() = default;

    RunToCompletion(const RunToCompletion&) = delete;
    RunToCompletion& operator=(const RunToCompletion&) = delete;

    /**
     * @brief Handle an input: now, or as soon as those before it are done.
     * @param input what to do
     */
    void Post(std::function<void()> input);

    /**
     * @brief Let inputs wait, or handle those that have been waiting.
     * @param held true to let them wait
     */
    void Hold(bool held);

    /**
     * @brief Whether inputs wait.
     * @return true while held
     */
    bool IsHeld() const;

    /// Forget what waits. An input that is being handled learns of it by GetClears.
    void Clear();

    /**
     * @brief How often everything was forgotten so far.
     * @return a count that an input compares before and after calling somebody else
     */
    uint32_t GetClears() const;

  private:
    /// Handle what waits, unless held or unless somebody further up the stack is doing so.
    void Run();

    std::list<std::function<void()>> m_inputs; //!< what waits; a list costs nothing while empty
    bool m_running{false};                     //!< an input is being handled
    bool m_held{false};                        //!< inputs wait
    uint32_t m_clears{0};                      //!< how often everything was forgotten
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_RUN_TO_COMPLETION_H */
