/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-notify.h"

#include "network-order.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr std::size_t COOKIE_SIZE = 8;   //!< octets of a cookie
constexpr std::size_t SEQUENCE_SIZE = 4; //!< octets of a sequence number

/**
 * @brief Read a cookie.
 * @param at where it is
 * @return the cookie
 */
uint64_t
ReadCookie(const uint8_t* at)
{
    return uint64_t{ReadUint32(at)} << 32 | ReadUint32(at + 4);
}

/**
 * @brief Append a cookie.
 * @param bytes what to append to
 * @param cookie the cookie
 */
void
AppendCookie(std::vector<uint8_t>& bytes, uint64_t cookie)
{
    AppendUint32(bytes, static_cast<uint32_t>(cookie >> 32));
    AppendUint32(bytes, static_cast<uint32_t>(cookie));
}

} // namespace

std::optional<IkeNotify>
IkeNotify::Read(const std::vector<uint8_t>& body)
{
    if (body.size() < FIXED_SIZE || body.size() < FIXED_SIZE + body[5])
    {
        return std::nullopt;
    }
    IkeNotify notify;
    notify.doi = ReadUint32(&body[0]);
    notify.protocol = body[4];
    notify.type = ReadUint16(&body[6]);
    const auto spi = body.begin() + FIXED_SIZE;
    notify.spi.assign(spi, spi + body[5]);
    notify.data.assign(spi + body[5], body.end());
    return notify;
}

IkeNotify
IkeNotify::Make(uint16_t type, const Dpd& dpd)
{
    IkeNotify notify;
    notify.type = type;
    AppendCookie(notify.spi, dpd.initiatorCookie);
    AppendCookie(notify.spi, dpd.responderCookie);
    AppendUint32(notify.data, dpd.sequence);
    return notify;
}

std::vector<uint8_t>
IkeNotify::Write() const
{
    std::vector<uint8_t> body;
    AppendUint32(body, doi);
    body.push_back(protocol);
    body.push_back(static_cast<uint8_t>(spi.size()));
    AppendUint16(body, type);
    body.insert(body.end(), spi.begin(), spi.end());
    body.insert(body.end(), data.begin(), data.end());
    return body;
}

std::optional<IkeNotify::Dpd>
IkeNotify::GetDpd() const
{
    if ((type != R_U_THERE && type != R_U_THERE_ACK) || spi.size() != 2 * COOKIE_SIZE ||
        data.size() != SEQUENCE_SIZE)
    {
        return std::nullopt;
    }
    return Dpd{ReadCookie(&spi[0]), ReadCookie(&spi[COOKIE_SIZE]), ReadUint32(&data[0])};
}

} // namespace keepalive
} // namespace ns3
