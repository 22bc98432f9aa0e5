/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: BGP messages out of a byte stream do not depend on how TCP cut it.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-bgp-stream -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/bgp-stream.h"

#include <algorithm>
#include <cstdlib>
#include <variant>
#include <vector>

using namespace ns3::keepalive;

namespace
{

/// All that came out of a stream.
struct Outcome
{
    std::vector<BgpMessage> messages; //!< in order
    std::vector<BgpError> errors;     //!< none or one
    std::size_t left{0};              //!< bytes of a message that is not complete
};

/**
 * @brief Take out what is there.
 * @param stream the stream
 * @param outcome where to put it
 */
void
TakeAll(BgpStream& stream, Outcome& outcome)
{
    while (true)
    {
        BgpStream::Result result = stream.Next();
        if (const auto* message = std::get_if<BgpMessage>(&result))
        {
            outcome.messages.push_back(*message);
            continue;
        }
        if (const auto* error = std::get_if<BgpError>(&result))
        {
            outcome.errors = {*error};
        }
        break;
    }
    outcome.left = stream.GetBuffered();
}

/**
 * @brief What comes out, by looking at the bytes as a whole.
 * @param bytes the bytes
 * @return messages and error
 */
Outcome
ReadAtOnce(const std::vector<uint8_t>& bytes)
{
    Outcome outcome;
    std::size_t at = 0;
    while (bytes.size() - at >= BgpHeader::SIZE)
    {
        const auto read = BgpHeader::Read(&bytes[at]);
        if (const auto* error = std::get_if<BgpError>(&read))
        {
            outcome.errors = {*error};
            return outcome;
        }
        const BgpHeader& header = std::get<BgpHeader>(read);
        if (bytes.size() - at < header.length)
        {
            break;
        }
        const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        outcome.messages.push_back({header.type, {begin + BgpHeader::SIZE, begin + header.length}});
        at += header.length;
    }
    outcome.left = bytes.size() - at;
    return outcome;
}

/**
 * @brief A stream with markers in their places and bodies of their length, which an input by itself
 *        hardly ever is.
 * @param input length and type of one header after another, each followed by the beginning of the
 *        body
 * @return the stream
 */
std::vector<uint8_t>
AddMarkers(const std::vector<uint8_t>& input)
{
    constexpr std::size_t ENOUGH = 4 * BgpHeader::MAX_MESSAGE_SIZE;
    std::vector<uint8_t> bytes;
    for (std::size_t at = 0; at < input.size() && bytes.size() < ENOUGH;)
    {
        bytes.insert(bytes.end(), BgpHeader::MARKER_SIZE, 0xff);
        const std::size_t header = std::min<std::size_t>(3, input.size() - at);
        const auto begin = input.begin() + static_cast<std::ptrdiff_t>(at);
        bytes.insert(bytes.end(), begin, begin + static_cast<std::ptrdiff_t>(header));
        at += header;
        if (header < 3)
        {
            break;
        }
        const std::size_t length = begin[0] % 17 * 256 + begin[1];
        for (std::size_t i = BgpHeader::SIZE; i < length; i++)
        {
            bytes.push_back(at < input.size() && i < BgpHeader::SIZE + 4 ? input[at++] : 0xff);
        }
    }
    return bytes;
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 *
 * The first byte says how many bytes after it are lengths of pieces, and whether to add markers.
 *
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
    {
        return 0;
    }
    const std::size_t pieces = std::min<std::size_t>(data[0] & 0x3f, size - 1);
    const std::vector<uint8_t> lengths(data + 1, data + 1 + pieces);
    std::vector<uint8_t> bytes(data + 1 + pieces, data + size);
    if ((data[0] & 0x80) != 0)
    {
        bytes = AddMarkers(bytes);
    }

    const Outcome expected = ReadAtOnce(bytes);
    // In pieces, and after each of them either all messages are taken out or none.
    BgpStream stream;
    Outcome outcome;
    std::size_t at = 0;
    for (std::size_t i = 0; at < bytes.size(); i++)
    {
        const std::size_t length = lengths.empty() ? bytes.size() : lengths[i % lengths.size()];
        const std::size_t piece = std::clamp<std::size_t>(length, 1, bytes.size() - at);
        stream.Append(&bytes[at], piece);
        at += piece;
        if ((data[0] & 0x40) != 0 && length % 2 == 0)
        {
            TakeAll(stream, outcome);
        }
    }
    TakeAll(stream, outcome);
    if (outcome.messages != expected.messages || outcome.left != expected.left ||
        outcome.errors != expected.errors)
    {
        std::abort();
    }

    // Another connection begins like the first.
    stream.Clear();
    const std::vector<uint8_t> keepalive = EncodeBgpKeepalive();
    stream.Append(keepalive.data(), keepalive.size());
    if (!std::holds_alternative<BgpMessage>(stream.Next()) || stream.GetBuffered() != 0)
    {
        std::abort();
    }
    return 0;
}
