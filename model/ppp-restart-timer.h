/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_RESTART_TIMER_H
#define KEEPALIVE_PPP_RESTART_TIMER_H

#include "hold-timer.h"

#include "ns3/callback.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The Restart timer of a PPP control protocol, and its counter (RFC 1661 section 4.6).
 */
class PppRestartTimer
{
  public:
    /**
     * @brief Create a timer that is stopped, with nothing left to send.
     * @param period time from a request to its repetition
     */
    explicit PppRestartTimer(Time period);

    /**
     * @brief Set what happens when the timer expires.
     * @param expired called once per expiry; the timer is stopped by then
     */
    void SetExpired(Callback<void> expired);

    /**
     * @brief Initialize-Restart-Count, irc.
     * @param requests how many may be sent; 0 means any number
     */
    void SetCount(uint32_t requests);

    /// Zero-Restart-Count, zrc: wait for one period before whatever comes next.
    void Zero();

    /// A request is sent: count it, and wait for its answer.
    void CountRequest();

    /**
     * @brief Wait, without counting.
     * @param time how long; zero stops the timer
     */
    void Wait(Time time);

    /// Wait for nothing. The counter stays.
    void Stop();

    /**
     * @brief Whether another request may be sent.
     * @return true for TO+, false for TO-
     */
    bool HasMore() const;

    /**
     * @brief Whether an expiry lies ahead.
     * @return true while waiting
     */
    bool IsRunning() const;

  private:
    Time m_period;         //!< time from a request to its repetition
    HoldTimer m_timer;     //!< the timer; what comes at the last instant is in time
    uint32_t m_count{0};   //!< requests that may still be sent
    bool m_endless{false}; //!< any number may
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_RESTART_TIMER_H */
