/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_NOTIFICATION_H
#define KEEPALIVE_BGP_NOTIFICATION_H

#include "bgp-error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The last message of a connection: why it ends (RFC 4271 section 4.5). Free of ns-3.
 */
struct BgpNotification
{
    static constexpr std::size_t BODY_SIZE = 2;  //!< bytes behind the header, without data
    static constexpr std::size_t MAX_TEXT = 255; //!< bytes of a shutdown communication (RFC 9003)

    BgpError error; //!< why

    /**
     * @brief The operator shuts or restarts the session, and says why (RFC 9003 section 2).
     * @param subcode ADMIN_SHUTDOWN or ADMIN_RESET
     * @param text UTF-8; what exceeds MAX_TEXT is cut off between two characters; may be empty
     * @return the message
     */
    static BgpNotification MakeCease(BgpError::CeaseSubcode subcode, const std::string& text);

    /**
     * @brief Encode it; data that exceeds the largest message is cut off.
     * @return the whole message
     */
    std::vector<uint8_t> Encode() const;

    /**
     * @brief Read what is behind the header. Any code and data will do: there is no answer to a
     *        NOTIFICATION that is wrong (RFC 4271 section 6.4).
     * @param body the bytes
     * @param size how many
     * @return the message; nothing if it is too short to be one
     */
    [[nodiscard]] static std::optional<BgpNotification> Decode(const uint8_t* body,
                                                               std::size_t size);

    /**
     * @brief The text of a shutdown communication (RFC 9003 section 2).
     * @return UTF-8; nothing if there is none, or none that can be read (section 4)
     */
    std::optional<std::string> GetText() const;

    /**
     * @brief Say it in words.
     * @return such as "Hold Timer Expired" or "Cease/Administrative Shutdown: Back at noon";
     *         other data follow as hexadecimal digits, in brackets
     */
    std::string Describe() const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_NOTIFICATION_H */
