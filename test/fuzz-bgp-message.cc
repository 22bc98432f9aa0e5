/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as a BGP message is understood or refused, and what is
 *        understood survives being encoded.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-bgp-message -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/bgp-header.h"
#include "ns3/bgp-notification.h"
#include "ns3/bgp-open.h"
#include "ns3/bgp-update.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

using namespace ns3::keepalive;

namespace
{

/**
 * @brief Abort unless a promise is kept.
 * @param kept whether it is
 */
void
Require(bool kept)
{
    if (!kept)
    {
        std::abort();
    }
}

/**
 * @brief An error can be told to the peer, who understands it.
 * @param error the error
 * @param code what it must be about
 */
void
CheckError(const BgpError& error, uint8_t code)
{
    Require(error.code == code);
    const std::vector<uint8_t> message = BgpNotification{error}.Encode();
    Require(message.size() <= BgpHeader::MAX_MESSAGE_SIZE);
    const auto header = BgpHeader::Read(message.data());
    Require(std::get<BgpHeader>(header).length == message.size());
    const auto told =
        BgpNotification::Decode(message.data() + BgpHeader::SIZE, message.size() - BgpHeader::SIZE);
    Require(told.has_value() && told->error == error);
}

/**
 * @brief The input as an OPEN, which is encoded to the same bytes.
 * @param data the bytes
 * @param size how many
 */
void
FuzzOpen(const uint8_t* data, std::size_t size)
{
    const auto read = BgpOpen::Decode(data, size);
    if (const auto* error = std::get_if<BgpError>(&read))
    {
        CheckError(*error, BgpError::OPEN_MESSAGE);
        return;
    }
    const BgpOpen& open = std::get<BgpOpen>(read);
    const std::vector<uint8_t> message = open.Encode();
    Require(message.size() == BgpHeader::SIZE + size);
    Require(std::equal(data, data + size, message.begin() + BgpHeader::SIZE));
    Require(std::holds_alternative<BgpHeader>(BgpHeader::Read(message.data())));
    if (const auto error = open.Check(0, 1, 2))
    {
        CheckError(*error, BgpError::OPEN_MESSAGE);
        return;
    }
    Require(open.GetAs() != 0 && open.holdTime != 1 && open.holdTime != 2);
    Require(open.HasRouteRefresh() == (open.Find(BgpCapability::ROUTE_REFRESH) != nullptr));
    Require(open.HasIpv4() || open.Find(BgpCapability::MULTIPROTOCOL) != nullptr);
}

/**
 * @brief Read an UPDATE that we encoded ourselves.
 * @param message the message
 * @param fourOctetAs whether both sides speak AS numbers of four octets
 * @param external whether the peer is in another AS
 * @return the UPDATE
 */
BgpUpdate
ReadOwn(const std::vector<uint8_t>& message, bool fourOctetAs, bool external)
{
    const auto read = BgpUpdate::Decode(message.data() + BgpHeader::SIZE,
                                        message.size() - BgpHeader::SIZE,
                                        fourOctetAs,
                                        external);
    Require(std::holds_alternative<BgpUpdate>(read));
    return std::get<BgpUpdate>(read);
}

/**
 * @brief The input as an UPDATE, whose meaning survives being encoded.
 * @param data the bytes
 * @param size how many
 * @param fourOctetAs whether both sides speak AS numbers of four octets
 * @param external whether the peer is in another AS
 */
void
FuzzUpdate(const uint8_t* data, std::size_t size, bool fourOctetAs, bool external)
{
    const auto read = BgpUpdate::Decode(data, size, fourOctetAs, external);
    if (const auto* error = std::get_if<BgpError>(&read))
    {
        CheckError(*error, BgpError::UPDATE_MESSAGE);
        return;
    }
    const BgpUpdate& update = std::get<BgpUpdate>(read);
    for (const bool wide : {false, true})
    {
        Require(ReadOwn(update.Encode(wide), wide, external) == update);

        BgpUpdate joined;
        for (const std::vector<uint8_t>& message : update.EncodeAll(wide))
        {
            const auto header = BgpHeader::Read(message.data());
            Require(std::get<BgpHeader>(header).length == message.size());
            const BgpUpdate part = ReadOwn(message, wide, external);
            Require(part.IsEndOfRib() == update.IsEndOfRib());
            joined.withdrawn.insert(joined.withdrawn.end(),
                                    part.withdrawn.begin(),
                                    part.withdrawn.end());
            joined.announced.insert(joined.announced.end(),
                                    part.announced.begin(),
                                    part.announced.end());
        }
        Require(joined.withdrawn == update.withdrawn);
        const bool fits = size < 1000; // else the attributes may leave no room
        Require(joined.announced == update.announced || (!fits && joined.announced.empty()));
    }
    if (update.attributes)
    {
        const BgpPathAttributes& attributes = *update.attributes;
        const BgpPathAttributes told = attributes.ForExternalPeer(70000, 1);
        Require(told.GetPathLength() == attributes.GetPathLength() + 1);
        Require(told.GetNeighborAs() == 70000 && told.PassedThrough(70000));
        Require(!told.localPref && told.unknown.size() <= attributes.unknown.size());
        Require(attributes.ForInternalPeer(100).localPref.has_value());
    }
}

/**
 * @brief The input as a NOTIFICATION, which can be encoded, and put in words without harm.
 * @param data the bytes
 * @param size how many
 */
void
FuzzNotification(const uint8_t* data, std::size_t size)
{
    const auto notification = BgpNotification::Decode(data, size);
    Require(notification.has_value() == (size >= 2));
    if (!notification)
    {
        return;
    }
    if (size <= BgpHeader::MAX_MESSAGE_SIZE - BgpHeader::SIZE)
    {
        const std::vector<uint8_t> message = notification->Encode();
        Require(message.size() == BgpHeader::SIZE + size);
        Require(std::equal(data, data + size, message.begin() + BgpHeader::SIZE));
    }
    const std::string words = notification->Describe();
    Require(!words.empty());
    for (const char c : words)
    {
        Require(static_cast<uint8_t>(c) >= 0x20 && c != 0x7f);
    }
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto cease = BgpNotification::MakeCease(BgpError::ADMIN_RESET, text);
    Require(cease.Encode().size() <= BgpHeader::SIZE + 3 + BgpNotification::MAX_TEXT);
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
    if (size == 0)
    {
        return 0;
    }
    const uint8_t choice = data[0];
    // A copy of its own size, so that a sanitizer sees what is read behind it.
    const std::vector<uint8_t> body(data + 1, data + size);
    FuzzOpen(body.data(), body.size());
    FuzzUpdate(body.data(), body.size(), (choice & 1) != 0, (choice & 2) != 0);
    FuzzNotification(body.data(), body.size());
    return 0;
}
