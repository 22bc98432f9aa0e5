/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SLARP_HEADER_H
#define KEEPALIVE_SLARP_HEADER_H

#include "drop-reason.h"

#include "ns3/header.h"
#include "ns3/ipv4-address.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A packet of Cisco's Serial Line Address Resolution Protocol: what HDLC keepalives are.
 *
 * | offset | field       | request | reply       | keepalive                                  |
 * |--------|-------------|---------|-------------|--------------------------------------------|
 * | 0      | type        | 0       | 1           | 2                                          |
 * | 4      | parameter 1 | 0       | own address | number of this keepalive, from 1           |
 * | 8      | parameter 2 | 0       | own mask    | last number heard from the peer, 0 if none |
 * | 12     | reliability | 0       | 0           | 0xffff                                     |
 * | 14     | time, ms    | 0       | 0           | since the sender started, not the link     |
 * | 18     | padding     | 0       | 0           | 0                                          |
 *
 * The values are those of IOS, which sends all 20 bytes (captures packetlife-HDLC and
 * packetlife-hdlc_slarp). Linux, FreeBSD, Huawei and H3C stop at 18, i4l at 14. All three lengths
 * are read and written. A longer body leaves its rest in the packet.
 *
 * Whatever is read is kept and written again: fields of no meaning included.
 */
class SlarpHeader : public Header
{
  public:
    /// What the packet is. The wire may hold other values: see GetError.
    enum class Type : uint32_t
    {
        REQUEST = 0,  //!< asks the peer for its address; the sender may have restarted
        REPLY = 1,    //!< the address and mask of the sender
        KEEPALIVE = 2 //!< numbers of both ends
    };

    static constexpr uint32_t BODY_SIZE_I4L = 14;   //!< bytes, without time and padding
    static constexpr uint32_t BODY_SIZE_LINUX = 18; //!< bytes, without padding
    static constexpr uint32_t BODY_SIZE_IOS = 20;   //!< bytes, with everything

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// Become a request, as IOS sends it. This is what a new header is.
    void SetRequest();

    /**
     * @brief Become a reply, as IOS sends it.
     * @param address the sender's address
     * @param mask its mask
     */
    void SetReply(Ipv4Address address, Ipv4Mask mask);

    /**
     * @brief Become a keepalive. Its reliability is 0xffff.
     * @param sequence the number of this keepalive
     * @param returned the last number heard from the peer, 0 for none
     */
    void SetKeepalive(uint32_t sequence, uint32_t returned);

    /**
     * @brief What the packet is.
     * @return one of the types, if the header is well formed
     */
    Type GetType() const;

    /**
     * @brief The number of a keepalive.
     * @return the sender's number; without meaning in other types
     */
    uint32_t GetSequence() const;

    /**
     * @brief What a keepalive acknowledges.
     * @return the last number that its sender heard, 0 for none; without meaning in other types
     */
    uint32_t GetReturnedSequence() const;

    /**
     * @brief The address in a reply.
     * @return the sender's address; without meaning in other types
     */
    Ipv4Address GetAddress() const;

    /**
     * @brief The mask in a reply.
     * @return the sender's mask; without meaning in other types
     */
    Ipv4Mask GetMask() const;

    /**
     * @brief Set the reliability.
     * @param reliability Linux sends 0xffff in every type, IOS in keepalives alone
     */
    void SetReliability(uint16_t reliability);

    /**
     * @brief The reliability.
     * @return 0xffff in every keepalive seen
     */
    uint16_t GetReliability() const;

    /**
     * @brief Set the time since the sender's start.
     * @param uptime ms, modulo 2^32 (49.7 days); not written into a body of 14 bytes
     */
    void SetUptime(uint32_t uptime);

    /**
     * @brief The time since the sender's start.
     * @return ms, modulo 2^32; none in a body of 14 bytes
     */
    std::optional<uint32_t> GetUptime() const;

    /**
     * @brief Set the size of the body.
     * @param size 14, 18 or 20 bytes; another is rounded down to one of these, or up to 14
     */
    void SetBodySize(uint32_t size);

    /**
     * @brief The size of the body.
     * @return 14, 18 or 20 bytes
     */
    uint32_t GetBodySize() const;

    /**
     * @brief What is wrong with the header that was last deserialized.
     * @return TRUNCATED, or UNSUPPORTED_PROTOCOL for an unknown type, none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a packet, of 20, 18 or 14 bytes, the most that is there.
     * @param start where it begins
     * @return bytes consumed; 0 if the packet is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

    /**
     * @brief Read a packet from bytes, which is cheaper than taking it off an ns-3 packet.
     * @param bytes where it begins
     * @param size how many bytes there are
     * @return as Deserialize
     */
    uint32_t Read(const uint8_t* bytes, uint32_t size);

    /**
     * @brief Write the packet as bytes.
     * @param bytes room for GetBodySize() of them
     */
    void Write(uint8_t* bytes) const;

  private:
    /**
     * @brief Read the fields.
     * @param bytes where the packet begins
     * @param size how many bytes there are
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(const uint8_t* bytes, uint32_t size);

    Type m_type{Type::REQUEST};         //!< type
    uint32_t m_parameter1{0};           //!< sequence number, or address
    uint32_t m_parameter2{0};           //!< returned sequence number, or mask
    uint16_t m_reliability{0};          //!< reliability
    uint32_t m_uptime{0};               //!< ms since the sender's start
    uint16_t m_padding{0};              //!< padding, as read
    uint32_t m_bodySize{BODY_SIZE_IOS}; //!< bytes: 14, 18 or 20
    std::optional<DropReason> m_error;  //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SLARP_HEADER_H */
