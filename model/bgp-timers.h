/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_TIMERS_H
#define KEEPALIVE_BGP_TIMERS_H

#include "bgp-action.h"
#include "bgp-event.h"
#include "bgp-profile.h"
#include "hold-timer.h"

#include "ns3/callback.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <array>
#include <cstddef>
#include <vector>

namespace ns3
{
namespace keepalive
{

/// The timers of a BGP session (RFC 4271 section 8.1.3, RFC 9687 section 4).
enum class BgpTimer : uint8_t
{
    CONNECT_RETRY, //!< ConnectRetryTimer
    HOLD,          //!< HoldTimer
    KEEPALIVE,     //!< KeepaliveTimer
    DELAY_OPEN,    //!< DelayOpenTimer
    IDLE_HOLD,     //!< IdleHoldTimer
    SEND_HOLD      //!< SendHoldTimer
};

/**
 * @ingroup keepalive
 * @brief The timers of a BGP session. What expires becomes an event of its state machine.
 *
 * All of them are HoldTimers, which cost nothing to restart: a session under load restarts some of
 * them with every message.
 */
class BgpTimers
{
  public:
    BgpTimers();

    BgpTimers(const BgpTimers&) = delete;
    BgpTimers& operator=(const BgpTimers&) = delete;

    /**
     * @brief Set who hears of expiries.
     * @param expired called with the event of the timer
     */
    void SetExpired(Callback<void, BgpEvent> expired);

    /**
     * @brief Set what the times are multiplied by.
     * @param jitter uniform; null until disposal
     */
    void SetJitter(Ptr<UniformRandomVariable> jitter);

    /**
     * @brief Set the times that the profile knows, before anything is agreed on.
     * @param profile the profile
     * @param holdTime the hold time that is configured, in seconds
     */
    void Configure(const BgpProfile& profile, uint16_t holdTime);

    /**
     * @brief Set the times that both ends agreed on.
     * @param profile the profile
     * @param holdTime the hold time, in seconds; 0 for no limit to silence
     * @param keepaliveTime the keepalive time, in seconds; 0 for no KEEPALIVEs
     */
    void Agree(const BgpProfile& profile, uint16_t holdTime, double keepaliveTime);

    /**
     * @brief Let the HoldTimer run on, for a time that neither end proposed.
     * @param seconds the time, before jitter
     */
    void ExtendHold(double seconds);

    /**
     * @brief Do what the state machine says, if it is about timers.
     * @param action what it says
     * @return false if it is about something else
     */
    bool Execute(BgpAction action);

    /**
     * @brief Start a timer, or start it over.
     * @param timer which
     */
    void Start(BgpTimer timer);

    /**
     * @brief Stop a timer.
     * @param timer which
     */
    void Stop(BgpTimer timer);

    /// Stop all of them, and forget what expired during a stall.
    void StopAll();

    /**
     * @brief Whether a timer runs.
     * @param timer which
     * @return true between Start and expiry or Stop
     */
    bool IsRunning(BgpTimer timer) const;

    /**
     * @brief Time until a timer expires.
     * @param timer which
     * @return the time, zero if it does not run
     */
    Time GetTimeLeft(BgpTimer timer) const;

    /**
     * @brief The process hangs: what expires waits until it comes back.
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

  private:
    static constexpr std::size_t COUNT = 6; //!< number of timers

    /// How long a timer runs.
    struct Duration
    {
        double seconds{0};         //!< nominally; 0 for not at all
        BgpProfile::Jitter jitter; //!< range of the factor on it
    };

    /**
     * @brief Start a timer.
     * @param timer which
     * @param duration how long it is to run
     */
    void Start(BgpTimer timer, const Duration& duration);

    /**
     * @brief A timer expired.
     * @param timers whose
     * @param timer which
     */
    static void Expire(BgpTimers* timers, BgpTimer timer);

    std::array<HoldTimer, COUNT> m_timers;   //!< by BgpTimer
    std::array<Duration, COUNT> m_durations; //!< by BgpTimer
    Duration m_largeHold;                    //!< of HOLD before anything is agreed on
    Ptr<UniformRandomVariable> m_jitter;     //!< draws the factors
    Callback<void, BgpEvent> m_expired;      //!< who hears of it
    bool m_stalled{false};                   //!< what expires waits
    std::vector<BgpTimer> m_waiting;         //!< expired meanwhile, in order
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_TIMERS_H */
