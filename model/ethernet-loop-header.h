/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LOOP_HEADER_H
#define KEEPALIVE_ETHERNET_LOOP_HEADER_H

#include "drop-reason.h"

#include "ns3/header.h"
#include "ns3/mac48-address.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A message of the Ethernet Configuration Testing Protocol: what Ethernet keepalives are.
 *
 * From the Ethernet specification of DEC, Intel and Xerox (DIX 2.0, chapter 8). Behind the MAC
 * header with EtherType 0x9000, all numbers least significant byte first:
 *
 * | bytes     | field                                                                  |
 * |-----------|------------------------------------------------------------------------|
 * | 2         | skip count: where the message begins whose turn it is, from here on    |
 * | 8 each    | Forward Data: function 2, then the address to send the frame on to     |
 * | 4         | Reply: function 1, then the receipt number of who asked                |
 * | any       | data, or padding up to the smallest Ethernet frame                     |
 *
 * A keepalive of Cisco IOS is a Reply with receipt number 0 and no Forward Data, from an interface
 * to itself (capture packetlife-Ethernet_keepalives: 00 00 01 00 00 00, then 40 bytes of padding).
 * A station that is told to forward adds 8 to the skip count, and leaves everything else as it is.
 *
 * Only the message whose turn it is must be well formed. What was skipped is kept as it was, and
 * what follows is read as far as it makes sense; from where it does not, it stays in the packet.
 */
class EthernetLoopHeader : public Header
{
  public:
    /// What a message asks for. The wire may hold other values: see GetError.
    enum class Function : uint16_t
    {
        REPLY = 1,       //!< an answer, for the station that it arrives at
        FORWARD_DATA = 2 //!< send the frame on to another station
    };

    static constexpr uint16_t ETHER_TYPE = 0x9000; //!< loopback, on Ethernet
    static constexpr uint32_t MIN_PAYLOAD = 46;    //!< bytes behind a MAC header, with padding
    static constexpr uint32_t FORWARD_SIZE = 8;    //!< bytes of a Forward Data message
    static constexpr uint32_t REPLY_SIZE = 4;      //!< bytes of a Reply without its data

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Become a Reply. With number 0 this is a keepalive, and what a new header is.
     * @param receiptNumber the number by which the receiver recognises what is answered
     */
    void SetReply(uint16_t receiptNumber);

    /**
     * @brief Add a station through which the frame goes before the Reply, after those added so far.
     * @param address where the station before it sends the frame
     */
    void AddForward(Mac48Address address);

    /**
     * @brief Skip the Forward Data whose turn it is, as the station does that forwards the frame.
     * @return where to send the frame; none, and nothing changes, if it is a Reply's turn, or the
     *         skip count can grow no further, as in no frame that fits an Ethernet
     */
    std::optional<Mac48Address> Skip();

    /**
     * @brief The skip count.
     * @return bytes of messages that were carried out, a multiple of 8
     */
    uint16_t GetSkipCount() const;

    /**
     * @brief The function of the message whose turn it is.
     * @return one of the functions, if the header is well formed
     */
    Function GetFunction() const;

    /**
     * @brief Where the message whose turn it is tells to send the frame.
     * @return the address; none if it is a Reply's turn
     */
    std::optional<Mac48Address> GetForwardAddress() const;

    /**
     * @brief How many Forward Data messages there are, skipped ones included.
     * @return the number
     */
    std::size_t GetNForwards() const;

    /**
     * @brief The receipt number of the Reply.
     * @return the number; none if what is behind the Forward Data messages is no Reply
     */
    std::optional<uint16_t> GetReceiptNumber() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     *
     * TRUNCATED where the packet ends within a field. BAD_LENGTH where the skip count is no
     * multiple of 8, or leads beyond the packet. UNKNOWN_MESSAGE for another function.
     *
     * @return the reason, none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a header.
     * @param start where it begins
     * @return bytes consumed; 0 if the packet is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    /// A message of 8 bytes: a Forward Data, or whatever was skipped.
    struct Message
    {
        uint16_t function;    //!< 2, unless it was skipped
        Mac48Address address; //!< where to forward the frame
    };

    /**
     * @brief Read the fields.
     * @param start where the header begins
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(Buffer::Iterator start);

    /**
     * @brief Read the next message, if it is well formed.
     * @param start where it begins; moved behind it if it is
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> ParseMessage(Buffer::Iterator& start);

    uint16_t m_skipCount{0};                    //!< skip count
    std::vector<Message> m_forwards;            //!< Forward Data messages, skipped ones included
    std::optional<uint16_t> m_receiptNumber{0}; //!< receipt number, none without a Reply
    std::optional<DropReason> m_error;          //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LOOP_HEADER_H */
