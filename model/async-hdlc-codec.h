/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ASYNC_HDLC_CODEC_H
#define KEEPALIVE_ASYNC_HDLC_CODEC_H

#include "drop-reason.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Frames on an asynchronous line: the octet-stuffed framing of RFC 1662 section 4.
 *
 * A frame is its bytes and a frame check sequence of 16 bits, low byte first, between two flags. A
 * byte that means something to the line, or to the framing itself, goes as 0x7d and the byte with
 * its bit 0x20 inverted.
 *
 * Encoding needs no state. Decoding takes one byte after another and hands out a frame when its
 * closing flag arrives; one flag between two frames is enough. Any bytes may come: it never holds
 * more than the longest frame, and what is no frame is told with a reason.
 *  - Bytes before the first flag are noise: they are counted, and that is all.
 *  - TRUNCATED: less than 4 bytes with the sequence, or broken off by its sender (0x7d, then a
 *    flag). RFC 1662 section 4.3 has both "silently discarded, and not counted as a FCS error".
 *  - TOO_BIG: longer than allowed.
 *  - BAD_FCS: its frame check sequence does not match.
 *
 * Two flags without anything between are no frame, and are not told of.
 *
 * Not modelled: a sequence of 32 bits, and a receiver that removes control characters because the
 * line itself may have inserted them (RFC 1662 section 7.1): here they are taken as they come.
 */
class AsyncHdlcCodec
{
  public:
    static constexpr uint8_t FLAG = 0x7e;                //!< between frames, RFC 1662 section 3.1
    static constexpr uint8_t ESCAPE = 0x7d;              //!< Control Escape, RFC 1662 section 4.2
    static constexpr uint8_t FLIP = 0x20;                //!< what is inverted in an escaped byte
    static constexpr uint32_t ALL_CONTROLS = 0xffffffff; //!< escape all: the default map
    static constexpr std::size_t FCS_SIZE = 2;           //!< bytes of the sequence
    static constexpr std::size_t MIN_SIZE = 4;           //!< of a frame with its sequence

    /// What ended with a flag.
    struct Arrival
    {
        std::vector<uint8_t> frame; //!< without sequence; if it is refused, with what came of it
        std::optional<DropReason> error; //!< why it is refused; none if it is sound
    };

    /**
     * @brief Put a frame into its framing.
     * @param frame the frame, from its address or protocol on
     * @param size bytes of it
     * @param controls Async-Control-Character-Map: bit n is set if byte n, below 32, is escaped
     * @return flag, frame and sequence, flag
     */
    static std::vector<uint8_t> Encode(const uint8_t* frame,
                                       std::size_t size,
                                       uint32_t controls = ALL_CONTROLS);

    /**
     * @brief Create a decoder that waits for the first flag.
     * @param maxSize largest frame that it hands out, without sequence
     */
    explicit AsyncHdlcCodec(std::size_t maxSize);

    /**
     * @brief Take the next byte.
     * @param byte the byte
     * @return what it completes, if anything
     */
    [[nodiscard]] std::optional<Arrival> Decode(uint8_t byte);

    /**
     * @brief Bytes before the first flag.
     * @return the number
     */
    uint64_t GetNoiseBytes() const;

    /**
     * @brief Bytes of the frame that is arriving.
     * @return the number, at most the longest frame with its sequence
     */
    std::size_t GetPendingBytes() const;

  private:
    /**
     * @brief A flag arrived.
     * @return what it completes, if anything
     */
    std::optional<Arrival> EndFrame();

    std::size_t m_maxSize;          //!< largest frame with its sequence
    std::vector<uint8_t> m_pending; //!< the frame that is arriving, with what came of its sequence
    bool m_started{false};          //!< there has been a flag
    bool m_escaped{false};          //!< the last byte was 0x7d
    bool m_tooBig{false};           //!< there was no room for a byte of this frame
    uint64_t m_noiseBytes{0};       //!< bytes before the first flag
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ASYNC_HDLC_CODEC_H */
