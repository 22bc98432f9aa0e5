/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_KEEPALIVE_PROCESS_H
#define KEEPALIVE_KEEPALIVE_PROCESS_H

#include "detection-event.h"
#include "hold-timer.h"
#include "link-transition.h"
#include "missed-reply-counter.h"
#include "periodic-timer.h"

#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The keepalive process of one interface: a clock that probes and a rule that judges.
 *
 * What the mechanisms that probe and count have in common: every interval it judges what is
 * outstanding and asks its owner to send a probe; its owner tells it of every reply. The packets,
 * and what becomes of a verdict, are the owner's.
 */
class KeepaliveProcess
{
  public:
    /**
     * @brief When the peer is suspected. R is the number of retries, T the interval.
     *
     * A plain enum because the attribute system before ns-3.41 takes no other.
     */
    enum VerdictRule
    {
        CISCO,             //!< at the attempt to send after R unanswered ones
        HUAWEI_SEND,       //!< at the R-th send in a row without an answer
        HUAWEI_EXPIRY,     //!< when the R-th message in a row has gone unanswered for T
        HOLD_TIME,         //!< when nothing came back for the hold time (H3C: R * T; Junos: set)
        HOLD_TIME_AT_TICK, //!< at the first tick after the hold time (Linux hdlc_ppp)
        BY_OWNER           //!< never by this process: its owner judges in SendProbe
    };

    /// What an operator configures.
    struct Config
    {
        Time interval;           //!< time between probes, T; zero means no keepalives
        uint32_t retries{3};     //!< R, 1 or more
        VerdictRule rule{CISCO}; //!< when the peer is suspected
        Time holdTime;           //!< for HOLD_TIME and HOLD_TIME_AT_TICK; zero means R * T
        uint32_t upCount{1};     //!< probes answered in a row that bring the line up again
    };

    /**
     * @brief Whose process it is: it owns the packets and the line.
     *
     * An interface, not callbacks: with ten thousand tunnels it is the memory that a keepalive
     * touches that counts.
     */
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /// Send a probe. Called at every tick, after the verdict of that tick.
        virtual void SendProbe() = 0;

        /**
         * @brief Whether a probe is needed, or other traffic has shown that the peer is alive.
         *
         * Asked at every tick, after its verdict. Without a probe nothing is outstanding, either.
         *
         * @return true to send a probe, as all but adaptive mechanisms always do
         */
        virtual bool IsProbeNeeded();

        /**
         * @brief Act on a verdict.
         * @param transition up or down, never NONE
         * @param cause why
         */
        virtual void HandleVerdict(LinkTransition transition, LineCause cause) = 0;
    };

    /**
     * @brief Create a process that is stopped.
     * @param owner whose it is; must outlive the process
     */
    explicit KeepaliveProcess(Owner& owner);

    KeepaliveProcess(const KeepaliveProcess&) = delete;
    KeepaliveProcess& operator=(const KeepaliveProcess&) = delete;

    /**
     * @brief Set the share of the first interval that passes before the first probe.
     * @param phase the share, see PeriodicTimer::SetStartPhase
     */
    void SetStartPhase(Ptr<RandomVariableStream> phase);

    /**
     * @brief Set the factor on each gap between probes.
     * @param jitter the factor, see PeriodicTimer::SetJitter
     */
    void SetJitter(Ptr<RandomVariableStream> jitter);

    /**
     * @brief Start afresh with this configuration: trusting the peer, nothing outstanding.
     * @param config the configuration; with interval zero the process stays stopped
     */
    void Start(const Config& config);

    /// Stop probing and judging. The verdict stays what it was.
    void Stop();

    /**
     * @brief The process hangs or comes back: the control plane of its router is stalled.
     *
     * While stalled no probe is sent and nothing is judged, and replies go unheard. Afterwards the
     * ticks go on where they would have been. A hold time that ran out meanwhile expires at once.
     *
     * @param stalled true to hang
     */
    void SetStalled(bool stalled);

    /**
     * @brief Whether the process hangs.
     * @return true while stalled
     */
    bool IsStalled() const;

    /// A reply arrived. While stopped or stalled it goes unheard.
    void OnReply();

    /**
     * @brief Whether probes are being sent.
     * @return true between Start with an interval above zero and Stop
     */
    bool IsRunning() const;

    /**
     * @brief Probes sent since the last reply, as a console prints it.
     * @return the count
     */
    uint32_t GetCount() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /// One tick: judge, then probe.
    void Tick();
    /// From now on the silence is counted anew.
    void RestartHoldTime();
    /// The hold time passed in silence.
    void HoldTimeExpired();
    /**
     * @brief Pass an edge on.
     * @param transition what the decision said; NONE is not passed on
     * @param cause why
     */
    void Report(LinkTransition transition, LineCause cause);

    Owner& m_owner;                    //!< whose process it is
    MissedReplyCounter m_counter;      //!< the decision
    PeriodicTimer m_ticks;             //!< when to probe
    HoldTimer m_hold;                  //!< silence, for HOLD_TIME
    Time m_lastReply;                  //!< last reply, or start, for HOLD_TIME_AT_TICK
    Time m_holdTime;                   //!< silence allowed; zero for other rules
    bool m_judgeSilenceAtTicks{false}; //!< the rule is HOLD_TIME_AT_TICK
    bool m_stalled{false};             //!< the process hangs
    uint32_t m_starts{0};              //!< starts and stops so far
    bool m_expiredWhileStalled{false}; //!< the hold time ran out while it hung
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_KEEPALIVE_PROCESS_H */
