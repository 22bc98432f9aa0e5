/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_DECISION_H
#define KEEPALIVE_DPD_DECISION_H

#include <cstdint>
#include <limits>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides when an end of an IKE SA asks whether its peer is alive, asks again, and gives it
 *        up.
 *
 * Idle, then probing, then dead. No RFC prescribes when to ask (RFC 3706 section 5.5, RFC 7296
 * section 2.4); what implementations do differs in three things:
 *
 * | pace    | a request is due                                            | who               |
 * |---------|-------------------------------------------------------------|-------------------|
 * | CLOCK   | a delay after the last request, whatever arrives            | Cisco, periodic   |
 * | ANSWER  | a delay after the last answer, whatever else arrives        | racoon            |
 * | SILENCE | a delay after the last sign of life: answer, data, requests | strongSwan, libreswan,
 * Cisco on demand |
 *
 * | rule         | asks again                              | gives up                            |
 * |--------------|-----------------------------------------|-------------------------------------|
 * | COUNT        | every retry                             | after 1 + retries requests          |
 * | BACKOFF      | after retry, retry * base, ...          | after 1 + retries transmissions     |
 * | DOUBLING     | after retry, retry, 2 * retry, 4 * ...  | when a timer finds timeout passed   |
 * | SILENCE      | every delay                             | timeout after the last sign of life |
 * | REQUEST_TIME | every delay                             | timeout after the first unanswered  |
 *
 * A third difference: in IKEv1 any sign of life ends the probing (not with racoon), in IKEv2 only
 * the response does: a request is an exchange, retransmitted until it is answered or the SA has
 * failed (RFC 7296 section 2.1).
 *
 * Times are in nanoseconds on one clock that never goes back. Ties: what is reported before the
 * timer counts.
 */
class DpdDecision
{
  public:
    static constexpr int64_t NEVER = std::numeric_limits<int64_t>::max(); //!< no timer

    /// When the first request of a series is due.
    enum class Pace : uint8_t
    {
        CLOCK,  //!< a delay after the last request
        ANSWER, //!< a delay after the last answer
        SILENCE //!< a delay after the last sign of life
    };

    /// When to ask again, and when to give up.
    enum class Rule : uint8_t
    {
        COUNT,       //!< at equal intervals, a number of times
        BACKOFF,     //!< at intervals that grow by a factor, a number of times
        DOUBLING,    //!< at intervals that double, for a time
        SILENCE,     //!< every delay, until the silence is too long
        REQUEST_TIME //!< every delay, until a time after the first unanswered request
    };

    /// What an operator configures, and what the implementation adds. Times in ns.
    struct Settings
    {
        Pace pace{Pace::CLOCK};  //!< when a request is due
        bool onDemand{false};    //!< ask only when there is data to send; pace SILENCE
        int64_t delay{0};        //!< time before a request; above 0
        Rule rule{Rule::COUNT};  //!< how the peer is given up
        int64_t retry{0};        //!< of COUNT, BACKOFF, DOUBLING: the first interval; above 0
        uint32_t retries{0};     //!< of COUNT, BACKOFF: requests after the first
        double base{1};          //!< of BACKOFF: factor on the interval; 1 or more
        int64_t timeout{0};      //!< of DOUBLING, SILENCE, REQUEST_TIME; SILENCE: above delay
        bool finalWait{true};    //!< of COUNT: an answer to the last request is waited for
        bool onlyAnswer{false};  //!< only an answer ends the probing, no other sign of life
        bool repeat{false};      //!< the same request is sent again, not a new one (IKEv2)
        bool dataIsLife{true};   //!< data received is a sign of life
        int64_t slack{0};        //!< a silence shorter by this much is enough for a request
        bool fullRecheck{false}; //!< data found when a request is due puts it off by a whole delay
    };

    /// What to send.
    enum class Send : uint8_t
    {
        NOTHING, //!< nothing
        REQUEST, //!< a new request
        AGAIN    //!< the last request again, the same octets
    };

    /// What to do, in this order, and when to ask the decision again.
    struct Verdict
    {
        Send send{Send::NOTHING}; //!< what to send
        bool dead{false};         //!< then give the peer up
        int64_t wake{NEVER};      //!< call OnTimer at this time
    };

    /**
     * @brief Why these settings cannot work.
     * @param settings the settings
     * @return the reason; empty if they can
     */
    static std::string Check(const Settings& settings);

    /**
     * @brief Create a decision that waits for Start.
     * @param settings the timers
     */
    explicit DpdDecision(const Settings& settings);

    /**
     * @brief The timers in force.
     * @return what was configured
     */
    const Settings& GetSettings() const;

    /**
     * @brief An SA was established: its peer is alive now, nothing is unanswered.
     * @param now the time
     * @return when to call OnTimer
     */
    Verdict Start(int64_t now);

    /**
     * @brief The timer fired. It may be called too early, or late.
     * @param now the time
     * @return what to do
     */
    [[nodiscard]] Verdict OnTimer(int64_t now);

    /**
     * @brief The outstanding request was answered.
     * @param now the time
     * @return when to call OnTimer
     */
    Verdict OnAnswer(int64_t now);

    /**
     * @brief A valid IKE message arrived that is no answer.
     * @param now the time
     * @return when to call OnTimer
     */
    Verdict OnMessage(int64_t now);

    /**
     * @brief Data arrived (ESP).
     * @param now the time
     * @return when to call OnTimer
     */
    Verdict OnData(int64_t now);

    /**
     * @brief Data is about to be sent.
     * @param now the time
     * @return what to do first
     */
    [[nodiscard]] Verdict OnOutbound(int64_t now);

    /**
     * @brief Whether a request is unanswered.
     * @return true while probing
     */
    bool IsProbing() const;

    /**
     * @brief Whether the peer was given up.
     * @return true from then until Start
     */
    bool IsDead() const;

    /**
     * @brief Transmissions since the last sign of life that counts.
     * @return how many
     */
    uint32_t GetUnanswered() const;

    /**
     * @brief The time from the first unanswered request until the peer is given up.
     * @param settings the timers
     * @return the time, in ns; of the rule SILENCE for a request that is sent when it is due
     */
    static int64_t GetProbingTime(const Settings& settings);

    /**
     * @brief How long an answer is waited for before the next transmission, or the end.
     * @param settings the timers
     * @param transmission 1 for the first request of a series
     * @return the time, in ns; of SILENCE and REQUEST_TIME without regard to their timeout
     */
    static int64_t GetWait(const Settings& settings, uint32_t transmission);

  private:
    /// Where it stands.
    enum class State : uint8_t
    {
        STOPPED, //!< no SA yet
        IDLE,    //!< nothing is unanswered
        PROBING, //!< a request is unanswered
        DEAD     //!< the peer was given up
    };

    /**
     * @brief Nothing to do but wait.
     * @return the verdict that says until when
     */
    Verdict Wait() const;
    /**
     * @brief The first request of a series.
     * @param now the time
     * @return the verdict
     */
    Verdict Ask(int64_t now);
    /**
     * @brief The peer gave a sign of life that ends the probing.
     * @param now the time
     */
    void Relax(int64_t now);
    /**
     * @brief The timer fired while nothing is unanswered.
     * @param now the time
     * @return what to do
     */
    Verdict OnIdle(int64_t now);
    /**
     * @brief The timer fired while a request is unanswered.
     * @param now the time
     * @return what to do
     */
    Verdict OnProbing(int64_t now);
    /**
     * @brief A request leaves: set the timer, or give up at once if its answer is not waited for.
     * @param now the time
     * @param send what leaves
     * @return the verdict
     */
    Verdict Transmit(int64_t now, Send send);
    /**
     * @brief When the peer is given up, by the rules SILENCE and REQUEST_TIME.
     * @return the time
     */
    int64_t GetDeadline() const;
    /**
     * @brief The last sign of life, answers included.
     * @return when it came
     */
    int64_t GetLastLife() const;

    Settings m_settings;           //!< the timers
    State m_state{State::STOPPED}; //!< where it stands
    int64_t m_next{NEVER};         //!< when something is due
    int64_t m_lastControl{0};      //!< last IKE message of the peer, or start
    int64_t m_lastData{0};         //!< last data of the peer, or start
    int64_t m_firstRequest{0};     //!< first unanswered request
    int64_t m_lastRequest{0};      //!< last transmission
    uint32_t m_unanswered{0};      //!< transmissions since the last sign of life
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_DECISION_H */
