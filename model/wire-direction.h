/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_WIRE_DIRECTION_H
#define KEEPALIVE_WIRE_DIRECTION_H

#include "ns3/callback.h"
#include "ns3/ptr.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One direction of a link, as a failure sees it: something that can be cut and mended.
 *
 * A serial line has wires of its own; on any other link an OutageErrorModel stands for the wire.
 * They have no base class in common, so this keeps the two functions that matter.
 */
class WireDirection
{
  public:
    /**
     * @brief Refer to a wire, and keep it.
     * @tparam T SerialWire or OutageErrorModel
     * @param wire the wire
     */
    template <typename T>
    explicit WireDirection(Ptr<T> wire)
        : m_cut(MakeCallback(&T::Cut, wire)),
          m_restore(MakeCallback(&T::Restore, wire))
    {
    }

    /**
     * @brief Cut it.
     * @param deliverInFlight true if the cut is at the sender: what has left arrives
     */
    void Cut(bool deliverInFlight) const
    {
        m_cut(deliverInFlight);
    }

    /// End this cut.
    void Restore() const
    {
        m_restore();
    }

  private:
    Callback<void, bool> m_cut; //!< how to cut it
    Callback<void> m_restore;   //!< how to mend it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_WIRE_DIRECTION_H */
