/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_DECISION_H
#define KEEPALIVE_TCP_KEEPALIVE_DECISION_H

#include "missed-reply-counter.h"
#include "tcp-end-cause.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides what a TCP keepalive timer does when it fires: wait, probe or give up.
 *
 * One timer per connection serves two phases: idle, until nothing was heard for T, and then one
 * probe per interval I until n of them went unanswered. No RFC prescribes an algorithm (RFC 9293
 * section 3.8.4); these are the ones in use:
 *
 * | rule    | gives up                                        | stacks                   |
 * |---------|-------------------------------------------------|--------------------------|
 * | COUNT   | at the tick that finds n probes unanswered      | Linux, Windows           |
 * | SILENCE | at the tick that finds a silence of T + n*I     | FreeBSD, macOS           |
 * | BACKOFF | after a silence of T plus an abort time; probes | Solaris                  |
 * |         | at intervals that double                        |                          |
 *
 * With COUNT and SILENCE the peer is given up T + n*I after the last sign of life, with BACKOFF T
 * plus the abort time. While probes are answered there is one every max(T + round-trip time, I),
 * because the timer runs I after a probe before it looks again. A user timeout U takes the place
 * of n, but never before one probe is out: with the first tick of T + k*I, k >= 1, at or after U.
 *
 * Time is given in nanoseconds, as the silence when the timer fires: the decision knows no clock.
 * Ties: a sign of life reported before the timer counts.
 */
class TcpKeepaliveDecision
{
  public:
    /// How the peer is given up.
    enum class Rule : uint8_t
    {
        COUNT,   //!< by the number of unanswered probes
        SILENCE, //!< by the length of the silence
        BACKOFF  //!< by the length of the silence, with intervals that double
    };

    /// What an operator configures, and what the stack adds.
    struct Settings
    {
        int64_t idle{0};            //!< T: silence before the first probe, in ns; above 0
        int64_t interval{0};        //!< I: time between probes, in ns; above 0
        uint32_t probes{0};         //!< n: unanswered probes; 0 for none at all (not BACKOFF)
        int64_t userTimeout{0};     //!< U: silence that ends all, in ns; 0 for none
        Rule rule{Rule::COUNT};     //!< how the peer is given up
        bool deferWithData{true};   //!< no probes while data is outstanding (RFC 9293 MUST-26)
        int64_t abortTime{0};       //!< of BACKOFF: silence after T that ends all, in ns; 0: never
        int64_t longestInterval{0}; //!< of BACKOFF: where doubling stops, in ns
    };

    /// What to do.
    enum class Action : uint8_t
    {
        WAIT,  //!< nothing yet
        PROBE, //!< send a probe
        ABORT  //!< give the connection up
    };

    /// What to do, and when to ask again.
    struct Verdict
    {
        Action action{Action::WAIT};          //!< what to do
        int64_t again{0};                     //!< fire again after this time, in ns; above 0
        TcpEndCause cause{TcpEndCause::NONE}; //!< of ABORT: why
    };

    /**
     * @brief Start with nothing unanswered.
     * @param settings the timers
     */
    explicit TcpKeepaliveDecision(const Settings& settings);

    /**
     * @brief Change the timers; what is unanswered stays so.
     * @param settings the timers
     */
    void Configure(const Settings& settings);

    /**
     * @brief The timers in force.
     * @return what was configured
     */
    const Settings& GetSettings() const;

    /**
     * @brief How long the timer runs when it is set anew during a silence.
     * @param silence time since the last sign of life, in ns; 0 or more
     * @return time until it fires, in ns; 0 if it is due
     */
    int64_t GetFirstWait(int64_t silence) const;

    /**
     * @brief The timer fired.
     * @param silence time since the last sign of life, in ns; 0 or more
     * @param outstanding data, or a FIN, waits to be sent or acknowledged
     * @return what to do; after PROBE the probe counts as sent
     */
    [[nodiscard]] Verdict OnTimer(int64_t silence, bool outstanding);

    /// A sign of life: nothing is unanswered any more.
    void OnLife();

    /**
     * @brief Probes sent since the last sign of life.
     * @return how many
     */
    uint32_t GetUnanswered() const;

  private:
    /**
     * @brief Whether the peer is to be given up at this tick.
     * @param silence time since the last sign of life, in ns
     * @return why, or NONE
     */
    TcpEndCause Judge(int64_t silence) const;

    /**
     * @brief Time from this probe to the next tick.
     * @param silence time since the last sign of life, in ns
     * @return the time, in ns
     */
    int64_t GetInterval(int64_t silence) const;

    Settings m_settings;         //!< the timers
    MissedReplyCounter m_probes; //!< probes since the last sign of life
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_DECISION_H */
