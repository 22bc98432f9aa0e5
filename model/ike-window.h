/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_WINDOW_H
#define KEEPALIVE_IKE_WINDOW_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The message IDs of one IKEv2 SA, both ways, with a window of one (RFC 7296 sections 2.2
 *        and 2.3). Free of ns-3.
 *
 * Each end counts its own requests. The next one is sent only when the last was answered; a request
 * that was answered before is answered again with the same octets.
 */
class IkeWindow
{
  public:
    /// What to do with a request of the peer.
    enum class Verdict : uint8_t
    {
        ANSWER, //!< it is the next one
        REPEAT, //!< it is the last one again: send the last response again
        DROP    //!< it is neither
    };

    /**
     * @brief A new SA.
     * @param ownNext message ID of our first request
     * @param peerNext message ID of the peer's first request
     */
    void Start(uint32_t ownNext, uint32_t peerNext);

    /**
     * @brief A new request is about to be sent; the one before was answered.
     * @return its message ID
     */
    uint32_t OnRequestSent();

    /**
     * @brief A response arrived.
     * @param id its message ID
     * @return whether it answers the outstanding request; only once
     */
    [[nodiscard]] bool OnResponse(uint32_t id);

    /**
     * @brief A request of the peer arrived.
     * @param id its message ID
     * @return what to do
     */
    [[nodiscard]] Verdict OnRequest(uint32_t id);

  private:
    uint32_t m_ownNext{0};     //!< message ID of our next request
    bool m_outstanding{false}; //!< the last request is unanswered
    uint32_t m_peerNext{0};    //!< message ID of the peer's next request
    bool m_answered{false};    //!< we have answered one
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_WINDOW_H */
