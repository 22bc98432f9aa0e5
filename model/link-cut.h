/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINK_CUT_H
#define KEEPALIVE_LINK_CUT_H

#include "failure-target.h"
#include "wire-direction.h"

#include "ns3/callback.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A cable that is cut, in one direction or both, with or without loss of carrier.
 *
 * Without carrier loss the cut is silent: nothing tells either end, whose interfaces stay up. With
 * carrier loss the interfaces at both ends go down as well, and routing reacts at once: that is a
 * signalled failure, which needs no keepalive to be noticed.
 */
class LinkCut : public FailureTarget
{
  public:
    /// Where on the wire the cut is, and so what becomes of frames in flight at that moment.
    enum class InFlight
    {
        LOST,     //!< cut at the receiver: they do not arrive
        DELIVERED //!< cut at the sender: what has left arrives
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LinkCut();
    ~LinkCut() override;

    /**
     * @brief Add a direction that the cut affects.
     * @param direction the wire
     */
    void AddDirection(const WireDirection& direction);

    /**
     * @brief Add something that notices the cut at once.
     * @param lost what happens when the carrier is lost
     * @param restored what happens when it is back
     */
    void AddCarrier(Callback<void> lost, Callback<void> restored);

    /**
     * @brief Set what becomes of frames in flight.
     * @param inFlight lost (the default) or delivered
     */
    void SetInFlight(InFlight inFlight);

    std::string GetKind() const override;

    /**
     * @brief Say what to call this failure.
     * @param kind a name such as "silent", "one-way" or "carrier"
     */
    void SetKind(const std::string& kind);

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    std::string m_kind{"silent"};            //!< what to call it
    InFlight m_inFlight{InFlight::LOST};     //!< frames on the wire
    std::vector<WireDirection> m_directions; //!< what is cut
    /// who notices: what to do when the carrier is lost, and when it is back
    std::vector<std::pair<Callback<void>, Callback<void>>> m_carriers;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINK_CUT_H */
