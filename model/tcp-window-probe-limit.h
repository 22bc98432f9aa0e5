/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_WINDOW_PROBE_LIMIT_H
#define KEEPALIVE_TCP_WINDOW_PROBE_LIMIT_H

#include "tcp-end-cause.h"
#include "tcp-retransmission-limit.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides how often a closed window is probed, and when a peer that closed it is given up.
 *
 * A window may stay closed for as long as the peer answers (RFC 9293 section 3.8.6.1). The limit
 * is that of retransmissions, applied to probes without an answer:
 *
 * | rule         | gives up when the timer expires                       | doublings           |
 * |--------------|-------------------------------------------------------|---------------------|
 * | MODEL, COUNT | with n probes unanswered, n at least 1                | at most n           |
 * | TIME         | that time after the first probe that was not answered | as many as it takes |
 *
 * A user timeout adds a limit from the first probe on even if the peer answers, as on Linux. Only
 * an expiring timer gives up. Times are in nanoseconds.
 */
class TcpWindowProbeLimit
{
  public:
    /**
     * @brief Change the limit; what was counted stays so.
     * @param settings the limit; the longest interval is its longest timeout
     */
    void Configure(const TcpRetransmissionLimit::Settings& settings);

    /// The window closed: nothing was sent yet.
    void Begin();

    /// The peer gave a sign of life.
    void OnLife();

    /**
     * @brief The timer expired.
     * @param now the time, in ns
     * @return why to give up, or NONE to send a probe, which then counts as sent
     */
    [[nodiscard]] TcpEndCause OnTimer(int64_t now);

    /**
     * @brief How long to wait after a probe.
     * @param now the time, in ns
     * @param timeout the retransmission timeout, not backed off, in ns; above 0
     * @return the wait, in ns; above 0
     */
    int64_t GetWait(int64_t now, int64_t timeout) const;

  private:
    /**
     * @brief Probes that may be unanswered.
     * @return how many, for the rules MODEL and COUNT; 1 at least, as one is needed to ask
     */
    uint32_t GetMost() const;

    TcpRetransmissionLimit::Settings m_settings; //!< the limit
    uint32_t m_probes{0};                        //!< sent since the window closed
    uint32_t m_unanswered{0};                    //!< of these, since the last sign of life
    int64_t m_first{0};                          //!< when the first of them was sent, in ns
    int64_t m_silent{0};                         //!< when the first unanswered one was, in ns
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_WINDOW_PROBE_LIMIT_H */
