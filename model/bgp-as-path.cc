/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-as-path.h"

#include "bgp-open.h"
#include "network-order.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

using Segment = BgpPathAttributes::Segment;

/// Bytes in front of the numbers of a segment: type and count.
constexpr std::size_t SEGMENT_HEADER_SIZE = 2;

/**
 * @brief Append numbers to a path, to its last segment if it is of their type and has room.
 * @param path the path
 * @param segment the numbers
 */
void
Join(BgpAsPath& path, const Segment& segment)
{
    const bool fits = !path.empty() && path.back().type == Segment::Type::AS_SEQUENCE &&
                      segment.type == Segment::Type::AS_SEQUENCE &&
                      path.back().numbers.size() + segment.numbers.size() <= Segment::MAX_NUMBERS;
    if (!fits)
    {
        path.push_back(segment);
        return;
    }
    std::vector<uint32_t>& numbers = path.back().numbers;
    numbers.insert(numbers.end(), segment.numbers.begin(), segment.numbers.end());
}

/// Types of the segments of confederations (RFC 5065 section 3).
constexpr uint8_t AS_CONFED_SEQUENCE = 3;
constexpr uint8_t AS_CONFED_SET = 4; //!< the same, without order

/**
 * @brief Read a path.
 * @param data value of the attribute
 * @param size how many bytes
 * @param fourOctetAs whether a number has four bytes, or two
 * @param skipConfederations leave their segments out, rather than refuse them
 * @return the path; nothing if it is malformed
 */
std::optional<BgpAsPath>
ReadSegments(const uint8_t* data, std::size_t size, bool fourOctetAs, bool skipConfederations)
{
    const std::size_t width = fourOctetAs ? 4 : 2;
    BgpAsPath path;
    for (std::size_t at = 0; at < size;)
    {
        const std::size_t left = size - at;
        if (left < SEGMENT_HEADER_SIZE)
        {
            return std::nullopt;
        }
        Segment segment;
        segment.type = static_cast<Segment::Type>(data[at]);
        const std::size_t count = data[at + 1];
        const bool skip =
            skipConfederations && (data[at] == AS_CONFED_SEQUENCE || data[at] == AS_CONFED_SET);
        const bool known =
            segment.type == Segment::Type::AS_SET || segment.type == Segment::Type::AS_SEQUENCE;
        if ((!known && !skip) || count == 0 || left - SEGMENT_HEADER_SIZE < count * width)
        {
            return std::nullopt;
        }
        at += SEGMENT_HEADER_SIZE;
        segment.numbers.reserve(count);
        for (const std::size_t end = at + count * width; at < end; at += width)
        {
            const uint32_t as = fourOctetAs ? ReadUint32(data + at) : ReadUint16(data + at);
            if (as == 0)
            {
                return std::nullopt;
            }
            segment.numbers.push_back(as);
        }
        if (!skip)
        {
            path.push_back(std::move(segment));
        }
    }
    return path;
}

} // namespace

std::optional<BgpAsPath>
ReadAsPath(const uint8_t* data, std::size_t size, bool fourOctetAs)
{
    return ReadSegments(data, size, fourOctetAs, false);
}

std::optional<BgpAsPath>
ReadAs4Path(const uint8_t* data, std::size_t size)
{
    return ReadSegments(data, size, true, true);
}

std::vector<uint8_t>
EncodeAsPath(const BgpAsPath& path, bool fourOctetAs)
{
    std::vector<uint8_t> bytes;
    for (const Segment& segment : path)
    {
        for (std::size_t at = 0; at < segment.numbers.size(); at += Segment::MAX_NUMBERS)
        {
            const std::size_t end = std::min(segment.numbers.size(), at + Segment::MAX_NUMBERS);
            bytes.push_back(static_cast<uint8_t>(segment.type));
            bytes.push_back(static_cast<uint8_t>(end - at));
            for (std::size_t i = at; i < end; i++)
            {
                const uint32_t as = segment.numbers[i];
                if (fourOctetAs)
                {
                    AppendUint32(bytes, as);
                }
                else
                {
                    AppendUint16(bytes,
                                 as > UINT16_MAX ? BgpOpen::AS_TRANS : static_cast<uint16_t>(as));
                }
            }
        }
    }
    return bytes;
}

bool
HasFourOctetAs(const BgpAsPath& path)
{
    return std::any_of(path.begin(), path.end(), [](const Segment& segment) {
        return std::any_of(segment.numbers.begin(), segment.numbers.end(), [](uint32_t as) {
            return as > UINT16_MAX;
        });
    });
}

std::size_t
CountAsPath(const BgpAsPath& path)
{
    std::size_t length = 0;
    for (const Segment& segment : path)
    {
        length += segment.type == Segment::Type::AS_SET ? 1 : segment.numbers.size();
    }
    return length;
}

BgpAsPath
MergeAs4Path(const BgpAsPath& path, const BgpAsPath& as4Path)
{
    const std::size_t length = CountAsPath(path);
    const std::size_t as4Length = CountAsPath(as4Path);
    if (as4Length > length)
    {
        return path;
    }
    // What speakers of two octets put in front since the last one that writes AS4_PATH.
    BgpAsPath merged;
    std::size_t left = length - as4Length;
    for (const Segment& segment : path)
    {
        if (left == 0)
        {
            break;
        }
        merged.push_back(segment);
        if (segment.type == Segment::Type::AS_SET)
        {
            left--;
            continue;
        }
        std::vector<uint32_t>& numbers = merged.back().numbers;
        numbers.resize(std::min(numbers.size(), left));
        left -= numbers.size();
    }
    // Where the two meet, they were one segment before.
    if (!as4Path.empty())
    {
        Join(merged, as4Path.front());
        merged.insert(merged.end(), as4Path.begin() + 1, as4Path.end());
    }
    return merged;
}

} // namespace keepalive
} // namespace ns3
