/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FRAME_CHECK_SEQUENCE_H
#define KEEPALIVE_FRAME_CHECK_SEQUENCE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The frame check sequence at the end of a serial frame.
 *
 * A plain enumeration, because it is the value of an attribute.
 */
enum FcsType
{
    FCS_NONE, //!< none
    FCS_16,   //!< 16 bits: RFC 1662 appendix C.2, the CRC of X.25; what HDLC and PPP use by default
    FCS_32    //!< 32 bits: RFC 1662 appendix C.3, the CRC of Ethernet; "crc 32" on POS interfaces
};

/**
 * @ingroup keepalive
 * @brief A frame check sequence, computed piece by piece.
 *
 * It covers the frame from its address field to the last byte of its payload: neither the flags
 * nor the bits that stuffing inserts (RFC 1662 section 3.1).
 *
 * Copying copies what was added so far.
 */
class FrameCheckSequence
{
  public:
    /**
     * @brief Begin a frame.
     * @param type which sequence
     */
    explicit FrameCheckSequence(FcsType type);

    /**
     * @brief The next bytes of the frame.
     * @param data the bytes
     * @param size how many
     */
    void Add(const uint8_t* data, std::size_t size);

    /**
     * @brief The sequence to append to what was added.
     * @return the sequence, its low byte first on the wire; 0 for FCS_NONE
     */
    uint32_t Get() const;

    /**
     * @brief Whether what was added is a frame that ends in its right sequence.
     * @return true if the register holds the "good final FCS" of RFC 1662 appendix C; always true
     *         for FCS_NONE
     */
    bool IsGood() const;

  private:
    FcsType m_type;                  //!< which sequence
    uint32_t m_register{0xffffffff}; //!< shift register; its low 16 bits for FCS_16
};

/**
 * @ingroup keepalive
 * @brief The size of a frame check sequence.
 * @param type which sequence
 * @return 0, 2 or 4 bytes
 */
uint32_t GetFcsSize(FcsType type);

/**
 * @ingroup keepalive
 * @brief The frame check sequence of a frame.
 * @param type which sequence
 * @param data the frame, without flags and sequence
 * @param size bytes of it
 * @return the sequence, its low byte first on the wire; 0 for FCS_NONE
 */
uint32_t ComputeFcs(FcsType type, const uint8_t* data, std::size_t size);

/**
 * @ingroup keepalive
 * @brief Whether a frame ends in its right frame check sequence.
 * @param type which sequence
 * @param data the frame with its sequence, without flags
 * @param size bytes of both
 * @return true if it does; false if there is no room for a sequence; always true for FCS_NONE
 */
bool CheckFcs(FcsType type, const uint8_t* data, std::size_t size);

/**
 * @ingroup keepalive
 * @brief Append the frame check sequence to a frame, low byte first.
 * @param type which sequence
 * @param frame the frame, without flags
 */
void AppendFcs(FcsType type, std::vector<uint8_t>& frame);

/**
 * @ingroup keepalive
 * @brief How many bits a frame grows by on a bit-synchronous line.
 *
 * The sender inserts a 0 after every five 1s in a row, so that six of them are always a flag; "this
 * includes the last five bits of the FCS" (RFC 1662 section 5.2). The least significant bit of
 * each byte is sent first, and a row of 1s continues from byte to byte. The growth is 0 to 20 %,
 * and one bit in 62 on average for random bytes.
 *
 * @param data the frame with its frame check sequence, without flags
 * @param size bytes of both
 * @return zero bits inserted
 */
uint32_t CountStuffedBits(const uint8_t* data, std::size_t size);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FRAME_CHECK_SEQUENCE_H */
