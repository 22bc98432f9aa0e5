/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_OUTAGE_ERROR_MODEL_H
#define KEEPALIVE_OUTAGE_ERROR_MODEL_H

#include "outage-history.h"

#include "ns3/data-rate.h"
#include "ns3/error-model.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

class Channel;

namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One direction of a wire that can be cut, in front of any other error model.
 *
 * It is installed as the receive error model of a device, because that is the one hook that every
 * ns-3 device has. An error model sees a frame when its last bit arrives, which by itself would
 * let a frame through that was sent into the cut and arrives after the repair. This one knows
 * delay and rate of the wire, and so when the frame was sent; OutageHistory says what becomes of
 * it. Frames that wait in the sender's queue at the cut are sent into the cut wire, and lost, as
 * they come up.
 */
class OutageErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OutageErrorModel();
    ~OutageErrorModel() override;

    /**
     * @brief Say how long a frame takes, so that frames in flight are judged by when they left.
     * @param channel the wire, asked for its attribute Delay at every frame if it has one, so that
     *        delay changes are followed; may be null for no delay
     * @param rate bit rate of the sender; zero for no transmission time
     */
    void SetWire(Ptr<Channel> channel, DataRate rate);

    /**
     * @brief Frames that survive the cut go through this one next.
     * @param next an error model, or null
     */
    void SetNext(Ptr<ErrorModel> next);

    /**
     * @brief What comes after this one.
     * @return an error model, or null
     */
    Ptr<ErrorModel> GetNext() const;

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
     * @brief Let frames pass that never were on this wire, such as those of a loopback plug.
     * @param bypassed true from here on, false for frames of the wire again
     */
    void SetBypassed(bool bypassed);

    /**
     * @brief Frames that were lost to cuts so far.
     * @return the number
     */
    uint64_t GetLostFrames() const;

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    /**
     * @brief Whether the cut takes a frame whose last bit arrives now.
     * @param packet the frame
     * @return true if it is lost
     */
    bool IsLost(Ptr<const Packet> packet);

    Ptr<Channel> m_channel;   //!< the wire
    DataRate m_rate{0};       //!< bit rate of the sender
    Ptr<ErrorModel> m_next;   //!< what frames go through next
    OutageHistory m_outages;  //!< when it was cut
    uint64_t m_lostFrames{0}; //!< frames lost to cuts
    bool m_bypassed{false};   //!< what arrives was not on the wire
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_OUTAGE_ERROR_MODEL_H */
