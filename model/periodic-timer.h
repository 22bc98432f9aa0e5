/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PERIODIC_TIMER_H
#define KEEPALIVE_PERIODIC_TIMER_H

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The sender's clock: a tick every interval, from a random phase on.
 *
 * The only repeating event of this module. Real routers do not boot together, so the first tick
 * comes after a random share of the interval: with every node started at t = 0 each detection time
 * would be an artefact of that. From then on ticks are exact multiples of the interval apart (no
 * drift), unless a jitter is set, which multiplies each gap.
 */
class PeriodicTimer
{
  public:
    PeriodicTimer() = default;
    ~PeriodicTimer();

    PeriodicTimer(const PeriodicTimer&) = delete;
    PeriodicTimer& operator=(const PeriodicTimer&) = delete;

    /**
     * @brief Set what happens at each tick.
     * @param tick called at each tick; it may stop or restart the timer
     */
    void SetTick(Callback<void> tick);

    /**
     * @brief Set where in the first interval the first tick falls.
     * @param phase share of the interval, drawn once per Start, meant to lie in [0, 1); null means
     *        0, the first tick at once
     */
    void SetStartPhase(Ptr<RandomVariableStream> phase);

    /**
     * @brief Set the factor that each gap is multiplied by.
     * @param jitter the factor, drawn once per gap, such as uniform 0.75 to 1.0 (RFC 4271 section
     *        10); a draw below zero counts as zero; null means exactly 1
     */
    void SetJitter(Ptr<RandomVariableStream> jitter);

    /**
     * @brief Start ticking, from a fresh random phase. A running timer starts over.
     * @param interval time between ticks; zero stops the timer
     */
    void Start(Time interval);

    /// Stop ticking.
    void Stop();

    /**
     * @brief Whether ticks lie ahead.
     * @return true between Start and Stop
     */
    bool IsRunning() const;

    /**
     * @brief Time until the next tick.
     * @return time left, zero when stopped
     */
    Time GetTimeLeft() const;

    /**
     * @brief Fix the random streams of phase and jitter.
     * @param stream first stream number to use
     * @return how many stream numbers were used: always 2, so that adding a jitter moves nothing
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /// Schedule the tick after this one, then tick.
    void Tick();
    /**
     * @brief The next gap, jitter included.
     * @return time to the next tick; at least one unit of time, so that time goes on
     */
    Time DrawGap() const;

    Callback<void> m_tick;              //!< what to do at each tick
    Ptr<RandomVariableStream> m_phase;  //!< share of the interval before the first tick
    Ptr<RandomVariableStream> m_jitter; //!< factor on each gap
    Time m_interval;                    //!< time between ticks
    EventId m_event;                    //!< the next tick
    bool m_running{false};              //!< ticks lie ahead
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PERIODIC_TIMER_H */
