/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_SEQUENCE_H
#define KEEPALIVE_DPD_SEQUENCE_H

#include "dpd-profile.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The sequence numbers of R-U-THERE and R-U-THERE-ACK of one IKE SA, both ways (RFC 3706
 *        section 6). Free of ns-3.
 *
 * Each end counts its own requests; an ACK echoes the number. What guards against replay is what
 * the receiver makes of an old number, in which implementations differ. Numbers are compared as in
 * RFC 1982, so that the count may wrap.
 */
class DpdSequence
{
  public:
    /// What to do with a request of the peer.
    struct Verdict
    {
        bool answer{false}; //!< answer it
        bool life{false};   //!< it shows that the peer is alive
    };

    /**
     * @brief A new SA.
     * @param first the first number to send
     * @param check which requests are answered
     * @param duplicates of DUPLICATES: how many old ones in a row
     */
    void Start(uint32_t first, DpdProfile::RequestCheck check, uint32_t duplicates);

    /**
     * @brief A request is about to be sent.
     * @return its number
     */
    uint32_t OnRequestSent();

    /**
     * @brief An ACK arrived.
     * @param number its number
     * @return whether it answers the last request; only once
     */
    [[nodiscard]] bool OnAck(uint32_t number);

    /**
     * @brief A request of the peer arrived.
     * @param number its number
     * @return what to do
     */
    [[nodiscard]] Verdict OnRequest(uint32_t number);

  private:
    uint32_t m_next{0};             //!< number of the next request
    bool m_outstanding{false};      //!< the last request is unanswered
    std::optional<uint32_t> m_last; //!< greatest number of the peer's requests
    DpdProfile::RequestCheck m_check{DpdProfile::RequestCheck::NEWER}; //!< what is answered
    uint32_t m_duplicates{0}; //!< how many old ones in a row are answered
    uint32_t m_answered{0};   //!< how many were
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_SEQUENCE_H */
