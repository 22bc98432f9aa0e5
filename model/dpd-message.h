/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_MESSAGE_H
#define KEEPALIVE_DPD_MESSAGE_H

#include "drop-reason.h"
#include "ike-cipher-suite.h"
#include "ike-header.h"

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A message of dead peer detection, in either version of IKE: what it says, and its octets.
 *
 * | kind        | IKEv1                                       | IKEv2                            |
 * |-------------|---------------------------------------------|----------------------------------|
 * | REQUEST     | Informational: HASH, Notification R-U-THERE | INFORMATIONAL request, empty     |
 * | REPLY       | the same with R-U-THERE-ACK                 | INFORMATIONAL response, empty    |
 * | SETUP       | stand-in for Main Mode message 1            | stand-in for IKE_SA_INIT request |
 * | SETUP_REPLY | stand-in for Main Mode message 2            | for its response                 |
 *
 * The stand-ins have the cookies and the sizes of real messages (strongSwan 5.9.8: 180 and 160, 462
 * and 470 octets) and Vendor ID payloads in place of the others.
 */
struct DpdMessage
{
    /// What kind of message.
    enum class Kind : uint8_t
    {
        REQUEST,    //!< are you there?
        REPLY,      //!< I am
        SETUP,      //!< let us have a new SA
        SETUP_REPLY //!< we have
    };

    Kind kind{Kind::REQUEST};    //!< what kind
    uint8_t ikeVersion{1};       //!< 1 or 2
    uint64_t initiatorCookie{0}; //!< of the end that set the SA up
    uint64_t responderCookie{0}; //!< of the other end; 0 in SETUP
    bool fromInitiator{true};    //!< IKEv2: the sender set the SA up
    uint32_t messageId{0};       //!< IKEv1: random; IKEv2: counted
    uint32_t sequence{0};        //!< IKEv1: the DPD sequence number

    /// A message that was read, or why there is none.
    struct Result;

    /**
     * @brief Write it.
     * @param suite the cipher suite, of the same version of IKE
     * @return ISAKMP header and payloads
     */
    Ptr<Packet> Write(const IkeCipherSuite& suite) const;

    /**
     * @brief Read one.
     * @param header the ISAKMP header
     * @param body what follows it
     * @param suite the cipher suite
     * @return the message, or why it cannot be one: BAD_VERSION (the other version of IKE),
     *         UNKNOWN_MESSAGE, BAD_LENGTH (payloads that contradict the message, or a size that
     *         is not one of the suite), AUTHENTICATION (in the clear, where a suite is agreed, or
     *         the reverse), BAD_COOKIE (an R-U-THERE about another SA than the one that carries it)
     */
    static Result Read(const IkeHeader& header,
                       const std::vector<uint8_t>& body,
                       const IkeCipherSuite& suite);

    /**
     * @brief The number by which a reply belongs to its request.
     * @return the sequence number of IKEv1, the message ID of IKEv2
     */
    uint32_t GetNumber() const;
};

/// A message that was read, or why there is none.
struct DpdMessage::Result
{
    DpdMessage message;              //!< the message
    std::optional<DropReason> error; //!< why it is none
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_MESSAGE_H */
