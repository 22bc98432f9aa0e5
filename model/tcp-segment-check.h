/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_SEGMENT_CHECK_H
#define KEEPALIVE_TCP_SEGMENT_CHECK_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Decides what a segment that arrives on an established connection is.
 *
 * The acceptability test of RFC 9293 section 3.10.7.4 with the precautions of RFC 5961, as Linux
 * does it: the segment begins no later than the window ends and ends no earlier than the last
 * acknowledgment sent. A keepalive probe fails it on purpose, by one, and is therefore answered;
 * and since a segment that fails it is not looked at further, a probe is no sign of life.
 *
 * Sequence numbers are compared modulo 2^32, as everywhere in TCP.
 */
class TcpSegmentCheck
{
  public:
    /// The segment, as its header tells.
    struct Segment
    {
        uint32_t seq{0};    //!< sequence number
        uint32_t ack{0};    //!< acknowledgment number
        uint32_t length{0}; //!< octets of payload
        bool hasAck{false}; //!< flag ACK
        bool syn{false};    //!< flag SYN
        bool fin{false};    //!< flag FIN
        bool rst{false};    //!< flag RST
        bool stale{false};  //!< its timestamp is older than one seen before (RFC 7323 PAWS)
    };

    /// The connection.
    struct Window
    {
        uint32_t lastAckSent{0}; //!< acknowledgment number last sent: RCV.WUP
        uint32_t rcvNxt{0};      //!< next octet expected: RCV.NXT
        uint32_t rcvEnd{0};      //!< end of the receive window: RCV.NXT + RCV.WND
        uint32_t sndUna{0};      //!< first octet unacknowledged: SND.UNA
        uint32_t sndNxt{0};      //!< next octet to send: SND.NXT
    };

    /// What to do with it.
    enum class Fate : uint8_t
    {
        PROCESS,       //!< process it
        DUPLICATE,     //!< process its acknowledgment, and answer: its octets were here before
        OUTSIDE,       //!< process its acknowledgment, and answer, as often as it comes
        OUTSIDE_EMPTY, //!< the same, but no more often than the answer limit allows
        CHALLENGE,     //!< drop it, and answer within the answer limit (RFC 5961)
        RESET,         //!< it resets the connection
        DROP           //!< drop it
    };

    /// The decision.
    struct Verdict
    {
        Fate fate{Fate::DROP}; //!< what to do with it
        bool life{false};      //!< an acceptable segment with an acceptable acknowledgment
    };

    /**
     * @brief Decide.
     * @param segment the segment
     * @param window the connection
     * @return what to do, and whether it shows that the peer lives
     */
    [[nodiscard]] static Verdict Check(const Segment& segment, const Window& window);

    /**
     * @brief Whether a sequence number comes before another, modulo 2^32.
     * @param a one
     * @param b the other
     * @return true if a is less than half the space before b
     */
    static bool IsBefore(uint32_t a, uint32_t b);

  private:
    /**
     * @brief Decide about a segment outside the window.
     * @param segment the segment
     * @return what to do
     */
    static Fate JudgeOutside(const Segment& segment);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_SEGMENT_CHECK_H */
