/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: asynchronous framing survives any bytes, and carries any frame.
 *
 * The first byte is the longest frame that the decoder takes, the next four the map of control
 * characters. The rest is put into the decoder as it is; and encoded, it comes out of it again,
 * whatever came before.
 */

#include "ns3/async-hdlc-codec.h"
#include "ns3/frame-check-sequence.h"

#include <cstdlib>
#include <optional>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr std::size_t PARAMETERS = 5; //!< bytes before those of the line

/**
 * @brief Abort unless something holds.
 * @param holds whether it does
 */
void
Require(bool holds)
{
    if (!holds)
    {
        std::abort();
    }
}

/**
 * @brief Check what a decoder handed out.
 * @param arrival what
 * @param maxSize longest frame
 */
void
Check(const AsyncHdlcCodec::Arrival& arrival, std::size_t maxSize)
{
    const std::size_t size = arrival.frame.size();
    if (!arrival.error)
    {
        Require(size >= AsyncHdlcCodec::MIN_SIZE - AsyncHdlcCodec::FCS_SIZE && size <= maxSize);
        return;
    }
    Require(size <= maxSize + AsyncHdlcCodec::FCS_SIZE);
    Require(
        *arrival.error == DropReason::TRUNCATED || *arrival.error == DropReason::TOO_BIG ||
        (*arrival.error == DropReason::BAD_FCS && !CheckFcs(FCS_16, arrival.frame.data(), size)));
}

/**
 * @brief Decode bytes.
 * @param codec the decoder
 * @param bytes the bytes
 * @param maxSize longest frame
 * @return what came last, if anything
 */
std::optional<AsyncHdlcCodec::Arrival>
Decode(AsyncHdlcCodec& codec, const std::vector<uint8_t>& bytes, std::size_t maxSize)
{
    std::optional<AsyncHdlcCodec::Arrival> last;
    for (const uint8_t byte : bytes)
    {
        std::optional<AsyncHdlcCodec::Arrival> arrival = codec.Decode(byte);
        Require(!arrival || byte == AsyncHdlcCodec::FLAG);
        Require(codec.GetPendingBytes() <= maxSize + AsyncHdlcCodec::FCS_SIZE);
        if (arrival)
        {
            Check(*arrival, maxSize);
            last = arrival;
        }
    }
    return last;
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < PARAMETERS)
    {
        return 0;
    }
    const std::size_t maxSize = data[0];
    const uint32_t controls =
        uint32_t{data[1]} << 24 | uint32_t{data[2]} << 16 | uint32_t{data[3]} << 8 | data[4];
    const std::vector<uint8_t> bytes(data + PARAMETERS, data + size);

    AsyncHdlcCodec codec(maxSize);
    const std::optional<AsyncHdlcCodec::Arrival> hostile = Decode(codec, bytes, maxSize);

    const std::vector<uint8_t> line = AsyncHdlcCodec::Encode(bytes.data(), bytes.size(), controls);
    for (std::size_t i = 1; i + 1 < line.size(); i++)
    {
        Require(line[i] != AsyncHdlcCodec::FLAG);
        Require(line[i] >= 32 || (controls >> line[i] & 1) == 0);
    }
    const std::optional<AsyncHdlcCodec::Arrival> carried = Decode(codec, line, maxSize);
    Require(carried.has_value());
    if (bytes.size() > maxSize)
    {
        Require(carried->error == DropReason::TOO_BIG);
    }
    else if (bytes.size() < AsyncHdlcCodec::MIN_SIZE - AsyncHdlcCodec::FCS_SIZE)
    {
        Require(carried->error == DropReason::TRUNCATED);
    }
    else
    {
        Require(!carried->error && carried->frame == bytes);
    }

    // What was sound among the hostile bytes is carried, too.
    if (hostile && !hostile->error)
    {
        const std::vector<uint8_t>& frame = hostile->frame;
        AsyncHdlcCodec fresh(maxSize);
        const std::optional<AsyncHdlcCodec::Arrival> again =
            Decode(fresh, AsyncHdlcCodec::Encode(frame.data(), frame.size()), maxSize);
        Require(again && !again->error && again->frame == frame);
    }
    return 0;
}
