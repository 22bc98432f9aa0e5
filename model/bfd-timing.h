/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_TIMING_H
#define KEEPALIVE_BFD_TIMING_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The timers that two ends of a BFD session agree on (RFC 5880 sections 6.5, 6.8.2 to
 *        6.8.4). All times are in microseconds. Free of ns-3, and without a clock.
 *
 * An end may change its mind at any time. What it wants is configured; what it has told the peer is
 * advertised; what it acts on is in use. Three rules connect them:
 * - Unless the session is Up, it advertises a Desired Min TX Interval of at least 1 s (slow start).
 * - A change while it is Up is told in a Poll Sequence, which lasts until the peer's Final. Until
 *   then an increase of the Desired Min TX Interval does not slow down our own packets, and a
 *   decrease of the Required Min RX Interval does not shorten our own detection time: the peer has
 *   to know first. Everything else is in use at once.
 * - A change during a Poll Sequence waits until the Sequence is over and one more packet, without
 *   Final, has arrived (section 6.8.3, the third of its three ways to tell two Sequences apart).
 *
 * Coming up is the commonest change: from slow start to what is configured, in a Poll Sequence.
 * Going down needs none: the peer is told at once, by the packet that says Down.
 */
class BfdTiming
{
  public:
    static constexpr uint32_t SLOW_START = 1000000; //!< the least interval when not Up (6.8.3)

    /// What one end wants, as it stands in its packets.
    struct Parameters
    {
        uint32_t desiredMinTx{300000};  //!< how fast it would like to send; above 0
        uint32_t requiredMinRx{300000}; //!< how fast it can receive; 0 for nothing periodic
        uint8_t detectMult{3};          //!< intervals that may pass in silence; 1 to 255
    };

    /// The range of the factor on each gap between packets.
    struct Range
    {
        double least;    //!< lower end
        double greatest; //!< upper end
    };

    BfdTiming() = default;

    /**
     * @brief Begin, with a session that is not Up and a peer that was not heard.
     * @param configured what this end wants
     */
    explicit BfdTiming(const Parameters& configured);

    /**
     * @brief This end wants something else.
     * @param configured what it wants
     * @return true if the next packets say something else than those before
     */
    bool Configure(const Parameters& configured);

    /**
     * @brief The session came up or went down.
     * @param up whether it is Up
     */
    void SetUp(bool up);

    /**
     * @brief A packet arrived that is not to be discarded.
     * @param remote what the peer wants
     * @param final whether its Final bit is set
     * @return true if a Poll Sequence began: the next packets say something else than those before
     */
    bool OnPacket(const Parameters& remote, bool final);

    /// The peer was not heard for a detection time: forget what it wants.
    void ForgetPeer();

    /**
     * @brief What our packets say.
     * @return the parameters to send
     */
    Parameters GetAdvertised() const;

    /**
     * @brief What the peer's last packet said.
     * @return its parameters; before the first one a Required Min RX Interval of 1 and a Detect
     *         Mult of 0
     */
    const Parameters& GetRemote() const;

    /**
     * @brief Whether a Poll Sequence is under way.
     * @return true if our periodic packets carry the Poll bit
     */
    bool IsPolling() const;

    /**
     * @brief The interval at which we send, before jitter.
     * @return the greater of our Desired Min TX Interval and the peer's Required Min RX Interval;
     *         0 if the latter is 0: nothing is to be sent periodically
     */
    uint32_t GetTransmitInterval() const;

    /**
     * @brief The range of the jitter (section 6.8.7).
     * @return factors on the interval: 0.75 to 1, and 0.75 to 0.9 if our own Detect Mult is 1
     */
    Range GetJitter() const;

    /**
     * @brief Our own detection time (section 6.8.4, asynchronous mode).
     * @return the peer's Detect Mult, times the greater of our Required Min RX Interval and its
     *         Desired Min TX Interval; 0 if it was not heard yet
     */
    uint64_t GetDetectionTime() const;

    /**
     * @brief The detection time of the peer, as it follows from what we advertise.
     * @return our Detect Mult, times the greater of our advertised Desired Min TX Interval and its
     *         Required Min RX Interval
     */
    uint64_t GetRemoteDetectionTime() const;

  private:
    /**
     * @brief Advertise what is configured, if it is something else and no Sequence is in the way.
     * @return true if a Poll Sequence began
     */
    bool Advertise();

    Parameters m_configured;                        //!< what this end wants
    Parameters m_advertised{SLOW_START, 300000, 3}; //!< what it told the peer
    uint32_t m_txInUse{SLOW_START};                 //!< Desired Min TX Interval that we act on
    uint32_t m_rxInUse{300000};                     //!< Required Min RX Interval that we act on
    Parameters m_remote{0, 1, 0}; //!< what the peer told us (initial values: section 6.8.1)
    bool m_up{false};             //!< the session is Up
    bool m_polling{false};        //!< a Poll Sequence is under way
    bool m_awaitingClear{false};  //!< one is over, and no packet without Final came since
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_TIMING_H */
