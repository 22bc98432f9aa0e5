/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_HOLD_TIMER_H
#define KEEPALIVE_HOLD_TIMER_H

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Tells when nothing has been heard for a given time.
 *
 * The other family of detectors: silence since the last arrival. BGP's hold time, BFD's detection
 * time, the keepalive timeout of H3C and Junos tunnels and the idle phase of TCP keepalives and
 * DPD are all this timer.
 *
 * Restarting is cheap: it moves the deadline and leaves the pending event where it is, which
 * re-arms itself for the remainder when it fires early. A session that hears a thousand packets
 * per hold time costs one event per hold time, not a thousand. (Simulator::Cancel would leave
 * every cancelled event in the queue until its time.)
 *
 * Ties: an arrival at the very instant of the deadline is within the hold time. The expiry
 * therefore lets everything go first that is already scheduled for that instant. Without that rule
 * a hold time of N intervals would expire after N - 1 lost messages instead of N whenever the
 * delay is constant.
 *
 * No jitter: jitter belongs to the sender.
 */
class HoldTimer
{
  public:
    HoldTimer() = default;
    ~HoldTimer();

    HoldTimer(const HoldTimer&) = delete;
    HoldTimer& operator=(const HoldTimer&) = delete;

    /**
     * @brief Set what happens when the hold time passes in silence.
     * @param expired called once per expiry; the timer is stopped by then and may be restarted
     */
    void SetExpired(Callback<void> expired);

    /**
     * @brief Something was heard, or waiting begins: allow this much silence from now on.
     * @param holdTime silence allowed; it may be shorter than before; zero disables the timer
     */
    void Restart(Time holdTime);

    /// Wait for nothing.
    void Stop();

    /**
     * @brief Whether an expiry lies ahead.
     * @return true between Restart and expiry or Stop
     */
    bool IsRunning() const;

    /**
     * @brief Silence still allowed.
     * @return time until expiry, zero when stopped
     */
    Time GetTimeLeft() const;

  private:
    /// Fire, or sleep on if something was heard meanwhile.
    void CheckDeadline();
    /// Everything else at the instant of the deadline has run: decide.
    void Expire();

    Callback<void> m_expired; //!< what to do on expiry
    EventId m_event;          //!< the pending check, at or before the deadline
    Time m_wakeUp;            //!< when the pending check runs
    Time m_deadline;          //!< when the silence becomes too long
    bool m_running{false};    //!< whether the deadline means anything
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_HOLD_TIMER_H */
