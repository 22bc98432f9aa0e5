/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_RETRANSMISSION_LIMIT_H
#define KEEPALIVE_TCP_RETRANSMISSION_LIMIT_H

#include "tcp-end-cause.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides when unacknowledged data ends a connection.
 *
 * R2 of RFC 9293 section 3.8.3: at least 100 s, or as many retransmissions as that takes. Stacks
 * differ in what they count:
 *
 * | rule  | gives up                                                   | stacks           |
 * |-------|------------------------------------------------------------|------------------|
 * | MODEL | when the time n retransmissions take from the shortest     | Linux            |
 * |       | timeout on has passed since the first one                  |                  |
 * | COUNT | when the timer expires after n retransmissions             | FreeBSD, Windows |
 * | TIME  | when that time has passed since the data was sent          | Solaris, RFC     |
 *
 * A user timeout replaces all of them and counts, as on Linux, from the first retransmission. Only
 * an expiring timer gives up: with MODEL and TIME it is the first one at or after the limit. Times
 * are in nanoseconds.
 */
class TcpRetransmissionLimit
{
  public:
    /// What is counted.
    enum class Rule : uint8_t
    {
        MODEL, //!< time that a number of retransmissions would take
        COUNT, //!< retransmissions
        TIME   //!< time
    };

    /// What the stack does.
    struct Settings
    {
        Rule rule{Rule::MODEL}; //!< what is counted
        uint32_t retries{15};   //!< n of MODEL and COUNT: Linux's tcp_retries2
        int64_t time{0};        //!< of TIME, in ns
        int64_t shortest{0};    //!< of MODEL: first timeout, in ns
        int64_t longest{0};     //!< of MODEL: where doubling stops, in ns
        int64_t userTimeout{0}; //!< U, in ns; 0 for none
    };

    /**
     * @brief Change the limit; what was counted stays so.
     * @param settings the limit
     */
    void Configure(const Settings& settings);

    /**
     * @brief Time that a number of retransmissions takes, the wait after the last one included.
     * @param retries how many
     * @param shortest first timeout, in ns; above 0
     * @param longest where doubling stops, in ns; at least the shortest
     * @return the time, in ns: 924.6 s for 15 between 0.2 s and 120 s; INT64_MAX at most
     */
    static int64_t GetModelTime(uint32_t retries, int64_t shortest, int64_t longest);

    /// Data was acknowledged, or nothing is outstanding: nothing counts any more.
    void OnProgress();

    /**
     * @brief The retransmission timer expired.
     * @param now the time, in ns
     * @param waited time since the data was first sent, in ns
     * @return why to give up, or NONE to retransmit; the retransmission then counts as sent
     */
    [[nodiscard]] TcpEndCause OnTimeout(int64_t now, int64_t waited);

    /**
     * @brief Shorten a timeout so that it expires when the user timeout does.
     * @param now the time, in ns
     * @param timeout the timeout, in ns
     * @return the timeout to use, in ns; above 0
     */
    int64_t Clamp(int64_t now, int64_t timeout) const;

    /**
     * @brief Retransmissions since the last progress.
     * @return how many
     */
    uint32_t GetRetransmissions() const;

  private:
    Settings m_settings;           //!< the limit
    uint32_t m_retransmissions{0}; //!< since the last progress
    int64_t m_first{0};            //!< when the first of them was sent, in ns
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_RETRANSMISSION_LIMIT_H */
