/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-update.h"

#include "bgp-attribute-reader.h"
#include "bgp-attribute-writer.h"
#include "bgp-header.h"
#include "network-order.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Bytes of the two fields that say how long withdrawn routes and path attributes are.
constexpr std::size_t LENGTH_SIZE = 2;
/// Most bits of a prefix.
constexpr uint8_t MAX_PREFIX_LENGTH = 32;
/// Most bytes of a prefix.
constexpr std::size_t MAX_PREFIX_SIZE = 1 + MAX_PREFIX_LENGTH / 8;

/**
 * @brief An error of an UPDATE that says nothing more.
 * @param subcode what is wrong
 * @return what to tell the peer
 */
BgpError
Refuse(uint8_t subcode)
{
    return BgpError{BgpError::UPDATE_MESSAGE, subcode, {}};
}

/**
 * @brief Bytes of a prefix behind its length.
 * @param length the length in bits
 * @return bytes
 */
std::size_t
GetPrefixSize(uint8_t length)
{
    return (std::size_t{length} + 7) / 8;
}

/**
 * @brief Append a prefix.
 * @param bytes what to append to
 * @param prefix the prefix
 */
void
AppendPrefix(std::vector<uint8_t>& bytes, const BgpPrefix& prefix)
{
    const uint8_t encoded[MAX_PREFIX_SIZE] = {prefix.length,
                                              static_cast<uint8_t>(prefix.address >> 24),
                                              static_cast<uint8_t>(prefix.address >> 16),
                                              static_cast<uint8_t>(prefix.address >> 8),
                                              static_cast<uint8_t>(prefix.address)};
    bytes.insert(bytes.end(), encoded, encoded + 1 + GetPrefixSize(prefix.length));
}

/**
 * @brief Append prefixes as long as the message does not become too long.
 * @param message what to append to
 * @param prefixes the prefixes
 * @param next the first that is not appended yet; afterwards too
 * @param limit bytes that the message may have
 */
void
Fill(std::vector<uint8_t>& message,
     const std::vector<BgpPrefix>& prefixes,
     std::size_t& next,
     std::size_t limit)
{
    while (next < prefixes.size() &&
           message.size() + 1 + GetPrefixSize(prefixes[next].length) <= limit)
    {
        AppendPrefix(message, prefixes[next]);
        next++;
    }
}

/**
 * @brief Read prefixes.
 * @param data the bytes
 * @param size how many
 * @param prefixes what to append them to
 * @return false if one is malformed
 */
bool
ReadPrefixes(const uint8_t* data, std::size_t size, std::vector<BgpPrefix>& prefixes)
{
    prefixes.reserve(size / (MAX_PREFIX_SIZE - 1));
    for (std::size_t at = 0; at < size;)
    {
        const uint8_t length = data[at];
        at++;
        const std::size_t bytes = GetPrefixSize(length);
        if (length > MAX_PREFIX_LENGTH || bytes > size - at)
        {
            return false;
        }
        uint32_t address = 0;
        for (std::size_t i = 0; i < bytes; i++)
        {
            address |= uint32_t{data[at + i]} << (24 - 8 * i);
        }
        prefixes.push_back(BgpPrefix::Of(address, length));
        at += bytes;
    }
    return true;
}

/// How much of an UPDATE has been put into messages.
struct Progress
{
    std::size_t withdrawn{0}; //!< withdrawn prefixes
    std::size_t announced{0}; //!< announced prefixes
    bool attributes{false};   //!< whether the attributes were
};

/**
 * @brief Bytes that attributes need, with the first of their prefixes if there are any.
 * @param update what is encoded
 * @param attributes its attributes, encoded
 * @return bytes
 */
std::size_t
GetSizeToBegin(const BgpUpdate& update, const std::vector<uint8_t>& attributes)
{
    return LENGTH_SIZE + attributes.size() + (update.announced.empty() ? 0 : MAX_PREFIX_SIZE);
}

/**
 * @brief Encode as much as one message can hold.
 * @param update what is encoded
 * @param attributes its attributes, encoded
 * @param progress what earlier messages hold; afterwards this one too
 * @param limit bytes that the message may have
 * @return the message
 */
std::vector<uint8_t>
EncodeNext(const BgpUpdate& update,
           const std::vector<uint8_t>& attributes,
           Progress& progress,
           std::size_t limit)
{
    std::vector<uint8_t> message;
    message.reserve(
        std::min(limit,
                 BgpHeader::SIZE + 2 * LENGTH_SIZE + attributes.size() +
                     MAX_PREFIX_SIZE * (update.withdrawn.size() + update.announced.size())));
    BgpHeader{0, BgpMessageType::UPDATE}.AppendTo(message);

    const std::size_t begin = message.size() + LENGTH_SIZE;
    AppendUint16(message, 0);
    Fill(message, update.withdrawn, progress.withdrawn, limit - LENGTH_SIZE);
    WriteUint16(message.data() + begin - LENGTH_SIZE,
                static_cast<uint16_t>(message.size() - begin));

    progress.attributes = progress.withdrawn == update.withdrawn.size() &&
                          message.size() + GetSizeToBegin(update, attributes) <= limit;
    if (progress.attributes)
    {
        AppendUint16(message, static_cast<uint16_t>(attributes.size()));
        message.insert(message.end(), attributes.begin(), attributes.end());
        Fill(message, update.announced, progress.announced, limit);
    }
    else
    {
        AppendUint16(message, 0);
    }
    BgpHeader::Finish(message);
    return message;
}

} // namespace

bool
BgpUpdate::IsEndOfRib() const
{
    return withdrawn.empty() && !attributes && announced.empty();
}

std::vector<uint8_t>
BgpUpdate::Encode(bool fourOctetAs) const
{
    Progress progress;
    return EncodeNext(*this,
                      attributes ? EncodePathAttributes(*attributes, fourOctetAs)
                                 : std::vector<uint8_t>(),
                      progress,
                      SIZE_MAX);
}

std::vector<std::vector<uint8_t>>
BgpUpdate::EncodeAll(bool fourOctetAs) const
{
    std::vector<uint8_t> encoded;
    if (attributes)
    {
        encoded = EncodePathAttributes(*attributes, fourOctetAs);
    }
    const std::size_t room = BgpHeader::MAX_MESSAGE_SIZE - BgpHeader::SIZE - LENGTH_SIZE;
    const bool canAnnounce = GetSizeToBegin(*this, encoded) <= room;
    std::vector<std::vector<uint8_t>> messages;
    if (!canAnnounce && withdrawn.empty())
    {
        return messages; // one with nothing in it would be an End-of-RIB
    }
    Progress progress;
    do
    {
        messages.push_back(EncodeNext(*this, encoded, progress, BgpHeader::MAX_MESSAGE_SIZE));
    } while (progress.withdrawn < withdrawn.size() ||
             (canAnnounce && (!progress.attributes || progress.announced < announced.size())));
    return messages;
}

std::variant<BgpUpdate, BgpError>
BgpUpdate::Decode(const uint8_t* body, std::size_t size, bool fourOctetAs, bool external)
{
    BgpUpdate update;
    const uint8_t* at = body;
    const uint8_t* const end = body + size;
    // Each field says its length; the last gets what is left.
    const auto takeField = [&at, end]() -> std::optional<std::size_t> {
        const auto left = static_cast<std::size_t>(end - at);
        if (left < LENGTH_SIZE || left - LENGTH_SIZE < ReadUint16(at))
        {
            return std::nullopt;
        }
        const std::size_t length = ReadUint16(at);
        at += LENGTH_SIZE + length;
        return length;
    };

    const std::optional<std::size_t> withdrawnSize = takeField();
    if (!withdrawnSize)
    {
        return Refuse(BgpError::MALFORMED_ATTRIBUTES);
    }
    const uint8_t* const withdrawnBegin = at - *withdrawnSize;
    const std::optional<std::size_t> attributesSize = takeField();
    if (!attributesSize)
    {
        return Refuse(BgpError::MALFORMED_ATTRIBUTES);
    }
    if (!ReadPrefixes(withdrawnBegin, *withdrawnSize, update.withdrawn))
    {
        return Refuse(BgpError::INVALID_NETWORK);
    }

    BgpAttributeReader reader(fourOctetAs, external);
    std::optional<BgpError> error = reader.Read(at - *attributesSize, *attributesSize);
    if (!error && at != end)
    {
        error = reader.CheckMandatory(); // prefixes follow
    }
    if (error)
    {
        return *error;
    }
    if (*attributesSize > 0)
    {
        update.attributes = reader.Take();
    }
    if (!ReadPrefixes(at, static_cast<std::size_t>(end - at), update.announced))
    {
        return Refuse(BgpError::INVALID_NETWORK);
    }
    return update;
}

std::optional<BgpError>
BgpUpdate::CheckNeighborAs(uint32_t peerAs) const
{
    if (announced.empty() || (attributes && attributes->GetNeighborAs() == peerAs))
    {
        return std::nullopt;
    }
    return Refuse(BgpError::MALFORMED_AS_PATH);
}

bool
operator==(const BgpUpdate& a, const BgpUpdate& b)
{
    return a.withdrawn == b.withdrawn && a.attributes == b.attributes && a.announced == b.announced;
}

} // namespace keepalive
} // namespace ns3
