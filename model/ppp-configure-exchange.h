/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_CONFIGURE_EXCHANGE_H
#define KEEPALIVE_PPP_CONFIGURE_EXCHANGE_H

#include "drop-reason.h"
#include "ppp-control-header.h"
#include "ppp-options.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The books of one end on Configure-Requests and their answers, in both directions.
 *
 * What was asked last and whether it was answered; what is to be answered; and how often that has
 * been no (Max-Failure). RFC 1661 sections 5.1 to 5.4. Knows no time, sends nothing.
 */
class PppConfigureExchange
{
  public:
    /// What to answer to an option of the peer's Configure-Request.
    enum class Answer : uint8_t
    {
        ACK,    //!< agreed
        NAK,    //!< not with this value
        REJECT, //!< not this option
        LOOPED  //!< the whole packet is our own come back: drop it
    };

    /// The answer to one option.
    struct Judgement
    {
        Answer answer{Answer::ACK};      //!< the answer
        PppOptions::Option acceptable{}; //!< for NAK: what would be agreed to
        bool insist{false};              //!< for NAK: whatever Max-Failure says, never REJECT
    };

    /// The answer to a Configure-Request.
    struct Reply
    {
        uint8_t code{PppControlHeader::CONFIGURE_ACK}; //!< Configure-Ack, -Nak or -Reject
        PppOptions options;                            //!< what it carries
        bool counts{false};                            //!< it counts towards Max-Failure
    };

    /**
     * @brief Nothing asked, nothing answered.
     * @param maxFailure Naks without an Ack before the options in dispute are rejected; 1 or more
     * @param renewIdentifier whether repeating a request takes a new identifier
     */
    PppConfigureExchange(uint32_t maxFailure, bool renewIdentifier);

    /// A negotiation begins: nothing is outstanding, no Nak counts.
    void Begin();

    /**
     * @brief Whether a request must not go out under the identifier of the last one.
     * @param request options of the request
     * @return true if they differ, or the last one was answered, or identifiers are renewed
     */
    bool NeedsIdentifier(const PppOptions& request) const;

    /**
     * @brief A Configure-Request is sent.
     * @param request its options
     * @param identifier its identifier
     */
    void Ask(const PppOptions& request, uint8_t identifier);

    /// Whatever was asked, answers to it mean nothing any more.
    void Withdraw();

    /**
     * @brief The identifier of the last Configure-Request.
     * @return the identifier
     */
    uint8_t GetIdentifier() const;

    /**
     * @brief Whether an answer is valid.
     * @param header header of a Configure-Ack, -Nak or -Reject
     * @param data what follows it
     * @param options where to put the options that it carries
     * @return BAD_IDENTIFIER if it belongs to no request outstanding; BAD_OPTION if it cannot be
     *         read, is an Ack that does not equal the request, rejects what was not asked for, or
     *         refuses nothing; none if it is valid
     */
    [[nodiscard]] std::optional<DropReason> Check(const PppControlHeader& header,
                                                  const std::vector<uint8_t>& data,
                                                  PppOptions& options) const;

    /**
     * @brief A valid answer came: nothing is outstanding any more.
     * @param code Configure-Ack, -Nak or -Reject
     * @return true if it is a Nak and Max-Failure of them came before: better ask no more
     */
    bool TakeAnswer(uint8_t code);

    /**
     * @brief Find the answer to a request.
     *
     * Rejects go out before Naks, and Naks before an Ack.
     *
     * @param request the request
     * @param judgements one for each of its options, none of them LOOPED
     * @return the answer
     */
    Reply MakeReply(const PppOptions& request, const std::vector<Judgement>& judgements) const;

    /**
     * @brief An answer is sent.
     * @param reply the answer
     */
    void Replied(const Reply& reply);

    /// A negotiation is begun by the peer: none of the Naks sent so far counts any more.
    void ForgetNaksSent();

  private:
    const uint32_t m_maxFailure;  //!< Max-Failure
    const bool m_renewIdentifier; //!< repeating takes a new identifier
    PppOptions m_request;         //!< options of the last Configure-Request
    uint8_t m_identifier{0};      //!< its identifier
    bool m_outstanding{false};    //!< it has no answer yet
    uint32_t m_naksSent{0};       //!< Configure-Naks sent since the last Configure-Ack sent
    uint32_t m_naksReceived{0};   //!< Configure-Naks received since the negotiation began
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_CONFIGURE_EXCHANGE_H */
