/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LINK_CUT_H
#define KEEPALIVE_LINK_CUT_H

#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

class Ipv4LineBinder;
class OutageErrorModel;

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
     * @param direction the receiver's outage model
     */
    void AddDirection(Ptr<OutageErrorModel> direction);

    /**
     * @brief Add an interface that loses its carrier with the cut.
     * @param binder takes the interface down and up, static routes included
     */
    void AddCarrier(Ptr<Ipv4LineBinder> binder);

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

    std::string m_kind{"silent"};                    //!< what to call it
    InFlight m_inFlight{InFlight::LOST};             //!< frames on the wire
    std::vector<Ptr<OutageErrorModel>> m_directions; //!< what is cut
    std::vector<Ptr<Ipv4LineBinder>> m_carriers;     //!< who notices
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LINK_CUT_H */
