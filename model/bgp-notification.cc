/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-notification.h"

#include "bgp-header.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

/// What a subcode of a code is called.
struct SubcodeName
{
    uint8_t code;     //!< the code
    uint8_t subcode;  //!< the subcode
    const char* name; //!< as in the registry
};

/// Names of subcodes in IANA's registry "BGP Error Subcodes".
constexpr SubcodeName SUBCODE_NAMES[] = {
    {BgpError::MESSAGE_HEADER, BgpError::NOT_SYNCHRONIZED, "Connection Not Synchronized"},
    {BgpError::MESSAGE_HEADER, BgpError::BAD_LENGTH, "Bad Message Length"},
    {BgpError::MESSAGE_HEADER, BgpError::BAD_TYPE, "Bad Message Type"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_VERSION, "Unsupported Version Number"},
    {BgpError::OPEN_MESSAGE, BgpError::BAD_PEER_AS, "Bad Peer AS"},
    {BgpError::OPEN_MESSAGE, BgpError::BAD_IDENTIFIER, "Bad BGP Identifier"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_PARAMETER, "Unsupported Optional Parameter"},
    {BgpError::OPEN_MESSAGE, BgpError::UNACCEPTABLE_HOLD_TIME, "Unacceptable Hold Time"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_CAPABILITY, "Unsupported Capability"},
    {BgpError::OPEN_MESSAGE, 11, "Role Mismatch"},
    {BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_ATTRIBUTES, "Malformed Attribute List"},
    {BgpError::UPDATE_MESSAGE,
     BgpError::UNRECOGNIZED_WELL_KNOWN,
     "Unrecognized Well-known Attribute"},
    {BgpError::UPDATE_MESSAGE, BgpError::MISSING_WELL_KNOWN, "Missing Well-known Attribute"},
    {BgpError::UPDATE_MESSAGE, BgpError::ATTRIBUTE_FLAGS, "Attribute Flags Error"},
    {BgpError::UPDATE_MESSAGE, BgpError::ATTRIBUTE_LENGTH, "Attribute Length Error"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_ORIGIN, "Invalid ORIGIN Attribute"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_NEXT_HOP, "Invalid NEXT_HOP Attribute"},
    {BgpError::UPDATE_MESSAGE, BgpError::OPTIONAL_ATTRIBUTE, "Optional Attribute Error"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_NETWORK, "Invalid Network Field"},
    {BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_AS_PATH, "Malformed AS_PATH"},
    {BgpError::FSM, BgpError::IN_OPEN_SENT, "Receive Unexpected Message in OpenSent State"},
    {BgpError::FSM, BgpError::IN_OPEN_CONFIRM, "Receive Unexpected Message in OpenConfirm State"},
    {BgpError::FSM, BgpError::IN_ESTABLISHED, "Receive Unexpected Message in Established State"},
    {BgpError::CEASE, 1, "Maximum Number of Prefixes Reached"},
    {BgpError::CEASE, BgpError::ADMIN_SHUTDOWN, "Administrative Shutdown"},
    {BgpError::CEASE, BgpError::PEER_DECONFIGURED, "Peer De-configured"},
    {BgpError::CEASE, BgpError::ADMIN_RESET, "Administrative Reset"},
    {BgpError::CEASE, BgpError::CONNECTION_REJECTED, "Connection Rejected"},
    {BgpError::CEASE, 6, "Other Configuration Change"},
    {BgpError::CEASE, BgpError::COLLISION_RESOLUTION, "Connection Collision Resolution"},
    {BgpError::CEASE, 8, "Out of Resources"},
    {BgpError::CEASE, 9, "Hard Reset"},
    {BgpError::CEASE, BgpError::BFD_DOWN, "BFD Down"},
};

/**
 * @brief Name of a code in IANA's registry "BGP Error (Notification) Codes".
 * @param code the code
 * @return the name, or the number
 */
std::string
NameOfCode(uint8_t code)
{
    switch (code)
    {
    case BgpError::MESSAGE_HEADER:
        return "Message Header Error";
    case BgpError::OPEN_MESSAGE:
        return "OPEN Message Error";
    case BgpError::UPDATE_MESSAGE:
        return "UPDATE Message Error";
    case BgpError::HOLD_TIMER:
        return "Hold Timer Expired";
    case BgpError::FSM:
        return "Finite State Machine Error";
    case BgpError::CEASE:
        return "Cease";
    case 7:
        return "ROUTE-REFRESH Message Error";
    case BgpError::SEND_HOLD_TIMER:
        return "Send Hold Timer Expired";
    default:
        return std::to_string(code);
    }
}

/**
 * @brief Name of a subcode.
 * @param code the code
 * @param subcode the subcode
 * @return the name, or the number
 */
std::string
NameOfSubcode(uint8_t code, uint8_t subcode)
{
    for (const SubcodeName& entry : SUBCODE_NAMES)
    {
        if (entry.code == code && entry.subcode == subcode)
        {
            return entry.name;
        }
    }
    return std::to_string(subcode);
}

/**
 * @brief Length of the UTF-8 character that some bytes begin with (RFC 3629 section 4).
 * @param data the bytes
 * @param size how many, at least one
 * @return 1 to 4; 0 if it is none
 */
std::size_t
MeasureCharacter(const uint8_t* data, std::size_t size)
{
    const uint8_t first = data[0];
    if (first < 0x80)
    {
        return 1;
    }
    if (first < 0xc2 || first > 0xf4)
    {
        return 0; // a second byte, or one that no character begins with
    }
    const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > size)
    {
        return 0;
    }
    // Each character has one encoding, the shortest; surrogates and what is above U+10FFFF have
    // none.
    const uint8_t lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const uint8_t highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (data[1] < lowest || data[1] > highest)
    {
        return 0;
    }
    for (std::size_t i = 2; i < length; i++)
    {
        if ((data[i] & 0xc0) != 0x80)
        {
            return 0;
        }
    }
    return length;
}

/**
 * @brief Bytes as hexadecimal digits.
 * @param bytes the bytes
 * @return two digits each
 */
std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    constexpr char DIGITS[] = "0123456789abcdef";
    std::string hex;
    for (const uint8_t byte : bytes)
    {
        hex += DIGITS[byte >> 4];
        hex += DIGITS[byte & 0x0f];
    }
    return hex;
}

} // namespace

BgpNotification
BgpNotification::MakeCease(BgpError::CeaseSubcode subcode, const std::string& text)
{
    std::size_t size = std::min(text.size(), MAX_TEXT);
    if (size < text.size())
    {
        // Not between a character's bytes: those after its first are 10xxxxxx.
        while (size > 0 && (static_cast<uint8_t>(text[size]) & 0xc0) == 0x80)
        {
            size--;
        }
    }
    BgpNotification notification{{BgpError::CEASE, subcode, {}}};
    if (size > 0)
    {
        std::vector<uint8_t>& data = notification.error.data;
        data.resize(1 + size);
        data[0] = static_cast<uint8_t>(size);
        std::copy_n(text.begin(), size, data.begin() + 1);
    }
    return notification;
}

std::vector<uint8_t>
BgpNotification::Encode() const
{
    const std::size_t room = BgpHeader::MAX_MESSAGE_SIZE - BgpHeader::SIZE - BODY_SIZE;
    const std::size_t size = std::min(error.data.size(), room);
    std::vector<uint8_t> message;
    BgpHeader{0, BgpMessageType::NOTIFICATION}.AppendTo(message);
    message.push_back(error.code);
    message.push_back(error.subcode);
    message.insert(message.end(), error.data.data(), error.data.data() + size);
    BgpHeader::Finish(message);
    return message;
}

std::optional<BgpNotification>
BgpNotification::Decode(const uint8_t* body, std::size_t size)
{
    if (size < BODY_SIZE)
    {
        return std::nullopt;
    }
    return BgpNotification{{body[0], body[1], {body + BODY_SIZE, body + size}}};
}

std::optional<std::string>
BgpNotification::GetText() const
{
    const bool mayHaveText =
        error.code == BgpError::CEASE &&
        (error.subcode == BgpError::ADMIN_SHUTDOWN || error.subcode == BgpError::ADMIN_RESET);
    if (!mayHaveText || error.data.empty() || error.data[0] != error.data.size() - 1)
    {
        return std::nullopt;
    }
    std::string text;
    for (std::size_t at = 1; at < error.data.size();)
    {
        const std::size_t length = MeasureCharacter(&error.data[at], error.data.size() - at);
        if (length == 0)
        {
            return std::nullopt;
        }
        text.append(&error.data[at], &error.data[at] + length);
        at += length;
    }
    return text;
}

std::string
BgpNotification::Describe() const
{
    std::string words = NameOfCode(error.code);
    if (error.subcode != 0)
    {
        words += '/' + NameOfSubcode(error.code, error.subcode);
    }
    if (std::optional<std::string> text = GetText())
    {
        // A peer must not be able to move the cursor of whoever reads this.
        const auto isControl = [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7f; };
        std::replace_if(text->begin(), text->end(), isControl, '?');
        return text->empty() ? words : words + ": " + *text;
    }
    return error.data.empty() ? words : words + " [" + ToHex(error.data) + ']';
}

} // namespace keepalive
} // namespace ns3
