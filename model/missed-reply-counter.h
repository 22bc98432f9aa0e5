/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MISSED_REPLY_COUNTER_H
#define KEEPALIVE_MISSED_REPLY_COUNTER_H

#include "link-transition.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides, from probes sent and replies heard alone, whether the peer is alive.
 *
 * The decision behind every mechanism that counts at its own ticks: GRE keepalives, PPP LCP
 * echoes, Ethernet loopback keepalives and the retry phases of IKE DPD and TCP keepalives. It knows
 * no clock: the owner's tick is the time. It knows no packet: the owner says what happened.
 *
 * Three rules are in use. With probes every T, R = downCount and a failure at a uniformly random
 * instant, b after the send of the last answered probe having been the last moment at which that
 * probe could still succeed, the detection time is uniform on
 *
 * | rule               | interval                 | in use by                                     |
 * |--------------------|--------------------------|-----------------------------------------------|
 * | JUDGE_BEFORE_COUNT | [R*T - b, (R+1)*T - b)   | Cisco IOS GRE ("the next attempt to send")    |
 * | COUNT_BEFORE_JUDGE | [(R-1)*T - b, R*T - b)   | Huawei, counter +1 per message sent           |
 * | COUNT_EXPIRED      | [R*T - b, (R+1)*T - b)   | Huawei, counter +1 per message unanswered     |
 *
 * COUNT_BEFORE_JUDGE with R = 1 suspects the peer at every single probe: that is what the rule
 * says, and the reason why nobody configures it.
 *
 * Ties: the two inputs carry no time, so a reply and a tick at the same instant count in the order
 * in which they are reported. A reply reported first clears the count before the judgement.
 *
 * Copying copies configuration and state.
 */
class MissedReplyCounter
{
  public:
    /// When an unanswered probe counts, and when the count is judged.
    enum class Rule : uint8_t
    {
        JUDGE_BEFORE_COUNT, //!< at a tick: judge the unanswered, then count the new probe
        COUNT_BEFORE_JUDGE, //!< at a tick: count the new probe, then judge it with the others
        COUNT_EXPIRED       //!< at a tick: count the last probe if unanswered, then judge
    };

    /// A downCount that no count reaches: the peer is never suspected by counting.
    static constexpr uint32_t NEVER = UINT32_MAX;

    /**
     * @brief Start trusting the peer with nothing outstanding.
     * @param downCount unanswered probes that make the peer suspect; 1 or more, or NEVER
     * @param rule when probes count and are judged
     * @param upCount probes answered in a row, while suspect, that restore trust; 1 or more
     */
    explicit MissedReplyCounter(uint32_t downCount = 3,
                                Rule rule = Rule::JUDGE_BEFORE_COUNT,
                                uint32_t upCount = 1);

    /**
     * @brief The owner is about to send a probe: judge what is outstanding and count this one.
     * @return WENT_DOWN if the peer is now suspected
     */
    [[nodiscard]] LinkTransition OnProbe();

    /**
     * @brief Evidence of life arrived: nothing is outstanding any more.
     *
     * A reply to any earlier probe counts, however old: GRE keepalives carry no number to tell
     * them apart.
     *
     * @return WENT_UP if the peer is now trusted again
     */
    [[nodiscard]] LinkTransition OnReply();

    /**
     * @brief Something other than the count, such as a hold timer, declares the peer dead.
     * @return WENT_DOWN unless the peer was suspected already
     */
    [[nodiscard]] LinkTransition OnSilence();

    /// Forget everything that happened: trusted, nothing outstanding. The configuration stays.
    void Reset();

    /**
     * @brief Whether the peer is trusted.
     * @return true while the peer is trusted
     */
    bool IsUp() const;

    /**
     * @brief The count that a console prints: probes sent (or missed) since the last reply.
     * @return the count; it stops at UINT32_MAX and never wraps to a healthy-looking zero
     */
    uint32_t GetCount() const;

  private:
    /// Add one to the count without wrapping.
    void Count();

    uint32_t m_downCount;         //!< the count that makes the peer suspect
    uint32_t m_upCount;           //!< answered probes in a row that restore trust
    Rule m_rule;                  //!< order of counting and judging
    bool m_up{true};              //!< the verdict
    bool m_awaiting{false};       //!< a probe is out and no reply has come since
    uint32_t m_count{0};          //!< probes sent or missed since the last reply
    uint32_t m_answeredInARow{0}; //!< probes answered in a row while suspect
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MISSED_REPLY_COUNTER_H */
