/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_STREAM_H
#define KEEPALIVE_BGP_STREAM_H

#include "bgp-error.h"
#include "bgp-message.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Finds the messages in the bytes that TCP delivers, wherever it split or joined them. Free
 *        of ns-3.
 *
 * After a header that cannot be read nobody knows where the next one begins: that error is final,
 * and Next repeats it until Clear. A header is judged as soon as it is complete, not when its
 * message is, so that a length that is wrong does not make the reader wait for what will not come.
 *
 * Each byte is copied a constant number of times on average, however many messages are waiting.
 */
class BgpStream
{
  public:
    /// Nothing yet, a message, or what to tell the peer.
    using Result = std::variant<std::monostate, BgpMessage, BgpError>;

    /**
     * @brief Bytes have arrived.
     * @param data the bytes
     * @param size how many
     */
    void Append(const uint8_t* data, std::size_t size);

    /**
     * @brief Take the next message out.
     * @return the message; nothing if it is not complete; or the error of its header
     */
    [[nodiscard]] Result Next();

    /// Forget all bytes and the error: another connection begins.
    void Clear();

    /**
     * @brief How much waits for the rest of its message, or to be taken out.
     * @return bytes
     */
    std::size_t GetBuffered() const;

  private:
    std::vector<uint8_t> m_buffer;   //!< what arrived; the part before m_begin was taken out
    std::size_t m_begin{0};          //!< where the next message begins
    std::optional<BgpError> m_error; //!< the header that could not be read
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_STREAM_H */
