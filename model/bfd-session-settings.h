/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SESSION_SETTINGS_H
#define KEEPALIVE_BFD_SESSION_SETTINGS_H

#include "bfd-timing.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the operator says of one end of a BFD session. Nothing of it is lost in a crash.
 */
class BfdSessionSettings : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdSessionSettings();
    ~BfdSessionSettings() override;

    /**
     * @brief Want other timers. While the session is Up the peer is told in a Poll Sequence.
     * @param desiredMinTx how fast we would like to send; 1 us to 2^32 - 1 us
     * @param requiredMinRx how fast we can receive; likewise
     */
    void SetTimers(Time desiredMinTx, Time requiredMinRx);

    /**
     * @brief Want another detection multiplier, at the peer.
     * @param multiplier 1 to 255; 0 is taken as 1
     */
    void SetDetectMult(uint8_t multiplier);

    /**
     * @brief Shut or enable the session, as the operator. A session that is shut tells the peer so
     *        for the detection time of the peer, then is silent. A crash does not undo it.
     * @param adminDown true to shut it
     */
    void SetAdminDown(bool adminDown);

    /**
     * @brief Whether the operator has shut it.
     * @return true if so
     */
    bool IsAdminDown() const;

    /**
     * @brief Address of the peer.
     * @return attribute RemoteAddress
     */
    Ipv4Address GetRemoteAddress() const;

    /**
     * @brief Our own address.
     * @return attribute LocalAddress; any if the route decides
     */
    Ipv4Address GetLocalAddress() const;

    /**
     * @brief Whether there may be routers between the ends.
     * @return attribute MultiHop
     */
    bool IsMultiHop() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many stream numbers were used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

    /// The timers or the multiplier were set, perhaps to what they were.
    virtual void HandleTimers() = 0;
    /// The session was shut or enabled, perhaps again.
    virtual void HandleAdminDown() = 0;

    /**
     * @brief Timers and multiplier.
     * @return as the operator wants them
     */
    const BfdTiming::Parameters& GetTimers() const;

    /**
     * @brief Whether the peer is to speak first.
     * @return attribute Passive
     */
    bool IsPassive() const;

    /**
     * @brief Draw when to begin.
     * @return share of the first interval, from 0 to 1
     */
    double DrawStartPhase() const;

    /**
     * @brief Draw the length of a gap.
     * @return from 0 for the least that is allowed to 1 for the greatest
     */
    double DrawJitter() const;

  private:
    /**
     * @brief Set one of the two timers.
     * @param interval attribute DesiredMinTxInterval
     */
    void SetDesiredMinTxInterval(Time interval);
    /**
     * @brief One of the two timers.
     * @return attribute DesiredMinTxInterval
     */
    Time GetDesiredMinTxInterval() const;
    /**
     * @brief Set the other one.
     * @param interval attribute RequiredMinRxInterval
     */
    void SetRequiredMinRxInterval(Time interval);
    /**
     * @brief The other one.
     * @return attribute RequiredMinRxInterval
     */
    Time GetRequiredMinRxInterval() const;
    /**
     * @brief The multiplier.
     * @return attribute DetectMult
     */
    uint8_t GetDetectMult() const;

    BfdTiming::Parameters m_timers;     //!< those that the operator wants
    bool m_passive{false};              //!< silent until the peer is heard
    bool m_multiHop{false};             //!< routers may be in between
    Ipv4Address m_remoteAddress;        //!< of the peer
    Ipv4Address m_localAddress;         //!< our own
    Ptr<RandomVariableStream> m_phase;  //!< when to begin
    Ptr<RandomVariableStream> m_jitter; //!< of the gaps
    bool m_adminDown{false};            //!< shut by the operator
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SESSION_SETTINGS_H */
