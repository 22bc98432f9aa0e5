/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_OUTAGE_HISTORY_H
#define KEEPALIVE_OUTAGE_HISTORY_H

#include "ns3/nstime.h"

#include <cstdint>
#include <deque>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief When one direction of a wire was cut, and so which frames it lost.
 *
 * What becomes of a frame that is on the wire at the cut depends on where the wire is cut:
 *
 * - at the receiver (the default): lost, as all of it would have had to arrive before the cut;
 * - at the sender: delivered, if its last bit had left before the cut.
 *
 * Either way a frame passes after the repair only if its first bit was sent after it. Several
 * causes may cut the same wire at a time; it is whole again when all have ended.
 */
class OutageHistory
{
  public:
    /**
     * @brief Cut the wire, once more if it is cut already.
     * @param deliverInFlight true if the cut is at the sender: what has left arrives
     */
    void Cut(bool deliverInFlight);

    /// End one of the causes that cut the wire.
    void Restore();

    /**
     * @brief Whether the wire is cut.
     * @return true if there were more cuts than restores
     */
    bool IsCut() const;

    /**
     * @brief Whether there is anything to ask.
     * @return true if no outage, past or present, can concern a frame that arrives from now on
     */
    bool IsEmpty() const;

    /**
     * @brief Whether a cut takes a frame whose last bit arrives now. Ask in order of arrival.
     * @param firstBitLeft when the sender began to send it
     * @param lastBitLeft when the sender had sent all of it
     * @return true if it is lost
     */
    bool IsLost(Time firstBitLeft, Time lastBitLeft);

  private:
    /// A time in which the wire was, or is, cut.
    struct Outage
    {
        Time begin;           //!< when it was cut
        Time end;             //!< when it was whole again; Time::Max() while cut
        bool deliverInFlight; //!< where the cut is
    };

    uint32_t m_cuts{0};           //!< causes that cut it now
    std::deque<Outage> m_outages; //!< outages that may still concern frames, the last one last
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_OUTAGE_HISTORY_H */
