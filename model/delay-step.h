/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DELAY_STEP_H
#define KEEPALIVE_DELAY_STEP_H

#include "failure-target.h"

#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{

class Channel;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A wire whose delay steps to another value, as when its path is rerouted, and back.
 *
 * Not an outage: an end that suspects its peer over it is mistaken.
 */
class DelayStep : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    DelayStep();
    ~DelayStep() override;

    /**
     * @brief Set the wire and its delay while "failed".
     * @param channel a channel with an attribute Delay, such as PointToPointChannel
     * @param delay the one-way delay to step to
     */
    void SetChannel(Ptr<Channel> channel, Time delay);

    bool IsOutage() const override;

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<Channel> m_channel; //!< the wire
    Time m_delay;           //!< its delay while failed
    Time m_before;          //!< its delay before
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DELAY_STEP_H */
