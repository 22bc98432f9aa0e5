/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_EXCHANGE_H
#define KEEPALIVE_DPD_EXCHANGE_H

#include "dpd-message.h"
#include "dpd-profile.h"
#include "dpd-sequence.h"
#include "drop-reason.h"
#include "ike-cipher-suite.h"
#include "ike-window.h"

#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Requests and replies of one IKE SA, both ways: their numbers, and their octets where these
 *        are sent again.
 *
 * IKEv1: each message is new; a reply echoes the sequence number. IKEv2: a request, or a response,
 * that is sent again is octet for octet what it was (RFC 7296 section 2.1).
 */
class DpdExchange
{
  public:
    /**
     * @brief A new SA.
     * @param profile which requests are answered
     * @param suite the cipher suite
     * @param initiatorCookie of the end that set it up
     * @param responderCookie of the other end
     * @param original whether that is this end
     * @param random where random numbers come from
     */
    void Start(const DpdProfile& profile,
               const IkeCipherSuite& suite,
               uint64_t initiatorCookie,
               uint64_t responderCookie,
               bool original,
               Ptr<UniformRandomVariable> random);

    /// Forget the octets: the SA is gone.
    void Stop();

    /**
     * @brief Whether this end set the SA up.
     * @return true if it did
     */
    bool IsOriginal() const;

    /**
     * @brief Make a request.
     * @param again the last one; else a new one
     * @return its octets
     */
    Ptr<Packet> MakeRequest(bool again);

    /**
     * @brief The last request.
     * @return its number, see DpdMessage::GetNumber
     */
    uint32_t GetRequestNumber() const;

    /**
     * @brief A request of the peer arrived.
     * @param request the request
     * @param[out] life whether it is a sign of life: it is if it is fresh
     * @return why it is not to be answered; none if it is
     */
    [[nodiscard]] std::optional<DropReason> OnRequest(const DpdMessage& request, bool& life);

    /**
     * @brief Make the reply to a request that OnRequest let through.
     * @param request the request
     * @return its octets
     */
    Ptr<Packet> MakeReply(const DpdMessage& request);

    /**
     * @brief A reply of the peer arrived.
     * @param reply the reply
     * @return why it is none; none if it answers the outstanding request
     */
    [[nodiscard]] std::optional<DropReason> OnReply(const DpdMessage& reply);

  private:
    /**
     * @brief A random number.
     * @return the number
     */
    uint32_t Draw();

    const IkeCipherSuite* m_suite{nullptr}; //!< sizes on the wire
    DpdMessage m_request;                   //!< the last request; what all have in common
    DpdSequence m_sequence;                 //!< sequence numbers of IKEv1
    IkeWindow m_window;                     //!< message IDs of IKEv2
    Ptr<Packet> m_requestOctets;            //!< the last request; null if there was none
    Ptr<Packet> m_replyOctets;              //!< the last reply; null if there was none
    Ptr<UniformRandomVariable> m_random;    //!< message IDs and first sequence number of IKEv1
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_EXCHANGE_H */
